"""Each chapter in JupyterLab, in both languages, with no way out: run, moved, typed into, and opened untrusted."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from helpers.text import escape, sentence

from .accessibility import grave_violations
from .notebook import LabNotebook, markup
from .server import COURSE

CHAPTERS = sorted((COURSE / "notebooks").glob("*/*.ipynb"))
FIGURE = "application/vnd.plotly.v1+json"
PATIENCE = 300          # seconds until a run is given up as hanging: a busy machine may be slow, nothing is measured
EXPLORER = ".jp-OutputArea-output:has(svg.sav)"
OUTPUT_AROUND = "xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]"
IMAGES_LOADED = """expected => {
    const images = [...document.querySelectorAll('.jp-OutputArea img[src^="data:"]')];
    return images.length === expected && images.every(image => image.complete && image.naturalWidth > 0);
}"""


def name_of(chapter: Path) -> str:
    return f"{chapter.parent.name}/{chapter.stem}"


def label(chapter: Path, key: str) -> str:
    """Return what the interface calls something in the chapter's language."""
    return sentence(f"controls.{key}", chapter.parent.name)


def text_box(notebook: LabNotebook, chapter: Path) -> str:
    """Return the name of the first box of an explorer that takes a sentence."""
    names = [label(chapter, key) for key in ("text_a", "text")]
    boxes = notebook.page.locator(f"{EXPLORER} .widget-text:visible .widget-label").all_text_contents()
    return next(box for box in boxes if box in names)


def cells(chapter: Path) -> list[dict]:
    """Return the cells of a saved notebook."""
    return json.loads(chapter.read_text(encoding="utf-8"))["cells"]


def is_folded(cell: dict) -> bool:
    """Say whether a cell is saved with its result folded."""
    return cell["metadata"].get("jupyter", {}).get("outputs_hidden", False)


def saved_pictures(chapter: Path) -> tuple[int, int]:
    """Return how many images JupyterLab shows of a saved notebook, and how many plotly figures in place of theirs.

    Those that a prediction holds back are folded and not shown.
    """
    bundles = [output["data"] for cell in cells(chapter) if not is_folded(cell)
               for output in cell.get("outputs", []) if "data" in output]
    images = ["".join(data.get("text/html", "")).count("<img alt=") for data in bundles if FIGURE not in data]
    return sum(images), sum(FIGURE in data for data in bundles)


@pytest.fixture(scope="module", params=CHAPTERS, ids=name_of)
def chapter(request) -> Path:
    """Each notebook in turn."""
    return request.param


@pytest.fixture(scope="module")
def ran(chapter, open_notebook, proxy):
    """The chapter, opened and run from first cell to last."""
    before = len(proxy.asked_for)
    notebook = open_notebook(chapter.relative_to(COURSE).as_posix())
    notebook.run_all(PATIENCE)
    yield notebook
    notebook.close()
    assert proxy.asked_for[before:] == [], "the server or the kernel asked for something outside"


def picture(notebook: LabNotebook, control: str) -> Locator:
    """Return the live picture of the first explorer that has a control of this name."""
    output = f'.jp-OutputArea-output:has(.widget-label:text-is("{control}"))'
    return notebook.page.locator(f"{output} svg.sav:visible").first


def at_end(handle: Locator) -> bool:
    """Say whether a slider stands at its last value."""
    return handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")


def test_it_runs_to_its_end_without_an_error(ran):
    assert ran.errors() == []
    assert ran.cells_not_run() == []
    assert ran.problems == []


def test_it_asks_nothing_of_the_outside(ran):
    assert ran.outside == []


def test_the_keyboard_moves_a_slider_and_the_picture_follows(ran):
    handle = ran.page.locator(EXPLORER).get_by_role("slider").first
    drawn = handle.locator(OUTPUT_AROUND).locator("svg.sav:visible").first
    before = markup(drawn)
    handle.press("ArrowLeft" if at_end(handle) else "ArrowRight")
    assert ran.wait_for_change(drawn, before) != before
    assert ran.errors() == ran.problems == []


def test_a_guess_unfolds_the_answer(ran, chapter):
    """Each prediction in turn: its answer is hidden until a guess is made, and visible afterwards."""
    name = sentence("questions.choose", chapter.parent.name)
    guesses = ran.page.get_by_role("button", name=name).all()
    assert guesses
    for guess in guesses:
        guess.scroll_into_view_if_needed()
        cell = guess.locator("xpath=ancestor::*[contains(@class, 'jp-CodeCell')][1]")
        if "hide=False" in cell.locator(".jp-InputArea").inner_text():
            continue
        answer = cell.locator("xpath=following-sibling::*[1]").locator(".jp-Cell-outputWrapper")
        assert not answer.is_visible()
        cell.get_by_role("radio").first.check()
        guess.click()
        expect(answer).to_be_visible()
    assert ran.errors() == ran.problems == []


@pytest.mark.parametrize("typed", ["他明天坐火车去北京。", "The cat drinks cold milk."])
def test_a_sentence_of_ones_own_brings_its_tokens(ran, chapter, course_bert, typed):
    box = text_box(ran, chapter)
    before = markup(picture(ran, box))
    shown = [f">{escape(token)}<" for token in course_bert.run(typed).tokens if token not in ("[CLS]", "[SEP]")]
    assert any(token not in before for token in shown)
    ran.type_text(box, typed)
    after = ran.wait_for_change(picture(ran, box), before)
    assert [token for token in shown if token not in after] == []
    assert ran.errors() == ran.problems == []


def test_every_slider_redraws_its_picture(ran):
    for handle in ran.page.locator(".jp-OutputArea-output").get_by_role("slider").all():
        drawn = handle.locator(OUTPUT_AROUND).locator("svg.sav").first
        before = markup(drawn)
        handle.press("Home" if at_end(handle) else "End")
        assert ran.wait_for_change(drawn, before) != before
    assert ran.errors() == ran.problems == ran.outside == []


def test_a_tool_for_accessibility_finds_nothing_grave_in_the_outputs(ran):
    assert grave_violations(ran) == []


def test_an_untrusted_copy_shows_the_saved_pictures(chapter, open_notebook, lab_server):
    copy = lab_server.root / "untrusted" / chapter.parent.name / chapter.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(chapter, copy)
    notebook = open_notebook(copy.relative_to(lab_server.root).as_posix())
    assert notebook.trusted_cells() == 0
    pictures, figures = saved_pictures(chapter)
    assert pictures > 0
    notebook.page.wait_for_function(IMAGES_LOADED, arg=pictures)
    expect(notebook.page.locator(".jp-RenderedPlotly .plot-container")).to_have_count(figures)
    folded = sum(is_folded(cell) and bool(cell["outputs"]) for cell in cells(chapter))
    expect(notebook.page.locator(".jp-OutputPlaceholder")).to_have_count(folded)
    assert notebook.outside == notebook.problems == []
    notebook.close()
