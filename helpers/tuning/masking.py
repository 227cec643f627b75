"""Hiding tokens as BERT's training does, practising on them, and what a model says where nothing is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .. import wanted
from ..asked import number, short, whole
from ..models import Bert
from ..models.running import one_thread
from ..text import CourseError
from .batches import TextBatch, in_turns, take_step, to_batch
from .classifier import Classifier, free_layers

SHARE, BATCH, RATE, MOST_STEPS = 0.2, 16, 3e-4, 2000
WHOLE = (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64)
MASKED, REPLACED, KEPT = "masked", "replaced", "kept"


@dataclass(frozen=True)
class Recipe:
    """What becomes of the tokens that were chosen.

    Attributes:
        mask: the share that becomes [MASK].
        replace: the share that becomes any token of the vocabulary.

    What is left stays as it is. The model is asked for all of them.

    Raises:
        CourseError: for shares below 0 or of more than 1 together.
    """

    mask: float = 0.8
    replace: float = 0.1

    def __post_init__(self) -> None:
        shares = number(self.mask, 0, 1), number(self.replace, 0, 1)
        if None in shares or self.mask + self.replace > 1 + 1e-9:
            raise CourseError("tuning.recipe", mask=short(self.mask), replace=short(self.replace))


BERT_RECIPE = Recipe()


@dataclass(frozen=True)
class Hidden:
    """Tokens as the model sees them, and what it is asked for.

    Attributes:
        seen_ids: what the model reads, of the shape that was given.
        chosen: True where it is asked what stood there.
        fate: 0 not chosen, 1 masked, 2 replaced, 3 chosen and kept.
    """

    seen_ids: Tensor
    chosen: Tensor
    fate: Tensor


def hide_tokens(bert: Bert, token_ids: Tensor, recipe: Recipe = BERT_RECIPE, *, share: float = SHARE,
                generator: torch.Generator | None = None) -> Hidden:
    """Choose some tokens, hide them by a recipe, and remember which; special tokens are never chosen.

    Args:
        bert: whose vocabulary and [MASK] are used.
        token_ids: any shape.
        recipe: what becomes of the chosen ones; BERT's own where none is given.
        share: how many are chosen, 0 to 1; Devlin et al. took 0.15, the course BERT 0.2.
        generator: of the chance; None takes torch's own.

    Raises:
        CourseError: for a share outside this range, or another kind of argument.

    Source: Devlin et al. 2019, section 3.1.
    """
    if number(share, 0, 1) is None:
        raise CourseError("tuning.bad_share", got=short(share))
    wanted.instance("hide_tokens", "bert", bert, Bert, "bert")
    wanted.instance("hide_tokens", "recipe", recipe, Recipe, "recipe")
    if not isinstance(token_ids, Tensor) or token_ids.dtype not in WHOLE or token_ids.is_meta:
        raise wanted.wrong("hide_tokens", "token_ids", token_ids, "ids")
    if generator is not None:
        wanted.instance("hide_tokens", "generator", generator, torch.Generator, "generator")
    special = torch.tensor(bert.tokenizer.all_special_ids)
    luck, other = (torch.rand(token_ids.shape, generator=generator, dtype=torch.float64) for _ in range(2))
    chosen = (luck < share) & ~torch.isin(token_ids, special)
    fate = torch.where(other < recipe.mask, 1, torch.where(other < recipe.mask + recipe.replace, 2, 3)) * chosen
    any_token = torch.randint(len(special), len(bert.vocabulary), token_ids.shape, generator=generator)
    seen = torch.where(fate == 1, torch.tensor(bert.tokenizer.mask_token_id), token_ids)
    return Hidden(torch.where(fate == 2, any_token, seen), chosen, fate)


def practise(bert: Bert, texts: Sequence[str], recipe: Recipe = BERT_RECIPE, *, steps: int = 60, seed: int = 0) -> Bert:
    """Let a copy of a BERT go on guessing hidden tokens in texts, by a recipe; the one that was given stays as it is.

    Raises:
        CourseError: for a number of steps that is not 1 to 2000, or another kind of argument.
    """
    if whole(steps, 1, MOST_STEPS) is None:
        raise CourseError("tuning.bad_steps", most=MOST_STEPS, got=short(steps))
    wanted.instance("practise", "bert", bert, Bert, "bert")
    wanted.instance("practise", "recipe", recipe, Recipe, "recipe")
    texts, seed = wanted.texts("practise", "texts", texts), wanted.seed("practise", seed)
    student = Classifier(bert, ("unused",)).bert
    batch, luck = to_batch(bert, texts), torch.Generator().manual_seed(seed)
    layers = free_layers(student)
    optimiser = torch.optim.Adam(layers, lr=RATE)
    with one_thread(), torch.enable_grad():
        for places in in_turns(len(texts), BATCH, steps, seed):
            hidden = hide_tokens(bert, batch.token_ids[places], recipe, generator=luck)
            if hidden.chosen.any():
                asked = _logits(student, batch, places, hidden)
                take_step(optimiser, cross_entropy(asked, batch.token_ids[places][hidden.chosen]), layers)
    return student


def what_it_says(bert: Bert, texts: Sequence[str], *, seed: int = 1) -> dict[str, float]:
    """Return how likely a BERT holds the true token where it stands, where another stands, and where [MASK] does.

    A fifth of the tokens is asked, the same places each time; the geometric mean of their probabilities comes back.

    Returns:
        {"masked": …, "replaced": …, "kept": …}, each 0 to 1.

    Raises:
        CourseError: for what is no BERT, no list of texts, or no seed.
    """
    wanted.instance("what_it_says", "bert", bert, Bert, "bert")
    texts, seed = wanted.texts("what_it_says", "texts", texts), wanted.seed("what_it_says", seed)
    batch, said = to_batch(bert, texts), {}
    places = list(range(len(texts)))
    with torch.no_grad(), one_thread():
        for name, recipe in ((MASKED, Recipe(1.0, 0.0)), (REPLACED, Recipe(0.0, 1.0)), (KEPT, Recipe(0.0, 0.0))):
            hidden = hide_tokens(bert, batch.token_ids, recipe, generator=torch.Generator().manual_seed(seed))
            logits = _logits(bert, batch, places, hidden)
            said[name] = cross_entropy(logits, batch.token_ids[hidden.chosen]).neg().exp().item()
    return said


def _logits(bert: Bert, batch: TextBatch, places: list[int], hidden: Hidden) -> Tensor:
    """Return the scores of the vocabulary at the chosen tokens: (chosen, vocab)."""
    bert.model.eval()
    inputs = {name: given[places] for name, given in batch.inputs().items()} | {"input_ids": hidden.seen_ids}
    guesses = getattr(getattr(bert.model, "cls", None), "predictions", None)
    if guesses is None:                               # its words are read elsewhere: from all tokens, then
        return bert.model(**inputs)[0][hidden.chosen]
    return guesses(bert.encoder(**inputs).last_hidden_state[hidden.chosen])
