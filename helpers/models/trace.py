"""One attention cell computed step by step from what enters its layer, each step beside the model's own tensor."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..attention import attention_scores, attention_weights
from .records import AttentionParts, BertRecord

FORBIDDEN = -1e30
BOUNDS = {torch.float64: 1e-12, torch.float32: 1e-4}


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """What one head of one layer computes for one token, in the order in which it does; all in float64.

    Attributes:
        inputs: (token, d_model), what enters the layer: all tokens.
        query: (d_head,), what this token asks with.
        keys, values: (key, d_head), what all tokens answer with, and hand over.
        products: (key, d_head), query times each key, number by number.
        dot_products: (key,), the sums of their rows.
        scores: (key,), divided by sqrt(d_head); -inf where the run forbids a key.
        weights: (key,), their softmax.
        weighted_values: (key, d_head), each value times its weight.
        context: (d_head,), the sum of the weighted values.
        share: (d_model,), this head's part of the attention output: context times its part of w_output.
        attention_output: (d_model,), the shares of all heads and the bias.
        residual_sum: (d_model,), the token as it entered the layer plus the attention output.
        attended: (d_model,), after the layer norm: the token's new hidden state, before feed-forward.
    """

    inputs: Tensor
    query: Tensor
    keys: Tensor
    values: Tensor
    products: Tensor
    dot_products: Tensor
    scores: Tensor
    weights: Tensor
    weighted_values: Tensor
    context: Tensor
    share: Tensor
    attention_output: Tensor
    residual_sum: Tensor
    attended: Tensor


def trace(record: BertRecord, token: int, layer: int, head: int) -> Trace:
    """Compute one cell, each step from the one before, with the model's matrices.

    What the other heads bring to the attention output is taken from the run.

    Source: Vaswani et al. 2017, sections 3.1 and 3.2.
    """
    parts, inputs = record.attention_parts[layer], record.hidden_states[layer].double()   # (token, d_model)
    query, keys, values = _project(parts, inputs, token, slice(head * record.d_head, (head + 1) * record.d_head))
    scores = attention_scores(query, keys)                                                # (key,)
    scores = scores.masked_fill(record.scores[layer, head, token] < FORBIDDEN, -math.inf)
    weights = attention_weights(scores)                                                   # (key,)
    weighted_values = weights[:, None] * values                                           # (key, d_head)
    context = weighted_values.sum(0)                                                      # (d_head,)
    merged = record.context[layer, :, token].double().clone()                             # (head, d_head)
    merged[head] = context
    output = _linear(parts.w_output, merged.flatten())                                    # (d_model,)
    shares = parts.w_output.weight.detach().double().unflatten(-1, merged.shape)          # (d_model, head, d_head)
    attended = functional.layer_norm(inputs[token] + output, output.shape, parts.norm.weight.detach().double(),
                                     parts.norm.bias.detach().double(), parts.norm.eps)
    return Trace(inputs=inputs, query=query, keys=keys, values=values, products=query * keys,
                 dot_products=attention_scores(query, keys, scale=1.0), scores=scores, weights=weights,
                 weighted_values=weighted_values, context=context, share=shares[:, head] @ context,
                 attention_output=output, residual_sum=inputs[token] + output, attended=attended)


def _project(parts: AttentionParts, inputs: Tensor, token: int, cut: slice) -> tuple[Tensor, Tensor, Tensor]:
    """Return one head's query of the token (d_head,), keys and values of all (key, d_head)."""
    query = _linear(parts.w_query, inputs[token])[cut]
    keys, values = (_linear(projection, inputs)[:, cut] for projection in (parts.w_key, parts.w_value))
    return query, keys, values


def _linear(layer: nn.Linear, inputs: Tensor) -> Tensor:
    """Apply a linear layer in float64, without what may be hooked to it."""
    bias = None if layer.bias is None else layer.bias.detach().double()
    return functional.linear(inputs, layer.weight.detach().double(), bias)


def own_steps(record: BertRecord, token: int, layer: int, head: int) -> dict[str, Tensor]:
    """Return what the model itself computed, under the names of `Trace`."""
    return {"query": record.queries[layer, head, token], "keys": record.keys[layer, head],
            "values": record.values[layer, head], "scores": record.scores[layer, head, token],
            "weights": record.weights[layer, head, token], "context": record.context[layer, head, token],
            "attention_output": record.attention_outputs[layer, token],
            "attended": record.attended_states[layer, token]}


def differences(steps: Trace, own: dict[str, Tensor]) -> dict[str, float]:
    """Return the largest difference of each step from the tensor that the model itself computed."""
    return {name: _difference(getattr(steps, name), tensor) for name, tensor in own.items()}


def bound(own: dict[str, Tensor]) -> float:
    """Return what the differences of an unchanged run stay below: rounding alone, in the precision of the model.

    It is 1e-12 in float64 and 1e-4 in float32, and grows tenfold with each digit from numbers of 100 up.
    """
    largest = max(tensor[tensor > FORBIDDEN].abs().max().item() for tensor in own.values())
    digits = max(0, math.floor(math.log10(max(largest, 1))) - 1)
    return float(f"{BOUNDS[own['weights'].dtype] * 10 ** digits:.0e}")


def _difference(step: Tensor, own: Tensor) -> float:
    """Return the largest difference; where both are forbidden there is none."""
    gaps = (step - own.double()).abs()
    return gaps.masked_fill((step == -math.inf) & (own < FORBIDDEN), 0).max().item()
