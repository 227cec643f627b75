"""Texts as one padded batch, and one way to take a training step that is the same on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ..models import Bert

DECIMALS, MOST_GRADIENT = 6, 1.0


@dataclass(frozen=True)
class TextBatch:
    """Texts side by side, all (batch, token).

    Attributes:
        token_ids: filled up with [PAD].
        segment_ids: 0 for sentence A, 1 for sentence B.
        real: True where there is a token, False where [PAD] fills up.
    """

    token_ids: Tensor
    segment_ids: Tensor
    real: Tensor

    def inputs(self) -> dict[str, Tensor]:
        """Return the batch under the names a transformers BERT takes."""
        return {"input_ids": self.token_ids, "attention_mask": self.real.long(), "token_type_ids": self.segment_ids}

    def pick(self, places: Sequence[int]) -> "TextBatch":
        """Return the texts at these places, no wider than the longest of them needs."""
        real = self.real[places]
        width = int(real.sum(-1).max())
        return TextBatch(self.token_ids[places, :width], self.segment_ids[places, :width], real[:, :width])


def to_batch(bert: Bert, texts: Sequence[str]) -> TextBatch:
    """Return texts as one batch, cut into tokens as `bert.run` cuts them."""
    encoded = [bert.encode(text) for text in texts]
    width = max(len(one.token_ids) for one in encoded)
    filler = bert.tokenizer.pad_token_id
    rows = [[*one.token_ids, *[filler] * (width - len(one.token_ids))] for one in encoded]
    segments = [[*one.segment_ids, *[0] * (width - len(one.segment_ids))] for one in encoded]
    ids = torch.tensor(rows)
    return TextBatch(ids, torch.tensor(segments), ids != filler)


def in_turns(count: int, size: int, steps: int, seed: int) -> list[list[int]]:
    """Return for each step which of `count` texts it takes: a fresh shuffle whenever all have had their turn."""
    draw = torch.Generator().manual_seed(seed)
    waiting: list[int] = []
    turns: list[list[int]] = []
    for _ in range(steps):
        if len(waiting) < min(size, count):
            waiting = torch.randperm(count, generator=draw).tolist()
        turns.append(waiting[:size])
        waiting = waiting[size:]
    return turns


def take_step(optimiser: torch.optim.Optimizer, loss: Tensor, parameters: Sequence[nn.Parameter]) -> None:
    """Take one optimiser step and round what was learnt.

    Processors differ in the last digits of what they compute, and from step to step that would grow into another
    run. Rounding to six decimals takes it away before it grows.
    """
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(parameters, MOST_GRADIENT)
    optimiser.step()
    with torch.no_grad():
        for parameter in parameters:
            parameter.copy_(parameter.round(decimals=DECIMALS))
