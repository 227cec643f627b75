"""Where the page draws, the kernel hands over what it draws from, once, and draws nothing unless it is asked."""

import base64
import json
import re

import numpy as np
import pytest
import torch

from helpers.controls import (
    explore_heads,
    explore_model,
    explore_neurons,
    explore_positions,
    explore_query,
    explore_translation,
    texts,
)
from helpers.models import AttentionRecord
from helpers.models.trace import trace
from helpers.page.controls.cells import PER_HEAD, PER_LAYER, packed_cells
from helpers.page.notebook import LOOKS, page_script
from helpers.text import LANGUAGES
from helpers.views import view_heads

PAIR = "I drink tea.", "我喝茶。"
IMPORTED = re.compile(r'"(page:[^"]+)"')


def given(explorer, name: str) -> dict:
    """What the page was handed over under a name."""
    content = explorer._page._sent[name].value
    return json.loads(content.removeprefix('<script type="application/json">').removesuffix("</script>"))


@pytest.fixture
def heads(course_bert):
    return explore_heads(course_bert, *PAIR)


def test_nothing_is_sent_before_the_page_has_said_that_it_draws(heads):
    heads.choose(layer=2)
    assert [box.value for box in heads._page._sent.values()] == ["", "", ""]
    assert heads.picture.value == heads.view.svg


def test_from_then_on_the_page_draws_and_the_kernel_only_where_it_is_asked(heads, course_bert, monkeypatch):
    heads._page.here.value = True
    before, drawn = heads.picture.value, []
    monkeypatch.setattr("helpers.controls.heads.view_heads", lambda *given, **choice: drawn.append(1) or
                        view_heads(*given, **choice))
    heads.layer.value, heads.threshold.value = 3, 0.2
    assert heads.picture.value == before and not drawn
    assert heads.view.svg == view_heads(course_bert.run(*PAIR), layer=3, threshold=0.2).svg and drawn == [1]
    heads._page.here.value = False
    assert heads.picture.value == heads.view.svg != before


def test_the_record_goes_once_and_the_choices_when_they_change(heads, course_bert):
    heads._page.here.value = True
    source, told = given(heads, "source"), given(heads, "told")
    steps = np.frombuffer(base64.b64decode(source["weights"]["steps"]), "<u2").reshape(source["weights"]["shape"])
    weights = course_bert.run(*PAIR).weights
    assert np.abs(steps / 10_000 - weights.numpy()).max() < 5.1e-5 and source["tokens"][2] == "drink"
    assert told["names"] == ["layer", "head", "filter", "query", "threshold", "across"]
    assert told["options"]["head"] == ["all", 0, 1, 2, 3, 4, 5] and told["places"] == {"filter": 0, "query": 0}
    sent = []
    for box in heads._page._sent.values():
        box.observe(sent.append, "value")
    heads.layer.value, heads.head.value = 1, 3
    assert not sent
    heads.filter.value = "a-b"
    assert [change.owner for change in sent] == [heads._page._sent["told"]]
    heads.text_a.value = "We like music."
    assert given(heads, "source")["tokens"][1] == "we"


def test_what_is_too_large_for_a_page_the_kernel_draws(heads, monkeypatch):
    heads._page.here.value = True
    monkeypatch.setattr(texts, "MOST_WEIGHTS", 10)
    heads.choose(layer=1)
    assert heads._page._sent["source"].value == "" and heads.picture.value == heads.view.svg


def test_foreign_weights_and_cross_attention_go_as_they_are():
    weights = torch.rand(2, 3, 2, 4).softmax(-1)
    explorer = explore_heads(AttentionRecord.of(weights, ["a", "b"], key_tokens=["c", "d", "e", "f"]))
    explorer._page.here.value = True
    source = given(explorer, "source")
    assert source["keyTokens"] == ["c", "d", "e", "f"] and source["modelName"]


@pytest.mark.parametrize("make", [explore_neurons, explore_query])
def test_the_cells_of_a_token_are_the_trace(make, course_bert):
    explorer = make(course_bert, *PAIR)
    explorer._page.here.value = True
    source, record = given(explorer, "source"), course_bert.run(*PAIR)
    assert source["token"] == explorer.token.value and source["tokens"] == list(record.tokens)
    cell = trace(record, source["token"], 2, 3)
    for name in (*PER_HEAD, *PER_LAYER):
        numbers = np.frombuffer(base64.b64decode(source["numbers"][name]), "<f4")
        width = record.n_heads if name in PER_HEAD else 1
        row = numbers.reshape(record.n_layers, width, *getattr(cell, name).shape)[2, 3 if name in PER_HEAD else 0]
        assert np.allclose(row, getattr(cell, name).numpy(), atol=1e-5), name
    assert source["changed"][2][3] == [] and source["bounds"][2][3] == 1e-12
    before = explorer._page._sent["source"].value
    explorer.token.value = 3
    assert explorer._page._sent["source"].value != before and given(explorer, "source")["token"] == 3


def test_a_changed_run_says_which_steps_are_not_its_own(course_bert):
    record = course_bert.run(*PAIR, heads_off=[(1, 2)])
    changed = packed_cells(record, 1)["changed"]
    assert changed[1][2] and not changed[1][1]


def test_the_kernel_draws_the_pictures_of_a_translation_that_the_page_cannot():
    explorer = explore_translation("course", "I am a student.")
    explorer._page.here.value = True
    before = explorer.picture.value
    explorer.step.value = 2
    assert explorer.picture.value == before and explorer.view.svg != before
    explorer.shown.value = "cross"
    assert explorer.picture.value == explorer.view.svg != before
    assert explorer._page._sent["source"].value == ""
    explorer.shown.value = "steps"
    assert given(explorer, "source")["text"] == explorer._record.text


def test_each_slider_that_the_page_reads_is_found_by_its_class(course_bert):
    for explorer in (explore_heads(course_bert), explore_model(course_bert), explore_neurons(course_bert),
                     explore_query(course_bert), explore_positions(), explore_translation()):
        for name in explorer.IN_PAGE[1:]:
            assert f"sav-is-{name}" in getattr(explorer, name)._dom_classes
        assert explorer.children[-2] is explorer._page and explorer._page.layout.display == "none"


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("view", LOOKS)
def test_modules_come_in_the_order_in_which_they_can_be_read(view, code):
    said = page_script(view, code)
    assert "<" not in said
    script, before = json.loads(said), set()
    for name, source in script["modules"]:
        assert set(IMPORTED.findall(source)) <= before, name
        before.add(name)
    assert script["modules"][-1][0] == f"page:notebook/{view}.mjs" and "export" in script["modules"][-1][1]
    assert set(script["theme"]["styles"]) == set(LOOKS[view])
    assert script["key"] == json.loads(page_script(view, code))["key"]


def test_a_language_has_words_and_a_key_of_its_own():
    keys = {json.loads(page_script(view, code))["key"] for view in LOOKS for code in LANGUAGES}
    assert len(keys) == len(LOOKS) * len(LANGUAGES)
