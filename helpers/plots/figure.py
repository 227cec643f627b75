"""What all figures share: a look of their own, a sentence, and a still picture for pages where plotly does not run."""

import sys

from plotly.graph_objects import Figure

from ..views.theme import EDGE, FONT, HEAD_COLOURS, INK, PAPER, TEXT, TITLE
from .still import still

PLOTLY = "application/vnd.plotly.v1+json"
TEMPLATE = {"layout": {
    "font": {"family": FONT, "size": TEXT, "color": INK}, "paper_bgcolor": PAPER, "plot_bgcolor": PAPER,
    "margin": {"l": 60, "r": 20, "t": 60, "b": 58}, "title": {"x": 0.02, "xanchor": "left", "font": {"size": TITLE}},
    "colorway": HEAD_COLOURS, "hoverlabel": {"font": {"family": FONT}},
}}


class CourseFigure(Figure):
    """A plotly figure that also knows its sentence and its still picture.

    A notebook saves three tiers: the live figure, which JupyterLab draws without a kernel and without a network; an
    `<img>` for pages that do not run plotly (GitHub, nbviewer, print); and the sentence.
    """

    _ipython_display_ = None

    @property
    def text(self) -> str:
        """One sentence that says what the figure shows."""
        return self.layout.meta["text"]

    def _repr_mimebundle_(self, *asked: object, **kept: object) -> dict[str, object]:
        """Give a notebook all three tiers; Colab, which draws plotly from HTML alone, plotly's own."""
        if "google.colab" in sys.modules:
            return super()._repr_mimebundle_(*asked, **kept)
        return {PLOTLY: self.to_plotly_json(), "text/html": still(self).image, "text/plain": self.text}


def scale(shades: tuple[str, ...]) -> list[list]:
    """Return shades at equal steps as plotly's colour scale."""
    return [[round(step / (len(shades) - 1), 4), shade] for step, shade in enumerate(shades)]


def axis(title: str, **looks: object) -> dict:
    """Return the settings of one axis: its title, no grid, and whatever else is asked for."""
    plain = {"showgrid": False, "zeroline": False, "ticks": "outside", "tickcolor": EDGE}
    return {"title": {"text": title}, **plain, **looks}


def layout(title: str, text: str, size: tuple[int, int], xaxis: dict, yaxis: dict, **more: object) -> dict:
    """Return the layout of a figure.

    Args:
        title: its heading.
        text: its sentence.
        size: (width, height) in pixels.
        xaxis, yaxis: as `axis` returns them.
        more: any other setting of plotly's layout.
    """
    return {"template": TEMPLATE, "title": {"text": title}, "meta": {"text": text}, "width": size[0],
            "height": size[1], "xaxis": xaxis, "yaxis": yaxis, **more}
