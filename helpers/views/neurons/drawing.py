"""Draw a neuron view: strips of cells in two colours, numbers, bars, and what answers hover and focus."""

import numpy as np

from ...text import escape, say
from ..raster import SHARP, raster, shades
from ..svg import CELL, clip, is_special, label, number
from ..theme import FINE, MONO, NEGATIVE, POSITIVE, head_class
from .cell import Cell, shown
from .layout import AFTER, BAR, HEADER, LINE, MARGIN, STRIP, THIN, Layout
from .panel import panel_of_key, panel_of_vector
from .sentence import heading, spoken_row, spoken_vector

STEPS = 7
GROUND = 2 * STEPS + 1
PALETTE = [*shades(POSITIVE, STEPS), *shades(NEGATIVE, STEPS), (128, 128, 128, 26)]
FULL = 0.97
VECTORS = ("inputs", "query", "context", *AFTER)
RULES = f".sav-neurons {SHARP}" + f".sav-neurons .n{{font-family:{MONO};font-size:{FINE}px}}" + """
.sav-neurons .num{font-variant-numeric:tabular-nums;text-anchor:end}
.sav-neurons .bar{fill:currentColor;fill-opacity:.85}
.sav-neurons .edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.sav-neurons .key{fill:currentColor;fill-opacity:.08}
.sav-neurons .head{font-weight:600}
.sav-neurons .still{pointer-events:none}
"""
_TOUCH_RULES = """
.sav-neurons{min-width:780px}
.sav-neurons .r{outline:none}
.sav-neurons .r .o{fill:currentColor;fill-opacity:0;pointer-events:all}
.sav-neurons .r>:not(.o){display:none;pointer-events:none}
.sav-neurons .r:is(:hover,:focus)>*{display:inline}
.sav-neurons .r:is(:hover,:focus)>.o{fill-opacity:.12}
.sav-neurons .touch:hover .r:focus:not(:hover)>:not(.o){display:none}
.sav-neurons .touch:is(:hover,:focus-within)~.fades{display:none}
"""


def diverging(numbers: np.ndarray, full: float) -> np.ndarray:
    """Return the colour of each number: 1 to 7 positive, 8 to 14 negative, the more the stronger; 15 about zero."""
    steps = np.rint(STEPS * np.abs(numbers) / (full or 1)).clip(0, STEPS).astype(np.uint8)
    return np.where(steps == 0, GROUND, np.where(numbers < 0, steps + STEPS, steps))


def draw(cell: Cell) -> tuple[str, str, Layout]:
    """Return (the still parts, the parts that answer hover and focus, their layout)."""
    layout = Layout(cell)
    still = (_header(layout) + _columns(layout) + "".join(_table(layout, step) for step in
                                                          ("keys", "products", "values", "weighted_values"))
             + "".join(_row(layout, key) for key in range(cell.record.n_tokens)) + _bars(layout)
             + "".join(_vector(layout, step) for step in VECTORS) + _sums(layout) + _reading(layout))
    chosen = f'<path class="key" d="{_ground(layout, cell.key)}"/>{panel_of_key(layout, cell.key)}'
    return f'<g class="still fades">{chosen}</g><g class="still">{still}</g>', _touch(layout), layout


def _full(cell: Cell, step: str) -> float:
    """Return the number from which a step has its full colour, so that a few large ones do not blanch all others."""
    return float(np.quantile(np.abs(cell.numbers[step]), FULL).round(2))


def _table(layout: Layout, step: str) -> str:
    """Draw one column of strips, a row a key, as one picture."""
    colours = diverging(layout.cell.numbers[step], _full(layout.cell, step))
    spaced = np.zeros((len(colours), layout.row, colours.shape[1]), np.uint8)
    spaced[:, 1:-1] = colours[:, None]
    size = STRIP, layout.row * len(colours)
    return raster(layout.columns[step], layout.middle(0) - layout.row / 2, size, spaced.reshape(-1, colours.shape[1]),
                  PALETTE)


def _vector(layout: Layout, step: str) -> str:
    """Draw one vector as a strip, with its caption and its scale."""
    left, top, width = layout.strip(step)
    colours = diverging(layout.cell.numbers[step], _full(layout.cell, step))[None]
    x, y, end = layout.caption_place(step)
    frame = f'<path class="edge" d="M{number(left)} {number(top)}h{number(width)}v{THIN}h-{number(width)}z"/>'
    scale = label(layout.right, y, f"±{_full(layout.cell, step):.2f}", "small muted end") \
        if width > STRIP else ""
    return (raster(left, top, (width, THIN), colours, PALETTE) + frame + scale
            + label(x, y, layout.caption(step), f"small{end}"))


def _header(layout: Layout) -> str:
    title = heading(layout.cell)
    room = int((layout.width - 2 * MARGIN) / (7 * CELL * 2))
    model = clip(layout.cell.record.model_name, max(room - len(title), 8))
    names = "".join(label(layout.left - 8, layout.strip(step)[1] + 11, say(f"neurons.{name}"), "end head")
                    for step, name in (("inputs", "input_name"), ("query", "query_name")))
    return label(MARGIN, 33, title, "title") + label(layout.width - MARGIN, 33, model, "small muted end") + names


def _columns(layout: Layout) -> str:
    """Name the columns, and below each name say its scale or how it is made."""
    cell, parts = layout.cell, []
    names = {"keys": "key", "products": "product", "values": "value", "weighted_values": "weighted"}
    for step, name in names.items():
        x = layout.columns[step]
        parts += [label(x, HEADER, say(f"neurons.{name}"), "head"),
                  label(x + STRIP, HEADER, f"±{_full(cell, step):.2f}", "small muted end")]
    d_head = cell.record.d_head
    numbers = (("dot_products", say("neurons.dot"), say("neurons.dot_how")),
               ("scores", say("neurons.scaled", d_head=d_head), f"= {d_head ** 0.5:.2f}"),
               ("weights", say("neurons.weight"), say("neurons.weight_how")))
    for step, name, how in numbers:
        x = layout.columns[step]
        parts += [label(x, HEADER, name, "head end"), label(x, HEADER + 15, how, "small muted end")]
    return "".join(parts)


def _row(layout: Layout, key: int) -> str:
    """Write a key's name and its numbers."""
    y, name = layout.middle(key) + 0.36 * layout.font, layout.names[key]
    special = " special" if is_special(name) else ""
    numbers = "".join(label(layout.columns[step], y, shown(layout.cell.numbers[step][key]), "num")
                      for step in ("dot_products", "scores", "weights"))
    return f'<g font-size="{layout.font}">{label(layout.left - 8, y, name, "end" + special)}{numbers}</g>'


def _bars(layout: Layout) -> str:
    """Draw the weights as bars, 1 being the whole width, in the head's colour."""
    x, height = layout.columns["bars"], layout.row - 6
    bars = "".join(f"M{number(x)} {number(layout.middle(key) - height / 2)}h{number(BAR * weight)}v{height}h-"
                   f"{number(BAR * weight)}z" for key, weight in enumerate(layout.cell.numbers["weights"])
                   if weight >= 0.005)
    last = layout.middle(layout.cell.record.n_tokens - 1) + layout.row / 2
    axis = f"M{number(x)} {number(layout.middle(0) - layout.row / 2)}V{number(last)}"
    return f'<path class="bar {head_class(layout.cell.head)}" d="{bars}"/><path class="edge" d="{axis}"/>'


def _sums(layout: Layout) -> str:
    """Write the row of sums: the weights are 1 together."""
    y = layout.sum_top
    line = f"M{number(layout.left)} {number(y - 4)}H{number(layout.right)}"
    total = float(layout.cell.steps.weights.sum())
    return (f'<path class="edge" d="{line}"/>{label(layout.left - 8, y + 11, say("neurons.sum_name"), "end head")}'
            + label(layout.columns["weights"], y + 11, f"{total:.2f}", "num"))


def _reading(layout: Layout) -> str:
    top = layout.bottom + 26
    return "".join(label(MARGIN, top + LINE * row, line, "small" if row == 0 else "small muted")
                   for row, line in enumerate(layout.reading))


def _ground(layout: Layout, key: int) -> str:
    """Return the path of the ground behind a key's row."""
    width, top = number(layout.right - MARGIN + 8), number(layout.middle(key) - layout.row / 2)
    return f"M{MARGIN - 4} {top}h{width}v{layout.row}h-{width}z"


def _touch(layout: Layout) -> str:
    """Return what shows its numbers where it is pointed at, or reached by Tab, in the order of computation."""
    cell = layout.cell
    rows = [_answer(_ground(layout, key), spoken_row(cell, key), panel_of_key(layout, key))
            for key in range(cell.record.n_tokens)]
    vectors = {step: _answer(_box(layout, step), spoken_vector(cell, step), panel_of_vector(layout, step))
               for step in VECTORS}
    parts = [vectors["inputs"], vectors["query"], *rows, vectors["context"], *(vectors[step] for step in AFTER)]
    hint = label(layout.right, layout.panel - 12, say("neurons.hint"), "small muted end")
    return f'<style>{_TOUCH_RULES}</style><g class="touch">{"".join(parts)}</g>{hint}'


def _answer(path: str, words: str, panel: str) -> str:
    return (f'<g class="r" tabindex="0" role="img" aria-label="{escape(words)}"><path class="o" d="{path}"/>'
            f"{panel}</g>")


def _box(layout: Layout, step: str) -> str:
    """Return the path of the ground behind a strip, and behind its caption where that stands above."""
    left, top, width = layout.strip(step)
    rise = 16 if width > STRIP else 3
    width, height = number(width + 8), THIN + rise + 3
    return f"M{number(left - 4)} {number(top - rise)}h{width}v{height}h-{width}z"
