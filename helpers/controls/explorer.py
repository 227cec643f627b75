"""What all explorers share: rows of controls, a line for notices, the picture, and how they follow each other."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import ipywidgets as widgets

from ..text import CourseError, escape, say
from ..views import View

ALL = "all"
_ROW = {"flex_flow": "row wrap", "align_items": "center", "overflow": "visible"}


class Explorer(widgets.VBox):
    """A view under its controls; an explorer of one kind says which controls, and how to `_refresh`.

    Attributes:
        notice: what the learner should know, or what went wrong.
        picture: the view as it is displayed.
        view: the current `View`.
    """

    view: View
    _ipython_display_ = None

    def __init__(self, *rows: Sequence[widgets.Widget]):
        self._lock, self._held = threading.RLock(), False
        self.notice, self.picture = widgets.HTML(), widgets.HTML()
        self.rows = [widgets.HBox(list(row), layout=_ROW) for row in rows]
        super().__init__([*self.rows, self.notice, self.picture])
        for control in (control for row in rows for control in row if control.has_trait("value")):
            control.observe(self._follow, "value")

    def choose(self, **values: object) -> View:
        """Set several controls, as in `choose(layer=3, head=1)`, with one redraw; return the new view."""
        with self._hold():
            for name, value in values.items():
                getattr(self, name).value = value
        self._follow()
        return self.view

    def _refresh(self) -> None:
        """Bring the picture in line with the controls."""
        raise NotImplementedError

    def _follow(self, _: object = None) -> None:
        """Answer a change of any control, unless several are being changed at once."""
        with self._lock:
            if not self._held:
                with self._hold():
                    self._refresh()

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Let controls change without a redraw."""
        with self._lock:
            before, self._held = self._held, True
            try:
                yield
            finally:
                self._held = before

    def _tell(self, *sentences: str, alert: bool = False) -> None:
        """Show sentences in the line above the picture."""
        look = 'role="alert" style="color:var(--jp-error-color1,#b3261e)"' if alert else 'role="status"'
        lines = "<br>".join(escape(sentence) for sentence in sentences)
        self.notice.value = f"<div {look}>{lines}</div>" if lines else ""

    def _show(self, view: View) -> None:
        """Make this the current view."""
        self.view = view
        self.picture.value = view.svg

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Give a notebook the live widget and, for where no kernel runs, the still picture and its sentence."""
        live = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {**self.view._repr_mimebundle_(), "application/vnd.jupyter.widget-view+json": live}


def looks(name: str, width: str) -> dict[str, object]:
    """Return what the controls have in common: a label that is never cut, and a width."""
    return {"description": say(f"controls.{name}"), "style": {"description_width": "initial"},
            "layout": {"width": width, "margin": "2px 16px 2px 2px"}}


def text_box(name: str, value: str, hint: str = "") -> widgets.Text:
    """Return a box that speaks when Enter is pressed or the box is left."""
    box = widgets.Text(value, continuous_update=False, placeholder=hint, **looks(name, "auto"))
    box.layout.flex = "1 1 260px"
    return box


def offer(control: widgets.Dropdown | widgets.SelectionSlider, options: Sequence[tuple[str, object]]) -> None:
    """Give a control its options; its choice stays if it is still among them, else it is the first."""
    kept = control.label, control.value
    if tuple(options) != tuple(control.options):
        control.options = options
    control.value = kept[1] if kept in options else options[0][1]


def build_anew(*sliders: widgets.IntSlider) -> None:
    """Let the page build sliders anew, by turning them round and back, once their range has changed.

    Else the End key leads to the last value of the range they were made with: noUiSlider, which draws them, keeps it.
    """
    for slider in sliders:
        slider.orientation = "vertical"
        slider.orientation = "horizontal"


def attempt(step: Callable[[], None]) -> str:
    """Take a step; return "", or the sentence that says why it failed."""
    try:
        step()
    except CourseError as error:
        return str(error)
    except KeyboardInterrupt:
        return say("controls.stopped")
    except Exception as error:
        return say("controls.unexpected", kind=type(error).__name__, reason=error)
    return ""
