"""The sinusoidal encoding under sliders."""

import ipywidgets as widgets

from ..views import View, view_positions
from .explorer import ALL, Explorer, looks, reach

WIDTHS = tuple(2 ** power for power in range(1, 9))
BASES = tuple(10 ** power for power in range(1, 7))
MOST_LENGTH = 128


def explore_positions() -> "PositionExplorer":
    """Return a widget that shows the sinusoidal encoding of any size, with two positions to compare.

    Moving a slider computes the small table anew and redraws. `view_positions` draws the same pictures without a
    widget.
    """
    return PositionExplorer()


class PositionExplorer(Explorer):
    """The picture of `view_positions` under five sliders.

    Attributes:
        d_model: numbers in each vector, a power of two from 2 to 256.
        length: how many positions, 2 to 128.
        base: of the frequencies, a power of ten from 10 to 1,000,000.
        first, second: the two positions compared, below the length.
    """

    STAGES = ("d_model", "length", "base"), ("first", "second")
    IN_PAGE = "positions", "d_model", "length", "base", "first", "second"

    def __init__(self) -> None:
        bases = [(f"{base:,}", base) for base in BASES]
        self.d_model = widgets.SelectionSlider(options=WIDTHS, value=64, **looks("d_model", "240px"))
        self.length = widgets.IntSlider(min=2, max=MOST_LENGTH, value=50, **looks("length", "250px"))
        self.base = widgets.SelectionSlider(options=bases, value=10_000, **looks("base", "220px"))
        self.first = widgets.IntSlider(min=0, max=49, value=3, **looks("first", "300px"))
        self.second = widgets.IntSlider(min=0, max=49, value=10, **looks("second", "300px"))
        super().__init__([self.d_model, self.length, self.base], [self.first, self.second])
        self._begin()

    def _fit(self) -> None:
        """Keep both positions below the length; one beyond the end moves to the last."""
        reach(self.first, self.length.value - 1)
        reach(self.second, self.length.value - 1)

    def _picture(self) -> View:
        return view_positions(self.length.value, self.d_model.value, base=self.base.value,
                              pair=(self.first.value, self.second.value))

    def _source(self) -> object:
        """Let the page compute the table: it needs nothing else."""
        return ALL
