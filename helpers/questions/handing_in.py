"""Handing in: one file made from the keys of checks and questions, whatever has become of the notebook's cells.

What counts is that `check("01.softmax", …)` was once run and passed, not where it stood: cells that were split, copied,
moved or deleted change nothing. The seal and the completion codes find slips and copied codes; whoever reads this page
can make them, so they are no proof against a determined hand.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import __version__, journal
from ..asked import short
from ..text import CourseError, escape, language, say
from ..wanted import is_writable
from .inventory import FORMS, Comparison, compared

FORM = 1
LONGEST_NAME = 80


@dataclass(frozen=True)
class HandIn:
    """What one learner hands in.

    Attributes:
        name: the learner.
        exercises: the keys of all exercises of the course.
        done: what the journal holds: predictions, quizzes, checks, inventory.
        version: the course's.
        sealed: whether the file is as it was written.
        files: what was written, the file to hand in first; empty where it was read.
    """

    name: str
    exercises: tuple[str, ...]
    done: journal.Entries
    version: str = __version__
    sealed: bool = True
    files: tuple[Path, ...] = ()

    @property
    def passed(self) -> tuple[str, ...]:
        """The keys of the exercises that were passed."""
        return tuple(key for key in self.exercises if self.done["checks"].get(key, {}).get("passed") is True)

    @property
    def inventory(self) -> Comparison:
        """What was answered before the course and after it."""
        return compared(self.done)

    @property
    def chapters(self) -> dict[str, tuple[str, ...]]:
        """The keys of all exercises by chapter."""
        numbers = sorted({key[:2] for key in self.exercises})
        return {number: tuple(key for key in self.exercises if key[:2] == number) for number in numbers}

    @property
    def codes(self) -> dict[str, str]:
        """The completion code of every chapter whose exercises are all passed."""
        return {number: completion_code(self.name, number, keys)
                for number, keys in self.chapters.items() if set(keys) <= set(self.passed)}

    def row(self) -> dict[str, str]:
        """Return the line of a table: name, exercises passed, the rest; "1" passed, "0" tried, "" not tried.

        Of the inventory: how many were right; "" where a form was not handed in.
        """
        checks = self.done["checks"]
        made = sum(guess.get("said") is not None for guess in self.done["predictions"].values())
        right = sum(int(str(quiz.get("right", 0))) for quiz in self.done["quizzes"].values())
        scores = {form: self.inventory.score(form) for form in FORMS}
        return {"name": self.name, "passed": str(len(self.passed)), "exercises": str(len(self.exercises)),
                "predictions made": str(made), "quiz answers right": str(right),
                **{f"inventory {form}": "" if score is None else str(score) for form, score in scores.items()},
                "as written": "yes" if self.sealed else "no", "course": self.version,
                **{key: str(int(key in self.passed)) if key in checks else "" for key in self.exercises}}

    def to_json(self) -> str:
        """Return the file to hand in."""
        content = {"form": FORM, "course": self.version, "name": self.name, "exercises": list(self.exercises),
                   "codes": self.codes, **self.done}
        return json.dumps(content | {"seal": _seal(content)}, ensure_ascii=False, indent=1, sort_keys=True)

    def page(self) -> str:
        """Return a page for reading: what was passed, with the answers, and what was written in own words."""
        title = escape(say("hand_in.title", name=self.name))
        return (f'<!doctype html><html lang="{language()}"><meta charset="utf-8"><title>{title}</title>'
                "<style>body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em}"
                "pre{background:#f3f3f3;padding:.6em;overflow:auto}</style>"
                f"<h1>{title}</h1>{self._summary()}{''.join(map(self._chapter, self.chapters))}"
                f"{self._words()}{self._inventory()}</html>\n")

    def _summary(self) -> str:
        lines = [say("hand_in.chapter", number=number, passed=len(set(keys) & set(self.passed)), total=len(keys))
                 for number, keys in self.chapters.items()]
        lines += [say("hand_in.code", number=number, code=code) for number, code in self.codes.items()]
        lines += [] if self.codes else [say("hand_in.no_code")]
        lines += [self.inventory.text] if self.inventory.text else []
        lines += [] if self.sealed else [say("hand_in.not_sealed")]
        return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"

    def _chapter(self, number: str) -> str:
        """Return the exercises of a chapter that were tried, each with its answer."""
        tried = {key: self.done["checks"][key] for key in self.chapters[number] if key in self.done["checks"]}
        items = "".join(f"<h3>{escape(key)}: {escape(self._said(key))}</h3><pre>{escape(entry.get('answer', ''))}</pre>"
                        for key, entry in tried.items())
        return f"<h2>{escape(number)}</h2>{items}" if items else ""

    def _said(self, key: str) -> str:
        entry = self.done["checks"][key]
        mistake = entry.get("mistake") or say("hand_in.unnamed")
        verdict = say("hand_in.passed") if key in self.passed else say("hand_in.tried", mistake=mistake)
        return f"{verdict} ({say('hand_in.tries', tries=entry.get('tries', 1))})"

    def _words(self) -> str:
        """Return what was written in own words: the answers that no table judges."""
        words = {key: guess["said"] for key, guess in self.done["predictions"].items()
                 if guess.get("right") is None and guess.get("said")}
        items = "".join(f"<h3>{escape(key)}</h3><p>{escape(said)}</p>" for key, said in words.items())
        return f"<h2>{escape(say('hand_in.own_words'))}</h2>{items}" if items else ""

    def _inventory(self) -> str:
        table = self.inventory.table()
        return f"<h2>{escape(say('hand_in.inventory'))}</h2>{table}" if table else ""

    def __repr__(self) -> str:
        return f"{say('hand_in.title', name=self.name)}\n{self._where()}"

    def _repr_html_(self) -> str:
        return (f"<strong>{escape(say('hand_in.title', name=self.name))}</strong>{self._summary()}"
                f"<p>{escape(self._where())}</p>")

    def _where(self) -> str:
        return say("hand_in.written", files=", ".join(map(str, self.files))) if self.files else ""


def write_hand_in(name: str, exercises: Iterable[str], folder: Path) -> HandIn:
    """Write what the journal holds as a file to hand in and a page to read.

    Args:
        name: the learner.
        exercises: the keys of all exercises.
        folder: where to; made if need be.

    Raises:
        CourseError: if the name is no name, or the folder cannot be written to.
    """
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or not is_writable(name):
        raise CourseError("hand_in.no_name", got=short(name, 60))
    clean = " ".join(name.split())
    stem = "hand-in-" + (re.sub(r"[^\w-]+", "-", clean).strip("-") or "work")
    files = folder / f"{stem}.json", folder / f"{stem}.html"
    made = HandIn(clean, tuple(sorted(exercises)), journal.entries(), files=files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in zip(files, (made.to_json(), made.page()), strict=True):
            file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CourseError("hand_in.cannot_write", path=folder, reason=error.strerror) from None
    return made


def read_hand_in(path: Path) -> HandIn:
    """Read a file that was handed in.

    Raises:
        CourseError: if it is not one.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        seal = content.pop("seal")
        content_of = {"inventory": {}} | content                   # files of before the inventory have none
        done = {kind: dict(content_of[kind]) for kind in journal.KINDS}
        return HandIn(str(content["name"]), tuple(map(str, content["exercises"])), done, str(content["course"]),
                      sealed=seal == _seal(content))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError("hand_in.not_one", path=path.name, reason=short(error, 80)) from None


def completion_code(name: str, chapter: str, keys: Iterable[str]) -> str:
    """Return the code of a chapter that was done, such as "7K3F-9QXM"; it hangs on the name and the exercises.

    >>> completion_code("Li Lei", "00", ["00.rows"]) == completion_code(" li  lei ", "00", ["00.rows"])
    True
    """
    text = "\n".join([" ".join(name.lower().split()), chapter, *sorted(keys)])
    letters = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:8]
    return f"{letters[:4]}-{letters[4:]}"


def _seal(content: Mapping[str, object]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]
