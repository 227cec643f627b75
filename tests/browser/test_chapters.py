"""Each chapter in JupyterLab, in both languages, with no way out: run, moved, typed into, and opened untrusted."""

import shutil
from pathlib import Path

import pytest

from helpers.text import LANGUAGES, STRINGS, escape

from .notebook import LabNotebook, markup
from .server import COURSE

CHAPTERS = sorted((COURSE / "notebooks").glob("*/*.ipynb"))
IMAGES_LOADED = """expected => {
    const images = [...document.querySelectorAll('.jp-OutputArea img[src^="data:"]')];
    return images.length === expected && images.every(image => image.complete && image.naturalWidth > 0);
}"""


def name_of(chapter: Path) -> str:
    return f"{chapter.parent.name}/{chapter.stem}"


def label(chapter: Path, key: str) -> str:
    """Return what the interface calls something in the chapter's language."""
    return STRINGS[f"controls.{key}"][LANGUAGES.index(chapter.parent.name)]


@pytest.fixture(scope="module", params=CHAPTERS, ids=name_of)
def chapter(request) -> Path:
    """Each notebook in turn."""
    return request.param


@pytest.fixture(scope="module")
def ran(chapter, open_notebook, proxy):
    """The chapter, opened and run from first cell to last."""
    before = len(proxy.asked_for)
    notebook = open_notebook(chapter.relative_to(COURSE).as_posix())
    notebook.run_all(seconds=180)
    yield notebook
    notebook.close()
    assert proxy.asked_for[before:] == [], "the server or the kernel asked for something outside"


def picture(notebook: LabNotebook):
    """Return the live head view of the first explorer."""
    return notebook.page.locator("svg.sav-heads:visible").first


def test_it_runs_to_its_end_without_an_error(ran):
    assert ran.errors() == []
    assert ran.cells_not_run() == []
    assert ran.problems == []


def test_it_asks_nothing_of_the_outside(ran):
    assert ran.outside == []


def test_the_keyboard_moves_a_slider_and_the_picture_follows(ran, chapter):
    before = markup(picture(ran))
    ran.press_slider(label(chapter, "layer"))
    assert ran.wait_for_change(picture(ran), before) != before
    assert ran.errors() == ran.problems == []


@pytest.mark.parametrize("sentence", ["他明天坐火车去北京。", "The cat drinks cold milk."])
def test_a_sentence_of_ones_own_brings_its_tokens(ran, chapter, course_bert, sentence):
    before = markup(picture(ran))
    shown = [f">{escape(token)}<" for token in course_bert.run(sentence).tokens]
    assert any(token not in before for token in shown)
    ran.type_text(label(chapter, "text_a"), sentence)
    after = ran.wait_for_change(picture(ran), before)
    assert [token for token in shown if token not in after] == []
    assert ran.errors() == ran.problems == []


def test_every_slider_redraws_its_picture(ran):
    for handle in ran.page.locator(".jp-OutputArea-output").get_by_role("slider").all():
        output = handle.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-output')][1]")
        drawn = output.locator("svg.sav").first
        before = markup(drawn)
        at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
        handle.press("Home" if at_end else "End")
        assert ran.wait_for_change(drawn, before) != before
    assert ran.errors() == ran.problems == ran.outside == []


def test_an_untrusted_copy_shows_the_saved_pictures(chapter, open_notebook, lab_server):
    copy = lab_server.root / "untrusted" / chapter.parent.name / chapter.name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(chapter, copy)
    notebook = open_notebook(copy.relative_to(lab_server.root).as_posix())
    assert notebook.trusted_cells() == 0
    pictures = chapter.read_text(encoding="utf-8").count('<img alt=')
    assert pictures > 0
    notebook.page.wait_for_function(IMAGES_LOADED, arg=pictures)
    assert notebook.outside == notebook.problems == []
    notebook.close()
