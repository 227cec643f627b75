"""A board of buttons, one a head, each with its map as its face: what a picture without script cannot do."""

from collections.abc import Callable

import ipywidgets as widgets

from ..text import say
from ..views.model.shown import Shown, spoken
from .sprites import CHOSEN, NAME, captions, full_width, place_classes, sprites

Place = tuple[int, int]


class Board(widgets.VBox):
    """Buttons in rows, one row a layer. A click, or Enter on the one that has the focus, chooses a head.

    Attributes:
        buttons: {(layer, head): its button}.
        paint: the style that gives the buttons their faces.
    """

    def __init__(self, choose: Callable[[int, int], object]):
        self._choose = choose
        self._marked: Place | None = None
        self.buttons: dict[Place, widgets.Button] = {}
        self.paint, self._grid = widgets.HTML(layout={"margin": "0"}), widgets.GridBox()
        super().__init__([self.paint, self._grid], layout={"flex": "1 1 440px", "min_width": "0", "overflow": "auto"})
        self._scope = f"sav-board-{self.model_id}"
        self.add_class(self._scope)

    def show(self, shown: Shown) -> None:
        """Paint the maps of all heads on their buttons, and tell each what to say."""
        if list(self.buttons) != shown.places:
            self._build(shown)
        self.layout.max_width = f"{full_width(shown):g}px"
        self.paint.value = sprites(shown, self._scope)
        words = captions(shown)
        for place, button in self.buttons.items():
            button.description = words.get(place, "")
            button.tooltip = "\n".join(filter(None, (" ".join(button.description.split()), spoken(shown, *place))))

    def mark(self, place: Place) -> None:
        """Mark one button as the chosen one."""
        if self._marked is not None:
            self.buttons[self._marked].remove_class(CHOSEN)
        self.buttons[place].add_class(CHOSEN)
        self._marked = place

    def _build(self, shown: Shown) -> None:
        """Make a button for each head, with the names of the layers beside and of the heads above."""
        n_heads, layout, look = shown.record.n_heads, widgets.Layout(), widgets.ButtonStyle()
        self._marked, self.buttons = None, {}
        cells = [widgets.Label(), *(_name(say("views.one_head", heads=head), head) for head in range(n_heads))]
        for layer, head in shown.places:
            if head == 0:
                cells.append(widgets.Label(say("views.layer_name", layer=layer)))
            self.buttons[layer, head] = self._button(layer, head, layout, look)
            cells.append(self.buttons[layer, head])
        self._grid.layout = widgets.Layout(grid_template_columns=f"repeat({n_heads + 1}, max-content)")
        self._grid.children = cells

    def _button(self, layer: int, head: int, layout: widgets.Layout, look: widgets.ButtonStyle) -> widgets.Button:
        button = widgets.Button(layout=layout, style=look)
        for name in place_classes(layer, head):
            button.add_class(name)
        button.on_click(lambda _: self._choose(layer, head))
        return button


def _name(words: str, head: int) -> widgets.Label:
    name = widgets.Label(words)
    name.add_class(NAME)
    name.add_class(f"sav-head-{head}")
    return name
