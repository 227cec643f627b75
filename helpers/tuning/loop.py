"""Fine-tuning: a BERT and a small reader on top learn to sort texts, all of it or the reader alone."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from .. import wanted
from ..asked import short, whole
from ..models import Bert
from ..models.running import one_thread
from ..text import CourseError
from .batches import TextBatch, in_turns, take_step, to_batch
from .classifier import Classifier, free_layers
from .sentences import LabelledTexts

BATCH, MOST_STEPS = 16, 2000
RATES = {False: 5e-4, True: 2e-2}       # learning rate where all of BERT learns; where the reader alone does


@dataclass(frozen=True, eq=False, repr=False)
class TuningRecord:
    """What came of a training run.

    Attributes:
        classifier: as it is at the end.
        steps: how many were taken.
        losses: mean −ln p of the right class on the texts it learns from, before the first step and after the last.
        learnt: share of those texts that are right, before and after.
        accuracies: share of the held-out texts that are right, before and after; () where there were none.
        n_learnt: how many numbers were free to move.
    """

    classifier: Classifier
    steps: int
    losses: tuple[float, ...]
    learnt: tuple[float, ...]
    accuracies: tuple[float, ...]
    n_learnt: int

    def __repr__(self) -> str:
        held = f", held-out {self.accuracies[-1]:.3f}" if self.accuracies else ""
        return (f"<TuningRecord: {self.steps} steps, {self.n_learnt:,} numbers free, "
                f"loss {self.losses[-1]:.3f}{held}>")


def fine_tune(bert: Bert, learn: LabelledTexts, held_out: LabelledTexts | None = None, *, frozen: bool = False,
              steps: int = 60, seed: int = 0) -> TuningRecord:
    """Train a copy of a BERT, with a reader on its [CLS], to tell the classes of texts apart.

    Same texts, settings and seed give the same run. The BERT that was given stays as it is.

    Args:
        bert: the trained model to begin with.
        learn: the texts to learn from.
        held_out: texts to be judged on, before and after; never learnt from.
        frozen: keep BERT as it is and train the reader alone.
        steps: batches of 16 texts, 1 to 2000.
        seed: of the order of the texts.

    Raises:
        CourseError: for a number of steps outside this range, another kind of argument, or where there is nothing
            to learn.
    """
    if whole(steps, 1, MOST_STEPS) is None:
        raise CourseError("tuning.bad_steps", most=MOST_STEPS, got=short(steps))
    wanted.instance("fine_tune", "learn", learn, LabelledTexts, "labelled")
    if held_out is not None:
        wanted.instance("fine_tune", "held_out", held_out, LabelledTexts, "labelled")
    frozen, seed = wanted.switch("fine_tune", "frozen", frozen), wanted.seed("fine_tune", seed)
    wanted.instance("fine_tune", "bert", bert, Bert, "bert")
    if len(set(learn.labels)) < 2:
        raise CourseError("tuning.one_class", n=len(learn))
    classifier = Classifier(bert, learn.classes)
    with one_thread(), torch.enable_grad():
        free = _free(classifier, frozen)
        batches = _Fast(classifier, learn, held_out, frozen)
        optimiser = torch.optim.Adam(free, lr=RATES[frozen])
        before = batches.look()
        for places in in_turns(len(learn), BATCH, steps, seed):
            take_step(optimiser, batches.loss(places), free)
        losses, learnt, accuracies = zip(before, batches.look(), strict=True)
    return TuningRecord(classifier, steps, losses, learnt, accuracies if held_out else (),
                        sum(one.numel() for one in free))


def _free(classifier: Classifier, frozen: bool) -> list[nn.Parameter]:
    """Say which numbers may move: the reader's, and those of BERT's layers; its word vectors never."""
    layers = [] if frozen else free_layers(classifier.bert)
    return [*layers, *classifier.reader.parameters()]


class _Fast:
    """The texts of a run; where BERT is frozen its vectors are computed once."""

    def __init__(self, classifier: Classifier, learn: LabelledTexts, held_out: LabelledTexts | None, frozen: bool):
        self.classifier, self.frozen = classifier, frozen
        self.parts = [part for part in (learn, held_out) if part]
        self.labels = [torch.tensor(part.labels) for part in self.parts]
        self.batches = [to_batch(classifier.bert, part.texts) for part in self.parts]
        self.kept = [self._vectors(batch) for batch in self.batches] if frozen else []

    def _vectors(self, batch: TextBatch) -> Tensor:
        with torch.no_grad():
            return self.classifier.read(batch)

    def _logits(self, which: int, places: list[int]) -> Tensor:
        if self.frozen:
            return self.classifier.reader(self.kept[which][places])
        return self.classifier.logits(self.batches[which].pick(places))

    def loss(self, places: list[int]) -> Tensor:
        return cross_entropy(self._logits(0, places), self.labels[0][places])

    @torch.no_grad()
    def look(self) -> tuple[float, float, float]:
        """Return loss and accuracy on the learnt texts, and accuracy on the held-out ones (0 without any)."""
        found = [self._logits(which, list(range(len(part)))) for which, part in enumerate(self.parts)]
        rights = [(one.argmax(-1) == labels).double().mean().item()
                  for one, labels in zip(found, self.labels, strict=True)]
        return cross_entropy(found[0], self.labels[0]).item(), rights[0], rights[1] if len(rights) > 1 else 0.0
