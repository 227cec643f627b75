"""Heads that copy: random tokens are read twice, and a head is asked where it looks the second time."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from .. import wanted
from ..asked import short, whole
from ..models import Decoder
from ..models.changes.checked import checked_heads
from ..models.changes.hooks import changed
from ..models.changes.plan import plan_for
from ..models.running import one_thread
from ..text import CourseError


@dataclass(frozen=True, eq=False, repr=False)
class Induction:
    """How a model copies.

    Attributes:
        scores: (layer, head), the induction score of each head, 0 to 1, the mean over the sequences.
        losses: (token,), −ln p of each token from the second on in nats, the mean over the sequences: first those of
            the first copy, then those of the second.
        length: the tokens of one copy.
    """

    scores: Tensor
    losses: Tensor
    length: int

    def __repr__(self) -> str:
        layer, head = self.best
        return (f"<Induction: best layer {layer}, head {head} with {self.scores.max():.2f}; "
                f"loss {self.first_loss:.2f}, again {self.second_loss:.2f}>")

    @property
    def best(self) -> tuple[int, int]:
        """(layer, head) with the highest score."""
        layer, head = divmod(int(self.scores.argmax()), self.scores.shape[1])
        return layer, head

    @property
    def first_loss(self) -> float:
        """The loss in the first copy, nats a token; its first token, which nothing foretells, left out."""
        return self.losses[1:self.length].mean().item()

    @property
    def second_loss(self) -> float:
        """The loss in the second copy, nats a token; its first token left out."""
        return self.losses[self.length + 1:].mean().item()


def induction_scores(weights: Tensor) -> Tensor:
    """Return each head's induction score: its weight, in the second copy, on the token after the first occurrence.

    Args:
        weights: (..., query, key) for a start token, a sequence, and the same sequence again.

    Returns:
        (...), the mean over the second copy without its last token: what follows that was not seen before.

    Raises:
        CourseError: for what is no such tensor.

    Source: Olsson et al. 2022, In-context Learning and Induction Heads (prefix matching).
    """
    wanted.instance("induction_scores", "weights", weights, Tensor, "square")
    shape = weights.shape
    if len(shape) < 2 or shape[-2] != shape[-1] or shape[-1] < 5 or not weights.is_floating_point():
        raise wanted.wrong("induction_scores", "weights", weights, "square")
    length = (weights.shape[-1] - 1) // 2
    queries = torch.arange(1 + length, 2 * length)
    return weights[..., queries, queries - length + 1].mean(-1)


def repeated_sequences(model: Decoder, length: int = 25, n_sequences: int = 40, seed: int = 0) -> Tensor:
    """Return (sequence, 1 + 2 * length) ids: the start token, random tokens, and the same ones again.

    Raises:
        CourseError: for what is no decoder, a size that does not fit it, or a seed that is none.
    """
    if not isinstance(model, Decoder):
        raise CourseError("induction.not_a_decoder", got=type(model).__name__)
    luck = torch.Generator().manual_seed(wanted.seed("repeated_sequences", seed))
    for name, value, most in (("length", length, (model.max_tokens - 1) // 2), ("n_sequences", n_sequences, 1000)):
        if whole(value, 2 if name == "length" else 1, most) is None:
            raise CourseError("induction.size", name=name, most=most, got=short(value))
    tokenizer, special = model.tokenizer, {*model.tokenizer.all_special_ids}
    plain = torch.tensor([token_id for token_id in range(len(tokenizer)) if token_id not in special])
    drawn = torch.randint(len(plain), (n_sequences, length), generator=luck)
    start = torch.full((n_sequences, 1), tokenizer.bos_token_id)
    return torch.cat([start, plain[drawn], plain[drawn]], dim=1)


@torch.no_grad()
@one_thread()
def measure_induction(model: Decoder, length: int = 25, n_sequences: int = 40, *, seed: int = 0,
                      heads_off: Sequence[tuple[int, int]] = ()) -> Induction:
    """Measure how a model copies: random tokens, read twice.

    Args:
        model: a decoder whose texts begin with a start token.
        length: tokens of one copy.
        n_sequences: how many sequences, each read twice.
        seed: of the random tokens.
        heads_off: (layer, head) pairs that are switched off meanwhile, as in `model.run`.

    Raises:
        CourseError: for what is no decoder, sizes that do not fit it, or heads that it does not have.
    """
    ids = repeated_sequences(model, length, n_sequences, seed)
    off = checked_heads(heads_off, model.anatomy.n_layers, model.anatomy.n_heads)
    plan = plan_for({"heads_off": off}, (), model.anatomy) if off else None
    with changed(model.anatomy, plan):
        out = model.model(input_ids=ids, output_attentions=True, use_cache=False)
    losses = functional.cross_entropy(out.logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    scores = torch.stack([induction_scores(weights).mean(0) for weights in out.attentions])
    return Induction(scores, losses.view(n_sequences, -1).mean(0), length)
