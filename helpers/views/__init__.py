"""Records become pictures: SVG made in Python, the sentence that says the same, and the numbers behind both."""

from .agreement import view_agreement
from .birth import view_birth
from .change import view_change
from .characters import view_characters
from .clocks import view_clocks
from .heads import view_heads
from .heads.shown import FILTERS
from .importance import view_importance
from .lens import view_lens
from .map import view_map
from .model import view_model
from .neighbours import view_neighbours
from .neurons import view_neurons
from .next_tokens import view_next
from .positions import view_positions
from .query import view_edited_query
from .scaling import view_scaling
from .training import view_training
from .translation import view_beams, view_translation
from .view import View

__all__ = ["FILTERS", "View", "view_agreement", "view_beams", "view_birth", "view_change", "view_characters",
           "view_clocks", "view_edited_query", "view_heads", "view_importance", "view_lens", "view_map", "view_model",
           "view_neighbours", "view_neurons", "view_next", "view_positions", "view_scaling", "view_training",
           "view_translation"]
