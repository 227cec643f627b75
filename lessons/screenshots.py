"""Take the pictures that the READMEs show: python lessons/screenshots.py

Opens chapter 01 in both languages in JupyterLab, runs it, and photographs the explorer (needs a Chromium); then trains
the small Transformer of chapter 05 and saves its picture. `--theme dark --to FOLDER` takes others, to look at.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.chromium import launch  # noqa: E402
from browser.notebook import THEMES, LabNotebook, markup  # noqa: E402
from browser.server import LabServer, copy_course  # noqa: E402

from helpers.learning import LiveTraining  # noqa: E402
from helpers.text import LANGUAGES, sentence  # noqa: E402
from helpers.text import language as speak  # noqa: E402
from helpers.views import view_training  # noqa: E402

CHAPTER = "01_self_attention"
SENTENCES = {"text_a": "I like this book very much.", "text_b": "我非常喜欢这本书。"}
LEARNT, SHOWN = 600, 160          # steps of the small Transformer's training, and the one at which it is shown
TIDY = "() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }"


def shoot(browser: Browser, server: LabServer, language: str, theme: str, target: Path) -> None:
    """Run the chapter, try another sentence in its explorer, and write a picture of that to `target`."""
    page = browser.new_page(viewport={"width": 1120, "height": 900}, device_scale_factor=1.5)
    notebook = LabNotebook.open(page, server, f"notebooks/{language}/{CHAPTER}.ipynb", theme)
    page.evaluate(TIDY)
    notebook.run_all(180)
    picture = page.locator("svg.sav-heads").first
    for key, text in SENTENCES.items():
        before = markup(picture)
        notebook.type_text(sentence(f"controls.{key}", language), text)
        notebook.wait_for_change(picture, before)
    cell = page.locator(".jp-CodeCell", has=picture)
    for _ in range(4):  # cells above get their true height only when they come into view
        cell.evaluate("node => node.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(500)
    page.screenshot(path=target)
    notebook.close()


def draw_learning(folder: Path) -> None:
    """Write the picture of the small Transformer while it learns, one a language."""
    record = LiveTraining().train(steps=LEARNT)
    for language in LANGUAGES:
        speak(language)
        view_training(record, step=SHOWN).save(folder / f"learning-{language}.svg")


def main() -> None:
    """Take one screenshot a language, and draw one picture a language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--theme", choices=THEMES, default="light")
    parser.add_argument("--to", type=Path, default=ROOT / "lessons" / "images")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root, home = Path(folder, "course"), Path(folder, "home")
        home.mkdir()
        copy_course(root)
        server = LabServer(root, home, {})
        browser = launch(playwright.chromium)
        for language in LANGUAGES:
            shoot(browser, server, language, options.theme, options.to / f"chapter{CHAPTER[:2]}-{language}.png")
        browser.close()
        server.stop()
    draw_learning(options.to)


if __name__ == "__main__":
    main()
