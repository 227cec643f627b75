"""The training loop that a learner watches: made-up words, a small Transformer, and a moment kept every few steps."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from ..asked import number, whole
from ..models.running import one_thread
from ..text import CourseError, say
from .interrupts import TrainingStopped, interrupts_noted
from .model import new_model, written
from .records import LiveRecord, Moment
from .settings import LiveSettings
from .tasks import LETTERS, Batch, draw, of_word, right_places

EXAMPLE = "transformer"
N_WORDS, N_TEST_WORDS, TEST_SEED = 64, 100, 2 ** 40
WARM_UP, PLATEAU, MOST_GRADIENT, BETAS = 50, 200, 1.0, (0.9, 0.98)
DECIMALS, STEPS_A_MOMENT, SECONDS_A_TURN = 5, 20, 0.25
MOST_SECONDS, MOST_STEPS, MOST_LOSS = 600, 20_000, 1000.0


class LiveTraining:
    """A training run that can be stopped between any two steps, and go on from there.

    The same settings and the same number of steps give the same run, however often it was stopped.

    Args:
        settings: task, model and learning rate; None takes the defaults.
        word: the example whose attention is kept, 8 to 12 letters.

    Attributes:
        model: the Transformer as it is now.
        step: optimiser steps taken so far.
        record: what was kept so far, a moment every 20 steps.

    Raises:
        CourseError: for a word of another kind.

    >>> LiveTraining().train(steps=20).last.step
    20
    """

    def __init__(self, settings: LiveSettings | None = None, word: str = EXAMPLE):
        self.settings, self.step = settings or LiveSettings(), 0
        self._lock = threading.Lock()
        self._turn: object = None
        self._example = of_word(self.settings.task, word)
        self._test = draw(self.settings.task, N_TEST_WORDS, torch.Generator().manual_seed(TEST_SEED))
        self._words = torch.Generator().manual_seed(self.settings.seed)
        self.model = new_model(self.settings)
        self._optimiser = torch.optim.Adam(self.model.parameters(), betas=BETAS, fused=True)
        self.record = LiveRecord(self.settings, (self._moment(),))

    def train(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None,
              follow: Callable[[float], object] | None = None) -> LiveRecord:
        """Go on training, and return what was kept from the first step on.

        Call it again to go on, after an interrupt as well: that ends training after the step that is under way.

        Args:
            seconds: at most so long, up to 600; without a say where `steps` are given.
            steps: exactly so many, however long they take; None leaves it to the clock.
            goal: the accuracy, 0 to 1, at which to stop early; None goes on for a sharper picture.
            follow: called several times a second with the share that is done, 0 to 1.

        Raises:
            CourseError: for values outside these ranges, and where the run has failed.
            TrainingStopped: after an interrupt (the kernel's stop button), a KeyboardInterrupt.
        """
        with interrupts_noted(self.stop) as interrupted:
            for done in self.turns(seconds=seconds, steps=steps, goal=goal):
                if follow:
                    follow(done)
        if interrupted.is_set():
            raise TrainingStopped(say("training.stopped", step=self.step))
        return self.record

    def turns(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None) -> Iterator[float]:
        """Return an iterator that trains as `train` does: each item takes a turn of a quarter of a second.

        Its items are the share that is done, 0 to 1. Whoever begins to train ends what another may have begun.
        """
        _check(seconds, steps, goal)
        if self.record.failed:
            raise CourseError("training.failed", rate=f"{self.settings.learning_rate:g}")
        self._turn = object()
        return self._take_turns(self._turn, seconds, steps, goal)

    def _take_turns(self, turn: object, seconds: float, steps: int | None, goal: float | None) -> Iterator[float]:
        first, started, done = self.step, perf_counter(), 0.0

        def goes_on() -> bool:
            return done < 1 and self._turn is turn and (goal is None or self.record.last.accuracy < goal)

        while goes_on():
            ends = perf_counter() + SECONDS_A_TURN
            while goes_on() and perf_counter() < ends:
                self._advance()
                done = (self.step - first) / steps if steps else (perf_counter() - started) / seconds
            yield min(done, 1.0)

    def stop(self) -> None:
        """End the training that is under way, after the step it is at."""
        self._turn = None

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

    def _advance(self) -> None:
        """Take one step on new words, and keep the moment if it is one to keep; a loss that runs away ends all."""
        with self._lock, one_thread():
            loss = self._loss(draw(self.settings.task, N_WORDS, self._words))
            if not loss < MOST_LOSS:
                self._turn, self.record = None, replace(self.record, failed=True)
                return
            self._update(loss)
            if self.step % STEPS_A_MOMENT == 0:
                self.record = replace(self.record, moments=(*self.record.moments, self._moment()))

    def _update(self, loss: Tensor) -> None:
        """Take one optimiser step.

        The new weights are rounded to five decimals. Processors differ in the sixteenth digit of what they compute;
        from step to step that would grow into another run, and rounding takes it away before it grows.
        """
        for group in self._optimiser.param_groups:
            group["lr"] = self.settings.learning_rate * _share_of_peak(self.step + 1)
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), MOST_GRADIENT)
        self._optimiser.step()
        with torch.no_grad():
            for parameter in self.model.parameters():
                parameter.copy_(parameter.round(decimals=DECIMALS))
        self.step += 1

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


def _share_of_peak(step: int) -> float:
    """Return how much of the peak learning rate a step takes, counted from 1: up in a line, level, ever less."""
    return min(step / WARM_UP, 1.0, PLATEAU / step)


def _check(seconds: float, steps: int | None, goal: float | None) -> None:
    """Refuse a time, a number of steps or a goal that cannot be meant."""
    if steps is None and not number(seconds, 0, MOST_SECONDS):
        raise CourseError("training.bad_seconds", most=MOST_SECONDS, got=f"{seconds!r:.40}")
    if steps is not None and whole(steps, 1, MOST_STEPS) is None:
        raise CourseError("training.bad_steps", most=MOST_STEPS, got=f"{steps!r:.40}")
    if goal is not None and not number(goal, 0, 1):
        raise CourseError("training.bad_goal", got=f"{goal!r:.40}")
