"""What a check or a hint hands back: a sentence that shows itself in a notebook, in any theme, without a script."""

from dataclasses import dataclass

from ..text import escape, language

COLOURS = {"right": "0, 158, 115", "wrong": "213, 94, 0", "open": "128, 128, 128", "hint": "0, 114, 178"}


@dataclass(frozen=True, repr=False)
class Note:
    """A sentence for the learner, shown as a tinted box, or as plain text where there is no HTML.

    Attributes:
        kind: "right", "wrong", "open" (not attempted yet) or "hint"; chooses the tint.
        lead: the first words, with a sign, so that the meaning never hangs on the colour; the space
            after them, where the language has one, included.
        message: the sentence.
    """

    kind: str
    lead: str
    message: str

    def __str__(self) -> str:
        return self.lead + self.message

    __repr__ = __str__

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the same words as HTML and as text. The text colour is the page's own, light or dark."""
        tint = COLOURS[self.kind]
        box = (f'<div lang="{language()}" role="note" style="border-left: 4px solid rgb({tint}); '
               f'background-color: rgba({tint}, 0.12); padding: 0.5em 0.8em; border-radius: 4px">'
               f"<strong>{escape(self.lead)}</strong>{escape(self.message)}</div>")
        return {"text/plain": str(self), "text/html": box}


@dataclass(frozen=True, repr=False)
class Verdict(Note):
    """A note about an answer.

    Attributes:
        mistake: the name of the typical mistake that was recognised; None where there is none.
    """

    mistake: str | None = None

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.kind == "right"
