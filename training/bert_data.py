"""Training examples for the course BERT: translation pairs, paraphrases, single sentences; masking and batches."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from .data import key, ngrams

SAME, OTHER, UNASKED = 0, 1, -100   # the pair question: does B say what A says?
TRUE_PAIRS = 0.8
MASKED = 0.2


@dataclass(frozen=True)
class Example:
    """One training text: token ids with [CLS] and [SEP], how many of them are segment A, the pair's label."""

    ids: list[int]
    length_a: int
    label: int


@dataclass(frozen=True)
class Batch:
    """Padded examples, all (batch, token) save `pair_labels` (batch,); `targets` is -100 where nothing is masked."""

    ids: Tensor
    segments: Tensor
    attention: Tensor
    targets: Tensor
    pair_labels: Tensor


class Corpus:
    """All training sentences as token ids, and a fresh random mix of examples for every epoch.

    Args:
        data: what `training.data.prepare` returns.
        tokenizer: the shared tokenizer.
    """

    def __init__(self, data: dict[str, list], tokenizer: PreTrainedTokenizerBase):
        self.tokenizer = tokenizer
        self.pairs = [(self._encode(en), self._encode(zh)) for en, zh in data["train"]]
        self.chinese = [self._encode(s) for s in data["chinese"]]
        self.english_keys = [key(en) for en, _ in data["train"]]
        self.holders = defaultdict(list)
        self.grams = [sorted(ngrams(zh)) for _, zh in data["train"]]
        for index, grams in enumerate(self.grams):
            for gram in grams:
                self.holders[gram].append(index)
        self.paraphrases = (_sharing(data["train"], self.pairs, by=0) + _sharing(data["train"], self.pairs, by=1))

    def _encode(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False).input_ids

    def epoch(self, rng: random.Random) -> list[Example]:
        """Return one epoch: each pair in both orders, each Chinese sentence once, some English, some paraphrases."""
        examples = [self._pair(i, rng) for i in range(len(self.pairs)) for _ in range(2)]
        examples += [self._example(rng.choice(self.pairs)[0], [], UNASKED) for _ in range(len(self.pairs) // 2)]
        examples += [self._paraphrase(rng) for _ in range(min(len(self.paraphrases), 5_000))]
        chinese = rng.sample(self.chinese, len(self.chinese))
        while chinese:
            packed = rng.random() < 0.1 and len(chinese) > 2
            first = chinese.pop() + (chinese.pop() if packed else [])
            examples.append(self._example(first, chinese.pop() if packed else [], UNASKED))
        return examples

    def _pair(self, index: int, rng: random.Random) -> Example:
        english, chinese = self.pairs[index]
        label = SAME
        if rng.random() > TRUE_PAIRS:
            other = self._other(index, rng)
            if self.english_keys[other] != self.english_keys[index]:
                chinese, label = self.pairs[other][1], OTHER
        return self._example(*((english, chinese) if rng.random() < 0.5 else (chinese, english)), label)

    def _other(self, index: int, rng: random.Random) -> int:
        """Return another pair: half the time one whose Chinese shares two neighbouring characters (a hard negative)."""
        if rng.random() < 0.5:
            return rng.choice(self.holders[rng.choice(self.grams[index])])
        return rng.randrange(len(self.pairs))

    def _paraphrase(self, rng: random.Random) -> Example:
        a, b = rng.choice(self.paraphrases)
        if rng.random() < TRUE_PAIRS:
            return self._example(a, b, SAME)
        return self._example(a, rng.choice(self.paraphrases)[1], OTHER)

    def _example(self, a: list[int], b: list[int], label: int) -> Example:
        cls, sep = self.tokenizer.cls_token_id, self.tokenizer.sep_token_id
        return Example([cls, *a, sep, *([*b, sep] if b else [])][:128], len(a) + 2, label)


def _sharing(pairs: list, encoded: list, by: int) -> list[tuple[list[int], list[int]]]:
    """Return neighbours among sentences of one language whose other side (`by`) is the same sentence."""
    groups = defaultdict(list)
    for pair, ids in zip(pairs, encoded, strict=True):
        groups[key(pair[by])].append(ids[1 - by])
    return [(a, b) for group in groups.values() for a, b in zip(group, group[1:], strict=False)]


class Tokens(Protocol):
    """Whatever has token ids."""

    @property
    def ids(self) -> list[int]:
        """The ids, in order."""


Text = TypeVar("Text", bound=Tokens)


def batches(examples: list[Text], max_tokens: int, rng: random.Random) -> Iterator[list[Text]]:
    """Yield groups of examples of like length, each at most `max_tokens` with padding, in random order."""
    examples = sorted(examples, key=lambda e: len(e.ids) + rng.uniform(0, 3))
    groups: list[list[Text]] = []
    group: list[Text] = []
    width = 0
    for example in examples:
        width = max(width, len(example.ids))
        if group and width * (len(group) + 1) > max_tokens:
            groups.append(group)
            group, width = [], len(example.ids)
        group.append(example)
    groups.append(group)
    rng.shuffle(groups)
    yield from groups


def pad(examples: list[Example], pad_id: int) -> Batch:
    """Return the examples as one batch, nothing masked yet."""
    width = max(len(e.ids) for e in examples)
    ids = torch.tensor([e.ids + [pad_id] * (width - len(e.ids)) for e in examples])
    place = torch.arange(width)[None]
    segments = (place >= torch.tensor([[e.length_a] for e in examples])) & (ids != pad_id)
    return Batch(ids, segments.long(), ids != pad_id, torch.full_like(ids, UNASKED),
                 torch.tensor([e.label for e in examples]))


def mask_tokens(batch: Batch, tokenizer: PreTrainedTokenizerBase, generator: torch.Generator) -> Batch:
    """Return the batch with a fifth of its tokens hidden, in BERT's way: 80 % [MASK], 10 % another token, 10 % as is.

    Source: Devlin et al. 2019, section 3.1 (with 15 % there).
    """
    special = torch.tensor(tokenizer.all_special_ids)
    chance = torch.rand(batch.ids.shape, generator=generator)
    chosen = (chance < MASKED) & ~torch.isin(batch.ids, special)
    ids = torch.where(chosen & (chance < 0.8 * MASKED), tokenizer.mask_token_id, batch.ids)
    random_ids = torch.randint(len(special) + 2, len(tokenizer), ids.shape, generator=generator)
    ids = torch.where(chosen & (chance > 0.9 * MASKED), random_ids, ids)
    targets = torch.where(chosen, batch.ids, UNASKED)
    return Batch(ids, batch.segments, batch.attention, targets, batch.pair_labels)
