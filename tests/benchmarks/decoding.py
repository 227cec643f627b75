"""Writing with and without the key/value cache, and beside `generate` of a Marian model of the same size, in one run.

    python tests/benchmarks/decoding.py [--sentences FILE] [--rounds 9]

First every sentence (one a line; by default the course's fresh ones) is translated greedily with the cache and without:
are the tokens the same? Then 10, 30 and 60 tokens are written each way for one source of 12 tokens, no end allowed:

* no cache: the whole decoder again for every token
* cache: `greedy_search`
* Marian: `generate` of transformers, random weights of the same shape, its own cache

The ways take turns, so that a busy machine is busy for all; one thread. This is not a test: trust the ratios.
"""

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import torch
from torch import Tensor
from transformers import GenerationConfig, MarianConfig, MarianMTModel

ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT)]

from helpers.models import load_translator  # noqa: E402
from helpers.models.translation.course import CourseTranslator  # noqa: E402
from helpers.models.translation.quality import FRESH  # noqa: E402
from helpers.transformer import Vocabulary, greedy_search  # noqa: E402

LENGTHS = (10, 30, 60)
N_SOURCE = 12
MOST = 60


def allowed(translator: CourseTranslator, target: str, end: int) -> Vocabulary:
    """Return what may be written in a language; an end of -1 is never reached."""
    return Vocabulary(translator.start, end, translator.pieces[target])


@torch.no_grad()
def without_cache(model: torch.nn.Module, source_ids: Tensor, vocabulary: Vocabulary, max_tokens: int) -> list[int]:
    """Write greedily, the whole decoder again for every token."""
    memory, written = model.encode(source_ids).states, [vocabulary.start]
    while len(written) <= max_tokens and vocabulary.end not in written:
        state = model.decode(torch.tensor([written]), memory).states[:, -1]
        place = vocabulary.log_probabilities(model.logits(state))[0].argmax()
        written.append(vocabulary.pieces[place].item())
    return written[1:]


def same_tokens(translator: CourseTranslator, sentences: list[str]) -> int:
    """Return for how many sentences the same tokens are written either way."""
    same = 0
    for sentence in sentences:
        source = translator.read(sentence)
        ids, vocabulary = torch.tensor([source.source_ids]), allowed(translator, source.target, translator.end)
        same += greedy_search(translator.model, ids, None, vocabulary, MOST)[0] == \
            without_cache(translator.model, ids, vocabulary, MOST)
    return same


def marian_like(translator: CourseTranslator) -> MarianMTModel:
    """Return a Marian model of the translator's shape with random weights, in float64 as the course computes."""
    config = translator.model.config
    sizes = {f"{side}_{name}": value for side in ("encoder", "decoder") for name, value in
             (("layers", config.n_layers), ("attention_heads", config.n_heads), ("ffn_dim", config.d_ff))}
    torch.manual_seed(0)
    return MarianMTModel(MarianConfig(
        vocab_size=config.vocab_size, d_model=config.d_model, max_position_embeddings=config.max_tokens,
        activation_function=config.activation, pad_token_id=0, eos_token_id=1, forced_eos_token_id=None,
        decoder_start_token_id=0, **sizes)).double().eval()


def ways(translator: CourseTranslator, marian: MarianMTModel, n_tokens: int) -> dict[str, Callable[[], object]]:
    """Return what is to be timed, each writing so many tokens."""
    model, source = translator.model, torch.randint(10, 2000, (1, N_SOURCE), generator=torch.Generator().manual_seed(0))
    endless = allowed(translator, "zh", end=-1)
    settings = GenerationConfig(max_new_tokens=n_tokens, min_new_tokens=n_tokens, num_beams=1, do_sample=False,
                                pad_token_id=0, eos_token_id=1, decoder_start_token_id=0)

    def generated() -> None:
        ids = marian.generate(source, generation_config=settings)
        if ids.shape[1] != n_tokens + 1:
            raise SystemExit(f"Marian wrote {ids.shape[1] - 1} tokens in place of {n_tokens}")

    return {"no cache": lambda: without_cache(model, source, endless, n_tokens),
            "cache": lambda: greedy_search(model, source, None, endless, n_tokens),
            "Marian": generated}


@torch.no_grad()
def main() -> None:
    """Compare the tokens, then the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    torch.set_num_threads(1)
    translator = load_translator("course")
    sentences = options.sentences.read_text(encoding="utf-8").splitlines() if options.sentences else \
        [source for pairs in (FRESH["en_zh"], FRESH["zh_en"]) for source, _ in pairs]
    print(f"same tokens with and without the cache: {same_tokens(translator, sentences)} of {len(sentences)} sentences")
    marian = marian_like(translator)
    print(f"{'tokens':>6}  " + "".join(f"{name:>18}" for name in ("no cache", "cache", "Marian")))
    for n_tokens in LENGTHS:
        turns = ways(translator, marian, n_tokens)
        times: dict[str, list[float]] = {name: [] for name in turns}
        for _ in range(options.rounds + 1):
            for name, way in turns.items():
                started = perf_counter()
                way()
                times[name].append(perf_counter() - started)
        medians = {name: statistics.median(took[1:]) for name, took in times.items()}
        print(f"{n_tokens:>6}  " + "".join(f"{took * 1000:8.1f}ms {took / medians['cache']:6.2f}x"
                                           for took in medians.values()))


if __name__ == "__main__":
    main()
