"""Every lesson, run cell by cell in this process: its own solutions pass its checks, its students' stubs are open."""

import pytest
import torch

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


def verdicts(cells) -> dict[str, object]:
    """Run the code cells in order; return what each check said, by the cell's label."""
    names, said = {}, {}
    for cell in cells:
        if cell.kind == "code" and "check" in cell.tags:
            said[cell.id] = eval(cell.source, names)
        elif cell.kind == "code" and "volatile" not in cell.tags:
            exec(cell.source, names)
    return said


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_solutions_pass_and_stubs_are_open(lesson, default_dtype):
    solved, untouched = verdicts(lesson.said_in("en")), verdicts(student_cells(lesson.said_in("en")))
    chapter = [key for key in EXERCISES if key.startswith(lesson.stem[:2])]
    assert len(solved) == len(untouched) == len(chapter)
    assert {name: verdict.message for name, verdict in solved.items() if not verdict.passed} == {}
    assert {verdict.kind for verdict in untouched.values()} == {"open"}
