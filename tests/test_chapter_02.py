"""What chapter 02 says in words about the model of the course is so."""

import pytest
import torch

from helpers.heads import describe_heads, roll_out
from helpers.interventions import compare

CLOZE = ("The animal didn't cross the street because it was too [MASK].", "那只动物没有过马路，因为它太累了。")
PAIR = (CLOZE[0].replace("[MASK]", "tired"), CLOZE[1])


@pytest.fixture(scope="module")
def places(course_bert):
    return [(layer, head) for layer in range(course_bert.n_layers) for head in range(course_bert.n_heads)]


@pytest.fixture(scope="module")
def cost(course_bert, places):
    """Return the bits that each head's absence gives or takes."""
    return {place: compare(course_bert, *CLOZE, heads_off={place}).masks[0].bits for place in places}


def test_one_head_looks_back_and_one_across(course_bert):
    summary = describe_heads(course_bert.run(*PAIR))
    assert [summary.kind(*summary.rank(kind)[0]) for kind in ("previous", "other")] == ["previous", "other"]


def test_some_heads_come_out_sharp_and_most_do_not(course_bert, places):
    summary = describe_heads(course_bert.run(*PAIR))
    sharp = [place for place in places if summary.kind(*place) not in ("mixed", "broad")]
    assert 0 < len(sharp) < len(places) / 2


def leanings(bert, asker, nouns, frame, ends):
    """Return, for each end, the share of the first noun in what the asker gives to both: (layer, head)."""
    found = []
    for end in ends:
        words = bert.run(frame.format(end)).words()
        given = torch.stack([words.weights[:, :, words.tokens.index(asker), words.tokens.index(noun)]
                             for noun in nouns])
        found.append(given[0] / given.sum(0))
    return found


ANIMAL = ("it", ("animal", "street"), "The animal didn't cross the street because it was too {}.", ("tired", "wide"))
TROPHY = ("它", ("奖杯", "行李箱"), "奖杯放不进行李箱，因为它太{}了。", ("大", "小"))


@pytest.mark.parametrize("twin", [ANIMAL, TROPHY])
def test_no_head_turns_from_one_noun_to_the_other(course_bert, twin):
    first, second = leanings(course_bert, *twin)
    assert not ((first > 0.5) & (second < 0.5)).any()
    assert torch.allclose(first[0], second[0], atol=1e-12)


def test_in_minilm_about_as_many_heads_turn_the_wrong_way(minilm):
    first, second = leanings(minilm, *ANIMAL)
    rightly, wrongly = ((first > 0.5) & (second < 0.5)).sum(), ((first < 0.5) & (second > 0.5)).sum()
    assert rightly >= 3 and wrongly >= 3 and abs(rightly - wrongly) <= 2


@pytest.mark.parametrize("end", ["tired", "wide"])
def test_it_does_not_name_the_animal(course_bert, end):
    (guesses,) = course_bert.fill_mask(f"The animal didn't cross the street because the [MASK] was too {end}.")
    assert "animal" not in [token for token, _ in guesses]


def test_few_heads_matter_alone(cost):
    assert sorted(cost.values())[0] < -1 and sorted(cost.values())[5] > -0.5


def test_heads_stand_in_for_each_other(course_bert, places):
    text = "今天天[MASK]很好。"
    alone = {place: compare(course_bert, text, heads_off={place}).masks[0].bits for place in places}
    three = sorted(places, key=alone.get)[:3]
    together = compare(course_bert, text, heads_off=three).masks[0].bits
    assert together < 3 * sum(alone[place] for place in three) < 0


def test_rollout_lets_everything_reach_everything(course_bert):
    assert roll_out(course_bert.run(*PAIR)).weights[-1].min() > 0.001
