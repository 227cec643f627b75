"""Put modules into a page: a script that imports others becomes one that needs no file beside it."""

import json
import posixpath
import re
from pathlib import Path

from lessons.building.strip import stripped

ROOT = Path(__file__).resolve().parents[2]
IMPORT = re.compile(r"""((?:\bfrom|^import)\s*)(["'])(\.{1,2}/[^"']+)\2""", re.MULTILINE)
UNSAFE = re.compile(r'[%#"<\\\x00-\x1f\x7f]')


def script_tags(entry: Path, *before: Path) -> str:
    """Return the elements that run a module and all it imports, from inside a page, on a disk as on a server.

    A browser refuses to import a module from beside a page that was opened from a disk. So each module becomes an
    address that holds it (`data:`), under its name in an import map; the entry itself stands in the page. It runs as
    soon as it has been read, not waiting for what follows it. Comments and blank lines are left behind.

    Args:
        entry: a module inside the course's folder; what it imports is found from where it stands.
        before: modules that run before it, though it does not import them.

    Raises:
        ValueError: for script that would end the element it stands in.
    """
    modules = _gather(entry, *before)
    addresses = {name: _address(_renamed(name, source)) for name, source in modules.items() if name != _name(entry)}
    first = "".join(f"import {json.dumps(_name(one))};\n" for one in before)
    written = first + _renamed(_name(entry), modules[_name(entry)])
    if "</script" in written.lower():
        raise ValueError(f"{entry.name} holds </script")
    return (f'<script type="importmap">{json.dumps({"imports": addresses}, ensure_ascii=False)}</script>\n'
            f'<script type="module" async>\n{written}</script>')


def _address(source: str) -> str:
    """Return an address that holds a module; it stays readable, so that the page packs well."""
    return "data:text/javascript;charset=utf-8," + UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", source)


def _name(file: Path) -> str:
    """Return what a module is called in the import map: its path in the course."""
    return file.resolve().relative_to(ROOT).as_posix()


def _gather(*entries: Path) -> dict[str, str]:
    """Return {name: source without comments} of modules and of all that they import, themselves or by way of others."""
    found: dict[str, str] = {}
    waiting = [_name(entry) for entry in entries]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = stripped((ROOT / name).read_text(encoding="utf-8"))
            waiting += [_target(name, match[3]) for match in IMPORT.finditer(found[name])]
    return dict(sorted(found.items()))


def _target(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _renamed(name: str, source: str) -> str:
    """Return a module that imports by the names of the import map."""
    return IMPORT.sub(lambda match: f"{match[1]}{json.dumps(_target(name, match[3]))}", source)
