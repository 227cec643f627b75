"""The checks of chapter 01: its answers, right and wrong, written afresh, most of them in numpy; and a head to find."""

import math

import numpy as np
import pytest
import torch
from checking import heads_record, judged, np_softmax, pointing, record_of

from helpers.checks import EXERCISES, check


def softmax_by_loops(scores):
    rows = []
    for row in scores:
        largest = max(float(score) for score in row)
        powers = [math.exp(float(score) - largest) for score in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def average_by_loops(weights, vectors):
    total = torch.zeros(len(vectors[0]))
    for weight, vector in zip(weights, vectors, strict=True):
        total += weight * vector
    return total


def scores_by_loops(query, keys):
    return [sum(float(q) * float(k) for q, k in zip(query, key, strict=True)) / len(query) ** 0.5 for key in keys]


def masked_by_loops(scores, mask):
    kept = [[math.exp(s) if m else 0.0 for s, m in zip(*rows, strict=True)]
            for rows in zip(scores.tolist(), mask.tolist(), strict=True)]
    return tuple([power / sum(row) for power in row] for row in kept)


def masked_in_place(scores, mask):
    scores[~mask] = -1e9
    return scores.softmax(-1)


def renormalised(scores, mask):
    weights = np_softmax(scores) * np.asarray(mask)
    return weights / weights.sum(-1, keepdims=True)


def attention_in_numpy(queries, keys, values):
    queries, keys, values = np.array(queries), np.array(keys), np.array(values)
    return np_softmax(queries @ keys.T / np.sqrt(keys.shape[1])) @ values


def attention_by_torch(queries, keys, values):
    return torch.nn.functional.scaled_dot_product_attention(queries, keys, values)


RIGHT = {
    "01.average": [lambda weights, vectors: weights @ vectors, average_by_loops,
                   lambda weights, vectors: torch.ones(len(weights)) @ (weights[:, None] * vectors),
                   lambda weights, vectors: np.average(np.array(vectors), axis=0, weights=np.array(weights)),
                   lambda weights, vectors: (weights[:, None] * vectors).sum(0) / weights.sum(),
                   lambda weights, vectors: [round(float(x), 4) for x in weights @ vectors]],
    "01.softmax": [lambda scores: torch.softmax(scores, dim=-1), np_softmax, softmax_by_loops,
                   lambda scores: np.exp(scores - np.max(scores, axis=-1, keepdims=True))
                   / np.sum(np.exp(scores - np.max(scores, axis=-1, keepdims=True)), axis=-1, keepdims=True),
                   lambda scores: scores.log_softmax(1).exp().requires_grad_()],
    "01.scores": [lambda query, keys: keys @ query / query.shape[-1] ** 0.5, scores_by_loops,
                  lambda query, keys: np.dot(np.array(keys), np.array(query)) / np.sqrt(len(query)),
                  lambda query, keys: [torch.dot(query, key) / math.sqrt(len(key)) for key in keys]],
    "01.scale": [lambda scores, d_head: scores / math.sqrt(d_head), lambda scores, d_head: scores * d_head ** -0.5,
                 lambda scores, d_head: [[float(score) / d_head ** 0.5 for score in row] for row in scores],
                 lambda scores, d_head: scores / torch.sqrt(torch.tensor(d_head))],
    "01.mask": [lambda scores, mask: scores.masked_fill(~mask, -torch.inf).softmax(-1), masked_by_loops,
                masked_in_place, renormalised,
                lambda scores, mask: np_softmax(np.where(np.array(mask), np.array(scores), -np.inf))],
    "01.attention": [attention_by_torch, attention_in_numpy,
                     lambda queries, keys, values: [np_softmax(scores_by_loops(query, keys)) @ np.array(values)
                                                    for query in queries]],
}


def np_attention(queries, keys, values, *, power=0.5, axis=-1):
    queries, keys, values = np.array(queries), np.array(keys), np.array(values)
    return np_softmax(queries @ keys.T / keys.shape[1] ** power, axis) @ values


def np_masked(scores, mask, axis=-1, fill=-1e9):
    return np_softmax(np.where(np.array(mask), np.array(scores), fill), axis)


def column(vector):
    return np.array(vector)[:, None]


WRONG = {
    "01.average": {
        "plain_mean": lambda weights, vectors: np.array(vectors).mean(axis=0),
        "plain_sum": lambda weights, vectors: sum(np.array(vector) for vector in vectors),
        "not_summed": lambda weights, vectors: [float(w) * np.array(v) for w, v in zip(weights, vectors, strict=True)],
        "wrong_axis": lambda weights, vectors: np.sum(column(weights) * np.array(vectors), axis=1),
        "divided_again": lambda weights, vectors: np.array(weights) @ np.array(vectors) / len(weights),
        "weighted_columns": lambda weights, vectors: np.sum(np.array(weights) * np.array(vectors), axis=0),
    },
    "01.softmax": {
        "wrong_axis": lambda scores: np_softmax(scores, axis=0),
        "over_everything": lambda scores: np.exp(np.array(scores)) / np.exp(np.array(scores)).sum(),
        "no_keepdim": lambda scores: np.exp(np.array(scores)) / np.exp(np.array(scores)).sum(axis=1),
        "exp_only": lambda scores: [[math.exp(score) for score in row] for row in scores],
        "no_exp": lambda scores: [np.array(row) / sum(row.tolist()) for row in scores],
        "base_2": lambda scores: 2 ** np.array(scores) / (2 ** np.array(scores)).sum(axis=1, keepdims=True),
        "overflow": lambda scores: np.exp(np.array(scores)) / np.exp(np.array(scores)).sum(axis=1, keepdims=True),
    },
    "01.scores": {
        "no_scale": lambda query, keys: [float(np.dot(query, key)) for key in keys],
        "divided_by_d": lambda query, keys: np.array(keys) @ np.array(query) / len(query),
        "multiplied": lambda query, keys: np.array(keys) @ np.array(query) * len(query) ** 0.5,
        "root_of_keys": lambda query, keys: np.array(keys) @ np.array(query) / len(keys) ** 0.5,
        "fixed_width": lambda query, keys: np.array(keys) @ np.array(query) / 4 ** 0.5,
        "not_summed": lambda query, keys: np.array(query) * np.array(keys) / len(query) ** 0.5,
        "cosine": lambda query, keys: [np.dot(query, k) / np.linalg.norm(query) / np.linalg.norm(k) for k in keys],
        "columns": lambda query, keys: np.array(query) @ np.array(keys) / len(query) ** 0.5,
        "already_weights": lambda query, keys: np_softmax(scores_by_loops(query, keys)),
    },
    "01.scale": {
        "divided_by_d": lambda scores, d_head: np.array(scores) / d_head,
        "multiplied": lambda scores, d_head: np.array(scores) * d_head ** 0.5,
        "unchanged": lambda scores, d_head: scores.tolist(),
        "root_of_2d": lambda scores, d_head: np.array(scores) / (2 * d_head) ** 0.5,
        "root_of_keys": lambda scores, d_head: np.array(scores) / len(scores[0]) ** 0.5,
    },
    "01.mask": {
        "after_softmax": lambda scores, mask: np_softmax(scores) * np.array(mask),
        "inverted": lambda scores, mask: np_masked(scores, ~np.array(mask)),
        "zero_scores": lambda scores, mask: np_masked(scores, mask, fill=0),
        "added": lambda scores, mask: np_softmax(np.array(scores) + np.array(mask)),
        "over_queries": lambda scores, mask: np_masked(scores, mask, axis=0),
        "ignored": lambda scores, mask: (scores.masked_fill(mask, -1), scores.softmax(-1))[1],
        "zero_times_infinity": lambda scores, mask: (scores + (1 - mask.float()) * -torch.inf).softmax(-1),
    },
    "01.attention": {
        "weights_alone": lambda q, k, v: np_attention(q, k, np.eye(len(k))),
        "both": lambda q, k, v: (np_attention(q, k, v), np_attention(q, k, np.eye(len(k)))),
        "over_queries": lambda q, k, v: np_attention(q, k, v, axis=0),
        "no_scale": lambda q, k, v: np_attention(q, k, v, power=0),
        "divided_by_d": lambda q, k, v: np_attention(q, k, v, power=1),
        "no_softmax": lambda q, k, v: np.array(q) @ np.array(k).T / len(q[0]) ** 0.5 @ np.array(v),
        "keys_as_values": lambda q, k, v: np_attention(q, k, k),
        "transposed": lambda q, k, v: np_attention(q, k, np.eye(len(k))).T @ np.array(v),
        "swapped": lambda q, k, v: np_attention(k, q, v),
    },
}

OTHER_WAYS = [
    ("01.average", "weighted_columns", lambda weights, vectors: vectors @ weights),
    ("01.scores", "not_summed", lambda query, keys: query * keys),
    ("01.scores", "columns", lambda query, keys: query @ keys),
    ("01.softmax", "overflow", lambda scores: [[math.exp(s) / sum(map(math.exp, row)) for s in row] for row in scores]),
    ("01.softmax", "no_keepdim", lambda scores: scores.exp() / scores.exp().sum(-1)),
    ("01.softmax", "wrong_axis", lambda scores: scores.exp() / scores.exp().sum(0)),
]


# The head that looks back

@pytest.mark.parametrize("answer", [(1, 0), [1, 0], (1, 3), torch.tensor([1, 0]), np.array([1, 3]), (np.int64(1), 0.0)])
def test_the_best_head_and_those_as_good_pass(answer):
    verdict = check("01.head", answer, heads_record())
    assert verdict.passed and "%" in verdict.message, verdict


HEADS = {(0, 1): "swapped", (3, 1): "swapped", (2, 1): "from_one", (2, 4): "from_one", (0, 0): "next_token",
         (0, 2): "special_tokens"}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", HEADS)
def test_each_mistake_about_heads_is_named(answer, code):
    verdict = judged("01.head", answer, code, heads_record())
    assert not verdict.passed and verdict.mistake == HEADS[answer], verdict


def test_a_head_that_looks_at_itself_is_named():
    weights = torch.stack([pointing(0), torch.full((8, 8), 1 / 8), pointing(-1)])[None]
    verdict = check("01.head", (0, 0), record_of(weights))
    assert verdict.mistake == "same_token" and "82%" in verdict.message and "2%" in verdict.message


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer, words", [
    ((0, 3), ["12%"]), ((1, 2), ["74%", "82%"]), ((5, 5), ["5", "1", "3"]), ((-1, 0), ["-1"]),
    (3, ["3"]), ("1, 0", ["1, 0"]), ((1, 0, 0), ["(1, 0, 0)"]), ((0.5, 1), ["0.5"]), ((math.nan, 1), ["nan"]),
    ([], ["[]"]), ([[1, 0], [1]], ["[[1, 0], [1]]"]), (len, ["len"]),
])
def test_other_answers_about_heads_get_a_sentence(answer, words, code):
    verdict = judged("01.head", answer, code, heads_record())
    assert not verdict.passed and verdict.mistake is None
    assert all(word in verdict.message for word in words), verdict


def test_special_tokens_do_not_ask():
    honest, sly = pointing(-1, share=0.5), pointing(-1, share=0.1)
    sly[[0, 4, 7]] = pointing(-1, share=1.0)[[0, 4, 7]]
    record = record_of(torch.stack([sly, honest])[None])
    assert check("01.head", (0, 1), record).passed and not check("01.head", (0, 0), record).passed


def test_every_mistake_about_heads_has_a_test():
    assert {mistake.name for mistake in EXERCISES["01.head"].mistakes} == {*HEADS.values(), "same_token"}
