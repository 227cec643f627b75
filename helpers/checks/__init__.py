"""Exercise checks: `check` judges an answer and names the misconception behind it, `hint` helps step by step.

An exercise is one file of `exercises/`, with all that is tried and all that is said; `text/checks.py` holds the
sentences that all exercises share.
"""

import os
from collections import Counter

from .. import journal, wanted
from ..text import CourseError, say
from .exercise import Exercise
from .exercises import EXERCISES
from .note import Note, Verdict
from .report import ClaimReport
from .sources import solution_of, source_of

__all__ = ["ClaimReport", "check", "hint"]


def check(key: str, answer: object = ..., record: object = None, *, strict: bool | None = None) -> Verdict:
    """Judge an answer, whatever it is, and say in one or two sentences what it shows.

    Args:
        key: the exercise, such as "01.softmax".
        answer: the learner's function, uncalled, or value; None and ... count as not attempted.
        record: the record a value was read from, for the exercises that ask about one.
        strict: raise what is not right, for a grader that counts cells which fail; None leaves it to the environment
            variable SEEING_ATTENTION_STRICT ("1" raises), so that saved notebooks can be graded as they are.

    Returns:
        The verdict: `.passed`, `.message`, and `.mistake` where a typical mistake was recognised.

    Raises:
        CourseError: if there is no such exercise.
        AssertionError: in strict use, with the verdict's words, if the answer is not right or not there yet. Whatever
            the answer itself raises becomes a verdict; only an interrupt goes through.

    >>> check("01.softmax", lambda scores: scores.exp()).mistake
    'exp_only'
    """
    verdict = _exercise(key).judge(answer, record)
    _note(str(key), verdict, answer)
    by_environment = os.environ.get("SEEING_ATTENTION_STRICT") == "1"
    if (by_environment if strict is None else wanted.switch("check", "strict", strict)) and not verdict.passed:
        raise AssertionError(str(verdict))
    return verdict


def hint(key: str) -> Note:
    """Return the next hint for an exercise, from a nudge to nearly the line; then the solution; then the first again.

    The solution is the lesson's own. Where the lessons are not at hand, or SEEING_ATTENTION_SOLUTIONS is "off" (a class
    that is graded), the first hint follows the last.

    Raises:
        CourseError: if there is no such exercise.
    """
    exercise = _exercise(key)
    steps, solution = len(exercise.hints), solution_of(exercise.key)
    step = _hints_given[exercise.key] % (steps + bool(solution))
    _hints_given[exercise.key] += 1
    if step == steps:
        return Note("hint", say("checks.solution"), say("checks.solution_is"), code=solution)
    return Note("hint", say("checks.hint", step=step + 1, steps=steps), say(f"checks.{exercise.key}.hint_{step + 1}"))


def _note(key: str, verdict: Verdict, answer: object) -> None:
    """Write down that an exercise was tried, how often, whether it was ever passed, and the answer that counts."""
    if verdict.kind == "open":
        return
    before = journal.entries()["checks"].get(key, {})
    passed = bool(before.get("passed"))
    counts = before.get("answer", "") if passed and not verdict.passed else source_of(answer)
    journal.note("checks", key, passed=verdict.passed or passed, mistake=verdict.mistake,
                 tries=int(str(before.get("tries", 0))) + 1, answer=counts)


def _exercise(key: str) -> Exercise:
    if str(key) not in EXERCISES:
        raise CourseError("checks.unknown_key", key=key, keys=", ".join(EXERCISES))
    return EXERCISES[str(key)]


_hints_given: Counter[str] = Counter()
