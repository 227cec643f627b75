"""From a folder of files to a model that is ready to run, or to one sentence that says why not."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from ..text import CourseError
from .bert import Bert
from .config import read_config, reason
from .hub import WEIGHTS
from .running import quiet
from .sources import find_model

if TYPE_CHECKING:
    from transformers import BertConfig, PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase


def load_bert(source: str | os.PathLike = "course") -> Bert:
    """Load a BERT.

    The course model runs in float64, so that its numbers are the same on every machine; every other model in
    float32. No code that comes with a model is run, and weights are read as numbers only.

    Args:
        source: "course" (in this repository), "minilm" (the packaged all-MiniLM-L6-v2), a name on the Hugging Face
            hub (looked up on this machine first), or a folder written by save_pretrained.

    Returns:
        The model, ready to run.

    Raises:
        CourseError: if the model cannot be had or is not a sound BERT; the sentence says what to do.

    Example:
        >>> load_bert("no/such/folder")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        helpers.text.CourseError: There is no folder no/such/folder ...
    """
    found = find_model(source)
    config = read_config(found.folder, found.name)
    with quiet():
        tokenizer = _load_tokenizer(found.folder, config)
        model, can_fill_mask = _load_model(
            found.folder, config, torch.float64 if found.is_course else torch.float32)
    return Bert(model, tokenizer, found.name, can_fill_mask=can_fill_mask, simplified_only=found.is_course)


def _load_model(folder: Path, config: "BertConfig", dtype: torch.dtype) -> tuple["PreTrainedModel", bool]:
    """Load the weights; return the model and whether its masked-LM head was trained."""
    model, missing, unexpected = read_weights(_auto_class(config), folder, config, dtype)
    _refuse_mismatch(folder, missing, unexpected)
    return model, _has_trained_head(model, missing)


def read_weights(model_class: type, folder: Path, config: "PretrainedConfig", dtype: torch.dtype
                 ) -> tuple["PreTrainedModel", set[str], set[str]]:
    """Read a transformers model with eager attention; run no code beside it, take weights as numbers only.

    Returns:
        The model; the parts that the file lacks or has in another size, which are random in the model; the parts that
        the file has and the model has not.

    Raises:
        CourseError: if there is no weights file, or one that cannot be read.
    """
    if not any((folder / file).is_file() for name in WEIGHTS for file in (name, f"{name}.index.json")):
        raise CourseError("models.no_weights", folder=folder)
    try:
        model, report = model_class.from_pretrained(
            str(folder), config=config, dtype=dtype, attn_implementation="eager", local_files_only=True,
            weights_only=True, trust_remote_code=False, ignore_mismatched_sizes=True, output_loading_info=True)
    except Exception as error:  # damaged files fail in as many ways as there are readers
        raise CourseError("models.weights_broken", folder=folder, reason=reason(error)) from None
    missing = {*report["missing_keys"], *(key for key, *_ in report["mismatched_keys"])}
    return model.eval(), missing, set(report["unexpected_keys"])


def _auto_class(config: "BertConfig") -> type:
    """Choose the class by what config.json says was saved; it says nothing in old folders of masked-LM models."""
    from transformers import AutoModel, AutoModelForMaskedLM, AutoModelForPreTraining

    saved_as = (config.architectures or ["BertForMaskedLM"])[0]
    return {"BertForPreTraining": AutoModelForPreTraining,
            "BertForMaskedLM": AutoModelForMaskedLM}.get(saved_as, AutoModel)


def _refuse_mismatch(folder: Path, missing: set[str], unexpected: set[str]) -> None:
    """Refuse weights that leave a part of embeddings or encoder random, or that hold layers nobody would run."""
    wrong = sorted([key for key in missing if "embeddings." in key or "encoder." in key]
                   + [key for key in unexpected if "encoder." in key])
    if wrong:
        raise CourseError("models.weights_mismatch", folder=folder, count=len(wrong), key=wrong[0])


def _has_trained_head(model: "PreTrainedModel", missing: set[str]) -> bool:
    """Whether the masked-LM head came with the weights and is not as it was born (its bias all zeros)."""
    if not hasattr(model, "cls") or any(key.startswith("cls.predictions") for key in missing):
        return False
    return bool(model.cls.predictions.bias.any())


def _load_tokenizer(folder: Path, config: "BertConfig") -> "PreTrainedTokenizerBase":
    """Load the tokenizer and make sure that it is this model's."""
    from transformers import AutoTokenizer

    if not any((folder / file).is_file() for file in ("tokenizer.json", "vocab.txt")):
        raise CourseError("models.no_tokenizer", folder=folder)
    try:
        tokenizer = AutoTokenizer.from_pretrained(
            str(folder), config=config, local_files_only=True, trust_remote_code=False)
        _check_tokenizer(tokenizer, config, folder)
    except CourseError:
        raise
    except Exception as error:  # as with the weights
        raise CourseError("models.tokenizer_broken", folder=folder, reason=reason(error)) from None
    return tokenizer


def _check_tokenizer(tokenizer: "PreTrainedTokenizerBase", config: "BertConfig", folder: Path) -> None:
    """Refuse a tokenizer that is of another model, of another kind, or without its vocabulary."""
    vocabulary = tokenizer.get_vocab()
    largest = max(vocabulary.values())
    if largest >= config.vocab_size:
        raise CourseError("models.tokenizer_foreign", folder=folder, largest=largest, rows=config.vocab_size)
    ids = tokenizer("a").input_ids
    if not tokenizer.is_fast or ids[:1] + ids[-1:] != [tokenizer.cls_token_id, tokenizer.sep_token_id]:
        raise CourseError("models.tokenizer_unlike_bert", folder=folder)
    words = [word for word in vocabulary if not word.startswith(("[", "##"))][:100]
    ids = tokenizer(" ".join(words), add_special_tokens=False).input_ids
    if all(token_id == tokenizer.unk_token_id for token_id in ids):
        raise CourseError("models.tokenizer_all_unknown", folder=folder, unknown=tokenizer.unk_token)
