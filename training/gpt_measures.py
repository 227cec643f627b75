"""Measure the course GPT: bits per character on held-out text, and the heads that copy (induction).

Bits per character do not depend on how a text is cut into tokens, so that models with other tokens can be compared:
the bits of all tokens of a text, its end left out, over its characters, spaces included. An unknown character counts
neither way, for any model.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional
from transformers import LlamaForCausalLM, PreTrainedTokenizerBase

from .ngrams import KneserNey

BATCH = 64
REPEATED, SEQUENCES = 25, 40     # tokens of a random sequence that is repeated, and how many sequences


@dataclass(frozen=True)
class Text:
    """A text to be predicted: its tokens after <s>, and how many characters they cover, unknown ones left out."""

    ids: list[int]
    n_characters: int

    @classmethod
    def of(cls, text: str, tokenizer: PreTrainedTokenizerBase) -> "Text":
        """Return the text in tokens, cut to the model's context."""
        encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, truncation=True,
                            max_length=tokenizer.model_max_length - 1)
        unknown = sum(end - start for token, (start, end) in zip(encoded.input_ids, encoded.offset_mapping, strict=True)
                      if token == tokenizer.unk_token_id)
        return cls(encoded.input_ids, (encoded.offset_mapping or [(0, 0)])[-1][1] - unknown)


@dataclass(frozen=True)
class Bits:
    """What a model needs for some texts: bits and known tokens of each, and its characters; all (text,)."""

    bits: Tensor
    n_tokens: Tensor
    n_characters: Tensor

    @classmethod
    def of(cls, nats: list[Tensor], texts: list[Text], unknown: int) -> "Bits":
        """Return the bits, from the −ln p of every token of every text."""
        known = [torch.tensor(text.ids) != unknown for text in texts]
        return cls(torch.stack([one[kept].sum() for one, kept in zip(nats, known, strict=True)]).double() / math.log(2),
                   torch.tensor([int(kept.sum()) for kept in known]),
                   torch.tensor([text.n_characters for text in texts]))

    @property
    def per_character(self) -> float:
        """Bits per character over all texts together."""
        return (self.bits.sum() / self.n_characters.sum()).item()

    @property
    def perplexity(self) -> float:
        """Perplexity per token over all texts together."""
        return 2 ** (self.bits.sum() / self.n_tokens.sum()).item()

    def interval(self, n_draws: int = 1_000, seed: int = 0) -> tuple[float, float]:
        """Return the middle 95 % of `per_character` over texts drawn anew (bootstrap)."""
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randint(len(self.bits), (n_draws, len(self.bits)), generator=generator)
        rates = self.bits[drawn].sum(1) / self.n_characters[drawn].sum(1)
        low, high = rates.quantile(torch.tensor([0.025, 0.975], dtype=torch.double)).tolist()
        return low, high

    def where(self, chosen: Tensor) -> "Bits":
        """Return the bits of the chosen texts alone; `chosen` is (text,) bool."""
        return Bits(self.bits[chosen], self.n_tokens[chosen], self.n_characters[chosen])


@torch.no_grad()
def token_nats(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, texts: list[Text]) -> list[Tensor]:
    """Return −ln p of every token of every text, <s> standing before it, among the known tokens alone."""
    model.eval()
    nats: list[Tensor] = [torch.empty(0)] * len(texts)
    order = sorted(range(len(texts)), key=lambda i: len(texts[i].ids))
    for at in range(0, len(order), BATCH):
        chosen = order[at:at + BATCH]
        width = max(len(texts[i].ids) for i in chosen)
        padded = [[*texts[i].ids, *[0] * (width - len(texts[i].ids))] for i in chosen]
        ids = torch.tensor([[tokenizer.bos_token_id, *row] for row in padded])
        logits = model(ids[:, :-1], use_cache=False).logits.float()
        logits[..., tokenizer.unk_token_id] = -torch.inf
        losses = functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        losses = losses.view(len(ids), -1)                                # (text, token)
        for row, i in enumerate(chosen):
            nats[i] = losses[row, :len(texts[i].ids)]
    return nats


def bits_of(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str]) -> Bits:
    """Return the bits the model needs for the texts."""
    encoded = [Text.of(text, tokenizer) for text in texts]
    return Bits.of(token_nats(model, tokenizer, encoded), encoded, tokenizer.unk_token_id)


def bits_of_ngrams(model: KneserNey, tokenizer: PreTrainedTokenizerBase, texts: list[str]) -> Bits:
    """Return the bits an n-gram model needs for the texts, asked as the GPT is: among the known tokens alone."""
    unknown, encoded, nats = tokenizer.unk_token_id, [Text.of(text, tokenizer) for text in texts], []
    for text in encoded:
        ids = [tokenizer.bos_token_id, *text.ids]
        shares = [model.probability(token, ids[:at]) / (1 - model.probability(unknown, ids[:at]))
                  for at, token in enumerate(ids[1:], start=1)]
        nats.append(-torch.tensor(shares).log())
    return Bits.of(nats, encoded, unknown)


def repeated_sequences(tokenizer: PreTrainedTokenizerBase, length: int = REPEATED, n: int = SEQUENCES, seed: int = 0
                       ) -> Tensor:
    """Return (sequence, 1 + 2 · length) ids: <s>, then random tokens, then the same once more."""
    plain = torch.tensor([i for i in range(len(tokenizer)) if i not in tokenizer.all_special_ids])
    drawn = plain[torch.randint(len(plain), (n, length), generator=torch.Generator().manual_seed(seed))]
    return torch.cat([torch.full((n, 1), tokenizer.bos_token_id), drawn, drawn], dim=1)


def induction_scores(weights: Tensor) -> Tensor:
    """Return each head's induction score: its weight, in the second copy, on the token after the first occurrence.

    Args:
        weights: (..., query, key) for <s>, a sequence and the same sequence again, 1 + 2 · length tokens.

    Returns:
        (...), the mean over the second copy, its last token left out: what follows there was not seen before.
    """
    length = (weights.shape[-1] - 1) // 2
    queries = torch.arange(1 + length, 2 * length)
    return weights[..., queries, queries - length + 1].mean(-1)


@dataclass(frozen=True)
class Induction:
    """How a model copies: scores (layer, head), and the loss in nats a token in the first and the second copy."""

    scores: Tensor
    first_loss: float
    second_loss: float


@torch.no_grad()
def induction(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, length: int = REPEATED, seed: int = 0
              ) -> Induction:
    """Measure induction on repeated random sequences; the first token of each copy is left out of the losses.

    Returns:
        means over `SEQUENCES` sequences; the model must run with eager attention.
    """
    model.eval()
    ids = repeated_sequences(tokenizer, length, seed=seed)
    out = model(ids, output_attentions=True, use_cache=False)
    losses = functional.cross_entropy(out.logits[:, :-1].float().flatten(0, 1), ids[:, 1:].flatten(),
                                      reduction="none").view(len(ids), -1).mean(0)             # of tokens 1, 2, …
    scores = torch.stack([induction_scores(layer.double()).mean(0) for layer in out.attentions])
    return Induction(scores, losses[1:length].mean().item(), losses[length + 1:].mean().item())


@torch.no_grad()
def head_shares(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, texts: list[str]) -> dict[str, Tensor]:
    """Return {"previous": share of attention on the token before, "begin": on <s>}, both (layer, head).

    Means over all tokens of the texts but the first two, where the two are one or there is little choice.
    """
    model.eval()
    sums = {kind: torch.zeros((), dtype=torch.float64) for kind in ("previous", "begin")}
    n_tokens = 0
    for text in texts:
        ids = tokenizer(text, return_tensors="pt", truncation=True).input_ids
        weights = torch.cat(model(ids, output_attentions=True, use_cache=False).attentions).double()
        places = torch.arange(2, ids.shape[1])
        sums["previous"] = sums["previous"] + weights[..., places, places - 1].sum(-1)
        sums["begin"] = sums["begin"] + weights[..., places, 0].sum(-1)
        n_tokens += len(places)
    return {kind: total / n_tokens for kind, total in sums.items()}
