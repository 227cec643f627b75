"""The vectors of all tokens of a few texts, layer by layer, and which of them lie nearest to one."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from .. import wanted
from ..asked import place as checked_place
from ..asked import short, whole
from ..models import Model
from ..text import CourseError


@dataclass(frozen=True, eq=False, repr=False)
class TokenVectors:
    """Every token of several texts, the added ones ([CLS], [SEP]) left out.

    Attributes:
        tokens: the token strings, text after text.
        texts: which text each is from, an index.
        places: where each stands in its text, 1 the first after [CLS].
        vectors: (layer + 1, token, d_model); [0] as they enter the first layer.
        words: (token, d_model), the word vectors alone, before position and segment are added.
        sentences: the texts themselves.
    """

    tokens: tuple[str, ...]
    texts: tuple[int, ...]
    places: tuple[int, ...]
    vectors: Tensor
    words: Tensor
    sentences: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<TokenVectors: {len(self.tokens)} tokens of {len(set(self.texts))} texts>"

    def at(self, token: str) -> list[int]:
        """Return where a token stands, each time it occurs."""
        return [index for index, one in enumerate(self.tokens) if one == token]


def token_vectors(bert: Model, texts: Sequence[str]) -> TokenVectors:
    """Run a model on each text by itself and keep the vectors of its tokens.

    Raises:
        CourseError: for what is no model, or no list of texts.
    """
    wanted.instance("token_vectors", "bert", bert, Model, "model")
    tokens: list[str] = []
    of_text: list[int] = []
    places: list[int] = []
    vectors, words = [], []
    for index, text in enumerate(wanted.texts("token_vectors", "texts", texts)):
        record = bert.run(text)
        kept = [place for place in range(record.n_tokens) if place not in record.added_places]
        tokens += [record.tokens[place] for place in kept]
        of_text += [index] * len(kept)
        places += kept
        vectors.append(record.hidden_states[:, kept])
        words.append(record.word_embeddings[kept])
    return TokenVectors(tuple(tokens), tuple(of_text), tuple(places), torch.cat(vectors, 1), torch.cat(words),
                        tuple(texts))


def nearest(vectors: Tensor, index: int, top: int = 3) -> list[tuple[int, float]]:
    """Return which vectors point most nearly where one of them does: (index, cosine), nearest first.

    Args:
        vectors: (token, d_model).
        index: the one that is compared; it is not among the answers.
        top: how many.

    Raises:
        CourseError: where there is no such vector, or not so many others.
    """
    wanted.matrix("nearest", "vectors", vectors)
    if checked_place(index, len(vectors)) is None or whole(top, 1, len(vectors) - 1) is None:
        raise CourseError("probes.nearest", n=len(vectors), index=short(index), top=short(top))
    cosines = torch.cosine_similarity(vectors, vectors[index][None], dim=-1)
    cosines[index] = -2
    best = cosines.topk(top)
    return list(zip(best.indices.tolist(), best.values.tolist(), strict=True))
