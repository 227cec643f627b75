"""The pages that need no kernel, built into a folder, and opened where every request to the outside is refused."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
from playwright.sync_api import Browser, BrowserContext, Page

from lessons.build import read_course
from lessons.building.around import Around
from lessons.building.compose import Course
from lessons.building.front import front_pages
from lessons.building.pages import to_page
from lessons.building.site import FRONT, Form

COURSE = Path(__file__).parents[1]
READY = "() => globalThis.front?.bert && !document.querySelector('#notice [role=alert]')"


def build_chapter(form: Form, code: str, stem: str) -> Path:
    """Write the page of a chapter from its saved notebook; return it."""
    course = Course(read_course(COURSE / "lessons"))
    lesson = next(one for one in course.lessons if one.stem == stem)
    file, page = COURSE / "notebooks" / code / f"{stem}.ipynb", form.page(stem, code)
    page.parent.mkdir(parents=True, exist_ok=True)
    notebook, around = nbformat.read(file, as_version=4), Around(course, lesson, form)
    page.write_text(to_page(notebook, code, file.parent, stem, around), encoding="utf-8")
    return page


def build_site(folder: Path, carries: bool, stems: tuple[str, ...] = ()) -> Form:
    """Write both front pages, and these chapters from their saved notebooks; return the form."""
    course, form = Course(read_course(COURSE / "lessons")), Form(folder, carries)
    for code in FRONT:
        for stem in stems:
            build_chapter(form, code, stem)
        form.folder.mkdir(parents=True, exist_ok=True)
        for file, page in front_pages(course, form, code).items():
            file.write_text(page, encoding="utf-8")
    form.write_shared()
    return form


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Write nothing; the server keeps what was asked for."""

    def do_GET(self) -> None:
        """Answer, and remember what was asked."""
        self.server.asked_for.append(self.path)
        super().do_GET()


class Loopback(ThreadingHTTPServer):
    """A server of one folder on this machine."""

    daemon_threads = True

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        self.asked_for: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the folder is served."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Visitor:
    """A browser that refuses all that is neither the page itself nor its own server, and remembers it.

    Attributes:
        refused: the addresses asked for in vain.
        asked: every address that a page asked for besides itself.
        problems: errors of scripts.
    """

    def __init__(self, browser: Browser, home: str, **settings: object):
        self.home = home
        self.context: BrowserContext = browser.new_context(**{"service_workers": "block", **settings})
        self.refused: list[str] = []
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.context.route("**/*", self._answer)

    def _answer(self, route) -> None:
        address = route.request.url
        if not route.request.is_navigation_request() and not address.startswith("data:"):
            self.asked.append(address)
        if address.startswith(self.home):
            route.continue_()
        else:
            self.refused.append(address)
            route.abort()

    def open(self, place: str) -> Page:
        """Open a page of the site."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.problems.append(said.text))
        page.goto(self.home + place)
        return page

    def front(self, place: str) -> Page:
        """Open a front page, and wait until its model is there."""
        page = self.open(place)
        page.wait_for_function(READY)
        return page
