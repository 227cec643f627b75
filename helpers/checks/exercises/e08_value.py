"""08.value: how long the vector is that each key brings: the weight, the value and W_O together."""

import torch
from torch import Tensor
from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def weighted(weights: Tensor, values: Tensor) -> Tensor:
    """Return α·v of each head, (head, key, d_head)."""
    return weights[..., None] * values


def brought(weights: Tensor, values: Tensor, w_output: Tensor) -> Tensor:
    """Return what each key brings, (key, d_model)."""
    return weighted(weights, values).transpose(0, 1).flatten(1) @ w_output


EXERCISE = FunctionExercise(
    key="08.value",
    name="brought_lengths",
    right=lambda weights, values, w_output: brought(weights, values, w_output).norm(dim=-1),
    cases=tuple({"weights": softmax(wave(h, n, start=1), -1), "values": wave(h, n, d, start=2),
                 "w_output": wave(h * d, width, start=3)}
                for h, n, d, width in ((3, 3, 2, 6), (2, 5, 3, 6), (2, 4, 4, 8))),
    passed={
        "en": "A weight says what share is taken; this says how much arrives. A large weight on a short value brings "
              "little.",
        "zh": "权重说的是取走几成；这个说的是到了多少。值很短，权重再大也带不来什么。",
    },
    mistakes=(
        Mistake("weights_alone", lambda weights, values, w_output: weights.mean(0), {
            "en": "These are the weights alone. The values and W_O must come in.",
            "zh": "这只是权重。还要把值和 W_O 算进来。",
        }),
        Mistake("no_weights", lambda weights, values, w_output: brought(
            torch.ones_like(weights), values, w_output).norm(dim=-1), {
            "en": "This is what each key has to offer. How much of it is taken? Multiply by the weights.",
            "zh": "这是每个键能拿出来的。取走了几成？要乘上权重。",
        }),
        Mistake("no_output", lambda weights, values, w_output: weighted(
            weights, values).transpose(0, 1).flatten(1).norm(dim=-1), {
            "en": "The length was taken before W_O. What W_O does not let through never arrives.",
            "zh": "长度取早了，还没有乘 W_O。W_O 不放行的，根本到不了。",
        }),
        Mistake("lengths_added", lambda weights, values, w_output: (weighted(weights, values) @ w_output.unflatten(
            0, (len(weights), -1))).norm(dim=-1).sum(0), {
            "en": "You added up the lengths of the heads. Two heads may cancel each other: add the vectors, then take "
                  "the length.",
            "zh": "你把各个头的长度加起来了。两个头可能互相抵消：应先把向量相加，再取长度。",
        }),
        Mistake("tokens_mixed", lambda weights, values, w_output: (weighted(weights, values).reshape(
            weights.shape[1], -1) @ w_output).norm(dim=-1), {
            "en": "A reshape alone mixes tokens, for the heads stand first. Exchange the first two axes, then join.",
            "zh": "光用 reshape 会把词元弄混，因为头排在最前面。先交换前两个轴，再拼接。",
        }),
        Mistake("squared", lambda weights, values, w_output: brought(weights, values, w_output).square().sum(-1), {
            "en": "This is the square of the length. Take the root.",
            "zh": "这是长度的平方，还要开方。",
        }),
        Mistake("summed", lambda weights, values, w_output: brought(weights, values, w_output).sum(-1), {
            "en": "The numbers of a vector were added up; positive and negative ones cancel. Its length is the norm.",
            "zh": "你把向量里的数直接加了起来，正负会互相抵消。长度要用范数。",
        }),
        Mistake("all_keys", lambda weights, values, w_output: brought(weights, values, w_output).sum(0).norm(), {
            "en": "This is the length of what all keys bring together. One number a key is asked for.",
            "zh": "这是所有键合起来的长度。要的是每个键一个数。",
        }),
    ),
    hints=(
        {
            "en": "Three factors: the weight of a key, its value, and w_output. The length comes last.",
            "zh": "三个因子：这个键的权重、它的值，还有 w_output。长度最后取。",
        },
        {
            "en": "weights[..., None] * values is (head, key, d_head). Bring the key to the front and join the heads.",
            "zh": "weights[..., None] * values 的形状是 (head, key, d_head)。把键换到最前面，再把各个头接起来。",
        },
        {
            "en": "….transpose(0, 1).flatten(1) @ w_output is (key, d_model); .norm(dim=-1) is its length.",
            "zh": "….transpose(0, 1).flatten(1) @ w_output 的形状是 (key, d_model)；.norm(dim=-1) 就是长度。",
        },
    ),
)
