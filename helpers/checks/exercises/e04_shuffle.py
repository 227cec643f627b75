"""04.shuffle: what attention without positions makes of a shuffle."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="04.shuffle",
    name="after_shuffle",
    right=lambda outputs, order: outputs[order],
    cases=tuple({"outputs": wave(n, d), "order": torch.tensor(order)}
                for n, d, order in ((3, 3, [2, 0, 1]), (4, 4, [1, 2, 3, 0]), (5, 2, [3, 0, 4, 1, 2]))),
    passed={
        "en": "The same rows in the new order: without positions, attention only ever follows the shuffle.",
        "zh": "还是那几行，按新的顺序排：没有位置时，输入怎样打乱，输出就怎样打乱。",
    },
    mistakes=(
        Mistake("unchanged", lambda outputs, order: outputs, {
            "en": "The outputs came back in the old order. Row i belongs to the token that stands at i now: order[i].",
            "zh": "输出还是原来的顺序。第 i 行应当属于现在站在第 i 位的词元，也就是 order[i]。",
        }),
        Mistake("inverse", lambda outputs, order: outputs[order.argsort()], {
            "en": "You sent each row to the place that order names; that undoes the shuffle instead of following it. "
                  "The token at place i now is order[i], so fetch row order[i].",
            "zh": "你把每一行送到了 order 所写的位置，这是把打乱还原，而不是跟着打乱。现在站在第 i 位的是 order[i]，"
                  "要取第 order[i] 行。",
        }),
        Mistake("columns", lambda outputs, order: outputs[:, order], {
            "en": "You changed the order of the columns, the numbers inside each vector. The tokens are the rows: the "
                  "first axis.",
            "zh": "你打乱的是列，也就是每个向量内部的数。词元是行，在第一个轴上。",
        }),
        Mistake("reversed", lambda outputs, order: outputs.flip(0), {
            "en": "You turned the rows upside down, whatever the order. That fits the example with three words alone; "
                  "use order.",
            "zh": "不管给的是什么顺序，你都把行倒了过来。这只适合前面三个词的例子；请用上 order。",
        }),
    ),
    hints=(
        {
            "en": "Look at the two printed tables of the experiment: which row of the first became the first row of "
                  "the second?",
            "zh": "看实验里打印出来的两张表：第一张表的哪一行，成了第二张表的第一行？",
        },
        {
            "en": "New row i is old row order[i].",
            "zh": "新的第 i 行，就是旧的第 order[i] 行。",
        },
        {
            "en": "A tensor can be indexed by a list of rows: outputs[order].",
            "zh": "张量可以用一列行号来取：outputs[order]。",
        },
    ),
)
