"""Read from a cell's code, without running it, what its calls are given: texts, numbers, models, runs of a model."""

import ast
from dataclasses import dataclass

LOADERS = {"load_bert": "bert", "load_translator": "translator", "load_model": "model",
           "load_training": "training"}


@dataclass(frozen=True)
class Run:
    """What a notebook calls a record: a model, and the texts it read."""

    model: object
    texts: tuple


def call_of(node: ast.expr, name: str) -> ast.Call | None:
    """Return a node that calls the function of this name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
        return node
    return None


def calls_any(source: str, beginning: str) -> bool:
    """Say whether a cell's code calls a function whose name begins so."""
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.startswith(beginning)
               for node in ast.walk(ast.parse(source)))


def value_of(node: ast.expr, known: dict[str, object]) -> object:
    """Return a literal's value, a name's, (kind, name) of a model that is loaded, a `Run` of one; ... for all else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return known.get(node.id, ...)
    if isinstance(node, ast.IfExp):                     # known where both ways lead to the same
        one, other = (value_of(way, known) for way in (node.body, node.orelse))
        return one if one == other else ...
    if isinstance(node, ast.Tuple):
        return tuple(value_of(one, known) for one in node.elts)
    for loader, model in LOADERS.items():
        if (given := call_of(node, loader)) and len(given.args) == 1:
            return model, value_of(given.args[0], known)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "run" \
            and not node.keywords:
        return Run(value_of(node.func.value, known), tuple(value_of(one, known) for one in node.args))
    return ...


def values_of(node: ast.expr, known: dict[str, object]) -> tuple:
    """Return the values that an argument stands for: those of a tuple behind a star, else one."""
    value = value_of(node.value if isinstance(node, ast.Starred) else node, known)
    return value if isinstance(node, ast.Starred) and isinstance(value, tuple) else (value,)
