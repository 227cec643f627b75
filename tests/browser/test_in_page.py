"""In a notebook the page draws what its sliders ask for, as the kernel would, while the kernel is busy elsewhere."""

import pytest
from playwright.sync_api import Locator, expect

from helpers.controls.texts import telling_word
from helpers.models import Bert, Translator, load_model, load_translator
from helpers.views import (
    View,
    view_edited_query,
    view_heads,
    view_neurons,
    view_next,
    view_positions,
    view_translation,
)

from .notebook import LabNotebook, write_notebook

PAIR = "I drink tea.", "我喝茶。"
TEXT, BEGUN = "I am a student.", "I like to drink"
CELLS = ["from helpers.controls import *", *(f'explore_{kind}("course", *{PAIR})' for kind in
                                             ("heads", "model", "neurons", "query")),
         "explore_positions()", f'explore_translation("course", "{TEXT}")', f'explore_next(text="{BEGUN}")']
KINDS = ("heads", "model", "neurons", "query", "positions", "translation", "next")
BUSY = """() => {
    const {kernel} = course.panel.sessionContext.session;
    const code = 'import time\\ntry: time.sleep(600)\\nexcept KeyboardInterrupt: pass';
    kernel.requestExecute({code, silent: true});
}"""
CALM = "() => course.panel.sessionContext.session.kernel.interrupt()"
UNKNOWN = """told => { told.textContent = '{"names": ["nothing"], "options": {}}'; }"""
SAME = """([picture, svg]) => {
    const wanted = document.createElement("template");
    wanted.innerHTML = svg;
    const drawn = picture.querySelector(".picture > svg")?.cloneNode(true);
    drawn?.removeAttribute("style");                                        // how small a narrow page may make it
    return drawn !== undefined && wanted.content.firstElementChild.isEqualNode(drawn);
}"""


@pytest.fixture(scope="module")
def translator() -> Translator:
    """The translator of the course."""
    return load_translator("course")


@pytest.fixture(scope="module")
def notebook(open_notebook, lab_server):
    """One notebook with an explorer of each kind that a page can draw, run; then its kernel has no time."""
    opened = open_notebook(write_notebook(lab_server, "in_page.ipynb", CELLS))
    opened.page.emulate_media(reduced_motion="no-preference")
    opened.run_all(seconds=180)
    expect(opened.page.locator(".sav-picture .picture > svg")).to_have_count(len(KINDS))
    opened.page.evaluate(BUSY)
    yield opened
    assert opened.errors() == opened.cells_not_run() == opened.problems == []
    opened.close()


def explorer(notebook: LabNotebook, kind: str) -> Locator:
    return notebook.page.locator(".jp-OutputArea-output > .sav-live").nth(KINDS.index(kind))


def press(notebook: LabNotebook, kind: str, **keys: str) -> None:
    """Press keys on the sliders of these names."""
    for name, key in keys.items():
        explorer(notebook, kind).locator(f".sav-is-{name}").get_by_role("slider").press(key)


def shows(notebook: LabNotebook, kind: str, view: View) -> None:
    """Wait until a picture equals one of the Python views, element by element; movement ends by itself."""
    picture = explorer(notebook, kind).locator(".sav-picture").element_handle()
    notebook.page.wait_for_function(SAME, arg=[picture, view.svg], timeout=20_000)


def choose(notebook: LabNotebook, kind: str, name: str, place: int) -> None:
    explorer(notebook, kind).locator(f".sav-is-{name} select").select_option(index=place)


def test_heads(notebook, course_bert: Bert):
    record = course_bert.run(*PAIR)
    press(notebook, "heads", layer="End", head="End", threshold="End")
    shows(notebook, "heads", view_heads(record, layer=3, heads=5, threshold=0.5))
    press(notebook, "heads", head="Home", threshold="Home")
    choose(notebook, "heads", "filter", 2)
    shows(notebook, "heads", view_heads(record, layer=3, filter="a-b", threshold=0.01))
    choose(notebook, "heads", "query", 2)
    shows(notebook, "heads", view_heads(record, layer=3, filter="a-b", threshold=0.01, query=1))
    explorer(notebook, "heads").locator(".sav-is-across").get_by_role("checkbox").check()
    shows(notebook, "heads", view_heads(record, layer=3, filter="a-b", threshold=0.01, query=1, across=True))


def test_a_map_that_is_pressed_opens_its_head(notebook, course_bert: Bert):
    record = course_bert.run(*PAIR)
    press(notebook, "model", layer="End", head="ArrowRight")
    shows(notebook, "model", view_heads(record, layer=3, heads=1))
    board = explorer(notebook, "model")
    board.locator(".sav-layer-2.sav-head-4").click()
    shows(notebook, "model", view_heads(record, layer=2, heads=4))
    expect(board.locator(".sav-chosen")).to_have_class([r"lm-Widget jupyter-widgets jupyter-button widget-button "
                                                        "sav-map-button sav-layer-2 sav-head-4 sav-chosen"])


def test_neurons(notebook, course_bert: Bert):
    record = course_bert.run(*PAIR)
    token = telling_word(record, 0, 0)
    press(notebook, "neurons", layer="End", head="End")
    shows(notebook, "neurons", view_neurons(record, token, 3, 5))
    choose(notebook, "neurons", "key", 3)
    shows(notebook, "neurons", view_neurons(record, token, 3, 5, key=2))


def test_query(notebook, course_bert: Bert):
    record = course_bert.run(*PAIR)
    press(notebook, "query", layer="ArrowRight", neuron="End", change="End")
    shows(notebook, "query", view_edited_query(record, telling_word(record, 0, 0), 1, 0, neuron=31, change=10.0))


def test_positions(notebook):
    press(notebook, "positions", d_model="Home", base="End", second="ArrowRight")
    shows(notebook, "positions", view_positions(50, 2, base=1_000_000, pair=(3, 11)))
    press(notebook, "positions", first="Home")
    shows(notebook, "positions", view_positions(50, 2, base=1_000_000, pair=(0, 11)))


def test_translation(notebook, translator: Translator):
    record = translator.translate(TEXT)
    press(notebook, "translation", step="ArrowRight", layer="Home", head="Home")
    shows(notebook, "translation", view_translation(record, step=1, layer=0, head="mean"))


def test_next(notebook):
    record = load_model("course-gpt").run(BEGUN)
    press(notebook, "next", temperature="ArrowLeft", top_k="ArrowRight")
    shows(notebook, "next", view_next(record, temperature=0.8, top_k=1))
    press(notebook, "next", temperature="End", top_k="Home", top_p="ArrowLeft")
    shows(notebook, "next", view_next(record, temperature=5.0, top_p=0.95))
    press(notebook, "next", top_k="End", top_p="End")
    shows(notebook, "next", view_next(record, temperature=5.0, top_k=50))


def test_what_the_page_does_not_have_the_kernel_draws(notebook, course_bert: Bert, translator: Translator):
    drawn = explorer(notebook, "translation").locator(".sav-picture .picture")
    choose(notebook, "translation", "shown", 2)
    expect(drawn).to_have_count(0)
    record = course_bert.run(*PAIR)
    token = telling_word(record, 0, 0)
    choose(notebook, "neurons", "token", token + 1)                  # the page waits, and keeps what stands there
    shows(notebook, "neurons", view_neurons(record, token, 3, 5, key=2))
    notebook.page.evaluate(CALM)
    shows(notebook, "neurons", view_neurons(record, token + 1, 3, 5, key=2))
    heads = explorer(notebook, "translation").locator(".sav-picture svg.sav-heads")
    expect(heads).to_be_visible(timeout=30_000)
    choose(notebook, "translation", "shown", 0)
    shows(notebook, "translation", view_translation(translator.translate(TEXT), step=1, layer=0, head="mean"))


def test_another_text_and_a_choice_of_the_kernel_are_drawn(notebook, course_bert: Bert):
    box = explorer(notebook, "query").locator("input[type=text]").nth(1)
    box.fill("We like music very much.")
    box.press("Tab")
    record = course_bert.run("We like music very much.", PAIR[1])
    token = telling_word(record, 1, 0)
    shows(notebook, "query", view_edited_query(record, token, 1, 0, neuron=31, change=10.0))


def test_a_slider_that_is_built_anew_is_followed_again(notebook):
    press(notebook, "positions", length="End")
    shows(notebook, "positions", view_positions(128, 2, base=1_000_000, pair=(0, 11)))
    expect(explorer(notebook, "positions").locator(".sav-is-second [role=slider]")).to_have_attribute("aria-valuemax",
                                                                                                     "127.0")
    press(notebook, "positions", second="End")
    shows(notebook, "positions", view_positions(128, 2, base=1_000_000, pair=(0, 127)))


def test_a_page_that_cannot_go_on_leaves_it_to_the_kernel(notebook, course_bert: Bert):
    heads = explorer(notebook, "heads")
    heads.locator(".sav-page-told script").evaluate(UNKNOWN)
    expect(heads.locator(".sav-page input")).not_to_be_checked()
    expect(heads.locator(".sav-picture .picture")).to_have_count(0)
    press(notebook, "heads", layer="Home")
    expect(heads.locator(".sav-picture svg.sav-heads")).to_contain_text("Layer 0")
