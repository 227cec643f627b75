"""Positions encoded with something wrong about them, as several exercises of chapter 04 need them."""

import math

import torch
from torch import Tensor

BASE = 10000.0
DEGREE = math.pi / 180


def omegas(d_model: int, base: float = BASE, *, factor: float = 2, start: int = 0) -> Tensor:
    """Return base ** (-factor * k / d_model), k from `start`; a factor of 2 and a start of 0 are right."""
    pairs = torch.arange(start, start + d_model // 2, dtype=torch.float64)
    return base ** (-factor * pairs / d_model)                                         # (pair,)


def floored(d_model: int, base: float = BASE) -> Tensor:
    """Return the frequencies as `-2 * k // d_model` makes them."""
    return base ** (-2 * torch.arange(d_model // 2) // d_model).double()               # (pair,)


def encoded(n_positions: int, omega: Tensor, start: int = 0) -> Tensor:
    """Return sines and cosines side by side, for any frequencies and first position."""
    angles = torch.arange(start, start + n_positions)[:, None] * omega                 # (position, pair)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(-2)                   # (position, d_model)
