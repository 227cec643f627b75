"""The printable pages of `--html`: formulas, figures and images inside, nothing from outside."""

import json

import nbformat
import plotly.graph_objects as go
import pytest
from built_samples import SAMPLES
from nbformat import NotebookNode

from lessons.building.compose import Course, compose
from lessons.building.pages import PLOTLY, to_page
from lessons.building.source import BuildError, read_lesson

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ff"
                      "ff3f0005fe02fe0def46b80000000049454e44ae426082")


def notebook_of(prose: str, *outputs: NotebookNode) -> NotebookNode:
    """A notebook with a title, some prose, and a code cell for each output."""
    cells = [nbformat.v4.new_markdown_cell("# Title", id="title"), nbformat.v4.new_markdown_cell(prose, id="prose")]
    cells += [nbformat.v4.new_code_cell("x", id=f"code-{number}", outputs=[output])
              for number, output in enumerate(outputs)]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(("formula", "expected"), [
    (r"an $\sqrt{d_k}$ in the line", "<msqrt>"),
    (r"$$\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V$$", 'display="block"'),
    (r"$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$", "<mtable"),
    ("\\begin{align}\na &= b\n\\end{align}", "<mtable"),
    ("`$x$` in code stays", "<code>$x$</code>"),
])
def test_formulas_become_mathml(tmp_path, formula, expected):
    assert expected in to_page(notebook_of(formula), "en", tmp_path, "the lesson")


@pytest.mark.parametrize("formula", [r"$\nosuchcommand{x}$", r"$\frac{$", r"$a & b$"])
def test_a_formula_that_cannot_be_shown_is_named(tmp_path, formula):
    with pytest.raises(BuildError, match="the lesson: this formula .*"):
        to_page(notebook_of(formula), "en", tmp_path, "the lesson")


def test_figures_bring_their_script_once(tmp_path):
    figures = [nbformat.v4.new_output("display_data", {PLOTLY: json.loads(figure.to_json())})
               for figure in (go.Figure(go.Heatmap(z=[[1, 2]])), go.Figure(go.Scatter(y=[1, 2])))]
    notebook = notebook_of("Two figures.", *figures)
    page = to_page(notebook, "en", tmp_path, "the lesson")
    assert 'id="code-0-0"' in page and 'id="code-1-0"' in page
    assert page.count("plotly.js v") == 1 and "<script src" not in page
    assert "text/html" not in notebook.cells[2].outputs[0].data


def test_images_are_inside_the_page_or_named(tmp_path):
    (tmp_path / "pixel.png").write_bytes(PIXEL)
    prose = "<details><summary>more</summary>\n\n![a pixel](pixel.png)\n\n</details>"
    page = to_page(notebook_of(prose), "en", tmp_path, "the lesson").split("<main>")[1]
    assert 'src="data:image/png;base64,iVBOR' in page
    assert page.index("<details>") < page.index("data:image/png") < page.index("</details>")
    with pytest.raises(BuildError, match="the lesson: .*missing.png"):
        to_page(notebook_of("![gone](missing.png)"), "en", tmp_path, "the lesson")


@pytest.mark.parametrize("outside", [
    "![far](https://example.org/x.png)", '<script src="//example.org/x.js"></script>',
    '<link rel="stylesheet" href="https://example.org/x.css">', "<style>@import 'https://example.org/x.css';</style>",
])
def test_what_would_load_from_outside_is_refused(tmp_path, outside):
    with pytest.raises(BuildError, match="the lesson: the page would load .*example.org"):
        to_page(notebook_of(outside), "en", tmp_path, "the lesson")


def test_the_set_up_cell_and_folded_sources_are_left_out(tmp_path):
    lesson = read_lesson(SAMPLES / "00_first.py")
    page = to_page(compose(Course([lesson]), lesson, "en", "student"), "en", tmp_path, "the lesson")
    assert "CourseNotFound" not in page and "sentence_a" in page
    assert ">folded<" not in page and ">untouched<" in page
