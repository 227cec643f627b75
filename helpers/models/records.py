"""Frozen records: everything a model computed about one text, under the names the course uses."""

from dataclasses import dataclass

from torch import Tensor, nn

from ..text import CourseError
from .words import fold_weights, word_groups, word_text


@dataclass(frozen=True, eq=False, repr=False)
class AttentionRecord:
    """Tokens and the attention between them: what every attention view needs, and nothing more.

    Attributes:
        tokens: the token (or word) strings, in order.
        segment_ids: 0 for sentence A, 1 for sentence B, one a token.
        sentence_b_start: index of the first token of sentence B; None where there is one sentence.
        weights: (layer, head, query, key); each in [0, 1], each row sums to 1.
        model_name: what the learner called the model.
        notices: sentences the learner should read about this text (converted characters, unknown tokens...).
    """

    tokens: tuple[str, ...]
    segment_ids: tuple[int, ...]
    sentence_b_start: int | None
    weights: Tensor
    model_name: str = ""
    notices: tuple[str, ...] = ()

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
        """The number of tokens."""
        return len(self.tokens)

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The tokens that ask and those that answer: the same ones, save in cross-attention."""
        return self.tokens, self.tokens


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
class BertRecord(AttentionRecord):
    """Everything a BERT computed about one text or pair, captured in a single run.

    Attributes:
        token_ids: index of each token in the vocabulary.
        sentences: the one or two texts as the tokenizer received them.
        spans: (start, end) of each token in its own sentence; (0, 0) for [CLS] and [SEP].
        word_embeddings: (token, d_model), what the token is; position_embeddings: (token, d_model),
            where it stands; segment_embeddings: (token, d_model), which sentence it is in.
        hidden_states: (layer + 1, token, d_model); [0] after the embeddings' layer norm, [l + 1] = output of layer l.
        queries, keys, values, context: (layer, head, token, d_head); where a head was switched off, its context
            is zero.
        scores: (layer, head, query, key), queries @ keys / sqrt(d_head), masked as the model masks.
        attention_outputs: (layer, token, d_model), after w_output and before the residual is added.
        attended_states: (layer, token, d_model), after the residual is added and normalised, before feed-forward.
        attention_parts: what computed the attention of each layer, one a layer.
    """

    token_ids: tuple[int, ...]
    sentences: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    word_embeddings: Tensor
    position_embeddings: Tensor
    segment_embeddings: Tensor
    hidden_states: Tensor
    queries: Tensor
    keys: Tensor
    values: Tensor
    scores: Tensor
    context: Tensor
    attention_outputs: Tensor
    attended_states: Tensor | None = None
    attention_parts: tuple[AttentionParts, ...] = ()

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
        if layer not in range(self.n_layers):
            raise CourseError("models.no_such_layer", layer=layer, last=self.n_layers - 1)
        return self.attention_outputs[layer]

    def words(self) -> AttentionRecord:
        """Fold characters and word pieces into words, and the attention between them with it.

        The attention a word receives is the sum over its tokens (keys), the attention it gives is the mean over its
        tokens (queries): so each row still sums to 1, and a word of three characters does not count three times as
        one that asks. Chinese words are those of jieba; [CLS], [SEP], [MASK] and punctuation stand alone.

        Returns:
            A record of words: tokens, segment ids, where sentence B starts, weights (layer, head, query, key).
        """
        groups = word_groups(self)
        starts = [group[0] for group in groups]
        return AttentionRecord(
            tokens=tuple(word_text([self.tokens[index] for index in group]) for group in groups),
            segment_ids=tuple(self.segment_ids[start] for start in starts),
            sentence_b_start=None if self.sentence_b_start is None else starts.index(self.sentence_b_start),
            weights=fold_weights(self.weights, groups), model_name=self.model_name, notices=self.notices)
