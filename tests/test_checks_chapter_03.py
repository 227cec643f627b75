"""The checks of chapter 03: right answers of any style pass, each typical mistake is named, nothing raises.

Every wrong answer here is written afresh, most of them in numpy, and not taken from the checks' own table.
"""

import math

import numpy as np
import pytest
import torch
from checking import FURTHER_KINDS, assert_named
from torch.nn import functional

from helpers.checks import EXERCISES, check
from helpers.text import STRINGS

KEYS = [key for key in EXERCISES if key.startswith("03.") and not key.endswith(FURTHER_KINDS)]


def arrays(answer):
    """Let an answer written in numpy take whatever it is given."""
    return lambda *given: answer(*(np.array(one) if isinstance(one, torch.Tensor) else one for one in given))


def np_softmax(scores, axis=-1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


# Right answers

def queries_by_loops(inputs, weight, bias, head, n_heads):
    d_head = len(weight) // n_heads
    numbers = range(head * d_head, head * d_head + d_head)
    return [[float(torch.dot(weight[number], vector) + bias[number]) for number in numbers] for vector in inputs]


def queries_by_modules(inputs, weight, bias, head, n_heads):
    linear = torch.nn.Linear(*weight.shape, dtype=weight.dtype)
    linear.load_state_dict({"weight": weight, "bias": bias})
    return linear(inputs).unflatten(-1, (n_heads, -1)).transpose(0, 1)[head]


def nudged_by_doing_it(score, change, key, neuron):
    """Make a query that gives this score, move it, and score it again."""
    query = key * (score * math.sqrt(len(key)) / (key @ key))
    query[neuron] += change
    return query @ key / len(key) ** 0.5


def norm_by_hand(inputs, output, scale, shift, eps):
    total = np.array(inputs + output)
    return (total - total.mean(-1, keepdims=True)) / np.sqrt(total.var(-1, keepdims=True) + eps) * scale + shift


def cell_by_torch(inputs, mask, w_query, w_key, w_value, w_output):
    read = (functional.linear(inputs, w)[None] for w in (w_query, w_key, w_value))
    return inputs + functional.scaled_dot_product_attention(*read, attn_mask=mask)[0] @ w_output.T


def cell_by_loops(inputs, mask, w_query, w_key, w_value, w_output):
    rows = []
    for token, vector in enumerate(inputs):
        scores = [float((w_query @ vector) @ (w_key @ other)) / len(w_key) ** 0.5 for other in inputs]
        powers = [math.exp(s) if m else 0 for s, m in zip(scores, mask[token], strict=True)]
        context = sum(power * (w_value @ other) for power, other in zip(powers, inputs, strict=True)) / sum(powers)
        rows.append(vector + w_output @ context)
    return torch.stack(rows)


@arrays
def np_cell(inputs, mask, w_query, w_key, w_value, w_output):
    scores = (inputs @ w_query.T) @ (inputs @ w_key.T).T / np.sqrt(len(w_query))
    return inputs + np_softmax(np.where(mask, scores, -1e9)) @ inputs @ w_value.T @ w_output.T


RIGHT = {
    "03.project": [queries_by_loops, queries_by_modules,
                   lambda inputs, weight, bias, head, n_heads: (inputs @ weight.T + bias).chunk(n_heads, -1)[head]],
    "03.nudge": [nudged_by_doing_it, lambda score, change, key, neuron: score + change * key[neuron] / len(key) ** 0.5,
                 lambda score, change, key, neuron: float(score) + change * float(key[neuron]) * len(key) ** -0.5],
    "03.share": [lambda context, w_output, head:
                 context @ w_output.chunk(len(w_output) // context.shape[-1], 1)[head].T,
                 lambda context, w_output, head: functional.linear(torch.cat([
                     torch.zeros(len(context), head * context.shape[-1]), context, torch.zeros(
                         len(context), len(w_output) - (head + 1) * context.shape[-1])], -1), w_output),
                 arrays(lambda context, w_output, head: np.einsum(
                     "td,md->tm", context, np.split(w_output, len(w_output) // context.shape[-1], axis=1)[head]))],
    "03.norm": [norm_by_hand,
                lambda inputs, output, scale, shift, eps: functional.layer_norm(
                    inputs + output, scale.shape, scale, shift, eps),
                lambda inputs, output, scale, shift, eps: [
                    (y - y.mean()) / (y.var(correction=0) + eps).sqrt() * scale + shift for y in inputs + output]],
    "03.cell": [cell_by_torch, cell_by_loops, np_cell],
    "03.brought": [lambda weights, values, w_output: [
                       float(weight) * math.dist(w_output @ value, torch.zeros(len(w_output)))
                       for weight, value in zip(weights, values, strict=True)],
                   lambda weights, values, w_output: (weights[:, None] * values @ w_output.T).norm(dim=-1),
                   arrays(lambda weights, values, w_output: np.linalg.norm(
                       weights[:, None] * (values @ w_output.T), axis=1))],
}


@pytest.mark.parametrize("key, answer", [(key, answer) for key in RIGHT for answer in RIGHT[key]])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_right_answers_pass(key, answer, dtype):
    torch.set_default_dtype(dtype)
    verdict = check(key, answer)
    assert verdict.passed and verdict.mistake is None, verdict
    assert verdict.message == STRINGS[f"checks.{key}.passed"]["en"]


def test_every_exercise_is_tried_in_several_styles():
    assert sorted(RIGHT) == KEYS
    assert all(len(answers) >= 3 for answers in RIGHT.values())


# Typical mistakes

def np_queries(inputs, weight, bias):
    return np.array(inputs) @ np.array(weight).T + np.array(bias)


def np_norm(total, scale, shift, divisor):
    total = np.array(total)
    return (total - total.mean(-1, keepdims=True)) / divisor(total) * np.array(scale) + np.array(shift)


def wrong_cell(axis=-1, divisor=lambda w_query: len(w_query) ** 0.5, mask_at="scores", read=(0, 1, 2), out=True,
               stream=1):
    """Return the cell with one thing done wrong.

    Args:
        axis: softmax goes along it.
        divisor: of the scores, from w_query.
        mask_at: where the mask acts: "scores", "weights" or nowhere.
        read: which matrices serve as query, key and value; None in the place of the value leaves the inputs.
        out: whether W_O is used.
        stream: how many times the inputs are added.
    """
    @arrays
    def answer(inputs, mask, w_query, w_key, w_value, w_output):
        given = [w_query, w_key, w_value]
        query, key = (given[place] for place in read[:2])
        value = np.eye(inputs.shape[1]) if read[2] is None else given[read[2]]
        scores = (inputs @ query.T) @ (inputs @ key.T).T / divisor(w_query)
        weights = np_softmax(np.where(mask, scores, -1e9) if mask_at == "scores" else scores, axis)
        context = (weights * mask if mask_at == "weights" else weights) @ inputs @ value.T
        return stream * inputs + (context @ w_output.T if out else context)
    return answer


WRONG = {
    "03.project": {
        "no_bias": lambda x, w, b, head, n: np_queries(x, w, 0 * b)[:, head * len(w) // n:(head + 1) * len(w) // n],
        "not_transposed": lambda x, w, b, head, n: (x @ w + b).chunk(n, dim=-1)[head],
        "every_nth": lambda x, w, b, head, n: np_queries(x, w, b)[:, head::n],
        "reshaped": lambda x, w, b, head, n: np_queries(x, w, b).reshape(n, len(x), len(w) // n)[head],
        "all_heads": lambda x, w, b, head, n: np_queries(x, w, b),
        "first_head": lambda x, w, b, head, n: np_queries(x, w, b)[:, :len(w) // n],
    },
    "03.nudge": {
        "no_scale": lambda score, change, key, neuron: float(score) + change * float(key[neuron]),
        "divided_by_d": lambda score, change, key, neuron: score + change * float(key[neuron]) / len(key),
        "key_forgotten": lambda score, change, key, neuron: score + change / math.sqrt(len(key)),
        "whole_key": lambda score, change, key, neuron: score + float(sum(change * key)) / math.sqrt(len(key)),
        "change_alone": lambda score, change, key, neuron: change * float(key[neuron]) / math.sqrt(len(key)),
        "scaled_again": lambda score, change, key, neuron: (score + change * float(key[neuron])) / math.sqrt(len(key)),
        "replaced": lambda score, change, key, neuron: score + (change - 1) * float(key[neuron]) / math.sqrt(len(key)),
    },
    "03.share": {
        "rows": lambda context, w, head: context @ w.chunk(len(w) // context.shape[-1], dim=0)[head],
        "every_nth": lambda context, w, head: context @ w[:, head::len(w) // context.shape[-1]].T,
        "first_head": lambda context, w, head: np.array(context) @ np.array(w)[:, :context.shape[-1]].T,
        "no_w_output": lambda context, w, head: context.tolist(),
    },
    "03.norm": {
        "no_residual": lambda x, new, scale, shift, eps: functional.layer_norm(new, scale.shape, scale, shift, eps),
        "norm_first": lambda x, new, scale, shift, eps: functional.layer_norm(x, scale.shape, scale, shift, eps) + new,
        "no_norm": lambda x, new, scale, shift, eps: (x + new).numpy(),
        "no_scale_and_shift": lambda x, new, scale, shift, eps: functional.layer_norm(x + new, scale.shape, eps=eps),
        "over_tokens": lambda x, new, scale, shift, eps: (
            x + new - (x + new).mean(0)) / ((x + new).var(0, correction=0) + eps).sqrt() * scale + shift,
        "one_less": lambda x, new, scale, shift, eps: np_norm(
            x + new, scale, shift, lambda y: np.sqrt(y.var(-1, keepdims=True, ddof=1) + eps)),
        "no_root": lambda x, new, scale, shift, eps: np_norm(
            x + new, scale, shift, lambda y: y.var(-1, keepdims=True) + eps),
        "eps_outside": lambda x, new, scale, shift, eps: np_norm(
            x + new, scale, shift, lambda y: y.std(-1, keepdims=True) + eps),
    },
    "03.cell": {
        "no_residual": wrong_cell(stream=0),
        "after_softmax": wrong_cell(mask_at="weights"),
        "no_mask": wrong_cell(mask_at="nowhere"),
        "over_queries": wrong_cell(axis=0),
        "no_scale": wrong_cell(divisor=lambda w_query: 1),
        "divided_by_d": wrong_cell(divisor=len),
        "root_of_d_model": wrong_cell(divisor=lambda w_query: w_query.shape[1] ** 0.5),
        "no_values": wrong_cell(read=(0, 1, None), out=False),
        "keys_as_values": wrong_cell(read=(0, 1, 1)),
        "no_w_output": wrong_cell(out=False),
        "swapped": wrong_cell(read=(1, 0, 2)),
    },
    "03.brought": {
        "weights_alone": lambda weights, values, w: weights.tolist(),
        "no_weights": lambda weights, values, w: np.linalg.norm(np.array(values) @ np.array(w).T, axis=1),
        "no_w_output": lambda weights, values, w: np.array(weights) * np.linalg.norm(np.array(values), axis=1),
        "not_transposed": lambda weights, values, w: weights * (values @ w).norm(dim=1),
        "squared": lambda weights, values, w: weights * ((values @ w.T) ** 2).sum(1),
        "sum_of_numbers": lambda weights, values, w: weights * (values @ w.T).sum(1),
        "over_keys": lambda weights, values, w: (weights[:, None] * (values @ w.T)).norm(dim=0),
        "together": lambda weights, values, w: (w @ (weights @ values)).norm(),
    },
}

OTHER_WAYS = [
    ("03.nudge", "key_forgotten", lambda score, change, key, neuron: score + change),
    ("03.norm", "norm_first", lambda x, new, scale, shift, eps: x + functional.layer_norm(
        new, scale.shape, scale, shift, eps)),
    ("03.share", "no_w_output", lambda context, w, head: torch.nn.functional.pad(
        context, (head * context.shape[-1], len(w) - (head + 1) * context.shape[-1]))),
    ("03.cell", "no_w_output", wrong_cell(out=False, stream=0)),
]


@pytest.mark.parametrize("key, name", [(key, name) for key in WRONG for name in WRONG[key]])
def test_each_mistake_is_named(key, name):
    for code in ("en", "zh"):
        assert_named(key, name, WRONG[key][name], code)


@pytest.mark.parametrize("key, name, answer", OTHER_WAYS)
def test_a_mistake_is_named_however_it_is_made(key, name, answer):
    assert check(key, answer).mistake == name


@pytest.mark.parametrize("key", KEYS)
def test_every_mistake_has_a_test(key):
    assert {mistake.name for mistake in EXERCISES[key].mistakes} == set(WRONG[key])


# Stubs, bad answers, hints
