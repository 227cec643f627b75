"""The curves of a training run, from its log to small SVG pictures beside the weights."""

import json
from pathlib import Path
from statistics import mean

from helpers.plots.figure import CourseFigure, axis, layout
from helpers.plots.still import still
from helpers.views import View
from helpers.views.theme import HEAD_COLOURS

LOSS = "cross-entropy, nats a token"
# by model and picture: the title, what the vertical axis measures, and the lines: {name: the log's figures it averages}
PICTURES = {
    "bert": {
        "loss": ("Loss while training", LOSS, {"hidden tokens": ["masked"], "pair question": ["pair"]}),
        "held-out": ("Held-out accuracy while training", "share of hidden tokens found", {
            "short Chinese sentences": ["short"], "inside translation pairs": ["inside_pairs"]}),
    },
    "translator": {
        "loss": ("Loss while training", LOSS, {
            "held out, to Chinese": ["dev_zh"], "held out, to English": ["dev_en"],
            "training, with dropout and smoothing": ["zh", "en"]}),
        "guidance": ("The taught head and the word links, while training", "-log weight, nats a link", {
            "taught head": ["guidance"]}),
    },
    "gpt": {
        "loss": ("Loss while training", LOSS, {"training, with dropout and repeats": ["loss"]}),
        "held-out": ("Held-out text while training", "bits per character", {
            "English sentences": ["bits_en"], "Chinese sentences": ["bits_zh"], "Chinese paragraphs": ["bits_wiki"]}),
        "copying": ("Random tokens, the first time and again", LOSS, {
            "the first time": ["first_copy"], "again": ["second_copy"]}),
    },
}
SIZE = (760, 360)


def read_log(run: Path) -> list[dict[str, float]]:
    """Return the lines of run/log.jsonl; where a run went on from an earlier step, what it left behind is dropped."""
    rows: dict[int, dict[str, float]] = {}
    for line in (run / "log.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows = {step: kept for step, kept in rows.items() if step < row["step"]} | {row["step"]: row}
    return list(rows.values())


def view_curves(run: Path, picture: str = "loss") -> View:
    """Return the curves of a run as a still picture.

    Args:
        run: the folder that holds log.jsonl; its name, "bert", "translator" or "gpt", says of which model.
        picture: one of PICTURES for that model. A line has a point for each log line that holds all its figures; one
            without a point is left out.
    """
    title, unit, lines = PICTURES[run.name][picture]
    log = read_log(run)
    points = {name: [(row["step"], mean(row[figure] for figure in figures)) for row in log if row.keys() >= {*figures}]
              for name, figures in lines.items()}
    points = {name: found for name, found in points.items() if found}
    traces = [{"type": "scatter", "mode": "lines", "name": name, "x": [x for x, _ in found], "y": [y for _, y in found],
               "line": {"color": colour}} for (name, found), colour in zip(points.items(), HEAD_COLOURS, strict=False)]
    ends = "; ".join(f"{name} from {found[0][1]:.2f} to {found[-1][1]:.2f}" for name, found in points.items())
    top = max(y for found in points.values() for _, y in found)
    return still(CourseFigure(traces, layout(
        title, f"{title}, up to step {log[-1]['step']:,}: {ends}.", SIZE,
        axis("step", range=[0, log[-1]["step"]]), axis(unit, range=[0, 1.05 * top or 1]))))


def save_curves(run: Path, folder: Path) -> str:
    """Write each picture of a run as folder/NAME.svg, and return the lines that show them in a model card."""
    views = {picture: view_curves(run, picture) for picture in PICTURES[run.name]}
    for picture, view in views.items():
        view.save(folder / f"{picture}.svg")
    return "\n\n".join(f"![{view.text}]({picture}.svg)" for picture, view in views.items())
