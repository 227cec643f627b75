"""The training loop that a learner watches: made-up words, a small Transformer, and a moment kept every few steps."""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .. import wanted
from ..models.running import one_thread
from ..text import CourseError
from .model import new_model, written
from .own import Wiring, with_own
from .records import LiveRecord, Moment
from .settings import LiveSettings
from .tasks import LETTERS, Batch, draw, of_word, right_places
from .watched import WatchedTraining

EXAMPLE = "transformer"
N_WORDS, N_TEST_WORDS, TEST_SEED = 64, 100, 2 ** 40


class LiveTraining(WatchedTraining[LiveRecord]):
    """A training run that can be stopped between any two steps, and go on from there.

    The same settings and the same number of steps give the same run, however often it was stopped.

    Args:
        settings: task, model and learning rate; None takes the defaults.
        word: the example whose attention is kept, 8 to 12 letters.
        encoder_layer, decoder_layer: functions of the learner's own in the place of the course's layers, as in
            `helpers/learning/own.py`. For one that is not written yet the course's stands in, and the record says so.

    Attributes:
        model: the Transformer as it is now.
        step: optimiser steps taken so far.
        record: what was kept so far, a moment every 20 steps.

    Raises:
        CourseError: for a word of another kind, for a layer that cannot be trained (no function, no tensor, another
            shape, no gradient, no look at the source), and for one where the settings switch parts off or move the
            norm: that is decided in the layer then.

    >>> LiveTraining().train(steps=20).last.step
    20
    """

    def __init__(self, settings: LiveSettings | None = None, word: str = EXAMPLE, *,
                 encoder_layer: Wiring | None = None, decoder_layer: Wiring | None = None):
        self.settings = LiveSettings() if settings is None else wanted.instance(
            "LiveTraining", "settings", settings, LiveSettings, "settings")
        self._example = of_word(self.settings.task, word)
        handed = {"encoder_layer": encoder_layer, "decoder_layer": decoder_layer}
        wirings = {name: wiring for name, wiring in handed.items() if wiring is not None and wiring is not ...}
        if wirings and not self.settings.whole:
            raise CourseError("training.own_switches")
        model, own, stood_in = with_own(lambda: new_model(self.settings), wirings, self._example)
        super().__init__(model, self.settings.learning_rate)
        self._test = draw(self.settings.task, N_TEST_WORDS, torch.Generator().manual_seed(TEST_SEED))
        self._words = torch.Generator().manual_seed(self.settings.seed)
        self.record = LiveRecord(self.settings, (self._moment(),), own=own, stood_in=stood_in)

    def look_at(self, word: str) -> LiveRecord:
        """Take another word as the example, from the step the run has come to; earlier moments keep theirs.

        Raises:
            CourseError: unless it has 8 to 12 letters, a to z.
        """
        example = of_word(self.settings.task, word)
        with self._lock:
            self._example = example
            earlier = tuple(moment for moment in self.record.moments if moment.step < self.step)
            self.record = replace(self.record, moments=(*earlier, self._moment()))
        return self.record

    def _grown(self) -> LiveRecord:
        return replace(self.record, moments=(*self.record.moments, self._moment()))

    def _next_loss(self) -> Tensor:
        return self._loss(draw(self.settings.task, N_WORDS, self._words))

    def _loss(self, batch: Batch) -> Tensor:
        logits = self.model(batch.source_ids, batch.decoder_ids, batch.source_mask)      # (batch, letter, vocab)
        return cross_entropy(logits[batch.inside], batch.target_ids[batch.inside])

    @torch.no_grad()
    def _moment(self) -> Moment:
        """Look at the model as it is now."""
        model, example = self.model, self._example
        with one_thread():
            right = written(model, self._test) == self._test.target_ids                 # (batch, letter)
            memory = model.encode(example.source_ids, example.source_mask).states
            decoded = model.decode(example.decoder_ids, memory, example.source_mask)
            return Moment(
                self.step, self._loss(self._test).item(), right[self._test.inside].double().mean().item(),
                _letters(example.source_ids), _letters(example.target_ids), _letters(written(model, example)),
                torch.cat(decoded.cross_weights), right_places(self.settings.task, example)[0])


def _letters(ids: Tensor) -> tuple[str, ...]:
    """Return the letters of the one word in a batch."""
    return tuple(LETTERS[place] for place in ids[0].tolist())
