"""What the picture of the sinusoidal encoding is drawn from."""

import math

from torch import Tensor

from ...positions import frequencies, sinusoidal_positions

MOST_CLOCKS = 8


class Numbers:
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

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""
        first, second = self.pair
        return {"n_positions": self.n_positions, "d_model": self.d_model, "base": self.base, "pair": [first, second],
                "wavelengths": {clock: round(self.wavelengths[clock], 3) for clock in self.clocks},
                "hands": {clock: [[round(tip, 4) for tip in self.hand(clock, place)] for place in self.pair]
                          for clock in self.clocks},
                "products": [round(product, 3) for product in self.products]}
