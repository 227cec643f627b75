"""What the picture of the sinusoidal encoding is drawn from."""

import math
from collections.abc import Iterable

from torch import Tensor

from ... import asked
from ...positions import frequencies, sinusoidal_positions
from ...positions.sizes import checked_base, checked_length, checked_width
from ...text import CourseError, say
from ..kit import DIGITS

MOST_LENGTH, MOST_WIDTH, MOST_CLOCKS = 512, 1024, 8


class Shown:
    """The encoding of some size, and what is said of two of its positions.

    Attributes:
        n_positions, d_model, base: the sizes.
        pair: the two positions.
        table: (position, d_model).
        wavelengths: after how many positions each pair has turned once, one a pair.
        products: the dot product of two positions for each offset, 0 to n_positions - 1.
        product: that of the two marked ones.
        clocks: which pairs are drawn as clocks: all, or eight at equal steps from the first to the last.
    """

    def __init__(self, n_positions: int, d_model: int, base: float, pair: tuple[int, int]):
        self.n_positions, self.d_model, self.base, self.pair = n_positions, d_model, base, pair
        self.table: Tensor = sinusoidal_positions(n_positions, d_model, base=base)
        self._omega = frequencies(d_model, base=base)                            # (pair,)
        self.wavelengths: list[float] = (2 * math.pi / self._omega).tolist()
        self.products: list[float] = (self.table @ self.table[0]).tolist()
        self.product = self.products[abs(pair[0] - pair[1])]
        last, count = d_model // 2 - 1, min(d_model // 2, MOST_CLOCKS)
        self.clocks = [round(number * last / max(count - 1, 1)) for number in range(count)]

    def hand(self, clock: int, position: int) -> tuple[float, float]:
        """Return the tip (sine, cosine) of a hand: how far right and how far up."""
        sine, cosine = self.table[position, 2 * clock:2 * clock + 2].tolist()
        return sine, cosine

    def title(self) -> str:
        """Return the heading."""
        return say("positions.view_title", n_positions=self.n_positions, d_model=self.d_model,
                   base=f"{self.base:,.10g}")

    def sentence(self) -> str:
        """Return the sizes, the fastest and the slowest pair, and how alike the two positions are."""
        first, second = self.pair
        return say("positions.view_text", n_positions=self.n_positions, d_model=self.d_model,
                   base=f"{self.base:,.10g}", fastest=f"{self.wavelengths[0]:,.1f}",
                   slowest=f"{self.wavelengths[-1]:,.1f}", first=first, second=second, offset=abs(first - second),
                   product=f"{self.product:.2f}", own=f"{self.products[0]:g}")

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""
        first, second = self.pair
        return {"n_positions": self.n_positions, "d_model": self.d_model, "base": self.base, "pair": [first, second],
                "wavelengths": {clock: round(self.wavelengths[clock], 3) for clock in self.clocks},
                "hands": {clock: [[round(tip, DIGITS) for tip in self.hand(clock, place)] for place in self.pair]
                          for clock in self.clocks},
                "products": [round(product, 3) for product in self.products]}


def select(n_positions: int, d_model: int, base: float, pair: tuple[int, int]) -> Shown:
    """Check the choices and compute the encoding.

    Raises:
        CourseError: for sizes, a base or positions out of range.
    """
    width, base = checked_width(d_model), checked_base(base)
    length = checked_length(n_positions, width)
    if length > MOST_LENGTH or width > MOST_WIDTH:
        raise CourseError("positions.view_size", length=MOST_LENGTH, width=MOST_WIDTH, n_positions=length,
                          d_model=width)
    return Shown(length, width, base, _checked_pair(pair, length))


def _checked_pair(pair: object, length: int) -> tuple[int, int]:
    """Return the two positions as ints.

    Raises:
        CourseError: if they are not two whole numbers below `length`.
    """
    several = pair if isinstance(pair, Iterable) and getattr(pair, "ndim", 1) > 0 else ()
    places = [asked.place(one, length) for one in several]
    if len(places) != 2 or places[0] is None or places[1] is None:
        raise CourseError("positions.pair", last=length - 1, got=asked.short(pair))
    return places[0], places[1]
