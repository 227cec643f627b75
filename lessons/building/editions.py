"""Cut the solutions from a lesson: the student edition, and the proof that nothing leaked."""

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nbformat import NotebookNode

from helpers.text import FALLBACK, sentence
from lessons.building.source import BEGIN, END, BuildError, Cell

STUB = "...  # " + sentence("notebook.your_code", FALLBACK)
EDITIONS = ("student", "instructor")
SHORTEST_SECRET = 10


def student_cells(cells: list[Cell], language: str = FALLBACK) -> list[Cell]:
    """Return the cells a student gets: solutions cut, a stub that runs in place of each, with a word in `language`."""
    stub = "...  # " + sentence("notebook.your_code", language)
    kept = []
    for index, cell in enumerate(cells):
        if cell.kind == "code":
            code = _student_code(cell, _code_after(cells, index))
            kept.append(replace(code, source=code.source.replace(STUB, stub)))
        elif "solution" not in cell.tags:
            kept.append(cell)
    return kept


def _code_after(cells: Sequence[Cell], index: int) -> str:
    return "\n".join(cell.source for cell in cells[index + 1:] if cell.kind == "code")


def _student_code(cell: Cell, later: str) -> Cell:
    """Return a code cell with its solutions replaced by stubs."""
    source = "\n".join(line for _, shown in _pieces(cell, later) for line in shown)
    if "solution" not in cell.tags:
        return replace(cell, source=source)
    others = (tag for tag in cell.tags if tag not in ("solution", "exercise"))
    return replace(cell, source=source, tags=("exercise", *others))


def _pieces(cell: Cell, later: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (solution, what students see of it), in order; the solution is empty where nothing is cut."""
    lines = cell.source.splitlines()
    if "solution" in cell.tags:
        yield lines, _stub(lines, later)
        return
    for is_solution, start, end in _regions(lines):
        if is_solution:
            at_top = lines[start - 1].startswith("#")
            rest = "\n".join([*lines[end:], later if at_top else ""])
            yield lines[start:end], _stub(lines[start:end], rest)
        else:
            yield [], lines[start:end]


def _regions(lines: list[str]) -> Iterator[tuple[bool, int, int]]:
    """Yield (is it a solution, first line, line after the last), the marks themselves left out."""
    start, inside = 0, False
    for number, line in enumerate(lines):
        if line.strip() in (BEGIN, END):
            yield inside, start, number
            start, inside = number + 1, not inside
    yield inside, start, len(lines)


def _stub(solution: list[str], rest: str) -> list[str]:
    """Return what stands in for a solution: empty definitions and names that `rest` mentions, else one stub line."""
    filled = [line for line in solution if line.strip()]
    indent = filled[0][:len(filled[0]) - len(filled[0].lstrip())] if filled else ""
    try:
        body = ast.parse(textwrap.dedent("\n".join(solution))).body
    except SyntaxError:
        return [indent + STUB]
    source = textwrap.dedent("\n".join(solution)).splitlines()
    outlines = dict.fromkeys(tuple(_outline(statement, source, rest)) for statement in body)
    return [indent + line for outline in outlines for line in outline] or [indent + STUB]


def _outline(statement: ast.stmt, source: list[str], rest: str) -> list[str]:
    """Return what the rest of the lesson needs of one statement: a definition's head, an assigned name."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return _empty_definition(statement, source) if _mentions(rest, statement.name) else []
    names = dict.fromkeys(name for node in ast.walk(statement) for name in _assigned(node))
    return [f"{name} = {STUB}" for name in names if _mentions(rest, name)]


def _assigned(node: ast.AST) -> list[str]:
    """Return the names that an assignment stores."""
    if not isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        return []
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [part.id for target in targets for part in ast.walk(target)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]


def _empty_definition(node: ast.FunctionDef | ast.ClassDef, source: list[str]) -> list[str]:
    """Return the head and docstring of a function or class, with a stub for its body."""
    first = node.body[0]
    start = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
    head = source[start:first.lineno]
    head[-1] = head[-1].encode()[:first.col_offset].decode()
    own_line = not head[-1].strip()
    head = [line.rstrip() for line in head if line.strip() and not line.lstrip().startswith("#")]
    documented = own_line and ast.get_docstring(node) is not None
    docstring = source[first.lineno - 1:first.end_lineno] if documented else []
    return [*head, *docstring, " " * (first.col_offset if own_line else 4) + STUB]


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def secrets(cells: Sequence[Cell]) -> set[str]:
    """Return the lines that only a solution may hold, each with its spaces squeezed."""
    hidden = set()
    for index, cell in enumerate(cells):
        if cell.kind == "markdown" and "solution" in cell.tags:
            hidden |= {_squeeze(line) for line in cell.source.splitlines()}
        elif cell.kind == "code":
            for solution, shown in _pieces(cell, _code_after(cells, index)):
                hidden |= {_squeeze(line) for line in solution} - {_squeeze(line) for line in shown}
    return {line for line in hidden if not _is_trivial(line)}


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _is_trivial(line: str) -> bool:
    """Say whether a line gives nothing away: short, a comment, an import, the head of a block, a bare return."""
    return (len(line.replace(" ", "")) < SHORTEST_SECRET or line.startswith(("#", "import ", "from "))
            or line.endswith(":") or re.fullmatch(r"return \w+", line) is not None)


def refuse_leaks(notebook: NotebookNode, hidden: set[str], name: str) -> None:
    """Stop where a line of a solution stands in a student notebook.

    Args:
        notebook: the student edition, executed or not.
        hidden: what `secrets` returned for the lesson.
        name: what to call the notebook.

    Raises:
        BuildError: naming the cell and the line.
    """
    for cell in notebook.cells:
        text = _squeeze(f"{cell.source} {' '.join(strings_in(cell.get('outputs', [])))}")
        for line in sorted(hidden):
            if line in text:
                raise BuildError(f"{name}, cell {cell.id}: this line of a solution would reach the students: {line}")


def strings_in(value: object) -> Iterator[str]:
    """Yield every string inside nested lists and dictionaries."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)
