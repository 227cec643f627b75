"""What all explorers share: rows of controls, a line for notices, the picture, and how they follow each other."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import ipywidgets as widgets
from traitlets import Bunch, TraitError, validate

from ..asked import short, whole
from ..text import CourseError, escape, say
from ..views import View
from .in_page import PageDrawing
from .manners import manners
from .saved import SavedBox

ALL = "all"
PICTURE = "sav-picture"
_TOOLTIP = "tooltip" if hasattr(widgets.IntSlider, "tooltip") else "description_tooltip"     # ipywidgets 8, 7
_ROW = {"flex_flow": "row wrap", "align_items": "center", "overflow": "visible"}


class Explorer(SavedBox):
    """A view under its controls; an explorer of one kind says which controls, and how to `_draw`.

    A redraw is `_follow`: `_prepare` what is drawn from, `_draw`, and `_tell` what there is to know. Where the page
    itself draws, it is given the source, and the kernel draws nothing unless it is asked for the `view`.

    Attributes:
        STAGES: the names of the controls; one stage gives the next its ranges.
        IN_PAGE: which view the page can draw, and by which controls; nothing where it can draw none.
        notice: what the learner should know, or what went wrong.
        picture: the view as it is displayed.
    """

    STAGES: tuple[tuple[str, ...], ...] = ()
    IN_PAGE: tuple[str, ...] = ()
    _view: View | None = None

    def __init__(self, *rows: Sequence[widgets.Widget]):
        self._lock, self._held = threading.RLock(), False
        self.notice, self.picture, self._manners = widgets.HTML(), widgets.HTML(), manners()
        self.picture.add_class(PICTURE)
        self._page = PageDrawing(self.IN_PAGE[0], self._follow) if self.IN_PAGE else None
        self.rows = [widgets.HBox(list(row), layout=_ROW) for row in rows]
        super().__init__([*self.rows, self.notice, self.picture])
        for control in (control for row in rows for control in row if control.has_trait("value")):
            control.observe(self._follow, "value")

    @validate("children")
    def _well_mannered(self, proposal: Bunch) -> tuple[widgets.Widget, ...]:
        """Let what a kind of explorer puts into its box be followed by what all of them need."""
        common = [one for one in (self._page, self._manners) if one is not None]
        return (*(child for child in proposal.value if child not in common), *common)

    @property
    def view(self) -> View:
        """The current view."""
        if self._view is None:
            self._view = self._picture()
        return self._view

    def choose(self, **values: object) -> View:
        """Set several controls, as in `choose(layer=3, head=1)`, with one redraw; return the new view.

        A value may belong to a model or a text that is chosen with it: what gives others their range is set first.

        Raises:
            CourseError: for a control or a value that is not there; then nothing is changed.
        """
        with self._lock:
            before = {name: getattr(self, name).value for stage in self.STAGES for name in stage}
            try:
                self._set(values)
            except CourseError:
                self._set(before)
                self._follow()
                raise
            self._follow()
            return self.view

    def _set(self, values: Mapping[str, object]) -> None:
        """Set controls stage by stage; where a model or a text fails, those that depend on it stay."""
        if unknown := [name for name in values if not any(name in stage for stage in self.STAGES)]:
            known = ", ".join(name for stage in self.STAGES for name in stage)
            raise CourseError("controls.no_control", got=unknown[0], known=known)
        with self._hold():
            standing = self._prepare()
            for stage in self.STAGES:
                chosen = [name for name in stage if name in values]
                for name in chosen:
                    _put(name, getattr(self, name), values[name])
                trouble = chosen and (self._prepare() or attempt(self._fit))
                if trouble and trouble != standing:
                    return

    def _prepare(self) -> str:
        """Bring what is drawn from in line with the controls; return "", or why that failed."""
        return ""

    def _fit(self) -> None:
        """Give the controls the ranges of what is drawn from; they keep their choices where they can."""

    def _draw(self) -> None:
        """Fit the controls, and redraw: in the page, where it can."""
        self._fit()
        self._redraw()

    def _redraw(self) -> None:
        """Let the page draw where it has said that it does; else draw here."""
        controls = {name: getattr(self, name) for name in self.IN_PAGE[1:]}
        if self._page is not None and self._page.draws(self._source(), self._packed, controls):
            self._view = None
        else:
            self._show(self._picture())

    def _picture(self) -> View:
        """Draw what the controls ask for: a look-up in what they were fitted to."""
        raise NotImplementedError

    def _source(self) -> object:
        """Return what the page draws from; None where it cannot draw what is asked for."""
        return None

    def _packed(self) -> object:
        """Return that source as JSON takes it."""
        return {}

    def _notices(self) -> list[str]:
        """Return what the learner should know about what is shown."""
        return []

    def _follow(self, _: object = None) -> None:
        """Answer a change of any control, unless several are being changed at once."""
        with self._lock:
            if self._held:
                return
            with self._hold():
                trouble = self._prepare()
                trouble = attempt(self._draw) or trouble
                self._tell(*[trouble] if trouble else self._notices(), alert=bool(trouble))

    def _begin(self) -> None:
        """Draw for the first time; what fails is an error."""
        for name in self.IN_PAGE[1:]:
            getattr(self, name).add_class(f"sav-is-{name}")
        with self._hold():
            self._draw()
            self._tell(*self._notices())

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
        self._view = view
        self.picture.value = view.svg

    def _still(self) -> dict[str, str]:
        return self.view._repr_mimebundle_()


def looks(name: str, width: str, least: str = "") -> dict[str, object]:
    """Return what the controls have in common: a label that is never cut, and a width that gives way.

    Args:
        name: names the label.
        width: what the control takes where there is room, in px; another unit is kept as it is.
        least: what it may shrink to before its row wraps; "" for a bit more than half of it.
    """
    layout = {"width": width, "margin": "2px 10px 2px 2px"}
    if width.endswith("px"):
        least = least or f"{0.55 * float(width[:-2]):.0f}px"
        layout |= {"width": "auto", "max_width": width, "flex": f"1 1 {least}"}
    return {"description": say(f"controls.{name}"), "style": {"description_width": "initial"}, _TOOLTIP: "",
            "layout": layout}


def text_box(name: str, value: str, hint: str = "") -> widgets.Text:
    """Return a box that speaks when Enter is pressed or the box is left."""
    box = widgets.Text(value, continuous_update=False, placeholder=hint, **looks(name, "auto"))
    box.layout.flex = "1 1 260px"
    return box


def offer(control: widgets.Dropdown | widgets.SelectionSlider, options: Sequence[tuple[str, object]],
          otherwise: int = 0) -> None:
    """Give a control its options; its choice stays if it is still among them, else it is the first or another one."""
    kept = control.label, control.value
    if tuple(options) != tuple(control.options):
        control.options = options
        if isinstance(control, widgets.SelectionSlider):
            build_anew(control)
    control.value = kept[1] if kept in options else options[otherwise][1]


def reach(slider: widgets.IntSlider, most: int) -> None:
    """Give a slider its last value, and let the End key lead there."""
    if slider.max != most:
        slider.max = most
        build_anew(slider)


def build_anew(*sliders: widgets.IntSlider | widgets.SelectionSlider) -> None:
    """Let the page build sliders anew, by turning them round and back, once their range has changed.

    Else the End key leads to the last value of the range they were made with: noUiSlider, which draws them, keeps it.
    """
    for slider in sliders:
        slider.orientation = "vertical"
        slider.orientation = "horizontal"


def _put(name: str, control: widgets.Widget, value: object) -> None:
    """Give a control a value, or refuse one that it cannot have."""
    found = whole(value)
    value = value if found is None else found
    try:
        if hasattr(value, "dtype") or (isinstance(value, bool) and not isinstance(control.value, bool)):
            raise TraitError
        control.value = value
    except (TraitError, TypeError):
        raise CourseError("controls.no_value", name=name, got=short(value), known=_range(control)) from None
    if control.has_trait("value") and control.value != value:
        raise CourseError("controls.no_value", name=name, got=short(value), known=_range(control))


def _range(control: widgets.Widget) -> str:
    """Say what can be chosen of a control."""
    if control.has_trait("options"):
        return ", ".join(repr(value) for _, value in control.options) if isinstance(control.options[0], tuple) \
            else ", ".join(map(repr, control.options))
    if control.has_trait("max"):
        return say("controls.from_to", least=control.min, most=control.max)
    return type(control.value).__name__


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
