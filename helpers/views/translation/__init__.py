"""The translation view: one step of the decoder, where it looks in the source, and what it might write."""

from ...models.translation.records import TranslationRecord
from ..kit import view_of
from ..view import View
from .beams import view_beams
from .drawing import RULES, draw
from .shown import select

__all__ = ["view_beams", "view_translation"]


def view_translation(record: TranslationRecord, *, step: int | None = None, layer: int | None = None,
                     head: int | str | None = None, threshold: float = 0.05) -> View:
    """Return a picture of one step: source above, target below, cross-attention between, candidates at the foot.

    A line joins the token being written to a source token; the thicker it is, the larger the weight. What is written
    later is faint. In the live picture, pointing at a target token (or reaching it with Tab) shows where the model
    looked when it wrote that one.

    Args:
        record: what `translator.translate` returned.
        step: which token is being written, from 0; None takes the last.
        layer: of the decoder, from 0; None takes the taught head's layer, or the last.
        head: from 0, or "mean" for the average of the layer's heads; None takes the taught head where it is in that
            layer, else the average.
        threshold: weights below this are not drawn, in [0, 1].

    Returns:
        A `View`: `.svg`, `.text`, `.data` (with the step's weights and candidates), `.save(path)`.

    Raises:
        CourseError: for a step, layer, head or threshold that the record does not have.
    """
    shown = select(record, step, layer, head, threshold)
    return view_of("translation", shown, draw(shown), RULES)
