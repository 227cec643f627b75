"""What of a training run is shown: one of its moments, one head, and the words for them."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from ...asked import short, whole
from ...learning import LiveRecord, Moment
from ...text import CourseError, say
from ..kit import DIGITS, place_of


@dataclass(frozen=True)
class Shown:
    """The part of a training run that one picture shows.

    Attributes:
        record: the run so far.
        moment: the one whose attention is shown.
        layer, head: of the cross-attention.
    """

    record: LiveRecord
    moment: Moment
    layer: int
    head: int

    @property
    def weights(self) -> np.ndarray:
        """(target letter, source letter), rounded."""
        return self.moment.weights[self.layer, self.head].numpy().round(DIGITS)

    def curve(self, figure: str) -> list[tuple[int, float]]:
        """Return (step, "loss" or "accuracy") of each moment."""
        return [(moment.step, getattr(moment, figure)) for moment in self.record.moments]

    def title(self) -> str:
        """Return the heading."""
        return say("training.title", task=say(f"training.{self.record.settings.task}"), step=self.moment.step)

    def subtitle(self) -> str:
        """Return what was chosen, in a line."""
        chosen = self.record.settings
        return say("training.subtitle", n_layers=chosen.n_layers, n_heads=chosen.n_heads, d_model=chosen.d_model,
                   rate=f"{chosen.learning_rate:g}",
                   positions=say(f"training.{'with' if chosen.positions else 'without'}_positions"))

    def sentence(self) -> str:
        """Return the sentence that says what the picture shows."""
        moment = self.moment
        text = say("training.text", title=self.title(), loss=f"{moment.loss:.2f}", accuracy=f"{moment.accuracy:.1%}",
                   word="".join(moment.source_tokens), written="".join(moment.written), layer=self.layer,
                   head=self.head, share=self.share())
        for further in filter(None, (self.why(), self.built())):
            text = say("training.and_then", first=text, second=further)
        return text

    def caption(self) -> list[str]:
        """Return how to read the map, and what it shows: a few sentences, each to begin on a line of its own."""
        read = say("training.caption", layer=self.layer, head=self.head, share=self.share())
        return [line for line in (read, self.why(), self.built()) if line]

    def built(self) -> str:
        """Return what is unusual about the layers: whose they are, which parts are off; else nothing."""
        record, chosen = self.record, self.record.settings
        changes = {"no_residual": not chosen.residual, f"norm_{chosen.norm}": chosen.norm != "before",
                   "no_feed_forward": not chosen.feed_forward}
        said = {"own_note": list(record.own), "stood_in": list(record.stood_in),
                "switched": [say(f"training.{name}") for name, so in changes.items() if so]}
        return " ".join(say(f"training.{key}", names=", ".join(names)) for key, names in said.items() if names)

    def share(self) -> str:
        """Return how much of the weight lies on the right letters."""
        return f"{self.record.share_right(self.moment, self.layer, self.head):.0%}"

    def why(self) -> str:
        """Return why it fails, where it has to; else nothing."""
        if self.record.failed:
            return say("training.after_failure")
        return "" if self.record.settings.positions else say("training.no_positions")

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""
        moment = self.moment
        return {"task": self.record.settings.task, "step": moment.step, "layer": self.layer, "head": self.head,
                "loss": [[step, round(loss, DIGITS)] for step, loss in self.curve("loss")],
                "accuracy": [[step, round(share, DIGITS)] for step, share in self.curve("accuracy")],
                "source": list(moment.source_tokens), "target": list(moment.target_tokens),
                "written": list(moment.written), "weights": self.weights.tolist(),
                "right": round(self.record.share_right(moment, self.layer, self.head), DIGITS)}


def select(record: LiveRecord, step: int | None, layer: int | None, head: int | None) -> Shown:
    """Check the choices; where none is made, take the last step and layer, and the head that is most often right.

    Raises:
        CourseError: for what is no record, or a step, layer or head that it does not have.
    """
    if not isinstance(record, LiveRecord):
        raise CourseError("training.not_a_record", got=type(record).__name__)
    moment = record.last if step is None else _moment_at(record, step)
    n_layers, n_heads = moment.weights.shape[:2]
    place = n_layers - 1 if layer is None else place_of(layer, n_layers, "views.layer")
    if head is None:
        return Shown(record, moment, place, max(range(n_heads), key=partial(record.share_right, moment, place)))
    return Shown(record, moment, place, place_of(head, n_heads, "translation_view.head"))


def _moment_at(record: LiveRecord, step: int) -> Moment:
    """Return the moment of a step, or say which steps were kept."""
    kept = {moment.step: moment for moment in record.moments}
    found = whole(step, 0)
    if found not in kept:
        steps = [str(one) for one in kept]
        named = ", ".join(steps if len(steps) < 6 else [*steps[:3], "…", steps[-1]])
        raise CourseError("training.no_step", got=short(step, 20), steps=named)
    return kept[found]
