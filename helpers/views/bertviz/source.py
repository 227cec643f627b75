"""What bertviz is given to draw: the attention in a record, with its tokens named as they can be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

from torch import Tensor

from ...models import AttentionRecord, Bert, TranslationRecord, load_bert
from ...models.records import Attentions, Tokens, as_record
from ...models.translation.translator import Translator
from ...text import CourseError
from ..svg import clip, visible

Source = AttentionRecord | TranslationRecord | Bert | Translator | Attentions | str | PathLike
Text = str | Tokens | None
LONGEST_TOKEN = 13
MOST = {"heads": 3_000_000, "model": 250_000, "neurons": 3_000_000}


@dataclass(frozen=True)
class Attention:
    """The attention that bertviz's head view and model view show.

    Attributes:
        parts: {"self": record} for a text that attends to itself; of a translation "encoder", "decoder" and "cross".
    """

    parts: dict[str, AttentionRecord]

    @property
    def own(self) -> AttentionRecord:
        """The part that the course's own views show: all there is, or of a translation the cross-attention."""
        return self.parts.get("self") or self.parts["cross"]

    @property
    def n_layers(self) -> int:
        """How many layers all parts have."""
        return min(part.n_layers for part in self.parts.values())

    @property
    def n_heads(self) -> int:
        """How many heads all parts have in each layer."""
        return min(part.n_heads for part in self.parts.values())

    @property
    def n_tokens(self) -> int:
        """The number of tokens in the longest column."""
        return max(len(tokens) for part in self.parts.values() for tokens in part.sides)

    @property
    def n_numbers(self) -> int:
        """How many weights bertviz writes into a page: those of a pair of sentences once more for its filters."""
        copies = 1 if self.own.sentence_b_start is None else 2
        return copies * sum(part.weights.numel() for part in self.parts.values())

    @property
    def n_lines(self) -> int:
        """How many lines bertviz's model view draws at a time: one a weight of the largest part."""
        return max(part.weights.numel() for part in self.parts.values())

    @property
    def labels(self) -> list[tuple[list[str], list[str]]]:
        """The names of queries and keys of each part of a translation.

        bertviz takes one list for the decoder, but what it has read and what it then writes are one token apart.
        """
        sides = [] if "self" in self.parts else [part.sides for part in self.parts.values()]
        return [(shown_names(asks), shown_names(answers)) for asks, answers in sides]

    def arguments(self) -> dict[str, object]:
        """Return what bertviz's head view and model view are called with; they share these names."""
        asks, answers = map(shown_names, self.own.sides)
        common = {"prettify_tokens": False, "include_layers": list(range(self.n_layers)), "html_action": "return"}
        if "self" in self.parts:
            return common | {"attention": _layers(self.own), "tokens": asks,
                             "sentence_b_start": self.own.sentence_b_start}
        weights = {f"{name}_attention": _layers(part) for name, part in self.parts.items()}
        return common | weights | {"encoder_tokens": answers, "decoder_tokens": asks}


def _layers(part: AttentionRecord) -> list[Tensor]:
    """Return the weights as bertviz takes them: one (1, head, query, key) a layer, four digits."""
    return list(rounded(part.weights)[:, None])


def rounded(numbers: Tensor) -> Tensor:
    """Return numbers in float64, rounded to four digits; no minus zero."""
    return numbers.detach().double().round(decimals=4) + 0.0


def shown_names(tokens: Sequence[str]) -> list[str]:
    """Return tokens as bertviz has room for them: blanks made visible, long ones cut."""
    return [clip(visible(token), LONGEST_TOKEN) for token in tokens]


def record_of(function: str, source: Source, sentence_a: Text, sentence_b: str | None) -> object:
    """Return the record to draw: the one given, or a model's run on the texts.

    Args:
        function: the function that was called, for the sentence that says what went wrong.
        source: a record, a loaded model, a name or folder for `load_bert`, or attention weights.
        sentence_a: a model's text; the tokens of attention weights; None for a record.
        sentence_b: a second one, or None.

    Raises:
        CourseError: for a record with texts, a model without, or a translator with two.
    """
    if isinstance(source, Attentions) or isinstance(sentence_a, list | tuple):
        return as_record(source, sentence_a, function=function)
    model = load_bert(source) if isinstance(source, str | PathLike) else source
    run = getattr(model, "run", None) or getattr(model, "translate", None)
    if run is None:
        if sentence_a is not None or sentence_b is not None:
            raise CourseError("bertviz.record_and_text", function=function)
        return source
    if sentence_a is None:
        raise CourseError("bertviz.no_text", function=function)
    if sentence_b is None:
        return run(sentence_a)
    if not hasattr(model, "run"):
        raise CourseError("bertviz.one_text", function=function)
    return run(sentence_a, sentence_b)


def attention_of(function: str, record: object) -> Attention:
    """Take the attention out of a record.

    Args:
        function: as for `record_of`.
        record: a record of attention, or of a translation.

    Raises:
        CourseError: for anything else.
    """
    if isinstance(record, TranslationRecord):
        return Attention({"encoder": record.encoder, "decoder": record.decoder, "cross": record.cross})
    if not isinstance(record, AttentionRecord):
        raise CourseError("bertviz.not_a_source", function=function, got=type(record).__name__)
    return Attention({"cross" if record.is_cross else "self": record})


def refuse_long(kind: str, count: int, attention: Attention) -> None:
    """Refuse what no browser can hold.

    Args:
        kind: "heads", "model" or "neurons".
        count: how many numbers the page would hold, or lines it would draw.
        attention: what is to be drawn.

    Raises:
        CourseError: where the count is above `MOST`; the sentence says what to do instead.
    """
    if count > MOST[kind]:
        raise CourseError(f"bertviz.too_long_{kind}", n=attention.n_tokens, layers=attention.n_layers,
                          heads=attention.n_heads, count=f"{count:,}", most=f"{MOST[kind]:,}")
