"""The slider over the training of a course model: every step, text, part, layer and head that was kept."""

import re
from xml.etree import ElementTree

import pytest

from helpers.controls import explore_birth
from helpers.models import load_training
from helpers.text import CourseError, escape, language
from helpers.views import view_birth

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=["translator", "bert", "gpt"])
def training(request):
    return load_training(request.param)


@pytest.fixture
def explorer(training):
    return explore_birth(training)


def test_it_begins_at_birth_with_a_head_that_does_one_thing_most_in_the_end(explorer, training):
    assert explorer.step.value == training.steps[0]
    shares = training.heads[{"translator": "aligned", "bert": "previous", "gpt": "induction"}[training.name]][-1]
    assert shares[explorer.layer.value, explorer.head.value] == shares.max()
    assert (explorer.layer.value, explorer.head.value) == training.showcase


def test_every_step_is_drawn_from_what_was_kept(explorer, training):
    layer, head = explorer.layer.value, explorer.head.value
    for place, step in enumerate(training.steps):
        view = explorer.choose(step=step, text=0)
        expected = training.weights(step, 0, explorer.part.value)[layer, head]
        assert view.data["weights"][0][0] == pytest.approx(expected[0].tolist(), abs=1e-4)
        if training.cloze:
            explorer.choose(cloze=0)
        said = training.texts[0].said or [" · ".join(guesses) for guesses in training.cloze[0].guesses]
        assert escape(said[place]) in explorer.said.value
        assert explorer.growth.value == view_birth(training, layer=layer, head=head, step=step).svg


def test_every_text_part_layer_and_head_is_drawn(explorer, training):
    explorer.choose(step=training.steps[-1])
    for text, seen in enumerate(training.texts):
        for _, part in explorer.part.options:
            for layer in range(explorer.layer.max + 1):
                for _, head in explorer.head.options:
                    view = explorer.choose(text=text, part=part, layer=layer, head=head)
                    assert view.data["tokens"] == seen.parts[part]["tokens"]
                    assert view.data["heads"] == ([*range(len(explorer.head.options) - 1)] if head == "all" else [head])
                    coloured = view_birth(training, layer=layer, head=0 if head == "all" else head)
                    assert explorer.growth.value == coloured.svg
        if seen.said:
            assert escape(seen.said[-1]) in explorer.said.value


def test_every_gap_can_be_chosen(explorer, training):
    assert len(explorer.cloze.options) == len(training.cloze)
    explorer.choose(step=training.steps[-1])
    for place, line in enumerate(training.cloze):
        explorer.choose(cloze=place)
        assert escape(line.sentence) in explorer.said.value
        assert escape(" · ".join(line.guesses[-1])) in explorer.said.value
    assert (explorer.cloze in explorer.rows[0].children) == bool(training.cloze)


def test_another_run_than_the_course_models_is_told(explorer, training):
    explorer.choose(step=0)
    assert ("another run" in explorer.notice.value) == (training.name == "bert") == (not training.is_course_model)


@pytest.mark.parametrize("code, word", [("en", "nearly even"), ("zh", "几乎是平均分的")])
def test_few_lines_at_birth_are_said_to_be_even_attention(training, code, word):
    language(code)
    explorer, (layer, head) = explore_birth(training), training.showcase
    for step in training.steps:
        explorer.choose(step=step, text=0)
        weights = training.weights(step, 0, explorer.part.value)[layer, head]
        seen = [place + 1 if training.name == "gpt" else weights.shape[1] for place in range(len(weights))]
        largest = sorted(float(row.max()) * n for row, n in zip(weights, seen, strict=True))[(len(weights) - 1) // 2]
        assert (word in explorer.notice.value) == (largest < 2)
        assert largest >= 2 or f"{largest:.1f}" in explorer.notice.value
    assert word not in explorer.notice.value
    if training.name == "bert":
        explorer.choose(step=0)
        assert word in explorer.notice.value


@pytest.mark.parametrize("code", ["en", "zh"])
def test_choices_in_the_learners_language_come_first(training, code):
    language(code)
    explorer = explore_birth(training)
    for control in filter(lambda control: control.options, (explorer.text, explorer.cloze)):
        names = [name.replace("[MASK]", "") for name, _ in control.options]
        ours = [2 * sum("\u4e00" <= sign <= "\u9fff" for sign in name) > sum(map(str.isalpha, name)) for name in names]
        assert ours == sorted(ours, reverse=code == "zh") and control.index == 0
        assert {place for _, place in control.options} == {*range(len(control.options))}


def test_the_lines_stand_right_under_the_controls(explorer):
    assert explorer.children[len(explorer.rows)] is explorer.growth


def test_a_choice_of_one_is_not_offered(explorer, training):
    assert all(len(control.options) > 1 for control in explorer.rows[0].children if hasattr(control, "options"))
    assert (explorer.part in explorer.rows[0].children) == (training.name == "translator")


def test_the_model_learns_from_its_first_step_to_its_last(training):
    for name, figures in training.figures.items():
        if name in ("loss_first_copy", "loss_second_copy"):      # random tokens grow no likelier until they are copied
            assert (figures[-1] > figures[0]) == (name == "loss_first_copy")
            continue
        losses = figures if name.startswith(("loss", "bits")) else [-figure for figure in figures]
        assert losses[-1] < losses[len(losses) // 2] < losses[0]


def test_the_panels_draw_each_head_and_each_figure(training):
    layer, head = training.showcase
    n_layers, n_heads = next(iter(training.heads.values())).shape[1:]
    for at, step in enumerate(training.steps):
        view = view_birth(training, layer=layer, head=head, step=step)
        for kind, shares in training.heads.items():
            lines = view.data[kind]
            assert len(lines) == n_layers * n_heads
            assert [line[at] for line in lines] == shares[at].flatten().tolist()
            assert f"{shares[at, layer, head]:.2f}" in view.text
        for name, figures in training.figures.items():
            assert view.data[name] == [list(figures)] and f"{figures[at]:.2f}" in view.text
    parts = list(ElementTree.fromstring(view.svg).iter(f"{SVG}path"))
    rest = [part.get("d").count("M") for part in parts if part.get("class") == "rest"]
    assert rest == [n_layers * n_heads - 1] * len(training.heads) + [0] * len(training.figures)
    assert sum(part.get("class") == "line" for part in parts) == len(rest)


def test_the_lines_run_from_birth_to_the_end_and_stay_in_their_panels(training):
    parts = list(ElementTree.fromstring(view_birth(training, layer=0, head=0).svg).iter(f"{SVG}path"))
    panels = len(training.heads) + len(training.figures)
    axes, rests, chosen = ([part.get("d") for part in parts if part.get("class") == kind]
                           for kind in ("axis", "rest", "line"))
    assert len(axes) == len(rests) == len(chosen) == panels
    for axis, rest, line in zip(axes, rests, chosen, strict=True):
        left, top, height, width = map(float, re.fullmatch(r"M(\S+) (\S+)v(\S+)h(\S+)", axis).groups())
        for path in [line, *re.findall(r"M[^M]+", rest)]:
            spots = [tuple(map(float, spot.split())) for spot in path[1:].split("L")]
            assert len(spots) == len(training.steps) and sorted(spots) == spots
            assert spots[0][0] == left and spots[-1][0] == pytest.approx(left + width, abs=0.1)
            assert all(top <= y <= top + height for _, y in spots)


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize(("asked", "key"), [
    ({"layer": 9, "head": 0}, "views.layer"), ({"layer": 0, "head": 6}, "views.head"),
    ({"layer": 0, "head": None}, "views.head"), ({"layer": 0, "head": 0, "step": 4}, "birth.no_step")])
def test_what_was_not_kept_is_one_sentence(training, asked, key, code):
    language(code)
    with pytest.raises(CourseError) as caught:
        view_birth(training, **asked)
    assert caught.value.key == key and "{" not in str(caught.value)


@pytest.mark.parametrize("action", [explore_birth, lambda got: view_birth(got, layer=0, head=0)])
def test_another_object_is_refused(action):
    with pytest.raises(CourseError, match="load_training"):
        action(42)


def test_chinese(training):
    language("zh")
    said = {"translator": "译成英文", "bert": "前一个词元", "gpt": "归纳得分"}
    assert said[training.name] in explore_birth(training).growth.value


def test_a_saved_notebook_keeps_the_lines_that_the_text_speaks_of(training):
    explorer = explore_birth(training)
    explorer.choose(step=training.steps[0])
    bundle = explorer._repr_mimebundle_()
    lines = view_birth(training, layer=explorer.layer.value, head=explorer.head.value, step=training.steps[0])
    assert bundle["text/html"].startswith(lines.image) and bundle["text/html"].endswith(explorer.view.image)
    growth, said, head_view = bundle["text/plain"].split("\n")
    assert (head_view, growth) == (explorer.view.text, lines.text) and said and escape(said) in bundle["text/html"]
