"""Change something inside a running BERT, and see what becomes of its prediction."""

from ..models.changes.intervention import Intervention
from .comparison import Comparison, MaskChange, Unchanged, compare

__all__ = ["Comparison", "Intervention", "MaskChange", "Unchanged", "compare"]
