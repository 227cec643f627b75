"""How well measures agree with a judge, text by text: a dot a text, the median and how sure it is."""

from collections.abc import Mapping, Sequence

from .. import wanted
from ..asked import number as checked_number
from ..asked import short
from ..heads.agreement import median_interval
from ..text import CourseError, say
from .kit import scoped
from .svg import label, number, wrap
from .theme import POSITIVE, SMALL
from .view import View

WIDTH, MARGIN, LEFT, RIGHT, TOP, ROW, LINE = 720, 24, 190, 552, 74, 34, 17
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
RULES = scoped("agreement", f"""
.dot{{fill:currentColor;fill-opacity:.22}}
.span{{stroke:{POSITIVE};stroke-width:5;stroke-opacity:.55;stroke-linecap:round}}
.middle{{fill:{POSITIVE}}}
.grid{{stroke:currentColor;stroke-opacity:.2}}
.nought{{stroke:currentColor;stroke-opacity:.6;stroke-dasharray:4 4}}
.num{{font-variant-numeric:tabular-nums}}
""")


def view_agreement(correlations: Mapping[str, Sequence[float]], *, judge: str = "", seed: int = 0) -> View:
    """Draw how well several measures agree with a judge: a row for each, a dot for each text.

    Args:
        correlations: {what the row is called: correlations from -1 to 1, one a text; NaN is not drawn}.
        judge: what they are compared with, for the heading.
        seed: of the interval around each median, `helpers.heads.median_interval`.

    Returns:
        A `View`: `.svg`, `.text`, `.data` ({name: [median, low, high]}), `.save(path)`.

    Raises:
        CourseError: for what is no such table, numbers beyond -1 and 1, a judge that is no text, or no seed.
    """
    seed, judge = wanted.seed("view_agreement", seed), wanted.text("view_agreement", "judge", judge)
    rows = {str(name): _checked(name, numbers) for name, numbers in _table(correlations).items()}
    found = {name: [round(one, 2) + 0.0 for one in median_interval(numbers, seed=seed)]
             for name, numbers in rows.items()}
    said = [say("agreement.row", name=name, median=_signed(row[0]), low=_signed(row[1]), high=_signed(row[2]))
            for name, row in found.items()]
    n = max(map(len, rows.values()))
    title = say("agreement.title", judge=judge) if judge else say("agreement.title_alone")
    note = wrap(say("agreement.note"), int((WIDTH - 2 * MARGIN) / (0.54 * SMALL)))
    bottom = TOP + ROW * len(rows)
    drawn = (label(MARGIN, 32, title, "title") + _axis(bottom)
             + "".join(_row(TOP + ROW * (at + 0.5), name, rows[name], found[name]) for at, name in enumerate(rows))
             + "".join(label(MARGIN, bottom + 44 + LINE * at, line, "small muted") for at, line in enumerate(note)))
    text = say("agreement.text", title=title, n=n, rows=say("views.semicolon").join(said))
    return View(text, found, title, "agreement", (WIDTH, bottom + 50 + LINE * len(note)), drawn, rules=RULES)


def _table(correlations: object) -> Mapping[str, Sequence[float]]:
    if not isinstance(correlations, Mapping) or not correlations:
        raise CourseError("agreement.no_table", got=short(correlations))
    return correlations


def _checked(name: object, numbers: Sequence[float]) -> list[float]:
    """Return a row's numbers, those left out that are NaN."""
    kept = [one for one in map(float, numbers) if one == one]
    if not kept or any(checked_number(one, -1 - 1e-9, 1 + 1e-9) is None for one in kept):
        raise CourseError("agreement.beyond", name=short(str(name)))
    return kept


def _x(correlation: float) -> float:
    return LEFT + (RIGHT - LEFT) * (correlation + 1) / 2


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _axis(bottom: float) -> str:
    """Draw the lines from -1 to 1; 0, no agreement, is dashed."""
    lines = "".join(f'<path class="{"grid" if tick else "nought"}" d="M{number(_x(tick))} {TOP - 6}V{number(bottom)}"/>'
                    + label(_x(tick), bottom + 16, _signed(tick), "small mid muted") for tick in TICKS)
    return lines + label((LEFT + RIGHT) / 2, TOP - 16, say("agreement.axis"), "small mid muted")


def _row(y: float, name: str, numbers: list[float], found: list[float]) -> str:
    """Draw one measure: its dots, the interval, the median, the figures."""
    dots = "".join(f'<circle class="dot" cx="{number(_x(one))}" cy="{number(y + (at % 5 - 2) * 2.6)}" r="3"/>'
                   for at, one in enumerate(numbers))
    median, low, high = found
    span = f'<path class="span" d="M{number(_x(low))} {number(y)}H{number(_x(high))}"/>'
    middle = f'<circle class="middle" cx="{number(_x(median))}" cy="{number(y)}" r="6"/>'
    figures = say("agreement.figures", median=_signed(median), low=_signed(low), high=_signed(high))
    return (label(LEFT - 14, y + 4, name, "end") + dots + span + middle
            + label(RIGHT + 14, y + 4, figures, "small num"))
