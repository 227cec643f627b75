"""What axe-core finds in a notebook's outputs or in a page; its script comes with the package axe-playwright-python."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from .notebook import LabNotebook

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
GRAVE = ("serious", "critical")
RUN = """async place => (await axe.run(place, {resultTypes: ['violations']})).violations
    .map(({id, impact, nodes}) => ({id, impact, where: nodes.map(node => node.html.slice(0, 200))}))"""


def grave_violations(notebook: LabNotebook) -> list[dict]:
    """Return the rules that outputs of a notebook break seriously or critically, with the elements that do."""
    return grave_in(notebook.page, ".jp-OutputArea")


def grave_in(page: Page, place: str = "html") -> list[dict]:
    """Return the same of a page, or of a place in it."""
    if page.evaluate("() => !window.axe"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return [found for found in page.evaluate(RUN, {"include": place}) if found["impact"] in GRAVE]
