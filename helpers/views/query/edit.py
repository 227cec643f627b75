"""A query with one of its numbers moved, and the row of weights that it makes."""

import math
from dataclasses import dataclass, field

import numpy as np
from torch import Tensor

from ...attention import attention_scores, attention_weights
from ...models.records import AttentionRecord
from ...text import CourseError
from ..heads.selection import whole
from ..neurons.cell import Cell, rounded, select

STEPS = ("query", "scores", "weights")
MOST = 1000.0


@dataclass(frozen=True, eq=False)
class Edit:
    """One number of one query, moved.

    Attributes:
        cell: the attention cell as the model computed it.
        neuron: which number of the query, from 0.
        change: what is added to it.
        query: (d_head,), the query now.
        scores, weights: (key,), what it makes.
    """

    cell: Cell
    neuron: int
    change: float
    query: Tensor = field(repr=False)
    scores: Tensor = field(repr=False)
    weights: Tensor = field(repr=False)

    def before(self, step: str) -> np.ndarray:
        """Return "query", "scores" or "weights" as the model computed it, rounded."""
        return self.cell.numbers[step]

    def after(self, step: str) -> np.ndarray:
        """Return "query", "scores" or "weights" as it is now, rounded."""
        return rounded(getattr(self, step))

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
                "key_numbers": self.key_numbers.tolist(), "row": self.weights.tolist()}


def edited(record: AttentionRecord, place: tuple[int, int, int], neuron: int | None, change: float) -> Edit:
    """Move one number of the query at `place`, (layer, head, token), and compute its row of weights again.

    Args:
        neuron: None takes the one that adds most to the largest score.

    Raises:
        CourseError: for a record without queries and keys, a place or neuron that it does not have, or a change that
            is no number.
    """
    layer, head, token = place
    cell = select(record, token, layer, head, None)
    steps = cell.steps
    neuron = int(steps.products[cell.key].argmax()) if neuron is None else _checked_neuron(neuron, record.d_head)
    query = steps.query.clone()                                                    # (d_head,)
    query[neuron] += _checked_change(change)
    scores = attention_scores(query, steps.keys).masked_fill(steps.scores == -math.inf, -math.inf)
    return Edit(cell, neuron, float(change), query, scores, attention_weights(scores))


def _checked_neuron(got: object, d_head: int) -> int:
    try:
        return whole(got, d_head, "views.query")
    except CourseError:
        raise CourseError("query.no_neuron", got=f"{got!r:.40}", last=d_head - 1) from None


def _checked_change(got: object) -> float:
    known = isinstance(got, int | float | np.number) and not isinstance(got, bool)
    if not known or not abs(got) <= MOST:
        raise CourseError("query.change", got=f"{got!r:.40}", most=f"{MOST:g}")
    return float(got)
