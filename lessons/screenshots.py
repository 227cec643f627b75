"""Take the screenshots of chapter 01 that the READMEs show: python lessons/screenshots.py

Opens the notebooks of both languages in JupyterLab, runs them, and photographs the explorer. Needs a Chromium.
`--theme dark --to FOLDER` takes others, to look at.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.chromium import launch  # noqa: E402
from browser.notebook import THEMES, LabNotebook  # noqa: E402
from browser.server import LabServer, copy_course  # noqa: E402

from helpers.text import LANGUAGES  # noqa: E402

CHAPTER = "01_self_attention"
TIDY = "() => { jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight(); }"


def shoot(browser: Browser, server: LabServer, language: str, theme: str, target: Path) -> None:
    """Run the chapter and write a picture of its explorer, with the cell it belongs to, to `target`."""
    page = browser.new_page(viewport={"width": 1280, "height": 860}, device_scale_factor=1.5)
    notebook = LabNotebook.open(page, server, f"notebooks/{language}/{CHAPTER}.ipynb", theme)
    page.evaluate(TIDY)
    notebook.run_all(180)
    cell = page.locator(".jp-CodeCell", has=page.locator("svg.sav-heads")).first
    cell.evaluate("node => node.scrollIntoView({block: 'start'})")
    page.wait_for_timeout(1000)
    page.screenshot(path=target)
    notebook.close()


def main() -> None:
    """Take one screenshot a language."""
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


if __name__ == "__main__":
    main()
