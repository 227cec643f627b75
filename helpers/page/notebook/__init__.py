"""What a notebook gives its page, so that the page draws by itself: the script of a view, its words and its looks."""

import hashlib
from functools import cache
from pathlib import Path

from ..modules import gather, in_script, renamed
from ..views import page_theme, page_words

PAGE = Path(__file__).parents[1]
HERE = Path(__file__).parent
LOOKS = {"heads": ("heads",), "model": ("heads",), "positions": ("positions",), "translation": ("translation",),
         "neurons": ("neurons",), "query": ("query",), "next": ("next",)}
"""The views that a page can draw in a notebook, with the rules that they take."""


@cache
def page_script(view: str, code: str) -> str:
    """Return what the page needs to draw a view, as JSON: its modules in the order in which they can be read.

    Args:
        view: one of `LOOKS`.
        code: the language of its words.

    Returns:
        {"key": the same for the same content, "modules": [[name, source]...], each importing by "page:name" what
        stands before it; the last one begins, "words" and "theme": see `helpers.page.views`}.
    """
    found = gather(PAGE, HERE / f"{view}.mjs")
    modules = [[f"page:{name}", renamed(name, source, lambda one: f"page:{one}")] for name, source in found.items()]
    given = {"modules": modules, "words": page_words(code), "theme": page_theme(LOOKS[view])}
    return in_script({"key": hashlib.sha256(in_script(given).encode()).hexdigest()[:16], **given})
