"""The table of positions that a BERT has learnt: read it, and put another in its place for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from torch import Tensor, nn

from ..text import CourseError

if TYPE_CHECKING:
    from . import Bert


def learned_positions(bert: "Bert") -> Tensor:
    """Return a copy of the model's table: one learnt vector for each position it knows.

    Returns:
        (position, d_model), float64.

    Raises:
        CourseError: for what is not a loaded BERT.
    """
    return _embedding(bert).weight.detach().double().cpu().clone()


@contextmanager
def positions_replaced(bert: "Bert", table: Tensor) -> Iterator["Bert"]:
    """Let the model use another table of positions inside the block; afterwards it has its own again.

    Args:
        bert: a loaded model.
        table: (position, d_model), the shape of the model's own; it is not changed.

    Raises:
        CourseError: for what is not a loaded BERT, or a table of another shape or with numbers that are not finite.

    Example:
        with positions_replaced(bert, learned_positions(bert).flip(0)):
            record = bert.run("The dog ran.")
    """
    embedding = _embedding(bert)
    own = embedding.weight.data
    if not isinstance(table, Tensor) or table.shape != own.shape or not table.isfinite().all():
        got = tuple(table.shape) if isinstance(table, Tensor) else type(table).__name__
        raise CourseError("positions.table", expected=tuple(own.shape), got=got)
    embedding.weight.data = table.detach().to(own, copy=True)
    try:
        yield bert
    finally:
        embedding.weight.data = own


def _embedding(bert: object) -> nn.Embedding:
    """Return the module that holds the table."""
    found = getattr(getattr(getattr(bert, "encoder", None), "embeddings", None), "position_embeddings", None)
    if not isinstance(found, nn.Embedding):
        raise CourseError("positions.no_table", got=type(bert).__name__)
    return found
