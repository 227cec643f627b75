"""How much each token matters for a prediction, by seven measures: five are guesses, two are experiments."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from .. import wanted
from ..asked import place as checked_place
from ..asked import short
from ..models import Decoder, Model
from ..models.records import ModelRecord
from ..models.running import one_thread
from ..text import CourseError
from .rollout import roll_out

MEASURES = ("weight", "value", "rollout", "gradient", "integrated", "replaced", "ablation")
STEPS = 16                  # of the way from [MASK] to the token, for integrated gradients
MOST_LOGITS = 8_000_000     # what one pass may put out, so that a long text does not fill the memory


@dataclass(frozen=True, eq=False, repr=False)
class Importance:
    """How much each token of a text matters for one prediction.

    Attributes:
        record: the model's run on the text.
        query: the place whose prediction is explained: a [MASK], or the last token of a decoder's text.
        answer: the token whose probability is explained.
        probability: how likely the model holds it.
        places: of the tokens that are scored: all but the added ones ([CLS], <s>...) and the place itself.
        brought: (layer, head, token, d_model), α·v·W_O: what each head carries from each of them to the place.
        measured: what does not depend on layer and head, (token,) each: "gradient" and "ablation"; where the model
            knows a [MASK], "integrated" and "replaced" too.
    """

    record: ModelRecord
    query: int
    answer: str
    probability: float
    places: tuple[int, ...]
    brought: Tensor
    measured: dict[str, Tensor]

    def __repr__(self) -> str:
        return (f"<Importance: {len(self.places)} tokens for {self.answer!r} at {self.query}, "
                f"p = {self.probability:.2f}>")

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that are scored."""
        return tuple(self.record.tokens[one] for one in self.places)

    def scores(self, layer: int | None = None, head: int | None = None) -> dict[str, Tensor]:
        """Return a score for each token by each measure, (token,); larger is more important.

        =========== =================================================================================
        weight      the attention weight from the place, of one layer or the mean of all
        value       the length of α·v·W_O, the heads of a layer added before the length is taken
        rollout     the weights followed through the layers, up to this one (`roll_out`)
        gradient    gradient × input: the slope of log2 p along the token's embedding, in bits
        integrated  the same from [MASK]'s embedding to the token's, in small steps (integrated gradients)
        replaced    bits the prediction loses when the token is replaced by [MASK]
        ablation    bits it loses when no token may attend to this one, in any layer
        =========== =================================================================================

        The last four may be negative: such a token stands in the way of this prediction.

        Args:
            layer: of the first three; None for the mean of all layers, and the whole rollout.
            head: of the first two; None for all heads together.

        Raises:
            CourseError: if there is no such layer or head.

        Source: Kobayashi et al. 2020, Attention is Not Only a Weight (value); Abnar and Zuidema 2020 (rollout);
            Shrikumar et al. 2017, Learning Important Features Through Propagating Activation Differences (gradient);
            Sundararajan et al. 2017, Axiomatic Attribution for Deep Networks (integrated);
            Li et al. 2016, Understanding Neural Networks through Representation Erasure (ablation).
        """
        layers, heads = (self._chosen(name, value, count) for name, value, count in (
            ("layer", layer, self.record.n_layers), ("head", head, self.record.n_heads)))
        places = list(self.places)
        flow = roll_out(self.record).weights[-1 if layer is None else layer, 0]             # (query, key)
        return {"weight": self.record.weights[layers, heads, self.query][..., places].mean((0, 1)),
                "value": self.brought[layers, heads].sum(1).norm(dim=-1).mean(0),
                "rollout": flow[self.query, places], **self.measured}

    @staticmethod
    def _chosen(name: str, value: int | None, count: int) -> slice:
        """Return which layers or heads are meant."""
        found = None if value is None else checked_place(value, count)
        if value is not None and found is None:
            raise CourseError(f"importance.no_{name}", got=short(value), last=count - 1)
        return slice(None) if found is None else slice(found, found + 1)


@one_thread()
def measure_importance(model: Model, text: str, answer: str | None = None, *, mask: int = 0) -> Importance:
    """Measure how much each token of a text matters for one prediction.

    Args:
        model: a BERT that was trained to guess hidden words, or a decoder that can write.
        text: with a [MASK] for a BERT; for a decoder the beginning of a text, whose next token is explained.
        answer: the token whose probability is explained; None takes the likeliest.
        mask: which [MASK], counted from 0.

    Raises:
        CourseError: for what is no model, a text without a [MASK] or another token beside it, a model that predicts
            nothing, or an answer that is not in its vocabulary.
    """
    record = wanted.instance("measure_importance", "model", model, Model, "model").run(text)
    query = _query(model, record, mask)
    places = tuple(one for one in range(record.n_tokens) if one != query and one not in record.added_places)
    if not places:
        raise CourseError("importance.nothing_beside", text=short(text))
    asked = _Asked(model, record, query, _row(record, query, answer))
    before = asked.log_probability()
    measured = {"gradient": asked.gradient()[list(places)], "ablation": before - asked.without(places)}
    if model.tokenizer.mask_token_id is not None:
        measured |= {"integrated": asked.integrated(places), "replaced": before - asked.masked(places)}
    measured = {name: measured[name] for name in MEASURES if name in measured}
    return Importance(record, query, record.vocabulary[asked.row], 2 ** before.item(), places,
                      _brought(model, record, query)[:, :, list(places)], measured)


def _query(model: Model, record: ModelRecord, mask: int) -> int:
    """Return the place whose prediction is explained."""
    if isinstance(model, Decoder) and record.logit_places:
        return record.logit_places[-1]
    if isinstance(model, Decoder) or not getattr(model, "can_fill_mask", False):
        raise CourseError("importance.no_prediction", name=model.name)
    found = checked_place(mask, len(record.logit_places))
    if found is None:
        raise CourseError("importance.no_mask", n=len(record.logit_places), got=short(mask))
    return record.logit_places[found]


def _row(record: ModelRecord, query: int, answer: str | None) -> int:
    """Return the answer's row of the vocabulary; the likeliest where none is asked for."""
    assert record.logits is not None
    if answer is None:
        return int(record.logits[record.logit_places.index(query)].argmax())
    if not isinstance(answer, str) or answer not in record.vocabulary:
        raise CourseError("importance.no_token", got=short(answer), name=record.model_name)
    return record.vocabulary.index(answer)


def _brought(model: Model, record: ModelRecord, query: int) -> Tensor:
    """Return α·v·W_O, (layer, head, key, d_model), without the bias, which no key brings."""
    found = []
    for layer, weights, values in zip(model.anatomy.layers, record.weights, record.values, strict=True):
        averaged = weights[:, query, :, None] * values                                      # (head, key, d_head)
        alone = torch.eye(len(averaged)).to(averaged)[:, None, :, None] * averaged[:, :, None]
        context = alone.flatten(2)                                       # (head, key, n_heads * d_head): one head each
        with torch.no_grad():
            found.append(layer.w_output(context) - layer.w_output(torch.zeros_like(context)))
    return torch.stack(found)


@dataclass(frozen=True, eq=False)
class _Asked:
    """One prediction, asked for again and again: the text as it is, or with a token changed."""

    model: Model
    record: ModelRecord
    query: int
    row: int

    @property
    def token_ids(self) -> Tensor:
        """(1, token)."""
        return torch.tensor([self.record.token_ids], device=self.model.model.device)

    def log_probability(self) -> Tensor:
        """Return log2 p of the answer, of the text as it is."""
        with torch.no_grad():
            return self._said(input_ids=self.token_ids)[0]

    def without(self, places: tuple[int, ...]) -> Tensor:
        """Return log2 p, (place,), with each of the tokens hidden from all, one at a time."""
        rows = self.token_ids.expand(len(places), -1)
        seen = torch.ones_like(rows)
        seen[range(len(places)), list(places)] = 0
        return self._in_turn(rows, seen)

    def masked(self, places: tuple[int, ...]) -> Tensor:
        """Return log2 p, (place,), with each of the tokens replaced by [MASK], one at a time."""
        rows = self.token_ids.repeat(len(places), 1)
        rows[range(len(places)), list(places)] = self.model.tokenizer.mask_token_id
        return self._in_turn(rows, torch.ones_like(rows))

    def gradient(self) -> Tensor:
        """Return gradient × input of log2 p, (token,), along each token's word embedding."""
        inputs = self._embedded(self.token_ids)
        return (self._slopes(inputs) * inputs).sum(-1)[0]

    def integrated(self, places: tuple[int, ...]) -> Tensor:
        """Return the integrated gradients of log2 p, (place,), from [MASK] at all places at once to the tokens."""
        blank = self.token_ids.clone()
        blank[:, list(places)] = self.model.tokenizer.mask_token_id
        start, whole_way = self._embedded(blank), self._embedded(self.token_ids) - self._embedded(blank)
        parts = (torch.arange(STEPS).to(start) + 0.5) / STEPS                               # (step,)
        steps = start + parts[:, None, None] * whole_way                                    # (step, token, d_model)
        slopes = torch.cat([self._slopes(few) for few in steps.split(self._count)])
        return (slopes.mean(0) * whole_way[0]).sum(-1)[list(places)]

    def _embedded(self, token_ids: Tensor) -> Tensor:
        return self.model.anatomy.word_embeddings(token_ids).detach()

    def _slopes(self, inputs: Tensor) -> Tensor:
        """Return the gradient of log2 p by word embeddings, (row, token, d_model)."""
        inputs = inputs.clone().requires_grad_()
        with torch.enable_grad():
            return torch.autograd.grad(self._said(inputs_embeds=inputs).sum(), inputs)[0]

    def _in_turn(self, rows: Tensor, seen: Tensor) -> Tensor:
        """Return log2 p of each row, a few rows at a time."""
        with torch.no_grad():
            return torch.cat([self._said(input_ids=ids, attention_mask=mask) for ids, mask in
                              zip(rows.split(self._count), seen.split(self._count), strict=True)])

    @property
    def _count(self) -> int:
        """How many rows may run at once."""
        return max(1, MOST_LOGITS // (self.record.n_tokens * len(self.record.vocabulary)))

    def _said(self, **inputs: Tensor) -> Tensor:
        """Return log2 p of the answer at the place, (row,)."""
        given = next(iter(inputs.values()))
        inputs = {"attention_mask": torch.ones(given.shape[:2], dtype=torch.long, device=given.device)} | inputs
        if not isinstance(self.model, Decoder):
            inputs["token_type_ids"] = torch.tensor(self.record.segment_ids, device=given.device).expand(
                len(given), -1)
        self.model.model.eval()
        logits = self.model.model(**inputs)[0][:, self.query]                               # (row, vocab)
        return logits.log_softmax(-1)[:, self.row] / math.log(2)
