"""Train the course BERT; resumable, with a log.

    python -m helpers.training.bert WORK --steps 20000 [--decay 4000]

reads WORK/data.json and WORK/tokenizer/, keeps WORK/bert/checkpoint.pt, and at the end writes WORK/bert/model/.
The learning rate warms up, stays, and falls to zero over the last `--decay` steps. The state just before the fall is
kept as WORK/bert/plateau.pt, so that a later run with more `--steps` goes on from there (`--from-plateau`).
"""

import argparse
import json
import random
import time
from pathlib import Path

import torch
from torch.nn import functional
from transformers import AutoTokenizer, BertConfig, BertForPreTraining, PreTrainedTokenizerBase

from .bert_data import Batch, Corpus, batches, mask_tokens, pad
from .evaluate_bert import quick_scores

PEAK, WARM_UP = 1e-3, 1_000
MAX_TOKENS = 2_000   # in a batch, padding included


def new_model(tokenizer: PreTrainedTokenizerBase, dropout: float) -> BertForPreTraining:
    """Return an untrained BERT of the course's size: 4 layers, 6 heads of 32, d_model 192, d_ff 768."""
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=192, num_hidden_layers=4, num_attention_heads=6,
        intermediate_size=768, max_position_embeddings=128, attention_probs_dropout_prob=0.0,
        hidden_dropout_prob=dropout, pad_token_id=tokenizer.pad_token_id)
    config._attn_implementation = "eager"
    return BertForPreTraining(config)


def learning_rate(step: int, steps: int, decay: int) -> float:
    """Return the rate at `step`: linear warm-up to PEAK, a plateau, and a straight fall over the last `decay`."""
    return PEAK * min(1.0, (step + 1) / WARM_UP, max(0.0, (steps - step) / max(decay, 1)))


def loss_of(model: BertForPreTraining, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (masked-LM loss, pair loss); the vocabulary is scored at the masked places alone."""
    out = model.bert(batch.ids, attention_mask=batch.attention.long(), token_type_ids=batch.segments)
    asked = batch.targets != -100
    logits = model.cls.predictions(out.last_hidden_state[asked])
    masked = functional.cross_entropy(logits.float(), batch.targets[asked])
    pair = functional.cross_entropy(model.cls.seq_relationship(out.pooler_output).float(), batch.pair_labels,
                                    reduction="sum") / (batch.pair_labels >= 0).sum().clamp(min=1)
    return masked, pair


def parameter_groups(model: torch.nn.Module) -> list[dict]:
    """Return the parameters in two groups: weight decay for matrices, none for biases and layer norms."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    rest = [p for p in model.parameters() if p.ndim <= 1]
    return [{"params": matrices, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}]


class Trainer:
    """One training run: model, optimiser, step count and the files they are kept in.

    Args:
        work: folder with data.json and tokenizer/; checkpoints go to work/bert.
        steps, decay: length of the run and of the fall of the learning rate at its end, in steps.
        dropout: share of the hidden units dropped while training; a short run learns more without.
        seed: of the weights, the mix and the masks.
    """

    def __init__(self, work: Path, steps: int, decay: int, dropout: float = 0.0, seed: int = 0):
        self.folder, self.steps, self.decay, self.seed = work / "bert", steps, decay, seed
        self.folder.mkdir(exist_ok=True)
        self.data = json.loads((work / "data.json").read_text(encoding="utf-8"))
        self.tokenizer = AutoTokenizer.from_pretrained(work / "tokenizer")
        torch.manual_seed(seed)
        self.model = new_model(self.tokenizer, dropout)
        self.optimiser = torch.optim.AdamW(parameter_groups(self.model), betas=(0.9, 0.98), fused=True)
        self.step, self.epoch, self.seconds = 0, 0, 0.0

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

    def log(self, **figures: float) -> None:
        """Print one line of figures and add it to log.jsonl."""
        line = json.dumps({"step": self.step, **{k: round(v, 4) for k, v in figures.items()}})
        print(line, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8", newline="\n") as file:
            file.write(line + "\n")

    def update(self, batch: Batch) -> tuple[float, float]:
        """Take one optimiser step; return the two losses."""
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.step, self.steps, self.decay)
        with torch.autocast("cpu", torch.bfloat16):
            masked, pair = loss_of(self.model, batch)
        self.optimiser.zero_grad()
        (masked + 0.5 * pair).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        return masked.item(), pair.item()

    def run_epoch(self, corpus: Corpus, every: int) -> None:
        """Train on one epoch's mix, logging and saving every `every` steps; a resumed run starts its epoch again."""
        rng = random.Random(f"{self.seed}/{self.epoch}")
        generator = torch.Generator().manual_seed(self.seed * 1_000 + self.epoch)
        started, sums, counted = time.monotonic(), [0.0, 0.0], 0
        self.model.train()
        for examples in batches(corpus.epoch(rng), MAX_TOKENS, rng):
            if self.step >= self.steps:
                break
            losses = self.update(mask_tokens(pad(examples, self.tokenizer.pad_token_id), self.tokenizer, generator))
            sums, counted = [s + x for s, x in zip(sums, losses, strict=True)], counted + 1
            if self.step == self.steps - self.decay:
                self.save("plateau.pt")
            if self.step % every == 0:
                self.seconds += time.monotonic() - started
                self.log(masked=sums[0] / counted, pair=sums[1] / counted, minutes=self.seconds / 60,
                         **quick_scores(self.model, self.tokenizer, self.data["dev"]))
                self.save("checkpoint.pt")
                self.model.train()
                started, sums, counted = time.monotonic(), [0.0, 0.0], 0
        self.epoch += 1
        self.seconds += time.monotonic() - started

    def run(self, every: int = 500) -> None:
        """Train to the end and write the model folder in fp16."""
        corpus = Corpus(self.data, self.tokenizer)
        while self.step < self.steps:
            self.run_epoch(corpus, every)
        self.save("checkpoint.pt")
        export(self.model, self.tokenizer, self.folder / "model")


def export(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Write a plain transformers folder with the weights in fp16; the model itself is turned to fp16 too."""
    model.half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--decay", type=int, default=4_000)
    parser.add_argument("--every", type=int, default=500, help="steps between two log lines and checkpoints")
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--from-plateau", action="store_true", help="go on from before the last fall of the rate")
    options = parser.parse_args(arguments)
    trainer = Trainer(options.work, options.steps, options.decay, options.dropout, options.seed)
    name = "plateau.pt" if options.from_plateau else "checkpoint.pt"
    if (trainer.folder / name).is_file():
        trainer.load(name)
    trainer.run(options.every)


if __name__ == "__main__":
    main()
