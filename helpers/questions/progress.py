"""What a learner has done so far, chapter by chapter, as a table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .. import journal
from ..text import escape, say
from .inventory import Comparison, compared


@dataclass(frozen=True)
class Chapter:
    """What was done of one chapter, and what there is to do.

    Attributes:
        number: such as "01".
        made, right, predictions: predictions made, those right, all there are.
        answered: questions of quizzes right at the first try; questions: all there are.
        passed, exercises: exercises passed, all there are.
    """

    number: str
    made: int
    right: int
    predictions: int
    answered: int
    questions: int
    passed: int
    exercises: int

    def cells(self) -> tuple[str, ...]:
        """Return the chapter's line of the table, in the chosen language."""
        return (self.number,
                say("questions.made_right", made=self.made, total=self.predictions, right=self.right),
                say("questions.answered", right=self.answered, total=self.questions),
                say("questions.passed", made=self.passed, total=self.exercises))


@dataclass(frozen=True)
class Progress:
    """What was done of the course; in a notebook it shows itself as a table.

    Attributes:
        chapters: one entry a chapter.
        inventory: what was answered before the course and after it.
    """

    chapters: tuple[Chapter, ...]
    inventory: Comparison

    @property
    def text(self) -> str:
        """One sentence over all chapters, and where it is kept."""
        def total(name: str) -> int:
            return sum(getattr(chapter, name) for chapter in self.chapters)
        names = ("passed", "exercises", "made", "predictions", "right")
        path = journal.place()
        kept = say("questions.kept", path=path.name) if path and journal.is_kept() else say("questions.not_kept")
        said = (say("questions.summary", **{name: total(name) for name in names}), self.inventory.text, kept)
        return " ".join(filter(None, said))

    def __repr__(self) -> str:
        return "\n".join([*("  ".join(chapter.cells()) for chapter in self.chapters), self.text])

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(say(f'questions.{name}'))}</th>"
                       for name in ("chapter", "predictions", "quizzes", "checks"))
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in chapter.cells())}</tr>"
                       for chapter in self.chapters)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{escape(self.text)}</p>"


def gathered(predictions: Collection[str], quizzes: Mapping[str, Collection], exercises: Collection[str],
             done: journal.Entries) -> Progress:
    """Count what was done against what there is.

    Args:
        predictions: the keys of all predictions.
        quizzes: all quizzes with their questions.
        exercises: the keys of all exercises.
        done: what the journal holds.
    """
    numbers = sorted({key.split(".")[0] for key in (*predictions, *quizzes, *exercises)})
    return Progress(tuple(_chapter(number, predictions, quizzes, exercises, done) for number in numbers),
                    compared(done))


def _chapter(number: str, predictions: Collection[str], quizzes: Mapping[str, Collection], exercises: Collection[str],
             done: journal.Entries) -> Chapter:
    def mine(keys: Collection[str]) -> list[str]:
        return [key for key in keys if key.startswith(f"{number}.")]
    guesses = [done["predictions"][key] for key in mine(predictions) if key in done["predictions"]]
    return Chapter(
        number, made=sum(guess["said"] is not None for guess in guesses),
        right=sum(guess["right"] is True for guess in guesses), predictions=len(mine(predictions)),
        answered=sum(int(str(done["quizzes"].get(key, {}).get("right", 0))) for key in mine(quizzes)),
        questions=sum(len(quizzes[key]) for key in mine(quizzes)),
        passed=sum(bool(done["checks"].get(key, {}).get("passed")) for key in mine(exercises)),
        exercises=len(mine(exercises)))
