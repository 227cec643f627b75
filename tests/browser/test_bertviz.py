"""bertviz's three views in JupyterLab, on a dark page, with no way out: each is drawn, and each answers."""

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from .notebook import LabNotebook, markup, write_notebook

CELLS = """
from helpers.models import load_bert
from helpers.views.bertviz import bertviz_heads, bertviz_model, bertviz_neurons
record = load_bert("course").run("</script><img onerror=alert(1)>🙂", "燕子开心。")
---
bertviz_heads(record)
---
bertviz_model(record)
---
bertviz_neurons(record)
"""
HEADS, MODEL, NEURONS = range(3)
# The contrast of every label to the page (WCAG 2.2, 1.4.3); by how many pixels the frame is too small for the drawing.
CONTRASTS = """drawing => {
    const light = colour => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const paper = light(getComputedStyle(document.documentElement).backgroundColor);
    return [...drawing.querySelectorAll('text')].map(label => light(getComputedStyle(label).fill))
        .map(ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05));
}"""
OVERFLOW = """drawing => {
    const {right, bottom} = drawing.getBoundingClientRect();
    return Math.max(right - innerWidth, bottom - innerHeight);
}"""


@pytest.fixture(scope="module")
def notebook(open_notebook, lab_server, proxy):
    """One notebook with the three views, run from first cell to last."""
    before = len(proxy.asked_for)
    opened = open_notebook(write_notebook(lab_server, "bertviz.ipynb", CELLS.split("---")), "dark")
    opened.page.emulate_media(color_scheme="dark")
    opened.run_all()
    yield opened
    opened.close()
    assert proxy.asked_for[before:] == [], "the server or the kernel asked for something outside"


@pytest.fixture(autouse=True)
def _all_is_well(notebook):
    yield
    assert notebook.errors() == notebook.cells_not_run() == notebook.problems == notebook.outside == []


def frame(notebook: LabNotebook, place: int) -> FrameLocator:
    """Return the page inside the frame of one of the views, scrolled to."""
    found = notebook.page.locator(".jp-OutputArea-output iframe").nth(place)
    found.scroll_into_view_if_needed()
    return found.content_frame


def drawing(page: FrameLocator) -> Locator:
    return page.locator("#vis > svg")


def token(page: FrameLocator, name: str) -> Locator:
    """Return the first visible label that is a token."""
    return page.locator("svg text:visible").get_by_text(name, exact=True).first


@pytest.mark.parametrize("place", [HEADS, MODEL, NEURONS])
def test_it_is_drawn_named_readable_and_whole(notebook, place):
    page = frame(notebook, place)
    expect(page.locator("#vis > svg line").first).to_be_attached()
    assert min(drawing(page).evaluate(CONTRASTS)) >= 4.5
    assert drawing(page).evaluate(OVERFLOW) <= 0
    assert notebook.page.locator(".jp-OutputArea-output iframe").nth(place).get_attribute("title").startswith("bertviz")


def test_the_head_view_follows_layer_head_sentence_and_pointer(notebook):
    page = frame(notebook, HEADS)
    seen = [markup(drawing(page))]
    page.locator("#layer").select_option("2")
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    page.locator("#vis > svg > g:last-of-type rect").first.click()
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    token(page, "燕").hover()
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    page.locator("#filter").select_option("2")
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    assert ">[CLS]<" in seen[0] and ">[CLS]<" not in seen[-1] and len(set(seen)) == 5


def test_the_model_view_enlarges_a_head_and_follows_the_pointer(notebook):
    page = frame(notebook, MODEL)
    before = markup(drawing(page))
    page.locator("#attn_background_1_2 ~ rect").click()
    enlarged = notebook.wait_for_change(drawing(page), before)
    assert "Layer 1, Head 2" in enlarged and "Layer 1, Head 2" not in before
    token(page, "燕").hover()
    assert notebook.wait_for_change(drawing(page), enlarged) not in (before, enlarged)


def test_the_neuron_view_unfolds_and_follows_layer_and_head(notebook):
    page = frame(notebook, NEURONS)
    seen = [markup(drawing(page))]
    token(page, "燕").hover()
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    plus = page.locator("#collapsed #leftText > g").filter(has_text="燕").locator("rect").last
    plus.click()
    expect(page.locator("#expanded")).to_have_attribute("visibility", "visible")
    seen.append(markup(drawing(page)))
    for control in ("#layer", "#att_head"):
        page.locator(control).select_option("1")
        seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    token(page, "燕").hover()
    seen.append(notebook.wait_for_change(drawing(page), seen[-1]))
    assert len(set(seen)) == 6
