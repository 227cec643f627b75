"""What axe-core finds in the outputs of a notebook; its script comes with the package axe-playwright-python."""

from pathlib import Path

import axe_playwright_python

from .notebook import LabNotebook

SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js")
GRAVE = ("serious", "critical")
RUN = """async () => (await axe.run({include: '.jp-OutputArea'}, {resultTypes: ['violations']})).violations
    .map(({id, impact, nodes}) => ({id, impact, where: nodes.map(node => node.html.slice(0, 200))}))"""


def grave_violations(notebook: LabNotebook) -> list[dict]:
    """Return the rules that outputs of a notebook break seriously or critically, with the elements that do."""
    if notebook.page.evaluate("() => !window.axe"):
        notebook.page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return [found for found in notebook.page.evaluate(RUN) if found["impact"] in GRAVE]
