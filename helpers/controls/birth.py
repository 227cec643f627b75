"""A course model's training under a slider: what it attended to, and what it said, from birth to the last step."""

import ipywidgets as widgets
import torch

from ..models import AttentionRecord, TrainingRecord, load_training
from ..models.words import own_first
from ..text import CourseError, escape, say
from ..views import View, view_birth, view_heads
from .explorer import ALL, Explorer, looks
from .player import player

CROSS = "cross"
NEARLY_EVEN = 2         # times an even share: rows whose largest weight is less than that show no pattern
THRESHOLD = 0.05        # of `view_heads`


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
    """The head view of one step of training under its controls; each is an ipywidget with a `value`. It opens at birth.

    Attributes:
        step: one of the steps that were kept.
        text: which of the texts is shown.
        part: "cross", "decoder" or "encoder"; of a BERT or GPT the one there is, and no choice.
        layer: a number; head: a number or "all".
        cloze: which of a BERT's sentences with a [MASK] is shown.
        said: what a translator wrote for the text at that step, how a GPT went on from its beginning, or what a BERT
            put in place of the [MASK].
        growth: what formed when, the chosen step marked.
        play: a button that moves the step.
    """

    STAGES = (("step", "text", "part", "layer", "head", "cloze"),)
    _growth: View
    _record: AttentionRecord

    def __init__(self, training: TrainingRecord):
        self._training = training
        self.said, self.growth = widgets.HTML(), widgets.HTML()
        super().__init__(self._choices())
        self.children = [*self.rows, self.growth, self.said, self.notice, self.picture]
        self._notes = [] if training.is_course_model else [say("controls.another_run")]
        self._begin()

    def _choices(self) -> list[widgets.Widget]:
        steps = [(f"{step:,}", step) for step in self._training.steps]
        self.step = widgets.SelectionSlider(options=steps, value=steps[0][1], **looks("training_step", "420px"))
        self.play = player(self.step)
        texts = own_first([text.text.replace("\n", " / ") for text in self._training.texts])
        self.text = widgets.Dropdown(options=texts, **looks("seen_text", "320px"))
        parts = [(say(f"controls.shown_{part}"), part) for part in (CROSS, "decoder", "encoder")
                 if part in self._training.texts[0].parts]
        self.part = widgets.Dropdown(options=parts, **looks("shown", "250px"))
        n_layers, n_heads = next(iter(self._training.heads.values())).shape[1:]
        layer, head = self._training.showcase
        self.layer = widgets.IntSlider(layer, min=0, max=n_layers - 1, **looks("layer", "200px"))
        heads = [(say("controls.all_heads"), ALL), *((str(place), place) for place in range(n_heads))]
        self.head = widgets.SelectionSlider(options=heads, value=head, **looks("head", "240px"))
        lines = own_first([line.sentence for line in self._training.cloze])
        self.cloze = widgets.Dropdown(options=lines, **looks("cloze", "320px"))
        choices = [self.step, self.play, self.text, self.part, self.layer, self.head, self.cloze]
        return [choice for choice in choices if not hasattr(choice, "options") or len(choice.options) > 1]

    def _notices(self) -> list[str]:
        return [*self._notes, *_even(self._record, self.layer.value, self.head.value)]

    def _draw(self) -> None:
        """Redraw: a look-up in what was kept."""
        self._record = self._training.record(self.step.value, self.text.value, self.part.value)
        self._show(view_heads(self._record, layer=self.layer.value, threshold=THRESHOLD,
                              heads=None if self.head.value == ALL else self.head.value))
        self.said.value = f'<div style="font-size:1.1em;margin:4px 2px">{escape(self._words())}</div>'
        head = 0 if self.head.value == ALL else self.head.value
        self._growth = view_birth(self._training, layer=self.layer.value, head=head, step=self.step.value)
        self.growth.value = self._growth.svg

    def _still(self) -> dict[str, str]:
        """Return the lines of all heads, what the model said, and the head view below."""
        above, said, below = self._growth._repr_mimebundle_(), self._words(), super()._still()
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


def _even(record: AttentionRecord, layer: int, head: int | str) -> list[str]:
    """Say so where attention is spread nearly evenly: a picture with few lines would read as none at all."""
    weights = record.weights[layer] if isinstance(head, str) else record.weights[layer, head]
    n_keys = weights.shape[-1]
    seen = torch.full((record.n_tokens,), n_keys)
    if not record.is_cross and not record.weights.triu(1).any():             # each token sees those before it alone
        seen = torch.arange(1, n_keys + 1)
    times = (weights.amax(-1) * seen).median().item()                            # of an even share, in a middling row
    return [say("controls.nearly_even", times=f"{times:.1f}", threshold=THRESHOLD)] if times < NEARLY_EVEN else []
