"""The same text through the same model twice, unchanged and changed, and what becomes of the prediction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from torch import Tensor
from torch.nn.functional import cosine_similarity

from ..models.changes.intervention import Changes, Intervention
from ..models.changes.keywords import spelled_out
from ..models.changes.plan import plan_for
from ..models.model import Model
from ..models.records import ModelRecord
from ..text import CourseError, escape, say

MOST_MOVED = 5
BAR = 12      # signs
STILL = 1e-6  # cosine distances below this are rounding
LEAST = 1e-45  # about the least number above 0 in float32: what is smaller counts as this in a divergence
Guesses = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class MaskChange:
    """One [MASK] before and after.

    Attributes:
        position: its place among the tokens.
        before, after: the likeliest tokens with their probabilities, best first.
        both: {token: (probability before, probability after)} for each token of either list.
        divergence: of all guesses together, in bits: the mean of log2(p before / p after), each token of the
            vocabulary counting as much as it was likely before (the divergence of Kullback and Leibler). 0 is no
            change; it is never negative.
    """

    position: int
    before: Guesses
    after: Guesses
    both: dict[str, tuple[float, float]]
    divergence: float

    @property
    def bits(self) -> float:
        """What the best token of before gained, log2(p after / p before): -1 is half as likely, 0 no change."""
        return self.gain(self.before[0][0])

    def gain(self, token: str) -> float:
        """Return log2(p after / p before) of a token of either list."""
        before, after = self.both[token]
        return _log2(after) - _log2(before) if after or before else 0.0

    @property
    def text(self) -> str:
        """One sentence on this [MASK]."""
        (old, p_old), (new, p_new) = self.before[0], self.after[0]
        return say("interventions.mask_same" if old == new else "interventions.mask_other", position=self.position,
                   old=old, new=new, p_old=f"{p_old:.2f}", p_new=f"{p_new:.2f}", p_kept=f"{self.both[old][1]:.2g}",
                   bits=f"{round(self.bits, 2) + 0.0:+.2f}", divergence=f"{self.divergence:.2f}")


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """What an intervention does to a text.

    Attributes:
        before, after: the records of the two runs.
        masks: one entry for each [MASK]; none where the text has no [MASK] or the model no trained head for it.
        moved: (layer + 1, token), how far each hidden state turned: the cosine distance, 0 (not at all) to 2.
        changes: what was changed, in words; an empty text where nothing was.
    """

    before: ModelRecord
    after: ModelRecord
    masks: tuple[MaskChange, ...]
    moved: Tensor
    changes: str

    def __repr__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What was changed and what came of it, in a sentence or two."""
        found = " ".join(mask.text for mask in self.masks) if self.masks else self._moved_text()
        return say("interventions.text", changes=self.words, found=found)

    @property
    def words(self) -> str:
        """What was changed, or that nothing was."""
        return self.changes or say("interventions.no_change")

    @property
    def most_moved(self) -> tuple[tuple[int, float], ...]:
        """The tokens whose last hidden state turned most, at most five: (place, cosine distance)."""
        best = self.moved[-1].topk(min(MOST_MOVED, self.moved.shape[-1]))
        return tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True))

    def _moved_text(self) -> str:
        place, distance = self.most_moved[0]
        if distance < STILL:
            return say("interventions.not_moved")
        return say("interventions.moved", token=self.after.tokens[place], position=place, distance=f"{distance:.3f}",
                   mean=f"{self.moved[-1].mean().item():.3f}")

    def _repr_html_(self) -> str:
        tables = [_mask_table(mask) for mask in self.masks] or [self._moved_table()]
        note = f"<p>{escape(say('interventions.bits_note'))}</p>" if self.masks else ""
        return f"<div><p>{escape(self.text)}</p>{''.join(tables)}{note}</div>"

    def _moved_table(self) -> str:
        rows = [(f"{place}", self.after.tokens[place], f"{distance:.3f}") for place, distance in self.most_moved]
        return _table([say(f"interventions.column_{name}") for name in ("place", "token", "distance")], rows)


@spelled_out(Intervention)
def compare(bert: Model, sentence_a: str, sentence_b: str | None = None, *, top: int = 5,
            **changes: Unpack[Changes]) -> Comparison:
    """Run a text twice, unchanged and changed, and put the two side by side.

    Args:
        bert: a loaded model.
        sentence_a: a text; with [MASK] in it the guesses are compared, where the model was trained to guess.
        sentence_b: a second one, or None.
        top: how many guesses to keep for each [MASK].
        changes: what to change; `Intervention` explains each.

    Returns:
        The comparison; it shows itself as a table.

    Raises:
        CourseError: as `bert.run` and `bert.fill_mask` do.
    """
    if not hasattr(bert, "run"):
        raise CourseError("interventions.not_a_model", got=type(bert).__name__)
    return Unchanged(bert, bert.run(sentence_a, sentence_b)).compare(top=top, **changes)


@dataclass(frozen=True, eq=False, repr=False)
class Unchanged:
    """A text as the model runs it unchanged, to be compared with as many changes as one likes.

    Attributes:
        bert: the model.
        record: its run.
    """

    bert: Model
    record: ModelRecord

    @property
    def guesses(self) -> bool:
        """Whether the model guesses anything in this text: there is a [MASK], and a trained head for it."""
        return bool(self.record.logit_places)

    @spelled_out(Intervention)
    def compare(self, *, top: int = 5, **changes: Unpack[Changes]) -> Comparison:
        """Run the text again, changed; see `compare`."""
        after = self.bert.run(*self.record.sentences, **changes)
        plan = plan_for(changes, after.tokens, self.bert.anatomy)
        moved = 1 - cosine_similarity(self.record.hidden_states, after.hidden_states, dim=-1)   # (layer + 1, token)
        return Comparison(self.record, after, _mask_changes(self.record, after, top), moved.clamp(min=0),
                          plan.words() if plan else "")


def _mask_changes(before: ModelRecord, after: ModelRecord, top: int) -> tuple[MaskChange, ...]:
    """Return what became of each guess."""
    if before.logits is None or after.logits is None:
        return ()
    lists = zip(before.logit_places, before.guesses(top), after.guesses(top), strict=True)
    old, new = (logits.softmax(-1).double() for logits in (before.logits, after.logits))     # (mask, vocab)
    return tuple(_mask_change(one, before.vocabulary, *sides) for one, *sides in zip(lists, old, new, strict=True))


def _mask_change(lists: tuple[int, list, list], vocabulary: tuple[str, ...], old: Tensor, new: Tensor) -> MaskChange:
    place, before, after = lists
    rows = {name: row for row, name in enumerate(vocabulary)}
    both = {token: (old[rows[token]].item(), new[rows[token]].item()) for token, _ in (*before, *after)}
    lost = old * (old.clamp(min=LEAST).log2() - new.clamp(min=LEAST).log2())                  # (vocab,)
    return MaskChange(place, tuple(before), tuple(after), both, max(lost.sum().item(), 0.0))


def _log2(probability: float) -> float:
    return math.log2(probability) if probability else -math.inf


def _mask_table(mask: MaskChange) -> str:
    heads = [say("interventions.column_before"), "p", say("interventions.column_after"), "p"]
    rows = [(old, _share(p_old), new, _share(p_new))
            for (old, p_old), (new, p_new) in zip(mask.before, mask.after, strict=True)]
    return _table(heads, rows)


def _share(probability: float) -> str:
    """Return a probability as a bar of signs that every front end can show.

    >>> _share(0.5)
    '0.500 ━━━━━━──────'
    """
    full = round(BAR * probability)
    return f"{probability:.3f} {'━' * full}{'─' * (BAR - full)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    return f"<table><thead>{line(heads, 'th')}</thead><tbody>{''.join(line(row, 'td') for row in rows)}</tbody></table>"
