"""03.project: one head's queries from the hidden states."""

from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def part(head: int, d_head: int) -> slice:
    """Return the places of one head among those of all."""
    return slice(head * d_head, (head + 1) * d_head)


def projected(inputs: Tensor, weight: Tensor, bias: Tensor, head: int, n_heads: int) -> Tensor:
    """Return one head's queries: (token, d_head)."""
    return (inputs @ weight.T + bias)[:, part(head, len(weight) // n_heads)]


def reshaped(inputs: Tensor, weight: Tensor, bias: Tensor, head: int, n_heads: int) -> Tensor:
    """Return what a reshape without a transpose takes for one head."""
    return (inputs @ weight.T + bias).reshape(n_heads, len(inputs), -1)[head]


EXERCISE = FunctionExercise(
    key="03.project",
    name="head_queries",
    right=projected,
    cases=tuple({"inputs": wave(n, d, start=1), "weight": wave(d, d, start=2), "bias": wave(d, start=3), "head": head,
                 "n_heads": heads} for n, d, head, heads in ((4, 4, 1, 2), (3, 6, 1, 3), (5, 8, 3, 4), (2, 6, 0, 2))),
    passed={
        "en": "One query for each token, d_head numbers each: this head's own reading of the hidden states.",
        "zh": "每个词元一个查询，各有 d_head 个数：这是这个头自己对隐藏状态的读法。",
    },
    mistakes=(
        Mistake("no_bias", lambda x, w, b, head, heads: projected(x, w, 0 * b, head, heads), {
            "en": "The product is right, the bias is missing. BERT adds b after W·x; a head's part of b lies at the "
                  "same places as its rows of W.",
            "zh": "乘积是对的，但漏了偏置。BERT 在 W·x 之后还要加 b；b 里属于这个头的部分，与 W "
                  "里属于它的那些行位置相同。",
        }),
        Mistake("not_transposed", lambda x, w, b, head, heads: projected(x, w.T, b, head, heads), {
            "en": "The matrix was used the wrong way round. nn.Linear keeps it as (out, in), so a row of W makes one "
                  "number of the query: inputs @ weight.T.",
            "zh": "矩阵用反了。nn.Linear 里的矩阵按（输出，输入）存放，W 的一行算出查询的一个数，所以要写 inputs @ "
                  "weight.T。",
        }),
        Mistake("every_nth", lambda x, w, b, head, heads: (x @ w.T + b)[:, head::heads], {
            "en": "You took every n_heads-th number. A head owns neighbours: numbers head * d_head up to (head + 1) * "
                  "d_head.",
            "zh": "你每隔 n_heads 个取了一个数。一个头拥有的是相邻的数：从 head * d_head 到 (head + 1) * d_head。",
        }),
        Mistake("reshaped", reshaped, {
            "en": "A reshape to (n_heads, token, d_head) runs, but mixes tokens: it cuts the rows in memory order. "
                  "Split the last axis first, or take the head's columns.",
            "zh": "直接 reshape 成 (n_heads, token, d_head) 不会报错，却把不同词元的数混在了一起：它只按内存顺序切。"
                  "应先拆最后一轴，或直接取这个头的那些列。",
        }),
        Mistake("all_heads", lambda x, w, b, head, heads: x @ w.T + b, {
            "en": "These are the queries of all heads side by side. One head owns d_model / n_heads of the columns.",
            "zh": "这是所有头的查询并排放在一起。一个头只拥有其中 d_model / n_heads 列。",
        }),
        Mistake("first_head", lambda x, w, b, head, heads: projected(x, w, b, 0, heads), {
            "en": "This is head 0, whichever was asked for: `head` was not used. The columns of a head begin at head "
                  "* d_head.",
            "zh": "不管问的是哪个头，给出的都是第 0 个头：没有用到 head。一个头的列从 head * d_head 开始。",
        }),
    ),
    hints=(
        {
            "en": "First make the queries of all heads at once, (token, d_model). Then keep the columns that belong "
                  "to this head.",
            "zh": "先一次算出所有头的查询，形状是 (token, d_model)，再留下属于这个头的那些列。",
        },
        {
            "en": "inputs @ weight.T + bias makes all of them. A head is d_head = d_model // n_heads columns wide; "
                  "where does it begin?",
            "zh": "inputs @ weight.T + bias 就算出了全部。一个头宽 d_head = d_model // n_heads 列，它从哪一列开始？",
        },
        {
            "en": "With d_head = len(weight) // n_heads, keep the columns [:, head * d_head:(head + 1) * d_head].",
            "zh": "令 d_head = len(weight) // n_heads，留下这些列：[:, head * d_head:(head + 1) * d_head]。",
        },
    ),
)
