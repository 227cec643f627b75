"""Say what differs between a notebook as it stands and as it would be built."""

import difflib
import json

MOST_LINES = 20


def differences(standing: str, built: str) -> list[str]:
    """Return lines that name the cells that differ and show how; an empty list where the texts are equal.

    Args:
        standing: text of the notebook file on disk, "" where there is none.
        built: text that the build would write.
    """
    if standing == built:
        return []
    if not standing:
        return ["there is no such notebook yet"]
    try:
        old, new = _cells(standing), _cells(built)
    except (json.JSONDecodeError, KeyError):
        return ["the file is not a notebook"]
    report = [f"cell {name} is not in the lesson any more" for name in old if name not in new]
    report += [f"cell {name} is missing" for name in new if name not in old]
    if not report and list(old) != list(new):
        report.append("the cells stand in another order")
    for name in (name for name in new if name in old and old[name] != new[name]):
        report += [f"cell {name} differs:", *_diff(old[name], new[name])]
    return report or ["the cells are equal, the metadata or the form of the file differ"]


def _cells(text: str) -> dict[str, str]:
    """Return the cells of a notebook by id, each as readable lines."""
    return {cell["id"]: "\n".join(_readable(cell)) for cell in json.loads(text)["cells"]}


def _readable(cell: dict) -> list[str]:
    """Return a cell as lines: its source as it stands, the rest as JSON."""
    rest = {key: value for key, value in cell.items() if key not in ("source", "id")}
    return ["".join(cell["source"]), *json.dumps(rest, indent=1, ensure_ascii=False).splitlines()]


def _diff(old: str, new: str) -> list[str]:
    """Return the changed lines, `-` as on disk and `+` as built, cut to a readable number and width."""
    lines = [line[:160] for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
             if not line.startswith(("---", "+++", "@@"))]
    more = [f"  … {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return [f"  {line}" for line in lines[:MOST_LINES]] + more
