"""Find and start a Chromium: the machine's own, or Playwright's."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser", "chrome", "msedge")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run",
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
NO_BROWSER = ("no Chromium found: install one (Debian: apt-get install chromium), "
              "or run: .venv/bin/python -m playwright install chromium")


def launch(chromium: BrowserType) -> Browser:
    """Start the Chromium of the machine or, failing that, Playwright's own; skip where there is neither."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and not Path(chromium.executable_path).exists():
        pytest.skip(NO_BROWSER)
    return chromium.launch(executable_path=found, args=FLAGS)
