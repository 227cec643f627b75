"""Frozen records: everything a model computed about one text, under the names the course uses."""

from dataclasses import dataclass, field

from torch import Tensor


@dataclass(frozen=True)
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


@dataclass(frozen=True, kw_only=True)
class BertRecord(AttentionRecord):
    """Everything a BERT computed about one text or pair, captured in a single run.

    Attributes:
        token_ids: index of each token in the vocabulary.
        sentences: the one or two texts as the tokenizer received them.
        spans: (start, end) of each token in its own sentence; (0, 0) for [CLS] and [SEP].
        word_embeddings: (token, d_model), what the token is; position_embeddings: (token, d_model),
            where it stands; segment_embeddings: (token, d_model), which sentence it is in.
        hidden_states: (layer + 1, token, d_model); [0] after the embeddings' layer norm, [l + 1] = output of layer l.
        queries, keys, values, context: (layer, head, token, d_head).
        scores: (layer, head, query, key), queries @ keys / sqrt(d_head), masked as the model masks.
        attention_outputs: (layer, token, d_model), after w_output and before the residual is added.
    """

    token_ids: tuple[int, ...]
    sentences: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    word_embeddings: Tensor = field(repr=False)
    position_embeddings: Tensor = field(repr=False)
    segment_embeddings: Tensor = field(repr=False)
    hidden_states: Tensor = field(repr=False)
    queries: Tensor = field(repr=False)
    keys: Tensor = field(repr=False)
    values: Tensor = field(repr=False)
    scores: Tensor = field(repr=False)
    context: Tensor = field(repr=False)
    attention_outputs: Tensor = field(repr=False)

    @property
    def d_model(self) -> int:
        """The width of the embeddings and hidden states."""
        return self.hidden_states.shape[-1]

    @property
    def d_head(self) -> int:
        """The width of one head's queries, keys and values."""
        return self.queries.shape[-1]

    def attention_output(self, layer: int) -> Tensor:
        """Return what attention adds in `layer`: (token, d_model), after w_output, before the residual."""
        return self.attention_outputs[layer]
