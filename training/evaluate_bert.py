"""Measure the course BERT on held-out text.

Masked accuracy hides every seventh token from a seeded start, one hidden set a text;
"short" are Chinese sentences of at most 15 characters, alone. `training.card` writes it all down.
"""

import random
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from transformers import BertForPreTraining, PreTrainedTokenizerBase

from .bert_data import Batch, Corpus, Example, pad
from .data import HAN, Neighbours

HIDE_EVERY, SHORT = 7, 15
RANGES = (("below 0.25", 0, 0.25), ("0.25 to 0.4", 0.25, 0.4), ("0.4 and above", 0.4, 2))   # of similarity


def hidden_places(ids: list[int], allowed: set[int], start: int) -> list[int]:
    """Return every seventh of the places whose token is in `allowed`, counted from `start` (0-6)."""
    return [i for i, token in enumerate(ids) if token in allowed][start::HIDE_EVERY]


def token_sets(tokenizer: PreTrainedTokenizerBase) -> dict[str, set[int]]:
    """Return {"all": every token but the special ones, "han": the Chinese characters} as sets of ids."""
    special = set(tokenizer.all_special_ids)
    vocabulary = {i: t for t, i in tokenizer.get_vocab().items() if i not in special and not t.startswith("<2")}
    return {"all": set(vocabulary), "han": {i for i, t in vocabulary.items() if HAN.fullmatch(t)}}


def example_of(tokenizer: PreTrainedTokenizerBase, text_a: str, text_b: str | None = None) -> Example:
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


def masked_scores(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, texts: list[tuple], allowed: set[int],
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
        right += int((logits.argmax(-1) == targets).sum())
        loss += functional.cross_entropy(logits, targets, reduction="sum").item()
        total += len(targets)
    return {"accuracy": right / total, "perplexity": float(torch.tensor(loss / total).exp()), "n": total}


def pair_accuracy(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, pairs: list, hard: bool,
                  seed: int = 0) -> float:
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
        right += int((logits.argmax(-1) == torch.arange(at, at + len(examples)) % 2).sum())
    return right / len(pairs)


def _false_partner(corpus: Corpus, index: int, rng: random.Random, hard: bool) -> int:
    own = corpus.english_keys[index]
    near = sorted({i for gram in corpus.grams[index] for i in corpus.holders[gram]}) if hard else []
    choices = [i for i in near if corpus.english_keys[i] != own] or range(len(corpus.pairs))
    return next(i for i in iter(lambda: rng.choice(choices), None) if corpus.english_keys[i] != own)


def scores(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, pairs: list) -> dict[str, dict[str, float]]:
    """Return the table of figures for one split of held-out pairs."""
    sets = token_sets(tokenizer)
    short = [(zh,) for _, zh in pairs if len(zh) <= SHORT]
    english = [(en,) for en, _ in pairs]
    both = [(en, zh) for en, zh in pairs]
    return {
        "short Chinese sentences": masked_scores(model, tokenizer, short, sets["all"]),
        "English sentences": masked_scores(model, tokenizer, english, sets["all"]),
        "inside translation pairs": masked_scores(model, tokenizer, both, sets["all"]),
        "a character beside its English": masked_scores(model, tokenizer, both, sets["han"]),
        "pair question, random negatives": {"accuracy": pair_accuracy(model, tokenizer, pairs, False), "n": len(pairs)},
        "pair question, hard negatives": {"accuracy": pair_accuracy(model, tokenizer, pairs, True), "n": len(pairs)},
    }


def by_distance(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, pairs: list, known: list[str]
                ) -> dict[str, dict[str, Any]]:
    """Return masked accuracy by how near the nearest of the `known` Chinese training sentences is.

    Returns:
        {"below 0.25": {"short": ..., "pairs": ..., "n": number of pairs}, ...}; the similarity is that of
        `training.data.Neighbours`. A range without a short sentence is left out.
    """
    allowed, near = token_sets(tokenizer)["all"], Neighbours(known)
    similarity = [near.nearest(zh)[0] for _, zh in pairs]
    rows = {}
    for name, low, high in RANGES:
        inside = [(en, zh) for (en, zh), s in zip(pairs, similarity, strict=True) if low <= s < high]
        short = [(zh,) for _, zh in inside if len(zh) <= SHORT]
        if short:
            rows[name] = {"short": masked_scores(model, tokenizer, short, allowed),
                          "pairs": masked_scores(model, tokenizer, inside, allowed), "n": len(inside)}
    return rows


@torch.no_grad()
def cloze(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, sentences: list[tuple[str, str]]
          ) -> list[dict]:
    """Return, for each (sentence with one [MASK], expected token), the expected token and the model's first five."""
    model.eval()
    rows = []
    for sentence, expected in sentences:
        batch = pad([example_of(tokenizer, sentence)], tokenizer.pad_token_id)
        place = batch.ids[0].tolist().index(tokenizer.mask_token_id)
        hidden = model.bert(batch.ids, token_type_ids=batch.segments).last_hidden_state[0, place]
        guesses = tokenizer.convert_ids_to_tokens(model.cls.predictions(hidden).topk(5).indices.tolist())
        rows.append({"sentence": sentence, "expected": expected, "guesses": guesses})
    return rows


def quick_scores(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, pairs: list) -> dict[str, float]:
    """Return the two figures a training log shows, on at most 300 pairs: short sentences and inside pairs."""
    sets, pairs = token_sets(tokenizer), pairs[:300]
    short = [(zh,) for _, zh in pairs if len(zh) <= SHORT]
    return {"short": masked_scores(model, tokenizer, short, sets["all"])["accuracy"],
            "inside_pairs": masked_scores(model, tokenizer, [(en, zh) for en, zh in pairs], sets["all"])["accuracy"]}
