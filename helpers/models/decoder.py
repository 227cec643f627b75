"""A loaded decoder (GPT-2, LLaMA and their like): run it on a text and keep everything, what it would write too."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..text import CourseError
from .model import Model
from .records import ModelRecord
from .tokens import EncodedText, clean_sentences, encode

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


class Decoder(Model[ModelRecord]):
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

    record_type = ModelRecord

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
        encoded = encode(self.tokenizer, sentences, False)
        if len(encoded.tokens) > self.max_tokens:
            raise CourseError("models.too_long", name=self.name, n_tokens=len(encoded.tokens), limit=self.max_tokens)
        return encoded

    def _asked(self, encoded: EncodedText) -> Sequence[int]:
        """Return all places, if the model can write."""
        return range(len(encoded.tokens)) if self.can_write else ()

    def _inputs(self, encoded: EncodedText) -> dict[str, object]:
        """Keep the model from remembering: one run sees the whole text."""
        return {"use_cache": False}
