"""A page for the scripts of helpers/page: what it asks for is answered here, nothing else is reachable."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from helpers.page.data import page_data

HELPERS = Path(__file__).parents[2] / "helpers"
SITE = "http://127.0.0.1/"                      # nobody answers there: `_answer` does
LOAD = """async ([name, load, model]) => {
    const scripts = await import("/page/model.mjs");
    const data = await (await fetch("/data.json")).json();
    globalThis[name] = scripts[load](data, await (await fetch(`/weights/${model}`)).arrayBuffer(), "en");
}"""
Edit = Callable[[str], str]


def open_model(browser: Browser, name: str, load: str, model: str, edit: Edit = lambda source: source) -> Page:
    """Open a page that has loaded a model.

    Args:
        browser: a running one.
        name: of the global variable that holds the model.
        load: the function of `model.mjs` that loads it.
        model: the folder of its weights.
        edit: what to change in each script, for tests that break one.
    """
    page = browser.new_page(service_workers="block")
    page.route("**/*", lambda route: _answer(route, edit))
    page.goto(SITE)
    page.evaluate(LOAD, [name, load, model])
    return page


def _answer(route: Route, edit: Edit) -> None:
    """Answer a request of the page from the folder `helpers`, and refuse every other."""
    name = route.request.url.removeprefix(SITE)
    if name == "":
        route.fulfill(body="<!doctype html><title>models</title>", content_type="text/html")
    elif name == "data.json":
        route.fulfill(body=json.dumps(page_data()), content_type="application/json")
    elif name.startswith("weights/"):
        route.fulfill(path=HELPERS / name / "model.safetensors", content_type="application/octet-stream")
    elif name.startswith("page/") and name.endswith(".mjs"):
        route.fulfill(body=edit((HELPERS / name).read_text(encoding="utf-8")), content_type="text/javascript")
    else:
        route.abort()
