"""Chapter 04: a shuffle, the frequencies, the encoding, the turn, the dot product, three tables, rotary positions."""

import math
from itertools import permutations

import torch
from torch import Tensor

from .. import positions
from .exercise import Mistake
from .functions import FunctionExercise, wave
from .names import NamesExercise

BASE = 10000.0
DEGREE = math.pi / 180
TABLES = ("random", "sinusoidal", "learned")


def omegas(d_model: int, base: float = BASE, *, factor: float = 2, start: int = 0) -> Tensor:
    """Return base ** (-factor * k / d_model), k from `start`; a factor of 2 and a start of 0 are right."""
    pairs = torch.arange(start, start + d_model // 2, dtype=torch.float64)
    return base ** (-factor * pairs / d_model)                                         # (pair,)


def floored(d_model: int, base: float = BASE) -> Tensor:
    """Return the frequencies as `-2 * k // d_model` makes them."""
    return base ** (-2 * torch.arange(d_model // 2) // d_model).double()               # (pair,)


def encoded(n_positions: int, omega: Tensor, start: int = 0) -> Tensor:
    """Return sines and cosines side by side, for any frequencies and first position."""
    angles = torch.arange(start, start + n_positions)[:, None] * omega                 # (position, pair)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(-2)                   # (position, d_model)


def own_frequencies(n_positions: int, d_model: int) -> Tensor:
    """Return the encoding in which each number, not each pair, has a frequency of its own."""
    angles = torch.arange(n_positions)[:, None] * BASE ** (-torch.arange(d_model, dtype=torch.float64) / d_model)
    return torch.where(torch.arange(d_model) % 2 == 0, angles.sin(), angles.cos())     # (position, d_model)


def turn(angle: float, *signs: float) -> Tensor:
    """Return the matrix of a turn; signs of (cos, sin, sin, cos), of which (1, 1, -1, 1) are right."""
    cos, sin = math.cos(angle), math.sin(angle)
    return (torch.tensor([cos, sin, sin, cos]) * torch.tensor(signs or (1.0, 1, -1, 1))).view(2, 2)


def turned(vector: Tensor, angles: Tensor) -> Tensor:
    """Return a vector with each pair of neighbours turned by its angle."""
    first, second = vector[0::2], vector[1::2]
    return torch.stack([first * angles.cos() - second * angles.sin(),
                        first * angles.sin() + second * angles.cos()], -1).flatten()   # (d_head,)


def turned_halves(vector: Tensor, angles: Tensor) -> Tensor:
    """Return a vector with number k paired with number k + d_head / 2."""
    first, second = vector.chunk(2)
    return torch.cat([first * angles.cos() - second * angles.sin(), first * angles.sin() + second * angles.cos()])


SHUFFLE = FunctionExercise(
    key="04.shuffle",
    name="after_shuffle",
    right=lambda outputs, order: outputs[order],
    cases=tuple({"outputs": wave(n, d), "order": torch.tensor(order)}
                for n, d, order in ((3, 3, [2, 0, 1]), (4, 4, [1, 2, 3, 0]), (5, 2, [3, 0, 4, 1, 2]))),
    mistakes=(
        Mistake("unchanged", lambda outputs, order: outputs),
        Mistake("inverse", lambda outputs, order: outputs[order.argsort()]),
        Mistake("columns", lambda outputs, order: outputs[:, order]),
        Mistake("reversed", lambda outputs, order: outputs.flip(0)),
    ),
)

FREQUENCIES = FunctionExercise(
    key="04.frequencies",
    name="my_frequencies",
    right=lambda d_model, base: positions.frequencies(d_model, base=base),
    cases=tuple({"d_model": d_model, "base": base} for d_model, base in ((8, 10000.0), (6, 100.0), (4, 10.0))),
    mistakes=(
        Mistake("exponent_k", lambda d_model, base: omegas(d_model, base, factor=1)),
        Mistake("one_frequency", lambda d_model, base: torch.ones(d_model // 2)),
        Mistake("integer_division", floored),
        Mistake("upwards", lambda d_model, base: omegas(d_model, base, factor=-2)),
        Mistake("from_one", lambda d_model, base: omegas(d_model, base, start=1)),
        Mistake("over_half", lambda d_model, base: omegas(d_model, base, factor=4)),
        Mistake("to_the_end", lambda d_model, base: omegas(d_model, base, factor=2 * d_model / (d_model - 2))),
        Mistake("one_a_number", lambda d_model, base: base ** (-torch.arange(d_model) / d_model)),
        Mistake("one_a_number", lambda d_model, base: base ** (-2 * torch.arange(d_model) / d_model)),
    ),
)

ENCODING = FunctionExercise(
    key="04.encoding",
    name="my_positions",
    right=positions.sinusoidal_positions,
    cases=tuple({"n_positions": n, "d_model": d} for n, d in ((4, 4), (6, 6), (5, 8), (7, 2))),
    mistakes=(
        Mistake("swapped", lambda n, d: encoded(n, omegas(d)).view(n, -1, 2).flip(-1).flatten(1)),
        Mistake("concatenated", positions.concatenated_positions),
        Mistake("exponent_k", lambda n, d: encoded(n, omegas(d, factor=1))),
        Mistake("exponent_4k", lambda n, d: encoded(n, omegas(d, factor=4))),
        Mistake("own_frequency", own_frequencies),
        Mistake("one_frequency", lambda n, d: encoded(n, torch.ones(d // 2))),
        Mistake("integer_division", lambda n, d: encoded(n, floored(d))),
        Mistake("degrees", lambda n, d: encoded(n, omegas(d) * DEGREE)),
        Mistake("from_one", lambda n, d: encoded(n, omegas(d), start=1)),
        Mistake("sines_alone", lambda n, d: encoded(n, omegas(d))[:, 0::2].repeat_interleave(2, dim=1)),
        Mistake("upwards", lambda n, d: encoded(n, omegas(d, factor=-2))),
        Mistake("transposed", lambda n, d: encoded(n, omegas(d)).T),
    ),
)

TURN = FunctionExercise(
    key="04.turn",
    name="my_turn",
    right=lambda omega, offset: turn(omega * offset),
    cases=tuple({"omega": omega, "offset": offset} for omega, offset in ((1.0, 4), (0.1, 7), (0.5, -3), (0.25, 10))),
    mistakes=(
        Mistake("backwards", lambda omega, offset: turn(-omega * offset)),
        Mistake("no_minus", lambda omega, offset: turn(omega * offset, 1, 1, 1, 1)),
        Mistake("swapped", lambda omega, offset: turn(omega * offset).flip(0)),
        Mistake("swapped", lambda omega, offset: turn(omega * offset, -1, 1, 1, 1).flip(0)),
        Mistake("no_frequency", lambda omega, offset: turn(offset)),
        Mistake("no_offset", lambda omega, offset: turn(omega)),
        Mistake("degrees", lambda omega, offset: turn(omega * offset * DEGREE)),
    ),
)

PRODUCT = FunctionExercise(
    key="04.product",
    name="my_product",
    right=lambda offset, d_model: (positions.frequencies(d_model) * offset).cos().sum(),
    cases=tuple({"offset": offset, "d_model": d_model} for offset, d_model in ((7, 64), (3, 4), (-5, 16), (20, 32))),
    mistakes=(
        Mistake("sines", lambda offset, d_model: (omegas(d_model) * offset).sin().sum()),
        Mistake("mean", lambda offset, d_model: (omegas(d_model) * offset).cos().mean()),
        Mistake("mean", lambda offset, d_model: (omegas(d_model) * offset).cos().sum() / d_model),
        Mistake("twice", lambda offset, d_model: 2 * (omegas(d_model) * offset).cos().sum()),
        Mistake("one_frequency", lambda offset, d_model: torch.tensor(d_model / 2 * math.cos(offset))),
        Mistake("exponent_k", lambda offset, d_model: (omegas(d_model, factor=1) * offset).cos().sum()),
        Mistake("cosine_of_sum", lambda offset, d_model: (omegas(d_model) * offset).sum().cos()),
        Mistake("not_summed", lambda offset, d_model: (omegas(d_model) * offset).cos()),
        Mistake("degrees", lambda offset, d_model: (omegas(d_model) * offset * DEGREE).cos().sum()),
    ),
)

APART = NamesExercise(
    key="04.apart",
    right=lambda: TABLES,
    mistakes=(
        Mistake("learned_for_random", lambda: {("learned", "sinusoidal", "random")}),
        Mistake("learned_for_sines", lambda: {("random", "learned", "sinusoidal")}),
        Mistake("random_for_sines", lambda: {("sinusoidal", "random", "learned")}),
        Mistake("all_moved", lambda: {order for order in permutations(TABLES)
                                      if not any(a == b for a, b in zip(order, TABLES, strict=True))}),
    ),
    spellings={name: name for name in TABLES} | {"正弦": "sinusoidal", "学来的": "learned", "随机": "random"},
)

ROTATE = FunctionExercise(
    key="04.rotate",
    name="my_rotate",
    right=positions.rotate,
    cases=tuple({"vector": wave(d, start=1), "position": position}
                for d, position in ((4, 3), (8, 10), (6, 1), (2, 5))),
    mistakes=(
        Mistake("backwards", lambda vector, position: turned(vector, -omegas(len(vector)) * position)),
        Mistake("halves", lambda vector, position: turned_halves(vector, omegas(len(vector)) * position)),
        Mistake("parts_apart", lambda vector, position: turned(
            vector, omegas(len(vector)) * position).view(-1, 2).T.flatten()),
        Mistake("one_frequency", lambda vector, position: turned(vector, torch.ones(len(vector) // 2) * position)),
        Mistake("exponent_k", lambda vector, position: turned(vector, omegas(len(vector), factor=1) * position)),
        Mistake("no_position", lambda vector, position: turned(vector, omegas(len(vector)))),
        Mistake("unchanged", lambda vector, position: vector),
        Mistake("added", lambda vector, position: vector + encoded(position + 1, omegas(len(vector)))[-1]),
        Mistake("degrees", lambda vector, position: turned(vector, omegas(len(vector)) * position * DEGREE)),
    ),
)

EXERCISES = (SHUFFLE, FREQUENCIES, ENCODING, TURN, PRODUCT, APART, ROTATE)
