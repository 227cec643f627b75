"""Turn a built notebook into one page that asks nothing of the network: formulas as MathML, explorers alive, no CDN."""

import base64
import mimetypes
import re
from copy import deepcopy
from pathlib import Path

import plotly.io
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from lessons.building.around import Around
from lessons.building.prose import markdown
from lessons.building.site import SITE, styles, words
from lessons.building.source import BuildError

PLOTLY = "application/vnd.plotly.v1+json"
PAGE = "chapter.html.j2"
OUTSIDE = re.compile(r"""<(?:script|img|link|iframe|source|video)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//[^"']+"""
                     r"""|@import\s+(?:url\()?["']?(?:https?:)?//[^"')]+|url\(["']?(?:https?:)?//[^"')]+""")


def to_page(notebook: NotebookNode, language: str, folder: Path, name: str, around: Around | None = None) -> str:
    """Return the notebook as one HTML page.

    Args:
        notebook: an executed and cleaned notebook.
        language: "en" or "zh".
        folder: where the notebook stands; its images are found from there.
        name: what to call the notebook in messages.
        around: the site it is a page of; None for a page on its own, without a bar and without script.

    Raises:
        BuildError: for a formula that cannot be shown, an image that is not there, or what would load from outside.
    """
    notebook = deepcopy(notebook)
    _embed_figures(notebook)
    config = Config({"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": {"set-up"},
                                               "remove_input_tags": {"hide"}}})
    template = (SITE / PAGE).read_text(encoding="utf-8")
    exporter = HTMLExporter(config=config, raw_template=template, language_code=language,
                            exclude_input_prompt=True, exclude_output_prompt=True)
    exporter.register_filter("markdown2html", markdown)
    exporter.register_filter("in_the_dark", in_the_dark)
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    looks = {"styles": styles("site.css", "explorer.css", "chapter.css"), "said": words(language)}
    site = looks | (around.prepare(notebook, language) if around else {})
    try:
        page, _ = exporter.from_notebook_node(notebook, resources={"metadata": {"name": title}, "site": site})
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


def in_the_dark(styles: str) -> str:
    """Return style elements that count on a dark screen alone."""
    return str(styles).replace("<style", '<style media="screen and (prefers-color-scheme: dark)"')


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
