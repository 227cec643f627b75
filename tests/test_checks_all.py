"""What holds of every exercise that asks for a function, whatever its chapter."""

import ast
import math
from functools import cache
from pathlib import Path

import pytest
import torch
from checking import chinese

from helpers.checks import EXERCISES, check
from helpers.text import language
from lessons.building.source import read_lesson

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
FUNCTIONS = [key for key in EXERCISES if hasattr(EXERCISES[key], "cases")]


@cache
def cells(chapter):
    """Return the code cells of a lesson."""
    path, = LESSONS.glob(f"{chapter}_*.py")
    return [cell for cell in read_lesson(path).cells if cell.kind == "code"]


@cache
def solutions(chapter):
    """Return the source of each exercise that asks for a function, as an instructor sees it, by its key."""
    found = {f"{chapter}.{cell.id.removeprefix('exercise-').replace('-', '_')}": cell.source
             for cell in cells(chapter) if "exercise" in cell.tags}
    return {key: source for key, source in found.items() if key in FUNCTIONS}


@cache
def imported(chapter):
    """Return what a lesson's cells import, by name; nothing else of them is run."""
    names = {}
    for statement in (one for cell in cells(chapter) for one in ast.parse(cell.source).body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            exec(ast.unparse(statement), names)
    return names


@pytest.mark.parametrize("key", FUNCTIONS)
def test_it_stands_in_its_lesson_under_its_own_name(key):
    assert f"def {EXERCISES[key].name}({', '.join(EXERCISES[key].cases[0])}" in solutions(key[:2])[key]


@pytest.mark.parametrize("path", sorted(LESSONS.glob("[0-9][0-9]_*.py")), ids=lambda path: path.stem)
def test_every_exercise_cell_of_a_lesson_has_its_exercise(path):
    chapter = path.name[:2]
    asked = {f"{chapter}.{cell.id.removeprefix('exercise-').replace('-', '_')}" for cell in cells(chapter)
             if "exercise" in cell.tags}
    assert asked == {key for key in EXERCISES if key.startswith(f"{chapter}.")}


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("key", FUNCTIONS)
def test_no_mistake_hides_another(key, dtype):
    torch.set_default_dtype(dtype)
    assert len(EXERCISES[key].mistakes) >= 3
    for mistake in EXERCISES[key].mistakes:
        assert check(key, mistake.wrong).mistake == mistake.name


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("key", FUNCTIONS)
def test_the_instructors_solution_passes_in_both_precisions(key, dtype):
    torch.set_default_dtype(dtype)
    names = dict(imported(key[:2]))
    for source in solutions(key[:2]).values():                             # one may stand on another
        exec(source, names)
    assert check(key, names[EXERCISES[key].name]).passed


def complaining(*inputs):
    raise ValueError("</script><b>no")


BAD = {"raises": complaining, "no argument": lambda: 1, "text": lambda *inputs: "0.5", "dictionary": lambda *inputs: {},
       "wrong shape": lambda *inputs: torch.zeros(7, 7, 7), "not finite": lambda *inputs: math.nan,
       "complex": lambda *inputs: torch.zeros(3) * 1j, "no function": torch.zeros(3), "a number": 0.5}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("key", FUNCTIONS)
def test_bad_answers_get_a_sentence_and_never_raise(key, name, code):
    language(code)
    verdict = check(key, BAD[name])
    assert verdict.kind == "wrong" and verdict.mistake is None and "\n" not in verdict.message
    assert chinese(verdict.message) == (code == "zh")
    assert "<b>" not in verdict._repr_mimebundle_()["text/html"]
