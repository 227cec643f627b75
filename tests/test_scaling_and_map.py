"""The picture of the sqrt(d) factor, its sliders, and the map of the Transformer."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import torch

from helpers.controls import explore_scaling
from helpers.controls.scaling import SIZES, TEMPERATURES
from helpers.text import CourseError, language
from helpers.views import view_map, view_scaling
from helpers.views.map import BOXES

SVG = "{http://www.w3.org/2000/svg}"
LESSONS = Path(__file__).resolve().parents[1] / "lessons"
TAUGHT = {path.name[:2] for path in LESSONS.glob("[0-9][0-9]_*.py") if 'view_map("' in path.read_text(encoding="utf-8")}


def torch_scores(d):
    vectors = torch.randn(9, 1024, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    return torch.einsum("kd,d->k", vectors[1:, :d], vectors[0, :d])


@pytest.mark.parametrize("d, temperature", [(1, 1.0), (4, 0.5), (64, 1.0), (1024, 4.0)])
def test_weights_are_softmax_of_the_same_scores(d, temperature):
    data, scores = view_scaling(d, temperature=temperature).data, torch_scores(d)
    scaled = torch.softmax(scores / (d ** 0.5 * temperature), 0)
    assert data["raw"] == pytest.approx(torch.softmax(scores / temperature, 0).tolist(), abs=6e-4)
    assert data["scaled"] == pytest.approx(scaled.tolist(), abs=6e-4)


def test_without_the_factor_one_key_takes_all_and_with_it_none_does():
    large = view_scaling(1024).data
    assert max(large["raw"]) > 0.99 and max(large["scaled"]) < 0.6


@pytest.mark.parametrize("d", [0, -3, 1025, 2.5, "4", None])
@pytest.mark.parametrize("code, word", [("en", "whole number"), ("zh", "整数")])
def test_a_size_out_of_range_is_one_sentence(d, code, word):
    language(code)
    with pytest.raises(CourseError, match=word):
        view_scaling(d)


@pytest.mark.parametrize("temperature", [0, -1.0, float("nan"), float("inf"), "1"])
def test_a_temperature_out_of_range_is_one_sentence(temperature):
    with pytest.raises(CourseError, match="temperature"):
        view_scaling(4, temperature=temperature)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_every_slider_position_redraws(code):
    language(code)
    explorer, seen = explore_scaling(), set()
    for d in SIZES:
        for temperature in TEMPERATURES:
            explorer.d.value, explorer.temperature.value = d, temperature
            assert explorer.view.data == view_scaling(d, temperature=temperature).data
            assert explorer.picture.value == explorer.view.svg
            seen.add(explorer.picture.value)
    assert len(seen) == len(SIZES) * len(TEMPERATURES)


@pytest.mark.parametrize("code, word", [("en", "Cross-attention"), ("zh", "交叉注意力")])
def test_the_map_names_every_chapter_in_both_languages(code, word):
    language(code)
    view = view_map()
    on_the_map = {chapter for chapters in view.data.values() for chapter in chapters}
    assert on_the_map >= TAUGHT, "a chapter that no part of the map leads to"
    assert word in view.svg and word in view.picture
    for svg in (view.svg, view.picture):
        ElementTree.fromstring(svg)


def test_a_chapter_lights_what_it_opens():
    lit = view_map("05")
    assert lit.svg.count(" lit") == 4 + 1 and lit.svg.count(" off") == len(BOXES) - 5
    assert lit.text.endswith("Chapter 05 opens: Feed-forward, Masked self-attention, Cross-attention, "
                             "Linear + softmax.")
    assert "Cross-attention" not in view_map("07").text.rpartition("Chapter 07")[2]
    assert view_map("06").svg.count(" lit") == sum(box[0] == "encoder" for box in BOXES)


@pytest.mark.parametrize("code, word", [("en", "01, 02"), ("zh", "01, 02")])
@pytest.mark.parametrize("chapter", ["00", "1", "99", "x"])
def test_a_chapter_that_is_not_on_the_map_is_one_sentence(chapter, code, word):
    language(code)
    with pytest.raises(CourseError, match=word):
        view_map(chapter)


def test_pictures_are_the_same_twice():
    assert view_map().image == view_map().image and view_scaling(8).image == view_scaling(8).image


@pytest.mark.parametrize("code, words", [("en", ["attention", "position", "other parts"]),
                                         ("zh", ["注意力", "位置", "其他部分"])])
def test_a_legend_says_what_each_colour_stands_for(code, words):
    language(code)
    root = ElementTree.fromstring(view_map().picture)
    groups = [group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("legend")]
    assert [group.find(f"{SVG}text").text for group in groups] == words
    assert {group.get("class").split()[1] for group in groups} == {kind for *_, kind in BOXES}


def test_links_below_the_map_lead_to_the_chapters_that_there_are():
    lessons = {path.stem for path in LESSONS.glob("0[1-9]_*.py")}
    shown = view_map("02")._repr_mimebundle_()["text/html"]
    assert shown.startswith(view_map("02").image)
    links = dict(re.findall(r'<a href="(\w+)\.ipynb">(.*?)</a>', shown))
    assert set(links) == lessons
    assert all(words.startswith(f"{file[:2]} ") for file, words in links.items())
    assert "Cross-attention" in links["05_translation"] and "GPT" in links["07_gpt"]
