"""A neuron view in words: its heading, its one sentence, what each row says."""

import numpy as np

from ...text import say
from ..heads.sentence import token_name
from .cell import Cell, shown

MOST_KEYS, MOST_ENTRIES = 2, 12


def heading(cell: Cell) -> str:
    """Return the view's heading, as "Layer 1 · head 3 · query “dog”"."""
    return say("neurons.title", layer=cell.layer, head=cell.head, token=token_name(cell, cell.token))


def sentence(cell: Cell) -> str:
    """Return the whole picture in words: which keys get most, by what numbers, and that the steps are the model's."""
    order = np.argsort(-cell.numbers["weights"], kind="stable")[:MOST_KEYS]
    keys = say("views.comma").join(say("neurons.most", **_facts(cell, int(key))) for key in order)
    return say("neurons.sentence", title=heading(cell), model=cell.record.model_name or say("views.model"),
               n=cell.record.n_tokens, keys=keys, check=check(cell))


def check(cell: Cell) -> str:
    """Say that every step equals the model's own tensor, or where it does not."""
    if not cell.changed:
        return say("neurons.equal", bound=f"{cell.bound:.0e}".replace("e-0", "e-"))
    steps = say("views.comma").join(say(f"neurons.step_{name}") for name in cell.changed)
    return say("neurons.changed", steps=steps)


def _facts(cell: Cell, key: int) -> dict[str, object]:
    facts = {name: shown(cell.numbers[step][key])
             for name, step in (("dot", "dot_products"), ("score", "scores"), ("weight", "weights"))}
    return {"key": token_name(cell, key), "d_head": cell.record.d_head, **facts}


def spoken_row(cell: Cell, key: int) -> str:
    """Return the row of one key in words."""
    products = cell.numbers["products"][key]
    index = int(np.abs(products).argmax())
    return say("neurons.row", **_facts(cell, key), product=shown(products[index]), index=index)


def largest(cell: Cell, step: str) -> str:
    """Name the largest numbers of a vector with their places, largest first."""
    vector = cell.numbers[step]
    entries = (say("neurons.entry", index=index, value=shown(vector[index]))
               for index in np.argsort(-np.abs(vector), kind="stable")[:MOST_ENTRIES].tolist())
    return say("neurons.largest", n=len(vector), entries=say("views.comma").join(entries))


def caption(cell: Cell, step: str) -> str:
    """Say what one of the long vectors is, the query or the context."""
    single = step == "attention_output" and cell.record.n_heads == 1
    name = {"inputs": "input"}.get(step, f"{step}_one" if single else step)
    return say(f"neurons.{name}", token=token_name(cell, cell.token), layer=cell.layer)


def spoken_vector(cell: Cell, step: str) -> str:
    """Return one of the long vectors, the query or the context in words."""
    return say("neurons.spoken", name=caption(cell, step).rstrip(" →"), largest=largest(cell, step))
