"""A kernel far away: from a key to its picture, and pictures during a drag, with and without a long way between.

    python tests/benchmarks/far.py [--round-trip 0 150] [--rounds 12]

Between the browser and JupyterLab stands a proxy on the loopback that holds each packet back for half a round trip,
once the page has been loaded. The explorers are pressed and dragged beside `bare`, a core slider whose kernel answers
with its number alone, and beside `figure`, plotly's FigureWidget, where anywidget is installed. The page asks for no
movement, so that a picture is done when it is there. This is not a test: trust the ratios to `bare`, not the
milliseconds.

* press: from a key on the slider to the frame after the last change of the picture, the median
* moves: of the mouse, as many as the machine makes in 1.6 s
* pictures: frames that showed another picture while the handle was dragged to and fro for 1.6 s, a value a move
* rest: from the end of the drag to the last of its pictures, 0 where it came before; a queue would show here
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "benchmarks")]

from browser.chromium import launch  # noqa: E402
from browser.notebook import LabNotebook  # noqa: E402
from browser.server import LabServer  # noqa: E402
from slider import FIGURE, PRESS  # noqa: E402

BARE = """
import ipywidgets
send, said = ipywidgets.IntSlider(description="bare", max=9), ipywidgets.HTML("0")
send.observe(lambda change: setattr(said, "value", f"<svg class='sav'></svg>{change.new}"), "value")
ipywidgets.VBox([send, said])
"""
EXPLORE = """
import sys; sys.path.insert(0, {root!r})
from helpers.controls import {way}
explorer = {way}({given})
explorer.{slider}.description = {way!r}
explorer
"""
PAIR = '"course", "I like this book very much.", "It is very good."'
EXPLORERS = {"explore_heads": ("threshold", PAIR), "explore_model": ("head", PAIR), "explore_neurons": ("head", PAIR),
             "explore_query": ("change", PAIR), "explore_positions": ("second", ""),
             "explore_translation": ("step", ""), "explore_next": ("temperature", "")}
HAS_FIGURE = bool(find_spec("anywidget"))
WAYS = ("bare", *(["figure"] if HAS_FIGURE else []), *EXPLORERS)
TARGETS = {"figure": ".js-plotly-plot"}
DRAG = 1.6    # seconds
VALUES = """slider => {
    const {options} = slider.querySelector('.noUi-target').noUiSlider;
    return Math.round((options.range.max - options.range.min) / (options.step ?? 1)) + 1;
}"""
WATCH = """(output, target) => {
    const seen = window.seen = {pictures: 0, last: 0}; let waiting = false;
    seen.watch = new MutationObserver(() => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => { waiting = false; seen.pictures += 1; seen.last = performance.now(); });
    });
    const whole = {childList: true, subtree: true, attributes: target !== '.widget-html'};
    for (const picture of output.querySelectorAll(target)) seen.watch.observe(picture, whole);
}"""


class DelayingProxy:
    """Passes TCP on to a port of the loopback, each packet `delay` seconds later than it came; order is kept."""

    def __init__(self, port: int):
        self.delay, self._target = 0.0, port
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        start = asyncio.start_server(self._meet, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(start, self._loop).result(10)
        self.port = server.sockets[0].getsockname()[1]

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        await asyncio.gather(self._pass(reader, forth), self._pass(back, writer), return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read at once, write when the time has come: a long way holds packets back, but takes many at a time."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        reading = asyncio.create_task(self._read(reader, on_the_way))
        while (packet := await on_the_way.get())[1]:
            await asyncio.sleep(max(0.0, packet[0] - time.monotonic()))
            writer.write(packet[1])
            await writer.drain()
        await reading
        writer.close()

    async def _read(self, reader: asyncio.StreamReader, on_the_way: asyncio.Queue) -> None:
        data = b"first"
        while data:
            data = await reader.read(65536)
            on_the_way.put_nowait((time.monotonic() + self.delay, data))


def press(page: Page, way: str, rounds: int) -> float:
    """Return the median of the milliseconds from a key to its picture."""
    keys = ("ArrowRight", "ArrowLeft")
    took = [page.evaluate(PRESS, {"label": way, "target": target(way), "key": keys[turn % 2]})
            for turn in range(rounds + 2)]
    if None in took:
        raise SystemExit(f"{way}: nothing was drawn within five seconds")
    return statistics.median(took[2:])


def target(way: str) -> str:
    """Return what holds the picture of a way."""
    return TARGETS.get(way, ".widget-html")


def drag(page: Page, output: Locator, slider: Locator, target: str) -> tuple[int, int, float]:
    """Drag a handle to and fro; return the moves, the pictures meanwhile, and the milliseconds of rest."""
    slider.scroll_into_view_if_needed()
    track, handle = (slider.locator(part).bounding_box() for part in (".noUi-target", "[role=slider]"))
    assert track is not None and handle is not None
    last = slider.evaluate(VALUES) - 1
    level = handle["y"] + handle["height"] / 2
    page.mouse.move(handle["x"] + handle["width"] / 2, level)
    page.mouse.down()
    output.evaluate(WATCH, target)
    start, turn = time.monotonic(), 0
    while time.monotonic() - start < DRAG:
        part = abs(last - (turn + last) % (2 * last)) / last
        page.mouse.move(track["x"] + part * track["width"], level)
        page.wait_for_timeout(10)
        turn += 1
    pictures, end = page.evaluate("() => [seen.pictures, performance.now()]")
    page.mouse.up()
    page.wait_for_timeout(2000)
    return turn, pictures, max(0.0, page.evaluate("() => { seen.watch.disconnect(); return seen.last; }") - end)


def report(page: Page, proxy: DelayingProxy, trips: list[float], rounds: int) -> None:
    """Print a row for each way and distance."""
    print(f"{'round trip':>10}  {'':20}{'press':>9}{'x bare':>8}{'pictures':>10}{'moves':>7}{'rest':>9}")
    for trip in trips:
        proxy.delay = trip / 2000
        bare = 0.0
        for way in WAYS:
            output = page.locator(f'.jp-OutputArea-output:has(.widget-label:text-is("{way}"))').first
            slider = output.locator(f'.widget-slider:has(.widget-label:text-is("{way}"))')
            slider.get_by_role("slider").press("Home")
            page.wait_for_timeout(1000)
            took = press(page, way, rounds)
            bare = bare or took
            moves, pictures, rest = drag(page, output, slider, target(way))
            print(f"{trip:8.0f}ms  {way:20}{took:7.0f}ms{took / bare:8.2f}{pictures:10}{moves:7}{rest:7.0f}ms",
                  flush=True)
        proxy.delay = 0.0


def main() -> None:
    """Make a notebook with the ways, open it through the proxy, run it, press and drag."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--round-trip", type=float, nargs="+", default=[0, 150], help="milliseconds")
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    sources = [BARE, *([FIGURE] if HAS_FIGURE else []),
               *(EXPLORE.format(root=str(ROOT), way=way, slider=slider, given=given)
                 for way, (slider, given) in EXPLORERS.items())]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source.strip()) for source in sources],
                                    metadata={"kernelspec": kernel})
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (home := Path(folder, "home")).mkdir()
        nbformat.write(made, Path(folder, "far.ipynb"))
        server = LabServer(Path(folder), home, {})
        proxy = DelayingProxy(int(server.url.rpartition(":")[2]))
        near, server.url = server.url, f"http://127.0.0.1:{proxy.port}"
        page = launch(playwright.chromium).new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        notebook = LabNotebook.open(page, server, "far.ipynb")
        notebook.run_all()
        if notebook.errors():
            raise SystemExit("\n".join(notebook.errors()))
        report(page, proxy, options.round_trip, options.rounds)
        server.url = near
        server.stop()


if __name__ == "__main__":
    main()
