"""What learners run around the notebooks: the set-up cell's `start`, and the copies in my/."""

import subprocess
import sys

import pytest

from helpers import start
from helpers.text import LANGUAGES, CourseError, language
from lessons.copy_to_my import main

REQUIREMENTS = ("# why\n\n# the package\nnumpy>=2.0\n\n# the course\nno-such-package>=1\njupyterlab-no-such\n\n"
                "# tests\nno-such-tool\n")


@pytest.fixture(autouse=True)
def _english():
    yield language("en")
    language("en")


@pytest.mark.parametrize("code", LANGUAGES)
def test_start_chooses_the_language_and_installs_nothing_outside_colab(monkeypatch, code):
    monkeypatch.setattr(start, "install", lambda names: pytest.fail("installed"))
    start.start(code)
    assert language() == code


def test_start_installs_what_is_missing_in_colab(monkeypatch):
    wanted = []
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    monkeypatch.setattr(start, "missing_packages", lambda: ["jieba>=0.42.1"])
    monkeypatch.setattr(start, "install", wanted.extend)
    start.start("en")
    assert wanted == ["jieba>=0.42.1"]


def test_missing_packages_are_those_of_the_course_alone(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text(REQUIREMENTS, encoding="utf-8")
    assert start.missing_packages(file) == ["no-such-package>=1"]


def test_nothing_of_the_course_is_missing_here():
    assert start.missing_packages() == []


@pytest.mark.parametrize(("code", "sentence"), [("en", "Too old .*transformers 4.57"), ("zh", "太旧.*mers 4.57")])
def test_a_package_that_is_too_old_is_named_with_what_to_do(monkeypatch, code, sentence):
    real = start.metadata.version
    monkeypatch.setattr(start.metadata, "version", lambda name: "4.57.1" if name == "transformers" else real(name))
    with pytest.raises(CourseError, match=sentence) as caught:
        start.start(code)
    assert "transformers>=5" in str(caught.value) and "torch" not in str(caught.value)


def test_nothing_here_is_too_old():
    assert start.too_old() == {}


def test_install_replaces_nothing_that_is_there(monkeypatch, capsys):
    commands = []

    def run(command, **_):
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    start.install([])
    assert commands == []
    start.install(["bertviz>=1.4.1"])
    assert commands == [[sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "bertviz>=1.4.1"]]
    assert "bertviz" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "sentence"), [("en", "could not be installed: x"), ("zh", "安装失败：x")])
def test_a_failed_install_is_one_sentence(monkeypatch, code, sentence):
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    language(code)
    with pytest.raises(CourseError, match=sentence):
        start.install(["x"])


def test_copies_go_to_my_and_are_never_overwritten(tmp_path, capsys):
    root = tmp_path / "看见 注意力"
    for place in ("en/00_first.ipynb", "zh/00_first.ipynb"):
        (root / "notebooks" / place).parent.mkdir(parents=True)
        (root / "notebooks" / place).write_text("as published", encoding="utf-8")
    assert main(root) == 0
    mine = root / "my" / "zh" / "00_first.ipynb"
    assert mine.read_text(encoding="utf-8") == "as published"
    mine.write_text("my answers", encoding="utf-8")
    (root / "my" / "en" / "00_first.ipynb").unlink()
    capsys.readouterr()
    assert main(root) == 0
    assert mine.read_text(encoding="utf-8") == "my answers"
    assert (root / "my" / "en" / "00_first.ipynb").exists()
    report = capsys.readouterr().out
    assert "1 copied, 1 kept" in report and "复制了 1 个，保留了 1 个" in report
    assert "Kept: " in report and "已保留" in report


def test_nothing_to_copy_is_said_in_both_languages(tmp_path, capsys):
    assert main(tmp_path) == 1
    report = capsys.readouterr().out
    assert "There are no notebooks" in report and "没有笔记本" in report
