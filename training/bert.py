"""Train the course BERT; resumable, with a log.

    python -m training.bert WORK --steps 20000 [--decay 4000]

reads WORK/data.json and WORK/tokenizer/, keeps WORK/bert/checkpoint.pt and the weights of about two dozen steps from
birth on, and at the end writes WORK/bert/model/. The learning rate warms up, stays, and falls to zero over the last
`--decay` steps. The state just before the fall is kept as WORK/bert/plateau.pt, so that a later run with more
`--steps` goes on from there (`--from-plateau`).
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch.nn import functional
from transformers import AutoTokenizer, BertConfig, BertForPreTraining, PreTrainedTokenizerBase

from helpers.models.checksums import write_checksums

from .bert_data import Batch, Corpus, batches, mask_tokens, pad
from .evaluate_bert import quick_scores
from .trainer import Schedule, Trainer

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


def loss_of(model: BertForPreTraining, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (masked-LM loss, pair loss); the vocabulary is scored at the masked places alone."""
    out = model.bert(batch.ids, attention_mask=batch.attention.long(), token_type_ids=batch.segments)
    asked = batch.targets != -100
    logits = model.cls.predictions(out.last_hidden_state[asked])
    masked = functional.cross_entropy(logits.float(), batch.targets[asked])
    pair = functional.cross_entropy(model.cls.seq_relationship(out.pooler_output).float(), batch.pair_labels,
                                    reduction="sum") / (batch.pair_labels >= 0).sum().clamp(min=1)
    return masked, pair


class BertTrainer(Trainer[BertForPreTraining, Batch]):
    """The BERT's run.

    Args:
        work: folder with data.json and tokenizer/; the run is kept in work/bert.
        schedule, seed: as in Trainer.
        dropout: share of the hidden units dropped while training; a short run learns more without.
    """

    def __init__(self, work: Path, schedule: Schedule, dropout: float = 0.0, seed: int = 0):
        self.data = json.loads((work / "data.json").read_text(encoding="utf-8"))
        self.tokenizer = AutoTokenizer.from_pretrained(work / "tokenizer")
        torch.manual_seed(seed)
        super().__init__(work / "bert", new_model(self.tokenizer, dropout), schedule, seed)
        self.corpus = Corpus(self.data, self.tokenizer)

    def batches(self) -> Iterator[Batch]:
        """Yield the batches of one epoch, masked."""
        rng = random.Random(f"{self.seed}/{self.epoch}")
        generator = torch.Generator().manual_seed(self.seed * 1_000 + self.epoch)
        for examples in batches(self.corpus.epoch(rng), MAX_TOKENS, rng):
            yield mask_tokens(pad(examples, self.tokenizer.pad_token_id), self.tokenizer, generator)

    def losses(self, batch: Batch) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Return masked-LM loss plus half the pair loss, and both by name."""
        masked, pair = loss_of(self.model, batch)
        return masked + 0.5 * pair, {"masked": masked, "pair": pair}

    def measure(self) -> dict[str, float]:
        """Return the figures of `quick_scores` on the held-out dev pairs."""
        return quick_scores(self.model, self.tokenizer, self.data["dev"])


def export(model: BertForPreTraining, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Write a plain transformers folder with the weights in fp16; the model itself is turned to fp16 too."""
    model.half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_checksums(folder)


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
    schedule = Schedule(options.steps, options.decay, PEAK, WARM_UP)
    trainer = BertTrainer(options.work, schedule, options.dropout, options.seed)
    name = "plateau.pt" if options.from_plateau else "checkpoint.pt"
    if (trainer.folder / name).is_file():
        trainer.load(name)
    trainer.run(options.every)
    export(trainer.model, trainer.tokenizer, trainer.folder / "model")


if __name__ == "__main__":
    main()
