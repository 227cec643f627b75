"""Training that goes on: a trained BERT practises hidden tokens, or learns to sort sentences into classes."""

from .classifier import Classifier
from .loop import TuningRecord, fine_tune
from .masking import BERT_RECIPE, Hidden, Recipe, hide_tokens, practise, what_it_says
from .pairs import Pair, load_pairs
from .sentences import CLASSES, LabelledTexts, load_sentences

__all__ = ["BERT_RECIPE", "CLASSES", "Classifier", "Hidden", "LabelledTexts", "Pair", "Recipe", "TuningRecord",
           "fine_tune", "hide_tokens", "load_pairs", "load_sentences", "practise", "what_it_says"]
