"""04.frequencies: how fast each pair turns."""

import torch

from ... import positions
from ..encodings import floored, omegas
from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="04.frequencies",
    name="my_frequencies",
    right=lambda d_model, base: positions.frequencies(d_model, base=base),
    cases=tuple({"d_model": d_model, "base": base} for d_model, base in ((8, 10000.0), (6, 100.0), (4, 10.0))),
    passed={
        "en": "The first pair turns by one radian a step, each later one is slower by the same factor.",
        "zh": "第一对每步转 1 弧度，之后每一对都比前一对慢同样的倍数。",
    },
    mistakes=(
        Mistake("exponent_k", lambda d_model, base: omegas(d_model, base, factor=1), {
            "en": "The exponent is -2k / d_model; yours is -k / d_model, so the pairs slow down only half as fast, "
                  "and the last one ends near the root of what it should be.",
            "zh": "指数应是 -2k / d_model，你的是 -k / d_model：各对慢下来的速度只有一半，"
                  "最后一对差不多停在了应有值的平方根。",
        }),
        Mistake("one_frequency", lambda d_model, base: torch.ones(d_model // 2), {
            "en": "Every pair has the frequency 1. Either one was taken for all, or // threw the fraction of 2k / "
                  "d_model away: it is always below 1. Divide with /.",
            "zh": "每一对的频率都是 1。要么是所有的对共用了一个频率，要么是 // 把 2k / d_model 的小数丢掉了，"
                  "而它总小于 1。请用 / 来除。",
        }),
        Mistake("integer_division", floored, {
            "en": "The first frequency is 1 and all others are 1 / base: // rounded the exponent down to -1. Divide "
                  "with /.",
            "zh": "第一个频率是 1，其余全是 1 / base：// 把指数向下取整成了 -1。请用 / 来除。",
        }),
        Mistake("upwards", lambda d_model, base: omegas(d_model, base, factor=-2), {
            "en": "The frequencies grow. The exponent is negative: each pair is slower than the one before.",
            "zh": "频率越来越大了。指数是负的：每一对都比前一对慢。",
        }),
        Mistake("from_one", lambda d_model, base: omegas(d_model, base, start=1), {
            "en": "Off by one: the first frequency must be base to the power of 0, which is 1. k counts from 0.",
            "zh": "差了一个：第一个频率应是 base 的 0 次方，也就是 1。k 从 0 数起。",
        }),
        Mistake("over_half", lambda d_model, base: omegas(d_model, base, factor=4), {
            "en": "The exponent falls twice as fast as it should. 2k runs over the even places, and is divided by "
                  "d_model, not by d_model / 2 (or 2k was taken twice over).",
            "zh": "指数下降的速度是应有的两倍。2k 走的是偶数位，要除以 d_model，而不是 d_model / 2（也可能是 2 "
                  "乘了两遍）。",
        }),
        Mistake("to_the_end", lambda d_model, base: omegas(d_model, base, factor=2 * d_model / (d_model - 2)), {
            "en": "Your last frequency is exactly 1 / base. That is how the authors' own code did it; the formula "
                  "divides by d_model, and its last pair stays just above 1 / base.",
            "zh": "你的最后一个频率恰好是 1 / base。作者自己的代码是这样写的；而公式除以 d_model，最后一对略大于 1 / "
                  "base。",
        }),
        Mistake("one_a_number", lambda d_model, base: base ** (-torch.arange(d_model) / d_model), {
            "en": "You made one frequency for each number of the vector. Sine and cosine share one: there are d_model "
                  "/ 2.",
            "zh": "你给向量里的每个数都配了一个频率。正弦和余弦共用一个：一共只有 d_model / 2 个。",
        }, also=(
            lambda d_model, base: base ** (-2 * torch.arange(d_model) / d_model),
        )),
    ),
    hints=(
        {
            "en": "There are d_model / 2 pairs: k = 0, 1, 2, and so on. What is the exponent of the first?",
            "zh": "一共 d_model / 2 对：k = 0、1、2，依此类推。第一对的指数是多少？",
        },
        {
            "en": "The exponent of pair k is -2k / d_model, with a division that keeps its fraction.",
            "zh": "第 k 对的指数是 -2k / d_model，除法要保留小数。",
        },
        {
            "en": "With k = torch.arange(d_model // 2), raise base to the power of -2 * k / d_model.",
            "zh": "令 k = torch.arange(d_model // 2)，求 base 的 -2 * k / d_model 次方。",
        },
    ),
)
