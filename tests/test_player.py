"""The button that plays: linked in the page to the slider it moves, and to nothing in the kernel."""

import ipywidgets as widgets
import pytest

from helpers.controls import explore_birth, explore_translation
from helpers.controls.player import player
from helpers.models import Translator, load_translator
from helpers.text import language, say


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator("course")


def links_of(play):
    """Return what the page keeps equal to this button's traits: {trait: (widget, trait)}."""
    links = [one for one in widgets.Widget.get_manager_state()["state"].values() if one["model_name"] == "LinkModel"]
    found = {}
    for link in links:
        (source, name), (target, trait) = link["state"]["source"], link["state"]["target"]
        if target == f"IPY_MODEL_{play.model_id}":
            found[trait] = source.removeprefix("IPY_MODEL_"), name
    return found


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_steps_of_a_translation_play(code, translator: Translator):
    language(code)
    explorer = explore_translation(translator, "I am a student.")
    (play,) = explorer.play.children
    assert links_of(play) == {"value": (explorer.step.model_id, "value"), "max": (explorer.step.model_id, "max")}
    assert (play.min, play.max, play.value) == (0, explorer.step.max, explorer.step.value) and play.max > 3
    script = explorer._manners.outputs[0]["data"]["text/html"]
    assert all(f'"{say(f"controls.{name}")}"' in script for name in ("play", "pause", "rewind"))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name", ["bert", "translator", "gpt"])
def test_the_steps_of_a_training_play(code, name):
    language(code)
    explorer = explore_birth(name)
    (play,) = explorer.play.children
    controls = explorer.rows[0].children
    assert controls.index(explorer.play) == controls.index(explorer.step) + 1
    assert links_of(play) == {"value": (explorer.step.model_id, "index")}
    assert (play.min, play.max, play.value) == (0, len(explorer.step.options) - 1, 0) and play.max > 15
    birth = explorer.growth.value
    explorer.step.index = 1                         # what the link does to the slider in the page
    assert explorer.growth.value != birth
    script = explorer._manners.outputs[0]["data"]["text/html"]
    assert all(f'"{say(f"controls.{name}")}"' in script for name in ("play", "pause", "rewind"))


def test_a_list_is_played_by_its_places():
    slider = widgets.SelectionSlider(options=[("0", 0), ("100", 100), ("19,000", 19000)], value=100)
    (play,) = player(slider).children
    assert links_of(play) == {"value": (slider.model_id, "index")} and (play.min, play.max, play.value) == (0, 2, 1)


def test_the_explorer_hears_the_slider_alone(translator: Translator):
    explorer = explore_translation(translator, "I am a student.")
    before = explorer.view
    (play,) = explorer.play.children
    play.value = play.max
    assert explorer.view is before
    explorer.step.value = explorer.step.max
    assert explorer.view.svg != before.svg
