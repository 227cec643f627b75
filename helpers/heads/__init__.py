"""What each head of a model does on a text or on several: where its attention goes, how wide and how far."""

from helpers.heads.measures import KINDS, describe_heads
from helpers.heads.rollout import roll_out
from helpers.heads.summary import HeadSummary

__all__ = ["KINDS", "HeadSummary", "describe_heads", "roll_out"]
