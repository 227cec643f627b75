"""How long from a key on a slider to the picture on the screen: explore_heads beside two other ways, in one run.

    python tests/benchmarks/slider.py [--rounds 60] [--model course]

* explore_heads: the course's own view of one layer, 15 tokens
* FigureWidget: a 15 x 15 plotly heat map, redrawn by batch_update; left out where anywidget is not installed
* bare: a number that goes from the kernel to a core HTML widget, the cost of one round trip

They are pressed in turn, so that a busy machine is busy for all. This is not a test: trust the ratios, not the
milliseconds. It runs in the README's environment; `far.py` does the same with a kernel far away.
"""

import argparse
import statistics
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import launch  # noqa: E402
from browser.notebook import LabNotebook  # noqa: E402
from browser.server import LabServer  # noqa: E402

EXPLORE = """
import sys; sys.path.insert(0, {root!r})
from helpers.controls import explore_heads
from helpers.models import load_bert
explorer = explore_heads(load_bert({model!r}), "I like this book very much.", "It is very good.")
explorer.layer.description = "explore"
explorer
"""
FIGURE = """
import ipywidgets, numpy as np, plotly.graph_objects as go
maps = np.random.default_rng(0).random((4, 15, 15))
figure = go.FigureWidget(go.Heatmap(z=maps[0]), layout={"width": 500, "height": 500})
choose = ipywidgets.IntSlider(description="figure", max=3)
def redraw(change):
    with figure.batch_update():
        figure.data[0].z = maps[change.new]
choose.observe(redraw, "value")
ipywidgets.VBox([choose, figure])
"""
TRIP = """
import ipywidgets
number, send = ipywidgets.HTML("0"), ipywidgets.IntSlider(description="trip", max=3)
send.observe(lambda change: setattr(number, "value", str(change.new)), "value")
ipywidgets.VBox([send, number])
"""
WAYS = {"explore_heads": ("explore", ".widget-html"), "bare": ("trip", ".widget-html")}
if find_spec("anywidget"):
    WAYS["FigureWidget"] = "figure", ".js-plotly-plot"
# From the key's event to the frame after the last change of the picture.
PRESS = """async ({label, target, key}) => {
    const row = [...document.querySelectorAll('.widget-slider')]
        .find(one => one.querySelector('.widget-label').textContent === label);
    const output = row.closest('.jp-OutputArea-output');
    const handle = row.querySelector('[role=slider]');
    handle.focus();
    const pictures = [...output.querySelectorAll(target)];
    const start = performance.now();
    const painted = new Promise(resolve => {
        let last;
        const watch = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
            clearTimeout(last);
            const now = performance.now();
            last = setTimeout(() => { watch.disconnect(); resolve(now - start); }, 150);
        })));
        const whole = {childList: true, subtree: true, attributes: true, characterData: true};
        pictures.forEach(picture => watch.observe(picture, whole));
    });
    handle.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    return Promise.race([painted, new Promise(resolve => setTimeout(() => resolve(null), 5000))]);
}"""


def measure(notebook: LabNotebook, rounds: int) -> dict[str, list[float]]:
    """Press each slider in turn, there and back, and return the milliseconds of each press."""
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    for turn in range(rounds + 4):
        for way, (label, target) in WAYS.items():
            key = "ArrowLeft" if turn % 2 else "ArrowRight"
            took = notebook.page.evaluate(PRESS, {"label": label, "target": target, "key": key})
            if took is None:
                raise SystemExit(f"{way}: nothing was drawn within five seconds")
            times[way].append(took)
    return {way: took[4:] for way, took in times.items()}


def report(times: dict[str, list[float]]) -> None:
    """Print median and ninth decile of each way, and the ratio to the bare round trip."""
    bare = statistics.median(times["bare"])
    print(f"{'':16}{'median':>10}{'p90':>10}{'x round trip':>14}")
    for way, took in times.items():
        median, high = statistics.median(took), statistics.quantiles(took, n=10)[-1]
        print(f"{way:16}{median:8.1f}ms{high:8.1f}ms{median / bare:14.2f}")


def main() -> None:
    """Make a notebook with the ways, run it in JupyterLab, press, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--model", default="course")
    options = parser.parse_args()
    sources = [EXPLORE.format(root=str(ROOT), model=options.model), TRIP, *([FIGURE] if "FigureWidget" in WAYS else [])]
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    three = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (home := Path(folder, "home")).mkdir()
        nbformat.write(three, Path(folder, "three.ipynb"))
        server = LabServer(Path(folder), home, {})
        page = launch(playwright.chromium).new_page(viewport={"width": 1400, "height": 2400})
        notebook = LabNotebook.open(page, server, "three.ipynb")
        notebook.run_all()
        if notebook.errors():
            raise SystemExit("\n".join(notebook.errors()))
        report(measure(notebook, options.rounds))
        server.stop()


if __name__ == "__main__":
    main()
