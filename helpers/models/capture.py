"""Hooks that take down what a model computes while it runs, without computing anything in its place."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import torch
from torch import Tensor, nn

from ..text import CourseError
from .anatomy import Anatomy, LayerAnatomy, Projection, rotated

Captured = dict[str, list]
TOLERANCE = {torch.float64: 1e-10, torch.float32: 1e-5}


@contextmanager
def capture(anatomy: Anatomy) -> Iterator[Captured]:
    """Take down, for every run inside the block, what the parts of a model put out.

    The hooks are gone after the block, whatever happens in it. Hooks that others set beforehand run first, so that
    what they change is what is captured.

    Returns:
        A dictionary that fills as the model runs, under the names of a record: a list with one tensor a layer, of
        queries, keys and values (head, token, d_head), else (token, width); for the embeddings a list with one tensor.
        "masks" holds the mask of each layer that has one, (1, query, key), to be added to the scores; "angles" of a
        rotary model the cosines and sines that its layers are given.
    """
    found: Captured = defaultdict(list)
    with ExitStack() as hooks:
        for name, module in anatomy.embeddings:
            hooks.callback(module.register_forward_hook(_keeper(found[name])).remove)
        for layer in anatomy.layers:
            _listen(layer, found, hooks)
        yield found


def _listen(layer: LayerAnatomy, found: Captured, hooks: ExitStack) -> None:
    """Set the hooks of one layer."""
    for name, projection in layer.projections.items():
        hooks.callback(projection.module.register_forward_hook(_keeper(found[name], projection)).remove)
    hooks.callback(layer.w_output.register_forward_pre_hook(_input_keeper(found["context"])).remove)
    hooks.callback(layer.w_output.register_forward_hook(_keeper(found["attention_outputs"])).remove)
    if layer.attended is not None:
        hooks.callback(layer.attended.register_forward_hook(_keeper(found["attended_states"])).remove)
    given = _given_keeper(found["masks"], found["angles"])
    hooks.callback(layer.attention.register_forward_pre_hook(given, with_kwargs=True).remove)


def _keeper(kept: list[Tensor], projection: Projection | None = None) -> Callable:
    """Make a hook that keeps a module's output for the one text of the batch, cut into heads where it is for them."""
    def hook(module: nn.Module, inputs: tuple, output: Tensor) -> None:
        whole = output[0].detach()
        kept.append(whole if projection is None else projection.by_head(whole))
    return hook


def _input_keeper(kept: list[Tensor]) -> Callable:
    """Make a hook that keeps what a module is given."""
    def hook(module: nn.Module, inputs: tuple) -> None:
        kept.append(inputs[0][0].detach())
    return hook


def _given_keeper(masks: list[Tensor], angles: list[tuple[Tensor, Tensor]]) -> Callable:
    """Make a hook that keeps the mask and the angles that a layer's attention is given, if any."""
    def hook(module: nn.Module, inputs: tuple, named: dict) -> None:
        mask = named.get("attention_mask", inputs[1] if len(inputs) > 1 else None)
        if isinstance(mask, Tensor):
            masks.append(mask[0])
        if named.get("position_embeddings") is not None:
            angles.append(tuple(one[0] for one in named["position_embeddings"]))
    return hook


def captured_parts(found: Captured, anatomy: Anatomy, gain: float = 1.0) -> dict[str, Tensor]:
    """Give what `capture` took down in one run the shapes that a record promises, and add the scores.

    Queries and keys of a rotary model are given as they meet, turned. Keys and values that several heads share are
    repeated, so that each head has its own.

    Args:
        found: the dictionary of `capture`, filled by one run.
        anatomy: of the model that ran.
        gain: how many times as large as the model's own that run made the scores.
    """
    parts = {name: found[name][0] for name, _ in anatomy.embeddings}
    for name in ("queries", "keys"):
        turned = [rotated(vectors, *angles) for vectors, angles in zip(found[name], found["angles"], strict=False)]
        parts[name] = torch.stack(turned or found[name])
    parts["values"] = torch.stack(found["values"])
    for name in ("keys", "values"):
        times = anatomy.layers[0].n_queries_a_key
        parts[name] = parts[name].repeat_interleave(times, 1) if times > 1 else parts[name]
    parts["context"] = torch.stack(found["context"]).unflatten(-1, (anatomy.n_heads, -1)).transpose(1, 2)
    parts["attention_outputs"] = torch.stack(found["attention_outputs"])
    if found["attended_states"]:
        parts["attended_states"] = torch.stack(found["attended_states"])
    gains = parts["queries"].new_tensor([gain * layer.gain for layer in anatomy.layers])
    parts["scores"] = _scores(parts["queries"], parts["keys"], found["masks"], gains)
    return parts


def _scores(queries: Tensor, keys: Tensor, masks: list[Tensor], gains: Tensor) -> Tensor:
    """Compute q·k / sqrt(d_head), (layer, head, query, key), times the gain of each layer.

    Masks, one a layer where there are any, are added.

    Source: Vaswani et al. 2017, section 3.2.1, eq. 1.
    """
    scores = queries @ keys.transpose(-1, -2) / math.sqrt(queries.shape[-1]) * gains[:, None, None, None]
    return scores + torch.stack(masks) if masks else scores


def prove(scores: Tensor, weights: Tensor, name: str, gain: float = 1.0, *, single: bool = False) -> None:
    """Make sure that the softmax of `scores` is `weights`, the model's own.

    Args:
        scores, weights: (layer, head, query, key).
        name: what the learner calls the model.
        gain: as in `captured_parts`.
        single: whether the model took the softmax in float32.

    Raises:
        CourseError: if they differ by more than rounding (1e-10 in float64, 1e-5 in float32; as many times more as
            the scores were made larger), or are not numbers.
    """
    difference = (scores.softmax(-1) - weights).abs().max().item()
    if not difference <= TOLERANCE[torch.float32 if single else weights.dtype] * max(1, gain):
        raise CourseError("models.scores_differ", name=name, difference=difference)
