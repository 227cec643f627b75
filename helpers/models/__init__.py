"""Load a BERT, a decoder or a translator, run it on a text, and get a frozen record of everything it computed."""

from .bert import Bert
from .birth import TrainingRecord, load_training
from .decoder import Decoder
from .learned_positions import learned_positions
from .loading import load_bert, load_model
from .model import Model
from .records import AttentionRecord, BertRecord, ModelRecord
from .translation import BeamPath, Step, TranslationRecord, Translator, load_translator

__all__ = ["AttentionRecord", "BeamPath", "Bert", "BertRecord", "Decoder", "Model", "ModelRecord", "Step",
           "TrainingRecord", "TranslationRecord", "Translator", "learned_positions", "load_bert", "load_model",
           "load_training", "load_translator"]
