"""What explorers of a model on a text share: the model, the learner's own sentences, and running one on the other."""

from importlib.metadata import PackageNotFoundError, distribution
from os import PathLike

import ipywidgets as widgets

from ..models import AttentionRecord, Bert, load_bert
from ..models.records import Attentions, Tokens, as_record, is_given
from ..models.sources import MINILM_PACKAGE
from ..text import CourseError, say
from ..views import FILTERS
from ..views.svg import clip, visible
from .explorer import Explorer, attempt, looks, offer, text_box

OTHER = "other"
Source = Bert | AttentionRecord | Attentions | str | PathLike
Text = str | Tokens | None
Opened = tuple[AttentionRecord, Bert | None, tuple[str, str]]


def opened(explorer: str, source: Source, sentence_a: Text, sentence_b: str | None) -> Opened:
    """Return what a `TextExplorer` begins with: the first record, its model if there is one, and the texts.

    Args:
        explorer: the function that was called, for the sentence that says what went wrong.
        source: a loaded model, a name or folder for `load_bert`, or a record or attention weights, whose text is
            then fixed.
        sentence_a: the text to begin with, None takes an example; the tokens of attention weights.
        sentence_b: a second one, or None.

    Raises:
        CourseError: for anything else, and for a model or a text that cannot be used.
    """
    if is_given(source, sentence_a):
        source, sentence_a = as_record(source, sentence_a, function=explorer), None
    if isinstance(source, AttentionRecord):
        if sentence_a is not None or sentence_b is not None:
            raise CourseError("controls.record_and_text", explorer=explorer)
        return source, None, ("", "")
    bert = load_bert(source) if isinstance(source, str | PathLike) else source
    if not hasattr(bert, "run"):
        raise CourseError("controls.not_a_model", explorer=explorer, got=type(bert).__name__)
    if sentence_a is None:
        sentence_a, sentence_b = say("controls.example_a"), sentence_b or say("controls.example_b")
    return bert.run(sentence_a, sentence_b), bert, (sentence_a, sentence_b or "")


class TextExplorer(Explorer):
    """A view of a model's run under the controls that choose model and text; a kind says what else, and how to draw.

    Attributes:
        model: the model's name, or "other"; then `name` takes a hub name or a folder.
        text_a, text_b: the texts; `look` is a button that runs the model on them.
        words: whether characters and word pieces are folded into words, where the kind offers it.
    """

    def __init__(self, record: AttentionRecord, bert: Bert | None = None, texts: tuple[str, str] = ("", "")):
        self._berts, self._error = {bert.name: bert} if bert else {}, ""
        self._keep(record)
        self.words = widgets.Checkbox(description=say("controls.words"), indent=False, layout={"width": "auto"})
        self.words.layout.display = None if hasattr(record, "words") else "none"
        super().__init__(self._source(texts), self._choices())
        self.rows[0].layout.display = None if bert else "none"
        self.look.on_click(self._look_again)
        self._running, self._tried = self.model.value, self._wanted
        with self._hold():
            self._draw()
        self._tell(*self._notices())

    def _choices(self) -> list[widgets.Widget]:
        """Make the controls that decide what is shown; the record gives them their ranges."""
        raise NotImplementedError

    def _draw(self) -> None:
        """Redraw: a look-up in the record."""
        raise NotImplementedError

    def _notices(self) -> list[str]:
        """Return what the learner should know about what is shown."""
        return list(self._record.notices)

    def _source(self, texts: tuple[str, str]) -> list[widgets.Widget]:
        """Make the controls that decide what is run."""
        names = dict.fromkeys([*self._berts, "course", *_packaged()])
        models = [*((name, name) for name in names), (say("controls.other"), OTHER)]
        self.model = widgets.Dropdown(options=models, **looks("model", "220px"))
        self.name = text_box("name", "", say("controls.name_hint"))
        self.name.layout.display = "none"
        self.text_a = text_box("text_a", texts[0])
        self.text_b = text_box("text_b", texts[1], say("controls.text_b_hint"))
        self.look = widgets.Button(description=say("controls.look"), layout={"width": "auto"})
        return [self.model, self.name, self.text_a, self.text_b, self.look]

    def _look_again(self, _: object) -> None:
        """Run the model once more, even on texts that failed."""
        self._tried = None
        self._follow()

    def _refresh(self) -> None:
        """Run the model where another model or text is asked for, then redraw."""
        if self._berts and self._wanted[0] and self._wanted != self._tried:
            self._error = attempt(self._run)
        trouble = attempt(self._draw) or self._error
        self._tell(*([trouble] if trouble else self._notices()), alert=bool(trouble))
        self.name.layout.display = None if self.model.value == OTHER else "none"

    @property
    def _wanted(self) -> tuple[str, str, str]:
        """The model and the texts that the controls ask for."""
        name = self.name.value.strip() if self.model.value == OTHER else self.model.value
        return name, self.text_a.value, self.text_b.value

    def _run(self) -> None:
        """Run the model asked for on the texts."""
        self._tried = name, *texts = self._wanted
        if name not in self._berts:
            self._load(name)
        *known, other = self.model.options
        if (name, name) not in known:
            self.model.options = [*known, (name, name), other]
        self.model.value = name
        self._keep(self._berts[name].run(*texts))
        self._running = name

    def _load(self, name: str) -> None:
        """Load a model; where that fails, the choice goes back to the one that runs."""
        self._tell(say("controls.loading", name=name))
        try:
            self._berts[name] = load_bert(name)
        except BaseException:
            if self.model.value != OTHER:
                self.model.value = self._running
            self._tried = self._wanted
            raise

    def _keep(self, record: AttentionRecord) -> None:
        """Keep a run; its words are folded when they are first asked for."""
        self._record, self._folded = record, None

    def _shown(self) -> AttentionRecord:
        """Return the record of characters and word pieces, or of words."""
        if not self.words.value:
            return self._record
        self._folded = self._folded or self._record.words()
        return self._folded


def offer_filters(control: widgets.Dropdown, record: AttentionRecord) -> None:
    """Give a drop-down the sentence filters that a record has."""
    filters = FILTERS if record.sentence_b_start is not None else FILTERS[:1]
    names = ((name.upper().replace("-", " → "), name) for name in filters[1:])
    offer(control, [(say("controls.all_tokens"), FILTERS[0]), *names])


def token_options(record: AttentionRecord) -> list[tuple[str, int]]:
    """Return the tokens of a record as a drop-down names them, with their positions."""
    return [(f"{position} {clip(visible(token), 16)}", position) for position, token in enumerate(record.tokens)]


def _packaged() -> list[str]:
    """Return ["minilm"] where the packaged MiniLM is installed."""
    try:
        distribution(MINILM_PACKAGE)
    except PackageNotFoundError:
        return []
    return ["minilm"]
