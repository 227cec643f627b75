"""Take comments and blank lines out of script on its way into a page; the sources stay as they are read."""

import re

SKIPPED = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
QUOTED = re.compile(r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""")
LITERAL = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
WORD = re.compile(r"[\w$]+")
BEFORE_LITERAL = frozenset("return typeof case in of do else void delete throw await yield".split())
VALUE_ENDS = ")]}"


class StripError(ValueError):
    """Script that cannot be read to its end."""


def stripped(source: str) -> str:
    """Return a module without comments, blank lines and indentation; strings, templates and patterns are kept.

    Line breaks stay, so that a statement ends where it ended.

    Args:
        source: a module; where a slash may be a division or begin a pattern, what stands before it decides.

    Raises:
        StripError: for a string, template, pattern or comment that does not end.

    >>> stripped("const a = 1;   // one\\n\\n  const b = '// two' + `${a /* x */}`;")
    "const a = 1;\\nconst b = '// two' + `${a }`;\\n"
    """
    return _code(source, 0, nested=False)[0]


def _code(source: str, place: int, *, nested: bool) -> tuple[str, int]:
    """Return code from a place on, and where it ends: with the source or, in a template's gap, at its bracket."""
    kept, depth = _Kept(), 0
    while place < len(source):
        letter = source[place]
        if nested and letter == "}" and not depth:
            return kept.text, place
        depth += (letter == "{") - (letter == "}")
        if letter in "\"'":
            found = _match(QUOTED, source, place)
        elif letter == "`":
            found, place = _template(source, place)
            kept.add(found)
            continue
        elif letter == "/" and source[place + 1:place + 2] in ("/", "*"):
            comment = _match(SKIPPED, source, place)
            place += len(comment)
            kept.add("\n" * ("\n" in comment))
            continue
        elif letter == "/" and kept.awaits_value:
            found = _match(LITERAL, source, place)
        else:
            word = WORD.match(source, place)
            found = word[0] if word else letter
        kept.add(found)
        place += len(found)
    if nested:
        raise StripError("a template does not end")
    return kept.end(), place


def _template(source: str, start: int) -> tuple[str, int]:
    """Return a template with the comments in its gaps taken out, and where what follows it begins."""
    place, parts = start + 1, ["`"]
    while place < len(source):
        if source.startswith("${", place):
            code, place = _code(source, place + 2, nested=True)
            parts.append("${" + code)
        taken = source[place:place + 1 + (source[place] == "\\")]
        parts.append(taken)
        place += len(taken)
        if taken == "`":
            return "".join(parts), place
    raise StripError("a template does not end")


def _match(pattern: re.Pattern, source: str, place: int) -> str:
    found = pattern.match(source, place)
    if not found:
        raise StripError(f"what begins here does not end: {source[place:place + 60]!r}")
    return found[0]


class _Kept:
    """What is kept so far: no blanks at the ends of a line, no blank lines."""

    def __init__(self) -> None:
        self.text, self._last = "", ""

    def add(self, piece: str) -> None:
        """Keep a piece: a word, a sign, a string, a blank."""
        if piece.isspace():
            if "\n" in piece:
                self.text = self.text.rstrip(" \t")
            if not self.text or self.text.endswith("\n"):
                return
        elif piece:
            self._last = piece
        self.text += piece

    @property
    def awaits_value(self) -> bool:
        """Whether a slash now would begin a pattern: after a sign that is no end of a value, or a word as `return`."""
        if WORD.fullmatch(self._last):
            return self._last in BEFORE_LITERAL
        return self._last == "" or self._last[-1] not in VALUE_ENDS + "\"'`" and not LITERAL.fullmatch(self._last)

    def end(self) -> str:
        """Return the whole, with one line break at its end."""
        return self.text.rstrip() + "\n" * bool(self.text.strip())
