"""Turn a built notebook into one printable page that asks nothing of the network: formulas as MathML, no CDN."""

import base64
import mimetypes
import re
from copy import deepcopy
from pathlib import Path

import plotly.io
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets.config import Config

from lessons.building.source import BuildError

PLOTLY = "application/vnd.plotly.v1+json"
PAGE = """{% extends 'lab/index.html.j2' %}
{% block html_head_js_requirejs %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block jupyter_widgets %}{% endblock %}"""
OUTSIDE = re.compile(r"""<(?:script|img|link|iframe|source|video)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//[^"']+"""
                     r"""|@import\s+(?:url\()?["']?(?:https?:)?//[^"')]+|url\(["']?(?:https?:)?//[^"')]+""")


class _MathRenderer(IPythonRenderer):
    """Writes formulas as MathML, which browsers draw and print without a script."""

    def block_math(self, body: str) -> str:
        """Return a formula on a line of its own."""
        return _mathml(body, "block")

    def inline_math(self, body: str) -> str:
        """Return a formula inside a sentence."""
        return _mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Return a formula written between \\begin and \\end."""
        return _mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")


def to_page(notebook: NotebookNode, language: str, folder: Path, name: str) -> str:
    """Return the notebook as one HTML page.

    Args:
        notebook: an executed and cleaned notebook.
        language: "en" or "zh".
        folder: where the notebook stands; its images are found from there.
        name: what to call the notebook in messages.

    Raises:
        BuildError: for a formula that cannot be shown, an image that is not there, or what would load from outside.
    """
    notebook = deepcopy(notebook)
    _embed_figures(notebook)
    config = Config({"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": {"set-up"},
                                               "remove_input_tags": {"hide"}}})
    exporter = HTMLExporter(config=config, raw_template=PAGE, language_code=language)
    exporter.register_filter("markdown2html", markdown)
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    try:
        page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}})
        page = re.sub(r'(<img\b[^>]*?\bsrc=")(?![\w+]+:|//)([^"]+)"',
                      lambda found: f'{found[1]}{_image_data(folder / found[2])}"', page)
    except (ValueError, OSError) as error:
        raise BuildError(f"{name}: {error}") from None
    page = re.sub(r'href="(?![\w+]+:)([^"]+)\.ipynb(#[^"]*)?"', r'href="\1.html\2"', page)
    if found := OUTSIDE.search(page):
        raise BuildError(f"{name}: the page would load {found.group()[:200]}")
    return page.rstrip("\n") + "\n"


def _image_data(file: Path) -> str:
    """Return an image file as a data address."""
    kind = mimetypes.guess_type(file.name)[0]
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"


def markdown(text: str) -> str:
    """Return prose as HTML, its formulas as MathML."""
    renderer = _MathRenderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(text)


def _mathml(formula: str, display: str) -> str:
    """Convert LaTeX to MathML.

    Raises:
        ValueError: naming the formula, where the converter fails or leaves LaTeX standing.
    """
    try:
        converted = convert(re.sub(r"(begin|end)\{aligned\}", r"\1{align*}", formula.strip()), display=display)
    except Exception as error:
        raise ValueError(f"this formula cannot be shown as MathML ({type(error).__name__}): {formula}") from error
    if re.search(r"<m\w+>(\\|&</)", converted):
        raise ValueError(f"this formula holds something MathML does not know: {formula}")
    return converted


def _embed_figures(notebook: NotebookNode) -> None:
    """Give plotly figures an HTML form, in place; the first brings plotly's own script with it."""
    script: bool | str = True
    for cell in notebook.cells:
        for number, output in enumerate(cell.get("outputs", [])):
            if PLOTLY in output.get("data", {}):
                output.data["text/html"] = plotly.io.to_html(
                    output.data[PLOTLY], include_plotlyjs=script, full_html=False,
                    div_id=f"{cell.id}-{number}", validate=False)
                script = False
