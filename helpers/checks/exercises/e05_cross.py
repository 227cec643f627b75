"""05.cross: attention from the target to the source."""

from torch import Tensor
from torch.nn.functional import softmax

from ...attention import attention_scores, attention_weights, causal_mask, scaled_dot_product_attention
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def crossed(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the context of one head."""
    return scaled_dot_product_attention(queries, keys, values)[0]


def cross_case(n_target: int, n_source: int, d_model: int, d_head: int) -> Inputs:
    """Return states of both sides and three matrices."""
    matrices = {f"w_{name}": wave(d_model, d_head, start=start) / d_model ** 0.5
                for start, name in enumerate(("query", "key", "value"), start=3)}
    return {"target_states": wave(n_target, d_model), "source_states": wave(n_source, d_model, start=1.3), **matrices}


def over_queries(target: Tensor, source: Tensor, w_query: Tensor, w_key: Tensor, w_value: Tensor) -> Tensor:
    """Return cross-attention whose softmax ran over the queries."""
    return softmax(attention_scores(target @ w_query, source @ w_key), dim=-2) @ (source @ w_value)


def unscaled(target: Tensor, source: Tensor, w_query: Tensor, w_key: Tensor, w_value: Tensor) -> Tensor:
    """Return cross-attention without division by the root of d_head."""
    return attention_weights(attention_scores(target @ w_query, source @ w_key, scale=1.0)) @ (source @ w_value)


EXERCISE = FunctionExercise(
    key="05.cross",
    name="cross_attention",
    right=lambda target, source, w_query, w_key, w_value: crossed(target @ w_query, source @ w_key, source @ w_value),
    cases=tuple(cross_case(*sizes) for sizes in ((4, 4, 4, 4), (3, 3, 6, 2), (2, 5, 6, 3))),
    passed={
        "en": "The target asks, the source answers and hands over: one row a target token, as many columns as the "
              "source has tokens.",
        "zh": "译文提问，原文应答并交出内容：每个译文词元一行，原文有多少词元就有多少列。",
    },
    mistakes=(
        Mistake("target_answers", lambda target, source, q, k, v: crossed(target @ q, target @ k, target @ v), {
            "en": "Keys and values come from the target: that is self-attention, and the source is never looked at.",
            "zh": "键和值都来自译文：这是自注意力，原文根本没有看。",
        }),
        Mistake("sides_swapped", lambda target, source, q, k, v: crossed(source @ q, target @ k, target @ v), {
            "en": "The source asks and the target answers: the sides are exchanged. The result must have a row for "
                  "each target token.",
            "zh": "变成原文提问、译文应答了：两边颠倒。结果应当是每个译文词元一行。",
        }),
        Mistake("values_from_target", lambda target, source, q, k, v: crossed(target @ q, source @ k, target @ v), {
            "en": "Keys from the source, values from the target: what was found by its key must also hand over its "
                  "own value.",
            "zh": "键来自原文，值却来自译文：凭键被找到的那个词元，交出的也应当是它自己的值。",
        }),
        Mistake("keys_from_target", lambda target, source, q, k, v: crossed(target @ q, target @ k, source @ v), {
            "en": "Values from the source, keys from the target: the weights belong to other tokens than the values.",
            "zh": "值来自原文，键却来自译文：权重和值对不上，不是同一些词元的。",
        }),
        Mistake("source_asks", lambda target, source, q, k, v: crossed(source @ q, source @ k, source @ v), {
            "en": "Everything comes from the source: that is the encoder's self-attention. The queries are the "
                  "target's.",
            "zh": "全都来自原文：这是编码器的自注意力。查询应来自译文。",
        }),
        Mistake("over_queries", over_queries, {
            "en": "Softmax ran over the queries. Each target token shares its attention over the source: the last "
                  "axis.",
            "zh": "softmax 沿着查询做了。每个译文词元要把注意力分给原文：沿最后一轴。",
        }),
        Mistake("no_scale", unscaled, {
            "en": "The division by the root of d_head is missing.",
            "zh": "漏了除以 d_head 的平方根。",
        }),
        Mistake("causal", lambda target, source, q, k, v: scaled_dot_product_attention(
            target @ q, source @ k, source @ v, causal_mask(len(source))[-len(target):])[0], {
            "en": "A causal mask is in the way. The source is all there before writing begins: cross-attention may "
                  "see all of it.",
            "zh": "多了一个因果掩码。动笔之前原文就全在了：交叉注意力可以看到全部原文。",
        }),
    ),
    hints=(
        {
            "en": "Who wants to know something? Who knows it? Queries come from the one, keys and values from the "
                  "other.",
            "zh": "谁想知道？谁知道？查询来自前者，键和值来自后者。",
        },
        {
            "en": "The weights have the shape (target, source); rows sum to 1.",
            "zh": "权重的形状是 (target, source)，每一行之和是 1。",
        },
        {
            "en": "Queries target_states @ w_query; keys and values source_states @ w_key and @ w_value; the rest is "
                  "chapter 01.",
            "zh": "查询是 target_states @ w_query；键和值是 source_states @ w_key、@ w_value；其余和第 01 章一样。",
        },
    ),
)
