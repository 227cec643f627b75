"""The trace of one attention cell: from a token's vector through query, keys and values to its new vector."""

from ...models.records import ModelRecord
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


def view_neurons(record: ModelRecord, token: int, layer: int = 0, head: int = 0, *, key: int | None = None) -> View:
    """Return a picture of all that one head of one layer computes for one token.

    From top to bottom: the token's vector x and its query q; for every token a row with its key k, q × k number by
    number, their sum q · k, the score after dividing by sqrt(d_head), the weight after softmax, its value v, and the
    value times the weight; their sum, the context; what W_O makes of it; the attention output of all heads; the
    residual; the layer norm. Each step is computed from the one before and compared with the model's own tensor. In
    the live picture, pointing at a row (or reaching it with Tab) shows its numbers.

    Args:
        record: a BERT's run.
        token: the position of the token that asks.
        layer, head: count from 0.
        key: the position of the row whose numbers are written out; None takes the one with the largest weight.

    Returns:
        A `View`. `.data` holds every step under the names of `Trace`, to four digits, and `.data["differences"]` the
        largest difference of each step from the model (not rounded: it varies with the processor).

    Raises:
        CourseError: for a record without queries, keys and values, or a place that it does not have.
    """
    shown = select(record, token, layer, head, key)
    return view_of("neurons", shown, draw(shown), RULES)
