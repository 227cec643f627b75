"""Where things stand in a still picture: from a figure's ranges to pixels, its ticks and its axes."""

import math

from plotly.graph_objects import Figure
from plotly.graph_objs.layout import XAxis, YAxis

from ..text import escape
from ..views.svg import CELL, cells, label, nice_step, number
from ..views.theme import SMALL

TOP, BOTTOM, RIGHT, BAR, LEAST_LEFT = 62, 56, 24, 84, 56


class Frame:
    """The plotting area of a figure, in pixels, and the ranges it shows.

    Attributes:
        left, top, right, bottom: the edges.
        x_ticks, y_ticks: (value, label) pairs.
    """

    def __init__(self, figure: Figure):
        heat = next((trace for trace in figure.data if trace.type == "heatmap"), None)
        self.layout = figure.layout
        self.x_range = _range(self.layout.xaxis, _edges(heat.x, len(heat.z[0])) if heat else ())
        self.y_range = _range(self.layout.yaxis, _edges(heat.y, len(heat.z)) if heat else ())
        self.x_ticks, self.y_ticks = _ticks(self.layout.xaxis, self.x_range), _ticks(self.layout.yaxis, self.y_range)
        widest = max((cells(name) for _, name in self.y_ticks), default=0)
        self.left, self.top = max(LEAST_LEFT, round(36 + widest * CELL * SMALL)), TOP
        scaled = heat is not None and heat.showscale is not False
        self.right, self.bottom = self.layout.width - (BAR if scaled else RIGHT), self.layout.height - BOTTOM

    def x(self, value: float) -> float:
        """Return the pixel of a value on the horizontal axis."""
        first, last = self.x_range
        return self.left + (value - first) / (last - first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return the pixel of a value on the vertical axis."""
        first, last = self.y_range
        return self.bottom - (value - first) / (last - first) * (self.bottom - self.top)

    def axes(self) -> str:
        """Draw both axes with ticks, labels and titles."""
        across = "".join(f"M{number(self.x(value))} {self.bottom}v5" for value, _ in self.x_ticks)
        down = "".join(f"M{self.left} {number(self.y(value))}h-5" for value, _ in self.y_ticks)
        names = [label(self.x(value), self.bottom + 18, name, "small mid") for value, name in self.x_ticks]
        names += [label(self.left - 8, self.y(value) + 4, name, "small end") for value, name in self.y_ticks]
        middle_x, middle_y = (self.left + self.right) / 2, number((self.top + self.bottom) / 2)
        titles = (label(middle_x, self.bottom + 40, self.layout.xaxis.title.text or "", "mid")
                  + f'<text class="mid" transform="translate(20 {middle_y}) rotate(-90)">'
                    f"{escape(self.layout.yaxis.title.text or '')}</text>")
        line = f"M{self.left} {self.top}V{self.bottom}H{number(self.right)}"
        return f'<path class="axis" d="{line}{across}{down}"/>{"".join(names)}{titles}'


def _range(axis: XAxis | YAxis, edges: tuple[float, ...]) -> tuple[float, float]:
    """Return (first, last) as the axis shows them, from left to right or from below; it has a range, or edges."""
    first, last = axis.range or edges
    return (last, first) if axis.autorange == "reversed" else (first, last)


def _edges(places: tuple | None, count: int) -> tuple[float, float]:
    """Return the outer edges of the cells of a heat map."""
    first, last = (places[0], places[-1]) if places else (0, count - 1)
    half = (last - first) / max(count - 1, 1) / 2 or 0.5
    return first - half, last + half


def _ticks(axis: XAxis | YAxis, shown: tuple[float, float]) -> list[tuple[float, str]]:
    if axis.tickvals is not None:
        return list(zip(axis.tickvals, axis.ticktext or map(str, axis.tickvals), strict=True))
    low, high = sorted(shown)
    step = axis.dtick or nice_step(high - low)
    places = [step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return [(place, f"{place:g}".replace("-", "\u2212")) for place in places]
