"""The head view: who attends to whom, in one head or in all heads of a layer."""

from dataclasses import replace

from ... import wanted
from ...models.records import AttentionRecord, Attentions, Tokens, as_record
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


def view_heads(record: AttentionRecord | Attentions, tokens: Tokens | None = None, *,  # noqa: PLR0913  data, choices
               layer: int = 0, heads: int | list[int] | None = None, filter: str = "all", threshold: float = 0.05,
               query: int | None = None, across: bool = False) -> View:
    """Return a picture of the attention in one layer: queries on the left, keys on the right.

    A line joins a query to a key; the thicker it is, the larger the weight. Where several heads are shown, each
    line has the colour of the head that gives it most, and squares beside a key tell the heads apart.
    In the live picture, pointing at a token (or reaching a query with Tab) shows its lines alone, with their weights.

    Args:
        record: a model's run, or its `.words()`; or the attention weights of any model, as `AttentionRecord.of`
            takes them.
        tokens: of the weights; None for a record.
        layer: counts from 0.
        heads: one head, a list of heads, or None for all; they count from 0.
        filter: which sentence asks and which answers: "all", "a-a", "a-b", "b-a" or "b-b". The weights that remain
            are shown as they are: a row no longer sums to 1.
        threshold: weights below this are not drawn, in [0, 1].
        query: the position of one query to show alone with its weights; None shows all.
        across: whether the tokens stand side by side, as they are read, the queries above, the keys below.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (with the weights to four digits and the links drawn), `.save(path)`.

    Raises:
        CourseError: for a layer, head, filter, threshold or query that the record does not have, for weights and
            tokens that do not go together, and for a picture of more than 30,000 lines.
    """
    record = as_record(record, tokens, function="view_heads")
    shown = select(record, layer, heads, filter, threshold, query)
    if wanted.switch("view_heads", "across", across):
        shown = replace(shown, across=True)
    return view_of("heads", shown, draw(shown), RULES)
