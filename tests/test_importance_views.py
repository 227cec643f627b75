"""The pictures of importance and agreement, and the sliders over the first."""

import math
import re
from xml.etree import ElementTree

import pytest
import torch
from conftest import refusal

from helpers.controls import explore_importance
from helpers.heads import MEASURES, measure_importance, median_interval, spearman
from helpers.models import load_model
from helpers.text import language
from helpers.views import view_agreement, view_importance

TEXT = "I drink a cup of [MASK] every morning."


@pytest.fixture(scope="module")
def gpt():
    return load_model("course-gpt")


@pytest.fixture(scope="module")
def found(course_bert):
    return measure_importance(course_bert, TEXT)


def parts(view, kind):
    return [part for part in ElementTree.fromstring(view.picture).iter() if part.get("class") == kind]


@pytest.mark.parametrize("layer, head", [(None, None), (2, None), (None, 4), (3, 1)])
def test_a_cell_is_as_strong_as_its_score_and_the_best_is_framed(found, layer, head):
    view, scores = view_importance(found, layer, head), found.scores(layer, head)
    assert view.data["tokens"] == list(found.tokens) and list(view.data["scores"]) == list(MEASURES)
    root = ElementTree.fromstring(view.picture)
    cells = [part for part in root.iter() if part.get("class") in ("for", "against")]
    wanted = [(one, one / score.abs().max()) for score in scores.values() for one in score]
    assert len(cells) == len(wanted) == 7 * 8
    for cell, (score, share) in zip(cells, wanted, strict=True):
        assert cell.get("class") == ("for" if score >= 0 else "against")
        assert float(cell.get("fill-opacity")) == pytest.approx(0.5 * abs(share.item()), abs=0.006)
    columns = sorted({float(cell.get("x")) for cell in cells})
    framed = [columns.index(float(part.get("x")) - 1) for part in parts(view, "best")]
    assert framed == [int(score.argmax()) for score in scores.values()]
    for name, score in scores.items():
        assert view.data["scores"][name] == pytest.approx(score.tolist(), abs=6e-4)
        assert view.data["order"][name] == pytest.approx(spearman(score, scores["ablation"]), abs=6e-3)


def test_no_minus_zero_and_no_order_where_there_is_none(course_bert):
    alone = view_importance(measure_importance(course_bert, "[MASK] tea"))
    assert alone.data["order"] == {} and len(alone.data["tokens"]) == 1
    assert "−0.00<" not in alone.picture and "nan" not in alone.picture


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_pictures_speak_the_language_and_escape(course_bert, code):
    language(code)
    hostile = measure_importance(course_bert, '<b>cat</b> & "dog" [MASK] 猫')
    for view in (view_importance(hostile), view_agreement({"<b>": [0.1, 0.2]}, judge="<i>")):
        ElementTree.fromstring(view.svg)
        ElementTree.fromstring(view.picture)
        assert "<b>" not in view.svg and "<i>" not in view.svg
        plain = re.sub("[“”].*?[“”]", "", view.title)
        assert bool(re.search("[\u4e00-\u9fff]", plain)) == (code == "zh")


def test_agreement_draws_a_dot_a_text_its_median_and_interval():
    luck = torch.Generator().manual_seed(0)
    table = {"one": (torch.rand(40, generator=luck) * 2 - 1).tolist(), "two": [0.5, math.nan, 0.7, -0.2]}
    view = view_agreement(table, judge="ablation")
    assert len(parts(view, "dot")) == 43 and len(parts(view, "middle")) == len(parts(view, "span")) == 2
    for name, numbers in table.items():
        assert view.data[name] == pytest.approx([round(one, 2) for one in median_interval(numbers)])
    zero, one = (float(re.search(r"M(\S+) ", parts(view, kind)[at].get("d"))[1]) for kind, at in
                 (("nought", 0), ("grid", -1)))
    middles = [(float(part.get("cx")) - zero) / (one - zero) for part in parts(view, "middle")]
    assert middles == pytest.approx([row[0] for row in view.data.values()], abs=2e-3)
    assert "ablation" in view.text and "40 texts" in view.text


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_drawn_is_one_sentence(found, course_bert, code):
    long = measure_importance(course_bert, "the dog " * 21 + "[MASK]")
    for act, key in ((lambda: view_importance("tea"), "importance.not_measured"),
                     (lambda: view_importance(found, 4), "importance.no_layer"),
                     (lambda: view_importance(found, 0, -1), "importance.no_head"),
                     (lambda: view_importance(long), "importance.too_many"),
                     (lambda: view_agreement(None), "agreement.no_table"),
                     (lambda: view_agreement([0.1]), "agreement.no_table"),
                     (lambda: view_agreement({"one": [1.1]}), "agreement.beyond"),
                     (lambda: view_agreement({"one": [math.nan]}), "agreement.beyond"),
                     (lambda: explore_importance(42), "importance.not_a_model"),
                     (lambda: explore_importance(course_bert, "no gap"), "importance.no_mask")):
        assert refusal(act, code).key == key


# sliders

@pytest.fixture
def explorer(course_bert):
    return explore_importance(course_bert, TEXT)


def test_every_position_draws_its_own_picture_without_running_the_model(explorer, found, monkeypatch, course_bert):
    monkeypatch.setattr(type(course_bert), "run", None)
    seen = set()
    for layer in ("all", 0, 1, 2, 3):
        for head in ("all", 0, 1, 2, 3, 4, 5):
            view = explorer.choose(layer=layer, head=head)
            places = (None if one == "all" else one for one in (layer, head))
            assert view.svg == explorer.picture.value == view_importance(found, *places).svg
            seen.add(view.svg)
    assert len(seen) == 5 * 7 and not explorer.notice.value


def test_another_text_answer_or_model_is_measured(explorer, course_bert, gpt):
    explorer.text.value = "她妈妈每天晚上做米[MASK]。"
    assert explorer.view.svg == view_importance(measure_importance(course_bert, "她妈妈每天晚上做米[MASK]。")).svg
    explorer.answer.value = "茶"
    assert "茶" in explorer.view.title
    explorer.choose(layer=2, head=5)
    explorer.choose(model="course-gpt", text="The cat is on the", answer="")
    assert explorer.view.svg == view_importance(measure_importance(gpt, "The cat is on the"), 2, 5).svg


@pytest.mark.parametrize("typed", ["", "  ", "no gap at all", "[MASK]", "好" * 60 + "[MASK]", "好" * 500])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(explorer, typed):
    before = explorer.picture.value
    explorer.text.value = typed
    assert 'role="alert"' in explorer.notice.value and explorer.picture.value == before


def test_an_answer_that_is_no_token_is_one_sentence(explorer):
    before = explorer.picture.value
    explorer.answer.value = "green tea"
    assert "green tea" in explorer.notice.value and explorer.picture.value == before


@pytest.mark.parametrize("code", ["en", "zh"])
def test_it_opens_on_an_example_of_the_language(code):
    language(code)
    for model in ("course", "course-gpt"):
        explorer = explore_importance(model)
        assert bool(re.search("[\u4e00-\u9fff]", explorer.text.value)) == (code == "zh")
        labels = [control.description for row in explorer.rows for control in row.children]
        assert all(labels) and len(set(labels)) == len(labels)
