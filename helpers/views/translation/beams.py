"""The beam tree: every path that beam search looked at, kept, finished or dropped."""

from dataclasses import dataclass

from ...models.translation.records import BeamPath, TranslationRecord
from ...text import CourseError, escape, say
from ..kit import DIGITS, LINE, MARGIN, TITLE_TOP, Drawn, answer, lines, room, scoped, token_name, view_of
from ..svg import label, number, wrap
from ..theme import CAPTION, HEAD_COLOURS
from ..view import View
from .shown import name_of

TOP, COLUMN, ROW, BOX_WIDTH, BOX_HEIGHT = 62, 78, 40, 54, 24
NARROWEST, APART = 560, 26
STEPS_IN_A_BAND = 12
WINNER = HEAD_COLOURS[0]
RULES = scoped("beams", f"""
:is(.node,.again) rect{{fill:currentColor;fill-opacity:.06;stroke:currentColor;stroke-opacity:.45}}
.go{{fill:none;stroke:currentColor;stroke-opacity:.5;stroke-width:1.5}}
.again{{opacity:.6}}
.dropped{{opacity:.4}}
.dropped rect{{stroke-dasharray:3 3}}
.finished rect{{stroke-width:2.5;stroke-opacity:.9;rx:12px}}
.won rect{{fill:{WINNER};fill-opacity:.22;stroke:{WINNER};stroke-opacity:1}}
.go.won{{stroke:{WINNER};stroke-opacity:1;stroke-width:3}}
.n{{font-size:{CAPTION}px;font-variant-numeric:tabular-nums}}
.node:is(:hover,:focus-visible) rect{{fill-opacity:.3}}
.node{{outline:none}}
""")


def view_beams(record: TranslationRecord) -> View:
    """Return a picture of a beam search: a column a step, its paths from best to worst, and which one won.

    A long search is broken into bands, as text into lines; each band begins with the last step of the one before.

    Args:
        record: what `translator.translate(…, beam=4)` returned.

    Returns:
        A `View`; `.data["steps"]` lists each step's paths: tokens, score, log probability, parent, fate.

    Raises:
        CourseError: for a translation without beams, or what is not a translation.
    """
    if not isinstance(record, TranslationRecord):
        raise CourseError("translation_view.not_a_translation", got=type(record).__name__)
    if not record.beams:
        raise CourseError("translation_view.no_beams")
    shown = Shown(record)
    return view_of("beams", shown, draw(shown), RULES)


@dataclass(frozen=True)
class Shown:
    """A whole search.

    Attributes:
        record: the translation that it ended in.
    """

    record: TranslationRecord

    @property
    def beam(self) -> int:
        """How many paths were followed at a time."""
        return max(sum(path.fate == "kept" for path in step) for step in self.record.beams)

    def is_won(self, path: BeamPath) -> bool:
        """Whether a path is a beginning of the one that won."""
        return path.token_ids == self.record.target_ids[:len(path.token_ids)]

    def title(self) -> str:
        """Return the heading."""
        return say("translation_view.beams_title", beam=self.beam)

    def sentence(self) -> str:
        """Return the search in words: how wide and how long it was, what won, and what came next."""
        record = self.record
        paths = [path for step in record.beams for path in step]
        finished = sorted((path for path in paths if path.fate == "finished"), key=lambda path: -path.score)
        winner = next((path for path in paths if path.token_ids == record.target_ids), paths[0])
        second = next((path for path in finished if path.token_ids != winner.token_ids), None)
        other = say("translation_view.beams_other", text=" ".join(map(name_of, second.tokens)),
                    score=f"{second.score:.2f}") if second else ""
        return say("translation_view.beams_text", model=record.model_name or say("views.model"), beam=self.beam,
                   steps=len(record.beams), looked=len(paths), finished=len(finished), text=record.text,
                   score=f"{winner.score:.2f}", other=other)

    def data(self) -> dict:
        """Return each step's paths."""
        return {"model": self.record.model_name,
                "steps": [[_numbers(path) for path in step] for step in self.record.beams]}


@dataclass(frozen=True)
class Grid:
    """Where each path of a search stands.

    Attributes:
        n_steps: how many columns there are, over all bands.
        n_rows: the most paths of a step.
    """

    n_steps: int
    n_rows: int

    def place(self, step: int, rank: int, back: int = 0) -> tuple[float, float]:
        """Return the upper left corner of a path's box, or of the place `back` columns before it in its band."""
        band = max(step - 1, 0) // STEPS_IN_A_BAND
        column = step - band * STEPS_IN_A_BAND - back
        return MARGIN + COLUMN * column, TOP + (ROW * self.n_rows + APART) * band + ROW * rank

    @property
    def turns(self) -> range:
        """The steps that end a band and stand again at the start of the next."""
        return range(STEPS_IN_A_BAND, self.n_steps - 1, STEPS_IN_A_BAND)


def draw(shown: Shown) -> Drawn:
    """Draw the paths, step by step, and below them how to read them."""
    beams = shown.record.beams
    grid = Grid(len(beams), max(map(len, beams)))
    width = max(NARROWEST, 2 * MARGIN + COLUMN * min(grid.n_steps, STEPS_IN_A_BAND + 1))
    caption = wrap(say("translation_view.beams_caption"), room(width - 2 * MARGIN))
    bottom = grid.place(grid.n_steps - 1, grid.n_rows)[1] + 16
    parts = [label(MARGIN, TITLE_TOP, shown.title(), "title"), *_edges(shown, grid), *_nodes(shown, grid)]
    return Drawn("".join(parts) + lines(MARGIN, bottom, caption), (width, bottom + LINE * len(caption)))


def _edges(shown: Shown, grid: Grid) -> list[str]:
    """Draw what each path goes on from."""
    edges = []
    for step, paths in enumerate(shown.record.beams):
        for rank, path in enumerate(paths):
            if path.parent is None:
                continue
            (left, from_top), (right, to_top) = grid.place(step, path.parent, back=1), grid.place(step, rank)
            x, y, to_y = left + BOX_WIDTH, from_top + BOX_HEIGHT / 2, to_top + BOX_HEIGHT / 2
            bend = (right - x) / 2
            classes = " won" if shown.is_won(path) else " dropped" if path.fate == "dropped" else ""
            edges.append(f'<path class="go{classes}" d="M{number(x)} {number(y)}c{number(bend)} 0 {number(bend)} '
                         f'{number(to_y - y)} {number(right - x)} {number(to_y - y)}"/>')
    return edges


def _nodes(shown: Shown, grid: Grid) -> list[str]:
    """Draw each path once to be pointed at, and those before a turn once more."""
    nodes = [_node(path, grid.place(step, rank), shown.is_won(path))
             for step, paths in enumerate(shown.record.beams) for rank, path in enumerate(paths)]
    again = [f'<g class="again {_look(path, shown.is_won(path))}">{_box(path, grid.place(step + 1, rank, back=1))}</g>'
             for step in grid.turns for rank, path in enumerate(shown.record.beams[step])]
    return again + nodes


def _look(path: BeamPath, won: bool) -> str:
    return path.fate + (" won" if won else "")


def _node(path: BeamPath, place: tuple[float, float], won: bool) -> str:
    """Draw a path that says what it is to who points at it or reaches it with Tab."""
    words = say("translation_view.beams_spoken", tokens=" ".join(map(name_of, path.tokens)),
                score=f"{path.score:.2f}", fate=say(f"translation_view.{path.fate}"))
    return answer(f"node {_look(path, won)}", words, f"<title>{escape(words)}</title>{_box(path, place)}")


def _box(path: BeamPath, place: tuple[float, float]) -> str:
    """Draw a path's last token and its score."""
    left, top = place
    return (f'<rect x="{number(left)}" y="{number(top)}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5"/>'
            f'{label(left + BOX_WIDTH / 2, top + 17, token_name(path.tokens[-1], 7), "small mid")}'
            f'{label(left + BOX_WIDTH / 2, top + BOX_HEIGHT + 10, f"{path.score:.2f}", "n mid muted")}')


def _numbers(path: BeamPath) -> dict:
    return {"tokens": list(path.tokens), "score": round(path.score, DIGITS), "fate": path.fate, "parent": path.parent,
            "log_probability": round(path.log_probability, DIGITS)}
