"""When things form while a model is trained: what every head does, and how well the model does, step by step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..models.birth import TrainingRecord
from ..text import CourseError, say
from .kit import curve, place_of, scoped
from .svg import label, number
from .theme import SMALL, head_class
from .view import View

MARGIN, GAP, ACROSS = 24, 22, 3
WIDTH, HEIGHT = 229, 72                                      # of a panel
TOP, ROW = 74, 112                                           # of the first row of panels; from one row to the next
ORDER = ("induction", "previous", "begin", "next", "special", "aligned", "short", "inside_pairs", "loss_first_copy",
         "loss_second_copy", "bits_en", "bits_zh", "loss_zh", "loss_en")
TICKS = (0, 10, 100, 1_000, 10_000)
RULES = scoped("birth", f"""
path{{fill:none;stroke:currentColor}}
.axis{{stroke-opacity:.45}}
.rest{{stroke-opacity:.22}}
.line{{stroke-width:2.5;stroke-linejoin:round}}
.now{{stroke-opacity:.55;stroke-dasharray:3 3}}
.dot{{fill:currentColor}}
.tick{{font-size:{SMALL - 1}px}}
""")


def view_birth(training: TrainingRecord, *, layer: int, head: int, step: int | None = None) -> View:
    """Draw what formed when while a course model was trained: a panel for each thing that its heads were measured for,
    with one line a head, and a panel for each figure on held-out text.

    Args:
        training: what `load_training` returned.
        layer, head: the one drawn in colour, both from 0; in a translator a head of the cross-attention.
        step: the one that is marked, among those that were kept; None takes the last.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (steps, and all lines by panel), `.save(path)`.

    Raises:
        CourseError: for anything else, or a layer, head or step that there is not.
    """
    if not isinstance(training, TrainingRecord):
        raise CourseError("controls.not_a_training", got=type(training).__name__)
    step = training.steps[-1] if step is None else step
    at = training.at(step)
    n_layers, n_heads = next(iter(training.heads.values())).shape[1:]
    layer, head = place_of(layer, n_layers, "views.layer"), place_of(head, n_heads, "views.head")
    panels = [Panel(kind, tuple(map(tuple, shares.flatten(1).T.tolist())), layer * n_heads + head)
              for kind, shares in training.heads.items()]
    panels += [Panel(name, (line,), 0) for name, line in training.figures.items()]
    panels.sort(key=lambda panel: ORDER.index(panel.name))
    whose = say("birth.cross" if "cross" in training.texts[0].parts else "birth.self", layer=layer, head=head)
    title, names = say("birth.title", head=whose, step=f"{step:,}"), [panel.said(at) for panel in panels]
    drawn = "".join(_draw(place, panel, training.steps, at, head) for place, panel in enumerate(panels))
    bottom = TOP + ROW * math.ceil(len(panels) / ACROSS)
    data = {"step": step, "layer": layer, "head": head, "steps": list(training.steps),
            **{panel.name: [list(line) for line in panel.lines] for panel in panels}}
    return View(say("birth.text", title=title, figures=say("views.comma").join(names)), data, title, "birth",
                (2 * MARGIN + ACROSS * (WIDTH + GAP) - GAP, bottom + 14), label(MARGIN, 32, title, "title") + drawn
                + label(MARGIN, bottom, say("birth.note"), "small muted"), rules=RULES)


@dataclass(frozen=True)
class Panel:
    """One quantity against the steps of training.

    Attributes:
        name: as in `TrainingRecord.heads` or `TrainingRecord.figures`.
        lines: (line, step), one for each head, layer by layer, or one alone.
        chosen: which line is drawn in colour.
    """

    name: str
    lines: tuple[tuple[float, ...], ...]
    chosen: int

    @property
    def most(self) -> float:
        """The top of the axis: 1 for a share, a whole number above all losses and bits."""
        return float(math.ceil(max(map(max, self.lines)))) if self.name.startswith(("loss", "bits")) else 1.0

    def said(self, at: int) -> str:
        """Return what the panel shows, with the figure at one of the steps."""
        return say(f"birth.panel_{self.name}", figure=f"{self.lines[self.chosen][at]:.2f}")


def _draw(place: int, panel: Panel, steps: Sequence[int], at: int, head: int) -> str:
    """Draw a panel; the steps stand at their logarithms, so that the first ones can be told apart."""
    left, top = MARGIN + (WIDTH + GAP) * (place % ACROSS), TOP + ROW * (place // ACROSS)

    def across(step: float) -> float:
        return left + WIDTH * math.log1p(step) / math.log1p(steps[-1])

    def path(line: Sequence[float]) -> str:
        return curve((across(step), top + HEIGHT * (1 - value / panel.most))
                     for step, value in zip(steps, line, strict=True))

    line = panel.lines[panel.chosen]
    x, y = number(across(steps[at])), number(top + HEIGHT * (1 - line[at] / panel.most))
    ticks = "".join(label(across(tick), top + HEIGHT + 14, f"{tick:,}", "tick muted mid")
                    for tick in TICKS if tick <= steps[-1])
    rest = "".join(path(other) for place, other in enumerate(panel.lines) if place != panel.chosen)
    return (label(left, top - 8, panel.said(at), "small") + ticks
            + label(left - 5, top + 4, f"{panel.most:g}", "tick muted end")
            + f'<path class="axis" d="M{left} {top}v{HEIGHT}h{WIDTH}"/><path class="rest" d="{rest}"/>'
            f'<path class="now" d="M{x} {top}v{HEIGHT}"/><g class="{head_class(head)}">'
            f'<path class="line" d="{path(line)}"/><circle class="dot" cx="{x}" cy="{y}" r="4"/></g>')
