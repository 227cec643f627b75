"""Three tasks on made-up words whose right attention is known: reverse, copy, sort."""

from dataclasses import dataclass

import torch
from torch import Tensor

from ..attention import padding_mask
from ..text import CourseError

TASKS = ("reverse", "copy", "sort")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
START = len(LETTERS)
SHORTEST, LONGEST = 8, 12


@dataclass(frozen=True)
class Batch:
    """Words and what is to be written for them; what stands behind the end of a word is padding.

    Attributes:
        source_ids: (batch, letter), the words.
        target_ids: (batch, letter), what is to be written, as many letters.
        inside: (batch, letter), False on the padding.
    """

    source_ids: Tensor
    target_ids: Tensor
    inside: Tensor

    @property
    def decoder_ids(self) -> Tensor:
        """What the decoder reads, (batch, letter): the start, then the target without its last letter."""
        start = torch.full_like(self.target_ids[:, :1], START)
        return torch.cat([start, self.target_ids[:, :-1]], dim=1)

    @property
    def source_mask(self) -> Tensor:
        """Which letters of the source may be attended to, (batch, 1, 1, letter)."""
        return padding_mask(self.inside.sum(-1), self.inside.shape[1])


def draw(task: str, n_words: int, generator: torch.Generator) -> Batch:
    """Make up words of 8 to 12 random letters."""
    lengths = torch.randint(SHORTEST, LONGEST + 1, (n_words,), generator=generator)
    return _batch(task, torch.randint(len(LETTERS), (n_words, LONGEST), generator=generator), lengths)


def of_word(task: str, word: str) -> Batch:
    """Return the batch that holds one word.

    Raises:
        CourseError: unless it has 8 to 12 letters, a to z.
    """
    letters = word.strip().lower() if isinstance(word, str) else ""
    if not SHORTEST <= len(letters) <= LONGEST or not set(letters) <= set(LETTERS):
        raise CourseError("training.bad_word", least=SHORTEST, most=LONGEST, got=f"{word!s:.40}")
    return _batch(task, torch.tensor([[LETTERS.index(letter) for letter in letters]]), torch.tensor([len(letters)]))


def right_places(task: str, batch: Batch) -> Tensor:
    """Return where the letter to be written stands in the source, (batch, target letter, source letter), boolean.

    Where a task only asks for the letter, as sorting does, each place at which it stands is right.
    """
    if task == "sort":
        same = batch.target_ids[:, :, None] == batch.source_ids[:, None, :]
    else:
        same = torch.eye(batch.source_ids.shape[1], dtype=torch.bool)[_order(task, batch.inside)]
    return same & batch.inside[:, :, None] & batch.inside[:, None, :]


def _batch(task: str, source_ids: Tensor, lengths: Tensor) -> Batch:
    inside = padding_mask(lengths, source_ids.shape[1])[:, 0, 0]                         # (batch, letter)
    if task == "sort":
        target_ids = source_ids.masked_fill(~inside, START).sort(-1).values
    else:
        target_ids = source_ids.gather(1, _order(task, inside))
    return Batch(source_ids, target_ids.where(inside, 0), inside)


def _order(task: str, inside: Tensor) -> Tensor:
    """Return which source letter each target letter is, (batch, letter), for the tasks that move letters."""
    places = torch.arange(inside.shape[1]).expand(inside.shape)
    if task == "copy":
        return places
    return (inside.sum(-1, keepdim=True) - 1 - places).clamp(min=0)
