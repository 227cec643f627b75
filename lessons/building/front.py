"""Write the pages that are no chapters: the front page with BERT under the learner's hands, and the translator's."""

import re
from pathlib import Path

from markupsafe import Markup

from helpers.page.controls import packed_record, packed_translation
from helpers.text import sentence
from helpers.views import view_heads, view_translation
from lessons.building.address import read_address
from lessons.building.compose import Course
from lessons.building.explorers import course_bert, course_translator, spoken
from lessons.building.prose import markdown
from lessons.building.scripts import ROOT
from lessons.building.site import FRONT, TRANSLATE, Form, model_data, n_parameters, render, scripts, words
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


def front_pages(course: Course, form: Form, code: str) -> dict[Path, str]:
    """Return the pages in a language that are no chapters, by where they go: the front page and the translating one.

    Args:
        course: the lessons.
        form: for a disk or a server; its chapters are written already, and are found from their files.
        code: one of `FRONT`.
    """
    return {form.front(code): _front(course, form, code), form.folder / TRANSLATE[code]: _translate(form, code)}


def _front(course: Course, form: Form, code: str) -> str:
    """Return the front page."""
    with spoken(code):
        record = course_bert().run(*SENTENCES)
        picture = view_heads(record, layer=LAYER, heads=HEAD).svg
    data = {"record": packed_record(record), "opening": OPENING, **model_data("bert")}
    said = words(code)
    return render("front.html", code, FRONT, lead=said["lead"].format(parameters=f"{n_parameters('bert'):,}"),
                  tries=list(zip(TRIES.get(code, TRIES["en"]), map(Markup, _tries(said)), strict=True)),
                  chapters=[_chapter(lesson, form, code) for lesson in course.lessons],
                  address=str(read_address(course.address)) if course.address else "",
                  commands=_commands(code), picture=Markup(picture),
                  scripts=Markup(scripts("front.mjs", code, form, data)))


def _translate(form: Form, code: str) -> str:
    """Return the page in which the translator runs."""
    text = sentence("controls.example_translation", code)
    with spoken(code):
        record = course_translator().translate(text)
        picture = view_translation(record, step=0).svg
    data = {"record": packed_translation(record), "opening": text, **model_data("translator")}
    lead = words(code)["translate_lead"].format(parameters=f"{n_parameters('translator'):,}")
    return render("translate.html", code, TRANSLATE, lead=lead, picture=Markup(picture),
                  scripts=Markup(scripts("translate.mjs", code, form, data)))


def _tries(said: dict[str, str]) -> list[str]:
    return [said["try_first"], said["try_second"], said["try_third"]]


def _chapter(lesson: Lesson, form: Form, code: str) -> dict[str, object]:
    """Return what the list of chapters says of a lesson: title, promise, and the files that are there."""
    opening = lesson.said_in(code)[0]
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
