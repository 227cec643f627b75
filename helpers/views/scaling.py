"""What the factor 1/sqrt(d) does: the same random query and keys through softmax, with the factor and without."""

import math

import torch
from torch import Tensor

from .. import asked
from ..text import CourseError, say
from .kit import scoped
from .svg import label, number
from .theme import head_class
from .view import View

N_KEYS, MOST_D = 8, 1024
PANEL_WIDTH, PANEL_HEIGHT, BAR, GAP, LEFT = 560, 104, 46, 18, 26
RULES = scoped("scaling", """
.bar{fill:currentColor}
.base{stroke:currentColor;stroke-opacity:.5}
""")


def view_scaling(d: int, *, temperature: float = 1.0) -> View:
    """Draw the weights that one random query of `d` numbers gives to eight random keys, without sqrt(d) and with it.

    Every number is drawn from a standard normal distribution with a fixed seed, so the picture is always the same.

    Args:
        d: numbers in each query and key, 1 to 1024.
        temperature: what the scores are divided by besides, above 0; below 1 sharpens, above 1 flattens.

    Raises:
        CourseError: for a size or temperature outside these ranges.

    Source: Vaswani et al. 2017, section 3.2.1, footnote 4.
    """
    _check(d, temperature)
    scores = random_scores(d)
    divided_scores = {"raw": scores / float(temperature), "scaled": scores / math.sqrt(d) / float(temperature)}
    rows = {name: [round(w, 3) for w in divided.softmax(-1).tolist()] for name, divided in divided_scores.items()}
    title = say("scaling.title", n=N_KEYS, d=d, temperature=f"{temperature:g}")
    text = say("scaling.text", n=N_KEYS, d=d, temperature=f"{temperature:g}",
               **{name: f"{max(weights):.2f}" for name, weights in rows.items()})
    panels = "".join(_panel(54 + i * (PANEL_HEIGHT + 58), name, weights)
                     for i, (name, weights) in enumerate(rows.items()))
    size = (PANEL_WIDTH, 2 * (PANEL_HEIGHT + 58) + 34)
    return View(text, {"d": d, "temperature": temperature, **rows}, title, "scaling", size,
                label(LEFT, 26, title, "title") + panels, rules=RULES)


def random_scores(d: int) -> Tensor:
    """Return the dot products of that query with its keys, (key,), for vectors of `d` numbers."""
    vectors = torch.randn(N_KEYS + 1, MOST_D, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    return vectors[1:, :d] @ vectors[0, :d]


def _check(d: int, temperature: float) -> None:
    if asked.whole(d, 1, MOST_D) is None:
        raise CourseError("scaling.bad_d", got=asked.short(d), most=MOST_D)
    if not asked.number(temperature, 0):
        raise CourseError("scaling.bad_temperature", got=asked.short(temperature))


def _panel(top: float, name: str, weights: list[float]) -> str:
    base = top + 16 + PANEL_HEIGHT
    bars = "".join(_bar(LEFT + i * (BAR + GAP), base, i, weight, head_class(name == "raw"))
                   for i, weight in enumerate(weights))
    width = N_KEYS * (BAR + GAP) - GAP
    return (f'{label(LEFT, top, say(f"scaling.{name}"))}{bars}'
            f'<path class="base" d="M{LEFT} {number(base)}h{width}"/>')


def _bar(left: float, base: float, key: int, weight: float, colour: str) -> str:
    height = weight * (PANEL_HEIGHT - 14)
    middle = left + BAR / 2
    return (f'<rect class="bar {colour}" x="{number(left)}" y="{number(base - height)}" width="{BAR}" '
            f'height="{number(height)}"/>{label(middle, base - height - 4, f"{weight:.2f}", "small mid")}'
            f'{label(middle, base + 15, say("scaling.key", key=key), "small mid muted")}')
