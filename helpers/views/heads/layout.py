"""Where everything stands in a head view: two columns of tokens, their gutters, header and caption."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil

from ...text import say
from ..svg import CELL, cells, clip, visible, wrap
from ..theme import SMALL
from .selection import KEY, QUERY, Selection

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
