"""Take from an executed notebook what changes from run to run, and refuse what must not be in it."""

import re
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from lessons.building.compose import KERNEL, PYTHON
from lessons.building.editions import strings_in
from lessons.building.source import BuildError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 1_000_000
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
NETWORK = re.compile(r"(?:https?:)?//[\w.-]*(?:cdn|unpkg|jsdelivr)[\w-]*\.[\w./-]+", re.IGNORECASE)


def clean(notebook: NotebookNode) -> None:
    """Make an executed notebook, in place, the same whenever and wherever it was run.

    Outputs of cells tagged `volatile`, widget views, widget state and what the kernel says of itself go.
    """
    notebook.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": PYTHON})
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            is_volatile = "volatile" in cell.metadata.get("tags", [])
            kept = [] if is_volatile else [_clean_output(output) for output in cell.outputs]
            cell.outputs = [output for output in kept if output.get("data") != {}]


def _clean_output(output: NotebookNode) -> NotebookNode:
    """Return an output without its live widget; of a traceback, only the sentence."""
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
    if output.output_type == "error" and len(output.traceback) > 1:
        output.traceback = [f"{output.ename}: {output.evalue}"]
    return output


def to_text(notebook: NotebookNode) -> str:
    """Return the file's text: JSON with one space of indentation and a line feed at the end."""
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def refuse_unfit(notebook: NotebookNode, root: Path, name: str) -> None:
    """Stop where an output holds an address in memory, a path of this machine or a CDN, or the notebook is too big.

    Args:
        notebook: an executed and cleaned notebook.
        root: the course's folder on this machine.
        name: what to call the notebook.

    Raises:
        BuildError: naming the cell.
    """
    forbidden = _forbidden(root)
    for cell in notebook.cells:
        for text in strings_in(cell.get("outputs", [])):
            for what, pattern in forbidden.items():
                if found := pattern.search(text):
                    raise BuildError(f"{name}, cell {cell.id}: its output holds {what}: {found.group()}")
    size = len(to_text(notebook).encode())
    if size > LARGEST:
        largest = max(notebook.cells, key=lambda cell: len(str(cell.get("outputs", ""))))
        raise BuildError(f"{name}: {size:,} bytes, {LARGEST:,} at most; cell {largest.id} holds "
                         f"{len(str(largest.outputs)):,} of them")


def _forbidden(root: Path) -> dict[str, re.Pattern]:
    """Return what no output may hold, by name."""
    folders = {str(folder) for folder in (root, root.resolve(), Path.home(), Path(tempfile.gettempdir()))
               if folder != Path(folder.anchor)}
    spellings = sorted(folders | {folder.replace("\\", "/") for folder in folders}, key=len, reverse=True)
    paths = "|".join(re.escape(folder) for folder in spellings)
    return {"an address in memory": ADDRESS,
            "a path of this machine": re.compile(rf"(?<![\w.])(?:{paths})(?![\w-])[^\s\"'<]*"),
            "the address of a CDN": NETWORK}
