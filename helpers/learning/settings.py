"""What can be chosen about a training run that a learner watches, and within which bounds."""

from dataclasses import dataclass
from typing import TypedDict

from ..asked import number, short, whole
from ..text import CourseError
from .tasks import TASKS

MOST = {"n_layers": 4, "n_heads": 16, "d_model": 128}
NORMS = ("before", "after", "none")
SWITCHES = ("positions", "residual", "feed_forward")


class LiveKeywords(TypedDict, total=False):
    """What can be chosen besides the task, by keyword, as in `LiveSettings`."""

    n_layers: int
    n_heads: int
    learning_rate: float
    positions: bool
    residual: bool
    norm: str
    feed_forward: bool
    d_model: int
    seed: int


@dataclass(frozen=True)
class LiveSettings:
    """A task, a small Transformer and how fast it learns. Every choice is checked when it is made.

    Attributes:
        task: "reverse", "copy" or "sort".
        n_layers: layers of the encoder, and as many of the decoder, 1 to 4.
        n_heads: heads of each attention, 1 to 16; they must divide `d_model`.
        learning_rate: its peak, reached at the end of the warm-up; above 0.
        positions: whether the embeddings get the sinusoidal positions.
        residual: whether each sublayer's output is added to its input; else it takes its place.
        norm: where the layer norms stand: "before" each sublayer, "after" each sum, or "none" at all.
        feed_forward: whether the layers have a feed-forward network.
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
    residual: bool = True
    norm: str = "before"
    feed_forward: bool = True
    d_model: int = 48
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.task, str) or self.task not in TASKS:
            raise CourseError("training.bad_task", known=", ".join(TASKS), got=short(self.task))
        for name, most in MOST.items():
            if whole(getattr(self, name), 1, most) is None:
                raise CourseError("training.bad_size", name=name, most=most, got=short(getattr(self, name)))
        if self.d_model % 2 or self.d_model % self.n_heads:
            raise CourseError("training.bad_heads", d_model=self.d_model, n_heads=self.n_heads)
        if not (number(self.learning_rate) or 0) > 0:
            raise CourseError("training.bad_rate", got=short(self.learning_rate))
        for name in SWITCHES:
            if not isinstance(getattr(self, name), bool):
                raise CourseError("training.bad_switch", name=name, got=short(getattr(self, name)))
        if not isinstance(self.norm, str) or self.norm not in NORMS:
            raise CourseError("training.bad_norm", known=", ".join(NORMS), got=short(self.norm))
        if whole(self.seed, 0, 2 ** 32 - 1) is None:
            raise CourseError("training.bad_seed", got=short(self.seed))

    @property
    def whole(self) -> bool:
        """Whether each layer has all its parts, with the norms before the sublayers."""
        return self.residual and self.feed_forward and self.norm == "before"
