"""The picture of a training run: loss and accuracy as curves, and where the model looks for each letter it writes."""

from ...learning import LiveRecord, Moment
from ...text import CourseError
from ..heads.shown import whole
from ..view import View
from .drawing import RULES, SIZE, draw
from .shown import Shown


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
    if not isinstance(record, LiveRecord):
        raise CourseError("training.not_a_record", got=type(record).__name__)
    moment = record.last if step is None else _moment_at(record, step)
    n_layers, n_heads = moment.weights.shape[:2]
    layer = n_layers - 1 if layer is None else whole(layer, n_layers, "views.layer")
    head = _best_head(record, moment, layer) if head is None else whole(head, n_heads, "translation_view.head")
    shown = Shown(record, moment, layer, head)
    return View(shown.sentence(), shown.data(), shown.title(), "training", SIZE, draw(shown), rules=RULES)


def _moment_at(record: LiveRecord, step: int) -> Moment:
    """Return the moment of a step, or say which steps were kept."""
    kept = {moment.step: moment for moment in record.moments}
    if step not in kept:
        steps = [str(one) for one in kept]
        named = ", ".join(steps if len(steps) < 6 else [*steps[:3], "…", steps[-1]])
        raise CourseError("training.no_step", got=f"{step!r:.20}", steps=named)
    return kept[step]


def _best_head(record: LiveRecord, moment: Moment, layer: int) -> int:
    """Return the head of a layer with the most weight on the right letters."""
    return max(range(moment.weights.shape[1]), key=lambda head: record.share_right(moment, layer, head))
