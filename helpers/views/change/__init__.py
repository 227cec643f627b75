"""The view of an intervention: the guesses for each [MASK] before and after, or how far the hidden states turned."""

from ...interventions import Comparison
from ..kit import view_of
from ..view import View
from .drawing import draw
from .page import RULES
from .shown import select

__all__ = ["view_change"]


def view_change(comparison: Comparison) -> View:
    """Return a picture of what an intervention did.

    Where the text has [MASK] and the model a head that was trained for it: the likeliest tokens before and after, side
    by side, and by how many bits the guesses changed. Elsewhere: the cosine distance between each hidden state before
    and after, a row a token and a column a layer. In the live picture, pointing at a guess or a row (or reaching it
    with Tab) says its numbers.

    Args:
        comparison: of `helpers.interventions.compare`.

    Returns:
        A `View`. `.data["masks"]` holds the guesses of each [MASK], `.data["moved"]` (layer + 1, token) the distances.

    Raises:
        CourseError: for what is not a comparison.
    """
    shown = select(comparison)
    return view_of("change", shown, draw(shown), RULES)
