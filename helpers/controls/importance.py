"""What matters for a prediction, by several measures, under sliders for layer and head, on the learner's own text."""

from os import PathLike

import ipywidgets as widgets

from .. import wanted
from ..heads import Importance, measure_importance
from ..models import Decoder, Model, load_model
from ..text import CourseError, say
from ..views import view_importance
from .explorer import ALL, looks, offer, text_box
from .runs import RunExplorer


def explore_importance(model: Model | str | PathLike = "course", text: str | None = None,
                       answer: str | None = None) -> "ImportanceExplorer":
    """Return a widget that shows what matters for a prediction, measure by measure, with sliders for layer and head.

    Moving a slider looks up and redraws; only another text, answer or model is measured anew. `view_importance` draws
    the same pictures without a widget.

    Args:
        model: a BERT that guesses hidden words, a decoder that writes, or a name or folder for `load_model`.
        text: the text to begin with; None takes an example.
        answer: the token whose probability is explained; None takes the likeliest.

    Raises:
        CourseError: for anything else, and for a model, a text or an answer that cannot be used.
    """
    loaded = load_model(model) if isinstance(model, str | PathLike) else model
    if not isinstance(loaded, Model):
        raise CourseError("importance.not_a_model", got=type(loaded).__name__)
    if text is None:
        text = say("controls.example_next" if isinstance(loaded, Decoder) else "controls.example_cloze")
    asked = "" if answer is None else wanted.text("explore_importance", "answer", answer)
    return ImportanceExplorer(loaded, text, asked)


class ImportanceExplorer(RunExplorer[Model]):
    """The picture of `view_importance` under its controls; each is an ipywidget with a `value`.

    Attributes:
        model, name, look: as in `RunExplorer`.
        text: what is read; for a BERT with [MASK] in it.
        answer: the token that is explained; empty for the likeliest.
        layer: a number or "all"; head: likewise.
    """

    STAGES = ("model", "name", "text", "answer"), ("layer", "head")

    def __init__(self, model: Model, text: str, answer: str):
        self._found: Importance = measure_importance(model, text, answer or None)
        self._offer_models([model], ["course", "course-gpt"], hint="name_hint", button="look")
        self.text = text_box("next_text", text)
        self.answer = text_box("answer", answer, say("controls.answer_hint"))
        super().__init__([self.model, self.name, self.text, self.answer, self.look], self._choices())
        self._tried = self._wanted
        self._begin()

    def _choices(self) -> list[widgets.Widget]:
        self.layer = widgets.SelectionSlider(options=[(say("controls.all_layers"), ALL)], **looks("layer", "260px"))
        self.head = widgets.SelectionSlider(options=[(say("controls.all_heads"), ALL)], **looks("head", "260px"))
        return [self.layer, self.head]

    def _notices(self) -> list[str]:
        return list(self._found.record.notices)

    def _asked(self) -> tuple[str, str]:
        return self.text.value, self.answer.value.strip()

    def _load(self, name: str) -> Model:
        return load_model(name)

    def _run(self) -> None:
        text, answer = self._asked()
        self._found = measure_importance(self._models[self.model.value], text, answer or None)

    def _fit(self) -> None:
        record = self._found.record
        for slider, name, count in ((self.layer, "all_layers", record.n_layers),
                                    (self.head, "all_heads", record.n_heads)):
            offer(slider, [(say(f"controls.{name}"), ALL), *((str(one), one) for one in range(count))])

    def _draw(self) -> None:
        """Redraw: a look-up in what was measured."""
        self._fit()
        layer, head = (None if slider.value == ALL else slider.value for slider in (self.layer, self.head))
        self._show(view_importance(self._found, layer, head))
