"""Sizes a learner asks for, checked: whole numbers, an even width, a sensible base, and not too much of it all."""

from ..asked import number, short, whole
from ..text import CourseError

MOST_NUMBERS = 10_000_000
MOST_BASE = 1e12


def checked_width(d_model: object) -> int:
    """Return the width as an int.

    Raises:
        CourseError: if it is not an even whole number of 2 or more, or larger than 10,000,000.
    """
    width = whole(d_model)
    if width is None or width < 2 or width % 2:
        raise CourseError("positions.width", got=short(d_model))
    if width > MOST_NUMBERS:
        raise CourseError("positions.too_wide", got=short(d_model), most=MOST_NUMBERS)
    return width


def checked_length(n_positions: object, d_model: int) -> int:
    """Return the number of positions as an int.

    Raises:
        CourseError: if it is not a whole number of 1 or more, or so large that the table of `d_model` numbers a
            position would hold more than 10,000,000 numbers.
    """
    length = whole(n_positions)
    if length is None or length < 1:
        raise CourseError("positions.length", got=short(n_positions))
    if length * d_model > MOST_NUMBERS:
        raise CourseError("positions.too_many", n_positions=short(n_positions), d_model=d_model, most=MOST_NUMBERS)
    return length


def checked_base(base: object) -> float:
    """Return the base as a float.

    Raises:
        CourseError: if it is not a number from 1 to 10**12.
    """
    found = number(base, 1, MOST_BASE)
    if found is None:
        raise CourseError("positions.base", got=short(base))
    return found


def checked_number(name: str, value: object) -> float:
    """Return a finite real number as a float; `name` says which, in the error.

    Raises:
        CourseError: for anything else.
    """
    found = number(value)
    if found is None:
        raise CourseError("positions.number", name=name, got=short(value))
    return found
