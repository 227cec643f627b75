"""What a check or a hint hands back: a sentence that shows itself in a notebook, in any theme, without a script."""

from dataclasses import dataclass, field

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
        code: lines of Python that stand below it; "" where there are none.
    """

    kind: str
    lead: str
    message: str
    code: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        return self.lead + self.message + (f"\n\n{self.code}" if self.code else "")

    __repr__ = __str__

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return the same words as HTML and as text. The text colour is the page's own, light or dark."""
        tint = COLOURS[self.kind]
        code = f'<pre style="margin: 0.5em 0 0">{escape(self.code)}</pre>' if self.code else ""
        box = (f'<div lang="{language()}" role="note" style="border-left: 4px solid rgb({tint}); '
               f'background-color: rgba({tint}, 0.12); padding: 0.5em 0.8em; border-radius: 4px">'
               f"<strong>{escape(self.lead)}</strong>{escape(self.message)}{code}</div>")
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
