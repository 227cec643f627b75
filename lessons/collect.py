"""Collect what a class handed in: python lessons/collect.py FOLDER

Every file that `hand_in("name")` wrote, anywhere below FOLDER, becomes a line of FOLDER/hand-ins.csv (exercise by
exercise: 1 passed, 0 tried, empty not tried) and a page to read. A completion code sent by itself is checked with
--name and --code.
"""

import argparse
import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers.checks import EXERCISES  # noqa: E402
from helpers.questions.handing_in import HandIn, completion_code, read_hand_in  # noqa: E402
from helpers.text import CourseError  # noqa: E402


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, or 1 where a file could not be read or a code fits nothing.

    Args:
        arguments: as typed after the command; None takes the program's own.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows console may not know Chinese
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where the files are, at any depth")
    parser.add_argument("--name", help="with --code: whose code it is")
    parser.add_argument("--code", help="a completion code, such as 7K3F-9QXM")
    options = parser.parse_args(arguments)
    if options.name and options.code:
        return _judge_code(options.name, options.code)
    if options.folder is None or not options.folder.is_dir():
        parser.error("expected a folder with the files that were handed in, or --name and --code")
    return _collect(options.folder)


def _collect(folder: Path) -> int:
    """Read all files of a folder, write the table and the pages, and say what could not be read."""
    found, unread = [], 0
    for file in sorted(folder.rglob("*.json")):
        try:
            found.append((file, read_hand_in(file)))
        except CourseError as error:
            unread += 1
            print(error)
    for file, work in found:
        file.with_suffix(".html").write_text(work.page(), encoding="utf-8")
    table = folder / "hand-ins.csv"
    _write_table(table, [(file.relative_to(folder), work) for file, work in found])
    changed = [work.name for _, work in found if not work.sealed]
    print(f"{len(found)} read, {unread} not; written: {table}")
    if changed:
        print(f"changed after they were written: {', '.join(changed)}")
    return int(unread > 0)


def _write_table(table: Path, works: Sequence[tuple[Path, HandIn]]) -> None:
    """Write one line a file, with a column for every exercise that any of them knows."""
    rows = [{"file": file.as_posix(), **work.row()} for file, work in works]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    plain = [name for name in columns if name not in EXERCISES]
    with table.open("w", encoding="utf-8-sig", newline="") as file:      # with the mark that spreadsheets look for
        writer = csv.DictWriter(file, [*plain, *sorted(set(columns) - set(plain))], restval="")
        writer.writeheader()
        writer.writerows({column: _plain_text(value) for column, value in row.items()} for row in rows)


def _plain_text(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value


def _judge_code(name: str, code: str) -> int:
    """Say which chapter a completion code belongs to."""
    for number in sorted({key[:2] for key in EXERCISES}):
        keys = [key for key in EXERCISES if key[:2] == number]
        if completion_code(name, number, keys) == code.strip().upper():
            print(f"{name}: chapter {number}, all {len(keys)} exercises passed")
            return 0
    print(f"{code} is no completion code of {name} for this version of the course")
    return 1


if __name__ == "__main__":
    sys.exit(main())
