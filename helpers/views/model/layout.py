"""Where everything stands in a model view: a row of thumbnails a layer, their labels, header and caption."""

from dataclasses import dataclass
from functools import cached_property

from ...text import say
from ..svg import CELL, cells, clip, wrap
from ..theme import CAPTION, SMALL, TEXT
from .grid import Grid

MARGIN, LINE, SCALE = 20, 17, 170
HEADER, CAPTION_LINE, MOST_LINES = 62, 12.5, 3
NARROWEST = 460
_SIZES = ((6, 96, 14), (8, 80, 12), (12, 64, 10))
_SMALLEST = (48, 8)
_LARGEST_CELL = 24


@dataclass(frozen=True)
class Layout:
    """The measures of one model view, in pixels.

    Attributes:
        grid: what is shown.
    """

    grid: Grid

    @cached_property
    def _target_and_gap(self) -> tuple[int, int]:
        n_heads = self.grid.record.n_heads
        return next(((target, gap) for most, target, gap in _SIZES if n_heads <= most), _SMALLEST)

    @cached_property
    def cell(self) -> int:
        """The side of one cell of a thumbnail: whole pixels, so that all cells are alike."""
        side = max(self.grid.levels.shape[2:])
        return min(max(1, round(self._target_and_gap[0] / side)), _LARGEST_CELL)

    @cached_property
    def thumbnail(self) -> tuple[int, int]:
        """The width and height of a thumbnail."""
        rows, columns = self.grid.levels.shape[2:]
        return columns * self.cell, rows * self.cell

    @cached_property
    def across(self) -> float:
        """From one thumbnail to the next in its row."""
        target, gap = self._target_and_gap
        return max(self.thumbnail[0], target * 2 // 3) + gap

    @property
    def down(self) -> float:
        """From one row of thumbnails to the next: whole cells, with room for captions between."""
        return self.thumbnail[1] + self.cell * self.gap

    @cached_property
    def gap(self) -> int:
        """How many empty cells lie between two rows of thumbnails."""
        return -(-round(self._target_and_gap[1] + CAPTION_LINE * self.n_lines) // self.cell)

    @cached_property
    def captions(self) -> dict[tuple[int, int], list[str]]:
        """The captions in lines that fit under a thumbnail, at most three; the last is cut where it must be."""
        if not self.grid.captions:
            return {}
        room = int((self.across - 10) / (CELL * CAPTION))
        return {(layer, head): _lines(self.grid.captions[layer][head], room) for layer, head in self.grid.places}

    @cached_property
    def n_lines(self) -> int:
        """How many lines the captions need."""
        if not self.grid.captions:
            return 0
        return max(len(lines) for lines in self.captions.values())

    @cached_property
    def left(self) -> float:
        """Where the first column of thumbnails begins: right of the layers' names."""
        names = (say("views.layer_name", layer=layer) for layer in range(self.grid.record.n_layers))
        return MARGIN + max(map(cells, names)) * CELL * TEXT + 12

    @property
    def top(self) -> float:
        """Where the first row of thumbnails begins."""
        return HEADER + 12

    def corner(self, layer: int, head: int) -> tuple[float, float]:
        """Return the upper left corner of a thumbnail."""
        return self.left + head * self.across, self.top + layer * self.down

    @property
    def width(self) -> float:
        """The width of the picture."""
        n_heads = self.grid.record.n_heads
        return max(self.left + n_heads * self.across - self._target_and_gap[1] + MARGIN, NARROWEST)

    @property
    def bottom(self) -> float:
        """Where the last row ends, its captions included."""
        return self.top + self.grid.record.n_layers * self.down - self.cell * self.gap + CAPTION_LINE * self.n_lines

    @cached_property
    def reading(self) -> list[str]:
        """How to read the picture, in lines that fit left of the scale."""
        text = say("model_view.caption")
        if self.grid.block > 1:
            text += (" " if text[-1] == "." else "") + say("model_view.blocks", block=self.grid.block)
        return wrap(text, int((self.width - 2 * MARGIN - SCALE) / (CELL * SMALL)))

    @property
    def height(self) -> float:
        """The height of the picture: below the thumbnails a line that speaks, then how to read them."""
        return self.bottom + 40 + LINE * max(len(self.reading), 2) + 8


def _lines(caption: str, room: int) -> list[str]:
    lines = wrap(caption, room)
    kept = [*lines[:MOST_LINES - 1], " ".join(lines[MOST_LINES - 1:])]
    return [clip(line, room) for line in kept if line]
