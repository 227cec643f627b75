"""What of a record is drawn, checked against what the record has, and the words for it."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...asked import short
from ...models.records import AttentionRecord
from ...text import CourseError, say
from ..kit import DIGITS, place_of, threshold_of, token_name
from ..theme import LEVELS

FILTERS = ("all", "a-a", "a-b", "b-a", "b-b")
LONGEST, MOST_SPOKEN, MOST_LINKS = 24, 5, 30_000
_ISOLATE = "\u2068{}\u2069"
QUERY, KEY = 0, 1


@dataclass(frozen=True)
class Shown:
    """The part of a record that one head view shows.

    Attributes:
        record: where it comes from.
        layer: the layer.
        heads: the heads, in order.
        filter: one of `FILTERS`: queries of one sentence, keys of another.
        threshold: links below this weight are not drawn.
        query: the position of the one query shown; None shows all.
        queries, keys: the positions in the two columns.
        weights: (head, query, key) of these heads and positions, rounded; not rescaled where a filter hides keys.
        across: whether tokens stand side by side, not one below the other.
    """

    record: AttentionRecord
    layer: int
    heads: tuple[int, ...]
    filter: str
    threshold: float
    query: int | None
    queries: tuple[int, ...]
    keys: tuple[int, ...]
    weights: np.ndarray = field(repr=False)
    across: bool = False

    @property
    def is_whole_layer(self) -> bool:
        """Whether all heads of the layer are shown together."""
        return len(self.heads) == self.record.n_heads > 1

    @cached_property
    def links(self) -> list[tuple[int, int, int, float]]:
        """What is drawn: (query, key, head, weight), in that order.

        One head: every weight that reaches the threshold. Several: for each head and query the largest, if it does.
        """
        return sorted((self.queries[query], self.keys[key], self.heads[head], float(self.weights[head, query, key]))
                      for head, query, key in np.argwhere(self.drawn).tolist())

    @cached_property
    def drawn(self) -> np.ndarray:
        """(head, query, key): which weights have a line."""
        drawn = (self.weights >= self.threshold) & (self.weights > 0)
        if len(self.heads) > 1:
            drawn &= np.arange(len(self.keys)) == self.weights.argmax(axis=-1)[..., None]
        return drawn

    @cached_property
    def by_token(self) -> tuple[dict[int, list], dict[int, list]]:
        """The links of each query, and of each key, by position."""
        sides: tuple[dict[int, list], dict[int, list]] = defaultdict(list), defaultdict(list)
        for link in self.links:
            query, key, *_ = link
            sides[QUERY][query].append(link)
            sides[KEY][key].append(link)
        return sides

    @cached_property
    def peaks(self) -> dict[tuple[int, int], tuple[int, float]]:
        """The strongest head of each pair that a link joins: {(query, key): (head, weight)}."""
        best = self.weights.argmax(axis=0)
        found = {}
        for query, key in {link[:2] for link in self.links}:
            row, column = self.queries.index(query), self.keys.index(key)
            found[query, key] = self.heads[best[row, column]], float(self.weights[best[row, column], row, column])
        return found

    @cached_property
    def levels(self) -> np.ndarray:
        """(head, query, key): the step at which each weight is drawn; 0 for what is not."""
        steps = np.maximum(np.rint(self.weights * LEVELS), 1).astype(int)
        return np.where((self.weights >= self.threshold) & (self.weights > 0), steps, 0)

    @property
    def columns(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The positions in both columns: queries, keys."""
        return self.queries, self.keys

    @property
    def seen(self) -> list[tuple[int, int, int, float]]:
        """The links of the one query asked for, or all."""
        return self.links if self.query is None else self.by_token[QUERY].get(self.query, [])

    def title(self) -> str:
        """Return the heading, as "Layer 1 · head 3", with the filter and the query where they are chosen."""
        parts = [say("views.layer_name", layer=self.layer), _heads_name(self)]
        if self.filter != "all":
            parts.append(filter_name(self.filter))
        if self.query is not None:
            parts.append(say("views.query_name", query=name_of(self.record, self.query)))
        return " · ".join(parts)

    def sentence(self) -> str:
        """Return the whole picture in one sentence: where it is from, its strongest links, how spread a row is."""
        strongest = sorted(self.seen, key=lambda link: -link[3])[:3]
        links = say("views.comma").join(_link(self, link) for link in strongest)
        found = say("views.strongest", links=links) if links else say("views.none", threshold=f"{self.threshold:g}")
        return say("views.sentence", model=self.record.model_name or say("views.model"), heading=self.title(),
                   found=found, rest=_rest(self))

    def data(self) -> dict:
        """Return the numbers drawn: the choices, both columns, the weights and the links."""
        return {"model": self.record.model_name, "layer": self.layer, "heads": list(self.heads),
                "filter": self.filter, "threshold": self.threshold, "query": self.query,
                "tokens": list(self.record.tokens), "key_tokens": list(self.record.sides[KEY]),
                "queries": list(self.queries), "keys": list(self.keys), "weights": self.weights.tolist(),
                "links": [list(link) for link in self.seen]}


def select(record: AttentionRecord, layer: int, heads: int | list[int] | None, filter: str,
           threshold: float, query: int | None) -> Shown:
    """Check the choices and cut their part out of the record.

    Raises:
        CourseError: for a choice that the record does not have; it names the range.
    """
    layer = place_of(layer, record.n_layers, "views.layer")
    chosen = head_choice(heads, record.n_heads)
    queries, keys = columns(filter, record)
    least = threshold_of(threshold)
    if query is not None and (query := place_of(query, record.n_tokens, "views.query")) not in queries:
        raise CourseError("views.query_hidden", got=query, filter=filter)
    cut = np.ix_(*(np.array(places, dtype=int) for places in (chosen, queries, keys)))
    weights = np.asarray(record.weights[layer].detach(), dtype=float)[cut]
    shown = Shown(record, layer, chosen, filter, least, query, queries, keys, np.round(weights, DIGITS))
    _refuse_crowd(shown)
    return shown


def _refuse_crowd(shown: Shown) -> None:
    """Refuse a picture of more lines than a page can hold, and say from which threshold on it can."""
    if (n := int(shown.drawn.sum())) > MOST_LINKS:
        beyond = float(np.sort(shown.weights[shown.drawn])[-MOST_LINKS - 1])      # the strongest that has no room
        raise CourseError("views.too_many_links", threshold=shown.threshold, n=n, most=MOST_LINKS,
                          enough=math.ceil((beyond + 0.5 * 10 ** -DIGITS) * 1000) / 1000)


def head_choice(heads: object, n_heads: int) -> tuple[int, ...]:
    """Return the heads asked for, in order and without doubles; None asks for all.

    Raises:
        CourseError: for a head that there is not, or none at all.
    """
    if heads is None:
        return tuple(range(n_heads))
    asked = list(heads) if isinstance(heads, list | tuple | set | range) else [heads]
    if not asked:
        raise CourseError("views.head", got="[]", last=n_heads - 1)
    return tuple(sorted({place_of(head, n_heads, "views.head") for head in asked}))


def columns(filter: str, record: AttentionRecord) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the positions of the queries and keys that a sentence filter leaves.

    Raises:
        CourseError: for a filter that there is not, or that needs a sentence B where there is none.
    """
    if not isinstance(filter, str) or filter not in FILTERS:
        raise CourseError("views.filter", got=short(filter))
    if filter == "all":
        queries, keys = (tuple(range(len(tokens))) for tokens in record.sides)
        return queries, keys
    if "b" in filter and record.sentence_b_start is None:
        raise CourseError("views.no_b", got=filter)
    queries, keys = (
        tuple(position for position, segment in enumerate(record.segment_ids) if segment == "ab".index(side))
        for side in filter.split("-"))
    return queries, keys


def _heads_name(shown: Shown) -> str:
    """Return the heads in words: one, some, or all of them."""
    if shown.is_whole_layer:
        return say("views.all_heads", n=len(shown.heads))
    key = "views.one_head" if len(shown.heads) == 1 else "views.some_heads"
    return say(key, heads=say("views.comma").join(map(str, shown.heads)))


def filter_name(filter: str) -> str:
    """Return the sentence filter as "A → B"."""
    return filter.upper().replace("-", " → ")


def name_of(record: AttentionRecord, position: int, side: int = QUERY) -> str:
    """Return a token as it is named in a sentence: with its position where the text has it twice."""
    tokens = record.sides[side]
    name = token_name(tokens[position], LONGEST)
    if any("\u0590" <= character <= "\u08ff" for character in name):
        name = _ISOLATE.format(name)
    return name if tokens.count(tokens[position]) == 1 else f"{name}({position})"


def _link(shown: Shown, link: tuple[int, int, int, float]) -> str:
    query, key, head, weight = link
    words = say("views.link", query=name_of(shown.record, query), to=name_of(shown.record, key, KEY),
                weight=f"{weight:.2f}")
    return words + head_note(shown, head)


def head_note(shown: Shown, head: int) -> str:
    """Return " (head 3)" where several heads are shown, else nothing."""
    return say("views.in_head", head=head) if len(shown.heads) > 1 else ""


def _rest(shown: Shown) -> str:
    """Say what the rows hold: how many tokens they spread over, or how much a filter leaves of them."""
    rows = shown.weights
    if shown.query is not None:
        rows = rows[:, [shown.queries.index(shown.query)]]
    if shown.filter != "all":
        return say("views.share", filter=filter_name(shown.filter), to=filter_name(shown.filter)[-1],
                   share=f"{rows.sum(axis=-1).mean():.2f}")
    logs = np.log(rows, where=rows > 0, out=np.zeros_like(rows))
    spread = np.exp(-(rows * logs).sum(axis=-1)).mean()
    return say("views.spread", spread=f"{spread:.1f}", n=len(shown.record.sides[KEY]))


def spoken(shown: Shown, query: int) -> str:
    """Return one query's row in words: its strongest keys, strongest first."""
    links = sorted(shown.by_token[QUERY].get(query, []), key=lambda link: -link[3])[:MOST_SPOKEN]
    name = name_of(shown.record, query)
    if not links:
        return say("views.query_none", query=name, threshold=f"{shown.threshold:g}")
    keys = (f"{name_of(shown.record, key, KEY)} {weight:.2f}{head_note(shown, head)}"
            for _, key, head, weight in links)
    return say("views.query_keys", query=name, keys=say("views.comma").join(keys))
