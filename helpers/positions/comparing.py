"""Tables of positions compared, whatever made them: similarity, how far the offset explains it, main directions."""

import torch
from torch import Tensor
from torch.nn.functional import normalize

from .. import wanted
from ..asked import short, whole
from ..text import CourseError


def similarities(table: Tensor, *, cosine: bool = False) -> Tensor:
    """Return the dot product of every position with every other.

    Args:
        table: (position, d_model).
        cosine: divide by both lengths, so that only the direction counts; then each number is in [-1, 1].

    Returns:
        (position, position), float64, symmetric.

    Raises:
        CourseError: for what is not a table of finite numbers.

    >>> similarities(torch.tensor([[1., 0.], [3., 4.]]), cosine=True)
    tensor([[1.0000, 0.6000],
            [0.6000, 1.0000]], dtype=torch.float64)
    """
    table = checked_table(table)
    cosine = wanted.switch("similarities", "cosine", cosine)
    table = normalize(table, dim=-1) if cosine else table
    return table @ table.T


def explained_by_offset(table: Tensor, *, cosine: bool = False) -> float:
    """Return how much of the differences between similarities the offset alone explains: R², 0 to 1.

    Replace each similarity by the mean of all pairs equally far apart; 1 means that nothing is lost, as in the
    sinusoidal encoding, and near 0 that the offset says nothing.

    Args:
        table: (position, d_model), at least two positions.
        cosine: as in `similarities`.

    Raises:
        CourseError: for what is not a table of finite numbers with two positions or more.
    """
    found = similarities(table, cosine=cosine)
    if len(found) < 2:
        raise CourseError("positions.one_row")
    ahead = [found.diagonal(offset) for offset in range(1, len(found))]          # each pair once, by its offset
    every = torch.cat(ahead)
    left = sum(((line - line.mean()) ** 2).sum() for line in ahead)
    spread = ((every - every.mean()) ** 2).sum()
    return (1 - left / spread).item() if spread > 1e-20 * len(every) else 1.0


def principal_components(table: Tensor, n_components: int = 2) -> tuple[Tensor, Tensor]:
    """Return the positions as seen from where they differ most (PCA), and how much of the difference that shows.

    Args:
        table: (position, d_model).
        n_components: how many directions, at most as many as there are positions and numbers in each.

    Returns:
        (position, component), float64, centred at 0; each component's sign is such that its largest number in size
        is positive. And (component,): the share of the variance, falling, in [0, 1].

    Raises:
        CourseError: for what is not a table of finite numbers, or too many components.

    Source: scikit-learn's PCA gives the same up to signs.
    """
    table = checked_table(table)
    count = whole(n_components, 1, min(table.shape))
    if count is None:
        raise CourseError("positions.components", most=min(table.shape), got=short(n_components))
    left, sizes, _ = torch.linalg.svd(table - table.mean(0), full_matrices=False)
    found = (left * sizes)[:, :count]                                     # (position, component)
    largest = found.gather(0, found.abs().argmax(0, keepdim=True))
    shares = sizes ** 2 / (sizes ** 2).sum().clamp(min=1e-300)
    return found * torch.where(largest < 0, -1.0, 1.0), shares[:count]


def checked_table(table: object) -> Tensor:
    """Return a table of numbers, (position, d_model), as float64.

    Raises:
        CourseError: for anything else.
    """
    if not isinstance(table, Tensor) or table.ndim != 2 or not table.numel() or table.is_complex() \
            or table.is_meta or not table.isfinite().all():
        got = tuple(table.shape) if isinstance(table, Tensor) else type(table).__name__
        raise CourseError("positions.no_rows", got=got)
    return table.detach().double().cpu()
