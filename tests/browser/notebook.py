"""One notebook open in JupyterLab, as a test sees it and drives it."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

import nbformat
from playwright.sync_api import ConsoleMessage, Locator, Page, Route, WebSocketRoute, expect

from .server import LabServer

OUTSIDE = re.compile(r"^(?!(data|blob|about):|(http|ws)://(127\.0\.0\.1|localhost)[:/])")

SETTLE = 500  # milliseconds in which a page loads its pictures and its console speaks
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

# JupyterLab 4.6 takes its splash screen away once for every time it was shown, and fails at the second time. A page
# with `?reset` shows it twice, a theme changed while it fades once more: so each page has its own workspace, and waits.
SPLASH_TWICE = "Failed to execute 'removeChild' on 'Node'"
SPLASH_IS_GONE = "() => window.jupyterapp !== undefined && !document.getElementById('jupyterlab-splash')"
OPEN = """async ({path, theme}) => {
    const app = window.jupyterapp;
    await app.restored;
    if (theme !== document.body.dataset.jpThemeName) await app.commands.execute('apputils:change-theme', {theme});
    const panel = await app.commands.execute('docmanager:open', {path, factory: 'Notebook'});
    await panel.context.ready;
    await panel.sessionContext.ready;
    const seen = window.course = {panel, kernelErrors: [], running: false};
    panel.sessionContext.iopubMessage.connect((_, message) => {
        if (message.header.msg_type === 'error') {
            const {ename, evalue} = message.content;
            seen.kernelErrors.push(`${ename}: ${evalue}`);
        }
    });
}"""
RUN_ALL = """() => {
    window.course.running = true;
    const done = () => { window.course.running = false; };
    window.jupyterapp.commands.execute('notebook:run-all-cells').then(done, done);
}"""
NOT_RUN = """() => [...window.course.panel.content.model.cells]
    .map((cell, index) => [index, cell])
    .filter(([_, cell]) => cell.type === 'code' && cell.executionCount === null)
    .filter(([_, cell]) => cell.sharedModel.source.trim())
    .map(([index]) => index)"""
TRUSTED = """() => [...window.course.panel.content.model.cells]
    .filter(cell => cell.type === 'code' && cell.trusted).length"""


def write_notebook(server: LabServer, path: str, sources: Iterable[str]) -> str:
    """Write a notebook of code cells into the server's folder, and return its path there."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source.strip()) for source in sources])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(made, server.root / path)
    return path


@dataclass
class LabNotebook:
    """A notebook in a page of JupyterLab, and all that went wrong in it so far.

    Attributes:
        page: the Playwright page.
        problems: console errors, page errors.
        outside: address of every request that would have left the machine; each was refused.
        loading: whether JupyterLab itself is still being opened.
    """

    page: Page
    problems: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    loading: bool = True

    @classmethod
    def open(cls, page: Page, server: LabServer, path: str, theme: str = "light") -> "LabNotebook":
        """Load JupyterLab in `page` and open the notebook at `path` (relative to the server's folder)."""
        notebook = cls(page)
        page.on("console", notebook._hear)
        page.on("pageerror", notebook._hear_page)
        page.context.route(OUTSIDE, notebook._refuse)
        page.context.route_web_socket(OUTSIDE, notebook._refuse_socket)
        page.goto(f"{server.url}/lab/workspaces/{secrets.token_hex(4)}?token={server.token}")
        page.wait_for_function(SPLASH_IS_GONE)
        page.evaluate(OPEN, {"path": path, "theme": THEMES[theme]})
        page.wait_for_timeout(SETTLE)
        notebook.loading = False
        return notebook

    def _hear_page(self, error: object) -> None:
        """Remember a page error, save for JupyterLab's own about its splash screen, before any cell has run."""
        if not (self.loading and SPLASH_TWICE in str(error)):
            self.problems.append(f"page error: {error}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _refuse(self, route: Route) -> None:
        self.outside.append(route.request.url)
        route.abort()

    def _refuse_socket(self, route: WebSocketRoute) -> None:
        self.outside.append(route.url)
        route.close()

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell, as the menu's Run All Cells does, and wait until kernel and page are quiet again.

        A cell that fails stops the run, as it does for a learner: see `errors` and `cells_not_run`.
        """
        self.page.evaluate(RUN_ALL)
        idle = "() => !course.running && course.panel.sessionContext.session.kernel.status === 'idle'"
        self.page.wait_for_function(idle, timeout=seconds * 1000)
        self.page.wait_for_timeout(SETTLE)

    def errors(self) -> list[str]:
        """Return "Name: message" of every error the kernel reported, in a cell or in a widget's callback."""
        return self.page.evaluate("() => course.kernelErrors")

    def cells_not_run(self) -> list[int]:
        """Return the positions of the code cells that hold code and have no execution count."""
        return self.page.evaluate(NOT_RUN)

    def trusted_cells(self) -> int:
        """Return how many code cells JupyterLab trusts: none of a notebook that was opened and not run."""
        return self.page.evaluate(TRUSTED)

    def widget(self, label: str) -> Locator:
        """Return the first visible core widget whose description is `label`."""
        kinds = ":is(.jupyter-widgets, .widget-slider)"           # a slider over options has the second class alone
        return self.page.locator(f'{kinds}:has(> .widget-label:text-is("{label}")):visible').first

    def press_slider(self, label: str, key: str = "ArrowRight") -> None:
        """Focus the handle of a slider and press a key on it, as a learner without a mouse does."""
        self.widget(label).get_by_role("slider").first.press(key)

    def type_text(self, label: str, text: str) -> None:
        """Replace what stands in a text box and leave it, so that the widget hears of it."""
        box = self.widget(label).get_by_role("textbox").first
        box.fill(text)
        box.press("Tab")

    def wait_for_change(self, target: Locator, before: str, seconds: float = 30) -> str:
        """Wait until the HTML of what `target` finds is no longer `before`, and return what it is now."""
        expect(target).not_to_have_js_property("outerHTML", before, timeout=seconds * 1000)
        return markup(target)

    def save(self) -> None:
        """Save the notebook, as Ctrl-S does; what ran in it is trusted from then on."""
        self.page.evaluate("() => course.panel.context.save()")

    def close(self) -> None:
        """Shut the kernel down, so that the next notebook has the memory, and close the page."""
        self.page.evaluate("() => course.panel.sessionContext.shutdown()")
        self.page.context.close()


def markup(target: Locator) -> str:
    """Return the HTML of an element as it stands in the page now."""
    return target.evaluate("node => node.outerHTML")
