"""The text to translate: which language it is in, and what the encoder is given of it."""

from dataclasses import dataclass

from ...text import CourseError, say
from ..tokens import clean_sentences
from ..words import is_chinese

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Source:
    """A text ready for the encoder; the attributes are those of `TranslationRecord`."""

    source_text: str
    target: str
    source_tokens: tuple[str, ...]
    source_ids: tuple[int, ...]
    notices: tuple[str, ...]


def clean_text(text: object, name: str, limit: int) -> str:
    """Return the text as it can be read.

    Args:
        text: what the learner gave.
        name: what the learner calls the model.
        limit: how many tokens the model can hold.

    Raises:
        CourseError: for what is not a text, a blank one, or one of more than 100,000 characters.
    """
    if not isinstance(text, str):
        raise CourseError("translation.not_text", got=f"{type(text).__name__} {text!r:.60}")
    return clean_sentences(text, None, name, limit)[0]


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return any(map(is_chinese, text))


def checked_target(target: object) -> str | None:
    """Return the language asked for, None where it is to be found from the text.

    Raises:
        CourseError: for anything but "zh", "en" or None.
    """
    if target is None or isinstance(target, str) and target in LANGUAGES:
        return target
    raise CourseError("translation.target", got=f"{target!r:.60}")


def language_notices(text: str, from_chinese: bool) -> list[str]:
    """Say so if a text is in another language than it is translated from; one without letters is in any."""
    if has_chinese(text) == from_chinese or not any(map(str.isalpha, text)):
        return []
    return [say("translation.looks_not_chinese" if from_chinese else "translation.looks_chinese")]
