"""What of a record a model view shows, checked, and the words for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...asked import short
from ...models.records import AttentionRecord
from ...text import CourseError, say
from ..heads.shown import KEY, columns, filter_name, name_of
from ..kit import DIGITS, place_of
from ..theme import LEVELS

MOST_CELLS = 64
NAMED_LINKS = 2


@dataclass(frozen=True)
class Shown:
    """All heads of a record, as one model view shows them.

    Attributes:
        record: where they come from.
        filter: which sentence asks and which answers.
        queries, keys: the positions that the filter leaves.
        captions: a few words on each head, [layer][head]; None where there are none.
        chosen: the (layer, head) that is marked, or None.
        named: what stands above the columns, where these are no heads; else None.
        exact: (layer, head, query, key), the weights of these positions.
    """

    record: AttentionRecord
    filter: str
    queries: tuple[int, ...]
    keys: tuple[int, ...]
    captions: tuple[tuple[str, ...], ...] | None
    chosen: tuple[int, int] | None
    named: tuple[str, ...] | None
    exact: np.ndarray = field(repr=False)

    @property
    def places(self) -> list[tuple[int, int]]:
        """All (layer, head), layer by layer."""
        return [(layer, head) for layer in range(self.record.n_layers) for head in range(self.record.n_heads)]

    @cached_property
    def block(self) -> int:
        """How many tokens, along each side, one cell stands for."""
        return -(-max(len(self.queries), len(self.keys)) // MOST_CELLS)

    @cached_property
    def weights(self) -> np.ndarray:
        """(layer, head, query, key): what is drawn, rounded; of a block the largest weight."""
        weights = self.exact
        for axis in (2, 3):
            if self.block > 1:
                weights = np.maximum.reduceat(weights, range(0, weights.shape[axis], self.block), axis)
        return np.round(weights, DIGITS)

    @cached_property
    def levels(self) -> np.ndarray:
        """(layer, head, query, key): the step at which each cell is drawn; it grows with the root of the weight."""
        return np.rint(LEVELS * np.sqrt(self.weights.clip(0, 1))).astype(np.uint8)

    @cached_property
    def spreads(self) -> np.ndarray:
        """(layer, head): over how many tokens a row spreads, the mean of exp(entropy)."""
        logs = np.log(self.exact, where=self.exact > 0, out=np.zeros_like(self.exact))
        return np.exp(-(self.exact * logs).sum(axis=-1)).mean(axis=-1)

    @cached_property
    def shares(self) -> np.ndarray:
        """(layer, head): how much of a row the filter leaves, on average."""
        return self.exact.sum(axis=-1).mean(axis=-1)

    @cached_property
    def strongest(self) -> np.ndarray:
        """(layer, head, link): the strongest links of each head, as places in its flat map, strongest first."""
        flat = np.round(self.exact, DIGITS).reshape(*self.exact.shape[:2], -1)
        found = []
        for _ in range(min(NAMED_LINKS, flat.shape[-1])):
            found.append(flat.argmax(axis=-1))
            np.put_along_axis(flat, found[-1][..., None], -1, axis=-1)
        return np.stack(found, axis=-1)

    def links(self, layer: int, head: int) -> list[tuple[int, int, float]]:
        """Return the strongest links of one head: (query, key, weight)."""
        pairs = (divmod(int(place), len(self.keys)) for place in self.strongest[layer, head])
        return [(self.queries[query], self.keys[key], round(float(self.exact[layer, head, query, key]), DIGITS))
                for query, key in pairs]

    def title(self) -> str:
        """Return the heading, as "All 4 layers × 6 heads", with the filter where one is chosen."""
        n_layers = self.record.n_layers
        title = say("model_view.title", layers=n_layers, heads=self.record.n_heads) if self.named is None \
            else say("model_view.title_columns", layers=n_layers, columns=say("views.comma").join(self.named))
        return title if self.filter == "all" else f"{title} · {filter_name(self.filter)}"

    def sentence(self) -> str:
        """Return the whole picture in one sentence: its two extremes, the sharpest head and the broadest."""
        if self.filter == "all":
            key, places = "model_view.sentence", (self.spreads.argmin(), self.spreads.argmax())
        else:
            key, places = "model_view.sentence_share", (self.shares.argmax(), self.shares.argmin())
        first, last = (_extreme(self, *map(int, np.unravel_index(place, self.spreads.shape))) for place in places)
        return say(key, title=self.title(), model=self.record.model_name or say("views.model"),
                   filter=filter_name(self.filter), first=first, last=last)

    def data(self) -> dict:
        """Return the numbers drawn, the strongest link of each head, and the choices."""
        strongest = [[layer, head, *self.links(layer, head)[0]] for layer, head in self.places]
        return {"model": self.record.model_name, "filter": self.filter, "block": self.block,
                "chosen": self.chosen and list(self.chosen), "tokens": list(self.record.tokens),
                "queries": list(self.queries), "keys": list(self.keys), "weights": self.weights.tolist(),
                "strongest": strongest, "spreads": self.spreads.round(2).tolist(),
                "captions": self.captions and [list(row) for row in self.captions],
                **({} if self.named is None else {"columns": list(self.named)})}


def select(record: AttentionRecord, filter: str, captions: Callable | Sequence | None, chosen: object,
           named: Sequence[str] | None = None) -> Shown:
    """Check the choices and cut their part out of the record.

    Raises:
        CourseError: for a choice that the record does not have.
    """
    queries, keys = columns(filter, record)
    weights = np.asarray(record.weights.detach(), dtype=float)
    if filter != "all":
        weights = weights[:, :, queries][..., keys]
    return Shown(record, filter, queries, keys, _captions(captions, record), _chosen(chosen, record),
                 _named(named, record), weights)


def _captions(captions: Callable | Sequence | None, record: AttentionRecord) -> tuple[tuple[str, ...], ...] | None:
    """Return the captions as [layer][head]; None stays None."""
    if captions is None:
        return None
    if callable(captions):
        captions = _called(captions, record)
    rows = [list(row) if isinstance(row, list | tuple) else [] for row in captions] \
        if isinstance(captions, list | tuple) else []
    if [len(row) for row in rows] != [record.n_heads] * record.n_layers:
        raise CourseError("model_view.captions", layers=record.n_layers, heads=record.n_heads,
                          got=short(captions, 60))
    return tuple(tuple(map(str, row)) for row in rows)


def _called(caption: Callable, record: AttentionRecord) -> Sequence:
    """Return what a function says of each head; where it fails, the reason."""
    try:
        return [[caption(layer, head) for head in range(record.n_heads)] for layer in range(record.n_layers)]
    except Exception as error:
        raise CourseError("model_view.captions", layers=record.n_layers, heads=record.n_heads,
                          got=f"{type(error).__name__}: {error}") from error


def _chosen(chosen: object, record: AttentionRecord) -> tuple[int, int] | None:
    if chosen is None:
        return None
    if not isinstance(chosen, list | tuple) or len(chosen) != 2:
        raise CourseError("model_view.chosen", got=short(chosen))
    return place_of(chosen[0], record.n_layers, "views.layer"), place_of(chosen[1], record.n_heads, "views.head")


def _named(named: Sequence[str] | None, record: AttentionRecord) -> tuple[str, ...] | None:
    """Return the names of the columns; None stays None."""
    if named is None:
        return None
    if not isinstance(named, list | tuple) or len(named) != record.n_heads:
        raise CourseError("model_view.columns", columns=record.n_heads, got=short(named, 60))
    return tuple(map(str, named))


def _name(shown: Shown, layer: int, head: int) -> str:
    """Return a head's name, with its caption where it has one; of a column that is no head, what it is called."""
    if shown.named is not None:
        return say("model_view.name_column", layer=layer, column=shown.named[head])
    caption = shown.captions[layer][head] if shown.captions else ""
    return say("model_view.name_caption" if caption else "model_view.name", layer=layer, head=head, caption=caption)


def _extreme(shown: Shown, layer: int, head: int) -> str:
    return say("model_view.extreme", name=_name(shown, layer, head), rest=_rest(shown, layer, head))


def spoken(shown: Shown, layer: int, head: int) -> str:
    """Return one head in words: its strongest links, and how its rows spread or what the filter leaves of them."""
    links = (say("views.link", query=name_of(shown.record, query), to=name_of(shown.record, key, KEY),
                 weight=f"{weight:.2f}") for query, key, weight in shown.links(layer, head))
    words = say("model_view.spoken", name=_name(shown, layer, head), links=say("views.comma").join(links),
                rest=_rest(shown, layer, head))
    return words[:1].upper() + words[1:]


def _rest(shown: Shown, layer: int, head: int) -> str:
    if shown.filter == "all":
        return say("model_view.spread", spread=f"{shown.spreads[layer, head]:.1f}", n=len(shown.keys))
    return say("model_view.share", share=f"{shown.shares[layer, head]:.2f}", to=filter_name(shown.filter)[-1])
