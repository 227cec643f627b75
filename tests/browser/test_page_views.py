"""The page's pictures are the Python views' own: the same string for the same numbers."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest

import helpers.page.views as page_views
from helpers.page.views import page_theme, page_words
from helpers.text import language
from helpers.views import view_heads

MODULES = Path(page_views.__file__).parent
ADDRESS = "http://page.test/"
TEXTS = (("The animal didn't cross the street because it was too tired.", None), ("a", None),
         ("今天天气很好。", "我们去公园吧！"), ("I have a red umbrella.", "I love you."), ("[MASK] 燕子 [SEP]", None),
         ("<script>&\"'</script>", "\u202e\u200bé ﷺ שלום"), ("茶很香，我喜欢喝茶。", None), ("tea " * 12, "茶" * 20),
         ("supercalifragilisticexpialidocious", "😀 ＡＢＣ １２３"))
BREAKS = {"a margin": ("MARGIN = 20", "MARGIN = 21"), "rounding to even": ("isTie && ", "false && "),
          "a label": ('"views.asks"', '"views.answers"')}


@pytest.fixture(scope="module")
def open_page(browser):
    """A function that opens a page with the pictures' modules, changed by `edit`; nothing else is reachable."""
    pages = []

    def open_one(edit=lambda source: source):
        page = browser.new_page()
        pages.append(page)

        def answer(route):
            file = MODULES / route.request.url.removeprefix(ADDRESS)
            if file.suffix == ".mjs":
                route.fulfill(body=edit(file.read_text(encoding="utf-8")), content_type="text/javascript")
            else:
                route.fulfill(body="<!DOCTYPE html><meta charset=utf-8>", content_type="text/html")

        page.route("**/*", answer)
        page.goto(ADDRESS)
        page.evaluate("""async theme => {
            window.modules = Object.assign({}, ...await Promise.all(["words", "theme", "heads"]
                .map(name => import(`/${name}.mjs`))));
            modules.dress(theme);
        }""", page_theme())
        return page

    yield open_one
    for page in pages:
        page.close()


def tensor(weights):
    """Return numbers as a page receives them: bytes and a shape."""
    array = np.ascontiguousarray(weights.detach().double())
    return {"bytes": base64.b64encode(array.tobytes()).decode(), "shape": list(array.shape)}


def plain(record):
    """Return a record as the page's plain object."""
    return {"tokens": record.tokens, "segmentIds": record.segment_ids, "sentenceBStart": record.sentence_b_start,
            "weights": tensor(record.weights), "modelName": record.model_name}


def draw(page, name, record, choices):
    """Return what the page draws for each choice, in the chosen language."""
    return page.evaluate("""([words, name, record, choices]) => {
        modules.speak(JSON.parse(words));
        const { bytes, shape } = record.weights;
        const data = new Float64Array(Uint8Array.from(atob(bytes), one => one.charCodeAt(0)).buffer);
        return choices.map(choice => modules[name]({ ...record, weights: { data, shape } }, choice).svg);
    }""", [json.dumps(page_words(language())), name, plain(record), choices])


def head_choices(record):
    """Return choices of a head view: layers, heads, filters, thresholds, queries."""
    choices = [{"layer": layer, "heads": heads} for layer in (0, record.n_layers - 1) for heads in (None, 0, [1, 3])]
    choices += [{"layer": 1, "heads": 2, "threshold": threshold} for threshold in (0, 0.125, 1e-5, 1)]
    choices += [{"layer": 1, "heads": heads, "query": record.n_tokens - 1} for heads in (None, 5)]
    if record.sentence_b_start is not None:
        choices += [{"layer": 2, "heads": heads, "filter": filter} for filter in ("a-a", "a-b", "b-a", "b-b")
                    for heads in (None, 4)]
    return choices


@pytest.fixture(scope="module")
def records(course_bert):
    """Records of ordinary and odd texts, of tokens and of words."""
    runs = [course_bert.run(*text) for text in TEXTS]
    return [*runs, *(record.words() for record in runs)]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_head_views_are_the_same_string(open_page, records, code):
    language(code)
    page = open_page()
    for record in records:
        choices = head_choices(record)
        drawn = draw(page, "viewHeads", record, choices)
        for choice, svg in zip(choices, drawn, strict=True):
            assert svg == view_heads(record, **choice).svg, (record.tokens, choice)


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_picture_is_caught(open_page, records, broken):
    was, now = BREAKS[broken]
    assert any(was in file.read_text(encoding="utf-8") for file in MODULES.glob("*.mjs"))
    page = open_page(lambda source: source.replace(was, now))
    drawn = [draw(page, "viewHeads", record, head_choices(record)) for record in records]
    assert drawn != [[view_heads(record, **choice).svg for choice in head_choices(record)] for record in records]
