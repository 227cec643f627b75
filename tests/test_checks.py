"""The exercise checks: right answers of any style pass, typical mistakes are named, nothing a learner does raises.

Here stands the machinery. The answers of a chapter have a file of their own; what holds of the answers of every
chapter is tried in test_checks_all.py.
"""

import doctest
import importlib
import json
import math
import sys
from dataclasses import FrozenInstanceError
from html.parser import HTMLParser

import numpy as np
import pytest
import torch
from checking import chinese, heads_record, judged, np_softmax, record_of

import helpers.checks
from helpers import text
from helpers.checks import EXERCISES, check, hint, numbers
from helpers.text import STRINGS, CourseError, language


def test_a_function_that_changes_its_inputs_does_not_corrupt_the_check():
    def vandal(scores):
        result = torch.softmax(scores, dim=-1)
        scores.zero_()
        return result

    assert check("01.softmax", vandal).passed and check("01.softmax", vandal).passed
    assert check("01.softmax", np_softmax).passed




# Records that do not serve

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key, answer", [("00.first", 1), ("01.head", (0, 0))])
def test_a_record_that_does_not_serve_gets_a_sentence(key, answer, code):
    language(code)
    for record in (None, "record", torch.zeros(2, 2)):
        verdict = check(key, answer, record)
        assert not verdict.passed and f'check("{key}"' in verdict.message
        assert type(record).__name__ in verdict.message and chinese(verdict.message) == (code == "zh")
    lonely = record_of(torch.ones(1, 1, 2, 2) / 2, tokens=("[CLS]", "[SEP]"))
    verdict = check(key, answer, lonely)
    assert verdict.message == STRINGS[f"checks.{key}.unsuitable_record"][code]


# Not attempted, and everything else a learner can hand in

def stub(*inputs):
    ...


def not_written(*inputs):
    raise NotImplementedError


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key", EXERCISES)
def test_stubs_are_not_attempted(key, code):
    language(code)
    answers = [None, ...] + [stub, not_written, lambda *inputs: ...] * hasattr(EXERCISES[key], "cases")
    for verdict in [check(key), *(check(key, answer, heads_record()) for answer in answers)]:
        assert verdict.kind == "open" and not verdict.passed and verdict.mistake is None
        assert str(verdict).startswith("…") and f'hint("{key}")' in verdict.message
        assert chinese(verdict.message) == (code == "zh")


def raising(error):
    def answer(*inputs):
        raise error
    return answer


class Odd:
    def __array__(self, dtype=None, copy=None):
        raise ValueError("no array")


BAD = {
    "raises": (raising(ValueError("my <b>words</b>\nand more")), ["ValueError", "my <b>words</b>", "(3, 3)"]),
    "raises without words": (raising(KeyError()), ["KeyError", "(3, 3)"]),
    "too few arguments": (lambda: 1, ["TypeError", "(3, 3)"]),
    "unknown name": (lambda scores: scorez, ["NameError", "scorez"]),  # noqa: F821
    "text": (lambda scores: "0.5", ["str", "(3, 3)"]),
    "dictionary": (lambda scores: {"weights": scores}, ["dict"]),
    "generator": (lambda scores: (row for row in scores), ["generator"]),
    "ragged": (lambda scores: [[1.0, 2.0], [3.0]], ["list"]),
    "empty list": (lambda scores: [], ["list"]),
    "complex": (lambda scores: scores * 1j, ["Tensor"]),
    "no array": (lambda scores: Odd(), ["Odd"]),
    "wrong shape": (lambda scores: scores[0], ["(3, 3)", "(3,)"]),
    "extra axis": (lambda scores: scores[None], ["(3, 3)", "(1, 3, 3)"]),
    "one number": (lambda scores: 3.5, ["(3, 3)"]),
    "not finite": (lambda scores: (scores * math.nan), ["nan", "[0, 0]", "0.665"]),
    "infinite": (lambda scores: scores / 0 * 0 + math.inf, ["[0, 0]"]),
    "wrong numbers": (lambda scores: scores - 1, ["[0, 0]", "0.66524"]),
    "wrong in one place": (lambda scores: torch.softmax(scores, -1) + (scores == 3) * 0.01, ["[1, 1]"]),
    "not a function": (3.5, ["float", 'check("01.softmax", softmax)']),
    "a result in place of the function": (torch.ones(3, 3), ["Tensor", 'check("01.softmax", softmax)']),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_bad_answers_get_a_sentence_and_never_raise(name, code):
    answer, words = BAD[name]
    verdict = judged("01.softmax", answer, code)
    assert not verdict.passed and verdict.mistake is None and verdict.kind == "wrong"
    assert all(word in verdict.message for word in words), verdict


def test_a_long_error_is_cut():
    assert len(check("01.softmax", raising(ValueError("x" * 10_000))).message) < 400


class Mute(Exception):
    def __str__(self):
        raise SystemExit(1)


class Touchy:
    def __repr__(self):
        raise SystemExit(2)

    def __array__(self, dtype=None, copy=None):
        raise SystemExit(3)


@pytest.mark.parametrize("answer, word", [(lambda scores: sys.exit(3), "SystemExit"),
                                          (raising(GeneratorExit()), "GeneratorExit"), (raising(Mute()), "Mute"),
                                          (lambda scores: Touchy(), "Touchy")])
def test_whatever_an_answer_raises_becomes_a_verdict(answer, word):
    verdict = check("01.softmax", answer)
    assert verdict.kind == "wrong" and word in verdict.message


def test_a_place_that_cannot_be_written_gets_a_sentence():
    assert "Touchy" in check("01.head", Touchy(), heads_record()).message
    assert check("04.apart", [Touchy()] * 3).kind == "wrong"
    assert check("04.apart", [np.zeros(2), torch.zeros(2), "random"]).kind == "wrong"


def test_a_sparse_result_is_read_like_any_other():
    assert check("01.softmax", lambda scores: torch.softmax(scores, -1).to_sparse()).passed
    assert check("01.softmax", lambda scores: scores.exp().to_sparse()).mistake == "exp_only"


@pytest.mark.parametrize("answer, says", [(None, "…"), (lambda scores: scores, "✗")])
def test_strict_use_raises_what_is_not_right(monkeypatch, answer, says):
    with pytest.raises(AssertionError, match=says):
        check("01.softmax", answer, strict=True)
    monkeypatch.setenv("SEEING_ATTENTION_STRICT", "1")
    with pytest.raises(AssertionError, match=says):
        check("01.softmax", answer)
    assert not check("01.softmax", answer, strict=False).passed
    assert check("01.softmax", np_softmax).passed


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        check("01.softmax", raising(KeyboardInterrupt()))


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("ask", [lambda key: check(key, None), hint])
def test_an_unknown_exercise_lists_those_there_are(ask, code):
    language(code)
    for key in ("01.softmaxx", None, np_softmax, ["01.softmax"]):
        with pytest.raises(CourseError) as caught:
            ask(key)
        assert all(known in str(caught.value) for known in EXERCISES) and chinese(str(caught.value)) == (code == "zh")


# Hints

@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("key", EXERCISES)
def test_hints_come_one_by_one_then_the_solution_then_they_begin_again(key, code):
    language(code)
    written = [sentence[code] for sentence in EXERCISES[key].hints]
    *given, solution, again = [hint(key) for _ in range(len(written) + 2)]
    assert [note.message for note in given] == written and again.message == written[0]
    assert len(set(written)) == len(written) >= 2
    assert all(str(step) in note.lead and str(len(written)) in note.lead for step, note in enumerate(given, 1))
    assert solution.code and not any(mark in solution.code for mark in ("SOLUTION", "#zh", f'check("{key}"'))
    compile(solution.code, key, "exec")
    assert "<pre" in solution._repr_mimebundle_()["text/html"]
    assert solution.message == STRINGS["checks.solution_is"][code]
    assert all(chinese(note.message) == (code == "zh") for note in (*given, solution))


@pytest.mark.parametrize("key", EXERCISES)
def test_hints_begin_again_at_once_where_solutions_are_off(key, monkeypatch):
    monkeypatch.setenv("SEEING_ATTENTION_SOLUTIONS", "off")
    given = [hint(key).message for _ in range(len(EXERCISES[key].hints) + 1)]
    assert given[-1] == given[0] and len(set(given)) == len(given) - 1


def test_the_hints_of_softmax_go_from_a_nudge_to_the_line():
    first, second, third = (hint("01.softmax").message for _ in range(3))
    assert first.startswith("Three steps") and "keepdim=True" in second and "exp(10000)" in third


def test_each_exercise_counts_its_own_hints():
    first = hint("01.softmax")
    assert hint("01.mask").lead == first.lead
    assert hint("01.softmax") != first


# How a verdict shows itself

class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.words = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.seen.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


NOTES = {
    "right": lambda: check("01.softmax", np_softmax),
    "wrong": lambda: check("01.softmax", raising(ValueError('</div><script>alert(1)</script><img onerror="x">'))),
    "open": lambda: check("01.softmax", None),
    "hint": lambda: hint("01.softmax"),
}


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("kind", NOTES)
def test_a_note_shows_itself_as_text_and_as_a_box(kind, code):
    language(code)
    note = NOTES[kind]()
    bundle = note._repr_mimebundle_()
    assert note.kind == kind and set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == str(note) == repr(note) == note.lead + note.message
    assert note.lead[0] == {"right": "✓", "wrong": "✗", "open": "…", "hint": "→"}[kind] and len(note.lead) > 3
    page = Tags(bundle["text/html"])
    assert [tag for tag, _ in page.seen] == ["div", "strong"] and not page.open
    assert page.words == str(note) and page.seen[0][1]["lang"] == code
    style = page.seen[0][1]["style"]
    assert "rgba(" in style and "0.12" in style and " color:" not in style and "http" not in bundle["text/html"]


def test_the_signs_and_tints_differ():
    notes = [make() for make in NOTES.values()]
    tints = {Tags(note._repr_mimebundle_()["text/html"]).seen[0][1]["style"] for note in notes}
    assert len({note.lead[0] for note in notes}) == len(tints) == 4


def test_verdicts_are_frozen_and_deterministic():
    first, second = (check("01.softmax", lambda scores: scores - 1) for _ in range(2))
    assert first == second and json.dumps(first._repr_mimebundle_()) == json.dumps(second._repr_mimebundle_())
    with pytest.raises(FrozenInstanceError):
        first.message = "Right!"


# The tables

def test_only_check_hint_and_a_claims_report_are_public():
    assert helpers.checks.__all__ == ["ClaimReport", "check", "hint"]
    assert [name for name in vars(helpers.checks) if name.startswith("check_")] == []


@pytest.mark.parametrize("key", EXERCISES)
def test_every_sentence_is_there_in_both_languages_and_all_differ(key):
    said = {name: STRINGS[f"checks.{key}.{name}"] for name in EXERCISES[key].sentences}
    assert len(EXERCISES[key].mistakes) + len(EXERCISES[key].hints) + 1 <= len(said)
    for code in ("en", "zh"):
        assert len({both[code] for both in said.values()}) == len(said)
    for name, both in said.items():
        assert not chinese(both["en"]) and chinese(both["zh"])
        assert len(both["en"]) <= 300, f"{name} is too long for a note"


@pytest.mark.parametrize("key", EXERCISES)
def test_an_exercise_stands_in_the_file_of_its_name(key):
    assert importlib.import_module(f"helpers.checks.exercises.e{key.replace('.', '_')}").EXERCISE is EXERCISES[key]


def test_a_further_language_says_what_it_has_and_the_rest_in_english(monkeypatch):
    monkeypatch.setattr(text, "LANGUAGES", (*text.LANGUAGES, "eo"))
    monkeypatch.setattr(text, "_further", {"eo": {"checks.01.softmax.passed": "Ĝuste."}})
    key, exercise = "checks.01.softmax", EXERCISES["01.softmax"]
    for name in exercise.sentences:
        monkeypatch.setitem(STRINGS, f"{key}.{name}", STRINGS[f"{key}.{name}"])
    text.add_table(key, exercise.sentences)
    language("eo")
    assert check("01.softmax", np_softmax).message == "Ĝuste."
    assert hint("01.softmax").message == exercise.hints[0]["en"]


def test_doctests():
    for module in (helpers.checks, numbers):
        result = doctest.testmod(module)
        assert result.attempted and not result.failed
