"""bertviz's neuron view of a run that is over: no second model, and no weights read again."""

from typing import TYPE_CHECKING

from torch import Tensor

from .source import rounded, shown_names

if TYPE_CHECKING:
    from ...models import ModelRecord


class Replay:
    """Stands in for a BERT and its tokenizer: hands bertviz what a run has already computed.

    bertviz loads its neuron models itself, from `pytorch_model.bin` files at addresses that are gone; what it asks of
    a model and a tokenizer is little, and a record holds all of it, whatever the model was loaded from.

    Args:
        record: a model's run, with queries and keys.

    Attributes:
        texts: the names of the texts, to be given to bertviz as its sentences.
        cls_token, sep_token: the first token, and the one that ends a sentence.
    """

    def __init__(self, record: "ModelRecord"):
        names = shown_names(record.tokens)
        end = record.sentence_b_start or len(names)
        self.cls_token, self.sep_token = names[0], names[end - 1]
        self._pieces = {"a": names[1:end - 1], "b": names[end:-1]}
        self.texts = ("a", None if record.sentence_b_start is None else "b")
        self._layers = [{"attn": weights, "queries": queries, "keys": keys} for weights, queries, keys in zip(
            *(_batches(steps) for steps in (record.weights, record.queries, record.keys)), strict=True)]

    def tokenize(self, text: str) -> list[str]:
        """Return the tokens of the text "a" or "b", without those that begin and end it."""
        return self._pieces[text]

    def convert_tokens_to_ids(self, tokens: list[str]) -> list[int]:
        """Return a number for each token; none is looked at."""
        return [0] * len(tokens)

    def eval(self) -> None:
        """Do nothing: the model has run."""

    def __call__(self, token_ids: Tensor, token_type_ids: Tensor | None = None) -> tuple[list[dict[str, Tensor]]]:
        """Return the run by layers: "attn" (1, head, query, key), "queries" and "keys" (1, head, token, d_head)."""
        return (self._layers,)


def _batches(steps: Tensor) -> list[Tensor]:
    """Return one tensor a layer, with a batch of one, rounded."""
    return list(rounded(steps)[:, None])


def count_of(record: "ModelRecord") -> int:
    """Return how many numbers a neuron view's page holds: for a pair of sentences all of them twice."""
    copies = 1 if record.sentence_b_start is None else 2
    return copies * (record.weights.numel() + record.queries.numel() + record.keys.numel())
