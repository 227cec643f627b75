"""How much each token matters for a prediction: a row for each measure, a column for each token."""

from dataclasses import dataclass

from torch import Tensor

from ..asked import short
from ..heads.agreement import spearman
from ..heads.importance import MEASURES, Importance
from ..text import CourseError, say
from .kit import scoped
from .svg import CELL, cells, clip, label, number, visible, wrap
from .theme import FINE, NEGATIVE, POSITIVE, SMALL
from .view import View

MARGIN, TOP, ROW, SIDE, ORDER = 24, 92, 34, 176, 64
LEAST, MOST, MOST_TOKENS, LONGEST, DIGITS, LINE = 46, 92, 40, 10, 3, 17
RULES = scoped("importance", f"""
.for{{fill:{POSITIVE}}}
.against{{fill:{NEGATIVE}}}
.edge{{fill:none;stroke:currentColor;stroke-opacity:.25}}
.best{{fill:none;stroke:currentColor;stroke-width:2}}
.tiny{{font-size:{FINE}px;font-variant-numeric:tabular-nums}}
""")


def view_importance(importance: Importance, layer: int | None = None, head: int | None = None) -> View:
    """Draw what each measure says of each token: blue speaks for the prediction, orange against it.

    Args:
        importance: of one prediction; `helpers.heads.measure_importance` makes it.
        layer: of weights, value lengths and rollout; None for the mean of all layers.
        head: of weights and value lengths; None for all heads together.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (tokens, scores by measure, the correlation of each order with ablation's),
        `.save(path)`.

    Raises:
        CourseError: for anything else, for a layer or a head that is not there, or for more than forty tokens.
    """
    if not isinstance(importance, Importance):
        raise CourseError("importance.not_measured", got=short(type(importance).__name__))
    if len(importance.places) > MOST_TOKENS:
        raise CourseError("importance.too_many", most=MOST_TOKENS, n=len(importance.places))
    table = _Table(importance, importance.scores(layer, head), layer, head)
    return View(table.sentence(), table.data(), table.title, "importance", table.size, table.draw(), rules=RULES)


@dataclass(frozen=True, eq=False)
class _Table:
    """What is drawn."""

    importance: Importance
    scores: dict[str, Tensor]
    layer: int | None
    head: int | None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens as they can be shown."""
        return tuple(visible(token) for token in self.importance.tokens)

    @property
    def orders(self) -> dict[str, float]:
        """How like each measure's order is to ablation's; NaN where there is none."""
        if len(self.tokens) < 2:
            return {}
        return {name: spearman(score, self.scores["ablation"]) for name, score in self.scores.items()}

    @property
    def width(self) -> float:
        """How wide a column is: as wide as its longest token needs."""
        return min(max(LEAST, max(cells(clip(token, LONGEST)) for token in self.tokens) * 7.2 + 12), MOST)

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) in pixels."""
        return self._across, TOP + ROW * len(self.scores) + 22 + LINE * len(self._note)

    @property
    def _across(self) -> float:
        return max(SIDE + self.width * len(self.tokens) + ORDER + MARGIN, 420)

    @property
    def _note(self) -> list[str]:
        return wrap(say("importance.note"), int((self._across - 2 * MARGIN) / (CELL * SMALL)))

    @property
    def title(self) -> str:
        """The heading: which prediction."""
        return say("importance.title", answer=visible(self.importance.answer),
                   probability=f"{self.importance.probability:.2f}")

    @property
    def chosen(self) -> str:
        """Which layer and head, in words."""
        layer = say("importance.all_layers") if self.layer is None else say("importance.layer", layer=self.layer)
        return layer + (say("importance.all_heads") if self.head is None else say("importance.head", head=self.head))

    def sentence(self) -> str:
        """Return what each measure holds most important."""
        best = [say("importance.best", measure=say(f"importance.{name}"), token=self.tokens[int(score.argmax())])
                for name, score in self.scores.items()]
        return say("importance.text", title=self.title, chosen=self.chosen, best=say("views.comma").join(best))

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""
        return {"tokens": list(self.tokens),
                "scores": {name: [round(one, DIGITS) + 0.0 for one in score.tolist()]
                           for name, score in self.scores.items()},
                "order": {name: None if one != one else round(one, 2) for name, one in self.orders.items()}}

    def draw(self) -> str:
        """Draw heading, tokens, a row a measure, and what stands below."""
        head = "".join(label(self._left(place) + self.width / 2, TOP - 10, clip(token, LONGEST), "mid")
                       for place, token in enumerate(self.tokens))
        beside = self._left(len(self.tokens)) + ORDER / 2 + 6
        order = label(beside, TOP - 10, say("importance.order"), "small mid muted")
        names = [name for name in MEASURES if name in self.scores]
        rows = "".join(self._row(name, TOP + ROW * at) for at, name in enumerate(names))
        bottom = TOP + ROW * len(names) + 24
        note = "".join(label(MARGIN, bottom + LINE * at, line, "small muted") for at, line in enumerate(self._note))
        return (label(MARGIN, 32, self.title, "title") + label(MARGIN, 54, self.chosen, "small muted")
                + head + order + rows + note)

    def _left(self, place: int) -> float:
        return SIDE + self.width * place

    def _row(self, name: str, top: float) -> str:
        score, order = self.scores[name], self.orders.get(name, float("nan"))
        said = "" if order != order or name == "ablation" else _figure(order)
        most = max(score.abs().max().item(), 1e-12)
        boxes = "".join(self._cell(place, top, one, abs(one) / most) for place, one in enumerate(score.tolist()))
        x, y = number(self._left(int(score.argmax())) + 1), number(top + 1)
        best = (f'<rect class="best" x="{x}" y="{y}" width="{number(self.width - 2)}" height="{ROW - 2}" rx="3"/>')
        return (label(SIDE - 8, top + ROW / 2 + 4, say(f"importance.{name}"), "small end") + boxes + best
                + label(self._left(len(self.tokens)) + ORDER / 2 + 6, top + ROW / 2 + 4, said, "small mid"))

    def _cell(self, place: int, top: float, score: float, share: float) -> str:
        x, side = number(self._left(place)), "for" if score >= 0 else "against"
        box = f'x="{x}" y="{number(top)}" width="{number(self.width)}" height="{ROW}"'
        return (f'<rect class="{side}" {box} fill-opacity="{0.5 * share:.2f}"/><rect class="edge" {box}/>'
                + label(self._left(place) + self.width / 2, top + ROW / 2 + 4, _figure(score), "tiny mid"))


def _figure(score: float) -> str:
    """Return a score as short as a cell needs it; no negative zero."""
    digits = 1 if abs(score) >= 10 else 2
    return f"{round(score, digits) + 0.0:.{digits}f}".replace("-", "−")
