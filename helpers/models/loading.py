"""From a folder of files to a model that is ready to run, or to one sentence that says why not."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from ..text import CourseError
from .anatomy import DECODERS, ENCODERS, Part
from .bert import Bert
from .config import read_config, reason
from .decoder import Decoder
from .hub import WEIGHTS
from .running import quiet
from .sources import MODEL_SHELF, ModelSource, find_model

if TYPE_CHECKING:
    from transformers import PretrainedConfig, PreTrainedModel, PreTrainedTokenizerBase

OUTSIDE = ("pooler.", "lm_head.", "cls.", "generator_", "discriminator_", "classifier.", "rotary_emb.")
OTHER_WEIGHTS = ("tf_model.h5", "flax_model.msgpack", "*.ckpt.index", "*.onnx", "*.gguf")    # of other libraries

ModelClass = Any   # of transformers: a model's own class, or one that chooses by the configuration


def load_bert(source: str | os.PathLike = "course") -> Bert:
    """Load a BERT, or a model built like it (RoBERTa, ELECTRA).

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
    return _load_bert(found, read_config(found.folder, found.name))


def load_model(source: str | os.PathLike = "course") -> Bert | Decoder:
    """Load a BERT or its like, or a decoder such as GPT-2 or LLaMA; each runs on a text and records everything.

    Args:
        source: as for `load_bert`, or "course-gpt"; its kind may be any that `helpers.models.anatomy` knows.

    Returns:
        A `Bert`, or a `Decoder`, whose records hold the logits of the next token.

    Raises:
        CourseError: if the model cannot be had or is not a sound model of such a kind.
    """
    found = find_model(source, MODEL_SHELF)
    config = read_config(found.folder, found.name, (*ENCODERS, *DECODERS))
    return _load_bert(found, config) if config.model_type in ENCODERS else _load_decoder(found, config)


def _load_bert(found: ModelSource, config: "PretrainedConfig") -> Bert:
    with quiet():
        tokenizer = _load_tokenizer(found.folder, config)
        model, missing = _load_model(found, config)
    return Bert(model, tokenizer, found.name, can_fill_mask=_has_trained_head(model, missing),
                simplified_only=found.is_course)


def _load_decoder(found: ModelSource, config: "PretrainedConfig") -> Decoder:
    with quiet():
        tokenizer = _load_tokenizer(found.folder, config)
        model, missing = _load_model(found, config)
    can_write = model.get_output_embeddings() is not None and not any(key.startswith("lm_head") for key in missing)
    return Decoder(model, tokenizer, found.name, can_write=can_write)


def _load_model(found: ModelSource, config: "PretrainedConfig") -> tuple["PreTrainedModel", set[str]]:
    """Load the weights; return the model and what of its heads on top they lack."""
    dtype = torch.float64 if found.is_course else torch.float32
    model, missing, unexpected = read_weights(_auto_class(config), found.folder, config, dtype)
    _refuse_mismatch(found.folder, missing, unexpected)
    return model, missing


def read_weights(model_class: ModelClass, folder: Path, config: "PretrainedConfig", dtype: torch.dtype
                 ) -> tuple[Part, set[str], set[str]]:
    """Read a transformers model with eager attention; run no code beside it, take weights as numbers only.

    Returns:
        The model; the parts that the file lacks or has in another size, which are random in the model; the parts that
        the file has and the model has not.

    Raises:
        CourseError: if there is no weights file, or one that cannot be read.
    """
    if not any((folder / file).is_file() for name in WEIGHTS for file in (name, f"{name}.index.json")):
        other = [file.name for pattern in OTHER_WEIGHTS for file in sorted(folder.glob(pattern))]
        raise CourseError("models.other_weights" if other else "models.no_weights", folder=folder,
                          found=", ".join(other))
    try:
        model, report = model_class.from_pretrained(
            str(folder), config=config, dtype=dtype, attn_implementation="eager", local_files_only=True,
            weights_only=True, trust_remote_code=False, ignore_mismatched_sizes=True, output_loading_info=True)
    except Exception as error:  # damaged files fail in as many ways as there are readers
        raise CourseError("models.weights_broken", folder=folder, reason=reason(error)) from None
    missing = {*report["missing_keys"], *(key for key, *_ in report["mismatched_keys"])}
    return model.eval(), missing, set(report["unexpected_keys"])


def _auto_class(config: "PretrainedConfig") -> ModelClass:
    """Choose the class by what config.json says was saved; it says nothing in old folders of masked-LM models."""
    from transformers import AutoModel, AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForPreTraining

    saved_as = (config.architectures or [""])[0]
    if config.model_type in DECODERS:
        return AutoModel if saved_as.endswith("Model") and saved_as != "GPT2LMHeadModel" else AutoModelForCausalLM
    if saved_as == "BertForPreTraining":
        return AutoModelForPreTraining
    return AutoModelForMaskedLM if not saved_as or saved_as.endswith("ForMaskedLM") else AutoModel


def _refuse_mismatch(folder: Path, missing: set[str], unexpected: set[str]) -> None:
    """Refuse weights that leave a part of embeddings or layers random, or that hold layers nobody would run."""
    def inside(key: str) -> bool:
        return not any(part in f".{key}" for part in OUTSIDE)

    wrong = sorted([key for key in missing if inside(key)] + [key for key in unexpected if ".layer" in f".{key}"
                                                              or ".h." in f".{key}"])
    if wrong:
        raise CourseError("models.weights_mismatch", folder=folder, count=len(wrong), key=wrong[0])


def _has_trained_head(model: "PreTrainedModel", missing: set[str]) -> bool:
    """Whether the masked-LM head came with the weights and is not as it was born (its bias all zeros)."""
    head = model.get_output_embeddings()
    if head is None or any(key.startswith(("cls.predictions", "lm_head", "generator_")) for key in missing):
        return False
    return bool(head.bias.any())


def _load_tokenizer(folder: Path, config: "PretrainedConfig") -> "PreTrainedTokenizerBase":
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


def _check_tokenizer(tokenizer: "PreTrainedTokenizerBase", config: "PretrainedConfig", folder: Path) -> None:
    """Refuse a tokenizer that is of another model, of another kind, or without its vocabulary."""
    vocabulary = tokenizer.get_vocab()
    largest = max(vocabulary.values())
    if largest >= config.vocab_size:
        raise CourseError("models.tokenizer_foreign", folder=folder, largest=largest, rows=config.vocab_size)
    ids = tokenizer("a").input_ids
    is_framed = ids[:1] + ids[-1:] == [tokenizer.cls_token_id, tokenizer.sep_token_id]
    if not tokenizer.is_fast or not is_framed and config.model_type in ENCODERS:
        raise CourseError("models.tokenizer_unlike_bert", folder=folder)
    words = [word for word in vocabulary if not word.startswith(("[", "##"))][:100]
    ids = tokenizer(" ".join(words), add_special_tokens=False).input_ids
    if all(token_id == tokenizer.unk_token_id for token_id in ids):
        raise CourseError("models.tokenizer_all_unknown", folder=folder, unknown=tokenizer.unk_token)
