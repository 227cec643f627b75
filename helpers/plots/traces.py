"""The traces of a figure as SVG: heat maps and lines with points, the kinds our figures are made of."""

from itertools import pairwise

import numpy as np
from plotly.graph_objects import Heatmap, Scatter

from ..text import escape
from ..views.raster import MOST_COLOURS, raster
from ..views.svg import label, number
from ..views.theme import INK, PAPER
from .frame import Frame

STEPS = MOST_COLOURS - 1
DASHES = {"dash": "7 5", "dot": "2 4"}


def draw_heatmap(frame: Frame, trace: Heatmap) -> str:
    """Draw a heat map in 15 steps, its numbers where it has them, and its colour bar."""
    shares = _shares(np.array(trace.z, dtype=float), trace.zmin, trace.zmax)              # (row, column)
    levels = np.where(np.isnan(shares), 0, 1 + np.rint(np.nan_to_num(shares) * (STEPS - 1))).astype(int)
    if frame.y_range[0] < frame.y_range[1]:                                              # the first row lies below
        levels = levels[::-1]
    palette = [(*_rgb(colour_at(trace.colorscale, step / (STEPS - 1))), 255) for step in range(STEPS)]
    area = raster(frame.left, frame.top, (frame.right - frame.left, frame.bottom - frame.top), levels, palette)
    return area + _numbers(frame, trace) + (_bar(frame, trace) if trace.showscale is not False else "")


def draw_scatter(frame: Frame, trace: Scatter) -> str:
    """Draw lines, points and the texts beside them, whichever the trace has."""
    places = [(frame.x(x), frame.y(y)) for x, y in zip(trace.x, trace.y, strict=True)]
    parts = [_line(places, trace)] if "lines" in trace.mode else []
    if "markers" in trace.mode:
        parts += [_point(*place, colour, trace.marker.size or 6)
                  for place, colour in zip(places, _colours(trace), strict=True)]
    if "text" in trace.mode:
        parts += [label(x, y - 9, text, "small mid") for (x, y), text in zip(places, trace.text, strict=True) if text]
    return "".join(parts)


def colour_at(colorscale: tuple, share: float) -> str:
    """Return the colour at `share` (0 to 1) of a plotly colour scale, as #rrggbb.

    >>> colour_at(((0, "#000000"), (1, "#ffffff")), 0.5)
    '#808080'
    """
    for (low, before), (high, after) in pairwise(colorscale):
        if share <= high:
            part = (share - low) / (high - low)
            mixed = (round(a + (b - a) * part) for a, b in zip(_rgb(before), _rgb(after), strict=True))
            return "#" + "".join(f"{value:02x}" for value in mixed)
    return colorscale[-1][1]


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place:place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _shares(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return where values lie between the least and the most that the colours tell apart, 0 to 1; NaN stays."""
    return np.clip((values - low) / ((high - low) or 1), 0, 1)


def _numbers(frame: Frame, trace: Heatmap) -> str:
    """Write each number in its cell, in ink or white, whichever can be read there."""
    if not trace.texttemplate:
        return ""
    values, digits = np.array(trace.z, dtype=float), trace.texttemplate.removeprefix("%{z:").removesuffix("}")
    shares, colours, parts = _shares(values, trace.zmin, trace.zmax), trace.colorscale, []
    for (y, x), value in np.ndenumerate(values):
        red, green, blue = _rgb(colour_at(colours, float(shares[y, x])))
        ink = INK if 0.3 * red + 0.59 * green + 0.11 * blue > 140 else PAPER
        parts.append(f'<text class="small mid" x="{number(frame.x(x))}" y="{number(frame.y(y) + 4)}" '
                     f'style="fill:{ink}">{value:{digits}}</text>')
    return "".join(parts)


def _bar(frame: Frame, trace: Heatmap) -> str:
    """Draw the colour bar beside the plotting area, with three numbers."""
    left, height = frame.right + 18, (frame.bottom - frame.top) / STEPS
    boxes = "".join(
        f'<rect x="{number(left)}" y="{number(frame.bottom - (step + 1) * height)}" width="14" '
        f'height="{number(height + 0.5)}" fill="{colour_at(trace.colorscale, step / (STEPS - 1))}"/>'
        for step in range(STEPS))
    marks = ((trace.zmin, frame.bottom), ((trace.zmin + trace.zmax) / 2, (frame.top + frame.bottom) / 2),
             (trace.zmax, frame.top))
    names = "".join(label(left + 20, y + 4, f"{value:.3g}".replace("-", "\u2212"), "small") for value, y in marks)
    return boxes + names


def _line(places: list[tuple[float, float]], trace: Scatter) -> str:
    path = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    dash = f' stroke-dasharray="{DASHES[trace.line.dash]}"' if trace.line.dash in DASHES else ""
    return (f'<path class="line" d="M{path}" stroke="{escape(trace.line.color)}" '
            f'stroke-width="{trace.line.width or 2:g}"{dash}/>')


def _colours(trace: Scatter) -> list[str]:
    """Return one colour a point."""
    values = trace.marker.color
    if isinstance(values, str) or values is None:
        return [values or trace.line.color] * len(trace.x)
    low, high = min(values), max(values)
    return [colour_at(trace.marker.colorscale, (value - low) / ((high - low) or 1)) for value in values]


def _point(x: float, y: float, colour: str, size: float) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size / 2)}" fill="{colour}"/>'
