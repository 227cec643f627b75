"""Helpers of the builder's tests: small lessons, single cells, and what is in a notebook."""

import asyncio
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from lessons.building.execute import execute
from lessons.building.source import Lesson, read_lesson

SAMPLES = Path(__file__).parent / "sample_lessons"
OPENING = '# %% [markdown] lang="en"\n# # Title\n# %% [markdown] lang="zh"\n# # 题目\n'


def read(root: Path, place: str) -> NotebookNode:
    """Return the notebook at a place in a course."""
    return nbformat.read(root / place, as_version=4)


def cell(notebook: NotebookNode, cell_id: str) -> NotebookNode:
    """Return the cell with this id."""
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def said(cell: NotebookNode) -> str:
    """Return the text of a cell's outputs."""
    return "".join(output.text if output.output_type == "stream" else output.data["text/plain"]
                   for output in cell.outputs)


def lesson_of(folder: Path, text: str) -> Lesson:
    """Return a lesson with a title and the cells of `text`, whose first line is line 5."""
    file = folder / "00_made.py"
    file.write_text(OPENING + text, encoding="utf-8")
    return read_lesson(file)


def run_cells(folder: Path, *sources: str, tags: tuple[str, ...] = ()) -> NotebookNode:
    """Execute code cells as the builder does and return them; their ids are cell-0, cell-1, ..."""
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{number}", metadata={"tags": list(tags)})
             for number, source in enumerate(sources)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    asyncio.run(execute(notebook, folder, "the lesson"))
    return notebook
