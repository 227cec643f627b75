"""Which step of a translation is shown, checked, and the words for it."""

from dataclasses import dataclass, field

import numpy as np

from ...models.translation.records import Step, TranslationRecord
from ...text import CourseError, say
from ..heads.shown import DIGITS, whole
from ..svg import clip, visible

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


LONGEST, MOST_SPOKEN, OTHERS = 24, 4, 2


def heading(choice: Choice) -> str:
    """Return the view's heading, as "Step 3 (0 to 7) · layer 1 · head 0 (taught)"."""
    return " · ".join([say("translation_view.step_name", step=choice.step, last=len(choice.record.steps) - 1),
                       attention_name(choice)])


def attention_name(choice: Choice) -> str:
    """Return which attention is drawn, as "layer 1 · head 0 (taught)"."""
    head = "mean" if choice.head is None else "taught" if choice.is_taught else "head_name"
    return say("translation_view.layer_name", layer=choice.layer) + " · " + say(
        f"translation_view.{head}", head=choice.head)


def token_name(token: str) -> str:
    """Return a token as it is named in a sentence."""
    return clip(visible(token), LONGEST)


def looked_at(choice: Choice, step: int) -> str:
    """Return where one step looks: its strongest source tokens with their weights, strongest first."""
    links = sorted(choice.links(step), key=lambda link: -link[1])[:MOST_SPOKEN]
    if not links:
        return say("views.none", threshold=f"{choice.threshold:g}")
    names = (f"{token_name(choice.record.source_tokens[key])} {weight:.2f}" for key, weight in links)
    return say("views.comma").join(names)


def spoken(choice: Choice, step: int) -> str:
    """Return one step in words, for who reaches its token with Tab."""
    taken = choice.record.steps[step]
    return say("translation_view.spoken", step=step, token=token_name(taken.token),
               probability=f"{taken.probability:.2f}", looked=looked_at(choice, step))


def sentence(choice: Choice) -> str:
    """Return the whole picture in one sentence: the step, what is written, what else might be, where it looks."""
    now, record = choice.now, choice.record
    before = " ".join(map(token_name, record.target_tokens[:choice.step])) or say("translation_view.nothing")
    others = [f"{token_name(token)} {p:.2f}" for token, p in now.candidates if token != now.token][:OTHERS]
    return say("translation_view.forced" if now.forced else "translation_view.sentence",
               model=record.model_name or say("views.model"), step=choice.step, last=len(record.steps) - 1,
               before=before, token=token_name(now.token), probability=f"{now.probability:.2f}",
               others=say("views.comma").join(others), attention=attention_name(choice),
               looked=looked_at(choice, choice.step))
