"""Write the front page: a sentence under the learner's hands, then the chapters and how to install the course."""

import json
import re
from math import prod

from markupsafe import Markup

from helpers.page.controls import packed_record
from helpers.text import LANGUAGES, language
from helpers.views import view_heads
from lessons.building.compose import Course, phrase
from lessons.building.explorers import course_bert
from lessons.building.prose import markdown
from lessons.building.scripts import ROOT
from lessons.building.site import FRONT, LANGUAGE_TAGS, MODEL, TEMPLATES, Form, model_data, scripts, styles, words
from lessons.building.source import Lesson

SENTENCES = "I drink tea every morning.", "我每天早上喝茶。"
LAYER, HEAD = 2, 4
"""A head that links words to their translations, 茶 to tea."""

OPENING = {"a": SENTENCES[0], "b": SENTENCES[1], "layer": LAYER, "head": HEAD, "filter": "all"}
TEA, CHA, LINKING = 3, 14, "2.4,3.0"
TRIES = {
    "en": (f"hide={TEA}", f"hide={TEA},{CHA}", f"hide={TEA}&off={LINKING}"),
    "zh": (f"hide={CHA}", f"hide={TEA},{CHA}", f"hide={CHA}&off={LINKING}"),
}
READMES = {"zh": "README.zh-CN.md"}


def front_page(course: Course, form: Form, code: str) -> str:
    """Return the front page in a language, the chapters found from the pages and notebooks that stand there.

    Args:
        course: the lessons.
        form: for a disk or a server; its chapters are written already.
        code: "en" or "zh".
    """
    record, picture = _opening(code)
    run = Markup(scripts("front.mjs", code, form, {"record": record, "opening": OPENING, **model_data()}))
    said = words(code)
    return TEMPLATES.get_template("front.html").render(
        said=said, language=LANGUAGE_TAGS.get(code, code), lead=said["lead"].format(parameters=f"{n_parameters():,}"),
        others=[(FRONT[other], LANGUAGE_TAGS.get(other, other), phrase("name", other))
                for other in LANGUAGES if other in FRONT and other != code],
        tries=list(zip(TRIES.get(code, TRIES["en"]), map(Markup, _tries(said)), strict=True)),
        chapters=[_chapter(lesson, form, code) for lesson in course.lessons], address=course.address,
        commands=_commands(code), picture=Markup(picture), scripts=run,
        styles=Markup(styles("site.css", "explorer.css", "front.css")))


def n_parameters() -> int:
    """Return how many numbers the model has learnt, as its file says."""
    with MODEL.open("rb") as file:
        entries = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return sum(prod(entry["shape"]) for name, entry in entries.items() if name != "__metadata__")


def _opening(code: str) -> tuple[dict[str, object], str]:
    """Return the run that the page opens with, and its first picture in a language."""
    before = language()
    try:
        language(code)
        record = course_bert().run(*SENTENCES)
        return packed_record(record), view_heads(record, layer=LAYER, heads=HEAD).svg
    finally:
        language(before)


def _tries(said: dict[str, str]) -> list[str]:
    return [said["try_first"], said["try_second"], said["try_third"]]


def _chapter(lesson: Lesson, form: Form, code: str) -> dict[str, object]:
    """Return what the list of chapters says of a lesson: title, promise, and the files that are there."""
    opening = next(cell for cell in lesson.cells if cell.language == code)
    promise = opening.source.split("\n\n")[1] if "\n\n" in opening.source else ""
    page = form.page(lesson.stem, code)
    files = {suffix: f"{code}/{lesson.stem}.{suffix}" for suffix in ("html", "ipynb")
             if page.with_suffix(f".{suffix}").exists()}
    return {"number": lesson.stem[:2], "title": lesson.title(code), "promise": Markup(markdown(promise)), **files}


def _commands(code: str) -> dict[str, str]:
    """Return the first command of the README for each kind of machine."""
    readme = (ROOT / READMES.get(code, "README.md")).read_text(encoding="utf-8")
    found = {shell: re.search(rf"```{shell}\n(.*?)\n```", readme, re.DOTALL) for shell in ("bash", "powershell")}
    return {shell: match[1] for shell, match in found.items() if match}
