"""What every exercise has: a right answer, typical mistakes, hints, and a sentence for each.

A typical mistake is coded as what it is, a wrong implementation. It is recognised by its result: the learner's answer
is that mistake when it gives, every time, what the wrong implementation gives, and not what the right one does.

A new kind of exercise is a subclass: it reads the answer in `judge` and adds the sentences it needs to `sentences`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from ..text import say
from .note import Verdict

Sentence = dict[str, str]  # {"en": ..., "zh": ...}


Made = TypeVar("Made")


@dataclass(frozen=True)
class Mistake(Generic[Made]):
    """A typical mistake, and what it makes.

    Attributes:
        name: what `Verdict.mistake` says.
        wrong: the mistake, coded: takes what the right answer takes, returns what this mistake makes of it.
        sentence: what the learner is told.
        also: other code that makes the same mistake, with another result.
    """

    name: str
    wrong: Callable[..., Made]
    sentence: Sentence
    also: tuple[Callable[..., Made], ...] = field(default=(), kw_only=True)

    @property
    def ways(self) -> tuple[Callable[..., Made], ...]:
        """Every way to make the mistake."""
        return self.wrong, *self.also


@dataclass(frozen=True, kw_only=True)
class Exercise(ABC):
    """What all kinds share.

    Attributes:
        key: such as "01.softmax"; the exercise stands in the file of that name, `exercises/e01_softmax.py`.
        right: computes the right answer.
        passed: what a right answer is told.
        mistakes: the typical ones; the first that fits is named.
        hints: from a nudge to nearly the line.
    """

    key: str
    right: Callable[..., object]
    passed: Sentence
    mistakes: tuple[Mistake, ...]
    hints: tuple[Sentence, ...]

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All that this exercise says of its own, by name; such a name goes before the common sentence of that name."""
        return {"passed": self.passed, **{mistake.name: mistake.sentence for mistake in self.mistakes},
                **{f"hint_{step}": hint for step, hint in enumerate(self.hints, 1)}}

    @abstractmethod
    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on an answer; nothing that the answer does is raised, but an interrupt."""

    def verdict(self, kind: str, name: str, mistake: str | None = None, /, **fields: object) -> Verdict:
        """Return a verdict whose sentence is this exercise's own, or the common one of that name."""
        table = f"checks.{self.key}" if name in self.sentences else "checks"
        return Verdict(kind, say(f"checks.{kind}"), say(f"{table}.{name}", key=self.key, **fields), mistake)
