"""The course GPT of the page is that of the Python package: the same tokens, weights, next tokens and refusals."""

import json
from collections.abc import Iterator

import pytest
import torch
from page_texts import PAIRS, SINGLE
from playwright.sync_api import Browser, Page

from helpers.models import Decoder, load_model
from helpers.text import CourseError

from .page_site import Edit, open_model

TOLERANCE = 1e-4
TEXTS = (*((text, None) for text in SINGLE), *PAIRS)
READ = ["tokens", "tokenIds", "segmentIds", "spans", "sentences", "notices", "key"]
RUN = """(asked) => JSON.parse(asked).map(([text, second]) => {
    try {
        const { tokens, tokenIds, segmentIds, spans, sentences, notices, weights, logits } = gpt.run(text, second);
        return { tokens, tokenIds, segmentIds, spans, sentences, notices, shape: weights.shape,
                 weights: Array.from(weights.data), logits: Array.from(logits) };
    } catch (error) { if (!error.key) throw error; return { key: error.key, message: error.message }; }
})"""


def _opened(browser: Browser, edit: Edit = lambda source: source) -> Page:
    return open_model(browser, "gpt", "loadGpt", "course-gpt", edit)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that has loaded the course GPT as `gpt`."""
    page = _opened(browser)
    yield page
    page.close()


@pytest.fixture(scope="module")
def gpt() -> Decoder:
    """The same model in Python."""
    return load_model("course-gpt")


def _python(gpt: Decoder, text: str, second: str | None) -> dict:
    """Return what Python makes of a text, in the page's form."""
    try:
        record = gpt.run(text, second)
    except CourseError as error:
        return {"key": error.key, "message": str(error)}
    return {"tokens": list(record.tokens), "tokenIds": list(record.token_ids), "segmentIds": list(record.segment_ids),
            "spans": [list(span) for span in record.spans], "sentences": list(record.sentences),
            "notices": list(record.notices), "weights": record.weights, "logits": record.logits[-1]}


@pytest.fixture(scope="module")
def twins(page: Page, gpt: Decoder) -> list[tuple[dict, dict]]:
    """What the page and what Python made of each text."""
    found = page.evaluate(RUN, json.dumps(TEXTS))
    return [(here, _python(gpt, *text)) for here, text in zip(found, TEXTS, strict=True)]


def _run(twins: list[tuple[dict, dict]]) -> list[tuple[dict, dict]]:
    return [(here, there) for here, there in twins if "logits" in here and "logits" in there]


def _farthest(pairs: list[tuple[dict, dict]]) -> float:
    """Return the largest difference of log probabilities of the next token."""
    return max((torch.tensor(here["logits"], dtype=torch.float64).log_softmax(-1)
                - there["logits"].double().log_softmax(-1)).abs().max().item() for here, there in pairs)


def test_enough_texts_of_both_kinds(twins):
    assert len(TEXTS) >= 200 and len(_run(twins)) >= 180
    assert {there["key"] for _, there in twins if "key" in there} >= {
        "models.blank", "models.too_long", "models.far_too_long", "models.one_sentence_only"}
    assert sum(bool(there.get("notices")) for _, there in twins) >= 30


@pytest.mark.parametrize("name", READ)
def test_every_text_is_read_alike(twins, name):
    unequal = {text: (here.get(name), there.get(name)) for text, (here, there) in zip(TEXTS, twins, strict=True)
               if here.get(name) != there.get(name)}
    assert not unequal


def test_what_is_refused_is_refused_in_the_same_words(twins):
    refused = [(here["message"], there["message"]) for here, there in twins if "key" in there]
    assert len(refused) >= 10
    assert [here for here, _ in refused] == [there for _, there in refused]


def test_the_next_token(twins):
    assert _farthest(_run(twins)) < TOLERANCE


def test_weights(twins):
    for here, there in _run(twins):
        assert tuple(here["shape"]) == tuple(there["weights"].shape)
        found = torch.tensor(here["weights"], dtype=torch.float64)
        assert (found - there["weights"].flatten()).abs().max() < TOLERANCE


BREAKS = [
    ("other * cos + one * sin", "other * cos - one * sin"),
    ("Math.floor(head / count)", "head % heads.shape[0]"),
    ("x / (1 + Math.exp(-x))", "x / (1 + Math.exp(x))"),
    ("Math.sqrt(square + this.epsilon)", "Math.sqrt(square + 1)"),
    ("hideLater(scores);\n    const weights = attentionWeights(scores);\n    const values", "const weights = "
     "attentionWeights(scores);\n    const values"),
]


@pytest.mark.parametrize("code, becomes", BREAKS)
def test_a_break_would_be_noticed(browser, gpt, code, becomes):
    found = []

    def broken(source: str) -> str:
        found.append(source.count(code))
        return source.replace(code, becomes)

    page, texts = _opened(browser, broken), [("The cat is on the", None), ("今天天气很", None)]
    pairs = [(here, _python(gpt, *text)) for here, text in
             zip(page.evaluate(RUN, json.dumps(texts)), texts, strict=True)]
    page.close()
    assert sum(found) == 1 and _farthest(pairs) > 100 * TOLERANCE
