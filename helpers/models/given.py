"""Attention from anywhere: what transformers or numpy hand over, checked and brought into the course's shape."""

import re
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from ..asked import short, whole
from ..text import CourseError

SPECIAL = re.compile(r"\[[A-Z]+\]|<(?!0x)[^<>]*>")   # [CLS], <s>, <|endoftext|>; not <0x0A>, a byte that is text
STAND_IN = ("[MASK]", "[UNK]", "<mask>", "<unk>")     # special, but in the place of a word of the text
MARKERS = str.maketrans({"Ġ": " ", "▁": " ", "Ċ": "⏎"})
TOLERANCE = {torch.bfloat16: 0.03, torch.float16: 0.01}   # how far from 1 a row may sum
OTHERWISE = 0.005                                         # the same in float32 and float64: some once were halves
AXES = ("layer", "head", "query", "key")


def special_places(tokens: Sequence[str]) -> tuple[int, ...]:
    """Return where the tokens stand that a model's format adds, known by how they are written: [CLS], <s>, <pad>...

    >>> special_places(["[CLS]", "tea", "[SEP]", "<|endoftext|>", "<0x0A>"])
    (0, 2, 3)
    """
    return tuple(place for place, token in enumerate(tokens) if SPECIAL.fullmatch(token))


def shown_token(token: str) -> str:
    """Return a token without the marks for a blank before it (Ġ, ▁); a line break (Ċ) becomes a sign.

    >>> shown_token("Ġdog"), shown_token("▁I"), shown_token("▁"), shown_token("[CLS]")
    ('dog', 'I', ' ', '[CLS]')
    """
    return token if SPECIAL.fullmatch(token) else token.translate(MARKERS).strip(" ") or " "


def checked_names(tokens: object) -> tuple[str, ...]:
    """Return token strings as they are shown.

    Raises:
        CourseError: for what is not a list of strings: one text, or token ids.
    """
    if isinstance(tokens, str) or not isinstance(tokens, Sequence | np.ndarray | Tensor) \
            or not getattr(tokens, "ndim", 1):
        raise CourseError("records.tokens_form", got=short(tokens))
    names = list(tokens)
    for token in names:
        if not isinstance(token, str):
            raise CourseError("records.token_ids", got=short(token))
    return tuple(map(shown_token, names))


def checked_special(special: object, tokens: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the places of the special tokens; None leaves it to how they are written.

    Args:
        special: places, or token strings, or None.
        tokens: as they are shown.

    Raises:
        CourseError: for a place or a string that is not there.
    """
    if special is None:
        return None
    asked: list[object] = [special]
    if isinstance(special, Sequence | set):
        asked = [special] if isinstance(special, str) else list(special)
    places: set[int] = set()
    for one in asked:
        found = {place for place, token in enumerate(tokens) if isinstance(one, str) and token == one}
        place = whole(one, 0, len(tokens) - 1)
        if found:
            places |= found
        elif place is not None:
            places.add(place)
        else:
            raise CourseError("records.special", got=short(one), last=len(tokens) - 1)
    return tuple(sorted(places))


def checked_b_start(start: object, n_tokens: int, is_cross: bool) -> int | None:
    """Return where sentence B starts, or None.

    Raises:
        CourseError: for a place that cannot be one, or for cross-attention, which has no sentences A and B.
    """
    if start is None:
        return None
    if is_cross:
        raise CourseError("records.b_in_cross")
    place = whole(start, 1, n_tokens - 1)
    if place is None:
        raise CourseError("records.b_start", got=short(start), last=n_tokens - 1)
    return place


def checked_weights(attentions: object, n_queries: int, n_keys: int | None) -> Tensor:
    """Return attention as (layer, head, query, key), on the CPU, without gradients, in float32 or float64.

    Args:
        attentions: what `AttentionRecord.of` takes.
        n_queries: how many tokens ask.
        n_keys: how many tokens answer; None where they are the same ones.

    Raises:
        CourseError: for another shape, for counts that do not fit the tokens, or for numbers that are no weights.
    """
    layers = [_layer(number, one) for number, one in enumerate(_layers(attentions))]
    shapes = sorted({tuple(one.shape) for one in layers})
    if len(shapes) > 1:
        raise CourseError("records.uneven", one=shapes[0], other=shapes[1])
    _check_counts((len(layers), *shapes[0]), n_queries, n_keys)
    weights = torch.stack(layers)
    _check_values(weights)
    return weights if weights.dtype == torch.float64 else weights.float()


def _layers(attentions: object) -> list:
    """Cut what was handed over into layers."""
    if hasattr(attentions, "attentions"):
        raise CourseError("records.whole_output", got=type(attentions).__name__)
    if isinstance(attentions, list | tuple) and attentions and not _is_number(attentions[0]):
        return list(attentions)
    if attentions is None or isinstance(attentions, list | tuple):
        raise CourseError("records.none", got=short(attentions))
    numbers = _tensor(attentions)
    if numbers.ndim not in (3, 4, 5) or 0 in numbers.shape:
        raise CourseError("records.rank", shape=tuple(numbers.shape))
    return [numbers] if numbers.ndim == 3 else list(numbers)


def _layer(number: int, layer: object) -> Tensor:
    """Return one layer as (head, query, key)."""
    if layer is None:
        raise CourseError("records.none", got="None")
    if isinstance(layer, list | tuple) and layer and isinstance(layer[0], Tensor):
        raise CourseError("records.steps")
    weights = _tensor(layer)
    if weights.ndim == 4 and len(weights) > 1:
        raise CourseError("records.batch", layer=number, n=len(weights), shape=tuple(weights.shape))
    weights = weights[0] if weights.ndim == 4 else weights
    if weights.ndim != 3 or 0 in weights.shape:
        raise CourseError("records.rank", shape=tuple(weights.shape))
    return weights


def _tensor(numbers: object) -> Tensor:
    """Return numbers as a tensor on the CPU."""
    try:
        tensor = numbers.detach().cpu() if isinstance(numbers, Tensor) else torch.as_tensor(np.asarray(numbers))
    except (TypeError, ValueError, RuntimeError, NotImplementedError):
        raise CourseError("records.no_numbers", got=short(numbers)) from None
    if tensor.is_complex():
        raise CourseError("records.no_numbers", got=str(tensor.dtype))
    return tensor if tensor.is_floating_point() else tensor.float()


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _check_counts(shape: tuple[int, ...], n_queries: int, n_keys: int | None) -> None:
    """Compare (layer, head, query, key) with the tokens there are."""
    queries, keys = shape[2:]
    if n_keys is None and queries != keys:
        raise CourseError("records.not_square", shape=shape, queries=queries, keys=keys)
    if queries != n_queries:
        raise CourseError("records.tokens_count", n=n_queries, axis=AXES[2], rows=queries, shape=shape)
    if n_keys is not None and keys != n_keys:
        raise CourseError("records.tokens_count", n=n_keys, axis=AXES[3], rows=keys, shape=shape)


def _check_values(weights: Tensor) -> None:
    """Refuse numbers that are no attention weights; a row of zeros is one of padding that nothing was computed for."""
    shape = tuple(weights.shape)
    if not weights.isfinite().all():
        raise CourseError("records.not_finite", **_place(~weights.isfinite(), shape))
    if (weights < 0).any():
        raise CourseError("records.negative", got=f"{weights.min().item():.3g}", **_place(weights < 0, shape))
    sums = weights.double().sum(-1)                                          # (layer, head, query)
    wrong = ((sums - 1).abs() > TOLERANCE.get(weights.dtype, OTHERWISE)) & (sums != 0)
    if wrong.any():
        raise CourseError("records.sums", got=f"{sums[wrong][0].item():.4g}", **_place(wrong, shape))


def _place(wrong: Tensor, shape: tuple[int, ...]) -> dict[str, object]:
    """Name the first place where something is wrong, for a sentence."""
    layer, head, query, *_ = wrong.nonzero()[0].tolist()
    return {"layer": layer, "head": head, "query": query, "shape": shape}
