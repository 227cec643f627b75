"""The page's pictures of one attention cell, of an edited query and of positions: the Python views' own strings."""

import base64
import json
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from helpers.heads import describe_heads
from helpers.models.edit import edit_query
from helpers.page.views import page_theme, page_words
from helpers.text import language
from helpers.views import view_edited_query, view_neurons, view_positions
from helpers.views.neurons.shown import select

from .page_site import HELPERS, open_model

VIEWS = HELPERS / "page" / "views"
TEXTS = (("The animal didn't cross the street because it was too tired.", None), ("a", None),
         ("今天天气很好。", "我们去公园吧！"), ("[MASK] 燕子 [SEP]", None),
         ("<script>&\"'</script>", "\u202e\u200bé ﷺ שלום"), ("tea " * 12, "茶" * 20),
         ("tea " * 40, "茶" * 40), ("茶" * 20, None))
DRESS = """async theme => {
    const [{ Tensor }, trace, heads] = await Promise.all(
        ["tensors", "trace", "heads"].map(name => import(`/page/${name}.mjs`)));
    const views = await Promise.all(["neurons", "query", "positions", "theme", "words"]
        .map(name => import(`/page/views/${name}.mjs`)));
    globalThis.views = Object.assign({}, ...views, { tell: views[4].speak });
    Object.assign(globalThis, { Tensor, cells: { ...trace, ...heads } });
    globalThis.views.dress(theme);
}"""
DRAW = """([words, asked]) => {
    views.tell(JSON.parse(words));
    const records = new Map(), read = ({ bytes, shape }) => {
        const all = Uint8Array.from(atob(bytes), one => one.charCodeAt(0));
        return new Tensor(new Float64Array(all.buffer), shape);
    };
    return asked.map(({ text, place, edit, cell, sizes }) => {
        if (sizes) return views.viewPositions(sizes).svg;
        if (text && !records.has(String(text))) records.set(String(text), bert.run(...text));
        if (cell) cell.steps = Object.fromEntries(Object.entries(cell.steps).map(([name, one]) => [name, read(one)]));
        const shown = cell ?? cells.cellOf(records.get(String(text)), place);
        if (!edit) return views.viewNeurons(shown).svg;
        return views.viewEditedQuery(shown, cells.editQuery(shown.steps, ...edit)).svg;
    });
}"""


@pytest.fixture(scope="module")
def open_page(browser: Browser) -> Iterator:
    """A function that opens a page with model, trace and pictures, changed by `edit`."""
    pages = []

    def open_one(edit=lambda source: source) -> Page:
        page = open_model(browser, "bert", "loadBert", "course-bert", edit)
        pages.append(page)
        page.evaluate(DRESS, page_theme())
        return page

    yield open_one
    for page in pages:
        page.close()


def draw(page: Page, asked: list[dict]) -> list[str]:
    """Return what the page draws for each thing asked, in the chosen language."""
    return page.evaluate(DRAW, [json.dumps(page_words(language())), asked])


def plain(cell) -> dict:
    """Return a cell as the page's plain object."""
    names = {"dot_products": "dotProducts", "weighted_values": "weightedValues", "attention_output": "attentionOutput",
             "residual_sum": "residualSum"}
    steps = {names.get(name, name): tensor(value[cell.token] if name == "inputs" else value)
             for name, value in vars(cell.steps).items()}
    return {"tokens": cell.record.tokens, "modelName": cell.record.model_name, "nHeads": cell.record.n_heads,
            "dHead": cell.record.d_head, "token": cell.token, "layer": cell.layer, "head": cell.head, "key": cell.key,
            "bound": cell.bound, "changed": cell.changed, "steps": steps}


def tensor(numbers) -> dict:
    """Return numbers as a page receives them: bytes and a shape."""
    array = np.ascontiguousarray(numbers.detach().double())
    return {"bytes": base64.b64encode(array.tobytes()).decode(), "shape": list(array.shape)}


def places(record) -> list[tuple[int, int, int, int | None]]:
    """Return some (token, layer, head, key) of a record."""
    last = record.n_tokens - 1
    return [(0, 0, 0, None), (last, 3, 5, 0), (min(1, last), 1, 3, None), (last // 2, 2, 4, last)]


EDITS = ((0, 0.0), (31, -10.0), (7, 2.5), (16, 10.0))


def with_edits(asked: list[dict]) -> list[dict]:
    """Return what is asked, with a number of the query moved."""
    return [one | {"edit": edit} for one, edit in zip(asked, EDITS, strict=True)]


def drawn(record) -> list[str]:
    """Return Python's neuron views of some places."""
    return [view_neurons(record, *place[:3], key=place[3]).svg for place in places(record)]


def edited(record) -> list[str]:
    """Return Python's views of edited queries at these places."""
    return [view_edited_query(record, *place[:3], neuron=neuron, change=change).svg
            for place, (neuron, change) in zip(places(record), EDITS, strict=True)]


@pytest.fixture(scope="module")
def records(course_bert) -> list:
    """Runs of ordinary and odd texts, one of them changed on its way."""
    return [*(course_bert.run(*text) for text in TEXTS), course_bert.run("I like tea.", hidden_tokens=[1]),
            course_bert.run("I like tea.", temperature=3)]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_same_numbers_are_the_same_string(open_page, records, code):
    language(code)
    page = open_page()
    for record in records:
        asked = [{"cell": plain(select(record, *place))} for place in places(record)]
        assert draw(page, asked) == drawn(record)
        assert draw(page, with_edits(asked)) == edited(record)


def test_the_page_computes_what_it_draws(open_page, course_bert):
    page = open_page()
    for text in TEXTS:
        record = course_bert.run(*text)
        asked = [{"text": text, "place": dict(zip(("token", "layer", "head", "key"), place, strict=True))}
                 for place in places(record)]
        assert draw(page, asked) == drawn(record)
        assert draw(page, with_edits(asked)) == edited(record)


def test_an_edited_row_is_pythons(open_page, course_bert):
    page = open_page()
    steps = select(course_bert.run("I like tea."), 1, 2, 3, None).steps
    for neuron, change in EDITS:
        found = page.evaluate("""([neuron, change]) => {
            const cell = cells.cellOf(bert.run("I like tea."), { token: 1, layer: 2, head: 3 });
            return Array.from(cells.editQuery(cell.steps, neuron, change).weights.data);
        }""", [neuron, change])
        assert found == pytest.approx(edit_query(steps, neuron, change).weights.tolist(), abs=1e-9)


SIZES = [(length, width, base, pair) for length, width, base, pair in (
    (50, 64, 10_000, (3, 10)), (2, 2, 10, (0, 1)), (128, 256, 1_000_000, (127, 0)), (7, 8, 100, (4, 4)),
    (100, 16, 1000, (50, 53)), (33, 32, 100_000, (32, 31)), (12, 4, 10, (5, 6)))]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_positions_are_the_same_string(open_page, code):
    language(code)
    sizes = [{"length": length, "dModel": width, "base": base, "pair": pair} for length, width, base, pair in SIZES]
    drawn = draw(open_page(), [{"sizes": one} for one in sizes])
    for (length, width, base, pair), svg in zip(SIZES, drawn, strict=True):
        assert svg == view_positions(length, width, base=base, pair=pair).svg, (length, width, base, pair)


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_heads_caption_is_pythons(open_page, records, course_bert, code):
    language(code)
    page = open_page()
    for text in (*TEXTS, ("<2zh> hi [UNK] 😀", "...!")):
        summary = describe_heads(course_bert.run(*text))
        found = page.evaluate("""([words, text]) => {
            views.tell(JSON.parse(words));
            const captions = cells.captionsOf(bert.run(...text));
            return captions;
        }""", [json.dumps(page_words(code)), text])
        assert found == [[summary.caption(layer, head) for head in range(6)] for layer in range(4)], text


BREAKS = {"a column": ("neurons", "NUMBER = 56", "NUMBER = 57"), "a shade": ("neurons", "FULL = 0.97", "FULL = 0.9"),
          "a number": ("neurons", "rounded(one, 2), 2)", "one, 2)"), "a bar": ("query", "BAR = 220", "BAR = 221"),
          "a hand": ("positions", "DIAL - 4 - 6", "DIAL - 4 - 7"), "a step": ("svg", "[1, 2, 5]", "[1, 2, 4]")}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_picture_is_caught(open_page, records, broken):
    name, was, now = BREAKS[broken]
    assert (VIEWS / f"{name}.mjs").read_text(encoding="utf-8").count(was) == 1
    page, same = open_page(lambda source: source.replace(was, now)), []
    for record in records[:3]:
        cells = [{"cell": plain(select(record, *place))} for place in places(record)]
        same += [draw(page, cells) == drawn(record), draw(page, with_edits(cells)) == edited(record)]
    sizes = [dict(zip(("length", "dModel", "base", "pair"), one, strict=True)) for one in SIZES]
    same.append(draw(page, [{"sizes": one} for one in sizes])
                == [view_positions(*one[:2], base=one[2], pair=one[3]).svg for one in SIZES])
    assert not all(same)


TRACE_BREAKS = {"the bound": ("BOUND = -12", "BOUND = -17"), "the scale": ("sum / Math.sqrt(dHead)", "sum / dHead"),
                "the cut": ("head * dHead, (head + 1)", "0, 1")}


@pytest.mark.parametrize("broken", TRACE_BREAKS)
def test_a_broken_trace_is_caught(open_page, course_bert, broken):
    was, now = TRACE_BREAKS[broken]
    assert was in (HELPERS / "page" / "trace.mjs").read_text(encoding="utf-8")
    page = open_page(lambda source: source.replace(was, now))
    asked = {"text": TEXTS[0], "place": {"token": 1, "layer": 1, "head": 3, "key": None}}
    assert draw(page, [asked]) != [view_neurons(course_bert.run(*TEXTS[0]), 1, 1, 3).svg]
