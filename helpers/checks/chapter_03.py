"""Chapter 03: one head's queries, a neuron moved, its share of W_O, add and norm, one head whole, what a key brings."""

import math

import torch
from torch import Tensor
from torch.nn.functional import layer_norm, softmax

from ..attention import attention_scores, attention_weights, causal_mask
from .exercise import Mistake
from .functions import FunctionExercise, wave


def part(head: int, d_head: int) -> slice:
    """Return the places of one head among those of all."""
    return slice(head * d_head, (head + 1) * d_head)


def projected(inputs: Tensor, weight: Tensor, bias: Tensor, head: int, n_heads: int) -> Tensor:
    """Return one head's queries: (token, d_head)."""
    return (inputs @ weight.T + bias)[:, part(head, len(weight) // n_heads)]


def reshaped(inputs: Tensor, weight: Tensor, bias: Tensor, head: int, n_heads: int) -> Tensor:
    """Return what a reshape without a transpose takes for one head."""
    return (inputs @ weight.T + bias).reshape(n_heads, len(inputs), -1)[head]


PROJECT = FunctionExercise(
    key="03.project",
    name="head_queries",
    right=projected,
    cases=tuple({"inputs": wave(n, d, start=1), "weight": wave(d, d, start=2), "bias": wave(d, start=3), "head": head,
                 "n_heads": heads} for n, d, head, heads in ((4, 4, 1, 2), (3, 6, 1, 3), (5, 8, 3, 4), (2, 6, 0, 2))),
    mistakes=(
        Mistake("no_bias", lambda x, w, b, head, heads: projected(x, w, 0 * b, head, heads)),
        Mistake("not_transposed", lambda x, w, b, head, heads: projected(x, w.T, b, head, heads)),
        Mistake("every_nth", lambda x, w, b, head, heads: (x @ w.T + b)[:, head::heads]),
        Mistake("reshaped", reshaped),
        Mistake("all_heads", lambda x, w, b, head, heads: x @ w.T + b),
        Mistake("first_head", lambda x, w, b, head, heads: projected(x, w, b, 0, heads)),
    ),
)

NUDGE = FunctionExercise(
    key="03.nudge",
    name="nudged",
    right=lambda score, change, key, neuron: score + change * key[neuron] / math.sqrt(len(key)),
    cases=(
        {"score": 1.5, "change": -2.0, "key": torch.tensor([1.0, 0, 3, -1]), "neuron": 2},
        *({"score": float(score), "change": change, "key": wave(d, start=d), "neuron": neuron}
          for score, change, d, neuron in ((2, 4.0, 9, 0), (-3, 1.0, 16, 11), (0.25, -6.0, 5, 4))),
    ),
    mistakes=(
        Mistake("no_scale", lambda score, change, key, neuron: score + change * key[neuron]),
        Mistake("divided_by_d", lambda score, change, key, neuron: score + change * key[neuron] / len(key)),
        Mistake("key_forgotten", lambda score, change, key, neuron: score + change / math.sqrt(len(key))),
        Mistake("key_forgotten", lambda score, change, key, neuron: score + change),
        Mistake("whole_key", lambda score, change, key, neuron: score + change * key.sum() / math.sqrt(len(key))),
        Mistake("change_alone", lambda score, change, key, neuron: change * key[neuron] / math.sqrt(len(key))),
        Mistake("scaled_again", lambda score, change, key, neuron: (score + change * key[neuron]) / len(key) ** 0.5),
        Mistake("replaced", lambda score, change, key, neuron: score + (change - 1) * key[neuron] / len(key) ** 0.5),
    ),
)

SHARE = FunctionExercise(
    key="03.share",
    name="head_share",
    right=lambda context, w_output, head: context @ w_output[:, part(head, context.shape[-1])].T,
    cases=tuple({"context": wave(n, d_head, start=1), "w_output": wave(d_head * heads, d_head * heads), "head": head}
                for n, d_head, heads, head in ((2, 2, 2, 1), (4, 2, 3, 2), (3, 4, 2, 1), (5, 3, 3, 1))),
    mistakes=(
        Mistake("rows", lambda context, w, head: context @ w[part(head, context.shape[-1])]),
        Mistake("every_nth", lambda context, w, head: context @ w[:, head::len(w) // context.shape[-1]].T),
        Mistake("first_head", lambda context, w, head: context @ w[:, :context.shape[-1]].T),
        Mistake("no_w_output", lambda context, w, head: context),
        Mistake("no_w_output", lambda context, w, head: padded(context, len(w), head)),
    ),
)


def padded(context: Tensor, d_model: int, head: int) -> Tensor:
    """Return the context at the head's places and zeros elsewhere: (token, d_model)."""
    merged = torch.zeros(len(context), d_model, dtype=context.dtype)
    merged[:, part(head, context.shape[-1])] = context
    return merged


def normed(vectors: Tensor, scale: Tensor, shift: Tensor, eps: float) -> Tensor:
    """Return layer norm as PyTorch computes it."""
    return layer_norm(vectors, vectors.shape[-1:], scale, shift, eps)


def spread(vectors: Tensor, scale: Tensor, shift: Tensor, divisor: Tensor) -> Tensor:
    """Return layer norm with another divisor in the place of the standard deviation."""
    return (vectors - vectors.mean(-1, keepdim=True)) / divisor * scale + shift


NORM = FunctionExercise(
    key="03.norm",
    name="add_and_norm",
    right=lambda x, new, scale, shift, eps: normed(x + new, scale, shift, eps),
    cases=tuple({"inputs": wave(n, d, start=1), "output": wave(n, d, start=2), "scale": 1 + wave(d, start=3) / 4,
                 "shift": wave(d, start=4), "eps": eps} for n, d, eps in ((4, 4, 0.25), (2, 5, 0.5), (3, 8, 0.125))),
    mistakes=(
        Mistake("no_residual", lambda x, new, scale, shift, eps: normed(new, scale, shift, eps)),
        Mistake("norm_first", lambda x, new, scale, shift, eps: x + normed(new, scale, shift, eps)),
        Mistake("norm_first", lambda x, new, scale, shift, eps: normed(x, scale, shift, eps) + new),
        Mistake("no_norm", lambda x, new, scale, shift, eps: x + new),
        Mistake("no_scale_and_shift", lambda x, new, scale, shift, eps: normed(x + new, None, None, eps)),
        Mistake("over_tokens", lambda x, new, scale, shift, eps: normed(
            (x + new).T, None, None, eps).T * scale + shift),
        Mistake("one_less", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, ((x + new).var(-1, keepdim=True) + eps).sqrt())),
        Mistake("no_root", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, (x + new).var(-1, keepdim=True, correction=0) + eps)),
        Mistake("eps_outside", lambda x, new, scale, shift, eps: spread(
            x + new, scale, shift, (x + new).std(-1, keepdim=True, correction=0) + eps)),
    ),
)


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


CELL = FunctionExercise(
    key="03.cell",
    name="one_head",
    right=one_head,
    cases=tuple({"inputs": wave(n, d, start=1), "mask": causal_mask(n), "w_query": wave(d_head, d, start=2) / 4,
                 "w_key": wave(d_head, d, start=3) / 4, "w_value": wave(d_head, d, start=4),
                 "w_output": wave(d, d_head, start=5)} for n, d, d_head in ((4, 4, 4), (3, 6, 2), (5, 4, 3))),
    mistakes=(
        Mistake("no_residual", lambda x, mask, q, k, v, o: one_head(x, mask, q, k, v, o) - x),
        Mistake("after_softmax", lambda x, mask, q, k, v, o: x + head_weights(x, None, q, k) * mask @ x @ v.T @ o.T),
        Mistake("no_mask", lambda x, mask, q, k, v, o: one_head(x, torch.ones_like(mask), q, k, v, o)),
        Mistake("over_queries", lambda x, mask, q, k, v, o: x + over_queries(x, mask, q, k) @ x @ v.T @ o.T),
        Mistake("no_scale", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k, power=0) @ x @ v.T @ o.T),
        Mistake("divided_by_d", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k, power=1) @ x @ v.T @ o.T),
        Mistake("root_of_d_model", lambda x, mask, q, k, v, o: one_head(
            x, mask, q * math.sqrt(len(q) / q.shape[-1]), k, v, o)),
        Mistake("no_values", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k) @ x),
        Mistake("keys_as_values", lambda x, mask, q, k, v, o: one_head(x, mask, q, k, k, o)),
        Mistake("no_w_output", lambda x, mask, q, k, v, o: x + head_weights(x, mask, q, k) @ x @ v.T),
        Mistake("no_w_output", lambda x, mask, q, k, v, o: head_weights(x, mask, q, k) @ x @ v.T),
        Mistake("swapped", lambda x, mask, q, k, v, o: one_head(x, mask, k, q, v, o)),
    ),
)

BROUGHT = FunctionExercise(
    key="03.brought",
    name="brought",
    right=lambda weights, values, w_output: weights * (values @ w_output.T).norm(dim=-1),
    cases=tuple({"weights": softmax(wave(n), dim=0), "values": wave(n, d_head, start=1),
                 "w_output": wave(d, d_head, start=2)} for n, d_head, d in ((3, 3, 3), (4, 2, 6), (5, 3, 4))),
    mistakes=(
        Mistake("weights_alone", lambda weights, values, w: weights),
        Mistake("no_weights", lambda weights, values, w: (values @ w.T).norm(dim=-1)),
        Mistake("no_w_output", lambda weights, values, w: weights * values.norm(dim=-1)),
        Mistake("not_transposed", lambda weights, values, w: weights * (values @ w).norm(dim=-1)),
        Mistake("squared", lambda weights, values, w: weights * (values @ w.T).square().sum(-1)),
        Mistake("sum_of_numbers", lambda weights, values, w: weights * (values @ w.T).sum(-1)),
        Mistake("over_keys", lambda weights, values, w: (weights[:, None] * (values @ w.T)).norm(dim=0)),
        Mistake("together", lambda weights, values, w: (weights @ values @ w.T).norm()),
    ),
)

EXERCISES = (PROJECT, NUDGE, SHARE, NORM, CELL, BROUGHT)
