"""Editions for a grader's own tools: the notebook that nbgrader or Otter makes its assignment from.

Both keep the students' stub and put the solution after it, in the tool's own marks, so that a released notebook runs
from top to bottom with nothing filled in. A check becomes a cell that fails where the answer is not right.
"""

import ast
import copy
from collections.abc import Callable, Iterator

import nbformat
from nbformat import NotebookNode

from lessons.building.source import BEGIN, END, BuildError

GRADERS = ("nbgrader", "otter")
NBGRADER_CONFIG = """\
# Written by lessons/build.py --edition nbgrader. Run nbgrader in this folder:
#     nbgrader generate_assignment 01_self_attention-en
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "seeing-attention"
c.ClearSolutions.code_stub = {"python": "# your code above · 在上面写代码"}  # the stub stands already
c.ExecutePreprocessor.timeout = 180
"""


def for_grader(student: NotebookNode, instructor: NotebookNode, tool: str) -> NotebookNode:
    """Return the notebook that a grader's tool takes as its source.

    Args:
        student: the students' edition, not executed.
        instructor: the same lesson with its solutions.
        tool: "nbgrader" or "otter".

    Raises:
        BuildError: where a check is not one call of `check`.
    """
    solved = {cell.id: cell.source for cell in instructor.cells if cell.cell_type == "code"}
    forms: dict[str, Callable[[NotebookNode, str], Iterator[NotebookNode]]] = {"nbgrader": _nbgrader, "otter": _otter}
    notebook = copy.deepcopy(student)
    notebook.cells = [node for cell in notebook.cells for node in forms[tool](cell, solved.get(cell.id, ""))]
    if tool == "otter":
        head = "# ASSIGNMENT CONFIG\ninit_cell: false\nexport_cell: false\nrun_tests: true"
        notebook.cells.insert(0, nbformat.v4.new_raw_cell(head, id="otter-assignment"))
    return notebook


def _is_check(cell: NotebookNode) -> bool:
    return "check" in cell.metadata.get("tags", ())


def _nbgrader(cell: NotebookNode, solved: str) -> Iterator[NotebookNode]:
    """Yield a cell as nbgrader wants it: solutions between its marks, checks locked and worth a point."""
    kind = {"schema_version": 3, "grade_id": cell.id, "locked": False, "grade": False, "solution": False, "task": False}
    if _is_check(cell):
        cell.source = strict(cell.source, "check({call}, strict=True)")
        cell.metadata["nbgrader"] = kind | {"grade": True, "locked": True, "points": 1}
    elif solved and solved != cell.source:
        cell.source = "\n".join([cell.source, BEGIN, _without_marks(solved), END])
        cell.metadata["nbgrader"] = kind | {"solution": True}
    yield cell


def _otter(cell: NotebookNode, solved: str) -> Iterator[NotebookNode]:
    """Yield a cell as Otter wants it, with raw cells around it: a solution begins a question, its check ends it."""
    def raw(mark: str, name: str) -> NotebookNode:
        return nbformat.v4.new_raw_cell(mark, id=f"otter-{name}-{cell.id}"[:64])
    if _is_check(cell):
        key = ast.literal_eval(_call_of(cell.source).args[0])
        cell.source = strict(cell.source, "assert check({call}).passed")
        yield raw(f"# BEGIN QUESTION\nname: q{key.replace('.', '_')}\npoints: 1", "question")
        yield raw("# BEGIN TESTS", "tests")
        yield cell
        yield raw("# END TESTS", "tests-end")
        yield raw("# END QUESTION", "question-end")
        return
    if solved and solved != cell.source:
        lines = [cell.source, "# BEGIN SOLUTION NO PROMPT", _without_marks(solved), "# END SOLUTION"]
        cell.source = "\n".join(lines)
    yield cell


def _without_marks(source: str) -> str:
    return "\n".join(line for line in source.splitlines() if line.strip() not in (BEGIN, END))


def strict(source: str, form: str) -> str:
    """Return a check's cell with its call written in another form.

    Args:
        source: one call, `check("01.softmax", softmax)`.
        form: with `{call}` where the arguments go.

    Raises:
        BuildError: where the cell holds anything else.

    >>> strict('check("01.softmax", softmax)', "check({call}, strict=True)")
    'check("01.softmax", softmax, strict=True)'
    """
    _call_of(source)
    return form.format(call=source.strip().removeprefix("check(").removesuffix(")"))


def _call_of(source: str) -> ast.Call:
    """Return the one call of `check` that a cell holds, or refuse the cell."""
    body = ast.parse(source).body
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"):
        raise BuildError(f"a cell tagged `check` holds one call of check(…), got: {source[:60]}")
    return call
