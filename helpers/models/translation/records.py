"""The record of a translation: what was read, what was written token by token, and all attention on the way."""

from dataclasses import dataclass

from torch import Tensor

from ..records import AttentionRecord


@dataclass(frozen=True)
class Step:
    """One token being written.

    Attributes:
        token: what was written.
        probability: how likely the model held it, in [0, 1].
        candidates: the ten likeliest tokens with their probabilities, best first; the one written need not be among
            them, or be the first, where it was forced, drawn by lot or found by beam search.
        forced: whether the learner's prefix left no choice.
    """

    token: str
    probability: float
    candidates: tuple[tuple[str, float], ...]
    forced: bool = False


@dataclass(frozen=True)
class BeamPath:
    """One beginning of the target that beam search looked at.

    Attributes:
        tokens, token_ids: all it has written so far.
        log_probability: the sum over its tokens, 0 or less; a Marian model does not count those of a prefix.
        score: the log probability divided by the length penalty; paths are ranked by it.
        parent: the place, in the list of the step before, of the path it goes on from; None at the first step.
        fate: "kept" (goes on), "finished" (reached its end) or "dropped".
    """

    tokens: tuple[str, ...]
    token_ids: tuple[int, ...]
    log_probability: float
    score: float
    parent: int | None
    fate: str


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class TranslationRecord:
    """Everything a translator computed about one text.

    Row i of `decoder_weights` and `cross_weights` is the step that writes `target_tokens[i]`: at that step the decoder
    has read `decoder_tokens[:i + 1]`.

    Attributes:
        text: the translation as one would print it.
        source_text: the text that was translated, as the tokenizer received it.
        target: the language translated into: "zh", "en", or what a Marian model says of itself.
        source_tokens, source_ids: what the encoder read, with the tag for the language where there is one, and the end.
        target_tokens, target_ids: what was written, with the end where it was reached.
        decoder_tokens: what the decoder read: the start token, then the target tokens without the last.
        encoder_weights: (layer, head, source query, source key); each row sums to 1, here and below.
        decoder_weights: (layer, head, target query, target key), 0 for what comes later.
        cross_weights: (layer, head, target query, source key). A head that was switched off keeps its weights here,
            to show what was lost.
        steps: one for each target token.
        beams: for each step of a beam search the paths looked at, best first; () where there was no beam. They begin
            behind a prefix, and may be more than `steps`, since the search goes on beside a finished path.
        log_probability: of the target tokens together, 0 or less (natural logarithm).
        taught_head: (layer, head) of the cross-attention that was trained to point at the word being translated;
            None where none was.
        model_name: what the learner called the model.
        notices: sentences the learner should read: converted characters, unknown tokens, what was changed...
    """

    text: str
    source_text: str
    target: str
    source_tokens: tuple[str, ...]
    source_ids: tuple[int, ...]
    target_tokens: tuple[str, ...]
    target_ids: tuple[int, ...]
    decoder_tokens: tuple[str, ...]
    encoder_weights: Tensor
    decoder_weights: Tensor
    cross_weights: Tensor
    steps: tuple[Step, ...]
    beams: tuple[tuple[BeamPath, ...], ...] = ()
    log_probability: float
    taught_head: tuple[int, int] | None = None
    model_name: str = ""
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<TranslationRecord {self.model_name}: {self.source_text} -> {self.text}>"

    @property
    def n_layers(self) -> int:
        """The number of decoder layers."""
        return self.cross_weights.shape[0]

    @property
    def n_heads(self) -> int:
        """The number of heads in each decoder layer."""
        return self.cross_weights.shape[1]

    @property
    def encoder(self) -> AttentionRecord:
        """The source attending to itself, for `view_heads` and `view_model`."""
        return self._looks(self.source_tokens, self.encoder_weights)

    @property
    def decoder(self) -> AttentionRecord:
        """The target so far attending to itself; its tokens are those the decoder read."""
        return self._looks(self.decoder_tokens, self.decoder_weights)

    @property
    def cross(self) -> AttentionRecord:
        """The target attending to the source; its rows are named by the token that each step writes."""
        return self._looks(self.target_tokens, self.cross_weights, self.source_tokens)

    def _looks(self, tokens: tuple[str, ...], weights: Tensor, key_tokens: tuple[str, ...] | None = None
               ) -> AttentionRecord:
        return AttentionRecord(tokens, (0,) * len(tokens), None, weights, self.model_name, self.notices, key_tokens)
