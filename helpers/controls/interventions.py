"""A model under changes: check boxes for heads and tokens, positions, scale, temperature, and what comes of them."""

import asyncio
from os import PathLike

import ipywidgets as widgets

from ..heads import describe_heads
from ..interventions import Unchanged
from ..models import AttentionRecord, Bert, Model, ModelRecord
from ..models.changes.intervention import Changes
from ..text import CourseError, say
from ..views import View, view_change
from .explorer import looks
from .texts import TextExplorer, opened, token_options
from .ticks import HeadTicks, Ticks

AS_IS = "as_is"
POSITIONS = (AS_IS, "shuffled", "none")
TEMPERATURES = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)
PAUSE = 0.03  # seconds in which further changes join the one that was made


def explore_interventions(model: Bert | str | PathLike = "course", sentence_a: str | None = None,
                          sentence_b: str | None = None) -> "InterventionExplorer":
    """Return a widget in which a model is changed while it runs, with its guesses before and after side by side.

    It begins with nothing changed. Each tick or move runs the model once more, changed; several that come while it
    runs are answered together. Where the text has no [MASK], or the model was never trained to guess, it shows how far
    each hidden state turned. `compare` and `view_change` do the same without a widget.

    Args:
        model: a loaded model, or a name or folder for `load_bert`.
        sentence_a: the text to begin with; None takes an example with [MASK].
        sentence_b: a second one, or None.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    if isinstance(model, AttentionRecord):
        raise CourseError("controls.record_cannot_run", explorer="explore_interventions")
    if sentence_a is None:
        sentence_a = say("controls.example_masked")
    record, bert, texts = opened("explore_interventions", model, sentence_a, sentence_b)
    if bert is None:
        raise CourseError("controls.record_cannot_run", explorer="explore_interventions")
    return InterventionExplorer(record, bert, texts)


class InterventionExplorer(TextExplorer):
    """What an intervention does, under its controls; all have a `value`, and `choose` sets several at once.

    Attributes:
        positions: "as_is", "shuffled" or "none".
        no_root: whether scores are left as q·k, without division by sqrt(d_head).
        temperature: what the scores are divided by besides.
        hidden: the places of the tokens that no one may attend to.
        heads_off: the (layer, head) pairs that are switched off.
        reset: a button that takes all changes back; `hide_special` is one that hides [CLS] and [SEP], or shows them.
    """

    STAGES = TextExplorer.SOURCES, ("positions", "no_root", "temperature", "hidden", "heads_off")
    _record: ModelRecord
    _waiting: asyncio.TimerHandle | None = None

    def __init__(self, record: AttentionRecord, bert: Model, texts: tuple[str, str]):
        super().__init__(record, bert, texts)
        shown = widgets.VBox([self.notice, self.picture], layout={"flex": "1 1 460px", "min_width": "0"})
        beside = widgets.HBox([self.heads_off, shown], layout={"flex_flow": "row wrap"})
        self.children = [*self.rows, self.hidden, beside]

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is changed; the model and the text give them their boxes."""
        positions = [(say(f"controls.positions_{name}"), name) for name in POSITIONS]
        self.positions = widgets.Dropdown(options=positions, **looks("positions", "190px", "165px"))
        self.no_root = widgets.Checkbox(description=say("controls.no_root"), indent=False,
                                        layout={"width": "auto", "margin": "2px 10px 2px 2px"})
        self.temperature = widgets.SelectionSlider(options=TEMPERATURES, value=1.0, **looks("temperature", "260px"))
        self.hide_special, self.reset = (widgets.Button(description=say(f"controls.{name}"), layout={"width": "auto"})
                                         for name in ("hide_special", "reset"))
        self.hide_special.on_click(self._toggle_special)
        self.reset.on_click(lambda _: self.choose(positions=AS_IS, no_root=False, temperature=1.0, hidden=(),
                                                  heads_off=()))
        self.hidden: Ticks[int] = Ticks(say("controls.hidden"), self._follow, flex_flow="row wrap")
        self.heads_off = HeadTicks(say("controls.heads_off"), self._follow)
        return [[self.positions, self.no_root, self.temperature, self.hide_special, self.reset]]

    @property
    def changes(self) -> Changes:
        """What is changed now, as keywords for `bert.run` and `compare`."""
        return {"heads_off": self.heads_off.value, "hidden_tokens": self.hidden.value,
                "positions": None if self.positions.value == AS_IS else self.positions.value,
                "scale": 1.0 if self.no_root.value else None, "temperature": self.temperature.value}

    @property
    def view(self) -> View:
        """The view of what is changed now."""
        self._catch_up()
        return super().view

    def _follow(self, _: object = None) -> None:
        """Answer a change, in a notebook together with those that are already on their way."""
        if self._held:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:                                    # outside a notebook no other change can wait
            super()._follow()
            return
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(PAUSE, self._catch_up)

    def _catch_up(self) -> None:
        """Answer all changes that were made, if any still wait."""
        if self._waiting is None:
            return
        self._waiting.cancel()
        self._waiting = None
        super()._follow()

    def _keep(self, record: AttentionRecord) -> None:
        """Keep a run; what it guesses is found when it is first drawn."""
        super()._keep(record)
        self._unchanged: Unchanged | None = None

    def _fit(self) -> None:
        self._as_it_was()

    def _as_it_was(self) -> Unchanged:
        """Return what changes are compared with; another model or text has check boxes of its own."""
        if self._unchanged is None:
            self._unchanged = Unchanged(self._models[self._running], self._record)
            self._offer_ticks(self._record)
        return self._unchanged

    def _draw(self) -> None:
        """Run the model as it is changed now, and redraw."""
        self._show(view_change(self._as_it_was().compare(**self.changes)))

    def _offer_ticks(self, record: AttentionRecord) -> None:
        """Give the tokens of a text and the heads of a model their check boxes."""
        self.hidden.offer({place: name.split(" ", 1)[1] for name, place in token_options(record)})
        heads = describe_heads(record)
        self.heads_off.offer_heads([[heads.caption(layer, head) for head in range(record.n_heads)]
                                    for layer in range(record.n_layers)])

    def _notices(self) -> list[str]:
        """Say besides why hidden states are shown in the place of guesses."""
        bert = self._models[self._running]
        if self._unchanged is None or self._unchanged.guesses:
            return super()._notices()
        can_fill_mask = isinstance(bert, Bert) and bert.can_fill_mask
        why = say("controls.no_mask") if can_fill_mask else say("controls.no_mask_head", name=bert.name)
        return [*super()._notices(), why]

    def _toggle_special(self, _: object) -> None:
        """Hide [CLS] and [SEP], or show them again where both are hidden."""
        hidden = set(self.hidden.value)
        special = set(self._record.added_places)
        self.choose(hidden=hidden - special if special <= hidden else hidden | special)
