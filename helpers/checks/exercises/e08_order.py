"""08.order: do two measures put tokens in the same order? The correlation of the ranks."""

import math

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def ranked(numbers: Tensor) -> Tensor:
    """Return ranks, 0 the smallest; no two numbers are equal."""
    return numbers.argsort().argsort().double()


def correlation(one: Tensor, other: Tensor) -> Tensor:
    """Return Pearson's correlation."""
    return torch.corrcoef(torch.stack([one.double(), other.double()]))[0, 1]


EXERCISE = FunctionExercise(
    key="08.order",
    name="rank_correlation",
    right=lambda one, other: correlation(ranked(one), ranked(other)),
    cases=tuple({"one": wave(n).exp(), "other": wave(n, start=start)} for n, start in ((5, 2.0), (7, 0.7), (10, 4.0))),
    passed={
        "en": "Only the order counts: bits, weights and lengths can be compared, whatever their size.",
        "zh": "只看次序：比特、权重、长度大小不一，也能互相比较。",
    },
    mistakes=(
        Mistake("no_ranks", correlation, {
            "en": "You correlated the numbers themselves. One large score decides then; take ranks first.",
            "zh": "你是拿数本身求的相关，一个特别大的分数就能左右结果。先换成名次。",
        }),
        Mistake("one_side", lambda one, other: correlation(ranked(one), other), {
            "en": "Ranks on one side alone. Both sides need them.",
            "zh": "只有一边换成了名次。两边都要换。",
            }, also=(lambda one, other: correlation(one, ranked(other)),)),
        Mistake("argsort_once", lambda one, other: correlation(one.argsort(), other.argsort()), {
            "en": "argsort once says which number comes first, not which rank each one has. Apply it twice.",
            "zh": "argsort 一次得到的是“第几名是谁”，不是“每个数排第几”。要用两次。",
        }),
        Mistake("opposite", lambda one, other: -correlation(ranked(one), ranked(other)), {
            "en": "One side is ranked from the largest, the other from the smallest: the sign is turned.",
            "zh": "一边从大到小排，另一边从小到大排：符号反了。",
        }),
        Mistake("not_scaled", lambda one, other: torch.cov(torch.stack([ranked(one), ranked(other)]))[0, 1], {
            "en": "This is a covariance: it grows with the number of tokens. Divide by both spreads.",
            "zh": "这是协方差，词元越多就越大。要除以两边各自的标准差。",
            }, also=(lambda one, other: torch.cov(torch.stack([ranked(one), ranked(other)]), correction=0)[0, 1],)),
        Mistake("squared", lambda one, other: correlation(ranked(one), ranked(other)) ** 2, {
            "en": "Squared, the opposite order looks like the same one. Leave the sign.",
            "zh": "平方以后，完全相反的次序看起来和相同的一样。要保留正负号。",
        }),
        Mistake("angle", lambda one, other: (ranked(one) + 1) @ (ranked(other) + 1) / (
            (ranked(one) + 1).norm() * (ranked(other) + 1).norm()), {
            "en": "This is the cosine of the ranks. Subtract the mean rank on each side first, else it is always high.",
            "zh": "这是名次的余弦。先在两边各减去平均名次，否则它总是偏高。",
            }, also=(lambda one, other: ranked(one) @ ranked(other) / max(
                (ranked(one).norm() * ranked(other).norm()).item(), math.ulp(1)),)),
    ),
    hints=(
        {
            "en": "Replace every number by its rank; then correlate as usual.",
            "zh": "把每个数换成它的名次，然后照常求相关系数。",
        },
        {
            "en": "numbers.argsort().argsort() gives ranks where no two are equal.",
            "zh": "没有相等的数时，numbers.argsort().argsort() 就是名次。",
        },
        {
            "en": "torch.corrcoef(torch.stack([ranks_of_one, ranks_of_other]).double())[0, 1]",
            "zh": "写成 torch.corrcoef(torch.stack([一边的名次, 另一边的名次]).double())[0, 1]",
        },
    ),
)
