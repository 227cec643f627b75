"""Put modules into a page: a script that imports others becomes one that needs no file beside it."""

import base64
import json
import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMPORT = re.compile(r"""((?:\bfrom|^import)\s*)(["'])(\.{1,2}/[^"']+)\2""", re.MULTILINE)


def script_tags(entry: Path) -> str:
    """Return the elements that run a module and all it imports, from inside a page, on a disk as on a server.

    A browser refuses to import a module from beside a page that was opened from a disk. So each module becomes an
    address that holds it (`data:`), under its name in an import map; the entry itself stands in the page. It runs as
    soon as it has been read, not waiting for what follows it.

    Args:
        entry: a module inside the course's folder; what it imports is found from where it stands.
    """
    modules = _gather(entry)
    addresses = {name: "data:text/javascript;base64," + base64.b64encode(_renamed(name, source).encode()).decode()
                 for name, source in modules.items() if name != _name(entry)}
    written = _renamed(_name(entry), modules[_name(entry)])
    if "</script" in written.lower():
        raise ValueError(f"{entry.name} holds </script")
    return (f'<script type="importmap">{json.dumps({"imports": addresses})}</script>\n'
            f'<script type="module" async>\n{written}</script>')


def _name(file: Path) -> str:
    """Return what a module is called in the import map: its path in the course."""
    return file.resolve().relative_to(ROOT).as_posix()


def _gather(entry: Path) -> dict[str, str]:
    """Return {name: source} of a module and of all that it imports, itself or by way of others."""
    found, waiting = {}, [_name(entry)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (ROOT / name).read_text(encoding="utf-8")
            waiting += [_target(name, match[3]) for match in IMPORT.finditer(found[name])]
    return dict(sorted(found.items()))


def _target(name: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), address))


def _renamed(name: str, source: str) -> str:
    """Return a module that imports by the names of the import map."""
    return IMPORT.sub(lambda match: f"{match[1]}{json.dumps(_target(name, match[3]))}", source)
