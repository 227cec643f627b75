"""Where everything in a neuron view stands, and the SVG of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...text import say
from .. import kit
from ..heads.shown import name_of
from ..kit import LINE, MARGIN, Drawn
from ..raster import SHARP, raster, shades
from ..svg import CELL, cells, label, number, wrap
from ..theme import FINE, MONO, NEGATIVE, POSITIVE, head_class
from .shown import Shown, caption, check, in_figures, largest, spoken_row, spoken_vector

GAP = 18
STRIP, THIN = 160, 14
NUMBER, BAR, WEIGHT = 56, 60, 38
LONGEST_TOKEN = 16
A_LINE, SMALL_LINE = 4, 12
BLOCK = 36
INPUT_TOP, QUERY_TOP, HEADER, TOP = 66, 94, 136, 160
AFTER = ("share", "attention_output", "residual_sum", "attended")
_ROWS = ((16, 20, 13), (32, 17, 12), (64, 15, 11))
_FULL = (13, 10)


@dataclass(frozen=True)
class Layout:
    """The measures of one neuron view, in pixels.

    Attributes:
        shown: what is shown.
    """

    shown: Shown

    @cached_property
    def _row_and_font(self) -> tuple[int, int]:
        n = self.shown.record.n_tokens
        return kit.fitting(n, _ROWS, _FULL)

    @property
    def row(self) -> int:
        """The height of a key's row."""
        return self._row_and_font[0]

    @property
    def font(self) -> int:
        """The size of a token's name and numbers."""
        return self._row_and_font[1]

    @cached_property
    def names(self) -> list[str]:
        """The tokens as they are written."""
        return [kit.token_name(token, LONGEST_TOKEN) for token in self.shown.record.tokens]

    @cached_property
    def left(self) -> float:
        """Where the strips begin: right of the tokens' names."""
        widest = max(map(cells, [*self.names, say("neurons.sum_name")]))
        return round(MARGIN + max(widest * CELL * self.font, 24) + 12)

    @cached_property
    def columns(self) -> dict[str, float]:
        """Where each column begins; a column of numbers is known by where it ends."""
        products = self.left + STRIP + GAP
        dots = products + STRIP + NUMBER
        bars = dots + NUMBER + 16
        values = bars + BAR + WEIGHT + GAP
        return {"keys": self.left, "products": products, "dot_products": dots, "scores": dots + NUMBER, "bars": bars,
                "weights": bars + BAR + WEIGHT, "values": values, "weighted_values": values + STRIP + GAP}

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.columns["weighted_values"] + STRIP

    @property
    def width(self) -> float:
        """The width of the picture."""
        return self.right + MARGIN

    def middle(self, key: int) -> float:
        """Return the middle of a key's row."""
        return TOP + self.row * (key + 0.5)

    @property
    def sum_top(self) -> float:
        """Where the row of sums begins."""
        return TOP + self.row * self.shown.record.n_tokens + 8

    @property
    def panel(self) -> float:
        """Where the numbers of one row begin."""
        return self.sum_top + THIN + 32

    @property
    def panel_lines(self) -> int:
        """How many lines the numbers of one vector fill."""
        return max(-(-self.shown.record.d_head // A_LINE), 2)

    @property
    def after(self) -> dict[str, float]:
        """Where the strip of each step after the context begins."""
        top = self.panel + 8 + SMALL_LINE * self.panel_lines + 30
        return {name: top + BLOCK * order for order, name in enumerate(AFTER)}

    @property
    def bottom(self) -> float:
        """Where the last strip ends."""
        return self.after[AFTER[-1]] + THIN

    @cached_property
    def reading(self) -> list[str]:
        """The check and how to read the picture, in lines that fit."""
        most = kit.room(self.width - 2 * MARGIN)
        return [*wrap(check(self.shown), most), *wrap(say("neurons.caption"), most)]

    @property
    def height(self) -> float:
        """The height of the picture."""
        return self.bottom + 14 + LINE * len(self.reading) + 10

    def strip(self, step: str) -> tuple[float, float, float]:
        """Return where the strip of a step lies: left, top, width."""
        if step == "query":
            return self.left, QUERY_TOP, STRIP
        if step == "context":
            return self.columns["weighted_values"], self.sum_top, STRIP
        return self.left, self.after.get(step, INPUT_TOP), self.right - self.left

    def caption_place(self, step: str) -> tuple[float, float, str]:
        """Return where a strip's caption stands: x, y and its alignment."""
        left, top, _ = self.strip(step)
        if step == "query":
            return self.columns["products"], top + 11, ""
        if step == "context":
            return left - GAP + 4, top + 11, " end"
        return left, top - 5, ""

    def caption(self, step: str) -> str:
        """Return a strip's caption."""
        return caption(self.shown, step)


_BLANK = "\u00a0"
_WIDTH = 6


def panel_of_key(layout: Layout, key: int) -> str:
    """Write out a key's row: its vectors to two digits, its dot product, score and weight to four."""
    numbers, y = layout.shown.numbers, layout.panel + 8
    blocks = "".join(_block(layout.columns[step], y, numbers[step][key])
                     for step in ("keys", "products", "values", "weighted_values"))
    scalars = "".join(label(layout.columns[step], y, in_figures(numbers[step][key], 4), "n end")
                      for step in ("dot_products", "scores", "weights"))
    return _heading(layout, say("neurons.numbers_of", token=name_of(layout.shown.record, key))) + blocks + scalars


def panel_of_vector(layout: Layout, step: str) -> str:
    """Write out the query or the context; of a longer vector its largest numbers."""
    y = layout.panel + 8
    if step in ("query", "context"):
        column = {"query": "keys", "context": "weighted_values"}[step]
        return (_heading(layout, say(f"neurons.{step}_numbers"))
                + _block(layout.columns[column], y, layout.shown.numbers[step]))
    return kit.lines(MARGIN, y, wrap(largest(layout.shown, step), kit.room(layout.right - MARGIN)), "small", 15)


def _heading(layout: Layout, words: str) -> str:
    return label(MARGIN, layout.panel - 12, words, "small head")


def _block(x: float, y: float, vector: np.ndarray) -> str:
    """Write a vector's numbers, four in a line."""
    fours = "".join(f'<text y="{SMALL_LINE * order}">{four}</text>' for order, four in enumerate(_fours(vector)))
    return f'<g class="n" transform="translate({number(x - 3)} {number(y)})">{fours}</g>'


def _fours(vector: np.ndarray) -> Iterable[str]:
    words = [f"{value:{_WIDTH}.2f}" for value in (vector.round(2) + 0.0).tolist()]
    fours = (" ".join(words[start:start + A_LINE]) for start in range(0, len(words), A_LINE))
    return (four.replace(" ", _BLANK).replace("-", "−") for four in fours)


STEPS = 7
GROUND = 2 * STEPS + 1
PALETTE = [*shades(POSITIVE, STEPS), *shades(NEGATIVE, STEPS), (128, 128, 128, 26)]
FULL = 0.97
VECTORS = ("inputs", "query", "context", *AFTER)
RULES = kit.scoped("neurons", SHARP + f".n{{font-family:{MONO};font-size:{FINE}px}}" + """
.num{font-variant-numeric:tabular-nums;text-anchor:end}
.bar{fill:currentColor;fill-opacity:.85}
.edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.key{fill:currentColor;fill-opacity:.08}
.head{font-weight:600}
.still{pointer-events:none}
""")
TOUCH_RULES = kit.touch_rules("neurons", ".r", """&{min-width:780px}
.r{outline:none}
.r .o{fill:currentColor;fill-opacity:0;pointer-events:all}
.touch:is(:hover,:focus-within)~.fades{display:none}
""")


def diverging(numbers: np.ndarray, full: float) -> np.ndarray:
    """Return the colour of each number: 1 to 7 positive, 8 to 14 negative, the more the stronger; 15 about zero."""
    steps = np.rint(STEPS * np.abs(numbers) / (full or 1)).clip(0, STEPS).astype(np.uint8)
    return np.where(steps == 0, GROUND, np.where(numbers < 0, steps + STEPS, steps))


def draw(shown: Shown) -> Drawn:
    """Draw every step from the token's vector to its new one."""
    layout = Layout(shown)
    still = (_header(layout) + _columns(layout)
             + "".join(_table(layout, step) for step in ("keys", "products", "values", "weighted_values"))
             + "".join(_row(layout, key) for key in range(shown.record.n_tokens)) + _bars(layout)
             + "".join(_vector(layout, step) for step in VECTORS) + _sums(layout) + _reading(layout))
    chosen = f'<path class="key" d="{_ground(layout, shown.key)}"/>{panel_of_key(layout, shown.key)}'
    return Drawn(f'<g class="still fades">{chosen}</g><g class="still">{still}</g>', (layout.width, layout.height),
                 _touch(layout))


def _full(shown: Shown, step: str) -> float:
    """Return the number from which a step has its full colour, so that a few large ones do not blanch all others."""
    return float(np.quantile(np.abs(shown.numbers[step]), FULL).round(2))


def _table(layout: Layout, step: str) -> str:
    """Draw one column of strips, a row a key, as one picture."""
    colours = diverging(layout.shown.numbers[step], _full(layout.shown, step))
    spaced = np.zeros((len(colours), layout.row, colours.shape[1]), np.uint8)
    spaced[:, 1:-1] = colours[:, None]
    size = STRIP, layout.row * len(colours)
    return raster(layout.columns[step], layout.middle(0) - layout.row / 2, size, spaced.reshape(-1, colours.shape[1]),
                  PALETTE)


def _vector(layout: Layout, step: str) -> str:
    """Draw one vector as a strip, with its caption and its scale."""
    left, top, width = layout.strip(step)
    colours = diverging(layout.shown.numbers[step], _full(layout.shown, step))[None]
    x, y, end = layout.caption_place(step)
    frame = f'<path class="edge" d="{kit.box(left, top, width, THIN)}"/>'
    scale = label(layout.right, y, f"±{_full(layout.shown, step):.2f}", "small muted end") \
        if width > STRIP else ""
    return (raster(left, top, (width, THIN), colours, PALETTE) + frame + scale
            + label(x, y, layout.caption(step), f"small{end}"))


def _header(layout: Layout) -> str:
    names = "".join(label(layout.left - 8, layout.strip(step)[1] + 11, say(f"neurons.{name}"), "end head")
                    for step, name in (("inputs", "input_name"), ("query", "query_name")))
    return kit.header(layout.shown.title(), layout.width, layout.shown.record.model_name) + names


def _columns(layout: Layout) -> str:
    """Name the columns, and below each name say its scale or how it is made."""
    shown, parts = layout.shown, []
    names = {"keys": "key", "products": "product", "values": "value", "weighted_values": "weighted"}
    for step, name in names.items():
        x = layout.columns[step]
        parts += [label(x, HEADER, say(f"neurons.{name}"), "head"),
                  label(x + STRIP, HEADER, f"±{_full(shown, step):.2f}", "small muted end")]
    d_head = shown.record.d_head
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
    numbers = "".join(label(layout.columns[step], y, in_figures(layout.shown.numbers[step][key]), "num")
                      for step in ("dot_products", "scores", "weights"))
    return f'<g font-size="{layout.font}">{kit.token_label(layout.left - 8, y, name, "end")}{numbers}</g>'


def _bars(layout: Layout) -> str:
    """Draw the weights as bars, 1 being the whole width, in the head's colour."""
    x, height = layout.columns["bars"], layout.row - 6
    bars = "".join(kit.box(x, layout.middle(key) - height / 2, BAR * weight, height)
                   for key, weight in enumerate(layout.shown.numbers["weights"]) if weight >= 0.005)
    last = layout.middle(layout.shown.record.n_tokens - 1) + layout.row / 2
    axis = f"M{number(x)} {number(layout.middle(0) - layout.row / 2)}V{number(last)}"
    return f'<path class="bar {head_class(layout.shown.head)}" d="{bars}"/><path class="edge" d="{axis}"/>'


def _sums(layout: Layout) -> str:
    """Write the row of sums: the weights are 1 together."""
    y = layout.sum_top
    line = f"M{number(layout.left)} {number(y - 4)}H{number(layout.right)}"
    total = float(layout.shown.steps.weights.sum())
    return (f'<path class="edge" d="{line}"/>{label(layout.left - 8, y + 11, say("neurons.sum_name"), "end head")}'
            + label(layout.columns["weights"], y + 11, f"{total:.2f}", "num"))


def _reading(layout: Layout) -> str:
    top = layout.bottom + 26
    return kit.lines(MARGIN, top, layout.reading[:1], "small") + kit.lines(MARGIN, top + LINE, layout.reading[1:])


def _ground(layout: Layout, key: int) -> str:
    """Return the path of the ground behind a key's row."""
    return kit.box(MARGIN - 4, layout.middle(key) - layout.row / 2, layout.right - MARGIN + 8, layout.row)


def _touch(layout: Layout) -> str:
    """Return what shows its numbers where it is pointed at, or reached by Tab, in the order of computation."""
    shown = layout.shown
    rows = [_answer(_ground(layout, key), spoken_row(shown, key), panel_of_key(layout, key))
            for key in range(shown.record.n_tokens)]
    vectors = {step: _answer(_box(layout, step), spoken_vector(shown, step), panel_of_vector(layout, step))
               for step in VECTORS}
    parts = [vectors["inputs"], vectors["query"], *rows, vectors["context"], *(vectors[step] for step in AFTER)]
    hint = label(layout.right, layout.panel - 12, say("neurons.hint"), "small muted end")
    return kit.touchable(TOUCH_RULES, parts, hint)


def _answer(path: str, words: str, panel: str) -> str:
    return kit.answer("r", words, f'<path class="o" d="{path}"/>{panel}')


def _box(layout: Layout, step: str) -> str:
    """Return the path of the ground behind a strip, and behind its caption where that stands above."""
    left, top, width = layout.strip(step)
    rise = 16 if width > STRIP else 3
    return kit.box(left - 4, top - rise, width + 8, THIN + rise + 3)
