"""Positions against closed formulas, torch, other libraries' rotary code, and what a learner may type instead."""

import doctest
import importlib
import math

import numpy as np
import pytest
import torch
from conftest import refusal
from torch.nn.functional import cosine_similarity

from helpers.checks import check
from helpers.checks.exercises.e04_apart import TABLES
from helpers.models import Bert, learned_positions
from helpers.positions import (
    concatenated_positions,
    explained_by_offset,
    frequencies,
    interleaved_order,
    offset_rotation,
    principal_components,
    rotate,
    similarities,
    sinusoidal_positions,
    unnamed_tables,
)

SIZES = [(1, 2, 10000.0), (6, 4, 10000.0), (50, 64, 10000.0), (40, 6, 10.0), (7, 12, 1.0), (512, 192, 1e6)]
MODULES = ["sinusoidal", "rotation", "comparing", "sizes"]


def random_table(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("module", MODULES)
def test_examples_in_docstrings_are_right(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"helpers.positions.{module}")).failed == 0


# Sinusoidal

@pytest.mark.parametrize("n, d, base", SIZES)
def test_every_number_is_that_of_the_formula(n: int, d: int, base: float) -> None:
    found = sinusoidal_positions(n, d, base=base)
    expected = [[(math.sin, math.cos)[i % 2](p / base ** (2 * (i // 2) / d)) for i in range(d)] for p in range(n)]
    assert found.shape == (n, d) and found.dtype == torch.float64
    torch.testing.assert_close(found, torch.tensor(expected, dtype=torch.float64), rtol=0, atol=1e-12)


@pytest.mark.parametrize("n, d, base", SIZES)
def test_it_is_what_torch_and_numpy_make_of_the_usual_code(n: int, d: int, base: float) -> None:
    found = sinusoidal_positions(n, d, base=base)
    usual = torch.zeros(n, d, dtype=torch.float64)                # as in The Annotated Transformer, in float64
    slower = torch.exp(torch.arange(0, d, 2, dtype=torch.float64) * -(math.log(base) / d))
    usual[:, 0::2] = torch.sin(torch.arange(n, dtype=torch.float64)[:, None] * slower)
    usual[:, 1::2] = torch.cos(torch.arange(n, dtype=torch.float64)[:, None] * slower)
    torch.testing.assert_close(found, usual, rtol=0, atol=1e-12)
    angles = np.outer(np.arange(n), 1 / base ** (2 * np.arange(d // 2) / d))
    np.testing.assert_allclose(found[:, 0::2].numpy(), np.sin(angles), rtol=0, atol=1e-12)
    np.testing.assert_allclose(frequencies(d, base=base).numpy(), 1 / base ** (2 * np.arange(d // 2) / d), rtol=1e-12)


def test_transformers_own_table_is_the_concatenated_one() -> None:
    from transformers.models.marian.modeling_marian import MarianSinusoidalPositionalEmbedding
    theirs = MarianSinusoidalPositionalEmbedding(40, 32).create_weight()
    torch.testing.assert_close(concatenated_positions(40, 32).float(), theirs, rtol=0, atol=1e-6)


@pytest.mark.parametrize("d", [2, 4, 6, 64])
def test_both_orders_are_one_up_to_a_permutation(d: int) -> None:
    order = interleaved_order(d)
    assert sorted(order.tolist()) == list(range(d))
    assert torch.equal(concatenated_positions(9, d)[:, order], sinusoidal_positions(9, d))
    assert torch.equal(concatenated_positions(9, d), sinusoidal_positions(9, d)[:, order.argsort()])


def test_all_vectors_are_as_long_and_all_positions_differ() -> None:
    table = sinusoidal_positions(512, 64)
    torch.testing.assert_close(table.norm(dim=-1), torch.full((512,), 32.0, dtype=torch.float64).sqrt())
    assert torch.unique(table.round(decimals=6), dim=0).shape[0] == 512


# A shift is a rotation; the dot product knows the offset alone

@pytest.mark.parametrize("offset", [0, 1, 7, -5, 30])
@pytest.mark.parametrize("n, d, base", [(40, 64, 10000.0), (40, 2, 10.0), (40, 12, 1e6)])
def test_a_shift_is_one_rotation_for_all_positions(n: int, d: int, base: float, offset: int) -> None:
    table, turn = sinusoidal_positions(n, d, base=base), offset_rotation(offset, d, base=base)
    here, there = (table[:n - offset], table[offset:]) if offset >= 0 else (table[-offset:], table[:n + offset])
    torch.testing.assert_close(here @ turn.T, there, rtol=0, atol=1e-12)
    torch.testing.assert_close(turn @ turn.T, torch.eye(d, dtype=torch.float64), rtol=0, atol=1e-12)
    assert torch.linalg.det(turn).item() == pytest.approx(1)
    assert (turn != 0).sum() <= 2 * d


@pytest.mark.parametrize("n, d, base", SIZES[2:])
def test_the_dot_product_is_the_sum_of_cosines_of_the_offset(n: int, d: int, base: float) -> None:
    found = similarities(sinusoidal_positions(n, d, base=base))
    offsets = torch.arange(n)[:, None] - torch.arange(n)
    expected = (offsets[..., None] * frequencies(d, base=base)).cos().sum(-1)
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-10)
    assert explained_by_offset(sinusoidal_positions(n, d, base=base)) == pytest.approx(1, abs=1e-9)


# Rotary

@pytest.mark.parametrize("shape", [(6, 8), (2, 3, 5, 4), (1, 2)])
def test_scores_of_rotated_queries_and_keys_know_the_offset_alone(shape: tuple[int, ...]) -> None:
    queries, keys = random_table(*shape), random_table(*shape, seed=1)
    places = torch.arange(shape[-2])
    near = rotate(queries) @ rotate(keys).transpose(-1, -2)
    far = rotate(queries, places + 100) @ rotate(keys, places + 100).transpose(-1, -2)
    torch.testing.assert_close(near, far, rtol=0, atol=1e-10)
    torch.testing.assert_close(rotate(queries).norm(dim=-1), queries.norm(dim=-1), rtol=0, atol=1e-12)
    torch.testing.assert_close(rotate(rotate(queries, places), -places), queries, rtol=0, atol=1e-12)
    if shape[-2] > 1:
        assert not torch.allclose(near, queries @ keys.transpose(-1, -2))


def test_gpt_j_rotates_alike() -> None:
    from transformers.models.gptj.modeling_gptj import apply_rotary_pos_emb, create_sinusoidal_positions
    vectors = random_table(1, 7, 3, 8).float()                    # (batch, token, head, d_head)
    sines, cosines = create_sinusoidal_positions(7, 8)[None].chunk(2, dim=-1)
    theirs = apply_rotary_pos_emb(vectors, sines, cosines)
    torch.testing.assert_close(rotate(vectors.transpose(1, 2)).transpose(1, 2), theirs, rtol=0, atol=1e-5)


def test_llama_rotates_alike_up_to_the_order_of_columns() -> None:
    from transformers.models.llama.modeling_llama import apply_rotary_pos_emb
    vectors, order = random_table(1, 3, 7, 8).float(), interleaved_order(8)   # (batch, head, token, d_head)
    angles = torch.arange(7)[:, None] * frequencies(8)
    both = torch.cat([angles, angles], -1)[None].float()
    theirs, _ = apply_rotary_pos_emb(vectors, vectors, both.cos(), both.sin())
    torch.testing.assert_close(rotate(vectors[..., order]), theirs[..., order], rtol=0, atol=1e-5)


def test_one_vector_one_position_and_lists_are_taken() -> None:
    vectors = random_table(3, 4)
    torch.testing.assert_close(rotate(vectors[2], 2), rotate(vectors)[2])
    torch.testing.assert_close(rotate(vectors, [5, 0, 2]), torch.stack([rotate(v, p) for v, p in
                                                                         zip(vectors, (5, 0, 2), strict=True)]))
    torch.testing.assert_close(rotate(vectors, 4), rotate(vectors, [4, 4, 4]))
    assert rotate(vectors.half()).dtype == torch.float16
    torch.testing.assert_close(rotate(vectors.float()).double(), rotate(vectors), rtol=0, atol=1e-6)


# Tables compared

def test_cosines_and_components_are_those_of_trusted_libraries() -> None:
    table = random_table(20, 6)
    expected = cosine_similarity(table[:, None], table[None], dim=-1)
    torch.testing.assert_close(similarities(table, cosine=True), expected)
    places, shares = principal_components(table, 3)
    values, vectors = np.linalg.eigh(np.cov(table.numpy().T))
    np.testing.assert_allclose(shares.numpy(), values[::-1][:3] / values.sum(), rtol=1e-9)
    seen = (table - table.mean(0)).numpy() @ vectors[:, ::-1][:, :3]
    np.testing.assert_allclose(np.abs(places.numpy()), np.abs(seen), atol=1e-9)
    assert all(column[column.abs().argmax()] > 0 for column in places.T)


def test_the_offset_explains_all_nothing_or_something() -> None:
    assert explained_by_offset(sinusoidal_positions(30, 16)) == pytest.approx(1)
    assert explained_by_offset(torch.ones(5, 3)) == 1.0 and explained_by_offset(torch.zeros(4, 2), cosine=True) == 1.0
    assert 0 <= explained_by_offset(random_table(60, 32), cosine=True) < 0.15
    blurred = explained_by_offset(sinusoidal_positions(30, 16) + 0.2 * random_table(30, 16))
    assert 0.3 < blurred < 0.99


# The learnt table of a model

def test_the_table_read_is_a_copy_of_the_models_own(bert: Bert) -> None:
    table, own = learned_positions(bert), bert.encoder.embeddings.position_embeddings.weight
    assert table.dtype == torch.float64 and torch.equal(table, own.detach().double())
    table.zero_()
    assert own.abs().sum() > 0
    assert torch.equal(bert.run("the dog").position_embeddings.double(), own[:len(bert.run("the dog").tokens)].double())


def test_another_table_holds_inside_the_block_alone(tiny_bert: Bert) -> None:
    own = learned_positions(tiny_bert)
    before = tiny_bert.run("the dog ran", positions=[3, 2, 1, 4, 0]).hidden_states
    swapped = own.clone()
    swapped[[0, 1, 2, 3, 4]] = own[[3, 2, 1, 4, 0]]
    record = tiny_bert.run("the dog ran", position_table=swapped)
    torch.testing.assert_close(record.hidden_states, before)
    assert len(record.notices) == 1 and record.position_embeddings.equal(swapped[:5].to(record.position_embeddings))
    swapped.zero_()                                               # the learner's own tensor, not the record's
    torch.testing.assert_close(record.hidden_states, before)
    turned = tiny_bert.run("the dog ran", position_table=own.flip(0), positions=[63, 62, 61, 60, 59])
    torch.testing.assert_close(turned.hidden_states, tiny_bert.run("the dog ran").hidden_states)
    assert torch.equal(learned_positions(tiny_bert), own)


def test_zeros_are_no_positions(tiny_bert: Bert) -> None:
    zeros = torch.zeros_like(learned_positions(tiny_bert))
    found = tiny_bert.run("the dog ran", position_table=zeros).hidden_states
    torch.testing.assert_close(found, tiny_bert.run("the dog ran", positions="none").hidden_states)


# Bad input

WIDTHS = [0, -2, 1, 3, 65, 2.0, 4.5, "4", None, True, [4]]
LENGTHS = [0, -1, 2.5, "6", None, True, torch.arange(3)]
BASES = [0, -10000.0, 0.5, math.nan, math.inf, -math.inf, 1e13, "10000", None, True, 2j]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_impossible_sizes_are_refused_with_a_sentence(code: str) -> None:
    makers = [lambda width: sinusoidal_positions(4, width), lambda width: concatenated_positions(4, width), frequencies,
              lambda width: offset_rotation(1, width), interleaved_order]
    for width in WIDTHS:
        for make in makers:
            assert refusal(lambda make=make, width=width: make(width), code).key == "positions.width"
    for length in LENGTHS:
        assert refusal(lambda length=length: sinusoidal_positions(length, 4), code).key == "positions.length"
    for base in BASES:
        assert refusal(lambda base=base: sinusoidal_positions(4, 4, base=base), code).key == "positions.base"
        assert refusal(lambda base=base: rotate(torch.ones(2, 4), base=base), code).key == "positions.base"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_huge_sizes_are_refused_before_any_memory_is_taken(code: str) -> None:
    for n, d in ((10 ** 9, 4), (10 ** 30, 64), (100_001, 100), (1, 10 ** 12)):
        assert refusal(lambda n=n, d=d: sinusoidal_positions(n, d), code).key in ("positions.too_many",
                                                                                  "positions.too_wide")
    assert refusal(lambda: frequencies(10 ** 15), code).key == "positions.too_wide"
    assert sinusoidal_positions(100_000, 100)[-1].isfinite().all()


def test_numbers_of_other_libraries_are_taken() -> None:
    expected = sinusoidal_positions(5, 4, base=100.0)
    assert torch.equal(sinusoidal_positions(np.int64(5), np.int32(4), base=np.float64(100)), expected)
    assert torch.equal(sinusoidal_positions(torch.tensor(5), torch.tensor(4), base=100), expected)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_rotated_is_refused(code: str) -> None:
    for vectors in (None, [1.0, 2.0], torch.arange(4), torch.tensor(1.0), torch.ones(2, 2, dtype=torch.complex64)):
        assert refusal(lambda vectors=vectors: rotate(vectors, 1), code).key == "positions.vectors"
    assert refusal(lambda: rotate(torch.ones(2, 3)), code).key == "positions.width"
    for places in ([1], [1, 2, 3], "ab", [[1, 2]], [0, math.nan], [0, math.inf], object()):
        assert refusal(lambda places=places: rotate(torch.ones(2, 4), places), code).key == "positions.places"
    assert refusal(lambda: rotate(torch.ones(4)), code).key == "positions.places"
    for offset in (None, "1", math.nan, math.inf, True, [1]):
        assert refusal(lambda offset=offset: offset_rotation(offset, 4), code).key == "positions.number"


def test_three_tables_to_tell_apart_are_what_the_exercise_takes_them_for(course_bert: Bert) -> None:
    learned = learned_positions(course_bert)
    tables = unnamed_tables(learned)
    assert all(one.shape == (32, 32) and one.abs().max() == 1 for one in tables)
    chance, waves, own = (explained_by_offset(one, cosine=True) for one in tables)
    assert chance < 0.2 < own < waves and waves > 0.99
    inside = tables[2].abs() < 1
    scale = (learned[1:33, :32].double() / tables[2])[inside]
    torch.testing.assert_close(scale, scale[:1].expand_as(scale))
    assert check("04.apart", TABLES).passed and TABLES == ("random", "sinusoidal", "learned")
    for table in (torch.ones(32, 32), torch.ones(40, 31)):
        assert refusal(lambda table=table: unnamed_tables(table)).key == "positions.unnamed"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_is_no_table_or_no_model_is_refused(code: str, tiny_bert: Bert) -> None:
    for table in (None, [[1.0]], torch.ones(3), torch.ones(0, 2), torch.ones(2, 2, 2), torch.tensor([[math.nan]]),
                  torch.ones(2, 2, dtype=torch.complex64)):
        for use in (similarities, principal_components, explained_by_offset):
            assert refusal(lambda use=use, table=table: use(table), code).key == "positions.no_rows"
    assert refusal(lambda: explained_by_offset(torch.ones(1, 4)), code).key == "positions.one_row"
    for count in (0, 4, -1):
        assert refusal(lambda count=count: principal_components(torch.ones(3, 5), count), code).key == \
            "positions.components"
    for model in (None, "course", torch.nn.Linear(2, 2)):
        assert refusal(lambda model=model: learned_positions(model), code).key == "positions.no_table"
    for table in (7, torch.ones(3, 3), torch.full((64, 24), math.nan), learned_positions(tiny_bert).tolist()):
        def put(table=table):
            tiny_bert.run("the dog", position_table=table)
        assert refusal(put, code).key == "positions.table"
