"""Make the notebook of one lesson in one language and edition: set-up cell, links, parameters, cell ids."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.text import LANGUAGES, sentence
from lessons.building.address import MAIN, read_address
from lessons.building.editions import student_cells
from lessons.building.numbers import numbered
from lessons.building.settings import fitted, is_own, with_values
from lessons.building.source import BuildError, Cell, Lesson

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
PYTHON = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}
FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}    # JupyterLab's word for it, and Colab's
CHINESE_LINE_BREAK = re.compile(r"^(?![#|])(.*[\u3000-\u9fff\uff00-\uffef”*])\n *(?=[\u3400-\u9fff“])", re.MULTILINE)
ASKS = re.compile(r"^(predict|explain)\((?!.*hide=False)", re.MULTILINE)
NOTEBOOK_TAGS = {"volatile": "nbval-ignore-output"}


@dataclass(frozen=True)
class Course:
    """The lessons in their order, and what all notebooks share.

    Attributes:
        lessons: every lesson of the course, also those not built now: the links need their titles.
        address: where the course can be cloned from, "" where it is not published.
        parameters: for a lesson's stem, the class's values for names in its cell tagged `parameters`.
    """

    lessons: Sequence[Lesson]
    address: str = ""
    parameters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def repository_address(pyproject: Path) -> str:
    """Return `Repository` of `[project.urls]`, the one place that knows it; "" where none is set."""
    urls = tomllib.loads(pyproject.read_text(encoding="utf-8")).get("project", {}).get("urls", {})
    return urls.get("Repository", "")


def compose(course: Course, lesson: Lesson, language: str, edition: str) -> NotebookNode:
    """Return the notebook, not yet executed.

    Args:
        course: the course the lesson belongs to.
        lesson: one of its lessons.
        language: one of `LANGUAGES`; prose that a further one lacks is English.
        edition: "student" (solutions cut) or "instructor".
    """
    values = course.parameters.get(lesson.stem, {})
    cells = numbered(fitted(lesson.said_in(language), is_own(lesson, values)), lesson.path.name)
    cells = student_cells(cells, language) if edition == "student" else cells
    cells = [with_values(cell, values) for cell in cells]
    links = _links(course.lessons, lesson, language)
    first_code = next(index for index, cell in enumerate(cells) if cell.kind == "code")
    nodes = [_node(cell) for cell in cells]
    _fold_answers(nodes, lesson)
    set_up = _set_up(course.address, language)
    folded = {"tags": ["set-up"], **FOLDED}
    nodes.insert(first_code, nbformat.v4.new_code_cell(set_up, id="set-up", metadata=folded))
    nodes.insert(1, nbformat.v4.new_markdown_cell(links, id="links-top"))
    nodes.append(nbformat.v4.new_markdown_cell(links, id="links-bottom"))
    return nbformat.v4.new_notebook(cells=nodes, metadata={"kernelspec": dict(KERNEL)})


def _fold_answers(nodes: Sequence[NotebookNode], lesson: Lesson) -> None:
    """Fold the saved result of each cell that follows a question, so that it does not give the answer away.

    Raises:
        BuildError: where no code follows a prediction.
    """
    for asked, answer in zip(nodes, nodes[1:], strict=False):
        question = ASKS.search(asked.source) if asked.cell_type == "code" else None
        if question and answer.cell_type == "code":
            answer.metadata["jupyter"] = {"outputs_hidden": True, **answer.metadata.get("jupyter", {})}
        elif question and question[1] == "predict":
            raise BuildError(f"{lesson.path.name}, cell {asked.id}: a prediction stands right before the code cell "
                             "that answers it")


def phrase(name: str, language: str, **fields: object) -> str:
    """Return a sentence of the table `notebook` in `language`, whatever language is in force."""
    return sentence(f"notebook.{name}", language).format(**fields)


def _node(cell: Cell) -> NotebookNode:
    """Turn a cell of the lesson into a notebook cell."""
    if cell.kind == "markdown":
        return nbformat.v4.new_markdown_cell(_joined(cell.source), id=cell.id)
    tags = [*cell.tags, *(NOTEBOOK_TAGS[tag] for tag in cell.tags if tag in NOTEBOOK_TAGS)]
    metadata: dict[str, object] = {"tags": tags} if tags else {}
    if "hide" in tags:
        metadata |= FOLDED
    return nbformat.v4.new_code_cell(cell.source, id=cell.id, metadata=metadata)


def _joined(text: str) -> str:
    """Return prose without line breaks between Chinese characters: a browser would show each one as a space."""
    while (joined := CHINESE_LINE_BREAK.sub(r"\1", text)) != text:
        text = joined
    return text


def _links(lessons: Sequence[Lesson], lesson: Lesson, language: str) -> str:
    """Return the line of links: the twin in the other language, the chapters before and after, the glossary."""
    stems = [other.stem for other in lessons]
    place = stems.index(lesson.stem)
    parts = [f"**{phrase('name', code)}**" if code == language
             else f"[{phrase('name', code)}](../{code}/{lesson.stem}.ipynb)" for code in LANGUAGES]
    if place > 0:
        before = lessons[place - 1]
        parts.append(f"← [{before.title(language)}]({before.stem}.ipynb)")
    if place + 1 < len(lessons):
        after = lessons[place + 1]
        parts.append(f"[{after.title(language)}]({after.stem}.ipynb) →")
    parts.append(f"[{phrase('glossary', language)}](../../lessons/glossary.md)")
    return " | ".join(parts)


def _set_up(address: str, language: str) -> str:
    """Return the set-up cell: until it has found `helpers`, only what stands here can run."""
    place = read_address(address) if address else None
    missing = phrase("not_found", language, address=place) if place else phrase("not_found_no_address", language)
    branch = [] if place is None or place.branch == MAIN else ["--branch", place.branch]
    copy = ["git", "clone", "-q", "--depth=1", *branch, str(place), "seeing-attention"]
    failed = phrase("not_copied", language, address=place)
    clone = ['if "google.colab" in sys.modules and not pathlib.Path("seeing-attention").exists():',
             f'    if subprocess.run({copy!r}).returncode: raise CourseNotFound({failed!r})']
    return "\n".join([
        f"# {phrase('set_up', language)}",
        f"import importlib.util, pathlib, {'subprocess, ' if place else ''}sys",
        "class CourseNotFound(Exception): _render_traceback_ = lambda self: [str(self)]",
        *(clone if place else []),
        'folders = [here := pathlib.Path.cwd(), *here.parents, here / "seeing-attention"]',
        'course = next((folder for folder in folders if (folder / "helpers" / "start.py").is_file()), None)',
        "if course and str(course) not in sys.path:     # other helpers, imported before, step aside",
        "    sys.path.insert(0, str(course))",
        '    for name in [n for n in sys.modules if f"{n}.".startswith("helpers.")]: del sys.modules[name]',
        f'elif not (course or importlib.util.find_spec("seeing_attention")): raise CourseNotFound({missing!r})',
        f'importlib.import_module("helpers.start" if course else "seeing_attention.start").start("{language}")',
    ])
