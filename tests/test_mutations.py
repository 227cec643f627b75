"""The list of deliberate breaks fits the code as it is, and the tool that makes them notices what it must."""

from collections import Counter
from pathlib import Path

import mutations
import pytest
from mutations import Break, copied, listed, main, tried

BREAKS = listed()


def test_the_list_is_long_and_each_break_stands_in_it_once():
    assert len(BREAKS) >= 150
    assert max(Counter((one.file, one.code, one.becomes) for one in BREAKS).values()) == 1
    for part in ("helpers/transformer", "helpers/views", "helpers/controls", "helpers/checks", "helpers/page",
                 "training", "lessons/building"):
        assert any(one.file.startswith(part) for one in BREAKS), part


@pytest.mark.parametrize("file", dict.fromkeys(one.file for one in BREAKS))
def test_each_code_stands_once_in_its_file_and_its_tests_are_there(file):
    text = (mutations.ROOT / file).read_text(encoding="utf-8")
    for one in (one for one in BREAKS if one.file == file):
        assert one.apply(text) != text
        if file.endswith(".py"):
            compile(one.apply(text), file, "exec")
        assert one.tests and all((mutations.ROOT / "tests" / name).is_file() for name in one.tests)


@pytest.mark.parametrize("text", ["", "x = 1\nx = 1\n"])
def test_a_code_that_does_not_stand_there_once_is_refused(text):
    with pytest.raises(ValueError, match="stands . times"):
        Break("a.py", "x = 1", "x = 2", ("test_a.py",)).apply(text)


def test_a_break_that_changes_nothing_is_refused():
    with pytest.raises(ValueError, match="changes nothing"):
        Break("a.py", "x = 1", "x = 1", ("test_a.py",)).apply("x = 1")


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A course of one file, with a test that holds one of its two lines."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "sums.py").write_text("def add(a, b):\n    return a + b\n\n\ndef twice(a):\n    return 2 * a\n")
    test = "import sums\n\n\ndef test_add():\n    assert sums.add(2, 3) == 5\n"
    (tmp_path / "tests" / "test_sums.py").write_text(test)
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    return tmp_path


@pytest.mark.parametrize(("code", "becomes", "caught"), [
    ("a + b", "a - b", True), ("a + b", "a +", True), ("2 * a", "3 * a", False)])
def test_a_break_is_caught_or_lives_and_the_file_is_whole_again(course, code, becomes, caught):
    before = (course / "sums.py").read_text()
    assert tried(Break("sums.py", code, becomes, ("test_sums.py",)), course) == caught
    assert (course / "sums.py").read_text() == before


def test_tests_that_cannot_be_run_notice_nothing(course):
    with pytest.raises(ValueError, match="could not be run"):
        tried(Break("sums.py", "a + b", "a - b", ("test_no_such.py",)), course)


def test_the_report_names_what_lived_and_its_status_says_so(monkeypatch, capsys):
    breaks = [Break("a.py", "1", "2", ("test_a.py",)), Break("b.py", "1", "2", ("test_a.py",))]
    monkeypatch.setattr(mutations, "listed", lambda: breaks)
    monkeypatch.setattr(mutations, "copied", lambda folder: folder)
    monkeypatch.setattr(mutations, "run_tests", lambda folder, tests: 0)
    monkeypatch.setattr(mutations, "tried", lambda one, folder: one.file == "a.py")
    assert main([]) == 1 and "2 tried, 1 caught, 1 lived\n  b.py: '1' -> '2'" in capsys.readouterr().out
    assert main(["--only", "a.py"]) == 0 and main(["--sample", "1", "--seed", "0"]) in (0, 1)
    monkeypatch.setattr(mutations, "run_tests", lambda folder, tests: 1)
    assert main([]) == 2 and "do not pass on the code as it is" in capsys.readouterr().err


def test_the_copy_holds_what_git_would_give_away(tmp_path):
    copy, name = copied(tmp_path), "helpers/attention.py"
    assert (copy / name).read_bytes() == (mutations.ROOT / name).read_bytes()
    assert not (copy / ".git").exists() and not list(copy.rglob("__pycache__"))
