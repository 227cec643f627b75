"""Every lesson, run cell by cell in this process: its own solutions pass its checks, its students' stubs are open."""

import pytest
import torch
from shape_comments import Proof, shape_comments

from helpers.checks import EXERCISES
from lessons.build import ROOT, read_course
from lessons.building.editions import student_cells

LESSONS = read_course(ROOT / "lessons")


@pytest.fixture
def default_dtype():
    """Put back what a lesson sets for itself."""
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")


def verdicts(cells, proof: Proof | None = None) -> dict[str, object]:
    """Run the code cells in order, proving their shape comments; return what each check said, by the cell's label."""
    names, said, proof = {}, {}, proof or Proof()
    for cell in cells:
        if cell.kind == "code" and "check" in cell.tags:
            said[cell.id] = eval(cell.source, names)
        elif cell.kind == "code" and "volatile" not in cell.tags:
            code, needed = proof.instrumented(cell.source, cell.id)
            names |= needed
            exec(compile(code, cell.id, "exec"), names)
    return said


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_solutions_pass_stubs_are_open_and_shape_comments_are_true(lesson, default_dtype):
    proof = Proof()
    solved, untouched = verdicts(lesson.said_in("en"), proof), verdicts(student_cells(lesson.said_in("en")))
    chapter = [key for key in EXERCISES if key.startswith(lesson.stem[:2])]
    assert len(solved) == len(untouched) == len(chapter)
    assert {name: verdict.message for name, verdict in solved.items() if not verdict.passed} == {}
    assert {verdict.kind for verdict in untouched.values()} == {"open"}
    assert proof.wrong == []
    cells = [cell for cell in lesson.cells if cell.kind == "code" and not {"volatile", "check"} & {*cell.tags}]
    said = {(cell.id, line) for cell in cells for line in shape_comments(cell.source)}
    assert len(proof.proven) >= 0.7 * len(said), sorted(said - proof.proven)


@pytest.mark.parametrize(("code", "wrong"), [
    ("x = torch.ones(2, 3)   # (query, key)", []),
    ("x = torch.ones(2, 3)   # (query, key, d_head)", ["3 axes are named"]),
    ("x = torch.ones(2, 3)   # (key, key)", ["key is 2 elsewhere in this cell"]),
    ("x = torch.ones(2, 3)   # (query, key)\ny = x.T   # (query, key)", ["query is 2 elsewhere in this cell"]),
    ("x = torch.ones(2, 3)   # (layer, 4)", ["4 is 4 elsewhere in this cell"]),
    ("x = torch.ones(2)   # (layer,)\ny = torch.ones(3, 2)   # (layer + 1, layer)", []),
    ("x, y = torch.ones(2, 3, 4)   # two of (token, d_model)", []),
    ("x, y = torch.ones(2), torch.ones(3)   # (query,), (key,)", []),
    ("x, y = torch.ones(2), torch.ones(3)   # both (key,)", ["key is 2 elsewhere in this cell"]),
    ("def f(x):\n    return x.sum(0)   # (key,)\nprint(f(torch.ones(2, 3)), f(torch.ones(3)))   # ()",
     ["1 axes are named"]),
    ("print('x', torch.ones(2))   # (key, query)", ["2 axes are named"]),
    ("# x = 3   # (key,)\nx = (1, 0)   # (1, 0)", []),
])
def test_a_shape_comment_that_is_not_true_is_found(code, wrong):
    proof = Proof()
    tree, needed = proof.instrumented(code, "cell")
    exec(compile(tree, "cell", "exec"), {"torch": torch, **needed})
    assert [sentence.rpartition(": ")[2] for sentence in proof.wrong] == wrong
