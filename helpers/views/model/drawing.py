"""Where everything in a model view stands, and the SVG of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...text import say
from .. import kit
from ..kit import LINE, MARGIN, Drawn
from ..raster import SHARP, raster, shades
from ..svg import CELL, cells, clip, label, wrap
from ..theme import CAPTION, HEAD_COLOURS, LEVELS, TEXT, head_class
from .shown import Shown, spoken

SCALE = 170
HEADER, CAPTION_LINE, MOST_LINES = 62, 12.5, 3
NARROWEST = 460
_SIZES = ((6, 96, 14), (8, 80, 12), (12, 64, 10))
_SMALLEST = (48, 8)
_LARGEST_CELL = 24


@dataclass(frozen=True)
class Layout:
    """The measures of one model view, in pixels.

    Attributes:
        shown: what is shown.
    """

    shown: Shown

    @cached_property
    def _target_and_gap(self) -> tuple[int, int]:
        n_heads = self.shown.record.n_heads
        return kit.fitting(n_heads, _SIZES, _SMALLEST)

    @cached_property
    def cell(self) -> int:
        """The side of one cell of a thumbnail: whole pixels, so that all cells are alike."""
        side = max(self.shown.levels.shape[2:])
        return min(max(1, round(self._target_and_gap[0] / side)), _LARGEST_CELL)

    @cached_property
    def thumbnail(self) -> tuple[int, int]:
        """The width and height of a thumbnail."""
        rows, columns = self.shown.levels.shape[2:]
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
        if not self.shown.captions:
            return {}
        most = int((self.across - 10) / (CELL * CAPTION))
        return {(layer, head): _in_lines(self.shown.captions[layer][head], most) for layer, head in self.shown.places}

    @cached_property
    def n_lines(self) -> int:
        """How many lines the captions need."""
        if not self.shown.captions:
            return 0
        return max(map(len, self.captions.values()))

    @cached_property
    def left(self) -> float:
        """Where the first column of thumbnails begins: right of the layers' names."""
        names = (say("views.layer_name", layer=layer) for layer in range(self.shown.record.n_layers))
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
        n_heads = self.shown.record.n_heads
        return max(self.left + n_heads * self.across - self._target_and_gap[1] + MARGIN, NARROWEST)

    @property
    def bottom(self) -> float:
        """Where the last row ends, its captions included."""
        return self.top + self.shown.record.n_layers * self.down - self.cell * self.gap + CAPTION_LINE * self.n_lines

    @cached_property
    def reading(self) -> list[str]:
        """How to read the picture, in lines that fit left of the scale."""
        text = say("model_view.caption" if self.shown.named is None else "model_view.caption_columns")
        if self.shown.block > 1:
            text += (" " if text[-1] == "." else "") + say("model_view.blocks", block=self.shown.block)
        return wrap(text, kit.room(self.width - 2 * MARGIN - SCALE))

    @property
    def height(self) -> float:
        """The height of the picture: below the thumbnails a line that speaks, then how to read them."""
        return self.bottom + 40 + LINE * max(len(self.reading), 2) + 8


def _in_lines(caption: str, most: int) -> list[str]:
    broken = wrap(caption, most)
    kept = [*broken[:MOST_LINES - 1], " ".join(broken[MOST_LINES - 1:])]
    return [clip(line, most) for line in kept if line]


RULES = kit.scoped("model", SHARP + f".cap{{font-size:{CAPTION}px}}" + """
.frame{fill:none;stroke:currentColor;stroke-opacity:.3}
.mark{fill:none;stroke:currentColor;stroke-width:2.5}
.bar,.step{fill:currentColor}
.still{pointer-events:none}
""")
TOUCH_RULES = kit.touch_rules("model", ".t", """.t{outline:none}
.t .o{fill:currentColor;fill-opacity:0;stroke:currentColor;stroke-width:0;pointer-events:all;cursor:default}
.touch:is(:hover,:focus-within)~.hint{display:none}
""", ground="fill-opacity:.1;stroke-width:2.5")


def palette(head: int) -> list[tuple[int, int, int, int]]:
    """Return the ten shades of a head's colour."""
    return shades(HEAD_COLOURS[head % len(HEAD_COLOURS)], LEVELS)


def column(levels: np.ndarray, gap: int) -> np.ndarray:
    """Stack one head's maps of all layers, (layer, query, key), with `gap` empty rows between them."""
    spaced = np.pad(levels, ((0, 0), (0, gap), (0, 0)))
    return spaced.reshape(-1, levels.shape[-1])[:len(levels) * spaced.shape[1] - gap]


def draw(shown: Shown) -> Drawn:
    """Draw a row of small maps for each layer."""
    layout = Layout(shown)
    images = "".join(_image(layout, head) for head in range(shown.record.n_heads))
    still = (images + _frames(layout) + _captions(layout)
             + kit.header(shown.title(), layout.width, shown.record.model_name) + _names(layout) + _reading(layout))
    return Drawn(f'<g class="still">{still}</g>', (layout.width, layout.height), _touch(layout))


def _image(layout: Layout, head: int) -> str:
    cells = column(layout.shown.levels[:, head], layout.gap)
    size = cells.shape[1] * layout.cell, cells.shape[0] * layout.cell
    return raster(*layout.corner(0, head), size, cells, palette(head))


def _box(layout: Layout, layer: int, head: int) -> str:
    """Return the path around a thumbnail."""
    (x, y), (width, height) = layout.corner(layer, head), layout.thumbnail
    return kit.box(x - 1, y - 1, width + 2, height + 2)


def _frames(layout: Layout) -> str:
    """Draw a frame around each thumbnail, a thick one around the chosen."""
    chosen = layout.shown.chosen
    boxes = "".join(_box(layout, *place) for place in layout.shown.places)
    mark = f'<path class="mark" d="{_box(layout, *chosen)}"/>' if chosen else ""
    return f'<path class="frame" d="{boxes}"/>{mark}'


def _captions(layout: Layout) -> str:
    return "".join(_caption(layout, *place, caption) for place, caption in layout.captions.items())


def _caption(layout: Layout, layer: int, head: int, caption: list[str]) -> str:
    (x, y), (width, height) = layout.corner(layer, head), layout.thumbnail
    return kit.lines(x + width / 2, y + height + 11.5, caption, "cap mid", CAPTION_LINE)


def _names(layout: Layout) -> str:
    """Name the layers on the left, the heads above with a bar in their colour."""
    width, height = layout.thumbnail
    parts = [label(layout.left - 10, layout.corner(layer, 0)[1] + height / 2 + 4.5,
                   say("views.layer_name", layer=layer), "end") for layer in range(layout.shown.record.n_layers)]
    for head in range(layout.shown.record.n_heads):
        x, y = layout.corner(0, head)
        name = say("views.one_head", heads=head) if layout.shown.named is None else layout.shown.named[head]
        parts.append(label(x + width / 2, HEADER, name, "small mid")
                     + f'<path class="bar {head_class(head)}" d="{kit.box(x - 1, y - 7, width + 2, 3)}"/>')
    return "".join(parts)


def _reading(layout: Layout) -> str:
    """Write under the picture how to read it; on the right the scale."""
    top, left = layout.bottom + 42, layout.width - MARGIN - SCALE + 30
    return (kit.lines(MARGIN, top, layout.reading) + kit.root_scale(left, top - 10, (SCALE - 30) / LEVELS, top + 15)
            + label(left - 6, top - 1, say("model_view.scale"), "small muted end"))


def _touch(layout: Layout) -> str:
    hint = label(MARGIN, layout.bottom + 24, say("model_view.hint"), "small muted hint")
    return kit.touchable(TOUCH_RULES, (_thumbnail(layout, *place) for place in layout.shown.places), hint)


def _thumbnail(layout: Layout, layer: int, head: int) -> str:
    """Return what speaks where a thumbnail is pointed at, or reached by Tab."""
    words, most = spoken(layout.shown, layer, head), kit.room(layout.width - 2 * MARGIN)
    seen = words if 2 * len(words) <= most else clip(words, most)
    return kit.answer("t", words, f'<path class="o {head_class(head)}" d="{_box(layout, layer, head)}"/>'
                              f'{label(MARGIN, layout.bottom + 24, seen, "small")}')
