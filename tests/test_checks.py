"""The exercise checks: right answers of any style pass, typical mistakes are named, nothing a learner does raises.

Every wrong answer here is written afresh, most of them in numpy, and not taken from the checks' own tables. Here stand
the machinery and the answers of chapters 00 and 01; the answers of later chapters have a file each, and what holds of
every function exercise stands in test_checks_all.py.
"""

import doctest
import importlib
import json
import math
import sys
from dataclasses import FrozenInstanceError
from html.parser import HTMLParser

import numpy as np
import pytest
import torch
from checking import FURTHER_KINDS, assert_named, chinese

import helpers.checks
from helpers import text
from helpers.checks import EXERCISES, check, hint, numbers
from helpers.models.records import AttentionRecord, BertRecord
from helpers.text import STRINGS, CourseError, language

FIRST_CHAPTERS = [key for key in EXERCISES if key < "02"]
FUNCTIONS = [key for key in FIRST_CHAPTERS if hasattr(EXERCISES[key], "cases") and not key.endswith(FURTHER_KINDS)]


# Right answers

def np_softmax(scores, axis=-1):
    scores = np.asarray(scores, dtype=float)
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


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
    "00.rows": [lambda weights: weights.sum(dim=-1), lambda weights: np.asarray(weights).sum(axis=3),
                lambda weights: torch.einsum("lhqk->lhq", weights)],
    "00.strongest": [lambda weights, query: int(weights[query].argmax()),
                     lambda weights, query: weights[query].argmax(),
                     lambda weights, query: max(range(len(weights)), key=lambda key: weights[query][key])],
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


@pytest.mark.parametrize("key, answer", [(key, answer) for key in RIGHT for answer in RIGHT[key]])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_right_answers_pass(key, answer, dtype):
    torch.set_default_dtype(dtype)
    verdict = check(key, answer)
    assert verdict.passed and verdict.mistake is None and verdict.kind == "right", verdict
    assert verdict.message == STRINGS[f"checks.{key}.passed"]["en"]


def test_every_function_exercise_is_tried_in_several_styles():
    assert sorted(RIGHT) == sorted(FUNCTIONS)
    assert all(len(answers) >= 3 for answers in RIGHT.values())


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
@pytest.mark.parametrize("key", FUNCTIONS)
def test_any_float_dtype_is_accepted_and_mistakes_are_still_seen(key, dtype):
    def answer(*inputs):
        return torch.as_tensor(RIGHT[key][0](*inputs)).to(dtype)

    assert check(key, answer).passed
    assert not check(key, lambda *inputs: 1.5 * answer(*inputs)).passed


def test_a_function_that_changes_its_inputs_does_not_corrupt_the_check():
    def vandal(scores):
        result = torch.softmax(scores, dim=-1)
        scores.zero_()
        return result

    assert check("01.softmax", vandal).passed and check("01.softmax", vandal).passed
    assert check("01.softmax", np_softmax).passed


# Typical mistakes

def np_attention(queries, keys, values, *, power=0.5, axis=-1):
    queries, keys, values = np.array(queries), np.array(keys), np.array(values)
    return np_softmax(queries @ keys.T / keys.shape[1] ** power, axis) @ values


def np_masked(scores, mask, axis=-1, fill=-1e9):
    return np_softmax(np.where(np.array(mask), np.array(scores), fill), axis)


def column(vector):
    return np.array(vector)[:, None]


WRONG = {
    "00.rows": {
        "over_queries": lambda weights: np.array(weights).sum(axis=2),
        "over_heads": lambda weights: np.array(weights).sum(axis=1),
        "over_layers": lambda weights: sum(np.array(layer) for layer in weights),
        "everything": lambda weights: float(np.array(weights).sum()),
        "mean": lambda weights: np.array(weights).mean(axis=3),
    },
    "00.strongest": {
        "column": lambda weights, query: int(np.argmax(np.array(weights)[:, query])),
        "whole_table": lambda weights, query: int(np.argmax(np.array(weights))),
        "weight": lambda weights, query: max(weights[query].tolist()),
        "from_one": lambda weights, query: int(np.argmax(np.array(weights)[query])) + 1,
        "weakest": lambda weights, query: int(np.argmin(np.array(weights)[query])),
    },
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


@pytest.mark.parametrize("key, name", [(key, name) for key in WRONG for name in WRONG[key]])
def test_each_mistake_is_named(key, name):
    for code in ("en", "zh"):
        assert_named(key, name, WRONG[key][name], code)


@pytest.mark.parametrize("key, name, answer", OTHER_WAYS)
def test_a_mistake_is_named_however_it_is_made(key, name, answer):
    assert check(key, answer).mistake == name


@pytest.mark.parametrize("key", FUNCTIONS)
def test_every_mistake_has_a_test_and_none_hides_another(key):
    exercise = EXERCISES[key]
    assert {mistake.name for mistake in exercise.mistakes} == set(WRONG[key]) and len(WRONG[key]) >= 3
    for mistake in exercise.mistakes:
        assert check(key, mistake.wrong).mistake == mistake.name


def test_a_mistake_is_recognised_in_float64_lessons_too():
    torch.set_default_dtype(torch.float64)
    for key, wrong in WRONG.items():
        for name, answer in wrong.items():
            assert check(key, answer).mistake == name


# Answers read from a record

def record_of(weights, tokens=None):
    """Return a record of one sentence pair, or of given tokens."""
    tokens = tokens or ("[CLS]", "the", "dog", "ran", "[SEP]", "it", "slept", "[SEP]")
    start = tokens.index("[SEP]") + 1
    start = start if start < len(tokens) else None
    segment_ids = tuple(int(start is not None and place >= start) for place in range(len(tokens)))
    return AttentionRecord(tokens, segment_ids, start, weights)


def pointing(offset, n_tokens=8, share=0.8):
    """Return the weights of a head that gives `share` to the token `offset` away, the rest evenly."""
    weights = torch.full((n_tokens, n_tokens), (1 - share) / n_tokens)
    for query in range(n_tokens):
        weights[query, min(max(query + offset, 0), n_tokens - 1)] += share
    return weights


def resting(places, n_tokens=8):
    weights = torch.full((n_tokens, n_tokens), 0.02)
    weights[:, places] = (1 - 0.02 * (n_tokens - len(places))) / len(places)
    return weights


def heads_record():
    """Return 2 layers x 4 heads; (1, 0) and, a little less, (1, 3) are the previous-token heads."""
    even = torch.full((8, 8), 1 / 8)
    layers = [[pointing(1), pointing(0), resting([0, 4, 7]), even],
              [pointing(-1), even, pointing(-1, share=0.7), pointing(-1, share=0.77)]]
    return record_of(torch.stack([torch.stack(heads) for heads in layers]))


@pytest.mark.parametrize("answer", [(1, 0), [1, 0], (1, 3), torch.tensor([1, 0]), np.array([1, 3]), (np.int64(1), 0.0)])
def test_the_best_head_and_those_as_good_pass(answer):
    verdict = check("01.head", answer, heads_record())
    assert verdict.passed and "%" in verdict.message, verdict


HEADS = {(0, 1): "swapped", (3, 1): "swapped", (2, 1): "from_one", (2, 4): "from_one", (0, 0): "next_token",
         (0, 2): "special_tokens"}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", HEADS)
def test_each_mistake_about_heads_is_named(answer, code):
    language(code)
    verdict = check("01.head", answer, heads_record())
    assert not verdict.passed and verdict.mistake == HEADS[answer], verdict
    assert chinese(verdict.message) == (code == "zh")


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
    language(code)
    verdict = check("01.head", answer, heads_record())
    assert not verdict.passed and verdict.mistake is None
    assert all(word in verdict.message for word in words), verdict
    assert chinese(verdict.message) == (code == "zh")


def test_special_tokens_do_not_ask():
    honest, sly = pointing(-1, share=0.5), pointing(-1, share=0.1)
    sly[[0, 4, 7]] = pointing(-1, share=1.0)[[0, 4, 7]]
    record = record_of(torch.stack([sly, honest])[None])
    assert check("01.head", (0, 1), record).passed and not check("01.head", (0, 0), record).passed


def pair_record():
    """Return the record of a pair, as a model gives it; sentence B begins at 5."""
    empty = torch.zeros(0)
    names = ("word_embeddings", "position_embeddings", "segment_embeddings", "hidden_states", "queries", "keys",
             "values", "scores", "context", "attention_outputs", "attended_states")
    tokens = ("[CLS]", "the", "dog", "ran", "[SEP]", "it", "slept", "[SEP]")
    return BertRecord(tokens, (0,) * 5 + (1,) * 3, 5, torch.zeros(1, 1, 8, 8), token_ids=tuple(range(8)),
                      sentences=("the dog ran", "it slept"), spans=((0, 0),) * 8, **dict.fromkeys(names, empty))


@pytest.mark.parametrize("answer", [5, 5.0, torch.tensor(5), np.int32(5), [5]])
def test_the_start_of_sentence_b_passes(answer):
    assert check("00.first", answer, pair_record()).passed
    assert check("00.first", answer, heads_record()).passed


FIRSTS = {6: "from_one", 4: "separator", 3: "specials_left_out", 11: "characters", 8: "all_tokens", 7: "all_tokens"}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", FIRSTS)
def test_each_mistake_about_the_start_is_named(answer, code):
    language(code)
    verdict = check("00.first", answer, pair_record())
    assert verdict.mistake == FIRSTS[answer] and str(answer) in verdict.message
    assert chinese(verdict.message) == (code == "zh")


@pytest.mark.parametrize("answer, words", [(2, "'dog'"), (99, "99"), (-1, "-1"), ("5", "5"), (5.5, "5.5"),
                                           ((1, 2), "(1, 2)"), (10 ** 400, "1000")])
def test_other_places_get_a_sentence(answer, words):
    verdict = check("00.first", answer, pair_record())
    assert not verdict.passed and verdict.mistake is None and words in verdict.message


def test_every_mistake_about_values_has_a_test():
    assert {mistake.name for mistake in EXERCISES["01.head"].mistakes} == {*HEADS.values(), "same_token"}
    assert {mistake.name for mistake in EXERCISES["00.first"].mistakes} == set(FIRSTS.values())


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key, answer", [("00.first", 1), ("01.head", (0, 0))])
def test_a_record_that_does_not_serve_gets_a_sentence(key, answer, code):
    language(code)
    for record in (None, "record", torch.zeros(2, 2)):
        verdict = check(key, answer, record)
        assert not verdict.passed and f'check("{key}"' in verdict.message
        assert type(record).__name__ in verdict.message and chinese(verdict.message) == (code == "zh")
    lonely = record_of(torch.ones(1, 1, 2, 2) / 2, tokens=("[CLS]", "[SEP]"))
    verdict = check(key, answer, lonely)
    assert verdict.message == STRINGS[f"checks.{key}.unsuitable_record"][code]


# Not attempted, and everything else a learner can hand in

def stub(*inputs):
    ...


def not_written(*inputs):
    raise NotImplementedError


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key", EXERCISES)
def test_stubs_are_not_attempted(key, code):
    language(code)
    answers = [None, ...] + [stub, not_written, lambda *inputs: ...] * hasattr(EXERCISES[key], "cases")
    for verdict in [check(key), *(check(key, answer, heads_record()) for answer in answers)]:
        assert verdict.kind == "open" and not verdict.passed and verdict.mistake is None
        assert str(verdict).startswith("…") and f'hint("{key}")' in verdict.message
        assert chinese(verdict.message) == (code == "zh")


def raising(error):
    def answer(*inputs):
        raise error
    return answer


class Odd:
    def __array__(self, dtype=None, copy=None):
        raise ValueError("no array")


BAD = {
    "raises": (raising(ValueError("my <b>words</b>\nand more")), ["ValueError", "my <b>words</b>", "(3, 3)"]),
    "raises without words": (raising(KeyError()), ["KeyError", "(3, 3)"]),
    "too few arguments": (lambda: 1, ["TypeError", "(3, 3)"]),
    "unknown name": (lambda scores: scorez, ["NameError", "scorez"]),  # noqa: F821
    "text": (lambda scores: "0.5", ["str", "(3, 3)"]),
    "dictionary": (lambda scores: {"weights": scores}, ["dict"]),
    "generator": (lambda scores: (row for row in scores), ["generator"]),
    "ragged": (lambda scores: [[1.0, 2.0], [3.0]], ["list"]),
    "empty list": (lambda scores: [], ["list"]),
    "complex": (lambda scores: scores * 1j, ["Tensor"]),
    "no array": (lambda scores: Odd(), ["Odd"]),
    "wrong shape": (lambda scores: scores[0], ["(3, 3)", "(3,)"]),
    "extra axis": (lambda scores: scores[None], ["(3, 3)", "(1, 3, 3)"]),
    "one number": (lambda scores: 3.5, ["(3, 3)"]),
    "not finite": (lambda scores: (scores * math.nan), ["nan", "[0, 0]", "0.665"]),
    "infinite": (lambda scores: scores / 0 * 0 + math.inf, ["[0, 0]"]),
    "wrong numbers": (lambda scores: scores - 1, ["[0, 0]", "0.66524"]),
    "wrong in one place": (lambda scores: torch.softmax(scores, -1) + (scores == 3) * 0.01, ["[1, 1]"]),
    "not a function": (3.5, ["float", 'check("01.softmax", softmax)']),
    "a result in place of the function": (torch.ones(3, 3), ["Tensor", 'check("01.softmax", softmax)']),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_bad_answers_get_a_sentence_and_never_raise(name, code):
    answer, words = BAD[name]
    language(code)
    verdict = check("01.softmax", answer)
    assert not verdict.passed and verdict.mistake is None and verdict.kind == "wrong"
    assert all(word in verdict.message for word in words), verdict
    assert "\n" not in verdict.message and chinese(verdict.message) == (code == "zh")


def test_a_long_error_is_cut():
    assert len(check("01.softmax", raising(ValueError("x" * 10_000))).message) < 400


class Mute(Exception):
    def __str__(self):
        raise SystemExit(1)


class Touchy:
    def __repr__(self):
        raise SystemExit(2)

    def __array__(self, dtype=None, copy=None):
        raise SystemExit(3)


@pytest.mark.parametrize("answer, word", [(lambda scores: sys.exit(3), "SystemExit"),
                                          (raising(GeneratorExit()), "GeneratorExit"), (raising(Mute()), "Mute"),
                                          (lambda scores: Touchy(), "Touchy")])
def test_whatever_an_answer_raises_becomes_a_verdict(answer, word):
    verdict = check("01.softmax", answer)
    assert verdict.kind == "wrong" and word in verdict.message


def test_a_place_that_cannot_be_written_gets_a_sentence():
    assert "Touchy" in check("01.head", Touchy(), heads_record()).message
    assert check("04.apart", [Touchy()] * 3).kind == "wrong"
    assert check("04.apart", [np.zeros(2), torch.zeros(2), "random"]).kind == "wrong"


def test_a_sparse_result_is_read_like_any_other():
    assert check("01.softmax", lambda scores: torch.softmax(scores, -1).to_sparse()).passed
    assert check("01.softmax", lambda scores: scores.exp().to_sparse()).mistake == "exp_only"


@pytest.mark.parametrize("answer, says", [(None, "…"), (lambda scores: scores, "✗")])
def test_strict_use_raises_what_is_not_right(monkeypatch, answer, says):
    with pytest.raises(AssertionError, match=says):
        check("01.softmax", answer, strict=True)
    monkeypatch.setenv("SEEING_ATTENTION_STRICT", "1")
    with pytest.raises(AssertionError, match=says):
        check("01.softmax", answer)
    assert not check("01.softmax", answer, strict=False).passed
    assert check("01.softmax", np_softmax).passed


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        check("01.softmax", raising(KeyboardInterrupt()))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("ask", [lambda key: check(key, None), hint])
def test_an_unknown_exercise_lists_those_there_are(ask, code):
    language(code)
    for key in ("01.softmaxx", None, np_softmax, ["01.softmax"]):
        with pytest.raises(CourseError) as caught:
            ask(key)
        assert all(known in str(caught.value) for known in EXERCISES) and chinese(str(caught.value)) == (code == "zh")


# Hints

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key", EXERCISES)
def test_hints_come_one_by_one_and_begin_again(key, code):
    language(code)
    written = [sentence[code] for sentence in EXERCISES[key].hints]
    given = [hint(key) for _ in range(len(written) + 1)]
    assert [note.message for note in given] == [*written, written[0]]
    assert len(set(written)) == len(written) >= 2
    steps = [*range(1, len(written) + 1), 1]
    assert all(str(step) in note.lead and str(len(written)) in note.lead
               for step, note in zip(steps, given, strict=True))
    assert all(chinese(note.message) == (code == "zh") for note in given)


def test_the_hints_of_softmax_go_from_a_nudge_to_the_line():
    first, second, third = (hint("01.softmax").message for _ in range(3))
    assert first.startswith("Three steps") and "keepdim=True" in second and "exp(10000)" in third


def test_each_exercise_counts_its_own_hints():
    first = hint("01.softmax")
    assert hint("01.mask").lead == first.lead
    assert hint("01.softmax") != first


# How a verdict shows itself

class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


NOTES = {
    "right": lambda: check("01.softmax", np_softmax),
    "wrong": lambda: check("01.softmax", raising(ValueError('</div><script>alert(1)</script><img onerror="x">'))),
    "open": lambda: check("01.softmax", None),
    "hint": lambda: hint("01.softmax"),
}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("kind", NOTES)
def test_a_note_shows_itself_as_text_and_as_a_box(kind, code):
    language(code)
    note = NOTES[kind]()
    bundle = note._repr_mimebundle_()
    assert note.kind == kind and set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == str(note) == repr(note) == note.lead + note.message
    assert note.lead[0] == {"right": "✓", "wrong": "✗", "open": "…", "hint": "→"}[kind] and len(note.lead) > 3
    page = Tags(bundle["text/html"])
    assert [tag for tag, _ in page.seen] == ["div", "strong"] and not page.open
    assert page.words == str(note) and page.seen[0][1]["lang"] == code
    style = page.seen[0][1]["style"]
    assert "rgba(" in style and "0.12" in style and " color:" not in style and "http" not in bundle["text/html"]


def test_the_signs_and_tints_differ():
    notes = [make() for make in NOTES.values()]
    tints = {Tags(note._repr_mimebundle_()["text/html"]).seen[0][1]["style"] for note in notes}
    assert len({note.lead[0] for note in notes}) == len(tints) == 4


def test_verdicts_are_frozen_and_deterministic():
    first, second = (check("01.softmax", lambda scores: scores - 1) for _ in range(2))
    assert first == second and json.dumps(first._repr_mimebundle_()) == json.dumps(second._repr_mimebundle_())
    with pytest.raises(FrozenInstanceError):
        first.message = "Right!"


# The tables

def test_only_check_and_hint_are_public():
    assert helpers.checks.__all__ == ["check", "hint"]
    assert [name for name in vars(helpers.checks) if name.startswith("check_")] == []


@pytest.mark.parametrize("key", EXERCISES)
def test_every_sentence_is_there_in_both_languages_and_all_differ(key):
    said = {name: STRINGS[f"checks.{key}.{name}"] for name in EXERCISES[key].sentences}
    assert len(EXERCISES[key].mistakes) + len(EXERCISES[key].hints) + 1 <= len(said)
    for code in ("en", "zh"):
        assert len({both[code] for both in said.values()}) == len(said)
    for name, both in said.items():
        assert not chinese(both["en"]) and chinese(both["zh"])
        assert len(both["en"]) <= 300, f"{name} is too long for a note"


@pytest.mark.parametrize("key", EXERCISES)
def test_an_exercise_stands_in_the_file_of_its_name(key):
    assert importlib.import_module(f"helpers.checks.exercises.e{key.replace('.', '_')}").EXERCISE is EXERCISES[key]


def test_a_further_language_says_what_it_has_and_the_rest_in_english(monkeypatch):
    monkeypatch.setattr(text, "LANGUAGES", (*text.LANGUAGES, "eo"))
    monkeypatch.setattr(text, "_further", {"eo": {"checks.01.softmax.passed": "Ĝuste."}})
    key, exercise = "checks.01.softmax", EXERCISES["01.softmax"]
    for name in exercise.sentences:
        monkeypatch.setitem(STRINGS, f"{key}.{name}", STRINGS[f"{key}.{name}"])
    text.add_table(key, exercise.sentences)
    language("eo")
    assert check("01.softmax", np_softmax).message == "Ĝuste."
    assert hint("01.softmax").message == exercise.hints[0]["en"]


def test_doctests():
    for module in (helpers.checks, numbers):
        result = doctest.testmod(module)
        assert result.attempted and not result.failed
