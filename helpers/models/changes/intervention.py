"""What a learner may ask to be changed inside a model while it runs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TypedDict

from torch import Tensor

from ...text import CourseError


@dataclass(frozen=True, eq=False)
class Intervention:
    """What to change in one run; `bert.run(sentence_a, sentence_b, **changes)` takes these names as keywords.

    Every change holds in the running model itself, so what follows from it (later layers, the prediction) follows
    as the model makes it. Several changes go together. All default to no change.

    Attributes:
        heads_off: (layer, head) pairs. The context of such a head is zero, so it tells the tokens nothing; its
            weights stay in the record as they were computed, to show what was lost.
        weights_edited: {(layer, head, query): row}, one weight for each key, none negative, summing to 1. The row
            takes the place of the model's own, whatever else is changed; its scores stay as computed.
        hidden_tokens: which tokens no one may attend to, themselves included, in any layer and head: places, or
            token strings, which hide every token of that name ("[CLS]", "tea").
        positions: "shuffled": the tokens keep their order, but their position embeddings are dealt out anew;
            "none": no position embedding is added; or a list, the position that each token is told.
        seed: of the shuffle; the same seed and number of tokens give the same order, never the original one.
        scale: what q·k is multiplied by, 0 to 1000; None = the model's own 1/sqrt(d_head), 1.0 = no √d.
        temperature: what the scores are divided by besides, 0.001 to 1000; below 1 sharpens, above 1 flattens.
        position_table: (position, d_model), stands in for the table of positions that the model has learnt, of the
            same shape; see `learned_positions`.
    """

    heads_off: Collection[tuple[int, int]] = ()
    weights_edited: Mapping[tuple[int, int, int], Sequence[float] | Tensor] | None = None
    hidden_tokens: Collection[int | str] = ()
    positions: str | Sequence[int] | None = None
    seed: int = 0
    scale: float | None = None
    temperature: float = 1.0
    position_table: Tensor | None = None

    @classmethod
    def of(cls, changes: "Changes") -> "Intervention":
        """Make an intervention of the keywords of `bert.run`.

        Raises:
            CourseError: for a keyword that names no change.
        """
        known = [field.name for field in fields(cls)]
        for name in changes:
            if name not in known:
                raise CourseError("interventions.unknown", got=name, known=", ".join(known))
        return cls(**changes)


class Changes(TypedDict, total=False):
    """The keywords of `bert.run` as type checkers know them: the fields of `Intervention`, each may be left out."""

    heads_off: Collection[tuple[int, int]]
    weights_edited: Mapping[tuple[int, int, int], Sequence[float] | Tensor] | None
    hidden_tokens: Collection[int | str]
    positions: str | Sequence[int] | None
    seed: int
    scale: float | None
    temperature: float
    position_table: Tensor | None
