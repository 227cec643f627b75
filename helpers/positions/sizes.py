"""Sizes a learner asks for, checked: whole numbers, an even width, a sensible base, and not too much of it all."""

import math
import operator
from numbers import Real

from ..text import CourseError

MOST_NUMBERS = 10_000_000
MOST_BASE = 1e12


def checked_width(d_model: object) -> int:
    """Return the width as an int.

    Raises:
        CourseError: if it is not an even whole number of 2 or more, or larger than 10,000,000.
    """
    width = _whole(d_model)
    if width is None or width < 2 or width % 2:
        raise CourseError("positions.width", got=_short(d_model))
    if width > MOST_NUMBERS:
        raise CourseError("positions.too_wide", got=_short(d_model), most=MOST_NUMBERS)
    return width


def checked_length(n_positions: object, d_model: int) -> int:
    """Return the number of positions as an int.

    Raises:
        CourseError: if it is not a whole number of 1 or more, or so large that the table of `d_model` numbers a
            position would hold more than 10,000,000 numbers.
    """
    length = _whole(n_positions)
    if length is None or length < 1:
        raise CourseError("positions.length", got=_short(n_positions))
    if length * d_model > MOST_NUMBERS:
        raise CourseError("positions.too_many", n_positions=_short(n_positions), d_model=d_model, most=MOST_NUMBERS)
    return length


def checked_base(base: object) -> float:
    """Return the base as a float.

    Raises:
        CourseError: if it is not a number from 1 to 10**12.
    """
    if isinstance(base, bool) or not isinstance(base, Real) or not 1 <= base <= MOST_BASE:
        raise CourseError("positions.base", got=_short(base))
    return float(base)


def checked_number(name: str, value: object) -> float:
    """Return a finite real number as a float; `name` says which, in the error.

    Raises:
        CourseError: for anything else.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise CourseError("positions.number", name=name, got=_short(value))
    return float(value)


def _whole(value: object) -> int | None:
    """Return a whole number as an int, whatever library it is from; None for anything else."""
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _short(value: object) -> str:
    return " ".join(f"{value!r:.40}".split())
