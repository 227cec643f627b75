"""Training examples for the course translator: both directions of each pair, in batches of one direction."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from helpers.models.tokens import ids_of

from .links import Links

DIRECTIONS = {"zh": "<2zh>", "en": "<2en>"}   # the target's language: the tag that asks for it
SECOND_CHARACTER = 0.15                        # see Links.between
SEEN_IN_TARGET = 3                             # a piece written so often in a language may be written by the model


@dataclass(frozen=True)
class Example:
    """One sentence to translate: ids with tag and end, its translation with end, the silver links between them."""

    source: list[int]
    target: list[int]
    links: list[tuple[int, int]]


@dataclass(frozen=True)
class Batch:
    """Padded examples of one direction.

    Attributes:
        source, source_mask: (batch, source token) ids; (batch, 1, 1, source token), True where there is a token.
        shifted: (batch, target token), what the decoder reads: the start token, then the target without its end.
        target: (batch, target token), what it is to write; -100 on padding.
        links: (link, 3): row, place in the target, place in the source.
        language: the target's, "zh" or "en".
    """

    source: Tensor
    source_mask: Tensor
    shifted: Tensor
    target: Tensor
    links: Tensor
    language: str


class Corpus:
    """All pairs as token ids with their links, and a fresh order for every epoch.

    Args:
        pairs: (English, Chinese) to be learnt in both directions.
        tokenizer: the shared tokenizer.
        chinese: further Chinese sentences, for the list of characters the model may write.
        made: (English, Chinese) whose English a model wrote; learnt towards Chinese alone.

    Attributes:
        pieces: for each language, the ids that the model may write.
    """

    def __init__(self, pairs: list, tokenizer: PreTrainedTokenizerBase, chinese: Sequence[str] = (),
                 made: Sequence[tuple[str, str]] = ()):
        self.tokenizer = tokenizer
        plain = [(self._ids(en), self._ids(zh)) for en, zh in pairs]
        links = Links(plain, len(tokenizer))
        self.pieces = {"en": self._pieces([en for en, _ in plain]),
                       "zh": self._pieces([zh for _, zh in plain] + [self._ids(zh) for zh in chinese])}
        examples = [self._both(links, en, zh) for en, zh in plain]
        self.examples = {"zh": [zh for zh, _ in examples], "en": [en for _, en in examples]}
        self.made = [self._both(links, self._ids(en), self._ids(zh))[0] for en, zh in made]

    def _ids(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False, truncation=True, max_length=120).input_ids

    def _pieces(self, sentences: list[list[int]]) -> list[int]:
        """Return the pieces a language is written with, the end token among them; nobody writes [UNK]."""
        counts = Counter(piece for ids in sentences for piece in ids)
        often = {piece for piece, n in counts.items() if n >= SEEN_IN_TARGET}
        return sorted((often | {self.tokenizer.sep_token_id}) - {self.tokenizer.unk_token_id})

    def _both(self, links: Links, en: list[int], zh: list[int]) -> tuple[Example, Example]:
        """Return the pair as an example towards Chinese and one towards English; places count the tag."""
        found = links.between(en, zh, also=SECOND_CHARACTER)
        back = [(j, i) for i, j in found]
        return self._example("zh", en, zh, found), self._example("en", zh, en, back)

    def _example(self, language: str, source: list[int], target: list[int], links: list) -> Example:
        (tag,), end = ids_of(self.tokenizer, [DIRECTIONS[language]]), self.tokenizer.sep_token_id
        return Example([tag, *source, end], [*target, end], [(i + 1, j) for i, j in links])

    def batches(self, max_tokens: int, rng: random.Random) -> Iterator[Batch]:
        """Yield one epoch: each pair once in each direction, and as many of the made ones as there are pairs."""
        made = rng.sample(self.made, min(len(self.made), len(self.examples["zh"])))
        groups = [("zh", g) for g in _grouped(self.examples["zh"] + made, max_tokens, rng)]
        groups += [("en", g) for g in _grouped(self.examples["en"], max_tokens, rng)]
        rng.shuffle(groups)
        for language, group in groups:
            yield pad(group, language, self.tokenizer)


def _grouped(examples: list[Example], max_tokens: int, rng: random.Random) -> Iterator[list[Example]]:
    """Yield groups of like length, each at most `max_tokens` of source and target with padding."""
    examples = sorted(examples, key=lambda e: len(e.target) + 0.5 * len(e.source) + rng.uniform(0, 2))
    group: list[Example] = []
    widths = 0, 0
    for example in examples:
        widths = max(widths[0], len(example.source)), max(widths[1], len(example.target))
        if group and sum(widths) * (len(group) + 1) > max_tokens:
            yield group
            group, widths = [], (len(example.source), len(example.target))
        group.append(example)
    yield group


def pad(examples: list[Example], language: str, tokenizer: PreTrainedTokenizerBase) -> Batch:
    """Return examples of one direction as a batch."""
    def filled(rows: list[list[int]], value: int) -> Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [value] * (width - len(row)) for row in rows])

    source = filled([e.source for e in examples], tokenizer.pad_token_id)
    shifted = filled([[tokenizer.cls_token_id, *e.target[:-1]] for e in examples], tokenizer.pad_token_id)
    links = [(row, j, i) for row, e in enumerate(examples) for i, j in e.links]
    return Batch(source, (source != tokenizer.pad_token_id)[:, None, None], shifted,
                 filled([e.target for e in examples], -100),
                 torch.tensor(links, dtype=torch.long).reshape(-1, 3), language)
