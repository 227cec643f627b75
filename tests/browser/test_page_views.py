"""The page's pictures are the Python views' own: the same string for the same numbers."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import helpers.page.views as page_views
from helpers.interventions import Comparison, compare
from helpers.models import AttentionRecord, TrainingRecord, load_training, load_translator
from helpers.models.translation import Step, TranslationRecord
from helpers.page.views import page_theme, page_words
from helpers.text import language
from helpers.views import view_beams, view_birth, view_change, view_heads, view_model, view_translation
from tests.translation_records import beams as made_beams
from tests.translation_records import record as made_translation

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
            window.modules = Object.assign({}, ...await Promise.all(
                ["words", "theme", "heads", "head_rows", "translation", "model", "change", "beams", "birth"]
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
    if isinstance(record, Comparison):
        masks = [vars(mask) for mask in record.masks]
        return {"before": {"tokens": record.before.tokens, "modelName": record.before.model_name}, "masks": masks,
                "after": {"tokens": record.after.tokens}, "moved": tensor(record.moved), "words": record.words,
                "text": record.text}
    if isinstance(record, TrainingRecord):
        heads = {kind: {"data": shares.flatten().tolist(), "shape": list(shares.shape)}
                 for kind, shares in record.heads.items()}
        return {"steps": record.steps, "texts": [{"parts": text.parts} for text in record.texts], "heads": heads,
                "figures": record.figures}
    if isinstance(record, TranslationRecord):
        steps = [{**vars(step), "candidates": step.candidates} for step in record.steps]
        beams = [[{"tokens": path.tokens, "tokenIds": path.token_ids, "score": path.score, "parent": path.parent,
                   "fate": path.fate} for path in step] for step in record.beams]
        return {"beams": beams, "targetIds": record.target_ids, "text": record.text,
                "sourceTokens": record.source_tokens, "targetTokens": record.target_tokens, "steps": steps,
                "crossWeights": tensor(record.cross_weights), "taughtHead": record.taught_head,
                "modelName": record.model_name}
    return {"tokens": record.tokens, "segmentIds": record.segment_ids, "sentenceBStart": record.sentence_b_start,
            "weights": tensor(record.weights), "modelName": record.model_name, "keyTokens": record.key_tokens}


def draw(page, name, record, choices):
    """Return what the page draws for each choice, in the chosen language."""
    return page.evaluate("""([words, name, record, choices]) => {
        modules.speak(JSON.parse(words));
        for (const part of ["weights", "crossWeights", "moved"]) if (record[part]) {
            const bytes = Uint8Array.from(atob(record[part].bytes), one => one.charCodeAt(0));
            record[part].data = new Float64Array(bytes.buffer);
        }
        return choices.map(choice => modules[name](record, choice).svg);
    }""", [json.dumps(page_words(language())), name, plain(record), choices])


def head_choices(record):
    """Return choices of a head view: layers, heads, filters, thresholds, queries."""
    choices = [{"layer": layer, "heads": heads} for layer in (0, record.n_layers - 1) for heads in (None, 0, [1, 3])]
    choices += [{"layer": 1, "heads": 2, "threshold": threshold} for threshold in (0, 0.125, 1e-5, 1)]
    choices += [{"layer": 1, "heads": heads, "query": record.n_tokens - 1} for heads in (None, 5)]
    choices += [{"layer": 1, "heads": heads, "across": True, "query": query} for heads in (None, 5)
                for query in (None, record.n_tokens - 1)]
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
        drawn = draw(page, "viewHeadsEitherWay", record, choices)
        for choice, svg in zip(choices, drawn, strict=True):
            assert svg == view_heads(record, **choice).svg, (record.tokens, choice)


# the translation view

TRANSLATED = ("I am a student.", "我喜欢喝茶。", "The animal didn't cross the street because it was too tired.", "學生",
              "<script>&\"'</script>", "\u202e\u200bé ﷺ שלום 😀",
              "I paid 35 dollars for 2.5 kilos of tea on May 7.", "好不好？燕子，你要开心，你要幸福，好不好？" * 2)
CHANGED = ({}, {"beam": 4, "prefix": "他"}, {"prefix": "我", "heads_off": [(1, 0)], "temperature": 0.3}, {"seed": 1,
           "temperature": 2})
TRANSLATION_BREAKS = {"a space": ("SPACE = 74", "SPACE = 75"), "an order": ("one - other)", "other - one)"),
                      "a rounding": ("fixed(probability, 3)", "fixed(probability, 2)")}


@pytest.fixture(scope="module")
def translations():
    """Records of translations, ordinary and odd ones."""
    translator = load_translator("course")
    records = [translator.translate(text) for text in TRANSLATED]
    records += [translator.translate("She doesn't want to go home.", **changes) for changes in CHANGED]
    unlikely = Step("把", 0.0005, (("我", 0.9), ("它", 0.05)), forced=True)
    names = "<2zh>", "</script>", " ", "\ufeff", "supercalifragilisticexpialidocious", "a\x07"
    odd = made_translation(source=names * 9)
    return [*records, made_translation(taught_head=None, model_name=""), replace(odd, steps=(unlikely, *odd.steps[1:]))]


def translation_choices(record):
    """Return choices of a translation view: every step, some layers, heads and thresholds."""
    last = record.n_layers - 1
    places = [{}, {"layer": 0}, {"layer": last, "head": record.n_heads - 1}, {"head": "mean", "threshold": 0.125},
              {"layer": 0, "head": 0, "threshold": 0}]
    return [{"step": step, **places[step % len(places)]} for step in range(len(record.steps))] + [
        *places, {"step": 0, "threshold": 1}, {"step": 0, "head": 1, "threshold": 1e-5}]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_translation_views_are_the_same_string(open_page, translations, code):
    language(code)
    page = open_page()
    for record in translations:
        choices = translation_choices(record)
        for choice, svg in zip(choices, draw(page, "viewTranslation", record, choices), strict=True):
            assert svg == view_translation(record, **choice).svg, (record.source_tokens, choice)


@pytest.mark.parametrize("broken", TRANSLATION_BREAKS)
def test_a_broken_translation_view_is_caught(open_page, translations, broken):
    was, now = TRANSLATION_BREAKS[broken]
    assert was in (MODULES / "translation.mjs").read_text(encoding="utf-8")
    page = open_page(lambda source: source.replace(was, now))
    drawn = [draw(page, "viewTranslation", record, translation_choices(record)) for record in translations]
    assert drawn != [[view_translation(record, **choice).svg for choice in translation_choices(record)]
                     for record in translations]


# the beam tree

BEAM_BREAKS = {"a band": ("STEPS_IN_A_BAND = 12", "STEPS_IN_A_BAND = 8"), "the winner": ("every((id", "some((id")}


@pytest.fixture(scope="module")
def searches():
    """Records of beam searches, short and long, and one without a winner in its tree."""
    translator = load_translator("course")
    beams = (4, 2, 3, 4, 4, 2, 4, 3)
    records = [translator.translate(text, beam=beam) for text, beam in zip(TRANSLATED, beams, strict=True)]
    return [*records, made_translation(beams=made_beams()), made_translation(beams=made_beams()[:2], model_name="")]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_beam_trees_are_the_same_string(open_page, searches, code):
    language(code)
    page = open_page()
    for record in searches:
        assert draw(page, "viewBeams", record, [{}]) == [view_beams(record).svg], record.source_tokens


@pytest.mark.parametrize("broken", BEAM_BREAKS)
def test_a_broken_beam_tree_is_caught(open_page, searches, broken):
    was, now = BEAM_BREAKS[broken]
    assert (MODULES / "beams.mjs").read_text(encoding="utf-8").count(was) == 1
    page = open_page(lambda source: source.replace(was, now))
    assert any(draw(page, "viewBeams", record, [{}]) != [view_beams(record).svg] for record in searches)


# the model view

MODEL_BREAKS = {"a margin": ("across - 10", "across - 20"), "a code": ("<= depths[other]", "< depths[other]"),
                "a shade": ("LEVELS * Math.sqrt", "LEVELS * Math.cbrt"),
                "a word": ('"model_view.spread"', '"model_view.name"')}


def model_choices(record):
    """Return choices of a model view: filters, captions, a chosen head."""
    words = ("looks back", "看前一个词", "", "a very long caption that has to be cut in the end", "<b>")
    captions = [[words[(layer + head) % len(words)] for head in range(record.n_heads)]
                for layer in range(record.n_layers)]
    filters = () if record.sentence_b_start is None else ("a-a", "a-b", "b-a", "b-b")
    return [{}, {"chosen": (record.n_layers - 1, 0)}, {"captions": captions, "chosen": (0, record.n_heads - 1)},
            *({"filter": filter} for filter in filters)]


def made_record(n_tokens, n_layers, n_heads, n_keys=None):
    """Return a record of random weights, sharp and broad heads; of cross-attention where the keys are others."""
    dice = np.random.default_rng(n_tokens + n_layers)
    scores = dice.normal(size=(n_layers, n_heads, n_tokens, n_keys or n_tokens))
    scores *= dice.integers(1, 9, (n_layers, n_heads, 1, 1))
    weights = np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)
    return AttentionRecord.of(weights, [f"t{place}" for place in range(n_tokens)], name="made",
                              key_tokens=n_keys and [f"k{place}" for place in range(n_keys)],
                              sentence_b_start=None if n_keys else n_tokens // 2)


@pytest.fixture(scope="module")
def grids(records, translations):
    """Records of one and of many tokens, layers and heads; long ones, where a cell stands for a block."""
    sizes = ((2, 1, 1), (9, 2, 8), (33, 3, 12), (65, 2, 3), (200, 4, 6), (24, 12, 16), (12, 2, 4, 30))
    return [*records, *(made_record(*size) for size in sizes), translations[0].cross, translations[2].encoder,
            translations[2].decoder]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_model_views_are_the_same_string(open_page, grids, code):
    language(code)
    page = open_page()
    for record in grids:
        choices = [*model_choices(record), {"columns": [f"<column> {number}" for number in range(record.n_heads)]}]
        for choice, svg in zip(choices, draw(page, "viewModel", record, choices), strict=True):
            assert svg == view_model(record, **choice).svg, (record.tokens, choice)


@pytest.mark.parametrize("broken", MODEL_BREAKS)
def test_a_broken_model_view_is_caught(open_page, grids, broken):
    was, now = MODEL_BREAKS[broken]
    assert any(was in file.read_text(encoding="utf-8") for file in MODULES.glob("*.mjs"))
    page = open_page(lambda source: source.replace(was, now))
    assert any(svg != view_model(record, **choice).svg for record in grids for choice, svg
               in zip(model_choices(record), draw(page, "viewModel", record, model_choices(record)), strict=True))


# the view of a change

CHANGES = ({}, {"heads_off": [(0, 0), (3, 1), (3, 5)]}, {"hidden_tokens": [1]}, {"positions": "none", "temperature": 2},
           {"heads_off": [(layer, head) for layer in range(4) for head in range(6)]}, {"temperature": 0.001})
CHANGED_TEXTS = (("我[MASK]你。", None), ("Tom likes [MASK] and [MASK].", "[MASK] 很好。"), ("[MASK]" * 8, None),
                 ("I like tea.", None),
                 ("今天天气很好。", "我们去公园吧！"), ("tea " * 20, None), ("tea " * 40, None),
                 ("茶" * 90, None), ("</b>\u202eé שלום 😀", None))
CHANGE_BREAKS = {"a bar": ("BAR = 130", "BAR = 131"), "a sign": ('"+" : ""', '"" : ""'),
                 "a column": ("COLUMN = 56", "COLUMN = 55")}


@pytest.fixture(scope="module")
def comparisons(course_bert):
    """Comparisons of texts with and without [MASK], of every length of list and map."""
    return [(text, changes) for text in CHANGED_TEXTS for changes in CHANGES]


@pytest.mark.parametrize("code", ["en", "zh"])
def test_views_of_a_change_are_the_same_string(open_page, course_bert, comparisons, code):
    language(code)
    page = open_page()
    for text, changes in comparisons:
        comparison = compare(course_bert, *text, **changes)
        assert draw(page, "viewChange", comparison, [{}]) == [view_change(comparison).svg], (text, changes)


@pytest.mark.parametrize("broken", CHANGE_BREAKS)
def test_a_broken_view_of_a_change_is_caught(open_page, course_bert, comparisons, broken):
    was, now = CHANGE_BREAKS[broken]
    assert (MODULES / "change.mjs").read_text(encoding="utf-8").count(was) == 1
    page = open_page(lambda source: source.replace(was, now))
    made = [compare(course_bert, *text, **changes) for text, changes in comparisons[::5]]
    assert any(draw(page, "viewChange", one, [{}]) != [view_change(one).svg] for one in made)


# what formed when

BIRTH_BREAKS = {"a panel": ("WIDTH = 229", "WIDTH = 228"), "a scale": ("Math.log1p(step)", "Math.sqrt(step)"),
                "an order": ('"induction", "previous"', '"previous", "induction"'),
                "the top": ("Math.ceil", "Math.floor")}


def birth_choices(training):
    """Return every step, each with another head."""
    _, n_layers, n_heads = next(iter(training.heads.values())).shape
    return [{"step": step, "layer": place % n_layers, "head": place % n_heads}
            for place, step in enumerate(training.steps)]


@pytest.mark.parametrize("name", ["bert", "translator", "gpt"])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_pictures_of_a_training_are_the_same_string(open_page, name, code):
    language(code)
    training = load_training(name)
    choices = birth_choices(training)
    assert draw(open_page(), "viewBirth", training, choices) == [view_birth(training, **one).svg for one in choices]


@pytest.mark.parametrize("broken", BIRTH_BREAKS)
def test_a_broken_picture_of_a_training_is_caught(open_page, broken):
    was, now = BIRTH_BREAKS[broken]
    assert was in (MODULES / "birth.mjs").read_text(encoding="utf-8")
    page, training = open_page(lambda source: source.replace(was, now)), load_training("gpt")
    choices = birth_choices(training)
    assert draw(page, "viewBirth", training, choices) != [view_birth(training, **one).svg for one in choices]


# a twin that lies is caught

@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_picture_is_caught(open_page, records, broken):
    was, now = BREAKS[broken]
    assert any(was in file.read_text(encoding="utf-8") for file in MODULES.glob("*.mjs"))
    page = open_page(lambda source: source.replace(was, now))
    drawn = [draw(page, "viewHeadsEitherWay", record, head_choices(record)) for record in records]
    assert drawn != [[view_heads(record, **choice).svg for choice in head_choices(record)] for record in records]
