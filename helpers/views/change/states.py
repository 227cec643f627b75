"""How far each hidden state turned: a row for each token, a column for each layer."""

import numpy as np

from ...interventions import Comparison
from ...text import say
from ..kit import LINE, MARGIN, box, fitting, room, root_scale, token_label, token_name
from ..raster import raster, shades
from ..svg import CELL, cells, label, wrap
from ..theme import AFTER, LEVELS
from .page import WIDTH, Parts, answer, paragraph, touchable

LONGEST_TOKEN, COLUMN, NUMBER, SCALE = 18, 56, 48, 140
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
        self.names = [token_name(token, LONGEST_TOKEN) for token in comparison.after.tokens]
        self.row, self.font = fitting(len(self.names), ROWS, FULL)
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

    def draw(self) -> Parts:
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
        return (raster(self.left, self.first, size, levels, shades(AFTER, LEVELS))
                + f'<path class="edge" d="{box(self.left, self.first, *size)}"/>')

    def _heading(self) -> str:
        layers = say("change.layers", last=len(self.moved) - 2)
        return (label(MARGIN, self.top + 14, say("change.moved"), "head")
                + label(self.left, self.first - 8, layers, "small muted")
                + label(self.right + NUMBER, self.first - 8, say("change.last"), "small muted end"))

    def _row(self, token: int) -> str:
        y, name = self.middle(token) + 0.36 * self.font, self.names[token]
        return (f'<g font-size="{self.font}">{token_label(self.left - 8, y, name, "end")}'
                f'{label(self.right + NUMBER, y, f"{self.moved[-1, token]:.3f}", "num")}</g>')

    def _scale(self) -> str:
        """Draw the ten shades, with the distances they stand for."""
        left, y = WIDTH - MARGIN - SCALE, self.top + 4
        return (root_scale(left, y, SCALE / LEVELS, y + 23, "new step")
                + label(left - 8, y + 9, say("change.distance"), "small muted end"))

    def _spoken(self, token: int) -> str:
        """Return one row in words."""
        first, *others = (f"{distance:.3f}" for distance in self.moved[:, token])
        numbers = [first, *(say("change.moved_layer", layer=layer, distance=one) for layer, one in enumerate(others))]
        return say("change.moved_spoken", token=f"{self.names[token]}({token})",
                   numbers=say("views.comma").join(numbers))

    def _ground(self, token: int) -> str:
        """Return the path of the ground behind a token's row."""
        top, width = self.middle(token) - self.row / 2, self.right + NUMBER + 6 - MARGIN + 6
        return box(MARGIN - 6, top, width, self.row)


def draw_states(comparison: Comparison, top: float) -> Parts:
    """Draw how far each hidden state turned, from `top` down."""
    return Turned(comparison, top).draw()
