"""A linear probe: can a label be read from vectors by one matrix, and more than anything could be?"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy, one_hot

from .. import wanted
from ..asked import number, short
from ..text import CourseError

STRENGTH, SURE = 1.0, 1.959964                # of the penalty; 95 % of a normal curve
MOST_CLASSES = 100_000
ROUNDS, ENOUGH, SMALLEST = 50, 1e-8, 1e-6     # at most so many steps; changes that no longer count
CLOSE = 1e-6                                  # how nearly each step is solved, as a share of the gradient


@dataclass(frozen=True)
class ProbeRecord:
    """How often a probe is right on what it never saw.

    Attributes:
        accuracy: share of the held-out labels that are right, 0 to 1.
        low, high: a 95 % interval around it (Wilson's), for as many independent trials as there are held-out labels.
        common: what always saying the commonest label of the learnt ones would reach.
        n_learnt, n_judged: how many labels were learnt from, and how many judged.
    """

    accuracy: float
    low: float
    high: float
    common: float
    n_learnt: int
    n_judged: int

    def __str__(self) -> str:
        return f"{self.accuracy:.2f} [{self.low:.2f}, {self.high:.2f}]"


def probe(vectors: Tensor, labels: Sequence[int], groups: Sequence[int], *, strength: float = STRENGTH,
          held_out: float = 0.4, seed: int = 0) -> ProbeRecord:
    """Learn to read labels from vectors by a matrix, and judge it on groups that it never saw.

    Args:
        vectors: (token, d_model).
        labels: one a token, whole numbers from 0.
        groups: what stays together, such as the text a token is from: a group is learnt from or judged, never both.
        strength: of the penalty on large numbers in the matrix, above 0.
        held_out: share of the groups that is judged, between 0 and 1.
        seed: of which groups these are.

    Raises:
        CourseError: for what is no matrix or no list of whole numbers, where the three are not equally many, or one
            of the two parts would be empty.
    """
    vectors = wanted.matrix("probe", "vectors", vectors)
    labels, groups = (wanted.wholes("probe", name, given) for name, given in (("labels", labels), ("groups", groups)))
    if not len(vectors) == len(labels) == len(groups):
        raise CourseError("probes.lengths", vectors=len(vectors), labels=len(labels), groups=len(groups))
    share, penalty = number(held_out, 0, 1), number(strength, 1e-9)
    if not share or not penalty:
        raise CourseError("probes.bad_share", held_out=short(held_out), strength=short(strength))
    true = torch.tensor(labels)
    judged = _judged(groups, share, wanted.seed("probe", seed))
    if not judged.any() or judged.all() or len(true[~judged].unique()) < 2:
        raise CourseError("probes.too_few", groups=len(set(groups)))
    mean, spread = vectors[~judged].mean(0), vectors[~judged].std(0) + 1e-9
    ready = _with_one((vectors - mean) / spread)
    reader = fit_reader(ready[~judged], true[~judged], int(true.max()) + 1, penalty)
    right = int(((ready[judged] @ reader).argmax(-1) == true[judged]).sum())
    common = (true[judged] == true[~judged].mode().values).double().mean().item()
    n = int(judged.sum())
    return ProbeRecord(right / n, *interval(right, n), common, int((~judged).sum()), n)


def fit_reader(inputs: Tensor, labels: Tensor, n_classes: int, strength: float = STRENGTH) -> Tensor:
    """Return the matrix of a logistic regression, found by Newton's method.

    It makes −ln p of the right labels, summed, plus strength / 2 times the squares of all its numbers least; there
    is one such matrix, that of scikit-learn's `LogisticRegression(C=1 / strength, fit_intercept=False)`. Each step is
    found by conjugate gradients, so that the second derivatives of all numbers by all are never written down.

    Args:
        inputs: (token, feature); a feature that is always 1 gives the bias.
        labels: (token,), whole numbers from 0.
        n_classes: how many there are.
        strength: of the penalty, above 0.

    Returns:
        (feature, class).

    Raises:
        CourseError: for inputs, labels, a number of classes or a strength that are none, or do not go together.
    """
    inputs = wanted.matrix("fit_reader", "inputs", inputs)
    known = wanted.wholes("fit_reader", "labels", labels)
    if len(known) != len(inputs):
        raise CourseError("probes.lengths", vectors=len(inputs), labels=len(known), groups=len(inputs))
    labels = torch.tensor(known, dtype=torch.long, device=inputs.device)
    n_classes = wanted.whole("fit_reader", "n_classes", n_classes, max(known, default=0) + 1, MOST_CLASSES)
    strength = wanted.above("fit_reader", "strength", strength)
    matrix = inputs.new_zeros(inputs.shape[1], n_classes)
    for _ in range(ROUNDS):
        step = _step(inputs, labels, matrix, strength)
        before, size = _cost(inputs, labels, matrix, strength), 1.0
        while size > SMALLEST and _cost(inputs, labels, matrix - size * step, strength) > before:
            size /= 2                                                   # a whole step may be too far
        matrix = matrix - size * step
        if (size * step).abs().max() < ENOUGH:
            break
    return matrix


def _cost(inputs: Tensor, labels: Tensor, matrix: Tensor, strength: float) -> Tensor:
    """Return what the matrix is to make least."""
    return cross_entropy(inputs @ matrix, labels, reduction="sum") + strength / 2 * matrix.square().sum()


def _step(inputs: Tensor, labels: Tensor, matrix: Tensor, strength: float) -> Tensor:
    """Return Newton's step: the gradient divided by the second derivatives, (feature, class)."""
    sure = (inputs @ matrix).softmax(-1)                                               # (token, class)
    slope = inputs.T @ (sure - one_hot(labels, matrix.shape[1]).to(inputs)) + strength * matrix
    rough = inputs.T @ (inputs * (sure * (1 - sure)).mean(-1, keepdim=True))           # one curve for all classes
    root = torch.linalg.cholesky(rough + strength * torch.eye(len(rough)).to(inputs))

    def curve(way: Tensor) -> Tensor:
        pull = inputs @ way
        return inputs.T @ (sure * (pull - (sure * pull).sum(-1, keepdim=True))) + strength * way

    return _solved(curve, slope, lambda rest: torch.cholesky_solve(rest, root))


def _solved(curve: Callable[[Tensor], Tensor], wanted: Tensor, guess: Callable[[Tensor], Tensor]) -> Tensor:
    """Return x with curve(x) = wanted, by conjugate gradients; `guess` answers the same question roughly."""
    found, rest = torch.zeros_like(wanted), wanted
    way = near = guess(rest)
    for _ in range(wanted.numel()):
        size = (rest * near).sum()
        if rest.norm() <= CLOSE * wanted.norm():
            break
        bent = curve(way)
        share = size / (way * bent).sum()
        found, rest = found + share * way, rest - share * bent
        near = guess(rest)
        way = near + (rest * near).sum() / size * way
    return found


def control_labels(types: Sequence[str], labels: Sequence[int], seed: int = 0) -> list[int]:
    """Return labels by lot, one for each word type, drawn as often as the true labels occur.

    A probe that reads these as well as the true ones has learnt words by heart; the vectors need say nothing.

    Args:
        types: the word type of each token; the same type gets the same label everywhere.
        labels: the true ones.
        seed: of the lot.

    Raises:
        CourseError: for types that are no texts, labels that are no whole numbers, or a seed that is none.

    Source: Hewitt and Liang 2019, section 2.
    """
    types, labels = wanted.texts("control_labels", "types", types), wanted.wholes("control_labels", "labels", labels)
    if not labels:
        raise wanted.wrong("control_labels", "labels", labels, "wholes")
    luck = torch.Generator().manual_seed(wanted.seed("control_labels", seed))
    names = sorted(set(types))
    drawn = torch.randint(len(labels), (len(names),), generator=luck).tolist()
    lot = {name: labels[at] for name, at in zip(names, drawn, strict=True)}
    return [lot[name] for name in types]


def interval(right: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval for a share.

    >>> [round(end, 3) for end in interval(8, 10)]
    [0.49, 0.943]
    """
    share, square = right / n, SURE ** 2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = SURE * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return middle - half, middle + half


def _judged(groups: list[int], held_out: float, seed: int) -> Tensor:
    """Say of each token whether its group is judged."""
    names = sorted(set(groups))
    order = torch.randperm(len(names), generator=torch.Generator().manual_seed(seed)).tolist()
    chosen = {names[place] for place in order[:round(held_out * len(names))]}
    return torch.tensor([group in chosen for group in groups])


def _with_one(inputs: Tensor) -> Tensor:
    """Put a 1 beside each row, so that the matrix has a bias."""
    return torch.cat([inputs, torch.ones_like(inputs[:, :1])], -1)
