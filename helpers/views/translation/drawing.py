"""Draw a translation view: two texts as rows of chips, the lines of one step, its candidates."""

from dataclasses import dataclass
from functools import cached_property

from ...text import say
from .. import kit
from ..kit import LINE, MARGIN, Drawn
from ..svg import CELL, cells, label, number, wrap
from ..theme import LEVELS, NUMBER, TEXT, head_class, level
from .shown import Shown, name_of, spoken

WIDTH = 760
CHIP, GAP, PAD, ROW, SPACE = 28, 6, 9, 46, 74
BAR, BAR_LEFT, BAR_WIDTH, CANDIDATES = 22, 150, 430, 6
LONGEST = 18
RULES = kit.scoped("translation", "".join(
    f".l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.8 + 0.5 * step:.1f}}}"
    f".c.w{step}{{fill-opacity:{0.06 + 0.05 * step:.2f}}}" for step in range(1, LEVELS + 1)) + """
.l{fill:none;stroke:currentColor;stroke-linecap:round}
.c{fill:currentColor}
.chip{fill:none;stroke:currentColor;stroke-opacity:.3}
.now{stroke-opacity:1;stroke-width:2.5}
.later{opacity:.38}
.later .chip{stroke-dasharray:3 3}
""" + f""".n{{font-size:{NUMBER}px;font-weight:600;font-variant-numeric:tabular-nums}}
""" + """
.bar{fill:currentColor;fill-opacity:.18}
.bar.won{fill-opacity:.75}
.bold{font-weight:700}
.still{pointer-events:none}
.s{outline:none}
.o{fill:currentColor;fill-opacity:0;pointer-events:all}
""")
TOUCH_RULES = kit.touch_rules("translation", ".s", """.fades{transition:opacity .12s}
.touch:is(:hover,:focus-within)~.fades{opacity:.06}
""")


@dataclass(frozen=True)
class Flow:
    """Tokens set as chips, in as many rows as they need.

    Attributes:
        tokens: the tokens.
        top: where the first row begins.
    """

    tokens: tuple[str, ...]
    top: float

    @cached_property
    def boxes(self) -> list[tuple[float, float, float]]:
        """(left, top, width) of each chip."""
        boxes: list[tuple[float, float, float]] = []
        left: float = MARGIN
        top = self.top
        for token in self.tokens:
            width = max(cells(kit.token_name(token, LONGEST)) * CELL * TEXT, 14) + 2 * PAD
            if left > MARGIN and left + width > WIDTH - MARGIN:
                left, top = MARGIN, top + ROW
            boxes.append((left, top, width))
            left += width + GAP
        return boxes

    @property
    def bottom(self) -> float:
        """Where the last row ends."""
        return self.boxes[-1][1] + CHIP

    def middle(self, position: int) -> float:
        """Return the middle of a chip, from the left."""
        left, _, width = self.boxes[position]
        return left + width / 2

    def rect(self, position: int, classes: str) -> str:
        """Draw the ground or the frame of a chip."""
        left, top, width = map(number, self.boxes[position])
        return f'<rect class="{classes}" x="{left}" y="{top}" width="{width}" height="{CHIP}" rx="6"/>'

    def name(self, position: int) -> str:
        """Write a chip's token."""
        token = kit.token_name(self.tokens[position], LONGEST)
        return kit.token_label(self.middle(position), self.boxes[position][1] + 19, token, "mid")


def draw(shown: Shown) -> Drawn:
    """Draw both texts, the attention of one step between them, and its candidates below."""
    source = Flow(shown.record.source_tokens, 78)
    target = Flow(shown.record.target_tokens, source.bottom + SPACE + 16)
    foot = target.bottom + 52
    candidates, height = _candidates(shown, foot)
    seen = _row(shown, source, target, shown.step)
    frame = _header(shown, source, target) + _chips(shown, source, target) + candidates
    still = f'<g class="still fades">{seen}</g><g class="still">{frame}</g>'
    return Drawn(still, (WIDTH, height), _touch(shown, source, target))


def _row(shown: Shown, source: Flow, target: Flow, step: int) -> str:
    """Draw one step's attention: lines up to the source, grounds and numbers on what they reach."""
    colour = "" if shown.head is None else f" {head_class(shown.head)}"
    x, y = target.middle(step), target.boxes[step][1]
    parts = []
    for key, weight in sorted(shown.links(step), key=lambda link: link[1]):
        end, low = source.middle(key), source.boxes[key][1] + CHIP
        bend = (y - low) / 2
        parts.append(f'<path class="l{colour} w{level(weight) or 1}" d="M{number(x)} {number(y)}C{number(x)} '
                     f'{number(y - bend)} {number(end)} {number(low + 16 + bend)} {number(end)} {number(low + 16)}"/>'
                     + source.rect(key, f"c{colour} w{level(weight) or 1}")
                     + label(end, low + 13, f"{weight:.2f}", "n mid"))
    return "".join(parts)


def _chips(shown: Shown, source: Flow, target: Flow) -> str:
    """Draw both texts; what is written after the current step is faint."""
    above = "".join(source.rect(i, "chip") + source.name(i) for i in range(len(source.tokens)))
    written = "".join(target.rect(i, "chip now" if i == shown.step else "chip") + target.name(i)
                      for i in range(shown.step + 1))
    later = "".join(target.rect(i, "chip") + target.name(i) for i in range(shown.step + 1, len(target.tokens)))
    return f'{above}{written}<g class="later">{later}</g>'


def _header(shown: Shown, source: Flow, target: Flow) -> str:
    return (kit.header(shown.title(), WIDTH, shown.record.model_name, 24)
            + label(MARGIN, source.top - 12, say("translation_view.source"), "small muted")
            + label(MARGIN, target.bottom + 18, say("translation_view.target"), "small muted"))


def _candidates(shown: Shown, top: float) -> tuple[str, float]:
    """Draw the candidates of the step as bars, and the caption; return them and where the picture ends."""
    now = shown.now
    candidates = now.candidates[:CANDIDATES]
    parts = [label(MARGIN, top, say("translation_view.candidates"), "small muted")]
    for rank, (token, probability) in enumerate(candidates):
        y, won = top + 10 + BAR * rank, token == now.token
        parts.append(f'<rect class="bar{" won" if won else ""}" x="{BAR_LEFT}" y="{number(y)}" '
                     f'width="{number(max(BAR_WIDTH * probability, 1))}" height="{BAR - 6}" rx="2"/>'
                     + label(BAR_LEFT - 10, y + 13, name_of(token), "end bold" if won else "end")
                     + label(BAR_LEFT + BAR_WIDTH * probability + 8, y + 13, f"{probability:.3f}", "n"))
    y = top + 10 + BAR * len(candidates)
    notes = [say("translation_view.forced_note")] if now.forced else []
    if now.token not in [token for token, _ in candidates]:
        notes.append(say("translation_view.elsewhere", token=name_of(now.token), n=len(candidates),
                         probability=f"{now.probability:.3f}"))
    caption = [line for note in notes for line in wrap(note, 80)]
    caption += wrap(say("translation_view.caption", threshold=f"{shown.threshold:g}"), kit.room(WIDTH - 2 * MARGIN))
    return "".join(parts) + kit.lines(MARGIN, y + 18, caption), y + 18 + LINE * len(caption)


def _touch(shown: Shown, source: Flow, target: Flow) -> str:
    """Return what answers hover and focus: for each target token, where its own step looked."""
    steps = (kit.answer("s", spoken(shown, step), target.rect(step, "o") + _row(shown, source, target, step))
             for step in range(len(target.tokens)))
    hint = label(WIDTH - MARGIN, target.bottom + 18, say("translation_view.hint"), "small muted end")
    return kit.touchable(TOUCH_RULES, steps, hint)
