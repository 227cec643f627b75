"""What the trainers share: the schedule, one optimiser step, the log, checkpoints, and the states kept from birth."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Generic, TypeVar

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

MATRIX_DECAY = 0.01


@dataclass(frozen=True)
class Schedule:
    """The learning rate of a run: linear warm-up to `peak`, a plateau, a straight fall over the last `decay` steps."""

    steps: int
    decay: int
    peak: float
    warm_up: int

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        return self.peak * min(1.0, (step + 1) / self.warm_up, max(0.0, (self.steps - step) / max(self.decay, 1)))


def birth_steps(last: int) -> list[int]:
    """Return the steps at which a state is kept, ever further apart: 0, 1, 2, 3, 5, 8, 12 ... and `last`.

    >>> birth_steps(20)
    [0, 1, 2, 3, 5, 8, 12, 19, 20]
    """
    steps, step = [], 0
    while step < last:
        steps.append(step)
        step = max(step + 1, round(step * 1.55))
    return [*steps, last]


Model = TypeVar("Model", bound=nn.Module)
Batch = TypeVar("Batch")


class Trainer(Generic[Model, Batch]):
    """One training run: model, optimiser, step count and the files they are kept in. A subclass says what is learnt.

    Args:
        folder: where checkpoints, the log and the states from birth go.
        model: what is trained.
        schedule: length and learning rate.
        seed: of the weights, the order of the examples and what is drawn while training.
    """

    def __init__(self, folder: Path, model: Model, schedule: Schedule, seed: int = 0):
        self.folder, self.model, self.schedule, self.seed = folder, model, schedule, seed
        self.folder.mkdir(parents=True, exist_ok=True)
        self.optimiser = torch.optim.AdamW(_parameter_groups(model), betas=(0.9, 0.98), fused=True)
        self.step, self.epoch, self.seconds = 0, 0, 0.0

    def batches(self) -> Iterable[Batch]:
        """Return the batches of the epoch `self.epoch`, the same for the same seed."""
        raise NotImplementedError

    def losses(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the loss to go down, and its named parts for the log."""
        raise NotImplementedError

    def measure(self) -> dict[str, float]:
        """Return figures on held-out text for the log."""
        raise NotImplementedError

    def kept_steps(self) -> list[int]:
        """Return the steps at which a state is kept for good."""
        return birth_steps(self.schedule.steps)

    def save(self, name: str) -> None:
        """Keep the whole state as `name`, replacing an older one only when the new file is complete."""
        state = {"model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(),
                 "step": self.step, "epoch": self.epoch, "seconds": self.seconds}
        torch.save(state, self.folder / (name + ".new"))
        (self.folder / (name + ".new")).replace(self.folder / name)

    def load(self, name: str) -> None:
        """Go on from the state kept as `name`."""
        state = torch.load(self.folder / name, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.epoch, self.seconds = state["step"], state["epoch"], state["seconds"]

    def keep_from_birth(self) -> None:
        """Keep the weights of this step in fp16 as birth/STEP.safetensors, if it is one of those to keep."""
        if self.step in self.kept_steps():
            (self.folder / "birth").mkdir(exist_ok=True)
            state = {name: tensor.half().contiguous().clone() for name, tensor in self.model.state_dict().items()}
            save_file(state, self.folder / "birth" / f"{self.step:06}.safetensors")

    def log(self, **figures: float) -> None:
        """Print one line of figures and add it to log.jsonl."""
        line = json.dumps({"step": self.step, **{name: round(figure, 4) for name, figure in figures.items()}})
        print(line, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")

    def update(self, batch: Batch) -> dict[str, float]:
        """Take one optimiser step; return the named losses."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.schedule.rate(self.step)
        with torch.autocast("cpu", torch.bfloat16):
            loss, parts = self.losses(batch)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return {name: part.item() for name, part in parts.items()}

    def run_epoch(self, every: int) -> None:
        """Train on one epoch, logging and saving every `every` steps; a resumed run starts its epoch again."""
        started, seen = time.monotonic(), defaultdict(list)
        self.model.train()
        for batch in self.batches():
            if self.step >= self.schedule.steps:
                break
            for name, loss in self.update(batch).items():
                seen[name].append(loss)
            self.keep_from_birth()
            if self.step == self.schedule.steps - self.schedule.decay:
                self.save("plateau.pt")
            if self.step % every == 0:
                self.seconds += time.monotonic() - started
                self.log(**{name: mean(losses) for name, losses in seen.items()}, minutes=self.seconds / 60,
                         **self.measure())
                self.save("checkpoint.pt")
                self.model.train()
                started, seen = time.monotonic(), defaultdict(list)
        self.epoch += 1
        self.seconds += time.monotonic() - started

    def run(self, every: int) -> None:
        """Train to the end of the schedule, from the birth of the weights or from where a state was loaded."""
        self.keep_from_birth()
        while self.step < self.schedule.steps:
            self.run_epoch(every)
        self.save("checkpoint.pt")


def _parameter_groups(model: nn.Module) -> list[dict]:
    """Return the parameters in two groups: weight decay for matrices, none for biases and layer norms."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    rest = [p for p in model.parameters() if p.ndim <= 1]
    return [{"params": matrices, "weight_decay": MATRIX_DECAY}, {"params": rest, "weight_decay": 0.0}]
