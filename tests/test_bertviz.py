"""bertviz's own views offline: the record's numbers, once, in a page that needs nothing and that no text breaks."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from conftest import SEED_A, SEED_B, refusal
from IPython.core.formatters import DisplayFormatter
from translation_records import record as made_translation

from helpers.models import AttentionRecord, ModelRecord
from helpers.text import language
from helpers.views import view_heads, view_model, view_neurons
from helpers.views.bertviz import BertvizView, OwnView, bertviz_heads, bertviz_model, bertviz_neurons, page

ROOT = Path(__file__).parents[1]
VIEWS = [bertviz_heads, bertviz_model, bertviz_neurons]
STRANGE = ["</script><img onerror=alert(1)>", "<!--<script>", "'\"&amp;", "\x07\ud800", "", " ", "👩‍🚀", "e\u0301",
           "מילה", "]]>", "x" * 300, "${a}\\u003c", "const params = {", "\u2028"]
OURS = 4  # the scripts before bertviz's: d3, jQuery, a stand-in for require.js, and one that makes it fit
QUARTERS = ["All", "Sentence A -> Sentence A", "Sentence B -> Sentence B", "Sentence A -> Sentence B",
            "Sentence B -> Sentence A"]


def made(tokens=("[CLS]", "燕", "子", "dog", "[SEP]", "好", "[SEP]"), b_start=5, n_layers=3, n_heads=4):
    """Return a record without queries and keys, its weights from a fixed seed."""
    segments = tuple(int(b_start is not None and place >= b_start) for place in range(len(tokens)))
    weights = random_weights(n_layers, n_heads, len(tokens), len(tokens))
    return AttentionRecord(tuple(tokens), segments, b_start, weights, "made")


def random_weights(n_layers, n_heads, n_queries, n_keys):
    generator = torch.Generator().manual_seed(0)
    return torch.randn(n_layers, n_heads, n_queries, n_keys, generator=generator).double().softmax(-1)


class Elements(HTMLParser):
    """Collects the elements of a page as a browser would find them: (name, attributes, text inside)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append([tag, dict(attributes), ""])

    def handle_data(self, data):
        if self.found:
            self.found[-1][2] += data


def elements(html, name):
    return [one for one in Elements(html).found if one[0] == name]


def data_of(view):
    """Return what the page hands to bertviz's script."""
    script = elements(view.page, "script")[OURS][2]
    start = re.search(r"const params = (?=\{)|window\.bertviz_params = ", script).end()
    return json.JSONDecoder().raw_decode(script, start)[0]


def close(found, wanted):
    np.testing.assert_allclose(np.array(found), np.asarray(wanted.detach()), atol=5.1e-5)


# the numbers are the record's

@pytest.mark.parametrize("draw", [bertviz_heads, bertviz_model])
def test_a_pair_is_shown_whole_and_by_sentences(draw):
    record = made()
    parts = data_of(draw(record))["attention"]
    a, b = slice(0, 5), slice(5, None)
    sides = [(slice(None), slice(None)), (a, a), (b, b), (a, b), (b, a)]
    assert [part["name"] for part in parts] == QUARTERS
    for part, (queries, keys) in zip(parts, sides, strict=True):
        close(part["attn"], record.weights[:, :, queries, keys])
        assert part["left_text"] == list(record.tokens[queries]) and part["right_text"] == list(record.tokens[keys])


@pytest.mark.parametrize("draw", [bertviz_heads, bertviz_model])
def test_a_single_sentence_has_one_part(draw):
    record = made(b_start=None)
    (part,) = data_of(draw(record))["attention"]
    close(part["attn"], record.weights)
    assert part["left_text"] == part["right_text"] == list(record.tokens)


def test_a_model_with_texts_is_its_record(bert):
    record = bert.run("今天天气很好", "I love you")
    for draw in VIEWS:
        assert draw(bert, "今天天气很好", "I love you") == draw(record)
    close(data_of(bertviz_heads(record))["attention"][0]["attn"], record.weights)


def test_a_folder_of_safetensors_is_a_model(tiny_bert_folder, tiny_bert):
    assert (tiny_bert_folder / "model.safetensors").is_file()
    page_of_folder = bertviz_neurons(tiny_bert_folder, "the dog ran").page
    assert page_of_folder == bertviz_neurons(str(tiny_bert_folder), "the dog ran").page \
        == bertviz_neurons(tiny_bert.run("the dog ran")).page


def test_folded_words_can_be_shown(tiny_bert):
    words = tiny_bert.run("um ##brella", "你的世界").words()
    close(data_of(bertviz_model(words))["attention"][0]["attn"], words.weights)


@pytest.mark.parametrize("texts", [("the dog ran", None), (SEED_A, SEED_B)])
def test_neurons_are_those_of_bertvizs_own_model(tiny_bert, texts):
    from bertviz.neuron_view import get_attention
    from bertviz.transformers_neuron_view import BertConfig, BertModel

    settings = tiny_bert.model.config.to_dict()
    theirs = BertModel(BertConfig.from_dict(settings | {"output_attentions": True}))
    theirs.load_state_dict(tiny_bert.encoder.state_dict(), strict=False)
    wanted = get_attention(theirs, "bert", tiny_bert.tokenizer, *texts, include_queries_and_keys=True)
    found = data_of(bertviz_neurons(tiny_bert, *texts))["attention"]
    assert found.keys() == wanted.keys()
    for name, part in found.items():
        assert part["left_text"] == wanted[name]["left_text"] and part["right_text"] == wanted[name]["right_text"]
        for step in ("attn", "queries", "keys"):
            for layer, numbers in enumerate(part[step]):
                np.testing.assert_allclose(numbers, wanted[name][step][layer], atol=6e-5)


def test_the_choices_reach_bertviz(tiny_bert):
    record = tiny_bert.run("the dog ran")
    chosen = data_of(bertviz_heads(record, layer=2, heads=[3, 1]))
    assert (chosen["layer"], chosen["heads"], chosen["include_layers"]) == (2, [1, 3], [0, 1, 2])
    assert data_of(bertviz_heads(record))["heads"] == [0, 1, 2, 3]
    chosen = data_of(bertviz_neurons(record, layer=1, head=3))
    assert (chosen["layer"], chosen["head"], chosen["display_mode"]) == (1, 3, "light")


# translations

@pytest.mark.parametrize("draw", [bertviz_heads, bertviz_model])
def test_a_translation_shows_encoder_decoder_and_cross(draw):
    record = made_translation()
    parts = data_of(draw(record))["attention"]
    assert [part["name"] for part in parts] == ["Encoder", "Decoder", "Cross"]
    for part, wanted in zip(parts, (record.encoder, record.decoder, record.cross), strict=True):
        close(part["attn"], wanted.weights)
        assert [part["left_text"], part["right_text"]] == list(map(list, wanted.sides))
    assert "6 tokens to 8" in draw(record).text and "cross-attention" in elements(draw(record).page, "p")[0][2]


def test_one_part_of_a_translation_is_a_record_too():
    record = made_translation()
    (part,) = data_of(bertviz_heads(record.cross, layer=1))["attention"]
    close(part["attn"], record.cross_weights)
    assert [part["left_text"], part["right_text"]] == [list(record.target_tokens), list(record.source_tokens)]
    assert data_of(bertviz_model(record.decoder))["attention"][0]["left_text"] == list(record.decoder_tokens)


def test_of_unequal_stacks_the_layers_of_both_are_shown():
    unequal = made_translation(encoder_weights=random_weights(5, 3, 8, 8))
    assert [len(part["attn"]) for part in data_of(bertviz_model(unequal))["attention"]] == [2, 2, 2]
    refusal(lambda: bertviz_heads(unequal, layer=2))


def test_a_translator_translates():
    translator = SimpleNamespace(translate=lambda text: made_translation())
    assert bertviz_heads(translator, "I run").page == bertviz_heads(made_translation()).page
    for code in ("en", "zh"):
        assert "bertviz_heads" in str(refusal(lambda: bertviz_heads(translator, "I run", "you run"), code))


# the page

@pytest.mark.parametrize("draw", VIEWS)
def test_a_page_is_the_same_twice_and_asks_for_nothing(draw, course_bert):
    view = draw(course_bert, SEED_A, SEED_B)
    assert draw(course_bert, SEED_A, SEED_B).html == view.html
    assert not any({"src", "href"} & attributes.keys() for _, attributes, _ in Elements(view.page).found)
    assert "cdnjs" not in view.page and "require.config" not in view.page
    assert elements(view.page, "meta")[1][1]["content"].startswith("default-src 'none';")
    scripts = [text for _, _, text in elements(view.page, "script")]
    assert "d3js.org v5" in scripts[0] and "jQuery v3" in scripts[1] and "PYTHON_PARAMS" not in scripts[OURS]


@pytest.mark.parametrize("draw", [bertviz_heads, bertviz_model])
def test_numbers_are_written_once_and_short(draw):
    record = replace(made(b_start=None), weights=random_weights(3, 4, 7, 7).float())
    drawn = draw(record).page
    row = ",".join(f"{weight:g}" for weight in np.round(np.asarray(record.weights[2, 3, 4], dtype=float), 4))
    assert drawn.count(row) == 1
    assert re.search(r"\d\.\d{5,}(?=[,\]])", drawn[drawn.index('"attn"'):]) is None


@pytest.mark.parametrize("draw", [bertviz_heads, bertviz_model])
def test_no_token_can_break_out(draw):
    tokens = ["[CLS]", *STRANGE, "[SEP]"]
    drawn = draw(made(tokens, b_start=None))
    assert len(elements(drawn.page, "script")) == OURS + 1 and not elements(drawn.page, "img")
    names = data_of(drawn)["attention"][0]["left_text"]
    assert names[1].startswith("</script>") and names[1].endswith("…") and names[7] == "👩‍🚀"
    assert all(name.strip() and "\ud800" not in name for name in names)
    drawn.page.encode("utf-8")


@pytest.mark.parametrize("draw", VIEWS)
def test_a_strange_text_reaches_the_page_as_text(draw, minilm):
    drawn = draw(minilm, "</script><img onerror=alert(1)> 🙂", "<!--<script>")
    assert len(elements(drawn.page, "script")) == OURS + 1 + (draw is bertviz_neurons)
    assert not elements(drawn.page, "img")


@pytest.mark.parametrize("draw", VIEWS)
def test_it_displays_itself_in_a_frame_that_reaches_nothing(draw, tiny_bert):
    view = draw(tiny_bert, "the dog ran")
    bundle, _ = DisplayFormatter().format(view)
    assert bundle == {"text/plain": view.text, "text/html": view.html}
    ((_, attributes, _),) = elements(view.html, "iframe")
    assert attributes["sandbox"] == "allow-scripts" and attributes["srcdoc"] == view.page
    assert attributes["title"] == view.text and "aspect-ratio:{}/{};".format(*view.size) in attributes["style"]
    assert len(repr(view)) < 1000


@pytest.mark.parametrize("draw", VIEWS)
def test_its_words_are_the_learners(draw, tiny_bert):
    english = draw(tiny_bert, "the dog ran")
    language("zh")
    chinese = draw(tiny_bert, "the dog ran")
    assert english.title.startswith("bertviz: ") and chinese.title.endswith("视图")
    assert chinese.text.startswith(chinese.title) and "第 0 层" in chinese.text
    assert '<html lang="zh-CN">' in chinese.page and "词元" in elements(chinese.page, "p")[0][2]
    assert "哪一句" in elements(draw(tiny_bert, "dog", "ran").page, "p")[0][2]


def test_it_grows_with_its_text(tiny_bert):
    for draw in VIEWS:
        short, long = draw(tiny_bert, "dog"), draw(tiny_bert, "the dog ran " * 12)
        assert long.size[0] == short.size[0] and long.size[1] > short.size[1] + 500


def test_it_is_saved_as_a_page(tmp_path, tiny_bert):
    view = bertviz_heads(tiny_bert, "the dog ran")
    path = view.save(tmp_path / "看 it.html")
    assert path.read_text(encoding="utf-8") == view.page and b"\r" not in path.read_bytes()
    for code in ("en", "zh"):
        assert ".html" in str(refusal(lambda: view.save("view.svg"), code))
        refusal(lambda: view.save(tmp_path / "no" / "view.html"), code)


# without its packages

@pytest.fixture(params=[["mpld3"], ["xstatic-jquery"], ["bertviz"], ["mpld3", "xstatic-jquery"]], ids=",".join)
def absent(request, monkeypatch):
    """The packages that are not there, though this machine has them."""
    def distribution(name, found=page.distribution):
        if name in request.param:
            raise PackageNotFoundError(name)
        return found(name)

    monkeypatch.setattr(page, "distribution", distribution)
    monkeypatch.setattr(page, "find_spec", lambda name: None if name in request.param else object())
    return request.param


def test_without_its_packages_our_own_view_is_shown(absent, tiny_bert):
    record = tiny_bert.run("the dog ran")
    own = {bertviz_heads: view_heads(record, layer=1, heads=[2]), bertviz_model: view_model(record),
           bertviz_neurons: view_neurons(record, 1, 1, 2)}
    choices = {bertviz_heads: {"layer": 1, "heads": 2}, bertviz_model: {}, bertviz_neurons: {"layer": 1, "head": 2}}
    for draw, wanted in own.items():
        view = draw(record, **choices[draw])
        assert isinstance(view, OwnView) and (view.svg, view.text, view.data) == (wanted.svg, wanted.text, wanted.data)
        assert f"pip install {' '.join(absent)}" in view.note and "\n" not in view.note
        bundle = view._repr_mimebundle_()
        assert bundle["text/html"].endswith(wanted.svg) and view.note in bundle["text/plain"]


def test_without_its_packages_a_translation_shows_its_cross_attention(absent):
    record = made_translation()
    for view, wanted in ((bertviz_heads(record, layer=1), view_heads(record.cross, layer=1)),
                         (bertviz_model(record), view_model(record.cross))):
        assert view.svg == wanted.svg and "cross-attention" in view.note and absent[0] in view.note


def test_with_its_packages_nothing_is_missing():
    assert page.missing() == []


# what cannot be shown

@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_long_text_is_refused_with_what_to_do_instead(code):
    long = replace(made(["字"] * 500, b_start=None, n_layers=1, n_heads=1), weights=torch.zeros(13, 1, 500, 500))
    assert "view_model" in str(refusal(lambda: bertviz_model(long), code))
    assert "view_heads" in str(refusal(lambda: bertviz_heads(long), code))
    empty, heads = torch.zeros(0), torch.zeros(13, 1, 500, 64)
    run = ModelRecord(**vars(long), token_ids=(0,) * 500, sentences=("字" * 500,), spans=((0, 0),) * 500,
                      word_embeddings=empty, hidden_states=empty, queries=heads, keys=heads, values=empty,
                      scores=empty, context=empty, attention_outputs=empty)
    assert "view_neurons" in str(refusal(lambda: bertviz_neurons(run), code))
    translation = made_translation(source=("w",) * 400, n_layers=1)
    assert "400" in str(refusal(lambda: bertviz_model(translation), code))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("draw", VIEWS)
def test_two_thousand_characters_end_in_a_sentence(draw, code, tiny_bert):
    refusal(lambda: draw(tiny_bert, "天" * 2000), code)


def test_the_longest_text_that_a_browser_bears_is_drawn():
    assert isinstance(bertviz_model(made(["w"] * 125, b_start=None, n_layers=4, n_heads=4)), BertvizView)
    refusal(lambda: bertviz_model(made(["w"] * 126, b_start=None, n_layers=4, n_heads=4)))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_wrong_arguments_end_in_a_sentence(code, tiny_bert):
    record = tiny_bert.run("the dog ran")
    for draw in VIEWS:
        for wrong in (None, 3, [record], {"tokens": record.tokens}, record.weights):
            assert draw.__name__ in str(refusal(lambda: draw(wrong), code))  # noqa: B023
        refusal(lambda: draw(tiny_bert), code)  # noqa: B023
        refusal(lambda: draw(record, "the dog ran"), code)  # noqa: B023
        refusal(lambda: draw("no/such/folder", "the dog ran"), code)  # noqa: B023
    for choice in ({"layer": 3}, {"layer": -1}, {"layer": "0"}, {"heads": 4}, {"heads": []}, {"heads": "all"}):
        refusal(lambda: bertviz_heads(record, **choice), code)  # noqa: B023
    for choice in ({"layer": 3}, {"head": 4}, {"head": None}):
        refusal(lambda: bertviz_neurons(record, **choice), code)  # noqa: B023


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_has_no_queries_has_no_neurons(code, tiny_bert):
    for record in (tiny_bert.run("the dog ran").words(), made_translation()):
        assert type(record).__name__ in str(refusal(lambda: bertviz_neurons(record), code))  # noqa: B023


# house rules

def test_bertviz_is_imported_in_one_place_and_no_foreign_script_is_kept():
    importing = [file for file in (ROOT / "helpers").rglob("*.py")
                 if re.search(r"^\s*(import|from) bertviz\b", file.read_text(encoding="utf-8"), re.MULTILINE)]
    assert {file.parent for file in importing} == {ROOT / "helpers" / "views" / "bertviz"}
    assert not list((ROOT / "helpers").rglob("*.js"))
