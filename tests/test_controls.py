"""Controls: every position of every slider draws what `view_heads` draws, and nothing a learner types breaks them."""

import re
import threading
from dataclasses import dataclass

import pytest
import torch

from helpers.controls import HeadExplorer, explore_heads, texts
from helpers.controls import heads as controls
from helpers.models import AttentionRecord
from helpers.text import CourseError, language
from helpers.views import FILTERS, view_heads

WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class FakeRecord(AttentionRecord):
    """A record that can be folded; it counts how often it is."""

    folded: tuple = ()

    def words(self) -> AttentionRecord:
        self.folded[0].append(1)
        if "unfoldable" in self.tokens:
            raise RuntimeError("no words here")
        return record([self.tokens[0], "".join(self.tokens[1:])], n_layers=self.n_layers, n_heads=self.n_heads)


class FakeBert:
    """A model whose attention is random; it counts its runs."""

    def __init__(self, name="course", n_layers=4, n_heads=6):
        self.name, self.sizes, self.runs, self.folded = name, {"n_layers": n_layers, "n_heads": n_heads}, [], []

    def run(self, sentence_a, sentence_b=None):
        self.runs.append((sentence_a, sentence_b))
        if not sentence_a.strip():
            raise CourseError("models.blank")
        if sentence_a == "crash":
            raise RuntimeError("the <b>tensor</b> broke")
        if sentence_a == "stop":
            raise KeyboardInterrupt
        made = record(sentence_a.split(), (sentence_b or "").split(), **self.sizes)
        notices = ("A notice about <this> text.",) if "龍" in sentence_a else ()
        return FakeRecord(*(getattr(made, name) for name in ("tokens", "segment_ids", "sentence_b_start", "weights")),
                          self.name, notices, folded=(self.folded,))


def record(a, b=(), n_layers=4, n_heads=6):
    tokens = (*a, *b)
    seed = torch.Generator().manual_seed(len(tokens))
    scores = torch.randn(n_layers, n_heads, len(tokens), len(tokens), generator=seed)
    return AttentionRecord(tokens, (0,) * len(a) + (1,) * len(b), len(a) if b else None,
                           (2 * scores.double()).softmax(-1), "course")


@pytest.fixture
def bert():
    return FakeBert()


@pytest.fixture
def explorer(bert):
    return explore_heads(bert, "you want to be happy", "be happy then")


@pytest.fixture
def loads(monkeypatch):
    """Replace `load_bert`: "big" and "small" can be had, nothing else."""
    known = {"big": FakeBert("big", 12, 12), "small": FakeBert("small", 2, 3)}

    def load(name):
        if name == "boom":
            raise OSError("disk <gone>")
        if name not in known:
            raise CourseError("models.bad_name", name=name, example="bert-base-chinese")
        return known[name]

    monkeypatch.setattr(texts, "load_bert", load)
    return known


def redraws(monkeypatch):
    """Count the pictures drawn from here on."""
    drawn = []

    def counted(*arguments, **chosen):
        drawn.append(chosen)
        return view_heads(*arguments, **chosen)

    monkeypatch.setattr(controls, "view_heads", counted)
    return drawn


# moving

@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_position_draws_its_own_picture_without_running_the_model(code, bert):
    language(code)
    explorer = explore_heads(bert, "you want to be happy", "be happy then")
    shown, seen = bert.run("you want to be happy", "be happy then"), set()
    for layer in range(explorer.layer.min, explorer.layer.max + 1):
        explorer.layer.value = layer
        for head in ("all", 0, 1, 2, 3, 4, 5):
            explorer.head.value = head
            for name in FILTERS:
                explorer.filter.value = name
                expected = view_heads(shown, layer=layer, heads=None if head == "all" else head, filter=name)
                assert explorer.picture.value == explorer.view.svg == expected.svg
                assert explorer.view.text == expected.text and not explorer.notice.value
                seen.add(explorer.picture.value)
    assert len(seen) == 4 * 7 * 5 and len(bert.runs) == 2


def test_sliders_cover_the_model_and_nothing_else(explorer):
    assert (explorer.layer.min, explorer.layer.max, explorer.layer.value) == (0, 3, 0)
    assert [value for _, value in explorer.head.options] == ["all", 0, 1, 2, 3, 4, 5]
    assert [value for _, value in explorer.filter.options] == list(FILTERS)
    assert [value for _, value in explorer.query.options] == ["all", *range(8)]
    explorer.layer.value = 99
    assert explorer.layer.value == 3


@pytest.mark.parametrize("threshold", [0.01, 0.05, 0.2, 0.5])
def test_the_threshold_slider(explorer, bert, threshold):
    explorer.choose(head=2, threshold=threshold)
    assert explorer.view.data["threshold"] == pytest.approx(threshold)
    assert all(link[3] >= threshold for link in explorer.view.data["links"])


def test_one_query_can_be_kept_while_the_layer_moves(explorer):
    explorer.choose(head=1, query=3)
    for layer in range(4):
        explorer.layer.value = layer
        assert explorer.view.data["query"] == 3 and "“be(3)”" in explorer.view.title


def test_queries_are_those_of_the_filter(explorer):
    explorer.choose(query=1)
    explorer.filter.value = "b-a"
    assert [value for _, value in explorer.query.options] == ["all", 5, 6, 7]
    assert explorer.query.value == "all" and explorer.view.data["query"] is None
    explorer.choose(filter="b-b", query=6)
    assert explorer.view.data["query"] == 6


def test_several_values_at_once_are_drawn_once(explorer, monkeypatch):
    drawn = redraws(monkeypatch)
    view = explorer.choose(layer=2, head=3, filter="a-b", threshold=0.1)
    assert len(drawn) == 1 and view is explorer.view
    assert (view.data["layer"], view.data["heads"], view.data["filter"]) == (2, [3], "a-b")
    explorer.layer.value = 1
    assert len(drawn) == 2


def test_a_new_text_is_drawn_once(explorer, monkeypatch):
    drawn = redraws(monkeypatch)
    explorer.choose(filter="b-a", query=6)
    explorer.text_b.value = ""
    assert len(drawn) == 2


def test_two_threads_leave_one_consistent_picture(explorer):
    def move(control, values):
        for value in values * 5:
            control.value = value

    threads = [threading.Thread(target=move, args=move_one) for move_one in
               ((explorer.layer, [3, 1, 2]), (explorer.head, [0, "all", 4]), (explorer.filter, ["a-b", "all", "b-b"]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (explorer.view.data["layer"], explorer.view.data["heads"], explorer.view.data["filter"]) == (2, [4], "b-b")


def test_nothing_is_printed(explorer, capsys):
    explorer.text_a.value = "crash"
    explorer.choose(layer=2, head=3)
    assert capsys.readouterr() == ("", "")


# typing

def test_a_new_text_runs_the_model_once(explorer, bert):
    explorer.choose(layer=2, head=3, filter="a-b", query=4)
    explorer.text_a.value = "the dog ran"
    assert bert.runs[1:] == [("the dog ran", "be happy then")]
    assert explorer.view.data["tokens"] == "the dog ran be happy then".split()
    assert (explorer.layer.value, explorer.head.value, explorer.filter.value) == (2, 3, "a-b")
    assert explorer.query.value == "all"


def test_without_a_second_sentence_the_filters_go(explorer):
    explorer.filter.value = "a-b"
    explorer.text_b.value = "  "
    assert [value for _, value in explorer.filter.options] == ["all"]
    assert explorer.view.data["filter"] == "all" and explorer.view.data["tokens"] == "you want to be happy".split()
    explorer.text_b.value = "again"
    assert len(explorer.filter.options) == 5


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("typed", ["", "   ", "crash", "stop"])
def test_a_text_that_fails_is_one_sentence_and_leaves_the_picture(code, typed, bert):
    language(code)
    explorer = explore_heads(bert, "you want to be happy")
    before = explorer.view
    explorer.text_a.value = typed
    notice = explorer.notice.value
    assert explorer.view.svg == before.svg == explorer.picture.value
    assert 'role="alert"' in notice and "Traceback" not in notice and "<b>" not in notice and "\n" not in notice
    assert bool(re.search("[\u4e00-\u9fff]", notice)) == (code == "zh")
    explorer.layer.value = 3
    assert explorer.view.data["layer"] == 3 and explorer.notice.value == notice and len(bert.runs) == 2
    explorer.text_a.value = "better now"
    assert not explorer.notice.value and explorer.view.data["tokens"] == ["better", "now"]


def test_the_button_tries_again(explorer, bert):
    explorer.text_a.value = "crash"
    runs = len(bert.runs)
    explorer.look.click()
    assert len(bert.runs) == runs + 1 and 'role="alert"' in explorer.notice.value


def test_notices_about_the_text_are_shown_and_escaped(explorer):
    explorer.text_a.value = "龍"
    assert "A notice about &lt;this&gt; text." in explorer.notice.value and "alert" not in explorer.notice.value
    explorer.layer.value = 2
    assert "notice" in explorer.notice.value
    explorer.text_a.value = "plain"
    assert not explorer.notice.value


def test_markup_in_a_text_stays_text(explorer):
    explorer.text_a.value = "</script><img/onerror=alert(1)> new"
    assert "<img" not in explorer.picture.value and "&lt;/script&gt;" in explorer.picture.value


def test_an_example_is_shown_where_no_text_is_given(bert):
    explorer = explore_heads(bert)
    assert bert.runs == [(explorer.text_a.value, explorer.text_b.value)] and all(bert.runs[0])


# words

def test_words_are_folded_once_a_text(explorer, bert):
    for layer in range(4):
        explorer.choose(words=True, layer=layer)
        explorer.choose(words=False)
    assert len(bert.folded) == 1
    explorer.words.value = True
    assert explorer.view.data["tokens"] == ["you", "wanttobehappybehappythen"]
    explorer.text_a.value = "other text"
    assert len(bert.folded) == 2 and explorer.view.data["tokens"][0] == "other"


def test_words_that_cannot_be_folded_are_one_sentence(explorer):
    before = explorer.view.text
    explorer.choose(text_a="unfoldable", words=True)
    assert "no words here" in explorer.notice.value and explorer.view.text == before
    explorer.words.value = False
    assert explorer.view.data["tokens"][0] == "unfoldable" and not explorer.notice.value


# models

def test_another_model_adapts_the_ranges_and_keeps_the_choices(explorer, loads, bert):
    explorer.model.options = [*explorer.model.options[:-1], ("big", "big"), ("small", "small"),
                              explorer.model.options[-1]]
    explorer.choose(layer=3, head=2, filter="a-b", query=1)
    explorer.model.value = "big"
    assert loads["big"].runs == [("you want to be happy", "be happy then")]
    assert (explorer.layer.max, len(explorer.head.options)) == (11, 13)
    data = explorer.view.data
    assert (data["model"], data["layer"], data["heads"], data["filter"], data["query"]) == ("big", 3, [2], "a-b", 1)
    explorer.choose(layer=11, head=9)
    explorer.model.value = "small"
    assert (explorer.layer.max, explorer.layer.value, explorer.head.value) == (1, 1, "all")
    explorer.model.value = "course"
    assert explorer.view.data["model"] == "course" and len(bert.runs) == 2 and not explorer.notice.value


def test_a_name_or_folder_can_be_typed(explorer, loads):
    assert explorer.name.layout.display == "none"
    explorer.model.value = "other"
    assert explorer.name.layout.display != "none" and explorer.view.data["model"] == "course"
    explorer.name.value = " big "
    assert explorer.view.data["model"] == explorer.model.value == "big" and explorer.name.layout.display == "none"
    assert ("big", "big") in explorer.model.options
    explorer.choose(model="other", name="course")
    assert explorer.view.data["model"] == explorer.model.value == "course"
    assert len(explorer.model.options) == len(set(explorer.model.options))


def test_a_value_may_belong_to_the_model_or_the_text_chosen_with_it(explorer, loads):
    data = explorer.choose(layer=10, head=11, name="big", model="other").data
    assert (data["model"], data["layer"], data["heads"]) == ("big", 10, [11])
    assert explorer.choose(query=8, text_a="one two three four five six").data["query"] == 8
    assert explorer.choose(query=6, filter="b-b").data["query"] == 6


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("asked", "part"), [
    ({"layer": 9}, "9"), ({"text_a": "a b", "query": 7}, "7"), ({"layer": 1, "head": "most"}, "most"),
    ({"model": "other", "name": "big", "layer": 12}, "12"), ({"threshold": None}, "None"), ({"colour": 1}, "colour")])
def test_what_cannot_be_chosen_is_one_sentence_and_changes_nothing(code, bert, loads, asked, part):
    language(code)
    explorer = explore_heads(bert, "you want to be happy", "be happy then")
    explorer.choose(layer=3, head=2, query=1)
    before = explorer.view.svg
    with pytest.raises(CourseError, match=part) as refused:
        explorer.choose(**asked)
    assert bool(re.search("[\u4e00-\u9fff]", str(refused.value))) == (code == "zh")
    assert explorer.view.svg == explorer.picture.value == before and not explorer.notice.value
    assert (explorer.model.value, explorer.text_a.value) == ("course", "you want to be happy")
    assert (explorer.layer.value, explorer.head.value, explorer.query.value) == (3, 2, 1)


def test_the_page_builds_a_slider_anew_where_its_range_changes(explorer, loads):
    turns = []
    for slider in (explorer.layer, explorer.head):
        slider.observe(lambda change: turns.append((change.owner, change.new)), "orientation")
    explorer.choose(layer=2)
    explorer.text_a.value = "another text"
    assert not turns
    explorer.choose(model="other", name="big")
    assert {owner for owner, _ in turns} == {explorer.layer, explorer.head}
    assert explorer.layer.orientation == explorer.head.orientation == "horizontal"


@pytest.mark.parametrize(("typed", "part"), [("nowhere!", "nowhere!"), ("boom", "disk &lt;gone&gt;")])
def test_a_model_that_cannot_be_had_leaves_the_one_that_runs(explorer, loads, bert, typed, part):
    before = explorer.view.svg
    explorer.choose(model="other", name=typed)
    assert part in explorer.notice.value and explorer.view.svg == before and explorer.model.value == "other"
    explorer.model.options = [*explorer.model.options[:-1], (typed, typed), explorer.model.options[-1]]
    explorer.model.value = "course"
    assert not explorer.notice.value
    explorer.model.value = typed
    assert part in explorer.notice.value and explorer.model.value == "course"
    runs = len(bert.runs)
    explorer.layer.value = 2
    assert explorer.view.data["layer"] == 2 and explorer.view.data["model"] == "course"
    assert part in explorer.notice.value and len(bert.runs) == runs


def test_the_course_and_the_given_model_are_offered():
    names = [value for _, value in explore_heads(FakeBert("mine"), "a b").model.options]
    assert names[:2] == ["mine", "course"] and names[-1] == "other" and len(names) == len(set(names))


def test_a_models_name_is_loaded(loads):
    assert explore_heads("small", "a b c").view.data["model"] == "small"
    with pytest.raises(CourseError, match="nothing"):
        explore_heads("nothing")


# a record alone

def test_a_record_alone_hides_what_would_run_a_model():
    explorer = explore_heads(record(["a", "b"], ["c"]))
    source, *choices = explorer.rows
    assert source.layout.display == "none" and all(row.layout.display != "none" for row in choices)
    assert explorer.words.layout.display == "none"
    explorer.choose(layer=3, head=5, filter="b-a")
    assert explorer.view.svg == view_heads(record(["a", "b"], ["c"]), layer=3, heads=5, filter="b-a").svg


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("given", "part"), [((7,), "int"), ((None,), "NoneType"),
                                             ((record(["a"]), "text"), "record|记录"), ((FakeBert(), ""), "text|文字")])
def test_what_cannot_be_explored_is_said(code, given, part):
    language(code)
    with pytest.raises(CourseError, match=part):
        explore_heads(*given)


# display

@pytest.mark.parametrize("code", ["en", "zh"])
def test_labels_speak_the_language(code, bert):
    language(code)
    explorer = explore_heads(bert, "a b", "c")
    labels = [control.description for row in explorer.rows for control in row.children]
    assert all(labels) and len(set(labels)) == len(labels)
    assert all(bool(re.search("[\u4e00-\u9fff]", label)) == (code == "zh") for label in labels)


def test_the_live_widget_is_displayed_with_the_saved_picture(explorer):
    explorer.choose(layer=1, head=2)
    bundle = explorer._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", WIDGET}
    assert bundle["text/plain"] == explorer.view.text and bundle["text/html"] == explorer.view.image
    assert bundle[WIDGET]["model_id"] == explorer.model_id
    assert isinstance(explorer, HeadExplorer)


# real models

def test_a_real_model_under_every_control(tiny_bert):
    explorer = explore_heads(tiny_bert, "好不好?燕子", "the dog ran")
    for layer in range(3):
        for head in ("all", 0, 3):
            explorer.choose(layer=layer, head=head, words=bool(layer % 2))
            shown = tiny_bert.run("好不好?燕子", "the dog ran")
            shown = shown.words() if layer % 2 else shown
            assert explorer.view.svg == view_heads(shown, layer=layer, heads=None if head == "all" else head).svg


@pytest.mark.parametrize("typed", [
    "", "\u200b", "好" * 5000, "?!?!", "🙂👩‍🚀", "שלום עולם", "\x00\x07", "</script><img onerror=alert(1)>",
    "[CLS] [SEP]", "龍飛鳳舞", "x" * 300, "\ud800"])
def test_a_real_model_survives_whatever_is_typed(tiny_bert, typed):
    explorer = explore_heads(tiny_bert, "你要开心")
    explorer.text_a.value = typed
    assert "Traceback" not in explorer.notice.value
    explorer.choose(layer=1, words=True)
    assert explorer.view.data["layer"] == 1
    explorer.text_a.value = "你要幸福"
    assert "福" in "".join(explorer.view.data["tokens"]) and "alert" not in explorer.notice.value


def test_minilm_has_twelve_heads_to_look_at(minilm):
    explorer = explore_heads(minilm, "The dog ran.", "It was tired.")
    explorer.choose(layer=5, head=11)
    assert explorer.view.data["heads"] == [11] and explorer.layer.max == 5


@pytest.mark.parametrize("places, shown", [
    ({}, {"layer": 0}), ({"layer": 2}, {"layer": 2}), ({"layer": 2, "head": 4}, {"layer": 2, "heads": 4}),
    ({"head": 0}, {"layer": 0, "heads": 0})])
def test_it_opens_where_it_is_asked_to(places, shown):
    given = record(["a", "b"], ["c"])
    assert explore_heads(given, **places).view == view_heads(given, **shown)


@pytest.mark.parametrize("code, word", [("en", "0"), ("zh", "0")])
@pytest.mark.parametrize("places", [{"layer": 4}, {"head": 6}, {"layer": "top", "head": 1}])
def test_a_place_to_open_at_that_is_not_there_is_one_sentence(places, code, word):
    language(code)
    with pytest.raises(CourseError, match=word):
        explore_heads(record(["a", "b"]), **places)


def test_a_long_text_is_announced_before_it_is_read(tiny_bert):
    explorer, said = explore_heads(tiny_bert, "the dog"), []
    explorer.notice.observe(lambda change: said.append(change["new"]), "value")
    explorer.choose(text_a="the street " * 28)
    assert "308" in said[0] and "308" not in explorer.notice.value
    said.clear()
    explorer.choose(text_a="the street")
    assert not any("10" in one for one in said)
