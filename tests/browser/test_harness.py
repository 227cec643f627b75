"""The harness itself: what it must notice, shown on small notebooks that go wrong on purpose."""

from types import SimpleNamespace

import pytest

from . import chromium
from .notebook import markup, write_notebook

SLIDER = """
import ipywidgets
layer = ipywidgets.IntSlider(description="Layer", max=3)
own = ipywidgets.Text(description="Sentence", continuous_update=False)
picture = ipywidgets.HTML()
def draw(change=None):
    1 / (3 - layer.value)
    picture.value = f"<svg class='drawn'><text>{own.value} {layer.value}</text></svg>"
for control in (layer, own):
    control.observe(draw, "value")
draw()
ipywidgets.VBox([layer, own, picture])
"""
OUTSIDE = """
from IPython.display import HTML
HTML('<img src="https://example.org/x.png"><script>new WebSocket("wss://example.org/s")</script>')
"""
NOISE = """
from IPython.display import HTML
HTML('<script>console.error("spilt"); setTimeout(() => { throw new Error("burst") })</script>')
"""
KNOCK = """
import urllib.request
try:
    urllib.request.urlopen("http://example.org/weights")
except OSError:
    pass
"""


@pytest.fixture
def open_cells(open_notebook, lab_server):
    """A function that opens a notebook made of the given code cells."""
    opened = []

    def open_made(*sources: str, theme: str = "light"):
        opened.append(open_notebook(write_notebook(lab_server, "made.ipynb", sources), theme))
        return opened[-1]

    yield open_made
    for notebook in opened:
        notebook.close()


def test_a_slider_and_a_text_box_redraw_and_a_healthy_notebook_is_clean(open_cells, proxy):
    before = len(proxy.asked_for)
    notebook = open_cells(SLIDER, "1 + 1")
    assert notebook.trusted_cells() == 0
    notebook.run_all()
    assert notebook.trusted_cells() == 2
    picture = notebook.page.locator("svg.drawn")
    first = markup(picture)
    notebook.press_slider("Layer")
    second = notebook.wait_for_change(picture, first)
    notebook.type_text("Sentence", "好不好")
    third = notebook.wait_for_change(picture, second)
    assert "> 0<" in first and "> 1<" in second and ">好不好 1<" in third
    assert notebook.errors() == notebook.cells_not_run() == notebook.problems == []
    assert notebook.outside == proxy.asked_for[before:] == []


def test_an_error_in_a_cell_is_seen_and_stops_the_run(open_cells):
    notebook = open_cells("1 + 1", "1 / 0", "2 + 2")
    notebook.run_all()
    assert notebook.errors() == ["ZeroDivisionError: division by zero"]
    assert notebook.cells_not_run() == [2]


def test_an_error_in_a_slider_is_seen(open_cells):
    notebook = open_cells(SLIDER)
    notebook.run_all()
    picture = notebook.page.locator("svg.drawn")
    notebook.press_slider("Layer", "End")
    notebook.page.wait_for_function("() => course.kernelErrors.length > 0")
    assert notebook.errors() == ["ZeroDivisionError: division by zero"]
    assert "> 0<" in markup(picture)


def test_requests_to_the_outside_are_refused_and_seen(open_cells, proxy):
    notebook = open_cells(OUTSIDE, KNOCK)
    notebook.run_all()
    assert sorted(set(notebook.outside)) == ["https://example.org/x.png", "wss://example.org/s"]
    assert "GET http://example.org/weights" in proxy.asked_for


def test_errors_of_the_page_and_its_console_are_seen(open_cells):
    notebook = open_cells(NOISE)
    notebook.run_all()
    console, page = sorted(notebook.problems)
    assert console.startswith("console: spilt") and page == "page error: burst"


def test_the_dark_theme_is_dark(open_cells):
    notebook = open_cells("1 + 1", theme="dark")
    assert notebook.page.locator("body").get_attribute("data-jp-theme-light") == "false"


def test_without_a_browser_one_line_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(chromium.shutil, "which", lambda _: None)
    nowhere = SimpleNamespace(executable_path="/nowhere/chrome")
    with pytest.raises(pytest.skip.Exception, match="playwright install chromium"):
        chromium.launch(nowhere)
