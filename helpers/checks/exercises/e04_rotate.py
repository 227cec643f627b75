"""04.rotate: rotary positions for one vector."""

import torch
from torch import Tensor

from ... import positions
from ..encodings import DEGREE, encoded, omegas
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def turned(vector: Tensor, angles: Tensor) -> Tensor:
    """Return a vector with each pair of neighbours turned by its angle."""
    first, second = vector[0::2], vector[1::2]
    return torch.stack([first * angles.cos() - second * angles.sin(),
                        first * angles.sin() + second * angles.cos()], -1).flatten()   # (d_head,)


def turned_halves(vector: Tensor, angles: Tensor) -> Tensor:
    """Return a vector with number k paired with number k + d_head / 2."""
    first, second = vector.chunk(2)
    return torch.cat([first * angles.cos() - second * angles.sin(), first * angles.sin() + second * angles.cos()])


EXERCISE = FunctionExercise(
    key="04.rotate",
    name="my_rotate",
    right=positions.rotate,
    cases=tuple({"vector": wave(d, start=1), "position": position}
                for d, position in ((4, 3), (8, 10), (6, 1), (2, 5))),
    passed={
        "en": "Each pair is turned by its own angle, and the length stays: this is what today's models do to queries "
              "and keys.",
        "zh": "每一对各转各的角度，长度不变：今天的模型对查询和键做的就是这件事。",
    },
    mistakes=(
        Mistake("backwards", lambda vector, position: turned(vector, -omegas(len(vector)) * position), {
            "en": "The pairs turn the other way: check the signs. (a, b) becomes (a cos θ - b sin θ, a sin θ + b cos "
                  "θ).",
            "zh": "转的方向反了，请检查符号：(a, b) 变成 (a cos θ - b sin θ, a sin θ + b cos θ)。",
        }),
        Mistake("halves", lambda vector, position: turned_halves(vector, omegas(len(vector)) * position), {
            "en": "You paired number k with number k + d_head / 2. Some models do so, and it works as well; here "
                  "neighbours are a pair: 0 and 1, 2 and 3.",
            "zh": "你把第 k 个数和第 k + d_head / 2 个数配成了一对。有些模型就是这样做的，效果一样；"
                  "这里要求相邻的配对：0 和 1，2 和 3。",
        }),
        Mistake("parts_apart", lambda vector, position: turned(
            vector, omegas(len(vector)) * position).view(-1, 2).T.flatten(), {
            "en": "The turns are right, but all first numbers stand before all second ones. Put each pair side by "
                  "side again.",
            "zh": "转对了，但是把每对的前一个数都放到了前半，后一个数都放到了后半。请让每一对重新挨在一起。",
        }),
        Mistake("one_frequency", lambda vector, position: turned(vector, torch.ones(len(vector) // 2) * position), {
            "en": "All pairs turned by the same angle. Each has a frequency of its own: frequencies(len(vector)).",
            "zh": "所有的对都转了同一个角度。每一对有自己的频率：frequencies(len(vector))。",
        }),
        Mistake("exponent_k", lambda vector, position: turned(vector, omegas(len(vector), factor=1) * position), {
            "en": "The exponent in your frequencies is -k / d_head; it should be -2k / d_head.",
            "zh": "你的频率用的指数是 -k / d_head，应是 -2k / d_head。",
        }),
        Mistake("no_position", lambda vector, position: turned(vector, omegas(len(vector))), {
            "en": "You turned by one step, whatever the position. The angle is frequency times position.",
            "zh": "不管位置是几，你都只转了一步。角度是频率乘以位置。",
        }),
        Mistake("unchanged", lambda vector, position: vector, {
            "en": "The vector came back as it was. (A tensor changed in a loop over its copy stays as it was.)",
            "zh": "向量原样返回了。（如果在循环里改的是它的副本，原来的不会变。）",
        }),
        Mistake("added", lambda vector, position: vector + encoded(position + 1, omegas(len(vector)))[-1], {
            "en": "You added a sinusoidal position to the vector. Rotary positions add nothing: they turn the vector, "
                  "and its length stays.",
            "zh": "你在向量上加了一个正弦位置。旋转位置编码什么也不加：它旋转向量，长度不变。",
        }),
        Mistake("degrees", lambda vector, position: turned(vector, omegas(len(vector)) * position * DEGREE), {
            "en": "The angles were taken in degrees; frequencies are in radians a step.",
            "zh": "角度被当成了“度”；频率的单位是每步多少弧度。",
        }),
    ),
    hints=(
        {
            "en": "Make the angles first: one for each pair, frequency times position.",
            "zh": "先算角度：每一对一个，频率乘以位置。",
        },
        {
            "en": "a = vector[0::2] and b = vector[1::2] are the two numbers of all pairs. Write both formulas for "
                  "them at once.",
            "zh": "a = vector[0::2]、b = vector[1::2] 就是所有对的前一个数和后一个数。两个公式对它们一次写完。",
        },
        {
            "en": "Stack both results along a last axis and flatten: torch.stack([new_a, new_b], dim=-1).flatten().",
            "zh": "把两个结果沿最后一轴叠起来再展平：torch.stack([new_a, new_b], dim=-1).flatten()。",
        },
    ),
)
