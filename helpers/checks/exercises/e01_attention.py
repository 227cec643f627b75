"""01.attention: scores, softmax, weighted average."""

from torch import Tensor
from torch.nn.functional import softmax

from ... import attention
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def weights_of(queries: Tensor, keys: Tensor, power: float = 0.5) -> Tensor:
    """Return attention weights with scores divided by d_head ** power; 0.5 is right."""
    return softmax(queries @ keys.T / keys.shape[-1] ** power, dim=-1)               # (query, key)


EXERCISE = FunctionExercise(
    key="01.attention",
    name="attention",
    right=lambda queries, keys, values: attention.scaled_dot_product_attention(queries, keys, values)[0],
    cases=tuple({"queries": wave(n, d, start=1), "keys": wave(m, d, start=2), "values": wave(m, d_value, start=3)}
                for n, m, d, d_value in ((3, 3, 3, 3), (4, 4, 4, 4), (2, 5, 3, 3), (3, 4, 2, 5))),
    passed={
        "en": "That is attention, whole: each query has its own weighted average of the values.",
        "zh": "这就是完整的注意力：每个查询都得到属于自己的一份值的加权平均。",
    },
    mistakes=(
        Mistake("weights_alone", lambda queries, keys, values: weights_of(queries, keys), {
            "en": "These are the weights: who looks at whom. What is said is still missing: average the values with "
                  "them.",
            "zh": "这是权重：谁在看谁。还缺说的内容：用这些权重对值求加权平均。",
        }),
        Mistake("both", lambda queries, keys, values: (weights_of(queries, keys) @ values, weights_of(queries, keys)), {
            "en": "Context and weights came back together; the exercise asks for the context alone.",
            "zh": "你把上下文向量和权重一起返回了，而题目只要上下文向量。",
        }),
        Mistake("over_queries", lambda queries, keys, values: weights_of(keys, queries).T @ values, {
            "en": "Softmax ran over the queries, so the columns sum to 1. Each query shares out its own attention: go "
                  "along the last axis, the keys.",
            "zh": "softmax 沿着查询做了，于是每一列之和是 1。每个查询分配的是自己那份注意力，要沿最后一轴（键）来做。",
        }),
        Mistake("no_scale", lambda queries, keys, values: weights_of(queries, keys, power=0) @ values, {
            "en": "All but one step: the scores were not divided by √d_head before softmax, so the weights are too "
                  "sharp.",
            "zh": "只差一步：softmax 之前没有除以 √d_head，权重太尖锐了。",
        }),
        Mistake("divided_by_d", lambda queries, keys, values: weights_of(queries, keys, power=1) @ values, {
            "en": "The scores were divided by d_head, not by its square root, so the weights are too even.",
            "zh": "分数除以了 d_head，而不是它的平方根，权重太平均了。",
        }),
        Mistake("no_softmax", lambda queries, keys, values: attention.attention_scores(queries, keys) @ values, {
            "en": "The scores went straight to the values. Scores are no shares: they can be negative, and no row "
                  "sums to 1. Softmax comes between.",
            "zh": "分数直接乘到了值上。分数不是份额：可以是负的，每一行之和也不是 1。中间还要做 softmax。",
        }),
        Mistake("keys_as_values", lambda queries, keys, values: weights_of(queries, keys) @ keys, {
            "en": "You averaged the keys. A key is there to be found by; what is handed over is the value.",
            "zh": "你平均的是键。键只用来被找到，真正交出去的是值。",
        }),
        Mistake("transposed", lambda queries, keys, values: weights_of(queries, keys).T @ values, {
            "en": "The weights were turned over before they met the values, so columns took the place of rows. This "
                  "runs only where there are as many queries as keys. (query, key) @ (key, d_value) needs no turning.",
            "zh": "权重在乘到值上之前被转置了，行和列换了位置。只有查询与键个数相同时才不报错。(query, key) @ (key, "
                  "d_value) 不需要转置。",
        }),
        Mistake("swapped", lambda queries, keys, values: weights_of(keys, queries) @ values, {
            "en": "Keys asked and queries answered: their places in the product are swapped. Rows belong to the "
                  "queries.",
            "zh": "变成键在问、查询在答了：相乘时两者换了位置。行属于查询。",
        }),
    ),
    hints=(
        {
            "en": "Three steps you already have: scores, softmax along the keys, weighted average of the values.",
            "zh": "三步你都做过：算分数，沿键做 softmax，对值求加权平均。",
        },
        {
            "en": "queries @ keys.T gives the dot products (query, key). Divide by the root of d_head, then softmax "
                  "with dim=-1.",
            "zh": "queries @ keys.T 得到点积，形状 (query, key)。除以 d_head 的平方根，再用 dim=-1 做 softmax。",
        },
        {
            "en": "The weights are (query, key), the values (key, d_value): one matrix product makes the averages, "
                  "weights @ values.",
            "zh": "权重的形状是 (query, key)，值是 (key, d_value)：一次矩阵乘法 weights @ values 就得到加权平均。",
        },
    ),
)
