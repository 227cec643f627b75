"""What every view is made of, once: its parts, its rules, what answers hover and focus, how choices are read.

A view is three things: `select` checks the choices and returns `Shown`, what is shown, with its words and numbers;
`draw` makes of it the SVG, `Drawn`; `view_of` puts both together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from .. import asked
from ..text import CourseError, escape
from .svg import CELL, clip, is_special, label, number, visible
from .theme import LEVELS, SMALL
from .view import View

MARGIN, LINE = 20, 17                                       # beside a picture's edge; from one line of text to the next
DIGITS = 4                                                  # of the numbers that are drawn and handed out
TITLE_TOP = 33
_CELL_OF_TITLE = 7 * CELL * 2                               # a wide character of the title, roughly
_RULE = re.compile(r"(\s*)([^{}]+)(\{[^{}]*\})")
_COMMA = re.compile(r",(?![^(]*\))")


class Showing(Protocol):
    """What each view's `Shown` answers."""

    def title(self) -> str:
        """Return the heading."""

    def sentence(self) -> str:
        """Return the whole picture in words."""

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""


@dataclass(frozen=True)
class Drawn:
    """A picture's SVG.

    Attributes:
        still: what is always drawn.
        size: (width, height) in pixels.
        touch: what answers hover and focus; it lies beneath `still`.
    """

    still: str = field(repr=False)
    size: tuple[float, float]
    touch: str = field(repr=False, default="")


def view_of(kind: str, shown: Showing, drawn: Drawn, rules: str = "") -> View:
    """Return the view of what is shown, as it was drawn; `kind` names it, `rules` are its own CSS."""
    return View(text=shown.sentence(), data=shown.data(), title=shown.title(), kind=kind, size=drawn.size,
                still=drawn.still, touch=drawn.touch, rules=rules)


def scoped(kind: str, rules: str) -> str:
    """Return CSS whose every selector begins at the view's root; "&" alone is the root itself.

    >>> scoped("map", "rect,.a :is(.b,.c){fill:none}")
    '.sav-map rect,.sav-map .a :is(.b,.c){fill:none}'
    """
    def begin(rule: re.Match) -> str:
        starts = (f".sav-{kind} {one}".replace(" &", "") for one in _COMMA.split(rule[2]))
        return rule[1] + ",".join(starts) + rule[3]
    return _RULE.sub(begin, rules)


# Parts of a picture

def room(width: float) -> int:
    """Return how many cells of small text fit."""
    return int(width / (CELL * SMALL))


def header(title: str, width: float, model: str, most: int | None = None) -> str:
    """Write a view's title and, on the right, the model's name, cut to `most` cells or to what the title leaves."""
    if most is None:
        most = max(int((width - 2 * MARGIN) / _CELL_OF_TITLE) - len(title), 8)
    return (label(MARGIN, TITLE_TOP, title, "title")
            + label(width - MARGIN, TITLE_TOP, clip(model, most), "small muted end"))


def lines(x: float, y: float, texts: Iterable[str], classes: str = "small muted", step: float = LINE) -> str:
    """Write texts one below the other."""
    return "".join(label(x, y + step * row, text, classes) for row, text in enumerate(texts))


def token_name(token: str, most: int) -> str:
    """Return a token as it is written in a picture: blanks made visible, cut to `most` cells."""
    return clip(visible(token), most)


def token_label(x: float, y: float, name: str, classes: str) -> str:
    """Write a token's name, a special one in its own look."""
    return label(x, y, name, classes + (" special" if is_special(name) else ""))


def box(x: float, y: float, width: float, height: float) -> str:
    """Return the path of a rectangle.

    >>> box(1, 2.25, 3, 4)
    'M1 2.2h3v4h-3z'
    """
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h-{number(width)}z"


def curve(points: Iterable[tuple[float, float]]) -> str:
    """Return the path that joins points, (x, y) each, by straight lines."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def root_scale(left: float, top: float, side: float, ticks_top: float, classes: str = "step") -> str:
    """Draw the ten shades of a colour that grows with the root, and below them the numbers they stand for."""
    steps = "".join(f'<rect class="{classes}" x="{number(left + side * step)}" y="{number(top)}" '
                    f'width="{number(side)}" height="10" fill-opacity="{(step + 1) / LEVELS:g}"/>'
                    for step in range(LEVELS))
    return steps + "".join(label(left + side * (LEVELS * root - 0.5), ticks_top, f"{root * root:g}", "small muted mid")
                           for root in (0.1, 0.5, 1))


def fitting(count: int, sizes: Sequence[tuple[int, int, int]], smallest: tuple[int, int]) -> tuple[int, int]:
    """Return the measures for so many things: of the first of `sizes`, (most things, measures), that takes them."""
    return next(((one, other) for most, one, other in sizes if count <= most), smallest)


# What answers hover and focus

def answer(classes: str, words: str, content: str) -> str:
    """Return what says `words` where it is pointed at, or reached by Tab."""
    return f'<g class="{classes}" tabindex="0" role="img" aria-label="{escape(words)}">{content}</g>'


def touch_rules(kind: str, part: str, own: str = "", ground: str = "fill-opacity:.12") -> str:
    """Return the rules of what answers: one answer at a time is seen, that of the pointer before that of the focus.

    Args:
        kind: names the view.
        part: the selector of the elements that answer; in each, `.o` is the ground and all else what is said.
        own: the view's own rules besides.
        ground: how the ground looks while it answers.
    """
    return scoped(kind, f"""
.touch {part}>:not(.o){{display:none;pointer-events:none}}
.touch {part}:is(:hover,:focus)>*{{display:inline}}
.touch:hover {part}:focus:not(:hover)>:not(.o){{display:none}}
.touch {part}:is(:hover,:focus)>.o{{{ground}}}
{own}""")


def touchable(rules: str, parts: Iterable[str], hint: str) -> str:
    """Return what answers, with its rules, and the hint that tells of it."""
    return f'<style>{rules}</style><g class="touch">{"".join(parts)}</g>{hint}'


# Choices

def place_of(got: object, count: int, key: str) -> int:
    """Return `got` as an index below `count`.

    Raises:
        CourseError: the sentence `key`, for anything else.
    """
    found = asked.place(got, count)
    if found is None:
        raise CourseError(key, got=asked.short(got), last=count - 1)
    return found


def threshold_of(got: object) -> float:
    """Return the weight below which nothing is drawn.

    Raises:
        CourseError: for what is no number from 0 to 1.
    """
    found = asked.number(got, 0, 1)
    if found is None:
        raise CourseError("views.threshold", got=asked.short(got))
    return found
