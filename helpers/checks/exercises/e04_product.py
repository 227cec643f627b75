"""04.product: the dot product from the offset alone."""

import math

import torch

from ... import positions
from ..encodings import DEGREE, omegas
from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="04.product",
    name="my_product",
    right=lambda offset, d_model: (positions.frequencies(d_model) * offset).cos().sum(),
    cases=tuple({"offset": offset, "d_model": d_model} for offset, d_model in ((7, 64), (3, 4), (-5, 16), (20, 32))),
    passed={
        "en": "No position was needed, only how far apart two of them stand.",
        "zh": "不需要任何一个位置，只要知道两者相距多远。",
    },
    mistakes=(
        Mistake("sines", lambda offset, d_model: (omegas(d_model) * offset).sin().sum(), {
            "en": "Sines change sign when p and q change places, a dot product does not. Take cosines.",
            "zh": "p 与 q 对调，正弦会变号，点积却不会。应当用余弦。",
        }),
        Mistake("mean", lambda offset, d_model: (omegas(d_model) * offset).cos().mean(), {
            "en": "You divided by a number of terms. A dot product is a sum: with itself, a position gives d_model / "
                  "2.",
            "zh": "你除以了项数。点积是求和：一个位置与自己的点积是 d_model / 2。",
        }, also=(
            lambda offset, d_model: (omegas(d_model) * offset).cos().sum() / d_model,
        )),
        Mistake("twice", lambda offset, d_model: 2 * (omegas(d_model) * offset).cos().sum(), {
            "en": "Twice too large: there is one term for each pair, d_model / 2 of them, not one for each number.",
            "zh": "大了一倍：每一对只有一项，共 d_model / 2 项，而不是每个数一项。",
        }),
        Mistake("one_frequency", lambda offset, d_model: torch.tensor(d_model / 2 * math.cos(offset)), {
            "en": "You took one frequency for all pairs. Each has its own: take them from frequencies(d_model).",
            "zh": "你对所有的对用了同一个频率。每一对有自己的频率：请从 frequencies(d_model) 里取。",
        }),
        Mistake("exponent_k", lambda offset, d_model: (omegas(d_model, factor=1) * offset).cos().sum(), {
            "en": "The exponent in your frequencies is -k / d_model; it should be -2k / d_model. frequencies(d_model) "
                  "has them.",
            "zh": "你的频率用的指数是 -k / d_model，应是 -2k / d_model。直接用 frequencies(d_model) 就好。",
        }),
        Mistake("cosine_of_sum", lambda offset, d_model: (omegas(d_model) * offset).sum().cos(), {
            "en": "You added the angles and took one cosine. Take the cosine of each, then add.",
            "zh": "你先把角度加起来，再取了一次余弦。应当先分别取余弦，再相加。",
        }),
        Mistake("not_summed", lambda offset, d_model: (omegas(d_model) * offset).cos(), {
            "en": "These are the terms, one a pair. Add them up.",
            "zh": "这是各项，每对一项。还要加起来。",
        }),
        Mistake("degrees", lambda offset, d_model: (omegas(d_model) * offset * DEGREE).cos().sum(), {
            "en": "The angles were taken in degrees; frequencies are in radians a step.",
            "zh": "角度被当成了“度”；频率的单位是每步多少弧度。",
        }),
    ),
    hints=(
        {
            "en": "The formula has one term for each pair. What does pair k contribute?",
            "zh": "公式里每一对有一项。第 k 对贡献了什么？",
        },
        {
            "en": "cos(omega_k * offset), where omega_k is the k-th of frequencies(d_model). Add up all of them.",
            "zh": "cos(omega_k * offset)，其中 omega_k 是 frequencies(d_model) 里的第 k 个。全部加起来。",
        },
        {
            "en": "(frequencies(d_model) * offset).cos() holds the terms; .sum() adds them.",
            "zh": "(frequencies(d_model) * offset).cos() 就是各项；.sum() 把它们加起来。",
        },
    ),
)
