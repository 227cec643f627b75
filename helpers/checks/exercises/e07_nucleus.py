"""07.nucleus: top-p sampling."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs


def nucleus_case(probabilities: list[float], p: float) -> Inputs:
    """Return the chances of a few tokens, and how much the nucleus holds."""
    return {"probabilities": torch.tensor(probabilities, dtype=torch.float64), "p": p}


def inside(probabilities: Tensor, p: float) -> Tensor:
    """Return which tokens belong to the nucleus."""
    values, order = probabilities.sort(descending=True)
    return torch.zeros_like(order, dtype=torch.bool).scatter(0, order, values.cumsum(0) - values < p)


def only(probabilities: Tensor, kept: Tensor) -> Tensor:
    """Return the kept ones as probabilities, 0 elsewhere."""
    left = probabilities * kept
    return left / left.sum()


def too_few(probabilities: Tensor, p: float) -> Tensor:
    """Return the nucleus without the token that crosses the bound."""
    values, order = probabilities.sort(descending=True)
    return only(probabilities, torch.zeros_like(order, dtype=torch.bool).scatter(0, order, values.cumsum(0) <= p))


def sorted_nucleus(probabilities: Tensor, p: float) -> Tensor:
    """Return the right numbers in the order of their size."""
    return only(probabilities, inside(probabilities, p)).sort(descending=True).values


EXERCISE = FunctionExercise(
    key="07.nucleus",
    name="nucleus",
    right=lambda probabilities, p: only(probabilities, inside(probabilities, p)),
    cases=(nucleus_case([0.05, 0.4, 0.1, 0.3, 0.15], 0.8), nucleus_case([0.3, 0.06, 0.24, 0.4], 0.5),
           nucleus_case([0.1, 0.2, 0.06, 0.29, 0.2, 0.15], 0.6)),
    extreme_cases=(nucleus_case([0.1, 0.85, 0.05], 0.5), nucleus_case([0.2, 0.5, 0.3], 1.0)),
    passed={
        "en": "The fewest of the likeliest tokens that reach p, the one that crosses it included: a wide nucleus where "
              "the model is unsure, a narrow one where it is sure.",
        "zh": "从最可能的取起，刚好够到 p 为止，越过 p 的那一个也算：模型没把握时留得多，有把握时留得少。",
    },
    mistakes=(
        Mistake("one_too_few", too_few, {
            "en": "The token that crosses the bound is missing. The nucleus has to reach p, so it belongs to it.",
            "zh": "少了越过界线的那个词元。合起来要够到 p，所以它也要留下。",
        }),
        Mistake("not_normalised", lambda probabilities, p: probabilities * inside(probabilities, p), {
            "en": "The right tokens, but they no longer sum to 1. Divide by the sum of what is left.",
            "zh": "留下的词元是对的，可加起来不是 1 了。请除以剩下的总和。",
        }),
        Mistake("vocabulary_order", lambda probabilities, p: only(
            probabilities, probabilities.cumsum(0) - probabilities < p), {
            "en": "The probabilities were added up in the order of the vocabulary. Begin with the likeliest: sort "
                  "first.",
            "zh": "是按词表的顺序累加的。应从最可能的开始：先排序。",
        }),
        Mistake("by_size", lambda probabilities, p: only(probabilities, probabilities >= 1 - p), {
            "en": "Each token was judged by itself. Top-p asks how much the likeliest ones have together.",
            "zh": "这是逐个比较每个词元。top-p 看的是最可能的那些合起来占多少。",
        }, also=(
            lambda probabilities, p: only(probabilities, probabilities >= p),
        )),
        Mistake("sorted", sorted_nucleus, {
            "en": "The right numbers in the wrong places: sorted. Each has to go back to its own token.",
            "zh": "数是对的，位置错了：是排过序的。每个概率要放回自己的词元那里。",
        }),
        Mistake("softmax_again", lambda probabilities, p: probabilities.masked_fill(
            ~inside(probabilities, p), -torch.inf).softmax(-1), {
            "en": "Softmax was taken of probabilities, which flattens them. To make them sum to 1, divide by their "
                  "sum.",
            "zh": "对概率又做了 softmax，结果被拉平了。要让它们加起来是 1，除以总和就行。",
        }),
        Mistake("least_likely", lambda probabilities, p: only(probabilities, probabilities.new_zeros(
            len(probabilities)).bool().scatter(0, probabilities.argsort(), probabilities.sort().values.cumsum(0)
                                                   - probabilities.sort().values < p)), {
            "en": "Sorted the wrong way round: the least likely tokens were kept.",
            "zh": "排序反了：留下的是最不可能的词元。",
        }),
    ),
    hints=(
        {
            "en": "Sort, the likeliest first; add up; stop as soon as p is reached.",
            "zh": "从大到小排序，逐个累加，一够到 p 就停。",
        },
        {
            "en": "A token is kept while those before it, without itself, have less than p: values.cumsum(0) - values "
                  "< p.",
            "zh": "只要排在它前面的（不含它自己）加起来还不到 p，它就留下：values.cumsum(0) - values < p。",
        },
        {
            "en": "values, order = probabilities.sort(descending=True); then kept[order] = values.cumsum(0) - values "
                  "< p, "
                  "and divide by the sum.",
            "zh": "values, order = probabilities.sort(descending=True)；然后 kept[order] = values.cumsum(0) - values "
                  "< p，"
                  "最后除以总和。",
        },
    ),
)
