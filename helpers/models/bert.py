"""A loaded BERT: run it on a text and keep everything it computed, or let it guess hidden words."""

import re
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from ..text import CourseError, say
from .capture import capture, captured_parts, prove
from .changes.checked import checked_top
from .changes.hooks import changed
from .changes.plan import plan_for
from .records import BertRecord
from .running import one_thread
from .tokens import EncodedText, clean_sentences, encode

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedModel, PreTrainedTokenizerBase
    from transformers.utils import ModelOutput

MASK_LOOKALIKE = re.compile(r"[\[［【〔<〈(（{]\s*(mask|ｍａｓｋ)\s*[\]］】〕>〉)）}]", re.IGNORECASE)


class Bert:
    """A BERT and its tokenizer.

    Attributes:
        model: the transformers model.
        tokenizer: its tokenizer.
        name: what the learner called it.
        can_fill_mask: whether it was trained to guess hidden words.
        simplified_only: whether its Chinese vocabulary is simplified, so that texts are converted first.
    """

    def __init__(self, model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", name: str, *,
                 can_fill_mask: bool = False, simplified_only: bool = False):
        self.model = model
        self.tokenizer = tokenizer
        self.name = name
        self.can_fill_mask = can_fill_mask and tokenizer.mask_token_id is not None
        self.simplified_only = simplified_only

    def __repr__(self) -> str:
        return f"<Bert {self.name}: {self.n_layers} layers x {self.n_heads} heads, d_model {self.d_model}>"

    @property
    def encoder(self) -> "BertModel":
        """The model without the heads on top: embeddings and layers."""
        return self.model.base_model

    @property
    def n_layers(self) -> int:
        """The number of layers."""
        return self.model.config.num_hidden_layers

    @property
    def n_heads(self) -> int:
        """The number of heads in each layer."""
        return self.model.config.num_attention_heads

    @property
    def d_model(self) -> int:
        """The width of the embeddings and hidden states."""
        return self.model.config.hidden_size

    @property
    def max_tokens(self) -> int:
        """The most tokens a text may have, [CLS] and [SEP] included."""
        return self.model.config.max_position_embeddings

    def encode(self, sentence_a: str, sentence_b: str | None = None) -> EncodedText:
        """Cut a text or pair into the tokens that `run` gives the model.

        Raises:
            CourseError: for what is not a text, a blank text, one that is too long, or a pair where the model knows
                single sentences only.
        """
        sentences = clean_sentences(sentence_a, sentence_b, self.name, self.max_tokens)
        if len(sentences) == 2 and self.model.config.type_vocab_size < 2:
            raise CourseError("models.one_sentence_only", name=self.name)
        encoded = encode(self.tokenizer, sentences, self.simplified_only)
        if len(encoded.tokens) > self.max_tokens:
            raise CourseError("models.too_long", name=self.name, n_tokens=len(encoded.tokens), limit=self.max_tokens)
        return encoded

    @one_thread()
    def run(self, sentence_a: str, sentence_b: str | None = None, **changes: object) -> BertRecord:
        """Run the model once on a text or pair and record everything it computes.

        Args:
            sentence_a: any text.
            sentence_b: a second one; None or a blank text where there is none.
            changes: what to change inside the running model, under the names of `helpers.interventions.Intervention`:
                heads_off, weights_edited, hidden_tokens, positions, seed, scale, temperature.

        Returns:
            The record. Its `notices` say what did not reach the model as typed, and what was changed.

        Raises:
            CourseError: for a text that cannot be read (see `encode`), a change that cannot be made, or a model
                whose attention is not softmax(q·k/√d).
        """
        encoded = self.encode(sentence_a, sentence_b)
        plan = plan_for(changes, encoded.tokens, self.model.config)
        with changed(self.encoder, plan), capture(self.encoder) as found:
            output = self._forward(self.encoder, encoded, output_attentions=True, output_hidden_states=True)
        if len(output.attentions or ()) != self.n_layers:
            raise CourseError("models.no_attentions", name=self.name)
        weights, hidden_states = torch.cat(output.attentions), torch.cat(output.hidden_states)
        parts = captured_parts(found, self.n_heads, plan)
        prove(parts["scores"], weights, self.name, plan)
        notices = (*encoded.notices, *([plan.notice()] if plan and plan.words() else ()))
        return BertRecord(**vars(encoded) | {"notices": notices}, **parts, weights=weights,
                          hidden_states=hidden_states, model_name=self.name)

    @one_thread()
    def fill_mask(self, text: str, sentence_b: str | None = None, top: int = 5,
                  **changes: object) -> list[list[tuple[str, float]]]:
        """Guess the hidden words of a text.

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
        encoded = self.encode(text, sentence_b)
        masked = [place for place, token_id in enumerate(encoded.token_ids)
                  if token_id == self.tokenizer.mask_token_id]
        if not masked:
            raise self._no_mask(encoded.sentences)
        with changed(self.encoder, plan_for(changes, encoded.tokens, self.model.config)):
            logits = self._forward(self.model, encoded)[0][0, masked]
        best = logits.softmax(-1).topk(checked_top(top, logits.shape[-1], self.tokenizer.mask_token))
        return [list(zip(self.tokenizer.convert_ids_to_tokens(ids), probabilities, strict=True))
                for ids, probabilities in zip(best.indices.tolist(), best.values.tolist(), strict=True)]

    def _forward(self, model: "PreTrainedModel", encoded: EncodedText, **wanted: bool) -> "ModelOutput":
        """Run the model, or a part of it, on one text: no dropout, no gradients."""
        def batch(numbers: tuple[int, ...]) -> Tensor:
            return torch.tensor([numbers], device=model.device)

        token_ids = batch(encoded.token_ids)
        self.model.eval()
        with torch.no_grad():
            return model(input_ids=token_ids, token_type_ids=batch(encoded.segment_ids),
                         attention_mask=torch.ones_like(token_ids), **wanted)

    def _no_mask(self, sentences: tuple[str, ...]) -> CourseError:
        """Say that [MASK] is needed; where something like it was written, name that."""
        mask = self.tokenizer.mask_token
        alike = MASK_LOOKALIKE.search(" ".join(sentences))
        if alike:
            return CourseError("models.mask_misspelt", found=alike.group(), mask=mask)
        return CourseError("models.no_mask", mask=mask, example=say("models.mask_example", mask=mask))
