"""What the course GPT is measured against: n-gram models of the same training text, on the test texts.

    python -m training.gpt_baselines WORK

counts the text of WORK/data.json and WORK/paragraphs.json and writes WORK/gpt/baselines.json: for each test text the
bits that a 5-gram and a unigram model need, and how near the nearest training sentence is. `training.gpt_card` reads
it.
"""

import argparse
import json
from pathlib import Path

from transformers import AutoTokenizer

from .data import Neighbours
from .gpt_data import Corpus
from .gpt_measures import bits_of_ngrams
from .gpt_tokenizer import decoder_tokenizer
from .ngrams import KneserNey

ORDERS = {"5-gram": 5, "unigram": 1}


def read_texts(work: Path) -> tuple[dict[str, list], dict[str, list[str]]]:
    """Return what data.json and paragraphs.json hold."""
    data, paragraphs = (json.loads((work / name).read_text(encoding="utf-8"))
                        for name in ("data.json", "paragraphs.json"))
    return data, paragraphs


def held_out(data: dict[str, list], paragraphs: dict[str, list[str]], split: str) -> dict[str, list[str]]:
    """Return the texts of a split, "dev" or "test", by kind: "en", "zh" and "wiki"."""
    return {"en": [en for en, _ in data[split]], "zh": [zh for _, zh in data[split]], "wiki": paragraphs[split]}


def baselines(work: Path) -> dict[str, dict[str, list[float]]]:
    """Return {kind: {"5-gram": bits, "unigram": bits, "similarity"}}, one figure a test text; paragraphs have no
    similarity."""
    data, paragraphs = read_texts(work)
    tokenizer = decoder_tokenizer(AutoTokenizer.from_pretrained(work / "tokenizer"))
    documents = Corpus(data, paragraphs, tokenizer).each_text_once()
    texts = held_out(data, paragraphs, "test")
    found: dict[str, dict[str, list[float]]] = {kind: {} for kind in texts}
    for name, order in ORDERS.items():
        model = KneserNey(documents, len(tokenizer), order)
        for kind in texts:
            found[kind][name] = bits_of_ngrams(model, tokenizer, texts[kind]).bits.tolist()
    known = {"en": [en for en, _ in data["train"]], "zh": [zh for _, zh in data["train"]] + data["chinese"]}
    for kind, sentences in known.items():
        near = Neighbours(sentences)
        found[kind]["similarity"] = [near.nearest(text)[0] for text in texts[kind]]
    return found


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    options = parser.parse_args(arguments)
    found = baselines(options.work)
    (options.work / "gpt" / "baselines.json").write_text(json.dumps(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
