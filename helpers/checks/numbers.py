"""Numbers from learners, as tensors, arrays, lists or loops return them: brought to one form and compared."""

import numpy as np
import torch
from torch import Tensor

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
        return value.detach().to("cpu", torch.float64, copy=True)
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
    except Exception:  # a learner's value may be anything at all
        return None
    return tuple(map(int, numbers)) if all(number.is_integer() for number in numbers) else None


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
