"""More pairs for the translator: Chinese sentences that have no English, put into English by the translator so far.

    python -m training.back_translation WORK

reads WORK/data.json and WORK/translator/checkpoint.pt, and writes WORK/made.json. The English is the machine's, the
Chinese is people's: the translator learns from these pairs to write Chinese, never to write English.
Source: Sennrich, Haddow & Birch 2016, "Improving Neural Machine Translation Models with Monolingual Data".
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch

from helpers.models.tokens import text_of
from helpers.transformer import Vocabulary, greedy_search

from .trainer import Schedule
from .translator import TranslatorTrainer
from .translator_data import DIRECTIONS

MAX_TOKENS = 40
BATCH = 128


def translate_all(trainer: TranslatorTrainer, sentences: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (English, Chinese) for each Chinese sentence, short ones first; what found no end is left out."""
    tokenizer, model = trainer.tokenizer, trainer.model.eval()
    vocabulary = Vocabulary(tokenizer.cls_token_id, tokenizer.sep_token_id, trainer.pieces["en"])
    tag = tokenizer.convert_tokens_to_ids(DIRECTIONS["en"])
    sources = [[tag, *tokenizer(s, add_special_tokens=False).input_ids, tokenizer.sep_token_id] for s in sentences]
    order = sorted((i for i, ids in enumerate(sources) if len(ids) <= MAX_TOKENS), key=lambda i: len(sources[i]))
    for at in range(0, len(order), BATCH):
        rows = order[at:at + BATCH]
        width = max(len(sources[i]) for i in rows)
        ids = torch.tensor([sources[i] + [tokenizer.pad_token_id] * (width - len(sources[i])) for i in rows])
        written = greedy_search(model, ids, (ids != tokenizer.pad_token_id)[:, None, None], vocabulary, MAX_TOKENS)
        for i, target in zip(rows, written, strict=True):
            if target[-1] == vocabulary.end and len(target) > 1:
                yield text_of(tokenizer, target[:-1]), sentences[i]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=80_000, help="sentences to translate, drawn at random")
    options = parser.parse_args(arguments)
    trainer = TranslatorTrainer(options.work, Schedule(steps=1, decay=0, peak=0.0, warm_up=1))
    trainer.load("checkpoint.pt")
    chinese = trainer.data["chinese"]
    chosen = random.Random(0).sample(chinese, min(options.most, len(chinese)))
    made = list(translate_all(trainer, chosen))
    (options.work / "made.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8", newline="\n")
    print(f"{len(made):,} pairs from {len(chosen):,} sentences; at step {trainer.step}")


if __name__ == "__main__":
    main()
