"""Questions: `predict` before a result is seen, `explain` before an answer is shown, `quiz` to remember, `inventory`
before and after the course; `progress` and `hand_in`.

The questions of chapter 01 stand in `chapters/c01.py`, one table for the chapter, and are found by name; what the
inventory asks of it in `ideas/c01.py`. What a learner
answers is kept on the learner's own disk (`journal`) and sent nowhere.
"""

import importlib
import math
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from .. import journal, wanted
from ..asked import short
from ..text import CourseError
from . import chapters
from .handing_in import HandIn, write_hand_in
from .inventory import FORMS, Inventory
from .progress import Progress, gathered
from .question import Choice, Number, Question
from .widgets import Prediction, Quiz

__all__ = ["explain", "hand_in", "inventory", "predict", "progress", "quiz"]
Found = TypeVar("Found")


def predict(key: str, *, right: object = None, hide: bool = True) -> Prediction:
    """Take the learner's guess; until it is made, the result of the next cell stays hidden.

    Args:
        key: the question, such as "01.mixture".
        right: the right answer (the name of an option, or a number) where the page has computed it, because it hangs
            on the learner's own sentence; None takes the one in the table.
        hide: whether the result of the next cell waits for the guess; not where it is a widget to search in.

    Raises:
        CourseError: if there is no such question, or the right answer is none that can be given.
    """
    question = _found(key, PREDICTIONS)
    _refuse_answer(question, right)
    return Prediction(str(key), question, right, hides=wanted.switch("predict", "hide", hide))


def explain(key: str) -> Prediction:
    """Take an explanation in the learner's own words, then show a model answer beside it.

    Args:
        key: the exercise, such as "01.full_stop".

    Raises:
        CourseError: if there is no such exercise.
    """
    return Prediction(str(key), _found(key, PREDICTIONS), hides=False)


def quiz(key: str) -> Quiz:
    """Ask several questions, each wrong answer answered with why.

    Args:
        key: "01.start" (about the chapters before) or "01.end" (to test oneself).

    Raises:
        CourseError: if there is no such quiz.
    """
    return Quiz(str(key), _found(key, QUIZZES))


def inventory(form: str, *, again: bool = False) -> Inventory:
    """Ask about the ideas of the whole course, once before it and once after; the answers are kept for the comparison.

    Args:
        form: "before" (says how many are right and no more) or "after" (answers every question, and compares).
        again: whether to begin anew where this form was answered already.

    Raises:
        CourseError: if there is no such form, or `again` is neither True nor False.
    """
    if not isinstance(form, str) or form not in FORMS:
        raise CourseError("questions.no_form", got=short(form, 60))
    return Inventory(form, again=wanted.switch("inventory", "again", again))


def progress() -> Progress:
    """Return what has been done so far, chapter by chapter: predictions, quizzes, exercises; and the inventory."""
    from ..checks import EXERCISES

    return gathered(PREDICTIONS, QUIZZES, EXERCISES, journal.entries())


def hand_in(name: str, *, folder: str | Path | None = None) -> HandIn:
    """Write all that was done into one file to hand in, and a page beside it to read.

    Args:
        name: yours, as your teacher knows it.
        folder: where to; None takes the folder of the journal, `my/`.

    Raises:
        CourseError: if the name is no name, or the folder cannot be written to.
    """
    from ..checks import EXERCISES

    wanted.path("hand_in", "folder", folder)
    kept = journal.place()
    return write_hand_in(name, EXERCISES, Path(folder) if folder else kept.parent if kept else Path.cwd())


def _refuse_answer(question: Question, right: object) -> None:
    """Refuse a right answer that no learner could give."""
    if right is not None and isinstance(question, Choice):
        wanted.one_of("predict", "right", right, question.options)
    elif right is not None and isinstance(question, Number):
        wanted.number("predict", "right", right, -math.inf, math.inf)


def _found(key: object, table: Mapping[str, Found]) -> Found:
    if str(key) not in table:
        near = get_close_matches(str(key), table, n=4, cutoff=0)
        raise CourseError("questions.unknown_key", key=key, keys=", ".join(near))
    return table[str(key)]


def _gather(name: str) -> dict[str, Any]:
    """Join the tables of all chapters: {"01.mixture": question}."""
    modules = sorted(module.name for module in pkgutil.iter_modules(chapters.__path__))
    return {f"{module[1:]}.{key}": value for module in modules
            for key, value in getattr(importlib.import_module(f"{chapters.__name__}.{module}"), name).items()}


PREDICTIONS: dict[str, Question] = _gather("PREDICTIONS")
QUIZZES: dict[str, tuple[Choice, ...]] = _gather("QUIZZES")
