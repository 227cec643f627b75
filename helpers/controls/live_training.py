"""Training under the learner's eyes: a small Transformer, its curves and its attention redrawn while it learns."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import ipywidgets as widgets

from ..learning import EXAMPLE, TASKS, LiveRecord, LiveSettings, LiveTraining
from ..learning.interrupts import TrainingStopped, interrupts_noted
from ..learning.settings import MOST
from ..text import say
from ..views import view_training
from .explorer import Explorer, attempt, build_anew, looks, offer, text_box

BEST = "best"
COLAB = "google.colab"          # it shows nothing that is sent between two requests
SECONDS = 60.0                 # of one press of the button
PAUSE = 0.02                   # seconds between two turns, in which the kernel answers what was clicked
RATES = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1.0, 10.0)


def explore_training(task: str = "reverse", *, n_layers: int = 1, n_heads: int = 2, learning_rate: float = 0.005,
                     positions: bool = True, word: str = EXAMPLE) -> "TrainingExplorer":
    """Return a widget in which a small Transformer is trained, with its curves and its attention redrawn meanwhile.

    Nothing is trained until a button is pressed or `.train(...)` is called. Each choice of task, model and learning
    rate has a run of its own, and coming back to it finds it as it was left. `LiveTraining` and `view_training` do
    the same without a widget.

    Args:
        task: "reverse", "copy" or "sort".
        n_layers, n_heads, learning_rate, positions: as in `LiveSettings`.
        word: the example whose attention is shown, 8 to 12 letters.

    Raises:
        CourseError: for values that `LiveSettings` refuses, and another kind of word.
    """
    return TrainingExplorer(LiveSettings(task, n_layers, n_heads, learning_rate, positions), word)


class TrainingExplorer(Explorer):
    """A training run under its controls; all have a `value`, and `choose` sets several at once.

    Attributes:
        task, layers, heads, rate, positions: what is trained; another choice is another run.
        word: the example.
        moment: which of the moments that were kept is shown; at its end it follows the training.
        layer, head: of the cross-attention; head may be "best", the one with the most weight on the right letters.
        train_on, stop, again: buttons; `again` forgets what was learnt with these settings.
        progress: how much of the time is used up.
    """

    STAGES = ("task", "layers", "heads", "rate", "positions", "word"), ("moment", "layer", "head")

    def __init__(self, settings: LiveSettings, word: str):
        self._training = LiveTraining(settings, word)
        self._runs, self._drawn = {settings: self._training}, self._training
        self._under_way, self._note = 0, ""
        super().__init__(self._asks(settings), self._choices())
        self.children = [self.rows[0], self._buttons(), self.rows[1], self.notice, self.picture]
        self._begin()

    @property
    def record(self) -> LiveRecord:
        """What was kept so far of the run that is shown."""
        return self._training.record

    def train(self, *, seconds: float = 20.0, steps: int | None = None, goal: float | None = None) -> LiveRecord:
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

    def _asks(self, settings: LiveSettings) -> list[widgets.Widget]:
        """Make the controls that decide what is trained."""
        tasks = [(say(f"training.{task}"), task) for task in TASKS]
        heads = [n for n in range(1, MOST["n_heads"] + 1) if settings.d_model % n == 0]
        rates = [(f"{rate:g}", rate) for rate in sorted({*RATES, settings.learning_rate})]
        layers = list(range(1, MOST["n_layers"] + 1))
        self.task = widgets.Dropdown(options=tasks, value=settings.task, **looks("task", "270px"))
        self.layers = widgets.Dropdown(options=layers, value=settings.n_layers, **looks("layers", "110px"))
        self.heads = widgets.Dropdown(options=heads, value=settings.n_heads, **looks("heads", "110px"))
        self.rate = widgets.Dropdown(options=rates, value=settings.learning_rate, **looks("rate", "190px"))
        self.positions = widgets.Checkbox(settings.positions, description=say("training.with_positions"), indent=False,
                                          layout={"width": "auto", "margin": "2px 16px 2px 2px"})
        self.word = text_box("word", self._word)
        self.word.layout.flex = "0 1 220px"
        return [self.task, self.layers, self.heads, self.rate, self.positions, self.word]

    def _choices(self) -> list[widgets.Widget]:
        """Make the controls that decide what is shown; the run gives them their ranges."""
        self.moment = widgets.IntSlider(min=0, max=0, readout=False, **looks("look_back", "360px"))
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "190px"))
        self.head = widgets.Dropdown(options=[(say("controls.best_head"), BEST)], **looks("head", "150px"))
        return [self.moment, self.layer, self.head]

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

    @property
    def _word(self) -> str:
        return "".join(self.record.source_tokens)

    def _prepare(self) -> str:
        """Turn to the run and the word that are asked for; a run that has failed says so."""
        trouble = attempt(self._turn)
        if not trouble and self.record.failed:
            trouble = say("training.failed", rate=f"{self.record.settings.learning_rate:g}")
        return trouble

    def _notices(self) -> list[str]:
        return [self._note] if self._note else []

    def _turn(self) -> None:
        """Turn to the run that the controls ask for, begun anew or as it was left, and to the word."""
        wanted = replace(self.record.settings, task=self.task.value, n_layers=self.layers.value,
                         n_heads=self.heads.value, learning_rate=self.rate.value, positions=self.positions.value)
        if wanted != self.record.settings:
            self._training.stop()
            self._training = self._runs.get(wanted) or LiveTraining(wanted, self._word)
            self._runs[wanted] = self._training
        if self.word.value.strip().lower() != self._word:
            self._training.look_at(self.word.value)

    def _fit(self) -> None:
        record = self.record
        _stretch(self.moment, len(record.moments) - 1)
        _stretch(self.layer, record.settings.n_layers - 1)
        self.layer.layout.display = None if self.layer.max else "none"              # of one layer there is no choice
        if self._drawn is not self._training:
            build_anew(self.moment, self.layer)
            self._drawn = self._training
        heads = [(str(head), head) for head in range(record.settings.n_heads)]
        offer(self.head, [(say("controls.best_head"), BEST), *heads])

    def _draw(self) -> None:
        """Redraw: a look-up in what was kept."""
        self._fit()
        record = self.record
        step = record.moments[self.moment.value].step
        head = None if self.head.value == BEST else self.head.value
        self._show(view_training(record, step=step, layer=self.layer.value, head=head))

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

    def _begin_again(self, _: object) -> None:
        """Forget what was learnt with these settings."""
        self._training.stop()
        settings = self.record.settings
        self._training = self._runs[settings] = LiveTraining(settings, self._word)
        self._follow()

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
            build_anew(self.moment)


def _stretch(slider: widgets.IntSlider, end: int) -> None:
    """Move the end of a slider; what stands at the end stays there."""
    at_end = slider.value == slider.max
    slider.max = end
    if at_end:
        slider.value = end
