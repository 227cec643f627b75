"""What a translation view is asked to show: checked, cut out of the record and rounded."""

from dataclasses import dataclass, field

import numpy as np

from ...models.translation.records import Step, TranslationRecord
from ...text import CourseError
from ..heads.selection import DIGITS, whole

MEAN = "mean"


@dataclass(frozen=True)
class Choice:
    """The part of a translation that one view shows.

    Attributes:
        record: where it comes from.
        step: the token being written, from 0.
        layer: of the decoder.
        head: a head, or None for the average of the layer's heads.
        threshold: weights below it are not drawn.
        weights: (target query, source key) of this layer and head, rounded.
    """

    record: TranslationRecord
    step: int
    layer: int
    head: int | None
    threshold: float
    weights: np.ndarray = field(repr=False)

    @property
    def now(self) -> Step:
        """The step being shown."""
        return self.record.steps[self.step]

    @property
    def is_taught(self) -> bool:
        """Whether the head shown was trained to point at the word being translated."""
        return (self.layer, self.head) == self.record.taught_head

    def links(self, step: int) -> list[tuple[int, float]]:
        """Return the (source position, weight) pairs of a step that reach the threshold, in order."""
        row = self.weights[step]
        return [(key, float(row[key])) for key in np.flatnonzero((row >= self.threshold) & (row > 0)).tolist()]

    def data(self) -> dict:
        """Return the numbers drawn: the choices, both texts, the step's weights and its candidates."""
        record = self.record
        return {"model": record.model_name, "step": self.step, "layer": self.layer, "head": self.head,
                "threshold": self.threshold, "source_tokens": list(record.source_tokens),
                "target_tokens": list(record.target_tokens), "weights": self.weights[self.step].tolist(),
                "token": self.now.token, "probability": round(self.now.probability, DIGITS),
                "candidates": [[token, round(p, DIGITS)] for token, p in self.now.candidates]}


def choose(record: TranslationRecord, step: int | None, layer: int | None, head: int | str | None,
           threshold: float) -> Choice:
    """Check the choices and cut their part out of the record.

    Raises:
        CourseError: for what is not a translation, or a choice that it does not have; it names the range.
    """
    if not isinstance(record, TranslationRecord):
        raise CourseError("translation_view.not_a_translation", got=type(record).__name__)
    taught = record.taught_head or (record.n_layers - 1, None)
    step = whole(len(record.steps) - 1 if step is None else step, len(record.steps), "translation_view.step")
    layer = whole(taught[0] if layer is None else layer, record.n_layers, "views.layer")
    if head is None and layer == taught[0]:
        head = taught[1]
    head = None if head in (None, MEAN) else whole(head, record.n_heads, "translation_view.head")
    if isinstance(threshold, str | None) or not 0 <= threshold <= 1:
        raise CourseError("views.threshold", got=repr(threshold))
    heads = record.cross_weights[layer].detach()                                   # (head, target query, source key)
    weights = np.asarray(heads.mean(0) if head is None else heads[head], dtype=float)
    return Choice(record, step, layer, head, float(threshold), np.round(weights, DIGITS))
