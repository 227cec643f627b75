"""Buttons under which something is trained while the page stays awake: train on, stop, start again, and a bar."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Generic

import ipywidgets as widgets

from ..learning.interrupts import TrainingStopped, interrupts_noted
from ..learning.watched import Record, WatchedTraining
from ..text import say
from .explorer import Explorer, attempt, looks

COLAB = "google.colab"          # it shows nothing that is sent between two requests
SECONDS = 60.0                 # of one press of the button
PAUSE = 0.02                   # seconds between two turns, in which the kernel answers what was clicked


class WatchExplorer(Explorer, Generic[Record]):
    """A training run under its controls; a kind says what is trained, and how to draw it.

    Attributes:
        train_on, stop, again: buttons; `again` forgets what was learnt.
        progress: how much of the time is used up.
    """

    def __init__(self, training: WatchedTraining[Record], *rows: Sequence[widgets.Widget]):
        self._training: WatchedTraining[Record] = training
        self._under_way, self._note = 0, ""
        super().__init__(*rows)

    @property
    def record(self) -> Record:
        """What was kept so far of the run that is shown."""
        return self._training.record

    def train(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None
              ) -> Record:
        """Go on training the run that is shown, redrawing meanwhile, and return what was kept of it.

        Args:
            seconds, steps, goal: as in `LiveTraining.train`.

        Raises:
            CourseError: as there.
            TrainingStopped: as there, after an interrupt.
        """
        self._busy(1)
        try:
            return self._training.train(seconds=seconds, steps=steps, goal=goal, follow=self._show_progress)
        finally:
            self._busy(-1)

    def _buttons(self) -> widgets.HBox:
        """Make the buttons, and the bar that shows how much of the time is used up."""
        self.train_on, self.stop, self.again = (
            widgets.Button(description=say(f"controls.{name}", seconds=f"{SECONDS:g}"), layout={"width": "auto"})
            for name in ("train_on", "stop", "train_again"))
        self.train_on.on_click(self._train_on)
        self.stop.on_click(lambda _: self._training.stop())
        self.again.on_click(self._begin_again)
        self.progress = widgets.FloatProgress(0.0, min=0.0, max=1.0, **looks("progress", "320px"))
        self.stop.disabled, self.progress.layout.visibility = True, "hidden"
        return widgets.HBox([self.train_on, self.stop, self.again, self.progress],
                            layout={"flex_flow": "row wrap", "align_items": "center"})

    def _notices(self) -> list[str]:
        return [self._note] if self._note else []

    def _train_on(self, _: object) -> None:
        """Train for a minute, or say why that cannot be."""
        if trouble := attempt(self._start):
            self._tell(trouble, alert=True)

    def _start(self) -> None:
        """Train between other messages, so that Stop is heard; where the front end forbids that, train at once."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            loop = None
        if loop and COLAB not in sys.modules:
            turns = self._training.turns(seconds=SECONDS)
            self._busy(1)
            self._task = loop.create_task(self._train_between_messages(turns))
            return
        self._note = say("controls.interrupt_to_stop")
        self._tell(self._note)
        with suppress(TrainingStopped):
            self.train(seconds=SECONDS)
        self._note = ""
        self._follow()

    async def _train_between_messages(self, turns: Iterator[float]) -> None:
        """Train in short turns; between them the kernel answers clicks and runs cells. An interrupt is a Stop."""
        try:
            with interrupts_noted(self._training.stop):
                for done in turns:
                    self._show_progress(done)
                    await asyncio.sleep(PAUSE)
        finally:
            self._busy(-1)

    def _show_progress(self, done: float) -> None:
        """Bring bar and picture in line with the training."""
        self.progress.value = done
        self._follow()

    def _busy(self, change: int) -> None:
        """Note that a training begins (1) or ends (-1)."""
        self._under_way += change
        if change > 0:
            self.progress.value = 0.0
        self.train_on.disabled, self.stop.disabled = self._under_way > 0, self._under_way == 0
        self.progress.layout.visibility = "visible" if self._under_way else "hidden"
        if not self._under_way:
            self._at_rest()

    def _begin_again(self, _: object) -> None:
        """Forget what was learnt."""
        self._training.stop()
        self._training = self._anew()
        self._follow()

    def _anew(self) -> WatchedTraining[Record]:
        """Return the run that is shown as it was at its beginning."""
        raise NotImplementedError

    def _at_rest(self) -> None:
        """Do what has to wait until nothing is trained any more."""
