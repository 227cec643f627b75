"""Training under the learner's eyes: a small Transformer, its curves and its attention redrawn while it learns."""

from dataclasses import replace
from typing import Unpack

import ipywidgets as widgets

from ..learning import EXAMPLE, TASKS, LiveSettings, LiveTraining
from ..learning.own import Wiring
from ..learning.records import LiveRecord
from ..learning.settings import MOST, NORMS, SWITCHES, LiveKeywords
from ..text import say
from ..views import view_training
from .explorer import attempt, build_anew, looks, offer, text_box
from .watching import WatchExplorer

BEST = "best"
RATES = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1.0, 10.0)


def explore_training(task: str = "reverse", *, word: str = EXAMPLE, encoder_layer: Wiring | None = None,
                     decoder_layer: Wiring | None = None, **settings: Unpack[LiveKeywords]) -> "TrainingExplorer":
    """Return a widget in which a small Transformer is trained, with its curves and its attention redrawn meanwhile.

    Nothing is trained until a button is pressed or `.train(...)` is called. Each choice of task, model and learning
    rate has a run of its own, and coming back to it finds it as it was left. `LiveTraining` and `view_training` do
    the same without a widget.

    Args:
        task: "reverse", "copy" or "sort".
        word: the example whose attention is shown, 8 to 12 letters.
        encoder_layer, decoder_layer: layers of the learner's own, as in `LiveTraining`; where a part is switched off,
            the course's own layers are trained.
        settings: n_layers, n_heads, learning_rate, positions, residual, norm, feed_forward, d_model, seed, as in
            `LiveSettings`.

    Raises:
        CourseError: for values that `LiveSettings` refuses, layers that `LiveTraining` refuses, another kind of word.
    """
    own = {"encoder_layer": encoder_layer, "decoder_layer": decoder_layer}
    return TrainingExplorer(LiveSettings(task, **settings), word, own)


class TrainingExplorer(WatchExplorer[LiveRecord]):
    """A training run under its controls; all have a `value`, and `choose` sets several at once.

    Attributes:
        task, layers, heads, rate, positions, residual, feed_forward, norm: what is trained; another choice is another
            run.
        word: the example.
        moment: which of the moments that were kept is shown; at its end it follows the training.
        layer, head: of the cross-attention; head may be "best", the one with the most weight on the right letters.
        train_on, stop, again: buttons; `again` forgets what was learnt with these settings.
        progress: how much of the time is used up.
    """

    STAGES = ("task", "layers", "heads", "rate", "norm", *SWITCHES, "word"), ("moment", "layer", "head")
    _training: LiveTraining

    def __init__(self, settings: LiveSettings, word: str, own: dict[str, Wiring | None]):
        self._own = own
        self._training = self._new(settings, word)
        self._runs, self._drawn = {settings: self._training}, self._training
        super().__init__(self._training, self._asks(settings), self._choices())
        self.children = [self.rows[0], self._buttons(), self.rows[1], self.notice, self.picture]
        self._begin()

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
        norms = [(say(f"controls.norm_{norm}"), norm) for norm in NORMS]
        self.norm = widgets.Dropdown(options=norms, value=settings.norm, **looks("norm", "250px"))
        self.positions, self.residual, self.feed_forward = (
            widgets.Checkbox(getattr(settings, name), description=say(f"controls.with_{name}"), indent=False,
                             layout={"width": "auto", "margin": "2px 16px 2px 2px"}) for name in SWITCHES)
        self.word = text_box("word", self._word)
        self.word.layout.flex = "0 1 220px"
        return [self.task, self.layers, self.heads, self.rate, self.norm, self.positions, self.residual,
                self.feed_forward, self.word]

    def _choices(self) -> list[widgets.Widget]:
        """Make the controls that decide what is shown; the run gives them their ranges."""
        self.moment = widgets.IntSlider(min=0, max=0, readout=False, **looks("look_back", "360px"))
        self.layer = widgets.IntSlider(min=0, max=0, **looks("layer", "190px"))
        self.head = widgets.Dropdown(options=[(say("controls.best_head"), BEST)], **looks("head", "150px"))
        return [self.moment, self.layer, self.head]

    @property
    def _word(self) -> str:
        return "".join(self.record.source_tokens)

    def _prepare(self) -> str:
        """Turn to the run and the word that are asked for; a run that has failed says so."""
        trouble = attempt(self._turn)
        if not trouble and self.record.failed:
            trouble = say("training.failed", rate=f"{self.record.settings.learning_rate:g}")
        return trouble

    def _turn(self) -> None:
        """Turn to the run that the controls ask for, begun anew or as it was left, and to the word."""
        switches = {name: getattr(self, name).value for name in SWITCHES}
        wanted = replace(self.record.settings, task=self.task.value, n_layers=self.layers.value,
                         n_heads=self.heads.value, learning_rate=self.rate.value, norm=self.norm.value, **switches)
        if wanted != self.record.settings:
            self._training.stop()
            self._training = self._runs.get(wanted) or self._new(wanted, self._word)
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

    def _anew(self) -> LiveTraining:
        settings = self.record.settings
        self._runs[settings] = self._new(settings, self._word)
        return self._runs[settings]

    def _new(self, settings: LiveSettings, word: str) -> LiveTraining:
        """Begin a run, with the learner's own layers where the settings leave the layers whole."""
        return LiveTraining(settings, word, **self._own if settings.whole else {})

    def _at_rest(self) -> None:
        build_anew(self.moment)


def _stretch(slider: widgets.IntSlider, end: int) -> None:
    """Move the end of a slider; what stands at the end stays there."""
    at_end = slider.value == slider.max
    slider.max = end
    if at_end:
        slider.value = end
