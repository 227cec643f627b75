"""The picture of the sinusoidal encoding: the whole table, two of its rows as clocks, and how alike positions are."""

import operator

from ...positions.sizes import checked_base, checked_length, checked_width
from ...text import CourseError, say
from ..view import View
from .drawing import RULES, SIZE, draw
from .shown import Numbers

MOST_LENGTH, MOST_WIDTH = 512, 1024


def view_positions(n_positions: int = 50, d_model: int = 64, *, base: float = 10000.0,
                   pair: tuple[int, int] = (3, 10)) -> View:
    """Draw the sinusoidal encoding, with two of its positions marked.

    On the left the table as a heat map. On the right up to eight pairs of numbers as clocks: at each position, a
    pair (cosine, sine) is the tip of a hand, which turns by its frequency from one position to the next. Below, the
    dot product of two positions against how far apart they stand.

    Args:
        n_positions: how many positions, 1 to 512.
        d_model: width of the vectors, an even number from 2 to 1024.
        base: of the frequencies, from 1 to 10**12.
        pair: the two marked positions, from 0.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (wavelengths, angles, dot products), `.save(path)`.

    Raises:
        CourseError: for sizes, a base or positions outside these ranges.

    Source: Vaswani et al. 2017, section 3.5.
    """
    width, base = checked_width(d_model), checked_base(base)
    length = checked_length(n_positions, width)
    if length > MOST_LENGTH or width > MOST_WIDTH:
        raise CourseError("positions.view_size", length=MOST_LENGTH, width=MOST_WIDTH, n_positions=length,
                          d_model=width)
    numbers = Numbers(length, width, base, _checked_pair(pair, length))
    title = say("positions.view_title", n_positions=length, d_model=width, base=f"{base:,.10g}")
    return View(_text(numbers), numbers.data(), title, "positions", SIZE, draw(numbers, title), rules=RULES)


def _checked_pair(pair: tuple[int, int], length: int) -> tuple[int, int]:
    """Return the two positions as ints.

    Raises:
        CourseError: if they are not two whole numbers below `length`.
    """
    try:
        first, second = (operator.index(place) for place in pair)
    except (TypeError, ValueError):
        first = second = -1
    if not (0 <= first < length and 0 <= second < length):
        raise CourseError("positions.pair", last=length - 1, got=f"{pair!r:.40}")
    return first, second


def _text(numbers: Numbers) -> str:
    """Return the sentence that says what the picture shows."""
    first, second = numbers.pair
    return say("positions.view_text", n_positions=numbers.n_positions, d_model=numbers.d_model,
               base=f"{numbers.base:,.10g}", fastest=f"{numbers.wavelengths[0]:,.1f}",
               slowest=f"{numbers.wavelengths[-1]:,.1f}", first=first, second=second, offset=abs(first - second),
               product=f"{numbers.product:.2f}", own=f"{numbers.products[0]:g}")
