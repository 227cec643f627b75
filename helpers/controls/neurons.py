"""The trace of one attention cell under sliders, on the learner's own text."""

import ipywidgets as widgets

from ..models import ModelRecord
from ..text import say
from ..views import View, view_neurons
from .explorer import looks, offer, reach
from .texts import CellExplorer, Source, opened, telling_word, token_options

STRONGEST = "strongest"


def explore_neurons(model_or_record: Source, sentence_a: str | None = None,
                    sentence_b: str | None = None) -> "NeuronExplorer":
    """Return a widget that shows what one head computes for one token, with sliders for layer and head.

    It begins in layer 0, head 0, with a [MASK] or else the word that looks most at another word; so does a new text in
    the head shown, where the token that asked is gone. Moving a slider computes one small cell and redraws; only
    another text or another model is run. `view_neurons` draws the same pictures without a widget.

    Args:
        model_or_record: a loaded model, a name or folder for `load_bert`, or a record of a whole run, whose text is
            then fixed.
        sentence_a: the text to begin with; None takes an example.
        sentence_b: a second one, or None.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    return NeuronExplorer(*opened("explore_neurons", model_or_record, sentence_a, sentence_b))


class NeuronExplorer(CellExplorer):
    """The neuron view under its controls; each is an ipywidget with a `value`.

    Attributes:
        layer, head: numbers.
        token: the position of the token that asks.
        key: the position of the row whose numbers are written out, or "strongest".
    """

    STAGES = CellExplorer.SOURCES, ("layer", "head", "token", "key")
    IN_PAGE = "neurons", "layer", "head", "token", "key"
    _record: ModelRecord

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is shown; the record gives them their ranges."""
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "220px"))
        self.head = widgets.IntSlider(min=0, max=0, **looks("head", "220px"))
        tokens, first = token_options(self._record), telling_word(self._record, 0, 0)
        self.token = widgets.Dropdown(options=tokens, value=first, **looks("query", "190px", "150px"))
        self.key = widgets.Dropdown(options=[(say("controls.strongest"), STRONGEST)], **looks("key", "250px", "220px"))
        return [[self.layer, self.head, self.token, self.key]]

    def _fit(self) -> None:
        tokens = token_options(self._record)
        reach(self.layer, self._record.n_layers - 1)
        reach(self.head, self._record.n_heads - 1)
        offer(self.token, tokens, telling_word(self._record, self.layer.value, self.head.value))
        offer(self.key, [(say("controls.strongest"), STRONGEST), *tokens])

    def _picture(self) -> View:
        """Draw one cell, computed from the record."""
        key = None if self.key.value == STRONGEST else self.key.value
        return view_neurons(self._record, self.token.value, self.layer.value, self.head.value, key=key)
