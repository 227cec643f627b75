"""Measure the course translator on held-out pairs and on fresh sentences; `training.translator_card` writes
it all down."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import torch
from sacrebleu.metrics import BLEU, CHRF

from helpers.models.translation.quality import FRESH, TOKENIZER, Figures, normalise, quality
from helpers.transformer import Hypothesis

from .alignment import SilverLinks, cross_attention_hits
from .data import Neighbours, key
from .evaluate_bert import RANGES
from .translating import BatchTranslator

ALPHAS = tuple(n / 5 for n in range(11))     # length penalties to choose from
TIMED = 40


def sides(pairs: list, language: str) -> tuple[list[str], list[str]]:
    """Return (sources, references) of (English, Chinese) pairs towards a language."""
    english, chinese = ([pair[side] for pair in pairs] for side in (0, 1))
    return (english, chinese) if language == "zh" else (chinese, english)


def signatures() -> list[str]:
    """Return sacrebleu's own account of how each figure is computed."""
    metrics = {"BLEU (en→zh)": BLEU(tokenize=TOKENIZER["zh"]), "BLEU (zh→en)": BLEU(tokenize=TOKENIZER["en"]),
               "chrF": CHRF()}
    for metric in metrics.values():
        metric.corpus_score(["a"], [["a"]])          # the signature counts the references
    return [f"{name}: {metric.get_signature()}" for name, metric in metrics.items()]


class Translated:
    """Pairs translated in one direction, greedily and with beam search.

    Args:
        translator: the model.
        pairs: held-out (English, Chinese).
        language: of the target, "zh" or "en".
    """

    def __init__(self, translator: BatchTranslator, pairs: list, language: str):
        self.translator, self.language = translator, language
        self.sources, self.references = sides(pairs, language)
        self.greedy = translator.greedy(self.sources, language)
        self.candidates: list[list[Hypothesis]] = [translator.candidates(text, language) for text in self.sources]

    def beam(self, alpha: float) -> list[str]:
        """Return what beam search writes with this length penalty."""
        return [self.translator.best(candidates, self.language, alpha) for candidates in self.candidates]

    def quality(self, alpha: float, places: Sequence[int] | None = None) -> dict[str, Figures]:
        """Return the figures of {"greedy", "beam"} over all sentences, or those at some places."""
        places = range(len(self.sources)) if places is None else places
        references = [self.references[i] for i in places]
        return {name: quality([written[i] for i in places], references, self.language)
                for name, written in (("greedy", self.greedy), ("beam", self.beam(alpha)))}


def choose_alpha(development: list[Translated]) -> float:
    """Return the length penalty with the best BLEU of beam search, averaged over the directions."""
    def mean_bleu(alpha: float) -> float:
        return statistics.mean(quality(one.beam(alpha), one.references, one.language)["bleu"] for one in development)
    return max(ALPHAS, key=mean_bleu)


def by_distance(test: Translated, alpha: float, known: list) -> dict[str, dict]:
    """Return the figures by how near the nearest training source is, and what copying its translation would give.

    Args:
        test: held-out sentences, translated.
        alpha: the length penalty.
        known: the (English, Chinese) training pairs.

    Returns:
        {"below 0.25": {"greedy", "beam", "copied": figures}, ..., "all": ...}; the similarity is that of
        `training.data.Neighbours`. A range without a sentence is left out.
    """
    sources, translations = sides(known, test.language)
    near = Neighbours(sources)
    found = [near.nearest(text) for text in test.sources]
    copied = ["" if at is None else translations[at] for _, at in found]
    rows = {}
    for name, low, high in (*RANGES, ("all", 0, 2)):
        places = [i for i, (similarity, _) in enumerate(found) if low <= similarity < high]
        if places:
            references = [test.references[i] for i in places]
            rows[name] = {**test.quality(alpha, places),
                          "copied": quality([copied[i] for i in places], references, test.language)}
    return rows


def alignment(translator: BatchTranslator, silver: SilverLinks, data: dict[str, list]) -> dict[str, Any]:
    """Return how many silver links the taught head finds, and the best of the untaught, which dev chooses.

    Returns:
        {"dev" or "test": {"taught", "untaught": {"zh", "en", "both": share of the links}, "n": links}},
        and {"untaught": (layer, head)}.
    """
    counted = {split: {language: cross_attention_hits(translator, silver, data[split], language)
                       for language in TOKENIZER} for split in ("dev", "test")}
    shares = {split: _shares(counts) for split, counts in counted.items()}
    others = shares["dev"]["both"].clone()
    others[translator.taught_head] = -1
    best = divmod(int(others.argmax()), others.shape[1])
    heads = {"taught": translator.taught_head, "untaught": best}
    return {"untaught": best, **{
        split: {name: {language: share[head].item() for language, share in shares[split].items()}
                for name, head in heads.items()} | {"n": sum(n for _, n in counted[split].values())}
        for split in counted}}


def _shares(counts: dict[str, tuple[torch.Tensor, int]]) -> dict[str, torch.Tensor]:
    """Return the share of links found by each (layer, head), by language and for "both"."""
    both = sum((hits for hits, _ in counts.values()), start=torch.tensor(0.0)), sum(n for _, n in counts.values())
    return {language: hits / max(n, 1) for language, (hits, n) in {**counts, "both": both}.items()}


def fresh(translator: BatchTranslator, language: str, known: list) -> list[dict]:
    """Translate the fresh sentences greedily.

    Returns:
        One row a sentence: "source", "reference", "written", "chrf", whether the two are "exact"ly the same but for
        case and marks, and the "similarity" of the nearest training source; best chrF first.
    """
    sources, references = map(list, zip(*FRESH["en_zh" if language == "zh" else "zh_en"], strict=True))
    near = Neighbours(sides(known, language)[0])
    rows = [_judged(*row) | {"similarity": near.nearest(normalise(row[0], str))[0]}
            for row in zip(sources, references, translator.greedy(sources, language), strict=True)]
    return sorted(rows, key=lambda row: -row["chrf"])


def _judged(source: str, reference: str, written: str) -> dict[str, object]:
    plain = [normalise(text, str) for text in (written, reference)]
    return {"source": source, "reference": reference, "written": written,
            "chrf": CHRF().sentence_score(plain[0], plain[1:]).score, "exact": key(plain[0]) == key(plain[1])}


def milliseconds(translator: BatchTranslator, sentences: list[str], language: str) -> dict[str, float]:
    """Return the median time for one sentence, on one thread: {"greedy", "beam"}."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    ways = {"greedy": lambda text: translator.greedy([text], language),
            "beam": lambda text: translator.candidates(text, language)}
    try:
        return {name: statistics.median(_timed(way, text) for text in sentences[:TIMED])
                for name, way in ways.items()}
    finally:
        torch.set_num_threads(threads)


def _timed(way: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    way(text)
    return 1000 * (time.perf_counter() - started)
