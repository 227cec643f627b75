"""What a neuron view is asked to show: checked, and traced."""

import math
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
from torch import Tensor

from ...models.records import AttentionRecord, BertRecord
from ...models.trace import Trace, bound, differences, own_steps, trace
from ...text import CourseError
from ..heads.selection import DIGITS, whole


@dataclass(frozen=True)
class Cell:
    """One attention cell, as one neuron view shows it.

    Attributes:
        record: the run.
        token, layer, head: the place in it.
        key: the position of the row whose numbers are written out.
        steps: everything computed.
    """

    record: BertRecord
    token: int
    layer: int
    head: int
    key: int
    steps: Trace = field(repr=False)

    @cached_property
    def numbers(self) -> dict[str, np.ndarray]:
        """Each step as numbers, rounded; `inputs` is the row of the token alone."""
        found = {one.name: getattr(self.steps, one.name) for one in fields(Trace)}
        found["inputs"] = found["inputs"][self.token]
        return {name: rounded(tensor) for name, tensor in found.items()}

    @cached_property
    def differences(self) -> dict[str, float]:
        """The largest difference of each step from the model's own tensor."""
        return differences(self.steps, self._own)

    @cached_property
    def bound(self) -> float:
        """What rounding alone stays below, in the precision in which the model ran."""
        return bound(self._own)

    @property
    def _own(self) -> dict[str, Tensor]:
        return own_steps(self.record, self.token, self.layer, self.head)

    @property
    def changed(self) -> list[str]:
        """The steps at which the run differs by more than rounding."""
        return [name for name, difference in self.differences.items() if not difference < self.bound]

    def data(self) -> dict:
        """Return the choices, every step, and how far each is from the model's own tensor."""
        return {"model": self.record.model_name, "layer": self.layer, "head": self.head, "token": self.token,
                "key": self.key, "tokens": list(self.record.tokens), "bound": self.bound,
                "differences": self.differences, **{name: array.tolist() for name, array in self.numbers.items()}}


def rounded(tensor: Tensor) -> np.ndarray:
    """Return the numbers as they are drawn and handed out, to four digits."""
    return np.round(tensor.numpy(), DIGITS) + 0.0                      # no minus zero


def select(record: AttentionRecord, token: int, layer: int, head: int, key: int | None) -> Cell:
    """Check the choices and trace the cell.

    Raises:
        CourseError: for a record without queries, keys and values, or a place that it does not have.
    """
    if not getattr(record, "attention_parts", ()):
        raise CourseError("neurons.not_a_run", got=type(record).__name__)
    layer = whole(layer, record.n_layers, "views.layer")
    head = whole(head, record.n_heads, "views.head")
    token = whole(token, record.n_tokens, "views.query")
    steps = trace(record, token, layer, head)
    key = int(steps.weights.argmax()) if key is None else whole(key, record.n_tokens, "views.query")
    return Cell(record, token, layer, head, key, steps)


def shown(value: float, digits: int = 2) -> str:
    """Return a number as the view writes it: a true minus sign, and a sign for minus infinity.

    >>> shown(-1.234), shown(-0.001), shown(-math.inf)
    ('−1.23', '0.00', '−∞')
    """
    return "−∞" if value == -math.inf else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")
