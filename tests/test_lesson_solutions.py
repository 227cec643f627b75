"""Every lesson, run cell by cell in this process: its own solutions pass its checks, its students' stubs are open."""

import pytest
import torch
from shape_comments import Proof, shape_comments
from side_by_side_runs import SideBySide

from helpers.checks import EXERCISES
from lessons.build import ROOT, read_course
from lessons.building.editions import student_cells
from lessons.building.source import Cell

LESSONS = read_course(ROOT / "lessons")


@pytest.fixture
def default_dtype():
    """Put back what a lesson sets for itself."""
    before = torch.get_default_dtype()
    yield
    torch.set_default_dtype(before)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_solutions_pass_stubs_are_open_and_shape_comments_are_true(lesson, default_dtype):
    proof, cells = Proof(), lesson.said_in("en")
    runs = SideBySide(proof)
    runs.run(cells, student_cells(cells))
    chapter = [key for key in EXERCISES if key.startswith(lesson.stem[:2])]
    assert len(runs.solved) == len(runs.untouched) == len(chapter)
    assert {name: verdict.message for name, verdict in runs.solved.items() if not verdict.passed} == {}
    assert {verdict.kind for verdict in runs.untouched.values()} == {"open"}
    assert proof.wrong == []
    code = [cell for cell in cells if cell.kind == "code" and not {"volatile", "check"} & {*cell.tags}]
    said = {(cell.id, line) for cell in code for line in shape_comments(cell.source)}
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


def cells_of(*sources: str) -> list[Cell]:
    return [Cell("code", source, 1, None, "", (), id=str(place)) for place, source in enumerate(sources)]


def test_what_a_solution_reaches_runs_for_both_and_all_else_once():
    rest = ["def g(n):\n    return [f(n)]", "y = g(x)", "x = 2", "z = x + 5", "w = [y, z]", "key = lambda n: n",
            "drawn = f(torch.rand(1))", "late = torch.rand(1)"]
    solved, cut = (cells_of("x = 1\ncount.append(x)", f"def f(n):\n    {body}", *rest) for body in ("return n", "..."))
    shared = {"torch": torch, "count": list[int]()}
    runs = SideBySide(Proof(), names=dict(shared), open_names=dict(shared))
    with torch.random.fork_rng():
        torch.manual_seed(3)
        runs.run(solved, cut)
        torch.manual_seed(3)
        assert runs.names["late"].item() == torch.rand(2)[1].item()
    assert runs.ran_twice == ["1", "2", "3", "6", "7", "8"] and shared["count"] == [1]
    assert runs.names["w"] == [[1], 7] and runs.open_names["w"] == [[None], 7]
    assert runs.open_names["late"] is runs.names["late"] and runs.open_names["drawn"] is None
