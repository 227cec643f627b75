"""Make the pictures that the READMEs show: python lessons/screenshots.py

Opens chapter 00 in JupyterLab in both languages, runs it, drags the explorer's sliders with the mouse, and writes what
is seen as one moving picture (an animated PNG) a language; then trains the small Transformer of chapter 05 and saves
its picture. It needs a Chromium, and Pillow, which nothing else here does. `--to FOLDER` writes elsewhere.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.chromium import launch  # noqa: E402
from browser.notebook import LabNotebook  # noqa: E402
from browser.server import LabServer, copy_course  # noqa: E402

from helpers.learning import LiveTraining  # noqa: E402
from helpers.text import LANGUAGES, sentence  # noqa: E402
from helpers.text import language as speak  # noqa: E402
from helpers.views import view_training  # noqa: E402

CHAPTER = "00_start_here"
TIDY = "() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }"
LEARNT, SHOWN = 600, 160          # steps of the small Transformer's training, and the one at which it is shown
STOPS = {"head": (4, 3, 2, 1, 0, 6, 5), "layer": (1, 0, 3, 2)}      # of each slider, in order; it ends as it began
HELD, PASSING, LAST = 900, 120, 2400                          # milliseconds a frame is seen
ANSWERED = 900                                                # milliseconds in which a drag is surely answered
ROUNDS = 3                                                    # then the picture stands still
COLOURS = 255
SIZE = 900, 620
POINTER = """() => {
    const arrow = document.createElement('div');
    arrow.innerHTML = '<svg width="20" height="26"><path d="M1 1v20l5-5 4 9 4-2-4-8h7z" fill="#fff" stroke="#000"' +
        ' stroke-width="1.5"/></svg>';
    arrow.style.cssText = 'position:fixed;z-index:99999;pointer-events:none;left:-50px';
    document.body.append(arrow);
    addEventListener('mousemove', event => {
        arrow.style.left = `${event.clientX}px`; arrow.style.top = `${event.clientY}px`;
    }, true);
}"""
Frame = tuple[Image.Image, int]


def explorer(notebook: LabNotebook) -> Locator:
    """Return the first explorer, its code folded away and everything above it scrolled out of sight."""
    found = notebook.page.locator(".jp-OutputArea-output:has(svg.sav-heads)").first
    for _ in range(4):                           # cells above get their true height only when they come into view
        found.evaluate("node => node.scrollIntoView({block: 'start'})")
        notebook.page.wait_for_timeout(500)
    return found


def drag(notebook: LabNotebook, slider: str, stops: tuple[int, ...]) -> Iterator[int]:
    """Drag a slider from stop to stop with the mouse; yield how long what is then seen shall be seen."""
    widget, mouse = notebook.widget(slider), notebook.page.mouse
    handle = widget.get_by_role("slider").first
    last = float(handle.get_attribute("aria-valuemax") or 0)
    track = widget.locator(".noUi-target").bounding_box()
    x, y = middle(handle.bounding_box())
    mouse.move(x, y, steps=4)
    yield HELD
    mouse.down()
    for stop in stops:
        goal = track["x"] + track["width"] * stop / last
        mouse.move((x + goal) / 2, y)
        yield PASSING
        mouse.move(goal, y)
        notebook.page.wait_for_timeout(ANSWERED)
        x = goal
        yield HELD
    mouse.up()


def middle(box: FloatRect | None) -> tuple[float, float]:
    """Return the middle of a box."""
    if box is None:
        raise RuntimeError("the slider is not to be seen")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def film(browser: Browser, server: LabServer, language: str) -> list[Frame]:
    """Run the chapter, drag its sliders, and return what was seen and for how long."""
    page = browser.new_page(viewport={"width": SIZE[0], "height": 900})
    notebook = LabNotebook.open(page, server, f"notebooks/{language}/{CHAPTER}.ipynb")
    page.evaluate(TIDY)
    notebook.run_all(180)
    page.evaluate(POINTER)
    scene = explorer(notebook)
    narrower = SIZE[0] - (scene.bounding_box() or {})["width"]        # what stands beside the cells
    page.set_viewport_size({"width": round(SIZE[0] + narrower), "height": 1000})
    scene.evaluate("one => one.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(ANSWERED)
    corner = scene.bounding_box() or {}
    clip = FloatRect(x=corner["x"], y=corner["y"] + 2, width=SIZE[0], height=SIZE[1])
    frames: list[Frame] = []
    for name, stops in STOPS.items():
        for milliseconds in drag(notebook, sentence(f"controls.{name}", language), stops):
            shot = Image.open(io.BytesIO(page.screenshot(clip=clip)))
            frames.append((shot.convert("RGB"), milliseconds))
    notebook.close()
    return frames[:-1] + [(frames[-1][0], LAST)]


def write(frames: list[Frame], target: Path) -> None:
    """Write frames as one moving picture that plays `ROUNDS` times and then stands."""
    images = [frame for frame, _ in frames]
    sheet = Image.new("RGB", (images[0].width, sum(image.height for image in images)))
    for place, image in enumerate(images):
        sheet.paste(image, (0, place * image.height))
    palette = sheet.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2)  # one for all: no flicker
    flat = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in images]
    flat[0].save(target, save_all=True, append_images=flat[1:], duration=[time for _, time in frames],
                 loop=ROUNDS, optimize=True)


def draw_learning(folder: Path) -> None:
    """Write the picture of the small Transformer while it learns, one a language."""
    record = LiveTraining().train(steps=LEARNT)
    for language in LANGUAGES:
        speak(language)
        view_training(record, step=SHOWN).save(folder / f"learning-{language}.svg")


def main() -> None:
    """Make one moving picture a language, and draw one picture a language."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--to", type=Path, default=ROOT / "lessons" / "images")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root, home = Path(folder, "course"), Path(folder, "home")
        home.mkdir()
        copy_course(root)
        server = LabServer(root, home, {})
        browser = launch(playwright.chromium)
        for language in LANGUAGES:
            write(film(browser, server, language), options.to / f"explorer-{language}.png")
        browser.close()
        server.stop()
    draw_learning(options.to)


if __name__ == "__main__":
    main()
