"""What stands around a chapter in its page: the bar, the contents, living explorers, folded hints, the scripts."""

import re
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

from helpers.checks.exercises import EXERCISES
from helpers.text import LANGUAGES, escape, sentence
from lessons.building.compose import Course, phrase
from lessons.building.explorers import enliven
from lessons.building.prose import markdown
from lessons.building.site import LANGUAGE_TAGS, Form, model_data, scripts
from lessons.building.source import Lesson

LINKS = ("links-top", "links-bottom")
CHECK = re.compile(r"""^check\(["']([\w.]+)["']""", re.MULTILINE)
UP = "../"


@dataclass(frozen=True)
class Around:
    """The site around one chapter.

    Attributes:
        course: all lessons, for the ways to the neighbours.
        lesson: this one.
        form: for a disk or a server.
    """

    course: Course
    lesson: Lesson
    form: Form

    def prepare(self, notebook: NotebookNode, code: str) -> dict[str, object]:
        """Make a notebook ready for its page, in place, and return what the template is given besides.

        The lines of links go: the bar has them. Explorers come alive, hints are folded below each check.
        """
        notebook.cells = [cell for cell in notebook.cells if cell.id not in LINKS]
        models, kinds = enliven(notebook, code)
        _fold_hints(notebook, code)
        further = model_data(*models) if models else {}
        front = self.form.front(code)
        return {"home": UP + front.name, "title": self.lesson.title(code), "contents": _contents(notebook),
                "before": self._neighbour(-1, code), "after": self._neighbour(1, code), "twins": self._twins(code),
                "scripts": scripts("chapter.mjs", code, self.form, further, UP, kinds)}

    def _neighbour(self, step: int, code: str) -> dict[str, str] | None:
        """Return address and title of the chapter before or after."""
        place = list(self.course.lessons).index(self.lesson) + step
        if not 0 <= place < len(self.course.lessons):
            return None
        other = self.course.lessons[place]
        return {"address": f"{other.stem}.html", "title": other.title(code)}

    def _twins(self, code: str) -> list[dict[str, str]]:
        """Return the same chapter in the other languages."""
        return [{"address": f"{UP}{other}/{self.lesson.stem}.html", "tag": LANGUAGE_TAGS.get(other, other),
                 "name": phrase("name", other)} for other in LANGUAGES if other != code]


def _contents(notebook: NotebookNode) -> list[dict[str, str]]:
    """Return {id of the cell, heading} of each section."""
    found = [(cell.id, heading) for cell in notebook.cells if cell.cell_type == "markdown"
             for heading in re.findall(r"^## (.+)$", cell.source, re.MULTILINE)]
    return [{"id": cell_id, "heading": re.sub(r"</?(p|a|code)\b[^>]*>", "", markdown(heading)).strip()}
            for cell_id, heading in found]


def _fold_hints(notebook: NotebookNode, code: str) -> None:
    """Put the hints of each exercise below its check, each folded, in place."""
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        found = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if found and found[1] in EXERCISES:
            name = f"hints-{found[1].replace('.', '-')}"
            cells.append(nbformat.v4.new_markdown_cell(_hints(found[1], code), id=name))
    notebook.cells = cells


def _hints(key: str, code: str) -> str:
    """Return the hints of an exercise as HTML, from a nudge to nearly the line."""
    steps = len(EXERCISES[key].hints)
    return "\n".join(
        f'<details class="hint"><summary>{escape(sentence("site.hint_step", code).format(step=step, steps=steps))}'
        f'</summary><p>{escape(sentence(f"checks.{key}.hint_{step}", code))}</p></details>'
        for step in range(1, steps + 1))
