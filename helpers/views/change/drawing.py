"""Draw what an intervention did: what was changed, and below it the guesses or the hidden states."""

from ...text import say
from ..kit import LINE, MARGIN, Drawn, header
from ..svg import CELL, cells
from ..theme import SMALL, TITLE
from .guesses import draw_guesses
from .page import TOUCH_RULES, WIDTH, paragraph
from .shown import Shown
from .states import draw_states


def draw(shown: Shown) -> Drawn:
    """Draw the guesses for each [MASK], or where there is none how far the hidden states turned."""
    comparison = shown.comparison
    most = int((WIDTH - 2 * MARGIN - cells(shown.title()) * CELL * TITLE) / (CELL * SMALL)) - 2
    changed, end = paragraph(say("change.changed", changes=comparison.words), 58)
    still, touch, bottom = (draw_guesses if comparison.masks else draw_states)(comparison, end + LINE - 8)
    top = header(shown.title(), WIDTH, comparison.before.model_name, max(most, 8))
    return Drawn(f'<g class="still">{top}{changed}{still}</g>', (WIDTH, bottom), f"<style>{TOUCH_RULES}</style>{touch}")
