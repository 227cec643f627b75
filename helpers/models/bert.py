"""A loaded BERT: run it on a text and keep everything it computed, or let it guess hidden words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from ..text import CourseError, say
from .changes.intervention import Changes, Intervention
from .changes.keywords import spelled_out
from .model import Model
from .records import BertRecord, Guesses
from .tokens import EncodedText, clean_sentences, encode

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

MASK_LOOKALIKE = re.compile(r"[\[［【〔<〈(（{]\s*(mask|ｍａｓｋ)\s*[\]］】〕>〉)）}]", re.IGNORECASE)


class Bert(Model[BertRecord]):
    """A BERT, or one of its like (RoBERTa, ELECTRA), and its tokenizer.

    Attributes:
        model: the transformers model.
        tokenizer: its tokenizer.
        name: what the learner called it.
        anatomy: where things sit inside it.
        can_fill_mask: whether it was trained to guess hidden words.
        simplified_only: whether its Chinese vocabulary is simplified, so that texts are converted first.
    """

    record_type = BertRecord

    def __init__(self, model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", name: str, *,
                 can_fill_mask: bool = False, simplified_only: bool = False):
        super().__init__(model, tokenizer, name)
        self.can_fill_mask = can_fill_mask and tokenizer.mask_token_id is not None
        self.simplified_only = simplified_only

    def encode(self, sentence_a: str, sentence_b: str | None = None) -> EncodedText:
        """Cut a text or pair into the tokens that `run` gives the model.

        Raises:
            CourseError: for what is not a text, a blank text, one that is too long, or a pair where the model knows
                single sentences only.
        """
        sentences = clean_sentences(sentence_a, sentence_b, self.name, self.max_tokens)
        if len(sentences) == 2 and self.model.config.type_vocab_size < 2:
            raise CourseError("models.one_sentence_only", name=self.name)
        encoded = encode(self.tokenizer, sentences, self.simplified_only, (sentence_a, sentence_b))
        if len(encoded.tokens) > self.max_tokens:
            raise CourseError("models.too_long", name=self.name, n_tokens=len(encoded.tokens), limit=self.max_tokens)
        return encoded

    @spelled_out(Intervention)
    def fill_mask(self, text: str, sentence_b: str | None = None, top: int = 5,
                  **changes: Unpack[Changes]) -> list[Guesses]:
        """Guess the hidden words of a text: what `run(text).guesses(top)` gives.

        Args:
            text: a text with one or more [MASK].
            sentence_b: a second text, which may hold [MASK] too.
            top: how many candidates for each [MASK], 1 to the size of the vocabulary.
            changes: what to change inside the running model, as in `run`.

        Returns:
            For each [MASK], in order, the candidates with their probabilities, best first. They are tokens of the
            vocabulary; the probabilities of all tokens together would sum to 1. What did not reach the model as
            typed is told by `run(text).notices`.

        Raises:
            CourseError: if the model was never trained for this, if there is no [MASK], if `top` is out of range, or
                for a change that cannot be made.
        """
        if not self.can_fill_mask:
            raise CourseError("models.no_mask_head", name=self.name)
        record = self.run(text, sentence_b, **changes)
        if not record.logit_places:
            raise self._no_mask(record.sentences)
        return record.guesses(top)

    def _asked(self, encoded: EncodedText) -> Sequence[int]:
        """Return where a [MASK] stands, if the model was trained to guess it."""
        mask = self.tokenizer.mask_token_id
        return [place for place, token_id in enumerate(encoded.token_ids) if token_id == mask and self.can_fill_mask]

    def _inputs(self, encoded: EncodedText) -> dict[str, object]:
        """Return the segment ids."""
        return {"token_type_ids": self._batch(encoded.segment_ids)}

    def _parts(self) -> dict[str, object]:
        """Return what computed the attention of each layer."""
        return {"attention_parts": self.anatomy.attention_parts}

    def _no_mask(self, sentences: tuple[str, ...]) -> CourseError:
        """Say that [MASK] is needed; where something like it was written, name that."""
        mask = self.tokenizer.mask_token
        alike = MASK_LOOKALIKE.search(" ".join(sentences))
        if alike:
            return CourseError("models.mask_misspelt", found=alike.group(), mask=mask)
        return CourseError("models.no_mask", mask=mask, example=say("models.mask_example", mask=mask))
