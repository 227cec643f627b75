"""The translator of the course: a `Transformer` of our own, English to Chinese and back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ...text import CourseError
from ...transformer import DecoderLayer, Transformer, Vocabulary, beam_search, greedy_search, sample
from ..read_as import changed, halves, read_as_notices
from ..tokens import ids_of, simplify, unknown_notices
from .changes import TranslationPlan
from .sentences import sentence
from .source import (
    Source,
    checked_target,
    clean_text,
    has_chinese,
    language_notices,
)
from .translator import Attended, Translator, Written

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

TAGS = {"zh": "<2zh>", "en": "<2en>"}   # by the language translated into


class CourseTranslator(Translator):
    """The course translator.

    Args:
        model: the trained Transformer.
        tokenizer: the one both course models share.
        name: what the learner called it.
        pieces: {"zh" or "en": the ids that language is written with}.
        taught_head: (layer, head) of the cross-attention that was trained to align.
        alpha: of the length penalty in beam search.
    """

    taught_head: tuple[int, int]

    def __init__(self, model: Transformer, tokenizer: "PreTrainedTokenizerBase", name: str,
                 pieces: dict[str, Tensor], *, taught_head: tuple[int, int], alpha: float):
        self.model, self.tokenizer, self.name, self.pieces = model, tokenizer, name, pieces
        self.taught_head, self.alpha = taught_head, alpha
        config = model.config
        self.n_layers = self.n_encoder_layers = config.n_layers
        self.n_heads, self.d_model, self.max_tokens = config.n_heads, config.d_model, config.max_tokens
        self.start, self.end = tokenizer.cls_token_id, tokenizer.sep_token_id

    def read(self, text: str, target: str | None = None) -> Source:
        """Cut a text into the tag for the target language, word pieces and the end; see `Translator.read`."""
        typed, text = text, clean_text(text, self.name, self.max_tokens)
        target = checked_target(target) or ("en" if has_chinese(text) else "zh")
        (text,), notices = simplify((text,))
        encoding = self.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)[0]
        if not encoding.ids:
            raise CourseError("models.blank")
        n_tokens = len(encoding.ids) + 2
        if n_tokens > self.max_tokens:
            raise CourseError("translation.too_long", name=self.name, n_tokens=n_tokens, limit=self.max_tokens)
        (tag,) = ids_of(self.tokenizer, [TAGS[target]])
        notices += read_as_notices(halves(typed) | changed(self.tokenizer, encoding, (text,)))
        notices += unknown_notices(encoding, (text,), self.tokenizer.unk_token, True)
        notices += language_notices(text, from_chinese=target == "en")
        return Source(text, target, (TAGS[target], *encoding.tokens, *self._tokens([self.end])),
                      (tag, *encoding.ids, self.end), tuple(notices))

    def vocabulary(self, target: str, plan: TranslationPlan) -> Vocabulary:
        """Return what may be written in a language, and how it must begin."""
        return Vocabulary(self.start, self.end, self.pieces[target], plan.prefix_ids, plan.temperature)

    def _write(self, source: Source, plan: TranslationPlan) -> Written:
        ids, mask = _batch(source, plan)
        vocabulary, most = self.vocabulary(source.target, plan), self._most(source, plan)
        if plan.seed is not None:
            return Written(sample(self.model, ids, mask, vocabulary, most, plan.seed)[0])
        if plan.beam == 1:
            return Written(greedy_search(self.model, ids, mask, vocabulary, most)[0])
        best, steps = beam_search(self.model, self.model.encode(ids, mask), vocabulary, most, beam=plan.beam,
                                  alpha=self.alpha)
        return Written(list(best.token_ids), steps)

    def _attend(self, source: Source, plan: TranslationPlan, token_ids: list[int]) -> Attended:
        ids, mask = _batch(source, plan)
        encoded = self.model.encode(ids, mask)
        decoded = self.model.decode(torch.tensor([[self.start, *token_ids[:-1]]]), encoded.states, mask)
        vocabulary, logits = self.vocabulary(source.target, plan), self.model.logits(decoded.states[0])
        ways = torch.full_like(logits, -torch.inf)                                     # (target, vocab)
        ways[:, vocabulary.pieces] = vocabulary.log_probabilities(logits)
        return Attended(torch.cat(encoded.weights), torch.cat(decoded.weights), torch.cat(decoded.cross_weights), ways)

    def _prefix_ids(self, prefix: str, target: str) -> tuple[int, ...]:
        (text,), _ = simplify((prefix,))
        encoding = self.tokenizer(text, add_special_tokens=False, truncation=False, verbose=False)[0]
        allowed = {*self.pieces[target].tolist()} - {self.end, self.tokenizer.unk_token_id}
        foreign = [text[start:end] for token_id, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
                   if token_id not in allowed]
        if foreign:
            raise CourseError("translation.prefix_foreign", prefix=f"{prefix:.60}", pieces=" ".join(foreign)[:60])
        if len(encoding.ids) >= self.max_tokens:
            raise CourseError("translation.prefix_long", name=self.name, n_tokens=len(encoding.ids),
                              limit=self.max_tokens)
        return tuple(encoding.ids)

    def _cross_outputs(self) -> list[nn.Linear]:
        return [layer.cross_attention.w_output for layer in self.model.decoder if isinstance(layer, DecoderLayer)]

    def _tokens(self, token_ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.tokenizer.convert_ids_to_tokens(list(token_ids)))

    def _sentence(self, token_ids: list[int], target: str) -> str:
        return sentence(self._tokens([token_id for token_id in token_ids if token_id != self.end]), target)


def _batch(source: Source, plan: TranslationPlan) -> tuple[Tensor, Tensor | None]:
    """Return the source as a batch of one, and its mask where a token is hidden, (1, 1, 1, source token)."""
    mask = torch.tensor(plan.visible)[None, None, None] if plan.hidden else None
    return torch.tensor([source.source_ids]), mask
