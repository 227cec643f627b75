"""Records become pictures: SVG made in Python, the sentence that says the same, and the numbers behind both."""

from helpers.views.birth import view_birth
from helpers.views.change import view_change
from helpers.views.heads import view_heads
from helpers.views.heads.selection import FILTERS
from helpers.views.map import view_map
from helpers.views.model import view_model
from helpers.views.neurons import view_neurons
from helpers.views.positions import view_positions
from helpers.views.query import view_edited_query
from helpers.views.scaling import view_scaling
from helpers.views.training import view_training
from helpers.views.translation import view_beams, view_translation
from helpers.views.view import View

__all__ = ["FILTERS", "View", "view_beams", "view_birth", "view_change", "view_edited_query", "view_heads", "view_map",
           "view_model", "view_neurons", "view_positions", "view_scaling", "view_training", "view_translation"]
