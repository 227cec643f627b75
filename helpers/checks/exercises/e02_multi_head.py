"""02.multi_head: project, split, attend, merge, project."""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ...attention import attention_scores, attention_weights, merge_heads, split_heads
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave

Step = Callable[..., Tensor]


def reshaped(inputs: Tensor, n_heads: int) -> Tensor:
    """Return what a reshape alone makes of (token, d_model): the shape (head, token, d_head), tokens mixed."""
    return inputs.reshape(n_heads, len(inputs), -1)


def by_token(inputs: Tensor, n_heads: int) -> Tensor:
    """Return (token, head, d_head): cut, but with the tokens still in front of the heads."""
    return inputs.unflatten(-1, (n_heads, -1))


def run_together(heads: Tensor) -> Tensor:
    """Return what a reshape alone makes of (head, token, d_head): the shape (token, d_model), tokens mixed."""
    return heads.reshape(heads.shape[1], -1)


def attended(queries: Tensor, keys: Tensor, values: Tensor, power: float = 0.5, dim: int = -1) -> Tensor:
    """Return the context of each head: scores divided by d_head ** power, softmax along dim; 0.5 and -1 are right."""
    return softmax(queries @ keys.transpose(-2, -1) / keys.shape[-1] ** power, dim) @ values


def layer(inputs: Tensor, *others: Tensor | int, split: Step = split_heads, attend: Step = attended,
          merge: Step = merge_heads) -> Tensor:
    """Return multi-head attention, (token, d_model), where a step can be exchanged for a wrong one.

    `others` are w_query, w_key, w_value, w_output and n_heads.
    """
    *matrices, w_output, n_heads = others
    queries, keys, values = (split(inputs @ matrix, n_heads) for matrix in matrices)
    return merge(attend(queries, keys, values)) @ w_output


def scaled_by_d_model(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the context of each head, with the scores divided by the root of n_heads * d_head."""
    return attention_weights(attention_scores(queries, keys, scale=(len(keys) * keys.shape[-1]) ** -0.5)) @ values


def layer_case(n_tokens: int, d_model: int, n_heads: int) -> Inputs:
    """Return inputs, four matrices and a number of heads, with scores of about the size of 1."""
    names = ("w_query", "w_key", "w_value", "w_output")
    matrices = {name: wave(d_model, d_model, start=start) / d_model ** 0.5 for start, name in enumerate(names)}
    return {"inputs": wave(n_tokens, d_model, start=5), **matrices, "n_heads": n_heads}


EXERCISE = FunctionExercise(
    key="02.multi_head",
    name="multi_head",
    right=layer,
    cases=tuple(layer_case(*sizes) for sizes in ((4, 4, 2), (3, 8, 2), (5, 6, 3))),
    passed={
        "en": "That is multi-head attention, whole, the same in the paper, in BERT and in what you will meet after it.",
        "zh": "这就是完整的多头注意力：论文里、BERT 里，以及你以后会遇到的模型里，都是它。",
    },
    mistakes=(
        Mistake("no_output", lambda *given: layer(*given[:4], torch.eye(len(given[4])).to(given[4]), given[5]), {
            "en": "All heads are there, side by side, but the last matrix is missing: w_output, which lets them mix.",
            "zh": "各个头都算好了，也并排了，只差最后一个矩阵 w_output：靠它把各个头的结果混合起来。",
        }),
        Mistake("root_of_d_model", lambda *given: layer(*given, attend=scaled_by_d_model), {
            "en": "You divided by the root of d_model. A score of one head adds up d_head products, so it is √d_head; "
                  "with √d_model the weights come out too even.",
            "zh": "你除以了 d_model 的平方根。一个头里的分数由 d_head 项相加而成，应除以 √d_head；除以 √d_model，"
                  "权重会太平均。",
        }),
        Mistake("no_scale", lambda *given: layer(*given, attend=partial(attended, power=0)), {
            "en": "All but one step: the scores were not divided by √d_head before softmax, so the weights are too "
                  "sharp.",
            "zh": "只差一步：softmax 之前没有除以 √d_head，权重太尖锐了。",
        }),
        Mistake("over_queries", lambda *given: layer(*given, attend=partial(attended, dim=-2)), {
            "en": "Softmax ran over the queries, so the columns of each head sum to 1. Each query shares out its own "
                  "attention: go along the last axis, the keys.",
            "zh": "softmax 沿着查询做了，于是每个头里每一列之和是 1。每个查询分配的是自己那份注意力，"
                  "要沿最后一轴（键）来做。",
        }),
        Mistake("one_head", lambda *given: layer(*given[:5], 1), {
            "en": "This is one head as wide as the whole model. Split queries, keys and values first; each piece "
                  "attends with weights of its own.",
            "zh": "这是只有一个头，和整个模型一样宽。要先把查询、键、值都拆开，每一份各用自己的权重做注意力。",
        }),
        Mistake("over_heads", lambda *given: layer(*given, split=by_token, merge=lambda mixed: mixed.flatten(1)), {
            "en": "Here the heads of one token attended to each other, since the axes stood as (token, head, d_head). "
                  "Bring the heads to the front before you multiply queries with keys.",
            "zh": "这里变成了同一个词元的几个头互相关注，因为轴的顺序是 (token, head, d_head)。查询与键相乘之前，"
                  "要把头换到最前面。",
        }),
        Mistake("reshape_alone", lambda *given: layer(*given, split=reshaped, merge=run_together), {
            "en": "Queries, keys and values were cut by a reshape alone, which mixes tokens. Cut each row, (token, "
                  "head, d_head), then exchange the first two axes.",
            "zh": "查询、键、值是只用 reshape 切开的，词元都混在了一起。先把每一行切开，得到 (token, head, d_head)，"
                  "再交换前两个轴。",
        }, also=(
            lambda *given: layer(*given, split=reshaped),
        )),
        Mistake("merged_by_reshape", lambda *given: layer(*given, merge=run_together), {
            "en": "The heads are right, the merging is not: they still stand first when the reshape comes, so tokens "
                  "get mixed. Put the tokens first, then join.",
            "zh": "每个头都算对了，合并却错了：reshape 时头还排在最前面，词元就混到了一起。先把词元换到最前面，"
                  "再拼接。",
        }),
        Mistake("matrices_turned", lambda *given: layer(given[0], *(matrix.T for matrix in given[1:5]), given[5]), {
            "en": "You multiplied with the transposed matrices. nn.Linear keeps its weight that way; here it is "
                  "simply inputs @ w_query.",
            "zh": "你乘的是转置后的矩阵。nn.Linear 的权重才是那样存放的；这里直接写 inputs @ w_query。",
        }),
        Mistake("no_softmax", lambda *given: layer(*given, attend=lambda q, k, v: attention_scores(q, k) @ v), {
            "en": "The scores went straight to the values. Scores are no shares: they can be negative, and no row "
                  "sums to 1. Softmax comes between.",
            "zh": "分数直接乘到了值上。分数不是份额：可以是负的，每一行之和也不是 1。中间还要做 softmax。",
        }),
    ),
    hints=(
        {
            "en": "Five steps: project, split, attend, merge, project. You have made or met each of them already.",
            "zh": "五步：投影、拆分、计算注意力、合并、再投影。每一步你都写过或见过。",
        },
        {
            "en": "inputs @ w_query is (token, d_model); split it, and keys and values likewise, into (head, token, "
                  "d_head). scaled_dot_product_attention takes all heads at once.",
            "zh": "inputs @ w_query 的形状是 (token, d_model)；把它拆成 (head, token, d_head)，键和值也一样。"
                  "scaled_dot_product_attention 能一次处理所有的头。",
        },
        {
            "en": "It returns context and weights. Take the context, merge_heads makes it (token, d_model) again, and "
                  "w_output comes last.",
            "zh": "它返回上下文向量和权重。取上下文向量，用 merge_heads 变回 (token, d_model)，最后乘 w_output。",
        },
    ),
)
