"""Numbers as plotly figures: returned, never shown; of plain lists and a template of our own, so their JSON stays."""

from .figure import CourseFigure
from .heads import plot_heads
from .positions import (
    plot_counter,
    plot_curves,
    plot_offsets,
    plot_path,
    plot_positions,
    plot_similarity,
)

__all__ = ["CourseFigure", "plot_counter", "plot_curves", "plot_heads", "plot_offsets", "plot_path", "plot_positions",
           "plot_similarity"]
