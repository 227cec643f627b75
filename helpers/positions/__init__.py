"""Where a token stands, as numbers: sinusoidal, learned and rotary positions."""

from helpers.positions.comparing import explained_by_offset, principal_components, similarities
from helpers.positions.learned import learned_positions, positions_replaced
from helpers.positions.rotation import offset_rotation, rotate
from helpers.positions.sinusoidal import (
    concatenated_positions,
    frequencies,
    interleaved_order,
    sinusoidal_positions,
)

__all__ = ["concatenated_positions", "explained_by_offset", "frequencies", "interleaved_order", "learned_positions",
           "offset_rotation", "positions_replaced", "principal_components", "rotate", "similarities",
           "sinusoidal_positions"]
