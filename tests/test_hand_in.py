"""Handing in: nothing passed is lost, whatever became of the cells; files, codes, the table of a class."""

import csv
import json
import linecache
import math
import random
from contextlib import suppress
from pathlib import Path

import pytest
import torch
from conftest import refusal

from helpers import checks, journal
from helpers.checks import check
from helpers.questions import explain, hand_in, predict
from helpers.questions.handing_in import completion_code, read_hand_in
from helpers.text import language, say
from lessons import collect
from lessons.building.source import BEGIN, END, read_lesson

ROOT = Path(__file__).parents[1]
LESSON = read_lesson(ROOT / "lessons" / "01_self_attention.py")
FUNCTIONS = ["01.average", "01.scores", "01.softmax", "01.scale", "01.mask", "01.attention"]


@pytest.fixture
def kept(tmp_path, monkeypatch) -> Path:
    """A journal of its own in an empty folder."""
    monkeypatch.setenv("SEEING_ATTENTION_JOURNAL", str(tmp_path / "my" / "journal.json"))
    journal.forget()
    yield tmp_path / "my"
    journal.forget()


def answer_cells() -> list[str]:
    """Return the solved exercise cells of chapter 01 and their checks, in order."""
    cells = [cell.source for cell in LESSON.cells if cell.kind == "code"]
    found = []
    for before, after in zip(cells, cells[1:], strict=False):
        if any(after.startswith(f'check("{key}"') for key in FUNCTIONS):
            found += ["\n".join(line for line in before.splitlines() if line.strip() not in (BEGIN, END)), after]
    return found


def damaged(cells: list[str], dice: random.Random) -> list[str]:
    """Return the cells after a learner has been at them: split, joined, copied, moved, deleted, with slips between."""
    cells = list(cells)
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(cells))
        way = dice.choice(["copy", "move", "delete", "join", "split", "slip"])
        if way == "copy":
            cells.insert(dice.randrange(len(cells) + 1), cells[at])
        elif way == "move":
            cells.insert(dice.randrange(len(cells)), cells.pop(at))
        elif way == "delete" and len(cells) > 2:
            del cells[at]
        elif way == "join" and at + 1 < len(cells):
            cells[at:at + 2] = ["\n".join(cells[at:at + 2])]
        elif way == "split":
            head, mark, rest = cells[at].partition("\ncheck(")
            cells[at:at + 1] = [head, "check(" + rest] if mark else [cells[at]]
        elif way == "slip":
            cells.insert(at, dice.choice(["1 / 0", "def softmax(x): return x", "check(", "softmax = 3"]))
    return cells


def run(cells: list[str], names: dict[str, object]) -> None:
    """Run cells as a kernel does: one that fails stops by itself alone, and its lines can be looked up."""
    for number, source in enumerate(cells):
        file = f"<cell {number}>"
        linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
        with suppress(Exception):
            exec(compile(source, file, "exec"), names)


def test_of_three_hundred_damaged_notebooks_nothing_passed_is_lost(kept):
    passed: set[str] = set()

    def watched(key, answer=..., *rest):
        verdict = check(key, answer, *rest)
        if verdict.passed:
            passed.add(key)
        return verdict

    cells, handed, lost = answer_cells(), 0, []
    assert len(cells) == 2 * len(FUNCTIONS)
    for seed in range(300):
        passed.clear()
        journal.forget()
        (kept / "journal.json").unlink(missing_ok=True)
        run(damaged(cells, random.Random(seed)), {"check": watched, "torch": torch, "math": math})
        journal.forget()                                             # another kernel hands in
        work = read_hand_in(hand_in("Li Lei").files[0])
        handed += len(passed)
        lost += [(seed, key) for key in passed ^ set(work.passed)]
        lost += [(seed, key) for key in passed if "def " not in str(work.done["checks"][key]["answer"])]
    assert lost == [] and handed > 300 * 3


def test_what_is_handed_in_is_read_again_and_a_changed_file_is_noticed(kept):
    check("00.rows", lambda weights: weights.sum(-1))
    check("01.softmax", lambda scores: scores.exp())
    explain("01.full_stop").answer("Because it is the end of the sentence, <b>most likely</b>.")
    work = hand_in("  李 雷 ")
    file, page = work.files
    assert file.parent == kept and file.name == "hand-in-李-雷.json" and read_hand_in(file).sealed
    again = read_hand_in(file)
    assert again.name == "李 雷" and again.passed == ("00.rows",) and again.row()["01.softmax"] == "0"
    assert again.row()["01.mask"] == "" and again.row()["passed"] == "1"
    text = page.read_text(encoding="utf-8")
    assert "exp_only" in text and "scores.exp()" in text and "&lt;b&gt;most likely" in text and "<script" not in text
    content = json.loads(file.read_text(encoding="utf-8"))
    content["checks"]["01.softmax"]["passed"] = True
    file.write_text(json.dumps(content), encoding="utf-8")
    assert not read_hand_in(file).sealed and say("hand_in.not_sealed") in read_hand_in(file).page()


def test_a_wrong_try_after_a_right_one_keeps_the_right_answer(kept):
    check("00.rows", lambda weights: weights.sum(-1))
    check("00.rows", lambda weights: weights.sum(0))
    entry = hand_in("A").done["checks"]["00.rows"]
    assert entry["passed"] and entry["tries"] == 2 and "sum(-1)" in entry["answer"]


def test_a_chapter_done_has_its_code_and_the_teacher_can_tell_it(kept, capsys):
    keys = [key for key in checks.EXERCISES if key.startswith("03.")]
    for key in keys:
        journal.note("checks", key, passed=True)
    code = hand_in("Li Lei").codes["03"]
    assert code == completion_code("li lei", "03", keys) and list(hand_in("Li Lei").codes) == ["03"]
    assert collect.main(["--name", "Li Lei", "--code", code.lower()]) == 0 and "chapter 03" in capsys.readouterr().out
    assert collect.main(["--name", "Han Meimei", "--code", code]) == 1


def test_a_class_becomes_a_table_and_what_cannot_be_read_is_named(kept, tmp_path, capsys):
    check("01.softmax", lambda scores: scores.softmax(-1))
    for name in ("Li Lei", "=1+1, \"x\""):
        hand_in(name, folder=tmp_path / "class" / name[:2])
    (tmp_path / "class" / "other.json").write_text('{"name": "x"}', encoding="utf-8")
    assert collect.main([str(tmp_path / "class")]) == 1
    assert "other.json" in capsys.readouterr().out
    with (tmp_path / "class" / "hand-ins.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["name"].lstrip("'") for row in rows} == {"Li Lei", "=1+1, \"x\""}
    assert not any(row["name"].startswith(tuple("=+-@")) for row in rows)         # a spreadsheet would compute it
    assert all(row["01.softmax"] == "1" and row["passed"] == "1" for row in rows)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, None, 3])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_name_that_is_none_is_refused(name, code, tmp_path):
    assert "hand_in(" in str(refusal(lambda: hand_in(name, folder=tmp_path), code))


@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path, code):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert str(tmp_path / "file") in str(refusal(lambda: hand_in("A", folder=tmp_path / "file" / "in"), code))


def test_both_editions_speak_their_language(kept):
    predict("01.mixture").answer("thing")
    for code, word in (("en", "work handed in"), ("zh", "的作业")):
        language(code)
        work = hand_in("Li")
        assert word in repr(work) and word in work._repr_html_() and f'lang="{code}"' in work.page()
