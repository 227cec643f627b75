"""The translator of the page is the Python package's: the same tokens, weights, candidates, searches and refusals."""

import base64
import json
from collections.abc import Iterator

import numpy as np
import pytest
from page_texts import BAD, TRADITIONAL, TRANSLATED
from playwright.sync_api import Browser, Page

from helpers.models import load_translator
from helpers.models.translation import BeamPath, Step, TranslationRecord
from helpers.page.data import strings
from helpers.text import CourseError, language

from .page_site import open_model

TOLERANCE = 1e-4
WEIGHTS = ("encoder_weights", "decoder_weights", "cross_weights")
TRANSLATE = """(asked) => {
    const bytes = ({ data }) => {
        const all = new Uint8Array(data.buffer, data.byteOffset, data.byteLength), parts = [];
        for (let at = 0; at < all.length; at += 8192) parts.push(String.fromCharCode(...all.subarray(at, at + 8192)));
        return btoa(parts.join(""));
    };
    return JSON.parse(asked).map(([text, options, weights]) => {
        try {
            const { encoderWeights, decoderWeights, crossWeights, ...record } = translator.translate(text, options);
            const shown = { encoderWeights, decoderWeights, crossWeights };
            for (const name of weights) record[name] = { shape: shown[name].shape, bytes: bytes(shown[name]) };
            return record;
        } catch (error) { if (!error.key) throw error; return { key: error.key, message: error.message }; }
    });
}"""
SAME = ("text", "source_text", "target", "source_tokens", "source_ids", "target_tokens", "target_ids", "decoder_tokens",
        "taught_head", "model_name", "notices", "key", "message")


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that has loaded the course translator as `translator`."""
    page = open_model(browser, "translator", "loadTranslator", "course-translator")
    yield page
    page.close()


@pytest.fixture(scope="module")
def translator():
    """The same model in Python, in float64."""
    return load_translator("course")


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _in_page(page: Page, asked: list[tuple], weights: tuple[str, ...] = ()) -> list[dict]:
    """Return what the page makes of each (text, options), under Python's names, weights as arrays."""
    names = list(map(_camel, weights))
    found = page.evaluate(TRANSLATE, json.dumps([[text, options, names] for text, options in asked]))
    snake = {_camel(name): name for name in (*SAME, *WEIGHTS, "steps", "beams", "log_probability")}
    records = [{snake[name]: value for name, value in record.items()} for record in found]
    for record in records:
        for name in weights if "text" in record else ():
            numbers = np.frombuffer(base64.b64decode(record[name]["bytes"]))
            record[name] = numbers.reshape(record[name]["shape"])
    return records


def _in_python(translator, text: object, **options) -> TranslationRecord | CourseError:
    try:
        return translator.translate(text, **options)
    except CourseError as error:
        return error


def _plain(one: TranslationRecord | CourseError, name: str) -> object:
    """Return a field as JSON has it; None for one that is not there."""
    if isinstance(one, CourseError):
        return {"key": one.key, "message": str(one)}.get(name)
    value = getattr(one, name, None)
    return list(value) if isinstance(value, tuple) else value


def _furthest(here: dict, there: TranslationRecord, names: tuple[str, ...] = WEIGHTS) -> float:
    """Return the largest difference of weights that were computed twice."""
    for name in names:
        assert here[name].shape == tuple(getattr(there, name).shape), name
    return max(np.abs(here[name] - getattr(there, name).numpy()).max() for name in names)


def _same_steps(here: list[dict], there: tuple[Step, ...]) -> None:
    for one, other in zip(here, there, strict=True):
        assert (one["token"], one["forced"]) == (other.token, other.forced)
        assert one["probability"] == pytest.approx(other.probability, abs=TOLERANCE)
        likely = sum(p > 0 for _, p in other.candidates)          # below the least float there is no order
        assert [token for token, _ in one["candidates"]][:likely] == [token for token, _ in other.candidates][:likely]
        assert [p for _, p in one["candidates"]] == pytest.approx([p for _, p in other.candidates], abs=TOLERANCE)


def _same_beams(here: list[list[dict]], there: tuple[tuple[BeamPath, ...], ...]) -> None:
    assert [len(paths) for paths in here] == [len(paths) for paths in there]
    for one, other in zip(sum(here, []), sum(there, ()), strict=True):
        assert (one["tokens"], one["tokenIds"], one["parent"], one["fate"]) \
            == (list(other.tokens), list(other.token_ids), other.parent, other.fate)
        assert (one["logProbability"], one["score"]) == pytest.approx((other.log_probability, other.score), abs=1e-6)


def _same(here: dict, there: TranslationRecord) -> None:
    """Refuse any difference between two records."""
    for name in SAME:
        assert here.get(name) == _plain(there, name), name
    assert here["log_probability"] == pytest.approx(there.log_probability, abs=TOLERANCE)
    _same_steps(here["steps"], there.steps)
    _same_beams(here["beams"], there.beams)
    assert _furthest(here, there) < TOLERANCE


# every text, greedily

TEXTS = (*TRANSLATED, *TRADITIONAL.split("|"), *BAD)


@pytest.fixture(scope="module")
def twins(page: Page, translator) -> dict[str, tuple[dict, TranslationRecord | CourseError]]:
    """What the page and what Python made of each text."""
    language("en")
    found = _in_page(page, [(text, {}) for text in TEXTS], ("cross_weights",))
    return {text: (here, _in_python(translator, text)) for here, text in zip(found, TEXTS, strict=True)}


def test_enough_texts_of_both_directions(twins):
    for target in ("zh", "en"):
        assert sum(twins[text][1].target == target for text in TRANSLATED) >= 100
    assert sum(isinstance(there, CourseError) for _, there in twins.values()) >= 10


@pytest.mark.parametrize("name", SAME)
def test_every_text_is_translated_alike(twins, name):
    unequal = {text: (here.get(name), _plain(there, name)) for text, (here, there) in twins.items()
               if here.get(name) != _plain(there, name)}
    assert not unequal


def test_steps_and_their_candidates(twins):
    for here, there in twins.values():
        if "text" in here:
            _same_steps(here["steps"], there.steps)


def test_cross_weights(twins):
    differences = [_furthest(here, there, ("cross_weights",)) for here, there in twins.values() if "text" in here]
    assert len(differences) > 250
    assert max(differences) < TOLERANCE


# what a learner may ask for

ENGLISH, CHINESE = "She doesn't want to drink tea today.", "我们明天去北京看朋友。"
CHANGES = (
    {}, {"beam": 4}, {"beam": 1, "target": "zh"}, {"beam": 16}, {"beam": 2, "temperature": 0.3}, {"temperature": 1000},
    {"heads_off": [(1, 0)]}, {"heads_off": [(1, 0), (0, 5), (2, 2), (1, 0)]}, {"beam": 3, "heads_off": [(1, 0)]},
    {"heads_off": [(layer, head) for layer in range(3) for head in range(6)]},
    {"hidden_tokens": [3]}, {"hidden_tokens": 2}, {"hidden_tokens": "[SEP]"},
    {"hidden_tokens": [1, 2, "[SEP]"], "beam": 4}, {"seed": 0}, {"seed": 7, "temperature": 2},
    {"seed": 2**53 - 1, "temperature": 0.001}, {"seed": 5, "prefix": " "},
)
PREFIXES = {ENGLISH: ("我", "他 不想", "\u3000她\x1f", "她", "明天"),
            CHINESE: ("I", "we are", "  Tomorrow ", "They don't", "7:30")}


def _asked(options: dict) -> dict:
    """Return options as the page takes them."""
    return {_camel(name): value for name, value in options.items()}


@pytest.mark.parametrize("text", [ENGLISH, CHINESE])
def test_every_part_of_a_changed_translation(page, translator, text):
    prefixed = [{"prefix": prefix, **more} for prefix in PREFIXES[text] for more in ({}, {"beam": 4})]
    changes = [*CHANGES, *prefixed, {"prefix": PREFIXES[text][0], "hidden_tokens": [2], "heads_off": [(0, 1)]}]
    found = _in_page(page, [(text, _asked(options)) for options in changes], WEIGHTS)
    for here, options in zip(found, changes, strict=True):
        _same(here, translator.translate(text, **options))


def test_beam_search(page, translator):
    texts = TRANSLATED[::6]
    assert len(texts) >= 30
    for here, text in zip(_in_page(page, [(text, {"beam": 4}) for text in texts], WEIGHTS), texts, strict=True):
        _same(here, translator.translate(text, beam=4))


def test_the_direction_can_be_chosen(page, translator):
    asked = [(text, target) for text in (ENGLISH, CHINESE, "123") for target in ("zh", "en")]
    found = _in_page(page, [(text, {"target": target}) for text, target in asked], WEIGHTS)
    for here, (text, target) in zip(found, asked, strict=True):
        _same(here, translator.translate(text, target))


def test_chinese_is_spoken(page, translator):
    page.evaluate("async sentences => (await import('/page/model.mjs')).speak(sentences, 'zh')", strings())
    language("zh")
    asked = [(ENGLISH, {"hidden_tokens": ["tea"], "prefix": "他", "heads_off": [(1, 0), (1, 2)]}), ("學生", {}),
             (CHINESE, {"target": "zh", "temperature": 0.5, "seed": 3}), ("", {}), (CHINESE, {"prefix": "猫"})]
    found = _in_page(page, [(text, _asked(options)) for text, options in asked])
    page.evaluate("async sentences => (await import('/page/model.mjs')).speak(sentences, 'en')", strings())
    for here, (text, options) in zip(found, asked, strict=True):
        there = _in_python(translator, text, **options)
        assert (here.get("notices"), here.get("message")) == (_plain(there, "notices"), _plain(there, "message"))
        assert here.get("message") or here["notices"]


# what is refused

REFUSED = (
    {"beam": 0}, {"beam": 17}, {"beam": 2.5}, {"beam": 2, "seed": 1}, {"seed": -1}, {"seed": 0.5}, {"temperature": 0},
    {"temperature": 1001}, {"heads_off": 3}, {"heads_off": [(3, 0)]}, {"heads_off": [(0, 6)]}, {"hidden_tokens": [99]},
    {"hidden_tokens": "coffee"}, {"hidden_tokens": [0, -1]}, {"hidden_tokens": 0.5}, {"hidden_tokens": list(range(11))},
    {"prefix": "I am"}, {"prefix": "[SEP]"}, {"prefix": "他" * 128}, {"prefix": "😀" * 70}, {"prefix": 3},
)
ALSO_REFUSED = ({"heads": 1}, {"target": "fr"}, {"beam": "4"}, {"seed": "x"}, {"heads_off": [1]}, {"prefix": ["x"]})


@pytest.mark.parametrize("options", REFUSED, ids=repr)
def test_what_python_refuses_the_page_refuses_in_the_same_words(page, translator, options):
    there = _in_python(translator, ENGLISH, **options)
    (here,) = _in_page(page, [(ENGLISH, _asked(options))])
    assert here == {"key": _plain(there, "key"), "message": str(there)}


@pytest.mark.parametrize("options", ALSO_REFUSED, ids=repr)
def test_what_the_two_languages_write_otherwise_is_refused_for_the_same_reason(page, translator, options):
    (here,) = _in_page(page, [(ENGLISH, _asked(options))])
    assert here["key"] == _in_python(translator, ENGLISH, **options).key


@pytest.mark.parametrize("text", [3, None, ["a"], True])
def test_what_is_no_text_is_refused(page, translator, text):
    assert _in_page(page, [(text, {})])[0]["key"] == _in_python(translator, text).key == "translation.not_text"


# a twin that lies is caught

BREAKS = {
    "a query sees the next token": ("row % nQueries + 1", "row % nQueries + 2"),
    "a cached token forgets its place": ("first + place", "place"),
    "no length penalty": ("(5 + nTokens) / 6", "1"),
    "heads stay on": ("for (const head of headsOff)", "for (const head of [])"),
    "a hidden word is seen by the encoder": ("layer.apply(states, mask)", "layer.apply(states, () => {})"),
    "an embedding is not scaled": ("number * factor", "number"),
    "the other language may be written": ("this.pieces[source.target]", "this.pieces.en"),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_translator_is_caught(browser, translator, broken):
    was, now = BREAKS[broken]
    texts = ["I like tea.", "The animal didn't cross the street because it was too tired."]
    asked = [(text, options) for text in texts for options in (
        {}, {"beam": 4}, {"heads_off": [(1, 0)]}, {"hidden_tokens": [2]}, {"prefix": "我"})]
    times = []

    def edit(source: str) -> str:
        times.append(source.count(was))
        return source.replace(was, now)

    page = open_model(browser, "translator", "loadTranslator", "course-translator", edit)
    found = _in_page(page, [(text, _asked(options)) for text, options in asked], WEIGHTS)
    page.close()
    assert sum(times) == 1
    with pytest.raises(AssertionError):
        for here, (text, options) in zip(found, asked, strict=True):
            _same(here, translator.translate(text, **options))
