"""Arguments held against what a function needs: the value as it is used, or a sentence that names what came.

Where a part of the course has a sentence of its own for a mistake, it says that; this is for the rest.
"""

import os
from collections.abc import Collection, Iterable
from typing import TypeVar

import torch
from torch import Tensor

from . import asked
from .text import CourseError, say

Kind = TypeVar("Kind")
SEEDS, MOST_WIDTH, MOST_ENTRIES = 2 ** 63 - 1, 32_768, 10_000_000


def wrong(function: str, name: str, value: object, expected: str, **fields: object) -> CourseError:
    """Return the error that says what a function needs for an argument, and what came.

    Args:
        function: as the learner calls it.
        name: of the argument.
        value: what came.
        expected: of the table `wanted`.
        fields: what fills its gaps.
    """
    return CourseError("wanted.wrong", function=function, name=name, got=asked.short(value),
                       expected=say(f"wanted.{expected}", **fields))


def whole(function: str, name: str, value: object, least: int = 0, most: int | None = None) -> int:
    """Return a whole number from `least` to `most`, or raise what says so."""
    if (found := asked.whole(value, least, most)) is None:
        raise wrong(function, name, value, "whole_from" if most is None else "whole_to", least=least, most=most)
    return found


def seed(function: str, value: object) -> int:
    """Return a seed that torch takes, or raise what says so."""
    return whole(function, "seed", value, 0, SEEDS)


def number(function: str, name: str, value: object, least: float, most: float) -> float:
    """Return a number from `least` to `most`, or raise what says so."""
    if (found := asked.number(value, least, most)) is None:
        raise wrong(function, name, value, "number_to", least=least, most=most)
    return found


def above(function: str, name: str, value: object, least: float = 0) -> float:
    """Return a finite number above `least`, or raise what says so."""
    found = asked.number(value)
    if found is None or found <= least:
        raise wrong(function, name, value, "number_above", least=least)
    return found


def switch(function: str, name: str, value: object) -> bool:
    """Return True or False, those of numpy too, or raise what says so."""
    if isinstance(value, bool) or (str(getattr(value, "dtype", "")) == "bool" and getattr(value, "ndim", 1) == 0):
        return bool(value)
    raise wrong(function, name, value, "switch")


def instance(function: str, name: str, value: object, kind: type[Kind], expected: str) -> Kind:
    """Return a value of one kind, or raise what says which was due."""
    if not isinstance(value, kind):
        raise wrong(function, name, value, expected)
    return value


def text(function: str, name: str, value: object) -> str:
    """Return a text, or raise what says so."""
    return instance(function, name, value, str, "text")


def texts(function: str, name: str, value: object) -> list[str]:
    """Return several texts, at least one, or raise what says so; one text alone is none."""
    found = [] if isinstance(value, str | Tensor) or not isinstance(value, Iterable) else list(value)
    if not found or not all(isinstance(one, str) for one in found):
        raise wrong(function, name, value, "texts")
    return found


def one_of(function: str, name: str, value: object, options: Collection[str]) -> str:
    """Return one of a few names, or raise what says which there are."""
    if not isinstance(value, str) or value not in options:
        raise wrong(function, name, value, "one_of", options=", ".join(map(repr, options)))
    return value


def path(function: str, name: str, value: object) -> str | os.PathLike | None:
    """Return a path or None, or raise what says so."""
    if value is not None and (not isinstance(value, str | os.PathLike) or not is_writable(str(value))):
        raise wrong(function, name, value, "folder")
    return value


def numbers(function: str, name: str, value: object) -> Tensor:
    """Return the numbers of a list or a tensor, (n,) in float64, or raise what says so."""
    try:
        found = torch.as_tensor(value).detach().cpu()
    except Exception:
        found = torch.zeros(())
    if not found.ndim or found.is_complex() or found.dtype == torch.bool:
        raise wrong(function, name, value, "numbers")
    return found.to(torch.float64).flatten()


def wholes(function: str, name: str, value: object) -> list[int]:
    """Return the whole numbers of a list or a tensor, 0 or more, or raise what says so."""
    is_list = isinstance(value, list | tuple | range) or getattr(value, "ndim", 0) == 1
    found = [asked.whole(one, 0) for one in value] if is_list else [None]    # type: ignore[attr-defined]
    kept = [one for one in found if one is not None]
    if len(kept) != len(found):
        raise wrong(function, name, value, "wholes")
    return kept


def matrix(function: str, name: str, value: object) -> Tensor:
    """Return a tensor of decimal numbers with two axes, or raise what says so."""
    if not isinstance(value, Tensor) or value.ndim != 2 or not value.is_floating_point() or value.is_meta:
        raise wrong(function, name, value, "matrix")
    return value


def ids(function: str, name: str, value: object, count: int) -> Tensor:
    """Return token ids below `count`, (batch, token), or raise what says so."""
    if isinstance(value, Tensor) and value.ndim == 2 and value.dtype == torch.long and not value.is_meta:
        if value.numel() and 0 <= int(value.min()) <= int(value.max()) < count:
            return value
    raise wrong(function, name, value, "id_table", last=count - 1)


def is_writable(name: str) -> bool:
    """Whether a name can be one of a file: half of a surrogate pair cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return bool(name)
