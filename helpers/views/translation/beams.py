"""The beam tree: every path that beam search looked at, kept, finished or dropped."""

from helpers.models.translation.records import BeamPath, TranslationRecord
from helpers.text import CourseError, escape, say
from helpers.views.svg import CELL, clip, label, number, visible, wrap
from helpers.views.theme import HEAD_COLOURS, SMALL
from helpers.views.translation.sentence import token_name
from helpers.views.view import View

MARGIN, TOP, COLUMN, ROW, BOX_WIDTH, BOX_HEIGHT = 20, 62, 78, 40, 54, 24
NARROWEST = 560
WINNER = HEAD_COLOURS[0]
RULES = f"""
.sav-beams .node rect{{fill:currentColor;fill-opacity:.06;stroke:currentColor;stroke-opacity:.45}}
.sav-beams .go{{fill:none;stroke:currentColor;stroke-opacity:.5;stroke-width:1.5}}
.sav-beams .dropped{{opacity:.4}}
.sav-beams .dropped rect{{stroke-dasharray:3 3}}
.sav-beams .finished rect{{stroke-width:2.5;stroke-opacity:.9;rx:12px}}
.sav-beams .won rect{{fill:{WINNER};fill-opacity:.22;stroke:{WINNER};stroke-opacity:1}}
.sav-beams .go.won{{stroke:{WINNER};stroke-opacity:1;stroke-width:3}}
.sav-beams .n{{font-size:10.5px;font-variant-numeric:tabular-nums}}
.sav-beams .node:is(:hover,:focus-visible) rect{{fill-opacity:.3}}
.sav-beams .node{{outline:none}}
"""


def view_beams(record: TranslationRecord) -> View:
    """Return a picture of a beam search: a column a step, its paths from best to worst, and which one won.

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
    paths = [path for step in record.beams for path in step]
    width = max(NARROWEST, 2 * MARGIN + COLUMN * len(record.beams))
    caption = wrap(say("translation_view.beams_caption"), int((width - 2 * MARGIN) / (CELL * SMALL)))
    bottom = TOP + ROW * max(map(len, record.beams)) + 16
    title = say("translation_view.beams_title", beam=_beam(record))
    parts = [label(MARGIN, 33, title, "title"), *_edges(record), *_nodes(record)]
    parts += [label(MARGIN, bottom + 17 * row, line, "small muted") for row, line in enumerate(caption)]
    data = {"model": record.model_name, "steps": [[_numbers(path) for path in step] for step in record.beams]}
    return View(text=_text(record, paths), data=data, title=title, kind="beams",
                size=(width, bottom + 17 * len(caption)), still="".join(parts), rules=RULES)


def _beam(record: TranslationRecord) -> int:
    """Return how many paths were followed at a time."""
    return max(sum(path.fate == "kept" for path in step) for step in record.beams)


def _place(step: int, rank: int) -> tuple[float, float]:
    return MARGIN + COLUMN * step, TOP + ROW * rank


def _won(record: TranslationRecord, path: BeamPath) -> bool:
    """Whether a path is a beginning of the one that won."""
    return path.token_ids == record.target_ids[:len(path.token_ids)]


def _edges(record: TranslationRecord) -> list[str]:
    """Draw what each path goes on from."""
    edges = []
    for step, paths in enumerate(record.beams[1:], start=1):
        for rank, path in enumerate(paths):
            (left, from_top), (right, to_top) = _place(step - 1, path.parent), _place(step, rank)
            x, y, to_y = left + BOX_WIDTH, from_top + BOX_HEIGHT / 2, to_top + BOX_HEIGHT / 2
            bend = (right - x) / 2
            classes = " won" if _won(record, path) else " dropped" if path.fate == "dropped" else ""
            edges.append(f'<path class="go{classes}" d="M{number(x)} {number(y)}c{number(bend)} 0 {number(bend)} '
                         f'{number(to_y - y)} {number(right - x)} {number(to_y - y)}"/>')
    return edges


def _nodes(record: TranslationRecord) -> list[str]:
    return [_node(path, *_place(step, rank), _won(record, path))
            for step, paths in enumerate(record.beams) for rank, path in enumerate(paths)]


def _node(path: BeamPath, left: float, top: float, won: bool) -> str:
    classes = f"node {path.fate}" + (" won" if won else "")
    words = say("translation_view.beams_spoken", tokens=" ".join(map(token_name, path.tokens)),
                score=f"{path.score:.2f}", fate=say(f"translation_view.{path.fate}"))
    return (f'<g class="{classes}" tabindex="0" role="img" aria-label="{escape(words)}"><title>{escape(words)}</title>'
            f'<rect x="{number(left)}" y="{number(top)}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5"/>'
            f'{label(left + BOX_WIDTH / 2, top + 17, clip(visible(path.tokens[-1]), 7), "small mid")}'
            f'{label(left + BOX_WIDTH / 2, top + BOX_HEIGHT + 10, f"{path.score:.2f}", "n mid muted")}</g>')


def _numbers(path: BeamPath) -> dict:
    return {"tokens": list(path.tokens), "score": round(path.score, 4), "fate": path.fate, "parent": path.parent,
            "log_probability": round(path.log_probability, 4)}


def _text(record: TranslationRecord, paths: list[BeamPath]) -> str:
    finished = sorted((path for path in paths if path.fate == "finished"), key=lambda path: -path.score)
    winner = next((path for path in paths if path.token_ids == record.target_ids), paths[0])
    second = next((path for path in finished if path.token_ids != winner.token_ids), None)
    other = say("translation_view.beams_other", text=" ".join(map(token_name, second.tokens)),
                score=f"{second.score:.2f}") if second else ""
    return say("translation_view.beams_text", model=record.model_name or say("views.model"), beam=_beam(record),
               steps=len(record.beams), looked=len(paths), finished=len(finished), text=record.text,
               score=f"{winner.score:.2f}", other=other)
