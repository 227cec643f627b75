"""The checks of chapter 00: its answers, right and wrong, written afresh; and the place where sentence B begins."""

import numpy as np
import pytest
import torch
from checking import heads_record, judged, pair_record

from helpers.checks import EXERCISES, check

RIGHT = {
    "00.rows": [lambda weights: weights.sum(dim=-1), lambda weights: np.asarray(weights).sum(axis=3),
                lambda weights: torch.einsum("lhqk->lhq", weights)],
    "00.strongest": [lambda weights, query: int(weights[query].argmax()),
                     lambda weights, query: weights[query].argmax(),
                     lambda weights, query: max(range(len(weights)), key=lambda key: weights[query][key])],
}

WRONG = {
    "00.rows": {
        "over_queries": lambda weights: np.array(weights).sum(axis=2),
        "over_heads": lambda weights: np.array(weights).sum(axis=1),
        "over_layers": lambda weights: sum(np.array(layer) for layer in weights),
        "everything": lambda weights: float(np.array(weights).sum()),
        "mean": lambda weights: np.array(weights).mean(axis=3),
    },
    "00.strongest": {
        "column": lambda weights, query: int(np.argmax(np.array(weights)[:, query])),
        "whole_table": lambda weights, query: int(np.argmax(np.array(weights))),
        "weight": lambda weights, query: max(weights[query].tolist()),
        "from_one": lambda weights, query: int(np.argmax(np.array(weights)[query])) + 1,
        "weakest": lambda weights, query: int(np.argmin(np.array(weights)[query])),
    },
}


# Where sentence B begins

@pytest.mark.parametrize("answer", [5, 5.0, torch.tensor(5), np.int32(5), [5]])
def test_the_start_of_sentence_b_passes(answer):
    assert check("00.first", answer, pair_record()).passed
    assert check("00.first", answer, heads_record()).passed


FIRSTS = {6: "from_one", 4: "separator", 3: "specials_left_out", 11: "characters", 8: "all_tokens", 7: "all_tokens"}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", FIRSTS)
def test_each_mistake_about_the_start_is_named(answer, code):
    verdict = judged("00.first", answer, code, pair_record())
    assert verdict.mistake == FIRSTS[answer] and str(answer) in verdict.message


@pytest.mark.parametrize("answer, words", [(2, "'dog'"), (99, "99"), (-1, "-1"), ("5", "5"), (5.5, "5.5"),
                                           ((1, 2), "(1, 2)"), (10 ** 400, "1000")])
def test_other_places_get_a_sentence(answer, words):
    verdict = check("00.first", answer, pair_record())
    assert not verdict.passed and verdict.mistake is None and words in verdict.message


def test_every_mistake_about_the_start_has_a_test():
    assert {mistake.name for mistake in EXERCISES["00.first"].mistakes} == set(FIRSTS.values())
