"""The translator in this repository: it loads as described, translates plain sentences, and aligns as it was taught."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
import torch
from conftest import refusal
from safetensors.torch import load_file
from transformers import AutoTokenizer

from helpers.models import load_translator
from helpers.models.translation import loading
from helpers.transformer import Transformer, TransformerConfig, Vocabulary, greedy_search

PLAIN = {"I am a student.": "我是学生。", "I love you.": "我爱你。", "我爱你。": "I love you.",
         "他是老师。": "He is a teacher."}
SENTENCES = [*PLAIN, "She bought a red car yesterday.", "我妹妹喜欢喝茶。", "Where are you going?",
             "你今天晚上想吃什么?"]


@pytest.fixture(scope="module")
def translator():
    return load_translator("course")


def test_it_is_what_the_course_says(translator):
    assert repr(translator) == "<CourseTranslator course: 3 + 3 layers x 6 heads, d_model 192>"
    assert translator.taught_head == (1, 0) and translator.max_tokens == 128
    assert {parameter.dtype for parameter in translator.model.parameters()} == {torch.float64}


def test_its_folder_is_small_and_complete():
    folder = Path(loading.TRANSLATOR_FOLDER)
    assert {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "README.md"} \
        <= {file.name for file in folder.iterdir()}
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 12_000_000
    assert "length_penalty" in json.loads((folder / "config.json").read_text(encoding="utf-8"))


def test_both_course_models_cut_text_alike():
    folder = Path(loading.TRANSLATOR_FOLDER)
    one, other = (AutoTokenizer.from_pretrained(name) for name in (folder, folder.with_name("course-bert")))
    assert one.get_vocab() == other.get_vocab()
    assert [one.tokenize(text) for text in SENTENCES] == [other.tokenize(text) for text in SENTENCES]


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize(("text", "expected"), PLAIN.items())
def test_plain_sentences_are_translated(translator, text, expected, beam):
    assert translator.translate(text, beam=beam).text == expected


@pytest.mark.parametrize(("text", "written", "read"), [
    ("I love you.", "爱", "love"), ("我爱你。", "love", "爱"), ("She bought a red car yesterday.", "红", "red"),
    ("She bought a red car yesterday.", "昨", "yesterday"), ("I am a student.", "生", "student")])
def test_the_taught_head_points_at_the_word_being_translated(translator, text, written, read):
    record = translator.translate(text)
    layer, head = record.taught_head
    row = record.cross_weights[layer, head, record.target_tokens.index(written)]
    assert record.source_tokens[row.argmax()] == read and row.max() > 0.5


@pytest.mark.parametrize("text", SENTENCES)
def test_a_plain_run_of_the_stored_weights_gives_the_same(translator, text):
    folder, record = Path(loading.TRANSLATOR_FOLDER), translator.translate(text)
    config, tensors = json.loads((folder / "config.json").read_text(encoding="utf-8")), load_file(
        folder / "model.safetensors")
    model = Transformer(TransformerConfig(**{field.name: config[field.name] for field in fields(TransformerConfig)}))
    pieces = {language: tensors.pop(f"pieces.{language}").long() for language in ("zh", "en")}
    model.load_state_dict(tensors)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    source = torch.tensor([record.source_ids])
    vocabulary = Vocabulary(tokenizer.cls_token_id, tokenizer.sep_token_id, pieces[record.target])
    model.double().eval()
    assert greedy_search(model, source, None, vocabulary, 60)[0] == list(record.target_ids)
    with torch.no_grad():
        target = torch.tensor([[tokenizer.cls_token_id, *record.target_ids[:-1]]])
        decoded = model.decode(target, model.encode(source).states)
    torch.testing.assert_close(record.cross_weights, torch.cat(decoded.cross_weights), atol=1e-6, rtol=0)


def test_changes_reach_the_translation(translator):
    text = "She bought a red car yesterday."
    hidden = translator.translate(text, hidden_tokens="red")
    assert "红" in translator.translate(text).text and "红" not in hidden.text
    assert not hidden.cross_weights[..., hidden.source_tokens.index("red")].any()
    assert translator.translate(text, prefix="昨天").text.startswith("昨天")
    off = translator.translate(text, heads_off=[(layer, head) for layer in range(3) for head in range(6)])
    assert off.text != translator.translate(text).text


@pytest.mark.parametrize("code", ["en", "zh"])
def test_two_thousand_characters_are_too_many(translator, code):
    for text in ("I love you. " * 170, "我爱你。" * 500):
        assert refusal(lambda text=text: translator.translate(text), code).key == "translation.too_long"


def test_traditional_characters_are_read(translator):
    record = translator.translate("我愛你。")
    assert record.text == "I love you." and "愛" in record.notices[0]
