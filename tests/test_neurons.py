"""The neuron view and its explorer: each step is the model's own, each number can be reached and read."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import fields, replace

import numpy as np
import pytest
import torch
from conftest import SEED_A, SEED_B, refusal, save_tiny_bert
from test_model_view import images, tree, with_class
from test_views import _luminance, _oklab

from helpers.controls import explore_neurons
from helpers.controls.texts import telling_word
from helpers.models import load_bert
from helpers.models.trace import Trace
from helpers.text import language
from helpers.views import view_neurons
from helpers.views.neurons.drawing import GROUND, diverging
from helpers.views.neurons.shown import in_figures
from helpers.views.theme import NEGATIVE, POSITIVE

SVG = "{http://www.w3.org/2000/svg}"
WIDGET = "application/vnd.jupyter.widget-view+json"
TEXTS = "你要开心,the dog ran.", "好不好?"
TABLES = ("keys", "products", "values", "weighted_values")
AFTER = ("share", "attention_output", "residual_sum", "attended")
STRANGE = ("</script><img onerror=alert(1)>", '"><b>', "'&amp;", "\x07\x00", "\ud800", "", "👩‍🚀", "שלום", "]]>")


@pytest.fixture(scope="module")
def run(tiny_bert):
    return tiny_bert.run(*TEXTS)


def numbers_in(group):
    """Return the numbers written out in a panel, vector by vector."""
    blocks = [element for element in group.iter(f"{SVG}g") if element.get("class") == "n"]
    return [[float(word) for line in block for word in line.text.replace("−", "-").split()] for block in blocks]


# each step equals the model's

def test_every_cell_of_a_small_model_equals_the_models_own_tensors(run):
    for layer in range(run.n_layers):
        for head in range(run.n_heads):
            for token in range(run.n_tokens):
                data = view_neurons(run, token, layer, head).data
                assert set(data["differences"]) == {"query", "keys", "values", "scores", "weights", "context",
                                                    "attention_output", "attended"}
                assert max(data["differences"].values()) < data["bound"] == 1e-4


def test_steps_of_real_models_equal_their_tensors(bert):
    record = bert.run("the dog ran, it was tired.")
    for layer in range(record.n_layers):
        view = view_neurons(record, layer + 1, layer, record.n_heads - 1 - layer % record.n_heads)
        assert max(view.data["differences"].values()) < view.data["bound"]
        assert view.data["bound"] == {torch.float64: 1e-12, torch.float32: 1e-4}[record.weights.dtype]
        assert f"< {'1e-12' if record.weights.dtype == torch.float64 else '1e-4'}" in view.text
        assert view.text.split(". ", 1)[1] in [text.text for text in tree(view.picture).iter(f"{SVG}text")]


def test_a_wide_head_of_a_model_shaped_like_bert_base(tmp_path):
    folder = save_tiny_bert(tmp_path / "wide", hidden_size=768, num_attention_heads=12, num_hidden_layers=1)
    record = load_bert(folder).run(SEED_A, SEED_B)
    view = view_neurons(record, 3, 0, 11)
    assert record.d_head == 64 and record.n_tokens > 50
    assert max(view.data["differences"].values()) < view.data["bound"] == 1e-3  # numbers in the hundreds
    assert len(numbers_in(tree(view.picture))) == 4 and {len(block) for block in numbers_in(tree(view.picture))} == {64}
    assert view.size[0] < 1100


def test_the_data_are_the_records_own_numbers(run):
    data = view_neurons(run, 4, 1, 2).data
    expected = {"query": run.queries[1, 2, 4], "keys": run.keys[1, 2], "values": run.values[1, 2],
                "scores": run.scores[1, 2, 4], "weights": run.weights[1, 2, 4], "context": run.context[1, 2, 4],
                "inputs": run.hidden_states[1, 4], "attention_output": run.attention_outputs[1, 4],
                "attended": run.attended_states[1, 4]}
    for name, tensor in expected.items():
        np.testing.assert_allclose(data[name], tensor, atol=1.6e-4)
    assert {one.name for one in fields(Trace)} <= set(data)


def test_the_steps_between_are_what_their_names_say(run):
    data = {name: np.array(value) for name, value in view_neurons(run, 4, 1, 2).data.items()
            if isinstance(value, list) and name != "tokens"}
    near = {"atol": 2e-3}
    np.testing.assert_allclose(data["products"], data["query"] * data["keys"], **near)
    np.testing.assert_allclose(data["dot_products"], data["products"].sum(-1), **near)
    np.testing.assert_allclose(data["scores"], data["dot_products"] / run.d_head ** 0.5, **near)
    np.testing.assert_allclose(data["weighted_values"], data["weights"][:, None] * data["values"], **near)
    np.testing.assert_allclose(data["residual_sum"], data["inputs"] + data["attention_output"], **near)
    assert data["weights"].sum() == pytest.approx(1, abs=1e-3)


def test_the_shares_of_all_heads_and_the_bias_are_the_attention_output(run):
    shares = sum(np.array(view_neurons(run, 4, 1, head).data["share"]) for head in range(run.n_heads))
    bias = run.attention_parts[1].w_output.bias.detach()
    np.testing.assert_allclose(shares + bias.numpy(), run.attention_outputs[1, 4], atol=1e-3)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_run_that_was_changed_is_not_called_equal(run, code):
    language(code)
    weights = run.weights.clone()
    weights[1, 2, 4] = torch.eye(run.n_tokens)[0]
    view = view_neurons(replace(run, weights=weights), 4, 1, 2)
    assert view.data["differences"]["weights"] > 0.01 > view.data["bound"] > view.data["differences"]["context"]
    assert {"en": "differ from these steps in the weights.", "zh": "不同：权重。"}[code] in view.text
    assert "1e-4" not in view.picture


def test_a_forbidden_key_gets_minus_infinity_and_no_weight(run):
    scores = run.scores.clone()
    scores[1, 2, 4, 6] = torch.finfo(scores.dtype).min
    view = view_neurons(replace(run, scores=scores, weights=scores.softmax(-1)), 4, 1, 2, key=6)
    assert view.data["weights"][6] == 0 and view.data["scores"][6] == -np.inf
    assert view.data["differences"]["scores"] < 1e-4 and view.data["differences"]["weights"] < 1e-4
    assert "−∞" in view.picture
    tree(view.svg)


def test_a_model_captured_keeps_its_modules_and_states(run, tiny_bert):
    parts = run.attention_parts[2]
    layer = tiny_bert.encoder.encoder.layer[2].attention
    assert parts.w_query is layer.self.query and parts.w_output is layer.output.dense
    normed = torch.nn.functional.layer_norm(run.hidden_states[2] + run.attention_outputs[2], (24,), parts.norm.weight,
                                            parts.norm.bias, parts.norm.eps)
    torch.testing.assert_close(run.attended_states[2], normed.detach())


# the picture

def test_colours_say_sign_and_size():
    assert diverging(np.array([0, 0.01, 1, -1, 0.5, -0.5, 9, -9]), 1).tolist() == [
        GROUND, GROUND, 7, 14, 4, 11, 7, 14]
    assert diverging(np.zeros(3), 0).tolist() == [GROUND] * 3


@pytest.mark.parametrize("key", [None, 0, 5])
def test_every_cell_of_the_strips_is_drawn_from_its_number(run, key):
    view = view_neurons(run, 4, 1, 2, key=key)
    drawn = [cells for _, cells, _ in images(view.picture)]
    tables, vectors = drawn[:4], drawn[4:]
    for name, cells in zip(TABLES, tables, strict=True):
        rows = cells.reshape(run.n_tokens, -1, run.d_head)
        assert not rows[:, 0].any() and not rows[:, -1].any()
        numbers = np.array(view.data[name])
        expected = diverging(numbers, np.quantile(np.abs(numbers), 0.97).round(2))
        assert all((rows[:, line] == expected).all() for line in range(1, rows.shape[1] - 1))
    for name, cells in zip(("inputs", "query", "context", *AFTER), vectors, strict=True):
        numbers = np.array(view.data[name])
        assert (cells[0] == diverging(numbers, np.quantile(np.abs(numbers), 0.97).round(2))).all()


def test_the_row_asked_for_is_written_out(run):
    for key in range(run.n_tokens):
        view = view_neurons(run, 4, 1, 2, key=key)
        written = numbers_in(tree(view.picture))
        for name, block in zip(TABLES, written, strict=True):
            np.testing.assert_allclose(block, view.data[name][key], atol=0.0051)
        texts = [text.text for text in tree(view.picture).iter(f"{SVG}text")]
        assert all(in_figures(view.data[name][key], 4) in texts for name in ("dot_products", "scores", "weights"))
    strongest = view_neurons(run, 4, 1, 2)
    assert strongest.data["key"] == int(run.weights[1, 2, 4].argmax())


def test_numbers_stand_in_every_row(run):
    view = view_neurons(run, 4, 1, 2)
    columns = [text.text for text in with_class(tree(view.picture), "num")]
    expected = [in_figures(view.data[name][key]) for key in range(run.n_tokens)
                for name in ("dot_products", "scores", "weights")]
    assert columns == [*expected, "1.00"]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_number_is_reached_without_a_mouse(run, code):
    language(code)
    view = view_neurons(run, 4, 1, 2)
    groups = with_class(tree(view.svg), "r")
    assert len(groups) == run.n_tokens + 7
    assert all(group.get("tabindex") == "0" and group.get("role") == "img" for group in groups)
    _, query, *rows = groups[:2 + run.n_tokens]
    np.testing.assert_allclose(numbers_in(query)[0], view.data["query"], atol=0.0051)
    for key, row in enumerate(rows):
        words = row.get("aria-label")
        assert all(in_figures(view.data[name][key]) in words for name in ("dot_products", "scores", "weights"))
        for name, block in zip(TABLES, numbers_in(row), strict=True):
            np.testing.assert_allclose(block, view.data[name][key], atol=0.0051)
    context, *after = groups[2 + run.n_tokens:]
    np.testing.assert_allclose(numbers_in(context)[0], view.data["context"], atol=0.0051)
    for name, group in zip(AFTER, after, strict=True):
        vector = np.array(view.data[name])
        index = int(np.abs(vector).argmax())
        assert f"[{index}] {in_figures(vector[index])}" in group.get("aria-label")
    assert all(bool(re.search("[\u4e00-\u9fff]", re.sub("[“”\"].*?[”\"]", "", group.get("aria-label")))) == (
        code == "zh") for group in groups)


@pytest.mark.parametrize("blindness", [
    np.eye(3), [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]],
    ids=["all colours", "no red", "no green", "no blue"])
def test_positive_and_negative_can_be_told_apart(blindness):
    """Simulated as in test_views: the full colours, and their second shade on white and on black, as browsers mix."""
    for step, ground in ((7, 0), (2, 0), (2, 255)):
        mixed = [[round(step / 7 * channel + (1 - step / 7) * ground) for channel in bytes.fromhex(colour[1:])]
                 for colour in (POSITIVE, NEGATIVE)]
        linear = np.stack([_luminance("#" + bytes(colour).hex()) for colour in mixed])
        seen = _oklab(linear @ np.array(blindness).T)
        assert np.linalg.norm(seen[0] - seen[1]) > (0.2 if step == 7 else 0.05)


def test_numbers_are_written_with_a_true_minus():
    assert [in_figures(value) for value in (-1.234, 1.235e2, -0.001, 0.0, -np.inf)] == [
        "−1.23", "123.50", "0.00", "0.00", "−∞"]


# any token, any page

@pytest.mark.parametrize("code", ["en", "zh"])
def test_no_token_reaches_the_page_as_markup(run, code):
    language(code)
    tokens = (STRANGE + run.tokens)[:run.n_tokens]
    strange = replace(run, tokens=tokens, model_name="<b>&\x07")
    for token in range(len(STRANGE)):
        view = view_neurons(strange, token, 0, 0, key=token)
        for drawn in (view.svg, view.picture):
            names = {element.tag.removeprefix(SVG) for element in tree(drawn).iter()}
            assert names <= {"svg", "style", "g", "path", "text", "image", "title", "desc", "rect"}
            assert not re.search(r"<(?!/?(svg|style|g|path|text|image|title|desc|rect)\b)", drawn)
            drawn.encode("utf-8")
        assert view.image.count("<") == 1


def test_everything_lies_within_the_picture(tiny_bert, run):
    for record in (run, tiny_bert.run("好" * 62), tiny_bert.run("x")):
        view = view_neurons(record, 1, 2, 3)
        for group in tree(view.svg).iter(f"{SVG}text"):
            if group.get("x"):
                assert 0 <= float(group.get("x")) <= view.size[0] and 0 < float(group.get("y")) < view.size[1]
        for element, _, _ in images(view.svg):
            assert float(element.get("x")) + float(element.get("width")) <= view.size[0]
            assert float(element.get("y")) + float(element.get("height")) <= view.size[1]


def test_the_still_picture_stands_alone_and_the_live_one_keeps_to_itself(run):
    view = view_neurons(run, 4, 1, 2)
    assert tree(view.picture).get("role") == "img" and tree(view.picture).find(f"{SVG}desc").text == view.text
    assert not re.search("tabindex|hover|focus|var\\(|<script|url\\(|@import", view.picture)
    assert not re.search(r"<script|\son\w+=|url\(|@import|\sid=", view.svg)
    css = "".join(style.text for style in tree(view.svg).iter(f"{SVG}style"))
    plain = re.sub(r"@media[^{]+\{([^{}]+\{[^{}]*\})\}", r"\1", css)
    selectors = [part for rule in re.findall(r"([^{}]+)\{[^{}]*\}", plain) for part in re.split(r",(?![^(]*\))", rule)]
    assert selectors and all(selector.strip().startswith(".sav") for selector in selectors)
    assert view._repr_mimebundle_() == {"text/plain": view.text, "text/html": view.image}


def test_the_same_run_gives_the_same_bytes(tiny_bert, run):
    first, second = view_neurons(run, 4, 1, 2), view_neurons(tiny_bert.run(*TEXTS), 4, 1, 2)
    assert (first.svg, first.picture, first.text, first.data) == (second.svg, second.picture, second.text, second.data)


def test_the_sentence_names_the_strongest_keys(run):
    view = view_neurons(run, 4, 1, 2)
    key = int(run.weights[1, 2, 4].argmax())
    assert run.tokens[key] in view.text and f"weight {float(run.weights[1, 2, 4, key]):.2f}" in view.text
    assert view.title == f"Layer 1 · head 2 · query “{run.tokens[4]}”"


# what cannot be shown

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("place", "part"), [
    ((99, 0, 0), "99"), ((-1, 0, 0), "-1"), (("dog", 0, 0), "dog"), ((None, 0, 0), "None"), ((1, 3, 0), "3"),
    ((1, 0, 4), "4"), ((1, 1.5, 0), "1.5"), ((1, 0, None), "None")])
def test_a_place_that_is_not_there_gets_one_sentence(run, code, place, part):
    assert part in str(refusal(lambda: view_neurons(run, *place), code))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_row_or_a_record_that_is_not_there_gets_one_sentence(run, code):
    assert "99" in str(refusal(lambda: view_neurons(run, 1, key=99), code))
    for given in (run.words(), None, "text"):
        assert type(given).__name__ in str(refusal(lambda given=given: view_neurons(given, 1), code))


# the explorer

@pytest.fixture
def explorer(tiny_bert):
    return explore_neurons(tiny_bert, "你要开心", "好不好")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_position_draws_its_own_picture(tiny_bert, code):
    language(code)
    explorer, seen = explore_neurons(tiny_bert, "开心", None), set()
    record = tiny_bert.run("开心")
    for layer in range(explorer.layer.max + 1):
        for head in range(explorer.head.max + 1):
            for _, token in explorer.token.options:
                for _, key in explorer.key.options:
                    view = explorer.choose(layer=layer, head=head, token=token, key=key)
                    row = None if key == "strongest" else key
                    assert explorer.picture.value == view.svg == view_neurons(record, token, layer, head, key=row).svg
                    assert not explorer.notice.value
                    seen.add((layer, head, token, key))
    assert len(seen) == 3 * 4 * 4 * 5
    labels = [control.description for row in explorer.rows for control in row.children]
    assert all(bool(re.search("[\u4e00-\u9fff]", label)) == (code == "zh") for label in labels)


def test_a_new_text_keeps_the_place_where_it_can(explorer):
    explorer.choose(layer=2, head=3, token=3, key=4)
    explorer.text_b.value = "好"
    assert (explorer.layer.value, explorer.head.value, explorer.token.value, explorer.key.value) == (2, 3, 3, 4)
    explorer.text_a.value = "好"
    assert explorer.token.value == 1 and explorer.key.value == "strongest" and not explorer.notice.value


def test_a_new_text_is_followed_from_the_word_that_tells_most(course_bert):
    explorer = explore_neurons(course_bert, "The dog ran home because it was tired.")
    explorer.choose(layer=1, head=2, token=8)
    explorer.text_a.value = "Tom wants to go home."
    record = course_bert.run(explorer.text_a.value)
    seen = [[float(record.weights[1, 2, asks, key]) if asks != key else 0.0 for key in range(1, record.n_tokens - 1)]
            for asks in range(1, record.n_tokens - 1)]
    assert explorer.token.value == 1 + max(range(len(seen)), key=lambda word: max(seen[word])) != 1
    explorer.text_a.value = "Tom likes [MASK]."
    assert explorer.token.value == 3 == explorer.view.data["token"]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(tiny_bert, code):
    language(code)
    explorer = explore_neurons(tiny_bert, "开心")
    before = explorer.view.svg
    explorer.text_a.value = "  "
    assert 'role="alert"' in explorer.notice.value and explorer.view.svg == before
    assert bool(re.search("[\u4e00-\u9fff]", explorer.notice.value)) == (code == "zh")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_explored_is_said(run, code):
    assert "explore_neurons" in str(refusal(lambda: explore_neurons(7), code))
    assert "explore_neurons" in str(refusal(lambda: explore_neurons(run, "text"), code))
    assert "AttentionRecord" in str(refusal(lambda: explore_neurons(run.words()), code))


def test_a_record_alone_can_be_explored(run):
    explorer = explore_neurons(run)
    assert explorer.rows[0].layout.display == "none" and explorer.view.data["token"] == telling_word(run, 0, 0)


def test_the_live_widget_is_displayed_with_the_saved_picture(explorer):
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert bundle["text/plain"] == explorer.view.text and bundle["text/html"] == explorer.view.image


@pytest.mark.parametrize("typed", ["?!?!", "🙂👩‍🚀", "שלום", "</script><img onerror=alert(1)>", "龍飛鳳舞", "x" * 300])
def test_a_real_model_survives_whatever_is_typed(explorer, typed):
    explorer.text_a.value = typed
    assert "Traceback" not in explorer.notice.value
    ElementTree.fromstring(explorer.picture.value)
    assert explorer.choose(layer=1, head=1).data["layer"] == 1
