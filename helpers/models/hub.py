"""Models of the Hugging Face hub: from this machine's cache first, then over the network."""

import errno
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..text import CourseError
from .anatomy import DECODERS, ENCODERS
from .config import read_config, reason

WEIGHTS = ("model.safetensors", "pytorch_model.bin")
PROBE_SECONDS = 5
DISK = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.ENOTDIR, errno.EISDIR, errno.ENOENT)
OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")    # the second is its old name
TRUE = {"1", "ON", "YES", "TRUE"}


@dataclass(frozen=True)
class Files:
    """What a model of one kind consists of, beside config.json and its weights.

    Attributes:
        refuse: raises CourseError for a folder whose config.json is of another kind; called with the folder and the
            model's name before anything large is fetched.
        needed: groups of files; of each group one must be there.
        welcome: files that are taken where they are.
    """

    refuse: Callable[[Path, str], object]
    needed: tuple[tuple[str, ...], ...]
    welcome: tuple[str, ...]


BERT_FILES = Files(read_config, (("vocab.txt", "tokenizer.json"),),
                   ("tokenizer_config.json", "special_tokens_map.json"))
MODEL_FILES = replace(BERT_FILES, refuse=partial(read_config, families=(*ENCODERS, *DECODERS)))


def find_on_hub(name: str, files: Files = BERT_FILES) -> Path:
    """Return the folder that holds the files of the hub model `name`, downloading them where need be.

    The environment variables HF_HOME, HF_ENDPOINT and HF_HUB_OFFLINE are honoured, the last two also when they
    are set after the libraries were imported.

    Args:
        name: the model's name on the hub.
        files: what it must consist of.

    Raises:
        CourseError: if the model is not on this machine and cannot be had: what was tried, why it failed, what to do.
    """
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import LocalEntryNotFoundError, RemoteEntryNotFoundError

    try:
        return _collect(name, files, partial(hf_hub_download, name, local_files_only=True), LocalEntryNotFoundError)
    except LocalEntryNotFoundError:
        if _is_offline():
            raise CourseError("models.offline", name=name, variable=_offline_variable()) from None
    except OSError as error:
        raise CourseError("models.cache_unreadable", name=name, reason=reason(error)) from None
    endpoint = _endpoint()
    try:
        _probe(name, endpoint)
        return _collect(name, files, partial(hf_hub_download, name, endpoint=endpoint), RemoteEntryNotFoundError)
    except CourseError:
        raise
    except Exception as error:  # the network fails in the ways of four libraries
        raise CourseError(_sentence_for(error), name=name, endpoint=endpoint, reason=reason(error)) from None


def _collect(name: str, files: Files, fetch: Callable[[str], str], absent: type[Exception]) -> Path:
    """Fetch the files of one model: config.json (which may refuse it), tokenizer, weights; return their folder."""
    folder = Path(fetch("config.json")).parent
    files.refuse(folder, name)
    for group in files.needed:
        if not any([_fetch_if_there(fetch, file, absent) for file in group]):
            fetch(group[0])
    for file in files.welcome:
        _fetch_if_there(fetch, file, absent)
    if not any(_fetch_weights(fetch, weights, absent) for weights in WEIGHTS):
        fetch(WEIGHTS[1])
    return folder


def _fetch_weights(fetch: Callable[[str], str], file: str, absent: type[Exception]) -> bool:
    """Fetch weights, whole or in the parts that their index names; return whether they are there."""
    if _fetch_if_there(fetch, file, absent):
        return True
    index = _fetch_if_there(fetch, f"{file}.index.json", absent)
    if index is None:
        return False
    try:
        parts = sorted({*json.loads(Path(index).read_text(encoding="utf-8"))["weight_map"].values()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError("models.weights_broken", folder=Path(index).parent, reason=reason(error)) from None
    for part in parts:
        fetch(part)
    return True


def _fetch_if_there(fetch: Callable[[str], str], file: str, absent: type[Exception]) -> str | None:
    try:
        return fetch(file)
    except absent:
        return None


def _probe(name: str, endpoint: str) -> None:
    """Ask the hub once, without retries: a closed network is found out in seconds, not minutes."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    url = hf_hub_url(name, "config.json", endpoint=endpoint)
    get_hf_file_metadata(url, timeout=PROBE_SECONDS, endpoint=endpoint)


def _endpoint() -> str:
    from huggingface_hub import constants

    return os.environ.get("HF_ENDPOINT", "").rstrip("/") or constants.ENDPOINT


def _is_offline() -> bool:
    from huggingface_hub import constants

    return constants.HF_HUB_OFFLINE or os.environ.get("HF_HUB_OFFLINE", "").upper() in TRUE


def _offline_variable() -> str:
    """Return the environment variable that keeps the hub from being asked."""
    return next((name for name in OFFLINE if os.environ.get(name, "").upper() in TRUE), OFFLINE[0])


def _sentence_for(error: Exception) -> str:
    """Choose the sentence that fits what went wrong with the hub."""
    from huggingface_hub.errors import RemoteEntryNotFoundError, RepositoryNotFoundError

    if getattr(error, "errno", None) in DISK:
        return "models.cache_unreadable"
    if isinstance(error, RepositoryNotFoundError):
        return "models.hub_unknown"
    return "models.hub_incomplete" if isinstance(error, RemoteEntryNotFoundError) else "models.no_network"
