"""The guesses for each [MASK] before and after a change: two lists of bars, joined where they name the same token."""

from dataclasses import dataclass

from ...interventions import Comparison, MaskChange
from ...text import say
from ..kit import LINE, MARGIN, box, token_name
from ..svg import CELL, cells, clip, label, number, visible
from ..theme import TEXT
from .page import WIDTH, Parts, answer, chance, paragraph, signed, touchable

MOST_MASKS, NEIGHBOURS, LONGEST_TOKEN = 6, 3, 12
ROW, NAMES, BEYOND = 20, 44, 10
BOLD = 1.15                                 # times as wide as the same words in ordinary type
TOKEN, BAR = (112, 460), 130                # where tokens end, before and after; the length of the longest bar
SIDES = ("before", "after")


@dataclass(frozen=True)
class Guess:
    """One row of one list.

    Attributes:
        token: as the vocabulary has it.
        probability: of this side.
        rank: from 1; None for a token that is not among the first, and shown because it leads on the other side.
    """

    token: str
    probability: float
    rank: int | None


@dataclass(frozen=True)
class Panel:
    """The two lists of one [MASK].

    Attributes:
        mask: what became of it.
        tokens: of the whole text.
        top: where the panel begins.
        most: the probability whose bar is the longest.
    """

    mask: MaskChange
    tokens: tuple[str, ...]
    top: float
    most: float

    @property
    def sides(self) -> tuple[list[Guess], list[Guess]]:
        """The rows before and after; each side ends with the leader of the other one where that is not in it."""
        leaders = self.mask.after[0][0], self.mask.before[0][0]
        found: list[list[Guess]] = []
        for side, listed in enumerate((self.mask.before, self.mask.after)):
            rows = [Guess(token, probability, rank) for rank, (token, probability) in enumerate(listed, 1)]
            if leaders[side] not in dict(listed):
                rows.append(Guess(leaders[side], self.mask.both[leaders[side]][side], None))
            found.append(rows)
        return found[0], found[1]

    def middle(self, guess: Guess) -> float:
        """Return the middle of a row."""
        beyond = len(self.mask.before) * ROW + BEYOND
        return self.top + NAMES + ROW / 2 + (beyond if guess.rank is None else (guess.rank - 1) * ROW)

    @property
    def words_top(self) -> float:
        """Where the words of a row are written: below the last row."""
        return max(self.middle(guess) for rows in self.sides for guess in rows) + ROW / 2 + 16

    def kind(self, guess: Guess) -> str:
        """Return the class of a row: the leader of before, the leader of after, or neither."""
        if guess.token == self.mask.before[0][0]:
            return "old"
        return "new" if guess.token == self.mask.after[0][0] else ""

    def draw(self) -> tuple[str, str]:
        """Return the still parts, and those that answer."""
        rows = "".join(self._row(side, guess) for side, listed in enumerate(self.sides) for guess in listed)
        parts = [self._answer(side, guess) for side, listed in enumerate(self.sides) for guess in listed]
        return self._heading() + self._links() + rows, touchable(parts, say("change.hint"), self.words_top)

    def _heading(self) -> str:
        names = "".join(label(TOKEN[side] + 8, self.top + NAMES - 6, say(f"change.{name}"), "small muted")
                        for side, name in enumerate(SIDES))
        bits = say("change.divergence", bits=signed(self.mask.divergence).removeprefix("+"))
        room = int((WIDTH - 2 * MARGIN) / (CELL * TEXT * BOLD)) - cells(bits) - 2
        return (label(MARGIN, self.top + 14, self._asked(room), "head")
                + label(WIDTH - MARGIN, self.top + 14, bits, "head end") + names)

    def _asked(self, room: int) -> str:
        """Say which [MASK] it is, with as many neighbours as fit into `room` cells."""
        place, said = self.mask.position, ""
        for near in range(NEIGHBOURS, -1, -1):
            around = self.tokens[max(place - near, 0):place + near + 1]
            context = " ".join(token_name(token, LONGEST_TOKEN) for token in around)
            said = say("change.mask", position=place, context=context)
            if cells(said) <= room:
                break
        return clip(said, room)

    def _row(self, side: int, guess: Guess) -> str:
        x, y = TOKEN[side], self.middle(guess)
        kind = f' class="{self.kind(guess)}"' if self.kind(guess) else ""
        rule = f'<path class="beyond" d="M{x - 36} {number(y - ROW / 2 - BEYOND / 2)}h{BAR + 86}"/>'
        bar = f'<path class="bar" d="{box(x + 8, y - 7, BAR * guess.probability / self.most, 14)}"/>'
        return (f'{rule if guess.rank is None else ""}<g{kind}>{bar}</g>'
                f'{label(x, y + 4.5, token_name(guess.token, LONGEST_TOKEN), "end")}'
                f'{label(x + BAR + 50, y + 4.5, chance(guess.probability), "num")}')

    def _links(self) -> str:
        """Join the rows of both sides that name the same token; the lines bend where no name stands."""
        after = {guess.token: guess for guess in self.sides[1]}
        pairs = [(guess, after[guess.token]) for guess in self.sides[0] if guess.token in after]
        return "".join(self._link(*pair) for pair in pairs)

    def _link(self, old: Guess, new: Guess) -> str:
        ends = {guess: TOKEN[1] - cells(token_name(guess.token, LONGEST_TOKEN)) * CELL * TEXT - 16
                for guess in self.sides[1]}
        start, end = TOKEN[0] + BAR + 58, min(ends.values())
        middle, (y, to) = (start + end) / 2, (self.middle(old), self.middle(new))
        return (f'<path class="link {self.kind(old)}" d="M{number(start)} {number(y)}C{number(middle)} {number(y)} '
                f'{number(middle)} {number(to)} {number(end)} {number(to)}H{number(ends[new])}"/>')

    def _answer(self, side: int, guess: Guess) -> str:
        before, after = self.mask.both[guess.token]
        words = say("change.spoken", place=self._place(side, guess), token=visible(guess.token),
                    before=chance(before, 4), after=chance(after, 4), bits=signed(self.mask.gain(guess.token)))
        return answer(box(TOKEN[side] - 92, self.middle(guess) - ROW / 2, BAR + 150, ROW), words, self.words_top)

    def _place(self, side: int, guess: Guess) -> str:
        if guess.rank is None:
            return say("change.place_beyond", n=len(self.mask.before))
        return say(f"change.place_{SIDES[side]}", rank=guess.rank)


def draw_guesses(comparison: Comparison, top: float) -> Parts:
    """Draw a panel for each [MASK], the first six, from `top` down."""
    still, touch, drawn_masks = "", "", comparison.masks[:MOST_MASKS]
    most = max(probability for mask in drawn_masks for side in (mask.before, mask.after) for _, probability in side)
    for mask in drawn_masks:
        panel = Panel(mask, comparison.before.tokens, top, most)
        drawn = panel.draw()
        still, touch, top = still + drawn[0], touch + drawn[1], panel.words_top + 14
    if len(comparison.masks) > MOST_MASKS:
        more, top = paragraph(say("change.more", n=len(comparison.masks), shown=MOST_MASKS), top + LINE)
        still += more
    caption, top = paragraph(say("change.caption", n=len(comparison.masks[0].before)), top + LINE, "small muted")
    return still + caption, touch, top
