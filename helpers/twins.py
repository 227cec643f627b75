"""Code that speaks the language of its notebook: the marks in a cell's source, and what they make of it.

A comment ends in its twin; a line, or a run of lines, is followed by the lines that stand for it:

    asker = record.n_tokens - 3          # the last but one #zh 倒数第二个
    print("layers:", record.n_layers)
    #zh print("层数：", record.n_layers)

Only comments and strings may differ; whatever else differs is refused.
"""

import ast
import re
from collections.abc import Sequence

from .text import FALLBACK, LANGUAGES

OTHERS = tuple(code for code in LANGUAGES if code != FALLBACK)
LINE = re.compile(r"^\s*#([a-z]{2,3})(?: (.*))?$")
TAIL = re.compile(r"\s*#([a-z]{2,3}) ")
LEFT = re.compile(r"#(?:" + "|".join(OTHERS) + r")\b")


class TwinError(ValueError):
    """A mark that cannot be followed: the line in the cell, counted from 1, and a sentence."""

    def __init__(self, line: int, sentence: str):
        super().__init__(sentence)
        self.line = line


def twins(source: str) -> dict[str, str]:
    """Return the source of a cell in each language it speaks; English is always among them.

    >>> twins("1 + 1    # a sum #zh 和")
    {'en': '1 + 1    # a sum', 'zh': '1 + 1    # 和'}

    Raises:
        TwinError: for a mark of no known language or in no place for one, a run longer than what stands above it,
            or a twin that is other code.
    """
    lines = source.splitlines()
    marked = _languages(lines)
    said = {code: _in_language(lines, code) for code in (FALLBACK, *(code for code in OTHERS if code in marked))}
    for number, line in enumerate(said[FALLBACK].splitlines(), 1):
        if LEFT.search(line):
            raise TwinError(number, f"a mark ends a comment, `# … #zh …`, or opens a line of its own, `#zh …`; "
                                    f"got {line.strip()}")
    for code, text in said.items():
        if code != FALLBACK and _bones(text) != _bones(said[FALLBACK]):
            raise TwinError(marked[code], f"what `#{code}` says is other code than the English: only comments and "
                                          "strings may differ, line for line")
    return said


def _languages(lines: Sequence[str]) -> dict[str, int]:
    """Return the languages that are marked, each with the line of its first mark."""
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        for code in _codes(line):
            if code not in OTHERS:
                raise TwinError(number, f"expected `#` and one of {', '.join(OTHERS)}, got `#{code}`; "
                                        "a comment starts with `# `")
            first.setdefault(code, number)
    return first


def _codes(line: str) -> list[str]:
    """Return the languages marked in a line."""
    if found := LINE.match(line):
        return [found[1]]
    comment = line.partition("# ")[2]
    return TAIL.findall(comment)


def _in_language(lines: Sequence[str], code: str) -> str:
    """Return the lines as one language has them."""
    kept: list[str] = []
    run: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        mark = LINE.match(line)
        if mark and mark[1] == code:
            run.append((mark[2] or "").strip())
            continue
        if len(run) > len(kept):
            raise TwinError(number - 1, f"{len(run)} lines of `#{code}` stand for as many lines above them, "
                                        f"but there are {len(kept)}")
        for place, text in enumerate(run, len(kept) - len(run)):
            kept[place] = (_indent(kept[place]) + text).rstrip()
        run = []
        if not mark:
            kept.append(_comment_in(line, code))
    return "\n".join(kept[:-1])


def _indent(line: str) -> str:
    return line[:len(line) - len(line.lstrip())]


def _comment_in(line: str, code: str) -> str:
    """Return a line with its comment in one language."""
    before, sign, comment = line.partition("# ")
    english, *others = TAIL.split(comment)
    found = dict(zip(others[::2], others[1::2], strict=True))
    return before + sign + found.get(code, english) if sign else line


class _Bones(ast.NodeTransformer):
    """Empties strings; an f-string keeps the values it shows, in any order."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Empty a string."""
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Tuple | ast.Constant:
        """Keep what an f-string shows."""
        shown = [self.visit(part.value) for part in node.values if isinstance(part, ast.FormattedValue)]
        return ast.Tuple(sorted(shown, key=ast.dump), ast.Load()) if shown else ast.Constant("")


def _bones(source: str) -> str:
    """Return what is left of code without its words; "" where it is not Python."""
    try:
        return ast.dump(_Bones().visit(ast.parse(source)))
    except SyntaxError:
        return ""
