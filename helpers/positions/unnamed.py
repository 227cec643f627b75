"""Three tables of positions without their names, for chapter 04: which is which is for the reader to see."""

import torch
from torch import Tensor

from ..text import CourseError
from .comparing import checked_table
from .sinusoidal import concatenated_positions

SIZE, REACH = 32, 0.97


def unnamed_tables(learned: Tensor) -> list[Tensor]:
    """Return three tables to tell apart by looking: a sinusoidal one, a learned one and one of random numbers.

    Args:
        learned: (position, d_model), at least 33 positions and 32 numbers; its first row, [CLS], is left out.

    Returns:
        Three of (32, 32), float64, in an order that the exercise 04.apart knows; each scaled so that 97 % of its
        numbers lie within -1 and 1, and cut there.

    Raises:
        CourseError: for what is not a table of finite numbers, or one too small.
    """
    table = checked_table(learned)
    if table.shape[0] <= SIZE or table.shape[1] < SIZE:
        raise CourseError("positions.unnamed", least=SIZE + 1, width=SIZE, got=tuple(table.shape))
    chance = torch.randn(SIZE, SIZE, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    waves = concatenated_positions(SIZE, SIZE).to(torch.float64)
    return [_scaled(one) for one in (chance, waves, table[1:SIZE + 1, :SIZE])]


def _scaled(table: Tensor) -> Tensor:
    return (table / table.abs().flatten().quantile(REACH)).clamp(-1, 1)
