"""Put modules into a page: a script that imports others becomes one that needs no file beside it."""

import json
import re
from pathlib import Path

from helpers.page.modules import gather, name_of, renamed

ROOT = Path(__file__).resolve().parents[2]
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
    modules = dict(sorted(gather(ROOT, entry, *before).items()))
    named, own = {name: renamed(name, source, str) for name, source in modules.items()}, name_of(ROOT, entry)
    addresses = {name: _address(source) for name, source in named.items() if name != own}
    first = "".join(f"import {json.dumps(name_of(ROOT, one))};\n" for one in before)
    written = first + named[own]
    if "</script" in written.lower():
        raise ValueError(f"{entry.name} holds </script")
    return (f'<script type="importmap">{json.dumps({"imports": addresses}, ensure_ascii=False)}</script>\n'
            f'<script type="module" async>\n{written}</script>')


def _address(source: str) -> str:
    """Return an address that holds a module; it stays readable, so that the page packs well."""
    return "data:text/javascript;charset=utf-8," + UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", source)
