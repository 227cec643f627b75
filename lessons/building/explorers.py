"""Find the cells of a notebook that show an explorer, and make it live in the page, where a twin in script exists."""

import ast
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from nbformat import NotebookNode

from helpers.models import Bert, Translator, load_bert, load_translator
from helpers.page.controls import packed_record, packed_translation
from helpers.text import language
from helpers.views import View, view_heads, view_translation
from lessons.building.editions import strings_in

MODEL = "course"


@cache
def course_bert() -> Bert:
    """Return the model that the pages carry."""
    return load_bert(MODEL)


@cache
def course_translator() -> Translator:
    """Return the translator that the pages carry."""
    return load_translator(MODEL)


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Let everything be said in a language for a while."""
    before = language()
    try:
        language(code)
        yield
    finally:
        language(before)


def enliven(notebook: NotebookNode, code: str) -> list[str]:
    """Put living explorers in place of the still pictures of `EXPLORERS`, in place; return the models they run.

    The picture stays where the model is not the course's, or the text is not written in the notebook; and for a second
    model, where explorers of two stand in one notebook: a page carries one.

    Args:
        notebook: an executed notebook.
        code: its language, which the picture speaks.
    """
    known: dict[str, object] = {}
    models: list[str] = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        for name, texts, places in _asked(cell.source, known):
            model, living, _ = EXPLORERS[name]
            if (output := _picture(cell)) and models in ([], [model]):
                with spoken(code):
                    output.data["text/html"] = living(*texts, **places)
                models = [model]
    return models


def _heads(sentence_a: str, sentence_b: str | None = None, *, layer: int = 0, head: int | None = None) -> str:
    """Return an explorer of heads as a page holds it before its script runs: the first picture, the run behind it."""
    record = course_bert().run(sentence_a, sentence_b)
    data = {"record": packed_record(record), "texts": [sentence_a, sentence_b or ""], "layer": layer, "head": head}
    return _explorer("heads", view_heads(record, layer=layer, heads=head), data)


def _translation(text: str, _: None = None) -> str:
    """Return an explorer of a translation, likewise."""
    record = course_translator().translate(text)
    data = {"record": packed_translation(record), "text": text}
    return _explorer("translation", view_translation(record, step=0), data)


Living = Callable[..., str]
# name in a notebook: its model, what makes it in a page, the keywords that the page knows
EXPLORERS: dict[str, tuple[str, Living, set[str]]] = {
    "explore_heads": ("bert", _heads, {"layer", "head"}),
    "explore_translation": ("translator", _translation, set()),
}
LOADERS = {"load_bert": "bert", "load_translator": "translator"}


def _explorer(kind: str, view: View, data: object) -> str:
    return (f'<div class="explorer" data-explorer="{kind}"><div class="picture">{view.svg}</div>'
            f'<script type="application/json">{in_script(data)}</script></div>')


def in_script(data: object) -> str:
    """Return JSON that cannot end the `<script>` it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _picture(cell: NotebookNode) -> NotebookNode | None:
    """Return the output that holds a still picture."""
    return next((output for output in cell.outputs
                 if any("data:image/svg" in text for text in strings_in(output.get("data", {})))), None)


def _asked(source: str, known: dict[str, object]) -> Iterator[tuple[str, list, dict[str, int]]]:
    """Yield (explorer, its texts, its numbers by name) for each one whose model is the course's and all else known.

    Args:
        source: of the cell.
        known: {name: its value} as far as the cells so far write it; this cell's are added.
    """
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            known[statement.targets[0].id] = _value(statement.value, known)
        for name, (model, _, keywords) in EXPLORERS.items():
            given = _call(statement.value, name) if isinstance(statement, ast.Expr) else None
            values = [_value(one, known) for one in given.args] if given else []
            named = {str(one.arg): _value(one.value, known) for one in given.keywords} if given else {}
            places = {key: number for key, number in named.items() if key in keywords and isinstance(number, int)}
            if values[:1] == [(model, MODEL)] and len(values) in (2, 3) and isinstance(values[1], str) \
                    and all(isinstance(one, str | None) for one in values[2:]) \
                    and places == named:
                yield name, values[1:], places


def _call(node: ast.expr, name: str) -> ast.Call | None:
    """Return a node that calls the function of this name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
        return node
    return None


def _value(node: ast.expr, known: dict[str, object]) -> object:
    """Return a literal's value, a name's, or (kind, name) of a model that is loaded; ... for all else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id, ...)
    for loader, model in LOADERS.items():
        if (given := _call(node, loader)) and len(given.args) == 1:
            return model, _value(given.args[0], known)
    return ...
