"""A token's nearest neighbours, layer by layer: who is nearest at first, who later, and who stays."""

from ...probes import TokenVectors
from ..kit import view_of
from ..view import View
from .drawing import RULES, draw
from .shown import select


def view_neighbours(found: TokenVectors, index: int, top: int = 3) -> View:
    """Return a picture of the tokens whose vectors point most nearly where one token's does, a column a layer.

    A neighbour that is the same token has a thick edge; lines follow those that stay from one layer to the next.
    Below stand the sentences they are from.

    Args:
        found: the tokens of several texts, `helpers.probes.token_vectors`.
        index: whose neighbours; `found.at(token)` says where a token stands.
        top: how many a layer, 1 to 8.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (token, sentence; by layer, from the vectors that enter the first one on,
        the neighbours: index, token, which sentence, cosine), `.save(path)`.

    Raises:
        CourseError: for other vectors, a token that is not there, or a number of neighbours out of range.
    """
    shown = select(found, index, top)
    return view_of("neighbours", shown, draw(shown), RULES)
