"""04.encoding: the sinusoidal positions whole."""

import torch
from torch import Tensor

from ... import positions
from ..encodings import BASE, DEGREE, encoded, floored, omegas
from ..exercise import Mistake
from ..functions import FunctionExercise


def own_frequencies(n_positions: int, d_model: int) -> Tensor:
    """Return the encoding in which each number, not each pair, has a frequency of its own."""
    angles = torch.arange(n_positions)[:, None] * BASE ** (-torch.arange(d_model, dtype=torch.float64) / d_model)
    return torch.where(torch.arange(d_model) % 2 == 0, angles.sin(), angles.cos())     # (position, d_model)


EXERCISE = FunctionExercise(
    key="04.encoding",
    name="my_positions",
    right=positions.sinusoidal_positions,
    cases=tuple({"n_positions": n, "d_model": d} for n, d in ((4, 4), (6, 6), (5, 8), (7, 2))),
    passed={
        "en": "Every number is that of the paper: sines at even, cosines at odd places.",
        "zh": "每个数都与论文一致：偶数位是正弦，奇数位是余弦。",
    },
    mistakes=(
        Mistake("swapped", lambda n, d: encoded(n, omegas(d)).view(n, -1, 2).flip(-1).flatten(1), {
            "en": "Sine and cosine have changed places: the even ones (0, 2, ...) are sines. Position 0 should read "
                  "0, 1, 0, 1.",
            "zh": "正弦和余弦放反了：偶数位（0、2……）放正弦。位置 0 应当是 0、1、0、1。",
        }),
        Mistake("concatenated", positions.concatenated_positions, {
            "en": "All numbers are right, and stand in the other common order: first all sines, then all cosines. A "
                  "model would not mind; the formula puts each cosine right after its sine.",
            "zh": "数全对，只是用了另一种常见的次序：先放所有正弦，再放所有余弦。模型不会介意；"
                  "而公式让每个余弦紧跟着自己的正弦。",
        }),
        Mistake("exponent_k", lambda n, d: encoded(n, omegas(d, factor=1)), {
            "en": "The exponent is -2k / d_model; yours is -k / d_model, so the later pairs turn too fast.",
            "zh": "指数应是 -2k / d_model，你的是 -k / d_model，所以后面几对转得太快。",
        }),
        Mistake("exponent_4k", lambda n, d: encoded(n, omegas(d, factor=4)), {
            "en": "The later pairs turn too slowly: the exponent was doubled once too often. In the formula 2k is the "
                  "even place, 0, 2, 4, ...; do not double that again.",
            "zh": "后面几对转得太慢：指数多乘了一次 2。公式里的 2k 就是偶数位 0、2、4……，不要再乘 2。",
        }),
        Mistake("own_frequency", own_frequencies, {
            "en": "The sines are right; each cosine turns a little slower than its sine. The two of a pair share one "
                  "frequency: at place 2k + 1 the exponent is still -2k / d_model.",
            "zh": "正弦对了，但每个余弦都比自己的正弦慢一点。同一对共用一个频率：第 2k + 1 位的指数仍是 -2k / "
                  "d_model。",
        }),
        Mistake("one_frequency", lambda n, d: encoded(n, torch.ones(d // 2)), {
            "en": "Every pair turns alike: one frequency for all (or a // made every exponent 0). Then positions 2π "
                  "apart can hardly be told from one another. Each pair needs a frequency of its own.",
            "zh": "每一对转得都一样：所有的对共用了一个频率（也可能是 // 让指数都变成了 0）。这样一来，相距约 2π "
                  "的位置就几乎分不清了。每一对要有自己的频率。",
        }),
        Mistake("integer_division", lambda n, d: encoded(n, floored(d)), {
            "en": "From the second pair on, all have the frequency 1 / 10000: // rounded every exponent down to -1. "
                  "Divide with /.",
            "zh": "从第二对起，频率全是 1 / 10000：// 把指数都向下取整成了 -1。请用 / 来除。",
        }),
        Mistake("degrees", lambda n, d: encoded(n, omegas(d) * DEGREE), {
            "en": "The angles were taken in degrees. The formula means radians, and so do torch.sin and math.sin: "
                  "leave out the conversion.",
            "zh": "角度被当成了“度”。公式用的是弧度，torch.sin 和 math.sin 也是：不要换算。",
        }),
        Mistake("from_one", lambda n, d: encoded(n, omegas(d), start=1), {
            "en": "Off by one: your first row is position 1. Positions count from 0, and position 0 reads 0, 1, 0, 1.",
            "zh": "差了一个：你的第一行是位置 1。位置从 0 数起，位置 0 应当是 0、1、0、1。",
        }),
        Mistake("sines_alone", lambda n, d: encoded(n, omegas(d))[:, 0::2].repeat_interleave(2, dim=1), {
            "en": "Sines everywhere: at the odd places stand cosines. With the sine alone, a pair could not tell the "
                  "way up from the way down.",
            "zh": "到处都是正弦：奇数位应放余弦。只有正弦的话，一对数就分不清是在上坡还是在下坡。",
        }),
        Mistake("upwards", lambda n, d: encoded(n, omegas(d, factor=-2)), {
            "en": "Each pair turns faster than the one before. The exponent is negative: they slow down.",
            "zh": "每一对都比前一对转得快。指数是负的：应当越来越慢。",
        }),
        Mistake("transposed", lambda n, d: encoded(n, omegas(d)).T, {
            "en": "Rows and columns have changed places: a row is a position, a column one number of the vector.",
            "zh": "行和列放反了：一行是一个位置，一列是向量里的一个数。",
        }),
    ),
    hints=(
        {
            "en": "Make the table of angles first: position times frequency, (position, pair). Then sines and cosines "
                  "of it.",
            "zh": "先做一张角度表：位置乘频率，形状是 (position, pair)。再对它取正弦和余弦。",
        },
        {
            "en": "torch.arange(n_positions)[:, None] * my_frequencies(d_model, 10000.0) is that table. Its sines "
                  "belong into the columns 0, 2, 4, ..., its cosines into 1, 3, 5, ...",
            "zh": "torch.arange(n_positions)[:, None] * my_frequencies(d_model, 10000.0) 就是这张表。它的正弦放进第 "
                  "0、2、4……列，余弦放进第 1、3、5……列。",
        },
        {
            "en": "Begin with table = torch.zeros(n_positions, d_model), then fill table[:, 0::2] and table[:, 1::2].",
            "zh": "先写 table = torch.zeros(n_positions, d_model)，再填 table[:, 0::2] 和 table[:, 1::2]。",
        },
    ),
)
