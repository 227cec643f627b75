"""The factor 1/sqrt(d) under sliders."""

import ipywidgets as widgets

from ..views import view_scaling
from .explorer import Explorer, looks

SIZES, FIRST_SIZE = tuple(2 ** power for power in range(11)), 4
TEMPERATURES = (0.25, 0.5, 1.0, 2.0, 4.0)


def explore_scaling() -> "ScalingExplorer":
    """Return a widget that shows what softmax makes of random scores, with sqrt(d) and without it.

    `view_scaling` draws the same pictures without a widget.
    """
    return ScalingExplorer()


class ScalingExplorer(Explorer):
    """The picture of `view_scaling` under two sliders.

    Attributes:
        d: numbers in each query and key, a power of two from 1 to 1024.
        temperature: what the scores are divided by besides.
    """

    STAGES = (("d", "temperature"),)

    def __init__(self) -> None:
        self.d = widgets.SelectionSlider(options=SIZES, value=FIRST_SIZE, **looks("d", "380px"))
        self.temperature = widgets.SelectionSlider(options=TEMPERATURES, value=1.0, **looks("temperature", "280px"))
        super().__init__([self.d, self.temperature])
        self._begin()

    def _draw(self) -> None:
        self._show(view_scaling(self.d.value, temperature=self.temperature.value))
