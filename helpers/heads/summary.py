"""What each head does, as numbers, as names, as a small table and as a sentence."""

from collections import Counter
from dataclasses import dataclass

from torch import Tensor

from ..asked import place, short
from ..text import CourseError, escape, say

KINDS = ("previous", "next", "same", "repeat", "special", "punctuation", "other", "broad")
LEADS, IS_BROAD = 0.4, 0.75
TOP = 3
BERT_SPECIAL = ("[CLS]", "[SEP]")


@dataclass(frozen=True, eq=False, repr=False)
class HeadSummary:
    """What each head of a model does on some texts; see `describe_heads` for how it is measured.

    Attributes:
        shares: {kind: (layer, head)}, each in 0-1; "broad" is the entropy of a row over the largest there can be.
        entropy: (layer, head), of a row of weights, in bits: about 2 ** entropy keys share the attention.
        distance: (layer, head), from the asking token to where its attention goes, on average, in tokens.
        chance: {kind: the share of a head that gives every key the same weight}.
        asked: {kind: how many queries could ask}.
        n_texts: how many texts were measured.
        model_name: what the learner called the model.
        special: the special tokens there were, each once.
    """

    shares: dict[str, Tensor]
    entropy: Tensor
    distance: Tensor
    chance: dict[str, float]
    asked: dict[str, int]
    n_texts: int
    model_name: str = ""
    special: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return self.text

    @property
    def n_layers(self) -> int:
        """The number of layers."""
        return self.entropy.shape[0]

    @property
    def n_heads(self) -> int:
        """The number of heads in each layer."""
        return self.entropy.shape[1]

    def name(self, kind: str) -> str:
        """Return what a kind is called; special tokens by BERT's names where there are no others."""
        return say("heads.special_any" if kind == "special" and {*self.special} - {*BERT_SPECIAL} else f"heads.{kind}")

    def kind(self, layer: int, head: int) -> str:
        """Name what leads in a head: a kind, or "mixed".

        The kind is the one whose share lies furthest above chance, where chance counts as 0 and all attention as 1,
        if that is at least 0.4; else "broad", if that is at least 0.75; else "mixed".

        Raises:
            CourseError: if there is no such layer or head.
        """
        self._check_place(layer, head)
        best = self._nearest(layer, head)
        if self._above_chance(best, layer, head) >= LEADS:
            return best
        return "broad" if self.shares["broad"][layer, head].item() >= IS_BROAD else "mixed"

    def caption(self, layer: int, head: int) -> str:
        """Say in a few words what a head does, with its share: for a mixed head, of what comes nearest to leading.

        Raises:
            CourseError: if there is no such layer or head.
        """
        kind = self.kind(layer, head)
        if kind == "broad":
            return say("heads.caption_broad", bits=f"{self.entropy[layer, head].item():.1f}")
        shown = self._nearest(layer, head) if kind == "mixed" else kind
        return say("heads.caption_mixed" if kind == "mixed" else "heads.caption", kind=self.name(shown),
                   share=f"{self.shares[shown][layer, head].item():.0%}")

    def rank(self, kind: str) -> list[tuple[int, int]]:
        """Return every (layer, head), the largest share of `kind` first; of equals, the first layer and head first.

        Raises:
            CourseError: if there is no such kind, or no query of these texts could ask.
        """
        self.check_kind(kind)
        order = self.shares[kind].flatten().sort(descending=True, stable=True).indices.tolist()
        return [divmod(index, self.n_heads) for index in order]

    def check_kind(self, kind: str) -> None:
        """Refuse a kind that is none, or that no query of these texts could ask about.

        Raises:
            CourseError: in these cases.
        """
        if not isinstance(kind, str) or kind not in KINDS:
            raise CourseError("heads.no_kind", got=f"{kind!r:.40}", kinds=", ".join(KINDS))
        if not self.asked[kind]:
            raise CourseError("heads.no_one_asks", kind=self.name(kind))

    @property
    def text(self) -> str:
        """One sentence: how many heads of each kind there are."""
        counts = Counter(self.kind(layer, head) for layer in range(self.n_layers) for head in range(self.n_heads))
        named = [say("heads.count", kind=self.name(kind), n=counts[kind])
                 for kind in (*KINDS, "mixed") if counts[kind]]
        return say("heads.text", model=self.model_name or say("heads.model"), n=self.n_layers * self.n_heads,
                   texts=self.n_texts, found=say("heads.comma").join(named))

    def table(self) -> list[tuple[str, ...]]:
        """Return the heading and one row for each kind that could be measured, as texts in the chosen language.

        The columns are: the kind, what chance would give, the best head, its share, and the next two heads.
        """
        heading = tuple(say(f"heads.column_{name}") for name in ("kind", "chance", "best", "share", "next"))
        return [heading, *(self._row(kind) for kind in KINDS if self.asked[kind])]

    def _row(self, kind: str) -> tuple[str, ...]:
        shares = self.shares[kind]
        best, *others = self.rank(kind)[:TOP]
        nexts = "  ".join(f"{layer}.{head} {shares[layer, head].item():.0%}" for layer, head in others)
        return (self.name(kind), f"{self.chance[kind]:.0%}", f"{best[0]}.{best[1]}",
                f"{shares[best].item():.0%}", nexts)

    def _repr_html_(self) -> str:
        heading, *rows = self.table()
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        return (f"<div><p>{escape(self.text)}</p><table><thead><tr>"
                f"{''.join(f'<th>{escape(cell)}</th>' for cell in heading)}</tr></thead><tbody>{body}</tbody></table>"
                f"<p>{escape(say('heads.table_note'))}</p></div>")

    def _nearest(self, layer: int, head: int) -> str:
        """Return the kind, "broad" left out, whose share lies furthest above chance."""
        return max(KINDS[:-1], key=lambda kind: self._above_chance(kind, layer, head))

    def _above_chance(self, kind: str, layer: int, head: int) -> float:
        """Return where a share lies between chance (0) and all attention (1)."""
        chance = self.chance[kind]
        return (self.shares[kind][layer, head].item() - chance) / (1 - chance) if chance < 1 else 0.0

    def _check_place(self, layer: int, head: int) -> None:
        if place(layer, self.n_layers) is None or place(head, self.n_heads) is None:
            raise CourseError("heads.no_head", layer=short(layer, 20), head=short(head, 20),
                              last_layer=self.n_layers - 1, last_head=self.n_heads - 1)
