"""02.split: one piece of each token's vector for each head."""

import torch

from ...attention import split_heads
from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="02.split",
    name="split",
    right=split_heads,
    cases=tuple({"inputs": torch.arange(1.0, n * d + 1).reshape(n, d), "n_heads": n_heads}
                for n, d, n_heads in ((4, 6, 2), (3, 8, 2), (5, 6, 3), (2, 8, 4))),
    passed={
        "en": "Each head has its own columns of every token: (head, token, d_head).",
        "zh": "每个头都拿到了所有词元的那几列：形状是 (head, token, d_head)。",
    },
    mistakes=(
        Mistake("reshape_alone", lambda inputs, n_heads: inputs.reshape(n_heads, len(inputs), -1), {
            "en": "The shape is right, the contents are not: a reshape alone reads on line by line, so a head gets "
                  "whole tokens and pieces of others. First cut each row, (token, head, d_head), then exchange the "
                  "first two axes.",
            "zh": "形状对了，内容却不对：只用 reshape 会一行接一行往下读，一个头拿到的是某几个词元的全部，"
                  "再加上别人的碎片。应先把每一行切开，得到 (token, head, d_head)，再交换前两个轴。",
        }),
        Mistake("not_transposed", lambda inputs, n_heads: inputs.unflatten(-1, (n_heads, -1)), {
            "en": "Rightly cut, but the axes still stand as (token, head, d_head). Attention works on the last two: "
                  "exchange the first two, so that each head has all its tokens together.",
            "zh": "切对了，但轴的顺序还是 (token, head, d_head)。注意力只在最后两轴上做：把前两个轴交换，"
                  "让每个头的词元排在一起。",
        }),
        Mistake("interleaved", lambda inputs, n_heads: inputs.unflatten(-1, (-1, n_heads)).movedim(-1, 0), {
            "en": "Head 0 got every n-th column here. The heads take their columns in blocks: head 0 the first "
                  "d_head, head 1 the next d_head, and so on. Only so does it fit the weights of a trained model.",
            "zh": "这样头 0 拿到的是隔几列取一列。各头应按整块来取：头 0 取前 d_head 列，头 1 取接下来的 d_head "
                  "列，依此类推。只有这样才能与训练好的权重对上。",
        }),
        Mistake("sizes_swapped", lambda inputs, n_heads: inputs.unflatten(-1, (-1, n_heads)).transpose(0, 1), {
            "en": "The row was cut into d_head pieces of n_heads numbers. It is the other way round: n_heads pieces "
                  "of d_head numbers.",
            "zh": "你把一行切成了 d_head 份，每份 n_heads 个数。应该反过来：切成 n_heads 份，每份 d_head 个数。",
        }),
        Mistake("tokens_cut", lambda inputs, n_heads: inputs.unflatten(0, (n_heads, -1)), {
            "en": "The tokens were shared out, so each head sees only part of the sentence. Cut the other axis: every "
                  "head gets all tokens, and of each token d_head numbers.",
            "zh": "被分掉的是词元，每个头只看得到半句话。该切的是另一个轴：每个头都有全部词元，每个词元取 d_head "
                  "个数。",
        }),
        Mistake("keys_already", lambda inputs, n_heads: split_heads(inputs, n_heads).mT, {
            "en": "Rightly cut, but the last two axes are turned over already: (head, d_head, token). That is for "
                  "later, when queries meet keys.",
            "zh": "切对了，但最后两个轴已经转置成了 (head, d_head, token)。那一步留到查询与键相乘时再做。",
        }),
    ),
    hints=(
        {
            "en": "Take one token's row of d_model numbers. Into how many pieces is it cut, and how long is each?",
            "zh": "先看一个词元，它的一行有 d_model 个数。要切成几份？每份多长？",
        },
        {
            "en": "reshape(n_tokens, n_heads, d_head) cuts each row and mixes nothing. Which axis should stand first?",
            "zh": "reshape(n_tokens, n_heads, d_head) 只把每一行切开，不会弄混。那么，哪个轴应该排在最前面？",
        },
        {
            "en": "Cut with inputs.reshape(len(inputs), n_heads, -1), then .transpose(0, 1) puts the heads first.",
            "zh": "用 inputs.reshape(len(inputs), n_heads, -1) 切开，再用 .transpose(0, 1) 把头换到最前面。",
        },
    ),
)
