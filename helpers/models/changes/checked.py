"""What a learner asked to be changed, checked against one text and one model, or refused with a sentence."""

import math
import random
from collections.abc import Collection, Mapping, Sequence
from typing import TypeGuard

import torch
from torch import Tensor

from ...asked import number, place, short, whole
from ...text import CourseError
from ..anatomy import Anatomy

MOST_SCALE, LEAST_TEMPERATURE, MOST_TEMPERATURE = 1000.0, 0.001, 1000.0
ROUNDING = 1e-5  # how far from 1 a row may sum
SHOWN_TOKENS = 20
MOST_SHOWN = 60  # characters of what came


def checked_heads(pairs: object, n_layers: int, n_heads: int) -> tuple[tuple[int, int], ...]:
    """Return the (layer, head) pairs in order, each once.

    Raises:
        CourseError: for what is not a collection of pairs, or for a layer or head that is not there.
    """
    if not _is_collection(pairs) or not all(_is_tuple_of(pair, 2) for pair in pairs):
        raise CourseError("interventions.heads_form", got=_short(pairs))
    return tuple(sorted({(_place("layer", layer, n_layers), _place("head", head, n_heads)) for layer, head in pairs}))


def checked_rows(rows: object, n_layers: int, n_heads: int, n_tokens: int) -> dict[tuple[int, int, int], Tensor]:
    """Return {(layer, head, query): row}, the rows as float64 tensors (key,).

    Raises:
        CourseError: for another form, a place that is not there, or a row that is none: of another length, with a
            negative number or one that is not finite, or not summing to 1.
    """
    if not isinstance(rows, Mapping) or not all(_is_tuple_of(place, 3) for place in rows):
        raise CourseError("interventions.rows_form", got=_short(rows))
    return {(_place("layer", layer, n_layers), _place("head", head, n_heads), _place("query", query, n_tokens)):
            _row(row, n_tokens) for (layer, head, query), row in rows.items()}


def _row(row: object, n_tokens: int) -> Tensor:
    try:
        numbers = torch.as_tensor(row, dtype=torch.float64).detach().cpu()
    except (TypeError, ValueError, RuntimeError):
        raise CourseError("interventions.row_numbers", got=_short(row)) from None
    if numbers.shape != (n_tokens,):
        raise CourseError("interventions.row_shape", n_tokens=n_tokens, got=tuple(numbers.shape))
    if not numbers.isfinite().all() or (numbers < 0).any():
        wrong = next(number for number in numbers.tolist() if not 0 <= number < math.inf)
        raise CourseError("interventions.row_negative", got=f"{wrong:g}")
    if abs(numbers.sum().item() - 1) > ROUNDING:
        raise CourseError("interventions.row_sum", got=f"{numbers.sum().item():.6g}")
    return numbers


def checked_tokens(hidden: object, tokens: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of the tokens to hide, in order; one place or one string need not be in a collection.

    Raises:
        CourseError: for another form, a place that is not there, or a string that no token is.
    """
    asked = [hidden] if isinstance(hidden, str) or whole(hidden) is not None else hidden
    if not _is_collection(asked):
        raise CourseError("interventions.tokens_form", got=_short(hidden))
    places: set[int] = set()
    for one in asked:
        if isinstance(one, str) and one not in tokens:
            shown = " ".join(tokens[:SHOWN_TOKENS]) + " …" * (len(tokens) > SHOWN_TOKENS)
            raise CourseError("interventions.token_absent", got=f"{one:.30}", tokens=shown)
        places |= ({place for place, token in enumerate(tokens) if token == one} if isinstance(one, str)
                   else {_place("token", one, len(tokens))})
    return tuple(sorted(places))


def checked_positions(positions: object, seed: object, n_tokens: int, anatomy: Anatomy) -> tuple[int, ...] | None:
    """Return the position each token is told: as asked, as shuffled, () for none at all, None for no change.

    Raises:
        CourseError: for an unknown word, a list of another length, a position that the model does not have, a seed
            that is no whole number from 0, or a model without a table of positions.
    """
    chosen = whole(seed, 0)
    if chosen is None:
        raise CourseError("interventions.seed", got=_short(seed))
    if positions is None:
        return None
    if anatomy.position_embeddings is None:
        raise CourseError("interventions.rotary", got="positions")
    if isinstance(positions, str):
        if positions not in ("shuffled", "none"):
            raise CourseError("interventions.positions_word", got=f"{positions:.30}")
        return () if positions == "none" else _shuffled(n_tokens, chosen)
    if hasattr(positions, "tolist") and not getattr(positions, "is_meta", False):
        positions = positions.tolist()
    if not isinstance(positions, Sequence) or len(positions) != n_tokens:
        got = len(positions) if isinstance(positions, Sequence) else _short(positions)
        raise CourseError("interventions.positions_length", n_tokens=n_tokens, got=got)
    return tuple(_place("position", position, anatomy.max_tokens) for position in positions)


def _shuffled(n_tokens: int, seed: int) -> tuple[int, ...]:
    """Return 0 ... n_tokens - 1 in another order (there is one from two tokens on)."""
    chance, order = random.Random(seed), list(range(n_tokens))
    while order == sorted(order):
        order.sort(key=lambda _: chance.random())
    return tuple(order)


def checked_table(table: object, anatomy: Anatomy) -> Tensor | None:
    """Return what stands in for the model's table of positions, (position, d_model); None for its own.

    Raises:
        CourseError: for another shape, for numbers that are not finite, or for a model without such a table.
    """
    if table is None:
        return None
    if anatomy.position_embeddings is None:
        raise CourseError("interventions.rotary", got="position_table")
    rows, width = anatomy.position_embeddings.weight.shape
    expected = rows - anatomy.first_position, width
    if not isinstance(table, Tensor) or tuple(table.shape) != expected or not table.isfinite().all():
        got = tuple(table.shape) if isinstance(table, Tensor) else type(table).__name__
        raise CourseError("positions.table", expected=expected, got=got)
    return table.detach()


def checked_scale(scale: object) -> float | None:
    """Return the scale; None for the model's own.

    Raises:
        CourseError: for what is not a number from 0 to 1000.
    """
    checked = number(scale, 0, MOST_SCALE)
    if checked is None and scale is not None:
        raise CourseError("interventions.scale", got=_short(scale))
    return checked


def checked_temperature(temperature: object) -> float:
    """Return the temperature.

    Raises:
        CourseError: for what is not a number from 0.001 to 1000.
    """
    checked = number(temperature, LEAST_TEMPERATURE, MOST_TEMPERATURE)
    if checked is None:
        raise CourseError("interventions.temperature", got=_short(temperature))
    return checked


def _is_collection(value: object) -> TypeGuard[Collection]:
    """Say whether a value can be gone through; a tensor of one number only looks as if it could."""
    return isinstance(value, Collection) and getattr(value, "ndim", 1) > 0


def _is_tuple_of(value: object, length: int) -> bool:
    return isinstance(value, tuple | list) and len(value) == length


def _place(kind: str, value: object, count: int) -> int:
    """Return a layer, head, query, token or position that exists."""
    checked = place(value, count)
    if checked is None:
        raise CourseError(f"interventions.{kind}", got=_short(value), last=count - 1)
    return checked


def _short(value: object) -> str:
    return short(value, MOST_SHOWN)
