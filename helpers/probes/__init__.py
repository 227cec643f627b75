"""What can be read from a model's vectors: a linear probe with its control, and the vectors that lie nearest."""

from .probe import ProbeRecord, control_labels, fit_reader, probe
from .vectors import TokenVectors, nearest, token_vectors
from .word_class import WORD_CLASSES, word_classes

__all__ = ["WORD_CLASSES", "ProbeRecord", "TokenVectors", "control_labels", "fit_reader", "nearest", "probe",
           "token_vectors", "word_classes"]
