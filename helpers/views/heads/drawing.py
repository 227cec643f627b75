"""Where everything in a head view stands, and the SVG of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from ...text import escape, say
from ..svg import CELL, cells, clip, is_special, label, number, visible, wrap
from ..theme import LEVELS, NUMBER, SMALL, head_class, level
from .shown import KEY, QUERY, Selection, heading, spoken

MARGIN, GUTTER, BRACKET, PAD, CAPTION = 20, 32, 16, 7, 17
CHIPS, CHIP = 57, 33
LONGEST_TOKEN = 18
NARROWEST = 500
_ROWS = ((14, 28, 15), (26, 24, 14), (40, 20, 13), (48, 16, 12))
_FULL = (14, 12)


@dataclass(frozen=True)
class Layout:
    """The measures of one head view, in pixels.

    Attributes:
        selection: what is shown.
    """

    selection: Selection

    @cached_property
    def _row_and_font(self) -> tuple[int, int]:
        rows = max(len(self.selection.queries), len(self.selection.keys))
        return next(((row, font) for most, row, font in _ROWS if rows <= most), _FULL)

    @property
    def row(self) -> int:
        """The height of a token's row."""
        return self._row_and_font[0]

    @property
    def font(self) -> int:
        """The size of the tokens."""
        return self._row_and_font[1]

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """Each token of both columns as it is drawn: cut where it is too long, blanks made visible."""
        queries, keys = ([clip(visible(token), LONGEST_TOKEN) for token in tokens]
                         for tokens in self.selection.record.sides)
        return queries, keys

    def column(self, side: int) -> float:
        """Return the width of the column of queries or of keys."""
        widest = max(cells(self.names[side][position]) for position in self.selection.columns[side])
        return round(max(widest * CELL * self.font, 26)) + 2 * PAD

    @cached_property
    def cell(self) -> int:
        """The width of one square of a strip of heads; 0 where one head is shown."""
        n_heads = len(self.selection.heads)
        return 0 if n_heads == 1 else 8 if n_heads <= 6 else 6 if n_heads <= 12 else 5

    @cached_property
    def left(self) -> float:
        """Where the column of queries begins."""
        return MARGIN + GUTTER + BRACKET

    @cached_property
    def start(self) -> float:
        """Where lines begin: the right edge of the queries."""
        return self.left + self.column(QUERY)

    @cached_property
    def span(self) -> float:
        """How wide the lines are."""
        rows = max(len(self.selection.queries), len(self.selection.keys))
        others = self.start + self.column(KEY) + self._right_gutter
        return max(220 + 2 * min(rows, 50), NARROWEST - others)

    @property
    def bends(self) -> tuple[int, int]:
        """How far along a line its two handles stand."""
        return round(0.42 * self.span), round(0.58 * self.span)

    @cached_property
    def stop(self) -> float:
        """Where lines end: the left edge of the keys."""
        return self.start + self.span

    @cached_property
    def right(self) -> float:
        """Where the column of keys ends."""
        return self.stop + self.column(KEY)

    @cached_property
    def lanes(self) -> dict[int, float]:
        """How far above or below the middle of a row each head's lines run."""
        heads = self.selection.heads
        step = min(2, (self.row - 4) / len(heads))
        return {head: round((order - (len(heads) - 1) / 2) * step, 1) for order, head in enumerate(heads)}

    @cached_property
    def edges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The left and right edges of the queries, of the keys."""
        return (self.left, self.start), (self.stop, self.right)

    @cached_property
    def strip(self) -> float:
        """Where the strips of heads begin."""
        return self.right + BRACKET

    @cached_property
    def values(self) -> tuple[float, float]:
        """Where the numbers stand: they end here beside the queries, begin here beside the keys."""
        return self.left - BRACKET, self.strip + self.cell * len(self.selection.heads) + 4

    @property
    def _right_gutter(self) -> float:
        return BRACKET + self.cell * len(self.selection.heads) + GUTTER + MARGIN

    @cached_property
    def width(self) -> float:
        """The width of the picture."""
        return self.right + self._right_gutter

    @cached_property
    def chips_a_row(self) -> int:
        """How many heads the legend names in a row."""
        return int((self.width - 2 * MARGIN) // CHIP)

    @cached_property
    def top(self) -> float:
        """Where the first row begins."""
        rows = ceil(len(self.selection.heads) / self.chips_a_row) if self.cell else 0
        return 76 + 19 * rows

    @cached_property
    def places(self) -> tuple[dict[int, float], dict[int, float]]:
        """The middle of each token's row, by position: of the queries, of the keys."""
        return self._stack(QUERY), self._stack(KEY)

    def _stack(self, side: int) -> dict[int, float]:
        """Stack rows; a gap tells the sentences apart."""
        positions = self.selection.columns[side]
        start_b = self.selection.record.sentence_b_start or len(self.names[side])
        return {position: self.top + self.row * (order + 0.5) + (8 if positions[0] < start_b <= position else 0)
                for order, position in enumerate(positions)}

    @cached_property
    def bottom(self) -> float:
        """Where the last row ends."""
        return max(place for side in self.places for place in side.values()) + self.row / 2

    @cached_property
    def caption(self) -> list[str]:
        """How to read the picture, in lines that fit under it."""
        single = len(self.selection.heads) == 1
        text = say("views.caption_one" if single else "views.caption_many",
                   threshold=f"{self.selection.threshold:g}")
        return wrap(text, int((self.width - 2 * MARGIN) / (CELL * SMALL)))

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.bottom + 12 + CAPTION * len(self.caption) + 10


RULES = "".join(
    f".sav-heads .l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.5 + 0.3 * step:.1f}}}"
    f".sav-heads .m.w{step}{{stroke-width:{0.4 + 0.2 * step:.1f}}}"
    f".sav-heads .t.w{step}{{opacity:{0.05 * step:.2f}}}.sav-heads .c.w{step}{{opacity:{0.1 * step:.1f}}}"
    for step in range(1, LEVELS + 1)) + """
.sav-heads .l{fill:none;stroke:currentColor}
.sav-heads .t,.sav-heads .o{fill:currentColor;stroke:currentColor;stroke-width:8;stroke-linejoin:round}
.sav-heads .c{fill:currentColor}
.sav-heads .o{opacity:0;pointer-events:all}
.sav-heads .bracket{stroke:currentColor;stroke-opacity:.35;stroke-width:2;stroke-linecap:round}
""" + f""".sav-heads .q,.sav-heads .k{{font-size:{NUMBER}px;font-weight:600;
""" + """font-variant-numeric:tabular-nums;outline:none}
.sav-heads .k{text-anchor:end}
.sav-heads .q .l,.sav-heads .k .l{opacity:.9}
.sav-heads .still{pointer-events:none}
.sav-heads .fades .o{opacity:.12;pointer-events:none}
"""
_TOUCH_RULES = """
.sav-heads .fades{transition:opacity .12s}
.sav-heads .touch .q>:not(.o),.sav-heads .touch .k>:not(.o){display:none;pointer-events:none}
.sav-heads .touch :is(.q,.k):is(:hover,:focus)>*{display:inline}
.sav-heads .touch:hover .q:focus:not(:hover)>:not(.o){display:none}
.sav-heads .touch:is(:hover,:focus-within)~.fades{opacity:.06}
.sav-heads .touch :is(.q,.k):is(:hover,:focus)>.o{opacity:.12}
.sav-heads .touch .q:focus-visible>.o{opacity:.3}
"""
Links = Iterable[tuple[int, int, int, float]]


def draw(selection: Selection) -> tuple[str, str, Layout]:
    """Return (the still parts, the parts that answer hover and focus, their layout)."""
    layout = Layout(selection)
    if selection.query is None:
        seen = _strips(layout, selection.levels.max(axis=1)) + _lines(layout, selection.links)
    else:
        seen = f'<g class="q">{_spotlight(layout, QUERY, selection.query)}</g>'
    frame = _header(layout) + _columns(layout) + _caption(layout)
    return f'<g class="still fades">{seen}</g><g class="still">{frame}</g>', _touch(layout), layout


def _touch(layout: Layout) -> str:
    """Return what answers hover and focus. A reader of the queries has heard it all, so keys are not read out."""
    queries = "".join(_query(layout, position) for position in layout.selection.queries)
    keys = "".join(f'<g class="k">{_spotlight(layout, KEY, position)}</g>' for position in layout.selection.keys)
    hint = label(layout.start + layout.span / 2, layout.top - 11, say("views.hint"), "small muted mid")
    return f'<style>{_TOUCH_RULES}</style><g class="touch">{queries}<g aria-hidden="true">{keys}</g></g>{hint}'


def _query(layout: Layout, position: int) -> str:
    """Return what appears where a query is pointed at, or reached by Tab."""
    words = escape(spoken(layout.selection, position))
    return f'<g class="q" tabindex="0" role="img" aria-label="{words}">{_spotlight(layout, QUERY, position)}</g>'


def _spotlight(layout: Layout, side: int, position: int) -> str:
    """Draw what one token asks or answers: its lines, and the weights at their other ends."""
    selection, other = layout.selection, 1 - side
    links = selection.by_token[side].get(position, [])
    pills, values = [], []
    for ends in dict.fromkeys(link[:2] for link in links):
        head, weight = selection.peaks[ends]
        if level(weight) > 1:
            pills.append((head, level(weight), _pill(layout, other, ends[other])))
        values.append(label(layout.values[other], layout.places[other][ends[other]] + 4, f"{weight:.2f}"))
    strips = _strips(layout, selection.levels[:, selection.queries.index(position)]) if side == QUERY else ""
    return (f'<path class="o" d="{_pill(layout, side, position)}"/>' + _merge(pills, "t")
            + _lines(layout, links) + strips + "".join(values))


def _merge(pieces: Iterable[tuple[int, int, str]], kind: str) -> str:
    """Join pieces (head, level, path) of the same look into one path each, the faint ones first."""
    paths = defaultdict(list)
    for head, step, path in pieces:
        paths[step, head].append(path)
    return "".join(f'<path class="{kind} {head_class(head)} w{step}" d="{"".join(parts)}"/>'
                   for (step, head), parts in sorted(paths.items()))


def _lines(layout: Layout, links: Links) -> str:
    """Draw one curve a link, from its query to its key; the heads run side by side."""
    asks, answers = layout.places
    start, first, second, span = (number(x) for x in (layout.start, *layout.bends, layout.span))
    pieces = []
    for query, key, head, weight in links:
        y, fall = number(asks[query] + layout.lanes[head]), number(answers[key] - asks[query])
        pieces.append((head, level(weight) or 1, f"M{start} {y}c{first} 0 {second} {fall} {span} {fall}"))
    return _merge(pieces, "l m" if layout.cell else "l")


def _pill(layout: Layout, side: int, position: int) -> str:
    """Return the path of the ground behind a token; its thick round stroke makes it fill the row."""
    left, right = layout.edges[side]
    width, height = number(right - left - 8), number(layout.row - 8)
    y = number(layout.places[side][position] - layout.row / 2 + 4)
    return f"M{number(left + 4)} {y}h{width}v{height}h-{width}z"


def _strips(layout: Layout, levels: np.ndarray) -> str:
    """Draw beside each key a square for each head; `levels` is (head, key). Nothing where one head is shown."""
    if not layout.cell:
        return ""
    heads, keys = layout.selection.heads, layout.selection.keys
    width, height, half = layout.cell - 1, layout.row - 4, layout.row / 2 - 2
    pieces = []
    for order, column in np.argwhere(levels > 1).tolist():
        x, y = layout.strip + order * layout.cell, layout.places[KEY][keys[column]] - half
        box = f"M{number(x)} {number(y)}h{width}v{height}h-{width}z"
        pieces.append((heads[order], int(levels[order, column]), box))
    return _merge(pieces, "c")


def _columns(layout: Layout) -> str:
    """Draw both columns of tokens with their headings and the marks of their sentences."""
    parts = []
    for side, name in enumerate(("views.asks", "views.answers")):
        x, end = ((layout.start - PAD, "end"), (layout.stop + PAD, ""))[side]
        tokens = "".join(_token(layout, side, position) for position in layout.selection.columns[side])
        parts += [label(x, layout.top - 11, say(name), f"small muted {end}".strip()), _sentences(layout, side),
                  f'<g class="{end}" font-size="{layout.font}" transform="translate({number(x)} '
                  f'{number(0.36 * layout.font)})">{tokens}</g>']
    return "".join(parts)


def _token(layout: Layout, side: int, position: int) -> str:
    name = layout.names[side][position]
    special = ' class="special"' if is_special(name) else ""
    return f'<text y="{number(layout.places[side][position])}"{special}>{escape(name)}</text>'


def _sentences(layout: Layout, side: int) -> str:
    """Mark where sentence A and sentence B stand in one column: a letter and a bar. Nothing for one sentence."""
    selection, parts = layout.selection, []
    if selection.record.sentence_b_start is None:
        return ""
    middle = (layout.left - BRACKET / 2, layout.right + BRACKET / 2)[side]
    for segment, letter in enumerate("AB"):
        rows = [layout.places[side][position] for position in selection.columns[side]
                if selection.record.segment_ids[position] == segment]
        if rows:
            bar = f"M{number(middle)} {number(rows[0] + 10)}V{number(max(rows[-1] + layout.row / 2 - 3, rows[0] + 10))}"
            parts.append(label(middle, rows[0] + 4, letter, "small mid") + f'<path class="bracket" d="{bar}"/>')
    return "".join(parts)


def _header(layout: Layout) -> str:
    """Draw the heading, the model's name and, where several heads are shown, the colour of each."""
    title = heading(layout.selection)
    room = int((layout.width - 2 * MARGIN) / (7 * CELL * 2))
    model = clip(layout.selection.record.model_name, max(room - len(title), 8))
    heads = layout.selection.heads if layout.cell else ()
    chips = "".join(_chip(layout, order, head) for order, head in enumerate(heads))
    return (label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end") + chips)


def _chip(layout: Layout, order: int, head: int) -> str:
    row, column = divmod(order, layout.chips_a_row)
    x, y = MARGIN + column * CHIP, CHIPS + 17 * row
    return (f'<rect class="c {head_class(head)}" x="{number(x)}" y="{y - 9}" width="10" height="10" rx="2"/>'
            + label(x + 13, y, str(head), "small"))


def _caption(layout: Layout) -> str:
    """Write under the picture how to read it."""
    return "".join(label(MARGIN, layout.bottom + 24 + CAPTION * row, line, "small muted")
                   for row, line in enumerate(layout.caption))
