"""What is kept of a training run that a learner watches."""

from dataclasses import dataclass

from torch import Tensor

from .settings import LiveSettings


@dataclass(frozen=True, eq=False, repr=False)
class Moment:
    """How far the model was at one step, and what it made of an example.

    Attributes:
        step: optimiser steps taken so far; 0 is the untrained model.
        loss: mean cross-entropy on the test words, in nats a letter, the decoder reading the right letters
            (teacher forcing), as in training.
        accuracy: share of the letters of the test words that are right, 0 to 1, the decoder reading its own letters
            (greedy decoding), as in use.
        source_tokens: the letters of the example.
        target_tokens: what is to be written for it, as many letters.
        written: what the model writes for it by itself.
        weights: cross-attention on it, (layer, head, target letter, source letter), the decoder reading the right
            letters.
        right: where each target letter stands in the source, (target letter, source letter), boolean.
    """

    step: int
    loss: float
    accuracy: float
    source_tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    written: tuple[str, ...]
    weights: Tensor
    right: Tensor

    def __repr__(self) -> str:
        return f"<Moment: step {self.step}, loss {self.loss:.3f}, letters right {self.accuracy:.1%}>"


@dataclass(frozen=True, eq=False, repr=False)
class LiveRecord:
    """A training run so far.

    Attributes:
        settings: task, model and learning rate.
        moments: in the order of their steps; the first is the untrained model.
        failed: whether the loss ran away, which ends a run.
        own: which layers are the learner's own, of "encoder_layer" and "decoder_layer".
        stood_in: for which of the learner's layers the course's stands in, as they are not written yet.
    """

    settings: LiveSettings
    moments: tuple[Moment, ...]
    failed: bool = False
    own: tuple[str, ...] = ()
    stood_in: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<LiveRecord {self.settings.task}, moments kept: {len(self.moments)}, the last {self.last!r}>"

    @property
    def last(self) -> Moment:
        """The moment the run has come to."""
        return self.moments[-1]

    @property
    def source_tokens(self) -> tuple[str, ...]:
        """The letters of the example the run has come to."""
        return self.last.source_tokens

    @property
    def target_tokens(self) -> tuple[str, ...]:
        """What is to be written for it."""
        return self.last.target_tokens

    def share_right(self, moment: Moment, layer: int, head: int) -> float:
        """Return how much of a head's attention lies where the right letter stands, 0 to 1, the mean over the rows."""
        return (moment.weights[layer, head] * moment.right).sum(-1).mean().item()


@dataclass(frozen=True)
class CharacterMoment:
    """How far a model of characters was at one step, and what it wrote.

    Attributes:
        step: optimiser steps taken so far; 0 is the untrained model.
        bits: bits per character on the text it learns from.
        held_out_bits: on the part of the text that was held out.
        accuracy: share of the held-out characters that the model held likeliest, 0 to 1.
        written: what it writes by itself, drawn with the same lots at every step.
    """

    step: int
    bits: float
    held_out_bits: float
    accuracy: float
    written: str

    def __repr__(self) -> str:
        return f"<CharacterMoment: step {self.step}, {self.bits:.2f} bits, held out {self.held_out_bits:.2f}>"


@dataclass(frozen=True, eq=False, repr=False)
class CharacterRecord:
    """The training of a model of characters so far.

    Attributes:
        characters: its vocabulary.
        moments: in the order of their steps; the first is the untrained model.
        failed: whether the loss ran away, which ends a run.
    """

    characters: str
    moments: tuple[CharacterMoment, ...]
    failed: bool = False

    def __repr__(self) -> str:
        return f"<CharacterRecord of {len(self.characters)} characters, the last {self.last!r}>"

    @property
    def last(self) -> CharacterMoment:
        """The moment the run has come to."""
        return self.moments[-1]

    @property
    def best(self) -> CharacterMoment:
        """The moment at which the held-out text was best foretold."""
        return min(self.moments, key=lambda moment: moment.held_out_bits)
