"""Hooks that take down what a BERT computes while it runs, without computing anything in its place."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ..text import CourseError
from .changes.plan import Plan
from .records import AttentionParts

if TYPE_CHECKING:
    from transformers import BertModel

Captured = dict[str, list]
TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}


@contextmanager
def capture(encoder: "BertModel") -> Iterator[Captured]:
    """Take down, for every run inside the block, what the parts of `encoder` put out.

    The hooks are gone after the block, whatever happens in it. Hooks that others set beforehand run first, so that
    what they change is what is captured.

    Returns:
        A dictionary that fills as the model runs, under the names of `BertRecord`: a list with one tensor a layer,
        (token, d_model); for the embeddings a list with one tensor. "masks" holds the mask of each layer that has
        one, (1, query, key), to be added to the scores; "attention_parts" the modules of each layer.
    """
    found: Captured = defaultdict(list)
    found["attention_parts"] = [_parts(layer) for layer in encoder.encoder.layer]
    with ExitStack() as hooks:
        for name, module in _places(encoder):
            hooks.callback(module.register_forward_hook(_keeper(found[name])).remove)
        for layer in encoder.encoder.layer:
            keep_mask = _mask_keeper(found["masks"])
            hooks.callback(layer.attention.self.register_forward_pre_hook(keep_mask, with_kwargs=True).remove)
        yield found


def _places(encoder: "BertModel") -> Iterator[tuple[str, nn.Module]]:
    """Name the modules to listen to."""
    yield "word_embeddings", encoder.embeddings.word_embeddings
    yield "position_embeddings", encoder.embeddings.position_embeddings
    yield "segment_embeddings", encoder.embeddings.token_type_embeddings
    for layer in encoder.encoder.layer:
        yield "queries", layer.attention.self.query
        yield "keys", layer.attention.self.key
        yield "values", layer.attention.self.value
        yield "context", layer.attention.self
        yield "attention_outputs", layer.attention.output.dense
        yield "attended_states", layer.attention.output


def _parts(layer: nn.Module) -> AttentionParts:
    """Name the trained modules of one layer's attention."""
    projections, merge = layer.attention.self, layer.attention.output
    return AttentionParts(projections.query, projections.key, projections.value, merge.dense, merge.LayerNorm)


def _keeper(kept: list[Tensor]) -> Callable:
    """Make a hook that keeps a module's output (the first, where there are several) for the one text of the batch."""
    def hook(module: nn.Module, inputs: tuple, output: Tensor | tuple) -> None:
        kept.append((output[0] if isinstance(output, tuple) else output)[0].detach())
    return hook


def _mask_keeper(kept: list[Tensor]) -> Callable:
    """Make a hook that keeps the mask a layer's attention is given, if any."""
    def hook(module: nn.Module, inputs: tuple, named: dict) -> None:
        mask = named.get("attention_mask", inputs[1] if len(inputs) > 1 else None)
        if mask is not None:
            kept.append(mask[0])
    return hook


def captured_parts(found: Captured, n_heads: int, plan: Plan | None = None) -> dict[str, Tensor]:
    """Give what `capture` took down in one run the shapes that `BertRecord` promises, and add the scores.

    Args:
        found: the dictionary of `capture`, filled by one run.
        n_heads: the number of heads in each layer.
        plan: what was changed in that run.
    """
    parts = {name: found[name][0] for name in ("word_embeddings", "position_embeddings", "segment_embeddings")}
    parts |= {name: _by_head(found[name], n_heads) for name in ("queries", "keys", "values", "context")}
    parts |= {name: torch.stack(found[name]) for name in ("attention_outputs", "attended_states")}
    parts["attention_parts"] = tuple(found["attention_parts"])
    parts["scores"] = _scores(parts["queries"], parts["keys"], found["masks"], plan)
    return parts


def _by_head(projected: list[Tensor], n_heads: int) -> Tensor:
    """Stack the layers and cut the width into heads: n_layers x (token, d_model) -> (layer, head, token, d_head)."""
    return torch.stack(projected).unflatten(-1, (n_heads, -1)).transpose(1, 2)


def _scores(queries: Tensor, keys: Tensor, masks: list[Tensor], plan: Plan | None) -> Tensor:
    """Compute q·k / sqrt(d_head), (layer, head, query, key), as many times as large as the plan makes it.

    Masks, one a layer where there are any, are added.

    Source: Vaswani et al. 2017, section 3.2.1, eq. 1.
    """
    scores = queries @ keys.transpose(-1, -2) / math.sqrt(queries.shape[-1])
    scores = scores * plan.gain if plan else scores
    return scores + torch.stack(masks) if masks else scores


def prove(scores: Tensor, weights: Tensor, name: str, plan: Plan | None = None) -> None:
    """Make sure that the softmax of `scores` is `weights`, the model's own; rows that the plan edits are as edited.

    Raises:
        CourseError: if they differ by more than rounding (1e-10 in float64, 1e-5 in float32; as many times more as
            the plan makes the scores larger), or are not numbers.
    """
    expected = scores.softmax(-1)
    difference = ((plan.edited(expected) if plan else expected) - weights).abs().max().item()
    if not difference <= TOLERANCE[weights.dtype] * max(1, plan.gain if plan else 1):
        raise CourseError("models.scores_differ", name=name, difference=difference)
