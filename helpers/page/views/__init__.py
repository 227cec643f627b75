"""What the pictures of a page take from the Python views when it is built: their words, colours and rules."""

import unicodedata
from collections.abc import Collection
from itertools import groupby

from ...text import LANGUAGES, STRINGS, sentence
from ...views.birth import RULES as BIRTH
from ...views.change.page import RULES as CHANGE
from ...views.change.page import TOUCH_RULES as CHANGE_TOUCH
from ...views.heads.drawing import RULES as HEADS
from ...views.heads.drawing import TOUCH_RULES as HEADS_TOUCH
from ...views.importance import RULES as IMPORTANCE
from ...views.model.drawing import RULES as MODEL
from ...views.model.drawing import TOUCH_RULES as MODEL_TOUCH
from ...views.neurons.drawing import RULES as NEURONS
from ...views.neurons.drawing import TOUCH_RULES as NEURONS_TOUCH
from ...views.next_tokens import RULES as NEXT
from ...views.positions.drawing import RULES as POSITIONS
from ...views.query.drawing import RULES as QUERY
from ...views.scaling import RULES as SCALING
from ...views.theme import HEAD_COLOURS, NEGATIVE, POSITIVE, style
from ...views.translation.beams import RULES as BEAMS
from ...views.translation.drawing import RULES as TRANSLATION
from ...views.translation.drawing import TOUCH_RULES as TRANSLATION_TOUCH

TABLES = ("views", "translation_view", "model_view", "change", "neurons", "query", "positions", "heads", "next_tokens",
          "birth", "importance", "scaling")
_RULES = {"heads": (HEADS, HEADS_TOUCH), "translation": (TRANSLATION, TRANSLATION_TOUCH), "model": (MODEL, MODEL_TOUCH),
          "change": (CHANGE, CHANGE_TOUCH), "neurons": (NEURONS, NEURONS_TOUCH), "query": (QUERY, ""),
          "positions": (POSITIONS, ""), "beams": (BEAMS, ""), "next": (NEXT, ""), "birth": (BIRTH, ""),
          "importance": (IMPORTANCE, ""), "scaling": (SCALING, "")}


def page_words(code: str) -> dict[str, str]:
    """Return every sentence that the pictures of a page can say, by "table.name", its gaps open.

    Args:
        code: one of `LANGUAGES`.

    Raises:
        ValueError: for any other code.
    """
    if code not in LANGUAGES:
        raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, got {code!r}")
    return {key: sentence(key, code) for key in STRINGS if key.split(".")[0] in TABLES}


def page_theme(kinds: Collection[str] = tuple(_RULES)) -> dict[str, object]:
    """Return the looks of the pictures: colours, each kind's `<style>` elements, and which characters are wide.

    Args:
        kinds: the views that are drawn: "heads", "translation", "model", "change", "neurons", "query", "positions",
            "beams", "next", "birth", "importance" or "scaling".
    """
    rules = {kind: _RULES[kind] for kind in kinds}
    return {"colours": list(HEAD_COLOURS), "positive": POSITIVE, "negative": NEGATIVE,
            "styles": {kind: style(own, live=True) for kind, (own, _) in rules.items()},
            "touch": {kind: f"<style>{touch}</style>" for kind, (_, touch) in rules.items()},
            "wide": wide_characters()}


def wide_characters() -> list[list[int]]:
    """Return the ranges [first, last] of characters that fill two cells, in order."""
    runs = groupby(range(0x110000), key=lambda code: unicodedata.east_asian_width(chr(code)) in "WF")
    wide = [[*run] for is_wide, run in runs if is_wide]
    return [[run[0], run[-1]] for run in wide]
