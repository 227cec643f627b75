"""Questions a learner answers before the answer is shown: one choice of several, a number, or words of their own."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from ..asked import number
from ..text import FALLBACK, language

Words = dict[str, str]


def in_words(words: Words) -> str:
    """Return what stands under the chosen language, in English where that language lacks it."""
    return words.get(language(), words[FALLBACK])


@dataclass(frozen=True)
class Reply:
    """What there is to say to an answer.

    Attributes:
        right: whether it is right; None where nobody can say, as with words of one's own.
        said: the answer, in the learner's words.
        why: what it shows, or what is so instead.
    """

    right: bool | None
    said: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """What all kinds share.

    Attributes:
        ask: the question by language; empty where the lesson's own prose asks it.
    """

    ask: Words = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """The question in the chosen language, "" where the prose asks it."""
        return in_words(self.ask) if self.ask else ""

    @abstractmethod
    def reply(self, answer: object, right: object = None) -> Reply:
        """Return what there is to say to an answer.

        Args:
            answer: what the learner gave; its type depends on the kind of question.
            right: the right answer, where the page has computed it; None takes the one that stands here.
        """


@dataclass(frozen=True)
class Option:
    """One answer to choose.

    Attributes:
        words: the answer by language.
        why: what to say to those who choose it, by language.
    """

    words: Words
    why: Words


@dataclass(frozen=True, kw_only=True)
class Choice(Question):
    """One answer of several.

    Attributes:
        options: the answers by name, in the order in which they are offered.
        right: the name of the right one.
    """

    options: dict[str, Option]
    right: str

    def __post_init__(self) -> None:
        if self.right not in self.options:
            raise ValueError(f"right: {self.right!r} is none of {', '.join(self.options)}")

    def reply(self, answer: object, right: object = None) -> Reply:
        """Return what stands beside the chosen option; `answer` and `right` are names of options."""
        option = self.options[str(answer)]
        return Reply(str(answer) == str(self.right if right is None else right), in_words(option.words),
                     in_words(option.why))


@dataclass(frozen=True, kw_only=True)
class Idea:
    """One idea of the inventory, asked in two forms of like difficulty.

    Attributes:
        name: what it is called, by language; it gives no answer away.
        before: the question before the course.
        after: the question after it, with the same options by name.
    """

    name: Words
    before: Choice
    after: Choice

    def __post_init__(self) -> None:
        if self.before.options.keys() != self.after.options.keys() or self.before.right != self.after.right:
            raise ValueError(f"{self.name}: the two forms offer different answers")

    def form(self, name: str) -> Choice:
        """Return the question of a form, "before" or "after"."""
        return self.before if name == "before" else self.after


@dataclass(frozen=True, kw_only=True)
class Number(Question):
    """A number.

    Attributes:
        right: the right number.
        within: how far off still counts as right.
        why: what to say once a number is given, by language.
    """

    right: float
    within: float
    why: Words

    def reply(self, answer: object, right: object = None) -> Reply:
        """Compare a number with the right one."""
        given, wanted = number(answer), number(right)
        wanted = self.right if wanted is None else wanted
        near = given is not None and abs(given - wanted) <= self.within
        return Reply(near, f"{answer:g}" if isinstance(answer, int | float) else str(answer), in_words(self.why))


@dataclass(frozen=True, kw_only=True)
class Essay(Question):
    """Words of the learner's own; nobody judges them, a model answer is shown beside them.

    Attributes:
        why: the model answer, by language.
        points: what a good answer says, by language; one a line.
        least: how many characters there must be before the model answer is shown.
    """

    why: Words
    points: Words = field(default_factory=dict)
    least: int = 20

    def reply(self, answer: object, right: object = None) -> Reply:
        """Return the model answer, to be compared by the learner."""
        return Reply(None, str(answer), in_words(self.why))
