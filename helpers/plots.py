"""Numbers as plotly figures: returned, never shown; python lists and a template of our own, so that their JSON stays.

A figure's sentence, for those who cannot see it, is `figure.layout.meta["text"]`.
"""

from plotly.graph_objects import Figure, Heatmap
from torch import Tensor

from helpers.heads import HeadSummary
from helpers.text import say
from helpers.views.theme import FONT, INK, PAPER

SHADES = ("#ffffff", "#d6e4fc", "#a3c3f8", "#6397f1", "#0858e4", "#053a97", "#03205a")  # equal steps, one hue
TEMPLATE = {"layout": {
    "font": {"family": FONT, "size": 13, "color": INK}, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER,
    "margin": {"l": 60, "r": 20, "t": 60, "b": 50}, "title": {"x": 0.02, "xanchor": "left", "font": {"size": 16}},
}}
CELL, NUMBERED = 46, 12  # pixels a head; up to so many heads in a layer the numbers stand in their cells


def plot_heads(summary: HeadSummary, kind: str = "previous") -> Figure:
    """Draw a map of all heads: a row a layer (0 on top), a column a head, the darker the more.

    Args:
        summary: what `describe_heads` returned.
        kind: one of its kinds, drawn from 0 to 1, or "entropy" or "distance", drawn from 0 to the largest.

    Returns:
        The figure; its sentence is `figure.layout.meta["text"]`.

    Raises:
        CourseError: for another kind, or one that no query of these texts could ask about.
    """
    values = _values(summary, kind)                                        # (layer, head)
    numbers = [[round(value, 3) for value in row] for row in values.tolist()]
    hovers = [[say("heads.map_hover", layer=layer, head=head, value=f"{value:.2f}") for head, value in enumerate(row)]
              for layer, row in enumerate(numbers)]
    title = say(f"heads.map_{kind}") if kind in ("entropy", "distance", "broad") else say(
        "heads.map_title", kind=say(f"heads.{kind}"))
    steps = [[step / (len(SHADES) - 1), shade] for step, shade in enumerate(SHADES)]
    top = max(map(max, numbers)) if kind in ("entropy", "distance") else 1
    heat = Heatmap(z=numbers, zmin=0, zmax=top, colorscale=steps, text=hovers, xgap=1, ygap=1,
                   hovertemplate="%{text}<extra></extra>",
                   texttemplate="%{z:.2f}" if summary.n_heads <= NUMBERED else None)
    return Figure(heat, _layout(summary, title, numbers))


def _values(summary: HeadSummary, kind: str) -> Tensor:
    if kind in ("entropy", "distance"):
        return getattr(summary, kind)
    summary.check_kind(kind)
    return summary.shares[kind]


def _layout(summary: HeadSummary, title: str, numbers: list[list[float]]) -> dict:
    def axis(name: str) -> dict:
        return {"title": {"text": say(f"heads.map_{name}")}, "dtick": 1, "showgrid": False, "zeroline": False}

    most, layer, head = max((value, -layer, -head) for layer, row in enumerate(numbers)
                            for head, value in enumerate(row))
    text = say("heads.map_text", title=title, layers=summary.n_layers, heads=summary.n_heads,
               model=summary.model_name or say("heads.model"), least=f"{min(map(min, numbers)):.2f}",
               most=f"{most:.2f}", layer=-layer, head=-head)
    return {"template": TEMPLATE, "title": {"text": title}, "meta": {"text": text}, "xaxis": axis("head"),
            "yaxis": axis("layer") | {"autorange": "reversed"}, "width": 190 + CELL * summary.n_heads,
            "height": 130 + CELL * summary.n_layers}
