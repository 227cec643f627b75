"""Do two measures put things in the same order? Rank correlations, and how sure a median of several is."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from .. import wanted
from ..asked import short, whole
from ..text import CourseError

Numbers = Tensor | Sequence[float]


def ranks(numbers: Numbers) -> Tensor:
    """Return the rank of each number, 1 the smallest; equal numbers share the mean of their ranks.

    >>> ranks([10, 30, 20, 20]).tolist()
    [1.0, 4.0, 2.5, 2.5]

    Raises:
        CourseError: for what is no list of numbers.
    """
    values = wanted.numbers("ranks", "numbers", numbers)
    below = (values[None] < values[:, None]).sum(1)
    alike = (values[None] == values[:, None]).sum(1)
    return below + (alike + 1) / 2


def spearman(one: Numbers, other: Numbers) -> float:
    """Return the correlation of the ranks: 1 the same order, 0 none, -1 the opposite order.

    Args:
        one, other: as many numbers each, at least two.

    Returns:
        From -1 to 1; NaN where all numbers of one side are equal, for then there is no order.

    Raises:
        CourseError: where they are not equally many, or fewer than two.

    >>> spearman([1, 2, 3, 4], [10, 20, 40, 30])
    0.8

    Source: Spearman 1904; ties by mean ranks.
    """
    first, second = (ranks(side) - (len(side) + 1) / 2 for side in _checked("spearman", one, other))
    spread = math.sqrt((first.square().sum() * second.square().sum()).item())
    return (first @ second).item() / spread if spread else math.nan


def kendall(one: Numbers, other: Numbers) -> float:
    """Return Kendall's tau-b: of all pairs of things, those in the same order minus those in the opposite one.

    Args:
        one, other: as many numbers each, at least two.

    Returns:
        From -1 to 1, pairs that are equal on a side left out as tau-b does; NaN where all of a side are equal.

    Raises:
        CourseError: where they are not equally many, or fewer than two.

    >>> round(kendall([1, 2, 3, 4], [10, 20, 40, 30]), 3)
    0.667

    Source: Kendall 1945, The treatment of ties in ranking problems.
    """
    first, second = ((side[:, None] - side[None]).sign() for side in _checked("kendall", one, other))   # (thing, thing)
    spread = math.sqrt((first.square().sum() * second.square().sum()).item())
    return (first * second).sum().item() / spread if spread else math.nan


def median_interval(numbers: Numbers, *, times: int = 2000, seed: int = 0) -> tuple[float, float, float]:
    """Return the median and a 95 % interval around it: the middle of medians of the numbers drawn anew, with repeats.

    Args:
        numbers: one for each text; NaN is left out.
        times: how often they are drawn.
        seed: of the lot.

    Returns:
        (median, low, high).

    Raises:
        CourseError: where no number is left, or for times that is not a whole number from 100 to 100,000.

    Source: Efron 1979 (the percentile bootstrap).
    """
    values = wanted.numbers("median_interval", "numbers", numbers)
    values = values[~values.isnan()]
    if not len(values) or whole(times, 100, 100_000) is None:
        raise CourseError("importance.no_numbers", n=len(values), times=short(times))
    luck = torch.Generator().manual_seed(wanted.seed("median_interval", seed))
    lot = torch.randint(len(values), (times, len(values)), generator=luck)
    drawn = values[lot].quantile(0.5, dim=1)
    low, high = drawn.quantile(torch.tensor([0.025, 0.975], dtype=torch.float64)).tolist()
    return values.quantile(0.5).item(), low, high


def _checked(function: str, one: Numbers, other: Numbers) -> tuple[Tensor, Tensor]:
    """Return both sides as numbers, if they are equally many."""
    first, second = (wanted.numbers(function, name, side) for name, side in (("one", one), ("other", other)))
    if len(first) != len(second) or len(first) < 2:
        raise CourseError("importance.lengths", one=len(first), other=len(second))
    return first, second
