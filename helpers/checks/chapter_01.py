"""Chapter 01: weighted average, softmax, scores, the scale, the mask, attention, and reading a head."""

import math

import torch
from torch import Tensor
from torch.nn.functional import cosine_similarity, softmax

from .. import attention
from .exercise import Mistake
from .functions import FunctionExercise, wave
from .heads import best_heads, facts_about, leaning_to, places
from .values import ValueExercise


def holes(n_queries: int, n_keys: int) -> Tensor:
    """Return a mask with True and False in every row and every column."""
    return (torch.arange(n_queries)[:, None] + torch.arange(n_keys)) % 3 > 0         # (query, key)


def weights_of(queries: Tensor, keys: Tensor, power: float = 0.5) -> Tensor:
    """Return attention weights with scores divided by d_head ** power; 0.5 is right."""
    return softmax(queries @ keys.T / keys.shape[-1] ** power, dim=-1)               # (query, key)


AVERAGE = FunctionExercise(
    key="01.average",
    name="average",
    right=lambda weights, vectors: weights @ vectors,
    cases=(
        {"weights": torch.tensor([0.2, 0.7, 0.1]), "vectors": torch.tensor([[0, 0, 1], [0.9, 0.1, 0], [0.1, 0.9, 0]])},
        *({"weights": softmax(wave(n), dim=0), "vectors": wave(n, d, start=3)} for n, d in ((4, 4), (3, 5), (5, 2))),
    ),
    mistakes=(
        Mistake("plain_mean", lambda weights, vectors: vectors.mean(0)),
        Mistake("plain_sum", lambda weights, vectors: vectors.sum(0)),
        Mistake("not_summed", lambda weights, vectors: weights[:, None] * vectors),
        Mistake("wrong_axis", lambda weights, vectors: (weights[:, None] * vectors).sum(1)),
        Mistake("divided_again", lambda weights, vectors: (weights[:, None] * vectors).mean(0)),
        Mistake("weighted_columns", lambda weights, vectors: (weights * vectors).sum(0)),
        Mistake("weighted_columns", lambda weights, vectors: (weights * vectors).sum(1)),
    ),
)

SOFTMAX = FunctionExercise(
    key="01.softmax",
    name="softmax",
    right=attention.attention_weights,
    cases=(
        {"scores": torch.tensor([[2.0, 0, 1], [1, 3, 0], [0, -1, 2]])},
        *({"scores": wave(*shape)} for shape in ((4, 4), (3, 5), (5, 2))),
    ),
    extreme_cases=({"scores": 10_000 + wave(3, 4).round()},),
    mistakes=(
        Mistake("wrong_axis", lambda scores: softmax(scores, dim=0)),
        Mistake("over_everything", lambda scores: softmax(scores.flatten(), dim=0).view_as(scores)),
        Mistake("no_keepdim", lambda scores: scores.exp() / scores.exp().sum(-1)),
        Mistake("exp_only", lambda scores: scores.exp()),
        Mistake("no_exp", lambda scores: scores / scores.sum(-1, keepdim=True)),
        Mistake("base_2", lambda scores: softmax(scores * math.log(2), dim=-1)),
        Mistake("overflow", lambda scores: scores.exp() / scores.exp().sum(-1, keepdim=True)),
    ),
)

SCORES = FunctionExercise(
    key="01.scores",
    name="scores_for_one",
    right=attention.attention_scores,
    cases=(
        {"query": torch.tensor([1.0, 0, 2]), "keys": torch.tensor([[1.0, 0, 2], [0, 3, 1], [4, 1, 0]])},
        *({"query": wave(d, start=1), "keys": wave(n, d)} for n, d in ((4, 4), (3, 5), (6, 2))),
    ),
    mistakes=(
        Mistake("no_scale", lambda query, keys: keys @ query),
        Mistake("divided_by_d", lambda query, keys: keys @ query / len(query)),
        Mistake("multiplied", lambda query, keys: keys @ query * math.sqrt(len(query))),
        Mistake("root_of_keys", lambda query, keys: keys @ query / math.sqrt(len(keys))),
        Mistake("fixed_width", lambda query, keys: keys @ query / 2),
        Mistake("not_summed", lambda query, keys: keys * query / math.sqrt(len(query))),
        Mistake("not_summed", lambda query, keys: keys * query),
        Mistake("cosine", lambda query, keys: cosine_similarity(keys, query[None], dim=-1)),
        Mistake("columns", lambda query, keys: query @ keys / math.sqrt(len(query))),
        Mistake("columns", lambda query, keys: query @ keys),
        Mistake("already_weights", lambda query, keys: softmax(keys @ query / math.sqrt(len(query)), dim=-1)),
    ),
)

SCALE = FunctionExercise(
    key="01.scale",
    name="scaled",
    right=lambda scores, d_head: scores / math.sqrt(d_head),
    cases=(
        {"products": torch.tensor([[8.0, -4, 2], [0, 12, 6]]), "d_head": 16},
        *({"products": 9 * wave(3, 5), "d_head": d_head} for d_head in (3, 64, 100)),
    ),
    mistakes=(
        Mistake("divided_by_d", lambda scores, d_head: scores / d_head),
        Mistake("multiplied", lambda scores, d_head: scores * math.sqrt(d_head)),
        Mistake("unchanged", lambda scores, d_head: scores),
        Mistake("root_of_2d", lambda scores, d_head: scores / math.sqrt(2 * d_head)),
        Mistake("root_of_keys", lambda scores, d_head: scores / math.sqrt(scores.shape[-1])),
    ),
)

MASK = FunctionExercise(
    key="01.mask",
    name="masked_weights",
    right=attention.attention_weights,
    cases=(
        {"scores": torch.tensor([[2.0, 0, 1], [1, 3, 0], [0, -1, 2]]), "mask": holes(3, 3)},
        *({"scores": wave(n, m), "mask": holes(n, m)} for n, m in ((4, 4), (3, 5))),
    ),
    mistakes=(
        Mistake("after_softmax", lambda scores, mask: softmax(scores, dim=-1) * mask),
        Mistake("inverted", lambda scores, mask: attention.attention_weights(scores, ~mask)),
        Mistake("zero_scores", lambda scores, mask: softmax(scores * mask, dim=-1)),
        Mistake("added", lambda scores, mask: softmax(scores + mask, dim=-1)),
        Mistake("over_queries", lambda scores, mask: attention.attention_weights(scores.T, mask.T).T),
        Mistake("ignored", lambda scores, mask: softmax(scores, dim=-1)),
        Mistake("zero_times_infinity", lambda scores, mask: scores * torch.nan),
    ),
)

ATTENTION = FunctionExercise(
    key="01.attention",
    name="attention",
    right=lambda queries, keys, values: attention.scaled_dot_product_attention(queries, keys, values)[0],
    cases=tuple({"queries": wave(n, d, start=1), "keys": wave(m, d, start=2), "values": wave(m, d_value, start=3)}
                for n, m, d, d_value in ((3, 3, 3, 3), (4, 4, 4, 4), (2, 5, 3, 3), (3, 4, 2, 5))),
    mistakes=(
        Mistake("weights_alone", lambda queries, keys, values: weights_of(queries, keys)),
        Mistake("both", lambda queries, keys, values: (weights_of(queries, keys) @ values, weights_of(queries, keys))),
        Mistake("over_queries", lambda queries, keys, values: weights_of(keys, queries).T @ values),
        Mistake("no_scale", lambda queries, keys, values: weights_of(queries, keys, power=0) @ values),
        Mistake("divided_by_d", lambda queries, keys, values: weights_of(queries, keys, power=1) @ values),
        Mistake("no_softmax", lambda queries, keys, values: attention.attention_scores(queries, keys) @ values),
        Mistake("keys_as_values", lambda queries, keys, values: weights_of(queries, keys) @ keys),
        Mistake("transposed", lambda queries, keys, values: weights_of(queries, keys).T @ values),
        Mistake("swapped", lambda queries, keys, values: weights_of(keys, queries) @ values),
    ),
)

HEAD = ValueExercise(
    key="01.head",
    right=lambda record: best_heads("previous", record),
    mistakes=(
        Mistake("swapped", lambda record: {(head, layer) for layer, head in best_heads("previous", record)}),
        Mistake("from_one", lambda record: {(layer + 1, head + 1) for layer, head in best_heads("previous", record)}),
        Mistake("next_token", lambda record: leaning_to("next", record)),
        Mistake("same_token", lambda record: leaning_to("same", record)),
        Mistake("special_tokens", lambda record: leaning_to("special", record)),
    ),
    places=places,
    facts=facts_about("previous"),
)

EXERCISES = (AVERAGE, SOFTMAX, SCORES, SCALE, MASK, ATTENTION, HEAD)
