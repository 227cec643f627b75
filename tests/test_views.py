"""Views: the picture shows the record's numbers, in every tier, whatever the tokens are."""

import doctest
import html
import importlib
import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
import torch
from conftest import refusal

from helpers.models import AttentionRecord
from helpers.text import CourseError, language
from helpers.views import FILTERS, View, kit, svg, view_heads
from helpers.views.theme import HEAD_COLOURS, head_class, level

SVG = "{http://www.w3.org/2000/svg}"
A = ["[CLS]", "好", "不", "好", "?", "燕", "子", "[SEP]"]
B = ["the", "dog", "dream", "##ing", "[SEP]"]
STRANGE = ["</script><img onerror=alert(1)>", '"><b>', "'&amp;", "\x07\x00", "\ud800", "", " ", "👩‍🚀", "e\u0301",
           "שלום", "مرحبا", "]]>", "<!--", "x" * 300, "${a}{0}%20#"]


def record(a: list[str], b: list[str] | None = None, *, n_layers: int = 4, n_heads: int = 6) -> AttentionRecord:
    """Return a record of random, rather sharp weights."""
    tokens = (*a, *(b or ()))
    scores = torch.randn(n_layers, n_heads, len(tokens), len(tokens), generator=torch.Generator().manual_seed(1))
    return AttentionRecord(tokens, (0,) * len(a) + (1,) * len(b or ()), len(a) if b else None,
                           (2.5 * scores.double()).softmax(-1), "course")


PAIR = record(A, B)


def tree(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def with_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def rows(root: ElementTree.Element, tokens: list[str]) -> list[dict[float, int]]:
    """Read off the two columns where each token stands: [{y: order}, {y: order}]."""
    columns = [group for group in root.iter(f"{SVG}g") if group.get("font-size")]
    assert [[text.text for text in column] for column in columns] == tokens
    return [{float(text.get("y")): order for order, text in enumerate(column)} for column in columns]


def curves(root: ElementTree.Element) -> list[tuple[float, float, int, str]]:
    """Read off the curves: (y of the query, y of the key, level, class of the head)."""
    found = []
    for path in with_class(root, "l"):
        names = path.get("class").split()
        for start, fall in re.findall(r"M\S+ (\S+)c(?:\S+ ){5}([^M]+)", path.get("d")):
            found.append((float(start), float(start) + float(fall), int(names[-1][1:]), names[-2]))
    return found


def drawn_links(view: View) -> set[tuple[int, int, int, str]]:
    """Read the links back from the still picture: (query, key, level, class of the head)."""
    tokens, root = view.data["tokens"], tree(view.picture)
    asks, answers = rows(root, [[tokens[place] for place in view.data[side]] for side in ("queries", "keys")])
    return {(view.data["queries"][nearest(asks, start)], view.data["keys"][nearest(answers, stop)], step, head)
            for start, stop, step, head in curves(root)}


def nearest(places: dict[float, int], y: float) -> int:
    return places[min(places, key=lambda place: abs(place - y))]


def wanted_links(view: View) -> set[tuple[int, int, int, str]]:
    return {(query, key, level(weight) or 1, head_class(head)) for query, key, head, weight in view.data["links"]}


# numbers

@pytest.mark.parametrize(("heads", "chosen"), [
    (None, [0, 1, 2, 3, 4, 5]), (0, [0]), (5, [5]), ([4, 1], [1, 4]), ((3,), [3]), ({2, 0}, [0, 2])])
def test_data_are_the_records_weights(heads, chosen):
    view = view_heads(PAIR, layer=2, heads=heads)
    assert view.data["heads"] == chosen
    np.testing.assert_allclose(view.data["weights"], PAIR.weights[2, chosen], atol=5.1e-5)


def test_one_head_draws_every_weight_from_the_threshold_up():
    weights = PAIR.weights[1, 3].numpy().round(4)
    for threshold in (0, 0.05, 0.3, 1):
        view = view_heads(PAIR, layer=1, heads=3, threshold=threshold)
        expected = {(q, k) for q, k in np.argwhere((weights >= threshold) & (weights > 0)).tolist()}
        assert {(query, key) for query, key, _, _ in view.data["links"]} == expected
        assert all(weight == weights[query, key] and head == 3 for query, key, head, weight in view.data["links"])


def test_several_heads_draw_each_querys_strongest_key():
    view = view_heads(PAIR, layer=1, threshold=0.2)
    weights = PAIR.weights[1].numpy().round(4)
    expected = {(q, int(weights[h, q].argmax()), h) for h in range(6) for q in range(len(A + B))
                if weights[h, q].max() >= 0.2}
    assert {tuple(link[:3]) for link in view.data["links"]} == expected


@pytest.mark.parametrize("chosen", [{"heads": 2}, {}, {"heads": [0, 5]}, {"heads": 1, "filter": "b-a"},
                                    {"heads": 1, "query": 4}, {"query": 10, "filter": "b-b"}])
def test_the_picture_draws_exactly_the_links_of_the_data(chosen):
    view = view_heads(PAIR, layer=3, **chosen)
    assert drawn_links(view) == wanted_links(view) != set()


def test_weights_are_drawn_in_ten_steps():
    assert [level(weight) for weight in (0, 0.04, 0.06, 0.32, 0.5, 1)] == [0, 0, 1, 3, 5, 10]


def test_stronger_weights_are_drawn_wider_and_more_opaque():
    rules = dict(re.findall(r"\.sav-heads \.l\.w(\d+)\{opacity:([\d.]+)", view_heads(PAIR).svg))
    widths = dict(re.findall(r"\.sav-heads \.l\.w(\d+)\{opacity:[\d.]+;stroke-width:([\d.]+)", view_heads(PAIR).svg))
    for found in (rules, widths):
        values = [float(found[str(step)]) for step in range(1, 11)]
        assert values == sorted(set(values))


def test_a_query_pointed_at_shows_its_own_weights():
    view = view_heads(PAIR, layer=0, heads=1)
    groups = with_class(tree(view.svg), "q")
    assert len(groups) == PAIR.n_tokens
    for query, group in enumerate(groups):
        weights = sorted((link[3] for link in view.data["links"] if link[0] == query), reverse=True)
        assert sorted((float(text.text) for text in group.iter(f"{SVG}text")), reverse=True) == pytest.approx(
            weights, abs=0.0051)
        assert group.get("tabindex") == "0" and group.get("role") == "img"
        assert f"{weights[0]:.2f}" in group.get("aria-label")


def test_a_key_pointed_at_shows_who_attends_to_it():
    view = view_heads(PAIR, layer=0, heads=1)
    for key, group in enumerate(with_class(tree(view.svg), "k")):
        weights = sorted(link[3] for link in view.data["links"] if link[1] == key)
        assert sorted(float(text.text) for text in group.iter(f"{SVG}text")) == pytest.approx(weights, abs=0.0051)
        assert len(curves(group)) == len(weights)


def test_numbers_among_several_heads_are_the_largest_of_all_heads():
    view = view_heads(PAIR, layer=0)
    group = with_class(tree(view.svg), "q")[2]
    keys = {link[1] for link in view.data["links"] if link[0] == 2}
    expected = [float(PAIR.weights[0, :, 2, key].max()) for key in keys]
    assert sorted(float(text.text) for text in group.iter(f"{SVG}text")) == pytest.approx(sorted(expected), abs=0.0051)


def test_one_query_alone():
    view = view_heads(PAIR, heads=0, query=6)
    assert {link[0] for link in view.data["links"]} == {6}
    texts = [text.text for text in tree(view.picture).iter(f"{SVG}text")]
    assert all(f"{link[3]:.2f}" in texts for link in view.data["links"])
    assert "子" in view.text and "子" in view.title


# sentence filters

@pytest.mark.parametrize(("name", "queries", "keys"), [
    ("all", range(13), range(13)), ("a-a", range(8), range(8)), ("a-b", range(8), range(8, 13)),
    ("b-a", range(8, 13), range(8)), ("b-b", range(8, 13), range(8, 13))])
def test_filters_cut_and_do_not_rescale(name, queries, keys):
    view = view_heads(PAIR, layer=1, heads=4, filter=name)
    assert (view.data["queries"], view.data["keys"]) == (list(queries), list(keys))
    cut = PAIR.weights[1, 4][list(queries)][:, list(keys)]
    np.testing.assert_allclose(view.data["weights"][0], cut, atol=5.1e-5)
    if name != "all":
        assert f"{float(cut.sum(-1).mean()):.2f}" in view.text and "not rescaled" in view.text


def test_filters_are_those_the_interface_offers():
    assert FILTERS == ("all", "a-a", "a-b", "b-a", "b-b")
    assert len({view_heads(PAIR, filter=name).svg for name in FILTERS}) == 5


def test_sentences_are_marked_where_there_are_two():
    letters = [text.text for text in with_class(tree(view_heads(PAIR).picture), "mid")]
    assert letters == ["A", "B", "A", "B"]
    assert not with_class(tree(view_heads(record(A)).picture), "mid")
    assert [text.text for text in with_class(tree(view_heads(PAIR, filter="a-b").picture), "mid")] == ["A", "B"]


# what cannot be shown

@pytest.mark.parametrize(("chosen", "expected"), [
    ({"layer": 4}, ["4", "0", "3"]), ({"layer": -1}, ["-1", "3"]), ({"layer": 1.5}, ["1.5", "3"]),
    ({"layer": "x"}, ["x", "3"]), ({"layer": None}, ["None", "3"]),
    ({"heads": 6}, ["6", "5"]), ({"heads": [0, 7]}, ["7", "5"]), ({"heads": []}, ["[]", "5"]),
    ({"heads": "all"}, ["all", "5"]), ({"heads": -1}, ["-1", "5"]),
    ({"filter": "c-a"}, ["c-a", "a-b", "b-a"]), ({"filter": None}, ["None", "a-b"]), ({"filter": ["a-b"]}, ["a-b"]),
    ({"threshold": 1.2}, ["1.2", "0", "1"]), ({"threshold": -0.1}, ["-0.1"]), ({"threshold": float("nan")}, ["nan"]),
    ({"threshold": "low"}, ["low"]), ({"threshold": None}, ["None"]),
    ({"query": 13}, ["13", "12"]), ({"query": "好"}, ["好", "12"]), ({"query": 1, "filter": "b-a"}, ["1", "b-a"])])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_choice_that_is_not_there_gets_one_sentence(chosen, expected, code):
    language(code)
    with pytest.raises(CourseError) as caught:
        view_heads(PAIR, **chosen)
    message = str(caught.value)
    assert all(part in message for part in expected) and "\n" not in message
    assert bool(re.search("[\u4e00-\u9fff]", message.replace("好", ""))) == (code == "zh")


def test_a_filter_that_needs_a_second_sentence_says_so():
    with pytest.raises(CourseError, match="sentence B"):
        view_heads(record(A), filter="a-b")
    assert view_heads(record(A), filter="a-a").data["keys"] == list(range(8))


# any token

def test_no_token_reaches_the_page_as_markup():
    shown = record(STRANGE, STRANGE)
    shown = AttentionRecord(shown.tokens, shown.segment_ids, 15, shown.weights, "<b>&\x07")
    view = view_heads(shown, query=0)
    for drawn in (view.svg, view.picture):
        names = {element.tag.removeprefix(SVG) for element in tree(drawn).iter()}
        assert names <= {"svg", "style", "g", "path", "text", "rect", "title", "desc"}
        assert not re.search(r"<(?!/?(svg|style|g|path|text|rect|title|desc)\b)", drawn)
        drawn.encode("utf-8")
    assert "</script><img onerror" in html.unescape(view.svg)


def test_the_image_is_one_tag_whatever_the_tokens():
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))
    parser.handle_data = lambda data: tags.append(data)
    view = view_heads(record(STRANGE), heads=3)
    parser.feed(view.image)
    (tag, attributes), = tags
    assert tag == "img" and set(attributes) == {"alt", "src"} and attributes["alt"] == view.text
    prefix, data = attributes["src"].split(",", 1)
    assert prefix == "data:image/svg+xml" and not re.search('[<>"#]', data) and data.isascii()
    assert unquote(data) == view.picture.replace('"', "'")
    assert tree(unquote(data)).get("role") == "img"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_tokens_appear_as_they_are(code):
    language(code)
    tokens = ["[CLS]", "燕子", "👩‍🚀", "e\u0301", "שלום", "##ing", "\x07", " ", "[SEP]"]
    root = tree(view_heads(record(tokens), heads=0).svg)
    shown = ["[CLS]", "燕子", "👩‍🚀", "e\u0301", "שלום", "##ing", "\ufffd", "␣", "[SEP]"]
    rows(root, [shown, shown])
    assert {text.text for text in with_class(root, "special")} == {"[CLS]", "[SEP]"}


def test_right_to_left_words_do_not_turn_the_sentence():
    view = view_heads(record(["[CLS]", "שלום", "עולם"]), heads=0)
    assert "\u2068שלום\u2069" in view.text or "\u2068עולם\u2069" in view.text
    assert "direction:ltr" in view.svg


def test_everything_lies_within_the_picture():
    for shown in (PAIR, record(STRANGE, STRANGE, n_heads=16), record(["a"], n_heads=1), record(A * 8, n_heads=40)):
        view = view_heads(shown)
        root = tree(view.picture)
        for text in (element for element in root.iter(f"{SVG}text") if element.get("x")):
            assert 0 <= float(text.get("x")) <= view.size[0] and 0 < float(text.get("y")) < view.size[1]
        assert all(0 < y < view.size[1] for curve in curves(root) for y in curve[:2])


def test_one_token_one_head_one_layer():
    view = view_heads(record(["[CLS]"], n_layers=1, n_heads=1))
    assert view.data["links"] == [[0, 0, 0, 1.0]]
    assert view.data["heads"] == [0] and "head 0" in view.text


# the view and its tiers

def test_the_sentence_says_model_layer_head_and_the_strongest_links():
    view = view_heads(PAIR, layer=1, heads=3)
    query, key, _, weight = max(view.data["links"], key=lambda link: link[3])
    assert all(part in view.text for part in ("course", "Layer 1", "head 3", f"{weight:.2f}"))
    assert PAIR.tokens[query] in view.text and PAIR.tokens[key] in view.text
    assert "(head " in view_heads(PAIR).text and "all 6 heads" in view_heads(PAIR).text
    language("zh")
    assert "第 1 层" in view_heads(PAIR, layer=1, heads=3).text and "全部 6 个头" in view_heads(PAIR).text


def test_the_sentence_measures_how_wide_a_row_spreads():
    even = AttentionRecord(("a", "b", "c", "d"), (0,) * 4, None, torch.full((1, 1, 4, 4), 0.25))
    assert "about 4.0 of 4 tokens" in view_heads(even).text
    sharp = AttentionRecord(("a", "b", "c", "d"), (0,) * 4, None, torch.eye(4)[None, None])
    assert "about 1.0 of 4 tokens" in view_heads(sharp).text
    assert "no weight reaches 0.5" in view_heads(even, threshold=0.5).text


def test_a_token_that_occurs_twice_is_named_with_its_position():
    weights = torch.eye(13)[None, None]
    view = view_heads(AttentionRecord(PAIR.tokens, PAIR.segment_ids, 8, weights), query=3)
    assert "好(3) → 好(3) 1.00" in view.text


def test_the_same_record_gives_the_same_bytes():
    first, second = (view_heads(record(A, B), layer=1, heads=heads) for heads in ([4, 0, 4], (0, 4)))
    assert (first.svg, first.picture, first.text, first.data) == (second.svg, second.picture, second.text, second.data)


def test_rounding_hides_what_differs_between_machines():
    shaken = AttentionRecord(PAIR.tokens, PAIR.segment_ids, 8, PAIR.weights * (1 + 1e-13), "course")
    assert view_heads(shaken).svg == view_heads(PAIR).svg


def test_float32_weights_that_need_gradients_are_drawn():
    weights = PAIR.weights.float().requires_grad_()
    assert view_heads(AttentionRecord(PAIR.tokens, PAIR.segment_ids, 8, weights)).data["links"]


def test_the_bundle_holds_the_image_and_the_sentence_alone():
    view = view_heads(PAIR)
    assert view._repr_mimebundle_(include=None, exclude=None) == {"text/plain": view.text, "text/html": view.image}


def test_the_still_picture_stands_alone():
    picture = view_heads(PAIR, heads=2).picture
    root = tree(picture)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Layer 0 · head 2" and "strongest" in root.find(f"{SVG}desc").text
    assert with_class(root, "paper")
    assert not re.search("tabindex|hover|focus|var\\(|<script|href|url\\(|@import", picture)


def test_the_live_picture_answers_without_script_and_stays_in_its_own_styles():
    live = view_heads(PAIR).svg
    root = tree(live)
    assert root.get("role") == "group" and root.get("aria-label") == view_heads(PAIR).text
    assert root.find(f"{SVG}title") is None
    assert not re.search(r"<script|\son\w+=|href|url\(|@import|\sid=", live)
    css = "".join(style.text for style in root.iter(f"{SVG}style"))
    plain = re.sub(r"@media[^{]+\{([^{}]+\{[^{}]*\})\}", r"\1", css)
    selectors = [part for rule in re.findall(r"([^{}]+)\{[^{}]*\}", plain)
                 for part in re.split(r",(?![^(]*\))", rule)]
    assert selectors and all(selector.strip().startswith(".sav") for selector in selectors)


def test_all_heads_are_named_in_the_legend_with_their_colours():
    root = tree(view_heads(PAIR, heads=[1, 4]).picture)
    chips = [element.get("class").split()[-1] for element in root.iter(f"{SVG}rect") if "c" in element.get("class")]
    assert chips == ["h1", "h4"]
    assert [head_class(head) for head in (0, 15, 16, 17)] == ["h0", "h15", "h0", "h1"]


def _luminance(colour: str) -> np.ndarray:
    channels = np.array([int(colour[place:place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _oklab(linear: np.ndarray) -> np.ndarray:
    cones = np.cbrt(linear.clip(0) @ np.array([[0.41222, 0.21190, 0.08830], [0.53633, 0.68070, 0.28172],
                                               [0.05145, 0.10740, 0.62998]]))
    return cones @ np.array([[0.21045, 1.97800, 0.02590], [0.79362, -2.42859, 0.78277], [-0.00407, 0.45059, -0.80868]])


@pytest.mark.parametrize("blindness", [
    np.eye(3),
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]],
    ids=["all colours", "no red", "no green", "no blue"])
def test_head_colours_can_be_told_apart(blindness):
    """Simulated after Machado, Oliveira and Fernandes 2009, table 1, severity 1; distances in OKLab."""
    seen = _oklab(np.stack([_luminance(colour) for colour in HEAD_COLOURS]) @ np.array(blindness).T)
    distances = np.linalg.norm(seen[:, None] - seen[None], axis=-1) + np.eye(16)
    assert distances[:6, :6].min() > 0.12
    assert distances[:12, :12].min() > 0.055
    assert distances.min() > 0.05


def test_head_colours_stand_out_on_white_and_on_black():
    for colour in HEAD_COLOURS:
        light = float(_luminance(colour) @ [0.2126, 0.7152, 0.0722])
        assert 1.05 / (light + 0.05) > 2 and (light + 0.05) / 0.05 > 2.5


# files

@pytest.mark.parametrize("name", ["view.svg", "我的 图.SVG", "view.html"])
def test_saved_files_stand_alone(tmp_path, name):
    view = view_heads(PAIR)
    path = view.save(tmp_path / name)
    written = path.read_bytes().decode("utf-8")
    assert "\r" not in written
    assert written == view.picture if path.suffix.lower() == ".svg" else view.svg in written
    assert view.save(str(tmp_path / name)) == path


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_file_that_cannot_be_saved_is_said(tmp_path, code):
    language(code)
    with pytest.raises(CourseError, match=r"\.svg"):
        view_heads(PAIR).save(tmp_path / "view.png")
    with pytest.raises(CourseError, match="nowhere"):
        view_heads(PAIR).save(tmp_path / "nowhere" / "view.svg")
    assert not list(tmp_path.iterdir())


# one grammar

VIEWS = Path(kit.__file__).parent
PACKAGES = sorted(path.parent.name for path in VIEWS.glob("*/shown.py"))


@pytest.mark.parametrize("name", PACKAGES)
def test_a_view_says_what_is_shown_and_draws_it(name):
    view, shown, drawing = (importlib.import_module(f"helpers.views.{name}{part}")
                            for part in ("", ".shown", ".drawing"))
    assert callable(shown.select)
    assert all(callable(getattr(shown.Shown, answer)) for answer in ("title", "sentence", "data"))
    assert drawing.draw.__annotations__ == {"shown": shown.Shown, "return": kit.Drawn}
    assert [one for one in vars(view) if one.startswith("view_")]


def test_no_view_writes_its_own_root_into_its_rules():
    assert {file.name for file in VIEWS.rglob("*.py") if ".sav-" in file.read_text(encoding="utf-8")} \
        == {"kit.py", "map.py"}


# measuring text

def test_doctests():
    for module, least in ((svg, 4), (kit, 2)):
        result = doctest.testmod(module)
        assert result.attempted >= least and not result.failed


def test_text_is_measured_and_cut_by_cells():
    assert svg.cells("👩") == 2 and svg.cells("好a") == 3
    for text in ("attention", "注意力权重", "x" * 5000, "e\u0301" * 9):
        assert svg.cells(svg.clip(text, 6)) <= 6
    assert svg.clip("short", 5) == "short"


@pytest.mark.parametrize("most", range(12, 40))
def test_no_wrapped_line_begins_with_a_mark_that_closes(most):
    text = "横条是概率（p = 0.3，“前 50 个”）。每一格（row）：是“一个词元”；再往下（tokens）。"
    lines = svg.wrap(text, most)
    assert len(lines) > 1 and not [line for line in lines if line[0] in "，。；：、）！？」”"]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["one two three four five", "线越粗，注意力权重越大；小于 0.05 的不画。",
                                  "unbreakable" * 4])
def test_wrapped_lines_lose_nothing(text):
    lines = svg.wrap(text, 12)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(svg.cells(line) <= 14 for line in lines) or " " not in text
    assert not any(line.startswith(("，", "；", "。")) for line in lines)


# models

def test_a_real_run_in_tokens_and_in_words(tiny_bert):
    run = tiny_bert.run("你要开心,the dog ran.", "好不好?")
    for shown in (run, run.words()):
        view = view_heads(shown, layer=2, heads=1)
        np.testing.assert_allclose(view.data["weights"][0], shown.weights[2, 1], atol=5.1e-5)
        assert drawn_links(view) == wanted_links(view)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_picture_of_more_lines_than_a_page_can_hold_says_from_which_threshold_on_it_can(code):
    weights = torch.rand(1, 2, 180, 180, generator=torch.Generator().manual_seed(0)).softmax(-1)
    record = AttentionRecord.of(weights, [str(place) for place in range(180)])
    error = refusal(lambda: view_heads(record, heads=1, threshold=0), code)
    assert error.key == "views.too_many_links" and "32,400" in str(error) and "30,000" in str(error)
    enough = float(re.search(r"0\.00\d+", str(error))[0])
    assert 20_000 < len(view_heads(record, heads=1, threshold=enough).data["links"]) <= 30_000
    assert view_heads(record, threshold=0).data["links"]                       # all heads: one line a head and query
