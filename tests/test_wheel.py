"""The package `seeing_attention`: built, installed in an empty folder, and used far from the course's folder."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import helpers

ROOT = Path(__file__).parents[1]
DRAWS = """
import importlib.util
import torch
import seeing_attention
from seeing_attention import AttentionRecord, load_bert, view_heads
assert importlib.util.find_spec("helpers") is None
assert FOLDER in seeing_attention.__file__
record = load_bert("course").run("The cat drinks milk.")
assert "milk" in view_heads(record, layer=0).svg
rows = torch.rand(2, 3, 4, 4).softmax(dim=-1)
tokens = ("a", "foreign", "model", "'s")
foreign = AttentionRecord(tokens=tokens, segment_ids=(0,) * 4, sentence_b_start=None, weights=rows)
assert "foreign" in view_heads(foreign, layer=1).svg
"""
FACE = """
import seeing_attention
assert "torch" not in __import__("sys").modules, "the face is not lazy"
missing = [name for name in seeing_attention.__all__ if not hasattr(seeing_attention, name)]
assert missing == [], missing
assert set(seeing_attention.__all__) <= set(dir(seeing_attention))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built from a copy of what git would give away, so that no build folder stays here."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("helpers", "pyproject.toml", "setup.py", "README.md", "LICENSE", "NOTICE"):
        (source / name).symlink_to(ROOT / name)
    pip("wheel", source, "--no-deps", "--no-build-isolation", "--wheel-dir", target)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A folder that holds the installed wheel and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--no-deps", "--target", folder)
    return folder


def pip(*arguments: object) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *map(str, arguments)],
                          capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def run(code: str, installed: Path, folder: Path) -> None:
    """Run code in a Python of its own, in an empty folder, with the installed package on its path."""
    done = subprocess.run([sys.executable, "-c", f"FOLDER = {str(installed)!r}\n{code}"], cwd=folder,
                          env=os.environ | {"PYTHONPATH": str(installed)},
                          capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stderr


def test_the_wheel_holds_every_file_of_the_package(wheel):
    ours = {f"seeing_attention/{file.relative_to(ROOT / 'helpers').as_posix()}" for file in
            (ROOT / "helpers").rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    theirs = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert theirs == ours
    assert wheel.name.startswith(f"seeing_attention-{helpers.__version__}-")


def test_it_draws_a_model_and_foreign_attentions_from_anywhere(installed, tmp_path):
    run(DRAWS, installed, tmp_path)


def test_its_face_is_lazy_and_whole(installed, tmp_path):
    run(FACE, installed, tmp_path)


def test_the_lessons_find_it_under_the_name_they_use(installed, tmp_path):
    run("from seeing_attention.start import lend_name; lend_name()\n"
        "from helpers.text import language\nimport helpers.models.sources, seeing_attention.models.sources\n"
        "assert language is seeing_attention.text.language\n"
        "assert helpers.models.sources is seeing_attention.models.sources\n"
        "assert seeing_attention.models.sources.__spec__.name == 'seeing_attention.models.sources'\n",
        installed, tmp_path)
