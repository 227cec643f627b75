"""01.transfer: the same attention in a model that writes, where no token sees what comes later."""

import torch
from torch import Tensor

from ...attention import causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def masked(queries: Tensor, keys: Tensor, seen: Tensor | None, *, power: float = 0.5, late: bool = False) -> Tensor:
    """Return weights (head, query, key) with what is not seen hidden before softmax; `late`: crossed out after it."""
    scores = queries @ keys.transpose(-2, -1) / keys.shape[-1] ** power
    if seen is None:
        return scores.softmax(-1)
    return scores.softmax(-1) * seen if late else scores.masked_fill(~seen, -torch.inf).softmax(-1)


def before(keys: Tensor, reach: int = 0) -> Tensor:
    """Return True where a key stands at most `reach` places behind the query."""
    return torch.ones(keys.shape[-2], keys.shape[-2], dtype=torch.bool).tril(reach)


EXERCISE = FunctionExercise(
    key="01.transfer",
    name="gpt_weights",
    right=lambda queries, keys: masked(queries, keys, causal_mask(keys.shape[-2])),
    cases=tuple({"queries": wave(h, n, d), "keys": wave(h, n, d, start=1)}
                for h, n, d in ((3, 3, 3), (2, 4, 4), (2, 5, 3))),
    passed={
        "en": "Nothing in the formula is new: a GPT's attention is yours, with the mask that hides what comes later. "
              "The last row alone is the same with and without it.",
        "zh": "公式里没有一样是新的：GPT 的注意力就是你写的注意力，外加一个遮住后文的掩码。"
              "只有最后一行，有没有掩码都一样。",
    },
    mistakes=(
        Mistake("no_mask", lambda q, k: masked(q, k, None), {
            "en": "That is BERT's attention: every token sees the whole text. A model that writes must not see what it "
                  "has not written yet.",
            "zh": "这是 BERT 的注意力：每个词元都看得见整段文字。而写字的模型不许看还没写出来的东西。",
        }),
        Mistake("not_itself", lambda q, k: masked(q, k, before(k, -1)).nan_to_num(), {
            "en": "A token does not see itself here, and the first one sees nothing at all: its row is no row of "
                  "weights. The diagonal belongs to what may be seen.",
            "zh": "这里词元看不见自己，第一个词元更是什么也看不见，那一行就不成其为权重了。对角线也属于可以看的。",
        }, also=(lambda q, k: masked(q, k, before(k, -1)),)),
        Mistake("backwards", lambda q, k: masked(q, k, before(k).T), {
            "en": "Each token sees itself and what comes after: the mask lies on the wrong side of the diagonal. Rows "
                  "ask, columns answer; earlier keys stand to the left.",
            "zh": "每个词元看到的是自己和后文：掩码放到了对角线的另一边。行在问，列在答，靠前的键在左边。",
        }),
        Mistake("late", lambda q, k: masked(q, k, before(k), late=True), {
            "en": "What comes later weighs 0, but the rows no longer sum to 1: the mask came after softmax.",
            "zh": "后文的权重是 0 了，可每一行加起来不再是 1：掩码用在了 softmax 之后。",
        }),
        Mistake("one_ahead", lambda q, k: masked(q, k, before(k, 1)), {
            "en": "Each token still sees the one after it, which is the very token it is to guess.",
            "zh": "每个词元还看得见紧跟着的那一个，而那正是它要猜的。",
        }),
        Mistake("no_root", lambda q, k: masked(q, k, before(k), power=0.0), {
            "en": "The mask is right; the scores are not divided by √d_head.",
            "zh": "掩码对了，可是分数没有除以 √d_head。",
        }),
    ),
    hints=(
        {
            "en": "Look at the printed table of the GPT: what is special about its upper right corner?",
            "zh": "看看上面打印出来的 GPT 的表：右上角有什么特别？",
        },
        {
            "en": "Exercise 5 had a mask. Here you make it yourself: torch.ones(n, n, dtype=torch.bool).tril().",
            "zh": "练习 5 用过掩码。这次自己造一个：torch.ones(n, n, dtype=torch.bool).tril()。",
        },
        {
            "en": "scores = queries @ keys.transpose(-2, -1) / d_head ** 0.5, then masked_weights(scores, mask).",
            "zh": "先算 scores = queries @ keys.transpose(-2, -1) / d_head ** 0.5，再用 masked_weights(scores, mask)。",
        },
    ),
)
