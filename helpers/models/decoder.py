"""A loaded decoder (GPT-2, LLaMA and their like): run it on a text and keep everything, what it would write too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from torch import Tensor

from .. import wanted
from ..text import CourseError
from .changes.checked import checked_heads
from .changes.hooks import changed
from .changes.intervention import Changes, Intervention
from .changes.keywords import spelled_out
from .changes.plan import plan_for
from .model import Model
from .records import DecoderRecord, Guesses
from .running import one_thread
from .sampling import Sampling, SamplingChoices
from .tokens import EncodedText, clean_sentences, encode
from .writing import Written, checked_length, read_on, write

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase
    from transformers.cache_utils import Cache


class Decoder(Model[DecoderRecord]):
    """A decoder, in which each token sees those before it and itself, and its tokenizer.

    A record of its run holds logits at every token: of the token after it. `record.guesses()[-1]` is what the model
    would write next.

    Attributes:
        model: the transformers model.
        tokenizer: its tokenizer.
        name: what the learner called it.
        anatomy: where things sit inside it.
        can_write: whether it has what turns states into logits.
    """

    record_type = DecoderRecord

    def __init__(self, model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", name: str, *,
                 can_write: bool = True):
        super().__init__(model, tokenizer, name)
        self.can_write = can_write

    def encode(self, sentence_a: str, sentence_b: str | None = None) -> EncodedText:
        """Cut a text into the tokens that `run` gives the model.

        Raises:
            CourseError: for what is not a text, a blank text, one that is too long, or a second text.
        """
        sentences = clean_sentences(sentence_a, sentence_b, self.name, self.max_tokens)
        if len(sentences) == 2:
            raise CourseError("models.one_sentence_only", name=self.name)
        encoded = encode(self.tokenizer, sentences, False, (sentence_a,))
        if len(encoded.tokens) > self.max_tokens:
            raise CourseError("models.too_long", name=self.name, n_tokens=len(encoded.tokens), limit=self.max_tokens)
        return encoded

    @spelled_out(Intervention)
    def next_tokens(self, text: str, top: int = 5, **changes: Unpack[Changes]) -> Guesses:
        """Say what the model would write behind a text: tokens with probabilities, best first.

        Args:
            text: any text.
            top: how many, 1 to the size of the vocabulary.
            changes: what to change inside the running model, as in `run`.

        Raises:
            CourseError: as `run` does, if `top` is out of range, or if the model cannot write.
        """
        self._check_can_write()
        return self.run(text, **changes).guesses(top)[-1]

    @one_thread()
    @spelled_out(Sampling)
    def generate(self, text: str, max_tokens: int = 40, *, heads_off: Sequence[tuple[int, int]] = (),
                 use_cache: bool = True, **sampling: Unpack[SamplingChoices]) -> Written:
        """Write on behind a text, token by token, until the end token or `max_tokens` more.

        Args:
            text: how it begins.
            max_tokens: the most tokens that are written; the model's own limit holds besides.
            heads_off: (layer, head) pairs that say nothing meanwhile, as in `run`.
            use_cache: keep keys and values of earlier tokens; without it each step computes all of them again.
            sampling: the fields of `helpers.models.Sampling`; without a seed the likeliest token is taken each time.

        Raises:
            CourseError: for a text that cannot be read, a choice out of its range, or a model that cannot write.
        """
        self._check_can_write()
        chosen, encoded = Sampling.of(sampling), self.encode(text)
        off = checked_heads(heads_off, self.n_layers, self.n_heads)
        plan = plan_for({"heads_off": off}, encoded.tokens, self.anatomy) if off else None
        use_cache = wanted.switch("generate", "use_cache", use_cache)
        room = min(checked_length(max_tokens), self.max_tokens - len(encoded.tokens))
        with changed(self.anatomy, plan):
            return write(self.model, self.tokenizer, encoded.token_ids, room, chosen, use_cache=use_cache)

    @one_thread()
    def read_on(self, token_ids: Sequence[int], cache: "Cache | None" = None, first_position: int | None = None
                ) -> tuple[Tensor, "Cache"]:
        """Read new tokens behind those that a cache keeps: one step of `generate`.

        Args:
            token_ids: of the new tokens.
            cache: what an earlier call returned, which grows by the new tokens; None at the start of a text.
            first_position: the position that the first new token is told; None takes the one behind the cache.

        Returns:
            Logits (new token, vocab), and the cache.

        Raises:
            CourseError: for a model that cannot write, ids that it does not know, or what is no cache or position.
        """
        self._check_can_write()
        ids = wanted.wholes("read_on", "token_ids", token_ids)
        if not ids or max(ids) >= len(self.vocabulary):
            raise wanted.wrong("read_on", "token_ids", token_ids, "of_vocabulary", last=len(self.vocabulary) - 1)
        if cache is not None and not hasattr(cache, "get_seq_length"):
            raise wanted.wrong("read_on", "cache", cache, "cache")
        if first_position is not None:
            first_position = wanted.whole("read_on", "first_position", first_position, 0, self.max_tokens - len(ids))
        self.model.eval()
        return read_on(self.model, ids, cache, first_position)

    def _check_can_write(self) -> None:
        if not self.can_write:
            raise CourseError("writing.cannot_write", name=self.name)

    def _parts(self) -> dict[str, object]:
        """Return what turns states into logits."""
        return {"last_norm": self.anatomy.last_norm,
                "unembedding": self.model.get_output_embeddings() if self.can_write else None}

    def _asked(self, encoded: EncodedText) -> Sequence[int]:
        """Return all places, if the model can write."""
        return range(len(encoded.tokens)) if self.can_write else ()

    def _inputs(self, encoded: EncodedText) -> dict[str, object]:
        """Keep the model from remembering: one run sees the whole text."""
        return {"use_cache": False}
