"""The doctor of chapter 00: what it says of a healthy machine, and of each thing that can be missing."""

import socket
import sys
import tomllib
from importlib import metadata
from types import SimpleNamespace

import pytest
from huggingface_hub import constants

from helpers import doctor as module
from helpers.doctor import doctor
from helpers.text import LANGUAGES, language, say


@pytest.fixture(params=LANGUAGES, autouse=True)
def _in_each_language(request):
    before = language()
    language(request.param)
    yield
    language(before)


@pytest.fixture
def in_jupyter(monkeypatch):
    """Let the doctor believe that a notebook is open, in nothing but Jupyter."""
    for name in ("VSCODE_PID", "BINDER_LAUNCH_HOST", "MEM_LIMIT"):
        monkeypatch.delenv(name, raising=False)
    shell = SimpleNamespace(kernel=object(), user_ns={})
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    return shell


def line(name: str):
    """Return the one finding called `name`."""
    (found,) = [finding for finding in doctor().findings if finding.name == name]
    return found


def pretend_installed(monkeypatch, name: str, version: str | None) -> None:
    """Let one package seem to have another version, or, with None, to be missing."""
    real = metadata.version

    def pretended(asked: str) -> str:
        if asked == name and version is None:
            raise metadata.PackageNotFoundError(name)
        return version if asked == name else real(asked)

    monkeypatch.setattr(module.metadata, "version", pretended)


def test_what_stands_in_the_environment_is_found_and_judged_well(in_jupyter):
    for name in module.PACKAGES:
        assert (line(name).found, line(name).verdict) == (metadata.version(name), "ok")
    assert line("Python").found == ".".join(map(str, sys.version_info[:3]))
    assert line(say("doctor.front_end")).found == say("doctor.jupyter")


@pytest.mark.parametrize("version", ["2.5.1", None])
def test_an_old_or_missing_package_gets_the_line_that_mends_it(monkeypatch, version):
    pretend_installed(monkeypatch, "torch", version)
    assert line("torch").verdict == "do"
    assert f'%pip install "{module.requirement("torch")}"' in line("torch").advice
    assert ">=2.6" in line("torch").advice


def test_jupyterlab_may_live_beside_another_kernel(monkeypatch, in_jupyter):
    pretend_installed(monkeypatch, "jupyterlab", None)
    assert line("jupyterlab").verdict == "ok"
    monkeypatch.setattr(module, "get_ipython", lambda: None)
    assert line("jupyterlab").verdict == "do"


@pytest.mark.parametrize("version, verdict", [((3, 10, 1), "do"), ((3, 11, 0), "ok"), ((3, 14, 0), "do")])
def test_python_is_judged_by_its_version(monkeypatch, version, verdict):
    monkeypatch.setattr(module.sys, "version_info", version)
    assert line("Python").verdict == verdict


def test_the_pythons_are_those_of_the_package():
    project = tomllib.loads((module.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (low, (major, minor)) = module.PYTHONS
    assert project["requires-python"] == f">={low[0]}.{low[1]},<{major}.{minor + 1}"


def test_each_front_end_is_told_apart(monkeypatch, in_jupyter):
    assert module.find_front_end() == "jupyter"
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://example.org")
    assert module.find_front_end() == "binder"
    in_jupyter.user_ns["__vsc_ipynb_file__"] = "chapter.ipynb"
    assert module.find_front_end() == "vscode"
    monkeypatch.setitem(sys.modules, "google.colab", SimpleNamespace())
    assert module.find_front_end() == "colab"


def test_outside_a_notebook_it_says_how_to_open_one(monkeypatch):
    monkeypatch.setattr(module, "get_ipython", lambda: None)
    assert line(say("doctor.front_end")).verdict == "do"
    assert "jupyter lab --preferred-dir notebooks" in line(say("doctor.front_end")).advice


@pytest.mark.parametrize("limit, verdict", [("1000000000", "do"), ("2147483648", "ok"), ("plenty", "ok")])
def test_memory_is_judged_by_the_container_it_runs_in(monkeypatch, limit, verdict):
    monkeypatch.setattr(module.psutil, "virtual_memory", lambda: SimpleNamespace(available=8e9))
    monkeypatch.setenv("MEM_LIMIT", limit)
    assert line(say("doctor.memory")).verdict == verdict


def test_every_model_of_the_course_is_looked_at():
    found = [finding for finding in doctor().findings if finding.name == say("doctor.course_model")]
    assert [finding.found.split("，")[0].split(",")[0] for finding in found] == sorted(
        (folder.name for folder in module.WEIGHTS.iterdir() if folder.name.startswith("course-")),
        key=module.COURSE_MODELS.index)
    assert {finding.verdict for finding in found} == {"ok"}


def test_a_course_model_without_its_weights_is_named(monkeypatch, tmp_path):
    folder = tmp_path / "course-bert"
    folder.mkdir()
    monkeypatch.setattr(module, "WEIGHTS", tmp_path)
    monkeypatch.setattr(module, "COURSE_MODELS", ("course-bert",))
    assert line(say("doctor.course_model")).verdict == "do"
    for part in ("config.json", "model.safetensors", "tokenizer.json"):
        (folder / part).write_bytes(bytes(2_000_000))
    assert line(say("doctor.course_model")).verdict == "ok"
    assert "2.0 MB" in line(say("doctor.course_model")).found


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors", "tokenizer.json"])
def test_each_part_of_a_course_model_is_missed(monkeypatch, tmp_path, missing):
    folder = tmp_path / "course-bert"
    folder.mkdir()
    monkeypatch.setattr(module, "WEIGHTS", tmp_path)
    monkeypatch.setattr(module, "COURSE_MODELS", ("course-bert",))
    for part in {"config.json", "model.safetensors", "tokenizer.json"} - {missing}:
        (folder / part).touch()
    assert line(say("doctor.course_model")).verdict == "do"


def test_without_lessons_it_says_that_nothing_can_be_rebuilt(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "ROOT", tmp_path)
    assert line(say("doctor.root")).advice == say("doctor.root_advice")


@pytest.mark.parametrize("name", ["bert-base-chinese", "google-bert/bert-base-chinese"])
def test_a_model_in_the_cache_is_found(monkeypatch, tmp_path, name):
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    assert line(say("doctor.hub_model")).found == say("doctor.hub_missing", name="bert-base-chinese")
    folder = tmp_path / f"models--{name.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("abc", encoding="utf-8")
    (folder / "snapshots" / "abc").mkdir(parents=True)
    (folder / "snapshots" / "abc" / "config.json").write_text("{}", encoding="utf-8")
    assert line(say("doctor.hub_model")).found == say("doctor.hub_cached", name="bert-base-chinese")


def test_the_hub_line_says_which_address_or_that_none_is_asked(monkeypatch):
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "https://mirror.example.org")
    assert "https://mirror.example.org" in line(say("doctor.hub")).found
    assert line(say("doctor.hub")).verdict == "untried" and "HF_ENDPOINT" in line(say("doctor.hub")).advice
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert line(say("doctor.hub")).found == say("doctor.hub_offline")


def test_no_address_is_asked(monkeypatch):
    def refuse(*_):
        raise AssertionError("the doctor went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(doctor().findings) == 17


def test_it_shows_itself_as_a_table_with_a_sentence_below(in_jupyter):
    report = doctor()
    assert report._repr_html_().count("<tr>") == 18
    assert report._repr_html_().endswith(f"<p>{report.summary}</p>")
    assert str(report).splitlines()[-1] == report.summary
    assert module.GLYPHS in str(report)


def test_the_sentence_below_counts_what_is_to_be_done():
    well, ill = module.Finding("a", "1"), module.Finding("b", "2", "do", "mend it")
    assert module.Report((well, well)).summary == say("doctor.all_well", n=2)
    assert module.Report((well, ill, well)).summary == say("doctor.to_do", n=1, total=3)
    look, untried = module.Finding("c", "3", "look"), module.Finding("d", "4", "untried")
    assert module.Report((well, look)).summary == say("doctor.to_look", n=1, total=2)
    assert module.Report((well, untried)).summary == say("doctor.all_well", n=2) + say("doctor.left_out", n=1)
    assert module.Report((ill, look)).summary == say("doctor.to_do", n=1, total=2)
    assert "[ok]" in str(module.Report((well,))) or "[正常]" in str(module.Report((well,)))
    assert str(module.Report((ill,))).splitlines()[0].endswith("mend it]")


def test_what_it_found_cannot_break_the_page():
    nasty = module.Finding("</table><script>", "<img onerror=x>")
    page = module.Report((nasty,))._repr_html_()
    assert "<script" not in page and "<img" not in page
