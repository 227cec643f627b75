"""A class's own sentences, models and languages in class.toml, and the prose that goes with them."""

import itertools
import re
import shutil

import pytest
from built_samples import cell, lesson_of, read, said
from test_build import make_course, model_course  # noqa: F401

from helpers.text import LANGUAGES
from lessons.build import ROOT, main, read_course
from lessons.building.compose import Course, compose
from lessons.building.settings import FILE, fitted, is_own, parameters_of, read_settings
from lessons.building.source import BuildError

TALKS = """# %% label="sentences" tags=["parameters"]
sentence_a = "I drink tea."
model = "course"
# %% [markdown] lang="en"
# Everyone reads this.
# <!-- own -->
# Find *tea*.
# <!-- others -->
# Find a word of yours.
# <!-- all -->
# And this.
# %% [markdown] lang="zh"
# 人人都读这句。
# <!-- own -->
# 找 *tea*。
# <!-- others -->
# 找你自己的一个词。
# <!-- all -->
# 还有这句。
# %% [markdown] lang="en"
# <!-- own -->
# Tea is meant.
# %% [markdown] lang="zh"
# <!-- own -->
# 说的是茶。
# %% label="asks-of-tea" tags=["own"]
print("tea")
# %% label="last"
print(sentence_a)
"""


@pytest.fixture
def talking(tmp_path):
    """A lesson that speaks of its own sentence."""
    return lesson_of(tmp_path, TALKS)


def prose(lesson, values, code="en"):
    notebook = compose(Course([lesson], parameters={lesson.stem: values}), lesson, code, "student")
    said_there = [one.source for one in notebook.cells if one.cell_type == "markdown"]
    return said_there[2:-1], [one.id for one in notebook.cells]


# --- the prose that goes with the sentences ---


@pytest.mark.parametrize("values", [{}, {"sentence_a": "I drink tea."}, {"model": "course"}])
def test_with_the_lessons_own_sentences_its_own_prose_stands(talking, values):
    assert is_own(talking, values)
    texts, ids = prose(talking, values)
    assert texts == ["Everyone reads this.\nFind *tea*.\nAnd this.", "Tea is meant."] and "asks-of-tea" in ids
    assert prose(talking, values, "zh")[0] == ["人人都读这句。找 *tea*。还有这句。", "说的是茶。"]


@pytest.mark.parametrize("values", [{"sentence_a": "I walk."}, {"model": "minilm"}])
def test_with_a_classs_sentences_the_prose_of_others_stands_and_what_fits_no_more_goes(talking, values):
    assert not is_own(talking, values)
    texts, ids = prose(talking, values)
    assert texts == ["Everyone reads this.\nFind a word of yours.\nAnd this."] and "asks-of-tea" not in ids
    assert prose(talking, values, "zh")[0] == ["人人都读这句。找你自己的一个词。还有这句。"]


def test_the_mark_itself_is_no_tag_of_a_notebook(talking):
    notebook = compose(Course([talking]), talking, "en", "student")
    assert "tags" not in cell(notebook, "asks-of-tea").metadata


def test_all_lessons_mark_the_same_in_both_languages_and_leave_no_mark_in_a_notebook():
    marked = 0
    for lesson in read_course(ROOT / "lessons"):
        marks = {code: {one.id: found for one in lesson.said_in(code) if one.kind == "markdown"
                        and (found := re.findall("<!--.*?-->", one.source))} for code in LANGUAGES}
        for name, found in marks["zh"].items():
            assert found == marks["en"][name], (lesson.stem, name)
        glosses = set(marks["en"]) - set(marks["zh"])               # words that English readers alone need
        assert not [name for name in glosses if "<!-- others -->" in marks["en"][name]], lesson.stem
        marked += len(marks["zh"])
        for code, own in itertools.product(LANGUAGES, (True, False)):
            assert not [one.name for one in fitted(lesson.said_in(code), own) if "<!--" in one.source]
    assert marked > 5


# --- what a class writes ---


def test_a_class_builds_what_it_has_written_and_an_option_comes_first(make_course, capsys):  # noqa: F811
    root = make_course("ours")
    (root / FILE).write_text('languages = ["zh"]\n["00"]\nsentence_a = "他说：\\"好\\""\nsentence_b = "乙"\n', "utf-8")
    assert main([], root) == 0
    assert not (root / "notebooks" / "en").exists()
    notebook = read(root, "notebooks/zh/00_first.ipynb")
    printed = next(one for one in notebook.cells if one.source.startswith("print(sentence_a)"))
    assert said(printed) == '他说："好"\n乙 stays\n'
    assert main(["--check"], root) == 0, capsys.readouterr()
    assert main(["00", "--sentence-b", "丙", "--output", str(root / "once")], root) == 0
    assert 'sentence_a = \'他说："好"\'' in (source := cell(read(root, "once/zh/00_first.ipynb"), "sentences").source)
    assert "sentence_b = ('丙')" in source
    assert main(["00", "--language", "en"], root) == 0 and (root / "notebooks/en/00_first.ipynb").is_file()


def test_a_folder_of_the_class_is_found_from_the_courses_and_written_for_every_machine(
        model_course, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    (model_course / FILE).write_text('model = "./models/mine 我的"\n', "utf-8")
    assert main(["--language", "en"], model_course) == 0
    assert cell(read(model_course, "notebooks/en/00_first.ipynb"), "sentences").source \
        == "model = '../../models/mine 我的'"
    shutil.rmtree(model_course / "models")
    assert main(["--language", "en"], model_course) == 1


@pytest.mark.parametrize(("written", "words"), [
    ("languages = [", "cannot be read"),
    ('languages = ["fr"]', "['fr']"),
    ('languages = "zh"', "a list of en, zh"),
    ('sentence_a = "one"', "sentence_a"),
    ('["42"]\nsentence_a = "one"', "42"),
    ('00 = "one"', "a chapter's table"),
    ('["00"]\nsentence_c = "one"', "sentence_a, sentence_b"),
    ('["00"]\nsentence_a = 3', "a text in quotes, got 3"),
    ('model = 3', "a text in quotes, got 3"),
])
def test_what_cannot_be_taken_is_said_with_what_can(written, words, tmp_path):
    lessons = read_course(ROOT / "lessons")
    (tmp_path / FILE).write_text(written, "utf-8")
    with pytest.raises(BuildError, match=re.escape(words)):
        read_settings(tmp_path, lessons)


def test_a_file_that_is_no_text_is_a_sentence(tmp_path):
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(BuildError, match=FILE):
        read_settings(tmp_path, [])


def test_a_model_for_all_goes_to_those_lessons_that_load_one(tmp_path):
    lessons = read_course(ROOT / "lessons")
    (tmp_path / FILE).write_text('model = "minilm"\n["02"]\nmodel = "course"\n', "utf-8")
    parameters = read_settings(tmp_path, lessons).parameters
    for lesson in lessons:
        expected = {"model": "course" if lesson.stem[:2] == "02" else "minilm"}
        assert parameters[lesson.stem] == (expected if "model" in parameters_of(lesson) else {})
