"""What each head of a model does on a text or on several: where its attention goes, how wide and how far."""

from .measures import KINDS, describe_heads
from .rollout import roll_out
from .summary import HeadSummary

__all__ = ["KINDS", "HeadSummary", "describe_heads", "roll_out"]
