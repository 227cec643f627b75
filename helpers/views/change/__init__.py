"""The view of an intervention: the guesses for each [MASK] before and after, or how far the hidden states turned."""

from ...interventions import Comparison
from ...text import CourseError, say
from ..heads.shown import DIGITS
from ..svg import CELL, cells, clip, label
from ..theme import SMALL, TITLE
from ..view import View
from .guesses import draw_guesses
from .page import LINE, MARGIN, RULES, TOUCH_RULES, WIDTH, paragraph
from .states import draw_states

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
    if not isinstance(comparison, Comparison):
        raise CourseError("change.not_a_comparison", got=type(comparison).__name__)
    header, top = _header(comparison)
    still, touch, bottom = (draw_guesses if comparison.masks else draw_states)(comparison, top)
    return View(text=comparison.text, data=_data(comparison), title=say("change.title"), kind="change",
                size=(WIDTH, bottom), still=f'<g class="still">{header}{still}</g>',
                touch=f"<style>{TOUCH_RULES}</style>{touch}", rules=RULES)


def _header(comparison: Comparison) -> tuple[str, float]:
    """Write the title, the model and what was changed; return where the picture may begin."""
    title = say("change.title")
    room = WIDTH - 2 * MARGIN - cells(title) * CELL * TITLE
    model = clip(comparison.before.model_name, max(int(room / (CELL * SMALL)) - 2, 8))
    changed, end = paragraph(say("change.changed", changes=comparison.words), 58)
    return (label(MARGIN, 33, title, "title") + label(WIDTH - MARGIN, 33, model, "small muted end") + changed,
            end + LINE - 8)


def _data(comparison: Comparison) -> dict:
    """Return the numbers drawn."""
    masks = [{"position": mask.position, "bits": round(mask.bits, DIGITS), "divergence": round(mask.divergence, DIGITS),
              "before": _rounded(mask.before), "after": _rounded(mask.after)} for mask in comparison.masks]
    return {"model": comparison.before.model_name, "changes": comparison.words,
            "tokens": list(comparison.before.tokens), "masks": masks,
            "moved": [[round(distance, DIGITS) for distance in row] for row in comparison.moved.tolist()]}


def _rounded(guesses: tuple[tuple[str, float], ...]) -> list[list]:
    return [[token, round(probability, DIGITS)] for token, probability in guesses]
