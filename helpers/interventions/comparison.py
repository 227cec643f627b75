"""The same text through the same model twice, unchanged and changed, and what becomes of the prediction."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import Tensor
from torch.nn.functional import cosine_similarity

from helpers.interventions.plan import plan_for
from helpers.text import escape, say

if TYPE_CHECKING:
    from helpers.models.bert import Bert
    from helpers.models.records import BertRecord

MOST_MOVED = 5
Guesses = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class MaskChange:
    """One [MASK] before and after.

    Attributes:
        position: its place among the tokens.
        before, after: the likeliest tokens with their probabilities, best first.
        bits: log2 of the probability after, minus log2 before, of the token that was the best before: -1 means
            half as likely, 0 no change.
    """

    position: int
    before: Guesses
    after: Guesses
    bits: float

    @property
    def text(self) -> str:
        """One sentence on this [MASK]."""
        (old, p_old), (new, p_new) = self.before[0], self.after[0]
        return say("interventions.mask_same" if old == new else "interventions.mask_other", position=self.position,
                   old=old, new=new, p_old=f"{p_old:.2f}", p_new=f"{p_new:.2f}", p_kept=f"{p_old * 2 ** self.bits:.2g}",
                   bits=f"{self.bits:+.2f}")


@dataclass(frozen=True, eq=False, repr=False)
class Comparison:
    """What an intervention does to a text.

    Attributes:
        before, after: the records of the two runs.
        masks: one entry for each [MASK]; none where the text has no [MASK] or the model no trained head for it.
        moved: (layer + 1, token), how far each hidden state turned: the cosine distance, 0 (not at all) to 2.
        changes: what was changed, in words.
    """

    before: "BertRecord"
    after: "BertRecord"
    masks: tuple[MaskChange, ...]
    moved: Tensor
    changes: str

    def __repr__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What was changed and what came of it, in a sentence or two."""
        found = " ".join(mask.text for mask in self.masks) if self.masks else self._moved_text()
        return say("interventions.text", changes=self.changes or say("interventions.no_change"), found=found)

    @property
    def most_moved(self) -> tuple[tuple[int, float], ...]:
        """The tokens whose last hidden state turned most, at most five: (place, cosine distance)."""
        best = self.moved[-1].topk(min(MOST_MOVED, self.moved.shape[-1]))
        return tuple(zip(best.indices.tolist(), best.values.tolist(), strict=True))

    def _moved_text(self) -> str:
        place, distance = self.most_moved[0]
        return say("interventions.moved", token=self.after.tokens[place], position=place, distance=f"{distance:.3f}",
                   mean=f"{self.moved[-1].mean().item():.3f}")

    def _repr_html_(self) -> str:
        tables = [_mask_table(mask) for mask in self.masks] or [self._moved_table()]
        return f"<div><p>{escape(self.text)}</p>{''.join(tables)}</div>"

    def _moved_table(self) -> str:
        rows = [(f"{place}", self.after.tokens[place], f"{distance:.3f}") for place, distance in self.most_moved]
        return _table([say(f"interventions.column_{name}") for name in ("place", "token", "distance")], rows)


def compare(bert: "Bert", sentence_a: str, sentence_b: str | None = None, *, top: int = 5,
            **changes: object) -> Comparison:
    """Run a text twice, unchanged and changed, and put the two side by side.

    Args:
        bert: a loaded model.
        sentence_a: a text; with [MASK] in it the guesses are compared, where the model was trained to guess.
        sentence_b: a second one, or None.
        top: how many guesses to keep for each [MASK].
        changes: what to change, under the names of `Intervention`.

    Returns:
        The comparison; it shows itself as a table.

    Raises:
        CourseError: as `bert.run` and `bert.fill_mask` do.
    """
    before = bert.run(sentence_a, sentence_b)
    after = bert.run(sentence_a, sentence_b, **changes)
    plan = plan_for(changes, before.tokens, bert.model.config)
    moved = 1 - cosine_similarity(before.hidden_states, after.hidden_states, dim=-1)   # (layer + 1, token)
    return Comparison(before, after, _mask_changes(bert, before, top, changes), moved.clamp(min=0),
                      plan.words() if plan else "")


def _mask_changes(bert: "Bert", record: "BertRecord", top: int, changes: dict) -> tuple[MaskChange, ...]:
    """Compare the guesses for each [MASK] of a text."""
    places = [place for place, token_id in enumerate(record.token_ids) if token_id == bert.tokenizer.mask_token_id]
    if not places or not bert.can_fill_mask:
        return ()
    old = bert.fill_mask(*record.sentences, top=top)
    new = bert.fill_mask(*record.sentences, top=bert.model.config.vocab_size, **changes)
    return tuple(MaskChange(place, tuple(was), tuple(now[:top]), _bits(was[0], dict(now)))
                 for place, was, now in zip(places, old, new, strict=True))


def _bits(best: tuple[str, float], now: dict[str, float]) -> float:
    token, probability = best
    return math.log2(now[token]) - math.log2(probability) if now[token] else -math.inf


def _mask_table(mask: MaskChange) -> str:
    heads = [say("interventions.column_before"), "", say("interventions.column_after"), ""]
    rows = [(old, f"{p_old:.3f}", new, f"{p_new:.3f}")
            for (old, p_old), (new, p_new) in zip(mask.before, mask.after, strict=True)]
    return _table(heads, rows)


def _table(heads: list[str], rows: list[tuple[str, ...]]) -> str:
    def line(cells: tuple[str, ...] | list[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in cells)}</tr>"

    return f"<table><thead>{line(heads, 'th')}</thead><tbody>{''.join(line(row, 'td') for row in rows)}</tbody></table>"
