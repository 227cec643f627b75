"""Train the course GPT; resumable, with a log.

    python -m training.gpt WORK --steps 10000 [--decay 5000]

reads WORK/data.json, WORK/paragraphs.json and WORK/tokenizer/, keeps WORK/gpt/checkpoint.pt and the weights of about
two dozen steps from birth on, and at the end writes WORK/gpt/model/. The learning rate warms up, stays, and falls to
zero over the last `--decay` steps; WORK/gpt/plateau.pt is the state before the fall (`--from-plateau` goes on there).
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from transformers import AutoTokenizer, GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerBase

from helpers.models.checksums import write_checksums

from .bert_data import batches
from .gpt_data import CONTEXT, IGNORED, Corpus, pad
from .gpt_measures import bits_of, induction
from .gpt_tokenizer import decoder_tokenizer
from .trainer import Schedule, Trainer, birth_steps

PEAK, WARM_UP = 1.5e-3, 500
MAX_TOKENS = 2_000       # in a batch, padding included
ROWS = 256               # places that are scored against the vocabulary at a time: they fit the processor's cache
MEASURED = 300           # held-out sentences in the log's figures
FORMING = (4_125, 4_250, 4_375, 4_500, 4_750)    # in the course's run the heads that copy form between these steps


def kept_steps(last: int) -> list[int]:
    """Return the steps at which a state of the GPT is kept: more of them while heads form."""
    return sorted({*birth_steps(last), *(step for step in FORMING if step < last)})


def new_model(tokenizer: PreTrainedTokenizerBase) -> LlamaForCausalLM:
    """Return an untrained LLaMA of the course's size: 4 layers, 6 heads of 32 that share 2 of keys and values."""
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=192, intermediate_size=512, num_hidden_layers=4, num_attention_heads=6,
        num_key_value_heads=2, max_position_embeddings=CONTEXT, tie_word_embeddings=True,
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    config._attn_implementation = "eager"
    return LlamaForCausalLM(config)


def add_dropout(model: LlamaForCausalLM, share: float) -> None:
    """Drop a share of what each block adds to the residual stream while training; LLaMA itself has no such dropout."""
    for layer in model.model.layers:
        for block in (layer.self_attn.o_proj, layer.mlp.down_proj):
            block.register_forward_hook(
                lambda block, _, added: functional.dropout(added, share, training=block.training))


def loss_of(model: LlamaForCausalLM, ids: Tensor, targets: Tensor) -> Tensor:
    """Return the mean of −ln p over the targets that are asked; padding stands last, where no token sees it."""
    states = model.model(ids, use_cache=False).last_hidden_state
    asked = targets != IGNORED
    losses = [functional.cross_entropy(model.lm_head(rows).float(), wanted, reduction="sum")
              for rows, wanted in zip(states[asked].split(ROWS), targets[asked].split(ROWS), strict=True)]
    return torch.stack(losses).sum() / asked.sum()


class GptTrainer(Trainer[LlamaForCausalLM, tuple[Tensor, Tensor]]):
    """The GPT's run.

    Args:
        work: folder with data.json, paragraphs.json and tokenizer/; the run is kept in work/gpt.
        schedule, seed: as in Trainer.
        dropout: as in `add_dropout`.
    """

    def __init__(self, work: Path, schedule: Schedule, dropout: float = 0.0, seed: int = 0):
        data, paragraphs = (json.loads((work / name).read_text(encoding="utf-8"))
                            for name in ("data.json", "paragraphs.json"))
        self.tokenizer = decoder_tokenizer(AutoTokenizer.from_pretrained(work / "tokenizer"))
        torch.manual_seed(seed)
        super().__init__(work / "gpt", new_model(self.tokenizer), schedule, seed)
        add_dropout(self.model, dropout)
        self.corpus = Corpus(data, paragraphs, self.tokenizer)
        english, chinese = zip(*data["dev"][:MEASURED], strict=True)
        self.held_out = {"en": english, "zh": chinese, "wiki": paragraphs["dev"][:MEASURED // 5]}

    def kept_steps(self) -> list[int]:
        """Return the steps at which a state is kept."""
        return kept_steps(self.schedule.steps)

    def batches(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the batches of one epoch: ids and targets."""
        rng = random.Random(f"{self.seed}/{self.epoch}")
        for documents in batches(self.corpus.epoch(rng), MAX_TOKENS, rng):
            yield pad(documents, self.tokenizer)

    def losses(self, batch: tuple[Tensor, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the loss."""
        loss = loss_of(self.model, *batch)
        return loss, {"loss": loss}

    def measure(self) -> dict[str, float]:
        """Return bits per character of held-out text, and how strongly the model copies."""
        bits = {f"bits_{name}": bits_of(self.model, self.tokenizer, texts).per_character
                for name, texts in self.held_out.items()}
        copied = induction(self.model, self.tokenizer)
        return bits | {"induction": copied.scores.max().item(), "first_copy": copied.first_loss,
                       "second_copy": copied.second_loss}


def export(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    """Write a plain transformers folder with the weights in fp16; the model itself is turned to fp16 too."""
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=0.8, top_p=0.9, max_length=CONTEXT, bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    model.half().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    write_checksums(folder)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--decay", type=int, default=5_000)
    parser.add_argument("--every", type=int, default=250, help="steps between two log lines and checkpoints")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--from-plateau", action="store_true", help="go on from before the last fall of the rate")
    options = parser.parse_args(arguments)
    schedule = Schedule(options.steps, options.decay, PEAK, WARM_UP)
    trainer = GptTrainer(options.work, schedule, options.dropout, options.seed)
    name = "plateau.pt" if options.from_plateau else "checkpoint.pt"
    if (trainer.folder / name).is_file():
        trainer.load(name)
    trainer.run(options.every)
    export(trainer.model, trainer.tokenizer, trainer.folder / "model")


if __name__ == "__main__":
    main()
