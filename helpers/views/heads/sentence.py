"""A head view in words: its heading, its one sentence, what each query says."""

import numpy as np

from ...text import say
from ..svg import clip, visible
from .selection import KEY, QUERY, Selection

LONGEST, MOST_SPOKEN = 24, 5
_ISOLATE = "\u2068{}\u2069"


def heading(selection: Selection) -> str:
    """Return the view's heading, as "Layer 1 · head 3", with the filter and the query where they are chosen."""
    parts = [say("views.layer_name", layer=selection.layer), heads_name(selection)]
    if selection.filter != "all":
        parts.append(filter_name(selection))
    if selection.query is not None:
        parts.append(say("views.query_name", query=token_name(selection, selection.query)))
    return " · ".join(parts)


def heads_name(selection: Selection) -> str:
    """Return the heads in words: one, some, or all of them."""
    if selection.is_whole_layer:
        return say("views.all_heads", n=len(selection.heads))
    key = "views.one_head" if len(selection.heads) == 1 else "views.some_heads"
    return say(key, heads=say("views.comma").join(map(str, selection.heads)))


def filter_name(selection: Selection) -> str:
    """Return the sentence filter as "A → B"."""
    return selection.filter.upper().replace("-", " → ")


def token_name(selection: Selection, position: int, side: int = QUERY) -> str:
    """Return a token as it is named in a sentence: with its position where the text has it twice."""
    tokens = selection.record.sides[side]
    name = clip(visible(tokens[position]), LONGEST)
    if any("\u0590" <= character <= "\u08ff" for character in name):
        name = _ISOLATE.format(name)
    return name if tokens.count(tokens[position]) == 1 else f"{name}({position})"


def sentence(selection: Selection) -> str:
    """Return the whole picture in one sentence: where it is from, its strongest links, how spread a row is."""
    strongest = sorted(selection.shown, key=lambda link: -link[3])[:3]
    links = say("views.comma").join(_link(selection, link) for link in strongest)
    found = say("views.strongest", links=links) if links else say(
        "views.none", threshold=f"{selection.threshold:g}")
    return say("views.sentence", model=selection.record.model_name or say("views.model"),
               heading=heading(selection), found=found, rest=_rest(selection))


def _link(selection: Selection, link: tuple[int, int, int, float]) -> str:
    query, key, head, weight = link
    words = say("views.link", query=token_name(selection, query), to=token_name(selection, key, KEY),
                weight=f"{weight:.2f}")
    return words + head_note(selection, head)


def head_note(selection: Selection, head: int) -> str:
    """Return " (head 3)" where several heads are shown, else nothing."""
    return say("views.in_head", head=head) if len(selection.heads) > 1 else ""


def _rest(selection: Selection) -> str:
    """Say what the rows hold: how many tokens they spread over, or how much a filter leaves of them."""
    rows = selection.weights
    if selection.query is not None:
        rows = rows[:, [selection.queries.index(selection.query)]]
    if selection.filter != "all":
        return say("views.share", filter=filter_name(selection), to=filter_name(selection)[-1],
                   share=f"{rows.sum(axis=-1).mean():.2f}")
    logs = np.log(rows, where=rows > 0, out=np.zeros_like(rows))
    spread = np.exp(-(rows * logs).sum(axis=-1)).mean()
    return say("views.spread", spread=f"{spread:.1f}", n=len(selection.record.sides[KEY]))


def spoken(selection: Selection, query: int) -> str:
    """Return one query's row in words: its strongest keys, strongest first."""
    links = sorted(selection.by_token[QUERY].get(query, []), key=lambda link: -link[3])[:MOST_SPOKEN]
    name = token_name(selection, query)
    if not links:
        return say("views.query_none", query=name, threshold=f"{selection.threshold:g}")
    keys = (f"{token_name(selection, key, KEY)} {weight:.2f}{head_note(selection, head)}"
            for _, key, head, weight in links)
    return say("views.query_keys", query=name, keys=say("views.comma").join(keys))
