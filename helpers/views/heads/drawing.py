"""Draw a head view: the parts that are always seen, and those that answer hover and focus."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from ...text import escape, say
from ..svg import CELL, clip, is_special, label, number
from ..theme import LEVELS, NUMBER, head_class, level
from .layout import BRACKET, CAPTION, CHIP, CHIPS, MARGIN, PAD, Layout
from .selection import KEY, QUERY, Selection
from .sentence import heading, spoken

RULES = "".join(
    f".sav-heads .l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.5 + 0.3 * step:.1f}}}"
    f".sav-heads .m.w{step}{{stroke-width:{0.4 + 0.2 * step:.1f}}}"
    f".sav-heads .t.w{step}{{opacity:{0.05 * step:.2f}}}.sav-heads .c.w{step}{{opacity:{0.1 * step:.1f}}}"
    for step in range(1, LEVELS + 1)) + """
.sav-heads .l{fill:none;stroke:currentColor}
.sav-heads .t,.sav-heads .o{fill:currentColor;stroke:currentColor;stroke-width:8;stroke-linejoin:round}
.sav-heads .c{fill:currentColor}
.sav-heads .o{opacity:0;pointer-events:all}
.sav-heads .bracket{stroke:currentColor;stroke-opacity:.35;stroke-width:2;stroke-linecap:round}
""" + f""".sav-heads .q,.sav-heads .k{{font-size:{NUMBER}px;font-weight:600;
""" + """font-variant-numeric:tabular-nums;outline:none}
.sav-heads .k{text-anchor:end}
.sav-heads .q .l,.sav-heads .k .l{opacity:.9}
.sav-heads .still{pointer-events:none}
.sav-heads .fades .o{opacity:.12;pointer-events:none}
"""
_TOUCH_RULES = """
.sav-heads .fades{transition:opacity .12s}
.sav-heads .touch .q>:not(.o),.sav-heads .touch .k>:not(.o){display:none;pointer-events:none}
.sav-heads .touch :is(.q,.k):is(:hover,:focus)>*{display:inline}
.sav-heads .touch:hover .q:focus:not(:hover)>:not(.o){display:none}
.sav-heads .touch:is(:hover,:focus-within)~.fades{opacity:.06}
.sav-heads .touch :is(.q,.k):is(:hover,:focus)>.o{opacity:.12}
.sav-heads .touch .q:focus-visible>.o{opacity:.3}
"""
Links = Iterable[tuple[int, int, int, float]]


def draw(selection: Selection) -> tuple[str, str, Layout]:
    """Return (the still parts, the parts that answer hover and focus, their layout)."""
    layout = Layout(selection)
    if selection.query is None:
        seen = _strips(layout, selection.levels.max(axis=1)) + _lines(layout, selection.links)
    else:
        seen = f'<g class="q">{_spotlight(layout, QUERY, selection.query)}</g>'
    frame = _header(layout) + _columns(layout) + _caption(layout)
    return f'<g class="still fades">{seen}</g><g class="still">{frame}</g>', _touch(layout), layout


def _touch(layout: Layout) -> str:
    """Return what answers hover and focus. A reader of the queries has heard it all, so keys are not read out."""
    queries = "".join(_query(layout, position) for position in layout.selection.queries)
    keys = "".join(f'<g class="k">{_spotlight(layout, KEY, position)}</g>' for position in layout.selection.keys)
    hint = label(layout.start + layout.span / 2, layout.top - 11, say("views.hint"), "small muted mid")
    return f'<style>{_TOUCH_RULES}</style><g class="touch">{queries}<g aria-hidden="true">{keys}</g></g>{hint}'


def _query(layout: Layout, position: int) -> str:
    """Return what appears where a query is pointed at, or reached by Tab."""
    words = escape(spoken(layout.selection, position))
    return f'<g class="q" tabindex="0" role="img" aria-label="{words}">{_spotlight(layout, QUERY, position)}</g>'


def _spotlight(layout: Layout, side: int, position: int) -> str:
    """Draw what one token asks or answers: its lines, and the weights at their other ends."""
    selection, other = layout.selection, 1 - side
    links = selection.by_token[side].get(position, [])
    pills, values = [], []
    for ends in dict.fromkeys(link[:2] for link in links):
        head, weight = selection.peaks[ends]
        if level(weight) > 1:
            pills.append((head, level(weight), _pill(layout, other, ends[other])))
        values.append(label(layout.values[other], layout.places[other][ends[other]] + 4, f"{weight:.2f}"))
    strips = _strips(layout, selection.levels[:, selection.queries.index(position)]) if side == QUERY else ""
    return (f'<path class="o" d="{_pill(layout, side, position)}"/>' + _merge(pills, "t")
            + _lines(layout, links) + strips + "".join(values))


def _merge(pieces: Iterable[tuple[int, int, str]], kind: str) -> str:
    """Join pieces (head, level, path) of the same look into one path each, the faint ones first."""
    paths = defaultdict(list)
    for head, step, path in pieces:
        paths[step, head].append(path)
    return "".join(f'<path class="{kind} {head_class(head)} w{step}" d="{"".join(parts)}"/>'
                   for (step, head), parts in sorted(paths.items()))


def _lines(layout: Layout, links: Links) -> str:
    """Draw one curve a link, from its query to its key; the heads run side by side."""
    asks, answers = layout.places
    start, first, second, span = (number(x) for x in (layout.start, *layout.bends, layout.span))
    pieces = []
    for query, key, head, weight in links:
        y, fall = number(asks[query] + layout.lanes[head]), number(answers[key] - asks[query])
        pieces.append((head, level(weight) or 1, f"M{start} {y}c{first} 0 {second} {fall} {span} {fall}"))
    return _merge(pieces, "l m" if layout.cell else "l")


def _pill(layout: Layout, side: int, position: int) -> str:
    """Return the path of the ground behind a token; its thick round stroke makes it fill the row."""
    left, right = layout.edges[side]
    width, height = number(right - left - 8), number(layout.row - 8)
    y = number(layout.places[side][position] - layout.row / 2 + 4)
    return f"M{number(left + 4)} {y}h{width}v{height}h-{width}z"


def _strips(layout: Layout, levels: np.ndarray) -> str:
    """Draw beside each key a square for each head; `levels` is (head, key). Nothing where one head is shown."""
    if not layout.cell:
        return ""
    heads, keys = layout.selection.heads, layout.selection.keys
    width, height, half = layout.cell - 1, layout.row - 4, layout.row / 2 - 2
    pieces = []
    for order, column in np.argwhere(levels > 1).tolist():
        x, y = layout.strip + order * layout.cell, layout.places[KEY][keys[column]] - half
        box = f"M{number(x)} {number(y)}h{width}v{height}h-{width}z"
        pieces.append((heads[order], int(levels[order, column]), box))
    return _merge(pieces, "c")


def _columns(layout: Layout) -> str:
    """Draw both columns of tokens with their headings and the marks of their sentences."""
    parts = []
    for side, name in enumerate(("views.asks", "views.answers")):
        x, end = ((layout.start - PAD, "end"), (layout.stop + PAD, ""))[side]
        tokens = "".join(_token(layout, side, position) for position in layout.selection.columns[side])
        parts += [label(x, layout.top - 11, say(name), f"small muted {end}".strip()), _sentences(layout, side),
                  f'<g class="{end}" font-size="{layout.font}" transform="translate({number(x)} '
                  f'{number(0.36 * layout.font)})">{tokens}</g>']
    return "".join(parts)


def _token(layout: Layout, side: int, position: int) -> str:
    name = layout.names[side][position]
    special = ' class="special"' if is_special(name) else ""
    return f'<text y="{number(layout.places[side][position])}"{special}>{escape(name)}</text>'


def _sentences(layout: Layout, side: int) -> str:
    """Mark where sentence A and sentence B stand in one column: a letter and a bar. Nothing for one sentence."""
    selection, parts = layout.selection, []
    if selection.record.sentence_b_start is None:
        return ""
    middle = (layout.left - BRACKET / 2, layout.right + BRACKET / 2)[side]
    for segment, letter in enumerate("AB"):
        rows = [layout.places[side][position] for position in selection.columns[side]
                if selection.record.segment_ids[position] == segment]
        if rows:
            bar = f"M{number(middle)} {number(rows[0] + 10)}V{number(max(rows[-1] + layout.row / 2 - 3, rows[0] + 10))}"
            parts.append(label(middle, rows[0] + 4, letter, "small mid") + f'<path class="bracket" d="{bar}"/>')
    return "".join(parts)


def _header(layout: Layout) -> str:
    """Draw the heading, the model's name and, where several heads are shown, the colour of each."""
    title = heading(layout.selection)
    room = int((layout.width - 2 * MARGIN) / (7 * CELL * 2))
    model = clip(layout.selection.record.model_name, max(room - len(title), 8))
    heads = layout.selection.heads if layout.cell else ()
    chips = "".join(_chip(layout, order, head) for order, head in enumerate(heads))
    return (label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end") + chips)


def _chip(layout: Layout, order: int, head: int) -> str:
    row, column = divmod(order, layout.chips_a_row)
    x, y = MARGIN + column * CHIP, CHIPS + 17 * row
    return (f'<rect class="c {head_class(head)}" x="{number(x)}" y="{y - 9}" width="10" height="10" rx="2"/>'
            + label(x + 13, y, str(head), "small"))


def _caption(layout: Layout) -> str:
    """Write under the picture how to read it."""
    return "".join(label(MARGIN, layout.bottom + 24 + CAPTION * row, line, "small muted")
                   for row, line in enumerate(layout.caption))
