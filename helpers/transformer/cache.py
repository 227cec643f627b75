"""The key/value cache: a decoder that writes one token at a time need not compute the earlier ones again."""

import torch
from torch import Tensor

from ..attention import MultiHeadAttention

KeysAndValues = tuple[Tensor, Tensor]


class LayerCache:
    """What one decoder layer has computed so far.

    Attributes:
        own: keys and values of the target so far, (batch, head, target token, d_head) each; None at the start.
        memory: keys and values of the source, (batch, head, source token, d_head) each; None at the start.
    """

    def __init__(self) -> None:
        self.own: KeysAndValues | None = None
        self.memory: KeysAndValues | None = None

    def extend(self, keys: Tensor, values: Tensor) -> KeysAndValues:
        """Put the keys and values of new target tokens behind the earlier ones; return all of them."""
        if self.own:
            keys, values = torch.cat([self.own[0], keys], dim=-2), torch.cat([self.own[1], values], dim=-2)
        self.own = keys, values
        return self.own

    def of_memory(self, attention: MultiHeadAttention, memory: Tensor) -> KeysAndValues:
        """Return the keys and values of the source, computed at the first step only."""
        self.memory = self.memory or attention.keys_and_values(memory)
        return self.memory

    def select(self, rows: list[int]) -> None:
        """Go on with these rows of the batch."""
        self.own, self.memory = _rows(self.own, rows), _rows(self.memory, rows)


def _rows(kept: KeysAndValues | None, rows: list[int]) -> KeysAndValues | None:
    return kept and (kept[0][rows], kept[1][rows])


class Cache:
    """What all decoder layers have computed so far; begin each target with a new one.

    Args:
        n_layers: of the decoder.
    """

    def __init__(self, n_layers: int):
        self.layers = [LayerCache() for _ in range(n_layers)]

    @property
    def n_tokens(self) -> int:
        """The number of target tokens read so far."""
        own = self.layers[0].own
        return own[0].shape[-2] if own else 0

    def select(self, rows: list[int]) -> None:
        """Go on with these rows of the batch: beam search drops some targets and continues others twice."""
        for layer in self.layers:
            layer.select(rows)
