"""What must hold for every input, on inputs that hypothesis makes up; the same ones in each run."""

import html
import math
import xml.etree.ElementTree as ElementTree

import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from torch.nn.functional import scaled_dot_product_attention as of_torch

from helpers.attention import (
    attention_scores,
    attention_weights,
    causal_mask,
    merge_heads,
    padding_mask,
    scaled_dot_product_attention,
    split_heads,
)
from helpers.models import AttentionRecord
from helpers.models.tokens import clean_sentences, simplified
from helpers.models.words import _pieces, fold_weights, word_groups
from helpers.positions import frequencies, offset_rotation, rotate, sinusoidal_positions
from helpers.text import CourseError, escape
from helpers.views import svg, view_heads

settings.register_profile("course", max_examples=40, deadline=None, derandomize=True, database=None,
                          suppress_health_check=list(HealthCheck))
settings.load_profile("course")

NUMBERS = st.floats(-8, 8, width=32)
SIZES = st.integers(1, 6)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=24)      # surrogates, marks, controls and all
SPICED = st.lists(st.sampled_from([*"ab 好著學.,'’-5½é👨‍👩\u200b\u0301\ud800<&\"\x00", "[MASK]", "##"]), max_size=12)


@st.composite
def tensors(draw, *shape: int) -> torch.Tensor:
    """Make up a tensor in float64."""
    size = math.prod(shape)
    return torch.tensor(draw(st.lists(NUMBERS, min_size=size, max_size=size)), dtype=torch.float64).view(shape)


@st.composite
def cells(draw) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Make up queries, keys, values and a mask that leaves each query a key."""
    n_queries, n_keys, d_head, d_value = (draw(SIZES) for _ in range(4))
    bits = st.lists(st.booleans(), min_size=n_queries * n_keys, max_size=n_queries * n_keys)
    mask = torch.tensor(draw(bits)).view(n_queries, n_keys)
    mask[:, draw(st.integers(0, n_keys - 1))] = True
    return (draw(tensors(n_queries, d_head)), draw(tensors(n_keys, d_head)), draw(tensors(n_keys, d_value)), mask)


# Attention

@given(cells())
def test_attention_is_torchs_and_its_rows_are_weights(cell):
    queries, keys, values, mask = cell
    context, weights = scaled_dot_product_attention(queries, keys, values, mask)
    assert torch.allclose(context, of_torch(queries[None], keys[None], values[None], attn_mask=mask)[0], atol=1e-9)
    assert torch.allclose(weights.sum(-1), torch.ones(len(queries), dtype=torch.float64))
    assert (weights[~mask] == 0).all() and (weights >= 0).all() and (weights <= 1).all()


@given(cells(), st.randoms(use_true_random=False))
def test_without_positions_the_order_of_keys_does_not_matter(cell, chance):
    queries, keys, values, mask = cell
    order = list(range(len(keys)))
    chance.shuffle(order)
    context, weights = scaled_dot_product_attention(queries, keys, values, mask)
    moved, shuffled = scaled_dot_product_attention(queries, keys[order], values[order], mask[:, order])
    assert torch.allclose(moved, context) and torch.allclose(shuffled, weights[:, order])


@given(cells(), NUMBERS)
def test_a_number_added_to_a_whole_row_of_scores_changes_nothing(cell, number):
    queries, keys, _, mask = cell
    scores = attention_scores(queries, keys)
    assert torch.allclose(attention_weights(scores + number, mask), attention_weights(scores, mask))


@given(SIZES, SIZES, SIZES, st.data())
def test_heads_split_and_merged_are_what_they_were(n_heads, d_head, n_tokens, data):
    inputs = data.draw(tensors(2, n_tokens, n_heads * d_head))
    heads = split_heads(inputs, n_heads)
    assert heads.shape == (2, n_heads, n_tokens, d_head) and merge_heads(heads).equal(inputs)
    for head in range(n_heads):
        assert heads[:, head].equal(inputs[..., head * d_head:(head + 1) * d_head])


@given(st.integers(1, 9), st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_masks_say_what_they_say(n_tokens, lengths):
    causal, padding = causal_mask(n_tokens), padding_mask(lengths, n_tokens)
    assert causal.tolist() == [[key <= query for key in range(n_tokens)] for query in range(n_tokens)]
    assert padding[:, 0, 0].tolist() == [[key < length for key in range(n_tokens)] for length in lengths]


# Positions

WIDTHS = st.integers(1, 8).map(lambda half: 2 * half)
BASES = st.floats(1, 1e6)


@given(st.data(), WIDTHS, BASES, st.integers(-200, 200), st.integers(0, 300), st.integers(0, 300))
def test_rotation_keeps_lengths_and_knows_the_distance_alone(data, width, base, shift, first, second):
    query, key = data.draw(tensors(width)), data.draw(tensors(width))

    def product(one: int, other: int) -> float:
        return (rotate(query, one, base=base) @ rotate(key, other, base=base)).item()

    assert rotate(query, first, base=base).norm().item() == pytest.approx(query.norm().item(), abs=1e-9)
    assert product(first + shift, second + shift) == pytest.approx(product(first, second), abs=1e-7)


@given(st.integers(1, 40), WIDTHS, BASES, st.integers(0, 30))
def test_an_offset_is_one_rotation_wherever_it_begins(n_positions, width, base, offset):
    table, rotation = sinusoidal_positions(n_positions + offset, width, base=base), offset_rotation(offset, width,
                                                                                                    base=base)
    assert torch.allclose(table[:n_positions] @ rotation.T, table[offset:], atol=1e-9)
    assert torch.allclose(rotation @ rotation.T, torch.eye(width, dtype=torch.float64), atol=1e-12)
    assert (frequencies(width, base=base).diff() <= 0).all()


# Words, texts, escaping

@given(SPICED.map("".join) | TEXTS)
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(_pieces(text)) == text


@given(SPICED.map("".join) | TEXTS)
def test_a_model_reads_every_text_or_says_why_not(course_bert, text):
    try:
        encoded = course_bert.encode(text)
    except CourseError as error:
        assert error.key in ("models.blank", "models.too_long", "models.far_too_long")
        return
    (sentence,) = encoded.sentences
    assert all(0 <= start <= end <= len(sentence) for start, end in encoded.spans)
    starts = [start for start, end in encoded.spans if end]
    assert starts == sorted(starts)
    groups = word_groups(encoded.tokens, encoded.segment_ids, encoded.spans, encoded.sentences)
    assert [index for group in groups for index in group] == list(range(len(encoded.tokens)))
    assert encoded.tokens[0] == "[CLS]" and encoded.tokens[-1] == "[SEP]" and groups[0] == [0]


@given(TEXTS)
def test_a_text_is_read_as_it_is_or_refused_as_blank(text):
    try:
        (kept,) = clean_sentences(text, None, "course", 128)
    except CourseError as error:
        assert error.key == "models.blank" and not text.strip()
    else:
        assert len(kept) == len(text) and kept.encode()


@given(SPICED.map("".join))
def test_what_is_simplified_stays_so(text):
    (clean,) = clean_sentences(f"a{text}", None, "course", 128)
    assert simplified(simplified(clean)) == simplified(clean)


@given(TEXTS)
def test_escaped_text_reads_back_and_cannot_leave_its_place(text):
    safe = escape(text)
    assert not set("<>\"'") & set(safe)
    read = ElementTree.fromstring(f'<a b="{safe.replace(chr(9), " ").replace(chr(10), " ").replace(chr(13), " ")}"/>')
    assert read.get("b") == "".join(c if c not in "\t\n\r" else " " for c in html.unescape(safe))


@given(TEXTS)
def test_every_token_can_be_seen(text):
    shown = svg.visible(text)
    assert svg.cells(shown) > 0 and shown == shown.strip() and svg.visible(shown) == shown


@given(TEXTS, st.integers(1, 30))
def test_a_cut_text_fits(text, most):
    assert svg.cells(svg.clip(text, most)) <= max(most, 1)


# Records

@st.composite
def attentions(draw) -> torch.Tensor:
    """Make up attention, (layer, head, query, key)."""
    n_layers, n_heads, n = draw(st.integers(1, 2)), draw(st.integers(1, 3)), draw(st.integers(1, 5))
    return draw(tensors(n_layers, n_heads, n, n)).softmax(-1)


@given(attentions(), st.data(), st.sampled_from([torch.float64, torch.float32, torch.bfloat16, torch.float16]))
def test_a_record_holds_what_it_was_given(weights, data, dtype):
    tokens = data.draw(st.lists(TEXTS, min_size=weights.shape[-1], max_size=weights.shape[-1]))
    record = AttentionRecord.of(weights.to(dtype), tokens, name="made up")
    assert record.weights.shape == weights.shape and record.n_tokens == len(tokens)
    assert torch.allclose(record.weights.double(), weights, atol=0.01)
    assert AttentionRecord.of([layer[None] for layer in weights], tokens).weights.equal(weights)
    assert AttentionRecord.of(weights.numpy(), tokens).weights.equal(weights)
    ElementTree.fromstring(view_heads(record, threshold=0).svg)


@given(attentions(), st.data())
def test_what_is_no_attention_is_refused(weights, data):
    n = weights.shape[-1]
    broken = weights.clone()
    place = tuple(data.draw(st.integers(0, size - 1)) for size in weights.shape)
    broken[place] = data.draw(st.sampled_from([-0.5, math.nan, math.inf, 2.5]))
    with pytest.raises(CourseError):
        AttentionRecord.of(broken, ["a"] * n)
    assume(n > 1)
    with pytest.raises(CourseError):
        AttentionRecord.of(weights, ["a"] * (n - 1))


@given(attentions(), st.data())
def test_folded_rows_still_sum_to_1(weights, data):
    n = weights.shape[-1]
    cuts = sorted(data.draw(st.sets(st.integers(1, n - 1)))) if n > 1 else []
    groups = [list(range(start, end)) for start, end in zip([0, *cuts], [*cuts, n], strict=True)]
    folded = fold_weights(weights, groups)
    assert folded.shape[-2:] == (len(groups), len(groups))
    assert torch.allclose(folded.sum(-1), torch.ones(folded.shape[:-1], dtype=torch.float64))
