"""Load a BERT or a translator, run it on a text, and get a frozen record of everything it computed."""

from helpers.models.bert import Bert
from helpers.models.birth import TrainingRecord, load_training
from helpers.models.loading import load_bert
from helpers.models.records import AttentionRecord, BertRecord
from helpers.models.translation import (
    BeamPath,
    CrossAttentionRecord,
    Step,
    TranslationRecord,
    Translator,
    load_translator,
)

__all__ = ["AttentionRecord", "BeamPath", "Bert", "BertRecord", "CrossAttentionRecord", "Step", "TrainingRecord",
           "TranslationRecord", "Translator", "load_bert", "load_training", "load_translator"]
