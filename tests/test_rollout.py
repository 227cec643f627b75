"""Attention rollout, compared with a walk over all paths and with plain products."""

import itertools
import math

import pytest
import torch
from conftest import refusal

from helpers.heads import roll_out
from helpers.models.records import AttentionRecord


def a_record(n_layers: int = 3, n_heads: int = 2, n_tokens: int = 4) -> AttentionRecord:
    """Return a record of random weights."""
    scores = torch.randn(n_layers, n_heads, n_tokens, n_tokens, generator=torch.Generator().manual_seed(0),
                         dtype=torch.float64)
    return AttentionRecord(tuple("abcdef"[:n_tokens]), (0, 0, 1, 1, 1, 1)[:n_tokens], 2, scores.softmax(-1), "made",
                           ("a notice",))


def along_paths(record: AttentionRecord, query: int, key: int, residual: float) -> float:
    """Add up, over every way from a query back to a key, what each step hands on."""
    means = record.weights.mean(1).tolist()
    total = 0.0
    for between in itertools.product(range(record.n_tokens), repeat=record.n_layers - 1):
        path = (query, *between, key)
        steps = zip(reversed(means), path[:-1], path[1:], strict=True)
        total += math.prod(residual * (asks == answers) + (1 - residual) * mean[asks][answers]
                           for mean, asks, answers in steps)
    return total


@pytest.mark.parametrize("residual", [0, 0.3, 0.5, 1])
def test_it_is_the_sum_over_all_paths(residual):
    record = a_record()
    rolled = roll_out(record, residual=residual).weights
    expected = [[along_paths(record, query, key, residual) for key in range(4)] for query in range(4)]
    assert torch.allclose(rolled[-1, 0], torch.tensor(expected, dtype=torch.float64), atol=1e-14)


def test_each_layer_is_the_rollout_of_the_layers_up_to_it():
    record = a_record()
    rolled = roll_out(record)
    for layer in range(3):
        shorter = AttentionRecord(record.tokens, record.segment_ids, 2, record.weights[:layer + 1])
        assert torch.equal(roll_out(shorter).weights[-1], rolled.weights[layer])


def test_without_residual_it_is_the_product_of_the_means():
    record = a_record()
    first, second, third = record.weights.mean(1)
    assert torch.allclose(roll_out(record, residual=0).weights[2, 0], third @ second @ first, atol=1e-15)
    assert torch.equal(roll_out(record, residual=1).weights[:, 0], torch.eye(4).double().expand(3, -1, -1))


def test_the_result_is_a_record_of_one_head_a_layer(bert):
    record = bert.run("the dog ran", "it was tired")
    rolled = roll_out(record)
    assert type(rolled) is AttentionRecord and (rolled.n_layers, rolled.n_heads) == (record.n_layers, 1)
    assert rolled.weights.dtype == record.weights.dtype and (rolled.weights >= 0).all()
    assert torch.allclose(rolled.weights.sum(-1), torch.ones(1).to(rolled.weights), atol=1e-5)
    assert (rolled.tokens, rolled.sentence_b_start, rolled.model_name) == (
        record.tokens, record.sentence_b_start, record.model_name)
    assert roll_out(record.words()).weights.shape[-1] == len(record.words().tokens)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("residual", [-0.1, 1.01, math.nan, math.inf, "0.5", None, True, [0.5]])
def test_a_share_that_is_none_is_refused(residual, code):
    assert f"{residual!r}" in str(refusal(lambda: roll_out(a_record(), residual=residual), code))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("record", [None, "record", torch.zeros(1, 1, 2, 2), [a_record()]])
def test_what_is_not_a_record_is_refused(record, code):
    assert refusal(lambda: roll_out(record), code).key == "records.not_a_record"
