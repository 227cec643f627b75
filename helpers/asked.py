"""What was asked for, read the same way everywhere: whole numbers, numbers, places that exist, and values shown short.

These functions decide and never raise; the caller knows which sentence to say. True and False are no numbers here,
whole numbers of numpy and torch are whole numbers.
"""

import math
import operator
from numbers import Real


def whole(value: object, least: int | None = None, most: int | None = None) -> int | None:
    """Return a whole number as an int, whatever library it is from, if it lies from `least` to `most`; else None.

    >>> whole(3), whole(3.0), whole(True), whole(9, 0, 8)
    (3, None, None, None)
    """
    try:
        number = None if _is_truth(value) else operator.index(value)   # type: ignore[arg-type]
    except Exception:                                                   # a tensor of many numbers raises its own
        return None
    if number is None or (least is not None and number < least) or (most is not None and number > most):
        return None
    return number


def place(value: object, count: int) -> int | None:
    """Return an index from 0 to `count` - 1 as an int; None for anything else."""
    return whole(value, 0, count - 1)


def number(value: object, least: float = -math.inf, most: float = math.inf) -> float | None:
    """Return a finite number as a float if it lies from `least` to `most`; else None.

    >>> number(1), number("1"), number(float("nan")), number(2, 0, 1)
    (1.0, None, None, None)
    """
    if _is_truth(value) or not isinstance(value, Real):
        return None
    try:
        found = float(value)
    except OverflowError:                                               # a whole number beyond all floats
        return None
    return found if math.isfinite(found) and least <= found <= most else None


def short(value: object, most: int = 40) -> str:
    """Return a value as code would write it, on one line and cut to `most` characters."""
    return " ".join(f"{value!r:.{most}}".split())


def _is_truth(value: object) -> bool:
    """Say whether a value is a truth value of Python, numpy or torch."""
    return isinstance(value, bool) or str(getattr(value, "dtype", "")) in ("bool", "torch.bool")
