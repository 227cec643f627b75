"""All heads of a model on the learner's own text; each map is a button that opens its head view."""

import ipywidgets as widgets

from ..heads import describe_heads
from ..models import AttentionRecord, Model
from ..text import say
from ..views import FILTERS, View, view_heads, view_model
from ..views.model.shown import select
from .board import Board
from .explorer import looks, reach
from .texts import Source, Text, TextExplorer, offer_filters, opened


def explore_model(model_or_record: Source, sentence_a: Text = None,
                  sentence_b: str | None = None) -> "ModelExplorer":
    """Return a widget that shows all heads of a model on a text; a click or Enter on one opens its head view.

    Below each head stands what `describe_heads` finds that it does. Moving a slider looks up and redraws; only
    another text or another model is run. `view_model` and `view_heads` draw the same pictures without a widget.

    Args:
        model_or_record: a loaded model, a name or folder for `load_bert`, or a record or attention weights, whose
            text is then fixed.
        sentence_a: the text to begin with, None takes an example; the tokens, where attention weights are given.
        sentence_b: a second one, or None.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    return ModelExplorer(*opened("explore_model", model_or_record, sentence_a, sentence_b))


class ModelExplorer(TextExplorer):
    """A board of all heads, as large as the page has room for, and beside it the head view of the chosen one.

    Attributes:
        layer, head: the place of the chosen head; pressing a button of the board sets both.
        filter: "all", "a-a", "a-b", "b-a" or "b-b".
        board: the buttons.
        head_view: the head view of the chosen head; `picture` displays it.
    """

    STAGES = TextExplorer.SOURCES, ("words", "filter"), ("layer", "head")
    IN_PAGE = "model", "layer", "head", "filter"

    def __init__(self, record: AttentionRecord, model: Model | None = None, texts: tuple[str, str] = ("", "")):
        super().__init__(record, model, texts)
        self.picture.layout = {"flex": "1 1 360px", "min_width": "0"}
        beside = widgets.HBox([self.board, self.picture], layout={"flex_flow": "row wrap"})
        self.children = [*self.rows, self.notice, beside]

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is shown, and the board."""
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "220px"))
        self.head = widgets.IntSlider(min=0, max=0, **looks("head", "220px"))
        everything = [(say("controls.all_tokens"), FILTERS[0])]
        self.filter = widgets.Dropdown(options=everything, **looks("filter", "165px", "145px"))
        self.board = Board(lambda layer, head: self.choose(layer=layer, head=head))
        self._painted = self._record, ""                # nothing so far
        return [[self.layer, self.head, self.filter, self.words]]

    def _fit(self) -> None:
        record = self._shown()
        reach(self.layer, record.n_layers - 1)
        reach(self.head, record.n_heads - 1)
        offer_filters(self.filter, record)

    def _draw(self) -> None:
        """Redraw: a look-up in the record; the maps are painted anew only where they change."""
        self._fit()
        record = self._shown()
        if self._painted[0] is not record or self._painted[1] != self.filter.value:
            self._captions = describe_heads(record).caption
            self.board.show(select(record, self.filter.value, self._captions, None))
            self._painted = record, self.filter.value
        self.board.mark((self.layer.value, self.head.value))
        self._redraw()

    def _picture(self) -> View:
        return view_heads(self._shown(), layer=self.layer.value, heads=self.head.value, filter=self.filter.value)

    @property
    def head_view(self) -> View:
        """The head view of the chosen head."""
        return super().view

    @property
    def view(self) -> View:
        """The model view with the chosen head marked."""
        record, filter = self._painted
        return view_model(record, filter=filter, captions=self._captions, chosen=(self.layer.value, self.head.value))

    def _still(self) -> dict[str, str]:
        """Return both still pictures and their sentences."""
        board, below = super()._still(), self.head_view._repr_mimebundle_()
        return {name: f"{content}\n{below[name]}" for name, content in board.items()}
