"""The logit lens as a table: a column a token, a row a layer, in each cell what that layer would write next."""

from dataclasses import dataclass

from torch import Tensor

from ..asked import short, whole
from ..models.lens import logit_lens
from ..models.records import DecoderRecord
from ..text import CourseError, say
from .kit import DIGITS, LINE, Drawn, lines, room, scoped, token_name, view_of
from .svg import cells, label, number, visible, wrap
from .theme import FINE, POSITIVE
from .view import View

MARGIN, TOP, ROW, SIDE, LEAST, MOST = 24, 62, 40, 92, 62, 112
MOST_TOKENS, LONGEST, NARROWEST = 24, 12, 360
RULES = scoped("lens", f"""
rect{{fill:{POSITIVE};stroke:currentColor;stroke-opacity:.3}}
.tiny{{font-size:{FINE}px;font-variant-numeric:tabular-nums}}
.read{{font-weight:600}}
""")


def view_lens(record: DecoderRecord, tokens: int = 8) -> View:
    """Draw what each layer would write next, behind each of the last tokens of a text.

    Args:
        record: a run of a decoder that can write.
        tokens: how many of the last tokens are shown, 1 to 24; fewer where the text is shorter.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (tokens read; by layer, from the embeddings on, likeliest tokens and
        probabilities), `.save(path)`.

    Raises:
        CourseError: for another record, or a number out of range.
    """
    shown = select(record, tokens)
    return view_of("lens", shown, draw(shown), RULES)


@dataclass(frozen=True, eq=False)
class Shown:
    """The tokens read, and for each layer the likeliest token and its probability.

    Attributes:
        tokens: those that are read.
        names: (layer + 1, token), the likeliest tokens; the first row is the embeddings.
        probabilities: (layer + 1, token).
    """

    tokens: tuple[str, ...]
    names: list[list[str]]
    probabilities: Tensor

    def title(self) -> str:
        """Return the heading."""
        return say("lens.title")

    def sentence(self) -> str:
        """Return what the last column says, from bottom to top."""
        said = [say("lens.said", token=visible(names[-1]), probability=f"{row[-1]:.2f}")
                for names, row in zip(self.names, self.probabilities.tolist(), strict=True)]
        return say("lens.text", n=len(self.tokens), token=visible(self.tokens[-1]),
                   said=say("views.comma").join(said))

    def data(self) -> dict:
        """Return names and probabilities, rounded, from the embeddings on."""
        return {"tokens": list(self.tokens), "guesses": self.names,
                "probabilities": [[round(one, DIGITS) for one in row] for row in self.probabilities.tolist()]}


def select(record: DecoderRecord, tokens: int) -> Shown:
    """Check the choices and read the last tokens through the lens.

    Raises:
        CourseError: for another record, or a number out of range.
    """
    logits, last = logit_lens(record), whole(tokens, 1, MOST_TOKENS)
    if last is None:
        raise CourseError("lens.tokens", most=MOST_TOKENS, got=short(tokens))
    best = logits[:, -last:].double().softmax(-1).max(-1)                        # (layer + 1, token)
    names = [[record.vocabulary[row] for row in rows] for rows in best.indices.tolist()]
    return Shown(record.tokens[-last:], names, best.values)


def draw(shown: Shown) -> Drawn:
    """Draw the table, the last layer on top, the tokens that are read at the bottom."""
    n_rows, column = len(shown.names), _column(shown)
    width = max(SIDE + column * len(shown.tokens) + MARGIN, NARROWEST)
    note = wrap(say("lens.note"), room(width - 2 * MARGIN))
    rows = "".join(_row(shown, row, TOP + ROW * (n_rows - 1 - row), column) for row in range(n_rows))
    y = TOP + ROW * n_rows + 22
    read = "".join(label(SIDE + column * (place + 0.5), y, token_name(token, LONGEST), "mid read")
                   for place, token in enumerate(shown.tokens))
    return Drawn(label(MARGIN, 32, shown.title(), "title") + rows + read
                 + label(SIDE - 8, y, say("lens.reads"), "small muted end") + lines(MARGIN, y + 28, note),
                 (width, TOP + ROW * (n_rows + 1) + 20 + LINE * len(note)))


def _column(shown: Shown) -> float:
    """Return how wide a column is: as wide as its longest name needs."""
    widest = max(cells(token_name(name, LONGEST)) for row in [shown.tokens, *shown.names] for name in row)
    return min(max(LEAST, widest * 7.2 + 14), MOST)


def _row(shown: Shown, row: int, top: float, column: float) -> str:
    """Draw what one layer says; row 0 is the embeddings."""
    name = say("lens.after", layer=row - 1) if row else say("lens.embeddings")
    cell = "".join(_cell(shown.names[row][place], probability, (SIDE + column * place, top), column)
                   for place, probability in enumerate(shown.probabilities[row].tolist()))
    return label(SIDE - 8, top + ROW / 2 + 4, name, "small end") + cell


def _cell(token: str, probability: float, corner: tuple[float, float], column: float) -> str:
    left, top = corner
    middle = left + column / 2
    return (f'<rect x="{number(left)}" y="{number(top)}" width="{number(column)}" height="{ROW}" '
            f'fill-opacity="{0.45 * probability:.2f}"/>' + label(middle, top + 17, token_name(token, LONGEST), "mid")
            + label(middle, top + 32, f"{probability:.2f}", "tiny mid muted"))
