"""What both pictures of a change share: measures, rules, lines of text, and what answers hover and focus."""

import math

from ...text import escape
from ..neurons.shown import in_figures
from ..raster import SHARP
from ..svg import CELL, label, wrap
from ..theme import AFTER, BEFORE, SMALL

WIDTH, MARGIN, LINE = 660, 20, 17
RULES = f".sav-change .old{{color:{BEFORE}}}.sav-change .new{{color:{AFTER}}}.sav-change {SHARP}" + """
.sav-change .bar{fill:currentColor;fill-opacity:.4}
.sav-change .old .bar,.sav-change .new .bar{fill-opacity:1}
.sav-change .old text,.sav-change .new text{font-weight:600}
.sav-change .link{fill:none;stroke:currentColor;stroke-opacity:.3}
.sav-change .old.link,.sav-change .new.link{stroke-opacity:1;stroke-width:2}
.sav-change .num{font-variant-numeric:tabular-nums;text-anchor:end}
.sav-change .head{font-weight:600}
.sav-change .edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.sav-change .step{fill:currentColor}
.sav-change .beyond{fill:none;stroke:currentColor;stroke-opacity:.5;stroke-dasharray:2 4}
.sav-change .still{pointer-events:none}
"""
TOUCH_RULES = """
.sav-change .r{outline:none}
.sav-change .r .o{fill:currentColor;fill-opacity:0;pointer-events:all}
.sav-change .r text{display:none;pointer-events:none}
.sav-change .r:is(:hover,:focus) .o{fill-opacity:.12}
.sav-change .r:is(:hover,:focus) text{display:inline}
.sav-change .touch:hover .r:focus:not(:hover) text,.sav-change .touch:is(:hover,:focus-within)~.hint{display:none}
"""
Drawn = tuple[str, str, float]
"""The still parts, those that answer hover and focus, and where they end."""


def room(width: float) -> int:
    """Return how many cells of small text fit."""
    return int(width / (CELL * SMALL))


def paragraph(text: str, top: float, classes: str = "small") -> tuple[str, float]:
    """Return a text in lines across the picture, and where the next thing may begin."""
    lines = wrap(text, room(WIDTH - 2 * MARGIN))
    return ("".join(label(MARGIN, top + LINE * row, line, classes) for row, line in enumerate(lines)),
            top + LINE * len(lines))


def answer(path: str, words: str, top: float) -> str:
    """Return what says `words`, written out at `top`, where it is pointed at or reached by Tab."""
    return (f'<g class="r" tabindex="0" role="img" aria-label="{escape(words)}"><path class="o" d="{path}"/>'
            f"{paragraph(words, top)[0]}</g>")


def touchable(parts: list[str], hint: str, top: float) -> str:
    """Return the parts that answer together with the hint that stands in the place of their words."""
    return f'<g><g class="touch">{"".join(parts)}</g>{label(MARGIN, top, hint, "small muted hint")}</g>'


def chance(probability: float, digits: int = 3) -> str:
    """Return a probability as it is written.

    >>> chance(0.8204), chance(0.0001), chance(0.0)
    ('0.820', '<0.001', '0.000')
    """
    words = f"{probability:.{digits}f}"
    return f"<{10 ** -digits:.{digits}f}" if probability and not float(words) else words


def signed(bits: float) -> str:
    """Return a change in bits with its sign.

    >>> signed(-6.111), signed(0.0), signed(1.5), signed(math.inf)
    ('−6.11', '0.00', '+1.50', '+∞')
    """
    words = "∞" if bits == math.inf else in_figures(bits)
    return f"+{words}" if round(bits, 2) > 0 else words
