"""Draw a translation view: two texts as rows of chips, the lines of one step, its candidates."""

from dataclasses import dataclass
from functools import cached_property

from ...text import escape, say
from ..svg import CELL, cells, clip, is_special, label, number, visible, wrap
from ..theme import LEVELS, NUMBER, SMALL, TEXT, head_class, level
from .shown import Choice, heading, spoken, token_name

WIDTH, MARGIN = 760, 20
CHIP, GAP, PAD, ROW, SPACE = 28, 6, 9, 46, 74
BAR, BAR_LEFT, BAR_WIDTH, SHOWN = 22, 150, 430, 6
LONGEST = 18
RULES = "".join(f".sav-translation .l.w{step}{{opacity:{0.2 + 0.08 * step:.2f};stroke-width:{0.8 + 0.5 * step:.1f}}}"
                f".sav-translation .c.w{step}{{fill-opacity:{0.06 + 0.05 * step:.2f}}}"
                for step in range(1, LEVELS + 1)) + """
.sav-translation .l{fill:none;stroke:currentColor;stroke-linecap:round}
.sav-translation .c{fill:currentColor}
.sav-translation .chip{fill:none;stroke:currentColor;stroke-opacity:.3}
.sav-translation .now{stroke-opacity:1;stroke-width:2.5}
.sav-translation .later{opacity:.38}
.sav-translation .later .chip{stroke-dasharray:3 3}
""" + f""".sav-translation .n{{font-size:{NUMBER}px;font-weight:600;font-variant-numeric:tabular-nums}}
""" + """
.sav-translation .bar{fill:currentColor;fill-opacity:.18}
.sav-translation .bar.won{fill-opacity:.75}
.sav-translation .bold{font-weight:700}
.sav-translation .still{pointer-events:none}
.sav-translation .s{outline:none}
.sav-translation .o{fill:currentColor;fill-opacity:0;pointer-events:all}
"""
_TOUCH_RULES = """
.sav-translation .fades{transition:opacity .12s}
.sav-translation .touch .s>:not(.o){display:none;pointer-events:none}
.sav-translation .touch .s:is(:hover,:focus)>*{display:inline}
.sav-translation .touch:hover .s:focus:not(:hover)>:not(.o){display:none}
.sav-translation .touch .s:is(:hover,:focus)>.o{fill-opacity:.12}
.sav-translation .touch:is(:hover,:focus-within)~.fades{opacity:.06}
"""


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
            width = max(cells(clip(visible(token), LONGEST)) * CELL * TEXT, 14) + 2 * PAD
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
        token = clip(visible(self.tokens[position]), LONGEST)
        special = " special" if is_special(token) else ""
        return label(self.middle(position), self.boxes[position][1] + 19, token, "mid" + special)


def draw(choice: Choice) -> tuple[str, str, tuple[float, float]]:
    """Return (the still parts, the parts that answer hover and focus, the picture's size)."""
    source = Flow(choice.record.source_tokens, 78)
    target = Flow(choice.record.target_tokens, source.bottom + SPACE + 16)
    foot = target.bottom + 52
    candidates, height = _candidates(choice, foot)
    seen = _row(choice, source, target, choice.step)
    frame = _header(choice, source, target) + _chips(choice, source, target) + candidates
    still = f'<g class="still fades">{seen}</g><g class="still">{frame}</g>'
    return still, _touch(choice, source, target), (WIDTH, height)


def _row(choice: Choice, source: Flow, target: Flow, step: int) -> str:
    """Draw one step's attention: lines up to the source, grounds and numbers on what they reach."""
    colour = "" if choice.head is None else f" {head_class(choice.head)}"
    x, y = target.middle(step), target.boxes[step][1]
    parts = []
    for key, weight in sorted(choice.links(step), key=lambda link: link[1]):
        end, low = source.middle(key), source.boxes[key][1] + CHIP
        bend = (y - low) / 2
        parts.append(f'<path class="l{colour} w{level(weight) or 1}" d="M{number(x)} {number(y)}C{number(x)} '
                     f'{number(y - bend)} {number(end)} {number(low + 16 + bend)} {number(end)} {number(low + 16)}"/>'
                     + source.rect(key, f"c{colour} w{level(weight) or 1}")
                     + label(end, low + 13, f"{weight:.2f}", "n mid"))
    return "".join(parts)


def _chips(choice: Choice, source: Flow, target: Flow) -> str:
    """Draw both texts; what is written after the current step is faint."""
    above = "".join(source.rect(i, "chip") + source.name(i) for i in range(len(source.tokens)))
    written = "".join(target.rect(i, "chip now" if i == choice.step else "chip") + target.name(i)
                      for i in range(choice.step + 1))
    later = "".join(target.rect(i, "chip") + target.name(i) for i in range(choice.step + 1, len(target.tokens)))
    return f'{above}{written}<g class="later">{later}</g>'


def _header(choice: Choice, source: Flow, target: Flow) -> str:
    model = clip(choice.record.model_name, 24)
    return (label(MARGIN, 33, heading(choice), "title") + label(WIDTH - MARGIN, 33, model, "small muted end")
            + label(MARGIN, source.top - 12, say("translation_view.source"), "small muted")
            + label(MARGIN, target.bottom + 18, say("translation_view.target"), "small muted"))


def _candidates(choice: Choice, top: float) -> tuple[str, float]:
    """Draw the candidates of the step as bars, and the caption; return them and where the picture ends."""
    now = choice.now
    shown = now.candidates[:SHOWN]
    parts = [label(MARGIN, top, say("translation_view.candidates"), "small muted")]
    for rank, (token, probability) in enumerate(shown):
        y, won = top + 10 + BAR * rank, token == now.token
        parts.append(f'<rect class="bar{" won" if won else ""}" x="{BAR_LEFT}" y="{number(y)}" '
                     f'width="{number(max(BAR_WIDTH * probability, 1))}" height="{BAR - 6}" rx="2"/>'
                     + label(BAR_LEFT - 10, y + 13, token_name(token), "end bold" if won else "end")
                     + label(BAR_LEFT + BAR_WIDTH * probability + 8, y + 13, f"{probability:.3f}", "n"))
    y = top + 10 + BAR * len(shown)
    notes = [say("translation_view.forced_note")] if now.forced else []
    if now.token not in [token for token, _ in shown]:
        notes.append(say("translation_view.elsewhere", token=token_name(now.token), n=len(shown),
                         probability=f"{now.probability:.3f}"))
    lines = [line for note in notes for line in wrap(note, 80)]
    lines += wrap(say("translation_view.caption", threshold=f"{choice.threshold:g}"),
                  int((WIDTH - 2 * MARGIN) / (CELL * SMALL)))
    parts += [label(MARGIN, y + 18 + 17 * row, line, "small muted") for row, line in enumerate(lines)]
    return "".join(parts), y + 18 + 17 * len(lines)


def _touch(choice: Choice, source: Flow, target: Flow) -> str:
    """Return what answers hover and focus: for each target token, where its own step looked."""
    steps = "".join(f'<g class="s" tabindex="0" role="img" aria-label="{escape(spoken(choice, step))}">'
                    f'{target.rect(step, "o")}{_row(choice, source, target, step)}</g>'
                    for step in range(len(target.tokens)))
    hint = label(WIDTH - MARGIN, target.bottom + 18, say("translation_view.hint"), "small muted end")
    return f'<style>{_TOUCH_RULES}</style><g class="touch">{steps}</g>{hint}'
