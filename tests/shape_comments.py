"""Proves the shape comments of lessons: `scores = queries @ keys.T   # (query, key)` must give a tensor of two axes."""

import ast
import io
import re
import tokenize
from dataclasses import dataclass, field

from torch import Tensor

COMMENT = re.compile(r"#\s*(?:\w+ of |each |both )?\(([^()]+)\)(?:, \(([^()]+)\))?")
SEVERAL = re.compile(r"#\s*(?:\w+ of |each |both )\(")
PROVE = "_prove_shape"


@dataclass
class Proof:
    """What the comments of one lesson say, and what they say wrongly.

    Attributes:
        proven: the places of the comments that were held against a tensor: (cell, line).
        wrong: sentences on those that do not fit.
        cells: the cells that were instrumented.
    """

    proven: set[tuple[str, int]] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def instrumented(self, source: str, cell: str) -> tuple[ast.Module, dict[str, object]]:
        """Return a cell's code that proves its comments as it runs, and the name it needs for that."""
        comments, sizes, since = shape_comments(source), dict[str, int](), set[int]()
        name = f"{PROVE}_{len(self.cells)}"            # of its own: a function may be called from a later cell
        self.cells.append(cell)
        tree = ast.fix_missing_locations(_Wrapper(comments, name).visit(ast.parse(source)))

        def prove(line: int, value: object) -> object:
            if line in since:                          # the next turn of a loop may have other sizes
                sizes.clear()
                since.clear()
            since.add(line)
            for said, tensor in _pairs(comments[line], value):
                self.proven.add((cell, line))
                if trouble := _trouble(said, tuple(tensor.shape), sizes):
                    self.wrong.append(f"{cell}, line {line}: ({said}) stands beside {tuple(tensor.shape)}: {trouble}")
            return value

        return tree, {name: prove}


def shape_comments(source: str) -> dict[int, str]:
    """Return {line: comment} of the comments that name axes; sizes alone, such as (1, 0), are a point or a pair."""
    found = {token.start[0]: token.string for token in tokenize.generate_tokens(io.StringIO(source).readline)
             if token.type == tokenize.COMMENT}
    lines = source.splitlines()
    return {line: text for line, text in found.items()
            if (said := COMMENT.match(text)) and re.search("[a-z]", said[1]) and lines[line - 1][0] != "#"}


class _Wrapper(ast.NodeTransformer):
    """Sends what a commented line computes through the proof."""

    def __init__(self, comments: dict[int, str], prove: str):
        self.comments, self.prove = comments, prove

    def _proven(self, node: ast.expr, line: int) -> ast.expr:
        return ast.copy_location(ast.Call(ast.Name(self.prove, ast.Load()), [ast.Constant(line), node], []), node)

    def _visit(self, node: ast.Assign | ast.Return | ast.Expr) -> ast.stmt:
        line, value = node.end_lineno, node.value
        if line in self.comments and value is not None:
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print":
                value.args[-1] = self._proven(value.args[-1], line)
            else:
                node.value = self._proven(value, line)
        return node

    visit_Assign = visit_Return = visit_Expr = _visit


def _pairs(comment: str, value: object) -> list[tuple[str, Tensor]]:
    """Return what is said, with the tensor it is said of: of several values each, or the first that is a tensor."""
    said = [one for one in COMMENT.match(comment).groups() if one]
    if isinstance(value, Tensor):
        return [(said[0], one) for one in (value if SEVERAL.match(comment) else [value])]
    values = [one for one in value if isinstance(one, Tensor)] if isinstance(value, tuple | list) else []
    if SEVERAL.match(comment):
        return [(said[0], one) for one in values]
    return list(zip(said, values, strict=False))


def _trouble(said: str, shape: tuple[int, ...], sizes: dict[str, int]) -> str:
    """Return what does not fit; `sizes` holds those of the axes that were named before, and gets the new ones."""
    names = [name.strip() for name in said.split(",") if name.strip()]
    if len(names) != len(shape):
        return f"{len(names)} axes are named"
    for name, size in zip(names, shape, strict=True):
        base, _, more = name.partition(" + ")
        expected = int(base) if base.isdecimal() else sizes.setdefault(base, size - int(more or 0)) + int(more or 0)
        if expected != size:
            return f"{name} is {expected} elsewhere in this cell"
    return ""
