"""Break the code on purpose, one place at a time, and see whether the tests that answer for it notice.

    python tests/mutations.py                      all breaks of mutations.toml
    python tests/mutations.py --only views/heads   those in files whose path holds this
    python tests/mutations.py --sample 20          twenty of them, other ones each time (--seed: the same ones again)

Each break is made in a copy of the course, never in this folder. The tests are run whole on the copy first: what fails
there could notice nothing. The report names the breaks that lived; the exit status is 1 if there was one.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_suffix(".toml")
SECONDS = 900             # for the tests of one break; a break that makes them hang is noticed
FAILED = (1, 2, 3)        # of pytest: tests failed, a module could not be imported, or it broke itself


@dataclass(frozen=True)
class Break:
    """One deliberate break.

    Attributes:
        file: the file it is made in, from the root of the course.
        code: what stands there, exactly once.
        becomes: what it is replaced by.
        tests: the test files that must notice.
    """

    file: str
    code: str
    becomes: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.code.strip()!r} -> {self.becomes.strip()!r}"

    def apply(self, text: str) -> str:
        """Return a file's text, broken.

        Raises:
            ValueError: where the code does not stand there exactly once, or the break changes nothing.
        """
        if (found := text.count(self.code)) != 1:
            raise ValueError(f"{self}: the code stands {found} times in the file, expected once")
        if self.code == self.becomes:
            raise ValueError(f"{self}: the break changes nothing")
        return text.replace(self.code, self.becomes)


def listed(path: Path = LIST) -> list[Break]:
    """Return all breaks of the list, in its order."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return [Break(file, code, becomes, tuple(part["tests"])) for file, part in table.items()
            for code, becomes in part["breaks"]]


def copied(folder: Path, root: Path = ROOT) -> Path:
    """Copy the course's files, those that git knows or would take, and return the copy's folder."""
    said = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root,
                          capture_output=True, check=True)
    for name in said.stdout.decode().split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    return folder


def run_tests(folder: Path, tests: Sequence[str]) -> int:
    """Run test files of a copy up to the first failure; return pytest's exit status, 1 where they do not end."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-o", "addopts=",
               *(f"tests/{name}" for name in tests)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}      # a .pyc may pass for one of a changed file
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return 1
    return done.returncode


def tried(one: Break, folder: Path, run: Callable[[Path, Sequence[str]], int] = run_tests) -> bool:
    """Make a break in a copy, run its tests, take it back; return whether it was noticed.

    Raises:
        ValueError: where the break does not fit the file, or its tests could not be run.
    """
    path = folder / one.file
    text = path.read_text(encoding="utf-8")
    path.write_text(one.apply(text), encoding="utf-8", newline="\n")
    try:
        status = run(folder, one.tests)
    finally:
        path.write_text(text, encoding="utf-8", newline="\n")
    if status not in (0, *FAILED):
        raise ValueError(f"{one}: its tests could not be run (pytest ended with {status})")
    return status in FAILED


def refuse_unsound(breaks: Iterable[Break], folder: Path) -> None:
    """Run the tests of the breaks on the whole code.

    Raises:
        ValueError: where they do not pass there.
    """
    for tests in dict.fromkeys(one.tests for one in breaks):
        if status := run_tests(folder, tests):
            raise ValueError(f"{', '.join(tests)}: these tests do not pass on the code as it is (status {status})")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 where a break lived, 2 where something did not fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="breaks in files whose path holds this")
    parser.add_argument("--sample", type=int, help="so many of them, drawn by lot")
    parser.add_argument("--seed", type=int, help="of the lot")
    options = parser.parse_args(arguments)
    breaks = [one for one in listed() if options.only in one.file]
    if options.sample is not None:
        breaks = random.Random(options.seed).sample(breaks, min(options.sample, len(breaks)))
    lived = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            copy = copied(Path(folder))
            refuse_unsound(breaks, copy)
            for number, one in enumerate(breaks, 1):
                started = time.monotonic()
                caught = tried(one, copy)
                lived += [] if caught else [one]
                print(f"{number}/{len(breaks)} {'caught' if caught else 'LIVED '} {time.monotonic() - started:4.0f} s  "
                      f"{one}", flush=True)
        except ValueError as error:
            print(f"Stopped. {error}", file=sys.stderr)
            return 2
    print(f"{len(breaks)} tried, {len(breaks) - len(lived)} caught, {len(lived)} lived", *lived, sep="\n  ")
    return int(bool(lived))


if __name__ == "__main__":
    sys.exit(main())
