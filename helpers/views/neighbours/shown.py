"""What the picture of neighbours is asked to show: checked, and found layer by layer."""

from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import Tensor

from ...asked import short, whole
from ...probes import TokenVectors, nearest
from ...text import CourseError, say
from ..kit import DIGITS
from ..svg import visible

MOST = 8


class Neighbour(NamedTuple):
    """A token near another one: which it is, and the cosine of their vectors."""

    place: int
    cosine: float


@dataclass(frozen=True, eq=False)
class Shown:
    """One token, and its nearest neighbours in each layer.

    Attributes:
        found: all tokens there are.
        index: whose neighbours are shown.
        layers: for each layer, from the vectors that enter the first one on, its neighbours, nearest first.
        cosines: (layer + 1, token), with every token.
    """

    found: TokenVectors
    index: int
    layers: list[list[Neighbour]]
    cosines: Tensor = field(repr=False)

    @property
    def neighbours(self) -> list[int]:
        """Every neighbour once, in the order in which they come up."""
        return list(dict.fromkeys(one.place for layer in self.layers for one in layer))

    def is_same(self, index: int) -> bool:
        """Whether another place holds the same token."""
        return self.found.tokens[index] == self.found.tokens[self.index]

    def name(self, index: int) -> str:
        """Return a token with the number of its sentence."""
        return say("neighbours.name", token=visible(self.found.tokens[index]), text=self.found.texts[index])

    def spoken(self, index: int) -> str:
        """Return how near a neighbour is in each layer, in words."""
        numbers = [say("neighbours.at", layer=layer, cosine=f"{cosine:.2f}")
                   for layer, cosine in enumerate(self.cosines[:, index].tolist())]
        return say("neighbours.spoken", name=self.name(index), numbers=say("views.comma").join(numbers))

    def title(self) -> str:
        """Return the heading."""
        return say("neighbours.title", token=visible(self.found.tokens[self.index]),
                   text=self.found.texts[self.index])

    def sentence(self) -> str:
        """Say who is nearest in each layer."""
        best = [say("neighbours.nearest", layer=layer, name=self.name(near[0].place), cosine=f"{near[0].cosine:.2f}")
                for layer, near in enumerate(self.layers)]
        return say("neighbours.text", title=self.title(), n=len(self.found.tokens),
                   nearest=say("views.semicolon").join(best))

    def data(self) -> dict:
        """Return the token and its neighbours, the cosines rounded."""
        tokens, texts = self.found.tokens, self.found.texts
        return {"token": tokens[self.index], "sentence": texts[self.index],
                "layers": [[[at, tokens[at], texts[at], round(cosine, DIGITS)] for at, cosine in near]
                           for near in self.layers]}


def select(found: TokenVectors, index: int, top: int) -> Shown:
    """Check the choices and find the neighbours.

    Raises:
        CourseError: for other vectors, a token that is not there, or a number of neighbours out of range.
    """
    if not isinstance(found, TokenVectors):
        raise CourseError("neighbours.not_vectors", got=type(found).__name__)
    if whole(top, 1, MOST) is None:
        raise CourseError("neighbours.top", most=MOST, got=short(top))
    layers = [[Neighbour(*one) for one in nearest(vectors, index, top)] for vectors in found.vectors]
    cosines = torch.cosine_similarity(found.vectors, found.vectors[:, index][:, None], dim=-1)
    return Shown(found, index, layers, cosines)
