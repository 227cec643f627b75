"""07.draw: drawing a token by lot."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs


def lot_case(probabilities: list[float], lot: float) -> Inputs:
    """Return the chances of a few tokens and a lot."""
    return {"probabilities": torch.tensor(probabilities, dtype=torch.float64), "lot": lot}


def fallen_on(probabilities: Tensor, lot: float) -> Tensor:
    """Return the place whose stretch the lot falls on."""
    return (probabilities.cumsum(0) <= lot).sum()


EXERCISE = FunctionExercise(
    key="07.draw",
    name="drawn",
    right=fallen_on,
    cases=tuple(lot_case([0.2, 0.5, 0.3], lot) for lot in (0.1, 0.6, 0.9))
    + tuple(lot_case([0.1, 0.2, 0.3, 0.4], lot) for lot in (0.05, 0.25, 0.55, 0.95)),
    passed={
        "en": "Laid end to end, the probabilities reach from 0 to 1, and an even lot falls on each token as often as "
              "it "
              "is likely.",
        "zh": "把概率一段接一段排开，正好从 0 到 1；均匀的签落在每个词元上的机会，就是它的概率。",
    },
    mistakes=(
        Mistake("greedy", lambda probabilities, lot: probabilities.argmax(), {
            "en": "This takes the likeliest token whatever the lot says: greedy search. Let the lot decide.",
            "zh": "不管签是多少，都取了最可能的词元：这是贪心搜索。要由签来决定。",
        }),
        Mistake("not_added_up", lambda probabilities, lot: (probabilities > lot).int().argmax(), {
            "en": "The lot was compared with single probabilities. Add them up first: where does each stretch end?",
            "zh": "把签和单个的概率比了。先要累加：每一段到哪里为止？",
        }),
        Mistake("nearest", lambda probabilities, lot: (probabilities - lot).abs().argmin(), {
            "en": "This takes the token whose probability is nearest to the lot. The lot is a place on a line from 0 "
                  "to "
                  "1, on which each token has a stretch.",
            "zh": "取的是概率与签最接近的词元。签是 0 到 1 这条线上的一个位置，每个词元在线上占一段。",
        }),
        Mistake("one_early", lambda probabilities, lot: (fallen_on(probabilities, lot) - 1).clamp(min=0), {
            "en": "One place too early: as many tokens as end at or before the lot are passed by, and the next one is "
                  "it.",
            "zh": "早了一位：结束在签之前的词元有几个，就跳过几个，下一个才是。",
        }),
        Mistake("one_late", lambda probabilities, lot: fallen_on(probabilities, lot) + 1, {
            "en": "One place too late: the first stretch that ends beyond the lot is the one. Places count from 0.",
            "zh": "晚了一位：第一个终点超过签的那一段就是。位置从 0 数起。",
        }),
        Mistake("a_rank", lambda probabilities, lot: fallen_on(probabilities.sort(descending=True).values, lot), {
            "en": "The probabilities were sorted first, so the answer is a rank and not the token's place. Sorting is "
                  "not needed.",
            "zh": "先排了序，得到的是名次，不是词元的位置。这里不用排序。",
        }),
    ),
    hints=(
        {
            "en": "Draw a line from 0 to 1. The first token owns the first stretch, as long as its probability.",
            "zh": "画一条从 0 到 1 的线。第一个词元占最前面一段，长度就是它的概率。",
        },
        {
            "en": "probabilities.cumsum(0) says where each stretch ends.",
            "zh": "probabilities.cumsum(0) 给出每一段的终点。",
        },
        {
            "en": "Count the ends that the lot has passed: (probabilities.cumsum(0) <= lot).sum().",
            "zh": "数一数签越过了几个终点：(probabilities.cumsum(0) <= lot).sum()。",
        },
    ),
)
