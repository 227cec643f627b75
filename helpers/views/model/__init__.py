"""The model view: all heads of all layers at once, a small map each."""

from collections.abc import Callable, Sequence

from ...models.records import AttentionRecord, Attentions, Tokens, as_record
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select

Captions = Sequence[Sequence[str]] | Callable[[int, int], str]


def view_model(record: AttentionRecord | Attentions, tokens: Tokens | None = None, *, filter: str = "all",
               captions: Captions | None = None, chosen: tuple[int, int] | None = None,
               columns: Sequence[str] | None = None) -> View:
    """Return a picture of the attention in all heads: a row of small maps for each layer.

    In each map a row is a query and a column a key; the stronger the colour, the larger the weight. The colour is the
    head's, as in every view. In the live picture, pointing at a map (or reaching it with Tab) says what is in it.

    Args:
        record: a model's run, or its `.words()`; or the attention weights of any model, as `AttentionRecord.of`
            takes them.
        tokens: of the weights; None for a record.
        filter: which sentence asks and which answers: "all", "a-a", "a-b", "b-a" or "b-b"; not rescaled.
        captions: a few words on each head, shown below its map: [layer][head], or a function (layer, head) -> str.
        chosen: the (layer, head) to mark; None marks none.
        columns: what stands above the columns where these are no heads, one name each; None for heads.

    Returns:
        A `View`. `.data["weights"]` is (layer, head, query, key) to four digits; from 65 tokens up each number is the
        largest of a block of `.data["block"]` x `.data["block"]` tokens.

    Raises:
        CourseError: for a filter or a chosen head that the record does not have, captions or columns that do not fit
            it, or weights and tokens that do not go together.
    """
    record = as_record(record, tokens, function="view_model")
    shown = select(record, filter, captions, chosen, columns)
    return view_of("model", shown, draw(shown), RULES)
