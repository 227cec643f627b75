"""The small Transformer of a live training run: how it is made, and what it writes."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

from ..transformer import Transformer, TransformerConfig, Vocabulary, greedy_search
from .settings import LiveSettings
from .switches import switched
from .tasks import LETTERS, LONGEST, START, Batch

VOCABULARY = Vocabulary(START, -1, torch.arange(len(LETTERS)))                     # -1: no letter ends a word


def new_model(settings: LiveSettings) -> Transformer:
    """Return a Transformer in float64 with the first weights that the seed gives; torch's own seed is left alone."""
    config = TransformerConfig(
        vocab_size=len(LETTERS) + 1, n_layers=settings.n_layers, d_model=settings.d_model, n_heads=settings.n_heads,
        d_ff=2 * settings.d_model, norm_first=settings.norm != "after", activation="gelu", dropout=0.0,
        max_tokens=LONGEST)
    with torch.random.fork_rng(devices=[]), _drawn_in_float64():
        torch.manual_seed(settings.seed)
        model = Transformer(config).double()
    if not settings.positions:
        model.positions.zero_()
    return switched(model, settings)


def new_writer(vocab_size: int, context: int, seed: int) -> Transformer:
    """Return a small Transformer in float64 whose encoder alone is to be used, under a causal mask: a tiny GPT.

    Args:
        vocab_size: how many characters it knows.
        context: how many it reads at a time.
        seed: of the first weights; torch's own seed is left alone.
    """
    config = TransformerConfig(vocab_size=vocab_size, n_layers=2, d_model=64, n_heads=4, d_ff=128, norm_first=True,
                               activation="gelu", dropout=0.0, max_tokens=context)
    with torch.random.fork_rng(devices=[]), _drawn_in_float64():
        torch.manual_seed(seed)
        model = Transformer(config).double()
    model.decoder = torch.nn.ModuleList()                                   # nothing is translated
    return model


def written(model: Transformer, batch: Batch) -> Tensor:
    """Return what the model writes by itself, (batch, letter), each time the likeliest letter."""
    n_letters = batch.source_ids.shape[1]
    return torch.tensor(greedy_search(model, batch.source_ids, batch.source_mask, VOCABULARY, n_letters))


@contextmanager
def _drawn_in_float64() -> Iterator[None]:
    """Let weights be drawn in float64 inside the block: in float32 their last digits depend on the processor."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
