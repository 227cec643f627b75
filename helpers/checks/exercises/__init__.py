"""The exercises, one file each: `e01_softmax.py` is `check("01.softmax")`, its code and all it says.

A file holds one `EXERCISE`: the right answer, the inputs it is tried on, each typical mistake as the code a learner
would have written, the sentences beside them, the hints in steps. Putting the file here is all it takes.

A sentence is written {"en": ..., "zh": ...}; a language that lacks it says it in English. A further language stands
beside those two under its own code, or apart, in its table in `helpers/text/languages`, where the sentences of this
exercise are called "checks.01.softmax.passed", "checks.01.softmax.hint_1" and, for a mistake,
"checks.01.softmax.no_exp".
"""

import importlib
import pkgutil

from ...text import add_table
from ..exercise import Exercise


def _load() -> dict[str, Exercise]:
    """Gather the exercises by their keys, and hand their sentences to the string tables."""
    files = sorted(file.name for file in pkgutil.iter_modules(__path__))
    exercises = [importlib.import_module(f"{__name__}.{file}").EXERCISE for file in files]
    for exercise in exercises:
        add_table(f"checks.{exercise.key}", exercise.sentences)
    return {exercise.key: exercise for exercise in exercises}


EXERCISES = _load()
