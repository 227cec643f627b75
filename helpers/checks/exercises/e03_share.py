"""03.share: what one head brings through its part of W_O."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def part(head: int, d_head: int) -> slice:
    """Return the places of one head among those of all."""
    return slice(head * d_head, (head + 1) * d_head)


def padded(context: Tensor, d_model: int, head: int) -> Tensor:
    """Return the context at the head's places and zeros elsewhere: (token, d_model)."""
    merged = torch.zeros(len(context), d_model, dtype=context.dtype)
    merged[:, part(head, context.shape[-1])] = context
    return merged


EXERCISE = FunctionExercise(
    key="03.share",
    name="head_share",
    right=lambda context, w_output, head: context @ w_output[:, part(head, context.shape[-1])].T,
    cases=tuple({"context": wave(n, d_head, start=1), "w_output": wave(d_head * heads, d_head * heads), "head": head}
                for n, d_head, heads, head in ((2, 2, 2, 1), (4, 2, 3, 2), (3, 4, 2, 1), (5, 3, 3, 1))),
    passed={
        "en": "From d_head numbers back to d_model: now every head speaks the language of the residual stream, and "
              "what they bring can be added up.",
        "zh": "从 d_head 个数回到 d_model 个数：现在每个头说的都是残差流的语言，各自带来的东西可以相加了。",
    },
    mistakes=(
        Mistake("rows", lambda context, w, head: context @ w[part(head, context.shape[-1])], {
            "en": "You took rows of W_O. Its rows make the numbers that come out; what a head puts in meets its "
                  "columns.",
            "zh": "你取的是 W_O 的行。W_O 的一行算出一个输出的数；一个头送进去的东西，遇到的是它的列。",
        }),
        Mistake("every_nth", lambda context, w, head: context @ w[:, head::len(w) // context.shape[-1]].T, {
            "en": "You took every n_heads-th column. A head's columns are neighbours: head * d_head up to (head + 1) "
                  "* d_head.",
            "zh": "你每隔 n_heads 列取了一列。一个头的列是相邻的：从 head * d_head 到 (head + 1) * d_head。",
        }),
        Mistake("first_head", lambda context, w, head: context @ w[:, :context.shape[-1]].T, {
            "en": "These are the first columns of W_O, the part of head 0: `head` was not used.",
            "zh": "这是 W_O 最前面的几列，属于第 0 个头：没有用到 head。",
        }),
        Mistake("no_w_output", lambda context, w, head: context, {
            "en": "W_O was left out: this is the bare context. Without W_O a head could only write to its own few "
                  "places of the residual stream.",
            "zh": "漏了 W_O：这只是上下文向量本身。没有 W_O，一个头就只能往残差流里属于自己的那几个位置写。",
        }, also=(
            lambda context, w, head: padded(context, len(w), head),
        )),
    ),
    hints=(
        {
            "en": "The contexts of all heads lie side by side before W_O. Which columns of W_O meet the numbers of "
                  "this one?",
            "zh": "在 W_O 之前，各个头的上下文向量并排放着。与这个头的那些数相遇的，是 W_O 的哪些列？",
        },
        {
            "en": "Columns head * d_head up to (head + 1) * d_head, where d_head = context.shape[-1]: a part of shape "
                  "(d_model, d_head).",
            "zh": "是第 head * d_head 到 (head + 1) * d_head 列，其中 d_head = context.shape[-1]：这一块的形状是 "
                  "(d_model, d_head)。",
        },
        {
            "en": "Call it part = w_output[:, head * d_head:(head + 1) * d_head]. Then the context times part.T is "
                  "(token, d_model).",
            "zh": "记 part = w_output[:, head * d_head:(head + 1) * d_head]，上下文向量乘以 part.T，形状就是 (token, "
                  "d_model)。",
        },
    ),
)
