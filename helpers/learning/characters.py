"""A model of characters that a learner trains on a text of their own: an encoder under a causal mask, a tiny GPT."""

import math
import random
from dataclasses import replace

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from .. import wanted
from ..attention import causal_mask
from ..models.running import one_thread
from ..models.sampling import draw
from ..text import CourseError
from .model import new_writer
from .records import CharacterMoment, CharacterRecord
from .watched import WatchedTraining

CONTEXT, N_PIECES, RATE = 48, 16, 0.005          # characters it reads at a time; pieces of text in a step
LEAST, MOST, HELD_OUT = 480, 100_000, 8          # characters of a text; the last eighth is held out
LENGTH, TEMPERATURE, START = 64, 0.8, "\n"


class CharacterTraining(WatchedTraining[CharacterRecord]):
    """A run that learns to go on with a text, character by character.

    The same text, seed and number of steps give the same run, however often it was stopped.

    Args:
        text: 480 to 100,000 characters; the last eighth of it is held out.
        seed: of the first weights and of the pieces it reads.

    Attributes:
        text: all of it, the held-out part too.
        model, step, record: as in `WatchedTraining`; of the model the encoder is used alone, under a causal mask.

    Raises:
        CourseError: for another text, or a seed that is none.
    """

    def __init__(self, text: str, seed: int = 0):
        seed = wanted.seed("CharacterTraining", seed)
        self.text, self._characters = _checked(text), sorted({*_checked(text), START})
        super().__init__(new_writer(len(self._characters), CONTEXT, seed), RATE)
        numbers = {character: place for place, character in enumerate(self._characters)}
        ids = torch.tensor([numbers[character] for character in text])
        cut = len(ids) - len(ids) // HELD_OUT
        self._read, self._held_out = ids[:cut], ids[cut:].unfold(0, CONTEXT + 1, CONTEXT)   # pieces overlap by one
        self._start, self._drawn = numbers[START], torch.Generator().manual_seed(seed)
        self.record = CharacterRecord("".join(self._characters), (self._moment(),))

    @torch.no_grad()
    def written(self, length: int = LENGTH, seed: int = 1, temperature: float = TEMPERATURE) -> str:
        """Return what the model writes by itself as it is now, each character drawn by lot."""
        chance, ids = random.Random(seed), [self._start]
        with one_thread():
            while len(ids) <= length:
                logits = self._logits(torch.tensor([ids[-CONTEXT:]]))[0, -1]
                ids.append(draw((logits / temperature).softmax(-1), chance.random()))
        return "".join(self._characters[place] for place in ids[1:])

    def _pieces(self, generator: torch.Generator) -> Tensor:
        """Return pieces of the text from random places on, (piece, character), a character longer than the context."""
        starts = torch.randint(len(self._read) - CONTEXT, (N_PIECES,), generator=generator)
        return self._read[starts[:, None] + torch.arange(CONTEXT + 1)]

    def _logits(self, ids: Tensor) -> Tensor:
        return self.model.logits(self.model.encode(ids, causal_mask(ids.shape[1])).states)

    def _loss(self, pieces: Tensor) -> tuple[Tensor, float]:
        """Return the mean loss in nats a character, and how many characters are held likeliest rightly, 0 to 1."""
        logits, asked = self._logits(pieces[:, :-1]), pieces[:, 1:]
        right = (logits.argmax(-1) == asked).double().mean().item()
        return cross_entropy(logits.flatten(0, 1), asked.flatten()), right

    def _grown(self) -> CharacterRecord:
        return replace(self.record, moments=(*self.record.moments, self._moment()))

    def _next_loss(self) -> Tensor:
        return self._loss(self._pieces(self._drawn))[0]

    @torch.no_grad()
    def _moment(self) -> CharacterMoment:
        """Look at the model as it is now, on pieces that are always the same."""
        with one_thread():
            read, _ = self._loss(self._pieces(torch.Generator().manual_seed(0)))
            held_out, right = self._loss(self._held_out)
        bits, held_out_bits = (loss.item() / math.log(2) for loss in (read, held_out))
        return CharacterMoment(self.step, bits, held_out_bits, right, self.written())


def _checked(text: object) -> str:
    """Return the text, or say what a text has to be."""
    if not isinstance(text, str) or not LEAST <= len(text) <= MOST:
        got = len(text) if isinstance(text, str) else type(text).__name__
        raise CourseError("characters.text", least=LEAST, most=f"{MOST:,}", got=got)
    return text
