"""What the picture of an edited query is asked to show: checked, traced and moved."""

from dataclasses import dataclass, field

import numpy as np

from ...models.edit import EditedQuery, edit_query
from ...models.records import AttentionRecord
from ..neurons.shown import Cell, rounded, select

STEPS = ("query", "scores", "weights")


@dataclass(frozen=True, eq=False)
class Edit:
    """One number of one query, moved.

    Attributes:
        cell: the attention cell as the model computed it.
        now: its query with one number moved, and what that makes.
    """

    cell: Cell
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

    def data(self) -> dict:
        """Return the choices, the numbers before and after, and the row of weights, not rounded."""
        cell = self.cell
        return {"model": cell.record.model_name, "layer": cell.layer, "head": cell.head, "token": cell.token,
                "neuron": self.neuron, "change": self.change, "tokens": list(cell.record.tokens),
                "before": {step: self.before(step).tolist() for step in STEPS},
                "after": {step: self.after(step).tolist() for step in STEPS},
                "key_numbers": self.key_numbers.tolist(), "row": self.now.weights.tolist()}


def select_edit(record: AttentionRecord, place: tuple[int, int, int], neuron: int | None, change: float) -> Edit:
    """Check the choices, trace the cell at `place`, (layer, head, token), and move one number of its query.

    Raises:
        CourseError: for a record without queries and keys, a place or neuron that it does not have, or a change that
            is no number.
    """
    layer, head, token = place
    cell = select(record, token, layer, head, None)
    return Edit(cell, edit_query(cell.steps, neuron, change))
