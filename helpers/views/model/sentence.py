"""A model view in words: its heading, its one sentence, what each head shows."""

import numpy as np

from ...text import say
from ..heads.selection import KEY
from ..heads.sentence import filter_name, token_name
from .grid import Grid


def heading(grid: Grid) -> str:
    """Return the view's heading, as "All 4 layers × 6 heads", with the filter where one is chosen."""
    title = say("model_view.title", layers=grid.record.n_layers, heads=grid.record.n_heads)
    return title if grid.filter == "all" else f"{title} · {filter_name(grid)}"


def name(grid: Grid, layer: int, head: int) -> str:
    """Return a head's name, with its caption where it has one."""
    caption = grid.captions[layer][head] if grid.captions else ""
    return say("model_view.name_caption" if caption else "model_view.name", layer=layer, head=head, caption=caption)


def sentence(grid: Grid) -> str:
    """Return the whole picture in one sentence: its two extremes, the sharpest head and the broadest."""
    if grid.filter == "all":
        key, first, last = "model_view.sentence", grid.spreads.argmin(), grid.spreads.argmax()
    else:
        key, first, last = "model_view.sentence_share", grid.shares.argmax(), grid.shares.argmin()
    first, last = (_extreme(grid, *map(int, np.unravel_index(place, grid.spreads.shape))) for place in (first, last))
    return say(key, title=heading(grid), model=grid.record.model_name or say("views.model"),
               filter=filter_name(grid), first=first, last=last)


def _extreme(grid: Grid, layer: int, head: int) -> str:
    return say("model_view.extreme", name=name(grid, layer, head), rest=_rest(grid, layer, head))


def spoken(grid: Grid, layer: int, head: int) -> str:
    """Return one head in words: its strongest links, and how its rows spread or what the filter leaves of them."""
    links = (say("views.link", query=token_name(grid, query), to=token_name(grid, key, KEY), weight=f"{weight:.2f}")
             for query, key, weight in grid.links(layer, head))
    words = say("model_view.spoken", name=name(grid, layer, head), links=say("views.comma").join(links),
                rest=_rest(grid, layer, head))
    return words[:1].upper() + words[1:]


def _rest(grid: Grid, layer: int, head: int) -> str:
    if grid.filter == "all":
        return say("model_view.spread", spread=f"{grid.spreads[layer, head]:.1f}", n=len(grid.keys))
    return say("model_view.share", share=f"{grid.shares[layer, head]:.2f}", to=filter_name(grid)[-1])
