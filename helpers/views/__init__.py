"""Records become pictures: SVG made in Python, the sentence that says the same, and the numbers behind both."""

from helpers.views.heads import view_heads
from helpers.views.heads.selection import FILTERS
from helpers.views.map import view_map
from helpers.views.model import view_model
from helpers.views.neurons import view_neurons
from helpers.views.scaling import view_scaling
from helpers.views.view import View

__all__ = ["FILTERS", "View", "view_heads", "view_map", "view_model", "view_neurons", "view_scaling"]
