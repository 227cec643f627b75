"""What a learner without a mouse does: Tab to a thing, Tab through many; and what a picture says then."""

import xml.etree.ElementTree as ElementTree

import pytest
from playwright.sync_api import Locator, expect

from helpers.views import View

HAVE_FOCUS = "found => found.includes(document.activeElement)"
NAME = "() => document.activeElement.getAttribute('aria-label') || document.activeElement.title"
MOST = 120


def tab_to(found: Locator) -> None:
    """Press Tab until the focus is on something that the locator finds."""
    for _ in range(MOST):
        if found.evaluate_all(HAVE_FOCUS):
            return
        found.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {found}")


def tab_through(found: Locator) -> list[str]:
    """Press Tab from the first to the last of what the locator finds; return what each is called."""
    tab_to(found)
    names = []
    while found.evaluate_all(HAVE_FOCUS):
        names.append(found.page.evaluate(NAME))
        found.page.keyboard.press("Tab")
    return names


def names_in(view: View) -> list[str]:
    """Return what the parts of a view that take the focus are called, in order."""
    return [part.get("aria-label") for part in ElementTree.fromstring(view.svg).iter() if part.get("tabindex") == "0"]


def shows(explorer: Locator, view: View) -> None:
    """Wait until an explorer's picture says the one sentence of a view."""
    expect(explorer.locator("svg.sav").last).to_have_attribute("aria-label", view.text, timeout=30_000)
