"""Load a BERT, a decoder or a translator, run it on a text, and get a frozen record of everything it computed."""

from .bert import Bert
from .birth import TrainingRecord, load_training
from .decoder import Decoder
from .learned_positions import learned_positions
from .lens import logit_lens
from .loading import load_bert, load_model
from .model import Model
from .records import AttentionRecord, BertRecord, DecoderRecord, ModelRecord
from .sampling import Sampling
from .translation import BeamPath, Step, TranslationRecord, Translator, load_translator
from .writing import Written

__all__ = ["AttentionRecord", "BeamPath", "Bert", "BertRecord", "Decoder", "DecoderRecord", "Model", "ModelRecord",
           "Sampling", "Step", "TrainingRecord", "TranslationRecord", "Translator", "Written", "learned_positions",
           "load_bert", "load_model", "load_training", "load_translator", "logit_lens"]
