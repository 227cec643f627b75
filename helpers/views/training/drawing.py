"""Draw a training run: two curves and a map."""

import math

from ...learning.tasks import LETTERS
from ...text import say
from ..kit import Drawn, box, lines, room, scoped
from ..raster import SHARP, raster, shades
from ..svg import label, nice_step, number, wrap
from ..theme import LETTER, NEGATIVE, POSITIVE
from .shown import Shown

SIZE = (780, 510)
MARGIN = 24
LEFT, WIDTH, HEIGHT = 66, 290, 122                                               # of both curves
LOSS_TOP, ACCURACY_TOP = 96, 268
MAP_LEFT, MAP_TOP, MAP_SIZE = 448, 122, 268
CAPTION = 450
STEPS, LEAST_STEPS, LEAST_LOSS = 15, 100, 5.0
PALETTE = shades(POSITIVE, STEPS)
GUESSING = {"loss": math.log(len(LETTERS)), "accuracy": 1 / len(LETTERS)}
RULES = scoped("training", f"{SHARP}.right{{stroke:{NEGATIVE}}}.wrong{{fill:{NEGATIVE}}}" + f"""
.line{{fill:none;stroke:{POSITIVE};stroke-width:2;stroke-linejoin:round}}
.dot{{fill:{POSITIVE}}}
.axis{{fill:none;stroke:currentColor;stroke-opacity:.45}}
.guess{{fill:none;stroke:currentColor;stroke-opacity:.5;stroke-dasharray:4 4}}
.right{{fill:none;stroke-width:1.5}}
.wrong{{font-weight:700}}
.letter{{font-size:{LETTER}px}}
""")


def draw(shown: Shown) -> Drawn:
    """Draw the curves on the left, the map on the right, and below both how to read them."""
    caption = [line for sentence in shown.caption() for line in wrap(sentence, room(SIZE[0] - 2 * MARGIN))]
    return Drawn(label(MARGIN, 32, shown.title(), "title") + label(MARGIN, 54, shown.subtitle(), "small muted")
                 + _curve(shown, "loss", LOSS_TOP) + _curve(shown, "accuracy", ACCURACY_TOP) + _steps(shown)
                 + _map(shown) + _letters(shown) + lines(MARGIN, CAPTION, caption, "small"), SIZE)


def _span(shown: Shown) -> int:
    """Return how many steps the curves have room for."""
    return max(shown.record.last.step, LEAST_STEPS)


def _curve(shown: Shown, figure: str, top: float) -> str:
    """Draw loss or accuracy against the steps, with the moment that is shown as a dot."""
    places = shown.curve(figure)
    most = 1.0 if figure == "accuracy" else max(LEAST_LOSS, *(value for _, value in places))

    def at(step: int, value: float) -> str:
        return f"{number(LEFT + WIDTH * step / _span(shown))} {number(top + HEIGHT * (1 - value / most))}"

    value = getattr(shown.moment, figure)
    x, y = at(shown.moment.step, value).split()
    guess = at(0, GUESSING[figure]).split()[1]
    said = f"{value:.1%}" if figure == "accuracy" else f"{value:.2f}"
    ticks = (0, 0.5, 1) if figure == "accuracy" else [nice_step(2 * most) * place for place in range(5)]
    names = "".join(label(LEFT - 8, float(at(0, tick).split()[1]) + 4, _tick(figure, tick), "small end")
                    for tick in ticks if tick <= most)
    path = "L".join(at(*place) for place in places)
    return (f'<path class="axis" d="M{LEFT} {top}v{HEIGHT}h{WIDTH}"/><path class="guess" d="M{LEFT} {guess}h{WIDTH}"/>'
            f'<path class="line" d="M{path}"/><circle class="dot" cx="{x}" cy="{y}" r="4.5"/>{names}'
            + label(LEFT, top - 10, say(f"training.{figure}", figure=said), "small")
            + label(LEFT + WIDTH + 6, float(guess) + 4, say("training.guessing"), "small muted"))


def _tick(figure: str, value: float) -> str:
    return f"{value:.0%}" if figure == "accuracy" else f"{value:g}"


def _steps(shown: Shown) -> str:
    """Write the steps below the curves."""
    span, bottom = _span(shown), ACCURACY_TOP + HEIGHT
    step = int(nice_step(2 * span))
    ticks = "".join(label(LEFT + WIDTH * place / span, bottom + 17, str(place), "small mid")
                    for place in range(0, span + 1, step))
    return ticks + label(LEFT + WIDTH / 2, bottom + 33, say("training.steps"), "small muted mid")


def _map(shown: Shown) -> str:
    """Draw the attention as cells, and a frame wherever the right letter stands."""
    n_rows, n_columns = shown.weights.shape
    height, width = MAP_SIZE / n_rows, MAP_SIZE / n_columns
    cells = (shown.weights * STEPS).round().astype(int)
    frames = "".join(box(MAP_LEFT + width * column + 1, MAP_TOP + height * row + 1, width - 2, height - 2)
                     for row, column in shown.moment.right.nonzero().tolist())
    return (f'<path class="axis" d="{box(MAP_LEFT, MAP_TOP, MAP_SIZE, MAP_SIZE)}"/>'
            + raster(MAP_LEFT, MAP_TOP, (MAP_SIZE, MAP_SIZE), cells, PALETTE) + f'<path class="right" d="{frames}"/>')


def _letters(shown: Shown) -> str:
    """Write what is read above the map, what is to be written to its left, and what is written to its right."""
    moment, right = shown.moment, MAP_LEFT + MAP_SIZE
    cell = MAP_SIZE / len(moment.source_tokens)
    parts = [label(MAP_LEFT, MAP_TOP - 26, say("training.reads"), "small muted"),
             label(MAP_LEFT - 8, MAP_TOP - 8, say("training.to_write"), "small muted end"),
             label(right + 8, MAP_TOP - 8, say("training.writes"), "small muted")]
    for place, letters in enumerate(zip(moment.source_tokens, moment.target_tokens, moment.written, strict=True)):
        read, wanted, written = letters
        middle = cell * (place + 0.5)
        parts += [label(MAP_LEFT + middle, MAP_TOP - 8, read, "letter mid"),
                  label(MAP_LEFT - 16, MAP_TOP + middle + 5, wanted, "letter mid"),
                  label(right + 16, MAP_TOP + middle + 5, written if written == wanted else f"{written} ✗",
                        "letter" if written == wanted else "letter wrong")]
    return "".join(parts)
