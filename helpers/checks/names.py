"""Exercises whose answer is a list of names: say of each picture, or each table, what it is."""

from dataclasses import dataclass, field

from .exercise import Exercise
from .note import Verdict

Names = tuple[str, ...]


@dataclass(frozen=True)
class NamesExercise(Exercise):
    """Name several things in their order.

    `right()` returns the names in order, each `wrong()` the answers that are wrong in that way.

    Attributes:
        spellings: {what a learner may write, in small letters: the name it stands for}.
    """

    spellings: dict[str, str] = field(default_factory=dict)

    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on a list of names."""
        if answer is None or answer is ... or (isinstance(answer, list | tuple) and ... in answer):
            return self.verdict("open", "unanswered")
        names = self._names(answer)
        if names is None or len(names) != len(self.right()):
            return self.verdict("wrong", "form", got=repr(answer)[:80])
        if names == self.right():
            return self.verdict("right", "passed")
        for mistake in self.mistakes:
            if names in mistake.wrong():
                return self.verdict("wrong", mistake.name, mistake.name)
        return self.verdict("wrong", "otherwise")

    def _names(self, answer: object) -> Names | None:
        """Return the names an answer stands for, or None where it is no list of them."""
        if not isinstance(answer, list | tuple):
            return None
        names = tuple(self.spellings.get(one.strip().lower()) if isinstance(one, str) else None for one in answer)
        return None if None in names else names
