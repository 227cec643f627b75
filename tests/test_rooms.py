"""The rooms of helpers/: imports run one way, and nowhere in a circle (those for types alone included)."""

import ast
from pathlib import Path

HELPERS = Path(__file__).parents[1] / "helpers"
ORDER = ("text, asked, wanted, journal, twins", "attention, positions", "transformer", "models, learning",
         "heads, interventions, probes, tuning", "plots, views, page",
         "controls, checks", "questions")     # as CONTRIBUTING.md and helpers/__init__.py say
FLOORS = {room: floor for floor, rooms in enumerate(ORDER) for room in rooms.split(", ")}
OUTSIDE = {"doctor", "start"}      # what the notebooks call around the course
Module = tuple[str, ...]


def modules() -> dict[Module, Path]:
    """Return the files by their dotted parts; a package by its folder's."""
    files = {file.relative_to(HELPERS).with_suffix("").parts: file for file in HELPERS.rglob("*.py")}
    return {parts[:-1] if parts[-1] == "__init__" else parts: file for parts, file in files.items()}


def imports_of(module: Module, file: Path, known: set[Module]) -> set[Module]:
    """Return the modules that the statements of one file name."""
    package = module if file.name == "__init__.py" else module[:-1]
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[:len(package) - node.level + 1] + tuple(filter(None, (node.module or "").split(".")))
            found |= {(*base, name.name) if (*base, name.name) in known else base for name in node.names}
    return found - {()}


def graph() -> dict[Module, set[Module]]:
    files = modules()
    return {module: imports_of(module, file, set(files)) for module, file in files.items()}


def reached(module: Module, arrows: dict[Module, set[Module]]) -> set[Module]:
    """Return all that a module imports, whether itself or by way of others."""
    seen, waiting = set(), list(arrows[module])
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += arrows[one]
    return seen


def test_every_room_has_its_floor():
    assert {module[0] for module in modules() if module} - OUTSIDE == set(FLOORS)


def test_imports_inside_are_relative():
    absolute = [f"{file.relative_to(HELPERS)}:{node.lineno}" for file in modules().values()
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else
                             [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
                if name.split(".")[0] in ("helpers", "seeing_attention")]
    assert absolute == []


def test_imports_run_one_way():
    upward = [f"{'.'.join(module)} -> {'.'.join(other)}" for module, others in graph().items() for other in others
              if module and module[0] in FLOORS and FLOORS[module[0]] < FLOORS.get(other[0], len(ORDER))]
    assert sorted(upward) == []


def test_no_module_imports_itself_by_way_of_others():
    arrows = graph()
    assert sorted(".".join(module) for module in arrows if module in reached(module, arrows)) == []


def test_the_order_stands_in_the_pages_as_it_is_tested():
    for page, arrow in ((HELPERS.parent / "CONTRIBUTING.md", " → "), (HELPERS / "__init__.py", " -> ")):
        words = " ".join(page.read_text(encoding="utf-8").split())
        assert arrow.join(ORDER) in words, page.name
