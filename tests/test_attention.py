"""The attention maths against PyTorch's own, in float64, and the sentences it answers bad input with."""

import doctest
import math

import pytest
import torch
from conftest import refusal
from torch import nn
from torch.nn import functional

from helpers import attention
from helpers.attention import (
    MultiHeadAttention,
    attention_scores,
    attention_weights,
    causal_mask,
    merge_heads,
    padding_mask,
    scaled_dot_product_attention,
    split_heads,
)
from helpers.text import CourseError, language

BOUND = 1e-10
largest: dict[str, float] = {}


def differ(name, ours, theirs):
    """Assert that two float64 tensors agree, and keep the largest difference for the report."""
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype == torch.float64
    difference = (ours - theirs).abs().max().item()
    largest[name] = max(largest.get(name, 0.0), difference)
    assert difference <= BOUND


def random(*shape, seed=0, scale=1.0):
    return scale * torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def vectors(*leading, n_queries=5, n_keys=7, d_head=8, d_value=6):
    return (random(*leading, n_queries, d_head, seed=1), random(*leading, n_keys, d_head, seed=2),
            random(*leading, n_keys, d_value, seed=3))


def some_mask(*shape):
    """Return a mask with holes in which every query keeps its first key."""
    mask = random(*shape, seed=4) > 0
    mask[..., 0] = True
    return mask


@pytest.fixture(autouse=True)
def english():
    language("en")
    yield
    language("en")


@pytest.fixture(scope="module", autouse=True)
def report():
    yield
    print("\nlargest differences from PyTorch:", {name: f"{value:.1e}" for name, value in largest.items()})


def test_doctests():
    result = doctest.testmod(attention)
    assert result.attempted >= 8 and result.failed == 0


# Against torch.nn.functional.scaled_dot_product_attention

MASKS = {
    "none": None,
    "full": some_mask(2, 3, 5, 7),
    "one for all": some_mask(5, 7),
    "per batch": some_mask(2, 1, 5, 7),
    "per head": some_mask(3, 5, 7),
    "padding": padding_mask([3, 7], 7),
    "one row for all": torch.tensor([[True, False, True, True, False, False, True]]),
}


@pytest.mark.parametrize("name", MASKS)
@pytest.mark.parametrize("scale", [None, 1.0, 0.3])
def test_equals_torch(name, scale):
    queries, keys, values = vectors(2, 3)
    context, weights = scaled_dot_product_attention(queries, keys, values, MASKS[name], scale=scale)
    theirs = functional.scaled_dot_product_attention(queries, keys, values, MASKS[name], scale=scale)
    differ("scaled_dot_product_attention", context, theirs)
    identity = torch.eye(7, dtype=torch.float64).expand(2, 3, 7, 7)
    differ("attention_weights", weights,
           functional.scaled_dot_product_attention(queries, keys, identity, MASKS[name], scale=scale))


@pytest.mark.parametrize("leading", [(), (4,), (2, 3), (2, 1, 3)])
def test_any_leading_axes(leading):
    queries, keys, values = vectors(*leading)
    context, weights = scaled_dot_product_attention(queries, keys, values)
    differ("scaled_dot_product_attention", context, functional.scaled_dot_product_attention(queries, keys, values))
    assert weights.shape == (*leading, 5, 7) and context.shape == (*leading, 5, 6)


def test_keys_shared_by_all_heads_broadcast():
    queries, keys, values = random(2, 3, 5, 8), random(2, 1, 7, 8, seed=2), random(2, 1, 7, 8, seed=3)
    context, _ = scaled_dot_product_attention(queries, keys, values)
    theirs = functional.scaled_dot_product_attention(queries, keys.expand(2, 3, 7, 8), values.expand(2, 3, 7, 8))
    differ("scaled_dot_product_attention", context, theirs)


@pytest.mark.parametrize("n_tokens", [1, 2, 9])
def test_causal_and_padding_masks(n_tokens):
    queries, keys, values = vectors(2, 3, n_queries=n_tokens, n_keys=n_tokens)
    context, _ = scaled_dot_product_attention(queries, keys, values, causal_mask(n_tokens))
    differ("causal", context, functional.scaled_dot_product_attention(queries, keys, values, is_causal=True))
    both = causal_mask(n_tokens) & padding_mask(torch.tensor([1, n_tokens]), n_tokens)
    assert both.shape == (2, 1, n_tokens, n_tokens) and both.dtype == torch.bool
    context, weights = scaled_dot_product_attention(queries, keys, values, both)
    differ("causal & padding", context, functional.scaled_dot_product_attention(queries, keys, values, both))
    assert (weights[0, ..., 1:] == 0).all() and (weights[0, ..., 0] == 1).all()


def test_masks_by_hand():
    assert causal_mask(3).tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    assert padding_mask([2, 0, 3], 3)[:, 0, 0].tolist() == [[True, True, False], [False] * 3, [True] * 3]


def test_one_query_is_one_row():
    queries, keys, _ = vectors()
    differ("attention_scores", attention_scores(queries[2], keys), attention_scores(queries, keys)[2])
    assert attention_weights(attention_scores(queries[2], keys), torch.ones(7, dtype=torch.bool)).shape == (7,)


def test_scores_by_hand():
    queries, keys, _ = vectors(d_head=16)
    by_hand = torch.tensor([[sum(q * k for q, k in zip(query, key, strict=True)) / 4 for key in keys.tolist()]
                            for query in queries.tolist()], dtype=torch.float64)
    differ("attention_scores", attention_scores(queries, keys), by_hand)
    differ("attention_scores", attention_scores(queries, keys, scale=1.0), 4 * by_hand)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.bfloat16])
@pytest.mark.parametrize("huge", [1e4, 1e30])
def test_huge_scores_stay_finite(dtype, huge):
    scores = torch.tensor([[huge, -huge, huge], [-huge, -huge, -huge], [huge, 0, -huge]], dtype=dtype)
    weights = attention_weights(scores)
    assert weights.dtype == dtype
    expected = torch.tensor([[0.5, 0, 0.5], [1 / 3, 1 / 3, 1 / 3], [1, 0, 0]])
    torch.testing.assert_close(weights.float(), expected, atol=2e-3, rtol=0)
    assert attention_weights(scores, causal_mask(3)).isfinite().all()


def test_rows_sum_to_one_and_hidden_keys_weigh_nothing():
    queries, keys, values = vectors(2, 3)
    mask = some_mask(2, 3, 5, 7)
    _, weights = scaled_dot_product_attention(queries, keys, values, mask)
    torch.testing.assert_close(weights.sum(-1), torch.ones(2, 3, 5, dtype=torch.float64), atol=1e-12, rtol=0)
    assert (weights[~mask] == 0).all() and (weights[mask] > 0).all()


@pytest.mark.parametrize("name", ["none", "full", "padding"])
def test_gradients_equal_torch(name):
    ours, theirs = ([tensor.clone().requires_grad_() for tensor in vectors(2, 3)] for _ in range(2))
    scaled_dot_product_attention(*ours, MASKS[name])[0].square().sum().backward()
    functional.scaled_dot_product_attention(*theirs, MASKS[name]).square().sum().backward()
    for mine, torchs in zip(ours, theirs, strict=True):
        differ("gradients", mine.grad, torchs.grad)


def test_inputs_are_left_alone():
    scores, mask = random(3, 3), causal_mask(3)
    before = scores.clone()
    attention_weights(scores, mask)
    assert scores.equal(before) and mask.equal(causal_mask(3))


# Heads

@pytest.mark.parametrize("leading", [(), (2,), (2, 3)])
def test_merge_undoes_split(leading):
    inputs = random(*leading, 5, 12)
    heads = split_heads(inputs, 4)
    assert heads.shape == (*leading, 4, 5, 3)
    assert merge_heads(heads).equal(inputs)
    for head in range(4):
        assert heads[..., head, :, :].equal(inputs[..., 3 * head:3 * head + 3])


def test_split_is_not_a_plain_reshape():
    inputs = random(5, 12)
    assert not split_heads(inputs, 4).equal(inputs.reshape(4, 5, 3))


# Against torch.nn.MultiheadAttention, whose masks are True = may NOT attend

def twins(d_model=12, n_heads=3):
    """Return our layer and PyTorch's with the same weights, in float64."""
    torch.manual_seed(5)
    ours = MultiHeadAttention(d_model, n_heads).double()
    theirs = nn.MultiheadAttention(d_model, n_heads, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        projections = (ours.w_query, ours.w_key, ours.w_value)
        theirs.in_proj_weight.copy_(torch.cat([linear.weight for linear in projections]))
        theirs.in_proj_bias.copy_(torch.cat([linear.bias for linear in projections]))
        theirs.out_proj.weight.copy_(ours.w_output.weight)
        theirs.out_proj.bias.copy_(ours.w_output.bias)
    return ours, theirs


@pytest.mark.parametrize("d_model, n_heads", [(12, 3), (8, 8), (16, 1)])
def test_multi_head_equals_torch(d_model, n_heads):
    ours, theirs = twins(d_model, n_heads)
    inputs = random(2, 5, d_model)
    output, weights = ours(inputs)
    expected, their_weights = theirs(inputs, inputs, inputs, average_attn_weights=False)
    differ("MultiHeadAttention", output, expected)
    differ("MultiHeadAttention weights", weights, their_weights)


def test_multi_head_masks_equal_torch():
    ours, theirs = twins()
    inputs, padding = random(2, 5, 12), padding_mask([3, 5], 5)
    for mask, their_masks in [
        (causal_mask(5), {"attn_mask": ~causal_mask(5)}),
        (padding, {"key_padding_mask": ~padding[:, 0, 0]}),
        (causal_mask(5) & padding, {"attn_mask": ~causal_mask(5), "key_padding_mask": ~padding[:, 0, 0]}),
        (some_mask(2, 3, 5, 5), {"attn_mask": ~some_mask(2, 3, 5, 5).flatten(0, 1)}),
    ]:
        output, weights = ours(inputs, mask=mask)
        expected, their_weights = theirs(inputs, inputs, inputs, average_attn_weights=False, **their_masks)
        differ("MultiHeadAttention", output, expected)
        differ("MultiHeadAttention weights", weights, their_weights)


def test_cross_attention_equals_torch():
    ours, theirs = twins()
    inputs, memory, padding = random(2, 4, 12), random(2, 6, 12, seed=9), padding_mask([6, 2], 6)
    output, weights = ours(inputs, memory, padding)
    expected, their_weights = theirs(inputs, memory, memory, key_padding_mask=~padding[:, 0, 0],
                                     average_attn_weights=False)
    assert weights.shape == (2, 3, 4, 6)
    differ("MultiHeadAttention", output, expected)
    differ("MultiHeadAttention weights", weights, their_weights)


def test_multi_head_gradients_equal_torch():
    ours, theirs = twins()
    inputs = random(2, 5, 12)
    ours(inputs)[0].square().sum().backward()
    theirs(inputs, inputs, inputs)[0].square().sum().backward()
    projections = (ours.w_query, ours.w_key, ours.w_value)
    differ("MultiHeadAttention gradients", torch.cat([linear.weight.grad for linear in projections]),
           theirs.in_proj_weight.grad)
    differ("MultiHeadAttention gradients", torch.cat([linear.bias.grad for linear in projections]),
           theirs.in_proj_bias.grad)
    differ("MultiHeadAttention gradients", ours.w_output.weight.grad, theirs.out_proj.weight.grad)


def test_multi_head_names_and_parameters():
    layer = MultiHeadAttention(512, 8)
    assert sorted(dict(layer.named_children())) == ["w_key", "w_output", "w_query", "w_value"]
    assert sum(p.numel() for p in layer.parameters()) == 4 * (512 * 512 + 512)


def test_multi_head_trains_in_bfloat16():
    layer, inputs = MultiHeadAttention(16, 4), random(2, 5, 16).float()
    exact, _ = layer(inputs, mask=causal_mask(5))
    with torch.autocast("cpu", dtype=torch.bfloat16):
        output, weights = layer(inputs, mask=causal_mask(5))
        output.square().sum().backward()
    assert output.dtype == torch.bfloat16
    torch.testing.assert_close(output.float(), exact, atol=0.03, rtol=0.03)
    torch.testing.assert_close(weights.float().sum(-1), torch.ones(2, 4, 5), atol=0.02, rtol=0)
    assert all(p.grad.isfinite().all() for p in layer.parameters())


def test_pure_bfloat16():
    queries, keys, values = (tensor.bfloat16() for tensor in vectors(2, 3))
    context, weights = scaled_dot_product_attention(queries, keys, values, some_mask(5, 7))
    assert context.dtype == weights.dtype == torch.bfloat16 and context.isfinite().all()


# What cannot work, in both languages: the shapes, and the likely cause

NOTHING = torch.tensor([[True, False], [False, False]])
ONE_OF_TWO = torch.stack([NOTHING | True, NOTHING])

REFUSED = {
    "widths": (lambda: attention_scores(torch.ones(5, 8), torch.ones(7, 6)),
               ["(5, 8)", "(7, 6)"], "different projections", "不同的投影"),
    "leading axes": (lambda: attention_scores(torch.ones(2, 5, 8), torch.ones(3, 7, 8)),
                     ["(2, 5, 8)", "(3, 7, 8)"], "not split into heads", "没有拆成多头"),
    "a key that is no matrix": (lambda: attention_scores(torch.ones(5, 8), torch.ones(8)),
                                ["(5, 8)", "(8,)"], "(..., key, d_head)", "(..., key, d_head)"),
    "values": (lambda: scaled_dot_product_attention(torch.ones(5, 8), torch.ones(7, 8), torch.ones(6, 8)),
               ["(7, 8)", "(6, 8)"], "different texts", "不同的文本"),
    "values' batch": (lambda: scaled_dot_product_attention(torch.ones(5, 8), torch.ones(2, 7, 8), torch.ones(3, 7, 8)),
                      ["(2, 7, 8)", "(3, 7, 8)"], "different texts", "不同的文本"),
    "mask of numbers": (lambda: attention_weights(torch.ones(2, 2), torch.tensor([[1, 0], [1, 1]])),
                        ["(2, 2)", "torch.bool", "mask.bool()", "mask == 0"], "holds numbers", "却是数字"),
    "mask of another length": (lambda: attention_weights(torch.ones(2, 3, 5, 5), causal_mask(4)),
                               ["(4, 4)", "(2, 3, 5, 5)"], "number of tokens", "词元数"),
    "mask larger than the scores": (lambda: attention_weights(torch.ones(2, 5, 5), padding_mask([5, 5], 5)),
                                    ["(2, 1, 1, 5)", "(2, 5, 5)"], "head axis", "头这一轴"),
    "nothing": (lambda: attention_weights(torch.ones(2, 2), NOTHING), [], "Query 1 may", "第 1 个查询"),
    "nothing in a batch": (lambda: attention_weights(torch.ones(2, 3, 2, 2), ONE_OF_TWO[:, None]), ["[1, 0]"],
                           "Query 1 at position", "第 1 个查询"),
    "an empty text": (lambda: MultiHeadAttention(8, 2)(torch.ones(2, 3, 8), mask=padding_mask([3, 0], 3)),
                      ["[1, 0]"], "Query 0 at position", "第 0 个查询"),
    "nothing for one query alone": (lambda: attention_weights(torch.ones(3), torch.zeros(3, dtype=torch.bool)),
                                    [], "Query 0 may", "第 0 个查询"),
    "split": (lambda: split_heads(torch.ones(5, 10), 4), ["d_model = 10", "n_heads = 4"], "divides", "整除"),
    "no heads": (lambda: split_heads(torch.ones(5, 10), 0), ["n_heads = 0"], "at least 1", "不小于 1"),
    "layer": (lambda: MultiHeadAttention(10, 3), ["d_model = 10", "n_heads = 3"], "divides", "整除"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_refused_with_a_sentence(name, code):
    call, facts, english_words, chinese_words = REFUSED[name]
    language(code)
    with pytest.raises(CourseError) as caught:
        call()
    message = str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert all(fact in message for fact in facts), message
    assert (english_words if code == "en" else chinese_words) in message
    assert any("\u4e00" <= c <= "\u9fff" for c in message) == (code == "zh")


def test_a_query_that_attends_somewhere_is_not_refused():
    weights = attention_weights(torch.zeros(2, 2), torch.tensor([[True, False], [False, True]]))
    assert weights.tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert math.isclose(attention_weights(torch.zeros(1, 2), torch.tensor(True)).sum().item(), 1.0)


# What else a learner may hand in: a sentence or a right result, never an error from inside

ODD = [None, True, "3", [1.0, 2.0], 2.5, torch.tensor([1, 2]), torch.tensor(2.0), torch.ones(2, 2, dtype=torch.bool),
       torch.ones(2, 2, dtype=torch.complex64), torch.ones(()), torch.full((3, 3), math.nan), torch.ones(0, 4),
       torch.ones(2, 2, dtype=torch.float16), torch.ones(3, 4, device="meta"), torch.ones(2, 3, 4, dtype=torch.int64)]
Q = torch.ones(3, 4)
CALLS = {
    "queries": lambda odd: attention_scores(odd, Q), "keys": lambda odd: attention_scores(Q, odd),
    "scale": lambda odd: attention_scores(Q, Q, scale=odd), "scores": attention_weights,
    "mask": lambda odd: attention_weights(Q, odd), "values": lambda odd: scaled_dot_product_attention(Q, Q, odd),
    "inputs": lambda odd: split_heads(odd, 2), "n_heads": lambda odd: split_heads(Q, odd), "heads": merge_heads,
    "n_tokens": causal_mask, "lengths": lambda odd: padding_mask(odd, 3), "places": lambda odd: padding_mask([1], odd),
    "d_model": lambda odd: MultiHeadAttention(odd, 2), "of_heads": lambda odd: MultiHeadAttention(4, odd),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"{type(odd).__name__} {getattr(odd, 'dtype', odd)}")
def test_whatever_is_handed_in_there_is_a_sentence_or_a_result(name, odd):
    try:
        CALLS[name](odd)
    except CourseError as error:
        assert error.key.startswith("attention.")


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key, call", [
    ("scale", lambda: attention_scores(Q, Q, scale=torch.ones(2))), ("axes", lambda: merge_heads(Q)),
    ("no_tensor", lambda: attention_weights([[1.0, 2.0]])), ("no_numbers", lambda: attention_scores(Q > 0, Q)),
    ("scores", lambda: attention_weights(torch.ones(2, 2, dtype=torch.int64))), ("count", lambda: causal_mask(2.0)),
    ("count", lambda: MultiHeadAttention(torch.ones(4), 2)), ("heads", lambda: split_heads(Q, torch.ones(2))),
    ("lengths", lambda: padding_mask(3, 4)), ("lengths", lambda: padding_mask([1.5], 4)),
])
def test_wrong_kinds_are_refused_in_a_sentence(key, call, code):
    assert refusal(call, code).key == f"attention.{key}"


def test_a_hidden_key_gets_exactly_nothing_however_large_its_score():
    scores = torch.tensor([[0.0, 3e38, 1.0]])
    assert attention_weights(scores, torch.tensor([True, False, True]))[0, 1] == 0
