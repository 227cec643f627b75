"""Memory of a kernel after Run All, chapter by chapter: python tests/benchmarks/memory.py [01 …]

Printed: seconds, resident memory, and how much of it belongs to this kernel alone (what two kernels share counts once
on a machine that carries both).
"""

import asyncio
import os
import sys
import time
from pathlib import Path

import nbformat
import psutil
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]


ENVIRONMENT = os.environ | {"SEEING_ATTENTION_JOURNAL": "off", "OMP_NUM_THREADS": "1"}


def client_of(file: Path) -> NotebookClient:
    """Return a client for a notebook with a cell at its end that says which process its kernel is."""
    notebook = nbformat.read(file, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("import os; print(os.getpid())"))
    manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    return NotebookClient(notebook, km=manager, resources={"metadata": {"path": str(file.parent)}}, timeout=180)


async def run(client: NotebookClient) -> psutil.Process:
    """Run all cells of a client's notebook and return its kernel's process."""
    for index, cell in enumerate(client.nb.cells):
        await client.async_execute_cell(cell, index)
    return psutil.Process(int(client.nb.cells[-1].outputs[0].text))


async def measure(file: Path) -> tuple[float, float, float]:
    """Return (seconds, MB resident, MB of its own) of a notebook's kernel after its last cell.

    A second kernel that has run the same chapter is alive at the end: what both hold together, such as the code of the
    libraries, belongs to neither.
    """
    client, beside = client_of(file), client_of(file)
    async with client.async_setup_kernel(env=ENVIRONMENT), beside.async_setup_kernel(env=ENVIRONMENT):
        started = time.perf_counter()
        process = await run(client)
        seconds = time.perf_counter() - started
        await run(beside)
        used = process.memory_full_info()
    return seconds, used.rss / 1e6, used.uss / 1e6


def main(wanted: list[str]) -> None:
    """Measure the English notebooks, all or those whose numbers are given."""
    print("| chapter | seconds | MB | MB of its own |\n| --- | --- | --- | --- |")
    for file in sorted((ROOT / "notebooks" / "en").glob("*.ipynb")):
        if not wanted or file.stem[:2] in wanted:
            seconds, resident, own = asyncio.run(measure(file))
            print(f"| {file.stem[:2]} | {seconds:.0f} | {resident:.0f} | {own:.0f} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
