"""What the picture of an edited query is asked to show: checked, traced and moved."""

from dataclasses import dataclass, field

import numpy as np

from ...models.edit import EditedQuery, edit_query
from ...models.records import AttentionRecord
from ...text import say
from ..heads.shown import name_of
from ..neurons import shown as neurons
from ..neurons.shown import in_figures, rounded

STEPS = ("query", "scores", "weights")


@dataclass(frozen=True, eq=False)
class Shown:
    """One number of one query, moved.

    Attributes:
        cell: the attention cell as the model computed it.
        now: its query with one number moved, and what that makes.
    """

    cell: neurons.Shown
    now: EditedQuery = field(repr=False)

    @property
    def neuron(self) -> int:
        """Which number of the query is moved, from 0."""
        return self.now.neuron

    @property
    def change(self) -> float:
        """What is added to it."""
        return self.now.change

    def before(self, step: str) -> np.ndarray:
        """Return "query", "scores" or "weights" as the model computed it, rounded."""
        return self.cell.numbers[step]

    def after(self, step: str) -> np.ndarray:
        """Return "query", "scores" or "weights" as it is now, rounded."""
        return rounded(getattr(self.now, step))

    @property
    def key_numbers(self) -> np.ndarray:
        """Every key's number at this neuron, (key,), rounded."""
        return self.cell.numbers["keys"][:, self.neuron]

    def title(self) -> str:
        """Return the heading: the place of the cell."""
        return self.cell.title()

    def sentence(self) -> str:
        """Say which number moved, whose weight moved most, and who has most now."""
        was, now = self.before("weights"), self.after("weights")
        moved, best = int(np.abs(now - was).argmax()), int(now.argmax())
        facts = {"title": self.title(), "neuron": self.neuron, "d_head": self.cell.record.d_head,
                 "value": in_figures(self.before("query")[self.neuron]), "best": name_of(self.cell.record, best),
                 "weight": in_figures(now[best])}
        if not self.change:
            return say("query.unchanged", **facts)
        return say("query.changed", **facts, now=in_figures(self.after("query")[self.neuron]),
                   moved=name_of(self.cell.record, moved), moved_was=in_figures(was[moved]),
                   moved_now=in_figures(now[moved]))

    def data(self) -> dict:
        """Return the choices, the numbers before and after, and the row of weights, not rounded."""
        cell = self.cell
        return {"model": cell.record.model_name, "layer": cell.layer, "head": cell.head, "token": cell.token,
                "neuron": self.neuron, "change": self.change, "tokens": list(cell.record.tokens),
                "before": {step: self.before(step).tolist() for step in STEPS},
                "after": {step: self.after(step).tolist() for step in STEPS},
                "key_numbers": self.key_numbers.tolist(), "row": self.now.weights.tolist()}


def select(record: AttentionRecord, place: tuple[int, int, int], neuron: int | None, change: float) -> Shown:
    """Check the choices, trace the cell at `place`, (layer, head, token), and move one number of its query.

    Raises:
        CourseError: for a record without queries and keys, a place or neuron that it does not have, or a change that
            is no number.
    """
    layer, head, token = place
    cell = neurons.select(record, token, layer, head, None)
    return Shown(cell, edit_query(cell.steps, neuron, change))
