"""Code as text: what a learner wrote, and the solution that the lesson holds."""

import inspect
import os
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from ..text import FALLBACK, language
from ..twins import twins
from .numbers import STOPS, written

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
LONGEST = 4000
MARKS = ("### BEGIN SOLUTION", "### END SOLUTION")


def source_of(answer: object) -> str:
    """Return an answer as its author wrote it: a function's lines, a value as code would write it; cut where long."""
    if not callable(answer):
        return written(answer, 400)
    try:
        return textwrap.dedent(inspect.getsource(answer))[:LONGEST]
    except STOPS:                                    # built in, or made where no lines are kept
        return written(answer, 400)


def solution_of(key: str) -> str:
    """Return the solution that the lesson holds for an exercise.

    Args:
        key: such as "01.softmax".

    Returns:
        The lines of the exercise's cell, solved, in the learner's language; "" where the lesson is not there, or where
        the environment variable SEEING_ATTENTION_SOLUTIONS is "off".
    """
    if os.environ.get("SEEING_ATTENTION_SOLUTIONS") == "off":
        return ""
    solution = ""
    for head, source in _cells(key[:2]):
        if "solution" in head or MARKS[0] in source:
            solution = source
        if re.search(rf'^check\("{re.escape(key)}"', source, re.MULTILINE):
            said = twins("\n".join(line for line in solution.splitlines() if line.strip() not in MARKS).strip())
            return said.get(language(), said[FALLBACK])
    return ""


def _cells(chapter: str) -> Iterator[tuple[str, str]]:
    """Yield (head, source) of each code cell of a chapter's lesson; none where it is not there."""
    for file in sorted(LESSONS.glob(f"{chapter}_*.py")):
        for cell in re.split(r"^# %%", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, _, source = cell.partition("\n")
            if "[markdown]" not in head:
                yield head, source
