"""Write constraints.txt, the exact versions the tests last ran with: python lessons/lock.py

requirements.txt has bounds, so that the course goes on working; constraints.txt has one version of every package that
these bring along, so that a class, or a reader in three years, can have what we had:

    pip install -r requirements.txt -c constraints.txt

Run it with the Python of an environment in which the whole suite has passed. It asks nobody but that environment.
"""

import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "constraints.txt"
HEAD = """\
# One version of each package: those that the tests are run with (Python {python}). Written by lessons/lock.py.
# For the same course on every machine of a class: pip install -r requirements.txt -c constraints.txt
# What only another system needs (torch's libraries for GPUs, the console of Windows) is not listed, and stays free.
"""


def wanted(requirements: Path) -> list[Requirement]:
    """Return what a requirements file asks for."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


def pins(roots: Iterable[Requirement]) -> dict[str, str]:
    """Return {package: its public version} of all that these requirements bring along in this environment.

    Raises:
        LookupError: if one of the requirements is not installed here, or not within its bounds.
    """
    found: dict[str, str] = {}
    followed: set[tuple[str, str]] = set()
    waiting = [(one, "") for one in roots]
    while waiting:
        one, extra = waiting.pop()
        name = canonicalize_name(one.name)
        if one.marker is not None and not one.marker.evaluate({"extra": extra}):
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            raise LookupError(f"{one} is not installed here") from None
        if not one.specifier.contains(installed.version, prereleases=True):
            raise LookupError(f"{name} {installed.version} is installed here, and {one} is wanted")
        found[name] = Version(installed.version).public
        for wish in {"", *one.extras} - {wish for seen, wish in followed if seen == name}:
            followed.add((name, wish))
            waiting += [(Requirement(line), wish) for line in installed.requires or ()]
    return found


def constraints(versions: dict[str, str]) -> str:
    """Return the text of constraints.txt."""
    lines = [f"{name}=={version}\n" for name, version in sorted(versions.items())]
    return HEAD.format(python=platform.python_version()) + "".join(lines)


def main() -> None:
    """Write the file."""
    TARGET.write_text(constraints(pins(wanted(ROOT / "requirements.txt"))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
