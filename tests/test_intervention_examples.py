"""Worked interventions on the course BERT: what changes, what it guessed before, what it guesses after, in bits."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from helpers.heads import describe_heads
from helpers.interventions import Comparison, compare
from helpers.models import Bert


@dataclass(frozen=True)
class Example:
    """One intervention whose outcome is worth telling.

    Attributes:
        texts: one sentence or a pair, with one [MASK].
        kind: of the head that is switched off, found by what it does in this very text; "" for none.
        changes: anything else that is changed.
        before, after: the first guess.
        bits: log2(p after / p before) of the first guess of before.
        divergence: of all guesses together, in bits.
    """

    texts: tuple[str, ...]
    kind: str
    changes: dict[str, object]
    before: str
    after: str
    bits: float
    divergence: float

    def changes_in(self, bert: Bert) -> dict[str, object]:
        """Return all that is changed."""
        found = describe_heads(bert.run(*self.texts)).rank(self.kind)[:1] if self.kind else []
        return {"heads_off": found, **self.changes}


EXAMPLES = {
    "the head that looks back": Example(("他昨[MASK]来了。",), "previous", {}, "天", "回", -6.11, 5.52),
    "the head that looks back, in English": Example(
        ("I am looking [MASK] my keys.",), "previous", {}, "for", "on", -4.11, 3.51),
    "the head that looks ahead": Example(("Tom wants [MASK] go home.",), "next", {}, "to", "Mary", -2.31, 2.20),
    "the head that looks ahead, in Chinese": Example(("她[MASK]欢听音乐。",), "next", {}, "喜", "不", -1.79, 1.79),
    "she, hidden": Example(
        ("She is a doctor.", "[MASK]是医生。"), "", {"hidden_tokens": "she"}, "她", "他", -6.48, 6.18),
    "tea, hidden": Example(
        ("I drink tea every day.", "我每天喝[MASK]。"), "", {"hidden_tokens": "tea"}, "茶", "酒", -3.16, 2.76),
    "no positions": Example(("He is older [MASK] me.",), "", {"positions": "none"}, "than", "brother", -6.10, 5.98),
}
ONLY_ONE = ["the head that looks back", "the head that looks ahead", "the head that looks ahead, in Chinese"]


@pytest.fixture(scope="module")
def shown(course_bert) -> Callable[[str], Comparison]:
    """Make the comparison of an example."""
    return lambda name: compare(course_bert, *EXAMPLES[name].texts, **EXAMPLES[name].changes_in(course_bert))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_first_guess_changes_as_told(shown, name):
    example, (mask,) = EXAMPLES[name], shown(name).masks
    assert (mask.before[0][0], mask.after[0][0]) == (example.before, example.after)
    assert (mask.bits, mask.divergence) == (pytest.approx(example.bits, abs=0.006),
                                            pytest.approx(example.divergence, abs=0.006))
    assert mask.before[0][1] > 0.8 and mask.after[0][1] - mask.both[example.before][1] > 0.05


@pytest.mark.parametrize("name", ONLY_ONE)
def test_no_other_head_alone_changes_the_first_guess(course_bert, name):
    example = EXAMPLES[name]
    places = [(layer, head) for layer in range(course_bert.n_layers) for head in range(course_bert.n_heads)]
    changing = [place for place in places
                if course_bert.fill_mask(*example.texts, top=1, heads_off=[place])[0][0][0] != example.before]
    assert changing == example.changes_in(course_bert)["heads_off"]


def test_the_heads_of_the_examples_are_the_same_in_every_text(course_bert):
    found = {kind: {tuple(one.changes_in(course_bert)["heads_off"]) for one in EXAMPLES.values() if one.kind == kind}
             for kind in ("previous", "next")}
    assert all(len(heads) == 1 for heads in found.values()) and found["previous"] != found["next"]
