"""The table of positions that a model has learnt."""

from torch import Tensor

from ..text import CourseError
from .anatomy import Anatomy
from .model import Model


def learned_positions(model: Model) -> Tensor:
    """Return a copy of the model's table: one learnt vector for each position it knows.

    `model.run(text, position_table=...)` runs it with another in its place.

    Returns:
        (position, d_model), float64.

    Raises:
        CourseError: for what is not a loaded model, or one without a table of positions.
    """
    anatomy = getattr(model, "anatomy", None)
    if not isinstance(anatomy, Anatomy) or anatomy.position_embeddings is None:
        raise CourseError("positions.no_table", got=type(model).__name__)
    return anatomy.position_embeddings.weight.detach()[anatomy.first_position:].double().cpu().clone()
