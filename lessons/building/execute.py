"""Run a notebook in a kernel of its own, and stop on every error, those that hide in widgets too."""

import os
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from lessons.building.source import BuildError

CELL_SECONDS = 180
TRACEBACK_LINES = 40
ENVIRONMENT = {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1",
               "PYTHONUTF8": "1", "LANG": "C.UTF-8", "SEEING_ATTENTION_JOURNAL": "off"}


async def execute(notebook: NotebookNode, folder: Path, name: str) -> None:
    """Run every cell, in place, as a learner's Run All in `folder` would.

    Args:
        notebook: what to run; its outputs are replaced.
        folder: the working folder of the kernel.
        name: what to call the notebook in messages.

    Raises:
        BuildError: naming the cell, with the traceback, where a cell fails, takes over `CELL_SECONDS`,
            writes to stderr, or leaves an error in the output of a widget.
    """
    folder.mkdir(parents=True, exist_ok=True)
    started: list[NotebookNode] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        environment = {**os.environ, **ENVIRONMENT, "IPYTHONDIR": profile}
        try:
            await _run(notebook, folder, name, started, environment)
        except CellTimeoutError:
            raise _failure(name, started[-1], f"stopped after {CELL_SECONDS} seconds") from None
        except DeadKernelError:
            raise _failure(name, started[-1], "the kernel died: interrupted, or out of memory?") from None


async def _run(notebook: NotebookNode, folder: Path, name: str, started: list[NotebookNode],
               environment: dict[str, str]) -> None:
    """Run all cells; begin once more where the kernel did not start: two that start at once can take one port."""
    try:
        await _client(notebook, folder, name, started).async_execute(env=environment)
    except RuntimeError:
        if started:
            raise
        await _client(notebook, folder, name, started).async_execute(env=environment)


def _client(notebook: NotebookNode, folder: Path, name: str, started: list[NotebookNode]) -> NotebookClient:
    """Return what runs the notebook in a kernel of this Python's, whatever else is installed."""
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    client = NotebookClient(
        notebook, km=manager, resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=40"], timeout=CELL_SECONDS, record_timing=False,
        store_widget_state=True, coalesce_streams=True)
    client.on_cell_execute = lambda cell, **_: started.append(cell)
    client.on_cell_executed = lambda cell, **_: _refuse_errors(client, cell, name)
    return client


def _failure(name: str, cell: NotebookNode, report: str) -> BuildError:
    """Return the error that names the lesson and the cell above the end of a traceback."""
    lines = strip_ansi(report).strip().splitlines()[-TRACEBACK_LINES:]
    first_line = (cell.source.splitlines() or [""])[0]
    return BuildError("\n".join([f"{name}, cell {cell.id} «{first_line}»:", *lines]))


def _refuse_errors(client: NotebookClient, cell: NotebookNode, name: str) -> None:
    """Stop on every error and on stderr: the cell's own, those it went on after, and those inside its widgets."""
    tags = cell.metadata.get("tags", [])
    if "raises-exception" not in tags:
        _refuse_tracebacks(cell.outputs, cell, name, "")
    models = [state for state in client.widget_state.values() if state.get("_model_name") == "OutputModel"]
    for model in models:
        _refuse_tracebacks(model.get("outputs", []), cell, name, "an error hides in the output of a widget:\n")
    if "volatile" not in tags:
        for outputs in [cell.outputs, *(model.get("outputs", []) for model in models)]:
            _refuse_stderr(outputs, cell, name)


def _refuse_tracebacks(outputs: list[NotebookNode], cell: NotebookNode, name: str, where: str) -> None:
    for output in outputs:
        if output["output_type"] == "error":
            raise _failure(name, cell, where + "\n".join(output["traceback"]))


def _refuse_stderr(outputs: list[NotebookNode], cell: NotebookNode, name: str) -> None:
    for output in outputs:
        if output["output_type"] == "stream" and output["name"] == "stderr":
            raise _failure(name, cell, f"text on stderr (silence it, or tag the cell `volatile`):\n{output['text']}")
