"""What a learner may change in a translation: checked against the source, and put into words."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from typing import TypedDict

from ...asked import short, whole
from ...text import CourseError, say
from ..changes.checked import checked_heads, checked_temperature, checked_tokens
from ..changes.plan import heads_off_words
from .source import Source

MOST_BEAM = 16


@dataclass(frozen=True)
class TranslationChanges:
    """What to change in one translation; `translator.translate(text, **changes)` takes these names as keywords.

    Several changes go together. All default to no change.

    Attributes:
        heads_off: (layer, head) pairs of the cross-attention. Such a head tells the decoder nothing; its weights stay
            in the record as they were computed.
        hidden_tokens: source tokens that no one may attend to, in encoder and cross-attention: places, or token
            strings, which hide every token of that name.
        prefix: how the translation must begin; the model goes on from there.
        temperature: what the logits are divided by, 0.001 to 1000: below 1 sharpens the probabilities, above 1
            flattens them.
        seed: draw each token by lot, as likely as the model holds it; None takes the likeliest.
    """

    heads_off: Collection[tuple[int, int]] = ()
    hidden_tokens: Collection[int | str] = ()
    prefix: str = ""
    temperature: float = 1.0
    seed: int | None = None

    @classmethod
    def of(cls, changes: "TranslationKeywords") -> "TranslationChanges":
        """Make changes of the keywords of `translate`.

        Raises:
            CourseError: for a keyword that names no change.
        """
        known = [field.name for field in fields(cls)]
        for name in changes:
            if name not in known:
                raise CourseError("translation.unknown", got=name, known=", ".join(known))
        return cls(**changes)


class TranslationKeywords(TypedDict, total=False):
    """The keywords of `translate` as type checkers know them: the fields of `TranslationChanges`."""

    heads_off: Collection[tuple[int, int]]
    hidden_tokens: Collection[int | str]
    prefix: str
    temperature: float
    seed: int | None


@dataclass(frozen=True)
class TranslationPlan:
    """How one text is to be translated.

    Attributes:
        beam: paths kept at each step; 1 is greedy.
        heads_off: (layer, head) pairs in order.
        hidden: places of the hidden source tokens in order.
        visible: for each source token, whether it may be attended to.
        prefix, prefix_ids: how the translation begins, as text and as token ids.
        temperature, seed: as in TranslationChanges.
    """

    beam: int
    heads_off: tuple[tuple[int, int], ...]
    hidden: tuple[int, ...]
    visible: tuple[bool, ...]
    prefix: str
    prefix_ids: tuple[int, ...]
    temperature: float
    seed: int | None

    def words(self, tokens: tuple[str, ...]) -> str:
        """Say in the learner's language what changes; an empty text where nothing does.

        Args:
            tokens: of the source.
        """
        parts = heads_off_words("translation.said_heads", self.heads_off)
        if self.hidden:
            names = dict.fromkeys(tokens[place] for place in self.hidden)
            parts.append(say("interventions.said_hidden", tokens=" ".join(names)))
        if self.prefix_ids:
            parts.append(say("translation.said_prefix", prefix=self.prefix))
        if self.temperature != 1:
            parts.append(say("interventions.said_temperature", temperature=f"{self.temperature:g}"))
        if self.seed is not None:
            parts.append(say("translation.said_seed", seed=self.seed))
        return say("interventions.and").join(parts)


def checked_hidden(hidden: object, tokens: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of the source tokens to hide, in order.

    Raises:
        CourseError: for another form, a token that is not there, or if none is left.
    """
    places = checked_tokens(hidden, tokens)
    if len(places) == len(tokens):
        raise CourseError("translation.all_hidden")
    return places


def checked_prefix(prefix: object) -> str:
    """Return the beginning of the translation, without blanks round it; "" where it is free.

    Raises:
        CourseError: for what is not a text.
    """
    if prefix is not None and not isinstance(prefix, str):
        raise CourseError("translation.prefix_not_text", got=f"{prefix!r:.60}")
    return (prefix or "").encode("utf-8", "replace").decode("utf-8").strip()


def checked_beam(beam: object, seed: object) -> int:
    """Return how many paths to keep.

    Raises:
        CourseError: for what is not a whole number from 1 to 16, or a beam together with a seed.
    """
    paths = whole(beam, 1, MOST_BEAM)
    if paths is None:
        raise CourseError("translation.beam", got=short(beam), most=MOST_BEAM)
    if paths > 1 and seed is not None:
        raise CourseError("translation.seed_and_beam")
    return paths


def checked_seed(seed: object) -> int | None:
    """Return the seed; None where nothing is drawn by lot.

    Raises:
        CourseError: for what is not a whole number from 0.
    """
    if seed is not None and whole(seed, 0) is None:
        raise CourseError("translation.seed", got=short(seed))
    return whole(seed)


def translation_plan(changes: TranslationKeywords, beam: object, source: Source, sizes: tuple[int, int],
             prefix_ids: Callable[[str], tuple[int, ...]]) -> TranslationPlan:
    """Make ready what was asked for.

    Args:
        changes: under the names of `TranslationChanges`.
        beam: paths to keep at each step.
        source: the text.
        sizes: layers and heads of the cross-attention.
        prefix_ids: turns the text of a prefix into token ids, or refuses it.

    Raises:
        CourseError: for anything that cannot be done to this text by this model.
    """
    asked = TranslationChanges.of(changes)
    prefix, seed = checked_prefix(asked.prefix), checked_seed(asked.seed)
    hidden = checked_hidden(asked.hidden_tokens, source.source_tokens)
    return TranslationPlan(
        beam=checked_beam(beam, seed), heads_off=checked_heads(asked.heads_off, *sizes), hidden=hidden,
        visible=tuple(place not in hidden for place in range(len(source.source_tokens))),
        prefix=prefix, prefix_ids=prefix_ids(prefix) if prefix else (),
        temperature=checked_temperature(asked.temperature), seed=seed)
