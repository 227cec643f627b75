"""The sinusoidal encoding: every position a vector of sines and cosines (Vaswani et al. 2017, section 3.5)."""

import torch
from torch import Tensor

from .sizes import checked_base, checked_length, checked_width


def frequencies(d_model: int, *, base: float = 10000.0) -> Tensor:
    """Return how far each pair of numbers turns from one position to the next: base ** (-2k / d_model).

    The first pair turns by 1 radian, a full turn every 2π positions; each later pair is slower by the same factor.

    Args:
        d_model: width of the vectors, an even number.
        base: from 1; the larger, the slower the last pairs.

    Returns:
        (pair,), float64, radians a position: from 1 down to just above 1 / base.

    Raises:
        CourseError: if d_model is not an even whole number, or the base not a number from 1 to 10**12.

    >>> frequencies(4)
    tensor([1.0000, 0.0100], dtype=torch.float64)

    Source: Vaswani et al. 2017, section 3.5.
    """
    d_model, base = checked_width(d_model), checked_base(base)
    pairs = torch.arange(d_model // 2, dtype=torch.float64)                      # (pair,)
    return base ** (-2 * pairs / d_model)


def sinusoidal_positions(n_positions: int, d_model: int, *, base: float = 10000.0) -> Tensor:
    """Return one vector a position: sines at even, cosines at odd places, slower and slower along the vector.

    Args:
        n_positions: how many positions, from 0.
        d_model: width of the vectors, an even number.
        base: the k-th pair turns by base ** (-2k / d_model) radians a position.

    Returns:
        (position, d_model), float64, each number in [-1, 1]; every vector has the length sqrt(d_model / 2).

    Raises:
        CourseError: if d_model is not an even whole number, n_positions not a whole number of 1 or more, the base
            not a number from 1 to 10**12, or the table would hold more than 10,000,000 numbers.

    >>> sinusoidal_positions(2, 4).round(decimals=2)
    tensor([[0.0000, 1.0000, 0.0000, 1.0000],
            [0.8400, 0.5400, 0.0100, 1.0000]], dtype=torch.float64)

    Source: Vaswani et al. 2017, section 3.5.
    """
    angles = _angles(n_positions, d_model, base)                                 # (position, pair)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(-2)         # (position, d_model)


def concatenated_positions(n_positions: int, d_model: int, *, base: float = 10000.0) -> Tensor:
    """Return the same vectors in the other common order: all sines first, then all cosines.

    Takes, returns and refuses what `sinusoidal_positions` does; the columns alone stand in another order.

    >>> concatenated_positions(2, 4).round(decimals=2)
    tensor([[0.0000, 0.0000, 1.0000, 1.0000],
            [0.8400, 0.0100, 0.5400, 1.0000]], dtype=torch.float64)

    Source: the authors' own code (tensor2tensor, get_timing_signal_1d), which differs from their formula in this.
    """
    angles = _angles(n_positions, d_model, base)                                 # (position, pair)
    return torch.cat([angles.sin(), angles.cos()], dim=-1)                       # (position, d_model)


def interleaved_order(d_model: int) -> Tensor:
    """Return which column of the concatenated form stands at each place of the interleaved one.

    So `concatenated_positions(n, d)[:, interleaved_order(d)]` is `sinusoidal_positions(n, d)`.

    Returns:
        (d_model,), whole numbers, each of 0 to d_model - 1 once.

    Raises:
        CourseError: if d_model is not an even whole number.

    >>> interleaved_order(6)
    tensor([0, 3, 1, 4, 2, 5])
    """
    return torch.arange(checked_width(d_model)).view(2, -1).T.flatten()


def _angles(n_positions: int, d_model: int, base: float) -> Tensor:
    """Return the angle of each pair at each position, (position, pair)."""
    omega = frequencies(d_model, base=base)                                      # (pair,)
    positions = torch.arange(checked_length(n_positions, 2 * len(omega)), dtype=torch.float64)
    return positions[:, None] * omega
