"""What the tests of the checks share: how a verdict is asked for, and records to read an answer from."""

import numpy as np
import torch

from helpers.checks import check
from helpers.checks.note import Verdict
from helpers.models.records import AttentionRecord, BertRecord
from helpers.text import STRINGS, language


def chinese(text: str) -> bool:
    """Say whether a text holds a Chinese character."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def judged(key: str, answer: object, code: str, record: object = None) -> Verdict:
    """Return the verdict on an answer, given in a language: one line, in that language."""
    language(code)
    verdict = check(key, answer, record)
    assert "\n" not in verdict.message and chinese(verdict.message) == (code == "zh"), verdict
    return verdict


def assert_named(key: str, name: str, answer: object, code: str) -> None:
    """Check a wrong answer: it must be refused as this mistake, with its own sentence, in the learner's language."""
    verdict = judged(key, answer, code)
    assert not verdict.passed and verdict.kind == "wrong" and verdict.mistake == name, verdict
    assert verdict.message == STRINGS[f"checks.{key}.{name}"][code]


def arrays(answer):
    """Let an answer written in numpy take whatever it is given."""
    return lambda *given: answer(*(np.array(one) if isinstance(one, torch.Tensor) else one for one in given))


def np_softmax(scores, axis=-1):
    """Return softmax along an axis."""
    scores = np.asarray(scores, dtype=float)
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def record_of(weights, tokens=None):
    """Return a record of one sentence pair, or of given tokens."""
    tokens = tokens or ("[CLS]", "the", "dog", "ran", "[SEP]", "it", "slept", "[SEP]")
    start = tokens.index("[SEP]") + 1
    start = start if start < len(tokens) else None
    segment_ids = tuple(int(start is not None and place >= start) for place in range(len(tokens)))
    return AttentionRecord(tokens, segment_ids, start, weights)


def pointing(offset, n_tokens=8, share=0.8):
    """Return the weights of a head that gives `share` to the token `offset` away, the rest evenly."""
    weights = torch.full((n_tokens, n_tokens), (1 - share) / n_tokens)
    for query in range(n_tokens):
        weights[query, min(max(query + offset, 0), n_tokens - 1)] += share
    return weights


def resting(places, n_tokens=8):
    weights = torch.full((n_tokens, n_tokens), 0.02)
    weights[:, places] = (1 - 0.02 * (n_tokens - len(places))) / len(places)
    return weights


def heads_record():
    """Return 2 layers x 4 heads; (1, 0) and, a little less, (1, 3) are the previous-token heads."""
    even = torch.full((8, 8), 1 / 8)
    layers = [[pointing(1), pointing(0), resting([0, 4, 7]), even],
              [pointing(-1), even, pointing(-1, share=0.7), pointing(-1, share=0.77)]]
    return record_of(torch.stack([torch.stack(heads) for heads in layers]))


def pair_record():
    """Return the record of a pair, as a model gives it; sentence B begins at 5."""
    empty = torch.zeros(0)
    names = ("word_embeddings", "position_embeddings", "segment_embeddings", "hidden_states", "queries", "keys",
             "values", "scores", "context", "attention_outputs", "attended_states")
    tokens = ("[CLS]", "the", "dog", "ran", "[SEP]", "it", "slept", "[SEP]")
    return BertRecord(tokens, (0,) * 5 + (1,) * 3, 5, torch.zeros(1, 1, 8, 8), token_ids=tuple(range(8)),
                      sentences=("the dog ran", "it slept"), spans=((0, 0),) * 8, **dict.fromkeys(names, empty))
