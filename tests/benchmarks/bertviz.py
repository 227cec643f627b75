"""How heavy our model view and head view are and how long Chromium draws them, beside bertviz's own, in one run.

    python tests/benchmarks/bertviz.py [--rounds 5]

Records of 6 x 12 and 12 x 12 heads, 16 and 40 tokens, one sentence, weights from a fixed seed.

* as it is: the HTML that bertviz returns, which loads its libraries from the network
* compact: `bertviz_model` or `bertviz_heads`, what a notebook shows offline (data once, four digits, libraries inside)
* live: our SVG, as a widget or a page holds it; saved: the image that a notebook keeps

Drawing is timed from putting the HTML into an empty page to the end of the next painted frame, all ways in turn, so
that a busy machine is busy for all. This is not a test: trust the ratios, not the milliseconds.
"""

import argparse
import statistics
import sys
from pathlib import Path

import torch
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT), str(ROOT / "tests")]  # without this folder, in which `bertviz` would be this file

from browser.chromium import launch  # noqa: E402

from helpers.models import AttentionRecord  # noqa: E402
from helpers.views import view_heads, view_model  # noqa: E402
from helpers.views.bertviz import bertviz_heads, bertviz_model  # noqa: E402

SHAPES = [(n_layers, 12, n_tokens) for n_layers in (6, 12) for n_tokens in (16, 40)]
WORDS = "the animal did not cross street because it was too tired 好 不 好 燕 子 你 要 开 心 幸 福".split()
TARGETS = {"model view": 1 / 10, "head view": 1 / 4}
DRAW = """html => new Promise(done => {
    document.body.replaceChildren();
    const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
    window.onmessage = () => done(performance.now() - start);
    const start = performance.now();
    document.body.innerHTML = html;
    if (document.querySelector('iframe')) return;
    Promise.all([...document.querySelectorAll('img, image')].map(picture => picture.decode())).then(painted);
})"""
TELL = "<script>requestAnimationFrame(() => setTimeout(() => parent.postMessage(0, '*')))</script>"


def made(n_layers: int, n_heads: int, n_tokens: int) -> AttentionRecord:
    """Return a record of one sentence with weights from a fixed seed."""
    tokens = ["[CLS]", *(WORDS[place % len(WORDS)] for place in range(n_tokens - 2)), "[SEP]"]
    scores = torch.randn(n_layers, n_heads, n_tokens, n_tokens, generator=torch.Generator().manual_seed(0))
    return AttentionRecord(tuple(tokens), (0,) * n_tokens, None, (3 * scores).softmax(-1), "made")


def ways(record: AttentionRecord) -> dict[str, dict[str, str]]:
    """Return the HTML of both views in all ways: {view: {way: HTML}}."""
    from bertviz import head_view, model_view

    plain = {"attention": list(record.weights[:, None]), "tokens": list(record.tokens), "html_action": "return"}
    heads, model = view_heads(record), view_model(record)
    return {"model view": {"as it is": model_view(**plain).data, "compact": bertviz_model(record).html,
                           "live": model.svg, "saved": model.image},
            "head view": {"as it is": head_view(**plain).data, "compact": bertviz_heads(record).html,
                          "live": heads.svg, "saved": heads.image}}


def drawing_times(page: Page, kinds: dict[str, str], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each way that draws without a network."""
    times: dict[str, list[float]] = {way: [] for way in kinds if way != "as it is"}
    for _ in range(rounds + 1):
        for way, took in times.items():
            took.append(page.evaluate(DRAW, kinds[way].replace("</body>", f"{TELL}</body>")))
    return {way: statistics.median(took[1:]) for way, took in times.items()}


def report(shape: str, view: str, sizes: dict[str, float], times: dict[str, float]) -> None:
    """Print one row: kilobytes and milliseconds of each way, and ours as a part of bertviz's compact."""
    weight = "".join(f"{sizes[way]:9.0f}" for way in sizes)
    part = "".join(f"{sizes[way] / sizes['compact']:7.3f}" for way in ("live", "saved"))
    drawn = "".join(f"{times[way]:9.0f}" for way in times)
    quick = "".join(f"{times[way] / times['compact']:7.3f}" for way in ("live", "saved"))
    print(f"{shape:16}{view:12}{weight} |{part} |{drawn} |{quick} | {TARGETS[view]:g}", flush=True)


def main() -> None:
    """Draw every shape in every way and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print(f"{'':28}{'kilobytes':>36} | / compact     |{'milliseconds':>27} | / compact     | target")
    print(f"{'':28}{'as it is':>9}{'compact':>9}{'live':>9}{'saved':>9} |   live  saved |"
          f"{'compact':>9}{'live':>9}{'saved':>9} |   live  saved |")
    with sync_playwright() as playwright:
        page = launch(playwright.chromium).new_page(viewport={"width": 1200, "height": 1200})
        for shape in SHAPES:
            for view, kinds in ways(made(*shape)).items():
                sizes = {way: len(html.encode()) / 1000 for way, html in kinds.items()}
                report("{} x {}, n = {}".format(*shape), view, sizes, drawing_times(page, kinds, rounds))


if __name__ == "__main__":
    main()
