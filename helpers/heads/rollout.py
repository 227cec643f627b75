"""Attention rollout: how much of each token has reached each other one, layer after layer, by the weights alone."""

from numbers import Real

import torch

from ..models.records import AttentionRecord
from ..text import CourseError
from .measures import require_record


def roll_out(record: AttentionRecord, *, residual: float = 0.5) -> AttentionRecord:
    """Follow the attention through the layers: average the heads, add the residual, multiply.

    A layer hands each token on in two ways: through the residual connection, unchanged, and through attention, from
    the tokens that it looks at. Rollout says that the first carries the share `residual` and the second the rest,
    shared out as the mean of the heads. It is a guess made from the weights: values, norms and the feed-forward
    networks do not come into it.

    Args:
        record: a model's run, or its `.words()`.
        residual: the share that passes by the attention, 0 to 1; 0 multiplies the averaged weights alone.

    Returns:
        A record with one head a layer: in layer l, what each token (row) is made of (columns) after layers 0 to l.
        Rows sum to 1.

    Raises:
        CourseError: for what is not a record, or a share that is not a number from 0 to 1.

    Source: Abnar and Zuidema 2020, Quantifying Attention Flow in Transformers, section 3.
    """
    require_record(record)
    if isinstance(residual, bool) or not isinstance(residual, Real) or not 0 <= residual <= 1:
        raise CourseError("heads.residual", got=f"{residual!r:.40}")
    unchanged = torch.eye(record.n_tokens).to(record.weights)
    reached = [unchanged]
    for averaged in record.weights.mean(1):                                # (query, key)
        reached.append((residual * unchanged + (1 - residual) * averaged) @ reached[-1])
    return AttentionRecord(record.tokens, record.segment_ids, record.sentence_b_start,
                           torch.stack(reached[1:])[:, None], record.model_name, record.notices)
