"""Exercises whose answer is a function: it is called on several inputs, and its results are compared."""

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from ..text import say
from .exercise import Exercise, Sentence
from .note import Verdict
from .numbers import STOPS, agree, as_tensor, differing, tolerance_for

Input = Tensor | float | Callable[..., object] | tuple[Callable[..., object], ...]
Inputs = Mapping[str, Input]


def wave(*shape: int, start: float = 0.0) -> Tensor:
    """Return numbers between -2 and 2 without a pattern, the same on every machine."""
    steps = torch.arange(math.prod(shape), dtype=torch.float64)
    return 2 * torch.sin(1.7 * steps + start).reshape(shape)


@dataclass(frozen=True)
class Trial:
    """One call of the learner's function: what it was given, what it gave back, what is right."""

    inputs: Inputs
    got: Tensor
    right: Tensor
    tolerance: float

    @property
    def passed(self) -> bool:
        """Whether the result is right."""
        return agree(self.got, self.right, self.tolerance)

    def shows(self, wrong: Callable[..., object]) -> bool:
        """Say whether the result is what wrong code makes of the inputs."""
        try:
            made = as_tensor(wrong(*self.inputs.values()))
        except RuntimeError:  # these shapes do not allow the mistake
            return False
        return agree(self.got, made, self.tolerance)


@dataclass(frozen=True, kw_only=True)
class FunctionExercise(Exercise):
    """Write a function.

    Attributes:
        name: what the learner calls the function.
        cases: inputs by name, in the order of the signature. Square ones come first: where a mistake runs on those
            alone, it is recognised before the others make it stop.
        extreme_cases: tried only when all else is right.
        tolerance: relative and absolute, so that rounding to four places passes.
        tried: where the bare result of one call does not show what was done: takes the learner's function, returns
            the function of the inputs whose result is compared.
        differs: own words for a result of the right shape that no mistake explains.
    """

    name: str
    cases: tuple[Inputs, ...]
    extreme_cases: tuple[Inputs, ...] = ()
    tolerance: float = 1e-4
    tried: Callable[[Callable[..., object]], Callable[..., object]] = staticmethod(lambda answer: answer)
    differs: Sentence | None = None

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All that this exercise says of its own."""
        return super().sentences | ({"differs": self.differs} if self.differs else {})

    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on a function, called on fresh copies of every case."""
        if answer is None or answer is ...:
            return self.verdict("open", "unanswered")
        if not callable(answer):
            return self.verdict("wrong", "not_a_function", name=self.name, got=type(answer).__name__)
        trials: list[Trial] = []
        for cases in (self.cases, self.extreme_cases):
            for inputs in cases:
                trial = self._try(self.tried(answer), inputs)
                if isinstance(trial, Verdict):
                    return self._recognise(trials) or trial
                trials.append(trial)
            if not all(trial.passed for trial in trials):
                return self._recognise(trials) or self._compare(next(t for t in trials if not t.passed))
        return self.verdict("right", "passed")

    def _try(self, answer: Callable[..., object], inputs: Inputs) -> Trial | Verdict:
        """Call the function once; a verdict comes back where there is no result to compare."""
        right = as_tensor(self.tried(self.right)(*inputs.values()))
        given = {"name": self.name, "given": _shapes(inputs)}
        try:
            result = _call(answer, inputs)
        except NotImplementedError:
            return self.verdict("open", "unanswered")
        except OverflowError:  # math.exp raises where torch and numpy give inf
            result = torch.full_like(right, torch.nan)
        except STOPS as error:
            return self.verdict("wrong", "raised", error=type(error).__name__, text=_first_line(error), **given)
        if result is None or result is ...:
            return self.verdict("open", "nothing_returned", name=self.name)
        try:
            return Trial(inputs, as_tensor(result), right, tolerance_for(result, self.tolerance))
        except STOPS:
            return self.verdict("wrong", "not_numbers", expected=_shape(right), got=type(result).__name__, **given)

    def _recognise(self, trials: list[Trial]) -> Verdict | None:
        if all(trial.passed for trial in trials):
            return None
        for mistake in self.mistakes:
            if any(all(trial.shows(self.tried(wrong)) for trial in trials) for wrong in mistake.ways):
                return self.verdict("wrong", mistake.name, mistake.name)
        return None

    def _compare(self, trial: Trial) -> Verdict:
        """Say how a result that no mistake explains differs from the right one."""
        got, right = trial.got, trial.right
        if got.shape != right.shape:
            return self.verdict("wrong", "shape", name=self.name, given=_shapes(trial.inputs),
                                expected=_shape(right), got=_shape(got))
        place = differing(got, right, trial.tolerance).nonzero()[0].tolist()
        return self.verdict("wrong", "differs" if got.isfinite().all() else "not_finite", name=self.name,
                            given=_values(trial.inputs), place=place, expected=f"{right[*place]:.5g}",
                            got=f"{got[*place]:.5g}")


def _call(function: Callable[..., object], inputs: Inputs) -> object:
    """Call with tensors; where the function cannot take those, with numpy arrays."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return function(*_fresh(inputs))
        except STOPS as error:
            try:
                return function(*(v.numpy() if isinstance(v, Tensor) else v for v in _fresh(inputs)))
            except STOPS:
                raise error from None


def _first_line(error: BaseException) -> str:
    """Return the first line of what an error says, cut; nothing where it cannot say it."""
    try:
        return (str(error).splitlines() or [""])[0][:200]
    except STOPS:
        return ""


def _fresh(inputs: Inputs) -> list[Input]:
    """Copy the inputs, so that the function may change them; floats in the default dtype, as the learner's own."""
    dtype = torch.get_default_dtype()
    return [v.to(dtype if v.is_floating_point() else v.dtype, copy=True) if isinstance(v, Tensor) else v
            for v in inputs.values()]


def _shape(tensor: Tensor) -> tuple[int, ...] | str:
    return tuple(tensor.shape) or say("checks.one_number")


def _shapes(inputs: Inputs) -> str:
    """Name the inputs and their shapes; those that are functions by their names alone."""
    return ", ".join(name if isinstance(v, tuple) or callable(v) else
                     f"{name} {_shape(v) if isinstance(v, Tensor) else v}" for name, v in inputs.items())


def _values(inputs: Inputs) -> str:
    """Name the inputs, small ones by their numbers, others by their shape, functions by their names alone."""
    return ", ".join(f"{name} = {_plain(v)}" if not isinstance(v, Tensor | tuple) and not callable(v)
                     or isinstance(v, Tensor) and v.numel() <= 9 else _shapes({name: v}) for name, v in inputs.items())


def _plain(value: Input) -> object:
    """Return nested lists, with as many digits as a sentence can bear."""
    if not isinstance(value, Tensor):
        return value
    return (value.double().round(decimals=4) if value.is_floating_point() else value).tolist()
