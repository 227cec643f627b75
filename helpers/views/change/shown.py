"""What an intervention did, as its view shows it: checked, with the words and the numbers."""

from dataclasses import dataclass

from ...interventions import Comparison
from ...text import CourseError, say
from ..kit import DIGITS


@dataclass(frozen=True)
class Shown:
    """A comparison: its guesses where there are any, else how far the hidden states turned.

    Attributes:
        comparison: the runs before and after.
    """

    comparison: Comparison

    def title(self) -> str:
        """Return the heading."""
        return say("change.title")

    def sentence(self) -> str:
        """Return what changed and what came of it."""
        return self.comparison.text

    def data(self) -> dict:
        """Return the numbers drawn."""
        compared = self.comparison
        masks = [{"position": mask.position, "bits": round(mask.bits, DIGITS),
                  "divergence": round(mask.divergence, DIGITS), "before": _rounded(mask.before),
                  "after": _rounded(mask.after)} for mask in compared.masks]
        return {"model": compared.before.model_name, "changes": compared.words,
                "tokens": list(compared.before.tokens), "masks": masks,
                "moved": [[round(distance, DIGITS) for distance in row] for row in compared.moved.tolist()]}


def select(comparison: Comparison) -> Shown:
    """Check what is to be shown.

    Raises:
        CourseError: for what is not a comparison.
    """
    if not isinstance(comparison, Comparison):
        raise CourseError("change.not_a_comparison", got=type(comparison).__name__)
    return Shown(comparison)


def _rounded(guesses: tuple[tuple[str, float], ...]) -> list[list]:
    return [[token, round(probability, DIGITS)] for token, probability in guesses]
