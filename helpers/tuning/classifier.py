"""A BERT with one small matrix on top: the vector of [CLS] becomes a score for each class."""

import copy
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from .. import wanted
from ..models import Bert
from ..models.running import one_thread
from .batches import TextBatch, to_batch


class Classifier:
    """A copy of a BERT, and a matrix that reads a class from the last vector of [CLS].

    Attributes:
        bert: the copy, which runs like any other; the one that was given stays as it is.
        classes: the names of the classes.
        reader: (d_model to classes), zeros at first, so that an untrained reader finds all classes alike.

    Raises:
        CourseError: for what is no BERT, or no list of names.
    """

    def __init__(self, bert: Bert, classes: Sequence[str]):
        wanted.instance("Classifier", "bert", bert, Bert, "bert")
        self.bert = Bert(copy.deepcopy(bert.model), bert.tokenizer, f"{bert.name} (copy)",
                         can_fill_mask=bert.can_fill_mask, simplified_only=bert.simplified_only)
        self.classes = tuple(wanted.texts("Classifier", "classes", classes))
        weight = self.bert.model.get_input_embeddings().weight
        self.reader = nn.Linear(bert.d_model, len(self.classes), dtype=weight.dtype)
        nn.init.zeros_(self.reader.weight)
        nn.init.zeros_(self.reader.bias)

    def read(self, batch: TextBatch) -> Tensor:
        """Return the vector of [CLS] after the last layer: (batch, d_model)."""
        self.bert.model.eval()      # no dropout: the same run every time
        return self.bert.encoder(**batch.inputs()).last_hidden_state[:, 0]

    def logits(self, batch: TextBatch) -> Tensor:
        """Return the scores of the classes: (batch, classes)."""
        return self.reader(self.read(batch))

    def probabilities(self, texts: Sequence[str]) -> Tensor:
        """Return how likely each class is for each text: (text, classes), each row sums to 1."""
        with torch.no_grad(), one_thread():
            return self.logits(to_batch(self.bert, wanted.texts("probabilities", "texts", texts))).softmax(-1)

    def classify(self, texts: Sequence[str]) -> list[str]:
        """Return the likeliest class of each text."""
        return [self.classes[label] for label in self.probabilities(texts).argmax(-1).tolist()]


def free_layers(bert: Bert) -> list[nn.Parameter]:
    """Let the numbers of a BERT's layers move, those alone and not its word vectors; return them."""
    bert.model.requires_grad_(False)
    layers = [one for name, one in bert.encoder.named_parameters() if name.startswith("encoder.")]
    for parameter in layers:
        parameter.requires_grad_(True)
    return layers
