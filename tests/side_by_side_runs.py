"""Runs a lesson's solved cells, and beside them what becomes different where the solutions are cut."""

import ast
import dis
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import CodeType, FunctionType

import torch
from shape_comments import Proof

from lessons.building.source import Cell

Names = dict[str, object]
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
WRITTEN = (ast.FunctionDef, ast.ClassDef)


@dataclass
class SideBySide:
    """A lesson, solved and untouched.

    A cell that reads nothing that a cut solution changed gives both the same; it runs once, and what it bound is
    shared. Every other cell runs for both, each among its own names.

    Attributes:
        solved, untouched: what each check said, by the cell's label.
        ran_twice: the labels of the cells that ran for both.
        names, open_names: what the cells bound: solved, and where the solutions are cut.
        differing: names that are not the same in both.
        reads: for each name, what the cells that bound it read.
    """

    proof: Proof
    solved: Names = field(default_factory=dict)
    untouched: Names = field(default_factory=dict)
    ran_twice: list[str] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    open_names: Names = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)
    reads: dict[str, set[str]] = field(default_factory=dict)

    def run(self, solved: Sequence[Cell], cut: Sequence[Cell]) -> None:
        """Run the code cells in order; volatile ones are left out."""
        for cell, stub in zip(solved, cut, strict=True):
            if cell.kind == "code" and "check" in cell.tags:
                self.solved[cell.id] = eval(cell.source, self.names)
                self.untouched[stub.id] = eval(stub.source, self.open_names)
            elif cell.kind == "code" and "volatile" not in cell.tags:
                self._run_cell(cell, stub)

    def _run_cell(self, cell: Cell, stub: Cell) -> None:
        code, needed = self.proof.instrumented(cell.source, cell.id)
        self.names |= needed
        exec(compile(code, cell.id, "exec"), self.names)
        plain = compile(cell.source, cell.id, "exec")
        bound, read = names_bound(plain), {*names_in(plain)}
        for name in bound:
            self.reads.setdefault(name, set()).update(read)
        if stub.source != cell.source or self._reaches(read) or self._makes_functions(cell, plain, bound):
            self._run_beside(stub, bound)
        else:
            self._share(cell, bound)

    def _reaches(self, read: set[str]) -> bool:
        """Whether what a cell reads, or what that was made of, differs between the two."""
        seen, waiting = set[str](), list(read)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += self.reads.get(name, ())
        return not seen.isdisjoint(self.differing)

    def _makes_functions(self, cell: Cell, code: CodeType, bound: set[str]) -> bool:
        """Whether a cell made functions otherwise than by writing them down; those see the solved names alone."""
        written = {one.name for one in ast.parse(cell.source).body if isinstance(one, WRITTEN)}
        made = [self.names[name] for name in bound - written]
        return (not {*functions_in(code)} <= written
                or any(isinstance(one, FunctionType) and one.__globals__ is self.names for one in made))

    def _run_beside(self, stub: Cell, bound: set[str]) -> None:
        """Run a cell where the solutions are cut; chance goes on for the solved ones as if it had not."""
        self.ran_twice.append(stub.id)
        drawn = random.getstate()
        with torch.random.fork_rng():
            exec(compile(stub.source, stub.id, "exec"), self.open_names)
        random.setstate(drawn)
        self.differing |= bound

    def _share(self, cell: Cell, bound: set[str]) -> None:
        """Take over what a cell bound; the functions it wrote down are written down again, to see their own names."""
        self.open_names |= {name: self.names[name] for name in bound}
        self.differing -= bound
        written: list[ast.stmt] = [one for one in ast.parse(cell.source).body if isinstance(one, WRITTEN)]
        exec(compile(ast.Module(written, []), cell.id, "exec"), self.open_names)


def names_bound(code: CodeType) -> set[str]:
    """Return the names that a cell's code gives a value."""
    return {step.argval for step in dis.get_instructions(code) if step.opname in ("STORE_NAME", "STORE_GLOBAL")}


def names_in(code: CodeType) -> Iterator[str]:
    """Return every name that code, and the functions in it, may read from outside."""
    yield from (step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_NAME", "LOAD_GLOBAL"))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant)


def functions_in(code: CodeType) -> Iterator[str]:
    """Return the names of the functions and classes that a cell's code makes; "<lambda>" has no other."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and constant.co_name in COMPREHENSIONS:
            yield from functions_in(constant)
        elif isinstance(constant, CodeType):
            yield constant.co_name
