"""What the set-up cell of each notebook calls: choose the language and, in Colab, install what is missing."""

import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

from .text import CourseError, language, say

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"


def start(code: str) -> None:
    """Get a notebook ready: the language of everything the helpers say and, in Colab, the missing packages.

    Args:
        code: "en" or "zh".

    Raises:
        CourseError: where a missing package could not be installed.
    """
    language(code)
    if "google.colab" in sys.modules:
        install(missing_packages())


def missing_packages(requirements: Path = REQUIREMENTS) -> list[str]:
    """Return the requirements of the course itself (not of its build and tests) that are not installed.

    Args:
        requirements: a file whose section "# the course" lists them, up to the next empty line.
    """
    section = requirements.read_text(encoding="utf-8").split("# the course\n", 1)[1].split("\n\n", 1)[0]
    return [line for line in section.splitlines()
            if not _installed(re.match(r"[\w.-]+", line).group()) and not line.startswith("jupyterlab")]


def install(requirements: list[str]) -> None:
    """Install packages without their dependencies, so that nothing already there is replaced.

    Raises:
        CourseError: where pip fails.
    """
    if not requirements:
        return
    print(say("notebook.installing", names=", ".join(requirements)))
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", *requirements]
    if subprocess.run(command, check=False).returncode:
        raise CourseError("notebook.install_failed", names=", ".join(requirements))


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True
