"""How long a page without a kernel takes from cold: to a picture, to living sliders, to a guess, to a translation.

    python tests/benchmarks/pages.py [--rounds 5]

The front page, the translator's and a chapter, from a disk and from a server on this machine, each round in a browser
that has kept nothing; and the bytes. This is not a test: trust the ratios, not the milliseconds.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from browser.chromium import launch  # noqa: E402
from built_pages import Loopback, Visitor, build_site  # noqa: E402

ASKED = f"index.html#a={quote('The cat drinks cold milk.')}&hide=5"
TRANSLATED = f"translate.html#text={quote('The cat drinks cold milk.')}"
PAGES = (("front page", ASKED, "guess"), ("translator", TRANSLATED, "translation"),
         ("chapter 00", "en/00_start_here.html", "sliders"))
WATCH = """
globalThis.seen = {};
const marks = { picture: 'svg.sav', sliders: 'input[type=range]', guess: '#guesses .bars', translation: '.result' };
new MutationObserver(() => {
    for (const [name, mark] of Object.entries(marks)) {
        const found = document.querySelector(mark);
        if (name in seen || !found || (name === 'translation' && !found.textContent.startsWith('The cat'))) continue;
        requestAnimationFrame(() => { seen[name] ??= performance.now(); });
    }
}).observe(document, { childList: true, subtree: true });
"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def visit(visitor: Visitor, place: str, last: str) -> dict[str, float]:
    """Open a page from cold; return the milliseconds to each thing that is to be seen."""
    visitor.context.add_init_script(WATCH)
    page = visitor.open(place)
    page.wait_for_function(f"() => seen.{last}")
    return {**page.evaluate("seen"), "paint": page.evaluate(PAINTED)}


def report(name: str, rounds: list[dict[str, float]]) -> None:
    """Print the medians of one way to a page."""
    medians = {what: statistics.median(one[what] for one in rounds) for what in dict.fromkeys(("paint", *rounds[0]))}
    print(f"{name:24}" + "".join(f"{what} {took:6.0f} ms   " for what, took in medians.items()))


def main() -> None:
    """Build both forms, open them some times, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        for way, carries in (("disk", True), ("server", False)):
            form = build_site(Path(folder, way), carries, ("00_start_here",))
            home = form.folder.as_uri() + "/" if carries else Loopback(form.folder).address
            for name, place, last in PAGES:
                rounds = []
                for _ in range(options.rounds):
                    visitor = Visitor(browser, home)
                    rounds.append(visit(visitor, place, last))
                    visitor.context.close()
                report(f"{name}, {way}", rounds)
            for file in sorted(file for file in form.folder.rglob("*") if file.is_file()):
                print(f"    {file.relative_to(form.folder).as_posix():28}{file.stat().st_size:>12,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
