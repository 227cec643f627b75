"""The picture of a training run: loss and accuracy as curves, and where the model looks for each letter it writes."""

from ...learning import LiveRecord
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


def view_training(record: LiveRecord, *, step: int | None = None, layer: int | None = None,
                  head: int | None = None) -> View:
    """Draw a training run: on the left its curves so far, on the right the cross-attention at one step.

    In the map a row is a letter to be written, a column a letter that was read; frames mark where the letter to be
    written stands. Beside each row stands the letter that the model writes by itself.

    Args:
        record: of a `LiveTraining`.
        step: one of those that were kept; None takes the last.
        layer: of the decoder, from 0; None takes the last.
        head: from 0; None takes the one with the most weight on the right letters.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (curves, weights, letters), `.save(path)`.

    Raises:
        CourseError: for anything else, or a step, layer or head that the record does not have.
    """
    shown = select(record, step, layer, head)
    return view_of("training", shown, draw(shown), RULES)
