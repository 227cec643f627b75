"""01.softmax: softmax by hand."""

import math

import torch
from torch.nn.functional import softmax

from ... import attention
from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="01.softmax",
    name="softmax",
    right=attention.attention_weights,
    cases=(
        {"scores": torch.tensor([[2.0, 0, 1], [1, 3, 0], [0, -1, 2]])},
        *({"scores": wave(*shape)} for shape in ((4, 4), (3, 5), (5, 2))),
    ),
    extreme_cases=({"scores": 10_000 + wave(3, 4).round()},),
    passed={
        "en": "Every row sums to 1, with scores around 10,000 too.",
        "zh": "每一行之和都是 1，分数大到 10000 上下也一样。",
    },
    mistakes=(
        Mistake("wrong_axis", lambda scores: softmax(scores, dim=0), {
            "en": "Your columns sum to 1, not your rows: this is softmax over the queries. Each query shares out its "
                  "own attention, so go along the last axis, the keys.",
            "zh": "结果里每一列之和是 1，而不是每一行：softmax 沿着查询做了。每个查询分配的是自己那份注意力，"
                  "要沿最后一轴（键）来做。",
        }),
        Mistake("over_everything", lambda scores: softmax(scores.flatten(), dim=0).view_as(scores), {
            "en": "The whole table sums to 1: one softmax over everything. Each row is a question of its own and must "
                  "sum to 1 by itself.",
            "zh": "整张表加起来才是 1：你对所有的数一起做了 softmax。每一行是一个独立的提问，各行之和都要是 1。",
        }),
        Mistake("no_keepdim", lambda scores: scores.exp() / scores.exp().sum(-1), {
            "en": "The sums of the rows met the columns: the axis you summed over is gone, so broadcasting lays the "
                  "sums the wrong way. It runs on square tables only. Keep the axis when you sum.",
            "zh": "每一行的和除到列上去了：求和之后那个轴没有了，广播时方向就错了，而且只有方阵才不报错。"
                  "求和时要把这个轴留住。",
        }),
        Mistake("exp_only", lambda scores: scores.exp(), {
            "en": "All numbers are positive now, but they are not shares yet: the rows do not sum to 1. Divide each "
                  "number by the sum of its row.",
            "zh": "现在所有的数都是正的，但还不是份额：每一行之和不是 1。再让每个数除以它那一行的和。",
        }),
        Mistake("no_exp", lambda scores: scores / scores.sum(-1, keepdim=True), {
            "en": "You divided the scores by their sum. The rows sum to 1, yet weights can come out negative, and a "
                  "score of 0 gets nothing. Take the exponential first.",
            "zh": "你直接用分数除以它们的和。每一行之和虽然是 1，权重却可能是负的，分数为 0 的也什么都分不到。"
                  "要先取指数。",
        }),
        Mistake("base_2", lambda scores: softmax(scores * math.log(2), dim=-1), {
            "en": "The rows sum to 1, but the weights are too even: these are powers of 2. Softmax takes powers of e.",
            "zh": "每一行之和是 1，但权重太平均了：这是 2 的幂。softmax 用的是 e 的幂。",
        }),
        Mistake("overflow", lambda scores: scores.exp() / scores.exp().sum(-1, keepdim=True), {
            "en": "Right for small scores. Around 10,000, exp overflows to infinity, and infinity / infinity is not a "
                  "number. Taking one and the same number off all scores of a row leaves its softmax as it was: take "
                  "off the largest.",
            "zh": "分数小的时候是对的。分数到 10000 左右，exp 会溢出成无穷大，而无穷大除以无穷大不是一个数。"
                  "一行的分数同时减去同一个数，softmax 不变：减去最大的那个就好。",
        }),
    ),
    hints=(
        {
            "en": "Three steps: make every score positive, add up each row, divide. What turns any number into a "
                  "positive one and keeps the order?",
            "zh": "三步：把每个分数变成正数，每一行求和，再相除。怎样才能把任何数都变成正数，又不改变大小顺序？",
        },
        {
            "en": "Take exp, then divide by the sum along the last axis. Sum with dim=-1 and keepdim=True, so that "
                  "each row meets its own sum.",
            "zh": "先取 exp，再除以沿最后一轴的和。求和时写 dim=-1 和 keepdim=True，每一行才会除以自己的和。",
        },
        {
            "en": "exp(10000) is infinite. So before exp, subtract from each row its largest score: "
                  "scores.max(dim=-1, keepdim=True).values.",
            "zh": "exp(10000) 是无穷大。所以在取 exp 之前，每一行先减去自己的最大值：scores.max(dim=-1, "
                  "keepdim=True).values。",
        },
    ),
)
