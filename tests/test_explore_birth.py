"""The slider over the training of a course model: every step, text, part, layer and head that was kept."""

import pytest

from helpers.controls import explore_birth
from helpers.models import load_training
from helpers.text import CourseError, language


@pytest.fixture(scope="module")
def training():
    return load_training("translator")


@pytest.fixture
def explorer(training):
    return explore_birth(training)


def test_it_begins_at_the_end_with_the_head_that_aligns_best(explorer, training):
    assert explorer.step.value == training.steps[-1]
    aligned = training.heads["aligned"][-1]
    assert aligned[explorer.layer.value, explorer.head.value] == aligned.max()


def test_every_step_is_drawn_from_what_was_kept(explorer, training):
    layer, head = explorer.layer.value, explorer.head.value
    for place, step in enumerate(training.steps):
        view = explorer.choose(step=step)
        expected = training.weights(step, 0, "cross")[layer, head]
        assert view.data["weights"][0][0] == pytest.approx(expected[0].tolist(), abs=1e-4)
        assert f"into English {training.figures['loss_en'][place]:.2f}" in explorer.growth.value
        assert training.texts[0].said[place][:20].replace("'", "&#x27;") in explorer.said.value


def test_every_text_part_layer_and_head_is_drawn(explorer, training):
    for text, seen in enumerate(training.texts):
        for _, part in explorer.part.options:
            for layer in range(explorer.layer.max + 1):
                for _, head in explorer.head.options:
                    view = explorer.choose(text=text, part=part, layer=layer, head=head)
                    assert view.data["tokens"] == seen.parts[part]["tokens"]
        assert seen.said[-1] in explorer.said.value


def test_the_model_learns_from_its_first_step_to_its_last(training):
    for losses in training.figures.values():
        assert losses[-1] < losses[len(losses) // 2] < losses[0]


def test_another_object_is_refused():
    with pytest.raises(CourseError, match="load_training"):
        explore_birth(42)


def test_chinese(training):
    language("zh")
    try:
        assert "译成英文" in explore_birth(training).growth.value
    finally:
        language("en")
