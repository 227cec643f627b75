"""bertviz's own three views, without a network: its head view, model view and neuron view.

They are made on demand, from a record or from a loaded model and a text, and nothing of them needs to be saved: in a
lesson, tag the cell `volatile`. Where bertviz or the packages that carry its libraries are not installed, the
course's own view is shown in its place.

Source: Vig 2019, A Multiscale Visualization of Attention in the Transformer Model.
"""

from ...models import ModelRecord
from ...text import CourseError
from ..heads import view_heads
from ..heads.shown import head_choice
from ..kit import place_of
from ..model import view_model
from ..neurons import view_neurons
from .drawing import framed, in_words, instead
from .frame import BertvizView, OwnView
from .neurons import Replay, count_of
from .page import missing
from .source import Source, Text, attention_of, record_of, refuse_long

__all__ = ["BertvizView", "OwnView", "bertviz_heads", "bertviz_model", "bertviz_neurons"]


def bertviz_heads(model_or_record: Source, sentence_a: Text = None, sentence_b: str | None = None, *,
                  layer: int = 0, heads: int | list[int] | None = None) -> BertvizView | OwnView:
    """Return bertviz's head view: the tokens twice, a line for each weight, the heads of a layer in their colours.

    In it, the drop-downs choose the layer and the sentences (or encoder, decoder, cross-attention); a click on a
    coloured square switches its head, a double click shows that one alone; pointing at a token shows its lines.

    Args:
        model_or_record: a model's run or its `.words()`; a translation, of which encoder, decoder and cross-attention
            are shown; a loaded model; a name or folder for `load_bert`; or the attention weights of any model, as
            `AttentionRecord.of` takes them.
        sentence_a: the text, where a model is given; the tokens, where attention weights are.
        sentence_b: a second one, or None; a translator takes one.
        layer: the layer it opens with; counts from 0.
        heads: the head or heads it opens with; None for all.

    Returns:
        A `BertvizView`; where a package it needs is not installed, an `OwnView`: the course's own head view,
        of a translation that of its cross-attention.

    Raises:
        CourseError: for anything else, for a layer or head that is not there, or a text too long for a browser.
    """
    attention = attention_of("bertviz_heads", record_of("bertviz_heads", model_or_record, sentence_a, sentence_b))
    layer = place_of(layer, attention.n_layers, "views.layer")
    chosen = list(head_choice(heads, attention.n_heads))
    refuse_long("heads", attention.n_numbers, attention)
    if packages := missing():
        return instead(view_heads(attention.own, layer=layer, heads=chosen), packages, attention)
    from bertviz.head_view import head_view

    drawn = head_view(**attention.arguments(), layer=layer, heads=chosen).data
    return framed("heads", attention, drawn, in_words(attention, view_heads, layer=layer, heads=chosen))


def bertviz_model(model_or_record: Source, sentence_a: Text = None,
                  sentence_b: str | None = None) -> BertvizView | OwnView:
    """Return bertviz's model view: every head of every layer as a small picture of lines.

    In it, a click on a picture enlarges it and another closes it; pointing at a token there shows its lines alone.

    Args:
        model_or_record, sentence_a, sentence_b: as in `bertviz_heads`.

    Returns:
        A `BertvizView`; where a package it needs is not installed, an `OwnView`: the course's own model view.

    Raises:
        CourseError: as in `bertviz_heads`; too long is a text for which bertviz would draw more than 250,000 lines,
            after which browsers stop answering.
    """
    attention = attention_of("bertviz_model", record_of("bertviz_model", model_or_record, sentence_a, sentence_b))
    refuse_long("model", attention.n_lines, attention)
    if packages := missing():
        return instead(view_model(attention.own), packages, attention)
    from bertviz.model_view import model_view

    drawn = model_view(**attention.arguments(), display_mode="light").data
    return framed("model", attention, drawn, in_words(attention, view_model))


def bertviz_neurons(model_or_record: Source, sentence_a: Text = None, sentence_b: str | None = None, *,
                    layer: int = 0, head: int = 0) -> BertvizView | OwnView:
    """Return bertviz's neuron view: of one head query, key, their products number by number, their sum, softmax.

    In it, pointing at a token on the left shows its row; a click on the plus beside it unfolds the computation. The
    numbers are those of the run, so any BERT that `load_bert` takes can be shown.

    Args:
        model_or_record, sentence_a, sentence_b: as in `bertviz_heads`, but for translations and words, which have no
            queries and keys.
        layer, head: the place it opens with; they count from 0.

    Returns:
        A `BertvizView`; where a package it needs is not installed, an `OwnView`: the course's own trace of that head,
        for the token after the first.

    Raises:
        CourseError: as in `bertviz_heads`, and for a record without queries and keys.
    """
    record = record_of("bertviz_neurons", model_or_record, sentence_a, sentence_b)
    if not isinstance(record, ModelRecord):
        raise CourseError("bertviz.no_queries", got=type(record).__name__)
    attention = attention_of("bertviz_neurons", record)
    layer, head = place_of(layer, attention.n_layers, "views.layer"), place_of(head, attention.n_heads, "views.head")
    refuse_long("neurons", count_of(record), attention)
    if packages := missing():
        return instead(view_neurons(record, min(1, record.n_tokens - 1), layer, head), packages, attention)
    from bertviz.neuron_view import show

    replay = Replay(record)
    drawn = show(replay, "bert", replay, *replay.texts, "light", layer, head, html_action="return").data
    return framed("neurons", attention, drawn, in_words(attention, view_heads, layer=layer, heads=head))
