"""What explorers bring along for front ends that no test starts: sliders of ipywidgets 7, as in Colab; lost widgets."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from helpers.controls import explore_scaling, manners, saved

OLD_SLIDER = """<div class="widget-slider"><label class="widget-label">Layer</label><div class="slider-container">
    <div class="slider ui-slider"><span class="ui-slider-handle" tabindex="0" style="left: 50%"></span></div></div>
    <div class="widget-readout">2</div></div>"""
SAID = """handle => ['role', 'aria-label', 'aria-valuetext', 'aria-valuenow', 'aria-valuemin', 'aria-valuemax']
    .map(name => handle.getAttribute(name))"""
LOST = f'<div class="jp-OutputArea-child" id="lost"><div data-mime-type="{saved.WIDGET}">model not found</div></div>'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page."""
    opened = browser.new_page()
    yield opened
    opened.close()


def test_a_slider_of_ipywidgets_7_says_its_name_and_its_value(page):
    brought = manners.manners().outputs[0]["data"]["text/html"]
    page.set_content(f'<div class="{saved.LIVE}">{OLD_SLIDER}{brought}</div>')
    handle = page.locator(".ui-slider-handle")
    assert handle.evaluate(SAID) == ["slider", "Layer", "2", "50", "0", "100"]
    page.evaluate("""() => {
        document.querySelector('.widget-readout').textContent = '3';
        document.querySelector('.ui-slider-handle').style.left = '75%';
    }""")
    page.wait_for_function("() => document.querySelector('.ui-slider-handle').getAttribute('aria-valuenow') === '75'")
    assert handle.evaluate(SAID)[2] == "3"
    handle.focus()
    page.keyboard.press("Shift")                                              # as one who came with the keyboard
    assert handle.evaluate("handle => getComputedStyle(handle).outlineStyle") == "solid"


def test_a_lost_widget_is_hidden_where_its_still_picture_follows_and_nowhere_else(page, monkeypatch):
    shown = []
    monkeypatch.setattr(saved, "display", lambda bundle, raw: shown.append(bundle))
    explore_scaling()._ipython_display_()
    still = f'<div class="jp-OutputArea-child">{shown[1]["text/html"]}</div>'
    for outputs, hidden in ((LOST + still, True), (LOST + "<p>other</p>" + still, False)):
        page.set_content(f'<div class="jp-OutputArea">{outputs}</div>')
        assert page.locator("#lost").is_hidden() == hidden
        assert page.locator(f".{saved.STILL}").is_visible()
