"""From logits to the one token that is written: temperature, top-k, top-p, and the draw."""

from dataclasses import dataclass, fields
from typing import TypedDict

import torch
from torch import Tensor

from ..asked import number, short, whole
from ..text import CourseError

LEAST_TEMPERATURE, MOST_TEMPERATURE = 0.01, 100.0


@dataclass(frozen=True)
class Sampling:
    """How the next token is chosen. Every choice is checked when it is made.

    Attributes:
        temperature: what the logits are divided by, 0.01 to 100: below 1 sharpens, above 1 flattens.
        top_k: only so many of the likeliest tokens may be written, 1 or more; None for all.
        top_p: only the fewest of the likeliest tokens that together have this probability, above 0 and up to 1;
            None for all. It counts after temperature and top-k.
        seed: of the draws; the same seed draws the same tokens. None draws nothing and takes the likeliest.

    Raises:
        CourseError: for anything outside these ranges.

    >>> Sampling(top_k=1).probabilities(torch.tensor([0.0, 2.0, 1.0])).tolist()
    [0.0, 1.0, 0.0]

    Source: Fan et al. 2018 (top-k); Holtzman et al. 2020 (top-p).
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    seed: int | None = None

    def __post_init__(self) -> None:
        if number(self.temperature, LEAST_TEMPERATURE, MOST_TEMPERATURE) is None:
            raise CourseError("writing.temperature", least=LEAST_TEMPERATURE, most=f"{MOST_TEMPERATURE:g}",
                              got=short(self.temperature))
        if self.top_k is not None and whole(self.top_k, 1) is None:
            raise CourseError("writing.top_k", got=short(self.top_k))
        if self.top_p is not None and not 0 < (number(self.top_p, 0, 1) or 0):
            raise CourseError("writing.top_p", got=short(self.top_p))
        if self.seed is not None and whole(self.seed, 0, 2 ** 63 - 1) is None:
            raise CourseError("writing.seed", got=short(self.seed))

    @classmethod
    def of(cls, choices: "SamplingChoices") -> "Sampling":
        """Make one of keywords.

        Raises:
            CourseError: for a keyword that is none of the fields, or a value out of range.
        """
        known = [field.name for field in fields(cls)]
        for name in choices:
            if name not in known:
                raise CourseError("writing.unknown", got=name, known=", ".join(known))
        return cls(**choices)

    def kept(self, logits: Tensor) -> Tensor:
        """Return which tokens may be written, (..., vocab), boolean; tokens level with the last one kept are kept."""
        logits = logits / self.temperature
        kept = torch.ones_like(logits, dtype=torch.bool)
        if self.top_k is not None and self.top_k < logits.shape[-1]:
            kept = logits >= logits.topk(self.top_k).values[..., -1:]
        if self.top_p is not None and self.top_p < 1:
            kept &= in_nucleus(logits.masked_fill(~kept, -torch.inf).softmax(-1), self.top_p)
        return kept

    def probabilities(self, logits: Tensor) -> Tensor:
        """Return with which chance each token is written, (..., vocab): 0 for those cut off, the rest sums to 1."""
        return (logits / self.temperature).masked_fill(~self.kept(logits), -torch.inf).softmax(-1)


class SamplingChoices(TypedDict, total=False):
    """The fields of `Sampling` as keywords, each of which may be left out."""

    temperature: float
    top_k: int | None
    top_p: float | None
    seed: int | None


def in_nucleus(probabilities: Tensor, top_p: float) -> Tensor:
    """Return which tokens belong to the nucleus, (..., vocab), boolean: the fewest of the likeliest with `top_p`.

    A token belongs to it while those likelier than it have less than `top_p` together; so the first always does.

    Source: Holtzman et al. 2020, The Curious Case of Neural Text Degeneration, section 3.1.
    """
    ordered = probabilities.sort(dim=-1, descending=True, stable=True)
    inside = ordered.values.cumsum(-1) - ordered.values < top_p
    return torch.zeros_like(inside).scatter(-1, ordered.indices, inside)


def draw(probabilities: Tensor, lot: float) -> int:
    """Return the token that a lot falls on.

    The probabilities are laid end to end from 0 to 1; the lot, a number from 0 to below 1, falls on one of them.

    >>> draw(torch.tensor([0.2, 0.7, 0.1]), 0.5)
    1
    """
    ends = probabilities.double().cumsum(-1)
    last = int(probabilities.nonzero()[-1])
    return min(int(torch.searchsorted(ends, torch.tensor(lot, dtype=torch.double), right=True)), last)
