"""05.padding: weights that give nothing to padded keys."""

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def hidden(scores: Tensor, n_real: int, filler: float = -torch.inf) -> Tensor:
    """Return scores (query, key) with a filler in the place of padded keys."""
    real = torch.arange(scores.shape[-1]) < n_real                     # (key,)
    return scores.masked_fill(~real, filler)


def zeroed_after(scores: Tensor, n_real: int) -> Tensor:
    """Return weights set to 0 after softmax, rows no longer summing to 1."""
    return hidden(softmax(scores, -1), n_real, 0.0)


def rows_hidden(scores: Tensor, n_real: int) -> Tensor:
    """Return weights in which padded queries, in place of keys, were hidden; the whole row is 0."""
    weights = softmax(scores, -1)
    weights[n_real:] = 0
    return weights


EXERCISE = FunctionExercise(
    key="05.padding",
    name="weights_without_padding",
    right=lambda scores, n_real: softmax(hidden(scores, n_real), -1),
    cases=tuple({"scores": wave(*shape), "n_real": n_real} for shape, n_real in
                (((4, 4), 3), ((5, 5), 2), ((3, 6), 4), ((6, 5), 3))),
    passed={
        "en": "Padding weighs 0, and every row still sums to 1 over the real keys.",
        "zh": "填充的权重是 0，每一行在真正的键上加起来仍然是 1。",
    },
    mistakes=(
        Mistake("attended", lambda scores, n_real: softmax(scores, -1), {
            "en": "The padding still gets a share of the attention: nothing was hidden.",
            "zh": "填充仍然分到了注意力：什么也没有遮住。",
        }),
        Mistake("after_softmax", zeroed_after, {
            "en": "The padding weighs 0, but rows no longer sum to 1: what softmax had given to the padding is lost. "
                  "Hide the scores before softmax.",
            "zh": "填充的权重是 0 了，但每一行之和不再是 1：softmax 分给填充的那份丢了。要在 softmax 之前遮住分数。",
        }),
        Mistake("zero_scores", lambda scores, n_real: softmax(hidden(scores, n_real, 0.0), -1), {
            "en": "The padded scores became 0, and a score of 0 still gets its share: exp(0) is 1. Which score has "
                  "the exponential 0?",
            "zh": "填充处的分数变成了 0，可分数 0 照样分得到权重：exp(0) 等于 1。什么分数取指数后才是 0？",
        }),
        Mistake("queries_hidden", rows_hidden, {
            "en": "Rows were emptied, that is padded queries. It is the padded keys, the columns, that nobody may "
                  "look at.",
            "zh": "清空的是行，也就是填充的查询。谁也不许看的是填充的键，也就是列。",
        }),
        Mistake("inverted", lambda scores, n_real: softmax(hidden(scores.flip(-1), scores.shape[-1] - n_real)
                                                           .flip(-1), -1), {
            "en": "The wrong part is hidden: the first n_real keys are the real ones.",
            "zh": "遮反了：前 n_real 个键才是真的。",
        }),
        Mistake("one_too_many", lambda scores, n_real: softmax(hidden(scores, n_real + 1), -1), {
            "en": "Off by one: one padded key can still be seen. The real places are 0 to n_real − 1.",
            "zh": "错开了一位：还有一个填充的键看得到。真正的位置是 0 到 n_real − 1。",
        }),
        Mistake("one_too_few", lambda scores, n_real: softmax(hidden(scores, n_real - 1), -1), {
            "en": "Off by one: the last real key is hidden as well. The real places are 0 to n_real − 1.",
            "zh": "错开了一位：最后一个真的键也被遮住了。真正的位置是 0 到 n_real − 1。",
        }),
        Mistake("over_queries", lambda scores, n_real: hidden(softmax(scores, -2), n_real, 0.0), {
            "en": "Softmax ran over the queries: the columns sum to 1. Go along the last axis.",
            "zh": "softmax 沿着查询做了：每一列之和是 1。要沿最后一轴来做。",
        }),
        Mistake("cut_off", lambda scores, n_real: softmax(scores[:, :n_real], -1), {
            "en": "The padded columns were cut away. Right numbers, but a batch must keep its shape: leave them in, "
                  "with weight 0.",
            "zh": "填充的列被切掉了。数是对的，但一批数据要保持形状：留着它们，权重为 0。",
        }),
    ),
    hints=(
        {
            "en": "Which scores may take part in the softmax? Only the first n_real of every row.",
            "zh": "哪些分数可以参加 softmax？每一行只有前 n_real 个。",
        },
        {
            "en": "Give the others a score that exp turns into 0.",
            "zh": "给其余的分数填上一个取指数后为 0 的值。",
        },
        {
            "en": "Copy the scores, set scores[:, n_real:] to -inf, then softmax along the last axis.",
            "zh": "复制一份分数，把 scores[:, n_real:] 设成 -inf，再沿最后一轴做 softmax。",
        },
    ),
)
