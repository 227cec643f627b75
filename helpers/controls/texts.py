"""What explorers of a model on a text share: the model, the learner's own sentences, and running one on the other."""

from importlib.metadata import PackageNotFoundError, distribution
from os import PathLike
from typing import cast

import ipywidgets as widgets

from ..models import AttentionRecord, Model, load_bert
from ..models.records import Attentions, BertRecord, Tokens, as_record
from ..models.sources import MINILM_PACKAGE
from ..page.controls import packed_heads
from ..page.controls.cells import packed_cells
from ..text import CourseError, say
from ..views import FILTERS
from ..views.svg import clip, visible
from .explorer import offer, text_box
from .runs import RunExplorer

MOST_WEIGHTS, MOST_NUMBERS = 1_000_000, 250_000    # that are sent to a page: 2.7 MB, 1.3 MB
MASKS = ("[MASK]", "<mask>")
Source = Model | AttentionRecord | Attentions | str | PathLike
Text = str | Tokens | None
Opened = tuple[AttentionRecord, Model | None, tuple[str, str]]


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
    if isinstance(source, Attentions) or isinstance(sentence_a, list | tuple):
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


class TextExplorer(RunExplorer[Model]):
    """A view of a model's run under the controls that choose model and text; a kind says what else, and how to draw.

    Attributes:
        model, name, look: as in `RunExplorer`.
        text_a, text_b: the texts.
        words: whether characters and word pieces are folded into words, where the kind offers it.
    """

    SOURCES = ("model", "name", "text_a", "text_b")
    _record: AttentionRecord
    _folded: AttentionRecord | None

    def __init__(self, record: AttentionRecord, bert: Model | None = None, texts: tuple[str, str] = ("", "")):
        self._keep(record)
        self.words = widgets.Checkbox(description=say("controls.words"), indent=False,
                                      layout={"width": "auto", "margin": "2px 10px 2px 2px"})
        self.words.layout.display = None if hasattr(record, "words") else "none"
        self._offer_models([bert] if bert else [], ["course", *_packaged()], hint="name_hint", button="look")
        self.text_a = text_box("text_a", texts[0])
        self.text_b = text_box("text_b", texts[1], say("controls.text_b_hint"))
        super().__init__([self.model, self.name, self.text_a, self.text_b, self.look], *self._choices())
        self.rows[0].layout.display = None if bert else "none"
        self._tried = self._wanted
        self._begin()

    def _choices(self) -> list[list[widgets.Widget]]:
        """Make the controls that decide what is shown, row by row; the record gives them their ranges."""
        raise NotImplementedError

    def _notices(self) -> list[str]:
        return list(self._record.notices)

    def _asked(self) -> tuple[str, str]:
        return self.text_a.value, self.text_b.value

    def _load(self, name: str) -> Model:
        return load_bert(name)

    def _run(self) -> None:
        self._keep(self._models[self.model.value].run(*self._asked()))

    def _keep(self, record: AttentionRecord) -> None:
        """Keep a run; its words are folded when they are first asked for."""
        self._record, self._folded = record, None

    def _shown(self) -> AttentionRecord:
        """Return the record of characters and word pieces, or of words."""
        if not self.words.value or not hasattr(self._record, "words"):
            return self._record
        self._folded = self._folded or self._record.words()
        return self._folded

    def _source(self) -> object:
        """Let the page draw the record, unless its weights are more than a page is sent at once."""
        record = self._shown()
        return record if record.weights.numel() <= MOST_WEIGHTS else None

    def _packed(self) -> dict[str, object]:
        return packed_heads(self._shown())


class CellExplorer(TextExplorer):
    """A view of one attention cell: what a page is given are the cells of one token in all heads.

    Attributes:
        token: the position of the token that asks.
    """

    token: widgets.Dropdown

    def _source(self) -> object:
        """Let the page draw the cells of this token, unless they are more than a page is sent at once."""
        record = self._record
        if not isinstance(record, BertRecord) or not record.attention_parts:
            return None
        is_small = 2 * record.n_layers * record.n_tokens * record.d_model <= MOST_NUMBERS
        return (record, self.token.value) if is_small else None

    def _packed(self) -> dict[str, object]:
        return packed_cells(cast(BertRecord, self._record), self.token.value)


def offer_filters(control: widgets.Dropdown, record: AttentionRecord) -> None:
    """Give a drop-down the sentence filters that a record has."""
    filters = FILTERS if record.sentence_b_start is not None else FILTERS[:1]
    names = ((name.upper().replace("-", " → "), name) for name in filters[1:])
    offer(control, [(say("controls.all_tokens"), FILTERS[0]), *names])


def telling_word(record: AttentionRecord, layer: int, head: int) -> int:
    """Return the position of the token to look at first: a [MASK], else the word that looks most at another word.

    Args:
        record: a run of self-attention.
        layer, head: the head whose weights are compared.

    Returns:
        A position, 0 where there are only [CLS] and its like.
    """
    words = [place for place in range(record.n_tokens) if place not in record.added_places]
    masked = [place for place in words if record.tokens[place] in MASKS]
    if masked or len(words) < 2:
        return (masked or words or [0])[0]
    among = record.weights[layer, head][words][:, words].clone().fill_diagonal_(0)
    return words[int(among.amax(-1).argmax())]


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
