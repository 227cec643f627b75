"""How a decoder writes on behind a text: one token at a time, with a cache of keys and values."""

import inspect
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from ..asked import short, whole
from ..text import CourseError
from .given import shown_token
from .sampling import Sampling, draw
from .tokens import text_of

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase
    from transformers.cache_utils import Cache


@dataclass(frozen=True)
class Written:
    """A text and what a model wrote behind it.

    Attributes:
        text: both together, special tokens left out, as the tokenizer joins tokens to text.
        tokens, token_ids: all tokens, those given first.
        n_given: how many of them were given.
        probabilities: of each token that was written, with which chance it was (as it was sampled, or greedily as
            the model held it).
        ended: whether the model wrote its end token.
    """

    text: str
    tokens: tuple[str, ...]
    token_ids: tuple[int, ...]
    n_given: int
    probabilities: tuple[float, ...]
    ended: bool

    def __repr__(self) -> str:
        return f"<Written: {self.text}>"


def checked_length(max_tokens: object) -> int:
    """Return how many tokens may be written.

    Raises:
        CourseError: for what is not a whole number from 1 on.
    """
    checked = whole(max_tokens, 1)
    if checked is None:
        raise CourseError("writing.max_tokens", got=short(max_tokens))
    return checked


@torch.no_grad()
def write(model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", given: Sequence[int], room: int,
          sampling: Sampling, *, use_cache: bool = True) -> Written:
    """Write at most `room` tokens behind the ids `given`.

    Args:
        model: a causal language model of transformers.
        tokenizer: its tokenizer.
        given: ids of the text so far.
        room: the most tokens that are written.
        sampling: how each is chosen.
        use_cache: keep keys and values of earlier tokens.
    """
    model.eval()
    ids, cache, chance = list(given), None, random.Random(sampling.seed)
    chances: list[float] = []
    while len(chances) < room and not (chances and ids[-1] == tokenizer.eos_token_id):
        logits, kept = read_on(model, ids[-1:] if cache is not None else ids, cache)
        cache = kept if use_cache else None
        token_id, probability = _choose(logits[-1], sampling, chance)
        ids.append(token_id)
        chances.append(probability)
    names = tokenizer.convert_ids_to_tokens(ids)                     # None where a row has no token of its own
    tokens = tuple(shown_token(name or f"#{token_id}") for name, token_id in zip(names, ids, strict=True))
    text, ended = text_of(tokenizer, ids, skip_special_tokens=True), bool(chances) and ids[-1] == tokenizer.eos_token_id
    return Written(text, tokens, tuple(ids), len(given), tuple(chances), ended)


@torch.no_grad()
def read_on(model: "PreTrainedModel", new_ids: Sequence[int], cache: "Cache | None" = None,
            first_position: int | None = None) -> tuple[Tensor, "Cache"]:
    """Read new tokens behind those in the cache.

    Args:
        model: a causal language model of transformers.
        new_ids: ids of the new tokens.
        cache: what an earlier call returned; it grows by the new tokens. None at the start of a text.
        first_position: the position that the first new token is told; None takes the one behind the cache.

    Returns:
        Logits (new token, vocab), and the cache.
    """
    name = "cache" if "cache" in inspect.signature(model.forward).parameters else "past_key_values"   # before 5.24
    first = first_position if first_position is not None else cache.get_seq_length() if cache is not None else 0
    positions = torch.arange(first, first + len(new_ids), device=model.device)
    out = model(input_ids=torch.tensor([list(new_ids)], device=model.device), position_ids=positions[None],
                use_cache=True, **{name: cache})
    return out.logits[0], getattr(out, name)


def _choose(logits: Tensor, sampling: Sampling, chance: random.Random) -> tuple[int, float]:
    """Return the next token and with which chance it came."""
    probabilities = sampling.probabilities(logits)
    token_id = int(logits.argmax()) if sampling.seed is None else draw(probabilities, chance.random())
    return token_id, probabilities[token_id].item()
