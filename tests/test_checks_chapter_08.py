"""The checks of chapter 08: its answers, right and wrong, written afresh, with loops and numpy, and its reports."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from checking import chinese
from conftest import refusal

from helpers.checks import EXERCISES, ClaimReport, check
from helpers.heads import describe_heads
from helpers.models import load_model
from helpers.text import STRINGS, language, sentence

FUNCTIONS = ("chosen", "effect", "order", "value")


def brought(weights, values, w_output, *, weighted=True, output=True):
    """Key by key and head by head: (key, width)."""
    heads, keys, d = np.shape(values)
    rows = []
    for key in range(keys):
        pieces = [(float(weights[h][key]) if weighted else 1.0) * np.asarray(values[h][key]) for h in range(heads)]
        row = np.concatenate(pieces)
        rows.append(row @ np.asarray(w_output) if output else row)
    return np.array(rows)


def added(weights, values, w_output):
    heads, keys, d = np.shape(values)
    return [sum(np.linalg.norm(float(weights[h][key]) * np.asarray(values[h][key]) @ np.asarray(w_output)[
        h * d:(h + 1) * d]) for h in range(heads)) for key in range(keys)]


def rank(numbers):
    return [sorted(map(float, numbers)).index(float(one)) for one in numbers]


def by_differences(one, other):
    n = len(one)
    return 1 - 6 * sum((a - b) ** 2 for a, b in zip(rank(one), rank(other))) / (n * (n * n - 1))  # noqa: B905


def pearson(one, other):
    return np.corrcoef(np.asarray(one, float), np.asarray(other, float))[0, 1]


def best(shares):
    return int(np.argmax(np.asarray(shares).mean(0)))


def gap(lost, head, *, with_itself=False):
    means = np.asarray(lost).mean(0)
    return means[head] - np.mean(means if with_itself else np.delete(means, head))


def by_rows(lost, head):
    """Return what `gap` does, row by row."""
    n_heads = lost.shape[1]
    return ((n_heads * lost[:, head] - lost.sum(1)) / (n_heads - 1)).mean()


def by_hand(target, control, head):
    found = []
    for lost in (target.tolist(), control.tolist()):
        rows = [row[head] - sum(x for place, x in enumerate(row) if place != head) / (len(row) - 1) for row in lost]
        found.append(sum(rows) / len(rows))
    return found[0] - found[1]


RIGHT = {
    "08.value": [lambda w, v, o: np.sqrt((brought(w, v, o) ** 2).sum(1)),
                 lambda w, v, o: torch.einsum("hk,hkd,hdm->km", w, v, o.unflatten(0, (len(w), -1))).norm(dim=1),
                 lambda w, v, o: [math.dist(row, [0.0] * len(row)) for row in brought(w, v, o).tolist()]],
    "08.order": [by_differences, lambda a, b: pearson(rank(a), rank(b)),
                 lambda a, b: pearson((a[:, None] > a).sum(1), (b[:, None] > b).sum(1))],
    "08.chosen": [lambda c, j: np.asarray(j)[:, best(c)].mean(),
                  lambda c, j: sum(float(row[best(c)]) for row in j) / len(j),
                  lambda c, j: j[:, c.sum(0).argmax()].mean()],
    "08.effect": [lambda t, c, h: gap(t, h) - gap(c, h), by_hand,
                  lambda t, c, h: by_rows(t, h) - by_rows(c, h)],
}

WRONG = {
    "08.value": {
        "weights_alone": lambda w, v, o: np.asarray(w).mean(0),
        "no_weights": lambda w, v, o: np.linalg.norm(brought(w, v, o, weighted=False), axis=1),
        "no_output": lambda w, v, o: np.linalg.norm(brought(w, v, o, output=False), axis=1),
        "lengths_added": added,
        "tokens_mixed": lambda w, v, o: np.linalg.norm(
            (np.asarray(w)[..., None] * np.asarray(v)).reshape(np.shape(v)[1], -1) @ np.asarray(o), axis=1),
        "squared": lambda w, v, o: (brought(w, v, o) ** 2).sum(1),
        "summed": lambda w, v, o: brought(w, v, o).sum(1),
        "all_keys": lambda w, v, o: np.linalg.norm(brought(w, v, o).sum(0)),
    },
    "08.order": {
        "no_ranks": pearson,
        "one_side": lambda a, b: pearson(rank(a), b),
        "argsort_once": lambda a, b: pearson(np.argsort(np.asarray(a)), np.argsort(np.asarray(b))),
        "opposite": lambda a, b: -by_differences(a, b),
        "not_scaled": lambda a, b: np.cov(rank(a), rank(b))[0, 1],
        "squared": lambda a, b: by_differences(a, b) ** 2,
        "angle": lambda a, b: np.dot(np.add(rank(a), 1), np.add(rank(b), 1)) / np.dot(
            np.add(rank(a), 1), np.add(rank(a), 1)),
    },
    "08.chosen": {
        "same_texts": lambda c, j: np.asarray(c)[:, best(c)].mean(),
        "chosen_again": lambda c, j: np.asarray(j)[:, best(j)].mean(),
        "all_texts": lambda c, j: np.concatenate([np.asarray(c), np.asarray(j)]).mean(0).max(),
        "no_choice": lambda c, j: np.mean(np.asarray(j)),
        "the_place": lambda c, j: best(c),
        "best_text": lambda c, j: np.asarray(j)[:, np.unravel_index(np.argmax(np.asarray(c)), np.shape(c))[1]].mean(),
        "exchanged": lambda c, j: np.asarray(c)[:, best(j)].mean(),
    },
    "08.effect": {
        "target_alone": lambda t, c, h: np.asarray(t)[:, h].mean(),
        "no_control_texts": lambda t, c, h: gap(t, h),
        "no_control_heads": lambda t, c, h: np.asarray(t)[:, h].mean() - np.asarray(c)[:, h].mean(),
        "itself_among_others": lambda t, c, h: gap(t, h, with_itself=True) - gap(c, h, with_itself=True),
        "turned": lambda t, c, h: gap(c, h) - gap(t, h),
        "added": lambda t, c, h: gap(t, h) + gap(c, h),
        "sums": lambda t, c, h: len(t) * gap(t, h) - len(c) * gap(c, h),
    },
}


# Another model

@pytest.fixture(scope="module")
def record():
    return load_model("course-gpt").run("The old man reads a book by the window. My brother drinks cold water.")


def test_the_head_of_the_other_model_is_found_by_measuring(record):
    layer, head = describe_heads(record).rank("previous")[0]
    assert check("08.transfer", (layer, head), record).passed
    assert check("08.transfer", (1, 2), record).mistake == "carried_over"
    assert check("08.transfer", (head, layer), record).mistake == "swapped" or layer == head
    assert check("08.transfer", (layer + 1, head + 1), record).mistake in ("from_one", None)
    assert not check("08.transfer", (9, 9), record).passed and check("08.transfer").kind == "open"
    assert check("08.transfer", "layer 1", record).mistake is None


@pytest.mark.parametrize("code", ["en", "zh"])
def test_each_place_gets_its_sentence(record, code):
    language(code)
    summary, seen = describe_heads(record), set()
    for layer in range(summary.n_layers):
        for head in range(summary.n_heads):
            verdict = check("08.transfer", (layer, head), record)
            seen.add(verdict.mistake)
            assert chinese(verdict.message) == (code == "zh")
            if verdict.mistake == "special_tokens":
                assert summary.shares["special"][layer, head] > 0.5
            if verdict.mistake == "same_token":
                assert summary.shares["same"][layer, head] > 0.5
    assert {"carried_over", "special_tokens", None} <= seen


# The report

TEXTS = [f"Sentence {place} is here." for place in range(20)]
GOOD = {
    "en": ClaimReport("Layer 2 head 1 looks at commas.", "The mean weight on the nearest comma.", 0.4, 0.1, TEXTS,
                      "Head off: the guess lost 0.5 bits.", "Head 0 off: it lost 0.0 bits.", "One model, short texts."),
    "zh": ClaimReport("第 2 层头 1 看逗号。", "最近那个逗号得到的平均权重。", 0.4, 0.1, TEXTS,
                      "关掉它，猜测丢 0.5 比特。", "关掉头 0，丢 0.0 比特。", "只有一个模型，文字很短。"),
}
FAULTY = {
    "missing": [{"claim": ""}, {"limits": "  …  "}, {"control": ...}, {"measure": 3}, {"intervention": None}],
    "template": [{"limits": sentence("report.ask_limits", "en")},
                 {"control": sentence("report.ask_claim", "en").upper()}],
    "too_short": [{"limits": "none"}, {"control": "a head"}],
    "twice": [{"control": "Head off: the guess lost 0.5 bits!"}],
    "no_number": [{"chance": "low"}, {"found": float("nan")}, {"chance": ...}, {"found": True}],
    "no_texts": [{"texts": ...}, {"texts": "many"}, {"texts": []}, {"texts": [*TEXTS, " "]}, {"texts": [1] * 30}],
    "too_few": [{"texts": TEXTS[:19]}, {"texts": TEXTS[:5] * 10}],
    "same_as_chance": [{"chance": 0.4}],
}


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_report_in_good_form_passes_whatever_it_claims(code):
    language(code)
    assert check("08.report", GOOD[code]).passed
    assert check("08.report", replace(GOOD[code], found=-3, texts=tuple(TEXTS))).passed


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("name, change", [(name, change) for name in FAULTY for change in FAULTY[name]])
def test_each_fault_of_form_is_named_with_its_part(name, change, code):
    language(code)
    change = {part: sentence("report.ask_limits", code) if value == sentence("report.ask_limits", "en") else value
              for part, value in change.items()}
    if name == "template" and code == "zh" and "control" in change:
        change = {"control": sentence("report.ask_claim", "zh")}
    report = GOOD["en"] if name in ("twice", "too_short") else GOOD[code]
    verdict = check("08.report", replace(report, **change))
    assert verdict.kind == "wrong" and verdict.mistake == name, verdict
    part = "chance" if name == "same_as_chance" else next(iter(change))
    assert name == "same_as_chance" or sentence(f"report.{part}", code) in verdict.message
    assert chinese(verdict.message) == (code == "zh") and "{" not in verdict.message


def test_every_fault_is_tried_and_made_as_the_exercise_makes_it():
    exercise = EXERCISES["08.report"]
    assert {mistake.name for mistake in exercise.mistakes} == set(FAULTY)
    assert check("08.report", exercise.right()).passed
    for mistake in exercise.mistakes:
        assert check("08.report", mistake.wrong(exercise.right())).mistake == mistake.name


@pytest.mark.parametrize("answer, kind", [(ClaimReport(), "open"), (ClaimReport(...), "open"), (None, "open"),
                                          ("a report", "wrong"), ({"claim": "x"}, "wrong"), (lambda: 0, "wrong")])
def test_what_is_no_report_gets_a_sentence(answer, kind):
    for code in ("en", "zh"):
        language(code)
        verdict = check("08.report", answer)
        assert verdict.kind == kind and chinese(verdict.message) == (code == "zh")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_an_empty_report_asks_for_its_parts_and_a_full_one_shows_them(code):
    language(code)
    asked, full = ClaimReport()._repr_html_(), GOOD[code]._repr_html_()
    for name in ClaimReport().parts:
        assert sentence(f"report.{name}", code) in asked and sentence(f"report.ask_{name}", code) in asked
        assert sentence(f"report.ask_{name}", code) not in full
    assert "0.4" in full and "Sentence 4" in full and "Sentence 5" not in full
    hostile = ClaimReport(claim="<script>alert(1)</script>")
    assert "<script>" not in hostile._repr_html_()


def test_a_full_report_is_written_beside_the_journal(tmp_path, monkeypatch):
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "my" / "journal.json"))
    path = GOOD["zh"].save("我的论断")
    assert path == tmp_path / "my" / "我的论断.md"
    assert path.read_text(encoding="utf-8") == GOOD["zh"].markdown and "第 2 层头 1 看逗号。" in GOOD["zh"].markdown


@pytest.mark.parametrize("code", ["en", "zh"])
def test_what_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, code):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "file" / "journal.json"))
    for act, key in ((lambda: replace(GOOD[code], limits=...).save(), "not_complete"),
                     (lambda: GOOD[code].save("../x"), "bad_name"), (lambda: GOOD[code].save(7), "bad_name"),
                     (lambda: GOOD[code].save(), "not_written")):
        assert refusal(act, code).key == f"report.{key}"


def test_every_sentence_is_short_and_its_own():
    for name in ("report", "transfer", *FUNCTIONS):
        said = {one: STRINGS[f"checks.08.{name}.{one}"] for one in EXERCISES[f"08.{name}"].sentences}
        for code in ("en", "zh"):
            texts = [both[code] for both in said.values()]
            assert len(set(texts)) == len(texts) and max(map(len, texts)) <= 300
        assert all(chinese(both["zh"]) and not chinese(both["en"]) for both in said.values())
