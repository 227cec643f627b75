"""What the page of a notebook needs to draw the attention cells of one token: numbers, where the page has no model."""

import base64

import numpy as np
import torch

from ...models.records import BertRecord
from ...models.trace import bound, differences, own_steps, trace
from ...text import say

PER_HEAD = ("query", "keys", "values", "scores", "share")
PER_LAYER = ("attention_output", "residual_sum", "attended")


def packed_cells(record: BertRecord, token: int) -> dict[str, object]:
    """Return the cells of one token in all heads, as cells.mjs reads them; what follows from the rest is left out.

    Args:
        record: of a whole run.
        token: its position, from 0.

    Returns:
        Names and sizes; "numbers": {step: base64 of float32, (layer, head, ...), or (layer, d_model) of what the heads
        make together}; "bounds" and "changed", [layer][head], as `Shown` of the neuron view has them.
    """
    places = [[(layer, head) for head in range(record.n_heads)] for layer in range(record.n_layers)]
    cells = [[trace(record, token, *place) for place in row] for row in places]
    own = [[own_steps(record, token, *place) for place in row] for row in places]
    bounds = [[bound(steps) for steps in row] for row in own]
    changed = [[[name for name, gap in differences(cell, steps).items() if not gap < least]
                for cell, steps, least in zip(*rows, strict=True)] for rows in zip(cells, own, bounds, strict=True)]
    numbers = {name: _packed([[getattr(cell, name) for cell in row] for row in cells]) for name in PER_HEAD}
    numbers |= {name: _packed([[getattr(row[0], name)] for row in cells]) for name in PER_LAYER}
    numbers["inputs"] = _packed([[row[0].inputs[token]] for row in cells])
    return {"tokens": list(record.tokens), "modelName": record.model_name or say("views.model"), "token": token,
            "nLayers": record.n_layers, "nHeads": record.n_heads, "dHead": record.d_head, "dModel": record.d_model,
            "numbers": numbers, "bounds": bounds, "changed": changed}


def _packed(steps: list[list[torch.Tensor]]) -> str:
    """Return tensors [layer][head] as base64 of float32."""
    stacked = torch.stack([torch.stack(row) for row in steps]).numpy().astype("<f4")
    return base64.b64encode(np.ascontiguousarray(stacked).tobytes()).decode()
