"""Training text of the course GPT: paragraphs beside the sentences, and documents of at most 128 tokens.

    python -m training.gpt_data FOLDER WORK

reads the paragraphs that `sources.toml` names from FOLDER and writes WORK/paragraphs.json; whole articles are held out.
WORK/data.json comes from `training.data`.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from helpers.models.tokens import ids_of
from helpers.models.translation.quality import normalise

from .data import SOURCES, drop_near_doubles, ngrams, read_source

CONTEXT = 128            # tokens of a document, <s> and </s> included
HELD_OUT = {"dev": 0.03, "test": 0.05}                     # of the articles
ABOUT_ONE_THING, MORE = 0.5, 4                             # how many documents hold several sentences; how many more
REPEATS, SHORTEST, LONGEST = 0.04, 4, 60                   # share of synthetic documents; length of what is repeated
IGNORED = -100


@dataclass(frozen=True)
class Document:
    """One training text as token ids, with <s> and </s>; what stands before place `learnt_from` is only read."""

    ids: list[int]
    learnt_from: int = 1


def articles(folder: Path, any_version: bool = False) -> list[list[str]]:
    """Return the paragraphs of each article of the source files, normalised and in simplified characters."""
    from opencc import OpenCC

    to_simplified = OpenCC("t2s").convert
    files = ["\n".join(read_source(folder, source, any_version)) for source in SOURCES
             if source["kind"] == "paragraphs"]
    return [[normalise(paragraph["context"], to_simplified) for paragraph in article["paragraphs"]]
            for file in files for article in json.loads(file)["data"]]


def split_articles(found: list[list[str]], seed: int = 0) -> dict[str, list[str]]:
    """Return {"train", "dev", "test": paragraphs}: no article in two splits, no near double of what is held out."""
    found = sorted(found)
    random.Random(seed).shuffle(found)
    splits, at = {}, 0
    for name, share in HELD_OUT.items():
        end = at + max(1, round(share * len(found)))
        splits[name] = [paragraph for article in found[at:end] for paragraph in article]
        at = end
    train = list(dict.fromkeys(paragraph for article in found[at:] for paragraph in article))
    return {**splits, "train": drop_near_doubles(train, splits["dev"] + splits["test"])}


def pieces(paragraph: list[int], ends: set[int], most: int = CONTEXT - 2) -> list[list[int]]:
    """Return a paragraph's tokens in pieces of at most `most`, cut after the last token of `ends` that allows it.

    >>> pieces([1, 9, 2, 3, 9, 4, 5, 6, 7], {9}, 5)
    [[1, 9, 2, 3, 9], [4, 5, 6, 7]]
    """
    cut = []
    while len(paragraph) > most:
        end = max((at + 1 for at in range(most) if paragraph[at] in ends), default=most)
        cut.append(paragraph[:end])
        paragraph = paragraph[end:]
    return [*cut, paragraph]


class Sentences:
    """Sentences of one language, and documents drawn from them.

    Args:
        texts: the sentences.
        encoded: the token ids of each.
    """

    def __init__(self, texts: list[str], encoded: list[list[int]]):
        self.encoded = encoded
        self.grams = [sorted(gram for gram in ngrams(text) if "^" not in gram and "$" not in gram) for text in texts]
        self.holders = defaultdict(list)
        for index, grams in enumerate(self.grams):
            for gram in grams:
                self.holders[gram].append(index)

    def document(self, index: int, rng: random.Random) -> list[int]:
        """Return a sentence, alone or with up to `MORE` others that share two neighbouring words or characters."""
        chosen = [index]
        if self.grams[index] and rng.random() < ABOUT_ONE_THING:
            others = [i for i in self.holders[rng.choice(self.grams[index])] if i != index]
            chosen += rng.sample(others, min(len(others), rng.randint(1, MORE)))
            rng.shuffle(chosen)
        return [token for i in chosen for token in self.encoded[i]]


class Corpus:
    """All training text as token ids, and a fresh random mix of documents for every epoch.

    Args:
        data: what `training.data.prepare` returns.
        paragraphs: what `split_articles` returns.
        tokenizer: the GPT's.
    """

    def __init__(self, data: dict[str, list], paragraphs: dict[str, list[str]], tokenizer: PreTrainedTokenizerBase):
        self.tokenizer = tokenizer
        self.pairs = [(self._encode(en), self._encode(zh)) for en, zh in data["train"]]
        english = sorted({en for en, _ in data["train"]})
        self.english = Sentences(english, [self._encode(s) for s in english])
        self.chinese = Sentences(data["chinese"], [self._encode(s) for s in data["chinese"]])
        ends = set(ids_of(tokenizer, ["。", "!", "?", ";"]))
        self.pieces = [piece for p in paragraphs["train"] for piece in pieces(self._encode(p), ends)]
        self.plain = [i for i in range(len(tokenizer)) if i not in tokenizer.all_special_ids]

    def _encode(self, text: str) -> list[int]:
        return self.tokenizer(text, add_special_tokens=False, verbose=False).input_ids

    def epoch(self, rng: random.Random) -> list[Document]:
        """Return one epoch of documents.

        Each pair in both orders; a document that begins with each English sentence, and with two of three Chinese ones;
        every piece of a paragraph; and some of random tokens repeated.
        """
        documents = [first + second for en, zh in self.pairs for first, second in ((en, zh), (zh, en))]
        documents += [self.english.document(i, rng) for i in range(len(self.english.encoded))]
        documents += [self.chinese.document(i, rng)
                      for i in rng.sample(range(len(self.chinese.encoded)), 2 * len(self.chinese.encoded) // 3)]
        documents += self.pieces
        repeats = [self.repeat(rng) for _ in range(round(REPEATS * len(documents)))]
        return [self.document(ids) for ids in documents] + repeats

    def each_text_once(self) -> list[list[int]]:
        """Return every sentence and every piece of a paragraph once, as a document: what an n-gram model counts."""
        texts = dict.fromkeys(map(tuple, [*(zh for _, zh in self.pairs), *self.english.encoded, *self.chinese.encoded,
                                          *self.pieces]))
        return [self.document(list(ids)).ids for ids in texts]

    def document(self, ids: list[int]) -> Document:
        """Return the tokens as a document, cut to the context."""
        return Document([self.tokenizer.bos_token_id, *ids, self.tokenizer.eos_token_id][:CONTEXT])

    def repeat(self, rng: random.Random) -> Document:
        """Return a synthetic document: random tokens, again and again until it is full; the first time is only read."""
        tokens = rng.choices(self.plain, k=rng.randint(SHORTEST, LONGEST))
        return Document([self.tokenizer.bos_token_id, *tokens * ((CONTEXT - 1) // len(tokens))], len(tokens) + 2)


def pad(documents: list[Document], tokenizer: PreTrainedTokenizerBase) -> tuple[Tensor, Tensor]:
    """Return (ids, targets), both (batch, token).

    A target is the next token, or IGNORED: for padding, for an unknown character, and before `learnt_from`.
    """
    width = max(len(d.ids) for d in documents)
    ids = torch.tensor([d.ids + [tokenizer.pad_token_id] * (width - len(d.ids)) for d in documents])
    targets = torch.cat([ids[:, 1:], torch.full((len(documents), 1), tokenizer.pad_token_id)], dim=1)
    read = torch.arange(1, width + 1) < torch.tensor([[d.learnt_from] for d in documents])
    unasked = torch.tensor([tokenizer.pad_token_id, tokenizer.unk_token_id])
    return ids, targets.masked_fill(torch.isin(targets, unasked) | read, IGNORED)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--any-version", action="store_true", help="accept files whose sha256 differs")
    options = parser.parse_args(arguments)
    splits = split_articles(articles(options.folder, options.any_version))
    (options.work / "paragraphs.json").write_text(json.dumps(splits, ensure_ascii=False), encoding="utf-8",
                                                  newline="\n")
    print(", ".join(f"{name}: {len(rows):,}" for name, rows in splits.items()), file=sys.stderr)


if __name__ == "__main__":
    main()
