"""What a head does in a record, as far as the exercises on reading heads ask."""

from collections.abc import Callable

import torch
from torch import Tensor

from ..heads import describe_heads
from ..models.records import AttentionRecord

KINDS = ("previous", "same", "next", "special", "other")
CLOSE = 0.05  # heads this close to the best one are as good an answer


def shares(record: AttentionRecord) -> dict[str, Tensor]:
    """Return where each head's attention goes, averaged over the queries; [CLS] and [SEP] do not ask.

    Returns:
        (layer, head), in [0, 1], for each of `KINDS` as `describe_heads` has them; NaN where no query has such a
        key.
    """
    summary = describe_heads(record)
    return {kind: summary.shares[kind] if summary.asked[kind] else torch.full_like(summary.shares[kind], torch.nan)
            for kind in KINDS}


def places(record: AttentionRecord) -> set[tuple[int, int]]:
    """Return every (layer, head) of the record."""
    n_layers, n_heads = record.weights.shape[:2]
    return {(layer, head) for layer in range(n_layers) for head in range(n_heads)}


def best_heads(kind: str, record: AttentionRecord) -> set[tuple[int, int]]:
    """Return the head that gives most to tokens of this kind, and those as good; empty where no query has any."""
    share = shares(record)[kind]                                                         # (layer, head)
    return {place for place in places(record) if share[place] >= share.max() - CLOSE}


def leaning_to(kind: str, record: AttentionRecord) -> set[tuple[int, int]]:
    """Return the heads that give more than half of their attention to tokens of this kind."""
    share = shares(record)[kind]                                                         # (layer, head)
    return {place for place in places(record) if share[place] > 0.5}


def facts_about(kind: str) -> Callable[[tuple[int, ...], AttentionRecord], dict[str, object]]:
    """Return what gives the messages their facts about a head: its shares and the best share of `kind`, the sizes."""
    def facts(value: tuple[int, ...], record: AttentionRecord) -> dict[str, object]:
        all_shares = shares(record)
        n_layers, n_heads = record.weights.shape[:2]
        own = {name: f"{share[value]:.0%}" if value in places(record) else "" for name, share in all_shares.items()}
        return {"layer": value[0], "head": value[1], "last_layer": n_layers - 1, "last_head": n_heads - 1,
                "best": f"{all_shares[kind].max():.0%}", **own}

    return facts
