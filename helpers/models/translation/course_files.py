"""The files of the course translator: config.json, model.safetensors and the tokenizer, each checked."""

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor

from ...positions import sinusoidal_positions
from ...text import CourseError
from ...transformer import Transformer, TransformerConfig
from ..config import reason
from .course import TAGS, CourseTranslator
from .source import has_chinese

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

PIECES = {f"pieces.{language}": language for language in TAGS}


def read_course(folder: Path, settings: dict, name: str) -> CourseTranslator:
    """Read a folder as `training.translator.export` writes it.

    Args:
        folder: where the files lie.
        settings: what its config.json says.
        name: what the learner calls the model.

    Raises:
        CourseError: for files that are missing, damaged, or do not belong together.
    """
    try:
        model, taught_head, alpha = _unfilled(settings)
    except Exception as error:  # senseless settings fail wherever they are first used
        raise CourseError("models.config_broken", folder=folder, reason=reason(error)) from None
    pieces = _fill(model, folder)
    tokenizer = _tokenizer(folder, model.config.vocab_size, pieces)
    return CourseTranslator(model, tokenizer, name, pieces, taught_head=taught_head, alpha=alpha)


def _unfilled(settings: dict) -> tuple[Transformer, tuple[int, int], float]:
    """Return a model without numbers in it, the taught head, and the exponent of the length penalty."""
    config = TransformerConfig(**{field.name: settings[field.name] for field in fields(TransformerConfig)})
    with torch.device("meta"):
        model = Transformer(config).eval().requires_grad_(False)
    layer, head = settings["taught_head"]
    if layer not in range(config.n_layers) or head not in range(config.n_heads):
        raise ValueError(f"taught_head {layer, head}")
    return model, (layer, head), float(settings.get("length_penalty", 1.0))


def _fill(model: Transformer, folder: Path) -> dict[str, Tensor]:
    """Put the weights into the model, in float64; return the ids that each language is written with."""
    path = folder / "model.safetensors"
    if not path.is_file():
        raise CourseError("models.no_weights", folder=folder)
    try:
        tensors = load_file(path)
    except Exception as error:  # safetensors has no one exception for damage
        raise CourseError("models.weights_broken", folder=folder, reason=reason(error)) from None
    pieces = {language: tensors.pop(key).long() for key, language in PIECES.items() if key in tensors}
    _refuse_unfit({key: tensor.shape for key, tensor in model.state_dict().items()}, tensors, pieces, folder)
    model.load_state_dict({key: tensor.double() for key, tensor in tensors.items()}, assign=True)
    model.positions = sinusoidal_positions(model.config.max_tokens, model.config.d_model).double()
    return pieces


def _refuse_unfit(shapes: dict[str, torch.Size], tensors: dict[str, Tensor], pieces: dict[str, Tensor],
                  folder: Path) -> None:
    """Refuse tensors that are not those of the model, or hold what is no number."""
    wrong = [key for key in {*shapes, *tensors} if key not in tensors or tensors[key].shape != shapes.get(key)]
    wrong += [key for key, language in PIECES.items() if language not in pieces or pieces[language].ndim != 1]
    if wrong:
        raise CourseError("translation.weights_mismatch", folder=folder, count=len(wrong), key=min(wrong))
    for key, tensor in tensors.items():
        if not tensor.isfinite().all():
            raise CourseError("translation.weights_not_numbers", folder=folder, key=key)


def _tokenizer(folder: Path, vocab_size: int, pieces: dict[str, Tensor]) -> "PreTrainedTokenizerBase":
    """Load the tokenizer and make sure that it is this model's."""
    from transformers import PreTrainedTokenizerFast

    if not (folder / "tokenizer.json").is_file():
        raise CourseError("models.no_tokenizer", folder=folder)
    try:
        tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder), local_files_only=True)
        tokens = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
    except Exception as error:  # as with the weights
        raise CourseError("models.tokenizer_broken", folder=folder, reason=reason(error)) from None
    if len(tokens) > vocab_size:
        raise CourseError("models.tokenizer_foreign", folder=folder, largest=len(tokens) - 1, rows=vocab_size)
    if len(tokens) < vocab_size or not _belongs(tokenizer, tokens, pieces):
        raise CourseError("translation.tokenizer_other", folder=folder)
    return tokenizer


def _belongs(tokenizer: "PreTrainedTokenizerBase", tokens: list[str], pieces: dict[str, Tensor]) -> bool:
    """Whether the special tokens are there, and the pieces of each language are in that language."""
    special = {*TAGS.values(), tokenizer.cls_token, tokenizer.sep_token, tokenizer.unk_token}
    if not special <= {*tokens} or any(ids.min() < 0 or ids.max() >= len(tokens) for ids in pieces.values()):
        return False
    chinese = {language: sum(has_chinese(tokens[i]) for i in ids) / len(ids)
               for language, ids in ((language, ids.tolist()) for language, ids in pieces.items())}
    ends = all(tokenizer.sep_token_id in ids for ids in pieces.values())
    return ends and chinese["zh"] > 0.5 and chinese["en"] < 0.1
