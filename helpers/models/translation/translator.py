"""What every translator does: read a text, write its translation token by token, and keep all of it in a record."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Unpack

import torch
from torch import Tensor, nn

from ...attention import merge_heads, split_heads
from ...text import say
from ...transformer import Hypothesis
from ..changes.keywords import spelled_out
from ..running import one_thread
from .changes import TranslationChanges, TranslationKeywords, TranslationPlan, translation_plan
from .records import BeamPath, Step, TranslationRecord
from .source import Source

N_CANDIDATES = 10


@dataclass(frozen=True)
class Written:
    """What a search wrote: the token ids, and the steps of a beam search with the paths looked at in each."""

    token_ids: list[int]
    steps: Sequence[list[Hypothesis]] = ()


@dataclass(frozen=True)
class Attended:
    """One run over a source and its whole translation.

    Attributes:
        encoder_weights, decoder_weights, cross_weights: as in TranslationRecord.
        log_probabilities: (target, vocab), of each token at each step; -inf for what may not be written.
    """

    encoder_weights: Tensor
    decoder_weights: Tensor
    cross_weights: Tensor
    log_probabilities: Tensor


class Translator:
    """A translation model and its tokenizer; `load_translator` makes one.

    Attributes:
        name: what the learner called it.
        n_encoder_layers, n_layers: layers of the encoder, and of the decoder.
        n_heads: heads in each decoder layer.
        d_model: the width of the embeddings and hidden states.
        max_tokens: the most tokens of a source, and of a translation.
        start, end: the tokens the decoder begins after and ends with.
        taught_head: (layer, head) of the cross-attention that was trained to align; None where none was.
    """

    name: str
    n_encoder_layers: int
    n_layers: int
    n_heads: int
    d_model: int
    max_tokens: int
    start: int
    end: int
    taught_head: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return (f"<{type(self).__name__} {self.name}: {self.n_encoder_layers} + {self.n_layers} layers x "
                f"{self.n_heads} heads, d_model {self.d_model}>")

    def read(self, text: str, target: str | None = None) -> Source:
        """Cut a text into the tokens that `translate` gives the encoder.

        Raises:
            CourseError: for what is not a text, a blank text, one that is too long, or a language that cannot be had.
        """
        raise NotImplementedError

    @spelled_out(TranslationChanges)
    def translate(self, text: str, target: str | None = None, *, beam: int = 1,
                  **changes: Unpack[TranslationKeywords]) -> TranslationRecord:
        """Translate a text and record everything on the way.

        Args:
            text: any text; a sentence does best.
            target: "zh" or "en"; None goes by the text: Chinese characters are translated into English, all else into
                Chinese.
            beam: how many paths to follow at a time, 1 to 16; 1 takes the likeliest token at each step.
            changes: what to change; `TranslationChanges` explains each.

        Returns:
            The record. Its `notices` say what did not reach the model as typed, and what was changed.

        Raises:
            CourseError: for a text that cannot be translated (see `read`), or a change that cannot be made.
        """
        source = self.read(text, target)
        plan = translation_plan(changes, beam, source, (self.n_layers, self.n_heads),
                        lambda prefix: self._prefix_ids(prefix, source.target))
        with one_thread(), torch.no_grad(), _heads_silent(self._cross_outputs(), plan.heads_off, self.n_heads):
            written = self._write(source, plan)
            attended = self._attend(source, plan, written.token_ids)
        return self._record(source, plan, written, attended)

    def _record(self, source: Source, plan: TranslationPlan, written: Written, attended: Attended) -> TranslationRecord:
        """Put together what one translation was."""
        ids, ways = written.token_ids, attended.log_probabilities
        tokens = self._tokens(ids)
        chosen = ways[range(len(ids)), ids]
        return TranslationRecord(
            **vars(source) | {"notices": (*source.notices, *self._notices(source, plan, ids))},
            text=self._sentence(ids, source.target), target_tokens=tokens, target_ids=tuple(ids),
            decoder_tokens=(*self._tokens([self.start]), *tokens[:-1]), encoder_weights=attended.encoder_weights,
            decoder_weights=attended.decoder_weights, cross_weights=attended.cross_weights,
            steps=self._steps(tokens, chosen, ways, len(plan.prefix_ids)), beams=self._beams(written.steps),
            log_probability=chosen.sum().item(), taught_head=self.taught_head, model_name=self.name)

    def _notices(self, source: Source, plan: TranslationPlan, token_ids: list[int]) -> Iterator[str]:
        if words := plan.words(source.source_tokens):
            yield say("interventions.notice", changes=words)
        if token_ids[-1] != self.end:
            yield say("translation.cut", n=len(token_ids))

    def _steps(self, tokens: tuple[str, ...], chosen: Tensor, ways: Tensor, n_forced: int) -> tuple[Step, ...]:
        best = ways.exp().topk(min(N_CANDIDATES, int(ways[0].isfinite().sum())))       # (target, candidate)
        candidates = [tuple(zip(self._tokens(ids), probabilities, strict=True))
                      for ids, probabilities in zip(best.indices.tolist(), best.values.tolist(), strict=True)]
        return tuple(Step(token, probability, ten, forced=place < n_forced) for place, (token, probability, ten)
                     in enumerate(zip(tokens, chosen.exp().tolist(), candidates, strict=True)))

    def _beams(self, steps: Sequence[list[Hypothesis]]) -> tuple[tuple[BeamPath, ...], ...]:
        """Return the tree of a beam search, its tokens named, its parents placed among all paths of the step before."""
        tree: list[tuple[BeamPath, ...]] = []
        kept: Sequence[int | None] = [None]
        for paths in steps:
            tree.append(tuple(BeamPath(self._tokens(path.token_ids), path.token_ids, path.log_probability, path.score,
                                       kept[path.parent], path.fate) for path in paths))
            kept = [place for place, path in enumerate(paths) if path.fate == "kept"]
        return tuple(tree)

    def _most(self, source: Source, plan: TranslationPlan) -> int:
        """Return where a translation without end is cut: twice the source and ten, as far as the model reaches."""
        return min(2 * len(source.source_ids) + 10 + len(plan.prefix_ids), self.max_tokens)

    def _prefix_ids(self, prefix: str, target: str) -> tuple[int, ...]:
        """Return the tokens of a beginning, all of which the model might write, or refuse it."""
        raise NotImplementedError

    def _cross_outputs(self) -> list[nn.Linear]:
        """Return, of each decoder layer, the projection that joins the heads of its cross-attention."""
        raise NotImplementedError

    def _write(self, source: Source, plan: TranslationPlan) -> Written:
        """Search for a translation."""
        raise NotImplementedError

    def _attend(self, source: Source, plan: TranslationPlan, token_ids: list[int]) -> Attended:
        """Run the model once over the source and a whole translation."""
        raise NotImplementedError

    def _tokens(self, token_ids: Sequence[int]) -> tuple[str, ...]:
        """Return what target tokens are called."""
        raise NotImplementedError

    def _sentence(self, token_ids: list[int], target: str) -> str:
        """Return written tokens as one would print them."""
        raise NotImplementedError


@contextmanager
def _heads_silent(outputs: list[nn.Linear], heads_off: Sequence[tuple[int, int]], n_heads: int) -> Iterator[None]:
    """Let the contexts of these heads be zero inside the block, before `outputs` joins the heads of each layer."""
    def silence(heads: list[int], inputs: tuple[Tensor]) -> tuple[Tensor]:
        by_head = split_heads(inputs[0], n_heads).clone()                              # (batch, head, token, d_head)
        by_head[:, heads] = 0
        return (merge_heads(by_head),)

    with ExitStack() as undo:
        for layer, output in enumerate(outputs):
            if heads := [head for at, head in heads_off if at == layer]:
                hook = output.register_forward_pre_hook(lambda _, inputs, heads=heads: silence(heads, inputs))
                undo.callback(hook.remove)
        yield
