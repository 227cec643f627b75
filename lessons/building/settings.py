"""What a class has of its own in `class.toml`, sentences, a model, languages, and the prose that goes with them."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.text import LANGUAGES
from lessons.building.source import BuildError, Cell, Lesson

FILE = "class.toml"
MODEL = "model"                 # may stand above the chapters, for all that load one
OWN = "own"                     # tags a cell that fits the lesson's own sentences alone
_MARK = re.compile(r"^<!-- (own|others|all) -->\n?", re.MULTILINE)
_Values = dict[str, str]


@dataclass(frozen=True)
class Settings:
    """What `class.toml` says.

    Attributes:
        languages: those to build; none where the class has not chosen.
        parameters: for a lesson's stem, the class's values for names in its cell tagged `parameters`; a model's
            folder as a whole path.
    """

    languages: tuple[str, ...] = ()
    parameters: Mapping[str, _Values] = field(default_factory=dict)


def read_settings(folder: Path, lessons: Sequence[Lesson]) -> Settings:
    """Read `class.toml`; where there is none, nothing is the class's own. A model's folder begins with "./" there.

    Args:
        folder: the course's folder.
        lessons: all its lessons.

    Raises:
        BuildError: for what is not TOML, a name that nothing takes, or a value of another kind.
    """
    try:
        told = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BuildError(f"{FILE} cannot be read: {error}") from None
    languages = told.pop("languages", [])
    if not (isinstance(languages, list) and all(one in LANGUAGES for one in languages)):
        raise BuildError(f"{FILE}: `languages` takes a list of {', '.join(LANGUAGES)}, got {languages!r}")
    everywhere = {MODEL: told.pop(MODEL)} if MODEL in told else {}
    chapters = {lesson.stem: told.pop(lesson.stem[:2], {}) for lesson in lessons}
    flat = [stem[:2] for stem, values in chapters.items() if not isinstance(values, dict)]
    if told or flat:
        raise BuildError(f"{FILE}: got {', '.join([*told, *flat])}, expected `languages`, `{MODEL}`, or a chapter's "
                         f"table: {', '.join(f'[{lesson.stem[:2]}]' for lesson in lessons)}")
    parameters = {lesson.stem: taken(lesson, everywhere) | chapters[lesson.stem] for lesson in lessons}
    for lesson in lessons:
        values = parameters[lesson.stem]
        _check(lesson, values)
        if values.get(MODEL, "").startswith("."):
            values[MODEL] = str((folder / values[MODEL]).resolve())
    return Settings(tuple(dict.fromkeys(languages)), parameters)


def _check(lesson: Lesson, values: Mapping[str, object]) -> None:
    """Refuse a name that the lesson does not assign, and what is no text."""
    known = parameters_of(lesson)
    for name, value in values.items():
        if name not in known:
            raise BuildError(f"{FILE}, [{lesson.stem[:2]}]: {lesson.stem} has no `{name}` in a cell tagged "
                             f"`parameters`; it has {', '.join(known) or 'none'}")
        if not isinstance(value, str):
            raise BuildError(f"{FILE}, [{lesson.stem[:2]}]: `{name}` takes a text in quotes, got {value!r}")


def taken(lesson: Lesson, values: Mapping[str, str]) -> _Values:
    """Return those values that a lesson assigns in its cell tagged `parameters`."""
    known = parameters_of(lesson)
    return {name: value for name, value in values.items() if name in known}


def parameters_of(lesson: Lesson) -> dict[str, str | None]:
    """Return the names that a lesson assigns in its cell tagged `parameters`, with its own texts; None: no text."""
    return {target.id: value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
            for cell in lesson.cells if "parameters" in cell.tags for value, target in _assignments(cell.source)}


def is_own(lesson: Lesson, values: Mapping[str, str]) -> bool:
    """Whether a lesson stays with its own sentences and model."""
    own = parameters_of(lesson)
    return all(own.get(name) == value for name, value in values.items())


def with_values(cell: Cell, values: Mapping[str, str]) -> Cell:
    """Return the cell; the one tagged `parameters` with the right-hand sides of its assignments replaced."""
    if "parameters" not in cell.tags:
        return cell
    lines = cell.source.encode().splitlines(keepends=True)
    for value, target in reversed(_assignments(cell.source)):
        if target.id in values:
            first, end = value.lineno - 1, value.end_lineno or value.lineno
            before, after = lines[first][:value.col_offset], lines[end - 1][value.end_col_offset:]
            lines[first:end] = [before + repr(values[target.id]).encode() + after]
    return replace(cell, source=b"".join(lines).decode())


def _assignments(source: str) -> list[tuple[ast.expr, ast.Name]]:
    """Return (value, name) of each top-level `name = value`, in order."""
    return [(statement.value, statement.targets[0]) for statement in ast.parse(source).body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)]


def fitted(cells: Sequence[Cell], own: bool) -> list[Cell]:
    """Return a lesson's cells as they fit its own sentences and model, or those of a class.

    In prose, what stands behind a line `<!-- own -->` is for the lesson's own, behind `<!-- others -->` for all
    others, behind `<!-- all -->` for both again. A cell of which nothing is left, and one tagged `own`, goes.
    """
    left_out = "others" if own else "own"
    kept = []
    for cell in cells:
        source = "".join(text for mark, text in _parts(cell.source) if mark != left_out).strip("\n")
        if source and (own or OWN not in cell.tags):
            tags = tuple(tag for tag in cell.tags if tag != OWN)
            kept.append(replace(cell, source=source if cell.kind == "markdown" else cell.source, tags=tags))
    return kept


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield (for whom, text), in order."""
    first, *rest = _MARK.split(text)
    yield "all", first
    yield from zip(rest[::2], rest[1::2], strict=True)
