"""Where everything in a head view stands, and the SVG of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np

from ...text import escape, say
from .. import kit
from ..kit import LINE, MARGIN, Drawn
from ..svg import CELL, cells, is_special, label, number, wrap
from ..theme import LEVELS, NUMBER, head_class, level
from .shown import KEY, QUERY, Shown, spoken

GUTTER, BRACKET, PAD = 32, 16, 7
CHIPS, CHIP = 57, 33
LONGEST_TOKEN = 18
NARROWEST = 500
_ROWS = ((14, 28, 15), (26, 24, 14), (40, 20, 13), (48, 16, 12))
_FULL = (14, 12)


@dataclass(frozen=True)
class Layout:
    """The measures of one head view, in pixels.

    Attributes:
        shown: what is shown.
    """

    shown: Shown

    @cached_property
    def _row_and_font(self) -> tuple[int, int]:
        rows = max(len(self.shown.queries), len(self.shown.keys))
        return kit.fitting(rows, _ROWS, _FULL)

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
        queries, keys = ([kit.token_name(token, LONGEST_TOKEN) for token in tokens]
                         for tokens in self.shown.record.sides)
        return queries, keys

    def column(self, side: int) -> float:
        """Return the width of the column of queries or of keys."""
        widest = max(cells(self.names[side][position]) for position in self.shown.columns[side])
        return round(max(widest * CELL * self.font, 26)) + 2 * PAD

    @cached_property
    def cell(self) -> int:
        """The width of one square of a strip of heads; 0 where one head is shown."""
        n_heads = len(self.shown.heads)
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
        rows = max(len(self.shown.queries), len(self.shown.keys))
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
        heads = self.shown.heads
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
        return self.left - BRACKET, self.strip + self.cell * len(self.shown.heads) + 4

    @property
    def _right_gutter(self) -> float:
        return BRACKET + self.cell * len(self.shown.heads) + GUTTER + MARGIN

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
        rows = ceil(len(self.shown.heads) / self.chips_a_row) if self.cell else 0
        return 76 + 19 * rows

    @cached_property
    def places(self) -> tuple[dict[int, float], dict[int, float]]:
        """The middle of each token's row, by position: of the queries, of the keys."""
        return self._stack(QUERY), self._stack(KEY)

    def _stack(self, side: int) -> dict[int, float]:
        """Stack rows; a gap tells the sentences apart."""
        positions = self.shown.columns[side]
        start_b = self.shown.record.sentence_b_start or len(self.names[side])
        return {position: self.top + self.row * (order + 0.5) + (8 if positions[0] < start_b <= position else 0)
                for order, position in enumerate(positions)}

    @cached_property
    def bottom(self) -> float:
        """Where the last row ends."""
        return max(place for side in self.places for place in side.values()) + self.row / 2

    @cached_property
    def caption(self) -> list[str]:
        """How to read the picture, in lines that fit under it."""
        single = len(self.shown.heads) == 1
        text = say("views.caption_one" if single else "views.caption_many",
                   threshold=f"{self.shown.threshold:g}")
        return wrap(text, kit.room(self.width - 2 * MARGIN))

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.bottom + 12 + LINE * len(self.caption) + 10


RULES = kit.scoped("heads", "".join(
    f".l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.5 + 0.3 * step:.1f}}}"
    f".m.w{step}{{stroke-width:{0.4 + 0.2 * step:.1f}}}"
    f".t.w{step}{{opacity:{0.05 * step:.2f}}}.c.w{step}{{opacity:{0.1 * step:.1f}}}"
    for step in range(1, LEVELS + 1)) + """
.l{fill:none;stroke:currentColor}
.t,.o{fill:currentColor;stroke:currentColor;stroke-width:8;stroke-linejoin:round}
.c{fill:currentColor}
.o{opacity:0;pointer-events:all}
.bracket{stroke:currentColor;stroke-opacity:.35;stroke-width:2;stroke-linecap:round}
""" + f""".q,.k{{font-size:{NUMBER}px;font-weight:600;
""" + """font-variant-numeric:tabular-nums;outline:none}
.k{text-anchor:end}
.q .l,.k .l{opacity:.9}
.still{pointer-events:none}
.fades .o{opacity:.12;pointer-events:none}
""")
TOUCH_RULES = kit.touch_rules("heads", ":is(.q,.k)", """.fades{transition:opacity .12s}
.touch:is(:hover,:focus-within)~.fades{opacity:.06}
.touch .q:focus-visible>.o{opacity:.3}
""", ground="opacity:.12")
Links = Iterable[tuple[int, int, int, float]]


def draw(shown: Shown) -> Drawn:
    """Draw one head, or all heads of a layer."""
    layout = Layout(shown)
    if shown.query is None:
        seen = _strips(layout, shown.levels.max(axis=1)) + _lines(layout, shown.links)
    else:
        seen = f'<g class="q">{_spotlight(layout, QUERY, shown.query)}</g>'
    frame = _header(layout) + _columns(layout) + kit.lines(MARGIN, layout.bottom + 24, layout.caption)
    return Drawn(f'<g class="still fades">{seen}</g><g class="still">{frame}</g>', (layout.width, layout.height),
                 _touch(layout))


def _touch(layout: Layout) -> str:
    """Return what answers hover and focus. A reader of the queries has heard it all, so keys are not read out."""
    queries = "".join(kit.answer("q", spoken(layout.shown, position), _spotlight(layout, QUERY, position))
                      for position in layout.shown.queries)
    keys = "".join(f'<g class="k">{_spotlight(layout, KEY, position)}</g>' for position in layout.shown.keys)
    hint = label(layout.start + layout.span / 2, layout.top - 11, say("views.hint"), "small muted mid")
    return kit.touchable(TOUCH_RULES, (queries, f'<g aria-hidden="true">{keys}</g>'), hint)


def _spotlight(layout: Layout, side: int, position: int) -> str:
    """Draw what one token asks or answers: its lines, and the weights at their other ends."""
    shown, other = layout.shown, 1 - side
    links = shown.by_token[side].get(position, [])
    pills, values = [], []
    for ends in dict.fromkeys(link[:2] for link in links):
        head, weight = shown.peaks[ends]
        if level(weight) > 1:
            pills.append((head, level(weight), _pill(layout, other, ends[other])))
        values.append(label(layout.values[other], layout.places[other][ends[other]] + 4, f"{weight:.2f}"))
    strips = _strips(layout, shown.levels[:, shown.queries.index(position)]) if side == QUERY else ""
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
    return kit.box(left + 4, layout.places[side][position] - layout.row / 2 + 4, right - left - 8, layout.row - 8)


def _strips(layout: Layout, levels: np.ndarray) -> str:
    """Draw beside each key a square for each head; `levels` is (head, key). Nothing where one head is shown."""
    if not layout.cell:
        return ""
    heads, keys = layout.shown.heads, layout.shown.keys
    width, height, half = layout.cell - 1, layout.row - 4, layout.row / 2 - 2
    pieces = []
    for order, column in np.argwhere(levels).tolist():
        x, y = layout.strip + order * layout.cell, layout.places[KEY][keys[column]] - half
        pieces.append((heads[order], int(levels[order, column]), kit.box(x, y, width, height)))
    return _merge(pieces, "c")


def _columns(layout: Layout) -> str:
    """Draw both columns of tokens with their headings and the marks of their sentences."""
    parts = []
    for side, name in enumerate(("views.asks", "views.answers")):
        x, end = ((layout.start - PAD, "end"), (layout.stop + PAD, ""))[side]
        tokens = "".join(_token(layout, side, position) for position in layout.shown.columns[side])
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
    shown, parts = layout.shown, []
    if shown.record.sentence_b_start is None:
        return ""
    middle = (layout.left - BRACKET / 2, layout.right + BRACKET / 2)[side]
    for segment, letter in enumerate("AB"):
        rows = [layout.places[side][position] for position in shown.columns[side]
                if shown.record.segment_ids[position] == segment]
        if rows:
            bar = f"M{number(middle)} {number(rows[0] + 10)}V{number(max(rows[-1] + layout.row / 2 - 3, rows[0] + 10))}"
            parts.append(label(middle, rows[0] + 4, letter, "small mid") + f'<path class="bracket" d="{bar}"/>')
    return "".join(parts)


def _header(layout: Layout) -> str:
    """Draw the heading, the model's name and, where several heads are shown, the colour of each."""
    heads = layout.shown.heads if layout.cell else ()
    chips = "".join(_chip(layout, order, head) for order, head in enumerate(heads))
    return kit.header(layout.shown.title(), layout.width, layout.shown.record.model_name) + chips


def _chip(layout: Layout, order: int, head: int) -> str:
    row, column = divmod(order, layout.chips_a_row)
    x, y = MARGIN + column * CHIP, CHIPS + 17 * row
    return (f'<rect class="c {head_class(head)}" x="{number(x)}" y="{y - 9}" width="10" height="10" rx="2"/>'
            + label(x + 13, y, str(head), "small"))
