"""The student edition: stubs that run, and no line of a solution anywhere."""


import nbformat
import pytest
from built_samples import SAMPLES, cell, lesson_of

from lessons.building.compose import Course, compose
from lessons.building.editions import STUB, refuse_leaks, secrets, student_cells
from lessons.building.source import BuildError, read_lesson


@pytest.mark.parametrize(("solution", "rest", "stub"), [
    ("answer = 3", "print(answer)", f"answer = {STUB}"),
    ("scratch = 3", "", STUB),
    ("for i in range(3):\n    total = i", "total", f"total = {STUB}"),
    ("scores[0] = 1", "scores", STUB),
    ("def f(x): return x", "f(1)", f"def f(x):\n    {STUB}"),
    ("def f(x):\n    # the trick\n    return x", "f(1)", f"def f(x):\n    {STUB}"),
    ("class A:\n  size = 1", "A()", f"class A:\n  {STUB}"),
    ("def f():\n    return 1\n\n\ndef g():\n    return 2", "f() + g()", f"def f():\n    {STUB}\ndef g():\n    {STUB}"),
    ("", "x", STUB),
])
def test_a_stub_keeps_what_the_rest_needs(tmp_path, solution, rest, stub):
    lesson = lesson_of(tmp_path, f"# %%\n### BEGIN SOLUTION\n{solution}\n### END SOLUTION\n{rest}\n")
    assert student_cells([lesson.cells[2]])[0].source == f"{stub}\n{rest}".rstrip()


def test_a_block_inside_a_function_keeps_the_names_the_function_goes_on_with(tmp_path):
    lesson = lesson_of(tmp_path, "# %%\ndef f(x):\n    ### BEGIN SOLUTION\n    y = x\n    z = y\n    ### END SOLUTION\n"
                                 "    return z\n# %%\ny = 1\n")
    assert student_cells(list(lesson.cells))[2].source == f"def f(x):\n    z = {STUB}\n    return z"


@pytest.mark.parametrize("where", ["prose", "code", "output"])
def test_a_leak_stops_the_build_and_is_named(where):
    lesson = read_lesson(SAMPLES / "01_second.py")
    notebook = compose(Course([lesson]), lesson, "en", "student")
    refuse_leaks(notebook, secrets(lesson.cells), "second")
    if where == "output":
        output = nbformat.v4.new_output("stream", text="x\n  twice_as_much  = number + number")
        cell(notebook, "judge").outputs = [output]
    else:
        notebook.cells[-1 if where == "prose" else 4].source += "\ntwice_as_much = number + number"
    with pytest.raises(BuildError, match="second, cell .*twice_as_much = number"):
        refuse_leaks(notebook, secrets(lesson.cells), "second")
