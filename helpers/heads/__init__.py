"""What each head of a model does: where its attention goes, how wide, how far; does it copy. What a guess rests on."""

from .agreement import kendall, median_interval, ranks, spearman
from .importance import MEASURES, Importance, measure_importance
from .induction import Induction, induction_scores, measure_induction, repeated_sequences
from .measures import KINDS, describe_heads
from .rollout import roll_out
from .summary import HeadSummary

__all__ = ["KINDS", "MEASURES", "HeadSummary", "Importance", "Induction", "describe_heads", "induction_scores",
           "kendall", "measure_importance", "measure_induction", "median_interval", "ranks", "repeated_sequences",
           "roll_out", "spearman"]
