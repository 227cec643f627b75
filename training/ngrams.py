"""An n-gram language model with interpolated, modified Kneser-Ney smoothing: what the course GPT is measured against.

Source: Chen and Goodman 1998, "An Empirical Study of Smoothing Techniques for Language Modeling", sections 3 and 4.1.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

Gram = tuple[int, ...]


def grams(document: Sequence[int], n: int) -> list[Gram]:
    """Return the n-grams of a document, in order.

    >>> grams([7, 8, 9], 2)
    [(7, 8), (8, 9)]
    """
    return list(zip(*(document[at:] for at in range(n)), strict=False))


def counts_by_length(documents: Sequence[Sequence[int]], order: int) -> list[Counter[Gram]]:
    """Return one Counter a length, 1 to `order`.

    The longest n-grams are counted as they stand. A shorter one counts how many different tokens stand before it; at
    the beginning of a document, where nothing does, it is counted as it stands. The first token of a document is
    given, never predicted: it is no unigram.

    >>> counts_by_length([[0, 5, 6], [0, 5, 6], [0, 6]], 2)[0]       # 5 follows 0 alone; 6 follows 5 and 0
    Counter({(6,): 2, (5,): 1})
    """
    counts = Counter(gram for document in documents for gram in grams(document[order == 1:], order))
    found = [counts]
    for n in range(order - 1, 0, -1):
        counts = Counter(gram[1:] for gram in counts)
        if n > 1:
            counts.update(tuple(document[:n]) for document in documents if len(document) >= n)
        found.append(counts)
    return found[::-1]


def discounts(counts: Iterable[int]) -> tuple[float, float, float]:
    """Return what is taken off a count of 1, of 2, and of 3 or more: Chen and Goodman's estimate from the counts.

    A text so small that no n-gram was counted once, twice, three or four times has 0.75 taken off each.
    """
    of = Counter(count for count in counts if count <= 4)
    if not all(of[count] for count in (1, 2, 3, 4)):
        return 0.75, 0.75, 0.75
    share = of[1] / (of[1] + 2 * of[2])
    first, second, third = (n - (n + 1) * share * of[n + 1] / of[n] for n in (1, 2, 3))
    return first, second, third


class KneserNey:
    """The probability of the next token from the `order` − 1 tokens before it.

    Args:
        documents: token ids; each begins with the token that begins every text, and ends with the one that ends it.
        n_tokens: entries in the vocabulary; a token that was never seen has its share too.
        order: 5 for a 5-gram; 1 does not look back.
    """

    def __init__(self, documents: Sequence[Sequence[int]], n_tokens: int, order: int = 5):
        self.n_tokens, self.order = n_tokens, order
        self.seen: dict[Gram, float] = {}      # n-gram: its share of its context's count, after the discount
        self.rest: dict[Gram, float] = {}      # context: the share that was taken off, for all other tokens
        for counts in counts_by_length(documents, order):
            taken = discounts(counts.values())
            totals: Counter[Gram] = Counter()
            for gram, count in counts.items():
                totals[gram[:-1]] += count
            for gram, count in counts.items():
                context, off = gram[:-1], taken[min(count, 3) - 1]
                self.seen[gram] = (count - off) / totals[context]
                self.rest[context] = self.rest.get(context, 0.0) + off / totals[context]

    def probability(self, token: int, before: Sequence[int]) -> float:
        """Return the probability of a token after the tokens `before`, of which the last few are looked at."""
        found = 1 / self.n_tokens
        for n in range(min(self.order - 1, len(before)) + 1):
            context = tuple(before[len(before) - n:])
            if context not in self.rest:
                break
            found = self.seen.get((*context, token), 0.0) + self.rest[context] * found
        return found
