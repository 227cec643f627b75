"""The pictures of the next token and of the lens, and the sliders over them."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import torch
from conftest import refusal

from helpers.controls import explore_next
from helpers.models import Sampling, load_model, logit_lens
from helpers.text import language
from helpers.views import view_lens, view_next

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def gpt():
    return load_model("course-gpt")


@pytest.fixture(scope="module")
def record(gpt):
    return gpt.run("The cat is on the")


def parts(view, kind):
    return [part for part in ElementTree.fromstring(view.picture).iter() if part.get("class") == kind]


@pytest.mark.parametrize("chosen", [{}, {"temperature": 0.3}, {"top_k": 4}, {"top_p": 0.5},
                                    {"temperature": 3.0, "top_k": 30, "top_p": 0.9}])
def test_bars_are_the_probabilities_before_and_after(record, chosen):
    view, logits = view_next(record, top=10, **chosen), record.logits[-1]
    best = logits.topk(10).indices
    assert view.data["tokens"] == [record.vocabulary[row] for row in best]
    assert view.data["before"] == pytest.approx(logits.softmax(-1)[best].tolist(), abs=1e-4)
    assert view.data["after"] == pytest.approx(Sampling(**chosen).probabilities(logits)[best].tolist(), abs=1e-4)
    kept = Sampling(**chosen).kept(logits)
    assert view.data["kept"] == int(kept.sum())
    assert view.data["mass"] == pytest.approx(logits.softmax(-1)[kept].sum().item(), abs=1e-4)
    widths = [float(part.get("width")) for part in parts(view, "now")]
    share = torch.tensor(view.data["after"]) / max(view.data["after"] + view.data["before"])
    assert widths == pytest.approx((share * 400).tolist(), abs=0.3)


def test_the_cut_is_drawn_below_the_last_token_that_may_be_written(record):
    view = view_next(record, top=10, top_k=4)
    (line,), bars = parts(view, "line"), parts(view, "was")
    y = float(re.fullmatch(r"M\d+ (\S+)H\d+", line.get("d"))[1])
    assert float(bars[3].get("y")) < y < float(bars[4].get("y"))
    assert not parts(view_next(record, top=10), "line") and "nothing below" in view.picture
    assert "4 of 7,999" in view.picture and "4 of 7,999" in view.text


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_pictures_speak_the_language_and_escape(gpt, code):
    language(code)
    hostile = gpt.run("<b>cat</b> & \"dog\" 猫")
    for view in (view_next(hostile, top_k=3), view_lens(hostile, tokens=24)):
        ElementTree.fromstring(view.picture)
        ElementTree.fromstring(view.svg)
        assert "<b>" not in view.svg
        assert bool(re.search("[\u4e00-\u9fff]", re.sub("[“”].*?[“”]", "", view.title.split("…")[0]))) == (code == "zh")


def test_the_lens_shows_each_layer_of_each_token(record):
    view, logits = view_lens(record, tokens=4), logit_lens(record)[:, -4:]
    best = logits.softmax(-1).max(-1)
    assert view.data["tokens"] == list(record.tokens[-4:])
    assert view.data["guesses"] == [[record.vocabulary[row] for row in rows] for rows in best.indices.tolist()]
    assert torch.tensor(view.data["probabilities"]).sub(best.values).abs().max() < 1e-4
    cells = list(ElementTree.fromstring(view.svg).iter(f"{SVG}rect"))
    assert len(cells) == 5 * 4
    tops = [float(cell.get("y")) for cell in cells]
    assert tops[0] == max(tops) and tops[-1] == min(tops)                     # the last layer stands on top
    assert len(view_lens(record, tokens=24).data["tokens"]) == record.n_tokens


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_drawn_is_one_sentence(record, course_bert, code):
    for act, key in ((lambda: view_next(course_bert.run("I [MASK] tea.")), "next_tokens.not_a_record"),
                     (lambda: view_next(record, top=0), "next_tokens.top"),
                     (lambda: view_next(5), "next_tokens.not_a_record"),
                     (lambda: view_next(record, top_p=2), "writing.top_p"),
                     (lambda: view_lens(record, 0), "lens.tokens"),
                     (lambda: view_lens(record, 25), "lens.tokens"), (lambda: view_lens("tea"), "lens.needs_decoder")):
        assert refusal(act, code).key == key


# sliders

@pytest.fixture
def explorer(gpt):
    return explore_next(gpt, "The cat is on the")


def test_every_position_draws_its_own_picture_without_running_the_model(explorer, record, monkeypatch, gpt):
    monkeypatch.setattr(type(gpt), "run", None)
    for _, temperature in explorer.temperature.options:
        for top_k, top_p in ((0, 1.0), (3, 1.0), (0, 0.5), (50, 0.95)):
            view = explorer.choose(temperature=temperature, top_k=top_k, top_p=top_p)
            cuts = {"top_k": top_k or None, "top_p": None if top_p == 1 else top_p}
            assert view.svg == explorer.picture.value == view_next(record, temperature=temperature, **cuts).svg
            assert explorer.sampling == {"temperature": temperature, **cuts} and not explorer.notice.value


def test_a_new_text_is_read(explorer, gpt):
    explorer.choose(top_k=5)
    explorer.text.value = "今天天气很"
    assert explorer.view.svg == view_next(gpt.run("今天天气很"), top_k=5).svg


@pytest.mark.parametrize("typed", ["", "  ", "好" * 500, 7])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(explorer, typed):
    before = explorer.picture.value
    if isinstance(typed, str):
        explorer.text.value = typed
        assert 'role="alert"' in explorer.notice.value and explorer.picture.value == before
    else:
        with pytest.raises(ValueError):
            explorer.choose(text=typed)


def test_the_button_writes_under_the_settings_with_seed_after_seed(explorer, gpt):
    explorer.choose(temperature=0.8, top_p=0.9)
    explorer.write.click()
    explorer.write.click()
    texts = re.findall("<div>(.*?)</div>", explorer.written.value)
    expected = [gpt.generate("The cat is on the", 20, seed=seed, temperature=0.8, top_p=0.9).text for seed in (1, 0)]
    assert texts == [text.replace("'", "&#x27;") for text in expected]
    explorer.text.value = "我想"
    assert explorer.written.value == ""


def test_what_the_model_writes_is_escaped(explorer, gpt, monkeypatch):
    written = replace(gpt.generate("the", 1), text="<img src=x>")
    monkeypatch.setattr(type(gpt), "generate", lambda *_, **__: written)
    explorer.write.click()
    assert explorer.written.value == "<div>&lt;img src=x&gt;</div>"


def test_what_was_written_is_escaped(explorer):
    explorer.text.value = "<img src=x>"
    explorer.write.click()
    assert "<img" not in explorer.written.value and explorer.written.value


@pytest.mark.parametrize("code", ["en", "zh"])
def test_other_things_are_refused(course_bert, code):
    for given in (course_bert, 42, None):
        assert refusal(lambda given=given: explore_next(given), code).key == "next_tokens.not_a_decoder"
    labels = [control.description for row in explore_next("course-gpt").rows for control in row.children]
    assert all(labels) and len(set(labels)) == len(labels)
