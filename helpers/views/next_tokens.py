"""What a decoder would write next: a bar for each token, and where temperature, top-k and top-p cut."""

from dataclasses import dataclass
from typing import Unpack

from torch import Tensor

from ..asked import short, whole
from ..models.changes.keywords import spelled_out
from ..models.records import DecoderRecord
from ..models.sampling import Sampling, SamplingChoices
from ..text import CourseError, say
from .kit import DIGITS, Drawn, lines, room, scoped, view_of
from .svg import clip, is_special, label, number, visible, wrap
from .theme import NEGATIVE, POSITIVE
from .view import View

WIDTH, MARGIN, ROW, TOP = 640, 24, 24, 82
LEFT, BAR, THIN = 150, 400, 14
MOST_ROWS, LONGEST = 40, 14
RULES = scoped("next", f"""
.now{{fill:{POSITIVE}}}
.was{{fill:none;stroke:currentColor;stroke-opacity:.7}}
.gone{{fill-opacity:.5}}
.line{{stroke:{NEGATIVE};stroke-width:2;stroke-dasharray:5 4}}
.num{{font-variant-numeric:tabular-nums}}
""")


@spelled_out(Sampling)
def view_next(record: DecoderRecord, top: int = 12, **sampling: Unpack[SamplingChoices]) -> View:
    """Draw what a decoder would write behind a text: filled bars under the sampling, outlines as the model held it.

    Args:
        record: a run of a decoder that can write.
        top: how many of the likeliest tokens get a bar, 1 to 40.
        sampling: the fields of `helpers.models.Sampling`.

    Returns:
        A `View`: `.svg`, `.text`, `.data` (tokens, probabilities before and after, how many are kept), `.save(path)`.

    Raises:
        CourseError: for another record, or a choice out of its range.
    """
    shown = select(record, top, Sampling.of(sampling))
    return view_of("next", shown, draw(shown), RULES)


@dataclass(frozen=True, eq=False)
class Shown:
    """What is drawn.

    Attributes:
        text: the end of the text, as tokens.
        sampling: temperature and cuts.
        tokens: the likeliest ones, best first.
        before, after: their probabilities, (token,), as the model held them and as they are sampled.
        kept: how many tokens of the whole vocabulary may be written; mass: what they had before.
        vocab: how many there are.
        logits: of all of them.
    """

    text: str
    sampling: Sampling
    tokens: tuple[str, ...]
    before: Tensor
    after: Tensor
    kept: int
    mass: float
    vocab: int
    logits: Tensor

    @property
    def facts(self) -> dict[str, str]:
        """The numbers for sentences."""
        return {"kept": f"{self.kept:,}", "vocab": f"{self.vocab:,}", "share": f"{self.mass:.1%}"}

    def title(self) -> str:
        """Return the heading."""
        return say("next_tokens.title", text=self.text)

    def settings(self) -> str:
        """Return temperature and cuts in words."""
        cuts = {name: say("next_tokens.all") if value is None else f"{value:g}"
                for name, value in (("top_k", self.sampling.top_k), ("top_p", self.sampling.top_p))}
        return say("next_tokens.settings", temperature=f"{self.sampling.temperature:g}", **cuts)

    def sentence(self) -> str:
        """Return the sentence that says what the picture shows."""
        said = [say("next_tokens.token", token=visible(token), share=f"{share:.1%}")
                for token, share in list(zip(self.tokens, self.after.tolist(), strict=True))[:3]]
        return say("next_tokens.text", text=self.text, settings=self.settings(), tokens=say("views.comma").join(said),
                   **{name: self.facts[name] for name in ("kept", "vocab")})

    def data(self) -> dict:
        """Return the numbers drawn, rounded."""
        return {"tokens": list(self.tokens), "before": [round(share, DIGITS) for share in self.before.tolist()],
                "after": [round(share, DIGITS) for share in self.after.tolist()], "kept": self.kept,
                "mass": round(self.mass, DIGITS)}


def select(record: DecoderRecord, top: int, sampling: Sampling) -> Shown:
    """Check the choices and compute what is drawn from the logits behind the last token.

    Raises:
        CourseError: for another record, or a number of bars out of range.
    """
    if not isinstance(record, DecoderRecord) or record.logits is None:
        raise CourseError("next_tokens.not_a_record", got=type(record).__name__)
    rows = whole(top, 1, MOST_ROWS)
    if rows is None:
        raise CourseError("next_tokens.top", most=MOST_ROWS, got=short(top))
    logits = record.logits[-1].double()
    before, after, kept = logits.softmax(-1), sampling.probabilities(logits), sampling.kept(logits)
    best = before.topk(min(rows, len(before))).indices
    tokens = tuple(record.vocabulary[row] for row in best.tolist())
    own = [visible(token) for place, token in enumerate(record.tokens) if place not in record.added_places]
    return Shown(clip(" ".join(own[-8:]), 44), sampling, tokens, before[best], after[best], int(kept.sum()),
                 before[kept].sum().item(), len(before), logits)


def draw(shown: Shown) -> Drawn:
    """Draw heading, bars, the cut and what stands below."""
    n_rows, most = len(shown.tokens), max(shown.before.max().item(), shown.after.max().item())
    rows = "".join(_bar(shown, place, BAR / most) for place in range(n_rows))
    bottom, rest = TOP + ROW * n_rows, 1 - shown.after.sum().item()
    below = ""
    if shown.kept < n_rows:
        y = number(TOP + ROW * shown.kept)
        below = (f'<path class="line" d="M{MARGIN} {y}H{WIDTH - MARGIN}"/>'
                 + label(WIDTH - MARGIN, float(y) + 13, say("next_tokens.cut"), "small end"))
    elif shown.kept > n_rows:
        more = say("next_tokens.more", n=f"{shown.kept - n_rows:,}", share=f"{rest:.1%}")
        below = label(LEFT, bottom + 14, more, "small muted")
    note = wrap(say("next_tokens.kept", **shown.facts), room(WIDTH - 2 * MARGIN))
    return Drawn(label(MARGIN, 32, shown.title(), "title") + label(MARGIN, 56, shown.settings(), "small muted")
                 + rows + below + lines(MARGIN, bottom + 38, note), (WIDTH, bottom + 74))


def _bar(shown: Shown, place: int, unit: float) -> str:
    """Draw one token: its name, the bar of now, the outline of before, its probability."""
    before, after, name = shown.before[place].item(), shown.after[place].item(), visible(shown.tokens[place])
    y, gone = TOP + ROW * place + ROW / 2, " gone" if after == 0 else ""
    top, special = number(y - THIN / 2), " special" if is_special(name) else ""
    return (label(LEFT - 10, y + 4.5, clip(name, LONGEST), "end" + gone + special)
            + f'<rect class="now" x="{LEFT}" y="{top}" width="{number(after * unit)}" height="{THIN}"/>'
            f'<rect class="was" x="{LEFT}" y="{top}" width="{number(before * unit)}" height="{THIN}"/>'
            + label(LEFT + max(before, after) * unit + 8, y + 4.5, f"{after:.3f}", "small num" + gone))
