"""Live training in JupyterLab: the button, Stop, a cell that trains, the kernel's own stop button, and going on."""

import re

import pytest
from playwright.sync_api import Locator, expect

from helpers.text import say

from .notebook import LabNotebook, write_notebook

CELLS = ('from helpers.controls import explore_training\ntraining = explore_training("reverse")\ntraining',
         "training.train(seconds=300)", "training.train(steps=20).last.step")
WIDGET, LONG, SHORT = range(3)
RUN_CELL = """index => {
    course.panel.content.activeCellIndex = index;
    course.running = true;
    const done = () => { course.running = false; };
    jupyterapp.commands.execute('notebook:run-cell').then(done, done);
}"""
IS_QUIET = "() => !course.running"
INTERRUPT = "() => course.panel.sessionContext.session.kernel.interrupt()"


@pytest.fixture(scope="module", params=["light", "dark"])
def notebook(request, open_notebook, lab_server):
    """A notebook with the explorer, its first cell run."""
    opened = open_notebook(write_notebook(lab_server, "live.ipynb", CELLS), request.param)
    run(opened, WIDGET)
    opened.page.wait_for_function(IS_QUIET, timeout=120_000)
    expect(picture(opened)).to_be_visible()
    yield opened
    opened.close()


def run(notebook: LabNotebook, cell: int) -> None:
    """Begin to run a cell."""
    notebook.page.evaluate(RUN_CELL, cell)


def picture(notebook: LabNotebook) -> Locator:
    return notebook.page.locator("svg.sav-training:visible")


def button(notebook: LabNotebook, name: str) -> Locator:
    return notebook.page.get_by_role("button", name=say(f"controls.{name}", seconds="60"), exact=True)


def step(notebook: LabNotebook) -> int:
    """Return the step that the picture shows."""
    return int(re.search(r"step (\d+)", picture(notebook).get_attribute("aria-label"))[1])


def wait_for_a_later_step(notebook: LabNotebook, than: int) -> None:
    shown = re.compile(rf"step (?!{than}\b)\d+")
    expect(picture(notebook)).to_have_attribute("aria-label", shown, timeout=60_000)
    assert step(notebook) > than


def test_the_button_trains_stop_is_heard_and_it_goes_on(notebook):
    assert step(notebook) == 0
    button(notebook, "train_on").click()
    wait_for_a_later_step(notebook, 0)
    expect(notebook.page.get_by_role("progressbar")).to_be_visible()
    button(notebook, "stop").click()
    expect(button(notebook, "train_on")).to_be_enabled(timeout=20_000)
    stopped = step(notebook)
    notebook.page.wait_for_timeout(1500)
    assert step(notebook) == stopped
    button(notebook, "train_on").click()
    wait_for_a_later_step(notebook, stopped)
    button(notebook, "stop").click()
    expect(button(notebook, "train_on")).to_be_enabled(timeout=20_000)
    assert notebook.errors() == notebook.problems == notebook.outside == []


def test_a_choice_is_answered_while_it_trains(notebook):
    button(notebook, "train_on").click()
    notebook.widget("Task").get_by_role("combobox").select_option("copy a word")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile("copy a word: step 0"), timeout=20_000)
    notebook.widget("Task").get_by_role("combobox").select_option("write a word backwards")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile("backwards: step [1-9]"), timeout=20_000)
    assert notebook.errors() == notebook.problems == []


def test_the_slider_looks_back(notebook):
    last = step(notebook)
    notebook.press_slider("Look back", "Home")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile("step 0"))
    notebook.press_slider("Look back")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile("step 20"))
    notebook.press_slider("Look back", "End")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile(f"step {last}"))


def test_an_own_word_is_read(notebook):
    notebook.type_text("Your word", "attention")
    expect(picture(notebook)).to_have_attribute("aria-label", re.compile("“attention”"), timeout=20_000)


def test_a_cell_that_trains_redraws_and_the_kernels_stop_button_ends_it_soundly(notebook):
    before = step(notebook)
    run(notebook, LONG)
    wait_for_a_later_step(notebook, before)
    notebook.page.evaluate(INTERRUPT)
    notebook.page.wait_for_function(IS_QUIET, timeout=30_000)
    (error,) = notebook.errors()
    stopped = int(re.fullmatch(r"TrainingStopped: Stopped after step (\d+)\. .*", error)[1])
    assert 0 <= stopped - step(notebook) < 20
    outputs = notebook.page.locator(".jp-OutputArea-output pre")
    expect(outputs).to_have_text([error.removeprefix("TrainingStopped: ")])
    run(notebook, SHORT)
    notebook.page.wait_for_function(IS_QUIET, timeout=60_000)
    expect(outputs.last).to_have_text(str((stopped + 20) // 20 * 20))
    assert len(notebook.errors()) == 1 and notebook.problems == []


def test_the_kernels_stop_button_ends_the_buttons_training_too(notebook):
    before = step(notebook)
    button(notebook, "train_on").click()
    wait_for_a_later_step(notebook, before)
    notebook.page.evaluate(INTERRUPT)
    expect(button(notebook, "train_on")).to_be_enabled(timeout=20_000)
    assert len(notebook.errors()) == 1 and notebook.problems == notebook.outside == []
