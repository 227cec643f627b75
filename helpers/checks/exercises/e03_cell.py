"""03.cell: one head from the hidden states to the residual stream."""

import math

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ...attention import attention_scores, attention_weights, causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def head_weights(x: Tensor, mask: Tensor | None, w_query: Tensor, w_key: Tensor, power: float = 0.5) -> Tensor:
    """Return one head's weights with scores divided by d_head ** power; 0.5 is right."""
    scores = attention_scores(x @ w_query.T, x @ w_key.T, scale=len(w_key) ** -power)
    return attention_weights(scores, mask)                                                 # (query, key)


def over_queries(x: Tensor, mask: Tensor, w_query: Tensor, w_key: Tensor) -> Tensor:
    """Return weights whose columns sum to 1; 0 where a key may be seen by no query."""
    scores = attention_scores(x @ w_query.T, x @ w_key.T).masked_fill(~mask, -torch.inf)
    return softmax(scores, dim=0)                                                          # (query, key)


def one_head(x: Tensor, mask: Tensor, w_query: Tensor, w_key: Tensor, w_value: Tensor, w_output: Tensor) -> Tensor:
    """Return the tokens after one head and the residual connection: (token, d_model)."""
    return x + head_weights(x, mask, w_query, w_key) @ x @ w_value.T @ w_output.T


EXERCISE = FunctionExercise(
    key="03.cell",
    name="one_head",
    right=one_head,
    cases=tuple({"inputs": wave(n, d, start=1), "mask": causal_mask(n), "w_query": wave(d_head, d, start=2) / 4,
                 "w_key": wave(d_head, d, start=3) / 4, "w_value": wave(d_head, d, start=4),
                 "w_output": wave(d, d_head, start=5)} for n, d, d_head in ((4, 4, 4), (3, 6, 2), (5, 4, 3))),
    passed={
        "en": "From hidden states to hidden states, through a whole head. Every step of the trace is in these few "
              "lines.",
        "zh": "从隐藏状态到隐藏状态，走完了整个头。追踪里的每一步，都在这几行里。",
    },
    mistakes=(
        Mistake("no_residual", lambda x, mask, q, k, v, o: one_head(x, mask, q, k, v, o) - x, {
            "en": "This is what the head brings. The residual connection is missing: it is added to the inputs, it "
                  "does not replace them.",
            "zh": "这是这个头带来的东西。还差残差连接：它要加到 inputs 上，而不是取代 inputs。",
        }),
        Mistake("after_softmax", lambda x, mask, q, k, v, o: x + head_weights(x, None, q, k) * mask @ x @ v.T @ o.T, {
            "en": "The mask came after softmax: the hidden keys' share is lost, and the rows no longer sum to 1. Hide "
                  "the scores before softmax.",
            "zh": "掩码用在了 softmax 之后：被遮住的那份权重丢了，每一行之和不再是 1。要在 softmax 之前遮住分数。",
        }),
        Mistake("no_mask", lambda x, mask, q, k, v, o: one_head(x, torch.ones_like(mask), q, k, v, o), {
            "en": "Right, but for the mask: each token also looked at keys that it may not see.",
            "zh": "只差掩码：每个词元还看了不许看的键。",
        }),
        Mistake("over_queries", lambda x, mask, q, k, v, o: x + over_queries(x, mask, q, k) @ x @ v.T @ o.T, {
            "en": "Softmax ran over the queries: the columns sum to 1. Each query shares out its own attention, along "
                  "the last axis.",
            "zh": "softmax 沿着查询做了：每一列之和是 1。每个查询分配的是自己那份注意力，要沿最后一轴。",
        }),
        Mistake("no_scale", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k, power=0) @ x @ v.T @ o.T, {
            "en": "The dot products went into softmax as they are. Divide them by √d_head.",
            "zh": "点积没有缩放就进了 softmax。要除以 √d_head。",
        }),
        Mistake("divided_by_d", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k, power=1) @ x @ v.T @ o.T, {
            "en": "The dot products were divided by d_head, not by its square root.",
            "zh": "点积除以了 d_head，而不是它的平方根。",
        }),
        Mistake("root_of_d_model", lambda x, mask, q, k, v, o: one_head(
            x, mask, q * math.sqrt(len(q) / q.shape[-1]), k, v, o), {
            "en": "You divided by √d_model. A score adds up d_head products, one for each number of this head's "
                  "query: √d_head.",
            "zh": "你除以了 √d_model。一个分数由 d_head 项相加而成，这个头的查询有几个数就有几项：要除以 √d_head。",
        }),
        Mistake("no_values", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k) @ x, {
            "en": "The weights averaged the hidden states themselves. What a token hands over is its value: inputs @ "
                  "w_value.T; then W_O.",
            "zh": "权重直接对隐藏状态做了平均。一个词元交出的是它的值 inputs @ w_value.T，之后还有 W_O。",
        }),
        Mistake("keys_as_values", lambda x, mask, q, k, v, o: one_head(x, mask, q, k, k, o), {
            "en": "You averaged the keys. A key is there to be found by; what is handed over is the value.",
            "zh": "你平均的是键。键只用来被找到，真正交出去的是值。",
        }),
        Mistake("no_w_output", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k) @ x @ v.T, {
            "en": "W_O is missing: the context has d_head numbers and must be led back to d_model. That it runs here "
                  "is chance: this case has as many of both.",
            "zh": "漏了 W_O：上下文向量有 d_head 个数，要靠它变回 d_model 个。这里没报错只是碰巧，"
                  "因为这个例子里两者一样多。",
        }, also=(
            lambda x, mask, q, k, v, o: head_weights(x, mask, q, k) @ x @ v.T,
        )),
        Mistake("swapped", lambda x, mask, q, k, v, o: one_head(x, mask, k, q, v, o), {
            "en": "Keys asked and queries answered: w_query and w_key changed places.",
            "zh": "变成键在问、查询在答了：w_query 和 w_key 用反了。",
        }),
    ),
    hints=(
        {
            "en": "The order of the trace: q, k, v; scores; mask and softmax; weighted values; W_O; add to the "
                  "inputs. One line each.",
            "zh": "照着追踪的顺序：q、k、v；分数；掩码与 softmax；加权的值；W_O；加到 inputs 上。一步一行。",
        },
        {
            "en": "A matrix (out, in) acts as inputs @ w.T. scaled_dot_product_attention(queries, keys, values, mask) "
                  "gives you context and weights.",
            "zh": "形状为（输出，输入）的矩阵写成 inputs @ w.T。scaled_dot_product_attention(queries, keys, values, "
                  "mask) 会给你上下文向量和权重。",
        },
        {
            "en": "The last line: the inputs plus the context times w_output.T.",
            "zh": "最后一行：inputs 加上“上下文向量乘以 w_output.T”。",
        },
    ),
)
