"""Find the cells of a notebook that show an explorer, and make it live in the page, where a twin in script exists."""

import ast
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from nbformat import NotebookNode

from helpers.models import Bert, load_bert
from helpers.page.controls import packed_record
from helpers.text import language
from helpers.views import view_heads
from lessons.building.editions import strings_in

MODEL = "course"


@cache
def course_bert() -> Bert:
    """Return the model that the pages carry."""
    return load_bert(MODEL)


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Let everything be said in a language for a while."""
    before = language()
    try:
        language(code)
        yield
    finally:
        language(before)


def enliven(notebook: NotebookNode, code: str) -> int:
    """Put a living explorer in place of the still picture of each `explore_heads`, in place; return how many.

    The picture stays where the model is not the course's, or the text is not written in the notebook.

    Args:
        notebook: an executed notebook.
        code: its language, which the picture speaks.
    """
    known: dict[str, object] = {}
    count = 0
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        asked = _asked(cell.source, known)
        if asked and (output := _picture(cell)):
            output.data["text/html"] = explorer_html(*asked, code)
            count += 1
    return count


def explorer_html(sentence_a: str, sentence_b: str | None, code: str) -> str:
    """Return an explorer as a page holds it before its script runs: the first picture, and the run behind it."""
    with spoken(code):
        record = course_bert().run(sentence_a, sentence_b)
        data = {"record": packed_record(record), "texts": [sentence_a, sentence_b or ""]}
        picture = view_heads(record, layer=0).svg
    return (f'<div class="explorer" data-explorer="heads"><div class="picture">{picture}</div>'
            f'<script type="application/json">{in_script(data)}</script></div>')


def in_script(data: object) -> str:
    """Return JSON that cannot end the `<script>` it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _picture(cell: NotebookNode) -> NotebookNode | None:
    """Return the output that holds a still picture."""
    return next((output for output in cell.outputs
                 if any("data:image/svg" in text for text in strings_in(output.get("data", {})))), None)


def _asked(source: str, known: dict[str, object]) -> tuple[str, str | None] | None:
    """Return the texts that a cell gives to `explore_heads` with the course's model, else None.

    Args:
        source: of the cell.
        known: {name: its value} as far as the cells so far write it; this cell's are added.
    """
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            known[statement.targets[0].id] = _value(statement.value, known)
        elif isinstance(statement, ast.Expr) and (given := _call(statement.value, "explore_heads")):
            model, a, b = ([_value(one, known) for one in given.args] + [None] * 3)[:3]
            if model == (MODEL,) and isinstance(a, str) and isinstance(b, str | None):
                return a, b
    return None


def _call(node: ast.expr, name: str) -> ast.Call | None:
    """Return a node that calls the function of this name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
        return node
    return None


def _value(node: ast.expr, known: dict[str, object]) -> object:
    """Return a literal's value, a name's, or (name of the model,) for `load_bert(…)`; ... for all else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id, ...)
    if (given := _call(node, "load_bert")) and len(given.args) == 1:
        return (_value(given.args[0], known),)
    return ...
