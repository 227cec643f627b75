"""What the set-up cell of each notebook calls: choose the language and see to what the course needs."""

import importlib
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import metadata
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from .text import CourseError, language, say

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements.txt"
DISTRIBUTION = "seeing-attention"
LESSONS_SAY = "helpers"     # the name under which the lessons import this package


def start(code: str) -> None:
    """Get a notebook ready: the language of everything the helpers say, the missing packages in Colab, their versions.

    Args:
        code: the language, one of `helpers.text.LANGUAGES`.

    Raises:
        CourseError: where a missing package could not be installed, or one that is there is too old.
    """
    lend_name()
    language(code)
    if "google.colab" in sys.modules:
        install(missing_packages())
    if old := too_old():
        raise CourseError("notebook.too_old", found=", ".join(old.values()),
                          install=" ".join(f'"{line}"' for line in old))


def course_requirements(requirements: Path = REQUIREMENTS) -> list[str]:
    """Return what the course itself needs (not its build and tests), a line each: `torch>=2.6`.

    Args:
        requirements: a file whose sections "# the package" and "# the course" list them, each up to an empty line;
            where there is none, the installed package's own list is read.
    """
    if not requirements.exists():
        listed = metadata.requires(DISTRIBUTION) or [] if _installed(DISTRIBUTION) else []
        return [line.partition(";")[0].strip() for line in listed if not re.search("extra == .(build|tests)", line)]
    sections = requirements.read_text(encoding="utf-8").split("\n\n")
    return [line for section in sections if section.startswith(("# the package\n", "# the course\n"))
            for line in section.strip().splitlines()[1:]]


def missing_packages(requirements: Path = REQUIREMENTS) -> list[str]:
    """Return the lines of `course_requirements` whose package is not installed; JupyterLab may live elsewhere."""
    return [line for line in course_requirements(requirements)
            if _installed(_name(line)) is None and not line.startswith("jupyterlab")]


def too_old(requirements: Path = REQUIREMENTS) -> dict[str, str]:
    """Return {line of `course_requirements`: "name version"} of what is installed below its lower bound."""
    from packaging.requirements import Requirement

    old = {}
    for line in course_requirements(requirements):
        lowest = [bound for bound in Requirement(line).specifier if bound.operator == ">="]
        found = _installed(_name(line))
        if found and not all(bound.contains(found, prereleases=True) for bound in lowest):
            old[line] = f"{_name(line)} {found}"
    return old


def install(requirements: Sequence[str]) -> None:
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


def lend_name() -> None:
    """Let `import helpers…` find this package where it has another name: the same modules, no copies."""
    package = sys.modules[__package__]
    if sys.modules.get(LESSONS_SAY) is not package:
        for name in [name for name in sys.modules if name.startswith(f"{LESSONS_SAY}.")]:
            del sys.modules[name]
        sys.modules[LESSONS_SAY] = package
        sys.meta_path.insert(0, _Lender(package.__name__))


class _Lender(MetaPathFinder, Loader):
    """Finds `helpers.x` as the module `x` of the package that lends its modules."""

    def __init__(self, lender: str):
        self.lender = lender

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Answer for the names under `helpers` alone."""
        return ModuleSpec(name, self) if name.startswith(f"{LESSONS_SAY}.") else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return the lender's own module; the import system writes a new `__spec__` on it, so its own is kept."""
        module = importlib.import_module(self.lender + spec.name.removeprefix(LESSONS_SAY))
        spec.loader_state = module.__spec__
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Give the module, which has run already, its own `__spec__` back."""
        if module.__spec__ is not None:
            module.__spec__ = module.__spec__.loader_state


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0]


def _installed(name: str) -> str | None:
    """Return the version of a package, None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
