"""A training run that is watched: it can be stopped between any two steps, and keeps a moment every few of them."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from ..asked import number, short, whole
from ..models.running import one_thread
from ..text import CourseError, say
from ..transformer import Transformer
from .interrupts import TrainingStopped, interrupts_noted
from .records import CharacterRecord, LiveRecord

WARM_UP, PLATEAU, MOST_GRADIENT, BETAS = 50, 200, 1.0, (0.9, 0.98)
DECIMALS, STEPS_A_MOMENT, SECONDS_A_TURN = 5, 20, 0.25
MOST_SECONDS, MOST_STEPS, MOST_LOSS = 600, 20_000, 1000.0
Record = TypeVar("Record", LiveRecord, CharacterRecord)


class WatchedTraining(Generic[Record]):
    """A training run that can be stopped between any two steps, and go on from there.

    A kind of run says what its `record` is, what its `_next_loss` is on new examples, and how it is
    `_grown` by a moment.

    Args:
        model: the Transformer with its first weights.
        learning_rate: its peak.

    Attributes:
        model: the Transformer as it is now.
        step: optimiser steps taken so far.
        record: what was kept so far, a moment every 20 steps.
    """

    record: Record

    def __init__(self, model: Transformer, learning_rate: float):
        self.model, self.step, self._rate = model, 0, learning_rate
        self._lock = threading.Lock()
        self._turn: object = None
        self._optimiser = torch.optim.Adam(self.model.parameters(), betas=BETAS, fused=True)

    def train(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None,
              follow: Callable[[float], object] | None = None) -> Record:
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
            raise CourseError("training.failed", rate=f"{self._rate:g}")
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

    def _advance(self) -> None:
        """Take one step on new words, and keep the moment if it is one to keep; a loss that runs away ends all."""
        with self._lock, one_thread():
            loss = self._next_loss()
            if not loss < MOST_LOSS:
                self._turn, self.record = None, replace(self.record, failed=True)
                return
            self._update(loss)
            if self.step % STEPS_A_MOMENT == 0:
                self.record = self._grown()

    def _update(self, loss: Tensor) -> None:
        """Take one optimiser step.

        The new weights are rounded to five decimals. Processors differ in the sixteenth digit of what they compute;
        from step to step that would grow into another run, and rounding takes it away before it grows.
        """
        for group in self._optimiser.param_groups:
            group["lr"] = self._rate * _share_of_peak(self.step + 1)
        self._optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), MOST_GRADIENT)
        self._optimiser.step()
        with torch.no_grad():
            for parameter in self.model.parameters():
                parameter.round_(decimals=DECIMALS)
        self.step += 1

    def _next_loss(self) -> Tensor:
        """Return the loss on new examples."""
        raise NotImplementedError

    def _grown(self) -> Record:
        """Return the record, with a look at the model as it is now behind its moments."""
        raise NotImplementedError


def _share_of_peak(step: int) -> float:
    """Return how much of the peak learning rate a step takes, counted from 1: up in a line, level, ever less."""
    return min(step / WARM_UP, 1.0, PLATEAU / step)


def _check(seconds: float, steps: int | None, goal: float | None) -> None:
    """Refuse a time, a number of steps or a goal that cannot be meant."""
    if steps is None and not number(seconds, 0, MOST_SECONDS):
        raise CourseError("training.bad_seconds", most=MOST_SECONDS, got=short(seconds))
    if steps is not None and whole(steps, 1, MOST_STEPS) is None:
        raise CourseError("training.bad_steps", most=MOST_STEPS, got=short(steps))
    if goal is not None and not number(goal, 0, 1):
        raise CourseError("training.bad_goal", got=short(goal))
