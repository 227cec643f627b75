"""Rotary positions as clocks: a query and a key, turned pair by pair, and both moved on by the same amount."""

import math

from ..asked import short, whole
from ..positions import frequencies
from ..positions.sizes import checked_base, checked_width
from ..text import CourseError, say
from .kit import scoped
from .svg import label, number
from .theme import head_class
from .view import View

MOST_PLACE, MOST_WIDTH = 100_000, 16
MARGIN, NAMES, ACROSS, SUM = 24, 122, 118, 110
DIAL, FIRST, DOWN = 40, 138, 152
QUERY, KEY = 0, 1
RULES = scoped("clocks", """
.axis{fill:none;stroke:currentColor;stroke-opacity:.4}
.between{fill:currentColor;fill-opacity:.13}
.hand{fill:none;stroke:currentColor;stroke-width:2.5;stroke-linecap:round}
.letter{fill:currentColor}
""")


def view_clocks(query: int, key: int, *, moved: int = 100, d_head: int = 8, base: float = 10000.0) -> View:
    """Draw what rotary positions do to a query and a key, and what is left of it in their dot product.

    A clock for each pair of numbers. Query and key point to the right, (1, 0), before they are turned; each hand then
    stands at its position times the pair's frequency, counter-clockwise. In the second row both stand `moved` places
    further: other hands, the same angles between them, and so the same sum of cosines, the dot product.

    Args:
        query, key: the places where they stand, 0 to 100,000.
        moved: how much further both stand in the second row, 0 to 100,000.
        d_head: how many numbers each has, an even number from 2 to 16.
        base: of the frequencies, from 1 to 10**12.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (places, frequencies, angles between, dot products), `.save(path)`.

    Raises:
        CourseError: for places, a width or a base outside these ranges.

    Source: Su et al. 2021, RoFormer, section 3.2.
    """
    width, base = checked_width(d_head), checked_base(base)
    if width > MOST_WIDTH:
        raise CourseError("clocks.width", most=MOST_WIDTH, got=short(d_head))
    places = [_checked(name, value) for name, value in (("query", query), ("key", key), ("moved", moved))]
    rows = [(places[QUERY], places[KEY]), (places[QUERY] + places[2], places[KEY] + places[2])]
    omega = frequencies(width, base=base).tolist()
    between = [rate * (places[QUERY] - places[KEY]) for rate in omega]
    product = sum(map(math.cos, between))
    said = {"query": places[QUERY], "key": places[KEY], "moved": places[2], "product": _figure(product),
            "angles": say("views.comma").join(map(_figure, between))}
    title = say("clocks.title", query=places[QUERY], key=places[KEY])
    drawn = "".join(_row(at, row, omega, product) for at, row in enumerate(rows))
    names = "".join(label(_middle(pair), FIRST - DIAL - 26, say("clocks.pair", pair=pair, rate=f"{rate:.3g}"),
                          "small mid") for pair, rate in enumerate(omega))
    bottom = FIRST + DOWN + DIAL + 68
    data = {"places": [list(row) for row in rows], "frequencies": [round(rate, 6) for rate in omega],
            "between": [round(angle, 4) for angle in between], "product": round(product, 4)}
    return View(say("clocks.text", **said), data, title, "clocks",
                (MARGIN + NAMES + ACROSS * len(omega) + SUM, bottom + 16),
                label(MARGIN, 32, title, "title") + names + drawn
                + label(MARGIN, bottom, say("clocks.note"), "small muted"), rules=RULES)


def _checked(name: str, value: object) -> int:
    """Return a place as an int, or refuse it."""
    found = whole(value, 0, MOST_PLACE)
    if found is None:
        raise CourseError("clocks.place", name=name, most=f"{MOST_PLACE:,}", got=short(value))
    return found


def _middle(pair: int) -> float:
    """Return the middle of a column of clocks."""
    return MARGIN + NAMES + ACROSS * (pair + 0.5)


def _row(at: int, places: tuple[int, int], omega: list[float], product: float) -> str:
    """Draw one row: where both stand, a clock for each pair, the sum of their cosines."""
    y = FIRST + DOWN * at
    names = "".join(f'<g class="{head_class(which)}">{label(MARGIN, y - 6 + 20 * which, words, "letter")}</g>'
                    for which, words in ((QUERY, say("clocks.query", place=f"{places[QUERY]:,}")),
                                         (KEY, say("clocks.key", place=f"{places[KEY]:,}"))))
    clocks = "".join(_clock(_middle(pair), y, [rate * place for place in places])
                     for pair, rate in enumerate(omega))
    right = MARGIN + NAMES + ACROSS * len(omega) + 8
    return names + clocks + label(right, y - 6, say("clocks.sum"), "small muted") \
        + label(right, y + 14, _figure(product))


def _clock(x: float, y: float, angles: list[float]) -> str:
    """Draw one pair: a dial, the angle between the hands, both hands, the cosine between them."""
    between = angles[QUERY] - angles[KEY]
    hands = "".join(f'<g class="{head_class(which)}"><path class="hand" d="M{number(x)} {number(y)}L'
                    f'{_tip(x, y, angles[which], length)}"/>{_letter(x, y, angles[which], which)}</g>'
                    for which, length in ((QUERY, DIAL - 4), (KEY, DIAL - 14)))
    dial = f'<circle class="axis" cx="{number(x)}" cy="{number(y)}" r="{DIAL}"/>'
    says = label(x, y + DIAL + 38, say("clocks.cosine", angle=_figure(between), cosine=_figure(math.cos(between))),
                 "small mid")
    start = angles[KEY] if between >= 0 else angles[QUERY]
    return dial + _sector(x, y, start, abs(between) % (2 * math.pi)) + hands + says


def _figure(value: float) -> str:
    """Return a number with two decimals and a true minus; no zero has a sign."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _tip(x: float, y: float, angle: float, length: float) -> str:
    """Return the point at an angle, counter-clockwise from the right."""
    return f"{number(x + length * math.cos(angle))} {number(y - length * math.sin(angle))}"


def _letter(x: float, y: float, angle: float, which: int) -> str:
    """Name a hand just outside the dial; the key's name stands further out, should the hands coincide."""
    out = DIAL + (9 if which == QUERY else 19)
    return label(x + out * math.cos(angle), y - out * math.sin(angle) + 4, "qk"[which], "small mid letter")


def _sector(x: float, y: float, start: float, span: float) -> str:
    """Shade the angle from one hand to the other, counter-clockwise."""
    reach = 0.55 * DIAL
    return (f'<path class="between" d="M{number(x)} {number(y)}L{_tip(x, y, start, reach)}A{number(reach)} '
            f'{number(reach)} 0 {int(span > math.pi)} 0 {_tip(x, y, start + span, reach)}z"/>')
