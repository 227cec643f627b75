"""01.mask: weights with a mask."""

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ... import attention
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def holes(n_queries: int, n_keys: int) -> Tensor:
    """Return a mask with True and False in every row and every column."""
    return (torch.arange(n_queries)[:, None] + torch.arange(n_keys)) % 3 > 0         # (query, key)


EXERCISE = FunctionExercise(
    key="01.mask",
    name="masked_weights",
    right=attention.attention_weights,
    cases=(
        {"scores": torch.tensor([[2.0, 0, 1], [1, 3, 0], [0, -1, 2]]), "mask": holes(3, 3)},
        *({"scores": wave(n, m), "mask": holes(n, m)} for n, m in ((4, 4), (3, 5))),
    ),
    passed={
        "en": "Hidden keys weigh 0, and every row still sums to 1. Two ways lead here and are the same mathematics: "
              "-inf before softmax, or zeros after it and each row divided by its new sum.",
        "zh": "被遮住的键权重为 0，每一行之和仍然是 1。有两种做法，数学上是一回事：softmax 之前填 -inf，或者 softmax "
              "之后清零，再让每一行除以新的和。",
    },
    mistakes=(
        Mistake("after_softmax", lambda scores, mask: softmax(scores, dim=-1) * mask, {
            "en": "Hidden keys weigh 0, but the rows no longer sum to 1: the mask came after softmax, and the share "
                  "of the hidden keys is lost. Hide the scores before softmax, and the others share the whole.",
            "zh": "被遮住的键权重是 0 了，但每一行之和不再是 1：掩码用在了 softmax 之后，被遮住的那份注意力就丢了。在 "
                  "softmax 之前遮住分数，其余的键才会分掉全部权重。",
        }),
        Mistake("inverted", lambda scores, mask: attention.attention_weights(scores, ~mask), {
            "en": "The hidden keys alone have weight: the mask was read the wrong way round. True = may attend.",
            "zh": "恰恰是被遮住的键得到了权重：掩码用反了。True 表示可以看。",
        }),
        Mistake("zero_scores", lambda scores, mask: softmax(scores * mask, dim=-1), {
            "en": "The hidden scores became 0, and 0 is a score like any other: exp(0) is 1, so these keys still get "
                  "a share. Which score has the exponential 0?",
            "zh": "被遮住的分数变成了 0，可 0 也是一个普通的分数：exp(0) 等于 1，这些键仍然分到了权重。"
                  "什么样的分数取指数后才是 0？",
        }),
        Mistake("added", lambda scores, mask: softmax(scores + mask, dim=-1), {
            "en": "The mask was added as a number: True raised a score by 1, False left it. Nothing is hidden; a "
                  "hidden score must sink without end.",
            "zh": "掩码被当成数字加了上去：True 使分数加 1，False 不变，什么也没有遮住。被遮住的分数应该降到无穷低。",
        }),
        Mistake("over_queries", lambda scores, mask: attention.attention_weights(scores.T, mask.T).T, {
            "en": "The mask is right, but the columns sum to 1: softmax ran over the queries. Go along the last axis, "
                  "the keys.",
            "zh": "掩码用对了，但每一列之和是 1：softmax 沿着查询做了。要沿最后一轴（键）来做。",
        }),
        Mistake("ignored", lambda scores, mask: softmax(scores, dim=-1), {
            "en": "The mask changed nothing: hidden keys still have weight. (masked_fill gives back a new tensor: did "
                  "you go on with that one?)",
            "zh": "掩码没有起作用：被遮住的键仍有权重。（masked_fill 会返回一个新张量，后面用的是它吗？）",
        }),
        Mistake("zero_times_infinity", lambda scores, mask: scores * torch.nan, {
            "en": "Everything is NaN. Likely the mask was multiplied by infinity, and 0 times infinity is not a "
                  "number. Choose between the score and -inf instead of multiplying.",
            "zh": "结果全是 NaN。多半是拿掩码去乘了无穷大，而 0 乘无穷大不是一个数。不要相乘，要在分数和 -inf "
                  "之间二选一。",
        }),
    ),
    hints=(
        {
            "en": "The rows must still sum to 1 over the keys that may be seen. So the mask has to act before softmax.",
            "zh": "每一行在可以看的那些键上，加起来仍然要等于 1。所以掩码必须在 softmax 之前起作用。",
        },
        {
            "en": "Which score becomes 0 under exp? Put it wherever the mask is False.",
            "zh": "什么分数经过 exp 会变成 0？凡是掩码为 False 的地方，都填上它。",
        },
        {
            "en": "scores.masked_fill(~mask, -torch.inf) hides them; then softmax along the last axis.",
            "zh": "scores.masked_fill(~mask, -torch.inf) 就把它们遮住了；然后沿最后一轴做 softmax。",
        },
    ),
)
