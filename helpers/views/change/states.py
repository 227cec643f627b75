"""How far each hidden state turned: a row for each token, a column for each layer."""

import numpy as np

from ...interventions import Comparison
from ...text import say
from ..raster import raster, shades
from ..svg import CELL, cells, clip, is_special, label, number, visible, wrap
from ..theme import AFTER, LEVELS
from .page import LINE, MARGIN, WIDTH, Drawn, answer, paragraph, room, touchable

LONGEST_TOKEN, COLUMN, NUMBER, SCALE = 18, 30, 48, 140
ROWS = ((16, 20, 13), (32, 17, 12), (64, 15, 11))
FULL = (13, 10)


class Turned:
    """The picture of the distances of one comparison.

    Attributes:
        moved: (layer + 1, token), cosine distances.
        names: the tokens as they are written.
        top: where the picture begins.
    """

    def __init__(self, comparison: Comparison, top: float):
        self.moved, self.top = comparison.moved.detach().double().numpy(), top
        self.names = [clip(visible(token), LONGEST_TOKEN) for token in comparison.after.tokens]
        self.row, self.font = next(((row, font) for most, row, font in ROWS if len(self.names) <= most), FULL)
        self.left = MARGIN + max(map(cells, self.names)) * CELL * self.font + 10
        self.column = min(COLUMN, (WIDTH - MARGIN - NUMBER - self.left) / len(self.moved))
        self.first = top + 54

    @property
    def right(self) -> float:
        """Where the map ends."""
        return self.left + self.column * len(self.moved)

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.first + self.row * len(self.names)

    def middle(self, token: int) -> float:
        """Return the middle of a token's row."""
        return self.first + self.row * (token + 0.5)

    def draw(self) -> Drawn:
        """Return the still parts, those that answer, and where they end."""
        words = [self._spoken(token) for token in range(len(self.names))]
        n_lines = max(len(wrap(one, room(WIDTH - 2 * MARGIN))) for one in words)
        top = self.bottom + 22
        parts = [answer(self._ground(token), one, top) for token, one in enumerate(words)]
        rows = "".join(map(self._row, range(len(self.names))))
        caption, end = paragraph(say("change.moved_caption"), top + LINE * n_lines + 26, "small muted")
        still = self._heading() + self._map() + rows + self._scale() + caption
        return still, touchable(parts, say("change.moved_hint"), top), end

    def _map(self) -> str:
        """Draw the distances, the colour growing with the root: small ones must be seen beside large ones."""
        levels = np.rint(LEVELS * np.sqrt(self.moved.T.clip(0, 1))).astype(np.uint8)      # (token, layer + 1)
        size = self.right - self.left, self.bottom - self.first
        x, y, (width, height) = number(self.left), number(self.first), map(number, size)
        return (raster(self.left, self.first, size, levels, shades(AFTER, LEVELS))
                + f'<path class="edge" d="M{x} {y}h{width}v{height}h-{width}z"/>')

    def _heading(self) -> str:
        layers = say("change.layers", last=len(self.moved) - 2)
        return (label(MARGIN, self.top + 14, say("change.moved"), "head")
                + label(self.left, self.first - 8, layers, "small muted")
                + label(self.right + NUMBER, self.first - 8, say("change.last"), "small muted end"))

    def _row(self, token: int) -> str:
        y, name = self.middle(token) + 0.36 * self.font, self.names[token]
        special = " special" if is_special(name) else ""
        return (f'<g font-size="{self.font}">{label(self.left - 8, y, name, "end" + special)}'
                f'{label(self.right + NUMBER, y, f"{self.moved[-1, token]:.3f}", "num")}</g>')

    def _scale(self) -> str:
        """Draw the ten shades, with the distances they stand for."""
        left, side, y = WIDTH - MARGIN - SCALE, SCALE / LEVELS, self.top + 4
        steps = "".join(f'<rect class="new step" x="{number(left + side * step)}" y="{number(y)}" '
                        f'width="{number(side)}" height="10" fill-opacity="{(step + 1) / LEVELS:g}"/>'
                        for step in range(LEVELS))
        ticks = "".join(label(left + side * (LEVELS * root - 0.5), y + 23, f"{root * root:g}", "small muted mid")
                        for root in (0.1, 0.5, 1))
        return steps + ticks + label(left - 8, y + 9, say("change.distance"), "small muted end")

    def _spoken(self, token: int) -> str:
        """Return one row in words."""
        first, *others = (f"{distance:.3f}" for distance in self.moved[:, token])
        numbers = [first, *(say("change.moved_layer", layer=layer, distance=one) for layer, one in enumerate(others))]
        return say("change.moved_spoken", token=f"{self.names[token]}({token})",
                   numbers=say("views.comma").join(numbers))

    def _ground(self, token: int) -> str:
        """Return the path of the ground behind a token's row."""
        top, width = number(self.middle(token) - self.row / 2), number(self.right + NUMBER + 6 - MARGIN + 6)
        return f"M{MARGIN - 6} {top}h{width}v{self.row}h-{width}z"


def draw_states(comparison: Comparison, top: float) -> Drawn:
    """Draw how far each hidden state turned, from `top` down."""
    return Turned(comparison, top).draw()
