"""Silver word links between two languages: IBM Model 1 in both directions, intersected.

A link says that a source token and a target token translate one another, as far as counting alone can tell.
Source: Brown et al. 1993, "The Mathematics of Statistical Machine Translation", section 4.2; intersecting the two
directions: Och & Ney 2003.
"""

from collections.abc import Sequence

import numpy as np

Pair = tuple[Sequence[int], Sequence[int]]
ROUNDS = 8


class Links:
    """Learns from pairs of token ids which tokens belong together, and links any pair.

    Args:
        pairs: (source ids, target ids), special tokens left out.
        vocab_size: all ids are below it.
    """

    def __init__(self, pairs: Sequence[Pair], vocab_size: int):
        self.vocab_size = vocab_size
        self.forward = self._learn(pairs)
        self.backward = self._learn([(target, source) for source, target in pairs])

    def _learn(self, pairs: Sequence[Pair]) -> dict[int, float]:
        """Return t(target | source) by expectation and maximisation, keyed by source * vocab_size + target.

        A target token without a partner is explained by the empty word, written as the id `vocab_size`.
        """
        keys = np.concatenate([(np.array([*source, self.vocab_size])[:, None] * self.vocab_size
                                + np.array(target)[None]).ravel() for source, target in pairs])
        lengths = [(len(source) + 1, len(target)) for source, target in pairs]
        starts = np.cumsum([0] + [target for _, target in lengths[:-1]])
        asked = np.concatenate([np.tile(np.arange(target) + start, source)       # which target token a cell explains
                                for (source, target), start in zip(lengths, starts, strict=True)])
        cells, entry = np.unique(keys, return_inverse=True)        # the table's entries; the entry of each cell
        sources = cells // self.vocab_size
        table = np.full(len(cells), 1.0)
        for _ in range(ROUNDS):
            share = table[entry]
            share /= np.bincount(asked, share)[asked]                            # of one target token, over the sources
            counts = np.bincount(entry, share, minlength=len(cells))
            table = counts / np.bincount(sources, counts)[sources]               # of one source token, over the targets
        return dict(zip(cells.tolist(), table.tolist(), strict=True))

    def between(self, source: Sequence[int], target: Sequence[int], also: float = 1.0) -> list[tuple[int, int]]:
        """Return the links of one pair as (place in the source, place in the target).

        Args:
            source, target: token ids.
            also: two tokens are linked if each is the other's best choice; below 1, a target token is linked with its
                best choice also where both probabilities reach `also` (the second character of a word).
        """
        if not len(source) or not len(target):
            return []
        to_target = self._grid(self.forward, source, target)
        to_source = self._grid(self.backward, target, source).T
        best_source, best_target = to_target.argmax(0).tolist(), to_source.argmax(1).tolist()
        likely = np.minimum(to_target, to_source)                                # (source, target)
        return [(i, j) for j, i in enumerate(best_source)
                if likely[i, j] >= also or (best_target[i] == j and likely[i, j] > 0)]

    def _grid(self, table: dict[int, float], source: Sequence[int], target: Sequence[int]) -> np.ndarray:
        return np.array([[table.get(s * self.vocab_size + t, 0.0) for t in target] for s in source])
