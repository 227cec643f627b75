"""Positions as rotations: what an offset does to the sinusoidal encoding, and rotary positions."""

import torch
from torch import Tensor

from ..asked import short
from ..text import CourseError
from .sinusoidal import frequencies
from .sizes import checked_number


def offset_rotation(offset: float, d_model: int, *, base: float = 10000.0) -> Tensor:
    """Return the matrix that moves every sinusoidal position by `offset`, wherever it stands.

    `sinusoidal_positions(n, d)[p + offset]` is `offset_rotation(offset, d) @ sinusoidal_positions(n, d)[p]`, for
    all p: the matrix knows the offset alone. It turns each pair (sine, cosine) by its own angle, offset times its
    frequency.

    Args:
        offset: in positions; may be negative.
        d_model: width of the vectors, an even number.
        base: as in `sinusoidal_positions`.

    Returns:
        (d_model, d_model), float64: 2 x 2 blocks along the diagonal, else 0. Its transpose is its inverse.

    Raises:
        CourseError: if the offset is not a number, or as `frequencies`.

    >>> offset_rotation(1, 2).round(decimals=2)
    tensor([[ 0.5400,  0.8400],
            [-0.8400,  0.5400]], dtype=torch.float64)

    Source: Vaswani et al. 2017, section 3.5: PE(pos + k) is a linear function of PE(pos).
    """
    angles = checked_number("offset", offset) * frequencies(d_model, base=base)  # (pair,)
    cos, sin = angles.cos(), angles.sin()
    blocks = torch.stack([torch.stack([cos, sin], -1), torch.stack([-sin, cos], -1)], -2)   # (pair, 2, 2)
    return torch.block_diag(*blocks)


def rotate(vectors: Tensor, positions: Tensor | list[int] | int | None = None, *, base: float = 10000.0) -> Tensor:
    """Turn queries or keys by their positions: rotary positions.

    Each pair of neighbouring numbers is a point in a plane; pair k of the token at position p turns by
    p * base ** (-2k / d_head). Lengths stay; the dot product of a query and a key rotated so depends on what they
    are and on how far apart they stand, not on where. (Some models pair number k with number k + d_head / 2
    instead: the same up to a permutation of the columns.)

    Args:
        vectors: (..., token, d_head), d_head even; with one position also (d_head,).
        positions: (token,), or one number for all; None = 0, 1, 2, ... along the token axis.
        base: as in `sinusoidal_positions`.

    Returns:
        The same shape and dtype.

    Raises:
        CourseError: if the vectors are no tensor of real numbers, d_head is odd, or there is not one position a token.

    >>> rotate(torch.tensor([[1., 0.], [1., 0.]])).round(decimals=2)
    tensor([[1.0000, 0.0000],
            [0.5400, 0.8400]])

    Source: Su et al. 2021, RoFormer, section 3.2.2, eq. 15 and 34.
    """
    if not isinstance(vectors, Tensor) or not vectors.ndim or not vectors.is_floating_point():
        raise CourseError("positions.vectors", got=_named(vectors))
    omega = frequencies(vectors.shape[-1], base=base).to(vectors.device)         # (pair,)
    angles = _places(vectors, positions)[..., None] * omega                      # (token, pair), or (pair,)
    cos, sin = angles.cos().to(vectors.dtype), angles.sin().to(vectors.dtype)
    first, second = vectors[..., 0::2], vectors[..., 1::2]                       # (..., token, pair)
    return torch.stack([first * cos - second * sin, first * sin + second * cos], -1).flatten(-2)


def _places(vectors: Tensor, positions: object) -> Tensor:
    """Return the positions as float64, (token,) or one number."""
    n_tokens = vectors.shape[-2] if vectors.ndim > 1 else None
    if positions is None and n_tokens is not None:
        positions = torch.arange(n_tokens)
    try:
        places = torch.as_tensor(positions, dtype=torch.float64, device=vectors.device)
    except (TypeError, ValueError, RuntimeError):
        raise CourseError("positions.places", shape=tuple(vectors.shape), got=_named(positions)) from None
    if places.shape not in ((), (n_tokens,)) or not (places.is_meta or places.isfinite().all()):
        raise CourseError("positions.places", shape=tuple(vectors.shape), got=_named(positions))
    return places


def _named(value: object) -> str:
    """Name a value in a few words: a tensor by its shape."""
    return f"{value.dtype} {tuple(value.shape)}" if isinstance(value, Tensor) else short(value)
