"""What learners hand in: numbers as tensors, arrays, lists or loops return them, brought to one form and compared.

An answer may be anything at all, and do anything when it is touched: `STOPS` is what it may raise. An interrupt is not
among them: that is the learner at the keyboard.
"""

import numpy as np
import torch
from torch import Tensor

from ..asked import short

STOPS = (Exception, SystemExit, GeneratorExit)
COARSE = {"float16": 4e-3, "bfloat16": 3e-2}


def as_tensor(value: object) -> Tensor:
    """Return any tensor, array, number or nested list of these as a float64 tensor of its own.

    Raises:
        TypeError: if it holds anything but real numbers.
        RuntimeError: if it is a list of unequal pieces.
    """
    if isinstance(value, list | tuple):
        return torch.stack([as_tensor(item) for item in value])
    if isinstance(value, Tensor) and not value.is_complex():
        value = value.detach().to_dense().to("cpu", torch.float64).numpy()  # bfloat16 and sparse numbers too
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"not real numbers: {type(value).__name__}")
    return torch.from_numpy(array.astype(np.float64))


def whole_numbers(value: object) -> tuple[int, ...] | None:
    """Return a value as a tuple of whole numbers (one number gives a tuple of one), or None if it is none.

    >>> whole_numbers(3), whole_numbers([1, 2.0]), whole_numbers("3"), whole_numbers(1.5)
    ((3,), (1, 2), None, None)
    """
    try:
        numbers = as_tensor(value).flatten().tolist()
    except STOPS:
        return None
    return tuple(map(int, numbers)) if all(number.is_integer() for number in numbers) else None


def written(value: object, most: int) -> str:
    """Return a value as code would write it, cut to `most` characters; its type where it cannot be written."""
    try:
        return short(value, most)
    except STOPS:
        return type(value).__name__


def tolerance_for(value: object, tolerance: float) -> float:
    """Return the tolerance, widened where the value was computed in half precision."""
    dtype = str(getattr(value, "dtype", "")).removeprefix("torch.")
    return max(tolerance, COARSE.get(dtype, 0.0))


def differing(got: Tensor, right: Tensor, tolerance: float) -> Tensor:
    """Return booleans: True where two tensors of one shape differ by more than the tolerance; NaN equals NaN."""
    return ~torch.isclose(got, right, rtol=tolerance, atol=tolerance, equal_nan=True)


def agree(got: Tensor, right: Tensor, tolerance: float) -> bool:
    """Say whether two tensors have one shape and the same numbers within the tolerance; NaN equals NaN."""
    return got.shape == right.shape and not differing(got, right, tolerance).any()
