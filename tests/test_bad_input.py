"""Every public function, each of its arguments, against all that it is not: a sentence or a result, no internals."""

import math
import re

import numpy as np
import pytest
import torch
from translation_records import beams
from translation_records import record as translation

from helpers import attention, checks, heads, interventions, models, positions, views
from helpers.attention import MultiHeadAttention, causal_mask
from helpers.models import AttentionRecord
from helpers.text import CourseError

BAD = {
    "None": None, "True": True, "nan": math.nan, "inf": math.inf, "text": "x", "empty text": "", "bytes": b"x",
    "half a pair": "\ud800", "[]": [], "()": (), "{}": {}, "object": object(), "set": {1}, "0": 0, "-1": -1, "3": 3,
    "1.5": 1.5, "huge": 2 ** 70, "complex": 1j, "[None]": [None], "[[]]": [[]], "[1, 'a']": [1, "a"],
    "number": torch.tensor(1.0), "vector": torch.ones(3), "matrix": torch.ones(2, 3), "cube": torch.ones(2, 3, 4),
    "rank 5": torch.ones(1, 1, 1, 2, 2), "whole numbers": torch.ones(2, 2, dtype=torch.long),
    "booleans": torch.ones(2, 2, dtype=torch.bool), "halves": torch.ones(2, 2, dtype=torch.float16),
    "complex tensor": torch.ones(2, 2, dtype=torch.complex64), "meta": torch.ones(2, 2, device="meta"),
    "no numbers": torch.ones(0, 2), "nan tensor": torch.full((2, 2), math.nan), "array": np.ones((2, 2)),
    "array of texts": np.array([["a"]]), "function": lambda: 1, "type": int,
}
MATRIX = torch.eye(2)
RECORD = AttentionRecord(("a", "b"), (0, 0), None, torch.full((1, 2, 2, 2), 0.5))
MADE = translation(beams=beams())

ATTENTION = {
    "attention_scores queries": lambda bad: attention.attention_scores(bad, MATRIX),
    "attention_scores keys": lambda bad: attention.attention_scores(MATRIX, bad),
    "attention_scores scale": lambda bad: attention.attention_scores(MATRIX, MATRIX, scale=bad),
    "attention_weights scores": lambda bad: attention.attention_weights(bad),
    "attention_weights mask": lambda bad: attention.attention_weights(MATRIX, bad),
    "attention queries": lambda bad: attention.scaled_dot_product_attention(bad, MATRIX, MATRIX),
    "attention keys": lambda bad: attention.scaled_dot_product_attention(MATRIX, bad, MATRIX),
    "attention values": lambda bad: attention.scaled_dot_product_attention(MATRIX, MATRIX, bad),
    "attention mask": lambda bad: attention.scaled_dot_product_attention(MATRIX, MATRIX, MATRIX, bad),
    "split_heads inputs": lambda bad: attention.split_heads(bad, 1),
    "split_heads n_heads": lambda bad: attention.split_heads(MATRIX, bad),
    "merge_heads": attention.merge_heads,
    "causal_mask": lambda bad: None if bad is BAD["huge"] else causal_mask(bad),
    "padding_mask lengths": lambda bad: attention.padding_mask(bad, 3),
    "padding_mask n_tokens": lambda bad: None if bad is BAD["huge"] else attention.padding_mask([1], bad),
    "MultiHeadAttention d_model": lambda bad: None if bad is BAD["huge"] else MultiHeadAttention(bad, 1),
    "MultiHeadAttention n_heads": lambda bad: MultiHeadAttention(4, bad),
}
POSITIONS = {
    "frequencies d_model": positions.frequencies,
    "frequencies base": lambda bad: positions.frequencies(4, base=bad),
    "sinusoidal n_positions": lambda bad: positions.sinusoidal_positions(bad, 4),
    "sinusoidal d_model": lambda bad: positions.sinusoidal_positions(4, bad),
    "concatenated n_positions": lambda bad: positions.concatenated_positions(bad, 4),
    "interleaved_order": positions.interleaved_order,
    "unnamed_tables": positions.unnamed_tables,
    "offset_rotation offset": lambda bad: positions.offset_rotation(bad, 4),
    "offset_rotation d_model": lambda bad: positions.offset_rotation(1, bad),
    "rotate vectors": positions.rotate,
    "rotate positions": lambda bad: positions.rotate(MATRIX, bad),
    "similarities": positions.similarities,
    "explained_by_offset": positions.explained_by_offset,
    "principal_components table": positions.principal_components,
    "principal_components n": lambda bad: positions.principal_components(MATRIX, bad),
}
RECORDS = {
    "of attentions": lambda bad: AttentionRecord.of(bad, ["a", "b"]),
    "of tokens": lambda bad: AttentionRecord.of(RECORD.weights, bad),
    "of key_tokens": lambda bad: AttentionRecord.of(RECORD.weights, ["a", "b"], key_tokens=bad),
    "of sentence_b_start": lambda bad: AttentionRecord.of(RECORD.weights, ["a", "b"], sentence_b_start=bad),
    "of special": lambda bad: AttentionRecord.of(RECORD.weights, ["a", "b"], special=bad),
    "describe_heads": heads.describe_heads,
    "describe_heads tokens": lambda bad: heads.describe_heads(RECORD.weights, bad),
    "summary kind": lambda bad: heads.describe_heads(RECORD).rank(bad),
    "summary layer": lambda bad: heads.describe_heads(RECORD).kind(bad, 0),
    "roll_out": heads.roll_out,
    "roll_out residual": lambda bad: heads.roll_out(RECORD, residual=bad),
    "check key": checks.check,
    "check answer": lambda bad: checks.check("01.softmax", bad),
    "check record": lambda bad: checks.check("00.first", (0, 0), bad),
    "hint": checks.hint,
    "load_training": models.load_training,
}
VIEWS = {
    "view_heads record": views.view_heads,
    "view_heads tokens": lambda bad: views.view_heads(RECORD.weights, bad),
    **{f"view_heads {name}": lambda bad, name=name: views.view_heads(RECORD, **{name: bad})
       for name in ("layer", "heads", "query")},
    "view_model record": views.view_model,
    **{f"view_model {name}": lambda bad, name=name: views.view_model(RECORD, **{name: bad})
       for name in ("chosen",)},
    "view_neurons": lambda bad: views.view_neurons(bad, 0, 0, 0),
    "view_translation": views.view_translation,
    **{f"view_translation {name}": lambda bad, name=name: views.view_translation(MADE, **{name: bad})
       for name in ("step", "layer")},
    "view_beams": views.view_beams,
    "view_scaling d": views.view_scaling,
    "view_positions n": views.view_positions,
    "view_positions d": lambda bad: views.view_positions(4, bad),
    "view_positions base": lambda bad: views.view_positions(4, 4, base=bad),
    "view_positions pair": lambda bad: views.view_positions(4, 4, pair=bad),
    "view_change": views.view_change,
    "view_birth": lambda bad: views.view_birth(bad, layer=0, head=0),
    "view_training": views.view_training,
}
CHANGES = ("heads_off", "weights_edited", "hidden_tokens", "positions", "seed", "position_table", "scale",
           "temperature")
MODELS = {
    "load_bert": lambda bert, bad: models.load_bert(bad),
    "load_model": lambda bert, bad: models.load_model(bad),
    "load_translator": lambda bert, bad: models.load_translator(bad),
    "run": lambda bert, bad: bert.run(bad),
    "run b": lambda bert, bad: bert.run("the dog", bad),
    "fill_mask": lambda bert, bad: bert.fill_mask(bad),
    "fill_mask top": lambda bert, bad: bert.fill_mask("the [MASK]", top=bad),
    "attention_output": lambda bert, bad: bert.run("the dog").attention_output(bad),
    "compare": lambda bert, bad: interventions.compare(bad, "the [MASK]"),
    "compare top": lambda bert, bad: interventions.compare(bert, "the [MASK]", top=bad),
    **{f"run {name}": lambda bert, bad, name=name: bert.run("the dog ran", **{name: bad}) for name in CHANGES},
    **{f"view_neurons {name}": lambda bert, bad, name=name: views.view_neurons(
        bert.run("the dog"), **{"token": 1, "layer": 0, "head": 0} | {name: bad})
       for name in ("token", "layer", "head", "key")},
}
TRANSLATIONS = {
    name: lambda translator, bad, name=name: translator.translate(**{"text": "I am a student."} | {name: bad})
    for name in ("text", "target", "beam", "prefix", "hidden_tokens", "heads_off", "temperature", "seed")}


@pytest.fixture(autouse=True)
def _offline(monkeypatch):
    """Ask no hub for a model called x."""
    from huggingface_hub import constants
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)


def internals(call) -> dict[str, str]:
    """Return the inputs that end in an error which is no sentence of ours."""
    found = {}
    for name, bad in BAD.items():
        try:
            call(bad)
        except CourseError as error:
            assert str(error) and not re.search(r"\{[a-z_]+\}", str(error))           # no gap is left open
        except Exception as error:
            found[name] = f"{type(error).__name__}: {error}"[:90]
    return found


@pytest.mark.parametrize("name", [*ATTENTION, *POSITIONS, *RECORDS, *VIEWS])
def test_a_function_answers_every_input(name):
    assert internals((ATTENTION | POSITIONS | RECORDS | VIEWS)[name]) == {}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_answers_every_input(name, tiny_bert):
    assert internals(lambda bad: MODELS[name](tiny_bert, bad)) == {}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translator_answers_every_input(name, tiny_translator_folder):
    translator = models.load_translator(tiny_translator_folder)
    assert internals(lambda bad: TRANSLATIONS[name](translator, bad)) == {}
