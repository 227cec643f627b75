"""Put the English and the Chinese cells of the lessons beside each other, for whoever reads both.

    python lessons/side_by_side.py            all chapters, into build/side_by_side/, a page each
    python lessons/side_by_side.py 03         one chapter
    python lessons/side_by_side.py --terms    the terms of the glossary: where each first stands, and with its English?
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers.text import escape  # noqa: E402
from helpers.views import theme  # noqa: E402
from lessons.build import read_course  # noqa: E402
from lessons.building.prose import markdown  # noqa: E402
from lessons.building.source import Cell, Lesson  # noqa: E402

GLOSSARY = ROOT / "lessons" / "glossary.md"
PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title><style>
body{{font:16px/1.6 {font};color:{ink};margin:1rem}} table{{width:100%;border-collapse:collapse;table-layout:fixed}}
td{{vertical-align:top;padding:.5rem 1rem;border-top:1px solid {edge};overflow-wrap:anywhere}}
pre{{font:13px/1.5 {mono};white-space:pre-wrap}} td:first-child{{width:9rem;font:12px {mono}}}
table table td:first-child{{width:auto;font:inherit}}</style>
<h1>{title}</h1><table>{rows}</table>
"""


@dataclass(frozen=True)
class Term:
    """A term of the glossary in the Chinese prose.

    Attributes:
        english: the term in English.
        chinese: the term in Chinese.
        first: where it first stands, "chapter · cell", "" where it does not.
        given: the first cell in which its English stands with it, "" where none does.
    """

    english: str
    chinese: str
    first: str
    given: str


def pairs(lesson: Lesson) -> Iterator[tuple[Cell, Cell]]:
    """Yield each cell as English and as Chinese have it."""
    yield from zip(lesson.said_in("en"), lesson.said_in("zh"), strict=True)


def page(lesson: Lesson) -> str:
    """Return the page of one lesson; code that says the same in both stands once."""
    rows = "".join(f"<tr><td>{escape(english.id)}</td>{_columns(english, chinese)}</tr>"
                   for english, chinese in pairs(lesson))
    return PAGE.format(title=escape(lesson.title("en")), rows=rows, font=theme.FONT, mono=theme.MONO, ink=theme.INK,
                       edge=theme.EDGE)


def _columns(english: Cell, chinese: Cell) -> str:
    if english.source == chinese.source:
        return f'<td colspan="2">{_shown(english)}</td>'
    return f"<td>{_shown(english)}</td><td>{_shown(chinese)}</td>"


def _shown(cell: Cell) -> str:
    return markdown(cell.source) if cell.kind == "markdown" else f"<pre>{escape(cell.source)}</pre>"


def glossary() -> list[tuple[str, str]]:
    """Return the terms of the glossary, English with what stands in brackets, Chinese without."""
    rows = [line.strip("|").split("|") for line in GLOSSARY.read_text(encoding="utf-8").splitlines()
            if line.startswith("|") and not line.startswith(("| ---", "| English"))]
    return [(row[0].strip(), re.sub(r"（.*?）", "", row[1]).strip()) for row in rows]


def terms(lessons: Sequence[Lesson]) -> list[Term]:
    """Return where each term of the glossary first stands in the Chinese prose, and where with its English."""
    prose = [(f"{lesson.stem[:2]} · {cell.id}", cell.source) for lesson in lessons for cell in lesson.said_in("zh")
             if cell.kind == "markdown"]
    found = []
    for english, chinese in glossary():
        uses = [(place, text) for place, text in prose if chinese in text]
        named = [place for place, text in uses if re.search(_named(english), text, re.IGNORECASE)]
        found.append(Term(english, chinese, uses[0][0] if uses else "", named[0] if named else ""))
    return found


def _named(english: str) -> str:
    """Return a pattern that finds a term, or what the glossary adds in brackets, in the plural or not."""
    names = [name.strip(" )").removesuffix("s") for name in english.split("(")]
    return r"(?:" + "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in names) + r")(?:s|es)?\b"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Args:
        arguments: as typed after the command; None takes the program's own.
    """
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lessons", nargs="*", metavar="lesson", help="a lesson's number, such as 01; all without")
    parser.add_argument("--terms", action="store_true", help="print the table of terms and write nothing")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "side_by_side", help="the folder of the pages")
    options = parser.parse_args(arguments)
    course = read_course(ROOT / "lessons")
    if options.terms:
        for term in terms(course):
            given = "with its English" if term.given == term.first else f"English: {term.given or 'never'}"
            print(f"{term.english} | {term.chinese} | {term.first or 'not used'} | {given if term.first else ''}")
        return
    options.output.mkdir(parents=True, exist_ok=True)
    for lesson in (one for one in course if not options.lessons or one.stem[:2] in options.lessons):
        file = options.output / f"{lesson.stem}.html"
        file.write_text(page(lesson), encoding="utf-8", newline="\n")
        print(file)


if __name__ == "__main__":
    main()
