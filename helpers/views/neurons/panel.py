"""The numbers behind one row of a neuron view, written out below the columns they belong to."""

from collections.abc import Iterable

import numpy as np

from ...text import say
from ..heads.sentence import token_name
from ..svg import CELL, label, number, wrap
from ..theme import SMALL
from .cell import shown
from .layout import A_LINE, MARGIN, SMALL_LINE, Layout
from .sentence import largest

_BLANK = "\u00a0"
_WIDTH = 6


def panel_of_key(layout: Layout, key: int) -> str:
    """Write out a key's row: its vectors to two digits, its dot product, score and weight to four."""
    numbers, y = layout.cell.numbers, layout.panel + 8
    blocks = "".join(_block(layout.columns[step], y, numbers[step][key])
                     for step in ("keys", "products", "values", "weighted_values"))
    scalars = "".join(label(layout.columns[step], y, shown(numbers[step][key], 4), "n end")
                      for step in ("dot_products", "scores", "weights"))
    return _heading(layout, say("neurons.numbers_of", token=token_name(layout.cell, key))) + blocks + scalars


def panel_of_vector(layout: Layout, step: str) -> str:
    """Write out the query or the context; of a longer vector its largest numbers."""
    y = layout.panel + 8
    if step in ("query", "context"):
        column = {"query": "keys", "context": "weighted_values"}[step]
        return (_heading(layout, say(f"neurons.{step}_numbers"))
                + _block(layout.columns[column], y, layout.cell.numbers[step]))
    lines = wrap(largest(layout.cell, step), int((layout.right - MARGIN) / (CELL * SMALL)))
    return "".join(label(MARGIN, y + 15 * order, line, "small") for order, line in enumerate(lines))


def _heading(layout: Layout, words: str) -> str:
    return label(MARGIN, layout.panel - 12, words, "small head")


def _block(x: float, y: float, vector: np.ndarray) -> str:
    """Write a vector's numbers, four in a line."""
    lines = "".join(f'<text y="{SMALL_LINE * order}">{line}</text>' for order, line in enumerate(_lines(vector)))
    return f'<g class="n" transform="translate({number(x - 3)} {number(y)})">{lines}</g>'


def _lines(vector: np.ndarray) -> Iterable[str]:
    words = [f"{value:{_WIDTH}.2f}" for value in (vector.round(2) + 0.0).tolist()]
    lines = (" ".join(words[start:start + A_LINE]) for start in range(0, len(words), A_LINE))
    return (line.replace(" ", _BLANK).replace("-", "−") for line in lines)
