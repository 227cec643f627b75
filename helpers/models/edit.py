"""A query with one of its numbers moved, and the row of weights that it makes."""

import math
from dataclasses import dataclass

from torch import Tensor

from ..asked import number, place, short
from ..attention import attention_scores, attention_weights
from ..text import CourseError
from .trace import Trace

MOST_CHANGE = 1000.0


@dataclass(frozen=True, eq=False, repr=False)
class EditedQuery:
    """One query with one of its numbers moved.

    Attributes:
        neuron: which number of the query, from 0.
        change: what is added to it.
        query: (d_head,), the query now.
        scores, weights: (key,), what it makes; the keys are those of the run.
    """

    neuron: int
    change: float
    query: Tensor
    scores: Tensor
    weights: Tensor


def edit_query(steps: Trace, neuron: int | None, change: float) -> EditedQuery:
    """Move one number of a query and compute its row of weights again.

    Args:
        steps: the attention cell as the model computed it.
        neuron: which number, from 0; None takes the one that adds most to the score with the largest weight.
        change: what is added to it, -1000 to 1000.

    Raises:
        CourseError: for a neuron that there is not, or a change that is no number in this range.
    """
    if neuron is None:
        neuron = int(steps.products[int(steps.weights.argmax())].argmax())
    neuron, change = _checked_neuron(neuron, len(steps.query)), _checked_change(change)
    query = steps.query.clone()                                                    # (d_head,)
    query[neuron] += change
    scores = attention_scores(query, steps.keys).masked_fill(steps.scores == -math.inf, -math.inf)
    return EditedQuery(neuron, change, query, scores, attention_weights(scores))


def _checked_neuron(got: object, d_head: int) -> int:
    found = place(got, d_head)
    if found is None:
        raise CourseError("query.no_neuron", got=short(got), last=d_head - 1)
    return found


def _checked_change(got: object) -> float:
    found = number(got, -MOST_CHANGE, MOST_CHANGE)
    if found is None:
        raise CourseError("query.change", got=short(got), most=f"{MOST_CHANGE:g}")
    return found
