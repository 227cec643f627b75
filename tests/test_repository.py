"""What must agree: requirements with the conda environment, both READMEs, badges, workflow, glossary, budgets."""

import ast
import re
import shutil
import string
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.text import STRINGS
from lessons import badges, lock
from lessons.building.address import read_address
from lessons.building.source import BuildError, read_lesson

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
PAGES = [*READMES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", ROOT / "lessons" / "glossary.md",
         ROOT / "CODE_OF_CONDUCT.md", *sorted((ROOT / "docs").glob("*.md")),
         *sorted((ROOT / "helpers" / "weights").rglob("README.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"torch": "pytorch-cpu"}  # conda-forge's name for the build without GPU libraries
MODULES = sorted(file for folder in ("helpers", "lessons") for file in (ROOT / folder).rglob("*.py")
                 if not file.name[0].isdigit())
CODE = [file for file in MODULES
        if file.parent.name not in ("text", "chapters", "languages") or file.name == "__init__.py"]
LONGEST_MODULE, LONGEST_FUNCTION = 350, 30


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands(readme: Path) -> list[str]:
    """Return the shell lines of a README, without the remarks after `#`."""
    blocks = re.findall(r"```(?:bash|powershell)\n(.*?)```", read(readme), re.DOTALL)
    return [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.strip().splitlines()]


def requirements() -> list[Requirement]:
    lines = read(ROOT / "requirements.txt").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def bounds(wanted) -> dict[str, str]:
    """Return {name: its bounds in a fixed order}."""
    return {one.name: ",".join(sorted(map(str, one.specifier))) for one in wanted}


# Environments

def test_conda_gets_what_pip_gets():
    listed = yaml.safe_load(read(ROOT / "environment.yml"))
    plain = [one for one in listed["dependencies"] if isinstance(one, str)]
    (from_pip,) = [one["pip"] for one in listed["dependencies"] if isinstance(one, dict)]
    found = bounds(map(Requirement, [line for line in plain if line not in ("pip", "python=3.12")] + from_pip))
    wanted = bounds(requirements())
    assert found == {CONDA_NAMES.get(name, name): bound for name, bound in wanted.items()}


def test_binder_sees_the_python_and_never_rebuilds_for_nothing():
    text = read(ROOT / "environment.yml")
    assert re.search(r"^  - python=3\.12$", text, re.MULTILINE)
    assert yaml.safe_load(text)["channels"] == ["conda-forge"]
    assert not re.search(r"^\s*- *(-r|-e|-c|\.)", text, re.MULTILINE)
    assert not (ROOT / "binder").exists() and not (ROOT / ".binder").exists()


def test_the_package_asks_for_the_sections_of_the_requirements():
    sections = [section.strip().splitlines()[1:] for section in read(ROOT / "requirements.txt").split("\n\n")[1:]]
    extras = PROJECT["optional-dependencies"]
    assert [PROJECT["dependencies"], extras["course"], extras["build"], extras["tests"]] == sections


def test_every_requirement_has_a_lower_bound_and_no_pin():
    for one in requirements():
        operators = {specifier.operator for specifier in one.specifier}
        assert ">=" in operators and operators <= {">=", "<"}, one


def test_the_pins_lie_within_the_bounds_and_name_no_place():
    text = read(ROOT / "constraints.txt")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line) for line in lines)
    pinned = dict(line.split("==") for line in lines)
    assert len(pinned) == len(lines) > 100 and list(pinned) == sorted(pinned)
    assert [str(one) for one in requirements()
            if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))] == []
    assert not re.search(r"://|@|--|\+|\bwww\.|\.(org|com|io|cn)\b", text)


def test_a_pin_comes_from_what_is_installed_and_wanted():
    (needed,) = [one for one in requirements() if one.name == "nbclient"]
    found = lock.pins([needed])
    assert found["nbclient"] == version("nbclient") and "nbformat" in found and "torch" not in found
    with pytest.raises(LookupError, match="not-there-at-all is not installed"):
        lock.pins([Requirement("not-there-at-all")])
    with pytest.raises(LookupError, match="nbclient>99 is wanted"):
        lock.pins([Requirement("nbclient>99")])
    assert lock.pins([Requirement('nbclient; python_version < "3"')]) == {}
    assert lock.constraints({"b": "2", "a": "1"}).endswith("\na==1\nb==2\n")


def test_the_pythons_of_package_workflow_and_readmes_are_the_same():
    workflow = yaml.safe_load(read(ROOT / ".github" / "workflows" / "tests.yml"))
    pythons = workflow["jobs"]["linux"]["strategy"]["matrix"]["python"]
    first, last = pythons[0], pythons[-1]
    assert PROJECT["requires-python"] == f">={first},<3.{int(last[2:]) + 1}"
    for readme in READMES:
        assert all(python in read(readme) for python in pythons), readme.name


# READMEs

def test_both_readmes_give_the_same_commands():
    english, chinese = map(commands, READMES)
    assert english == chinese
    both = "python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/"
    assert both + "jupyter lab --preferred-dir notebooks" in english and both + "pytest -n 2 --dist loadfile" in english


def test_the_windows_form_stands_beside_each_command():
    for readme in READMES:
        for last in ("jupyter lab --preferred-dir notebooks", "pytest -n 2 --dist loadfile"):
            assert f"py -m venv .venv; .venv\\Scripts\\pip install -r requirements.txt; .venv\\Scripts\\{last}" \
                in read(readme), readme.name


def test_continuous_integration_finds_the_test_command_in_the_readme():
    pattern = re.search(r"grep '(.*)' README\.md", read(ROOT / ".ci" / "run"))[1]
    found = [line for line in read(READMES[0]).splitlines() if re.search(pattern, line)]
    assert len(found) == 1 and found[0] in commands(READMES[0])
    assert "run: .ci/run" in read(ROOT / ".github" / "workflows" / "tests.yml")


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_the_readmes_list_the_chapters_there_are(readme):
    rows = re.findall(r"^\| (\d\d) \| .* \| .* \|$", read(readme), re.MULTILINE)
    assert rows == [stem[:2] for stem in badges.chapters()]


def anchors(text: str) -> set[str]:
    """Return what the headings of a page can be linked by, as GitHub and JupyterLab spell it, in small letters."""
    names = [re.sub(r"[^\w\- ]", "", line.lstrip("# ").strip().lower()).replace(" ", "-")
             for line in re.sub(r"```.*?```", "", text, flags=re.DOTALL).splitlines() if re.match("#+ ", line)]
    return {*names, *re.findall(r'<a (?:id|name)="([^"]+)"', text)}


def broken(text: str, folder: Path) -> list[str]:
    """Return the links of a page, or of one of its cells, that lead nowhere; `folder` is where it stands."""
    plain, found = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL), []
    links = re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", plain)
    for target in (one for one in links if not re.match(r"[\w+]+:", one)):
        name, _, anchor = target.partition("#")
        page = folder / unquote(name)
        if not page.exists():
            found.append(target)
        elif anchor and page.suffix == ".md" and unquote(anchor).lower() not in anchors(read(page)):
            found.append(target)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_repository_leads_somewhere(page):
    own = re.findall(r"\]\(#([^)\s]+)\)", read(page))
    assert broken(read(page), page.parent) == []
    assert [name for name in own if unquote(name).lower() not in anchors(read(page))] == []


@pytest.mark.parametrize("stem", badges.chapters())
def test_every_link_of_a_lesson_leads_somewhere(stem):
    cells = [cell for cell in read_lesson(ROOT / "lessons" / f"{stem}.py").cells if cell.kind == "markdown"]
    assert {cell.id: found for cell in cells
            if (found := broken(cell.source, ROOT / "notebooks" / str(cell.language)))} == {}


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    (tmp_path / "a b.md").write_text("# One, *two*\n```\n# no heading\n```\n## 三 four\n", encoding="utf-8")
    good = "[a](a%20b.md) [b](a%20b.md#one-two) [c](a%20b.md#三-four) [d](https://x.y/z) `[e](f)`"
    assert broken(good, tmp_path) == []
    assert broken("[a](b.md) [b](a%20b.md#three) [c](a%20b.md#no-heading)", tmp_path) == [
        "b.md", "a%20b.md#three", "a%20b.md#no-heading"]


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_a_readme_opens_with_a_small_moving_picture(readme):
    code = "zh" if "zh" in readme.name else "en"
    said, name = re.findall(r"!\[([^\]]+)\]\((lessons/images/[^)]+)\)", read(readme))[0]
    data = (ROOT / name).read_bytes()
    assert name == f"lessons/images/explorer-{code}.png" and len(said) > 40 and len(data) <= 600 * 1024
    header = data.index(b"acTL") + 4                                       # an animated PNG: frames, times it plays
    frames, plays = (int.from_bytes(data[header + at:header + at + 4], "big") for at in (0, 4))
    assert frames >= 20 and 1 <= plays <= 3


def test_build_options_in_the_readmes_exist():
    said = subprocess.run([sys.executable, ROOT / "lessons" / "build.py", "--help"], capture_output=True,
                          encoding="utf-8", errors="replace", check=True).stdout
    for readme in READMES:
        options = re.findall(r"^\| `(--.*?)` \|", read(readme), re.MULTILINE)
        assert len(options) == 7
        assert [name for option in options for name in re.findall(r"--[\w-]+", option) if name not in said] == []


# Badges

@pytest.mark.parametrize("language", badges.READMES)
def test_badges_follow_the_address_and_the_table_the_lessons(language):
    text = read(badges.READMES[language])
    assert badges.written(text, language) == text, "run: python lessons/badges.py"
    assert text.count(f"(notebooks/{language}/") == len(badges.chapters())
    assert all(read_lesson(ROOT / "lessons" / f"{stem}.py").promise(language) for stem in badges.chapters())


@pytest.mark.parametrize("address", ["https://github.com/a-b/c.d", "https://github.com/a-b/c.d.git/"])
def test_badges_open_each_chapter_in_its_language(address):
    block = badges.badges(address, "zh", ["00_start_here", "01_self_attention"])
    assert "mybinder.org/v2/gh/a-b/c.d/main?urlpath=lab/tree/notebooks/zh/00_start_here.ipynb" in block
    assert block.count("/github/a-b/c.d/blob/main/notebooks/zh/0") == 2


def test_without_an_address_each_readme_says_so_in_one_line():
    for language in badges.READMES:
        assert badges.badges("", language, []).count("\n") == 1
        assert "pyproject.toml" in badges.badges("", language, [])


@pytest.mark.parametrize("language", badges.READMES)
def test_the_first_link_leads_to_the_page(language):
    text = read(badges.READMES[language])
    front = {"en": "", "zh": "zh.html"}[language]
    assert f"](https://a-b.github.io/C.d/{front})" in badges.page_line("https://github.com/A-b/C.d", language)
    assert f"](https://a-b.github.io/{front})" in badges.page_line("https://github.com/a-b/a-b.github.io", language)
    assert text.index("<!-- page:") < text.index("](")


def test_the_pages_are_published_by_the_build_and_official_actions_alone():
    text = read(ROOT / ".github" / "workflows" / "pages.yml")
    assert "lessons/build.py --site" in text and "path: build/site" in text and "secrets." not in text
    assert all(action.startswith("actions/") for action in re.findall(r"uses: (\S+)", text))


ELSEWHERE = {      # as people copy an address: {what stands in pyproject.toml: (page, what Binder is asked for)}
    "https://gitlab.com/group/sub/name.git": ("https://gitlab.com/group/sub/name", "gl/group%2Fsub%2Fname/main?"),
    "git@gitlab.com:group/name.git": ("https://gitlab.com/group/name", "gl/group%2Fname/main?"),
    "https://gitlab.com/group/name/-/tree/spring": ("https://gitlab.com/group/name", "gl/group%2Fname/spring?"),
    "ssh://git@gitee.com:22/a/b": ("https://gitee.com/a/b", "git/https%3A%2F%2Fgitee.com%2Fa%2Fb/main?"),
    "https://gitee.com/a/b": ("https://gitee.com/a/b", "git/https%3A%2F%2Fgitee.com%2Fa%2Fb/main?"),
    "git@github.com:a-b/c.d.git": ("https://github.com/a-b/c.d", "gh/a-b/c.d/main?"),
    "https://token@github.com/a-b/c.d/tree/my/branch": ("https://github.com/a-b/c.d", "gh/a-b/c.d/my%2Fbranch?"),
}


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("language", badges.READMES)
def test_badges_know_other_hosts_forms_and_branches(address, language):
    page, binder = ELSEWHERE[address]
    block, line = badges.badges(address, language, ["00_start_here"]), badges.page_line(address, language)
    assert str(read_address(address)) == page and f"mybinder.org/v2/{binder}" in block and "token" not in block
    is_github = "github" in address
    assert ("colab.research.google.com" in block) == is_github == ("github.io" in line)
    assert is_github or (read_address(address).host in block and read_address(address).host in line)


@pytest.mark.parametrize("address", ["../course", "owner/name", "https://github.com/owner", "C:\\course", "https://"])
def test_an_address_that_is_none_is_refused_in_a_sentence(address, monkeypatch, capsys, tmp_path):
    with pytest.raises(BuildError, match="git@gitlab.com"):
        badges.badges(address, "en", ["00_start_here"])
    monkeypatch.setattr(badges, "repository_address", lambda _: address)
    monkeypatch.setattr(badges, "_remote", lambda _: "")
    monkeypatch.setattr(badges, "READMES", {"en": tmp_path / "README.md"})
    shutil.copyfile(ROOT / "README.md", tmp_path / "README.md")
    assert badges.main() == 1 and "Traceback" not in (said := capsys.readouterr().err) and repr(address) in said
    assert read(tmp_path / "README.md") == read(ROOT / "README.md")


@pytest.mark.parametrize("remote, address", [
    ("git@github.com:a-b/c.d.git\n", "https://github.com/a-b/c.d"), ("https://github.com/a/b", "https://github.com/a/b"),
    ("ssh://git@github.com/a/b.git", "https://github.com/a/b"), ("https://me:x@github.com/a/b/", "https://github.com/a/b"),
    ("git@example.org:a/b.git", "https://example.org/a/b"), ("../course", ""), ("", "")])
def test_an_address_that_is_not_set_is_taken_from_the_remote(remote, address):
    assert badges.address_of(remote) == address
    project = read(ROOT / "pyproject.toml")
    bare = re.sub(r"\[project\.urls\]\n(?:.+\n)*\n", "", project)
    written = tomllib.loads(badges.with_address(bare, address))["project"]
    assert written.get("urls", {}) == ({"Repository": address} if address else {})
    assert written | {"urls": {}} == tomllib.loads(bare)["project"] | {"urls": {}}
    assert badges.with_address(badges.with_address(bare, "https://github.com/o/n"), address).count("Repository") == 1


def test_badges_refuse_what_they_cannot_use():
    with pytest.raises(ValueError, match="found 0"):
        badges.with_block("no marks here", "badges", "block")


# Words

def test_the_glossary_is_complete_in_both_languages():
    rows = [line.strip("|\n").split("|") for line in read(ROOT / "lessons" / "glossary.md").splitlines()
            if line.startswith("|")][2:]
    assert len(rows) >= 40
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
    for column in (0, 1):
        names = [row[column].strip().lower() for row in rows]
        assert len(set(names)) == len(names)


def gaps(text: str) -> set[str]:
    """Return the names of the `{gaps}` of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_each_string_says_the_same_in_both_languages():
    assert [key for key, said in STRINGS.items() if not (said["en"].strip() and said["zh"].strip())] == []
    assert [key for key, said in STRINGS.items() if any(gaps(text) != gaps(said["en"]) for text in said.values())] == []


def test_the_licences_named_are_those_of_the_package():
    text = read(ROOT / "LICENSE")
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert "MIT License" in text and "CC BY 4.0" in text and "THE SOFTWARE IS PROVIDED" in text
    assert "Tatoeba" in read(ROOT / "NOTICE") and "cc0-sentences" in read(ROOT / "NOTICE")


# For those who teach with it, cite it, or meet a fault

@pytest.mark.parametrize("name", ["teaching", "troubleshooting", "comparison"])
def test_a_page_says_the_same_in_both_languages(name):
    english, chinese = (read(ROOT / "docs" / f"{name}{ending}") for ending in (".md", ".zh-CN.md"))
    for pattern in (r"^#+ ", r"^\| ", r"^\* ", r"^```"):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(re.findall(pattern, chinese, re.MULTILINE))
    named = [set(re.findall(r"`([A-Z_]{6,}|\w+/\w+\.py)", text)) for text in (english, chinese)]
    assert named[0] == named[1]


def test_the_memory_of_a_class_is_its_kernels_three_hundred_times():
    rows = [re.findall(r"^\| (\d\d) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", read(ROOT / "docs" / name), re.MULTILINE)
            for name in ("teaching.md", "teaching.zh-CN.md")]
    assert rows[0] == rows[1] and [row[0] for row in rows[0]] == [stem[:2] for stem in badges.chapters()]
    assert all(round(int(own) * 300 / 1000) == int(all_of_them) and int(own) < int(resident)
               for _, _, resident, own, all_of_them in rows[0])


def test_files_and_settings_that_the_pages_name_exist():
    said = "\n".join(read(page) for page in (ROOT / "docs").glob("*.md"))
    assert [file for file in set(re.findall(r"(?:lessons|tests)/[\w/]+\.py", said)) if not (ROOT / file).exists()] == []
    code = "\n".join(map(read, MODULES))
    assert [name for name in set(re.findall(r"SEEING_ATTENTION_\w+", said)) if name not in code] == []


def test_the_citation_names_the_version_there_is():
    cited = yaml.safe_load(read(ROOT / "CITATION.cff"))
    assert cited["version"] == re.search(r'__version__ = "(.*)"', read(ROOT / "helpers" / "__init__.py"))[1]


def test_issue_forms_speak_both_languages():
    for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(read(file))
        words = [form["name"], *(part["attributes"]["label"] for part in form["body"])]
        assert all(" · " in word and re.search("[\u4e00-\u9fff]", word) for word in words)


# Code

def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function and method of a module, those inside functions left out."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = [node for node in ast.walk(ast.parse(read(file))) if isinstance(node, kinds)]
    inner = {node for one in found for node in ast.walk(one) if node is not one}
    return [one for one in found if one not in inner]


def body_lines(function: ast.FunctionDef) -> int:
    """Return how many lines a function's body fills, its docstring left out."""
    body = function.body[ast.get_docstring(function) is not None:]
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_module_and_no_function_outgrows_its_budget():
    long = [name_of(file) for file in CODE if len(read(file).splitlines()) > LONGEST_MODULE]
    long += [f"{name_of(file)}: {one.name}" for file in CODE for one in functions(file)
             if body_lines(one) > LONGEST_FUNCTION]
    assert long == []


def test_ruff_has_nothing_to_say():
    said = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--quiet", "."], cwd=ROOT,
                          capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert said.returncode == 0, said.stdout


def test_mypy_has_nothing_to_say():
    said = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, encoding="utf-8",
                          errors="replace", check=False)
    assert said.returncode == 0, said.stdout + said.stderr
