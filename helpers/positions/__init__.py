"""Where a token stands, as numbers: sinusoidal and rotary positions."""

from .comparing import explained_by_offset, principal_components, similarities
from .rotation import offset_rotation, rotate
from .sinusoidal import (
    concatenated_positions,
    frequencies,
    interleaved_order,
    sinusoidal_positions,
)
from .unnamed import unnamed_tables

__all__ = ["concatenated_positions", "explained_by_offset", "frequencies", "interleaved_order", "offset_rotation",
           "principal_components", "rotate", "similarities", "sinusoidal_positions", "unnamed_tables"]
