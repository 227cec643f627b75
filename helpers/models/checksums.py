"""Weights that came with the course are told from damaged ones: beside them stands a table of what they must be."""

import hashlib
import json
from pathlib import Path

from ..text import CourseError

TABLE, KIND = "sha256.json", "*.safetensors"


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_checksums(folder: Path) -> None:
    """Write the table of a folder's weights, {file: sha256}; whoever saves weights there calls it."""
    table = {path.name: sha256_of(path) for path in sorted(folder.glob(KIND))}
    (folder / TABLE).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8", newline="\n")


def check_file(path: Path) -> None:
    """Refuse a file that is not what the table beside it says; where there is no table, or no such file, say nothing.

    Raises:
        CourseError: naming the file, and the way out.
    """
    table = path.with_name(TABLE)
    if not (table.is_file() and path.is_file()):
        return
    try:
        expected = json.loads(table.read_text(encoding="utf-8")).get(path.name)
    except (OSError, ValueError, AttributeError):
        raise CourseError("models.weights_altered", file=path, table=TABLE, size=path.stat().st_size) from None
    if expected is not None and sha256_of(path) != expected:
        raise CourseError("models.weights_altered", file=path, table=TABLE, size=path.stat().st_size)
