"""The scripts of a page as text: a module with all that it imports, each without its comments."""

import json
import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from .strip import stripped

IMPORT = re.compile(r"""((?:\bfrom|^import)\s*)(["'])(\.{1,2}/[^"']+)\2""", re.MULTILINE)


def gather(root: Path, *entries: Path) -> dict[str, str]:
    """Return {name: its source without comments} of modules and of all that they import; what is imported stands first.

    Args:
        root: the folder that the names start from.
        entries: modules inside that folder.
    """
    found: dict[str, str] = {}
    seen: set[str] = set()

    def take(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        source = stripped((root / name).read_text(encoding="utf-8"))
        for match in IMPORT.finditer(source):
            take(target(name, match[3]))
        found[name] = source

    for entry in entries:
        take(name_of(root, entry))
    return found


def name_of(root: Path, file: Path) -> str:
    """Return what a module is called: its path from the root."""
    return file.resolve().relative_to(root).as_posix()


def target(name: str, address: str) -> str:
    """Return the name of the module that a module imports from an address beside it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def renamed(name: str, source: str, called: Callable[[str], str]) -> str:
    """Return a module that imports others by what each is `called` in the place of their addresses."""
    return IMPORT.sub(lambda match: f'{match[1]}"{called(target(name, match[3]))}"', source)


def in_script(data: object) -> str:
    """Return JSON that cannot end the `<script>` it stands in."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
