"""Build the notebooks from the lessons: choose language and edition, run, clean, write or compare.

    python lessons/build.py                      all lessons, both languages, student edition, into notebooks/
    python lessons/build.py 01 --language zh     one lesson, one language
    python lessons/build.py --check              build, write nothing, fail where a notebook on disk differs
    python lessons/build.py --html               pages that live on a disk, without a kernel, too; --site: on a server

A class's own sentences, model and languages stand in class.toml (docs/teaching.md); an option comes before it.
"""

import argparse
import asyncio
import io
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers.text import LANGUAGES  # noqa: E402
from lessons.building.around import Around  # noqa: E402
from lessons.building.clean import clean, refuse_unfit, to_text  # noqa: E402
from lessons.building.compare import differences  # noqa: E402
from lessons.building.compose import Course, compose, repository_address  # noqa: E402
from lessons.building.editions import EDITIONS, refuse_leaks, secrets  # noqa: E402
from lessons.building.execute import execute  # noqa: E402
from lessons.building.front import front_pages  # noqa: E402
from lessons.building.graders import GRADERS, NBGRADER_CONFIG, for_grader  # noqa: E402
from lessons.building.model import as_written, find_asked  # noqa: E402
from lessons.building.pages import to_page  # noqa: E402
from lessons.building.settings import MODEL, read_settings, taken  # noqa: E402
from lessons.building.site import FRONT, Form  # noqa: E402
from lessons.building.source import BuildError, Lesson, read_lesson  # noqa: E402


@dataclass(frozen=True)
class Places:
    """Where a build reads and writes.

    Attributes:
        root: the course's folder; the lessons are in it, and the notebooks find `helpers` by walking up to it.
        output: the folder asked for with --output, None for the usual places.
        models: for what a class calls a model, its name or its folder.
    """

    root: Path
    output: Path | None = None
    models: Mapping[str, str | Path] = field(default_factory=dict)

    def fit(self, course: Course, target: Path) -> Course:
        """Return the course as a notebook that goes to `target` has to say it: a model's folder from there."""
        def seen(values: Mapping[str, str]) -> dict[str, str]:
            return {name: as_written(self.models.get(value, value), target.parent) if name == MODEL else value
                    for name, value in values.items()}
        return replace(course, parameters={stem: seen(values) for stem, values in course.parameters.items()})

    def notebook(self, stem: str, language: str, edition: str) -> Path:
        """Return where a notebook goes."""
        if edition == "student":
            return (self.output or self.root / "notebooks") / language / f"{stem}.ipynb"
        if edition in GRADERS:
            return (self.output or self.root / "build") / edition / "source" / f"{stem}-{language}" / f"{stem}.ipynb"
        return (self.output or self.root / "build") / "instructor" / language / f"{stem}.ipynb"

    def forms(self, options: argparse.Namespace, edition: str) -> list[Form]:
        """Return the forms of the pages that were asked for: for a disk, for a server, or both."""
        base = self.output or self.root / "build"
        base = base if edition == "student" else base / "instructor"
        asked = {"html": options.html, "site": options.site}
        return [Form(base / name, carries=name == "html") for name in asked if asked[name] and not options.check]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command line; return 0, or 1 where something failed or differs.

    Args:
        arguments: as typed after the command; None takes the program's own.
        root: the course's folder.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a Windows console may not know Chinese
    options = _parser().parse_args(arguments)
    try:
        places = Places(root, _output(options.output, root))
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:  # zmq needs it on Windows
            return runner.run(_build(options, places))
    except BuildError as error:
        print(f"Stopped. {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("lessons", nargs="*", metavar="lesson", help="a lesson's name or number, such as 01; all where none is given")
    add("--language", choices=LANGUAGES, help="one language; both where it is not given")
    add("--edition", choices=(*EDITIONS, "both", *GRADERS), default="student",
        help="student (solutions cut; into notebooks/), instructor (into build/instructor/), both; or the source of an "
        "assignment for nbgrader or Otter (into build/nbgrader/, build/otter/; not executed)")
    add("--html", action="store_true", help="write pages that need no network and no kernel into build/html/, too")
    add("--site", action="store_true", help="the same for a web server, the model once beside them, into build/site/")
    add("--check", action="store_true", help="write nothing; fail where what stands differs from what would be built")
    add("--model", help="the model a lesson opens with, `model` in its cell tagged parameters: a "
        "name, one on the hub too, or a folder inside the course's")
    add("--sentence-a", help="its first sentence: `sentence_a` in that cell")
    add("--sentence-b", help="its second sentence: `sentence_b`")
    add("--output", type=Path, help="another folder, inside the course's folder, in place of notebooks/ and build/")
    add("--jobs", type=int, default=2, choices=range(1, 17), metavar="N",
        help="how many notebooks run at a time (default 2)")
    return parser


def _output(asked: Path | None, root: Path) -> Path | None:
    """Return the folder asked for, which the notebooks must find `helpers` from."""
    if asked is not None and not asked.resolve().is_relative_to(root.resolve()):
        raise BuildError(f"--output {asked} is outside {root}: notebooks there would not find the course's helpers")
    return asked and asked.resolve()


def read_course(folder: Path) -> list[Lesson]:
    """Return the lessons of a folder in their order.

    Raises:
        BuildError: where there is none, or one breaks a rule of the format.
    """
    files = sorted(folder.glob("[0-9][0-9]_*.py"))
    if not files:
        raise BuildError(f"no lesson named like 00_title.py in {folder}")
    return [read_lesson(file) for file in files]


def class_course(root: Path) -> tuple[Course, tuple[str, ...]]:
    """Return the course in `root` as its class has it, and the languages it is built in; none: all.

    Raises:
        BuildError: where a lesson or `class.toml` breaks a rule.
    """
    lessons = read_course(root / "lessons")
    settings = read_settings(root, lessons)
    return Course(lessons, repository_address(root / "pyproject.toml"), settings.parameters), settings.languages


def _with_options(course: Course, chosen: Sequence[Lesson],
                  options: argparse.Namespace) -> dict[str, dict[str, str]]:
    """Return the class's values for each lesson, those given as options before those of `class.toml`.

    Raises:
        BuildError: for an option that no chosen lesson takes.
    """
    values = {MODEL: options.model, "sentence_a": options.sentence_a, "sentence_b": options.sentence_b}
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if not any(taken(lesson, {name: ""}) for lesson in chosen):
            raise BuildError(f"none of {', '.join(lesson.stem for lesson in chosen)} assigns `{name}` "
                             "in a cell tagged `parameters`")
    return {lesson.stem: {**course.parameters.get(lesson.stem, {}), **taken(lesson, given)}
            for lesson in course.lessons}


def _choose(lessons: Sequence[Lesson], wanted: Sequence[str]) -> list[Lesson]:
    """Return the lessons named by stem, number or path; all where none is named."""
    chosen = []
    for name in wanted:
        found = [lesson for lesson in lessons if Path(name).stem in (lesson.stem, lesson.stem[:2])]
        if not found:
            raise BuildError(f"no lesson {name}; there are {', '.join(lesson.stem for lesson in lessons)}")
        chosen += found
    return list(dict.fromkeys(chosen)) or list(lessons)


async def _build(options: argparse.Namespace, places: Places) -> int:
    """Build everything asked for, some notebooks at a time; the first error cancels the rest."""
    course, own = class_course(places.root)
    chosen = _choose(course.lessons, options.lessons)
    course = replace(course, parameters=_with_options(course, chosen, options))
    models = {values[MODEL] for lesson in chosen if MODEL in (values := course.parameters[lesson.stem])}
    places = replace(places, models={model: find_asked(model, places.root) for model in sorted(models)})
    languages = [options.language] if options.language else own or LANGUAGES
    if options.edition in GRADERS:
        return _for_graders(course, chosen, languages, options.edition, places)
    editions = EDITIONS if options.edition == "both" else [options.edition]
    jobs = [_Job(course, lesson, language, edition, places)
            for edition in editions for lesson in chosen for language in languages]
    print(f"Notebooks to build: {len(jobs)}, {options.jobs} at a time", flush=True)
    turn = asyncio.Semaphore(options.jobs)
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_one(job, options, turn)) for job in jobs]
    except* BuildError as errors:
        raise errors.exceptions[0] from None
    for form in (form for edition in editions for form in places.forms(options, edition)):
        for language in (code for code in languages if code in FRONT):
            for file, page in front_pages(course, form, language).items():
                _write(file, page)
        form.write_shared()
    strays = [] if options.lessons else _strays(course, places, languages, editions)
    for file in strays:
        print(f"{file.relative_to(places.root)}: no lesson makes this notebook; remove it")
    return int(any(task.result() for task in tasks) or (options.check and bool(strays)))


def _for_graders(course: Course, chosen: Sequence[Lesson], languages: Sequence[str], tool: str,
                 places: Places) -> int:
    """Write the sources of a grader's assignments; return 0."""
    for lesson in chosen:
        for language in languages:
            target = places.notebook(lesson.stem, language, tool)
            fitted = places.fit(course, target)
            student, instructor = (compose(fitted, lesson, language, edition) for edition in EDITIONS)
            _write(target, to_text(for_grader(student, instructor, tool)))
            print(target.relative_to(places.root))
    if tool == "nbgrader":
        _write(target.parents[2] / "nbgrader_config.py", NBGRADER_CONFIG)
    return 0


def _strays(course: Course, places: Places, languages: Sequence[str], editions: Sequence[str]) -> list[Path]:
    """Return the notebooks that no lesson makes any more."""
    stems = {lesson.stem for lesson in course.lessons}
    return [file for edition in editions for language in languages
            for file in sorted(places.notebook("", language, edition).parent.glob("*.ipynb"))
            if file.stem not in stems]


@dataclass(frozen=True)
class _Job:
    """One notebook to build."""

    course: Course
    lesson: Lesson
    language: str
    edition: str
    places: Places

    @property
    def name(self) -> str:
        """What messages call the notebook."""
        return f"{self.lesson.stem} [{self.language}, {self.edition}]"


async def _one(job: _Job, options: argparse.Namespace, turn: asyncio.Semaphore) -> bool:
    """Build one notebook and write it, or compare it; return whether a comparison found a difference."""
    target = job.places.notebook(job.lesson.stem, job.language, job.edition)
    async with turn:
        started = time.perf_counter()
        notebook = compose(job.places.fit(job.course, target), job.lesson, job.language, job.edition)
        await execute(notebook, target.parent, job.name)
        clean(notebook)
        refuse_unfit(notebook, job.places.root, job.name)
        if job.edition == "student":
            refuse_leaks(notebook, secrets(job.lesson.said_in(job.language)), job.name)
        text = to_text(notebook)
        found = _compare(target, text) if options.check else []
        if not options.check:
            _write(target, text)
        for form in job.places.forms(options, job.edition):
            page, around = form.page(job.lesson.stem, job.language), Around(job.course, job.lesson, form)
            _write(page, to_page(notebook, job.language, target.parent, job.name, around))
            _write(page.with_suffix(".ipynb"), text)
        verdict = "differs" if found else "same" if options.check else f"{len(text.encode()) / 1000:.0f} KB"
        print(f"{job.name:<44}{time.perf_counter() - started:6.1f} s  {verdict}", *found, sep="\n  ", flush=True)
    return bool(found)


def _compare(target: Path, text: str) -> list[str]:
    """Return how the file on disk differs from the text."""
    standing = target.read_bytes().decode("utf-8", errors="replace") if target.exists() else ""
    return differences(standing, text)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
