"""The inventory: the same ideas asked before the course and after it, and what has become of them.

Nothing is judged until a form is handed in; "before" then says how many were right and no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ipywidgets as widgets

from .. import journal
from ..controls.saved import SavedBox
from ..text import escape, language, say
from .ideas import IDEAS
from .question import Choice, Idea, in_words
from .widgets import box, lists, option_field, reply_box

FORMS = ("before", "after")


@dataclass(frozen=True)
class Answers:
    """What was answered in one form.

    Attributes:
        chosen: the name of an option for each idea that was not left out.
        done: whether the form was handed in.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    done: bool = False


@dataclass(frozen=True)
class Comparison:
    """What was answered before and after, idea by idea; in a notebook it shows itself as a table.

    Attributes:
        before: the answers before the course.
        after: the answers after it.
        ideas: what is asked.
    """

    before: Answers = field(default_factory=Answers)
    after: Answers = field(default_factory=Answers)
    ideas: Mapping[str, Idea] = field(default_factory=lambda: IDEAS)

    def right(self, form: str) -> tuple[str, ...]:
        """Return the keys of the ideas that were answered rightly in a form, "before" or "after"."""
        chosen = self._answers(form).chosen
        return tuple(key for key, idea in self.ideas.items() if chosen.get(key) == idea.form(form).right)

    def score(self, form: str) -> int | None:
        """Return how many ideas were answered rightly in a form; None where it was not handed in."""
        return len(self.right(form)) if self._answers(form).done else None

    @property
    def text(self) -> str:
        """One sentence with both scores; "" where no form was handed in."""
        scores = {form: score for form in FORMS if (score := self.score(form)) is not None}
        if len(scores) == len(FORMS):
            return say("questions.inventory", total=len(self.ideas), **scores)
        return "".join(say("questions.inventory_once", right=score, total=len(self.ideas),
                           when=say(f"questions.when_{form}")) for form, score in scores.items())

    def table(self) -> str:
        """Return both forms by idea as HTML; "" until the form after the course was handed in."""
        if not self.after.done:
            return ""
        head = "".join(f"<th>{escape(say(f'questions.{name}'))}</th>" for name in ("idea", *FORMS))
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in self._row(key))}</tr>"
                       for key in self.ideas)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"

    def _row(self, key: str) -> tuple[str, ...]:
        name = f"{key[:2]} {in_words(self.ideas[key].name)}"
        return (name, *(self._mark(form, key) for form in FORMS))

    def _mark(self, form: str, key: str) -> str:
        """Return what is said of one answer: right, or the words of the wrong option."""
        question, answers = self.ideas[key].form(form), self._answers(form)
        chosen = answers.chosen.get(key)
        if not answers.done:
            return ""
        if chosen not in question.options:
            return say("questions.mark_open")
        if chosen == question.right:
            return say("questions.mark_right")
        return say("questions.mark_wrong", words=in_words(question.options[chosen].words))

    def _answers(self, form: str) -> Answers:
        return self.before if form == "before" else self.after

    def __repr__(self) -> str:
        lines = ["  ".join(self._row(key)) for key in self.ideas] if self.after.done else []
        return "\n".join([*lines, self.text])

    def _repr_html_(self) -> str:
        return f"{self.table()}<p>{escape(self.text)}</p>"


def compared(done: journal.Entries) -> Comparison:
    """Read both forms from what a journal holds; what is no answer counts as left out."""
    before, after = (_read(done.get("inventory", {}).get(form)) for form in FORMS)
    return Comparison(before, after)


def _read(entry: object) -> Answers:
    kept = entry if isinstance(entry, dict) else {}
    chosen = kept.get("chosen")
    plain = {str(key): str(name) for key, name in chosen.items()} if isinstance(chosen, dict) else {}
    return Answers(plain, kept.get("done") is True)


class Inventory(SavedBox):
    """One form: all questions one below the other, and a button to hand it in.

    Attributes:
        form: "before" or "after".
        ideas: what is asked.
        fields: where each idea is answered.
        said: what is said to each answer once the form "after" was handed in.
        button: hands the form in.
        result: how many were answered, then how many were right.
    """

    def __init__(self, form: str, *, again: bool = False, ideas: Mapping[str, Idea] = IDEAS):
        self.form, self.ideas = form, ideas
        kept = Answers() if again else self._kept()
        self.fields = {key: option_field(idea.form(form)) for key, idea in ideas.items()}
        self.said = {key: widgets.HTML() for key in ideas}
        self.button = widgets.Button(description=say("questions.finish"), layout={"width": "auto"})
        self.result = widgets.HTML()
        for key, one in self.fields.items():
            if kept.chosen.get(key) in self._asked(key).options:
                one.value = kept.chosen[key]
            one.observe(lambda _: self._note(), "value")
        self.button.on_click(lambda _: self.hand_in())
        intro = _prose(f"<strong>{escape(self._title())}</strong><br>{escape(say(f'questions.about_{form}'))}")
        items = [widget for number, key in enumerate(ideas, 1) for widget in self._item(number, key)]
        super().__init__([intro, *items, self.button, self.result], layout={"overflow": "visible"})
        self._show_count()
        if kept.done:
            self._close()

    def answer(self, key: str, option: str) -> None:
        """Answer from code as the learner would with the widget."""
        self.fields[key].value = option

    def hand_in(self) -> None:
        """Take the answers as they are, left-out ones too, and say how many are right."""
        self._note(done=True)
        self._close()

    def _asked(self, key: str) -> Choice:
        return self.ideas[key].form(self.form)

    def _item(self, number: int, key: str) -> list[widgets.DOMWidget]:
        """Return one question, its answers, and the place for what is said to them."""
        place = say("questions.quiz_number", number=number, total=len(self.ideas))
        ask = (f'<span style="opacity:.75">{escape(place)}</span><br>'
               f"<strong>{escape(self._asked(key).asked)}</strong>")
        return [_prose(ask), self.fields[key], self.said[key]]

    def _title(self) -> str:
        return say(f"questions.inventory_{self.form}", total=len(self.ideas))

    def _kept(self) -> Answers:
        return _read(journal.entries()["inventory"].get(self.form))

    def _chosen(self) -> dict[str, str]:
        return {key: one.value for key, one in self.fields.items() if one.value is not None}

    def _note(self, *, done: bool = False) -> None:
        """Write the answers down; the number of right ones only when the form is handed in."""
        right = sum(name == self._asked(key).right for key, name in self._chosen().items())
        journal.note("inventory", self.form, chosen=self._chosen(), done=done, total=len(self.ideas),
                     **({"right": right} if done else {}))
        self._show_count()

    def _show_count(self) -> None:
        self.result.value = escape(say("questions.answered_so_far", answered=len(self._chosen()),
                                       total=len(self.ideas)))

    def _close(self) -> None:
        """Take no other answer; say the score, and after the course what each answer shows."""
        for one in (*self.fields.values(), self.button):
            one.disabled = True
        done = compared(journal.entries())
        if self.form == "before":
            self.result.value = box(None, say("questions.before_done", right=done.score("before"),
                                              total=len(self.ideas)))
            return
        for key, said in self.said.items():
            said.value = self._judged(key)
        self.result.value = box(None, done.text) + done.table()

    def _judged(self, key: str) -> str:
        """Return what is said to an answer: why it is wrong and which is right, or that it is right."""
        question, chosen = self._asked(key), self.fields[key].value
        right = question.options[question.right]
        solved = say("questions.right_is", words=in_words(right.words), why=in_words(right.why))
        if chosen is None:
            return box(None, solved, lead=say("questions.left_out"))
        reply = question.reply(chosen)
        return reply_box(question, reply) + ("" if reply.right else box(None, solved))

    def _still(self) -> dict[str, str]:
        """Return the form as a list to open; an answer opens to what it shows in the form "after" alone."""
        questions = [idea.form(self.form) for idea in self.ideas.values()]
        still = lists(questions)
        if self.form == "before":
            still["text/html"] = "".join(map(_unanswered, questions))
        title = escape(self._title())
        still["text/html"] = (f'<details lang="{language()}"><summary>{title}</summary>'
                              f"{still['text/html']}</details>")
        return still


def _prose(html: str) -> widgets.HTML:
    return widgets.HTML(f'<div lang="{language()}" style="line-height:1.5;max-width:760px">{html}</div>')


def _unanswered(question: Choice) -> str:
    """Return a question and its options as HTML, without the answer."""
    options = "".join(f"<li>{escape(in_words(option.words))}</li>" for option in question.options.values())
    return f"<p><strong>{escape(question.asked)}</strong></p><ul>{options}</ul>"
