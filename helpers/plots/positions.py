"""Tables of positions as figures: what stands in them, how alike two positions are, where they lie."""

import math
from collections.abc import Sequence

from plotly.graph_objects import Heatmap, Scatter
from torch import Tensor

from .. import wanted
from ..asked import place, short, whole
from ..positions import explained_by_offset, principal_components, similarities, sinusoidal_positions
from ..positions.comparing import checked_table
from ..text import CourseError, say
from ..views.theme import BOTH_WAYS, EDGE, HEAD_COLOURS, SHADES
from .figure import CourseFigure, axis, layout, scale

MOST_CELLS, MOST_LINES, MOST_BITS, MOST_POSITION = 20_000, 8, 7, 1_000_000
WIDE, HIGH = 760, 440
DASHES = (None, "dash", "dot")


def plot_positions(table: Tensor) -> CourseFigure:
    """Draw a table of positions as a heat map: a row a position, 0 on top, a column a number of the vector.

    Args:
        table: (position, d_model), at most 20,000 numbers; of a larger one draw a part, such as table[:64, :128].

    Returns:
        The figure; blue is above 0, orange below. The colours reach as far on both sides, and far enough for 99 % of
        the numbers to be told apart; pointing at a cell tells its number.

    Raises:
        CourseError: for what is not a table of finite numbers, or a larger one.
    """
    table = _drawable(table)
    most = _reach(table.abs().flatten().quantile(0.99))
    heat = Heatmap(z=_rows(table), zmin=-most, zmax=most, colorscale=scale(BOTH_WAYS),
                   hovertemplate=f"{_say('position')} %{{y}}<br>{_say('dimension')} %{{x}}<br>%{{z}}<extra></extra>")
    text = _say("heat_text", n_positions=len(table), d_model=table.shape[1], least=f"{table.min():.2f}",
                most=f"{table.max():.2f}")
    return CourseFigure(heat, layout(_say("heat"), text, (WIDE, HIGH), axis(_say("dimension")),
                                     axis(_say("position"), autorange="reversed")))


def plot_curves(table: Tensor, dimensions: Sequence[int]) -> CourseFigure:
    """Draw chosen columns of a table as curves over the positions.

    Args:
        table: (position, d_model), at least two positions.
        dimensions: which columns, at most 8.

    Raises:
        CourseError: for what is not a table of finite numbers with two positions or more, or a column it does not
            have.
    """
    table, columns = _drawable(table, 2), _columns(dimensions, checked_table(table).shape[1])
    most = _reach(table[:, columns], 1.08)
    lines = [_line(range(len(table)), table[:, column], _say("one_dimension", dimension=column), number, (2,))
             for number, column in enumerate(columns)]
    text = _say("curves_text", n_positions=len(table), dimensions=_say("comma").join(map(str, columns)))
    return CourseFigure(lines, layout(_say("curves"), text, (WIDE, 360), axis(_say("position"), range=[0, len(table)]),
                                      axis(_say("value"), range=[-most, most]), **_legend()))


def plot_offsets(table: Tensor, starts: Sequence[int] | None = None, *, cosine: bool = False) -> CourseFigure:
    """Draw how alike one position and its neighbours are, against how far apart they stand.

    Where all curves lie on one another, the offset alone decides.

    Args:
        table: (position, d_model), at least two positions.
        starts: from which positions, at most 8; None = the first, and those a quarter and half way down.
        cosine: divide the dot products by both lengths.

    Raises:
        CourseError: for what is not a table of finite numbers with two positions or more, or a start it does not have.
    """
    table = _drawable(table, 2)
    starts = (0, len(table) // 4, len(table) // 2) if starts is None else starts
    found, starts = similarities(table, cosine=cosine), _columns(starts, len(table))
    lines = [_line(range(-start, len(table) - start), found[start], _say("from", start=start), number, (7, 3.5, 2))
             for number, start in enumerate(starts)]
    low, high = found[starts].min().item(), found[starts].max().item()
    room = 0.06 * (high - low or 1.0)
    text = _say("offsets_text", starts=_say("comma").join(map(str, starts)), start=starts[0],
                own=f"{found[starts[0], starts[0]]:.2f}",
                share=f"{explained_by_offset(table, cosine=cosine):.0%}")
    across = axis(_say("offset"), range=[-max(starts) - 1, len(table) - min(starts)])
    upward = axis(_say(_kind(cosine)), range=[float(f"{end:.3g}") for end in (low - room, high + room)])
    return CourseFigure(lines, layout(_say("offsets"), text, (WIDE, 400), across, upward, **_legend()))


def plot_similarity(table: Tensor, *, cosine: bool = False) -> CourseFigure:
    """Draw how alike every two positions are: dot products, or cosines.

    Args:
        table: (position, d_model), at most 141 positions.
        cosine: divide by both lengths; the colours then reach from -1 to 1, else as far as the numbers do.

    Raises:
        CourseError: for what is not a table of finite numbers, or a larger one.
    """
    found = _drawable(similarities(table, cosine=cosine))
    low, most = found.min().item(), 1.0 if cosine else _reach(found)
    one_way = low >= 0 and not cosine
    heat = Heatmap(z=_rows(found), zmin=float(f"{low:.3g}") if one_way else -most, zmax=most,
                   colorscale=scale(SHADES if one_way else BOTH_WAYS),
                   hovertemplate=f"{_say('position')} %{{y}}, {_say('position')} %{{x}}<br>%{{z}}<extra></extra>")
    title = _say("similarity", kind=_say(_kind(cosine)))
    text = _say("similarity_text", kind=_say(_kind(cosine)), n_positions=len(found), least=f"{low:.2f}",
                most=f"{found.max():.2f}")
    return CourseFigure(heat, layout(title, text, (520, 480), axis(_say("position")),
                                     axis(_say("position"), autorange="reversed")))


def plot_counter(n_bits: int = 5) -> CourseFigure:
    """Draw a binary counter and, beside it, sines of which each is half as fast as the one before, as the bits are.

    Args:
        n_bits: 1 to 7; the counter runs from 0 to 2 ** n_bits - 1.

    Raises:
        CourseError: for another number of bits.

    Source: the comparison is an old one; see Zhang et al., Dive into Deep Learning, section 11.6.3.
    """
    bits = whole(n_bits, 1, MOST_BITS)
    if bits is None:
        raise CourseError("positions.bits", most=MOST_BITS, got=short(n_bits, 20))
    n_bits, numbers = bits, range(2 ** bits)
    sines = sinusoidal_positions(len(numbers), 2 * n_bits, base=2 ** n_bits)[:, 0::2]      # (position, pair)
    rows = [[2 * (number >> bit & 1) - 1 for bit in range(n_bits)] + [None] + wave
            for number, wave in zip(numbers, _rows(sines), strict=True)]
    names = [_say("bit", bit=bit) for bit in range(n_bits)] + [_say("sine", pair=pair) for pair in range(n_bits)]
    places = [*range(n_bits), *range(n_bits + 1, 2 * n_bits + 1)]
    heat = Heatmap(z=rows, zmin=-1, zmax=1, colorscale=scale(BOTH_WAYS), xgap=1, hoverongaps=False,
                   hovertemplate=f"{_say('position')} %{{y}}<br>%{{x}}<br>%{{z}}<extra></extra>")
    across = axis(_say("counter_across"), tickvals=places, ticktext=names)
    text = _say("counter_text", last=len(numbers) - 1, n=n_bits)
    return CourseFigure(heat, layout(_say("counter"), text, (WIDE, 480), across,
                                     axis(_say("position"), autorange="reversed")))


def plot_path(table: Tensor, *, first: int = 0) -> CourseFigure:
    """Draw the positions as points in the plane in which they differ most (PCA), joined in their order.

    Args:
        table: (position, d_model), at least three positions and at most 10,000, of any width: a point each is drawn.
        first: the position that the first row stands for.

    Raises:
        CourseError: for what is not a table of finite numbers with three positions and two numbers or more, for
            more positions, or a first one that is none.
    """
    table = _drawable(table, 3, drawn=2)
    first = wanted.whole("plot_path", "first", first, 0, MOST_POSITION)
    numbered = [str(first + row) for row in range(len(table))]
    places, shares = principal_components(table)                                 # (position, 2), (2,)
    (xs, ys), reach = _rows(places.T), _reach(places, 1.12)
    every = max(1, len(table) // 8)
    names = [name if row % every == 0 else "" for row, name in enumerate(numbered)]
    line = Scatter(x=xs, y=ys, mode="lines+markers+text", text=names, textposition="top center",
                   line={"color": EDGE, "width": 1}, showlegend=False, hovertext=numbered,
                   marker={"color": [*range(len(table))], "colorscale": scale(SHADES[1:]), "size": 8},
                   hovertemplate=f"{_say('position')} %{{hovertext}}<extra></extra>")
    share = f"{shares.sum().item():.0%}"
    axes = [axis(_say("component", number=number + 1, share=f"{shares[number]:.0%}"), range=[-reach, reach])
            for number in (0, 1)]
    return CourseFigure(line, layout(_say("path"), _say("path_text", n_positions=len(table), share=share), (560, 540),
                                     *axes))


def _drawable(table: Tensor, least: int = 1, drawn: int | None = None) -> Tensor:
    """Return a table that a figure can bear, or refuse it; `drawn` numbers of each row are drawn, None for all."""
    table = checked_table(table)
    if len(table) * (drawn or table.shape[1]) > MOST_CELLS:
        raise CourseError("positions.too_many_cells", got=tuple(table.shape), most=MOST_CELLS)
    if len(table) < least or table.shape[1] < min(least, 2):
        raise CourseError("positions.too_small", least=least, got=tuple(table.shape))
    return table


def _columns(asked: Sequence[int], count: int) -> list[int]:
    """Return the rows or columns asked for, or refuse what is not there."""
    try:
        places = [place(one, count) for one in asked]
    except TypeError:                                              # not even a collection
        places = []
    columns = [one for one in places if one is not None]
    if not 1 <= len(columns) <= MOST_LINES or len(columns) < len(places):
        raise CourseError("positions.lines", most=MOST_LINES, last=count - 1, got=short(asked))
    return columns


def _line(xs: range, ys: Tensor, name: str, number: int, widths: Sequence[float]) -> Scatter:
    """Return one line of several; widths and dashes tell apart what the eye may not tell by colour."""
    return Scatter(x=[*xs], y=_rows(ys[None])[0], mode="lines", name=name, line={
        "color": HEAD_COLOURS[number], "width": widths[min(number, len(widths) - 1)],
        "dash": DASHES[number % len(DASHES)]})


def _legend() -> dict:
    return {"showlegend": True, "legend": {"orientation": "h", "y": 1.01, "yanchor": "bottom", "x": 0}}


def _kind(cosine: bool) -> str:
    return "cosine" if cosine else "dot_product"


def _rows(table: Tensor) -> list[list[float]]:
    """Return the numbers with as many decimals as show the largest with three digits, or thereabouts."""
    most = table.abs().max().item()
    decimals = min(max(2 - math.floor(math.log10(most)), 0), 12) if most else 0
    return [[round(value, decimals) + 0.0 for value in row] for row in table.tolist()]


def _reach(table: Tensor, room: float = 1.0) -> float:
    """Return the size of the largest number, times `room`, in three digits; 1 where all are 0."""
    return float(f"{room * table.abs().max().item():.3g}") or 1.0


def _say(key: str, **fields: object) -> str:
    return say(f"positions.{key}", **fields)
