"""What stops the builder: each fault is named with its lesson and its line or cell."""

from pathlib import Path

import nbformat
import pytest
from built_samples import OPENING, lesson_of, run_cells

from lessons.build import ROOT
from lessons.building import execute
from lessons.building.clean import clean, refuse_unfit, to_text
from lessons.building.numbers import numbered
from lessons.building.source import BuildError, read_lesson


@pytest.mark.parametrize(("text", "line", "sentence"), [
    ('# %% [markdown] lang="en"\n# a\n# %%\nx = 1\n', 5, "not followed by its Chinese"),
    ('# %%\nx = 1\n# %% [markdown] lang="en"\n# a\n', 7, "not followed by its Chinese"),
    ('# %% [markdown] lang="zh"\n# 甲\n', 5, "does not follow an English"),
    ('# %% [markdown] lang="en"\n# a\n# %% [markdown] lang="en"\n# b\n', 5, "not followed by its Chinese"),
    ("# %% [markdown]\n# a\n", 5, 'needs lang="en"'),
    ('# %% [markdown] lang="en" tags=["solution"]\n# a\n# %% [markdown] lang="zh"\n# 甲\n', 7, "other tags"),
    ('# %% lang="en"\nx = 1\n', 5, "once for both languages"),
    ('# %% tags=["solutions"]\nx = 1\n', 5, "unknown tag solutions"),
    ("# %% label=unquoted\nx = 1\n", 5, "expected only"),
    ('# %% label="two words"\nx = 1\n', 5, "letters, digits"),
    ('# %% label="a"\nx = 1\n# %% label="a"\nx = 2\n', 7, "taken"),
    ('# %% label="set-up"\nx = 1\n', 5, "taken"),
    ("# %%\n### BEGIN SOLUTION\nx = 1\n", 5, "without `### END SOLUTION`"),
    ("# %%\nx = 1\n### END SOLUTION\n", 7, "expected `### BEGIN SOLUTION`"),
    ("# %%\n# begin solution\nx = 1\n", 6, "expected `### BEGIN SOLUTION`"),
    ("# %%\nx = (\n", 6, "not Python"),
    ('# %% tags=["parameters"]\nx = 1\n# %% tags=["parameters"]\ny = 1\n', 1, "more than one"),
    ("", 1, "needs a code cell"),
])
def test_a_broken_lesson_is_named_with_its_line(tmp_path, text, line, sentence):
    with pytest.raises(BuildError, match=f"00_made.py, line {line}: .*{sentence}"):
        lesson_of(tmp_path, text)


def test_a_lesson_opens_with_its_title(tmp_path):
    file = tmp_path / "00_made.py"
    file.write_text("# %%\nx = 1\n# %%\ny = 1\n", encoding="utf-8")
    with pytest.raises(BuildError, match="line 1: a lesson opens with its title"):
        read_lesson(file)


def test_text_before_the_first_cell_is_refused(tmp_path):
    file = tmp_path / "00_made.py"
    file.write_text("x = 1\n" + OPENING, encoding="utf-8")
    with pytest.raises(BuildError, match="before the first cell"):
        read_lesson(file)


WIDGETS = "import ipywidgets as widgets\ndef redraw(x):\n    raise ValueError('boom')\n"


@pytest.mark.parametrize("cause", [
    WIDGETS + "widgets.interact(redraw, x=3);",
    WIDGETS + "slider = widgets.IntSlider()\nwidgets.interactive_output(redraw, {'x': slider})",
    WIDGETS + "out = widgets.Output()\nwith out:\n    redraw(1)\nout",
    WIDGETS + "button = widgets.Button()\nbutton.on_click(redraw)\nbutton.click()",
    WIDGETS + "slider = widgets.IntSlider()\nslider.observe(redraw, 'value')\nslider.value = 3",
    "class Picture:\n    def _repr_html_(self): raise ValueError('boom')\nPicture()",
], ids=["interact", "interactive_output", "output", "button", "observe", "display"])
def test_an_error_that_hides_in_a_widget_stops_the_build(tmp_path, cause):
    with pytest.raises(BuildError, match=r"(?s)the lesson, cell cell-0.*ValueError: boom"):
        run_cells(tmp_path, cause)


@pytest.mark.parametrize("cause", [
    "import warnings; warnings.warn('boom')",
    "import ipywidgets, sys\nout = ipywidgets.Output()\nwith out:\n    print('boom', file=sys.stderr)",
    "import threading\nthread = threading.Thread(target=lambda: int('boom')); thread.start(); thread.join()",
], ids=["warning", "output", "thread"])
def test_stderr_stops_the_build_save_in_volatile_cells(tmp_path, cause):
    with pytest.raises(BuildError, match=r"(?s)cell-0.*stderr.*boom"):
        run_cells(tmp_path, cause)
    run_cells(tmp_path, cause, tags=("volatile",))


def test_a_kernel_that_dies_is_named(tmp_path):
    with pytest.raises(BuildError, match="cell cell-1 .*\nthe kernel died"):
        run_cells(tmp_path, "x = 1", "import os; os._exit(1)")


@pytest.mark.parametrize(("text", "what"), [
    ("<Thing at 0x7f3a2b1c9d50>", "an address in memory"),
    (str(Path.home() / "course" / "x"), "a path of this machine"),
    (str(ROOT / "helpers"), "a path of this machine"),
    ('<script src="https://cdn.jsdelivr.net/npm/x"></script>', "the address of a CDN"),
    ('<script src="//unpkg.com/x"></script>', "the address of a CDN"),
    ("https://cdnjs.cloudflare.com/ajax", "the address of a CDN"),
])
def test_outputs_hold_nothing_of_this_machine_or_of_a_cdn(text, what):
    output = nbformat.v4.new_output("display_data", {"text/html": text})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", id="a-cell", outputs=[output])])
    with pytest.raises(BuildError, match=f"the lesson, cell a-cell: its output holds {what}"):
        refuse_unfit(notebook, ROOT, "the lesson")


def test_harmless_outputs_pass_and_large_ones_do_not():
    output = nbformat.v4.new_output("display_data", {"text/html": "#0x12 cdn 3/4 http://www.w3.org/2000/svg"})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", id="a-cell", outputs=[output])])
    refuse_unfit(notebook, ROOT, "the lesson")
    output.data["text/html"] = "x" * 1_000_001
    with pytest.raises(BuildError, match="1,000,000 at most; cell a-cell"):
        refuse_unfit(notebook, ROOT, "the lesson")


def test_streams_are_merged_and_tracebacks_cut_to_their_sentence(tmp_path):
    notebook = run_cells(tmp_path, "import time\nfor n in range(3):\n    print(n, flush=True); time.sleep(.05)")
    clean(notebook)
    assert [output.text for output in notebook.cells[0].outputs] == ["0\n1\n2\n"]
    notebook = run_cells(tmp_path, "int('x')", tags=("raises-exception",))
    clean(notebook)
    assert notebook.cells[0].outputs[0].traceback == ["ValueError: invalid literal for int() with base 10: 'x'"]
    assert to_text(notebook).endswith("}\n")


def test_a_kernel_that_does_not_start_is_started_once_more(tmp_path, monkeypatch):
    tries, begin = [], execute._client

    def unlucky(*given):
        tries.append(client := begin(*given))
        if len(tries) == 1:
            async def nothing(**_):
                raise RuntimeError("Kernel didn't respond in 60 seconds")
            client.async_execute = nothing
        return client

    monkeypatch.setattr(execute, "_client", unlucky)
    notebook = run_cells(tmp_path, "print(1 + 1)")
    assert len(tries) == 2 and notebook.cells[0].outputs[0].text == "2\n"


EXERCISES = """# %% [markdown] lang="en"
# ### Exercise 1 · One · code · 3 min · ●○○
# %% [markdown] lang="zh"
# ### 练习 1 · 一 · 编程 · 3 分钟 · ●○○
# %% [markdown] lang="en"
# ### Exercise · Between · code · 3 min · ●○○
#
# As in exercise 1 above.{en}
# %% [markdown] lang="zh"
# ### 练习 · 中间 · 编程 · 3 分钟 · ●○○
#
# 和练习 1 一样。{zh}
# %% [markdown] lang="en"
# ### Exercise 2 · Two · code · 3 min · ●○○
# %% [markdown] lang="zh"
# ### 练习 2 · 二 · 编程 · 3 分钟 · ●○○
# %%
x = 1
"""


@pytest.mark.parametrize(("code", "numbers"), [("en", ["Exercise 1", "Exercise 2", "Exercise 3"]),
                                               ("zh", ["练习 1", "练习 2", "练习 3"])])
def test_exercises_are_numbered_in_their_order(tmp_path, code, numbers):
    lesson = lesson_of(tmp_path, EXERCISES.format(en="", zh=""))
    cells = numbered(lesson.said_in(code), "00_made.py")
    assert [cell.source[4:].split(" ·")[0] for cell in cells if cell.source.startswith("### ")] == numbers
    assert [cell.id for cell in cells] == [cell.id for cell in lesson.said_in(code)]


@pytest.mark.parametrize(("code", "said"), [("en", "exercise 2"), ("zh", "练习 2")])
def test_a_sentence_that_names_an_exercise_by_its_old_number_is_refused(tmp_path, code, said):
    lesson = lesson_of(tmp_path, EXERCISES.format(en=" And as in exercise 2.", zh="也和练习 2 一样。"))
    with pytest.raises(BuildError, match=rf"00_made.py, line \d+: “{said}” is exercise 3 now"):
        numbered(lesson.said_in(code), "00_made.py")


def test_the_lessons_have_the_numbers_that_the_build_gives():
    for file in sorted((ROOT / "lessons").glob("0*.py")):
        lesson = read_lesson(file)
        for code in ("en", "zh"):
            assert numbered(lesson.said_in(code), file.name) == lesson.said_in(code)
