"""The ideas of the inventory, by chapter: each is asked in two forms, before the course and after it.

`cNN.py` holds `IDEAS` of a chapter. Both forms of an idea offer the same four answers by name, of which three are
misconceptions that the exercises and quizzes meet; so a learner's two answers can be compared.
"""

import importlib
import pkgutil

from ..question import Idea

IDEAS: dict[str, Idea] = {
    f"{module[1:]}.{key}": idea for module in sorted(found.name for found in pkgutil.iter_modules(__path__))
    for key, idea in importlib.import_module(f"{__name__}.{module}").IDEAS.items()}
