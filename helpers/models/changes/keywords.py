"""Functions that hand changes on show each of them where their signature is asked for (Shift-Tab in a notebook)."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import TypeVar

Function = TypeVar("Function", bound=Callable)


def spelled_out(changes: type) -> Callable[[Function], Function]:
    """Write the fields of a dataclass into the signature of a function that takes them as `**changes`.

    What is called stays the same, so that an unknown keyword is still refused with a sentence.

    Args:
        changes: the dataclass; all its fields have defaults.

    >>> from helpers.models.changes.intervention import Intervention
    >>> @spelled_out(Intervention)
    ... def run(text, **changes): ...
    >>> list(inspect.signature(run).parameters)[:3]
    ['text', 'heads_off', 'weights_edited']
    """
    def spell(function: Function) -> Function:
        own = inspect.signature(function)
        named = [inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=one.default, annotation=one.type)
                 for one in fields(changes)]
        kept = [one for one in own.parameters.values() if one.kind is not inspect.Parameter.VAR_KEYWORD]
        vars(function)["__signature__"] = own.replace(parameters=[*kept, *named])
        return function
    return spell
