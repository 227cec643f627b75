"""The logit lens: what each layer's states would say if they were the last."""

import torch
from torch import Tensor

from ..text import CourseError
from .records import DecoderRecord


@torch.no_grad()
def logit_lens(record: DecoderRecord) -> Tensor:
    """Return the logits that each layer's states would give, put through the model's own last norm and unembedding.

    Args:
        record: a run of a decoder that can write.

    Returns:
        (layer + 1, token, vocab): [0] of the embeddings, [l + 1] of the output of layer l; the last one is
        `record.logits`.

    Raises:
        CourseError: for another record, or one of a decoder that cannot write.

    Source: nostalgebraist 2020, interpreting GPT: the logit lens.
    """
    if not isinstance(record, DecoderRecord) or record.unembedding is None:
        raise CourseError("lens.needs_decoder", got=type(record).__name__)
    early, last = record.hidden_states[:-1], record.hidden_states[-1:]       # the last one is normed already
    normed = early if record.last_norm is None else record.last_norm(early)
    return record.unembedding(torch.cat([normed, last]))
