"""02.detector: how much each head gives to the next token."""

from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="02.detector",
    name="next_token_share",
    right=lambda weights: weights.diagonal(1, -2, -1).mean(-1),
    cases=tuple({"weights": softmax(wave(*shape), dim=-1)} for shape in ((2, 2, 4, 4), (2, 3, 5, 5), (3, 2, 6, 6))),
    passed={
        "en": "One number a head: the larger, the more it looks one step ahead. You have written a head detector.",
        "zh": "每个头一个数：越大，说明它越爱看后一个词元。你写出了一个头的探测器。",
    },
    mistakes=(
        Mistake("previous", lambda weights: weights.diagonal(-1, -2, -1).mean(-1), {
            "en": "You measured the token before. Rows ask and columns answer, so the next token of query q stands in "
                  "column q + 1: one above the main diagonal.",
            "zh": "你量的是前一个词元。行在问，列在答，查询 q 的后一个词元在第 q + 1 列：主对角线往上一格。",
        }),
        Mistake("itself", lambda weights: weights.diagonal(0, -2, -1).mean(-1), {
            "en": "This is the main diagonal: how much each token looks at itself. Go one column further.",
            "zh": "这是主对角线：每个词元看自己多少。再往右挪一列。",
        }),
        Mistake("summed", lambda weights: weights.diagonal(1, -2, -1).sum(-1), {
            "en": "These are sums: on a longer text every head would score higher. Take the mean, so that the result "
                  "is a share.",
            "zh": "这是总和：文本越长，每个头都会得分越高。取平均，结果才是份额。",
        }),
        Mistake("divided_by_all", lambda weights: weights.diagonal(1, -2, -1).sum(-1) / weights.shape[-1], {
            "en": "You divided by the number of tokens. The last one has no next token and cannot ask: one fewer.",
            "zh": "你除以了词元的总数。最后一个词元后面没有词元了，没法问：要少算一个。",
        }),
        Mistake("not_averaged", lambda weights: weights.diagonal(1, -2, -1), {
            "en": "The right weights, one for each query. Now make one number a head of them: the mean over the "
                  "queries.",
            "zh": "权重找对了，每个查询一个。还要把它们变成每个头一个数：对查询取平均。",
        }),
        Mistake("over_heads", lambda weights: weights.diagonal(1, -2, -1).mean(1), {
            "en": "You averaged over the heads, and that is what we want to tell apart. Average over the queries, the "
                  "last axis of the diagonal.",
            "zh": "你对头取了平均，可我们正要把头区分开。应该对查询取平均，也就是对角线的最后一轴。",
        }),
        Mistake("whole_map", lambda weights: weights.mean((-2, -1)), {
            "en": "This is the mean of the whole map, the same for every head: rows sum to 1, so it is always 1 / "
                  "n_tokens. Pick the weights of the next token first.",
            "zh": "这是整张图的平均，每个头都一样：每行之和是 1，平均必然是 1 / n_tokens。"
                  "先挑出“后一个词元”的那些权重。",
        }),
        Mistake("largest", lambda weights: weights.diagonal(1, -2, -1).amax(-1), {
            "en": "This is the largest of the weights: one lucky token decides. A head earns its name over the whole "
                  "text: take the mean.",
            "zh": "这是其中最大的一个权重，碰巧一个词元就能决定。头叫什么名字，要看它在整段文字上的表现：取平均。",
        }),
    ),
    hints=(
        {
            "en": "Take one head and one query q. In which row and column stands what it gives to the next token?",
            "zh": "先看一个头、一个查询 q。它给后一个词元的权重，在第几行第几列？",
        },
        {
            "en": "weights[layer, head, q, q + 1] for all q but the last: a diagonal, one above the main one. torch "
                  "can pick a diagonal of the last two axes.",
            "zh": "除最后一个以外的每个 q，取 weights[layer, head, q, q + 1]：正是主对角线往上一格的那条斜线。torch "
                  "可以直接取最后两轴的对角线。",
        },
        {
            "en": "weights.diagonal(offset=1, dim1=-2, dim2=-1) is (layer, head, query). What is left is the mean "
                  "over its last axis.",
            "zh": "weights.diagonal(offset=1, dim1=-2, dim2=-1) 的形状是 (layer, head, query)。"
                  "剩下的就是对最后一轴取平均。",
        },
    ),
)
