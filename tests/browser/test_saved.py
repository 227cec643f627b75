"""A notebook run, saved and opened again without its kernel: what was live is a still picture, in its place."""

import pytest
from playwright.sync_api import Locator, expect

from helpers.models import Bert
from helpers.views import view_heads

from .notebook import LabNotebook, write_notebook

CELLS = ("""
from helpers.controls import explore_heads, explore_model
from helpers.models import load_bert
from helpers.questions import predict
bert = load_bert("course")
""", 'predict("01.mixture")', '"the answer to it"', 'print("before"); display(explore_heads(bert, "I drink tea."))',
         'explore_model(bert, "I drink tea.")')
PREDICTION, HEADS, MODEL = 1, 3, 4
NO_MODEL = "model not found"           # what JupyterLab says then, to its page and its console


@pytest.fixture
def saved(open_notebook, lab_server):
    """A function that opens a notebook with explorers and a prediction: the first time it is run and saved."""
    opened = open_notebook(write_notebook(lab_server, "saved.ipynb", CELLS))
    opened.run_all(seconds=180)
    assert opened.errors() == opened.cells_not_run() == opened.problems == []
    for cell in (PREDICTION, HEADS, MODEL):
        expect(live(opened, cell)).to_be_visible()
        expect(still(opened, cell)).to_be_hidden()
    opened.save()
    opened.close()
    again = open_notebook("saved.ipynb")
    yield again
    again.close()


def outputs(notebook: LabNotebook, cell: int) -> Locator:
    return notebook.page.locator(".jp-Notebook .jp-CodeCell").nth(cell).locator(".jp-OutputArea").first


def live(notebook: LabNotebook, cell: int) -> Locator:
    return outputs(notebook, cell).locator(".sav-live").first


def still(notebook: LabNotebook, cell: int) -> Locator:
    return outputs(notebook, cell).locator(".sav-still")


def test_without_its_kernel_each_live_widget_is_a_still_picture(saved, course_bert: Bert):
    assert saved.trusted_cells() == len(CELLS)
    for cell in (PREDICTION, HEADS, MODEL):
        expect(still(saved, cell)).to_be_visible()
        expect(live(saved, cell)).to_have_count(0)
    expect(outputs(saved, HEADS).get_by_text("before")).to_be_visible()
    pictures = still(saved, HEADS).get_by_role("img")
    expect(pictures).to_have_attribute("alt", view_heads(course_bert.run("I drink tea.")).text)
    assert pictures.evaluate("image => image.complete && image.naturalWidth > 100")
    expect(still(saved, MODEL).get_by_role("img")).to_have_count(2)
    expect(still(saved, PREDICTION).locator("details").first).to_be_visible()
    saved.page.wait_for_timeout(2000)
    assert saved.page.get_by_text(NO_MODEL).filter(visible=True).all() == []
    assert [problem for problem in saved.problems if NO_MODEL not in problem] == []


def test_a_cell_run_again_is_live_again_and_the_others_stay_still(saved):
    saved.page.evaluate("""async cells => {
        for (const cell of cells) {
            course.panel.content.deselectAll();
            course.panel.content.activeCellIndex = cell;
            await jupyterapp.commands.execute('notebook:run-cell');
        }
    }""", [0, HEADS])
    expect(live(saved, HEADS)).to_be_visible(timeout=60_000)
    expect(still(saved, HEADS)).to_be_hidden()
    expect(still(saved, MODEL)).to_be_visible()
