"""Draw the picture of the sinusoidal encoding: heat map, clocks, curve."""

from ...text import say
from ..kit import Drawn, box, curve, scoped
from ..raster import SHARP, raster, shades
from ..svg import label, nice_step, number
from ..theme import NEGATIVE, POSITIVE, head_class
from .shown import Shown

SIZE = (760, 500)
LEVELS = 7
PALETTE = shades(POSITIVE, LEVELS) + shades(NEGATIVE, LEVELS)
MAP = (64, 70, 300, 210)                        # left, top, width, height
DIAL, DIAL_LEFT, DIAL_TOP, ACROSS, DOWN = 30, 448, 112, 88, 112
CURVE = (64, 352, 672, 90)
RULES = scoped("positions", SHARP + """
.line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round}
.axis{fill:none;stroke:currentColor;stroke-opacity:.4}
.mark{fill:none;stroke:currentColor;stroke-width:2.5;stroke-linecap:round}
.dot{fill:currentColor}
""")


def draw(shown: Shown) -> Drawn:
    """Draw the table, the clocks, and below both the curve."""
    clocks = "".join(_clock(shown, place, clock) for place, clock in enumerate(shown.clocks))
    return Drawn(label(24, 32, shown.title(), "title") + _map(shown) + _key(shown) + clocks + _curve(shown),
                 SIZE)


def _colour(which: int) -> str:
    """Return the class that colours everything about the first or second marked position."""
    return head_class(which)


def _map(shown: Shown) -> str:
    """Draw the table: a row a position, 0 on top; the two marked rows have a line on either side."""
    left, top, width, height = MAP
    steps = (shown.table * LEVELS).round().int()
    levels = steps.where(steps >= 0, LEVELS - steps).numpy()                     # 0 transparent, 1-7 up, 8-14 down
    marks = "".join(_row_mark(shown, which) for which in (0, 1))
    names = (label(left + width / 2, top + height + 32, say("positions.dimension"), "small muted mid")
             + label(left, top + height + 16, "0", "small mid")
             + label(left + width, top + height + 16, str(shown.d_model - 1), "small mid")
             + label(left, top - 10, say("positions.view_map"), "small muted"))
    frame = f'<path class="axis" d="{box(*MAP)}"/>'
    return raster(left, top, (width, height), levels, PALETTE) + frame + marks + names


def _row_mark(shown: Shown, which: int) -> str:
    """Mark a position on both sides of its row; its number gives way where the other's is too near."""
    left, top, width, height = MAP
    own, other = (top + (shown.pair[one] + 0.5) * height / shown.n_positions for one in (which, 1 - which))
    aside = 0 if own == other else max(0.0, 13 - abs(own - other)) / 2 * (1 if own > other else -1)
    return (f'<g class="{_colour(which)}"><path class="mark" d="M{left - 12} {number(own)}h10M{left + width + 2} '
            f'{number(own)}h10"/></g>{label(left - 18, own + aside + 4, str(shown.pair[which]), "small end")}')


def _key(shown: Shown) -> str:
    """Say which colour stands for which marked position, and how to read a clock."""
    left, parts = DIAL_LEFT - DIAL, []
    for which, position in enumerate(shown.pair):
        x = left + 110 * which
        parts.append(f'<path class="mark {_colour(which)}" d="M{x} 56h16"/>'
                     + label(x + 24, 60, say("positions.view_position", position=position), "small"))
    return "".join(parts)


def _clock(shown: Shown, place: int, clock: int) -> str:
    """Draw one pair of shown as a clock with a hand for each marked position."""
    row, column = divmod(place, 4)
    x, y = DIAL_LEFT + column * ACROSS, DIAL_TOP + row * DOWN
    hands = []
    for which, position in enumerate(shown.pair):
        sine, cosine = shown.hand(clock, position)
        tip_x, tip_y = x + (DIAL - 4 - 6 * which) * sine, y - (DIAL - 4 - 6 * which) * cosine
        hands.append(f'<g class="{_colour(which)}"><path class="mark" d="M{x} {y}L{number(tip_x)} {number(tip_y)}"/>'
                     f'<circle class="dot" cx="{number(tip_x)}" cy="{number(tip_y)}" r="3"/></g>')
    wavelength = shown.wavelengths[clock]
    turns = f"{wavelength:,.1f}" if wavelength < 1000 else f"{wavelength:,.0f}"
    return (f'<circle class="axis" cx="{x}" cy="{y}" r="{DIAL}"/>{"".join(hands)}'
            + label(x, y + DIAL + 16, say("positions.view_pair", pair=clock), "small mid")
            + label(x, y + DIAL + 31, say("positions.view_turn", turns=turns), "small muted mid"))


def _curve(shown: Shown) -> str:
    """Draw the dot product against the offset, the offset of the two marked positions on it."""
    left, top, width, height = CURVE
    low, high = min(0.0, *shown.products), shown.products[0]
    offset, last = abs(shown.pair[0] - shown.pair[1]), max(shown.n_positions - 1, 1)

    def at(place: int, product: float) -> tuple[float, float]:
        return left + width * place / last, top + height * (high - product) / (high - low)

    path = curve(at(place, product) for place, product in enumerate(shown.products))
    (x, y), zero = at(offset, shown.product), number(at(0, 0.0)[1])
    drop = f'<path class="axis" stroke-dasharray="3 3" d="M{number(x)} {number(y)}V{top + height}"/>'
    said = label(left + width, top - 12, say("positions.view_product", first=shown.pair[0], second=shown.pair[1],
                                             offset=offset, product=f"{shown.product:.2f}", own=f"{high:g}"),
                 "small end")
    return (label(left, top - 12, say("positions.view_curve"), "small muted") + said
            + f'<path class="axis" d="M{left} {top}V{top + height}M{left} {zero}h{width}"/>{drop}'
            f'<path class="line" d="{path}"/><circle class="dot" cx="{number(x)}" cy="{number(y)}" r="4.5"/>'
            + label(left - 8, top + 4, f"{high:g}", "small end") + label(left - 8, at(0, 0.0)[1] + 4, "0", "small end")
            + _offsets(last))


def _offsets(last: int) -> str:
    """Write the offsets below the curve."""
    left, top, width, height = CURVE
    step = max(int(nice_step(last)), 1)
    ticks = "".join(label(left + width * place / last, top + height + 18, str(place), "small mid")
                    for place in range(0, last + 1, step))
    return ticks + label(left + width / 2, top + height + 36, say("positions.offset"), "small muted mid")
