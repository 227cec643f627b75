"""Hooks that change what a model computes while it runs; the model itself does all the rest.

A key is hidden by the mask that the model adds to its scores, scale and temperature by the factor it multiplies
them with, positions by what its table of positions is asked or gives. Edited rows and heads that are off need what
the model offers no knob for: the context is changed on its way to the projection that joins the heads.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional

from ...attention import merge_heads, split_heads
from ...text import CourseError
from ..anatomy import Anatomy, LayerAnatomy
from .plan import Plan


@contextmanager
def changed(anatomy: Anatomy, plan: Plan | None) -> Iterator[None]:
    """Let a model run as the plan says inside the block; afterwards it is as before, whatever happened.

    Args:
        anatomy: of a model in eager attention.
        plan: what changes; None for nothing.

    Raises:
        CourseError: when the model runs, if hidden tokens leave a query no key.
    """
    with ExitStack() as undo:
        if plan is not None:
            _hook_positions(anatomy, plan, undo)
            for number, layer in enumerate(anatomy.layers):
                _AttentionHooks(plan, number, layer).attach(undo)
        yield


def _hook_positions(anatomy: Anatomy, plan: Plan, undo: ExitStack) -> None:
    """Tell the tokens other positions, or none, or let them read another table."""
    def others(module: nn.Module, inputs: tuple) -> tuple[Tensor]:
        return (torch.tensor([plan.positions], device=inputs[0].device) + anatomy.first_position,)

    def nothing(module: nn.Module, inputs: tuple, output: Tensor) -> Tensor:
        return torch.zeros_like(output)

    embedding, table = anatomy.position_embeddings, plan.table
    if embedding is None:            # then a plan that asks for other positions was refused
        return
    if table is not None:
        undo.callback(embedding.register_forward_hook(lambda module, inputs, output: functional.embedding(
            inputs[0] - anatomy.first_position, table.to(output))).remove)
    if plan.positions:
        undo.callback(embedding.register_forward_pre_hook(others).remove)
    elif plan.positions is not None:
        undo.callback(embedding.register_forward_hook(nothing).remove)


class _AttentionHooks:
    """What a plan changes in the attention of one layer."""

    def __init__(self, plan: Plan, number: int, layer: LayerAnatomy):
        self.plan, self.layer = plan, layer
        self.rows = {place[1:]: row for place, row in plan.rows.items() if place[0] == number}
        self.off = [head for at, head in plan.heads_off if at == number]
        self.values: Tensor          # as soon as the layer has projected them

    def attach(self, undo: ExitStack) -> None:
        """Set the hooks and the factor; `undo` takes both back."""
        attention = self.layer.attention
        undo.callback(setattr, attention, "scaling", attention.scaling)
        attention.scaling *= self.plan.gain
        undo.callback(self.layer.values.module.register_forward_hook(self.keep_values).remove)
        undo.callback(attention.register_forward_pre_hook(self.hide_keys, with_kwargs=True).remove)
        undo.callback(self.layer.w_output.register_forward_pre_hook(self.change_context).remove)

    def keep_values(self, module: nn.Module, inputs: tuple, output: Tensor) -> None:
        """Keep the values for the rows that are edited."""
        self.values = output

    def hide_keys(self, module: nn.Module, inputs: tuple, named: dict) -> tuple[tuple, dict] | None:
        """Mask the hidden keys as the model masks: with the least number there is, added to their scores."""
        if not self.plan.hidden:
            return None
        mask = named.get("attention_mask")
        if mask is None:
            states = inputs[0] if inputs else named["hidden_states"]
            mask = states.new_zeros(1, 1, 1, len(self.plan.tokens))          # (1, 1, 1 or query, key)
        mask = mask.clone()
        mask[..., list(self.plan.hidden)] = torch.finfo(mask.dtype).min
        lost = (mask < 0).all(-1).flatten()                                  # (1 or query,)
        if lost.any():
            query = lost.nonzero()[0].item()
            raise CourseError("interventions.nothing_left", query=query, token=self.plan.tokens[query])
        return inputs, named | {"attention_mask": mask}

    def change_context(self, module: nn.Module, inputs: tuple) -> tuple[Tensor] | None:
        """Average the values by the edited rows, and let the heads that are off say nothing."""
        if not self.rows and not self.off:
            return None
        context = split_heads(inputs[0], self.layer.queries.n_heads).clone()         # (1, head, token, d_head)
        if self.rows:
            edited = self._averaged(context)
            for head, query in self.rows:
                context[:, head, query] = edited[:, head, query]
        context[:, self.off] = 0
        return (merge_heads(context),)

    def _averaged(self, context: Tensor) -> Tensor:
        """Return what the edited rows make of the values, in the shape of `context`; all other rows stay empty."""
        n_tokens = context.shape[2]
        weights = context.new_zeros(*context.shape[:2], n_tokens, n_tokens)          # (1, head, query, key)
        for (head, query), row in self.rows.items():
            weights[0, head, query] = row.to(weights)
        values = self.layer.values.by_head(self.values)                              # (1, head, token, d_head)
        return weights @ values.repeat_interleave(self.layer.n_queries_a_key, 1)
