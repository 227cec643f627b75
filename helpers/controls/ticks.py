"""Check boxes side by side, one for each thing that can be changed: a head, a token."""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

import ipywidgets as widgets

from ..asked import short
from ..text import CourseError
from ..views.theme import HEAD_COLOURS

Thing = TypeVar("Thing", bound=Hashable)
_BOX = {"width": "auto", "margin": "0 10px 2px 0"}


class Ticks(widgets.VBox, Generic[Thing]):
    """Check boxes under a heading.

    Attributes:
        boxes: {thing: its check box}.
        value: the things that are ticked; it can be set.
    """

    children: tuple[widgets.Widget, ...]

    def __init__(self, heading: str, follow: Callable[[object], object], **layout: str):
        """Make the box, without check boxes so far.

        Args:
            heading: what a tick does.
            follow: called when a box is ticked or cleared.
            layout: of the box around the check boxes.
        """
        self._follow, self._shared = follow, widgets.Layout(**_BOX)
        self._made: list[widgets.Checkbox] = []
        self._area = widgets.Box(layout={"max_width": "100%", "overflow": "auto", "padding": "0 2px", **layout})
        self.boxes: dict[Thing, widgets.Checkbox] = {}
        super().__init__([widgets.Label(heading, layout={"margin": "4px 2px 0"}), self._area])

    @property
    def value(self) -> tuple[Thing, ...]:
        """The things that are ticked, in the order of their boxes."""
        return tuple(thing for thing, box in self.boxes.items() if box.value)

    @value.setter
    def value(self, things: Collection[Thing]) -> None:
        """Tick these things, and nothing else.

        Raises:
            CourseError: for a thing that has no box.
        """
        unknown = [thing for thing in things if thing not in self.boxes]
        if unknown:
            raise CourseError("controls.no_tick", got=short(unknown[0]))
        for thing, box in self.boxes.items():
            box.value = thing in things

    def offer(self, names: Mapping[Thing, str], columns: int = 0) -> None:
        """Give each thing a box with its name; a tick stays where the same thing has the same name as before.

        Args:
            names: {thing: what stands beside its box}.
            columns: how many boxes stand in a row; 0 takes as many as fit.
        """
        kept = [thing for thing in self.value if names.get(thing) == self.boxes[thing].description]
        while len(self._made) < len(names):
            self._made.append(self._new_box())
        self.boxes = dict(zip(names, self._made, strict=False))
        for thing, box in self.boxes.items():
            box.description, box.value = names[thing], thing in kept
        self._area.layout.grid_template_columns = f"repeat({columns}, max-content)" if columns else None
        self._area.children = list(self.boxes.values())

    def explain(self, words: Mapping[Thing, str]) -> None:
        """Give things a few words that show where their box is pointed at."""
        for thing, box in self.boxes.items():
            name = "tooltip" if box.has_trait("tooltip") else "description_tooltip"      # ipywidgets 8, 7
            setattr(box, name, words.get(thing, ""))

    def _new_box(self) -> widgets.Checkbox:
        box = widgets.Checkbox(indent=False, layout=self._shared)
        box.observe(self._follow, "value")
        return box


class HeadTicks(Ticks[tuple[int, int]]):
    """A check box for each head, a row a layer, underlined in the colour of the head."""

    def __init__(self, heading: str, follow: Callable[[object], object]):
        """Make the box, without check boxes so far."""
        super().__init__(heading, follow, display="grid")
        scope = f"sav-ticks-{self.model_id}"
        self.add_class(scope)
        rules = "".join(f".{scope} .sav-head-{head}{{border-bottom:3px solid {colour}}}"
                        f".{scope} .sav-head-{head} input{{accent-color:{colour}}}"
                        for head, colour in enumerate(HEAD_COLOURS))
        self.children = (widgets.HTML(f"<style>{rules}</style>", layout={"display": "none"}), *self.children)

    def offer_heads(self, captions: list[list[str]]) -> None:
        """Give each head a box, named "layer.head".

        Args:
            captions: what each head does, [layer][head].
        """
        names = {(layer, head): f"{layer}.{head}" for layer, row in enumerate(captions) for head in range(len(row))}
        self.offer(names, len(captions[0]))
        self.explain({(layer, head): captions[layer][head] for layer, head in names})
        for (_, head), box in self.boxes.items():
            box._dom_classes = (f"sav-head-{head % len(HEAD_COLOURS)}",)
