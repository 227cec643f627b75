"""Hooks that change what a BERT computes while it runs; the model itself does all the rest.

A key is hidden by the mask that the model adds to its scores, scale and temperature by the factor it multiplies
them with, positions by what its position embedding is asked or gives. Edited rows and heads that are off need what
the model offers no knob for: its attention weights and context are changed on their way out.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from ...attention import merge_heads, split_heads
from ...text import CourseError
from .plan import Plan

if TYPE_CHECKING:
    from transformers import BertModel


@contextmanager
def changed(encoder: "BertModel", plan: Plan | None) -> Iterator[None]:
    """Let `encoder` run as the plan says inside the block; afterwards it is as before, whatever happened.

    Args:
        encoder: embeddings and layers of a BERT, in eager attention.
        plan: what changes; None for nothing.

    Raises:
        CourseError: when the model runs, if hidden tokens leave a query no key.
    """
    with ExitStack() as undo:
        if plan is not None:
            _hook_positions(encoder.embeddings.position_embeddings, plan, undo)
            for number, layer in enumerate(encoder.encoder.layer):
                _AttentionHooks(plan, number).attach(layer.attention.self, undo)
        yield


def _hook_positions(embedding: nn.Embedding, plan: Plan, undo: ExitStack) -> None:
    """Tell the tokens other positions, or none."""
    def others(module: nn.Module, inputs: tuple) -> tuple[Tensor]:
        return (torch.tensor([plan.positions], device=inputs[0].device),)

    def nothing(module: nn.Module, inputs: tuple, output: Tensor) -> Tensor:
        return torch.zeros_like(output)

    if plan.positions:
        undo.callback(embedding.register_forward_pre_hook(others).remove)
    elif plan.positions is not None:
        undo.callback(embedding.register_forward_hook(nothing).remove)


class _AttentionHooks:
    """What a plan changes in the attention of one layer."""

    def __init__(self, plan: Plan, layer: int):
        self.plan = plan
        self.rows = {place[1:]: row for place, row in plan.rows.items() if place[0] == layer}
        self.off = [head for at, head in plan.heads_off if at == layer]
        self.values: Tensor | None = None

    def attach(self, attention: nn.Module, undo: ExitStack) -> None:
        """Set the hooks and the factor; `undo` takes both back.

        The last hook stands first in its row, so that those who only look on see what it gives.
        """
        undo.callback(setattr, attention, "scaling", attention.scaling)
        attention.scaling *= self.plan.gain
        undo.callback(attention.value.register_forward_hook(self.keep_values).remove)
        undo.callback(attention.register_forward_pre_hook(self.hide_keys, with_kwargs=True).remove)
        undo.callback(attention.register_forward_hook(self.change, prepend=True).remove)

    def keep_values(self, module: nn.Module, inputs: tuple, output: Tensor) -> None:
        """Keep the values, (1, token, d_model), for the rows that are edited."""
        self.values = output

    def hide_keys(self, module: nn.Module, inputs: tuple, named: dict) -> tuple[tuple, dict] | None:
        """Mask the hidden keys as the model masks: with the least number there is, added to their scores."""
        if not self.plan.hidden:
            return None
        mask = named.get("attention_mask")
        if mask is None:
            mask = inputs[0].new_zeros(1, 1, 1, len(self.plan.tokens))       # (1, 1, 1 or query, key)
        mask = mask.clone()
        mask[..., list(self.plan.hidden)] = torch.finfo(mask.dtype).min
        lost = (mask < 0).all(-1).flatten()                                  # (1 or query,)
        if lost.any():
            query = lost.nonzero()[0].item()
            raise CourseError("interventions.nothing_left", query=query, token=self.plan.tokens[query])
        return inputs, named | {"attention_mask": mask}

    def change(self, module: nn.Module, inputs: tuple, output: tuple) -> tuple[Tensor, Tensor]:
        """Put the edited rows in, average the values by them, and let the heads that are off say nothing."""
        context, weights = output[0], output[1]          # (1, token, d_model), (1, head, query, key)
        if self.rows:
            weights = weights.clone()
            for (head, query), row in self.rows.items():
                weights[0, head, query] = row.to(weights)
            context = merge_heads(weights @ split_heads(self.values, module.num_attention_heads))
        if self.off:
            by_head = split_heads(context, module.num_attention_heads).clone()
            by_head[:, self.off] = 0                     # (1, head, token, d_head)
            context = merge_heads(by_head)
        return context, weights
