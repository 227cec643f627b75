"""The measures that both arrangements of a head view share, and what each has to say where something stands."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from ...text import say
from .. import kit
from ..kit import LINE, MARGIN
from ..svg import wrap
from .shown import Shown

CHIP = 33
LONGEST_TOKEN = 18
NARROWEST = 500
_ROWS = ((14, 28, 15), (26, 24, 14), (40, 20, 13), (48, 16, 12))
_FULL = (14, 12)


@dataclass(frozen=True)
class Layout(ABC):
    """Where everything in one head view stands, in pixels.

    Attributes:
        shown: what is shown.
    """

    shown: Shown

    @cached_property
    def most(self) -> int:
        """How many tokens stand on the longer side."""
        return max(len(self.shown.queries), len(self.shown.keys))

    @cached_property
    def _row_and_font(self) -> tuple[int, int]:
        return kit.fitting(self.most, _ROWS, _FULL)

    @property
    def row(self) -> int:
        """The height of a token."""
        return self._row_and_font[0]

    @property
    def font(self) -> int:
        """The size of the tokens."""
        return self._row_and_font[1]

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """Each token of both sides as it is drawn: cut where it is too long, blanks made visible."""
        queries, keys = ([kit.token_name(token, LONGEST_TOKEN) for token in tokens]
                         for tokens in self.shown.record.sides)
        return queries, keys

    def starts_b(self, side: int, position: int) -> bool:
        """Whether a token is one of sentence B, and some of sentence A stand before it."""
        start_b = self.shown.record.sentence_b_start or len(self.names[side])
        return self.shown.columns[side][0] < start_b <= position

    @cached_property
    def cell(self) -> int:
        """The width of one square of a strip of heads; 0 where one head is shown."""
        n_heads = len(self.shown.heads)
        return 0 if n_heads == 1 else 8 if n_heads <= 6 else 6 if n_heads <= 12 else 5

    def _lanes(self, room: float) -> dict[int, float]:
        """Return how far beside the middle of a token, which has so much room, each head's lines run."""
        heads = self.shown.heads
        step = min(2, room / len(heads))
        return {head: round((order - (len(heads) - 1) / 2) * step, 1) for order, head in enumerate(heads)}

    @cached_property
    def chips_a_row(self) -> int:
        """How many heads the legend names in a row."""
        return int((self.width - 2 * MARGIN) // CHIP)

    @cached_property
    def top(self) -> float:
        """Where the tokens may begin."""
        rows = ceil(len(self.shown.heads) / self.chips_a_row) if self.cell else 0
        return 76 + 19 * rows

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

    @property
    @abstractmethod
    def width(self) -> float:
        """The width of the picture."""

    @property
    @abstractmethod
    def bottom(self) -> float:
        """Where all but the caption ends."""

    @abstractmethod
    def curve(self, query: int, key: int, head: int) -> str:
        """Return the path of a line from a query to a key."""

    @abstractmethod
    def pill(self, side: int, position: int) -> str:
        """Return the path of the ground behind a token; its thick round stroke makes it fill the place."""

    @abstractmethod
    def square(self, order: int, key: int) -> str:
        """Return the path of the square for one of the heads shown, by its order, beside a key."""

    @abstractmethod
    def value(self, side: int, position: int, text: str) -> str:
        """Write a number at the outer end of a token."""

    @abstractmethod
    def tokens(self) -> str:
        """Draw both sides' tokens with their headings and the marks of their sentences."""

    @abstractmethod
    def hint(self) -> str:
        """Write what pointing does."""


HEADINGS = ("views.asks", "views.answers")


def segments(layout: Layout, side: int) -> list[tuple[str, list[int]]]:
    """Return the sentences of one side with the positions of their tokens; none where there is one sentence."""
    record = layout.shown.record
    if record.sentence_b_start is None:
        return []
    found = [(letter, [position for position in layout.shown.columns[side] if record.segment_ids[position] == segment])
             for segment, letter in enumerate("AB")]
    return [(letter, positions) for letter, positions in found if positions]
