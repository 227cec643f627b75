"""What both pictures of a change share: measures, rules, lines of text, and what answers hover and focus."""

import math

from .. import kit
from ..kit import LINE, MARGIN, lines, room, scoped
from ..neurons.shown import in_figures
from ..raster import SHARP
from ..svg import label, wrap
from ..theme import AFTER, BEFORE

WIDTH = 660
RULES = scoped("change", f".old{{color:{BEFORE}}}.new{{color:{AFTER}}}{SHARP}" + """
.bar{fill:currentColor;fill-opacity:.4}
.old .bar,.new .bar{fill-opacity:1}
.old text,.new text{font-weight:600}
.link{fill:none;stroke:currentColor;stroke-opacity:.3}
.old.link,.new.link{stroke-opacity:1;stroke-width:2}
.num{font-variant-numeric:tabular-nums;text-anchor:end}
.head{font-weight:600}
.edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.step{fill:currentColor}
.beyond{fill:none;stroke:currentColor;stroke-opacity:.5;stroke-dasharray:2 4}
.still{pointer-events:none}
""")
TOUCH_RULES = kit.touch_rules("change", ".r", """.r{outline:none}
.r .o{fill:currentColor;fill-opacity:0;pointer-events:all}
.touch:is(:hover,:focus-within)~.hint{display:none}
""")
Parts = tuple[str, str, float]
"""The still parts, those that answer hover and focus, and where they end."""


def paragraph(text: str, top: float, classes: str = "small") -> tuple[str, float]:
    """Return a text in lines across the picture, and where the next thing may begin."""
    wrapped = wrap(text, room(WIDTH - 2 * MARGIN))
    return lines(MARGIN, top, wrapped, classes), top + LINE * len(wrapped)


def answer(path: str, words: str, top: float) -> str:
    """Return what says `words`, written out at `top`, where it is pointed at or reached by Tab."""
    return kit.answer("r", words, f'<path class="o" d="{path}"/>{paragraph(words, top)[0]}')


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
