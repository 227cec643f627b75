"""The committed notebooks are what the build makes of the lessons, and give no solution away."""

from pathlib import Path

import pytest
from built_samples import read

from helpers.text import LANGUAGES
from helpers.views.svg import cells
from lessons.build import ROOT, Places, class_course, main
from lessons.building.compose import compose
from lessons.building.editions import refuse_leaks, secrets
from lessons.building.source import Lesson, read_lesson

WIDEST_LINE = 100   # columns that JupyterLab shows of a code cell on a common laptop


def real_lessons() -> list[Lesson]:
    lessons = [read_lesson(file) for file in sorted((ROOT / "lessons").glob("[0-9]*.py"))]
    assert lessons, "there are no lessons"
    return lessons


def test_each_lesson_has_a_notebook_in_both_languages_and_no_notebook_is_left_over():
    stems = [lesson.stem for lesson in real_lessons()]
    for code in LANGUAGES:
        assert sorted(file.stem for file in (ROOT / "notebooks" / code).glob("*.ipynb")) == stems


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_notebook_has_the_sources_of_its_lesson(code):
    course, languages = class_course(ROOT)                  # of a class: its own sentences, and its own languages alone
    if languages and code not in languages:
        return
    folders = {model: Path(model) for values in course.parameters.values()
               if Path(model := values.get("model", "")).is_absolute()}
    for lesson in course.lessons:
        target = ROOT / "notebooks" / code / f"{lesson.stem}.ipynb"
        notebook = read(ROOT, f"notebooks/{code}/{lesson.stem}.ipynb")
        expected = compose(Places(ROOT, models=folders).fit(course, target), lesson, code, "student")
        for stands, comes in zip(notebook.cells, expected.cells, strict=True):
            assert stands.id == comes.id
            assert stands.source == comes.source or stands.id == "set-up", f"{lesson.stem}: build it again"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_committed_notebook_holds_a_solution(code):
    for lesson in real_lessons():
        refuse_leaks(read(ROOT, f"notebooks/{code}/{lesson.stem}.ipynb"), secrets(lesson.said_in(code)),
                     lesson.stem)


@pytest.mark.parametrize("lesson", real_lessons(), ids=lambda lesson: lesson.stem)
def test_no_line_of_code_runs_over_the_edge(lesson):
    lines = [line for code in LANGUAGES for cell in lesson.said_in(code) if cell.kind == "code"
             for line in cell.source.splitlines()]
    assert [line for line in lines if cells(line) > WIDEST_LINE] == []


def test_a_real_lesson_is_what_the_build_makes_of_it(capsys):
    assert main(["00", "--language", "en", "--check"]) == 0, capsys.readouterr()
