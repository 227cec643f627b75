"""What every model that reads a text does: run once, and keep all that was computed in a record."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Unpack

import torch
from torch import Tensor, nn

from ..text import CourseError
from .anatomy import Part, anatomy_of
from .capture import capture, captured_parts, prove
from .changes.hooks import changed
from .changes.intervention import Changes, Intervention
from .changes.keywords import spelled_out
from .changes.plan import Plan, plan_for
from .records import ModelRecord
from .running import one_thread
from .tokens import EncodedText

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase
    from transformers.modeling_outputs import BaseModelOutput


Record = TypeVar("Record", bound=ModelRecord)


class Model(Generic[Record]):
    """A model and its tokenizer; `load_model` makes one.

    Attributes:
        model: the transformers model.
        tokenizer: its tokenizer.
        name: what the learner called it.
        anatomy: where things sit inside it.
        record_type: the kind of record its runs make.
    """

    record_type: type[Record]

    def __init__(self, model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", name: str):
        self.model, self.tokenizer, self.name = model, tokenizer, name
        self.anatomy = anatomy_of(self.encoder)

    def __repr__(self) -> str:
        return (f"<{type(self).__name__} {self.name}: {self.n_layers} layers x {self.n_heads} heads, "
                f"d_model {self.d_model}>")

    @property
    def encoder(self) -> Part:
        """The model without the heads on top: embeddings and layers."""
        return self.model.base_model

    @property
    def n_layers(self) -> int:
        """The number of layers."""
        return self.anatomy.n_layers

    @property
    def n_heads(self) -> int:
        """The number of heads in each layer, counted by their queries."""
        return self.anatomy.n_heads

    @property
    def d_model(self) -> int:
        """The width of the hidden states."""
        return self.model.config.hidden_size

    @property
    def max_tokens(self) -> int:
        """The most tokens a text may have, those included that the model's format adds."""
        return self.anatomy.max_tokens

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """What each row of the model's table is called; #17 where row 17 has no token of its own."""
        names = [f"#{row}" for row in range(self.anatomy.word_embeddings.num_embeddings)]
        for token, row in self.tokenizer.get_vocab().items():
            names[row] = token
        return tuple(names)

    def encode(self, sentence_a: str, sentence_b: str | None = None) -> EncodedText:
        """Cut a text into the tokens that `run` gives the model."""
        raise NotImplementedError

    @one_thread()
    @spelled_out(Intervention)
    def run(self, sentence_a: str, sentence_b: str | None = None, **changes: Unpack[Changes]) -> Record:
        """Run the model once on a text or pair and record everything it computes, its prediction too.

        Args:
            sentence_a: any text.
            sentence_b: a second one; None or a blank text where there is none.
            changes: what to change inside the running model; `helpers.interventions.Intervention` explains each.

        Returns:
            The record. Its `notices` say what did not reach the model as typed, and what was changed.

        Raises:
            CourseError: for a text that cannot be read (see `encode`), a change that cannot be made, or a model
                whose attention is not softmax(q·k/√d).
        """
        encoded = self.encode(sentence_a, sentence_b)
        plan, asked = plan_for(changes, encoded.tokens, self.anatomy), self._asked(encoded)
        with ExitStack() as hooks:
            hooks.enter_context(changed(self.anatomy, plan))
            found = hooks.enter_context(capture(self.anatomy))
            output = self._forward(self.model if asked else self.encoder, encoded)
        attentions, hidden_states = output.attentions or (), output.hidden_states or ()
        if len(attentions) != self.n_layers:
            raise CourseError("models.no_attentions", name=self.name)
        parts: dict[str, Any] = captured_parts(found, self.anatomy, plan.gain if plan else 1.0) | self._parts()
        return self.record_type(
            **vars(encoded) | {"notices": _notices(encoded, plan)}, **parts,
            weights=self._proven(parts["scores"], torch.cat(attentions), plan),
            hidden_states=torch.cat(hidden_states), logits=output[0][0, list(asked)] if asked else None,
            logit_places=tuple(asked), vocabulary=self.vocabulary if asked else (), model_name=self.name)

    def _asked(self, encoded: EncodedText) -> Sequence[int]:
        """Return the places whose logits a record keeps."""
        raise NotImplementedError

    def _inputs(self, encoded: EncodedText) -> dict[str, object]:
        """Return what this kind of model is given besides token ids and mask."""
        raise NotImplementedError

    def _parts(self) -> dict[str, object]:
        """Return what a record of this kind of model holds besides what was captured."""
        return {}

    def _proven(self, scores: Tensor, weights: Tensor, plan: Plan | None) -> Tensor:
        """Return the weights with the rows that were edited, once the model's own are proven."""
        prove(scores, weights, self.name, plan.gain if plan else 1.0, single=self.anatomy.single_softmax)
        return plan.edited(weights) if plan else weights

    def _forward(self, model: nn.Module, encoded: EncodedText) -> "BaseModelOutput":
        """Run the model, or a part of it, on one text: no dropout, no gradients."""
        token_ids = self._batch(encoded.token_ids)
        self.model.eval()
        with torch.no_grad():
            return model(input_ids=token_ids, attention_mask=torch.ones_like(token_ids), output_attentions=True,
                         output_hidden_states=True, **self._inputs(encoded))

    def _batch(self, numbers: tuple[int, ...]) -> Tensor:
        """Return numbers as a batch of one text."""
        return torch.tensor([numbers], device=self.model.device)


def _notices(encoded: EncodedText, plan: Plan | None) -> tuple[str, ...]:
    """Return what to say about a run: what did not reach the model as typed, and what was changed."""
    return (*encoded.notices, *([plan.notice()] if plan and plan.words() else ()))
