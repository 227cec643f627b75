"""Measure the course BERT on held-out text.

    python -m helpers.training.evaluate_bert WORK FOLDER

prints the figures of the model in FOLDER on dev and test as JSON. Masked accuracy hides every seventh token
from a seeded start, one hidden set a text; "short" are Chinese sentences of at most 15 characters, alone.
"""

import argparse
import json
import random
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AutoTokenizer, BertForPreTraining

from .bert_data import Batch, Corpus, Example, pad
from .data import HAN

HIDE_EVERY, SHORT = 7, 15


def hidden_places(ids: list[int], allowed: set[int], start: int) -> list[int]:
    """Return every seventh of the places whose token is in `allowed`, counted from `start` (0-6)."""
    return [i for i, token in enumerate(ids) if token in allowed][start::HIDE_EVERY]


def token_sets(tokenizer) -> dict[str, set[int]]:
    """Return {"all": every token but the special ones, "han": the Chinese characters} as sets of ids."""
    special = set(tokenizer.all_special_ids)
    vocabulary = {i: t for t, i in tokenizer.get_vocab().items() if i not in special and not t.startswith("<2")}
    return {"all": set(vocabulary), "han": {i for i, t in vocabulary.items() if HAN.fullmatch(t)}}


def example_of(tokenizer, text_a: str, text_b: str | None = None) -> Example:
    """Return the text or pair as the model is given it."""
    encoded = tokenizer(text_a, text_b)
    length_a = encoded.token_type_ids.index(1) if text_b else len(encoded.input_ids)
    return Example(encoded.input_ids, length_a, 0)


@torch.no_grad()
def forward(model: BertForPreTraining, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return (logits at the masked places, pair logits) in float32."""
    out = model.bert(batch.ids, attention_mask=batch.attention.long(), token_type_ids=batch.segments)
    asked = batch.targets != -100
    return (model.cls.predictions(out.last_hidden_state[asked]).float(),
            model.cls.seq_relationship(out.pooler_output).float())


def masked_scores(model: BertForPreTraining, tokenizer, texts: list[tuple], allowed: set[int],
                  seed: int = 0) -> dict[str, float]:
    """Return {"accuracy", "perplexity", "n"} over hidden tokens of `texts`, a list of (sentence,) or (A, B).

    Args:
        allowed: the token ids that may be hidden.
        seed: of the first hidden place in each text.
    """
    rng = random.Random(seed)
    model.eval()
    right = total = 0
    loss = 0.0
    examples = sorted((example_of(tokenizer, *text) for text in texts), key=lambda e: len(e.ids))
    for at in range(0, len(examples), 64):
        batch = pad(examples[at:at + 64], tokenizer.pad_token_id)
        for row, example in enumerate(examples[at:at + 64]):
            for place in hidden_places(example.ids, allowed, rng.randrange(HIDE_EVERY)):
                batch.targets[row, place] = example.ids[place]
                batch.ids[row, place] = tokenizer.mask_token_id
        targets = batch.targets[batch.targets != -100]
        logits, _ = forward(model, batch)
        right += (logits.argmax(-1) == targets).sum().item()
        loss += functional.cross_entropy(logits, targets, reduction="sum").item()
        total += len(targets)
    return {"accuracy": right / total, "perplexity": float(torch.tensor(loss / total).exp()), "n": total}


def pair_accuracy(model: BertForPreTraining, tokenizer, pairs: list, hard: bool, seed: int = 0) -> float:
    """Return how often the pair head tells a translation from another one, half of the pairs being false.

    Args:
        pairs: held-out (English, Chinese).
        hard: False: a false partner is any other sentence; True: one that shares two neighbouring characters.
    """
    rng = random.Random(seed)
    corpus = Corpus({"train": pairs, "chinese": []}, tokenizer)
    model.eval()
    right = 0
    for at in range(0, len(pairs), 50):
        examples = []
        for index in range(at, min(at + 50, len(pairs))):
            other = _false_partner(corpus, index, rng, hard) if index % 2 else index
            examples.append(example_of(tokenizer, pairs[index][0], pairs[other][1]))
        _, logits = forward(model, pad(examples, tokenizer.pad_token_id))
        right += (logits.argmax(-1) == torch.arange(at, at + len(examples)) % 2).sum().item()
    return right / len(pairs)


def _false_partner(corpus: Corpus, index: int, rng: random.Random, hard: bool) -> int:
    own = corpus.english_keys[index]
    near = sorted({i for gram in corpus.grams[index] for i in corpus.holders[gram]}) if hard else []
    choices = [i for i in near if corpus.english_keys[i] != own] or range(len(corpus.pairs))
    return next(i for i in iter(lambda: rng.choice(choices), None) if corpus.english_keys[i] != own)


def scores(model: BertForPreTraining, tokenizer, pairs: list) -> dict[str, float]:
    """Return the table of figures for one split of held-out pairs."""
    sets = token_sets(tokenizer)
    short = [(zh,) for _, zh in pairs if len(zh) <= SHORT]
    both = [(en, zh) for en, zh in pairs]
    return {
        "short Chinese sentences": masked_scores(model, tokenizer, short, sets["all"]),
        "short English sentences": masked_scores(model, tokenizer, [(en,) for en, _ in pairs], sets["all"] - sets["han"]),
        "inside translation pairs": masked_scores(model, tokenizer, both, sets["all"]),
        "a character beside its English": masked_scores(model, tokenizer, both, sets["han"]),
        "pair question, random negatives": {"accuracy": pair_accuracy(model, tokenizer, pairs, False), "n": len(pairs)},
        "pair question, hard negatives": {"accuracy": pair_accuracy(model, tokenizer, pairs, True), "n": len(pairs)},
    }


def quick_scores(model: BertForPreTraining, tokenizer, pairs: list) -> dict[str, float]:
    """Return the two figures a training log shows, on at most 300 pairs: short sentences and inside pairs."""
    sets, pairs = token_sets(tokenizer), pairs[:300]
    short = [(zh,) for _, zh in pairs if len(zh) <= SHORT]
    return {"short": masked_scores(model, tokenizer, short, sets["all"])["accuracy"],
            "inside_pairs": masked_scores(model, tokenizer, [(en, zh) for en, zh in pairs], sets["all"])["accuracy"]}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    data = json.loads((options.work / "data.json").read_text(encoding="utf-8"))
    tokenizer = AutoTokenizer.from_pretrained(options.folder)
    model = BertForPreTraining.from_pretrained(options.folder, attn_implementation="eager", dtype=torch.float32)
    report = {split: scores(model, tokenizer, data[split]) for split in ("dev", "test")}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
