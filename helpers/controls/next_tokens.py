"""The next token under sliders: temperature, top-k, top-p, on the learner's own text, and what is written so."""

from os import PathLike

import ipywidgets as widgets

from ..models import Decoder, load_model
from ..models.sampling import SamplingChoices
from ..page.controls import packed_next
from ..text import CourseError, escape, say
from ..views import View, view_next
from .explorer import attempt, looks, text_box
from .runs import RunExplorer

TEMPERATURES = (0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0, 5.0)
ALL, MOST_K, LENGTH = 0, 50, 20


def explore_next(model: Decoder | str | PathLike = "course-gpt", text: str | None = None) -> "NextExplorer":
    """Return a widget that shows what a decoder would write behind a text, with sliders for how it is chosen.

    Moving a slider looks up and redraws; only another text, another model or the button that writes runs the model.
    `view_next` draws the same pictures without a widget, and `model.generate` writes.

    Args:
        model: a decoder, or a name or folder for `load_model`.
        text: the text to begin with; None takes an example.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    writer = _writer(load_model(model) if isinstance(model, str | PathLike) else model)
    return NextExplorer(writer, say("controls.example_next") if text is None else text)


def _writer(model: object) -> Decoder:
    """Return the model if it is a decoder."""
    if not isinstance(model, Decoder):
        raise CourseError("next_tokens.not_a_decoder", got=type(model).__name__)
    return model


class NextExplorer(RunExplorer[Decoder]):
    """The picture of `view_next` under its controls; each is an ipywidget with a `value`.

    Attributes:
        model, name, look: as in `RunExplorer`.
        text: what is read.
        temperature: what the logits are divided by.
        top_k: how many tokens may be written; 0 for all.
        top_p: how much probability they have together; 1 for all.
        write: a button that writes on under these settings, each time with the next seed.
        written: what it wrote.
    """

    STAGES = ("model", "name", "text"), ("temperature", "top_k", "top_p")
    IN_PAGE = "next", "temperature", "top_k", "top_p"

    def __init__(self, model: Decoder, text: str):
        self._record, self._seed = model.run(text), 0
        self._offer_models([model], ["course-gpt"], hint="gpt_hint", button="look")
        self.text = text_box("next_text", text)
        self.write = widgets.Button(description=say("controls.write_on"), layout={"width": "max-content"})
        self.write.on_click(self._write_on)
        self.written = widgets.HTML()
        super().__init__([self.model, self.name, self.text, self.look], self._choices())
        self.children = [*self.rows, self.notice, self.picture, self.write, self.written]
        self._tried = self._wanted
        self._begin()

    def _choices(self) -> list[widgets.Widget]:
        names = [(f"{value:g}", value) for value in TEMPERATURES]
        self.temperature = widgets.SelectionSlider(options=names, value=1.0, **looks("temperature", "280px"))
        self.top_k = widgets.IntSlider(ALL, min=ALL, max=MOST_K, **looks("top_k", "280px"))
        self.top_p = widgets.FloatSlider(1.0, min=0.05, max=1.0, step=0.05, **looks("top_p", "280px"))
        return [self.temperature, self.top_k, self.top_p]

    @property
    def sampling(self) -> SamplingChoices:
        """The settings as keywords for `model.generate` and `view_next`."""
        return {"temperature": self.temperature.value, "top_k": self.top_k.value or None,
                "top_p": None if self.top_p.value >= 1 else round(self.top_p.value, 2)}

    def _notices(self) -> list[str]:
        return list(self._record.notices)

    def _asked(self) -> tuple[str]:
        return (self.text.value,)

    def _load(self, name: str) -> Decoder:
        return _writer(load_model(name))

    def _run(self) -> None:
        self._record = self._models[self.model.value].run(self.text.value)
        self.written.value, self._seed = "", 0

    def _picture(self) -> View:
        """Draw the next token: a look-up in the record."""
        return view_next(self._record, **self.sampling)

    def _source(self) -> object:
        return self._record

    def _packed(self) -> dict[str, object]:
        return packed_next(self._record)

    def _write_on(self, _: object) -> None:
        """Write behind the text, and put it above what was written before."""
        trouble = attempt(self._write_once)
        if trouble:
            self._tell(trouble, alert=True)

    def _write_once(self) -> None:
        model = self._models[self._running]
        chosen: SamplingChoices = {**self.sampling, "seed": self._seed}
        written = model.generate(self._record.sentences[0], LENGTH, **chosen)
        self._seed += 1
        self.written.value = f"<div>{escape(written.text)}</div>{self.written.value}"
