"""What a learner reads: interface strings by language, errors, and escaping for HTML and SVG.

Each sentence stands in a table beside this file, one table for each part of the course (`models.py`, `views.py`, ...):
a key, and the sentence in English and in Chinese. Exercises bring theirs along (`add_table`). A further language is one
table more, in `languages/`, under the same keys; what it does not say is said in English.
"""

import html
import importlib
import os
import pkgutil
import re

from . import languages

FALLBACK = "en"
LANGUAGES = ("en", "zh", *(table.name for table in pkgutil.iter_modules(languages.__path__)))
_chosen = os.environ.get("SEEING_ATTENTION_LANGUAGE", FALLBACK)


def language(code: str | None = None) -> str:
    """Choose the language of everything the helpers say, and return the one in force.

    Args:
        code: "en", "zh", or another of `LANGUAGES`, also as a system writes it ("zh_CN", "en-GB.UTF-8"); None only
            asks.

    Raises:
        ValueError: for any other code.
    """
    global _chosen
    if code is not None:
        plain = re.split("[-_.]", code)[0].lower() if isinstance(code, str) else ""
        if plain not in LANGUAGES:
            raise ValueError(f"language: expected one of {', '.join(LANGUAGES)}, got {code!r}")
        _chosen = plain
    return _chosen


def say(key: str, /, **fields: object) -> str:
    """Return the sentence `key` ("table.name") in the chosen language, with its `{fields}` filled in.

    Raises:
        KeyError: for a key that no table holds.
    """
    return sentence(key, _chosen).format(**fields)


def sentence(key: str, code: str) -> str:
    """Return the sentence `key` in a language, in English where that language lacks it; its gaps are left open.

    Raises:
        KeyError: for a key that no table holds.
    """
    both = STRINGS[key]
    return both.get(code, both[FALLBACK])


def escape(text: object) -> str:
    """Return text that is safe inside HTML or SVG, both between tags and inside quoted attributes.

    Control characters that XML forbids become U+FFFD; they would make a browser refuse the whole picture.

    >>> escape('</script><img onerror="x">')
    '&lt;/script&gt;&lt;img onerror=&quot;x&quot;&gt;'
    """
    clean = "".join(c if c in "\t\n\r" or (" " <= c < "\ud800") or ("\ue000" <= c < "\ufffe") or c > "\uffff"
                    else "\ufffd" for c in str(text))
    return html.escape(clean, quote=True)


class CourseError(ValueError):
    """An error a learner can act on: one sentence in the chosen language, shown without a stack of internals.

    Args:
        key: the sentence in the string tables.
        fields: what fills its gaps.
    """

    def __init__(self, key: str, /, **fields: object):
        super().__init__(say(key, **fields))
        self.key = key

    def _render_traceback_(self) -> list[str]:
        """Give IPython the sentence in place of a traceback."""
        return [str(self)]


def add_table(name: str, table: dict[str, dict[str, str]]) -> None:
    """Make sentences known under "name.key", with what further languages say for them.

    Args:
        name: of the table.
        table: {key: {language: sentence}}; English must be there.
    """
    for key, said in table.items():
        full = f"{name}.{key}"
        further = {code: strings[full] for code, strings in _further.items() if full in strings}
        STRINGS[full] = said | further


def _load_tables() -> None:
    """Add the tables that stand beside this file."""
    for table in pkgutil.iter_modules(__path__):
        if table.name != "languages":
            add_table(table.name, importlib.import_module(f"{__name__}.{table.name}").STRINGS)


STRINGS: dict[str, dict[str, str]] = {}  # {"table.key": {language: sentence}}
_further = {code: importlib.import_module(f"{languages.__name__}.{code}").STRINGS for code in LANGUAGES[2:]}
_load_tables()
