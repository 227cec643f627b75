"""Exercise checks: `check` judges an answer and names the misconception behind it, `hint` helps step by step.

Each chapter's exercises stand in a module of their own, such as `chapter_01.py`; what learners read about an exercise
stands in a table of its own in `helpers/text/checks`. Both are found by their names.
"""

import importlib
import pkgutil
from collections import Counter

from ..text import CourseError, say
from .exercise import Exercise
from .note import Note, Verdict

__all__ = ["check", "hint"]


def check(key: str, answer: object = ..., record: object = None) -> Verdict:
    """Judge an answer, whatever it is, and say in one or two sentences what it shows.

    Args:
        key: the exercise, such as "01.softmax".
        answer: the learner's function, uncalled, or value; None and ... count as not attempted.
        record: the record a value was read from, for the exercises that ask about one.

    Returns:
        The verdict: `.passed`, `.message`, and `.mistake` where a typical mistake was recognised.

    Raises:
        CourseError: if there is no such exercise. Nothing that the answer does is ever raised.

    >>> check("01.softmax", lambda scores: scores.exp()).mistake
    'exp_only'
    """
    return _exercise(key).judge(answer, record)


def hint(key: str) -> Note:
    """Return the next hint for an exercise, from a nudge to nearly the line; after the last, the first again.

    Raises:
        CourseError: if there is no such exercise.
    """
    hints = _exercise(key).hints
    step = _hints_given[key] % len(hints)
    _hints_given[key] += 1
    return Note("hint", say("checks.hint", step=step + 1, steps=len(hints)), hints[step])


def _exercise(key: str) -> Exercise:
    if str(key) not in EXERCISES:
        raise CourseError("checks.unknown_key", key=key, keys=", ".join(EXERCISES))
    return EXERCISES[str(key)]


def _load_exercises() -> dict[str, Exercise]:
    """Gather the exercises of every chapter: {"01.softmax": exercise}."""
    chapters = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("chapter_"))
    return {exercise.key: exercise for chapter in chapters
            for exercise in importlib.import_module(f"{__name__}.{chapter}").EXERCISES}


EXERCISES = _load_exercises()
_hints_given: Counter[str] = Counter()
