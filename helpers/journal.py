"""What a learner has done, kept on the learner's own disk: predictions, quizzes, checks, inventory.

It is one small JSON file in `my/`, the folder that no update of the course touches, or in the home folder where the
course is installed as a package. Nothing is sent anywhere. SEEING_ATTENTION_JOURNAL names another file, or "off".
"""

import json
import os
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("predictions", "quizzes", "checks", "inventory")
Entry = dict[str, object]
Entries = dict[str, dict[str, Entry]]
_now: Entries = {kind: {} for kind in KINDS}


def place() -> Path | None:
    """Return the file the journal is kept in; None where it is switched off."""
    wanted = os.environ.get("SEEING_ATTENTION_JOURNAL", "")
    if wanted == "off":
        return None
    if wanted:
        return Path(wanted)
    if (ROOT / "lessons").is_dir():
        return ROOT / "my" / "journal.json"
    with suppress(RuntimeError):                     # no home folder
        return Path.home() / ".seeing-attention" / "journal.json"
    return None


def note(kind: str, key: str, **what: object) -> None:
    """Write down what was done; where nothing can be written it is remembered until the kernel ends.

    Args:
        kind: one of `KINDS`.
        key: such as "01.mixture"; of the inventory the form, "before" or "after".
        what: plain values; they replace what was written under this key before.
    """
    _now[kind][key] = what
    path = place()
    if path is not None:
        with suppress(OSError):
            _write(path, entries())


def entries() -> Entries:
    """Return all that is written down, this kernel's own entries over those of the file."""
    kept = _read(place())
    return {kind: kept.get(kind, {}) | _now[kind] for kind in KINDS}


def is_kept() -> bool:
    """Whether what was done is on the disk, or would be."""
    path = place()
    return path is not None and (path.exists() or not any(_now.values()))


def forget() -> None:
    """Forget what was done in this kernel; the file stays."""
    for kind in KINDS:
        _now[kind].clear()


def _read(path: Path | None) -> Entries:
    """Return what a file holds; nothing where there is none, or none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        return {}
    fits = isinstance(found, dict) and all(isinstance(found.get(kind, {}), dict) for kind in KINDS)
    return found if fits else {}


def _write(path: Path, everything: Entries) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(f".{os.getpid()}.part")
    half.write_text(json.dumps(everything, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(half, path)
