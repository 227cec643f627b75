"""Train the course translator; resumable, with a log.

    python -m training.translator WORK --steps 20000 [--decay 4000]

reads WORK/data.json and the tokenizer, keeps WORK/translator/checkpoint.pt and the weights of about two dozen steps
from birth on, and at the end writes WORK/translator/model/. One model learns both directions; one head of its
cross-attention is taught to point at the source word that is being translated (see `GUIDED`).
"""

import argparse
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn import functional
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from helpers.models.checksums import write_checksums
from helpers.transformer import Transformer, TransformerConfig

from .trainer import Schedule, Trainer
from .translator_data import Batch, Corpus

PEAK, WARM_UP = 1e-3, 800
MAX_TOKENS = 2_600         # in a batch: source and target with padding
GUIDED = (1, 0)            # layer and head of the cross-attention that learns the silver links
GUIDANCE = 0.2             # weight of that loss (Garg et al. 2019 use .05 on larger data)
SMOOTHING = 0.1


def new_model(tokenizer: PreTrainedTokenizerBase, dropout: float) -> Transformer:
    """Return an untrained translator of the course's size: 3 + 3 layers, 6 heads of 32, d_model 192, d_ff 768."""
    return Transformer(TransformerConfig(
        vocab_size=len(tokenizer), n_layers=3, d_model=192, n_heads=6, d_ff=768, norm_first=True, activation="gelu",
        dropout=dropout))


def translation_loss(model: Transformer, states: Tensor, batch: Batch, pieces: Tensor, smoothing: float) -> Tensor:
    """Return the mean cross-entropy of the next token among the pieces of the target language, in nats.

    Args:
        states: (batch, target token, d_model), the decoder's.
        pieces: (piece,), the ids the language is written with; a token outside them is not asked for.
        smoothing: share of the target probability spread over all pieces, 0 to 1.
    """
    place = torch.full((len(model.embedding.weight),), -100)
    place[pieces] = torch.arange(len(pieces))
    targets = torch.where(batch.target >= 0, place[batch.target.clamp(min=0)], -100)
    asked = targets >= 0
    logits = functional.linear(states[asked], model.embedding.weight[pieces])
    return functional.cross_entropy(logits.float(), targets[asked], label_smoothing=smoothing)


def guidance_loss(weights: Tensor, links: Tensor) -> Tensor:
    """Return how far one head (batch, query, key) is from the links: the mean of -log weight. Garg et al. 2019."""
    return -weights[tuple(links.T)].float().clamp(min=1e-6).log().mean()


class TranslatorTrainer(Trainer[Transformer, Batch]):
    """The translator's run.

    Args:
        work: folder with data.json, tokenizer/ and, if pairs were made, made.json; the run is kept in work/translator.
        schedule, seed: as in Trainer.
        dropout: share of the residual stream dropped while training.
    """

    def __init__(self, work: Path, schedule: Schedule, dropout: float = 0.2, seed: int = 0):
        self.data = json.loads((work / "data.json").read_text(encoding="utf-8"))
        kept = work / "made.json"
        made = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else []
        self.tokenizer = AutoTokenizer.from_pretrained(work / "tokenizer")
        torch.manual_seed(seed)
        super().__init__(work / "translator", new_model(self.tokenizer, dropout), schedule, seed)
        self.corpus = Corpus(self.data["train"], self.tokenizer, self.data["chinese"], made)
        self.pieces = {language: torch.tensor(ids) for language, ids in self.corpus.pieces.items()}
        self.dev = Corpus(self.data["dev"], self.tokenizer)

    def batches(self) -> Iterator[Batch]:
        """Yield the batches of one epoch."""
        rng = random.Random(f"{self.seed}/{self.epoch}")
        torch.manual_seed(self.seed * 1_000 + self.epoch)
        yield from self.corpus.batches(MAX_TOKENS, rng)

    def losses(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        """Return translation loss plus guidance, and both by name."""
        memory = self.model.encode(batch.source, batch.source_mask).states
        decoded = self.model.decode(batch.shifted, memory, batch.source_mask)
        layer, head = GUIDED
        loss = translation_loss(self.model, decoded.states, batch, self.pieces[batch.language], SMOOTHING)
        guidance = guidance_loss(decoded.cross_weights[layer][:, head], batch.links)
        return loss + GUIDANCE * guidance, {batch.language: loss, "guidance": guidance}

    @torch.no_grad()
    def measure(self) -> dict[str, float]:
        """Return the loss on held-out pairs, not smoothed, in nats a token, by target language."""
        self.model.eval()
        losses, tokens = {"zh": 0.0, "en": 0.0}, {"zh": 0, "en": 0}
        for batch in self.dev.batches(8_000, random.Random(0)):
            memory = self.model.encode(batch.source, batch.source_mask).states
            states = self.model.decode(batch.shifted, memory, batch.source_mask).states
            asked = int(torch.isin(batch.target, self.pieces[batch.language]).sum())
            loss = translation_loss(self.model, states, batch, self.pieces[batch.language], smoothing=0.0)
            losses[batch.language] += loss.item() * asked
            tokens[batch.language] += asked
        return {f"dev_{language}": losses[language] / tokens[language] for language in losses}


def export(model: Transformer, pieces: dict[str, Tensor], folder: Path) -> None:
    """Write config.json and model.safetensors in fp16; the tokenizer's files belong beside them.

    Args:
        model: the trained Transformer.
        pieces: {"zh" and "en": the ids each language is written with}; they stand beside the weights, as `pieces.zh`
            and `pieces.en`.
        folder: where to; made if need be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    config = {"model_type": "course-translator", **asdict(model.config), "taught_head": GUIDED}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8", newline="\n")
    tensors = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    tensors |= {f"pieces.{language}": ids.int() for language, ids in pieces.items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    write_checksums(folder)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--decay", type=int, default=4_000)
    parser.add_argument("--every", type=int, default=500, help="steps between two log lines and checkpoints")
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    schedule = Schedule(options.steps, options.decay, PEAK, WARM_UP)
    trainer = TranslatorTrainer(options.work, schedule, options.dropout, options.seed)
    if (trainer.folder / "checkpoint.pt").is_file():
        trainer.load("checkpoint.pt")
    trainer.run(options.every)
    export(trainer.model, trainer.pieces, trainer.folder / "model")
    shutil.copytree(options.work / "tokenizer", trainer.folder / "model", dirs_exist_ok=True)


if __name__ == "__main__":
    main()
