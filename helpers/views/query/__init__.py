"""One number of a query moved: the query before and after, and what becomes of its row of weights."""

from ...models.records import ModelRecord
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


def view_edited_query(record: ModelRecord, token: int, layer: int = 0, head: int = 0, *,
                      neuron: int | None = None, change: float = 0.0) -> View:
    """Return a picture of what becomes of a row of weights when one number of its query is moved.

    Above stands the query as the model computed it and as it is now; below, for every key, its number at this neuron,
    its score and its weight, before and now. The model does not run again: for that, give `.data["row"]` to
    `bert.run` as `weights_edited={(layer, head, token): row}`.

    Args:
        record: a BERT's run.
        token: the position of the token that asks.
        layer, head: count from 0.
        neuron: which number of the query is moved, from 0; None takes the one that adds most to the largest score.
        change: what is added to it, -1000 to 1000.

    Returns:
        A `View`. `.data` holds query, scores and weights "before" and "after" to four digits, every key's number at
        the neuron, and "row", the weights now, (key,), not rounded.

    Raises:
        CourseError: for a record without queries and keys, a place that it does not have, or a change that is no
            number in this range.
    """
    shown = select(record, (layer, head, token), neuron, change)
    return view_of("query", shown, draw(shown), RULES)
