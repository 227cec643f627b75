"""From bertviz's HTML to a view: its size, its words; or our own view, where bertviz's cannot be made."""

from collections.abc import Callable

from ...models import AttentionRecord
from ...text import say
from ..svg import CELL, wrap
from ..theme import TEXT
from ..view import View
from .frame import BertvizView, OwnView
from .page import LINE, MARGIN, compact, offline
from .source import Attention

DATA_AFTER = {"heads": "const params = ", "model": "const params = ", "neurons": "window.bertviz_params = "}
WIDTH = {"heads": 640, "model": 970, "neurons": 1010}
_CONTROLS, _SCROLLBAR, _EDGES = 32, 16, 2


def framed(kind: str, attention: Attention, drawn: str, found: str) -> BertvizView:
    """Return a view of what bertviz made.

    Args:
        kind: "heads", "model" or "neurons".
        attention: what is shown.
        drawn: bertviz's HTML.
        found: a sentence on what there is to see.
    """
    title, hint, width = say(f"bertviz.title_{kind}"), _hint(kind, attention), WIDTH[kind]
    lines = len(wrap(hint, int(width / (CELL * TEXT))))
    height = _height(kind, attention) + LINE * lines + _CONTROLS + _SCROLLBAR + 2 * MARGIN
    content = compact(drawn, DATA_AFTER[kind], attention.labels)
    return BertvizView(text=say("bertviz.sentence", title=title, found=found), title=title,
                       size=(width + 2 * MARGIN + _EDGES, round(height) + _EDGES),
                       page=offline(content, title, hint, width))


def _hint(kind: str, attention: Attention) -> str:
    """Say what a learner can do in the view; also with its drop-down, where it has one."""
    hint = say(f"bertviz.hint_{kind}")
    if len(attention.parts) > 1:
        return hint + say("bertviz.hint_translation")
    return hint if attention.own.sentence_b_start is None else hint + say("bertviz.hint_pair")


def _height(kind: str, attention: Attention) -> float:
    """Return how high bertviz draws, in pixels; the numbers are those of its scripts."""
    if kind == "heads":
        return 30 + 22.5 * attention.n_tokens
    if kind == "neurons":
        return 100 + 26 * attention.n_tokens
    thumbnail = attention.n_tokens * 84 / attention.n_heads + 10
    return max(38 + attention.n_layers * thumbnail, 55 + 18 * attention.n_tokens)


def in_words(attention: Attention, own: Callable[..., View], **choices: object) -> str:
    """Return what there is to see, in a sentence.

    Args:
        attention: what is shown.
        own: the course's own view of the same; its sentence is taken where it draws all there is.
        choices: what that view is told to show.
    """
    if len(attention.parts) == 1:
        return own(attention.own, **choices).text
    parts = say("views.comma").join(_name(*part) for part in attention.parts.items())
    return say("bertviz.translation", parts=parts, layers=attention.n_layers, heads=attention.n_heads)


def _name(kind: str, part: AttentionRecord) -> str:
    """Name a part of a translation, with the number of its tokens."""
    queries, keys = map(len, part.sides)
    return say(f"bertviz.{kind}", queries=queries, keys=keys)


def instead(own: View, packages: list[str], attention: Attention) -> OwnView:
    """Return the course's own view, with a line that says why bertviz's is not shown.

    Args:
        own: the view.
        packages: what is not installed.
        attention: what bertviz would show.
    """
    note = say("bertviz.missing", packages=say("views.comma").join(packages), command=" ".join(packages))
    if len(attention.parts) > 1:
        note += say("bertviz.part_alone", part=_name("cross", attention.own))
    return OwnView(**vars(own), note=note)
