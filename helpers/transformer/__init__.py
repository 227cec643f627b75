"""The Transformer of 2017, whole: encoder and decoder layers, the model they make, and how it writes."""

from .cache import Cache, LayerCache
from .decoding import Hypothesis, Vocabulary, beam_search, greedy_search, grow, length_penalty, sample
from .layers import AddAndNorm, DecoderLayer, EncoderLayer, FeedForward
from .model import Decoded, Encoded, Transformer, TransformerConfig

__all__ = ["AddAndNorm", "Cache", "Decoded", "DecoderLayer", "Encoded", "EncoderLayer", "FeedForward", "LayerCache",
           "Hypothesis", "Transformer", "TransformerConfig", "Vocabulary", "beam_search", "greedy_search", "grow",
           "length_penalty", "sample"]
