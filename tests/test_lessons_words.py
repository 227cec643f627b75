"""The Chinese edition is at home: its code speaks Chinese, says the same code, and names each term in English too."""

import ast
import io
import re
import tokenize

import pytest

from lessons.build import ROOT, read_course
from lessons.building.editions import student_cells
from lessons.building.source import Cell
from lessons.side_by_side import glossary, main, page, terms

LESSONS = read_course(ROOT / "lessons")
CHINESE = re.compile("[一-鿿]")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+[.,:;!?]*")
SENTENCE = re.compile(r"^[A-Z].*[.?!{}]$", re.DOTALL)
QUOTED = {                                                   # English on purpose: texts for the models, and names
    "The cat is on the", "We went", "My father is", "Two plus two is", "I have a red car", "I have a red dress",
    "Ken and Mary went to Boston. Ken and", "Do you like tea", "Do your homework", "What he said was true",
    "Open the window please", "| test text | GPT",
    "The animal didn't cross the street because the [MASK] was too ", "the -> dog ", "    dog -> the ",
}
MOST_LINES = 12
IN_PASSING = {"claim", "control", "importance", "key", "memory", "position", "prediction", "target"}    # not yet terms
ELSEWHERE = {"sentence filter", "scaling by √d", "split heads", "merge heads", "KL divergence", "cosine distance"}


def code(lesson, language: str) -> list[Cell]:
    """Return the code cells of a lesson in a language."""
    return [cell for cell in lesson.said_in(language) if cell.kind == "code"]


def is_english(text: str) -> bool:
    """Say whether a text without Chinese has two English words or more; shapes in brackets do not count."""
    bare = re.sub(r"\([^()]*\)", "", text)
    return not CHINESE.search(text) and sum(WORD.fullmatch(word) is not None for word in bare.split()) >= 2


def words_of(source: str) -> list[str]:
    """Return the comments and the strings of a cell."""
    comments = [token.string for token in tokenize.generate_tokens(io.StringIO(source).readline)
                if token.type == tokenize.COMMENT and "SOLUTION" not in token.string]
    return comments + [node.value for node in ast.walk(ast.parse(source))
                       if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def names_of(source: str) -> list[str]:
    """Return every name, number and operation of a cell, in the order of their kinds; no string, no comment."""
    said = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and not isinstance(node.value, str):
            said.append(repr(node.value))
        elif not isinstance(node, ast.Constant | ast.JoinedStr):
            named = (getattr(node, field, None) for field in ("id", "attr", "arg", "name"))
            said.append(type(node).__name__ + "".join(name for name in named if isinstance(name, str)))
    return sorted(said)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_chinese_code_is_the_same_code(lesson):
    for english, chinese in zip(code(lesson, "en"), code(lesson, "zh"), strict=True):
        assert english.id == chinese.id and english.tags == chinese.tags
        assert names_of(english.source) == names_of(chinese.source), english.name


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_chinese_code_speaks_chinese(lesson):
    left = [(cell.id, text) for cell in code(lesson, "zh") for text in words_of(cell.source)
            if is_english(text) and text not in QUOTED and not SENTENCE.match(text)]
    assert left == []
    docstrings = [(cell.id, ast.get_docstring(node)) for cell in code(lesson, "zh")
                  for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.FunctionDef)]
    assert [(name, text) for name, text in docstrings if text and not CHINESE.search(text) and "->" not in text] == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_english_code_speaks_english(lesson):
    comments = [(cell.id, text) for cell in code(lesson, "en") for text in words_of(cell.source) if text[:1] == "#"]
    assert [(name, text) for name, text in comments if CHINESE.search(text)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_a_cell_of_code_stays_short(lesson, language):
    cells = [cell for cell in student_cells(lesson.said_in(language), language) if cell.kind == "code"]
    lines = {cell.id: sum(bool(line.strip()) for line in cell.source.splitlines()) for cell in cells}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_each_term_is_given_in_english_in_its_first_chapter():
    late = {term.english: term for term in terms(LESSONS) if term.first and term.given[:2] != term.first[:2]}
    assert set(late) - IN_PASSING - ELSEWHERE == set(), late


def test_terms_notices_one_without_its_english(tmp_path):
    from built_samples import lesson_of

    lesson = lesson_of(tmp_path, '# %% [markdown] lang="en"\n# a mask\n# %% [markdown] lang="zh"\n# 掩码\n# %%\n1\n')
    (mask,) = [term for term in terms([lesson]) if term.english == "mask"]
    assert mask.first and not mask.given and len(glossary()) > 100


def test_the_listing_puts_both_languages_beside_each_other(tmp_path, capsys):
    lesson = LESSONS[0]
    text = page(lesson)
    for language in ("en", "zh"):
        assert lesson.title(language) in text
    assert text.count("<tr>") >= len(lesson.said_in("en")) and "倒数第" in text and "third from the end" in text
    main(["00", "--output", str(tmp_path)])
    assert [file.name for file in tmp_path.iterdir()] == [f"{lesson.stem}.html"]
    main(["--terms"])
    assert "| 词元 |" in capsys.readouterr().out
