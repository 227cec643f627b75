"""What a notebook keeps of a live widget: a still output beside it, seen where no kernel keeps the live one alive."""

from collections.abc import Sequence

import ipywidgets as widgets
from IPython.display import display

WIDGET = "application/vnd.jupyter.widget-view+json"
LIVE, STILL = "sav-live", "sav-still"
# A cell's outputs in JupyterLab and Notebook 7, in VS Code, in Colab: the two lie below each other in all of them.
_CELL = ":is(.jp-OutputArea,.cell_container,#output-area)"
_OUTPUT = ".jp-OutputArea-child"
_RULES = (f"{_CELL}:has(.{LIVE}) .{STILL},.jp-OutputArea:has(.{LIVE}) {_OUTPUT}:has(.{STILL}),"
          f'{_OUTPUT}:has(>:is([data-mime-type="{WIDGET}"],.jupyter-widgets)):not(:has(.{LIVE}))'
          f":has(+{_OUTPUT} .{STILL}){{display:none}}")


class SavedBox(widgets.VBox):
    """Widgets one below the other that leave something to see in a notebook whose kernel is gone.

    A front end shows one kind of a bundle alone: of a widget without a kernel, a sentence that there is none. So the
    still one is an output of its own, and hides while the live one stands in the same cell.
    """

    def __init__(self, children: Sequence[widgets.Widget] = (), **look: object):
        super().__init__(children, **look)
        self.add_class(LIVE)

    def _still(self) -> dict[str, str]:
        """Return what stands where no kernel runs: "text/plain" and "text/html", without a script."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Give whoever asks for one bundle both."""
        return {**self._still(), WIDGET: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}

    def _ipython_display_(self) -> None:
        """Give a notebook the live widget, then the still picture with the rules that hide one of them."""
        bundle = self._repr_mimebundle_()
        display({WIDGET: bundle.pop(WIDGET)}, raw=True)
        framed = f'<div class="{STILL}"><style>{_RULES}</style>{bundle["text/html"]}</div>'
        display({**bundle, "text/html": framed}, raw=True)
