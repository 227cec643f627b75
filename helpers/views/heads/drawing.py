"""The SVG of a head view, however its tokens are arranged."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from .. import kit
from ..kit import MARGIN, Drawn
from ..svg import label, number
from ..theme import LEVELS, NUMBER, head_class, level
from .columns import Columns
from .layout import CHIP, Layout
from .rows import Rows
from .shown import KEY, QUERY, Shown, spoken

CHIPS = 57
RULES = kit.scoped("heads", "".join(
    f".l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.5 + 0.3 * step:.1f}}}"
    f".m.w{step}{{stroke-width:{0.4 + 0.2 * step:.1f}}}"
    f".t.w{step}{{opacity:{0.05 * step:.2f}}}.c.w{step}{{opacity:{0.1 * step:.1f}}}"
    for step in range(1, LEVELS + 1)) + """
.l{fill:none;stroke:currentColor}
.t,.o{fill:currentColor;stroke:currentColor;stroke-width:8;stroke-linejoin:round}
.c{fill:currentColor}
.o{opacity:0;pointer-events:all}
.bracket{stroke:currentColor;stroke-opacity:.35;stroke-width:2;stroke-linecap:round}
""" + f""".q,.k{{font-size:{NUMBER}px;font-weight:600;
""" + """font-variant-numeric:tabular-nums;outline:none}
.k{text-anchor:end}
.q .l,.k .l{opacity:.9}
.still{pointer-events:none}
.fades .o{opacity:.12;pointer-events:none}
""")
TOUCH_RULES = kit.touch_rules("heads", ":is(.q,.k)", """.fades{transition:opacity .12s}
.touch:is(:hover,:focus-within)~.fades{opacity:.06}
.touch .q:focus-visible>.o{opacity:.3}
""", ground="opacity:.12")
Links = Iterable[tuple[int, int, int, float]]


def draw(shown: Shown) -> Drawn:
    """Draw one head, or all heads of a layer, in two columns or in two rows."""
    layout = Rows(shown) if shown.across else Columns(shown)
    if shown.query is None:
        seen = _strips(layout, shown.levels.max(axis=1)) + _lines(layout, shown.links)
    else:
        seen = f'<g class="q">{_spotlight(layout, QUERY, shown.query)}</g>'
    frame = _header(layout) + layout.tokens() + kit.lines(MARGIN, layout.bottom + 24, layout.caption)
    return Drawn(f'<g class="still fades">{seen}</g><g class="still">{frame}</g>', (layout.width, layout.height),
                 _touch(layout))


def _touch(layout: Layout) -> str:
    """Return what answers hover and focus. A reader of the queries has heard it all, so keys are not read out."""
    queries = "".join(kit.answer("q", spoken(layout.shown, position), _spotlight(layout, QUERY, position))
                      for position in layout.shown.queries)
    keys = "".join(f'<g class="k">{_spotlight(layout, KEY, position)}</g>' for position in layout.shown.keys)
    return kit.touchable(TOUCH_RULES, (queries, f'<g aria-hidden="true">{keys}</g>'), layout.hint())


def _spotlight(layout: Layout, side: int, position: int) -> str:
    """Draw what one token asks or answers: its lines, and the weights at their other ends."""
    shown, other = layout.shown, 1 - side
    links = shown.by_token[side].get(position, [])
    pills, values = [], []
    for ends in dict.fromkeys(link[:2] for link in links):
        head, weight = shown.peaks[ends]
        if level(weight) > 1:
            pills.append((head, level(weight), layout.pill(other, ends[other])))
        values.append(layout.value(other, ends[other], f"{weight:.2f}"))
    strips = _strips(layout, shown.levels[:, shown.queries.index(position)]) if side == QUERY else ""
    return (f'<path class="o" d="{layout.pill(side, position)}"/>' + _merge(pills, "t")
            + _lines(layout, links) + strips + "".join(values))


def _merge(pieces: Iterable[tuple[int, int, str]], kind: str) -> str:
    """Join pieces (head, level, path) of the same look into one path each, the faint ones first."""
    paths = defaultdict(list)
    for head, step, path in pieces:
        paths[step, head].append(path)
    return "".join(f'<path class="{kind} {head_class(head)} w{step}" d="{"".join(parts)}"/>'
                   for (step, head), parts in sorted(paths.items()))


def _lines(layout: Layout, links: Links) -> str:
    """Draw one curve a link, from its query to its key."""
    pieces = ((head, level(weight) or 1, layout.curve(query, key, head)) for query, key, head, weight in links)
    return _merge(pieces, "l m" if layout.cell else "l")


def _strips(layout: Layout, levels: np.ndarray) -> str:
    """Draw beside each key a square for each head; `levels` is (head, key). Nothing where one head is shown."""
    if not layout.cell:
        return ""
    heads, keys = layout.shown.heads, layout.shown.keys
    return _merge(((heads[order], int(levels[order, column]), layout.square(order, keys[column]))
                   for order, column in np.argwhere(levels).tolist()), "c")


def _header(layout: Layout) -> str:
    """Draw the heading, the model's name and, where several heads are shown, the colour of each."""
    heads = layout.shown.heads if layout.cell else ()
    chips = "".join(_chip(layout, order, head) for order, head in enumerate(heads))
    return kit.header(layout.shown.title(), layout.width, layout.shown.record.model_name) + chips


def _chip(layout: Layout, order: int, head: int) -> str:
    row, column = divmod(order, layout.chips_a_row)
    x, y = MARGIN + column * CHIP, CHIPS + 17 * row
    return (f'<rect class="c {head_class(head)}" x="{number(x)}" y="{y - 9}" width="10" height="10" rx="2"/>'
            + label(x + 13, y, str(head), "small"))
