"""A model under changes: every control over its whole range does what `compare` does, and the picture says it."""

import asyncio
import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest
import torch
from conftest import refusal
from test_model_view import images, tree, with_class
from test_neurons import STRANGE

from helpers.controls import explore_interventions
from helpers.controls.interventions import POSITIONS, TEMPERATURES
from helpers.heads import describe_heads
from helpers.interventions import Unchanged, compare
from helpers.models import Bert
from helpers.text import CourseError, language
from helpers.views import view_change
from helpers.views.change.page import chance, signed
from helpers.views.svg import CELL, cells
from helpers.views.theme import AFTER, BEFORE, HEAD_COLOURS, LEVELS, TEXT

SVG = "{http://www.w3.org/2000/svg}"
WIDGET = "application/vnd.jupyter.widget-view+json"
TEXTS = "the [MASK] ran", "你要[MASK]心"
NOTHING = {"heads_off": (), "hidden_tokens": (), "positions": None, "scale": None, "temperature": 1.0}


@pytest.fixture
def explorer(tiny_bert):
    return explore_interventions(tiny_bert, *TEXTS)


@pytest.fixture
def runs(monkeypatch):
    """Count the changed runs from here on."""
    counted = []
    plain = Unchanged.compare

    def compared(self, **changes):
        counted.append(changes)
        return plain(self, **changes)

    monkeypatch.setattr(Unchanged, "compare", compared)
    return counted


def drawn_by(bert: Bert, **changes) -> str:
    return view_change(compare(bert, *TEXTS, **changes)).svg


# every control over its whole range

def test_it_begins_with_nothing_changed(tiny_bert, explorer):
    assert explorer.changes == NOTHING and explorer.picture.value == explorer.view.svg == drawn_by(tiny_bert)
    assert explorer.view.text.startswith("Changed: nothing. ") and not explorer.notice.value


def test_each_head_can_be_switched_off_and_on(tiny_bert, explorer):
    seen = set()
    for place, box in explorer.heads_off.boxes.items():
        box.value = True
        assert explorer.changes == NOTHING | {"heads_off": (place,)}
        assert explorer.picture.value == drawn_by(tiny_bert, heads_off={place})
        seen.add(explorer.picture.value)
        box.value = False
    assert len(seen) == 3 * 4 and explorer.changes == NOTHING and explorer.picture.value == drawn_by(tiny_bert)
    explorer.choose(heads_off=explorer.heads_off.boxes)
    assert explorer.picture.value == drawn_by(tiny_bert, heads_off=[(i, j) for i in range(3) for j in range(4)])


def test_each_token_can_be_hidden_and_shown(tiny_bert, explorer):
    tokens = tiny_bert.run(*TEXTS).tokens
    assert [box.description for box in explorer.hidden.boxes.values()] == list(tokens)
    for place, box in explorer.hidden.boxes.items():
        box.value = True
        assert explorer.changes == NOTHING | {"hidden_tokens": (place,)}
        assert explorer.picture.value == drawn_by(tiny_bert, hidden_tokens={place})
        box.value = False
    assert explorer.picture.value == drawn_by(tiny_bert)


def test_a_button_hides_the_special_tokens_and_shows_them_again(tiny_bert, explorer):
    explorer.hide_special.click()
    assert explorer.hidden.value == (0, 4, 9)
    assert explorer.picture.value == drawn_by(tiny_bert, hidden_tokens={"[CLS]", "[SEP]"})
    explorer.choose(hidden={0, 2})
    explorer.hide_special.click()
    assert explorer.hidden.value == (0, 2, 4, 9)
    explorer.hide_special.click()
    assert explorer.hidden.value == (2,)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("no_root", [False, True])
def test_positions_scale_and_temperature(tiny_bert, explorer, positions, no_root):
    asked = {"positions": None if positions == "as_is" else positions, "scale": 1.0 if no_root else None}
    for temperature in TEMPERATURES:
        explorer.choose(positions=positions, no_root=no_root, temperature=temperature)
        assert explorer.changes == NOTHING | asked | {"temperature": temperature}
        assert explorer.picture.value == drawn_by(tiny_bert, **asked, temperature=temperature)
        assert not explorer.notice.value
    assert TEMPERATURES[0] < 1 in TEMPERATURES and [value for _, value in explorer.positions.options] == list(POSITIONS)


def test_reset_takes_all_changes_back_with_one_run(tiny_bert, explorer, runs):
    explorer.choose(positions="none", no_root=True, temperature=2.0, hidden={0, 3}, heads_off={(0, 1), (2, 3)})
    assert len(runs) == 1 and explorer.view.text.startswith(
        "Changed: switched off in layer 0: head 1; switched off in layer 2: head 3; "
        "hidden from all: [CLS] ran; no positions; q·k times 1 in place of 1/√d; temperature 2. ")
    explorer.reset.click()
    assert len(runs) == 2 and explorer.changes == NOTHING and explorer.picture.value == drawn_by(tiny_bert)


def test_the_changes_are_keywords_of_a_run(tiny_bert, explorer):
    explorer.choose(hidden={2}, heads_off={(1, 1)}, positions="none")
    record = tiny_bert.run(*TEXTS, **explorer.changes)
    assert not record.context[1, 1].any() and not record.weights[..., 2].any()


# how often the model runs

def test_the_unchanged_text_is_run_once(tiny_bert, monkeypatch):
    asked, plain = [], Bert.run
    monkeypatch.setattr(Bert, "run", lambda self, *texts, **changes: asked.append(bool(changes)) or plain(
        self, *texts, **changes))
    forward = tiny_bert.encoder.register_forward_hook(lambda *_: asked.append("forward"))
    explorer = explore_interventions(tiny_bert, *TEXTS)
    explorer.heads_off.boxes[0, 0].value = True
    explorer.temperature.value = 2.0
    forward.remove()
    assert asked.count(False) == 1 and asked.count(True) == 3 and asked.count("forward") == 4


def test_changes_that_come_while_a_notebook_is_busy_are_answered_by_one_run(explorer, runs):
    async def notebook():
        for box in explorer.heads_off.boxes.values():
            box.value = True
        explorer.temperature.value = 2.0
        assert not runs
        await asyncio.sleep(0.2)
        explorer.positions.value = "none"
        view = explorer.view
        assert len(runs) == 2
        await asyncio.sleep(0.1)
        return view

    view = asyncio.run(notebook())
    assert len(runs) == 2 and len(runs[0]["heads_off"]) == 12 and runs[1]["positions"] == "none"
    assert view is explorer.view and explorer.picture.value == view.svg
    explorer.reset.click()
    assert len(runs) == 3 and explorer.changes == NOTHING


def test_a_pause_that_never_ends_is_no_hindrance(tiny_bert, explorer):
    async def cut_short():
        explorer.temperature.value = 2.0

    asyncio.run(cut_short())
    explorer.temperature.value = 4.0
    assert explorer.picture.value == explorer.view.svg == drawn_by(tiny_bert, temperature=4.0)


# texts and models

def test_a_new_text_keeps_what_still_applies(tiny_bert, explorer):
    explorer.choose(hidden={1, 3}, heads_off={(1, 2)}, temperature=2.0)
    explorer.text_a.value = "the [MASK] dog"
    assert explorer.hidden.value == (1,) and explorer.heads_off.value == ((1, 2),)
    assert explorer.view.data["tokens"] == list(tiny_bert.run("the [MASK] dog", TEXTS[1]).tokens)
    assert explorer.view.data["changes"] == "switched off in layer 1: head 2; hidden from all: the; temperature 2"
    explorer.text_b.value = ""
    assert len(explorer.hidden.boxes) == 5 and len(explorer.view.data["masks"]) == 1


def test_without_a_mask_the_hidden_states_are_shown(explorer):
    explorer.choose(text_a="the dog ran", text_b="", heads_off={(0, 1)})
    assert "no [MASK]" in explorer.notice.value and "alert" not in explorer.notice.value
    assert explorer.view.data["masks"] == [] and "turned most" in explorer.view.text
    explorer.text_a.value = "the [MASK] ran"
    assert not explorer.notice.value and explorer.view.data["masks"]


def test_a_model_without_a_trained_head_shows_the_hidden_states(minilm, explorer, monkeypatch):
    monkeypatch.setattr("helpers.controls.texts.load_bert", lambda name: minilm)
    explorer.choose(heads_off={(1, 2)}, model="minilm")
    assert explorer.view.data["model"] == "minilm" and "minilm was never trained" in explorer.notice.value
    assert len(explorer.heads_off.boxes) == 72 and explorer.heads_off.value == ((1, 2),)
    boxes = explorer.heads_off.boxes
    boxes[5, 11].value = True
    assert "switched off in layer 5: head 11" in explorer.view.text


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("typed", ["", "  ", "好" * 5000])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(tiny_bert, code, typed):
    language(code)
    explorer = explore_interventions(tiny_bert, *TEXTS)
    explorer.choose(heads_off={(0, 1)})
    before = explorer.view.svg
    explorer.text_a.value = typed
    assert 'role="alert"' in explorer.notice.value and explorer.view.svg == explorer.picture.value == before
    assert bool(re.search("[一-鿿]", explorer.notice.value.replace("好", ""))) == (code == "zh")
    explorer.text_a.value = "you [MASK]"
    assert not explorer.notice.value and explorer.heads_off.value == ((0, 1),)


def test_a_change_that_cannot_be_made_is_one_sentence_and_leaves_the_picture(explorer, monkeypatch):
    explorer.choose(heads_off={(0, 1)})
    before = explorer.view.svg

    def refuse(*_, **__):
        raise CourseError("interventions.nothing_left", query=0, token="[CLS]")

    monkeypatch.setattr(Unchanged, "compare", refuse)
    explorer.choose(hidden={0})
    assert 'role="alert"' in explorer.notice.value and "no key left" in explorer.notice.value
    assert explorer.view.svg == explorer.picture.value == before
    monkeypatch.undo()
    explorer.reset.click()
    assert not explorer.notice.value and "Changed: nothing" in explorer.view.text


def test_hiding_every_token_is_refused_or_drawn_and_can_be_taken_back(explorer):
    explorer.choose(hidden=explorer.hidden.boxes)
    assert "Traceback" not in explorer.notice.value
    ElementTree.fromstring(explorer.picture.value)
    explorer.reset.click()
    assert not explorer.notice.value and explorer.changes == NOTHING


@pytest.mark.parametrize("typed", ["?!?!", "🙂👩‍🚀 [MASK]", "שלום [MASK]", "</script><img onerror=alert(1)> [MASK]",
                                   "龍飛鳳舞[MASK]", "[MASK]" * 40, "x" * 300, "\ud800", "[CLS] [MASK] [SEP]"])
def test_it_survives_whatever_is_typed(explorer, typed):
    explorer.choose(text_a=typed, heads_off={(0, 0)})
    assert "Traceback" not in explorer.notice.value and "<img" not in explorer.picture.value
    ElementTree.fromstring(explorer.picture.value)
    assert explorer.choose(text_a="the [MASK]", text_b="").data["masks"]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_explored_is_said(tiny_bert, code):
    record = tiny_bert.run("the dog")
    assert "explore_interventions" in str(refusal(lambda: explore_interventions(7), code))
    assert refusal(lambda: explore_interventions(record), code).key == "controls.record_cannot_run"
    assert refusal(lambda: explore_interventions(tiny_bert, " "), code).key == "models.blank"
    explorer = explore_interventions(tiny_bert, "the [MASK]")
    assert "(7, 0)" in str(refusal(lambda: explorer.choose(heads_off={(7, 0)}), code))
    assert "99" in str(refusal(lambda: explorer.choose(hidden=[99]), code))
    assert explorer.changes == NOTHING and not explorer.notice.value


def test_the_examples_begin_with_a_mask(course_bert):
    for code in ("en", "zh"):
        language(code)
        explorer = explore_interventions(course_bert)
        assert len(explorer.view.data["masks"]) == 1
        heads = describe_heads(course_bert.run(explorer.text_a.value))
        kind = {"en": "next", "zh": "previous"}[code]
        mask = explorer.choose(heads_off=heads.rank(kind)[:1]).data["masks"][0]
        assert mask["before"][0][0] != mask["after"][0][0]


# display

@pytest.mark.parametrize("code", ["en", "zh"])
def test_labels_speak_the_language(tiny_bert, code):
    language(code)
    explorer = explore_interventions(tiny_bert, *TEXTS)
    labels = [control.description for row in explorer.rows for control in row.children]
    labels += [explorer.hidden.children[0].value, explorer.heads_off.children[1].value]
    assert all(labels) and len(set(labels)) == len(labels)
    assert all(bool(re.search("[一-鿿]", label)) == (code == "zh") for label in labels)


def test_each_head_is_underlined_in_its_colour_and_says_what_it_does(tiny_bert, explorer):
    style = explorer.heads_off.children[0].value
    heads = describe_heads(tiny_bert.run(*TEXTS))
    for (layer, head), box in explorer.heads_off.boxes.items():
        assert box.description == f"{layer}.{head}"
        assert (box.tooltip if box.has_trait("tooltip") else box.description_tooltip) == heads.caption(layer, head)
        assert box._dom_classes == (f"sav-head-{head}",)
        assert f".sav-head-{head}{{border-bottom:3px solid {HEAD_COLOURS[head]}}}" in style


def test_the_live_widget_is_displayed_with_the_saved_picture(explorer):
    explorer.choose(heads_off={(1, 2)})
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert bundle["text/plain"] == explorer.view.text and bundle["text/html"] == explorer.view.image


# the picture of guesses

def lengths(root) -> list[float]:
    return [float(re.search(r"h(-?[\d.]+)v14", bar.get("d"))[1]) for bar in with_class(root, "bar")]


def test_every_bar_and_number_is_its_probability(tiny_bert):
    compared = compare(tiny_bert, *TEXTS, heads_off={(0, 1), (2, 3)}, temperature=4)
    root = tree(view_change(compared).picture)
    expected = []
    for mask in compared.masks:
        for side, rows in enumerate((mask.before, mask.after)):
            leader = (mask.after, mask.before)[side][0][0]
            extra = [] if leader in dict(rows) else [(leader, mask.both[leader][side])]
            expected += [probability for _, probability in (*rows, *extra)]
    assert lengths(root) == pytest.approx([130 * one / max(expected) for one in expected], abs=0.06)
    assert max(lengths(root)) == 130
    assert [text.text for text in with_class(root, "num")] == [chance(probability) for probability in expected]


STREET = "The animal didn't [MASK] the street because it was too tired."


def spots(path: str) -> list[tuple[float, float]]:
    """Return points of a link: along its curve, and the end of the line behind it."""
    numbers = [float(found) for found in re.findall(r"-?[\d.]+", path)]
    (x0, y0, x1, y1, x2, y2, x3, y3), end = numbers[:8], numbers[8]
    along = [step / 40 for step in range(41)]
    return [((1 - t) ** 3 * x0 + 3 * (1 - t) ** 2 * t * x1 + 3 * (1 - t) * t * t * x2 + t ** 3 * x3,
             (1 - t) ** 3 * y0 + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t * t * y2 + t ** 3 * y3) for t in along
            ] + [(end, y3)]


@pytest.mark.parametrize("off", [(1, 0), (1, 2), (2, 1), (3, 3), (0, 0)])
def test_no_curve_runs_through_a_word(course_bert, off):
    view = view_change(compare(course_bert, STREET, heads_off={off, (1, 0), (1, 1)}))
    root = tree(view.picture)
    names = [text for text in root.iter(f"{SVG}text") if text.get("class") == "end" and float(text.get("x")) == 460]
    links = [part for part in root.iter(f"{SVG}path") if "link" in (part.get("class") or "").split()]
    assert names and links
    for name in names:
        left = 460 - cells(name.text) * CELL * TEXT
        for link in links:
            assert not [(x, y) for x, y in spots(link.get("d")) if x > left and abs(y + 4.5 - float(name.get("y"))) < 9]


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("text", [STREET, "internationalisation congratulations [MASK] congratulations elephants"])
def test_which_mask_it_is_and_the_bits_stand_apart(course_bert, text, code):
    language(code)
    root = tree(view_change(compare(course_bert, text, heads_off={(1, 0)})).picture)
    left, right = (next(part for part in root.iter(f"{SVG}text") if part.get("class") == kind)
                   for kind in ("head", "head end"))
    assert "[MASK]" in left.text
    wide = [cells(part.text) * CELL * TEXT * 1.15 for part in (left, right)]
    assert float(left.get("x")) + wide[0] < float(right.get("x")) - wide[1]


def test_the_leaders_are_coloured_and_joined(course_bert):
    compared = compare(course_bert, "他昨[MASK]来了。", heads_off={(1, 2)})
    (mask,) = compared.masks
    view = view_change(compared)
    root = tree(view.picture)
    assert mask.before[0][0] != mask.after[0][0]
    assert [len(with_class(root, name)) for name in ("old", "new")] == [3, 3]     # two bars and what joins them
    assert f".sav-change .old{{color:{BEFORE}}}.sav-change .new{{color:{AFTER}}}" in view.picture
    same = tree(view_change(compare(course_bert, "他昨[MASK]来了。")).picture)
    assert [len(with_class(same, name)) for name in ("old", "new")] == [3, 0]


def test_the_change_in_bits_is_defined_where_it_is_shown(tiny_bert):
    for code, words in (("en", ("changed by", "KL divergence")), ("zh", ("变化", "KL 散度"))):
        language(code)
        compared = compare(tiny_bert, "the [MASK]", scale=1)
        written = " ".join(text.text for text in tree(view_change(compared).picture).iter(f"{SVG}text"))
        assert signed(compared.masks[0].divergence).lstrip("+") in written and "log₂" in written
        assert all(word in written for word in words)
        assert "log₂" in compared._repr_html_() and f"{compared.masks[0].divergence:.2f}" in compared.text


def test_the_divergence_is_that_of_kullback_and_leibler(tiny_bert):
    changes = {"heads_off": {(0, 1)}, "temperature": 3}
    everything = [tiny_bert.fill_mask(*TEXTS, top=len(tiny_bert.tokenizer), **asked) for asked in ({}, changes)]
    for mask, old, new in zip(compare(tiny_bert, *TEXTS, **changes).masks, *everything, strict=True):
        new = dict(new)
        p, q = (torch.tensor(chances).double() for chances in ([p for _, p in old], [new[token] for token, _ in old]))
        expected = torch.nn.functional.kl_div(q.log(), p, reduction="sum").item() / math.log(2)
        assert mask.divergence == pytest.approx(expected, rel=1e-9) and mask.divergence > 0
        assert all(mask.both[token] == (dict(old)[token], new[token]) for token in mask.both)
    assert [mask.divergence for mask in compare(tiny_bert, *TEXTS).masks] == [0, 0]


def test_signs_and_small_chances():
    assert [signed(bits) for bits in (-6.111, 1.5, 0.001, -0.001, float("inf"), -float("inf"))] == [
        "−6.11", "+1.50", "0.00", "0.00", "+∞", "−∞"]
    assert [chance(p) for p in (0.0, 1e-9, 0.00051, 1.0)] == ["0.000", "<0.001", "0.001", "1.000"]


def test_many_masks_are_cut_with_a_word(tiny_bert):
    view = view_change(compare(tiny_bert, "[MASK]" * 9, heads_off={(0, 1)}))
    assert len(view.data["masks"]) == 9 and view.size[1] < 1600
    assert any("9 [MASK]" in (text.text or "") for text in tree(view.picture).iter(f"{SVG}text"))


# the picture of hidden states

def test_every_cell_is_drawn_from_its_distance(tiny_bert):
    compared = compare(tiny_bert, "the dog ran", "你好", heads_off={(0, 1)}, positions="shuffled")
    view = view_change(compared)
    ((_, cells, _),) = images(view.picture)
    expected = (LEVELS * compared.moved.clamp(0, 1).sqrt()).round().int()
    assert cells.tolist() == expected.T.tolist() and cells.max() > 1
    numbers = [text.text for text in with_class(tree(view.picture), "num")]
    assert numbers == [f"{distance:.3f}" for distance in compared.moved[-1].tolist()]


def test_long_texts_and_many_layers_stay_within_the_picture(tiny_bert, minilm, course_bert):
    for bert, texts in ((minilm, ["x " * 200]), (tiny_bert, ["好" * 62]), (course_bert, ["[MASK]" * 9, "antidisest"])):
        view = view_change(compare(bert, *texts, positions="none"))
        for text in tree(view.svg).iter(f"{SVG}text"):
            assert 0 <= float(text.get("x")) <= view.size[0] and 0 < float(text.get("y")) < view.size[1]


# both pictures

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("texts", [TEXTS, ("the dog ran", None)])
def test_every_number_is_reached_without_a_mouse(tiny_bert, code, texts):
    language(code)
    compared = compare(tiny_bert, *texts, heads_off={(0, 1)})
    groups = with_class(tree(view_change(compared).svg), "r")
    assert all(group.get("tabindex") == "0" and group.get("role") == "img" for group in groups)
    words = [group.get("aria-label") for group in groups]
    for mask in compared.masks:
        for token, (before, after) in mask.both.items():
            assert any(f"{token}" in word and chance(before, 4) in word and chance(after, 4) in word
                       and signed(mask.gain(token)) in word for word in words)
    if not compared.masks:
        for word, row in zip(words, compared.moved.T.tolist(), strict=True):
            assert [f"{distance:.3f}" for distance in row] == re.findall(r"\d\.\d{3}", word)
    assert all(bool(re.search("[一-鿿]{2}", word)) == (code == "zh") for word in words)


def test_no_token_reaches_the_page_as_markup(tiny_bert):
    for texts in (TEXTS, ("the dog ran", None)):
        compared = compare(tiny_bert, *texts, heads_off={(0, 1)})
        tokens = (STRANGE + compared.before.tokens)[:compared.before.n_tokens]
        records = {name: replace(getattr(compared, name), tokens=tokens, model_name="<b>&\x07")
                   for name in ("before", "after")}
        masks = tuple(replace(mask, before=((STRANGE[0], 0.5), (STRANGE[3], 0.1)), after=((STRANGE[1], 0.4),),
                              both={token: (0.5, 0.4) for token in STRANGE}) for mask in compared.masks)
        view = view_change(replace(compared, **records, masks=masks))
        for drawn in (view.svg, view.picture):
            names = {element.tag.removeprefix(SVG) for element in tree(drawn).iter()}
            assert names <= {"svg", "style", "g", "path", "text", "image", "title", "desc", "rect"}
            drawn.encode("utf-8")
        assert view.image.count("<") == 1


def test_the_still_picture_stands_alone_and_the_live_one_keeps_to_itself(tiny_bert):
    for texts in (TEXTS, ("the dog ran", None)):
        view = view_change(compare(tiny_bert, *texts, heads_off={(0, 1)}))
        assert tree(view.picture).get("role") == "img" and tree(view.picture).find(f"{SVG}desc").text == view.text
        assert not re.search("tabindex|hover|focus|var\\(|<script|url\\(|@import", view.picture)
        assert not re.search(r"<script|\son\w+=|url\(|@import|\sid=", view.svg)
        css = "".join(style.text for style in tree(view.svg).iter(f"{SVG}style"))
        plain = re.sub(r"@media[^{]+\{([^{}]+\{[^{}]*\})\}", r"\1", css)
        parts = [part for rule in re.findall(r"([^{}]+)\{[^{}]*\}", plain) for part in re.split(r",(?![^(]*\))", rule)]
        assert parts and all(part.strip().startswith(".sav") for part in parts)
        assert view.svg == view_change(compare(tiny_bert, *texts, heads_off={(0, 1)})).svg


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_is_no_comparison_is_refused(tiny_bert, code):
    record = tiny_bert.run("the dog")
    for given in (record, None, "text"):
        assert type(given).__name__ in str(refusal(lambda given=given: view_change(given), code))
