"""The head view under sliders, on the learner's own text."""

import ipywidgets as widgets

from ..asked import whole
from ..text import say
from ..views import View, view_heads
from .explorer import ALL, looks, offer, reach
from .texts import Source, Text, TextExplorer, offer_filters, opened, token_options


def explore_heads(model_or_record: Source, sentence_a: Text = None,
                  sentence_b: str | None = None, *, layer: int = 0, head: int | None = None) -> "HeadExplorer":
    """Return a widget that shows the heads of a model on a text, with sliders for layer and head.

    Moving a slider looks up and redraws; only another text or another model is run. `view_heads` draws the same
    pictures without a widget.

    Args:
        model_or_record: a loaded model, a name or folder for `load_bert`, or a record or attention weights, whose
            text is then fixed.
        sentence_a: the text to begin with, None takes an example; the tokens, where attention weights are given.
        sentence_b: a second one, or None.
        layer, head: where the sliders stand at first; None for all heads.

    Raises:
        CourseError: for anything else, and for a model, a text, a layer or a head that cannot be used.
    """
    explorer = HeadExplorer(*opened("explore_heads", model_or_record, sentence_a, sentence_b))
    if head is not None or whole(layer) != 0:
        explorer.choose(layer=layer, head=ALL if head is None else head)
    return explorer


class HeadExplorer(TextExplorer):
    """The head view under its controls; each is an ipywidget with a `value`.

    Attributes:
        layer: a number; head: a number or "all".
        filter: "all", "a-a", "a-b", "b-a" or "b-b".
        query: the position of the one query shown, or "all".
        threshold: weights below it are not drawn.
        across: whether tokens stand side by side.
    """

    STAGES = TextExplorer.SOURCES, ("words", "filter"), ("layer", "head", "query", "threshold", "across")
    IN_PAGE = "heads", "layer", "head", "filter", "query", "threshold", "across"

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is shown; the record gives them their ranges."""
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "200px"))
        self.head = widgets.SelectionSlider(options=[(say("controls.all_heads"), ALL)], **looks("head", "220px"))
        self.filter = widgets.Dropdown(options=[(say("controls.all_tokens"), ALL)], **looks("filter", "165px", "140px"))
        self.query = widgets.Dropdown(options=[(say("controls.all_queries"), ALL)], **looks("query", "190px", "140px"))
        self.threshold = widgets.FloatSlider(0.05, min=0.01, max=0.5, step=0.01, **looks("threshold", "240px"))
        self.across = widgets.Checkbox(False, indent=False, description=say("controls.across"),
                                       layout={"width": "auto"})
        return [[self.layer, self.head, self.filter, self.query, self.threshold], [self.words, self.across]]

    def _picture(self) -> View:
        """Draw the heads: a look-up in the record."""
        head, query = (None if control.value == ALL else control.value for control in (self.head, self.query))
        return view_heads(self._shown(), layer=self.layer.value, heads=head, filter=self.filter.value,
                          threshold=self.threshold.value, query=query, across=self.across.value)

    def _fit(self) -> None:
        record = self._shown()
        reach(self.layer, record.n_layers - 1)
        heads = [(str(head), head) for head in range(record.n_heads)]
        offer(self.head, [(say("controls.all_heads"), ALL), *heads])
        offer_filters(self.filter, record)
        sides = {ALL: (0, 1)}.get(self.filter.value, ("ab".index(self.filter.value[0]),))
        queries = [option for option in token_options(record) if record.segment_ids[option[1]] in sides]
        offer(self.query, [(say("controls.all_queries"), ALL), *queries])
