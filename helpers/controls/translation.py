"""A translation under a slider over its steps, on the learner's own text, with what can be changed on the way."""

from os import PathLike

import ipywidgets as widgets

from ..asked import short, whole
from ..models.translation import TranslationRecord, Translator, load_translator
from ..models.translation.changes import TranslationKeywords
from ..page.controls import packed_translation
from ..text import CourseError, escape, say
from ..views import View, view_beams, view_heads, view_translation
from ..views.svg import clip, visible
from ..views.translation.shown import MEAN
from .explorer import looks, offer, reach, text_box
from .player import player
from .runs import RunExplorer
from .ticks import HeadTicks, Ticks

STEPS, BEAMS, ENCODER = "steps", "beams", "encoder"
PICTURES = (STEPS, BEAMS, "cross", "decoder", ENCODER)
AUTO = "auto"
DIRECTIONS = (AUTO, "zh", "en")
MOST_BEAMS = 8
_FRAME = {"border": "1px solid #8888", "padding": "4px 10px 8px", "margin": "0 2px 4px"}


def explore_translation(translator: Translator | str | PathLike = "course", text: str | None = None, *,
                        target: str | None = None, beam: int = 1) -> "TranslationExplorer":
    """Return a widget that translates a text one token at a time, with a slider over the steps.

    Moving the slider, or choosing another layer, head or picture, looks up and redraws; only another text, direction,
    beam or change runs the model. `view_translation`, `view_beams` and `view_heads` draw the same without a widget.

    Args:
        translator: a loaded translator, or a name or folder for `load_translator`.
        text: what to translate first; None takes an example.
        target: the language to translate into, "zh" or "en"; None finds it from the text.
        beam: how many paths the search follows, 1 to 8; 1 is greedy.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    if isinstance(translator, str | PathLike):
        translator = load_translator(translator)
    if not isinstance(translator, Translator):
        raise CourseError("controls.not_a_translator", got=type(translator).__name__)
    paths = whole(beam, 1, MOST_BEAMS)
    if not (target is None or (isinstance(target, str) and target in DIRECTIONS[1:])) or paths is None:
        raise CourseError("controls.translation_choice", target=short(target), beam=short(beam), most=MOST_BEAMS)
    text = say("controls.example_translation") if text is None else text
    return TranslationExplorer(translator, translator.translate(text, target, beam=paths), text, target or AUTO, paths)


class TranslationExplorer(RunExplorer[Translator]):
    """A translation under its controls; all have a `value`, and `choose` sets several at once.

    Attributes:
        model, name, look: as in `RunExplorer`.
        text, target, beam: what is translated, into "zh", "en" or "auto", with how many paths.
        what_if: whether the box of changes is open; a change holds even where it is closed, and its button says so.
        reset: a button that takes all changes back, there while there are any.
        prefix: how the target has to begin.
        hidden: the places of the source tokens that no one may attend to.
        heads_off: the (layer, head) pairs of cross-attention that are switched off.
        shown: "steps", "beams", "cross", "decoder" or "encoder".
        step, layer, head: what of it is drawn; head may be "mean", which in the head views is all heads.
        play: a button that moves the step.
        result: source and translation in one line.
    """

    STAGES = (("model", "name", "text", "target", "beam"), ("prefix", "hidden", "heads_off"),
              ("what_if", "shown", "step", "layer", "head"))
    IN_PAGE = "translation", "shown", "step", "layer", "head"

    def __init__(self, translator: Translator, record: TranslationRecord, text: str, target: str, beam: int):
        self._offer_models([translator], ["course"], hint="translator_hint", button="translate")
        self._record, self._plain, self._of = record, record, (translator.name, text, target)
        asks, choices = self._asks(text, target, beam), self._choices()
        super().__init__(asks, choices)
        self.result = widgets.HTML()
        self.what_if = widgets.ToggleButton(description=say("controls.what_if"), layout={"width": "max-content"})
        self.reset = widgets.Button(description=say("controls.reset"), layout={"width": "auto", "display": "none"})
        self.reset.on_click(lambda _: self.choose(prefix="", hidden=(), heads_off=()))
        changed = widgets.HBox([self.what_if, self.reset], layout={"flex_flow": "row wrap"})
        self.children = [self.rows[0], changed, self._changes(), self.result, self.rows[1], self.notice, self.picture]
        self._tried = self._wanted
        self._offer_ticks()
        self._begin()

    def _asks(self, text: str, target: str, beam: int) -> list[widgets.Widget]:
        """Make the controls that decide what is run."""
        self.text = text_box("text", text)
        self.text.layout.flex = "1 1 700px"
        directions = [(say(f"controls.target_{name}"), name) for name in DIRECTIONS]
        self.target = widgets.Dropdown(options=directions, value=target, **looks("target", "190px"))
        beams = [(say("controls.greedy"), 1), *((str(n), n) for n in range(2, MOST_BEAMS + 1))]
        self.beam = widgets.Dropdown(options=beams, value=beam, **looks("beam", "170px"))
        return [self.model, self.name, self.text, self.target, self.beam, self.look]

    def _choices(self) -> list[widgets.Widget]:
        """Make the controls that decide what is shown; the record gives them their ranges."""
        pictures = [(say(f"controls.shown_{name}"), name) for name in PICTURES]
        self.shown = widgets.Dropdown(options=pictures, **looks("shown", "240px"))
        self.step = widgets.IntSlider(0, min=0, max=len(self._record.steps) - 1, **looks("step", "260px"))
        layer, head = self._record.taught_head or (self._record.n_layers - 1, MEAN)
        self.layer = widgets.IntSlider(layer, min=0, max=self._record.n_layers - 1, **looks("layer", "190px"))
        heads = self._heads()
        self.head = widgets.SelectionSlider(options=heads, value=head, **looks("head", "220px"))
        self.play = player(self.step)
        return [self.shown, self.step, self.play, self.layer, self.head]

    def _changes(self) -> widgets.VBox:
        """Make the box of changes, which its button unfolds: a prefix, hidden source tokens, heads switched off."""
        self.prefix = text_box("prefix", "", say("controls.prefix_hint"))
        self.prefix.layout.flex = None
        self.prefix.observe(self._follow, "value")
        self.hidden: Ticks[int] = Ticks(say("controls.hidden_source"), self._follow, flex_flow="row wrap")
        self.heads_off = HeadTicks(say("controls.cross_off"), self._follow)
        box = widgets.VBox([self.prefix, self.hidden, self.heads_off], layout={"display": "none", **_FRAME})
        self.what_if.observe(lambda change: setattr(box.layout, "display", None if change["new"] else "none"), "value")
        return box

    @property
    def changes(self) -> TranslationKeywords:
        """What is changed now, as keywords for `translate`; what is as it was is left out."""
        changes: TranslationKeywords = {}
        if prefix := self.prefix.value.strip():
            changes["prefix"] = prefix
        if self.hidden.value:
            changes["hidden_tokens"] = self.hidden.value
        if self.heads_off.value:
            changes["heads_off"] = self.heads_off.value
        return changes

    def _notices(self) -> list[str]:
        """Say besides why the steps are shown in the place of a tree."""
        missing = [say("controls.beams_need")] if self.shown.value == BEAMS and not self._has_tree else []
        return [*self._record.notices, *missing]

    @property
    def _has_tree(self) -> bool:
        """Whether a beam tree is what is shown."""
        return self.shown.value == BEAMS and bool(self._record.beams)

    def _asked(self) -> tuple:
        return self.text.value, self.target.value, self.beam.value, str(self.changes)

    def _load(self, name: str) -> Translator:
        return load_translator(name)

    def _run(self) -> None:
        """Translate as asked; another text or model begins without ticks that belong to the one before."""
        translator, text, target = self._models[self.model.value], self.text.value, self.target.value
        if self._of != (translator.name, text, target):
            self.hidden.value = ()
        asked = {"target": None if target == AUTO else target, "beam": self.beam.value}
        plain, changes = translator.translate(text, **asked), self.changes
        self._record = translator.translate(text, **asked, **changes) if changes else plain
        self._plain, self._of = plain, (translator.name, text, target)
        self._offer_ticks()
        self.step.value = 0

    def _offer_ticks(self) -> None:
        """Give the source tokens of this text and the heads of this model their check boxes."""
        record = self._record
        self.hidden.offer({place: clip(visible(token), 16) for place, token in enumerate(record.source_tokens)})
        taught = say("controls.taught_head")
        self.heads_off.offer_heads([[taught if (layer, head) == record.taught_head else "" for head in
                                     range(record.n_heads)] for layer in range(record.n_layers)])

    def _heads(self) -> list[tuple[str, object]]:
        return [(say("controls.mean_head"), MEAN), *((str(head), head) for head in range(self._record.n_heads))]

    def _fit(self) -> None:
        reach(self.step, len(self._record.steps) - 1)
        reach(self.layer, self._record.n_layers - 1)
        offer(self.head, self._heads())

    def _draw(self) -> None:
        """Redraw: a look-up in the record."""
        self._mark_changes()
        super()._draw()
        self.step.disabled = self._has_tree or self.shown.value == ENCODER
        self.layer.disabled = self.head.disabled = self._has_tree
        self._say_result()

    def _mark_changes(self) -> None:
        """Say on the button of the box how many changes hold, even those of a run that failed, and offer a way back."""
        what_if, begun = say("controls.what_if"), bool(self.prefix.value.strip())
        n = begun + len(self.hidden.value) + len(self.heads_off.value)
        self.what_if.description = say("controls.changes_hold", what_if=what_if, n=n) if n else what_if
        self.what_if.style.font_weight = "bold" if n else ""
        self.reset.layout.display = None if n else "none"

    def _say_result(self) -> None:
        """Show source and translation, and what it would be with nothing changed, where something is."""
        source, text = escape(self._record.source_text), escape(self._record.text)
        lines = f"{source} → <b>{text}</b>"
        if self._record is not self._plain:
            same = self._plain.text == self._record.text
            note = say("controls.unchanged_same") if same else say("controls.unchanged", text=self._plain.text)
            lines += f"<br><small>{escape(note)}</small>"
        self.result.value = f'<div style="font-size:1.15em;margin:4px 2px">{lines}</div>'

    def _source(self) -> object:
        """Let the page draw the steps; the other pictures are drawn here."""
        return self._record if self.shown.value == STEPS else None

    def _packed(self) -> dict[str, object]:
        return packed_translation(self._record)

    def _picture(self) -> View:
        """Draw the picture asked for; of a search along one path, which has no tree, its steps."""
        record, layer, head = self._record, self.layer.value, self.head.value
        if self._has_tree:
            return view_beams(record)
        if self.shown.value in (STEPS, BEAMS):
            return view_translation(record, step=self.step.value, layer=layer, head=head)
        query = None if self.shown.value == ENCODER else self.step.value
        return view_heads(getattr(record, self.shown.value), layer=layer, heads=None if head == MEAN else head,
                          query=query)
