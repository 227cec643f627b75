"""The translation explorer in JupyterLab: steps, own text, beams, changes, and the keyboard."""

import pytest
from playwright.sync_api import Locator, expect

from helpers.models import load_translator
from helpers.models.translation import TranslationRecord
from helpers.views import view_beams, view_heads, view_translation

from .keyboard import names_in, shows, tab_through, tab_to
from .notebook import LabNotebook, write_notebook

ENGLISH, CHINESE = "I have a red umbrella.", "我想喝一杯热茶。"
CELLS = ("from helpers.controls import explore_translation", f"explore_translation(text={ENGLISH!r})")
WHAT_IF = "What if"


@pytest.fixture(scope="module")
def translator():
    """The course translator, to say what the page has to show."""
    return load_translator("course")


@pytest.fixture(scope="module")
def page(open_notebook, lab_server):
    """One notebook with the explorer, run."""
    opened = open_notebook(write_notebook(lab_server, "translation.ipynb", CELLS))
    opened.run_all(seconds=240)
    assert opened.errors() == opened.cells_not_run() == []
    yield opened
    opened.close()


@pytest.fixture
def notebook(page):
    """The notebook as it was at first; after the test, nothing may have gone wrong."""
    yield page
    page.type_text("Text", ENGLISH)
    choose(page, "Beam", "1 (greedy)")
    choose(page, "Show", "step by step")
    assert page.errors() == page.problems == page.outside == []


def choose(notebook: LabNotebook, label: str, option: str) -> None:
    """Choose from a drop-down list."""
    notebook.widget(label).get_by_role("combobox").select_option(option)


def explorer(notebook: LabNotebook) -> Locator:
    return notebook.page.locator(".jp-OutputArea-output > .widget-vbox")


def result(notebook: LabNotebook) -> Locator:
    """Return the line with source and translation."""
    return explorer(notebook).locator(".widget-html b").locator("..")


def picture(record: TranslationRecord, step: int = 0):
    """Return the view of a step as the explorer draws it at first: the taught head."""
    layer, head = record.taught_head
    return view_translation(record, step=step, layer=layer, head=head)


def test_the_step_slider_redraws_and_the_sentence_follows(notebook, translator):
    record = translator.translate(ENGLISH)
    shows(explorer(notebook), picture(record))
    expect(result(notebook)).to_contain_text(record.text)
    tab_to(notebook.widget("Step").get_by_role("slider"))
    notebook.page.keyboard.press("ArrowRight")
    shows(explorer(notebook), picture(record, 1))
    notebook.page.keyboard.press("End")
    shows(explorer(notebook), picture(record, len(record.steps) - 1))
    notebook.page.keyboard.press("Home")
    shows(explorer(notebook), picture(record))


def test_own_sentences_in_both_languages(notebook, translator):
    for text in (CHINESE, "Where is my bag?"):
        notebook.type_text("Text", text)
        record = translator.translate(text)
        shows(explorer(notebook), picture(record))
        expect(result(notebook)).to_have_text(f"{text} → {record.text}")
        notebook.press_slider("Step", "End")
        shows(explorer(notebook), picture(record, len(record.steps) - 1))
        notebook.press_slider("Step", "Home")


def test_tab_reaches_every_target_token(notebook, translator):
    view = picture(translator.translate(ENGLISH))
    shows(explorer(notebook), view)
    notebook.widget("Step").get_by_role("slider").focus()
    assert tab_through(explorer(notebook).locator(".sav-translation .s")) == names_in(view)


def test_the_beam_tree_and_its_paths_by_keyboard(notebook, translator):
    record = translator.translate(ENGLISH, beam=2)
    choose(notebook, "Beam", "2")
    shows(explorer(notebook), picture(record))
    choose(notebook, "Show", "the beam tree")
    shows(explorer(notebook), view_beams(record))
    notebook.widget("Show").get_by_role("combobox").focus()
    assert tab_through(explorer(notebook).locator(".sav-beams .node")) == names_in(view_beams(record))


def test_encoder_and_decoder_have_their_pictures(notebook, translator):
    record = translator.translate(ENGLISH)
    layer, head = record.taught_head
    for name, option, query in (("cross", "cross-attention", 0), ("decoder", "the decoder's self-attention", 0),
                                ("encoder", "the encoder's self-attention", None)):
        choose(notebook, "Show", option)
        shows(explorer(notebook), view_heads(getattr(record, name), layer=layer, heads=head, query=query))


def test_a_hidden_token_and_a_prefix_by_keyboard(notebook, translator):
    plain = translator.translate(ENGLISH)
    unchanged = f"without your changes: {plain.text}"
    place = plain.source_tokens.index("umbrella")
    button = explorer(notebook).get_by_role("button", name=WHAT_IF)
    tab_to(button)
    notebook.page.keyboard.press("Enter")
    box = explorer(notebook).get_by_role("checkbox", name="umbrella", exact=True)
    tab_to(box)
    notebook.page.keyboard.press("Space")
    hidden = translator.translate(ENGLISH, hidden_tokens=(place,))
    assert picture(hidden).data["weights"][place] == 0
    shows(explorer(notebook), picture(hidden))
    same = "your changes do not change the translation"
    expect(result(notebook)).to_contain_text(same if hidden.text == plain.text else unchanged)
    box.uncheck()
    notebook.type_text("It has to begin with", "她")
    shows(explorer(notebook), picture(translator.translate(ENGLISH, prefix="她")))
    expect(result(notebook)).to_contain_text(unchanged)
    notebook.type_text("It has to begin with", "")
    shows(explorer(notebook), picture(plain))
    button.press("Enter")
    expect(box).to_be_hidden()
