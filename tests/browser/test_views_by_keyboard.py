"""The live views in JupyterLab with the keyboard alone: Tab, Enter, space and arrow keys reach everything."""

import pytest
from playwright.sync_api import Locator

from helpers.controls.texts import telling_word
from helpers.interventions import compare
from helpers.views import view_change, view_heads, view_model, view_neurons

from .keyboard import names_in, shows, tab_through, tab_to
from .notebook import LabNotebook, write_notebook

PAIR = "I drink tea.", "我喝茶。"
MASKED = "他昨[MASK]来了。"
SETUP = """
from helpers.controls import explore_heads, explore_interventions, explore_model, explore_neurons
from helpers.models import load_bert
bert = load_bert("course")
"""
CELLS = (SETUP, f"explore_heads(bert, *{PAIR})", f"explore_model(bert, *{PAIR})", f"explore_neurons(bert, *{PAIR})",
         f"explore_interventions(bert, {MASKED!r})")
HEADS, MODEL, NEURONS, INTERVENTIONS = range(4)
SEEN_TEXTS = """() => [...document.activeElement.querySelectorAll('text')]
    .filter(text => text.getClientRects().length).length"""


@pytest.fixture(scope="module")
def notebook(open_notebook, lab_server):
    """One notebook with the four explorers, run."""
    opened = open_notebook(write_notebook(lab_server, "keyboard.ipynb", CELLS))
    opened.run_all(seconds=180)
    assert opened.errors() == opened.cells_not_run() == []
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _nothing_goes_wrong(notebook: LabNotebook):
    yield
    assert notebook.errors() == notebook.problems == notebook.outside == []


def enter(notebook: LabNotebook, which: int) -> Locator:
    """Put the focus on the first control of an explorer, and return the explorer."""
    explorer = notebook.page.locator(".jp-OutputArea-output > .widget-vbox").nth(which)
    explorer.locator("select").first.focus()
    return explorer


def test_the_head_view(notebook, course_bert):
    record, explorer = course_bert.run(*PAIR), enter(notebook, HEADS)
    shows(explorer, view_heads(record))
    assert tab_through(explorer.locator(".sav-heads .q")) == names_in(view_heads(record))
    enter(notebook, HEADS)
    tab_to(explorer.get_by_role("slider").first)
    notebook.page.keyboard.press("ArrowRight")
    shows(explorer, view_heads(record, layer=1))


def test_the_model_view(notebook, course_bert):
    record, explorer = course_bert.run(*PAIR), enter(notebook, MODEL)
    heads = tab_through(explorer.locator("button.sav-map-button"))
    assert len(heads) == 24 and all(f"ayer {n // 6}, head {n % 6}" in words for n, words in enumerate(heads))
    plain = names_in(view_model(record))
    assert [words.split(": ", 1)[1] for words in heads] == [words.split(": ", 1)[1] for words in plain]
    enter(notebook, MODEL)
    button = explorer.locator("button.sav-layer-1.sav-head-4")
    tab_to(button)
    notebook.page.keyboard.press("Enter")
    chosen = view_heads(record, layer=1, heads=4)
    shows(explorer, chosen)
    assert "sav-chosen" in button.get_attribute("class").split()
    assert tab_through(explorer.locator(".sav-heads .q")) == names_in(chosen)


def test_the_neuron_view(notebook, course_bert):
    record, explorer = course_bert.run(*PAIR), enter(notebook, NEURONS)
    token = telling_word(record, 0, 0)
    view, rows = view_neurons(record, token), explorer.locator(".sav-neurons .r")
    shows(explorer, view)
    tab_to(rows)
    assert notebook.page.evaluate(SEEN_TEXTS) > 0
    assert tab_through(rows) == names_in(view) and len(names_in(view)) == record.n_tokens + 7
    enter(notebook, NEURONS)
    tab_to(explorer.get_by_role("slider").first)
    notebook.page.keyboard.press("End")
    shows(explorer, view_neurons(record, token, layer=3))


def test_the_interventions(notebook, course_bert):
    explorer = enter(notebook, INTERVENTIONS)
    shows(explorer, view_change(compare(course_bert, MASKED)))
    tab_to(explorer.get_by_role("checkbox", name="1.2", exact=True))
    notebook.page.keyboard.press("Space")
    changed = view_change(compare(course_bert, MASKED, heads_off={(1, 2)}))
    shows(explorer, changed)
    assert tab_through(explorer.locator(".sav-change .r")) == names_in(changed)
    take_all_back(notebook, explorer)
    shows(explorer, view_change(compare(course_bert, MASKED)))


def test_many_quick_ticks_end_in_one_picture_of_them_all(notebook, course_bert):
    explorer = enter(notebook, INTERVENTIONS)
    take_all_back(notebook, explorer)
    tab_to(explorer.get_by_role("checkbox", name="0.0", exact=True))
    for _ in range(12):
        notebook.page.keyboard.press("Space")
        notebook.page.keyboard.press("Tab")
    places = [(layer, head) for layer in range(2) for head in range(6)]
    shows(explorer, view_change(compare(course_bert, MASKED, heads_off=places)))
    assert explorer.locator("input:checked").count() == 12


def take_all_back(notebook: LabNotebook, explorer: Locator) -> None:
    """Press the button that undoes all changes."""
    enter(notebook, INTERVENTIONS)
    tab_to(explorer.get_by_role("button", name="Take all back"))
    notebook.page.keyboard.press("Enter")
