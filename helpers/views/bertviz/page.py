"""bertviz's HTML made into a page that stands alone: its libraries inside, its data once, nothing asked of a network.

d3 and jQuery are read from the packages that ship them; nothing of theirs is copied into this repository.
"""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from ...text import escape, language
from ..theme import FONT, INK, PAPER, TEXT

MARGIN, LINE = 10, 18
IDENTITY = "bertviz"
_LIBRARIES = {"mpld3": "mpld3/js/d3.v5.min.js", "xstatic-jquery": "xstatic/pkg/jquery/data/jquery.min.js"}
_RANDOM_IDENTITY = re.compile(r"bertviz-[0-9a-f]{32}")
_LOADERS = re.compile(r"<script src=[^>]*></script>|require\.config\(.*?\}\);", re.DOTALL)
_STAND_IN = "const requirejs = (names, draw) => draw(jQuery, d3);"
_FIT = """
const fit = () => { document.body.style.zoom = Math.max(0.6, Math.min(1, innerWidth / FULL)); };
addEventListener('resize', fit);
fit();
"""
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
_STYLE = f"""
html{{color-scheme:light;background:{PAPER};color:{INK};font:{TEXT}px/{LINE}px {FONT}}}
body{{margin:{MARGIN}px}}
p{{margin:0 0 8px}}
select{{font:inherit}}
#{IDENTITY}{{font-family:{FONT}!important;padding:0!important}}
#{IDENTITY} svg{{display:block}}
"""
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>{style}body{{width:{width}px}}</style>
<body>
<p>{hint}</p>
{scripts}
{content}
</body>
</html>
"""


def missing() -> list[str]:
    """Return the names of the packages that bertviz's views need and that are not installed."""
    absent = [] if find_spec("bertviz") else ["bertviz"]
    return absent + [package for package in _LIBRARIES if not _library(package).is_file()]


def _library(package: str) -> Path:
    """Return where a package keeps its library; what is not installed leads to a file that does not exist."""
    try:
        return Path(str(distribution(package).locate_file(_LIBRARIES[package])))
    except PackageNotFoundError:
        return Path(_LIBRARIES[package]).resolve() / "missing"


def compact(drawn: str, data_after: str, labels: list[tuple[list[str], list[str]]]) -> str:
    """Return bertviz's HTML with its data written once, its loaders left out, and a name that is always the same.

    Its data stand on one line; what follows them there is a comment that repeats them.

    Args:
        drawn: what bertviz returned.
        data_after: the words after which its data first stand.
        labels: names of queries and keys to set in its parts, in their order; [] leaves them.
    """
    start = drawn.index(data_after) + len(data_after)
    data, end = json.JSONDecoder().raw_decode(drawn, start)
    data["root_div_id"] = IDENTITY
    for part, (queries, keys) in zip(data["attention"], labels, strict=False):
        part |= {"left_text": queries, "right_text": keys}
    before = _RANDOM_IDENTITY.sub(IDENTITY, _LOADERS.sub("", drawn[:start]))
    after = _LOADERS.sub("", drawn[end:].partition("\n")[2])
    return f"{before}{_as_script(data)};\n{after}"


def _as_script(data: dict) -> str:
    """Return data as JavaScript that no text inside can end: every "<" is written as an escape."""
    return json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")


def offline(content: str, title: str, hint: str, width: float) -> str:
    """Return a page that shows what bertviz made, without a network.

    Args:
        content: the HTML that `compact` returned.
        title: the page's title.
        hint: what a learner can do in it, shown on top.
        width: the width in pixels; in a narrower frame all gets smaller.
    """
    libraries = [_library(package).read_text(encoding="utf-8") for package in _LIBRARIES]
    fit = _FIT.replace("FULL", f"{width + 2 * MARGIN:g}")
    scripts = "\n".join(f"<script>{code}</script>" for code in (*libraries, _STAND_IN, fit))
    return _PAGE.format(language="zh-CN" if language() == "zh" else "en", policy=_POLICY, title=escape(title),
                        style=_STYLE, width=f"{width:g}", hint=escape(hint), scripts=scripts, content=content)
