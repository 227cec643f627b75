"""The builder: lessons to notebooks, in two languages and two editions, the same on every run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from built_samples import OPENING, SAMPLES, cell, lesson_of, read, run_cells, said
from test_loading import hub, hub_cache  # noqa: F401

from helpers.text import LANGUAGES
from lessons.build import ROOT, main
from lessons.building import compose as composing
from lessons.building import source
from lessons.building.compose import Course, compose
from lessons.building.editions import STUB
from lessons.building.source import BuildError, read_lesson

PYPROJECT = '[project]\nname = "sample"\n'


@pytest.fixture(scope="session")
def make_course(tmp_path_factory):
    """A course of its own, in a folder whose name has spaces and Chinese characters."""
    def make(name: str = "看见 注意力") -> Path:
        root = tmp_path_factory.mktemp("course") / name
        shutil.copytree(ROOT / "helpers" / "text", root / "helpers" / "text",
                        ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("helpers/__init__.py", "helpers/start.py", "requirements.txt"):
            shutil.copyfile(ROOT / file, root / file)
        shutil.copytree(SAMPLES, root / "lessons")
        (root / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
        return root
    return make


@pytest.fixture(scope="session")
def course(make_course) -> Path:
    """A course whose notebooks and pages are built, both editions."""
    root = make_course()
    assert main(["--edition", "both", "--html"], root) == 0
    return root


# --- what is written ---


def test_two_builds_in_two_places_are_byte_identical(course, make_course):
    other = make_course("elsewhere")
    assert main(["--edition", "both", "--jobs", "1"], other) == 0
    files = sorted(file.relative_to(other) for file in other.rglob("*.ipynb"))
    assert len(files) == 8
    for file in files:
        assert (other / file).read_bytes() == (course / file).read_bytes(), file


def test_a_kernel_of_the_build_asks_no_network_and_hashes_as_every_other(tmp_path, monkeypatch):
    for name in ("HF_HUB_OFFLINE", "PYTHONHASHSEED"):
        monkeypatch.delenv(name, raising=False)
    (ran,) = run_cells(tmp_path, "import os; print(os.environ['HF_HUB_OFFLINE'], os.environ['PYTHONHASHSEED'])").cells
    assert said(ran) == "1 0\n"


def test_check_passes_on_an_untouched_build_and_writes_nothing(course, capsys):
    before = {file: file.stat().st_mtime_ns for file in course.rglob("*.ipynb")}
    assert main(["00", "--check"], course) == 0
    assert {file: file.stat().st_mtime_ns for file in course.rglob("*.ipynb")} == before
    assert "same" in capsys.readouterr().out


def test_check_names_the_cell_that_was_edited(make_course, course, capsys):
    root = make_course("edited")
    shutil.copytree(course / "notebooks", root / "notebooks")
    file = root / "notebooks" / "en" / "01_second.ipynb"
    file.write_text(file.read_text(encoding="utf-8").replace("not attempted yet'", "all right'"),
                    encoding="utf-8", newline="\n")
    assert main(["01_second", "--language", "en", "--check"], root) == 1
    report = capsys.readouterr().out
    assert "check-double differs" in report and "-" in report and "not attempted yet" in report
    assert "judge differs" not in report


def test_check_finds_a_missing_notebook_and_one_without_a_lesson(make_course, capsys):
    root = make_course("strays")
    (root / "lessons" / "00_first.py").unlink()
    (root / "notebooks" / "en").mkdir(parents=True)
    shutil.copyfile(SAMPLES / "00_first.py", root / "notebooks" / "en" / "09_gone.ipynb")
    assert main(["--language", "en", "--check"], root) == 1
    report = capsys.readouterr().out
    assert "no such notebook yet" in report and "09_gone.ipynb: no lesson makes this notebook" in report


def test_files_are_utf8_with_line_feeds_and_fixed_metadata(course):
    for file in course.rglob("*.ipynb"):
        raw = file.read_bytes()
        assert b"\r" not in raw and raw.endswith(b"}\n") and not raw.endswith(b"\n\n")
        notebook = nbformat.reads(raw.decode("utf-8"), as_version=4)
        assert notebook.metadata.kernelspec == {"name": "python3", "display_name": "Python 3", "language": "python"}
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        assert "version" not in notebook.metadata.language_info
        assert "widget-view+json" not in raw.decode("utf-8")
        assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == list(
            range(1, 1 + sum(c.cell_type == "code" for c in notebook.cells)))
        assert all("execution" not in c.metadata for c in notebook.cells)


# --- languages, ids, links, set-up ---


def test_languages_differ_in_words_alone_and_share_cell_ids(course):
    english, chinese = (read(course, f"notebooks/{code}/00_first.ipynb") for code in LANGUAGES)
    assert [c.id for c in english.cells] == [c.id for c in chinese.cells]
    for a, b in zip(english.cells, chinese.cells, strict=True):
        if a.cell_type == "code" and a.id != "set-up":
            assert a.source == b.source.replace("# 两个", "# both")
        else:
            assert a.source != b.source
    assert said(cell(english, "language")) == "'en'" and said(cell(chinese, "language")) == "'zh'"


def test_ids_come_from_labels_and_contents_never_from_places(tmp_path, course):
    ids = [c.id for c in read(course, "notebooks/en/00_first.ipynb").cells]
    assert len(set(ids)) == len(ids)
    assert {"set-up", "imports", "slider", "links-top", "links-bottom"} <= set(ids)
    prose = '# %% [markdown] lang="en"\n# said\n# %% [markdown] lang="zh"\n# 说\n'
    short = lesson_of(tmp_path, f"{prose}# %%\nx = 1\n")
    longer = lesson_of(tmp_path, f"# %%\ny = 2\n{prose}# %%\nx = 1\n")
    assert {c.id for c in short.cells} < {c.id for c in longer.cells}
    said_alike = (tmp_path / "00_made.py").rename(tmp_path / "01_made.py")
    assert not {c.id for c in read_lesson(said_alike).cells} & {c.id for c in longer.cells}


def test_repeated_cells_are_counted(tmp_path):
    twice = lesson_of(tmp_path, "# %%\nx = 1\n# %%\nx = 1\n")
    first, second = (c.id for c in twice.cells if c.kind == "code")
    assert second == f"{first}-2"


def test_a_further_language_is_built_where_it_is_given_and_in_english_elsewhere(tmp_path, monkeypatch):
    for module in (source, composing):
        monkeypatch.setattr(module, "LANGUAGES", ("en", "zh", "fr"))
    twins = '# %% [markdown] lang="en"\n# {0}\n# %% [markdown] lang="zh"\n# 说\n'
    french = '# %% [markdown] lang="fr"\n# deux\n'
    lesson = lesson_of(tmp_path, twins.format("one") + twins.format("two") + french + "# %%\nx = 1\n")
    assert lesson.title("fr") == "Title"
    notebooks = {code: compose(Course([lesson]), lesson, code, "student") for code in ("en", "zh", "fr")}
    prose = [cell.source for cell in notebooks["fr"].cells if cell.cell_type == "markdown"]
    assert [prose[0], *prose[2:-1]] == ["# Title", "one", "deux"]
    assert len({tuple(cell.id for cell in notebook.cells) for notebook in notebooks.values()}) == 1
    assert "deux" not in str(notebooks["en"]) and "deux" not in str(notebooks["zh"])
    for text in ("# %%\ny = 2\n" + french, twins.format("one") + french + french,
                 twins.format("one") + french.replace('"fr"', '"fr" tags=["solution"]')):
        with pytest.raises(BuildError, match="'fr'"):
            lesson_of(tmp_path, text + "# %%\nx = 1\n")


def test_links_lead_to_the_twin_and_the_neighbours(course):
    first, second = (read(course, f"notebooks/en/{stem}.ipynb") for stem in ("00_first", "01_second"))
    assert "[中文](../zh/00_first.ipynb)" in first.cells[1].source
    assert "[A second lesson](01_second.ipynb) →" in first.cells[1].source and "←" not in first.cells[1].source
    assert "← [A first lesson](00_first.ipynb)" in second.cells[-1].source and "→" not in second.cells[-1].source
    assert "[第二课](01_second.ipynb)" in read(course, "notebooks/zh/00_first.ipynb").cells[-1].source


def test_a_line_break_inside_a_chinese_paragraph_leaves_no_space(tmp_path):
    prose = "# ## 标题\n# 一，\n# 二\n# 三。\n#\n# * 四\n#   五\n# * 六 BERT\n# 七\n#\n# | 八 |\n# | - |\n"
    lesson = lesson_of(tmp_path, f'# %% [markdown] lang="en"\n# b\n# %% [markdown] lang="zh"\n{prose}# %%\nx = 1\n')
    notebook = compose(Course([lesson]), lesson, "zh", "student")
    source = next(c.source for c in notebook.cells if "标题" in c.source)
    assert source == "## 标题\n一，二三。\n\n* 四五\n* 六 BERT\n七\n\n| 八 |\n| - |"


@pytest.mark.parametrize("asked, folds", [('predict("01.mixture")', True), ('explain("01.design")', True),
                                          ('predict("00.tea", hide=False)', False), ("2", False)])
def test_a_result_after_a_question_is_saved_folded(tmp_path, asked, folds):
    lesson = lesson_of(tmp_path, f"# %%\n{asked}\n# %%\n1\n")
    *_, answer, _ = compose(Course([lesson]), lesson, "en", "student").cells
    assert answer.source == "1" and answer.metadata.get("jupyter", {}).get("outputs_hidden", False) is folds


def test_a_prediction_without_its_answer_is_refused(tmp_path):
    said = '# %%\n{}("01.design")\n# %% [markdown] lang="en"\n# no\n# %% [markdown] lang="zh"\n# 不\n'
    lesson = lesson_of(tmp_path, said.format("explain"))
    compose(Course([lesson]), lesson, "en", "student")
    lesson = lesson_of(tmp_path, said.format("predict"))
    with pytest.raises(BuildError, match="right before the code cell"):
        compose(Course([lesson]), lesson, "en", "student")


def test_set_up_is_the_first_code_cell_and_short(course):
    notebook = read(course, "notebooks/zh/01_second.ipynb")
    first = next(c for c in notebook.cells if c.cell_type == "code")
    assert first.id == "set-up" and 'start("zh")' in first.source
    with_address = compose(Course([read_lesson(SAMPLES / "00_first.py")], "https://example.org/course"),
                           read_lesson(SAMPLES / "00_first.py"), "en", "student")
    assert len(cell(with_address, "set-up").source.splitlines()) <= 12
    assert "https://example.org/course" in cell(with_address, "set-up").source


@pytest.mark.parametrize("code", ["en", "zh"])
def test_set_up_says_that_the_course_could_not_be_copied(tmp_path, monkeypatch, code):
    lesson = read_lesson(SAMPLES / "00_first.py")
    source = cell(compose(Course([lesson], "git@127.0.0.1:a/b.git"), lesson, code, "student"), "set-up").source
    monkeypatch.setitem(sys.modules, "google.colab", object())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_SSL_NO_VERIFY", "1")
    with pytest.raises(Exception, match="https://127.0.0.1/a/b") as caught:
        exec(source, {})
    assert type(caught.value).__name__ == "CourseNotFound" and "git" in caught.value._render_traceback_()[0]


def test_set_up_finds_the_course_from_a_copy_in_my(course):
    set_up = cell(read(course, "notebooks/zh/00_first.ipynb"), "set-up").source
    notebook = run_cells(course / "my" / "zh", set_up, "from helpers.text import language; language()")
    assert said(notebook.cells[1]) == "'zh'"


@pytest.mark.parametrize("own", ["helpers.py", "helpers/__init__.py"])
def test_set_up_finds_the_course_past_helpers_of_ones_own(course, own):
    folder = course / "my" / own.replace("/", "-")
    (folder / own).parent.mkdir(parents=True)
    (folder / own).write_text("mine = 3", encoding="utf-8")
    set_up = cell(read(course, "notebooks/en/00_first.ipynb"), "set-up").source
    notebook = run_cells(folder, "from helpers import mine", set_up, set_up,
                         "from helpers.text import language; (mine, language())")
    assert said(notebook.cells[3]) == "(3, 'en')"


def test_set_up_finds_the_course_where_it_is_installed(course, tmp_path, monkeypatch):
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    shutil.copytree(course / "helpers", installed / "seeing_attention")
    monkeypatch.setenv("PYTHONPATH", str(installed))
    set_up = cell(read(course, "notebooks/zh/00_first.ipynb"), "set-up").source
    notebook = run_cells(elsewhere, set_up, set_up, "from helpers.text import language, __file__\n"
                                                    "(language(), 'seeing_attention' in __file__)")
    assert said(notebook.cells[2]) == "('zh', True)"


@pytest.mark.parametrize(("code", "sentence"), [("en", "neither here nor in any folder"), ("zh", "都找不到课程的")])
def test_set_up_says_in_one_sentence_that_the_course_is_not_there(course, tmp_path, code, sentence):
    set_up = cell(read(course, f"notebooks/{code}/00_first.ipynb"), "set-up").source
    notebook = run_cells(tmp_path, set_up, tags=("raises-exception",))
    (output,) = notebook.cells[0].outputs
    assert sentence in output.traceback[0] and len(output.traceback) == 1
    assert "\n" not in output.traceback[0]


def test_set_up_clones_in_colab_alone(monkeypatch, tmp_path, course):
    set_up = cell(compose(Course([read_lesson(SAMPLES / "00_first.py")], "https://example.org/course"),
                          read_lesson(SAMPLES / "00_first.py"), "en", "student"), "set-up").source
    ran = []

    def clone(command, **_):
        ran.append(command)
        shutil.copytree(course / "helpers", Path("seeing-attention") / "helpers")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(subprocess, "run", clone)
    monkeypatch.setattr("helpers.start.missing_packages", lambda: [])
    with pytest.raises(Exception, match="neither here"):
        exec(set_up, {})
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    exec(set_up, {})
    assert ran == [["git", "clone", "-q", "--depth=1", "https://example.org/course", "seeing-attention"]]
    exec(set_up, {})
    assert len(ran) == 1 and sys.path[0] == str(tmp_path / "seeing-attention")


# --- editions ---


def test_students_get_stubs_that_run_and_are_not_attempted_yet(course):
    notebook = read(course, "notebooks/en/01_second.ipynb")
    assert cell(notebook, "exercise-double").source == (
        f'def double(number):\n    """Return twice the number."""\n    {STUB}')
    assert cell(notebook, "exercise-pair").source == f"layer = {STUB}\nhead = {STUB}"
    whole = cell(notebook, "exercise-whole")
    assert whole.source.startswith("def whole(\n        numbers):\n    \"\"\"Return the sum")
    assert whole.source.endswith(f'    """\n    {STUB}') and whole.metadata.tags == ["exercise"]
    chinese = read(course, "notebooks/zh/01_second.ipynb")
    assert cell(chinese, "exercise-double").source == (
        'def double(number):\n    """返回这个数乘以 2 的积。"""\n    ...  # 在这里写代码')
    assert cell(chinese, "exercise-whole").source.endswith(
        '    """返回这些数的和。\n\n    >>> whole([1, 2])\n    3\n    """\n    ...  # 在这里写代码')
    for name, count in (("check-double", 1), ("check-pair", 2), ("check-whole", 1)):
        assert said(cell(notebook, name)).count("not attempted yet") == count


def test_no_solution_reaches_the_students(course):
    for code in LANGUAGES:
        text = (course / "notebooks" / code / "01_second.ipynb").read_text(encoding="utf-8")
        for word in ("twice_as_much", "intermediate", "one_number", "12345", "gives it away", "doubles it", "两倍",
                     "SOLUTION", '"solution"'):
            assert word not in text


def test_instructors_get_the_solutions_and_they_are_right(course):
    notebook = read(course, "build/instructor/en/01_second.ipynb")
    assert "### BEGIN SOLUTION" in cell(notebook, "exercise-double").source
    assert any("doubles it" in c.source for c in notebook.cells)
    for name in ("check-double", "check-pair", "check-whole"):
        assert "right" in said(cell(notebook, name)) and "not attempted" not in said(cell(notebook, name))


# --- parameters ---


def test_sentences_are_replaced_whatever_they_hold(make_course, capsys):
    root = make_course("class")
    sentence = """it's "so" \\n 你好"""
    assert main(["00", "--language", "en", "--sentence-a", sentence, "--sentence-b", "乙", "--output",
                 str(root / "ours")], root) == 0
    notebook = read(root, "ours/en/00_first.ipynb")
    source = cell(notebook, "sentences").source
    assert source.splitlines()[0] == f"sentence_a = {sentence!r}  # may be replaced"
    assert "sentence_b = ('乙')" in source and 'untouched = "stays"' in source
    printed = next(c for c in notebook.cells if c.source.startswith("print(sentence_a)"))
    assert said(printed) == f"{sentence}\n乙 stays\n"
    assert not (root / "notebooks").exists()


def test_a_value_that_no_lesson_takes_is_refused(course, capsys):
    assert main(["--model", "bert-base-chinese"], course) == 1
    assert "assigns `model`" in capsys.readouterr().err


# --- what stops a build ---


def test_a_broken_cell_stops_the_build_and_nothing_is_written(make_course, capsys):
    root = make_course("broken")
    broken = OPENING + '# %%\nfine = 1\n# %% label="breaks"\n# the first line\nfine / 0\n'
    (root / "lessons" / "00_first.py").write_text(broken, encoding="utf-8")
    assert main(["00"], root) == 1
    report = capsys.readouterr().err
    assert "00_first [en, student], cell breaks «# the first line»" in report or "00_first [zh" in report
    assert "ZeroDivisionError: division by zero" in report and "\x1b" not in report
    assert not list((root / "notebooks").rglob("*.ipynb"))


def test_a_leaking_lesson_stops_the_build_of_the_student_edition(make_course, capsys):
    root = make_course("leaks")
    with (root / "lessons" / "01_second.py").open("a", encoding="utf-8") as file:
        file.write('\n# %% label="leak"\nprint("twice_as_much", "= number + number")\n')
    assert main(["01", "--language", "en"], root) == 1
    assert "01_second [en, student], cell leak: this line of a solution" in capsys.readouterr().err
    assert not list((root / "notebooks").rglob("*.ipynb"))
    assert main(["01", "--language", "en", "--edition", "instructor"], root) == 0


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["07"], "no lesson 07; there are 00_first, 01_second"),
    (["--output", str(Path(__file__).parents[2])], "is outside"),
])
def test_impossible_wishes_are_refused(course, capsys, arguments, sentence):
    assert main(arguments, course) == 1
    assert sentence in capsys.readouterr().err


def test_a_course_without_lessons_says_so(tmp_path, capsys):
    assert main([], tmp_path) == 1
    assert "no lesson named like" in capsys.readouterr().err


# --- volatile cells, nbval, pages ---


def test_volatile_cells_run_and_keep_no_output(course):
    clock = cell(read(course, "notebooks/en/00_first.ipynb"), "clock")
    assert clock.outputs == [] and clock.execution_count and "nbval-ignore-output" in clock.metadata.tags


def test_nbval_passes_on_what_is_built_and_fails_on_an_edited_output(course):
    built = course / "notebooks" / "en" / "00_first.ipynb"
    edited = course / "my" / "en" / "edited.ipynb"
    edited.parent.mkdir(parents=True, exist_ok=True)
    edited.write_text(built.read_text(encoding="utf-8").replace("all right? stays", "all wrong? stays"),
                      encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-rf", "-p", "no:cacheprovider",
               f"--rootdir={course}", str(built), str(edited)]
    clean_environment = {key: value for key, value in os.environ.items() if key != "PYTEST_ADDOPTS"}
    result = subprocess.run(command, cwd=course, env=clean_environment, capture_output=True, encoding="utf-8",
                            check=False)
    cells = sum(c.cell_type == "code" for c in nbformat.read(built, as_version=4).cells)
    assert f"1 failed, {2 * cells - 1} passed" in result.stdout, result.stdout
    assert "FAILED my/en/edited.ipynb" in result.stdout.replace("\\", "/")


@pytest.mark.parametrize("place", [
    "html/en/00_first.html", "html/zh/00_first.html", "instructor/html/zh/01_second.html"])
def test_pages_are_whole_and_ask_nothing_of_the_network(course, place):
    page = (course / "build" / place).read_text(encoding="utf-8")
    for word in ("cdnjs", "unpkg", "jsdelivr", "<script src", "@import", "<link", "url(http"):
        assert word not in page
    assert f'lang="{place.split("/")[-2]}"' in page and ".ipynb" not in page


def test_pages_show_formulas_links_and_outputs(course):
    page = (course / "build" / "html" / "zh" / "00_first.html").read_text(encoding="utf-8")
    assert "<msqrt>" in page and "<mfrac>" in page and "$" not in page.split("<main>")[1].split("</p>")[0]
    assert 'href="../en/00_first.html"' in page and 'href="01_second.html"' in page
    assert "<title>第一课</title>" in page and "Are you all right? stays" in page
    assert "CourseNotFound" not in page


# --- another model ---


@pytest.fixture
def model_course(make_course, tiny_bert_folder) -> Path:
    """A course whose lesson names a model, with a model in its folder."""
    root = make_course("models")
    opening = '# %% label="sentences" tags=["parameters"]\nmodel = "course"\n# %%\nprint(model)\n'
    for lesson in (root / "lessons").glob("[0-9]*.py"):
        lesson.unlink()
    (root / "lessons" / "00_first.py").write_text(OPENING + opening, encoding="utf-8")
    shutil.copytree(tiny_bert_folder, root / "models" / "mine 我的")
    return root


@pytest.mark.parametrize("asked", ["./models/mine 我的", "models/mine 我的", "../models/models/mine 我的"])
def test_a_models_folder_is_found_from_the_shells_and_written_for_every_machine(model_course, monkeypatch, asked):
    monkeypatch.chdir(model_course)
    assert main(["00", "--language", "en", "--edition", "both", "--model", asked], model_course) == 0
    for path, up in (("notebooks/en/00_first.ipynb", 2), ("build/instructor/en/00_first.ipynb", 3)):
        notebook = read(model_course, path)
        assert cell(notebook, "sentences").source == f"model = {'../' * up + 'models/mine 我的'!r}"
        assert str(model_course.parent) not in (model_course / path).read_text(encoding="utf-8")
        assert (model_course / path).parent.joinpath("../" * up, "models/mine 我的", "config.json").is_file()


def test_a_models_folder_outside_or_missing_is_refused(model_course, tiny_bert_folder, monkeypatch, capsys):
    monkeypatch.chdir(model_course)
    assert main(["00", "--model", str(tiny_bert_folder)], model_course) == 1
    assert "outside" in capsys.readouterr().err
    assert main(["00", "--model", "./models/yours"], model_course) == 1
    assert "no folder " in (said := capsys.readouterr().err) and "yours" in said and "Traceback" not in said
    assert not list((model_course / "notebooks").rglob("*.ipynb"))


def test_a_model_of_the_hub_is_fetched_before_the_kernels_that_ask_no_network(
        model_course, hub, tiny_bert_folder, hub_cache):  # noqa: F811
    shutil.copytree(tiny_bert_folder, hub / "tiny")
    assert main(["00", "--language", "en", "--model", "tiny"], model_course) == 0
    assert cell(read(model_course, "notebooks/en/00_first.ipynb"), "sentences").source == "model = 'tiny'"
    assert list(hub_cache.rglob("model.safetensors"))


def test_a_model_that_is_nowhere_stops_the_build_and_blames_no_setting_of_its_own(
        model_course, hub, monkeypatch, capsys):  # noqa: F811
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    assert main(["00", "--model", "nowhere-to-be-found"], model_course) == 1
    said = capsys.readouterr().err
    assert "nowhere-to-be-found" in said and "HF_HUB_OFFLINE" not in said and "Traceback" not in said
