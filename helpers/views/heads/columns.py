"""A head view in two columns: the queries on the left, the keys on the right."""

from functools import cached_property

from ...text import escape, say
from .. import kit
from ..kit import MARGIN
from ..svg import CELL, cells, is_special, label, number
from .layout import HEADINGS, NARROWEST, Layout, segments
from .shown import KEY, QUERY

GUTTER, BRACKET, PAD = 32, 16, 7


class Columns(Layout):
    """Where everything stands: tokens one below the other, lines from left to right."""

    def column(self, side: int) -> float:
        """Return the width of the column of queries or of keys."""
        widest = max(cells(self.names[side][position]) for position in self.shown.columns[side])
        return round(max(widest * CELL * self.font, 26)) + 2 * PAD

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
        others = self.start + self.column(KEY) + self._right_gutter
        return max(220 + 2 * min(self.most, 50), NARROWEST - others)

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
        return self._lanes(self.row - 4)

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
    def places(self) -> tuple[dict[int, float], dict[int, float]]:
        """The middle of each token's row, by position: of the queries, of the keys."""
        return self._stack(QUERY), self._stack(KEY)

    def _stack(self, side: int) -> dict[int, float]:
        """Stack rows; a gap tells the sentences apart."""
        return {position: self.top + self.row * (order + 0.5) + (8 if self.starts_b(side, position) else 0)
                for order, position in enumerate(self.shown.columns[side])}

    @cached_property
    def bottom(self) -> float:
        """Where the last row ends."""
        return max(place for side in self.places for place in side.values()) + self.row / 2

    @cached_property
    def _curved(self) -> tuple[str, str, str, str]:
        """Where lines begin, where along them their two handles stand, and how wide they are."""
        start, first, second, span = (number(x) for x in (self.start, round(0.42 * self.span), round(0.58 * self.span),
                                                          self.span))
        return start, first, second, span

    def curve(self, query: int, key: int, head: int) -> str:
        """Return the path of a line from a query to a key; the heads run one below the other."""
        asks, answers = self.places
        start, first, second, span = self._curved
        y, fall = number(asks[query] + self.lanes[head]), number(answers[key] - asks[query])
        return f"M{start} {y}c{first} 0 {second} {fall} {span} {fall}"

    def pill(self, side: int, position: int) -> str:
        """Return the path of the ground behind a token."""
        left, right = self.edges[side]
        return kit.box(left + 4, self.places[side][position] - self.row / 2 + 4, right - left - 8, self.row - 8)

    def square(self, order: int, key: int) -> str:
        """Return the path of a head's square, to the right of a key."""
        x, y = self.strip + order * self.cell, self.places[KEY][key] - (self.row / 2 - 2)
        return kit.box(x, y, self.cell - 1, self.row - 4)

    def value(self, side: int, position: int, text: str) -> str:
        """Write a number to the left of a query, to the right of a key."""
        return label(self.values[side], self.places[side][position] + 4, text)

    def tokens(self) -> str:
        """Draw both columns of tokens with their headings and the marks of their sentences."""
        return self._column(QUERY, self.start - PAD, "end") + self._column(KEY, self.stop + PAD, "")

    def hint(self) -> str:
        """Write what pointing does, above the lines."""
        return label(self.start + self.span / 2, self.top - 11, say("views.hint"), "small muted mid")

    def _column(self, side: int, x: float, end: str) -> str:
        tokens = "".join(self._token(side, position) for position in self.shown.columns[side])
        return (label(x, self.top - 11, say(HEADINGS[side]), f"small muted {end}".strip()) + self._sentences(side)
                + f'<g class="{end}" font-size="{self.font}" transform="translate({number(x)} '
                f'{number(0.36 * self.font)})">{tokens}</g>')

    def _token(self, side: int, position: int) -> str:
        name = self.names[side][position]
        special = ' class="special"' if is_special(name) else ""
        return f'<text y="{number(self.places[side][position])}"{special}>{escape(name)}</text>'

    def _sentences(self, side: int) -> str:
        """Mark where sentence A and sentence B stand in one column: a letter and a bar."""
        middle = (self.left - BRACKET / 2, self.right + BRACKET / 2)[side]
        return "".join(self._sentence(middle, letter, [self.places[side][position] for position in positions])
                       for letter, positions in segments(self, side))

    def _sentence(self, middle: float, letter: str, rows: list[float]) -> str:
        end = max(rows[-1] + self.row / 2 - 3, rows[0] + 10)
        return (label(middle, rows[0] + 4, letter, "small mid")
                + f'<path class="bracket" d="M{number(middle)} {number(rows[0] + 10)}V{number(end)}"/>')
