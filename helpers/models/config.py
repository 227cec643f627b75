"""config.json of a model folder: read it, and refuse what is not the kind of model that was asked for."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from ..text import CourseError
from .anatomy import DECODERS, ENCODERS

if TYPE_CHECKING:
    from transformers import PretrainedConfig

MISNAMED = ("bert_config.json", "electra_config.json")    # as the first releases had it, for TensorFlow


def read_config(folder: Path, name: str, families: Collection[str] = tuple(ENCODERS)) -> "PretrainedConfig":
    """Return the configuration of the model in `folder`.

    Args:
        folder: where config.json lies.
        name: what the learner calls the model.
        families: the kinds of model that will do, by the "model_type" of their configuration.

    Raises:
        CourseError: if there is no config.json, if it cannot be read, or if the model is of another kind.
    """
    settings = read_settings(folder)
    kind = settings["model_type"]
    if kind in DECODERS and kind not in families:
        raise CourseError("models.decoder", name=name, got=kind)
    if kind not in families:
        raise CourseError("models.other_architecture", name=name, got=kind, known=", ".join(families))
    return _config(settings, folder)


def read_settings(folder: Path) -> dict:
    """Return what config.json in `folder` says; "model_type" is "?" where it does not say.

    Raises:
        CourseError: if there is no config.json, or one that cannot be read.
    """
    path = folder / "config.json"
    if not path.is_file():
        other = next((file.name for file in sorted(folder.glob("*_config.json")) if file.name in MISNAMED), None)
        raise CourseError("models.config_misnamed" if other else "models.no_config", folder=folder, found=other)
    try:
        return {"model_type": "?", **json.loads(path.read_text(encoding="utf-8"))}
    except (OSError, ValueError, TypeError) as error:
        raise CourseError("models.config_broken", folder=folder, reason=reason(error)) from None


def _config(settings: dict, folder: Path) -> "PretrainedConfig":
    """Let transformers make sense of the settings."""
    from transformers import AutoConfig

    try:
        config = type(AutoConfig.for_model(settings["model_type"])).from_dict(settings)
        heads = config.num_attention_heads
        if config.hidden_size % heads and getattr(config, "head_dim", None) is None:
            raise ValueError(f"hidden_size {config.hidden_size} / num_attention_heads {heads}")
        if settings["model_type"] in ENCODERS and getattr(config, "chunk_size_feed_forward", False):
            config.chunk_size_feed_forward = 0     # cutting the feed-forward into pieces saves memory, changes nothing
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
