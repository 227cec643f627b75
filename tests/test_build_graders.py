"""The editions for graders: what a tool releases is the students' notebook, and what it runs knows right from wrong."""

import ast
import re
import shutil
from functools import cache
from pathlib import Path

import nbformat
import pytest

from lessons import build
from lessons.building.compose import Course, compose
from lessons.building.editions import secrets
from lessons.building.graders import for_grader, strict
from lessons.building.source import BuildError, read_lesson

ROOT = Path(__file__).parents[1]
LESSONS = [read_lesson(file) for file in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.py"))]
COURSE = Course(LESSONS)
REGIONS = {"nbgrader": r"### BEGIN SOLUTION\n.*?### END SOLUTION\n?",
           "otter": r"# BEGIN SOLUTION NO PROMPT\n.*?# END SOLUTION\n?"}


@cache
def composed(lesson, edition: str) -> nbformat.NotebookNode:
    return compose(COURSE, lesson, "en", edition)


@cache
def made(lesson, tool: str) -> nbformat.NotebookNode:
    return for_grader(composed(lesson, "student"), composed(lesson, "instructor"), tool)


@pytest.mark.parametrize("tool", REGIONS)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem[:2])
def test_with_the_solutions_cut_it_is_the_students_notebook(lesson, tool):
    notebook, student = made(lesson, tool), composed(lesson, "student")
    nbformat.validate(notebook)
    cut = {cell.id: re.sub(REGIONS[tool], "", cell.source, flags=re.DOTALL).rstrip("\n")
           for cell in notebook.cells if cell.cell_type != "raw" and "check" not in cell.metadata.get("tags", ())}
    assert cut == {cell.id: cell.source for cell in student.cells if "check" not in cell.metadata.get("tags", ())}
    released = " ".join(" ".join(source.split()) for source in cut.values())
    assert [line for line in secrets(lesson.cells) if line in released] == []


@pytest.mark.parametrize("tool", REGIONS)
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem[:2])
def test_every_check_fails_where_the_answer_is_not_right(lesson, tool):
    checks = [cell for cell in made(lesson, tool).cells if "check" in cell.metadata.get("tags", ())]
    assert len(checks) == sum("check" in cell.tags for cell in lesson.cells) > 0
    for cell in checks:
        ast.parse(cell.source)
        assert cell.source.endswith(", strict=True)") if tool == "nbgrader" else cell.source.endswith(").passed")
        if tool == "nbgrader":
            assert cell.metadata.nbgrader.grade and cell.metadata.nbgrader.locked and cell.metadata.nbgrader.points == 1


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem[:2])
def test_otters_marks_come_in_pairs_and_names_are_its_own(lesson):
    raw = [cell.source for cell in made(lesson, "otter").cells if cell.cell_type == "raw"]
    for what in ("QUESTION", "TESTS"):
        assert sum(f"BEGIN {what}" in one for one in raw) == sum(f"END {what}" in one for one in raw) > 0
    names = re.findall(r"name: (\w+)", "\n".join(raw))
    assert len(names) == len(set(names)) and all(re.fullmatch(r"q\d\d_\w+", name) for name in names)


@pytest.mark.parametrize("source", ["x = 3", 'check("a", b)\nprint(1)', 'print(check("a", b))'])
def test_a_check_that_is_more_than_one_call_is_refused(source):
    with pytest.raises(BuildError, match="one call of check"):
        strict(source, "{call}")


@pytest.mark.parametrize("tool", REGIONS)
def test_the_command_writes_both_languages(tool, tmp_path):
    (tmp_path / "lessons").mkdir()
    shutil.copy(LESSONS[0].path, tmp_path / "lessons")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert build.main(["--edition", tool], root=tmp_path) == 0
    files = sorted(file.relative_to(tmp_path / "build" / tool).as_posix()
                   for file in (tmp_path / "build").rglob("*") if file.is_file())
    notebooks = [f"source/00_start_here-{code}/00_start_here.ipynb" for code in ("en", "zh")]
    assert files == ["nbgrader_config.py"] * (tool == "nbgrader") + notebooks
