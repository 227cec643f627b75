"""One attention cell as a neuron view shows it, checked, and the words for it."""

import math
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
from torch import Tensor

from ...models.records import AttentionRecord, BertRecord
from ...models.trace import Trace, bound, differences, own_steps, trace
from ...text import CourseError, say
from ..heads.shown import name_of
from ..kit import DIGITS, place_of

MOST_KEYS, MOST_ENTRIES = 2, 12


@dataclass(frozen=True)
class Shown:
    """One attention shown, as one neuron view shows it.

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

    def title(self) -> str:
        """Return the heading, as "Layer 1 · head 3 · query “dog”"."""
        return say("neurons.title", layer=self.layer, head=self.head, token=name_of(self.record, self.token))

    def sentence(self) -> str:
        """Return the whole picture in words: who gets most, by what numbers, and that the steps are the model's."""
        order = np.argsort(-self.numbers["weights"], kind="stable")[:MOST_KEYS]
        keys = say("views.comma").join(say("neurons.most", **_facts(self, int(key))) for key in order)
        return say("neurons.sentence", title=self.title(), model=self.record.model_name or say("views.model"),
                   n=self.record.n_tokens, keys=keys, check=check(self))

    def data(self) -> dict:
        """Return the choices, every step, and how far each is from the model's own tensor."""
        return {"model": self.record.model_name, "layer": self.layer, "head": self.head, "token": self.token,
                "key": self.key, "tokens": list(self.record.tokens), "bound": self.bound,
                "differences": self.differences, **{name: array.tolist() for name, array in self.numbers.items()}}


def rounded(tensor: Tensor) -> np.ndarray:
    """Return the numbers as they are drawn and handed out, to four digits."""
    return np.round(tensor.numpy(), DIGITS) + 0.0                      # no minus zero


def select(record: AttentionRecord, token: int, layer: int, head: int, key: int | None) -> Shown:
    """Check the choices and trace the cell.

    Raises:
        CourseError: for a record without queries, keys and values, or a place that it does not have.
    """
    if not isinstance(record, BertRecord) or not record.attention_parts:
        raise CourseError("neurons.not_a_run", got=type(record).__name__)
    layer = place_of(layer, record.n_layers, "views.layer")
    head = place_of(head, record.n_heads, "views.head")
    token = place_of(token, record.n_tokens, "views.query")
    steps = trace(record, token, layer, head)
    key = int(steps.weights.argmax()) if key is None else place_of(key, record.n_tokens, "views.query")
    return Shown(record, token, layer, head, key, steps)


def in_figures(value: float, digits: int = 2) -> str:
    """Return a number as the view writes it: a true minus sign, and a sign for minus infinity.

    >>> in_figures(-1.234), in_figures(-0.001), in_figures(-math.inf)
    ('−1.23', '0.00', '−∞')
    """
    return "−∞" if value == -math.inf else f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def check(shown: Shown) -> str:
    """Say that every step equals the model's own tensor, or where it does not."""
    if not shown.changed:
        return say("neurons.equal", bound=f"{shown.bound:.0e}".replace("e-0", "e-"))
    steps = say("views.comma").join(say(f"neurons.step_{name}") for name in shown.changed)
    return say("neurons.changed", steps=steps)


def _facts(shown: Shown, key: int) -> dict[str, object]:
    facts = {name: in_figures(shown.numbers[step][key])
             for name, step in (("dot", "dot_products"), ("score", "scores"), ("weight", "weights"))}
    return {"key": name_of(shown.record, key), "d_head": shown.record.d_head, **facts}


def spoken_row(shown: Shown, key: int) -> str:
    """Return the row of one key in words."""
    products = shown.numbers["products"][key]
    index = int(np.abs(products).argmax())
    return say("neurons.row", **_facts(shown, key), product=in_figures(products[index]), index=index)


def largest(shown: Shown, step: str) -> str:
    """Name the largest numbers of a vector with their places, largest first."""
    vector = shown.numbers[step]
    entries = (say("neurons.entry", index=index, value=in_figures(vector[index]))
               for index in np.argsort(-np.abs(vector), kind="stable")[:MOST_ENTRIES].tolist())
    return say("neurons.largest", n=len(vector), entries=say("views.comma").join(entries))


def caption(shown: Shown, step: str) -> str:
    """Say what one of the long vectors is, the query or the context."""
    single = step == "attention_output" and shown.record.n_heads == 1
    name = {"inputs": "input"}.get(step, f"{step}_one" if single else step)
    return say(f"neurons.{name}", token=name_of(shown.record, shown.token), layer=shown.layer)


def spoken_vector(shown: Shown, step: str) -> str:
    """Return one of the long vectors, the query or the context in words."""
    return say("neurons.spoken", name=caption(shown, step).rstrip(" →"), largest=largest(shown, step))
