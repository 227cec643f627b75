"""Where everything stands in a neuron view: strips of cells in columns, a row a key, long strips above and below."""

from dataclasses import dataclass
from functools import cached_property

from ...text import say
from ..svg import CELL, cells, clip, visible, wrap
from ..theme import SMALL
from .cell import Cell
from .sentence import caption, check

MARGIN, GAP, LINE = 20, 18, 17
STRIP, THIN = 160, 14
NUMBER, BAR, WEIGHT = 56, 60, 38
LONGEST_TOKEN = 16
A_LINE, SMALL_LINE = 4, 12
BLOCK = 36
INPUT_TOP, QUERY_TOP, HEADER, TOP = 66, 94, 136, 160
AFTER = ("share", "attention_output", "residual_sum", "attended")
_ROWS = ((16, 20, 13), (32, 17, 12), (64, 15, 11))
_FULL = (13, 10)


@dataclass(frozen=True)
class Layout:
    """The measures of one neuron view, in pixels.

    Attributes:
        cell: what is shown.
    """

    cell: Cell

    @cached_property
    def _row_and_font(self) -> tuple[int, int]:
        n = self.cell.record.n_tokens
        return next(((row, font) for most, row, font in _ROWS if n <= most), _FULL)

    @property
    def row(self) -> int:
        """The height of a key's row."""
        return self._row_and_font[0]

    @property
    def font(self) -> int:
        """The size of a token's name and numbers."""
        return self._row_and_font[1]

    @cached_property
    def names(self) -> list[str]:
        """The tokens as they are written."""
        return [clip(visible(token), LONGEST_TOKEN) for token in self.cell.record.tokens]

    @cached_property
    def left(self) -> float:
        """Where the strips begin: right of the tokens' names."""
        widest = max(map(cells, [*self.names, say("neurons.sum_name")]))
        return round(MARGIN + max(widest * CELL * self.font, 24) + 12)

    @cached_property
    def columns(self) -> dict[str, float]:
        """Where each column begins; a column of numbers is known by where it ends."""
        products = self.left + STRIP + GAP
        dots = products + STRIP + NUMBER
        bars = dots + NUMBER + 16
        values = bars + BAR + WEIGHT + GAP
        return {"keys": self.left, "products": products, "dot_products": dots, "scores": dots + NUMBER, "bars": bars,
                "weights": bars + BAR + WEIGHT, "values": values, "weighted_values": values + STRIP + GAP}

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.columns["weighted_values"] + STRIP

    @property
    def width(self) -> float:
        """The width of the picture."""
        return self.right + MARGIN

    def middle(self, key: int) -> float:
        """Return the middle of a key's row."""
        return TOP + self.row * (key + 0.5)

    @property
    def sum_top(self) -> float:
        """Where the row of sums begins."""
        return TOP + self.row * self.cell.record.n_tokens + 8

    @property
    def panel(self) -> float:
        """Where the numbers of one row begin."""
        return self.sum_top + THIN + 32

    @property
    def panel_lines(self) -> int:
        """How many lines the numbers of one vector fill."""
        return max(-(-self.cell.record.d_head // A_LINE), 2)

    @property
    def after(self) -> dict[str, float]:
        """Where the strip of each step after the context begins."""
        top = self.panel + 8 + SMALL_LINE * self.panel_lines + 30
        return {name: top + BLOCK * order for order, name in enumerate(AFTER)}

    @property
    def bottom(self) -> float:
        """Where the last strip ends."""
        return self.after[AFTER[-1]] + THIN

    @cached_property
    def reading(self) -> list[str]:
        """The check and how to read the picture, in lines that fit."""
        room = int((self.width - 2 * MARGIN) / (CELL * SMALL))
        return [*wrap(check(self.cell), room), *wrap(say("neurons.caption"), room)]

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.bottom + 14 + LINE * len(self.reading) + 10

    def strip(self, step: str) -> tuple[float, float, float]:
        """Return where the strip of a step lies: left, top, width."""
        if step == "query":
            return self.left, QUERY_TOP, STRIP
        if step == "context":
            return self.columns["weighted_values"], self.sum_top, STRIP
        return self.left, self.after.get(step, INPUT_TOP), self.right - self.left

    def caption_place(self, step: str) -> tuple[float, float, str]:
        """Return where a strip's caption stands: x, y and its alignment."""
        left, top, _ = self.strip(step)
        if step == "query":
            return self.columns["products"], top + 11, ""
        if step == "context":
            return left - GAP + 4, top + 11, " end"
        return left, top - 5, ""

    def caption(self, step: str) -> str:
        """Return a strip's caption."""
        return caption(self.cell, step)
