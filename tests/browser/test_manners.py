"""The controls of every explorer have a name and say what is seen, and a narrow page scrolls instead of shrinking."""

import pytest
from playwright.sync_api import Locator, expect

from .accessibility import grave_violations
from .notebook import LabNotebook, write_notebook

KINDS = ("heads", "model", "neurons", "query", "interventions", "translation", "birth", "positions", "scaling", "next",
         "training")
CELLS = ["from helpers.controls import *", *(f"explore_{kind}()" if kind in KINDS[5:] else f'explore_{kind}("course")'
                                             for kind in KINDS)]
SLIDERS = """explorer => [...explorer.querySelectorAll('.widget-slider')].filter(one => one.checkVisibility())
    .map(slider => {
        const part = name => slider.querySelector(name), handle = part('[role=slider]');
        return {label: part('.widget-label').textContent, name: handle.getAttribute('aria-label'),
                seen: part('.widget-readout').checkVisibility() && part('.widget-readout').textContent,
                said: handle.getAttribute('aria-valuetext'), tip: part('.widget-label').title};
    })"""
SCALES = """explorer => [...explorer.querySelectorAll('svg.sav')].filter(one => one.checkVisibility())
    .map(picture => picture.getBoundingClientRect().width / picture.getAttribute('width'))"""
ROWS = """explorer => [...explorer.children]
    .filter(row => row.matches('.widget-hbox:has(> .widget-inline-hbox:not(.widget-html))'))
    .map(row => new Set([...row.children].filter(one => one.checkVisibility())
        .map(one => Math.round((one.getBoundingClientRect().top + one.getBoundingClientRect().bottom) / 16))).size)"""
CUT = """readouts => readouts.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"""
OUTLINE = "handle => getComputedStyle(handle).outlineStyle"
MIDDLES = """boxes => boxes.map(box => ['input', 'span'].map(part => box.querySelector(part).getBoundingClientRect())
    .map(place => (place.top + place.bottom) / 2))"""


@pytest.fixture(scope="module")
def notebook(open_notebook, lab_server):
    """One notebook with an explorer of each kind that has sliders, run."""
    opened = open_notebook(write_notebook(lab_server, "manners.ipynb", CELLS))
    opened.run_all(seconds=180)
    assert opened.errors() == opened.cells_not_run() == opened.problems == []
    yield opened
    opened.close()


def explorer(notebook: LabNotebook, kind: str) -> Locator:
    return notebook.page.locator(".jp-OutputArea-output > .sav-live").nth(KINDS.index(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_each_slider_has_a_name_and_says_what_is_seen(notebook, kind):
    sliders = explorer(notebook, kind).evaluate(SLIDERS)
    assert sliders
    for slider in sliders:
        assert slider["name"] == slider["label"] and slider["tip"] == ""
        assert slider["said"] == slider["seen"] or not slider["seen"]


def test_a_slider_that_is_moved_says_the_new_value(notebook):
    heads = explorer(notebook, "heads").get_by_role("slider", name="Head")
    heads.press("Home")
    expect(heads).to_have_attribute("aria-valuetext", "all heads")
    heads.press("End")
    expect(heads).to_have_attribute("aria-valuetext", "5")
    assert heads.evaluate(OUTLINE) == "solid"


def test_the_value_beside_a_slider_is_never_cut(notebook):
    notebook.page.set_viewport_size({"width": 1280, "height": 1000})
    explorer(notebook, "birth").get_by_role("slider").first.press("End")
    readouts = notebook.page.locator(".sav-live .widget-readout:visible")
    expect(readouts.filter(has_text="13,500")).to_be_visible()
    assert readouts.evaluate_all(CUT) == []
    notebook.page.set_viewport_size({"width": 1400, "height": 1000})


def test_a_slider_that_is_built_anew_has_its_name_again(notebook):
    positions = explorer(notebook, "positions")
    positions.get_by_role("slider", name="Positions").press("End")
    second = positions.get_by_role("slider", name="Second position")
    expect(second).to_have_attribute("aria-valuemax", "127.0")          # built anew, once the kernel has answered
    second.press("End")
    expect(second).to_have_attribute("aria-valuetext", "127")


def test_check_boxes_stand_level_with_their_words(notebook):
    middles = explorer(notebook, "heads").locator(".widget-checkbox:visible").evaluate_all(MIDDLES)
    assert middles and max(abs(box - words) for box, words in middles) < 1.5


def test_nothing_grave_is_found_and_a_slider_without_a_name_would_be(notebook):
    assert grave_violations(notebook) == []
    nameless = explorer(notebook, "scaling").get_by_role("slider").first
    name = nameless.get_attribute("aria-label")
    nameless.evaluate("handle => handle.removeAttribute('aria-label')")
    assert [found["id"] for found in grave_violations(notebook)] == ["aria-input-field-name"]
    nameless.evaluate("(handle, name) => handle.setAttribute('aria-label', name)", name)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("translation", "training")])
def test_at_1280_pixels_each_row_of_controls_is_one_row(notebook, kind):
    notebook.page.set_viewport_size({"width": 1280, "height": 900})
    rows = explorer(notebook, kind).evaluate(ROWS)
    assert rows and max(rows) <= 1 + (kind == "birth")


def test_at_390_pixels_pictures_scroll_and_stay_large_enough(notebook):
    notebook.page.set_viewport_size({"width": 390, "height": 844})
    notebook.page.evaluate("jupyterapp.shell.collapseLeft()")
    for kind in KINDS:
        scales = explorer(notebook, kind).evaluate(SCALES)
        assert scales and min(scales) > 0.74, kind
    notebook.page.set_viewport_size({"width": 1400, "height": 1000})


def test_the_opened_head_stands_beside_its_board(notebook):
    notebook.page.set_viewport_size({"width": 1560, "height": 900})
    model = explorer(notebook, "model")
    board, head = (model.locator(one).bounding_box() for one in (".sav-map-button >> nth=0", "svg.sav-heads"))
    assert board["x"] + board["width"] < head["x"] and abs(board["y"] - head["y"]) < 60
    notebook.page.set_viewport_size({"width": 1400, "height": 1000})
