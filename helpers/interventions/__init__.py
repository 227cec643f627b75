"""Change something inside a running BERT, and see what becomes of its prediction."""

from helpers.interventions.comparison import Comparison, MaskChange, Unchanged, compare
from helpers.interventions.intervention import Intervention

__all__ = ["Comparison", "Intervention", "MaskChange", "Unchanged", "compare"]
