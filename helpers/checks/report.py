"""A claim about a head, written down in eight parts, and the check that looks at its form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from .. import journal
from ..asked import number, short
from ..text import CourseError, escape, language, say
from .exercise import Exercise, Sentence
from .note import Verdict

PARTS = ("claim", "measure", "found", "chance", "texts", "intervention", "control", "limits")
NUMBERS = ("found", "chance")
LEAST_TEXTS, LEAST_LETTERS, MOST_TEXTS_SHOWN = 20, 12, 5
_NAME = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True)
class ClaimReport:
    """A claim about a part of a model, in eight parts; it shows itself as a page.

    Attributes:
        claim: one sentence that could turn out wrong, with model, layer and head in it.
        measure: what is counted or averaged, in words.
        found: the number that the measure gave.
        chance: the number that it gives by chance, or for what the claim does not name.
        texts: the texts it was measured on, at least twenty; none that the claim was found on.
        intervention: what was changed in the running model, and what came of it.
        control: what should not change, or another head, treated likewise, and what came of that.
        limits: what the report does not show.
    """

    claim: object = ...
    measure: object = ...
    found: object = ...
    chance: object = ...
    texts: object = ...
    intervention: object = ...
    control: object = ...
    limits: object = ...

    def __repr__(self) -> str:
        return self.markdown

    @property
    def parts(self) -> dict[str, object]:
        """The parts by name; ... where one is not there yet."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def markdown(self) -> str:
        """The report as a page to read, in the chosen language; what is missing is asked for."""
        lines = [f"# {say('report.title')}", ""]
        for name, words in self._written():
            lines += [f"## {say(f'report.{name}')}", "", words, ""]
        return "\n".join(lines)

    def save(self, name: str = "claim") -> Path:
        """Write the page into the learner's own folder, beside the journal, and return where.

        Args:
            name: of the file, without ending.

        Raises:
            CourseError: for a report that is not complete, a name that is none, or a folder that cannot be written.
        """
        if missing := next(faults(self), None):
            raise CourseError("report.not_complete", part=say(f"report.{missing[1]}"))
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise CourseError("report.bad_name", got=short(name))
        kept = journal.place()
        path = (kept.parent if kept else Path.cwd()) / f"{name}.md"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.markdown, encoding="utf-8", newline="\n")
        except OSError as error:
            raise CourseError("report.not_written", path=path, reason=error.strerror) from None
        return path

    def _written(self) -> Iterator[tuple[str, str]]:
        """Yield each part's name and its words: the learner's own, or what is asked for."""
        for name, value in self.parts.items():
            if value is ...:
                yield name, f"*{say(f'report.ask_{name}')}*"
            elif isinstance(value, list | tuple):
                yield name, "\n".join([say("report.n_texts", n=len(value)), "",
                                       *(f"- {text}" for text in value[:MOST_TEXTS_SHOWN])])
            else:
                yield name, f"{value:.3g}" if number(value) is not None else str(value)

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left;vertical-align:top">{escape(say(f"report.{name}"))}</th>'
            f'<td style="text-align:left">{_html(words)}</td></tr>' for name, words in self._written())
        return f'<table lang="{language()}"><caption>{escape(say("report.title"))}</caption>{rows}</table>'


def _html(words: str) -> str:
    """Return a part's words as HTML: what is asked for in italics, a list as lines."""
    asked = words.startswith("*") and words.endswith("*")
    lines = "<br>".join(escape(line) for line in words.strip("*" if asked else "").splitlines() if line)
    return f"<em>{lines}</em>" if asked else lines


def faults(report: ClaimReport) -> Iterator[tuple[str, str]]:
    """Yield what the form of a report lacks, part by part: (the name of the mistake, the part)."""
    said: dict[str, str] = {}
    for name, value in report.parts.items():
        if name in NUMBERS:
            if number(value) is None:
                yield "no_number", name
        elif name == "texts":
            yield from ((mistake, name) for mistake in _faults_of_texts(value))
        elif not _letters(value):
            yield "missing", name
        elif _letters(value) in {_letters(say(f"report.ask_{one}")) for one in PARTS}:
            yield "template", name
        elif len(_letters(value)) < LEAST_LETTERS / (2 if _chinese(value) else 1):
            yield "too_short", name
        elif _letters(value) in said:
            yield "twice", name
        else:
            said[_letters(value)] = name
    if number(report.found) is not None and report.found == report.chance:
        yield "same_as_chance", "chance"


def _faults_of_texts(value: object) -> Iterator[str]:
    """Yield what is wrong with the texts."""
    texts = value if isinstance(value, list | tuple) else ()
    if not texts or not all(_letters(text) for text in texts):
        yield "no_texts"
    elif len({_letters(text) for text in texts}) < LEAST_TEXTS:
        yield "too_few"


def _letters(value: object) -> str:
    """Return the letters, figures and characters of a text in small; "" for what is no text."""
    return re.sub(r"[\W_]+", "", value).lower() if isinstance(value, str) else ""


def _chinese(value: object) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in str(value))


@dataclass(frozen=True, kw_only=True)
class ReportExercise(Exercise):
    """Write a `ClaimReport`; its form is judged, never what it claims.

    `right()` returns a report in good form, each `wrong(report)` makes a good one faulty in that way.

    Attributes:
        form: of an answer that is no report.
    """

    right: Callable[[], ClaimReport]
    form: Sentence

    @property
    def sentences(self) -> dict[str, Sentence]:
        """All that this exercise says of its own."""
        return super().sentences | {"form": self.form}

    def judge(self, answer: object, record: object = None) -> Verdict:
        """Return the verdict on a report: the first part whose form is wrong."""
        if answer is None or answer is ... or (isinstance(answer, ClaimReport)
                                               and all(value is ... for value in answer.parts.values())):
            return self.verdict("open", "unanswered")
        if not isinstance(answer, ClaimReport):
            return self.verdict("wrong", "form", got=type(answer).__name__)
        for name, part in faults(answer):
            return self.verdict("wrong", name, name, part=say(f"report.{part}"), asked=say(f"report.ask_{part}"),
                                least=LEAST_TEXTS)
        return self.verdict("right", "passed")
