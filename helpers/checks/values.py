"""Exercises whose answer is read from a record: a place, a count."""

from collections.abc import Callable
from dataclasses import dataclass

from ..models.records import AttentionRecord
from .exercise import Exercise
from .note import Verdict
from .numbers import whole_numbers

Place = tuple[int, ...]


@dataclass(frozen=True)
class ValueExercise(Exercise):
    """Read one value, one or more whole numbers, from a record.

    `right(record)` and each `wrong(record)` return the set of tuples that are right, or wrong in that way.

    Attributes:
        places: every tuple that could be meant, right or wrong; others are out of range.
        facts: (value, record) -> what the messages say about it.
    """

    places: Callable[[AttentionRecord], set[Place]]
    facts: Callable[[Place, AttentionRecord], dict[str, object]]

    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on a value read from `record`."""
        if answer is None or answer is ...:
            return self.verdict("open", "unanswered")
        if not isinstance(record, AttentionRecord):
            return self.verdict("wrong", "needs_record", got=type(record).__name__)
        right, places, value = self.right(record), self.places(record), whole_numbers(answer)
        if not right:
            return self.verdict("wrong", "unsuitable_record")
        if value is None or len(value) != len(next(iter(right))):
            return self.verdict("wrong", "form", got=repr(answer)[:60])
        if value in right:
            return self.verdict("right", "passed", **self.facts(value, record))
        for mistake in self.mistakes:
            if value in mistake.wrong(record):
                return self.verdict("wrong", mistake.name, mistake.name, **self.facts(value, record))
        return self.verdict("wrong", "otherwise" if value in places else "out_of_range", **self.facts(value, record))
