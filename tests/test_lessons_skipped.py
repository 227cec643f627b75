"""What a first reading leaves out, the sections marked ✻, the rest of the lesson does not need."""

import ast
import builtins
import re
from collections.abc import Iterator

import pytest

from lessons.build import ROOT, read_course
from lessons.building.source import Cell

LESSONS = read_course(ROOT / "lessons")
SECTION = re.compile(r"^## .*$", re.MULTILINE)


def with_marks(cells: list[Cell]) -> Iterator[tuple[Cell, bool]]:
    """Return each cell of code with whether its section is marked ✻."""
    left_out = False
    for cell in cells:
        if cell.kind == "code":
            yield cell, left_out
        elif titles := SECTION.findall(cell.source):
            left_out = "✻" in titles[-1]


def outer_names(source: str) -> tuple[set[str], set[str]]:
    """Return the names a cell makes for the cells after it, and the names it reads."""
    tree = ast.parse(source)
    made, inner = set[str](), set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.alias):
            made.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.arg):
            inner.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
    read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - inner
    return made, read


def missing(cells: list[Cell]) -> dict[str, set[str]]:
    """Return the names that a cell outside the sections marked ✻ reads and only such a section makes."""
    made, found = set(dir(builtins)), {}
    for cell, left_out in with_marks(cells):
        makes, reads = outer_names(cell.source)
        if not left_out:
            made |= makes
            found[cell.id] = reads - made
    return {name: names for name, names in found.items() if names}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.stem)
def test_the_sections_marked_can_be_left_out(lesson):
    assert missing(lesson.said_in("en")) == {}


def test_a_name_from_a_section_left_out_is_noticed(tmp_path):
    from built_samples import lesson_of

    said = '# %% [markdown] lang="en"\n# ## {}\n# %% [markdown] lang="zh"\n# ## {}\n# %%\n{}\n'
    text = said.format("More ✻", "更多 ✻", "n = 1") + said.format("Then", "然后", "print(n)")
    lesson = lesson_of(tmp_path, text)
    assert list(missing(lesson.said_in("en")).values()) == [{"n"}]
