"""A head view in two rows: the queries above, the keys below, each side by side as it is read."""

from functools import cached_property

from ...text import escape, say
from .. import kit
from ..kit import MARGIN
from ..svg import CELL, cells, is_special, label, number
from ..theme import NUMBER
from .layout import HEADINGS, NARROWEST, Layout, segments
from .shown import KEY, QUERY

BRACKET, GAP, DEEP = 16, 14, 15
_PADS = ((14, 6, 28), (26, 5, 28), (40, 3, 22))              # most tokens, beside a name, the least width of a name
_DENSE = (2, 14)
_ROOM = round(4 * CELL * NUMBER) + 4                        # of a number such as 0.25


class Rows(Layout):
    """Where everything stands: tokens side by side, lines from top to bottom."""

    @cached_property
    def widths(self) -> tuple[dict[int, int], dict[int, int]]:
        """How wide each token is, by position: of the queries, of the keys."""
        pad, least = kit.fitting(self.most, _PADS, _DENSE)
        queries, keys = ({position: round(max(cells(self.names[side][position]) * CELL * self.font, least)) + 2 * pad
                          for position in self.shown.columns[side]} for side in (QUERY, KEY))
        return queries, keys

    def _length(self, side: int) -> float:
        gap = GAP if any(self.starts_b(side, position) for position in self.shown.columns[side]) else 0
        return sum(self.widths[side].values()) + gap

    @cached_property
    def width(self) -> float:
        """The width of the picture."""
        return max(self._length(QUERY), self._length(KEY), NARROWEST - 2 * MARGIN) + 2 * MARGIN

    @cached_property
    def lefts(self) -> tuple[dict[int, float], dict[int, float]]:
        """Where each token begins; a row stands in the middle of the picture."""
        return self._line_up(QUERY), self._line_up(KEY)

    def _line_up(self, side: int) -> dict[int, float]:
        """Put tokens side by side; a gap tells the sentences apart."""
        x, found = (self.width - self._length(side)) / 2, {}
        for position, width in self.widths[side].items():
            found[position] = x + (GAP if self.starts_b(side, position) else 0)
            x += width
        return found

    def middle(self, side: int, position: int) -> float:
        """Return the middle of a token."""
        return self.lefts[side][position] + self.widths[side][position] / 2

    @cached_property
    def levels(self) -> int:
        """In how many lines the numbers of neighbours stand, so that none covers another."""
        return 1 if min(min(side.values()) for side in self.widths) >= _ROOM else 2

    @cached_property
    def marks(self) -> float:
        """The height that the marks of the sentences take."""
        return 0 if self.shown.record.sentence_b_start is None else BRACKET

    @cached_property
    def tops(self) -> tuple[float, float]:
        """Where the tokens of the queries begin, and those of the keys."""
        above = self.top + DEEP * self.levels + self.marks
        return above, above + self.row + self.span

    @cached_property
    def span(self) -> int:
        """How high the lines are."""
        return 130 + 2 * min(self.most, 50)

    @cached_property
    def lanes(self) -> dict[int, float]:
        """How far to the left or right of a token's middle each head's lines run."""
        return self._lanes(min(min(side.values()) for side in self.widths) - 4)

    @cached_property
    def strip(self) -> float:
        """Where the strips of heads begin, below the keys."""
        return self.tops[KEY] + self.row + self.marks + 2

    @cached_property
    def values(self) -> float:
        """Where the numbers below the keys begin."""
        return self.strip + self.cell * len(self.shown.heads)

    @cached_property
    def bottom(self) -> float:
        """Where the heading of the keys ends."""
        return self.values + DEEP * self.levels + 20

    def curve(self, query: int, key: int, head: int) -> str:
        """Return the path of a line from a query to a key; the heads run side by side."""
        x, aside = self.middle(QUERY, query) + self.lanes[head], self.middle(KEY, key) - self.middle(QUERY, query)
        first, second = round(0.42 * self.span), round(0.58 * self.span)
        begin, away = f"M{number(x)} {number(self.tops[QUERY] + self.row)}", number(aside)
        return f"{begin}c0 {first} {away} {second} {away} {self.span}"

    def pill(self, side: int, position: int) -> str:
        """Return the path of the ground behind a token."""
        width = self.widths[side][position]
        return kit.box(self.lefts[side][position] + 4, self.tops[side] + 4, width - 8, self.row - 8)

    def square(self, order: int, key: int) -> str:
        """Return the path of a head's square, below a key."""
        y = self.strip + order * self.cell
        return kit.box(self.lefts[KEY][key] + 2, y, self.widths[KEY][key] - 4, self.cell - 1)

    def value(self, side: int, position: int, text: str) -> str:
        """Write a number above a query, below a key; neighbours stand in turn in one line and the next."""
        deep = DEEP * (self.shown.columns[side].index(position) % self.levels)
        y = (self.tops[QUERY] - self.marks - 5 - deep, self.values + 11 + deep)[side]
        return label(self.middle(side, position), y, text, "mid")

    def tokens(self) -> str:
        """Draw both rows of tokens with their headings and the marks of their sentences."""
        headings = (self.top - 11, self.bottom - 6)
        return "".join(label(MARGIN, headings[side], say(HEADINGS[side]), "small muted") + self._sentences(side)
                       + self._row(side) for side in (QUERY, KEY))

    def hint(self) -> str:
        """Write what pointing does, over the end of the queries."""
        return label(self.width - MARGIN, self.top - 11, say("views.hint"), "small muted end")

    def _row(self, side: int) -> str:
        tokens = "".join(self._token(side, position) for position in self.shown.columns[side])
        down = number(self.tops[side] + self.row / 2 + 0.36 * self.font)
        return f'<g class="mid" font-size="{self.font}" transform="translate(0 {down})">{tokens}</g>'

    def _token(self, side: int, position: int) -> str:
        name = self.names[side][position]
        special = ' class="special"' if is_special(name) else ""
        return f'<text x="{number(self.middle(side, position))}"{special}>{escape(name)}</text>'

    def _sentences(self, side: int) -> str:
        """Mark where sentence A and sentence B stand in one row: a letter and a bar."""
        y = (self.tops[QUERY] - BRACKET / 2, self.tops[KEY] + self.row + BRACKET / 2)[side]
        return "".join(self._sentence(side, y, letter, positions) for letter, positions in segments(self, side))

    def _sentence(self, side: int, y: float, letter: str, positions: list[int]) -> str:
        left, last = self.lefts[side][positions[0]] + 6, positions[-1]
        end = max(self.lefts[side][last] + self.widths[side][last] - 4, left + 10)
        return (label(left, y + 4, letter, "small mid")
                + f'<path class="bracket" d="M{number(left + 8)} {number(y)}H{number(end)}"/>')
