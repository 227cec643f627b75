"""Where a page has said that it runs our script, it draws: a slider is answered there, however far the kernel is."""

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from ..page.modules import in_script
from ..page.notebook import page_script
from ..text import language

PAGE = "sav-page"


class PageDrawing(widgets.Box):
    """What an explorer and the script in its page (`manners`) tell each other, in core widgets that are not seen.

    Nothing is sent before the page has ticked `here`: a front end that runs no script, or has other sliders, is left
    alone, and the kernel draws for it.

    Attributes:
        here: ticked by the page that will draw; cleared where it could not.
    """

    def __init__(self, view: str, follow: Callable[[object], object]):
        """Make the boxes.

        Args:
            view: what the page draws: one of `helpers.page.notebook.LOOKS`.
            follow: called when the page begins to draw, or stops.
        """
        self._view = view
        self._source: object = None                     # what the page was given last
        self.here = widgets.Checkbox(False, indent=False)
        self._sent = {name: widgets.HTML() for name in ("script", "source", "told")}
        for name, box in self._sent.items():
            box.add_class(f"{PAGE}-{name}")
        super().__init__([self.here, *self._sent.values()], layout={"display": "none"})
        self.add_class(PAGE)
        self.here.observe(follow, "value")

    def draws(self, source: object, packed: Callable[[], object], controls: Mapping[str, widgets.Widget]) -> bool:
        """Give the page what it draws from, and return whether it draws.

        Args:
            source: the record that is shown, with what else tells it from another; None where the page cannot draw
                what is asked for.
            packed: returns it as JSON takes it; called when there is another source.
            controls: those that decide what is drawn, by name; the page reads where they stand itself, and hears when
                the kernel moves a slider, so that drop-downs alone are told.
        """
        if not self.here.value:
            return False
        self._hand("script", self._sent["script"].value or page_script(self._view, language()))
        if source != self._source:
            self._source = source
            self._hand("source", "" if source is None else in_script(packed()))
        options = {name: choices for name, control in controls.items() if (choices := _choices(control))}
        places = {name: control.index for name, control in controls.items() if isinstance(control, widgets.Dropdown)}
        self._hand("told", in_script({"names": list(controls), "options": options, "places": places}))
        return source is not None

    def _hand(self, name: str, content: str) -> None:
        if content and not content.startswith("<script"):
            content = f'<script type="application/json">{content}</script>'
        self._sent[name].value = content


def _choices(control: widgets.Widget) -> list[object]:
    """Return the values that a control has a list of; none for a number."""
    listed = getattr(control, "options", ())
    return [one[1] if isinstance(one, tuple) else one for one in listed]
