"""From "course", a hub name or a folder to a translator that is ready to work, or to one sentence that says why not."""

import os
from functools import partial
from pathlib import Path

import torch

from ...text import CourseError
from .. import sources
from ..config import read_settings
from ..hub import Files, find_on_hub
from ..running import quiet
from ..sources import Shelf, course_folder, find_model
from .course_files import read_course
from .marian_files import SENTENCEPIECE, read_marian
from .translator import Translator

TRANSLATOR_FOLDER = sources.COURSE_FOLDER.with_name("course-translator")
READERS = {"course-translator": read_course, "marian": read_marian}


def load_translator(source: str | os.PathLike = "course") -> Translator:
    """Load a translator.

    The course's own runs in float64, so that its numbers are the same on every machine; a Marian model in float32. No
    code that comes with a model is run, and weights are read as numbers only.

    Args:
        source: "course" (in this repository), a Marian model's name on the Hugging Face hub (looked up on this machine
            first), or a folder of either kind.

    Returns:
        The translator, ready to work.

    Raises:
        CourseError: if the model cannot be had or is not a sound translator; the sentence says what to do.

    Example:
        >>> load_translator("no/such/folder")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        helpers.text.CourseError: There is no folder no/such/folder ...
    """
    found = find_model(source, SHELF)
    settings = _settings(found.folder, found.name)
    with quiet(), torch.random.fork_rng(devices=[]):   # what a model is born with is drawn, and overwritten
        return READERS[settings["model_type"]](found.folder, settings, found.name)


def _settings(folder: Path, name: str) -> dict:
    """Read config.json; refuse what is no translator."""
    settings = read_settings(folder)
    if settings["model_type"] not in READERS:
        raise CourseError("translation.other_architecture", name=name, got=settings["model_type"])
    return settings


HUB_FILES = Files(_settings, tuple((file,) for file in SENTENCEPIECE),
                  ("tokenizer_config.json", "special_tokens_map.json", "generation_config.json", "target_vocab.json"))
SHELF = Shelf("load_translator", "translation.not_a_model", "Helsinki-NLP/opus-mt-en-zh",
              {"course": lambda: course_folder(TRANSLATOR_FOLDER)}, partial(find_on_hub, files=HUB_FILES))
