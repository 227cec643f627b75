"""Read a lesson: a jupytext percent script with its prose in two languages and its code once."""

import ast
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from helpers.text import FALLBACK, LANGUAGES
from helpers.twins import TwinError, twins

TAGS = {"parameters", "exercise", "solution", "check", "volatile", "hide", "raises-exception",
        "nbval-ignore-output", "nbval-skip", "own"}
ATTRIBUTES = {"lang", "label", "tags"}
RESERVED_LABELS = {"set-up", "links-top", "links-bottom"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


class BuildError(Exception):
    """What stops a build: a sentence that names the lesson and the line or cell."""


@dataclass(frozen=True)
class Cell:
    """A cell of a lesson.

    Attributes:
        kind: "markdown" or "code".
        source: the text of the cell; code as the English edition has it.
        line: where the cell starts in the lesson's file, counted from 1.
        language: "en", "zh" or a further one for prose, None for code.
        label: the cell's given name, "" where it has none.
        tags: the cell's tags.
        id: the notebook's cell id; an English cell and its twins in other languages share one.
        twins: code as other languages have it, where its words differ.
    """

    kind: str
    source: str
    line: int
    language: str | None
    label: str
    tags: tuple[str, ...]
    id: str = ""
    twins: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The id and the first line: how people recognise the cell."""
        return f"{self.id} «{(self.source.splitlines() or [''])[0][:60]}»"


@dataclass(frozen=True)
class Lesson:
    """A lesson: its file and its cells in all languages."""

    path: Path
    cells: tuple[Cell, ...]

    @property
    def stem(self) -> str:
        """The file's name without its ending; the notebooks have the same."""
        return self.path.stem

    def said_in(self, language: str) -> list[Cell]:
        """Return the cells of a notebook: prose, and code with its words; English where `language` lacks them."""
        given = {cell.id for cell in self.cells if cell.language == language}
        return [replace(cell, source=cell.twins.get(language, cell.source)) for cell in self.cells
                if cell.language in (None, language) or (cell.language == FALLBACK and cell.id not in given)]

    def title(self, language: str) -> str:
        """Return the H1 that opens the lesson in `language`."""
        opening = self.said_in(language)[0]
        return opening.source.splitlines()[0].removeprefix("# ").strip()

    def promise(self, language: str) -> str:
        """Return what the learner will make: the first paragraph of the opening that starts in bold.

        A start that ends in a colon ("你会做出：") is left out. "" where the opening promises nothing.
        """
        opening = self.said_in(language)[0]
        found = re.search(r"^\*\*([^*]+)\*\*(：?)(.+?)(?:\n\n|\Z)", opening.source, re.MULTILINE | re.DOTALL)
        said = (("" if found[2] else found[1]) + found[3]) if found else ""
        return re.sub(r"\s*\n", "" if language == "zh" else " ", said)


def read_lesson(path: Path) -> Lesson:
    """Read and check one lesson.

    Raises:
        BuildError: naming file and line, where the script breaks a rule of the format.
    """
    text = path.read_text(encoding="utf-8")
    raw_cells = jupytext.reads(text, fmt="py:percent").cells
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("# %%")]
    if len(lines) != len(raw_cells):
        raise BuildError(f"{path.name}: {len(lines)} lines start with `# %%` but jupytext reads {len(raw_cells)} "
                         "cells; is there text before the first cell, or a `# %%` inside a string?")
    cells = [_to_cell(path, raw, line) for raw, line in zip(raw_cells, lines, strict=True)]
    _check_prose(path, cells)
    _check_code(path, cells)
    return Lesson(path, tuple(_with_ids(path, [_with_twins(path, cell) for cell in cells])))


def _fault(path: Path, line: int, sentence: str) -> BuildError:
    return BuildError(f"{path.name}, line {line}: {sentence}")


def _to_cell(path: Path, raw: NotebookNode, line: int) -> Cell:
    """Turn one of jupytext's cells into ours, refusing unknown attributes and tags."""
    given = {key: value for key, value in raw.metadata.items() if key != "lines_to_next_cell"}
    if unknown := given.keys() - ATTRIBUTES:
        raise _fault(path, line, f"expected only {', '.join(sorted(ATTRIBUTES))} after `# %%`, "
                                 f"got {', '.join(sorted(unknown))}")
    if unknown := set(given.get("tags", ())) - TAGS:
        raise _fault(path, line, f"unknown tag {', '.join(sorted(unknown))}; known are {', '.join(sorted(TAGS))}")
    if raw.cell_type not in ("markdown", "code"):
        raise _fault(path, line, f"expected a markdown or a code cell, got {raw.cell_type}")
    if raw.cell_type == "code" and "lang" in given:
        raise _fault(path, line, "code stands once for both languages: take `lang` away")
    if not raw.source.strip():
        raise _fault(path, line, "the cell is empty")
    return Cell(raw.cell_type, raw.source, line, given.get("lang"), given.get("label", ""),
                tuple(given.get("tags", ())))


def _check_prose(path: Path, cells: list[Cell]) -> None:
    """Check that each English cell is followed by its Chinese one, then by further ones, and that a title opens."""
    said: list[Cell] = []                                       # one text: in English, in Chinese, in further languages
    for cell in cells:
        if cell.kind == "markdown" and cell.language not in LANGUAGES:
            raise _fault(path, cell.line, f'a prose cell needs lang="en" or lang="zh", got {cell.language!r}')
        if len(said) == 1 and cell.language != "zh":
            raise _fault(path, said[0].line, "this English cell is not followed by its Chinese one")
        if cell.language == "zh" and len(said) != 1:
            raise _fault(path, cell.line, "this Chinese cell does not follow an English one")
        if cell.language in LANGUAGES[2:] and (len(said) < 2 or cell.language in {one.language for one in said}):
            raise _fault(path, cell.line, f"this {cell.language!r} cell does not follow an English and a Chinese one")
        if cell.language in LANGUAGES[1:] and cell.tags != said[0].tags:
            name = {"zh": "Chinese"}.get(cell.language, repr(cell.language))
            raise _fault(path, cell.line, f"this {name} cell has other tags than its English one")
        said = [*said, cell] if cell.language in LANGUAGES[1:] else [cell] if cell.language else []
    if len(said) == 1:
        raise _fault(path, said[0].line, "this English cell is not followed by its Chinese one")
    for cell in cells[:2]:
        if not (cell.kind == "markdown" and cell.source.startswith("# ")):
            raise _fault(path, cell.line, "a lesson opens with its title, `# …`, in English and in Chinese")
    if len(cells) < 2:
        raise _fault(path, 1, "a lesson opens with its title, `# …`, in English and in Chinese")


def _check_code(path: Path, cells: list[Cell]) -> None:
    """Check labels, solution marks and Python of the code cells."""
    seen: set[str] = set()
    for cell in cells:
        if cell.label and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", cell.label):
            raise _fault(path, cell.line, f"a label has up to 64 letters, digits, - and _, got {cell.label!r}")
        if cell.label and (cell.kind != "code" or cell.label in seen | RESERVED_LABELS):
            raise _fault(path, cell.line, f"the label {cell.label!r} is taken, or stands on prose")
        seen.add(cell.label)
        if cell.kind == "code":
            _check_marks(path, cell)
            _check_python(path, cell)
    if sum("parameters" in cell.tags for cell in cells) > 1:
        raise _fault(path, 1, "more than one cell is tagged `parameters`")
    if not any(cell.kind == "code" for cell in cells):
        raise _fault(path, 1, "a lesson needs a code cell")


def _check_marks(path: Path, cell: Cell) -> None:
    """Check that BEGIN and END SOLUTION alternate, whatever their spelling."""
    inside = False
    for offset, line in enumerate(cell.source.splitlines(), 1):
        if not re.search(r"#\s*(begin|end)\s+solution", line, re.IGNORECASE):
            continue
        if line.strip() != (END if inside else BEGIN):
            raise _fault(path, cell.line + offset, f"expected `{END if inside else BEGIN}`, got `{line.strip()}`")
        inside = not inside
    if inside:
        raise _fault(path, cell.line, f"`{BEGIN}` without `{END}`")


def _check_python(path: Path, cell: Cell) -> None:
    """Check that the cell is Python; magics are not, so that any editor and checker can read a lesson."""
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        raise _fault(path, cell.line + (error.lineno or 0), f"this is not Python: {error.msg}") from None


def _with_twins(path: Path, cell: Cell) -> Cell:
    """Part a code cell's source by languages."""
    if cell.kind != "code":
        return cell
    try:
        said = twins(cell.source)
    except TwinError as error:
        raise _fault(path, cell.line + error.line, str(error)) from None
    return replace(cell, source=said.pop(FALLBACK), twins=said)


def _with_ids(path: Path, cells: list[Cell]) -> list[Cell]:
    """Give each cell its id: the label, or a hash of what it says; never its position."""
    numbered, used, previous = [], Counter[str](), ""
    for cell in cells:
        is_twin = cell.language in LANGUAGES[1:]
        name = previous if is_twin else cell.label or _hash(path.stem, cell.source)
        if not is_twin:
            used[name] += 1
            name = name if used[name] == 1 else f"{name}-{used[name]}"
        numbered.append(replace(cell, id=name))
        previous = name
    return numbered


def _hash(stem: str, source: str) -> str:
    return hashlib.sha256(f"{stem}\n{source}".encode()).hexdigest()[:12]
