"""A model of characters while it learns: its two curves, and what it writes at some of the steps."""

from collections.abc import Sequence

from ..learning import CharacterMoment, CharacterRecord
from ..text import CourseError, say
from .kit import curve, scoped
from .svg import clip, label, nice_step, visible
from .theme import MONO, NEGATIVE, POSITIVE
from .view import View

WIDTH, MARGIN, LEFT, TOP, ACROSS, HEIGHT, ROW = 780, 24, 62, 88, 440, 150, 23
BOTTOM = TOP + HEIGHT + 62                                   # of the curves; where the samples begin
N_SAMPLES, LONGEST, LEAST_STEPS, DIGITS = 7, 78, 100, 3
RULES = scoped("characters", f"""
path{{fill:none;stroke:currentColor}}
.axis{{stroke-opacity:.45}}
.read{{stroke:{POSITIVE};stroke-width:2}}
.held{{stroke:{NEGATIVE};stroke-width:2;stroke-dasharray:6 3}}
.mono{{font-family:{MONO}}}
""")


def view_characters(record: CharacterRecord) -> View:
    """Draw a training run of a model of characters so far.

    Args:
        record: of a `CharacterTraining`.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (step, bits and held-out bits of each moment; the samples), `.save(path)`.

    Raises:
        CourseError: for anything else.
    """
    if not isinstance(record, CharacterRecord):
        raise CourseError("characters.not_a_record", got=type(record).__name__)
    last, samples = record.last, _chosen(record.moments)
    title = say("characters.title", step=last.step)
    facts = {"bits": f"{last.bits:.2f}", "held_out": f"{last.held_out_bits:.2f}"}
    text = say("characters.said", title=title, written=in_a_line(last.written), **facts)
    data = {"steps": [[moment.step, round(moment.bits, DIGITS), round(moment.held_out_bits, DIGITS)]
                      for moment in record.moments],
            "written": [[moment.step, moment.written] for moment in samples]}
    drawn = (label(MARGIN, 32, title, "title") + label(MARGIN, 58, say("characters.bits", **facts), "small")
             + _curves(record) + _samples(samples))
    return View(text, data, title, "characters", (WIDTH, BOTTOM + ROW * N_SAMPLES + 52), drawn, rules=RULES)


def in_a_line(written: str) -> str:
    """Return a sample in one line, its ends of lines as signs."""
    return visible(written.replace("\n", "⏎"))


def _chosen(moments: Sequence[CharacterMoment]) -> list[CharacterMoment]:
    """Return a few moments, the first and the last among them, closer together at the beginning."""
    last = len(moments) - 1
    places = {round(last * (place / (N_SAMPLES - 1)) ** 2) for place in range(N_SAMPLES)}
    return [moments[place] for place in sorted(places)]


def _curves(record: CharacterRecord) -> str:
    """Draw bits per character against the steps, on the text that is read and on what is held out."""
    span = max(record.last.step, LEAST_STEPS)
    most = max(max(moment.bits, moment.held_out_bits) for moment in record.moments)

    def path(kind: str, name: str) -> str:
        spots = ((LEFT + ACROSS * moment.step / span, TOP + HEIGHT * (1 - getattr(moment, kind) / most))
                 for moment in record.moments)
        return f'<path class="{name}" d="{curve(spots)}"/>'

    best = record.best
    legend = "".join(f'<path class="{name}" d="M{LEFT + ACROSS + 24} {TOP + y}h26"/>'
                     + label(LEFT + ACROSS + 58, TOP + y + 4, say(f"characters.{word}"), "small")
                     for name, word, y in (("read", "read", 12), ("held", "held_out", 36)))
    step = nice_step(most)
    ticks = "".join(label(LEFT - 8, TOP + HEIGHT * (1 - tick * step / most) + 4, f"{tick * step:g}", "small end")
                    for tick in range(int(most / step) + 1))
    across = int(nice_step(2 * span))
    ticks += "".join(label(LEFT + ACROSS * place / span, TOP + HEIGHT + 17, str(place), "small mid")
                     for place in range(0, span + 1, across))
    noted = say("characters.best", step=best.step, bits=f"{best.held_out_bits:.2f}")
    return (f'<path class="axis" d="M{LEFT} {TOP}v{HEIGHT}h{ACROSS}"/>' + path("bits", "read")
            + path("held_out_bits", "held") + legend + ticks
            + label(LEFT + ACROSS + 24, TOP + 66, noted, "small muted")
            + label(LEFT + ACROSS / 2, TOP + HEIGHT + 34, say("characters.steps"), "small muted mid"))


def _samples(moments: Sequence[CharacterMoment]) -> str:
    """Write what the model wrote, a line for each of a few steps."""
    lines = "".join(label(LEFT - 8, BOTTOM + ROW * (row + 1), str(moment.step), "small end muted")
                    + label(LEFT + 4, BOTTOM + ROW * (row + 1), clip(in_a_line(moment.written), LONGEST), "mono")
                    for row, moment in enumerate(moments))
    return (label(LEFT + 4, BOTTOM, say("characters.writes"), "small muted") + lines
            + label(MARGIN, BOTTOM + ROW * N_SAMPLES + 30, say("characters.caption"), "small muted"))
