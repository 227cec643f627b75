"""The picture of the sinusoidal encoding: the whole table, two of its rows as clocks, and how alike positions are."""

from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


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
    shown = select(n_positions, d_model, base, pair)
    return view_of("positions", shown, draw(shown), RULES)
