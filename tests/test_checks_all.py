"""What holds of every exercise that asks for a function, whatever its chapter.

The answers stand in the file of their chapter, `test_checks_chapter_0N.py`, those of three further kinds in
`test_checks_kinds.py`, in tables that are gathered here: `RIGHT`, {key: answers in several styles}; `WRONG`, {key:
{mistake: an answer that makes it}}; and `OTHER_WAYS` to make a mistake, (key, mistake, answer). They are written
afresh, not taken from the exercises.
"""

import ast
import importlib
import math
from functools import cache
from pathlib import Path

import pytest
import test_checks_kinds
import torch
from checking import assert_named, judged

from helpers.checks import EXERCISES, check
from helpers.text import STRINGS
from lessons.building.source import read_lesson

LESSONS = Path(__file__).resolve().parents[1] / "lessons"
FUNCTIONS = [key for key in EXERCISES if hasattr(EXERCISES[key], "cases")]
CHAPTERS = [importlib.import_module(path.stem)
            for path in sorted(Path(__file__).parent.glob("test_checks_chapter_[0-9][0-9].py"))]
TABLES = [*CHAPTERS, test_checks_kinds]
RIGHT = {key: answers for table in TABLES for key, answers in table.RIGHT.items()}
WRONG = {key: answers for table in TABLES for key, answers in table.WRONG.items()}
OTHER_WAYS = [way for table in TABLES for way in getattr(table, "OTHER_WAYS", ())]
AS_NUMBERS = {"05.training_step"}         # asked for as a Python number, which has one precision
PRECISIONS = pytest.mark.parametrize("dtype", [torch.float32, torch.float64])


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


# The answers

@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.__name__[-2:])
def test_a_chapter_has_answers_to_its_own_exercises(chapter):
    own = [key for key in FUNCTIONS if key.startswith(chapter.__name__[-2:]) and key not in test_checks_kinds.RIGHT]
    assert sorted(chapter.RIGHT) == sorted(chapter.WRONG) == sorted(own)


@pytest.mark.parametrize("key", FUNCTIONS)
def test_an_exercise_has_answers_in_several_styles_and_one_for_each_mistake(key):
    assert len(RIGHT[key]) >= 3
    assert {mistake.name for mistake in EXERCISES[key].mistakes} == set(WRONG[key])


@PRECISIONS
@pytest.mark.parametrize("key, answer", [(key, answer) for key in RIGHT for answer in RIGHT[key]])
def test_right_answers_pass(key, answer, dtype):
    torch.set_default_dtype(dtype)
    verdict = check(key, answer)
    assert verdict.passed and verdict.mistake is None and verdict.kind == "right", verdict
    assert verdict.message == STRINGS[f"checks.{key}.passed"]["en"]


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("key", FUNCTIONS)
def test_any_float_dtype_is_accepted_and_mistakes_are_still_seen(key, dtype):
    def answer(*inputs):
        numbers = torch.as_tensor(RIGHT[key][0](*inputs))
        too_large = numbers.double().abs().max() > torch.finfo(dtype).max                           # a count
        return numbers if too_large or key in AS_NUMBERS else numbers.to(dtype)

    assert check(key, answer).passed
    assert not check(key, lambda *inputs: 1.5 * answer(*inputs)).passed


@PRECISIONS
@pytest.mark.parametrize("key, name", [(key, name) for key in WRONG for name in WRONG[key]])
def test_each_mistake_is_named(key, name, dtype):
    torch.set_default_dtype(dtype)
    for code in ("en", "zh"):
        assert_named(key, name, WRONG[key][name], code)


@pytest.mark.parametrize("key, name, answer", OTHER_WAYS)
def test_a_mistake_is_named_however_it_is_made(key, name, answer):
    assert check(key, answer).mistake == name


# The exercises

@PRECISIONS
@pytest.mark.parametrize("key", FUNCTIONS)
def test_no_mistake_hides_another(key, dtype):
    torch.set_default_dtype(dtype)
    assert len(EXERCISES[key].mistakes) >= 3
    for mistake in EXERCISES[key].mistakes:
        assert check(key, mistake.wrong).mistake == mistake.name


@PRECISIONS
@pytest.mark.parametrize("key", FUNCTIONS)
def test_the_instructors_solution_passes_in_both_precisions(key, dtype):
    torch.set_default_dtype(dtype)
    names = dict(imported(key[:2]))
    for source in solutions(key[:2]).values():                             # one may stand on another
        exec(source, names)
    assert check(key, names[EXERCISES[key].name]).passed


# Answers that are none

def complaining(*inputs):
    raise ValueError("</script><b>no")


BAD = {"raises": complaining, "no argument": lambda: 1, "text": lambda *inputs: "0.5", "dictionary": lambda *inputs: {},
       "wrong shape": lambda *inputs: torch.zeros(7, 7, 7), "not finite": lambda *inputs: math.nan,
       "another length": lambda *inputs: torch.ones(13),
       "complex": lambda *inputs: torch.zeros(3) * 1j, "no function": torch.zeros(3), "a number": 0.5}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("key", FUNCTIONS)
def test_bad_answers_get_a_sentence_and_never_raise(key, name, code):
    verdict = judged(key, BAD[name], code)
    assert verdict.kind == "wrong" and verdict.mistake is None
    assert "<b>" not in verdict._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key", FUNCTIONS)
def test_wrong_numbers_that_no_mistake_explains_get_a_sentence(key, code):
    verdict = judged(key, lambda *inputs: 1.7 * torch.as_tensor(RIGHT[key][0](*inputs)), code)
    assert verdict.kind == "wrong" and verdict.mistake is None
