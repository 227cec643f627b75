"""The model that an instructor asks for: had before the notebooks run, and written for every machine."""

import os
from pathlib import Path

from helpers.text import CourseError
from lessons.building.source import BuildError


def find_asked(model: str, root: Path) -> str | Path:
    """Return a folder from the shell's folder, or a name as it is; what is on the hub alone is fetched.

    The kernels of a build ask no network, so that all that a notebook needs is here before it runs.

    Args:
        model: as typed behind --model.
        root: the course's folder.

    Raises:
        BuildError: for a model that cannot be had, or a folder outside the course's.
    """
    from helpers.models.sources import MODEL_SHELF, find_model, is_folder

    try:
        folder = find_model(model, MODEL_SHELF).folder
    except CourseError as error:
        raise BuildError(f"--model {model}: {error}") from None
    if not is_folder(model):
        return model
    if not folder.resolve().is_relative_to(root.resolve()):
        raise BuildError(f"--model {model}: this folder is outside {root}, and a notebook would carry the path of this "
                         "machine. Move it into the course's folder, such as to models/, and hand both out together.")
    return folder.resolve()


def as_written(model: str | Path, folder: Path) -> str:
    """Return what the notebooks of a folder say to load a model: a name, or the way from there to its folder."""
    if isinstance(model, str):
        return model
    return Path(os.path.relpath(model, folder.resolve())).as_posix()
