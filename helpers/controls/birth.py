"""A course model's training under a slider: what it attended to, and what it said, from birth to the last step."""

import ipywidgets as widgets

from ..models import TrainingRecord, load_training
from ..text import CourseError, escape, say
from ..views import View, view_birth, view_heads
from .explorer import ALL, Explorer, looks

CROSS = "cross"


def explore_birth(training: TrainingRecord | str = "translator") -> "BirthExplorer":
    """Return a widget that shows the attention of a growing model, with a slider over the steps of its training.

    Nothing is run: the steps were kept while the model was trained. `load_training` hands back the same as records.

    Args:
        training: what `load_training` returned, or the name of a course model, "translator", "bert" or "gpt".

    Raises:
        CourseError: for anything else, and where the steps of that model were not kept.
    """
    if isinstance(training, str):
        training = load_training(training)
    if not isinstance(training, TrainingRecord):
        raise CourseError("controls.not_a_training", got=type(training).__name__)
    return BirthExplorer(training)


class BirthExplorer(Explorer):
    """The head view of one step of training under its controls; each is an ipywidget with a `value`.

    Attributes:
        step: one of the steps that were kept.
        text: which of the texts is shown.
        part: "cross", "decoder" or "encoder"; of a BERT or GPT the one there is, and no choice.
        layer: a number; head: a number or "all".
        cloze: which of a BERT's sentences with a [MASK] is shown.
        said: what a translator wrote for the text at that step, how a GPT went on from its beginning, or what a BERT
            put in place of the [MASK].
        growth: what formed when, the chosen step marked.
    """

    STAGES = (("step", "text", "part", "layer", "head", "cloze"),)
    _growth: View

    def __init__(self, training: TrainingRecord):
        self._training = training
        self.said, self.growth = widgets.HTML(), widgets.HTML()
        super().__init__(self._choices())
        self.children = [*self.rows, self.said, self.notice, self.picture, self.growth]
        self._notes = [] if training.is_course_model else [say("controls.another_run")]
        self._begin()

    def _choices(self) -> list[widgets.Widget]:
        steps = [(f"{step:,}", step) for step in self._training.steps]
        self.step = widgets.SelectionSlider(options=steps, value=steps[-1][1], **looks("training_step", "420px"))
        texts = [(text.text.replace("\n", " / "), place) for place, text in enumerate(self._training.texts)]
        self.text = widgets.Dropdown(options=texts, **looks("seen_text", "320px"))
        parts = [(say(f"controls.shown_{part}"), part) for part in (CROSS, "decoder", "encoder")
                 if part in self._training.texts[0].parts]
        self.part = widgets.Dropdown(options=parts, **looks("shown", "250px"))
        n_layers, n_heads = next(iter(self._training.heads.values())).shape[1:]
        layer, head = self._training.showcase
        self.layer = widgets.IntSlider(layer, min=0, max=n_layers - 1, **looks("layer", "200px"))
        heads = [(say("controls.all_heads"), ALL), *((str(place), place) for place in range(n_heads))]
        self.head = widgets.SelectionSlider(options=heads, value=head, **looks("head", "240px"))
        lines = [(line.sentence, place) for place, line in enumerate(self._training.cloze)]
        self.cloze = widgets.Dropdown(options=lines, **looks("cloze", "320px"))
        choices = [self.step, self.text, self.part, self.layer, self.head, self.cloze]
        return [choice for choice in choices if not hasattr(choice, "options") or len(choice.options) > 1]

    def _notices(self) -> list[str]:
        return self._notes

    def _draw(self) -> None:
        """Redraw: a look-up in what was kept."""
        record = self._training.record(self.step.value, self.text.value, self.part.value)
        self._show(view_heads(record, layer=self.layer.value,
                              heads=None if self.head.value == ALL else self.head.value))
        self.said.value = f'<div style="font-size:1.1em;margin:4px 2px">{escape(self._words())}</div>'
        head = 0 if self.head.value == ALL else self.head.value
        self._growth = view_birth(self._training, layer=self.layer.value, head=head, step=self.step.value)
        self.growth.value = self._growth.svg

    def _still(self) -> dict[str, str]:
        """Return the head view, what the model said, and the lines of all heads below."""
        above, said, below = super()._still(), self._words(), self._growth._repr_mimebundle_()
        return {"text/plain": f"{above['text/plain']}\n{said}\n{below['text/plain']}",
                "text/html": f"{above['text/html']}<p>{escape(said)}</p>{below['text/html']}"}

    def _words(self) -> str:
        """Say what the model made of the text at this step, or of the gap."""
        place = self._training.steps.index(self.step.value)
        if self._training.cloze:
            line = self._training.cloze[self.cloze.value]
            return say("controls.guesses", sentence=line.sentence, guesses=" · ".join(line.guesses[place]))
        text = self._training.texts[self.text.value]
        return f"{text.text} → {text.said[place]}"
