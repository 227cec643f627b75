"""Number the exercises of a lesson in the order in which they stand, so that one can be put in between."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lessons.building.source import BuildError, Cell

NAMED = r"(?:[Ee]xercise|练习) ?"
HEADING = re.compile(rf"^(### {NAMED})(\d*) ?·", re.MULTILINE)
MENTION = re.compile(rf"(?<!### )({NAMED})(\d+)")


def numbered(cells: Sequence[Cell], name: str) -> list[Cell]:
    """Return the cells of one language with the headings "### Exercise 3 · …" numbered from 1 on.

    A new exercise needs no number in its lesson ("### Exercise · …").

    Args:
        cells: prose and code.
        name: of the lesson's file.

    Raises:
        BuildError: for a sentence that names an exercise by a number which is another's now.
    """
    moved: dict[str, int] = {}
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        if found[2] not in ("", str(count)):
            moved[found[2]] = count
        return f"{found[1].rstrip()} {count} ·"

    done = [replace(cell, source=HEADING.sub(number, cell.source)) if cell.kind == "markdown" else cell
            for cell in cells]
    for cell in cells:
        for found in MENTION.finditer(cell.source):
            if found[2] in moved:
                raise BuildError(f"{name}, line {cell.line}: “{found[0]}” is exercise {moved[found[2]]} now; mend the "
                                 "sentence, and write the numbers of the headings anew.")
    return done
