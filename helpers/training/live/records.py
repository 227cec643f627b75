"""What is kept of a training run that a learner watches."""

from dataclasses import dataclass

from torch import Tensor

from helpers.training.live.settings import LiveSettings


@dataclass(frozen=True, eq=False)
class Moment:
    """How far the model was at one step.

    Attributes:
        step: optimiser steps taken so far; 0 is the untrained model.
        loss: mean cross-entropy on the test words, in nats a letter, the decoder reading the right letters
            (teacher forcing), as in training.
        accuracy: share of the letters of the test words that are right, 0 to 1, the decoder reading its own letters
            (greedy decoding), as in use.
        weights: cross-attention on the example, (layer, head, target letter, source letter), the decoder reading the
            right letters.
        written: what the model writes for the example by itself.
    """

    step: int
    loss: float
    accuracy: float
    weights: Tensor
    written: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class LiveRecord:
    """A training run so far.

    Attributes:
        settings: task, model and learning rate.
        source_tokens: the letters of the example.
        target_tokens: what is to be written for it, as many letters.
        right: where each target letter stands in the source, (target letter, source letter), boolean.
        moments: in the order of their steps, one at least.
        failed: whether the loss stopped being a number, which ends a run.
    """

    settings: LiveSettings
    source_tokens: tuple[str, ...]
    target_tokens: tuple[str, ...]
    right: Tensor
    moments: tuple[Moment, ...]
    failed: bool = False

    @property
    def last(self) -> Moment:
        """The moment the run has come to."""
        return self.moments[-1]

    def share_right(self, moment: Moment, layer: int, head: int) -> float:
        """Return how much of a head's attention lies where the right letter stands, 0 to 1, the mean over the rows."""
        return (moment.weights[layer, head] * self.right).sum(-1).mean().item()
