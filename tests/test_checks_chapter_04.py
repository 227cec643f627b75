"""The checks of chapter 04: right answers of any style pass, each typical mistake is named, nothing raises.

Every wrong answer here is written afresh, most of them in numpy or in loops, and not taken from the checks' own table.
"""

import math
from itertools import permutations

import numpy as np
import pytest
import torch
from checking import FURTHER_KINDS, assert_named, chinese

from helpers.checks import EXERCISES, check
from helpers.positions import frequencies, offset_rotation, rotate, sinusoidal_positions
from helpers.text import STRINGS, language

KEYS = [key for key in EXERCISES if key.startswith("04.") and not key.endswith(FURTHER_KINDS)]


# Right answers

def encoding(n, d, power=lambda k, d: 2 * k / d, waves=(math.sin, math.cos), first=0, unit=1.0):
    """Return the encoding in loops, with whatever is wrong about it."""
    return [[waves[i % 2](unit * p / 10000 ** power(i // 2, d)) for i in range(d)] for p in range(first, first + n)]


def rotation(angle):
    return [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]


def rotated(vector, angle_of):
    """Return a vector turned pair by pair, as complex numbers."""
    pairs = np.array(vector, dtype=float).reshape(-1, 2)
    turned = (pairs[:, 0] + 1j * pairs[:, 1]) * np.exp([1j * angle_of(k) for k in range(len(pairs))])
    return np.stack([turned.real, turned.imag], axis=1).ravel()


def omega(k, d, factor=2):
    return 10000 ** (-factor * k / d)


RIGHT = {
    "04.shuffle": [lambda outputs, order: outputs[order], lambda outputs, order: [outputs[i] for i in order],
                   lambda outputs, order: np.array(outputs)[np.array(order)],
                   lambda outputs, order: torch.eye(len(order)).to(outputs)[order] @ outputs],
    "04.frequencies": [lambda d_model, base: base ** (-torch.arange(0, d_model, 2) / d_model),
                       lambda d_model, base: [1 / base ** (2 * k / d_model) for k in range(d_model // 2)],
                       lambda d_model, base: np.exp(-np.log(base) * np.arange(0, d_model, 2) / d_model),
                       lambda d_model, base: frequencies(d_model, base=base).float()],
    "04.encoding": [encoding, sinusoidal_positions,
                    lambda n, d: np.array(encoding(n, d)), lambda n, d: torch.tensor(encoding(n, d)).float()],
    "04.turn": [lambda omega, offset: rotation(omega * offset),
                lambda omega, offset: np.array(rotation(offset * omega)),
                lambda omega, offset: offset_rotation(offset * omega, 2),
                lambda omega, offset: torch.matrix_exp(torch.tensor([[0.0, 1], [-1, 0]]) * omega * offset)],
    "04.product": [lambda offset, d: sum(math.cos(offset * omega(k, d)) for k in range(d // 2)),
                   lambda offset, d: (frequencies(d) * offset).cos().sum(),
                   lambda offset, d: np.dot(encoding(60, d)[30], encoding(60, d)[30 + offset]),
                   lambda offset, d: sinusoidal_positions(1, d)[0] @ offset_rotation(offset, d)
                   @ sinusoidal_positions(1, d)[0]],
    "04.rotate": [rotate, lambda vector, position: rotated(vector, lambda k: position * omega(k, len(vector))),
                  lambda vector, position: offset_rotation(-position, len(vector)).to(vector) @ vector],
}


@pytest.mark.parametrize("key, answer", [(key, answer) for key in RIGHT for answer in RIGHT[key]])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_right_answers_pass(key, answer, dtype):
    torch.set_default_dtype(dtype)
    verdict = check(key, answer)
    assert verdict.passed and verdict.mistake is None, verdict
    assert verdict.message == STRINGS[f"checks.{key}.passed"]["en"]


# Typical mistakes

DEGREE = math.pi / 180
WRONG = {
    "04.shuffle": {
        "unchanged": lambda outputs, order: np.array(outputs),
        "inverse": lambda outputs, order: [outputs[order.tolist().index(i)] for i in range(len(order))],
        "columns": lambda outputs, order: np.array(outputs)[:, np.array(order)],
        "reversed": lambda outputs, order: list(outputs)[::-1],
    },
    "04.frequencies": {
        "exponent_k": lambda d, base: [base ** (-k / d) for k in range(d // 2)],
        "one_frequency": lambda d, base: [base ** (2 * k // d) for k in range(d // 2)],
        "integer_division": lambda d, base: [base ** (-2 * k // d) for k in range(d // 2)],
        "upwards": lambda d, base: [base ** (2 * k / d) for k in range(d // 2)],
        "from_one": lambda d, base: [base ** (-2 * k / d) for k in range(1, d // 2 + 1)],
        "over_half": lambda d, base: [base ** (-2 * k / (d // 2)) for k in range(d // 2)],
        "to_the_end": lambda d, base: np.exp(-np.log(base) * np.arange(d // 2) / (d // 2 - 1)),
        "one_a_number": lambda d, base: [base ** (-i / d) for i in range(d)],
    },
    "04.encoding": {
        "swapped": lambda n, d: encoding(n, d, waves=(math.cos, math.sin)),
        "concatenated": lambda n, d: np.concatenate([np.array(encoding(n, d))[:, 0::2],
                                                     np.array(encoding(n, d))[:, 1::2]], axis=1),
        "exponent_k": lambda n, d: encoding(n, d, lambda k, d: k / d),
        "exponent_4k": lambda n, d: encoding(n, d, lambda k, d: 2 * (2 * k) / d),
        "own_frequency": lambda n, d: [[(math.sin, math.cos)[i % 2](p / 10000 ** (i / d)) for i in range(d)]
                                       for p in range(n)],
        "one_frequency": lambda n, d: encoding(n, d, lambda k, d: 2 * k // d),
        "integer_division": lambda n, d: encoding(n, d, lambda k, d: -(-2 * k // d)),
        "degrees": lambda n, d: encoding(n, d, unit=DEGREE),
        "from_one": lambda n, d: encoding(n, d, first=1),
        "sines_alone": lambda n, d: encoding(n, d, waves=(math.sin, math.sin)),
        "upwards": lambda n, d: encoding(n, d, lambda k, d: -2 * k / d),
        "transposed": lambda n, d: np.array(encoding(n, d)).T,
    },
    "04.turn": {
        "backwards": lambda omega, offset: np.array(rotation(omega * offset)).T,
        "no_minus": lambda omega, offset: [[math.cos(omega * offset), math.sin(omega * offset)],
                                           [math.sin(omega * offset), math.cos(omega * offset)]],
        "swapped": lambda omega, offset: [[math.sin(omega * offset), math.cos(omega * offset)],
                                          [-math.cos(omega * offset), math.sin(omega * offset)]],
        "no_frequency": lambda omega, offset: rotation(offset),
        "no_offset": lambda omega, offset: rotation(omega),
        "degrees": lambda omega, offset: rotation(math.radians(omega * offset)),
    },
    "04.product": {
        "sines": lambda offset, d: sum(math.sin(offset * omega(k, d)) for k in range(d // 2)),
        "mean": lambda offset, d: np.mean([math.cos(offset * omega(k, d)) for k in range(d // 2)]),
        "twice": lambda offset, d: sum(math.cos(offset * omega(i // 2, d)) for i in range(d)),
        "one_frequency": lambda offset, d: sum(math.cos(offset) for _ in range(d // 2)),
        "exponent_k": lambda offset, d: sum(math.cos(offset * omega(k, d, 1)) for k in range(d // 2)),
        "cosine_of_sum": lambda offset, d: math.cos(sum(offset * omega(k, d) for k in range(d // 2))),
        "not_summed": lambda offset, d: [math.cos(offset * omega(k, d)) for k in range(d // 2)],
        "degrees": lambda offset, d: sum(math.cos(math.radians(offset * omega(k, d))) for k in range(d // 2)),
    },
    "04.rotate": {
        "backwards": lambda vector, position: rotated(vector, lambda k: -position * omega(k, len(vector))),
        "halves": lambda vector, position: rotated(
            np.array(vector).reshape(2, -1).T.ravel(), lambda k: position * omega(k, len(vector))
        ).reshape(-1, 2).T.ravel(),
        "parts_apart": lambda vector, position: rotated(vector, lambda k: position * omega(k, len(vector)))[
            [*range(0, len(vector), 2), *range(1, len(vector), 2)]],
        "one_frequency": lambda vector, position: rotated(vector, lambda k: position),
        "exponent_k": lambda vector, position: rotated(vector, lambda k: position * omega(k, len(vector), 1)),
        "no_position": lambda vector, position: rotated(vector, lambda k: omega(k, len(vector))),
        "unchanged": lambda vector, position: vector.tolist(),
        "added": lambda vector, position: np.array(vector) + encoding(1, len(vector), first=position)[0],
        "degrees": lambda vector, position: rotated(vector, lambda k: DEGREE * position * omega(k, len(vector))),
    },
}
OTHER_WAYS = [
    ("04.frequencies", "one_frequency", lambda d, base: torch.ones(d // 2)),
    ("04.frequencies", "one_a_number", lambda d, base: [base ** (-2 * i / d) for i in range(d)]),
    ("04.turn", "swapped", lambda omega, offset: [[-math.sin(omega * offset), math.cos(omega * offset)],
                                                  [math.cos(omega * offset), math.sin(omega * offset)]]),
    ("04.product", "mean", lambda offset, d: sum(math.cos(offset * omega(k, d)) for k in range(d // 2)) / d),
]


@pytest.mark.parametrize("key, name", [(key, name) for key in WRONG for name in WRONG[key]])
def test_each_mistake_is_named(key, name):
    for code in ("en", "zh"):
        assert_named(key, name, WRONG[key][name], code)


@pytest.mark.parametrize("key, name, answer", OTHER_WAYS)
def test_a_mistake_is_named_however_it_is_made(key, name, answer):
    assert check(key, answer).mistake == name


@pytest.mark.parametrize("key", WRONG)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_every_mistake_has_a_test_and_none_hides_another(key, dtype):
    torch.set_default_dtype(dtype)
    exercise = EXERCISES[key]
    assert {mistake.name for mistake in exercise.mistakes} == set(WRONG[key]) and len(WRONG[key]) >= 3
    for mistake in exercise.mistakes:
        assert check(key, mistake.wrong).mistake == mistake.name


def test_every_exercise_is_tried():
    assert KEYS == sorted([*RIGHT, "04.apart"]) and sorted(RIGHT) == sorted(WRONG)


# Three tables

RIGHT_NAMES = ["random", "sinusoidal", "learned"]
NAMED = {("learned", "sinusoidal", "random"): "learned_for_random",
         ("random", "learned", "sinusoidal"): "learned_for_sines",
         ("sinusoidal", "random", "learned"): "random_for_sines", ("sinusoidal", "learned", "random"): "all_moved",
         ("learned", "random", "sinusoidal"): "all_moved"}


@pytest.mark.parametrize("answer", [RIGHT_NAMES, tuple(RIGHT_NAMES), [" Random", "SINUSOIDAL ", "Learned"],
                                    ["随机", "正弦", "学来的"], ["random", "正弦", "learned"]])
def test_the_three_names_pass_however_they_are_written(answer):
    assert check("04.apart", answer).passed


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", [order for order in permutations(RIGHT_NAMES) if list(order) != RIGHT_NAMES])
def test_every_other_order_is_named(answer, code):
    language(code)
    verdict = check("04.apart", list(answer))
    assert verdict.mistake == NAMED[answer] and chinese(verdict.message) == (code == "zh")


@pytest.mark.parametrize("code", ["en", "zh"])
@pytest.mark.parametrize("answer", [
    "random", 3, ["random"], ["random", "sinusoidal", "rotary"], ["random"] * 4, {}, [1, 2, 3], lambda: RIGHT_NAMES,
    [None, None, None], torch.zeros(3)])
def test_what_is_no_list_of_the_names_gets_a_sentence(answer, code):
    language(code)
    verdict = check("04.apart", answer)
    assert verdict.kind == "wrong" and verdict.mistake is None and chinese(verdict.message) == (code == "zh")
    assert '["random", "learned", "sinusoidal"]' in verdict.message and "{" not in verdict.message.replace("{}", "")


def test_a_name_used_twice_gets_a_sentence_and_dots_are_open():
    assert check("04.apart", ["random", "random", "learned"]).message == STRINGS["checks.04.apart.otherwise"]["en"]
    for answer in (None, ..., [..., ..., ...], ["random", ..., "learned"]):
        assert check("04.apart", answer).kind == "open"


# Other answers, hints

@pytest.mark.parametrize("key", WRONG)
@pytest.mark.parametrize("code", ["en", "zh"])
def test_a_wrong_shape_and_a_wrong_number_get_a_sentence(key, code):
    language(code)
    for answer in (lambda *given: torch.ones(13), lambda *given: 1.7 * torch.as_tensor(RIGHT[key][0](*given))):
        verdict = check(key, answer)
        assert verdict.kind == "wrong" and verdict.mistake is None and chinese(verdict.message) == (code == "zh")
