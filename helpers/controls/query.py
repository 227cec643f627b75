"""One number of a query under a slider, and the row of weights that follows, on the learner's own text."""

import ipywidgets as widgets
from torch import Tensor

from ..models import BertRecord
from ..models.edit import edit_query
from ..models.trace import trace
from ..views import View, view_edited_query
from .explorer import looks, offer, reach
from .texts import CellExplorer, Source, opened, telling_word, token_options

MOST_CHANGE, STEP = 10.0, 0.5


def explore_query(model_or_record: Source, sentence_a: str | None = None,
                  sentence_b: str | None = None) -> "QueryExplorer":
    """Return a widget in which one number of a query is moved, and the row of weights follows.

    It begins with a [MASK] or else the word that looks most at another word, layer 0, head 0, neuron 0, nothing moved.
    Moving a slider computes one row of weights and redraws; only another text or another model is run.
    `view_edited_query` draws the same pictures without a widget, and `.edits` of the widget is what `bert.run` takes as
    `weights_edited`.

    Args:
        model_or_record: a loaded model, a name or folder for `load_bert`, or a record of a whole run, whose text is
            then fixed.
        sentence_a: the text to begin with; None takes an example.
        sentence_b: a second one, or None.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    return QueryExplorer(*opened("explore_query", model_or_record, sentence_a, sentence_b))


class QueryExplorer(CellExplorer):
    """The edited query under its controls; each is an ipywidget with a `value`.

    Attributes:
        layer, head: numbers.
        token: the position of the token that asks.
        neuron: which number of its query is moved, from 0.
        change: what is added to it, -10 to 10.
    """

    STAGES = CellExplorer.SOURCES, ("layer", "head", "token", "neuron", "change")
    IN_PAGE = "query", "layer", "head", "token", "neuron", "change"
    _record: BertRecord

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is shown; the record gives them their ranges."""
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "220px"))
        self.head = widgets.IntSlider(min=0, max=0, **looks("head", "220px"))
        tokens, first = token_options(self._record), telling_word(self._record, 0, 0)
        self.token = widgets.Dropdown(options=tokens, value=first, **looks("query", "190px", "150px"))
        self.neuron = widgets.IntSlider(min=0, max=0, **looks("neuron", "300px"))
        self.change = widgets.FloatSlider(0.0, min=-MOST_CHANGE, max=MOST_CHANGE, step=STEP, readout_format="+.1f",
                                          **looks("change", "360px"))
        return [[self.layer, self.head, self.token, self.neuron, self.change]]

    @property
    def edits(self) -> dict[tuple[int, int, int], Tensor]:
        """The row of weights as it is now, as `bert.run(..., weights_edited=edits)` takes it."""
        layer, head, token = self.layer.value, self.head.value, self.token.value
        steps = trace(self._record, token, layer, head)
        return {(layer, head, token): edit_query(steps, self.neuron.value, self.change.value).weights}

    def _fit(self) -> None:
        record = self._record
        reach(self.layer, record.n_layers - 1)
        reach(self.head, record.n_heads - 1)
        reach(self.neuron, getattr(record, "d_head", 1) - 1)
        offer(self.token, token_options(record), telling_word(record, self.layer.value, self.head.value))

    def _picture(self) -> View:
        """Draw one row, computed from the record."""
        return view_edited_query(self._record, self.token.value, self.layer.value, self.head.value,
                                 neuron=self.neuron.value, change=self.change.value)
