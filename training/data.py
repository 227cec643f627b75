"""Training text, from the downloaded files to groups that are really held out.

    python -m training.data FOLDER WORK

reads the files that `sources.toml` names from FOLDER, checks their sha256, and writes
WORK/data.json: pairs in three splits, and Chinese sentences for training alone.
"""

import argparse
import hashlib
import json
import random
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from helpers.models.translation.quality import normalise

SOURCES = tomllib.loads((Path(__file__).parent / "sources.toml").read_text(encoding="utf-8"))["source"]
DEV_PAIRS, TEST_PAIRS = 1_000, 1_500     # at most; a twentieth of a small collection
NEAR_DOUBLE = 0.6
MAX_CHARACTERS, MAX_WORDS = 60, 35
HAN = re.compile(r"[\u3400-\u9fff]")
Kept = TypeVar("Kept")


def read_source(folder: Path, source: dict, any_version: bool = False) -> list[str]:
    """Return the lines of one source file, once its sha256 is the expected one.

    Raises:
        FileNotFoundError: with where the file can be had.
        ValueError: when the sha256 differs and `any_version` is False.
    """
    path = folder / source["file"]
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: {source['what']}; it comes from {source['where']}")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != source["sha256"] and not any_version:
        raise ValueError(f"{path} has sha256 {found}, expected {source['sha256']}; another version of the file "
                         "gives other figures than the model cards: add --any-version to go on with it")
    return content.decode("utf-8").splitlines()


def key(text: str) -> str:
    """Return what two sentences share when they differ in case, spaces and punctuation alone."""
    return "".join(c for c in text.lower() if c.isalnum()) or text


def ngrams(text: str) -> set[tuple[str, str]]:
    """Return the set of neighbouring units, sentence ends included: characters in Chinese, words in English.

    >>> sorted(ngrams("Go home."))
    [('^', 'go'), ('go', 'home'), ('home', '$')]
    """
    bare = re.sub(r"[^\w\s]", "", text.lower())
    units = ["^", *(HAN.findall(bare) if HAN.search(bare) else bare.split()), "$"]
    return set(zip(units, units[1:], strict=False))


class Neighbours:
    """The nearest of a fixed list of sentences, by Jaccard similarity of their n-grams.

    Args:
        sentences: the list to search.
    """

    def __init__(self, sentences: Iterable[str]):
        self.sets = [ngrams(s) for s in sentences]
        self.holders = defaultdict(list)
        for index, grams in enumerate(self.sets):
            for gram in grams:
                self.holders[gram].append(index)

    def nearest(self, text: str) -> tuple[float, int | None]:
        """Return (similarity in [0, 1], index of the nearest sentence, or None where nothing is shared)."""
        grams = ngrams(text)
        shared = Counter(index for gram in grams for index in self.holders.get(gram, ()))
        return max(((n / len(grams | self.sets[i]), i) for i, n in shared.items()),
                   default=(0.0, None), key=lambda found: found[0])


def group_pairs(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the pairs in groups: two pairs that share an English or a Chinese side are in one group."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for english, chinese in pairs:
        parent[root("en " + key(english))] = root("zh " + key(chinese))
    groups = defaultdict(list)
    for english, chinese in pairs:
        groups[root("en " + key(english))].append((english, chinese))
    return list(groups.values())


def split_groups(groups: list[list[tuple[str, str]]], seed: int = 0) -> dict[str, list[tuple[str, str]]]:
    """Return {"dev", "test", "train": pairs}; whole groups go to one split, large ones to train."""
    groups = sorted(groups)
    random.Random(seed).shuffle(groups)
    twentieth = sum(map(len, groups)) // 20
    splits: dict[str, list[tuple[str, str]]] = {"dev": [], "test": [], "train": []}
    for group in groups:
        name = ("train" if len(group) > 20 else "dev" if len(splits["dev"]) < min(DEV_PAIRS, twentieth)
                else "test" if len(splits["test"]) < min(TEST_PAIRS, twentieth) else "train")
        splits[name] += group
    return splits


def usable(english: str, chinese: str) -> bool:
    """Tell whether a pair is a plain sentence on both sides, and not too long."""
    return (bool(HAN.search(chinese)) and not HAN.search(english) and bool(re.search("[A-Za-z]", english))
            and len(chinese) <= MAX_CHARACTERS and len(english.split()) <= MAX_WORDS)


def drop_near_doubles(sentences: list[Kept], held_out: list[str], text: Callable[[Kept], str] = str) -> list[Kept]:
    """Return the sentences whose nearest held-out sentence has a similarity below NEAR_DOUBLE."""
    near = Neighbours(held_out)
    return [s for s in sentences if near.nearest(text(s))[0] < NEAR_DOUBLE]


def prepare(folder: Path, any_version: bool = False) -> dict[str, list]:
    """Return {"train", "dev", "test": [[English, Chinese]], "chinese": [sentence]} from the source files."""
    from opencc import OpenCC

    to_simplified = OpenCC("t2s").convert
    lines = {kind: [line for source in SOURCES if source["kind"] == kind
                    for line in read_source(folder, source, any_version)] for kind in ("pairs", "chinese")}
    columns = [line.split("\t") for line in lines["pairs"]]
    pairs = [(normalise(en, to_simplified), normalise(zh, to_simplified)) for en, zh, *_ in columns]
    pairs = list({(key(en), key(zh)): (en, zh) for en, zh in pairs if usable(en, zh)}.values())
    splits = split_groups(group_pairs(pairs))
    held = splits["dev"] + splits["test"]
    train = drop_near_doubles(splits["train"], [en for en, _ in held], lambda pair: pair[0])
    train = drop_near_doubles(train, [zh for _, zh in held], lambda pair: pair[1])
    chinese = [normalise(line.split("\t")[-1], to_simplified) for line in lines["chinese"]]
    chinese = list({key(s): s for s in chinese if HAN.search(s) and len(s) <= MAX_CHARACTERS}.values())
    chinese = drop_near_doubles(chinese, [zh for _, zh in held])
    return {**splits, "train": train, "chinese": chinese}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--any-version", action="store_true", help="accept files whose sha256 differs")
    options = parser.parse_args(arguments)
    data = prepare(options.folder, options.any_version)
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8", newline="\n")
    print(", ".join(f"{name}: {len(rows):,}" for name, rows in data.items()), file=sys.stderr)


if __name__ == "__main__":
    main()
