"""What each head of a model does on a text or on several: where its attention goes, how wide, how far; does it copy."""

from .induction import Induction, induction_scores, measure_induction, repeated_sequences
from .measures import KINDS, describe_heads
from .rollout import roll_out
from .summary import HeadSummary

__all__ = ["KINDS", "HeadSummary", "Induction", "describe_heads", "induction_scores", "measure_induction",
           "repeated_sequences", "roll_out"]
