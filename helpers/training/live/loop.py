"""The training loop that a learner watches: made-up words, a small Transformer, and a moment kept every few steps."""

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from time import perf_counter

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from helpers.models.running import one_thread
from helpers.text import CourseError
from helpers.training.live.interrupts import interrupts_noted
from helpers.training.live.records import LiveRecord, Moment
from helpers.training.live.settings import LiveSettings, is_number, is_whole
from helpers.training.live.tasks import LETTERS, LONGEST, START, Batch, draw, of_word, right_places
from helpers.transformer import Transformer, TransformerConfig, Vocabulary, greedy_search

EXAMPLE = "transformer"
N_WORDS, N_TEST_WORDS, TEST_SEED = 64, 100, 2 ** 40
WARM_UP, MOST_GRADIENT, BETAS = 100, 1.0, (0.9, 0.98)
STEPS_A_MOMENT, SECONDS_A_TURN = 20, 0.25
MOST_SECONDS, MOST_STEPS = 600, 20_000
VOCABULARY = Vocabulary(START, -1, torch.arange(len(LETTERS)))                     # -1: no letter ends a word


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
        task, seed = self.settings.task, self.settings.seed
        self._example = of_word(task, word)
        self._test = draw(task, N_TEST_WORDS, torch.Generator().manual_seed(TEST_SEED))
        self._words = torch.Generator().manual_seed(seed)
        self.model = _new_model(self.settings)
        self._optimiser = torch.optim.Adam(self.model.parameters(), betas=BETAS, fused=True)
        self._lock, self._turn = threading.Lock(), None
        with one_thread():
            self.record = LiveRecord(self.settings, _letters(self._example.source_ids),
                                     _letters(self._example.target_ids),
                                     right_places(task, self._example)[0], (self._moment(),))

    def train(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None,
              follow: Callable[[float], object] | None = None) -> LiveRecord:
        """Go on training, and return what was kept from the first step on.

        An interrupt (the kernel's stop button) ends it after the step that is under way; call it again to go on.

        Args:
            seconds: at most so long, up to 600; without a say where `steps` are given.
            steps: exactly so many, however long they take; None leaves it to the clock.
            goal: the accuracy, 0 to 1, at which to stop early; None goes on for a sharper picture.
            follow: called several times a second with the share that is done, 0 to 1.

        Raises:
            CourseError: for values outside these ranges, and where the run has failed.
        """
        with interrupts_noted(self.stop):
            for done in self.turns(seconds=seconds, steps=steps, goal=goal):
                if follow:
                    follow(done)
        return self.record

    def turns(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None) -> Iterator[float]:
        """Train as `train` does, in turns of a quarter of a second, and yield the share that is done after each.

        Whoever begins to train ends what another may have begun.
        """
        _check(seconds, steps, goal)
        if self.record.failed:
            raise CourseError("training.failed", rate=f"{self.settings.learning_rate:g}")
        turn = self._turn = object()
        first, started, done = self.step, perf_counter(), 0.0
        while done < 1 and self._turn is turn and (goal is None or self.record.last.accuracy < goal):
            ends = perf_counter() + SECONDS_A_TURN
            while done < 1 and self._turn is turn and perf_counter() < ends:
                self._advance()
                done = (self.step - first) / steps if steps else (perf_counter() - started) / seconds
            yield min(done, 1.0)

    def stop(self) -> None:
        """End the training that is under way, after the step it is at."""
        self._turn = None

    def _advance(self) -> None:
        """Take one step on new words; a loss that is no number ends the run."""
        with self._lock, one_thread():
            loss = self._loss(draw(self.settings.task, N_WORDS, self._words))
            for group in self._optimiser.param_groups:
                group["lr"] = self.settings.learning_rate * _share_of_peak(self.step + 1)
            self._optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), MOST_GRADIENT)
            self._optimiser.step()
            self.step += 1
            if not loss.isfinite():
                self._turn, self.record = None, replace(self.record, failed=True)
            elif self.step % STEPS_A_MOMENT == 0:
                self.record = replace(self.record, moments=(*self.record.moments, self._moment()))

    def _loss(self, batch: Batch) -> Tensor:
        logits = self.model(batch.source_ids, batch.decoder_ids, batch.source_mask)      # (batch, letter, vocab)
        return cross_entropy(logits[batch.inside], batch.target_ids[batch.inside])

    @torch.no_grad()
    def _moment(self) -> Moment:
        """Look at the model as it is now."""
        model, example = self.model, self._example
        right = _written(model, self._test) == self._test.target_ids                     # (batch, letter)
        memory = model.encode(example.source_ids, example.source_mask).states
        decoded = model.decode(example.decoder_ids, memory, example.source_mask)
        return Moment(self.step, self._loss(self._test).item(), right[self._test.inside].double().mean().item(),
                      torch.cat(decoded.cross_weights), _letters(_written(model, example)))


def _new_model(settings: LiveSettings) -> Transformer:
    """Return a Transformer with the first weights that the seed gives; the learner's own seed is left alone."""
    config = TransformerConfig(
        vocab_size=len(LETTERS) + 1, n_layers=settings.n_layers, d_model=settings.d_model, n_heads=settings.n_heads,
        d_ff=2 * settings.d_model, norm_first=True, activation="gelu", dropout=0.0, max_tokens=LONGEST)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        model = Transformer(config)
    if not settings.positions:
        model.positions.zero_()
    return model


def _written(model: Transformer, batch: Batch) -> Tensor:
    """Return what the model writes by itself, (batch, letter)."""
    n_letters = batch.source_ids.shape[1]
    return torch.tensor(greedy_search(model, batch.source_ids, batch.source_mask, VOCABULARY, n_letters))


def _letters(ids: Tensor) -> tuple[str, ...]:
    """Return the letters of the one word in a batch."""
    return tuple(LETTERS[place] for place in ids[0].tolist())


def _share_of_peak(step: int) -> float:
    """Return how much of the peak learning rate a step takes, counted from 1: up in a line, down with the root.

    Source: Vaswani et al. 2017, section 5.3.
    """
    return min(step / WARM_UP, math.sqrt(WARM_UP / step))


def _check(seconds: float, steps: int | None, goal: float | None) -> None:
    """Refuse a time, a number of steps or a goal that cannot be meant."""
    if steps is None and not (is_number(seconds) and 0 < seconds <= MOST_SECONDS):
        raise CourseError("training.bad_seconds", most=MOST_SECONDS, got=f"{seconds!r:.40}")
    if steps is not None and not is_whole(steps, 1, MOST_STEPS):
        raise CourseError("training.bad_steps", most=MOST_STEPS, got=f"{steps!r:.40}")
    if goal is not None and not (is_number(goal) and 0 < goal <= 1):
        raise CourseError("training.bad_goal", got=f"{goal!r:.40}")
