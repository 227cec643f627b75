"""config.json of a model folder: read it, and refuse what is not the kind of model that was asked for."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ..text import CourseError

if TYPE_CHECKING:
    from transformers import BertConfig


def read_config(folder: Path, name: str) -> "BertConfig":
    """Return the configuration of the BERT in `folder`.

    Args:
        folder: where config.json lies.
        name: what the learner calls the model.

    Raises:
        CourseError: if there is no config.json, if it cannot be read, or if the model is not a BERT.
    """
    settings = read_settings(folder)
    if settings["model_type"] != "bert":
        raise CourseError("models.other_architecture", name=name, got=settings["model_type"])
    return _bert_config(settings, folder)


def read_settings(folder: Path) -> dict:
    """Return what config.json in `folder` says; "model_type" is "?" where it does not say.

    Raises:
        CourseError: if there is no config.json, or one that cannot be read.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise CourseError("models.no_config", folder=folder)
    try:
        return {"model_type": "?", **json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError) as error:
        raise CourseError("models.config_broken", folder=folder, reason=reason(error)) from None


def _bert_config(settings: dict, folder: Path) -> "BertConfig":
    """Let transformers make sense of the settings."""
    from transformers import BertConfig

    try:
        config = BertConfig.from_dict(settings)
        if config.hidden_size % config.num_attention_heads:
            raise ValueError(f"hidden_size {config.hidden_size} / num_attention_heads {config.num_attention_heads}")
        return config
    except Exception as error:  # transformers promises no particular exception for senseless settings
        raise CourseError("models.config_broken", folder=folder, reason=reason(error)) from None


def reason(error: BaseException) -> str:
    """Return the first cause of an error in one short line.

    >>> reason(OSError("disk full"))
    'OSError: disk full'
    """
    while error.__cause__ is not None:
        error = error.__cause__
    lines = str(error).strip().splitlines()
    text = f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
    return text if len(text) <= 160 else text[:160] + "…"
