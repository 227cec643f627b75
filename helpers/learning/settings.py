"""What can be chosen about a training run that a learner watches, and within which bounds."""

import math
from dataclasses import dataclass

from ..text import CourseError
from .tasks import TASKS

MOST = {"n_layers": 4, "n_heads": 16, "d_model": 128}


@dataclass(frozen=True)
class LiveSettings:
    """A task, a small Transformer and how fast it learns. Every choice is checked when it is made.

    Attributes:
        task: "reverse", "copy" or "sort".
        n_layers: layers of the encoder, and as many of the decoder, 1 to 4.
        n_heads: heads of each attention, 1 to 16; they must divide `d_model`.
        learning_rate: its peak, reached at the end of the warm-up; above 0.
        positions: whether the embeddings get the sinusoidal positions.
        d_model: width of the vectors, an even number from 2 to 128.
        seed: of the first weights and of the words it is trained on.

    Raises:
        CourseError: for anything outside these ranges.
    """

    task: str = "reverse"
    n_layers: int = 1
    n_heads: int = 2
    learning_rate: float = 0.005
    positions: bool = True
    d_model: int = 48
    seed: int = 0

    def __post_init__(self) -> None:
        if self.task not in TASKS:
            raise CourseError("training.bad_task", known=", ".join(TASKS), got=f"{self.task!r:.40}")
        for name, most in MOST.items():
            if not is_whole(getattr(self, name), 1, most):
                raise CourseError("training.bad_size", name=name, most=most, got=f"{getattr(self, name)!r:.40}")
        if self.d_model % 2 or self.d_model % self.n_heads:
            raise CourseError("training.bad_heads", d_model=self.d_model, n_heads=self.n_heads)
        if not (is_number(self.learning_rate) and self.learning_rate > 0):
            raise CourseError("training.bad_rate", got=f"{self.learning_rate!r:.40}")
        if not isinstance(self.positions, bool):
            raise CourseError("training.bad_positions", got=f"{self.positions!r:.40}")
        if not is_whole(self.seed, 0, 2 ** 32 - 1):
            raise CourseError("training.bad_seed", got=f"{self.seed!r:.40}")


def is_whole(value: object, least: int, most: int) -> bool:
    """Say whether a value is a whole number in a range; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_number(value: object) -> bool:
    """Say whether a value is a finite number; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
