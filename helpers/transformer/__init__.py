"""The Transformer of 2017, whole: encoder and decoder layers, the model they make, and how it writes."""

from helpers.transformer.cache import Cache, LayerCache
from helpers.transformer.decoding import Path, Vocabulary, beam_search, greedy_search, grow, length_penalty, sample
from helpers.transformer.layers import AddAndNorm, DecoderLayer, EncoderLayer, FeedForward
from helpers.transformer.model import Decoded, Encoded, Transformer, TransformerConfig

__all__ = ["AddAndNorm", "Cache", "Decoded", "DecoderLayer", "Encoded", "EncoderLayer", "FeedForward", "LayerCache",
           "Path", "Transformer", "TransformerConfig", "Vocabulary", "beam_search", "greedy_search", "grow",
           "length_penalty", "sample"]
