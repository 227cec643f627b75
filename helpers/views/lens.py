"""The logit lens as a table: a column a token, a row a layer, in each cell what that layer would write next."""

from dataclasses import dataclass

from torch import Tensor

from ..asked import short, whole
from ..models.lens import logit_lens
from ..models.records import DecoderRecord
from ..text import CourseError, say
from .svg import CELL, cells, clip, label, number, visible, wrap
from .theme import FINE, POSITIVE, SMALL
from .view import View

MARGIN, TOP, ROW, SIDE, LEAST, MOST = 24, 62, 40, 92, 62, 112
MOST_TOKENS, LONGEST, DIGITS, LINE, NARROWEST = 24, 12, 4, 17, 360
RULES = f"""
.sav-lens rect{{fill:{POSITIVE};stroke:currentColor;stroke-opacity:.3}}
.sav-lens .tiny{{font-size:{FINE}px;font-variant-numeric:tabular-nums}}
.sav-lens .read{{font-weight:600}}
"""


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
    logits = logit_lens(record)
    if whole(tokens, 1, MOST_TOKENS) is None:
        raise CourseError("lens.tokens", most=MOST_TOKENS, got=short(tokens))
    best = logits[:, -tokens:].double().softmax(-1).max(-1)                      # (layer + 1, token)
    names = [[record.vocabulary[row] for row in rows] for rows in best.indices.tolist()]
    table = Table(record.tokens[-tokens:], names, best.values)
    return View(table.sentence(), table.data(), say("lens.title"), "lens", table.size, table.draw(), rules=RULES)


@dataclass(frozen=True, eq=False)
class Table:
    """What is drawn: the tokens read, and for each layer the likeliest token and its probability."""

    tokens: tuple[str, ...]
    names: list[list[str]]
    probabilities: Tensor

    @property
    def width(self) -> float:
        """How wide a column is: as wide as its longest name needs."""
        widest = max(cells(clip(visible(name), LONGEST)) for row in [self.tokens, *self.names] for name in row)
        return min(max(LEAST, widest * 7.2 + 14), MOST)

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) in pixels."""
        return self._across, TOP + ROW * (len(self.names) + 1) + 20 + LINE * len(self._note)

    @property
    def _across(self) -> float:
        return max(SIDE + self.width * len(self.tokens) + MARGIN, NARROWEST)

    @property
    def _note(self) -> list[str]:
        return wrap(say("lens.note"), int((self._across - 2 * MARGIN) / (CELL * SMALL)))

    def layer_name(self, row: int) -> str:
        """Return what a row is called; row 0 is the embeddings."""
        return say("lens.after", layer=row - 1) if row else say("lens.embeddings")

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

    def draw(self) -> str:
        """Draw the table, the last layer on top, the tokens that are read at the bottom."""
        n_rows = len(self.names)
        rows = "".join(self._row(row, TOP + ROW * (n_rows - 1 - row)) for row in range(n_rows))
        y = TOP + ROW * n_rows + 22
        read = "".join(label(SIDE + self.width * (place + 0.5), y, clip(visible(token), LONGEST), "mid read")
                       for place, token in enumerate(self.tokens))
        return (label(MARGIN, 32, say("lens.title"), "title") + rows + read
                + label(SIDE - 8, y, say("lens.reads"), "small muted end")
                + "".join(label(MARGIN, y + 28 + LINE * at, line, "small muted") for at, line in enumerate(self._note)))

    def _row(self, row: int, top: float) -> str:
        name = label(SIDE - 8, top + ROW / 2 + 4, self.layer_name(row), "small end")
        return name + "".join(self._cell(row, place, top) for place in range(len(self.tokens)))

    def _cell(self, row: int, place: int, top: float) -> str:
        probability, left = self.probabilities[row, place].item(), SIDE + self.width * place
        middle = left + self.width / 2
        return (f'<rect x="{number(left)}" y="{number(top)}" width="{number(self.width)}" height="{ROW}" '
                f'fill-opacity="{0.45 * probability:.2f}"/>'
                + label(middle, top + 17, clip(visible(self.names[row][place]), LONGEST), "mid")
                + label(middle, top + 32, f"{probability:.2f}", "tiny mid muted"))
