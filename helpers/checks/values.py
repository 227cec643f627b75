"""Exercises whose answer is read from a record: a place, a count."""

from collections.abc import Callable, Set
from dataclasses import dataclass

from ..models.records import AttentionRecord
from .exercise import Exercise, Mistake, Sentence
from .note import Verdict
from .numbers import whole_numbers, written

Place = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class ValueExercise(Exercise):
    """Read one value, one or more whole numbers, from a record.

    `right(record)` and each `wrong(record)` return the set of tuples that are right, or wrong in that way.

    Attributes:
        places: every tuple that could be meant, right or wrong; others are out of range.
        facts: (value, record) -> what the messages say about it.
        otherwise: what is said of a place that is neither right nor a typical mistake.
        out_of_range: of a place that does not exist.
        form: of an answer that is no place.
        unsuitable_record: of a record in which nothing is right.
    """

    right: Callable[[AttentionRecord], Set[Place]]
    mistakes: tuple[Mistake[Set[Place]], ...]
    places: Callable[[AttentionRecord], Set[Place]]
    facts: Callable[[Place, AttentionRecord], dict[str, object]]
    otherwise: Sentence
    out_of_range: Sentence
    form: Sentence
    unsuitable_record: Sentence

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All that this exercise says of its own."""
        return super().sentences | {"otherwise": self.otherwise, "out_of_range": self.out_of_range, "form": self.form,
                                    "unsuitable_record": self.unsuitable_record}

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
            return self.verdict("wrong", "form", got=written(answer, 60))
        if value in right:
            return self.verdict("right", "passed", **self.facts(value, record))
        for mistake in self.mistakes:
            if any(value in wrong(record) for wrong in mistake.ways):
                return self.verdict("wrong", mistake.name, mistake.name, **self.facts(value, record))
        return self.verdict("wrong", "otherwise" if value in places else "out_of_range", **self.facts(value, record))
