"""An intervention made ready for one text and one model: checked, resolved, and put into words."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from torch import Tensor

from ...text import say
from ..anatomy import Anatomy
from .checked import (
    checked_heads,
    checked_positions,
    checked_rows,
    checked_scale,
    checked_table,
    checked_temperature,
    checked_tokens,
)
from .intervention import Changes, Intervention


@dataclass(frozen=True, eq=False)
class Plan:
    """What changes in one run of one model on one text.

    Attributes:
        tokens: the token strings of the text.
        heads_off: (layer, head) pairs in order.
        rows: {(layer, head, query): (key,)}.
        hidden: places of the hidden tokens in order.
        positions: the position each token is told; () for none at all, None for no change.
        shuffled: whether these positions come from a shuffle.
        table: (position, d_model), what stands in for the model's own table of positions; None for its own.
        scale: None for the model's own.
        temperature: 1.0 for no change.
        gain: how many times as large as the model's own both of them make the scores.
    """

    tokens: tuple[str, ...]
    heads_off: tuple[tuple[int, int], ...]
    rows: dict[tuple[int, int, int], Tensor]
    hidden: tuple[int, ...]
    positions: tuple[int, ...] | None
    shuffled: bool
    table: Tensor | None
    scale: float | None
    temperature: float
    gain: float

    def edited(self, weights: Tensor) -> Tensor:
        """Return weights (layer, head, query, key) with the edited rows in the place of the model's own."""
        weights = weights.clone()
        for place, row in self.rows.items():
            weights[place] = row.to(weights)
        return weights

    def notice(self) -> str:
        """Say that this run was changed, and how."""
        return say("interventions.notice", changes=self.words())

    def words(self) -> str:
        """Say in the learner's language what changes; an empty text where nothing does."""
        return say("interventions.and").join(self._parts())

    def _parts(self) -> list[str]:
        parts = heads_off_words("interventions.said_heads", self.heads_off)
        if self.rows:
            parts.append(say("interventions.said_rows", n=len(self.rows)))
        if self.hidden:
            names = dict.fromkeys(self.tokens[place] for place in self.hidden)
            parts.append(say("interventions.said_hidden", tokens=" ".join(names)))
        if self.positions is not None:
            kind = "shuffled" if self.shuffled else "given" if self.positions else "none"
            parts.append(say(f"interventions.said_{kind}"))
        if self.table is not None:
            parts.append(say("interventions.said_table"))
        if self.scale is not None:
            parts.append(say("interventions.said_scale", scale=f"{self.scale:g}"))
        if self.temperature != 1:
            parts.append(say("interventions.said_temperature", temperature=f"{self.temperature:g}"))
        return parts


def heads_off_words(key: str, heads_off: Iterable[tuple[int, int]]) -> list[str]:
    """Say which heads are off, one phrase a layer; `key` names the sentence. Pairs of a layer stand together."""
    def names(pairs: Iterable[tuple[int, int]]) -> str:
        return say("interventions.comma").join(say("interventions.said_head", head=head) for _, head in pairs)

    return [say(key, layer=layer, heads=names(pairs)) for layer, pairs in groupby(heads_off, key=lambda pair: pair[0])]


def plan_for(changes: Changes, tokens: tuple[str, ...], anatomy: Anatomy) -> Plan | None:
    """Make the changes that were asked for ready; None where none was.

    Args:
        changes: under the names of `Intervention`; values that change nothing still make a plan.
        tokens: the token strings of the text.
        anatomy: of the model, for its sizes and its table of positions.

    Raises:
        CourseError: for anything that cannot be done to this text in this model.
    """
    if not changes:
        return None
    asked, sizes = Intervention.of(changes), (anatomy.n_layers, anatomy.n_heads)
    scale, temperature = checked_scale(asked.scale), checked_temperature(asked.temperature)
    return Plan(
        tokens=tokens,
        heads_off=checked_heads(asked.heads_off, *sizes),
        rows=checked_rows({} if asked.weights_edited is None else asked.weights_edited, *sizes, len(tokens)),
        hidden=checked_tokens(asked.hidden_tokens, tokens),
        positions=checked_positions(asked.positions, asked.seed, len(tokens), anatomy),
        shuffled=isinstance(asked.positions, str) and asked.positions == "shuffled",
        table=checked_table(asked.position_table, anatomy), scale=scale, temperature=temperature,
        gain=(1 if scale is None else scale * math.sqrt(anatomy.d_head)) / temperature)
