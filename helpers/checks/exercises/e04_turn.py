"""04.turn: the matrix that moves a pair on."""

import math

import torch
from torch import Tensor

from ..encodings import DEGREE
from ..exercise import Mistake
from ..functions import FunctionExercise


def turn(angle: float, *signs: float) -> Tensor:
    """Return the matrix of a turn; signs of (cos, sin, sin, cos), of which (1, 1, -1, 1) are right."""
    cos, sin = math.cos(angle), math.sin(angle)
    return (torch.tensor([cos, sin, sin, cos]) * torch.tensor(signs or (1.0, 1, -1, 1))).view(2, 2)


EXERCISE = FunctionExercise(
    key="04.turn",
    name="my_turn",
    right=lambda omega, offset: turn(omega * offset),
    cases=tuple({"omega": omega, "offset": offset} for omega, offset in ((1.0, 4), (0.1, 7), (0.5, -3), (0.25, 10))),
    passed={
        "en": "It moves every position on alike, and it never needed to know which.",
        "zh": "不管是哪个位置，它都同样往后挪；而它从来不需要知道是哪个位置。",
    },
    mistakes=(
        Mistake("backwards", lambda omega, offset: turn(-omega * offset), {
            "en": "This turns the other way, from p to p - t. Textbooks write the turn for (cosine, sine); here the "
                  "sine comes first, so the minus stands in the lower row.",
            "zh": "转反了：从 p 转到了 p - t。课本里的旋转矩阵是对（余弦，正弦）写的；这里正弦在前，"
                  "所以负号在下面一行。",
        }),
        Mistake("no_minus", lambda omega, offset: turn(omega * offset, 1, 1, 1, 1), {
            "en": "The minus is missing: cos(a + b) = cos a cos b - sin a sin b. Without it this is no turn, and "
                  "lengths change.",
            "zh": "少了负号：cos(a + b) = cos a cos b - sin a sin b。没有它就不是旋转，长度也会变。",
        }),
        Mistake("swapped", lambda omega, offset: turn(omega * offset).flip(0), {
            "en": "Sine and cosine have changed places. Check offset 0: nothing moves, so the matrix must be 1 0 / 0 "
                  "1.",
            "zh": "正弦和余弦放反了。拿偏移量 0 检查一下：什么都不动，矩阵应是 1 0 / 0 1。",
        }, also=(
            lambda omega, offset: turn(omega * offset, -1, 1, 1, 1).flip(0),
        )),
        Mistake("no_frequency", lambda omega, offset: turn(offset), {
            "en": "Each pair turns by its own frequency: the angle is omega * offset. Yours is offset alone, right "
                  "only for omega = 1.",
            "zh": "每一对按自己的频率转：角度是 omega * offset。你只用了 offset，仅当 omega = 1 时才对。",
        }),
        Mistake("no_offset", lambda omega, offset: turn(omega), {
            "en": "Your angle is omega, a single step. For offset steps it is omega * offset.",
            "zh": "你的角度是 omega，只走了一步。走 offset 步，角度是 omega * offset。",
        }),
        Mistake("degrees", lambda omega, offset: turn(omega * offset * DEGREE), {
            "en": "The angle was taken in degrees. omega is in radians, and so are sine and cosine here: leave out "
                  "the conversion.",
            "zh": "角度被当成了“度”。omega 是弧度，这里的正弦、余弦也用弧度：不要换算。",
        }),
    ),
    hints=(
        {
            "en": "The formula stands above. Which angle does pair omega turn by in offset steps?",
            "zh": "公式就在上面。频率为 omega 的一对，走 offset 步转过的角是多少？",
        },
        {
            "en": "The angle is omega * offset. Upper row: cosine, sine. Lower row: minus sine, cosine.",
            "zh": "角度是 omega * offset。上面一行：余弦、正弦；下面一行：负的正弦、余弦。",
        },
        {
            "en": "With a = omega * offset, return torch.tensor([[cos(a), sin(a)], [-sin(a), cos(a)]]).",
            "zh": "令 a = omega * offset，返回 torch.tensor([[cos(a), sin(a)], [-sin(a), cos(a)]])。",
        },
    ),
)
