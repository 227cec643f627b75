"""02.merge: the heads' pieces side by side again."""

import torch

from ...attention import merge_heads
from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="02.merge",
    name="merge",
    right=merge_heads,
    cases=tuple({"heads": torch.arange(1.0, h * n * d + 1).reshape(h, n, d)}
                for h, n, d in ((2, 2, 2), (2, 4, 3), (3, 2, 4), (4, 5, 2))),
    passed={
        "en": "Each token has one row again, with what head 0 found first, then head 1, and so on.",
        "zh": "每个词元又有了完整的一行：先是头 0 的结果，接着是头 1 的，依此类推。",
    },
    mistakes=(
        Mistake("reshape_alone", lambda heads: heads.reshape(heads.shape[1], -1), {
            "en": "The shape is right, the contents are not: the heads stand first, so a reshape alone puts several "
                  "tokens into one row. Put the tokens first, then join.",
            "zh": "形状对了，内容却不对：现在头排在最前面，只用 reshape 会把几个词元挤进同一行。先把词元换到最前面，"
                  "再拼接。",
        }),
        Mistake("heads_below", lambda heads: heads.flatten(0, 1), {
            "en": "The heads stand one below the other, so there are n_heads times as many rows as tokens. They "
                  "belong side by side: one row a token.",
            "zh": "各个头上下叠在了一起，行数成了词元数的 n_heads 倍。应该左右并排：一个词元一行。",
        }),
        Mistake("tokens_joined", lambda heads: heads.flatten(1), {
            "en": "You joined all tokens of a head into one row, so the rows are heads. Rows are tokens: put the "
                  "token axis first, then join heads and d_head.",
            "zh": "你把一个头里的所有词元连成了一行，于是每行成了一个头。行应该是词元：先把词元的轴换到最前面，"
                  "再合并头和 d_head。",
        }),
        Mistake("not_flattened", lambda heads: heads.transpose(0, 1), {
            "en": "The tokens come first now, (token, head, d_head). One step is left: make one row of the last two "
                  "axes.",
            "zh": "词元已经排在最前面了：(token, head, d_head)。还差一步：把最后两个轴并成一行。",
        }),
        Mistake("interleaved", lambda heads: heads.permute(1, 2, 0).flatten(1), {
            "en": "The numbers of the heads alternate: one of each in turn. Keep each head's piece together: all of "
                  "head 0, then all of head 1.",
            "zh": "各个头的数交错在了一起，轮流各取一个。每个头的结果要连在一起：先放完头 0，再放头 1。",
        }),
        Mistake("mean", lambda heads: heads.mean(0), {
            "en": "This is the mean of the heads. It throws away who said what; merging keeps every number and puts "
                  "the pieces side by side.",
            "zh": "这是各个头的平均，谁说了什么就分不清了。合并要保留每一个数，只是把它们左右并排。",
        }),
        Mistake("summed", lambda heads: heads.sum(0), {
            "en": "You added the heads up, so their answers can no longer be told apart. Merging puts the pieces side "
                  "by side; mixing is the task of w_output, afterwards.",
            "zh": "你把各个头加了起来，它们的结果就再也分不开了。合并只是左右并排；混合是后面 w_output 的事。",
        }),
    ),
    hints=(
        {
            "en": "It is the way back from the first exercise: what was done last is undone first.",
            "zh": "这是上一个练习的逆过程：最后做的，最先撤回。",
        },
        {
            "en": "(head, token, d_head) becomes (token, head, d_head), then (token, d_model).",
            "zh": "(head, token, d_head) 先变成 (token, head, d_head)，再变成 (token, d_model)。",
        },
        {
            "en": "Exchange the first two axes with .transpose(0, 1), then make one of the last two with .flatten(1).",
            "zh": "用 .transpose(0, 1) 交换前两个轴，再用 .flatten(1) 把最后两个轴并成一个。",
        },
    ),
)
