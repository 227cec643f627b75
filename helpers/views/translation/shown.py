"""Which step of a translation is shown, checked, and the words for it."""

from dataclasses import dataclass, field

import numpy as np

from ...models.translation.records import Step, TranslationRecord
from ...text import CourseError, say
from ..kit import DIGITS, place_of, threshold_of, token_name

MEAN = "mean"
LONGEST, MOST_SPOKEN, OTHERS = 24, 4, 2


@dataclass(frozen=True)
class Shown:
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

    def title(self) -> str:
        """Return the heading, as "Step 3 (0 to 7) · layer 1 · head 0 (taught)"."""
        return " · ".join([say("translation_view.step_name", step=self.step, last=len(self.record.steps) - 1),
                           attention_name(self)])

    def sentence(self) -> str:
        """Return the whole picture in one sentence: the step, what is written, what else might be, where it looks."""
        now, record = self.now, self.record
        before = " ".join(map(name_of, record.target_tokens[:self.step])) or say("translation_view.nothing")
        others = [f"{name_of(token)} {p:.2f}" for token, p in now.candidates if token != now.token][:OTHERS]
        return say("translation_view.forced" if now.forced else "translation_view.sentence",
                   model=record.model_name or say("views.model"), step=self.step, last=len(record.steps) - 1,
                   before=before, token=name_of(now.token), probability=f"{now.probability:.2f}",
                   others=say("views.comma").join(others), attention=attention_name(self),
                   looked=looked_at(self, self.step))

    def data(self) -> dict:
        """Return the numbers drawn: the choices, both texts, the step's weights and its candidates."""
        record = self.record
        return {"model": record.model_name, "step": self.step, "layer": self.layer, "head": self.head,
                "threshold": self.threshold, "source_tokens": list(record.source_tokens),
                "target_tokens": list(record.target_tokens), "weights": self.weights[self.step].tolist(),
                "token": self.now.token, "probability": round(self.now.probability, DIGITS),
                "candidates": [[token, round(p, DIGITS)] for token, p in self.now.candidates]}


def select(record: TranslationRecord, step: int | None, layer: int | None, head: int | str | None,
           threshold: float) -> Shown:
    """Check the choices and cut their part out of the record.

    Raises:
        CourseError: for what is not a translation, or a shown that it does not have; it names the range.
    """
    if not isinstance(record, TranslationRecord):
        raise CourseError("translation_view.not_a_translation", got=type(record).__name__)
    taught = record.taught_head or (record.n_layers - 1, None)
    step = place_of(len(record.steps) - 1 if step is None else step, len(record.steps), "translation_view.step")
    layer = place_of(taught[0] if layer is None else layer, record.n_layers, "views.layer")
    if head is None and layer == taught[0]:
        head = taught[1]
    is_mean = head is None or (isinstance(head, str) and head == MEAN)
    head = None if is_mean else place_of(head, record.n_heads, "translation_view.head")
    heads = record.cross_weights[layer].detach()                                   # (head, target query, source key)
    weights = np.asarray(heads.mean(0) if head is None else heads[head], dtype=float)
    return Shown(record, step, layer, head, threshold_of(threshold), np.round(weights, DIGITS))


def name_of(token: str) -> str:
    """Return a token as it is named in a sentence."""
    return token_name(token, LONGEST)


def attention_name(shown: Shown) -> str:
    """Return which attention is drawn, as "layer 1 · head 0 (taught)"."""
    head = "mean" if shown.head is None else "taught" if shown.is_taught else "head_name"
    return say("translation_view.layer_name", layer=shown.layer) + " · " + say(
        f"translation_view.{head}", head=shown.head)


def looked_at(shown: Shown, step: int) -> str:
    """Return where one step looks: its strongest source tokens with their weights, strongest first."""
    links = sorted(shown.links(step), key=lambda link: -link[1])[:MOST_SPOKEN]
    if not links:
        return say("views.none", threshold=f"{shown.threshold:g}")
    names = (f"{name_of(shown.record.source_tokens[key])} {weight:.2f}" for key, weight in links)
    return say("views.comma").join(names)


def spoken(shown: Shown, step: int) -> str:
    """Return one step in words, for who reaches its token with Tab."""
    taken = shown.record.steps[step]
    return say("translation_view.spoken", step=step, token=name_of(taken.token),
               probability=f"{taken.probability:.2f}", looked=looked_at(shown, step))
