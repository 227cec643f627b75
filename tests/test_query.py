"""The view of an edited query and its explorer: the row is what the model makes of such a query."""

import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
import torch
from conftest import refusal

from helpers.controls import explore_query
from helpers.controls.texts import telling_word
from helpers.text import language
from helpers.views import view_edited_query, view_neurons

SVG = "{http://www.w3.org/2000/svg}"
WIDGET = "application/vnd.jupyter.widget-view+json"
TEXTS = "你要开心,the dog ran.", "好不好?"


@pytest.fixture(scope="module")
def run(tiny_bert):
    return tiny_bert.run(*TEXTS)


@pytest.fixture
def explorer(tiny_bert):
    return explore_query(tiny_bert, *TEXTS)


def written(view):
    """Return every text in the picture."""
    return [element.text for element in ElementTree.fromstring(view.picture).iter(f"{SVG}text")]


# The numbers

@pytest.mark.parametrize("layer, head, token, neuron, change",
                         [(0, 0, 1, 0, 2.5), (2, 3, 5, 5, -4.0), (1, 2, 0, 3, 0.5)])
def test_the_row_is_what_torch_makes_of_the_moved_query(run, layer, head, token, neuron, change):
    data = view_edited_query(run, token, layer, head, neuron=neuron, change=change).data
    query, keys = run.queries[layer, head, token].double().clone(), run.keys[layer, head].double()
    query[neuron] += change
    expected = torch.softmax(torch.einsum("d,kd->k", query, keys) / math.sqrt(run.d_head), 0)
    assert data["row"] == pytest.approx(expected.tolist(), abs=1e-5)
    assert data["after"]["weights"] == pytest.approx(expected.tolist(), abs=1e-4)
    assert data["key_numbers"] == pytest.approx(keys[:, neuron].tolist(), abs=1e-4)
    moved = np.array(data["after"]["query"]) - np.array(data["before"]["query"])
    assert moved == pytest.approx(change * np.eye(run.d_head)[neuron], abs=2e-4)


def test_nothing_moved_is_the_models_own_row(bert):
    record = bert.run("the dog ran, it was tired.")
    for layer in range(record.n_layers):
        data = view_edited_query(record, 2, layer, record.n_heads - 1).data
        assert data["before"] == data["after"]
        assert data["row"] == pytest.approx(record.weights[layer, -1, 2].tolist(), abs=1e-5)
        assert data["before"]["scores"] == view_neurons(record, 2, layer, record.n_heads - 1).data["scores"]


def test_without_a_neuron_it_takes_the_one_that_adds_most(run):
    data = view_edited_query(run, 3, 1, 1).data
    products = (run.queries[1, 1, 3] * run.keys[1, 1, run.weights[1, 1, 3].argmax()]).tolist()
    assert data["neuron"] == products.index(max(products)) and data["change"] == 0


def test_the_row_goes_back_into_the_model(course_bert):
    texts = "The dog is on the [MASK].", "狗在床上。"
    record = course_bert.run(*texts)
    token = record.tokens.index("[MASK]")
    row = view_edited_query(record, token, 2, 1, change=8.0).data["row"]
    after = course_bert.run(*texts, weights_edited={(2, 1, token): row})
    assert after.weights[2, 1, token].tolist() == row and row != record.weights[2, 1, token].tolist()


def test_a_key_that_the_run_forbids_stays_forbidden(tiny_bert):
    record = tiny_bert.run("the dog ran", hidden_tokens=[2])
    data = view_edited_query(record, 1, 0, 0, neuron=0, change=9.0).data
    assert data["row"][2] == 0 and sum(data["row"]) == pytest.approx(1)
    assert "−∞" in written(view_edited_query(record, 1, 0, 0))


# The picture

@pytest.mark.parametrize("code", ["en", "zh"])
def test_picture_and_sentence_say_what_moved(run, code):
    language(code)
    view = view_edited_query(run, 2, 1, 3, neuron=4, change=3.0)
    was, now = view.data["before"]["query"][4], view.data["after"]["query"][4]
    shown = [f"{number:.2f}".replace("-", "−") for number in (was, now)]
    assert all(number in view.text for number in shown)
    assert any(f"{shown[0]} → {shown[1]}" in text for text in written(view))
    assert bool(re.search("[一-鿿]", re.sub("“.*?”", "", view.text))) == (code == "zh")
    best = view.data["tokens"][int(np.argmax(view.data["row"]))]
    assert f"“{best}" in view.text and set(view.data["tokens"]) <= set(written(view))
    assert not {"{", "}"} & set(view.text)


def test_bars_are_as_long_as_the_weights(run):
    view = view_edited_query(run, 2, 1, 3, change=-6.0)
    for name, when in (("was", "before"), ("now", "after")):
        bars = [path.get("d") for path in ElementTree.fromstring(view.picture).iter(f"{SVG}path")
                if path.get("class").split()[0] == name]
        lengths = [float(re.search(r"h([\d.]+)", bar)[1]) for bar in bars]
        drawn = [weight for weight in view.data[when]["weights"] if weight >= 0.005]
        assert lengths == pytest.approx([220 * weight for weight in drawn], abs=0.06)


def test_pictures_are_the_same_twice_and_stay_small(run):
    one, other = (view_edited_query(run, 1, 2, 0, neuron=2, change=1.5) for _ in range(2))
    assert one.image == other.image and len(one.image) < 30_000 and "script" not in one.svg


def test_strange_tokens_are_escaped(run):
    strange = ("</script><img onerror=alert(1)>", '"><b>', "\x07", "\ud800", "👩‍🚀", "שלום", "]]>")
    record = replace(run, tokens=(strange * 9)[:run.n_tokens])
    view = view_edited_query(record, 0, 0, 0, change=1.0)
    for svg in (view.svg, view.picture):
        ElementTree.fromstring(svg)
        assert "<img" not in svg and "<b>" not in svg


# What cannot be shown

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("choices, words", [
    ({"layer": 3}, ["3", "2"]), ({"head": -1}, ["-1", "3"]), ({"token": 99}, ["99"]), ({"token": 1.5}, ["1.5"]),
    ({"neuron": 6}, ["6", "5"]), ({"neuron": -1}, ["-1"]), ({"neuron": "two"}, ["two"]),
    ({"change": math.inf}, ["inf", "1000"]), ({"change": math.nan}, ["nan"]), ({"change": 1001}, ["1001"]),
    ({"change": "3"}, ["'3'"]), ({"change": True}, ["True"]), ({"change": None}, ["None"]),
])
def test_a_bad_choice_is_one_sentence(run, choices, words, code):
    said = str(refusal(lambda: view_edited_query(run, **{"token": 1, "neuron": 0} | choices), code))
    assert all(word in said for word in words)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_words_have_no_queries(run, code):
    assert "AttentionRecord" in str(refusal(lambda: view_edited_query(run.words(), 1), code))
    assert "AttentionRecord" in str(refusal(lambda: explore_query(run.words()), code))
    assert "explore_query" in str(refusal(lambda: explore_query(7), code))
    assert "explore_query" in str(refusal(lambda: explore_query(run, "text"), code))


# The explorer

@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_slider_position_redraws(tiny_bert, code):
    language(code)
    explorer, record, seen = explore_query(tiny_bert, "开心", None), tiny_bert.run("开心"), set()
    for layer in range(explorer.layer.max + 1):
        for neuron in range(explorer.neuron.max + 1):
            for change in (-10.0, -0.5, 0.0, 10.0):
                view = explorer.choose(layer=layer, head=layer, token=layer, neuron=neuron, change=change)
                own = view_edited_query(record, layer, layer, layer, neuron=neuron, change=change)
                assert explorer.picture.value == view.svg == own.svg and not explorer.notice.value
                seen.add(view.svg)
    assert len(seen) == 3 * 6 * 4
    labels = [control.description for row in explorer.rows for control in row.children]
    assert all(bool(re.search("[\u4e00-\u9fff]", label)) == (code == "zh") for label in labels)


def test_the_edits_fit_the_model(tiny_bert, explorer):
    explorer.choose(layer=1, head=2, token=4, neuron=3, change=7.5)
    ((place, row),) = explorer.edits.items()
    assert place == (1, 2, 4) and row.tolist() == explorer.view.data["row"]
    assert tiny_bert.run(*TEXTS, weights_edited=explorer.edits).weights[place].tolist() == pytest.approx(row.tolist())


def test_another_text_or_a_failing_one(explorer):
    explorer.choose(layer=2, head=3, token=3, neuron=5, change=2.0)
    explorer.text_b.value = "好"
    assert (explorer.layer.value, explorer.token.value, explorer.neuron.value) == (2, 3, 5)
    before = explorer.view.svg
    explorer.text_a.value = "  "
    assert 'role="alert"' in explorer.notice.value and explorer.view.svg == before


def test_a_record_alone_and_the_saved_picture(run):
    explorer = explore_query(run)
    assert explorer.rows[0].layout.display == "none" and explorer.view.data["token"] == telling_word(run, 0, 0)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET} and bundle["text/html"] == explorer.view.image


def test_a_model_with_narrower_heads_keeps_to_its_neurons(explorer, course_bert):
    wide = explore_query(course_bert, "the dog ran")
    wide.choose(neuron=31)
    wide._keep(explorer._record)
    wide._follow()
    assert wide.neuron.max == wide.neuron.value == 5 and wide.view.data["neuron"] == 5
