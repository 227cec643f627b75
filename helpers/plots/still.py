"""A figure as a still picture: the same numbers, drawn as SVG, for pages on which plotly does not run."""

from plotly.graph_objects import Figure

from ..views.raster import SHARP
from ..views.svg import CELL, cells, label, number
from ..views.theme import SMALL
from ..views.view import View
from .frame import Frame
from .traces import DASHES, draw_heatmap, draw_scatter

DRAWN = {"heatmap": draw_heatmap, "scatter": draw_scatter}
RULES = f".sav-plot {SHARP}" + """
.sav-plot .axis{fill:none;stroke:currentColor;stroke-opacity:.45}
.sav-plot .line{fill:none;stroke-linejoin:round}
"""


def still(figure: Figure) -> View:
    """Return a figure of heat maps or lines as a view; its sentence is `figure.layout.meta["text"]`.

    It knows what our own figures are made of, no more: one pair of axes, heat maps and scatter traces, colours as
    #rrggbb, and a range for every axis that has no heat map.
    """
    frame = Frame(figure)
    traces = "".join(DRAWN[trace.type](frame, trace) for trace in figure.data)
    title = figure.layout.title.text
    drawn = label(24, 32, title, "title") + _legend(figure, frame) + traces + frame.axes()
    return View(figure.layout.meta["text"], {}, title, "plot", (figure.layout.width, figure.layout.height), drawn,
                rules=RULES)


def _legend(figure: Figure, frame: Frame) -> str:
    """Name the lines, side by side above the plotting area."""
    parts: list[str] = []
    x: float = frame.left
    for trace in figure.data:
        if trace.type == "scatter" and trace.name and trace.showlegend is not False:
            dash = f' stroke-dasharray="{DASHES[trace.line.dash]}"' if trace.line.dash in DASHES else ""
            parts.append(f'<path d="M{number(x)} 48h20" stroke="{trace.line.color}" stroke-width="3"{dash}/>'
                         + label(x + 26, 52, trace.name, "small"))
            x += 44 + cells(trace.name) * CELL * SMALL
    return "".join(parts)
