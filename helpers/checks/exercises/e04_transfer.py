"""04.transfer: rotary positions as the course's GPT has them, number k paired with number k + d_head / 2."""

import torch
from torch import Tensor

from ..encodings import omegas
from ..exercise import Mistake
from ..functions import FunctionExercise, wave
from .e04_rotate import turned, turned_halves


def first_half_turned(vector: Tensor, angles: Tensor) -> Tensor:
    """Return a vector of which the first half alone was turned."""
    return torch.cat([turned_halves(vector, angles)[:len(angles)], vector[len(angles):]])


EXERCISE = FunctionExercise(
    key="04.transfer",
    name="rotate_halves",
    right=lambda vector, position: turned_halves(vector, omegas(len(vector)) * position),
    cases=tuple({"vector": wave(d, start=1), "position": position} for d, position in ((4, 3), (8, 10), (6, 2))),
    passed={
        "en": "The same turn, other partners. Nothing is better about either; but weights trained with one are of no "
              "use with the other, a mistake that no shape gives away.",
        "zh": "转法一样，只是换了搭档。两种没有好坏之分；可是用一种训练出来的权重，换成另一种就不能用了，"
              "而这种错，形状上看不出来。",
    },
    mistakes=(
        Mistake("neighbours", lambda vector, position: turned(vector, omegas(len(vector)) * position), {
            "en": "That is exercise 7: neighbours are a pair. In this model the partner of number k stands half the "
                  "width further on.",
            "zh": "这是练习 7：相邻的配对。在这个模型里，第 k 个数的搭档在半个宽度之后。",
        }),
        Mistake("backwards", lambda vector, position: turned_halves(vector, -omegas(len(vector)) * position), {
            "en": "Partners are right, the turn goes the other way: a cos θ - b sin θ comes first.",
            "zh": "搭档对了，转的方向反了：前一半是 a cos θ - b sin θ。",
        }),
        Mistake("interleaved", lambda vector, position: turned_halves(
            vector, omegas(len(vector)) * position).view(2, -1).T.flatten(), {
            "en": "The numbers are right but stand as pairs of neighbours. Put all first numbers into the first half, "
                  "all second ones into the second.",
            "zh": "数都对，却排成了相邻的一对一对。每对的前一个数放前一半，后一个数放后一半。",
        }),
        Mistake("half_frequencies", lambda vector, position: turned_halves(
            vector, omegas(len(vector), factor=1) * position), {
            "en": "The exponent is -k / d_head; it should be -2k / d_head, as before: frequencies(len(vector)).",
            "zh": "指数是 -k / d_head；应和之前一样是 -2k / d_head：frequencies(len(vector))。",
        }),
        Mistake("first_half", lambda vector, position: first_half_turned(vector, omegas(len(vector)) * position), {
            "en": "The second half came back as it was. Each pair has two new numbers: a cos θ - b sin θ and a sin θ + "
                  "b cos θ.",
            "zh": "后一半原样没动。每一对都有两个新数：a cos θ - b sin θ 和 a sin θ + b cos θ。",
        }),
        Mistake("unchanged", lambda vector, position: vector, {
            "en": "The vector came back as it was.",
            "zh": "向量原样返回了。",
        }),
    ),
    hints=(
        {
            "en": "Only one line of my_rotate has to change, and the way back: which numbers are a, which are b?",
            "zh": "my_rotate 只要改一行，再改拼回去的那一步：哪些数是 a，哪些数是 b？",
        },
        {
            "en": "a, b = vector.chunk(2) cuts the vector in the middle.",
            "zh": "用 a, b = vector.chunk(2) 从中间切开。",
        },
        {
            "en": "torch.cat([a * theta.cos() - b * theta.sin(), a * theta.sin() + b * theta.cos()])",
            "zh": "这样拼：torch.cat([a * theta.cos() - b * theta.sin(), a * theta.sin() + b * theta.cos()])",
        },
    ),
)
