"""01.scale: the factor √d."""

import math

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="01.scale",
    name="scaled",
    right=lambda scores, d_head: scores / math.sqrt(d_head),
    cases=(
        {"products": torch.tensor([[8.0, -4, 2], [0, 12, 6]]), "d_head": 16},
        {"products": 9 * wave(3, 5), "d_head": 3},
        {"products": 9 * wave(3, 5), "d_head": 64},
        {"products": 9 * wave(3, 5), "d_head": 100},
    ),
    passed={
        "en": "Dot products spread like √d_head; divided by it, they have the same size whatever the width.",
        "zh": "点积的大小随 √d_head 增长；除以它之后，不论向量多宽，大小都一样。",
    },
    mistakes=(
        Mistake("divided_by_d", lambda scores, d_head: scores / d_head, {
            "en": "You divided by d_head itself. Dot products grow only like its square root, so these scores are too "
                  "small, and softmax would listen to all keys alike.",
            "zh": "你除以了 d_head 本身。点积只按它的平方根增长，这样分数太小，softmax 会对所有的键几乎一视同仁。",
        }),
        Mistake("multiplied", lambda scores, d_head: scores * math.sqrt(d_head), {
            "en": "You multiplied by √d_head, so the scores grew where they should shrink. Divide.",
            "zh": "你乘了 √d_head，分数本该缩小，却放大了。应该用除法。",
        }),
        Mistake("unchanged", lambda scores, d_head: scores, {
            "en": "The scores came back as they went in: d_head was not used. The wider the vectors, the more they "
                  "must shrink.",
            "zh": "分数原样返回了，没有用到 d_head。向量越宽，分数越要缩小。",
        }),
        Mistake("root_of_2d", lambda scores, d_head: scores / math.sqrt(2 * d_head), {
            "en": "You divided by the root of 2·d_head. One d_head is enough: a score adds up d_head products.",
            "zh": "你除以了 2·d_head 的平方根。不用乘 2：一个分数由 d_head 项相加而成。",
        }),
        Mistake("root_of_keys", lambda scores, d_head: scores / math.sqrt(scores.shape[-1]), {
            "en": "You divided by the root of the number of keys. What matters is how many products one score adds "
                  "up: d_head.",
            "zh": "你除以的是键的个数的平方根。要看的是一个分数由多少项相加而成：也就是 d_head。",
        }),
    ),
    hints=(
        {
            "en": "From d = 4 to d = 400, a hundred times as many products are added. How many times larger is the "
                  "typical dot product?",
            "zh": "从 d = 4 到 d = 400，相加的项多了一百倍。点积的典型大小变成了几倍？",
        },
        {
            "en": "Ten times: the square root of a hundred. Divide by what they grew by.",
            "zh": "十倍：正是一百的平方根。增大了多少倍，就除以多少。",
        },
        {
            "en": "The root of d_head is d_head ** 0.5. Divide the scores by it.",
            "zh": "d_head 的平方根是 d_head ** 0.5。用分数除以它。",
        },
    ),
)
