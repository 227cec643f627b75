"""The models of the page are the models of the Python package: the same tokens, weights, guesses and refusals."""

import json

import pytest
import torch
from page_texts import TEXTS
from playwright.sync_api import Page

from helpers.interventions import compare
from helpers.text import CourseError

TOLERANCE = 1e-4
RUN = """(asked) => JSON.parse(asked).map(([a, b, changes]) => {
    try {
        const record = bert.run(a, b, changes);
        const { tokens, tokenIds, segmentIds, sentenceBStart, spans, sentences, notices } = record;
        return { tokens, tokenIds, segmentIds, sentenceBStart, spans, sentences, notices, guesses: record.guesses(5),
                 weights: tokens.length <= 60 ? Array.from(record.weights.data) : null };
    } catch (error) { if (!error.key) throw error; return { key: error.key }; }
})"""
PARTS = """(asked) => {
    const [text, changes] = JSON.parse(asked), record = bert.run(text, null, changes);
    return Object.fromEntries(Object.entries(record).filter(([, value]) => value?.shape)
        .map(([name, value]) => [name, [value.shape, Array.from(value.data)]]));
}"""


def _python(bert, sentence_a: str, sentence_b: str | None) -> dict:
    """Return what Python makes of a text, in the page's form."""
    try:
        record = bert.run(sentence_a, sentence_b)
    except CourseError as error:
        return {"key": error.key}
    masked = "[MASK]" in record.tokens
    return {"tokens": list(record.tokens), "tokenIds": list(record.token_ids), "segmentIds": list(record.segment_ids),
            "sentenceBStart": record.sentence_b_start, "spans": [list(span) for span in record.spans],
            "sentences": list(record.sentences), "notices": list(record.notices), "weights": record.weights,
            "guesses": bert.fill_mask(sentence_a, sentence_b) if masked else []}


def _different(here: list[float], there: torch.Tensor) -> float:
    """Return the largest difference of numbers that were computed twice."""
    return (torch.tensor(here, dtype=torch.float64) - there.flatten()).abs().max().item()


@pytest.fixture(scope="module")
def twins(bert_page: Page, course_bert) -> list[tuple[dict, dict]]:
    """What the page and what Python made of each text."""
    found = bert_page.evaluate(RUN, json.dumps([[*text, {}] for text in TEXTS]))
    return [(here, _python(course_bert, *text)) for here, text in zip(found, TEXTS, strict=True)]


def test_enough_texts_of_both_kinds(twins):
    assert len(TEXTS) >= 200
    assert sum("key" in there for _, there in twins) >= 10
    assert sum(bool(there.get("guesses")) for _, there in twins) >= 10


@pytest.mark.parametrize("name", ["tokens", "tokenIds", "segmentIds", "sentenceBStart", "sentences", "notices", "spans",
                                  "key"])
def test_every_text_is_read_alike(twins, name):
    unequal = {text: (here.get(name), there.get(name)) for text, (here, there) in zip(TEXTS, twins, strict=True)
               if here.get(name) != there.get(name)}
    assert not unequal


def test_weights(twins):
    differences = [_different(here["weights"], there["weights"]) for here, there in twins if here.get("weights")]
    assert len(differences) > 150
    assert max(differences) < TOLERANCE


def test_guesses(twins):
    for here, there in twins:
        for found, expected in zip(here.get("guesses", []), there.get("guesses", []), strict=True):
            assert [token for token, _ in found] == [token for token, _ in expected]
            for (_, one), (_, other) in zip(found, expected, strict=True):
                assert one == pytest.approx(other, abs=TOLERANCE)


CHANGES = [
    ({}, {}),
    ({"headsOff": [[3, 1], [0, 0], [3, 1]]}, {"heads_off": {(0, 0), (3, 1)}}),
    ({"weightsEdited": [[1, 2, 3, [0.5, 0.5, *[0] * 6]]]}, {"weights_edited": {(1, 2, 3): [0.5, 0.5, *[0] * 6]}}),
    ({"hiddenTokens": [1, "[SEP]"]}, {"hidden_tokens": [1, "[SEP]"]}),
    ({"positions": "none", "temperature": 2}, {"positions": "none", "temperature": 2}),
    ({"positions": "shuffled", "seed": 7}, {"positions": "shuffled", "seed": 7}),
    ({"positions": [7, 6, 5, 4, 3, 2, 1, 0], "scale": 1}, {"positions": [7, 6, 5, 4, 3, 2, 1, 0], "scale": 1}),
]


@pytest.mark.parametrize("asked, changes", CHANGES)
def test_every_part_of_a_changed_run(bert_page, course_bert, asked, changes):
    record = course_bert.run("我喜欢喝茶。", **changes)
    found = bert_page.evaluate(PARTS, json.dumps(["我喜欢喝茶。", asked]))
    assert len(found) == 12
    for name, (shape, numbers) in found.items():
        snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        expected = getattr(record, snake)
        assert tuple(shape) == tuple(expected.shape), name
        assert _different(numbers, expected) < TOLERANCE, name
    (here,) = bert_page.evaluate(RUN, json.dumps([["我喜欢喝茶。", None, asked]]))
    assert here["notices"] == list(record.notices)


COMPARED = [("我[MASK]你，你[MASK]我。", None), ("I like [MASK].", "It is hot."), ("我喜欢喝茶。", None)]
COMPARE = """async (asked) => {
    const { compare } = await import("/page/model.mjs"), [text, pair, changes] = JSON.parse(asked);
    const { masks, moved, words, text: said } = compare(bert, text, pair, changes);
    return { masks, words, text: said, shape: moved.shape, moved: Array.from(moved.data) };
}"""


@pytest.mark.parametrize("text", COMPARED)
@pytest.mark.parametrize("asked, changes", [change for change in CHANGES if "weightsEdited" not in change[0]][:-1])
def test_a_comparison(bert_page, course_bert, text, asked, changes):
    there = compare(course_bert, *text, **changes)
    here = bert_page.evaluate(COMPARE, json.dumps([*text, asked]))
    assert (here["text"], here["words"], tuple(here["shape"])) == (there.text, there.words, tuple(there.moved.shape))
    assert _different(here["moved"], there.moved) < TOLERANCE
    assert len(here["masks"]) == len(there.masks)
    for one, other in zip(here["masks"], there.masks, strict=True):
        assert (one["position"], set(one["both"])) == (other.position, set(other.both))
        assert one["divergence"] == pytest.approx(other.divergence, abs=TOLERANCE)
        for token, pair in other.both.items():
            assert one["both"][token] == pytest.approx(pair, abs=TOLERANCE)
        for side in ("before", "after"):
            assert [token for token, _ in one[side]] == [token for token, _ in getattr(other, side)]


REFUSED = [
    ({"headsOff": [[4, 0]]}, {"heads_off": [(4, 0)]}), ({"headsOff": 3}, {"heads_off": 3}),
    ({"hiddenTokens": "tea"}, {"hidden_tokens": "tea"}), ({"hiddenTokens": [8]}, {"hidden_tokens": [8]}),
    ({"hiddenTokens": list(range(8))}, {"hidden_tokens": range(8)}), ({"seed": -1}, {"seed": -1}),
    ({"positions": [0]}, {"positions": [0]}), ({"positions": "x"}, {"positions": "x"}),
    ({"scale": -1}, {"scale": -1}), ({"temperature": 0}, {"temperature": 0}), ({"heads": 1}, {"heads": 1}),
    ({"weightsEdited": [[0, 0, 0, [1]]]}, {"weights_edited": {(0, 0, 0): [1]}}),
    ({"weightsEdited": [[0, 0, 0, [0.5] * 8]]}, {"weights_edited": {(0, 0, 0): [0.5] * 8}}),
    ({"weightsEdited": [[0, 0, 0, [2, -1, *[0] * 6]]]}, {"weights_edited": {(0, 0, 0): [2, -1, *[0] * 6]}}),
    ({"weightsEdited": [[0, 0, 0, "x"]]}, {"weights_edited": {(0, 0, 0): "x"}}),
]


@pytest.mark.parametrize("asked, changes", REFUSED)
def test_what_python_refuses_the_page_refuses(bert_page, course_bert, asked, changes):
    with pytest.raises(CourseError) as refused:
        course_bert.run("我喜欢喝茶。", **changes)
    assert bert_page.evaluate(RUN, json.dumps([["我喜欢喝茶。", None, asked]])) == [{"key": refused.value.key}]
