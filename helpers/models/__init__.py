"""Load a BERT or a translator, run it on a text, and get a frozen record of everything it computed."""

from .bert import Bert
from .birth import TrainingRecord, load_training
from .learned_positions import learned_positions, positions_replaced
from .loading import load_bert
from .records import AttentionRecord, BertRecord
from .translation import (
    BeamPath,
    Step,
    TranslationRecord,
    Translator,
    load_translator,
)

__all__ = ["AttentionRecord", "BeamPath", "Bert", "BertRecord", "Step", "TrainingRecord",
           "TranslationRecord", "Translator", "learned_positions", "load_bert", "load_training", "load_translator",
           "positions_replaced"]
