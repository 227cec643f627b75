"""Small tools for writing SVG: measured text, numbers, elements."""

import math
import re
import unicodedata
from itertools import accumulate

from ..text import escape

CELL = 0.54
"""Width of one cell (half a Chinese character) in units of the font size."""

MOST_TICKS = 9
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"    # letters and a symbol that draw nothing
_SPECIAL = re.compile(r"\[[A-Z]+\]|<[^<>]*>")
_CLOSING = "[，。；：、）！？」』》】”’…]*"                 # no line begins with one of these
_BREAKS = re.compile(rf"[\u2e80-\uffef]{_CLOSING}|[^\s\u2e80-\uffef]+{_CLOSING}\s*|\s+")


def cells(text: str) -> int:
    """Return how many cells a text fills: 2 for a wide character, 0 for a combining mark, else 1.

    >>> cells("燕子"), cells("swan"), cells("e\u0301")
    (4, 4, 1)
    """
    return sum(_cells_of(character) for character in text)


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def visible(token: str) -> str:
    """Return a token as it can be shown: blanks, control characters and what has no width by itself become signs.

    >>> visible(" "), visible("a\\x07"), visible("\u200b"), visible("\u0301")
    ('␣', 'a�', '�', '◌́')
    """
    shown = "".join("\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character
                    for character in token).strip().strip(_FILLERS)
    if not shown or cells(shown):
        return shown or "␣"
    return f"◌{shown}" if unicodedata.category(shown[0]) in ("Mn", "Me") else "\ufffd"


def is_special(name: str) -> bool:
    """Whether a token is one that a model adds or reserves, as [CLS] and </s> are.

    >>> is_special("[MASK]"), is_special("mask")
    (True, False)
    """
    return _SPECIAL.fullmatch(name) is not None


def clip(text: str, most: int) -> str:
    """Return the text, cut with "…" where it fills more than `most` cells.

    >>> clip("attention", 6)
    'atten…'
    """
    if cells(text) <= most:
        return text
    widths = accumulate(map(_cells_of, text))
    return text[:sum(width < most for width in widths)] + "…"


def wrap(text: str, most: int) -> list[str]:
    """Return the text in lines of at most `most` cells, broken at spaces or between Chinese characters."""
    lines, filled = [""], 0
    for piece in _BREAKS.findall(text):
        if lines[-1] and filled + cells(piece.rstrip()) > most:
            lines.append("")
            filled = 0
        lines[-1] += piece
        filled += cells(piece)
    return [line.strip() for line in lines]


def number(value: float) -> str:
    """Return a coordinate with at most one decimal.

    >>> number(12.0), number(12.34)
    ('12', '12.3')
    """
    return f"{value:.1f}".removesuffix(".0")


def label(x: float, y: float, content: str, classes: str = "") -> str:
    """Return a `<text>` element; the content is escaped here."""
    chosen = f' class="{classes}"' if classes else ""
    return f'<text x="{number(x)}" y="{number(y)}"{chosen}>{escape(content)}</text>'


def nice_step(span: float) -> float:
    """Return the smallest of 1, 2, 5, 10, ... that gives a span at most nine ticks; fractions where it is short.

    >>> nice_step(64), nice_step(2.0)
    (10.0, 0.5)
    """
    power = 10.0 ** math.floor(math.log10(span))
    steps = [scale * digit for scale in (power / 10, power) for digit in (1, 2, 5)]
    return next(step for step in steps if span / step <= MOST_TICKS)
