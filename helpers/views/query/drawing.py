"""Draw a query before and after, and below it a row for every key."""

from functools import cached_property

from ...text import say
from ..kit import MARGIN, TITLE_TOP, Drawn, box, scoped, token_label, token_name
from ..neurons.drawing import PALETTE, diverging
from ..neurons.shown import in_figures
from ..raster import SHARP, raster
from ..svg import CELL, cells, label, number
from ..theme import TEXT, head_class
from .shown import Shown

THIN, STRIP_TOP, STRIP_STEP, HEADER, TOP = 16, 74, 28, 158, 182
NUMBER, BAR, GAP, LONGEST_TOKEN = 64, 220, 26, 16
MANY, ROOMY, DENSE = 32, (20, 13), (15, 11)
BOLD = 14.5  # the width of a heading's letters, in the units in which a text of 13 pixels is measured
FAINT = 0.005
RULES = scoped("query", SHARP + """
.num{font-variant-numeric:tabular-nums;text-anchor:end}
.head{font-weight:600}
.now{fill:currentColor;fill-opacity:.85}
.was{fill:none;stroke:currentColor;stroke-width:1.2}
.edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.chosen{fill:none;stroke:currentColor;stroke-width:2}
""")


class Layout:
    """Where everything stands in the picture, in pixels."""

    def __init__(self, shown: Shown):
        self.shown = shown
        self.names = [token_name(token, LONGEST_TOKEN) for token in shown.cell.record.tokens]
        self.row, self.font = ROOMY if len(self.names) <= MANY else DENSE
        self.bottom = TOP + self.row * len(self.names)
        self.height = self.bottom + 42

    @cached_property
    def left(self) -> float:
        """Where names end and numbers begin."""
        widths = [cells(say(f"query.{name}")) for name in ("before", "after")] + [*map(cells, self.names)]
        return round(MARGIN + max(widths) * CELL * TEXT + 12)

    @property
    def bars(self) -> float:
        """Where the bars begin."""
        return self.left + 3 * NUMBER + GAP

    @property
    def ends(self) -> dict[str, float]:
        """Where each column of numbers ends."""
        return {"number": self.left + NUMBER - 10, "score_was": self.left + 2 * NUMBER,
                "score_now": self.left + 3 * NUMBER, "weight_was": self.bars + BAR + NUMBER - 8,
                "weight_now": self.right}

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.bars + BAR + 2 * NUMBER - 8


def draw(shown: Shown) -> Drawn:
    """Draw the query twice, and a row for every key."""
    layout = Layout(shown)
    record = shown.cell.record
    how = say("query.how", neuron=shown.neuron, d_head=record.d_head, change=in_figures(shown.change),
              root=in_figures(record.d_head ** 0.5))
    parts = [label(MARGIN, TITLE_TOP, shown.title(), "title"), _strip(layout, "before", 0), _strip(layout, "after", 1),
             _moved(layout), _header(layout), *(_row(layout, key) for key in range(record.n_tokens)),
             label(MARGIN, layout.bottom + 26, how, "small muted")]
    return Drawn("".join(parts), (layout.right + MARGIN, layout.height))


def _strip(layout: Layout, when: str, order: int) -> str:
    """Draw the query as a strip of cells in two colours, and a frame around the number that moves."""
    shown, top, width = layout.shown, STRIP_TOP + STRIP_STEP * order, layout.right - layout.left
    numbers, cell = getattr(shown, when)("query"), width / len(shown.now.query)
    colours = diverging(numbers, float(abs(shown.before("query")).max()))[None]
    return (label(layout.left - 8, top + 12, say(f"query.{when}"), "end")
            + raster(layout.left, top, (width, THIN), colours, PALETTE) + _frame("edge", layout.left, top, width, THIN)
            + _frame("chosen", layout.left + cell * shown.neuron, top - 2, cell, THIN + 4))


def _frame(name: str, x: float, y: float, width: float, height: float) -> str:
    return f'<path class="{name}" d="{box(x, y, width, height)}"/>'


def _moved(layout: Layout) -> str:
    """Write above its frame which number moves, and from where to where."""
    shown = layout.shown
    was, now = (in_figures(numbers[shown.neuron]) for numbers in (shown.before("query"), shown.after("query")))
    middle = layout.left + (layout.right - layout.left) * (shown.neuron + 0.5) / len(shown.now.query)
    words = say("query.moved", neuron=shown.neuron, was=was, now=now)
    half = cells(words) * CELL * BOLD / 2
    place = min(max(middle, layout.left + half), layout.right - half)
    return label(place, STRIP_TOP - 10, words, "mid head")


def _header(layout: Layout) -> str:
    ends = layout.ends
    names = [label(ends["number"], HEADER, say("query.number", neuron=layout.shown.neuron), "head end"),
             label(layout.bars + BAR / 2, HEADER, say("query.bars"), "small muted mid")]
    for step in ("score", "weight"):
        names += [label(ends[f"{step}_was"] + 14, HEADER - 16, say(f"query.{step}"), "head mid"),
                  *(label(ends[f"{step}_{when}"], HEADER, say(f"query.{when}"), "small muted end")
                    for when in ("was", "now"))]
    return "".join(names) + f'<path class="edge" d="M{number(layout.bars)} {TOP}V{layout.bottom}"/>'


def _row(layout: Layout, key: int) -> str:
    """Write a key's numbers and draw its weight as two bars, the old one in outline, the new one filled."""
    shown, y, name = layout.shown, TOP + layout.row * (key + 0.5), layout.names[key]
    numbers = {"number": shown.key_numbers[key], "score_was": shown.before("scores")[key],
               "score_now": shown.after("scores")[key], "weight_was": shown.before("weights")[key],
               "weight_now": shown.after("weights")[key]}
    line = y + 0.36 * layout.font
    written = "".join(label(layout.ends[column], line, in_figures(value), "num") for column, value in numbers.items())
    thick = layout.row - 8
    bars = ((f"now {head_class(shown.cell.head)}", numbers["weight_now"], thick),
            ("was", numbers["weight_was"], thick + 4))
    drawn = "".join(_frame(look, layout.bars, y - height / 2, BAR * weight, height)
                    for look, weight, height in bars if weight >= FAINT)
    return f'<g font-size="{layout.font}">{token_label(layout.left - 8, line, name, "end")}{written}</g>{drawn}'
