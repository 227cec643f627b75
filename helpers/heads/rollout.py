"""Attention rollout: how much of each token has reached each other one, layer after layer, by the weights alone."""

import torch

from ..asked import number, short
from ..models.records import AttentionRecord, Attentions, Tokens, as_record
from ..text import CourseError


def roll_out(record: AttentionRecord | Attentions, tokens: Tokens | None = None, *,
             residual: float = 0.5) -> AttentionRecord:
    """Follow the attention through the layers: average the heads, add the residual, multiply.

    A layer hands each token on in two ways: through the residual connection, unchanged, and through attention, from
    the tokens that it looks at. Rollout says that the first carries the share `residual` and the second the rest,
    shared out as the mean of the heads. It is a guess made from the weights: values, norms and the feed-forward
    networks do not come into it.

    Args:
        record: a model's run, or its `.words()`; or attention weights, as `AttentionRecord.of` takes them.
        tokens: of the weights; None for a record.
        residual: the share that passes by the attention, 0 to 1; 0 multiplies the averaged weights alone.

    Returns:
        A record with one head a layer: in layer l, what each token (row) is made of (columns) after layers 0 to l.
        Rows sum to 1.

    Raises:
        CourseError: for what is not a record, for cross-attention, or a share that is not a number from 0 to 1.

    Source: Abnar and Zuidema 2020, Quantifying Attention Flow in Transformers, section 3.
    """
    record = as_record(record, tokens, function="roll_out", self_only=True)
    if number(residual, 0, 1) is None:
        raise CourseError("heads.residual", got=short(residual))
    unchanged = torch.eye(record.n_tokens).to(record.weights)
    reached = [unchanged]
    for averaged in record.weights.mean(1):                                # (query, key)
        reached.append((residual * unchanged + (1 - residual) * averaged) @ reached[-1])
    return AttentionRecord(record.tokens, record.segment_ids, record.sentence_b_start,
                           torch.stack(reached[1:])[:, None], record.model_name, record.notices,
                           special=record.special)
