"""The checks of chapter 02: right answers of any style pass, each typical mistake gets a sentence of its own.

The answers are written afresh, with loops, numpy or einsum, and not taken from the checks' own tables.
"""

import math

import numpy as np
import pytest
import torch
from checking import FURTHER_KINDS, assert_named, chinese

from helpers.checks import EXERCISES, check
from helpers.models.records import AttentionRecord
from helpers.text import STRINGS, language

FUNCTIONS = [key for key in EXERCISES if key.startswith("02.") and hasattr(EXERCISES[key], "cases")
             and not key.endswith(FURTHER_KINDS)]


def softmax(scores, axis=-1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


# Right answers

def columns(array, n_heads, head):
    """Return the columns of one head."""
    width = array.shape[-1] // n_heads
    return array[:, head * width:(head + 1) * width]


def by_loops(*given, scale=None, axis=-1):
    """Return multi-head attention, one head after another."""
    inputs, w_query, w_key, w_value, w_output, n_heads = map(np.asarray, given)
    heads = []
    for head in range(n_heads):
        query, key, value = (inputs @ columns(w, n_heads, head) for w in (w_query, w_key, w_value))
        scores = query @ key.T * (key.shape[1] ** -0.5 if scale is None else scale)
        heads.append(softmax(scores, axis) @ value)
    return np.hstack(heads) @ w_output


def by_torch(inputs, w_query, w_key, w_value, w_output, n_heads):
    layer = torch.nn.MultiheadAttention(inputs.shape[1], n_heads, bias=False, dtype=inputs.dtype)
    layer.load_state_dict({"in_proj_weight": torch.cat([w_query.T, w_key.T, w_value.T]),
                           "out_proj.weight": w_output.T})
    return layer(inputs, inputs, inputs)[0]


def next_by_loops(weights):
    return [[sum(float(head[q][q + 1]) for q in range(len(head) - 1)) / (len(head) - 1) for head in layer]
            for layer in weights]


def without_by_slices(context, head, w_output):
    n_heads, _, width = context.shape
    strips = w_output.reshape(n_heads, width, -1)
    return sum(context[other] @ strips[other] for other in range(n_heads) if other != head)


def without_by_rows(context, head, w_output):
    w_output = w_output.clone()
    w_output[head * context.shape[2]:(head + 1) * context.shape[2]] = 0
    return torch.cat(list(context), dim=-1) @ w_output


def np_merge(heads):
    return np.hstack(list(np.asarray(heads)))


RIGHT = {
    "02.split": [lambda inputs, n_heads: inputs.view(len(inputs), n_heads, -1).permute(1, 0, 2),
                 lambda inputs, n_heads: np.stack(np.split(np.array(inputs), n_heads, axis=1)),
                 lambda inputs, n_heads: torch.stack(inputs.chunk(n_heads, dim=-1)),
                 lambda inputs, n_heads: [[row.tolist()[h * len(row) // n_heads:(h + 1) * len(row) // n_heads]
                                           for row in inputs] for h in range(n_heads)]],
    "02.merge": [np_merge, lambda heads: torch.cat(list(heads), dim=1), lambda heads: torch.hstack(tuple(heads)),
                 lambda heads: heads.permute(1, 0, 2).reshape(heads.shape[1], -1)],
    "02.multi_head": [by_loops, by_torch, lambda *given: by_loops(*given).tolist()],
    "02.parameters": [lambda d_model, n_heads: 4 * d_model * (d_model + 1), lambda d, h: 4.0 * (d ** 2 + d),
                      lambda d, h: sum(p.numel() for p in torch.nn.MultiheadAttention(d, h).parameters())],
    "02.detector": [next_by_loops, lambda weights: weights.diagonal(1, -2, -1).mean(-1),
                    lambda weights: np.trace(np.array(weights), 1, 2, 3) / (len(weights[0, 0]) - 1)],
    "02.silenced": [without_by_slices, without_by_rows,
                    lambda context, head, w_output: np_merge([np.array(piece) * (number != head) for number, piece in
                                                              enumerate(context)]) @ np.array(w_output)],
}


@pytest.mark.parametrize("key, answer", [(key, answer) for key in RIGHT for answer in RIGHT[key]])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_right_answers_pass(key, answer, dtype):
    torch.set_default_dtype(dtype)
    verdict = check(key, answer)
    assert verdict.passed and verdict.mistake is None, verdict
    assert verdict.message == STRINGS[f"checks.{key}.passed"]["en"]


def test_every_exercise_is_tried():
    assert sorted(RIGHT) == sorted(WRONG) == sorted(FUNCTIONS)


# Typical mistakes

def reshaped(array, n_heads):
    array = np.asarray(array)
    return array.reshape(n_heads, len(array), -1)


def by_parts(*given, split, merge):
    """Return attention on blocks cut and merged in a given way."""
    inputs, w_query, w_key, w_value, w_output, n_heads = map(np.asarray, given)
    query, key, value = (split(inputs @ w, n_heads) for w in (w_query, w_key, w_value))
    return merge(softmax(query @ key.transpose(0, 2, 1) / key.shape[-1] ** 0.5) @ value) @ w_output


def rightly_split(array, n_heads):
    return np.stack(np.split(np.asarray(array), n_heads, axis=1))


def run_together(heads):
    return np.asarray(heads).reshape(len(heads[0]), -1)


def no_softmax(inputs, w_query, w_key, w_value, w_output, n_heads):
    query, key, value = (rightly_split(inputs @ w, n_heads) for w in (w_query, w_key, w_value))
    return np_merge(query @ key.transpose(0, 2, 1) / key.shape[2] ** 0.5 @ value) @ np.array(w_output)


def zeroed(context, *place):
    context = np.array(context)
    context[place] = 0
    return context


def cut_after(context, head, w_output):
    output, width = np_merge(context) @ np.array(w_output), context.shape[2]
    output[:, head * width:(head + 1) * width] = 0
    return output


WRONG = {
    "02.split": {
        "reshape_alone": reshaped,
        "not_transposed": lambda inputs, n_heads: inputs.reshape(len(inputs), n_heads, -1),
        "interleaved": lambda inputs, n_heads: np.stack([np.array(inputs)[:, h::n_heads] for h in range(n_heads)]),
        "sizes_swapped": lambda inputs, n_heads: np.array(inputs).reshape(len(inputs), -1, n_heads).swapaxes(0, 1),
        "tokens_cut": lambda inputs, n_heads: np.stack(np.split(np.array(inputs), n_heads)),
        "keys_already": lambda inputs, n_heads: np.stack(np.split(np.array(inputs).T, n_heads)),
    },
    "02.merge": {
        "reshape_alone": run_together,
        "heads_below": lambda heads: np.vstack(list(np.array(heads))),
        "tokens_joined": lambda heads: [np.array(head).flatten() for head in heads],
        "not_flattened": lambda heads: np.array(heads).swapaxes(0, 1),
        "interleaved": lambda heads: np.stack(list(np.array(heads)), axis=-1).reshape(heads.shape[1], -1),
        "mean": lambda heads: np.array(heads).mean(axis=0),
        "summed": lambda heads: sum(np.array(head) for head in heads),
    },
    "02.multi_head": {
        "no_output": lambda *given: by_loops(*given[:4], np.eye(len(given[4])), given[5]),
        "root_of_d_model": lambda *given: by_loops(*given, scale=given[0].shape[1] ** -0.5),
        "no_scale": lambda *given: by_loops(*given, scale=1),
        "over_queries": lambda *given: by_loops(*given, axis=0),
        "one_head": lambda *given: by_loops(*given[:5], 1),
        "over_heads": lambda *given: by_parts(*given, split=lambda a, n: a.reshape(len(a), n, -1),
                                              merge=lambda heads: heads.reshape(len(heads), -1)),
        "reshape_alone": lambda *given: by_parts(*given, split=reshaped, merge=run_together),
        "merged_by_reshape": lambda *given: by_parts(*given, split=rightly_split, merge=run_together),
        "matrices_turned": lambda *given: by_loops(given[0], *(np.array(matrix).T for matrix in given[1:5]), given[5]),
        "no_softmax": no_softmax,
    },
    "02.parameters": {
        "no_biases": lambda d_model, n_heads: 4 * d_model * d_model,
        "one_bias": lambda d_model, n_heads: 4 * d_model * d_model + d_model,
        "no_output": lambda d_model, n_heads: 3 * d_model * (d_model + 1),
        "no_output_no_biases": lambda d_model, n_heads: 3 * d_model * d_model,
        "times_heads": lambda d_model, n_heads: n_heads * 4 * d_model * (d_model + 1),
        "one_head": lambda d_model, n_heads: 4 * (d_model + 1) * (d_model // n_heads),
        "one_matrix": lambda d_model, n_heads: d_model * (d_model + 1),
        "layer_norm": lambda d_model, n_heads: 4 * d_model * (d_model + 1) + d_model + d_model,
    },
    "02.detector": {
        "previous": lambda weights: np.trace(np.array(weights), -1, 2, 3) / (weights.shape[-1] - 1),
        "itself": lambda weights: np.trace(np.array(weights), 0, 2, 3) / weights.shape[-1],
        "summed": lambda weights: np.trace(np.array(weights), 1, 2, 3),
        "divided_by_all": lambda weights: np.trace(np.array(weights), 1, 2, 3) / weights.shape[-1],
        "not_averaged": lambda weights: np.diagonal(np.array(weights), 1, 2, 3),
        "over_heads": lambda weights: np.diagonal(np.array(weights), 1, 2, 3).mean(axis=1),
        "whole_map": lambda weights: np.array(weights).mean(axis=3).mean(axis=2),
        "largest": lambda weights: np.diagonal(np.array(weights), 1, 2, 3).max(axis=2),
    },
    "02.silenced": {
        "nothing_off": lambda context, head, w_output: np_merge(context) @ np.array(w_output),
        "only_that_head": lambda context, head, w_output: context[head] @ w_output.reshape(
            *context.shape[::2], -1)[head],
        "token_off": lambda context, head, w_output: np_merge(
            zeroed(context, slice(None), head)) @ np.array(w_output),
        "number_off": lambda context, head, w_output: np_merge(
            zeroed(context, slice(None), slice(None), head)) @ np.array(w_output),
        "after_output": cut_after,
        "no_output": lambda context, head, w_output: np_merge(zeroed(context, head)),
        "made_up_for": lambda context, head, w_output: np_merge(zeroed(context, head)) @ np.array(w_output)
        / (1 - 1 / len(context)),
        "reshape_alone": lambda context, head, w_output: run_together(zeroed(context, head)) @ np.array(w_output),
    },
}

OTHER_WAYS = [
    ("02.multi_head", "reshape_alone", lambda *given: by_parts(*given, split=reshaped, merge=np_merge)),
    ("02.parameters", "times_heads", lambda d_model, n_heads: 4 * n_heads * d_model ** 2),
    ("02.parameters", "times_heads", lambda d_model, n_heads: (3 * n_heads + 1) * (d_model ** 2 + d_model)),
    ("02.split", "tokens_cut", lambda inputs, n_heads: [np.array(piece) for piece in inputs.chunk(n_heads)]),
    ("02.detector", "previous", lambda weights: weights.transpose(-2, -1).diagonal(1, -2, -1).mean(-1)),
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
    mistakes = EXERCISES[key].mistakes
    assert {mistake.name for mistake in mistakes} == set(WRONG[key])
    for dtype in (torch.float32, torch.float64):
        torch.set_default_dtype(dtype)
        assert [check(key, mistake.wrong).mistake for mistake in mistakes] == [mistake.name for mistake in mistakes]


# What else a learner can hand in

BAD = [
    ("02.split", lambda inputs, n_heads: inputs.reshape(n_heads, -1), ["(2, 4, 3)", "(2, 12)"]),
    ("02.split", lambda inputs, n_heads: inputs.split(n_heads, dim=1)[0].T[None] * 0, ["(2, 4, 3)"]),
    ("02.merge", lambda heads: heads.transpose(0, 1).view(heads.shape[1], -1), ["RuntimeError", "(2, 2, 2)"]),
    ("02.merge", lambda heads: "side by side", ["str", "(2, 4)"]),
    ("02.multi_head", lambda inputs: inputs, ["TypeError", "n_heads 2"]),
    ("02.multi_head", lambda inputs, *others: inputs * math.nan, ["nan", "[0, 0]"]),
    ("02.parameters", lambda d_model, n_heads: d_model, ["d_model = 4", "80", "4"]),
    ("02.parameters", lambda d_model, n_heads: [d_model, n_heads], ["(2,)"]),
    ("02.parameters", 80, ["int", "n_parameters"]),
    ("02.detector", lambda weights: weights[0], ["(2, 2)", "(2, 4, 4)"]),
    ("02.detector", lambda weights: weights.argmax(), ["(2, 2)"]),
    ("02.silenced", lambda context, head, w_output: context[:head].flatten(1) @ w_output, ["RuntimeError", "(6, 6)"]),
    ("02.silenced", lambda context, head, w_output: w_output, ["(2, 4)", "(4, 4)"]),
]


@pytest.mark.parametrize("key, answer, words", BAD)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_other_answers_get_a_sentence_and_never_raise(key, answer, words, code):
    language(code)
    verdict = check(key, answer)
    assert verdict.kind == "wrong" and verdict.mistake is None, verdict
    assert all(word in verdict.message for word in words), verdict
    assert "\n" not in verdict.message and chinese(verdict.message) == (code == "zh")


# The head that looks across

TOKENS = ("[CLS]", "the", "dog", "ran", "[SEP]", "狗", "跑", "了", "[SEP]")
SEGMENTS = (0,) * 5 + (1,) * 4
EVEN = torch.full((9, 9), 1 / 9)


def giving(keys, share):
    """Return a map whose queries give `share` to the keys (query, key) that are True, the rest evenly to the others."""
    own = keys / keys.sum(-1, keepdim=True).clamp(min=1)
    rest = ~keys / (~keys).sum(-1, keepdim=True)
    share = share * keys.any(-1, keepdim=True)
    return own * share + rest * (1 - share)


def a_record(*heads, tokens=TOKENS, segments=SEGMENTS):
    """Return a record of 2 layers; each map stands in for one head."""
    start = segments.index(1) if 1 in segments else None
    return AttentionRecord(tokens, segments, start, torch.stack(heads).unflatten(0, (2, -1)))


def across_record():
    """Return 2 layers of 4 heads; (1, 2) looks across most, (1, 0) as much within five percent, (0, 1) less."""
    places, special = torch.arange(9), torch.tensor([token in ("[CLS]", "[SEP]") for token in TOKENS])
    segments = torch.tensor(SEGMENTS)
    across = (segments[:, None] != segments) & ~special
    back, ahead = (places[:, None] - places == step for step in (1, -1))
    rest = special.expand(9, 9)
    return a_record(giving(back, 0.9), giving(across, 0.6), giving(ahead, 0.9), EVEN,
                    giving(across, 0.87), giving(rest, 0.9), giving(across, 0.9), EVEN)


@pytest.mark.parametrize("answer", [(1, 2), [1, 0], torch.tensor([1, 2]), (np.int64(1), 2.0)])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_head_that_looks_across_passes(answer, code):
    language(code)
    verdict = check("02.head", answer, across_record())
    assert verdict.passed and "90%" in verdict.message and chinese(verdict.message) == (code == "zh")


HEADS = {(2, 1): "swapped", (2, 3): "from_one", (0, 0): "neighbour", (0, 2): "neighbour", (1, 1): "special_tokens",
         (0, 1): "not_the_most"}


@pytest.mark.parametrize("answer", HEADS)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_each_mistake_about_the_head_is_named(answer, code):
    language(code)
    verdict = check("02.head", answer, across_record())
    assert verdict.mistake == HEADS[answer], verdict
    assert chinese(verdict.message) == (code == "zh")
    assert set(HEADS.values()) == {mistake.name for mistake in EXERCISES["02.head"].mistakes}


@pytest.mark.parametrize("answer, words", [((0, 3), ["33%", "90%"]), ((7, 7), ["7", "1", "3"]), ((-1, 0), ["-1"]),
                                           (3, ["3"]), ("1, 2", ["1, 2"]), ((1, 2, 3), ["(1, 2, 3)"]),
                                           ((math.inf, 1), ["inf"]), ([], ["[]"])])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_other_answers_about_the_head_get_a_sentence(answer, words, code):
    language(code)
    verdict = check("02.head", answer, across_record())
    assert not verdict.passed and verdict.mistake is None
    assert all(word in verdict.message for word in words), verdict
    assert chinese(verdict.message) == (code == "zh")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_one_sentence_has_no_head_that_looks_across(code):
    language(code)
    lonely = a_record(EVEN, EVEN, tokens=("[CLS]", *"abcdefg", "[SEP]"), segments=(0,) * 9)
    assert check("02.head", (0, 0), lonely).message == STRINGS["checks.02.head.unsuitable_record"][code]
    for record in (None, "record"):
        verdict = check("02.head", (0, 0), record)
        assert not verdict.passed and 'check("02.head"' in verdict.message
        assert chinese(verdict.message) == (code == "zh")
