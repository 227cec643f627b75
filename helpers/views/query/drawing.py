"""Draw a query before and after, and below it a row for every key."""

from functools import cached_property

from ...text import say
from ..neurons.drawing import PALETTE, diverging
from ..neurons.shown import heading, in_figures
from ..raster import SHARP, raster
from ..svg import CELL, cells, clip, is_special, label, number, visible
from ..theme import TEXT, head_class
from .shown import Edit

MARGIN, THIN, STRIP_TOP, STRIP_STEP, HEADER, TOP = 20, 16, 74, 28, 158, 182
NUMBER, BAR, GAP, LONGEST_TOKEN = 64, 220, 26, 16
MANY, ROOMY, DENSE = 32, (20, 13), (15, 11)
BOLD = 14.5  # the width of a heading's letters, in the units in which a text of 13 pixels is measured
FAINT = 0.005
RULES = f".sav-query {SHARP}" + """
.sav-query .num{font-variant-numeric:tabular-nums;text-anchor:end}
.sav-query .head{font-weight:600}
.sav-query .now{fill:currentColor;fill-opacity:.85}
.sav-query .was{fill:none;stroke:currentColor;stroke-width:1.2}
.sav-query .edge{fill:none;stroke:currentColor;stroke-opacity:.35}
.sav-query .chosen{fill:none;stroke:currentColor;stroke-width:2}
"""


class Layout:
    """Where everything stands in the picture of one edit, in pixels."""

    def __init__(self, edit: Edit):
        self.edit = edit
        self.names = [clip(visible(token), LONGEST_TOKEN) for token in edit.cell.record.tokens]
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


def draw(edit: Edit) -> tuple[str, tuple[float, float]]:
    """Return the picture's elements and its (width, height)."""
    layout = Layout(edit)
    record = edit.cell.record
    how = say("query.how", neuron=edit.neuron, d_head=record.d_head, change=in_figures(edit.change),
              root=in_figures(record.d_head ** 0.5))
    parts = [label(MARGIN, 33, heading(edit.cell), "title"), _strip(layout, "before", 0), _strip(layout, "after", 1),
             _moved(layout), _header(layout), *(_row(layout, key) for key in range(record.n_tokens)),
             label(MARGIN, layout.bottom + 26, how, "small muted")]
    return "".join(parts), (layout.right + MARGIN, layout.height)


def _strip(layout: Layout, when: str, order: int) -> str:
    """Draw the query as a strip of cells in two colours, and a frame around the number that moves."""
    edit, top, width = layout.edit, STRIP_TOP + STRIP_STEP * order, layout.right - layout.left
    numbers, cell = getattr(edit, when)("query"), width / len(edit.now.query)
    colours = diverging(numbers, float(abs(edit.before("query")).max()))[None]
    return (label(layout.left - 8, top + 12, say(f"query.{when}"), "end")
            + raster(layout.left, top, (width, THIN), colours, PALETTE) + _frame("edge", layout.left, top, width, THIN)
            + _frame("chosen", layout.left + cell * edit.neuron, top - 2, cell, THIN + 4))


def _frame(name: str, x: float, y: float, width: float, height: float) -> str:
    return f'<path class="{name}" d="M{number(x)} {number(y)}h{number(width)}v{number(height)}h-{number(width)}z"/>'


def _moved(layout: Layout) -> str:
    """Write above its frame which number moves, and from where to where."""
    edit = layout.edit
    was, now = (in_figures(numbers[edit.neuron]) for numbers in (edit.before("query"), edit.after("query")))
    middle = layout.left + (layout.right - layout.left) * (edit.neuron + 0.5) / len(edit.now.query)
    words = say("query.moved", neuron=edit.neuron, was=was, now=now)
    half = cells(words) * CELL * BOLD / 2
    place = min(max(middle, layout.left + half), layout.right - half)
    return label(place, STRIP_TOP - 10, words, "mid head")


def _header(layout: Layout) -> str:
    ends = layout.ends
    names = [label(ends["number"], HEADER, say("query.number", neuron=layout.edit.neuron), "head end"),
             label(layout.bars + BAR / 2, HEADER, say("query.bars"), "small muted mid")]
    for step in ("score", "weight"):
        names += [label(ends[f"{step}_was"] + 14, HEADER - 16, say(f"query.{step}"), "head mid"),
                  *(label(ends[f"{step}_{when}"], HEADER, say(f"query.{when}"), "small muted end")
                    for when in ("was", "now"))]
    return "".join(names) + f'<path class="edge" d="M{number(layout.bars)} {TOP}V{layout.bottom}"/>'


def _row(layout: Layout, key: int) -> str:
    """Write a key's numbers and draw its weight as two bars, the old one in outline, the new one filled."""
    edit, y, name = layout.edit, TOP + layout.row * (key + 0.5), layout.names[key]
    numbers = {"number": edit.key_numbers[key], "score_was": edit.before("scores")[key],
               "score_now": edit.after("scores")[key], "weight_was": edit.before("weights")[key],
               "weight_now": edit.after("weights")[key]}
    line = y + 0.36 * layout.font
    written = "".join(label(layout.ends[column], line, in_figures(value), "num") for column, value in numbers.items())
    special = " special" if is_special(name) else ""
    thick = layout.row - 8
    bars = ((f"now {head_class(edit.cell.head)}", numbers["weight_now"], thick),
            ("was", numbers["weight_was"], thick + 4))
    drawn = "".join(_frame(look, layout.bars, y - height / 2, BAR * weight, height)
                    for look, weight, height in bars if weight >= FAINT)
    return f'<g font-size="{layout.font}">{label(layout.left - 8, line, name, "end" + special)}{written}</g>{drawn}'
