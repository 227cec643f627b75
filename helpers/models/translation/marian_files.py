"""The files of a Marian model, as save_pretrained writes them, each checked."""

from pathlib import Path
from typing import TYPE_CHECKING

import torch

from ...text import CourseError
from ..config import reason
from ..loading import read_weights
from .marian import MarianTranslator

if TYPE_CHECKING:
    from transformers import MarianConfig, MarianTokenizer

SENTENCEPIECE = ("source.spm", "target.spm", "vocab.json")


def read_marian(folder: Path, settings: dict, name: str) -> MarianTranslator:
    """Read the folder of a Marian model.

    Args:
        folder: where the files lie.
        settings: what its config.json says.
        name: what the learner calls the model.

    Raises:
        CourseError: for files that are missing, damaged, or do not belong together.
    """
    from transformers import MarianMTModel

    config = _config(settings, folder)
    tokenizer = _tokenizer(folder, config)
    model, missing, unexpected = read_weights(MarianMTModel, folder, config, torch.float32)
    wrong = missing | {key for key in unexpected if not key.endswith("embed_positions.weight")}
    if wrong:
        raise CourseError("translation.weights_mismatch", folder=folder, count=len(wrong), key=min(wrong))
    return MarianTranslator(model, tokenizer, name)


def _config(settings: dict, folder: Path) -> "MarianConfig":
    """Let transformers make sense of the settings."""
    from transformers import MarianConfig

    try:
        config = MarianConfig.from_dict(settings)
        if config.d_model % config.decoder_attention_heads or config.d_model % config.encoder_attention_heads:
            raise ValueError(f"d_model {config.d_model} / attention heads {config.decoder_attention_heads}")
        return config
    except Exception as error:  # transformers promises no particular exception for senseless settings
        raise CourseError("models.config_broken", folder=folder, reason=reason(error)) from None


def _tokenizer(folder: Path, config: "MarianConfig") -> "MarianTokenizer":
    """Load the tokenizer and make sure that it is this model's."""
    from transformers import MarianTokenizer

    missing = [file for file in SENTENCEPIECE if not (folder / file).is_file()]
    if missing:
        raise CourseError("translation.no_sentencepiece", folder=folder, missing=", ".join(missing))
    try:
        tokenizer = MarianTokenizer.from_pretrained(str(folder), local_files_only=True)
        largest = max(tokenizer.get_vocab().values())
    except Exception as error:  # damaged files fail in as many ways as there are readers
        raise CourseError("models.tokenizer_broken", folder=folder, reason=reason(error)) from None
    if largest >= config.vocab_size:
        raise CourseError("models.tokenizer_foreign", folder=folder, largest=largest, rows=config.vocab_size)
    if not _belongs(tokenizer, config):
        raise CourseError("translation.tokenizer_other", folder=folder)
    return tokenizer


def _belongs(tokenizer: "MarianTokenizer", config: "MarianConfig") -> bool:
    """Whether end and padding are numbered as the model has them, and most pieces of a text would be known."""
    pieces = [tokenizer.spm_source.id_to_piece(i) for i in range(tokenizer.spm_source.get_piece_size())]
    known = sum(piece in tokenizer.encoder for piece in pieces)
    return (tokenizer.eos_token_id, tokenizer.pad_token_id) == (config.eos_token_id, config.pad_token_id) \
        and known > len(pieces) / 2
