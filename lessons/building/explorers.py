"""Find the cells of a notebook that show an explorer, and make it live in the page, where a twin in script exists."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from nbformat import NotebookNode

from helpers.controls.scaling import FIRST_SIZE, SIZES
from helpers.heads import describe_heads, measure_importance
from helpers.interventions import compare
from helpers.models import Bert, Decoder, Translator, load_bert, load_model, load_training, load_translator
from helpers.models.records import BertRecord
from helpers.page.controls import (
    packed_heads,
    packed_importance,
    packed_next,
    packed_record,
    packed_scores,
    packed_training,
    packed_translation,
)
from helpers.page.modules import in_script
from helpers.text import CourseError, language, sentence
from helpers.views import (
    View,
    view_birth,
    view_change,
    view_edited_query,
    view_heads,
    view_importance,
    view_model,
    view_neurons,
    view_next,
    view_positions,
    view_scaling,
    view_translation,
)
from helpers.views.heads.shown import name_of
from lessons.building.calls import Run, call_of, calls_any, value_of, values_of
from lessons.building.editions import strings_in

COURSE = {"bert": {("bert", "course"), ("model", "course")}, "translator": {("translator", "course")},
          "gpt": {("model", "course-gpt")}}
"""How a notebook loads each of the course's models: by which loader, and by what name."""


@cache
def course_bert() -> Bert:
    """Return the model that the pages carry."""
    return load_bert("course")


@cache
def course_translator() -> Translator:
    """Return the translator that the pages carry."""
    return load_translator("course")


@cache
def course_gpt() -> Decoder:
    """Return the decoder that the pages carry."""
    return cast(Decoder, load_model("course-gpt"))


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Let everything be said in a language for a while."""
    before = language()
    try:
        language(code)
        yield
    finally:
        language(before)


def enliven(notebook: NotebookNode, code: str) -> tuple[list[str], list[str]]:
    """Put living explorers in place of the still pictures of `KINDS`, in place.

    The picture stays where the model is not the course's, the text is not written in the notebook, or the controls
    stand as those of a page cannot; and for a second model, where explorers of two stand in one notebook: a page has
    one. A line below it says so.

    Args:
        notebook: an executed notebook.
        code: its language, which the picture speaks.

    Returns:
        (the models they run, the kinds of explorers), each once.
    """
    known: dict[str, object] = {}
    models: list[str] = []
    kinds: list[str] = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        output, lives = _picture(cell), False
        for name, texts, places in _asked(cell.source, known):
            kind, made = KINDS[name], None
            if output and (not kind.model or models in ([], [kind.model])):
                with spoken(code), suppress(CourseError):
                    made = kind.make(_said(output), *texts, **places)
                if made:
                    output.data["text/html"], lives = made, True
                    models = models or [kind.model] * bool(kind.model)
                    kinds.append(name)
        if output and not lives and calls_any(cell.source, "explore_"):
            output.data["text/html"] += f'<p class="in-notebook">{sentence("site.in_notebook", code)}</p>'
    return models, sorted(set(kinds))


# Each returns an explorer as a page holds it before its script runs: the first picture, and what stands behind it.
# `said` is the sentence of the still picture: where the notebook moved the controls, it says where they stand.

def _heads(said: str, sentence_a: str, sentence_b: str | None = None, *, layer: int = 0,
           head: int | None = None) -> str:
    record = course_bert().run(sentence_a, sentence_b)
    choice = {"layer": layer, "head": "all" if head is None else head}
    return _explorer("heads", [view_heads(record, layer=layer, heads=head)], _opening(record, sentence_b, choice))


def _gpt_heads(said: str, text: str, _: None = None, *, layer: int = 0, head: int | None = None) -> str:
    record, choice = course_gpt().run(text), {"layer": layer, "head": "all" if head is None else head}
    data = {"record": {**packed_heads(record), "notices": list(record.notices)}, "texts": [text], "choice": choice}
    return _explorer("gpt_heads", [view_heads(record, layer=layer, heads=head)], data)


def _model(said: str, sentence_a: str, sentence_b: str | None = None) -> str:
    record = course_bert().run(sentence_a, sentence_b)
    views = [view_model(record, captions=describe_heads(record).caption, chosen=(0, 0)), view_heads(record, heads=0)]
    return _explorer("model", views, _opening(record, sentence_b, {"layer": 0, "head": 0}))


def _interventions(said: str, sentence_a: str, sentence_b: str | None = None) -> str | None:
    record, off = course_bert().run(sentence_a, sentence_b), heads_off(said)
    if off is None or said != (view := view_change(compare(course_bert(), sentence_a, sentence_b, heads_off=off))).text:
        return None
    return _explorer("interventions", [view], _opening(record, sentence_b, {"off": off}))


def _neurons(said: str, sentence_a: str, sentence_b: str | None = None) -> str | None:
    record = course_bert().run(sentence_a, sentence_b)
    place = cell_of(record, read_back("neurons.sentence", said))
    if place is None or said != (view := view_neurons(record, **place)).text:
        return None
    return _explorer("neurons", [view], _opening(record, sentence_b, place))


def _query(said: str, sentence_a: str, sentence_b: str | None = None) -> str | None:
    record, found = course_bert().run(sentence_a, sentence_b), read_back("query.changed", said)
    place = cell_of(record, found)
    if place is None:
        return None
    was, now = (float(found[name].replace("−", "-")) for name in ("value", "now"))
    moved: dict[str, Any] = {"neuron": int(found["neuron"]), "change": round(2 * (now - was)) / 2}
    if said != (view := view_edited_query(record, **place, **moved)).text:
        return None
    return _explorer("query", [view], _opening(record, sentence_b, place | moved))


def _positions(said: str) -> str:
    return _explorer("positions", [view_positions()], {})


def _scaling(said: str) -> str:
    data = {"scores": packed_scores(SIZES), "choice": {"d": FIRST_SIZE, "temperature": 1}}
    return _explorer("scaling", [view_scaling(FIRST_SIZE)], data)


def _next(said: str, text: str, _: None = None) -> str:
    record = course_gpt().run(text)
    data = {"record": {**packed_next(record), "notices": list(record.notices)}, "texts": [text],
            "choice": {"temperature": 1, "k": 0, "p": 1}}
    return _explorer("next", [view_next(record)], data)


def _importance(said: str, text: str, answer: str | None = None) -> str | None:
    importance = measure_importance(course_bert(), text, answer)
    if said != (view := view_importance(importance)).text:
        return None
    return _explorer("importance", [view], {"record": packed_importance(importance), "texts": [text, answer or ""],
                                            "choice": {"layer": "all", "head": "all"}})


def _translation(said: str, text: str, _: None = None) -> str:
    record = course_translator().translate(text)
    data = {"record": packed_translation(record), "text": text}
    return _explorer("translation", [view_translation(record, step=0)], data)


def _birth(said: str, name: str) -> str | None:
    training = load_training(name)
    step, (layer, head), packed = training.steps[0], training.showcase, packed_training(training)
    growth = view_birth(training, layer=layer, head=head, step=step)
    if said != growth.text:
        return None
    part = next(part for part in ("cross", "decoder", "encoder") if part in training.texts[0].parts)
    record = training.record(step, packed["order"]["text"][0], part)
    return _explorer("birth", [growth, view_heads(record, layer=layer, heads=head)],
                     {"training": packed, "choice": {"step": step, "layer": layer, "head": head}})


@dataclass(frozen=True)
class Kind:
    """How one explorer of the Python package lives in a page.

    Attributes:
        model: what it runs, "" for none.
        make: what makes it; None in its place where the still picture must stay.
        keywords: those that the page knows.
        function: what a notebook calls, where it is not "explore_" and the kind's name.
        of_record: whether it may be given a record in the place of a model and texts.
        of_training: whether it is given what was kept of a training, or the name of one.
    """

    model: str
    make: Callable[..., str | None]
    keywords: frozenset[str] = frozenset()
    function: str = ""
    of_record: bool = False
    of_training: bool = False


HEAD = frozenset({"layer", "head"})
KINDS = {
    "heads": Kind("bert", _heads, HEAD, of_record=True),
    "gpt_heads": Kind("gpt", _gpt_heads, HEAD, "explore_heads", of_record=True),
    "model": Kind("bert", _model, of_record=True),
    "interventions": Kind("bert", _interventions),
    "neurons": Kind("bert", _neurons, of_record=True),
    "query": Kind("bert", _query, of_record=True),
    "positions": Kind("", _positions),
    "scaling": Kind("", _scaling),
    "translation": Kind("translator", _translation),
    "next": Kind("gpt", _next),
    "importance": Kind("bert", _importance),
    "birth": Kind("", _birth, of_training=True),
}


def read_back(key: str, text: str) -> dict[str, str]:
    """Return what fills the gaps of a sentence in the chosen language; nothing where the text is another one.

    >>> read_back("neurons.spoken", "a; b")
    {'name': 'a', 'largest': 'b'}
    """
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence(key, language())))
    found = re.fullmatch(pattern, text)
    return found.groupdict() if found else {}


def cell_of(record: BertRecord, found: dict[str, str]) -> dict[str, Any] | None:
    """Return token, layer and head of the attention cell that a sentence names in its title."""
    title = read_back("neurons.title", found.get("title", ""))
    tokens = [place for place in range(record.n_tokens) if name_of(record, place) == title.get("token")]
    return {"token": tokens[0], "layer": int(title["layer"]), "head": int(title["head"])} if tokens else None


def heads_off(said: str) -> list[tuple[int, int]] | None:
    """Return which heads a comparison says are off; None where it says that something else is changed."""
    changes = read_back("interventions.text", said).get("changes", "")
    if changes == sentence("interventions.no_change", language()):
        return []
    parts = [read_back("interventions.said_heads", part)
             for part in changes.split(sentence("interventions.and", language()))]
    comma = sentence("interventions.comma", language())
    heads = [(part["layer"], read_back("interventions.said_head", head).get("head", ""))
             for part in parts if part for head in part["heads"].split(comma)]
    return [(int(layer), int(head)) for layer, head in heads] if all(parts) and all(map(all, heads)) else None


def _opening(record: BertRecord, sentence_b: str | None, choice: Mapping[str, object]) -> dict[str, object]:
    return {"record": packed_record(record), "texts": [record.sentences[0], sentence_b or ""], "choice": choice}


def _said(output: NotebookNode) -> str:
    """Return the sentence of the first picture of an output."""
    return output.data.get("text/plain", "").split("\n")[0]


def _explorer(kind: str, views: list[View], data: object) -> str:
    pictures = "".join(f'<div class="picture">{view.svg}</div>' for view in views)
    return (f'<div class="explorer" data-explorer="{kind}"><div class="views">{pictures}</div>'
            f'<script type="application/json">{in_script(data)}</script></div>')


def _picture(cell: NotebookNode) -> NotebookNode | None:
    """Return the output that holds a still picture."""
    return next((output for output in cell.outputs
                 if any("data:image/svg" in text for text in strings_in(output.get("data", {})))), None)


def _asked(source: str, known: dict[str, object]) -> Iterator[tuple[str, list, dict[str, int]]]:
    """Yield (kind, its texts, its numbers by name) for each explorer whose model is the course's and all else known.

    Args:
        source: of the cell.
        known: {name: its value} as far as the cells so far write it; this cell's are added.
    """
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            known[statement.targets[0].id] = value_of(statement.value, known)
        for name, kind in KINDS.items():
            function = kind.function or f"explore_{name}"
            given = call_of(statement.value, function) if isinstance(statement, ast.Expr | ast.Assign) else None
            if given is None:
                continue
            named = {str(one.arg): value_of(one.value, known) for one in given.keywords}
            places = {key: number for key, number in named.items() if key in kind.keywords and isinstance(number, int)}
            texts = _texts(kind, [value for one in given.args for value in values_of(one, known)])
            if texts is not None and places == named:
                yield name, texts, places


def _texts(kind: Kind, values: list) -> list[str | None] | None:
    """Return the texts that an explorer is given, if its model is the course's and the texts are known."""
    if kind.of_training:
        names = [one[1] if isinstance(one, tuple) and one[0] == "training" else one for one in values or ["translator"]]
        return names if len(names) == 1 and isinstance(names[0], str) else None
    if not kind.model:
        return [] if not values else None
    if kind.of_record and len(values) == 1 and isinstance(values[0], Run):
        values = [values[0].model, *values[0].texts]
    model, texts = values[:1], values[1:]
    are_known = len(texts) in (1, 2) and isinstance(texts[0], str) and isinstance(texts[-1], str | None)
    return texts if are_known and isinstance(model[0], tuple) and model[0] in COURSE[kind.model] else None
