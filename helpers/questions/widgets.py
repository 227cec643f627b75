"""Questions as widgets: a guess is taken, kept, and only then does the answer unfold.

Where no kernel runs the same questions stand as lists to open: an HTML `<details>` for each answer, without a script.
"""

from collections.abc import Callable, Sequence

import ipywidgets as widgets

from .. import journal
from ..asked import number
from ..controls.saved import SavedBox
from ..text import escape, language, say
from .question import Choice, Essay, Number, Question, Reply, in_words

TINTS = {True: "0, 158, 115", False: "213, 94, 0", None: "0, 114, 178"}
# While the mark is there the next cell's result is hidden and the prose after it blurred (JupyterLab and Notebook;
# elsewhere both are shown).
CURTAIN = ("<style>.jp-Cell:has(.sav-curtain-{name}) + .jp-Cell .jp-Cell-outputWrapper{{display:none}}"
           ".jp-Cell:has(.sav-curtain-{name}) + .jp-Cell + .jp-MarkdownCell .jp-RenderedMarkdown"
           "{{filter:blur(6px);user-select:none}}</style>"
           '<span class="sav-curtain-{name}" style="opacity:.75">{text}</span>')


class Asked(SavedBox):
    """One question, the learner's answer, and what there is to say to it.

    Attributes:
        field: where the learner answers.
        button: hands the answer in.
        reply: what was said to it; None until then.
    """

    def __init__(self, question: Question, button: str, noted: Callable[[Reply | None], None],
                 right: object = None):
        self.reply: Reply | None = None
        self.question, self._noted, self._right = question, noted, right
        self.field = option_field(question)
        self.button = widgets.Button(description=say(f"questions.{button}"),
                                     layout={"width": "auto", "align_self": "flex-start"})
        self.said = widgets.HTML()
        self.button.on_click(lambda _: self.hand_in())
        ask = [widgets.HTML(f"<strong>{escape(question.asked)}</strong>")] if question.asked else []
        super().__init__([*ask, self.field, self._buttons(), self.said])

    def _buttons(self) -> widgets.DOMWidget:
        """Return the line of buttons."""
        return self.button

    def answer(self, value: object) -> Reply | None:
        """Answer from code as the learner would with the widget; return what is said to it."""
        self.field.value = value
        self.hand_in()
        return self.reply

    def _still(self) -> dict[str, str]:
        return lists([self.question])

    def hand_in(self) -> None:
        """Take the answer, or say what is still missing."""
        missing = _missing(self.question, self.field.value)
        if missing:
            self.said.value = box(None, missing)
            return
        self._close(self.question.reply(_given(self.question, self.field.value), self._right))

    def _close(self, reply: Reply | None) -> None:
        """Show the reply and take no other answer."""
        self.reply = reply
        self.field.disabled = self.button.disabled = True
        self.said.value = reply_box(self.question, reply)
        self._noted(reply)


class Prediction(Asked):
    """A question asked before its answer is shown; where that is the next cell's result, it stays hidden until then.

    Attributes:
        curtain: hides the result of the next cell while it holds its mark.
        skip: shows the answer without a guess.
    """

    def __init__(self, key: str, question: Question, right: object = None, *, hides: bool = True):
        self.skip = widgets.Button(description=say("questions.look_first"), layout={"width": "auto"})
        self.skip.on_click(lambda _: self._close(None))
        name = "".join(letter if letter.isalnum() else "-" for letter in key)
        mark = CURTAIN.format(name=name, text=escape(say("questions.waiting")))
        self.curtain = widgets.HTML(mark if hides else "")
        button = "hand_in" if isinstance(question, Essay) else "choose"
        super().__init__(question, button, lambda reply: _note_prediction(key, reply), right)

    def _buttons(self) -> widgets.DOMWidget:
        return widgets.HBox([self.button, self.skip, self.curtain], layout={"flex_flow": "row wrap"})

    def _close(self, reply: Reply | None) -> None:
        super()._close(reply)
        self.skip.disabled, self.curtain.value = True, ""


class Quiz(SavedBox):
    """Questions one below the other, each answered by itself; the score counts first answers.

    Attributes:
        items: the questions as widgets.
    """

    def __init__(self, key: str, questions: Sequence[Choice]):
        self.key, self.questions = key, tuple(questions)
        self.items = [Asked(question, "answer", lambda _: self._count()) for question in questions]
        self.score = widgets.HTML()
        title = widgets.HTML(f"<strong>{escape(say(f'questions.quiz_{self._place}'))}</strong>")
        super().__init__([title, *self.items, self.score], layout={"overflow": "visible"})

    @property
    def _place(self) -> str:
        return "start" if self.key.endswith(".start") else "end"

    def _count(self) -> None:
        """Note how many of the questions answered so far were right."""
        replies = [item.reply for item in self.items]
        answered, right = sum(map(bool, replies)), sum(bool(reply and reply.right) for reply in replies)
        journal.note("quizzes", self.key, answered=answered, right=right, total=len(replies))
        if answered == len(replies):
            self.score.value = box(None, say("questions.quiz_score", right=right, total=len(replies)))

    def _still(self) -> dict[str, str]:
        return lists(self.questions)


def _note_prediction(key: str, reply: Reply | None) -> None:
    journal.note("predictions", key, said=reply.said if reply else None, right=reply.right if reply else None)


def option_field(question: Question) -> widgets.DOMWidget:
    """Return where a question of this kind is answered."""
    wide = {"width": "auto", "max_width": "760px"}
    if isinstance(question, Choice):
        options = [(in_words(option.words), name) for name, option in question.options.items()]
        return widgets.RadioButtons(options=options, value=None, layout={"width": "max-content", "max_width": "100%"})
    if isinstance(question, Number):
        return widgets.Text(placeholder=say("questions.number"), layout={"width": "160px"})
    return widgets.Textarea(placeholder=say("questions.explain"), rows=3, layout=wide)


def _given(question: Question, value: object) -> object:
    """Return what a field holds as the question takes it: a number where one is asked for."""
    return float(str(value).replace(",", ".").replace("−", "-")) if isinstance(question, Number) else value


def _missing(question: Question, value: object) -> str:
    """Return what is still missing from an answer, "" where nothing is."""
    if isinstance(question, Choice):
        return "" if value else say("questions.nothing_chosen")
    if isinstance(question, Number):
        return "" if _is_number(value) else say("questions.not_a_number", got=repr(value))
    written, least = len("".join(str(value).split())), getattr(question, "least", 1)
    return "" if written >= least else say("questions.too_short", got=written, least=least)


def _is_number(value: object) -> bool:
    try:
        return number(float(str(value).replace(",", ".").replace("−", "-"))) is not None
    except ValueError:
        return False


def reply_box(question: Question, reply: Reply | None) -> str:
    """Return what is said to an answer as a tinted box."""
    if reply is None:
        return box(None, say("questions.skipped"))
    if reply.right is None:
        points = in_words(question.points).splitlines() if isinstance(question, Essay) and question.points else []
        listed = "".join(f"<li>{escape(point)}</li>" for point in points)
        listed = f"<p>{escape(say('questions.points'))}</p><ul>{listed}</ul>" if listed else ""
        return box(None, reply.why, lead=say("questions.model_answer"), after=listed)
    lead = say("questions.you_said", said=reply.said) + say("questions.hit" if reply.right else "questions.miss")
    return box(reply.right, reply.why, lead=lead)


def box(right: bool | None, text: str, *, lead: str = "", after: str = "") -> str:
    """Return a sentence as a tinted box: right, wrong, or neither."""
    tint = TINTS[right]
    return (f'<div lang="{language()}" role="status" style="border-left:4px solid rgb({tint});background-color:'
            f'rgba({tint},.12);padding:.4em .8em;border-radius:4px;line-height:1.5;max-width:760px">'
            f"<strong>{escape(lead)}</strong>{escape(text)}{after}</div>")


def lists(questions: Sequence[Question]) -> dict[str, str]:
    """Return the questions for where no kernel runs, as text and as lists to open."""
    text = "\n".join(line for question in questions for line in _lines(question))
    bare = "explain" if any(isinstance(question, Essay) for question in questions) else "predict"
    return {"text/plain": text or say(f"questions.{bare}"), "text/html": "".join(map(_list, questions))}


def _lines(question: Question) -> list[str]:
    """Return a question as lines of text, without its answer."""
    options = question.options.values() if isinstance(question, Choice) else ()
    asked = [question.asked] if question.asked else []
    return asked + [f"- {in_words(option.words)}" for option in options]


def _list(question: Question) -> str:
    """Return a question as HTML that needs no script: one list item to open for each answer."""
    asked = f"<p><strong>{escape(question.asked)}</strong></p>" if question.asked else ""
    if isinstance(question, Choice):
        items = [(in_words(option.words), ("✓ " if name == question.right else "✗ ") + in_words(option.why))
                 for name, option in question.options.items()]
    else:
        label = "explain" if isinstance(question, Essay) else "predict"
        why = in_words(question.why)                       # type: ignore[attr-defined]
        items = [(say(f"questions.{label}"), f"{question.right:g}. {why}" if isinstance(question, Number) else why)]
    opened = "".join(f"<details><summary>{escape(shown)}</summary><p>{escape(why)}</p></details>"
                     for shown, why in items)
    return f'<div lang="{language()}">{asked}{opened}</div>'
