"""Exercises whose answer is a list of names: say of each picture, or each table, what it is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from .exercise import Exercise, Mistake, Sentence
from .note import Verdict
from .numbers import written

Names = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NamesExercise(Exercise):
    """Name several things in their order.

    `right()` returns the names in order, each `wrong()` the answers that are wrong in that way.

    Attributes:
        spellings: {what a learner may write, in small letters: the name it stands for}.
        otherwise: what is said of names that are neither right nor a typical mistake.
        form: of an answer that is no list of as many names.
    """

    right: Callable[[], Names]
    mistakes: tuple[Mistake[Collection[Names]], ...]
    spellings: dict[str, str]
    otherwise: Sentence
    form: Sentence

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All that this exercise says of its own."""
        return super().sentences | {"otherwise": self.otherwise, "form": self.form}

    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on a list of names."""
        if answer is None or answer is ... or (isinstance(answer, list | tuple) and any(one is ... for one in answer)):
            return self.verdict("open", "unanswered")
        names = self._names(answer)
        if names is None or len(names) != len(self.right()):
            return self.verdict("wrong", "form", got=written(answer, 80))
        if names == self.right():
            return self.verdict("right", "passed")
        for mistake in self.mistakes:
            if any(names in wrong() for wrong in mistake.ways):
                return self.verdict("wrong", mistake.name, mistake.name)
        return self.verdict("wrong", "otherwise")

    def _names(self, answer: object) -> Names | None:
        """Return the names an answer stands for, or None where it is no list of them."""
        if not isinstance(answer, list | tuple):
            return None
        names = tuple(self.spellings.get(one.strip().lower()) if isinstance(one, str) else None for one in answer)
        known = tuple(name for name in names if name is not None)
        return known if len(known) == len(names) else None
