"""Marian translators of the hub, as transformers runs them."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ...text import CourseError
from ...transformer import Vocabulary
from ..read_as import halves, plain_form, read_as_notices
from ..running import quiet
from ..tokens import ids_of, name_dropped, name_unknown
from .changes import TranslationPlan
from .replay import Listener, replayed
from .source import (
    Source,
    checked_target,
    clean_text,
    has_chinese,
    language_notices,
)
from .translator import Attended, Translator, Written

if TYPE_CHECKING:
    from transformers import MarianMTModel, MarianTokenizer

NAMES = {"zho": "zh", "chi": "zh", "cmn": "zh", "zh": "zh", "eng": "en", "en": "en"}
SIMPLIFIED = ">>cmn_Hans<<"   # asks a model that writes several kinds of Chinese for the simplified one


class MarianTranslator(Translator):
    """A Marian model: it knows one direction.

    Args:
        model: in eager attention.
        tokenizer: its own.
        name: what the learner called it.
    """

    def __init__(self, model: "MarianMTModel", tokenizer: "MarianTokenizer", name: str):
        self.model, self.tokenizer, self.name = model, tokenizer, name
        config = model.config
        self.n_encoder_layers, self.n_layers = config.encoder_layers, config.decoder_layers
        self.n_heads = config.decoder_attention_heads
        self.d_model, self.max_tokens = config.d_model, config.max_position_embeddings
        self.start, self.end = config.decoder_start_token_id, tokenizer.eos_token_id
        self.source_language, self.target_language = (
            NAMES.get(code, code) for code in (tokenizer.source_lang, tokenizer.target_lang))
        asked = model.generation_config
        rows = {row: str(token) for row, token in tokenizer.added_tokens_decoder.items()} | tokenizer.decoder
        self.names = [rows.get(row, f"#{row}") for row in range(config.vocab_size)]  # not all have a token
        self.banned = [ids[0] for ids in asked.bad_words_ids or [] if len(ids) == 1]
        self.length_penalty = 1.0 if asked.length_penalty is None else asked.length_penalty

    def read(self, text: str, target: str | None = None) -> Source:
        """Cut a text into word pieces and the end, the tag for simplified Chinese first where the model has one."""
        typed, text, asked = text, clean_text(text, self.name, self.max_tokens), checked_target(target)
        target = self.target_language or asked or ("en" if has_chinese(text) else "zh")
        if asked not in (None, target):
            raise CourseError("translation.one_direction", name=self.name, target=target, got=asked)
        pieces = self.tokenizer.tokenize(text)
        if not pieces:
            raise CourseError("models.blank")
        tag = [SIMPLIFIED] if SIMPLIFIED in self.tokenizer.supported_language_codes and pieces[0][:2] != ">>" else []
        ids = [*ids_of(self.tokenizer, [*tag, *pieces]), self.end]
        if len(ids) > self.max_tokens:
            raise CourseError("translation.too_long", name=self.name, n_tokens=len(ids), limit=self.max_tokens)
        unknown = self.tokenizer.unk_token
        notices = [*self._lost(typed, text, pieces), *name_unknown(self._unknown(pieces), unknown)]
        if self.source_language:
            notices += language_notices(text, from_chinese=self.source_language == "zh")
        known = [unknown if token_id == self.tokenizer.unk_token_id else piece
                 for piece, token_id in zip([*tag, *pieces, self.tokenizer.eos_token], ids, strict=True)]
        return Source(text, target, tuple(known), tuple(ids), tuple(notices))

    def _lost(self, typed: str, text: str, pieces: list[str]) -> list[str]:
        """Name the characters that no piece holds: those read as others, and those taken out."""
        held = "".join(pieces).replace("▁", "")
        gone = [character for character in dict.fromkeys(text) if not character.isspace() and character not in held]
        forms = {character: form for character in gone if (form := plain_form(character)) and form in held}
        dropped = [character for character in gone if not "".join(self.tokenizer.tokenize(character)).strip("▁")]
        return [*read_as_notices(halves(typed) | forms), *name_dropped(dropped)]

    def _unknown(self, pieces: list[str]) -> list[str]:
        """Return the pieces that the vocabulary does not hold, without their mark for a blank."""
        ids = ids_of(self.tokenizer, pieces)
        return [piece.strip("▁") for piece, token_id in zip(pieces, ids, strict=True)
                if token_id == self.tokenizer.unk_token_id]

    def _write(self, source: Source, plan: TranslationPlan) -> Written:
        ids, mask = _batch(source, plan)
        listener = Listener(plan.temperature)
        begin = torch.tensor([[self.start, *plan.prefix_ids]])
        with quiet(), torch.random.fork_rng(devices=[], enabled=plan.seed is not None):
            if plan.seed is not None:
                torch.manual_seed(plan.seed)
            written = self.model.generate(
                ids, attention_mask=mask, decoder_input_ids=begin, num_beams=plan.beam, do_sample=plan.seed is not None,
                temperature=1.0, top_k=0, top_p=1.0, forced_eos_token_id=None, logits_processor=[listener],
                max_new_tokens=self._most(source, plan) - len(plan.prefix_ids))[0, 1:].tolist()
        written = written[:written.index(self.end) + 1] if self.end in written else written
        if plan.beam == 1:
            return Written(written)
        vocabulary = Vocabulary(self.start, self.end, torch.arange(listener.vocab), plan.prefix_ids)
        return Written(written, replayed(listener, vocabulary, plan.beam, self.length_penalty))

    def _attend(self, source: Source, plan: TranslationPlan, token_ids: list[int]) -> Attended:
        ids, mask = _batch(source, plan)
        out = self.model(input_ids=ids, attention_mask=mask, output_attentions=True,
                         decoder_input_ids=torch.tensor([[self.start, *token_ids[:-1]]]))
        if not (out.encoder_attentions and out.decoder_attentions and out.cross_attentions):
            raise CourseError("translation.no_attentions", name=self.name)
        logits = out.logits[0] / plan.temperature                                      # (target, vocab)
        logits[:, self.banned] = -torch.inf
        return Attended(torch.cat(out.encoder_attentions), torch.cat(out.decoder_attentions),
                        torch.cat(out.cross_attentions), logits.log_softmax(-1))

    def _prefix_ids(self, prefix: str, target: str) -> tuple[int, ...]:
        ids = self.tokenizer(text_target=prefix, add_special_tokens=False).input_ids
        foreign = {*self.tokenizer.all_special_ids, *self.banned}
        if any(token_id in foreign for token_id in ids):
            pieces = " ".join(self.tokenizer.convert_ids_to_tokens([i for i in ids if i in foreign]))
            raise CourseError("translation.prefix_foreign", prefix=f"{prefix:.60}", pieces=pieces[:60])
        if len(ids) >= self.max_tokens:
            raise CourseError("translation.prefix_long", name=self.name, n_tokens=len(ids), limit=self.max_tokens)
        return tuple(ids)

    def _cross_outputs(self) -> list[nn.Linear]:
        return [layer.encoder_attn.out_proj for layer in self.model.model.decoder.layers]

    def _tokens(self, token_ids: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.names[token_id] for token_id in token_ids)

    def _sentence(self, token_ids: list[int], target: str) -> str:
        parts = [self.tokenizer.decode(list(ids), skip_special_tokens=True) if named else " ".join(self._tokens([*ids]))
                 for named, ids in groupby(token_ids, key=lambda row: self.names[row] != f"#{row}")]
        return " ".join(part for part in parts if part)


def _batch(source: Source, plan: TranslationPlan) -> tuple[Tensor, Tensor]:
    """Return the source as a batch of one, and its mask, 0 where a token is hidden, both (1, source token)."""
    return torch.tensor([source.source_ids]), torch.tensor([plan.visible]).long()
