"""What heads do, as a map of all of them."""

from plotly.graph_objects import Heatmap
from torch import Tensor

from ..heads import HeadSummary, describe_heads
from ..models.records import AttentionRecord, Attentions, Tokens
from ..text import say
from ..views.theme import SHADES
from .figure import CourseFigure, axis, layout, scale

CELL, NUMBERED = 46, 12  # pixels a head; up to so many heads in a layer the numbers stand in their cells


def plot_heads(summary: HeadSummary | AttentionRecord | Attentions, kind: str = "previous", *,
               tokens: Tokens | None = None) -> CourseFigure:
    """Draw a map of all heads: a row a layer (0 on top), a column a head, the darker the more.

    Args:
        summary: what `describe_heads` returned, or what it takes: records, or attention weights.
        kind: one of its kinds, drawn from 0 to 1, or "entropy" or "distance", drawn from 0 to the largest.
        tokens: of attention weights; None for all else.

    Returns:
        The figure; its sentence is `figure.layout.meta["text"]`.

    Raises:
        CourseError: for another kind, one that no query of these texts could ask about, or as `describe_heads`.
    """
    summary = summary if isinstance(summary, HeadSummary) else describe_heads(summary, tokens)
    values = _values(summary, kind)                                        # (layer, head)
    numbers = [[round(value, 3) for value in row] for row in values.tolist()]
    hovers = [[say("heads.map_hover", layer=layer, head=head, value=f"{value:.2f}") for head, value in enumerate(row)]
              for layer, row in enumerate(numbers)]
    title = say(f"heads.map_{kind}") if kind in ("entropy", "distance", "broad") else say(
        "heads.map_title", kind=summary.name(kind))
    top = max(map(max, numbers)) if kind in ("entropy", "distance") else 1
    heat = Heatmap(z=numbers, zmin=0, zmax=top, colorscale=scale(SHADES), text=hovers, xgap=1, ygap=1,
                   hovertemplate="%{text}<extra></extra>",
                   texttemplate="%{z:.2f}" if summary.n_heads <= NUMBERED else None)
    return CourseFigure(heat, _layout(summary, title, numbers))


def _values(summary: HeadSummary, kind: str) -> Tensor:
    if isinstance(kind, str) and kind in ("entropy", "distance"):
        return getattr(summary, kind)
    summary.check_kind(kind)
    return summary.shares[kind]


def _layout(summary: HeadSummary, title: str, numbers: list[list[float]]) -> dict:
    most, at, head = max((value, -layer, -head) for layer, row in enumerate(numbers)
                         for head, value in enumerate(row))
    text = say("heads.map_text", title=title, layers=summary.n_layers, heads=summary.n_heads,
               model=summary.model_name or say("heads.model"), least=f"{min(map(min, numbers)):.2f}",
               most=f"{most:.2f}", layer=-at, head=-head)
    size = 190 + CELL * summary.n_heads, 130 + CELL * summary.n_layers
    return layout(title, text, size, axis(say("heads.map_head"), dtick=1),
                  axis(say("heads.map_layer"), dtick=1, autorange="reversed"))
