"""One JupyterLab and one Chromium for all browser tests, and a copy of the course for them to work in."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .chromium import launch
from .notebook import LabNotebook
from .outside import RefusingProxy
from .page_site import open_model
from .server import LabServer, copy_course


# Scope "package": an open Playwright keeps an event loop running, which nbval's notebooks must not meet.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        running = launch(playwright.chromium)
        yield running
        running.close()


@pytest.fixture(scope="package")
def bert_page(browser: Browser) -> Iterator[Page]:
    """A page that has loaded the course BERT as `bert`."""
    page = open_model(browser, "bert", "loadBert", "course-bert")
    yield page
    page.close()


@pytest.fixture(scope="package")
def proxy() -> Iterator[RefusingProxy]:
    """The proxy that the server and its kernels must never need."""
    proxy = RefusingProxy()
    yield proxy
    proxy.close()


@pytest.fixture(scope="package")
def lab_server(browser: Browser, proxy: RefusingProxy, tmp_path_factory) -> Iterator[LabServer]:
    """JupyterLab on a copy of the course; nothing a test does reaches the checkout."""
    root = tmp_path_factory.mktemp("course 课程")
    copy_course(root)
    server = LabServer(root, tmp_path_factory.mktemp("home"), proxy.environment())
    yield server
    server.stop()


@pytest.fixture(scope="package")
def open_notebook(browser: Browser, lab_server: LabServer) -> Callable[..., LabNotebook]:
    """A function that opens a notebook (path, theme="light") in a page of its own; who calls it closes it."""

    def open_one(path: str, theme: str = "light") -> LabNotebook:
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, service_workers="block",
                                reduced_motion="reduce")          # so that a picture that changed is a whole one
        page.set_default_timeout(60_000)
        return LabNotebook.open(page, lab_server, path, theme)

    return open_one
