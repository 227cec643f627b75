"""What every exercise has: a right answer, typical mistakes, hints.

A typical mistake is coded as what it is, a wrong implementation. It is recognised by its result: the learner's answer
is that mistake when it gives, every time, what the wrong implementation gives, and not what the right one does.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from ..text import STRINGS, say
from .note import Verdict


@dataclass(frozen=True)
class Mistake:
    """A typical mistake.

    Attributes:
        name: what `Verdict.mistake` says; its message is the string "checks.<exercise>.<name>".
        wrong: the mistake, coded: takes what the right answer takes, returns what this mistake makes of it.
    """

    name: str
    wrong: Callable[..., object]


@dataclass(frozen=True)
class Exercise(ABC):
    """What all kinds share.

    Attributes:
        key: such as "01.softmax".
        right: computes the right answer.
        mistakes: the typical ones; the first that fits is named.
    """

    key: str
    right: Callable[..., object]
    mistakes: tuple[Mistake, ...]

    @property
    def hints(self) -> list[str]:
        """The hints in the chosen language, from a nudge to nearly the line."""
        return [say(name) for name in sorted(STRINGS) if name.startswith(f"checks.{self.key}.hint_")]

    @abstractmethod
    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on an answer; nothing that the answer does is raised."""

    def verdict(self, kind: str, sentence: str, mistake: str | None = None, **fields: object) -> Verdict:
        """Return a verdict whose sentence is this exercise's own, or the common one of that name."""
        own = f"checks.{self.key}.{sentence}"
        message = say(own if own in STRINGS else f"checks.{sentence}", key=self.key, **fields)
        return Verdict(kind, say(f"checks.{kind}"), message, mistake)
