"""The measures: which keys count for each kind of head, which queries ask, and what is averaged."""

import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ..models.records import AttentionRecord, Attentions, Tokens, as_record
from ..text import CourseError
from .summary import KINDS, HeadSummary


@dataclass
class _Sums:
    """What has been added up over the queries so far; `asked` counts the queries."""

    share: Tensor | float = 0.0       # (layer, head)
    chance: float = 0.0
    asked: int = 0

    def add(self, share: Tensor, chance: Tensor, asks: Tensor) -> None:
        """Add the sum over the queries of one text, what chance gives each of them, and who of them asks."""
        self.share = self.share + share
        self.chance += chance.sum().item()
        self.asked += int(asks.sum())


def describe_heads(records: AttentionRecord | Iterable[AttentionRecord] | Attentions,
                   tokens: Tokens | None = None) -> HeadSummary:
    """Measure what each head does on one record or on several of the same model.

    A share is the part of its attention that a query gives to the keys of a kind, averaged over the queries that
    ask; those of all texts count alike, so a long text weighs more than a short one. Every token asks, save special
    ones such as [CLS] and [SEP] ([MASK] and [UNK] stand in for words and ask); about a kind, only those ask for which
    the text has such a key. Where none asks, the share is 0. The kinds overlap (the token before the first word is
    [CLS]), so the shares of a head need not sum to 1.

    =========== ===================================================== ==================================
    kind        keys that count                                       by chance, of n keys
    =========== ===================================================== ==================================
    previous    the token just before the asking one                  1/n
    next        the token just after it                               1/n
    same        the asking token itself                               1/n
    repeat      the same token string at any other place              how many there are / n
    special     [CLS] and [SEP], or what else the model's format adds how many there are / n
    punctuation tokens of punctuation alone, the asking one included  how many there are / n
    other       the tokens of the other sentence, special ones not    how many there are / n
    broad       no keys: entropy of the row / log2(n)                 1
    =========== ===================================================== ==================================

    By chance means what a head would get that gives every key the same weight. Words (`record.words()`) are measured
    as tokens are.

    Args:
        records: one record, or several from models of the same size; or attention weights, as `AttentionRecord.of`
            takes them.
        tokens: of the weights; None for records.

    Returns:
        The shares, the entropy and the mean distance of each head, in float64.

    Raises:
        CourseError: for what is not a record, for no record at all, for records of unlike models, or for
            cross-attention, where no token attends to itself or its neighbours.
    """
    texts = _checked(records, tokens)
    sums = {kind: _Sums() for kind in (*KINDS, "entropy", "distance")}
    for record in texts:
        _measure(record, sums)
    means = {kind: torch.zeros(texts[0].weights.shape[:2], dtype=torch.float64) + one.share / max(one.asked, 1)
             for kind, one in sums.items()}
    return HeadSummary(
        shares={kind: means[kind] for kind in KINDS}, entropy=means["entropy"], distance=means["distance"],
        chance={kind: sums[kind].chance / max(sums[kind].asked, 1) for kind in KINDS},
        asked={kind: sums[kind].asked for kind in KINDS}, n_texts=len(texts), model_name=texts[0].model_name,
        special=tuple(dict.fromkeys(record.tokens[place] for record in texts for place in record.added_places)))


def _checked(records: object, tokens: object) -> list[AttentionRecord]:
    given: list[object] = [records]
    if tokens is None and isinstance(records, Iterable) and not isinstance(records, str | Tensor | np.ndarray):
        given = list(records)
    if not given:
        raise CourseError("heads.no_records")
    texts = [as_record(one, tokens, function="describe_heads", self_only=True) for one in given]
    for one in texts:
        if one.weights.shape[:2] != texts[0].weights.shape[:2]:
            raise CourseError("heads.unlike", first=tuple(texts[0].weights.shape[:2]),
                              other=tuple(one.weights.shape[:2]))
    return texts


def _measure(record: AttentionRecord, sums: dict[str, _Sums]) -> None:
    """Add what the queries of one text say to the sums."""
    weights = record.weights.detach().double().cpu()                       # (layer, head, query, key)
    pairs, n_tokens = weights.flatten(2), record.n_tokens                  # (layer, head, query * key)
    words = ~_added(record)                                                # (query,)
    for kind, keys in keys_that_count(record).items():                     # (query, key)
        asks = words & keys.any(-1)
        counted = (keys & asks[:, None]).double()
        sums[kind].add(pairs @ counted.flatten(), counted.mean(-1), asks)
    entropy = -torch.special.xlogy(weights, weights).sum(-1)[..., words].sum(-1) / torch.tensor(2.0).double().log()
    places = torch.arange(n_tokens)
    steps = (places - places[:, None]).abs() * words[:, None]              # (query, key)
    sums["entropy"].add(entropy, words, words)
    sums["broad"].add(entropy / torch.tensor(max(n_tokens, 2)).double().log2(), words, words)
    sums["distance"].add(pairs @ steps.double().flatten(), words, words)


def keys_that_count(record: AttentionRecord) -> dict[str, Tensor]:
    """Return, for each kind but "broad", which keys count for which query: (query, key), boolean."""
    tokens, n_tokens = record.tokens, record.n_tokens
    places, segments = torch.arange(n_tokens), torch.tensor(record.segment_ids)
    step = places - places[:, None]                                        # (query, key)
    numbers = torch.tensor([tokens.index(token) for token in tokens])
    special = _added(record)                                               # (key,)
    marks = torch.tensor([_is_punctuation(token) for token in tokens])     # (key,)
    return {
        "previous": step == -1,
        "next": step == 1,
        "same": step == 0,
        "repeat": (numbers == numbers[:, None]) & (step != 0),
        "special": special.expand(n_tokens, -1),
        "punctuation": marks.expand(n_tokens, -1),
        "other": (segments != segments[:, None]) & ~special,
    }


def _added(record: AttentionRecord) -> Tensor:
    """Return which tokens are no part of the text, such as [CLS]: (token,), boolean."""
    added = torch.zeros(record.n_tokens, dtype=torch.bool)
    added[list(record.added_places)] = True
    return added


def _is_punctuation(token: str) -> bool:
    """Whether a token is made of punctuation alone, as BERT's tokenizer understands it."""
    return all(c in string.punctuation or unicodedata.category(c).startswith("P")
               for c in token.removeprefix("##"))
