"""Importance in the page: the same scores as the Python package's, with its own way back through the model."""

import json

import pytest
from page_texts import EVERYDAY, PAIRS, SINGLE
from playwright.sync_api import Page

from helpers.heads import MEASURES, Importance, measure_importance
from helpers.models import Bert
from helpers.page.controls import packed_importance
from helpers.page.views import page_theme, page_words
from helpers.text import LANGUAGES, CourseError, language
from helpers.views import view_importance

TOLERANCE = 1e-8                                # of numbers that are 0.01 to 10; float64 on both sides
EVERY = 5                                       # of the everyday sentences, which are many
CHOICES = [(None, None), (0, None), (None, 5), (3, 1), (1, 4)]
MEASURE = """async (asked) => {
    const { measureImportance } = await import("/page/importance.mjs"), found = [];
    for (const [text, answer] of JSON.parse(asked)) {
        try {
            const one = await measureImportance(bert, text, answer);
            const { tokens, answer: chosen, probability, notices } = one;
            found.push({ tokens, answer: chosen, probability, notices,
                         scores: CHOICES.map(([layer, head]) => one.scores(layer, head)) });
        } catch (error) { if (!error.key) throw error; found.push({ key: error.key, message: error.message }); }
    }
    return found;
}""".replace("CHOICES", json.dumps(CHOICES))
DRAW = """async ([words, theme, records]) => {
    const [{ Importance }, { viewImportance }, { speak }, { dress }] = await Promise.all(
        ["importance", "views/importance", "views/words", "views/theme"].map((name) => import(`/page/${name}.mjs`)));
    speak(words);
    dress(theme);
    return JSON.parse(records).map((record) => CHOICES.map(([layer, head]) =>
        viewImportance(new Importance(record), { layer, head }).svg));
}""".replace("CHOICES", json.dumps(CHOICES))


def _masked() -> list[str]:
    """Return everyday sentences of both languages, a word of each behind [MASK]."""
    english = [text.split() for text in EVERYDAY["en"].replace("\n", "|").split("|")[::EVERY]]
    chinese = EVERYDAY["zh"].replace("\n", "|").split("|")[::EVERY]
    return [*(" ".join([words[0], "[MASK]", *words[2:]]) for words in english),
            *(f"{text[:2]}[MASK]{text[3:]}" for text in chinese)]


GIVEN = (*SINGLE, *(one for pair in PAIRS for one in pair), *_masked())
TEXTS = [("A [MASK] and a [MASK] are here with [MASK].", None),
         *((text, None) for text in GIVEN if "[MASK]" in text and text != "[MASK]"),
         ("I drink a cup of [MASK] every morning now.", "tea"), ("她妈妈每天晚上做米[MASK]。", "茶"),
         ("我 [MASK] 你 [UNK] 😀", "##s"), ("</script> & [MASK] [SEP]", "[MASK]"), ("[MASK] ￥３５", "5")]
REFUSED = [("I drink tea.", None), ("[MASK]", None), ("[SEP][MASK]", None), (" ", None), ("I [MASK] you.", "green tea"),
           ("我[MASK]你。", ""), ("好" * 41 + "[MASK]", None), ("好" * 200 + "[MASK]", None)]


@pytest.fixture(scope="module")
def measured(course_bert: Bert) -> list[Importance]:
    """What Python measures on each text."""
    return [measure_importance(course_bert, *asked) for asked in TEXTS]


@pytest.fixture(scope="module")
def twins(bert_page: Page, measured: list[Importance]) -> list[tuple[dict, Importance]]:
    """What the page and what Python measure."""
    return list(zip(bert_page.evaluate(MEASURE, json.dumps(TEXTS)), measured, strict=True))


def test_the_same_prediction_is_explained(twins):
    assert len(twins) >= 40 and any(there.record.notices for _, there in twins)
    for here, there in twins:
        assert here["tokens"] == list(there.tokens) and here["answer"] == there.answer
        assert here["notices"] == list(there.record.notices)
        assert here["probability"] == pytest.approx(there.probability, rel=TOLERANCE)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_pythons(twins, measure):
    for here, there in twins:
        for scores, choice in zip(here["scores"], CHOICES, strict=True):
            assert list(scores) == list(MEASURES)
            assert scores[measure] == pytest.approx(there.scores(*choice)[measure].tolist(), rel=TOLERANCE,
                                                    abs=TOLERANCE), (there.tokens, choice)


def test_what_python_refuses_the_page_refuses(bert_page, course_bert):
    for here, asked in zip(bert_page.evaluate(MEASURE, json.dumps(REFUSED)), REFUSED, strict=True):
        with pytest.raises(CourseError) as refused:
            view_importance(measure_importance(course_bert, *asked))
        assert here["key"] == refused.value.key
        assert here["message"].replace('"', "'") == str(refused.value).replace('"', "'")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_pictures_are_the_same_string(bert_page, measured, code):
    language(code)
    shown = measured[::4]
    records = json.dumps([packed_importance(one) for one in shown])
    for drawn, one in zip(bert_page.evaluate(DRAW, [page_words(code), page_theme(), records]), shown, strict=True):
        for svg, choice in zip(drawn, CHOICES, strict=True):
            assert svg == view_importance(one, *choice).svg, (one.tokens, choice)
