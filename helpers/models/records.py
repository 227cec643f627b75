"""Frozen records: everything a model computed about one text, under the names the course uses."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

import numpy as np
from torch import Tensor, nn

from ..asked import place, short, whole
from ..text import CourseError
from .given import STAND_IN, checked_b_start, checked_names, checked_special, checked_weights, special_places
from .words import fold_weights, word_groups, word_text

Tokens = list[str] | tuple[str, ...]
Attentions = Tensor | np.ndarray | list | tuple
Guesses = list[tuple[str, float]]


@dataclass(frozen=True, eq=False, repr=False)
class AttentionRecord:
    """Tokens and the attention between them: what every attention view needs, and nothing more.

    `AttentionRecord.of(attentions, tokens)` makes one of what any other model gave.

    Attributes:
        tokens: the token (or word) strings, in order; in cross-attention those that ask.
        segment_ids: 0 for sentence A, 1 for sentence B, one a token.
        sentence_b_start: index of the first token of sentence B; None where there is one sentence.
        weights: (layer, head, query, key); each in [0, 1], each row sums to 1 (all 0 where a row is padding).
        model_name: what the learner called the model.
        notices: sentences the learner should read about this text (converted characters, unknown tokens...).
        key_tokens: in cross-attention the strings of the tokens that answer; None where tokens attend to themselves.
        special: where the tokens stand that the model's format adds ([CLS], <s>...), or that stand in for others
            ([MASK], [UNK]); None goes by how they are written. `special_places` answers in any case.
    """

    tokens: tuple[str, ...]
    segment_ids: tuple[int, ...]
    sentence_b_start: int | None
    weights: Tensor
    model_name: str = ""
    notices: tuple[str, ...] = ()
    key_tokens: tuple[str, ...] | None = None
    special: tuple[int, ...] | None = None

    @staticmethod
    def of(attentions: Attentions, tokens: Tokens, *, key_tokens: Tokens | None = None,
           sentence_b_start: int | None = None, name: str = "",
           special: Collection[int | str] | None = None) -> "AttentionRecord":
        """Make a record of the attention of any model.

        Args:
            attentions: what transformers returns with output_attentions=True, one (1, head, query, key) a layer; or
                one tensor or array (layer, head, query, key), (layer, 1, head, query, key), or of a single layer
                (head, query, key). Any float type, with or without gradients, on any device.
            tokens: their strings, in order; the marks Ġ, ▁ and Ċ for blanks are taken away.
            key_tokens: in cross-attention the tokens that answer; then `tokens` are those that ask.
            sentence_b_start: index of the first token of sentence B, where there are two sentences.
            name: what to call the model.
            special: places or strings of the tokens that the model's format adds; None goes by how they are written.

        Raises:
            CourseError: for another shape, for tokens that do not fit it, or for numbers that are no weights: rows
                must sum to 1, up to the rounding of the type, or be all 0; the sentence names the likely cause.

        Example:
            >>> from torch import eye
            >>> AttentionRecord.of(eye(3).expand(2, 4, 3, 3), ["<s>", "▁I", "▁see"], name="mine")
            <AttentionRecord mine: 3 tokens, 2 layers x 4 heads>
        """
        asks, answers = checked_names(tokens), None if key_tokens is None else checked_names(key_tokens)
        weights = checked_weights(attentions, len(asks), None if answers is None else len(answers))
        start = checked_b_start(sentence_b_start, len(asks), answers is not None)
        segment_ids = tuple(int(start is not None and place >= start) for place in range(len(asks)))
        return AttentionRecord(asks, segment_ids, start, weights, str(name), key_tokens=answers,
                               special=checked_special(special, asks))

    def __repr__(self) -> str:
        return (f"<{type(self).__name__} {self.model_name}: {self.n_tokens} tokens, "
                f"{self.n_layers} layers x {self.n_heads} heads>")

    @property
    def n_layers(self) -> int:
        """The number of layers."""
        return self.weights.shape[0]

    @property
    def n_heads(self) -> int:
        """The number of heads in each layer."""
        return self.weights.shape[1]

    @property
    def n_tokens(self) -> int:
        """The number of tokens; in cross-attention of those that ask."""
        return len(self.tokens)

    @property
    def is_cross(self) -> bool:
        """Whether one sequence attends to another."""
        return self.key_tokens is not None

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tokens that ask and those that answer: the same ones, save in cross-attention."""
        return self.tokens, self.tokens if self.key_tokens is None else self.key_tokens

    @property
    def special_places(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where special tokens stand among those that ask, and among those that answer."""
        asks = special_places(self.tokens) if self.special is None else self.special
        return asks, asks if self.key_tokens is None else special_places(self.key_tokens)

    @property
    def added_places(self) -> tuple[int, ...]:
        """Where those special tokens stand that are no part of the text: all but [MASK] and [UNK]."""
        return tuple(place for place in self.special_places[0] if self.tokens[place] not in STAND_IN)


def as_record(source: object, tokens: object = None, *, function: str,
              self_only: bool = False) -> AttentionRecord:
    """Return a record as it is, or make one of attention weights and their tokens: what every view begins with.

    Args:
        source: a record, or what `AttentionRecord.of` takes.
        tokens: of the weights; None for a record.
        function: the function that was called, for the sentence that says what went wrong.
        self_only: refuse cross-attention.

    Raises:
        CourseError: for anything else, or as `AttentionRecord.of` does.
    """
    if isinstance(source, AttentionRecord):
        if tokens is not None:
            raise CourseError("records.record_and_tokens", function=function)
        record = source
    elif tokens is None:
        raise CourseError("records.not_a_record", function=function, got=f"{type(source).__name__} {short(source)}")
    else:
        record = AttentionRecord.of(cast(Attentions, source), cast(Tokens, tokens))   # which looks at what they are
    if self_only and record.is_cross:
        queries, keys = record.weights.shape[2:]
        raise CourseError("records.cross", function=function, queries=queries, keys=keys)
    return record


@dataclass(frozen=True, eq=False)
class AttentionParts:
    """The trained parts of one layer's attention: the model's own modules, not copies.

    Attributes:
        w_query, w_key, w_value: (d_model to n_heads * d_head), with bias; head h makes the outputs from h * d_head to
            (h + 1) * d_head.
        w_output: joins the heads, with bias; head h comes in at the same places.
        norm: the layer norm after the residual is added.
    """

    w_query: nn.Linear
    w_key: nn.Linear
    w_value: nn.Linear
    w_output: nn.Linear
    norm: nn.LayerNorm


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class ModelRecord(AttentionRecord):
    """Everything a model computed about one text or pair, its prediction included, captured in a single run.

    Attributes:
        token_ids: index of each token in the vocabulary.
        sentences: the one or two texts as the tokenizer received them.
        spans: (start, end) of each token in its own sentence; (0, 0) for [CLS] and [SEP].
        word_embeddings: (token, d_model), what the token is.
        position_embeddings: (token, d_model), where it stands; None in a rotary model, which turns queries and keys.
        hidden_states: (layer + 1, token, d_model); [0] as they enter the first layer, [l + 1] = output of layer l, the
            last one normed where the model has a norm behind its layers.
        queries, keys, values, context: (layer, head, token, d_head); where a head was switched off, its context
            is zero. Queries and keys of a rotary model are already turned; where several heads share keys and values
            (grouped queries), these are repeated for each.
        scores: (layer, head, query, key), queries @ keys / sqrt(d_head), masked as the model masks.
        attention_outputs: (layer, token, d_model), after w_output and before the residual is added.
        logits: (place, vocab), the scores of all tokens of the vocabulary, in the model's own precision: of a BERT
            at each [MASK]; of a decoder at each token, for the one after it. None where there is nothing to predict,
            or the model was never trained to.
        logit_places: where these places are among the tokens.
        vocabulary: what each column of the logits is called; () where there are none.
    """

    token_ids: tuple[int, ...]
    sentences: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    word_embeddings: Tensor
    position_embeddings: Tensor | None = None
    hidden_states: Tensor
    queries: Tensor
    keys: Tensor
    values: Tensor
    scores: Tensor
    context: Tensor
    attention_outputs: Tensor
    logits: Tensor | None = None
    logit_places: tuple[int, ...] = ()
    vocabulary: tuple[str, ...] = ()

    @property
    def d_model(self) -> int:
        """The width of the embeddings and hidden states."""
        return self.hidden_states.shape[-1]

    @property
    def d_head(self) -> int:
        """The width of one head's queries, keys and values."""
        return self.queries.shape[-1]

    def attention_output(self, layer: int) -> Tensor:
        """Return what attention adds in `layer`: (token, d_model), after w_output, before the residual.

        Raises:
            CourseError: if there is no such layer.
        """
        asked = place(layer, self.n_layers)
        if asked is None:
            raise CourseError("models.no_such_layer", layer=short(layer, 20), last=self.n_layers - 1)
        return self.attention_outputs[asked]

    def guesses(self, top: int = 5) -> list[Guesses]:
        """Return what the model holds likeliest at each of `logit_places`: tokens with probabilities, best first.

        Args:
            top: how many for each place, 1 to the size of the vocabulary.

        Raises:
            CourseError: if `top` is out of range.
        """
        if self.logits is None:
            return []
        best = self.logits.softmax(-1).topk(checked_top(top, len(self.vocabulary)))
        return [[(self.vocabulary[row], probability) for row, probability in zip(rows, probabilities, strict=True)]
                for rows, probabilities in zip(best.indices.tolist(), best.values.tolist(), strict=True)]

    def words(self) -> AttentionRecord:
        """Fold characters and word pieces into words, and the attention between them with it.

        The attention a word receives is the sum over its tokens (keys), the attention it gives is the mean over its
        tokens (queries): so each row still sums to 1, and a word of three characters does not count three times as
        one that asks. Chinese words are those of jieba; [CLS], [SEP], [MASK] and punctuation stand alone.

        Returns:
            A record of words: tokens, segment ids, where sentence B starts, weights (layer, head, query, key).
        """
        groups = word_groups(self.tokens, self.segment_ids, self.spans, self.sentences)
        starts, special = [group[0] for group in groups], {*self.special_places[0]}
        return AttentionRecord(
            tokens=tuple(word_text([self.tokens[index] for index in group]) for group in groups),
            segment_ids=tuple(self.segment_ids[start] for start in starts),
            sentence_b_start=None if self.sentence_b_start is None else starts.index(self.sentence_b_start),
            weights=fold_weights(self.weights, groups), model_name=self.model_name, notices=self.notices,
            special=tuple(word for word, group in enumerate(groups) if special & {*group}))


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class BertRecord(ModelRecord):
    """Everything a BERT computed about one text or pair.

    Attributes:
        segment_embeddings: (token, d_model), which sentence a token is in.
        attended_states: (layer, token, d_model), after the residual is added and normalised, before feed-forward.
        attention_parts: what computed the attention of each layer, one a layer.
    """

    segment_embeddings: Tensor
    attended_states: Tensor
    attention_parts: tuple[AttentionParts, ...] = ()


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class DecoderRecord(ModelRecord):
    """Everything a decoder computed about one text.

    Attributes:
        last_norm: the model's own norm behind its last layer; None where there is none.
        unembedding: what turns states into logits, the model's own; None where it cannot write.
    """

    last_norm: nn.Module | None = None
    unembedding: nn.Module | None = None


def checked_top(top: object, vocab: int) -> int:
    """Return how many guesses are wanted.

    Raises:
        CourseError: for what is not a whole number from 1 to the size of the vocabulary.
    """
    checked = whole(top, 1, vocab)
    if checked is None:
        raise CourseError("models.bad_top", vocab=vocab, got=short(top))
    return checked
