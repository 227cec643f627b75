"""Where everything in a model view stands, and the SVG of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...text import escape, say
from ..raster import SHARP, raster, shades
from ..svg import CELL, cells, clip, label, number, wrap
from ..theme import CAPTION, HEAD_COLOURS, LEVELS, SMALL, TEXT, head_class
from .shown import Grid, heading, spoken

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
        text = say("model_view.caption" if self.grid.named is None else "model_view.caption_columns")
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


RULES = f".sav-model {SHARP}" + f".sav-model .cap{{font-size:{CAPTION}px}}" + """
.sav-model .frame{fill:none;stroke:currentColor;stroke-opacity:.3}
.sav-model .mark{fill:none;stroke:currentColor;stroke-width:2.5}
.sav-model .bar,.sav-model .step{fill:currentColor}
.sav-model .still{pointer-events:none}
"""
_TOUCH_RULES = """
.sav-model .t{outline:none}
.sav-model .t .o{fill:currentColor;fill-opacity:0;stroke:currentColor;stroke-width:0;pointer-events:all;cursor:default}
.sav-model .t text{display:none}
.sav-model .t:is(:hover,:focus) .o{fill-opacity:.1;stroke-width:2.5}
.sav-model .t:is(:hover,:focus) text{display:inline}
.sav-model .touch:hover .t:focus:not(:hover) text,.sav-model .touch:is(:hover,:focus-within)~.hint{display:none}
"""


def palette(head: int) -> list[tuple[int, int, int, int]]:
    """Return the ten shades of a head's colour."""
    return shades(HEAD_COLOURS[head % len(HEAD_COLOURS)], LEVELS)


def column(levels: np.ndarray, gap: int) -> np.ndarray:
    """Stack one head's maps of all layers, (layer, query, key), with `gap` empty rows between them."""
    spaced = np.pad(levels, ((0, 0), (0, gap), (0, 0)))
    return spaced.reshape(-1, levels.shape[-1])[:len(levels) * spaced.shape[1] - gap]


def draw(grid: Grid) -> tuple[str, str, Layout]:
    """Return (the still parts, the parts that answer hover and focus, their layout)."""
    layout = Layout(grid)
    images = "".join(_image(layout, head) for head in range(grid.record.n_heads))
    still = images + _frames(layout) + _captions(layout) + _header(layout) + _names(layout) + _reading(layout)
    return f'<g class="still">{still}</g>', _touch(layout), layout


def _image(layout: Layout, head: int) -> str:
    cells = column(layout.grid.levels[:, head], layout.gap)
    size = cells.shape[1] * layout.cell, cells.shape[0] * layout.cell
    return raster(*layout.corner(0, head), size, cells, palette(head))


def _box(layout: Layout, layer: int, head: int) -> str:
    """Return the path around a thumbnail."""
    (x, y), (width, height) = layout.corner(layer, head), layout.thumbnail
    return f"M{number(x - 1)} {number(y - 1)}h{width + 2}v{height + 2}h-{width + 2}z"


def _frames(layout: Layout) -> str:
    """Draw a frame around each thumbnail, a thick one around the chosen."""
    chosen = layout.grid.chosen
    boxes = "".join(_box(layout, *place) for place in layout.grid.places)
    mark = f'<path class="mark" d="{_box(layout, *chosen)}"/>' if chosen else ""
    return f'<path class="frame" d="{boxes}"/>{mark}'


def _captions(layout: Layout) -> str:
    return "".join(_caption(layout, *place, lines) for place, lines in layout.captions.items())


def _caption(layout: Layout, layer: int, head: int, lines: list[str]) -> str:
    (x, y), (width, height) = layout.corner(layer, head), layout.thumbnail
    return "".join(label(x + width / 2, y + height + 11.5 + CAPTION_LINE * row, line, "cap mid")
                   for row, line in enumerate(lines))


def _header(layout: Layout) -> str:
    title = heading(layout.grid)
    room = int((layout.width - 2 * MARGIN) / (7 * CELL * 2))
    model = clip(layout.grid.record.model_name, max(room - len(title), 8))
    return label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end")


def _names(layout: Layout) -> str:
    """Name the layers on the left, the heads above with a bar in their colour."""
    width, height = layout.thumbnail
    parts = [label(layout.left - 10, layout.corner(layer, 0)[1] + height / 2 + 4.5,
                   say("views.layer_name", layer=layer), "end") for layer in range(layout.grid.record.n_layers)]
    for head in range(layout.grid.record.n_heads):
        x, y = layout.corner(0, head)
        name = say("views.one_head", heads=head) if layout.grid.named is None else layout.grid.named[head]
        parts.append(label(x + width / 2, HEADER, name, "small mid")
                     + f'<path class="bar {head_class(head)}" d="M{number(x - 1)} {number(y - 7)}h{width + 2}v3h-'
                       f'{width + 2}z"/>')
    return "".join(parts)


def _reading(layout: Layout) -> str:
    """Write under the picture how to read it; on the right the scale."""
    top = layout.bottom + 42
    lines = "".join(label(MARGIN, top + LINE * row, line, "small muted") for row, line in enumerate(layout.reading))
    left, side = layout.width - MARGIN - SCALE + 30, (SCALE - 30) / LEVELS
    steps = "".join(f'<rect class="step" x="{number(left + side * step)}" y="{number(top - 10)}" '
                    f'width="{number(side)}" height="10" fill-opacity="{(step + 1) / LEVELS:g}"/>'
                    for step in range(LEVELS))
    ticks = "".join(label(left + side * (10 * root - 0.5), top + 15, f"{root * root:g}", "small muted mid")
                    for root in (0.1, 0.5, 1))
    return lines + steps + ticks + label(left - 6, top - 1, say("model_view.scale"), "small muted end")


def _touch(layout: Layout) -> str:
    thumbnails = "".join(_thumbnail(layout, *place) for place in layout.grid.places)
    hint = label(MARGIN, layout.bottom + 24, say("model_view.hint"), "small muted hint")
    return f'<style>{_TOUCH_RULES}</style><g class="touch">{thumbnails}</g>{hint}'


def _thumbnail(layout: Layout, layer: int, head: int) -> str:
    """Return what speaks where a thumbnail is pointed at, or reached by Tab."""
    words = spoken(layout.grid, layer, head)
    room = int((layout.width - 2 * MARGIN) / (CELL * SMALL))
    seen = words if 2 * len(words) <= room else clip(words, room)
    return (f'<g class="t" tabindex="0" role="img" aria-label="{escape(words)}">'
            f'<path class="o {head_class(head)}" d="{_box(layout, layer, head)}"/>'
            f'{label(MARGIN, layout.bottom + 24, seen, "small")}</g>')
