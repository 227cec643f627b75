"""Every public function, each of its arguments, against all that it is not: a sentence or a result, no internals."""

import inspect
import math
import re
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from translation_records import beams
from translation_records import record as translation

from helpers import (
    attention,
    checks,
    controls,
    heads,
    interventions,
    learning,
    models,
    plots,
    positions,
    probes,
    questions,
    transformer,
    tuning,
    views,
)
from helpers.models import AttentionRecord
from helpers.text import CourseError, language
from helpers.tuning import LabelledTexts, Recipe

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
PACKAGES = (attention, checks, controls, heads, interventions, learning, models, plots, positions, probes, questions,
            transformer, tuning, views)
NOT_CALLED_BY_LEARNERS = {       # what the functions hand back, and what stands behind a function that checks
    "AttentionRecord", "BeamPath", "Bert", "BertRecord", "Cache", "CharacterMoment", "CharacterRecord", "ClaimReport",
    "Comparison", "CourseFigure", "Decoded", "Decoder", "DecoderRecord", "Encoded", "HeadSummary", "Hidden",
    "Hypothesis", "Importance", "Induction", "Intervention", "LayerCache", "LiveRecord", "MaskChange", "Model",
    "ModelRecord", "Moment", "Pair", "ProbeRecord", "Step", "TokenVectors", "TrainingRecord", "TrainingStopped",
    "Transformer", "TranslationRecord", "Translator", "TuningRecord", "Unchanged", "View", "Written", "grow"}


@dataclass(frozen=True)
class Made:
    """What a test makes before it calls: the name of a fixture's part."""

    name: str


BERT, GPT, RUN, READ, TRANSLATOR = map(Made, ("bert", "gpt", "run", "read", "translator"))
SMALL = Made("small")
MATRIX, TABLE, VECTORS = torch.eye(2), torch.arange(24.0).reshape(6, 4).sin(), torch.arange(40.0).reshape(20, 2).sin()
RECORD = AttentionRecord(("a", "b"), (0, 0), None, torch.full((1, 2, 2, 2), 0.5))
TRANSLATED = translation(beams=beams())
PLACE = {"layer": 0, "head": 0}
TEXTS = {"sentence_a": "the dog", "sentence_b": "it was"}
SAMPLING = {"temperature": 1.0, "top_k": 2, "top_p": 0.5, "seed": 0}
CHANGES = {"heads_off": [(0, 0)], "weights_edited": {}, "hidden_tokens": [1], "positions": None, "seed": 0,
           "position_table": None, "scale": 1.0, "temperature": 1.0}
LAYER = {"d_model": 4, "n_heads": 2, "d_ff": 4, "norm_first": False, "activation": "relu", "dropout": 0.0}
LIVE = {"task": "copy", "n_layers": 1, "n_heads": 2, "learning_rate": 0.01, "positions": True, "residual": True,
        "norm": "before", "feed_forward": True, "d_model": 8, "seed": 0}
POEM = "春眠不觉晓，处处闻啼鸟。" * 41
SEARCH = {"model": SMALL, "source_ids": torch.tensor([[1, 2]]), "source_mask": None,
          "vocabulary": transformer.Vocabulary(0, 1, torch.arange(5)), "max_tokens": 3}
CALLS = {                                                            # {function: right arguments}
    "attention_scores": {"queries": MATRIX, "keys": MATRIX, "scale": None},
    "attention_weights": {"scores": MATRIX, "mask": None},
    "scaled_dot_product_attention": {"queries": MATRIX, "keys": MATRIX, "values": MATRIX, "mask": None, "scale": None},
    "split_heads": {"inputs": MATRIX, "n_heads": 1},
    "merge_heads": {"heads": torch.ones(2, 2, 2)},
    "causal_mask": {"n_tokens": 3},
    "padding_mask": {"lengths": [1], "n_tokens": 3},
    "MultiHeadAttention": {"d_model": 4, "n_heads": 1},
    "frequencies": {"d_model": 4, "base": 100.0},
    "sinusoidal_positions": {"n_positions": 4, "d_model": 4, "base": 100.0},
    "concatenated_positions": {"n_positions": 4, "d_model": 4, "base": 100.0},
    "interleaved_order": {"d_model": 4},
    "unnamed_tables": {"learned": torch.arange(33.0 * 32).reshape(33, 32).sin()},
    "offset_rotation": {"offset": 1, "d_model": 4, "base": 100.0},
    "rotate": {"vectors": MATRIX, "positions": None, "base": 100.0},
    "similarities": {"table": TABLE, "cosine": False},
    "explained_by_offset": {"table": TABLE, "cosine": False},
    "principal_components": {"table": TABLE, "n_components": 2},
    "describe_heads": {"records": RECORD.weights, "tokens": ["a", "b"]},
    "roll_out": {"record": RECORD.weights, "tokens": ["a", "b"], "residual": 0.5},
    "measure_importance": {"model": BERT, "text": "the [MASK] ran", "answer": "dog", "mask": 0},
    "measure_induction": {"model": GPT, "length": 4, "n_sequences": 2, "seed": 0, "heads_off": ()},
    "repeated_sequences": {"model": GPT, "length": 4, "n_sequences": 2, "seed": 0},
    "induction_scores": {"weights": torch.rand(2, 7, 7)},
    "kendall": {"one": [1.0, 2, 3], "other": [1.0, 3, 2]},
    "spearman": {"one": [1.0, 2, 3], "other": [1.0, 3, 2]},
    "ranks": {"numbers": [1.0, 2, 3]},
    "median_interval": {"numbers": [1.0, 2, 3], "times": 100, "seed": 0},
    "compare": {"bert": BERT, "sentence_a": "the [MASK]", "sentence_b": "it was", "top": 5, **CHANGES},
    "learned_positions": {"model": BERT},
    "load_bert": {"source": "course"},
    "load_model": {"source": "course"},
    "load_training": {"name": "translator"},
    "load_translator": {"source": "course"},
    "logit_lens": {"record": READ},
    "Sampling": SAMPLING,
    "control_labels": {"types": ["a", "b"], "labels": [0, 1], "seed": 0},
    "fit_reader": {"inputs": VECTORS, "labels": torch.tensor([0, 1] * 10), "n_classes": 2, "strength": 1.0},
    "nearest": {"vectors": VECTORS, "index": 0, "top": 2},
    "probe": {"vectors": VECTORS, "labels": [0, 1] * 10, "groups": list(range(20)), "strength": 1.0, "held_out": 0.4,
              "seed": 0},
    "token_vectors": {"bert": BERT, "texts": ["the dog"]},
    "word_classes": {"text": "我爱你"},
    "Classifier": {"bert": BERT, "classes": ("a", "b")},
    "LabelledTexts": {"texts": ("a", "b"), "labels": (0, 1), "classes": ("x", "y")},
    "Recipe": {"mask": 0.8, "replace": 0.1},
    "load_pairs": {},
    "load_sentences": {"code": "en"},
    "hide_tokens": {"bert": BERT, "token_ids": torch.tensor([[2, 50, 51, 3]]), "recipe": Recipe(), "share": 0.2,
                    "generator": None},
    "practise": {"bert": BERT, "texts": ["the dog ran"], "recipe": Recipe(), "steps": 1, "seed": 0},
    "what_it_says": {"bert": BERT, "texts": ["the dog ran"], "seed": 0},
    "fine_tune": {"bert": BERT, "learn": LabelledTexts(("the dog", "it was"), (0, 1)), "held_out": None,
                  "frozen": True, "steps": 1, "seed": 0},
    "AddAndNorm": {name: LAYER[name] for name in ("d_model", "norm_first", "dropout")},
    "FeedForward": {name: LAYER[name] for name in ("d_model", "d_ff", "activation")},
    "EncoderLayer": LAYER,
    "DecoderLayer": LAYER,
    "TransformerConfig": {"vocab_size": 5, "n_layers": 1, "max_tokens": 8, **LAYER},
    "Vocabulary": {"start": 0, "end": 1, "pieces": torch.arange(3), "prefix": (), "temperature": 1.0},
    "beam_search": {"model": SMALL, "source": torch.tensor([[1, 2]]), "vocabulary": SEARCH["vocabulary"],
                    "max_tokens": 3, "beam": 2, "alpha": 1.0},
    "greedy_search": SEARCH,
    "sample": SEARCH | {"seed": 0},
    "length_penalty": {"n_tokens": 3, "alpha": 1.0},
    "CharacterTraining": {"text": POEM, "seed": 0},
    "LiveSettings": LIVE,
    "LiveTraining": {"settings": None, "word": "attention", "encoder_layer": None, "decoder_layer": None},
    "view_agreement": {"correlations": {"a": [0.1, 0.2]}, "judge": "a", "seed": 0},
    "view_beams": {"record": TRANSLATED},
    "view_birth": {"training": Made("birth"), "step": 0, **PLACE},
    "view_change": {"comparison": Made("comparison")},
    "view_characters": {"record": Made("characters")},
    "view_clocks": {"query": 1, "key": 3, "moved": 10, "d_head": 8, "base": 100.0},
    "view_edited_query": {"record": RUN, "token": 1, "neuron": 0, "change": 0.5, **PLACE},
    "view_neighbours": {"found": Made("vectors"), "index": 0, "top": 2},
    "view_heads": {"record": RECORD.weights, "tokens": ["a", "b"], "layer": 0, "heads": 0, "filter": "all",
                   "threshold": 0.1, "query": 1, "across": False},
    "view_importance": {"importance": Made("importance"), **PLACE},
    "view_lens": {"record": READ, "tokens": 4},
    "view_map": {"chapter": "05"},
    "view_model": {"record": RECORD.weights, "tokens": ["a", "b"], "filter": "all", "captions": None, "chosen": (0, 0),
                   "columns": None},
    "view_neurons": {"record": RUN, "token": 1, "key": 1, **PLACE},
    "view_next": {"record": READ, "top": 5, **SAMPLING},
    "view_positions": {"n_positions": 8, "d_model": 8, "base": 100.0, "pair": (1, 2)},
    "view_scaling": {"d": 8, "temperature": 1.0},
    "view_training": {"record": Made("live"), "step": 0, **PLACE},
    "view_translation": {"record": TRANSLATED, "step": 1, "threshold": 0.1, **PLACE},
    "plot_counter": {"n_bits": 4},
    "plot_curves": {"table": TABLE, "dimensions": [0, 1]},
    "plot_heads": {"summary": RECORD.weights, "kind": "next", "tokens": ["a", "b"]},
    "plot_offsets": {"table": TABLE, "starts": [0, 1], "cosine": True},
    "plot_path": {"table": TABLE, "first": 1},
    "plot_positions": {"table": TABLE},
    "plot_similarity": {"table": TABLE, "cosine": True},
    "explore_birth": {"training": Made("birth")},
    "explore_characters": {"text": POEM},
    "explore_heads": {"model_or_record": BERT, **TEXTS, **PLACE},
    "explore_importance": {"model": BERT, "text": "the [MASK] ran", "answer": "dog"},
    "explore_interventions": {"model": BERT, **TEXTS},
    "explore_model": {"model_or_record": BERT, **TEXTS},
    "explore_neurons": {"model_or_record": BERT, **TEXTS},
    "explore_next": {"model": GPT, "text": "春眠"},
    "explore_positions": {},
    "explore_query": {"model_or_record": BERT, **TEXTS},
    "explore_scaling": {},
    "explore_training": {"word": "attention", "encoder_layer": None, "decoder_layer": None, **LIVE},
    "explore_translation": {"translator": TRANSLATOR, "text": "I am a student.", "target": "zh", "beam": 1},
    "check": {"key": "01.softmax", "answer": lambda scores: scores.softmax(-1), "record": None, "strict": None},
    "hint": {"key": "01.softmax"},
    "predict": {"key": "01.mixture", "right": None, "hide": True},
    "explain": {"key": "01.full_stop"},
    "quiz": {"key": "01.start"},
    "inventory": {"form": "before", "again": False},
    "hand_in": {"name": "Li Lei", "folder": Made("folder")},
    "progress": {},
}
METHODS = {                                                          # {name: (whose, right arguments)}
    "AttentionRecord.of": (AttentionRecord, {"attentions": RECORD.weights, "tokens": ["a", "b"], "key_tokens": None,
                                             "sentence_b_start": None, "special": None}),
    "HeadSummary.rank": (Made("summary"), {"kind": "next"}),
    "HeadSummary.kind": (Made("summary"), PLACE),
    "Bert.run": (BERT, {**TEXTS, **CHANGES}),
    "Bert.fill_mask": (BERT, {"text": "the [MASK]", "sentence_b": None, "top": 3}),
    "BertRecord.attention_output": (RUN, {"layer": 0}),
    "Importance.scores": (Made("importance"), PLACE),
    "Decoder.next_tokens": (GPT, {"text": "春眠", "top": 3}),
    "Decoder.generate": (GPT, {"text": "春眠", "max_tokens": 1, "heads_off": (), "use_cache": True, **SAMPLING}),
    "Decoder.read_on": (GPT, {"token_ids": [5], "cache": None, "first_position": None}),
    "Classifier.classify": (Made("classifier"), {"texts": ["the dog"]}),
    "LabelledTexts.split": (LabelledTexts(tuple("abcd"), (0, 0, 1, 1), ("x", "y")), {"held_out": 1, "seed": 0}),
    "Translator.translate": (TRANSLATOR, {"text": "I am a student.", "target": "zh", "beam": 1, "prefix": "",
                                          "hidden_tokens": (), "heads_off": (), "temperature": 1.0, "seed": None}),
    **{f"{name}.choose": (Made(name), chosen) for name, chosen in {
        "HeadExplorer": {"layer": 0, "head": 1, "query": 1, "threshold": 0.1, "filter": "all", "words": False},
        "ModelExplorer": {"layer": 0, "head": 1, "filter": "all"},
        "InterventionExplorer": {"positions": "none", "no_root": True, "temperature": 1.0, "hidden": [1],
                                 "heads_off": [(0, 0)]}}.items()},
}
FUNCTIONS = {name: getattr(package, name) for package in PACKAGES
             for name in getattr(package, "__all__", [*CALLS]) if callable(getattr(package, name, None))}
RIGHT = CALLS | {name: own for name, (_, own) in METHODS.items()}
ARGUMENTS = [f"{name}.{argument}" for name, right in RIGHT.items()
             for argument in right]


@pytest.fixture(scope="module")
def made(tiny_bert, tiny_translator_folder, tmp_path_factory):
    """What the arguments that are `Made` stand for."""
    gpt = models.load_model("course-gpt")
    tuned = {"bert": tiny_bert, "gpt": gpt, "run": tiny_bert.run("the dog ran", "it was"), "read": gpt.run("春眠"),
             "translator": models.load_translator(tiny_translator_folder), "birth": models.load_training("translator"),
             "comparison": interventions.compare(tiny_bert, "the [MASK]"), "summary": heads.describe_heads(RECORD),
             "characters": learning.CharacterTraining(POEM).record, "live": learning.LiveTraining().record,
             "importance": heads.measure_importance(tiny_bert, "the [MASK] ran", "dog"),
             "vectors": probes.token_vectors(tiny_bert, ["the dog", "it was"]),
             "classifier": tuning.Classifier(tiny_bert, ("a", "b")), "folder": tmp_path_factory.mktemp("handed in"),
             "HeadExplorer": controls.explore_heads(tiny_bert, "the dog", "it was"),
             "ModelExplorer": controls.explore_model(tiny_bert, "the dog", "it was"),
             "InterventionExplorer": controls.explore_interventions(tiny_bert, "the [MASK]")}
    config = transformer.TransformerConfig(5, 1, 8, 2, 8, max_tokens=8)
    return tuned | {"small": transformer.Transformer(config).eval()}


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Ask no hub for a model called x, and write no file anywhere else."""
    from huggingface_hub import constants
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.chdir(tmp_path)


def found(argument, made):
    """Return a function of one argument, the rest of its arguments as they should be."""
    name, argument = argument.rsplit(".", 1)
    whose, right = METHODS.get(name, (None, CALLS.get(name)))
    right = {key: made[one.name] if isinstance(one, Made) else one for key, one in right.items()}
    owner = made[whose.name] if isinstance(whose, Made) else whose
    function = FUNCTIONS[name] if whose is None else getattr(owner, name.rsplit(".", 1)[1])
    return lambda value: function(**right | {argument: value}), right[argument]


def test_every_public_function_is_swept():
    assert sorted(set(FUNCTIONS) - set(CALLS) - NOT_CALLED_BY_LEARNERS
                  - {name for name in FUNCTIONS if name.endswith("Explorer")}) == []
    missing = [f"{name}.{parameter.name}" for name, right in CALLS.items()
               for parameter in inspect.signature(FUNCTIONS[name]).parameters.values()
               if parameter.kind is not parameter.VAR_KEYWORD and parameter.name not in right]
    assert missing == []


@pytest.mark.parametrize("argument", ARGUMENTS)
def test_every_input_is_answered(argument, made):
    call, right = found(argument, made)
    call(right)
    internals = {}
    for name, bad in BAD.items():
        try:
            call(bad)
        except CourseError as error:
            assert str(error) and not re.search(r"\{[a-z_]+\}", str(error))           # no gap is left open
        except Exception as error:
            internals[name] = f"{type(error).__name__}: {error}"[:90]
    assert internals == {}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("argument", [one for one in ARGUMENTS if not one.startswith(("check.", "Decoder.read_on"))])
def test_what_is_no_argument_at_all_is_named(argument, made, code):
    """An object that nothing takes is never read as something else, and the sentence says what came."""
    call, _ = found(argument, made)
    strange = type("Strange", (), {"__repr__": lambda self: "<strange>"})()
    language(code)
    with pytest.raises(CourseError) as caught:
        call(strange)
    said = str(caught.value).lower()
    assert "strange" in said
