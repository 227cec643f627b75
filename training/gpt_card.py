"""Write the model card of the course GPT, every figure measured as it is written.

    python -m training.gpt_card WORK FOLDER

measures the model in FOLDER on the test texts of WORK and writes FOLDER/README.md; the curves of the run in
WORK/gpt/log.jsonl become SVG pictures beside it. `training.gpt_baselines` and `training.birth` come first.
"""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM, PreTrainedTokenizerBase

from helpers.models.birth import FILE as BIRTH
from helpers.models.birth import TrainingRecord, read_training
from helpers.models.tokens import text_of

from .birth_looks import PAIRS
from .card import machine, sources
from .curves import read_log, save_curves
from .evaluate_bert import RANGES
from .gpt import new_model
from .gpt_baselines import held_out, read_texts
from .gpt_data import CONTEXT, REPEATS
from .gpt_measures import SEQUENCES, Bits, Text, bits_of, head_shares, induction

KINDS = {"en": "English sentences", "zh": "Chinese sentences",
         "wiki": f"Chinese paragraphs, first {CONTEXT - 1} tokens"}
LENGTHS = (20, 25, 30, 40, 50)       # of random sequences that are repeated
LOOKED_AT = 300                      # test pairs, for what heads attend to
MORE = 40                            # tokens of a sample, at most
PROMPTS = {
    "en": ("I", "I don't", "She", "He was", "Tom", "Tom and Mary", "We", "They", "My father", "The weather",
           "What", "Where is", "Do you", "Please", "It is", "There are", "When I was a child", "If you", "This book",
           "Yesterday"),
    "zh": ("我", "我不", "她", "他是", "汤姆", "汤姆和玛丽", "我们", "他们", "我爸爸", "天气", "什么", "你在哪", "你会",
           "请", "这是", "有", "我小时候", "如果你", "这本书", "昨天"),
}
TEMPLATE = (Path(__file__).parent / "gpt_card.md").read_text(encoding="utf-8")


def table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (header, ["---"] * len(header), *rows))


def all_bits(model: LlamaForCausalLM, untrained: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase,
             texts: dict[str, list[str]], baselines: dict) -> dict[str, dict[str, Bits]]:
    """Return {kind: {"GPT" | "5-gram" | "unigram" | "untrained GPT": Bits}} on the test texts."""
    found = {}
    for kind, lines in texts.items():
        own = bits_of(model, tokenizer, lines)
        counted = {name: Bits(torch.tensor(baselines[kind][name], dtype=torch.double), own.n_tokens, own.n_characters)
                   for name in ("5-gram", "unigram")}
        found[kind] = {"GPT": own, **counted, "untrained GPT": bits_of(untrained, tokenizer, lines)}
    return found


def bits_table(found: dict[str, dict[str, Bits]]) -> str:
    """Return bits per character, with the middle 95 % over texts drawn anew, and perplexity per token."""
    def cell(bits: Bits) -> str:
        low, high = bits.interval()
        return f"{bits.per_character:.3f} ({low:.3f}–{high:.3f}); {bits.perplexity:,.1f}"
    return table(["test text", *found["en"]],
                 [[f"{KINDS[kind]} (n = {len(models['GPT'].bits):,})", *map(cell, models.values())]
                  for kind, models in found.items()])


def distance_table(found: dict[str, dict[str, Bits]], baselines: dict) -> str:
    """Return bits per character of the GPT and the 5-gram, by how near the nearest training sentence is."""
    rows = []
    for kind in ("en", "zh"):
        similarity = torch.tensor(baselines[kind]["similarity"])
        for name, low, high in RANGES:
            inside = (similarity >= low) & (similarity < high)
            if inside.any():
                rows.append([KINDS[kind], f"{name} (n = {int(inside.sum()):,})",
                             *(f"{found[kind][model].where(inside).per_character:.3f}" for model in ("GPT", "5-gram"))])
    return table(["test text", "nearest training sentence", "GPT", "5-gram"], rows)


def induction_table(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase) -> tuple[str, Tensor]:
    """Return a table by length of the repeated sequence, and the scores (layer, head) at the middle one."""
    measured = {length: induction(model, tokenizer, length) for length in LENGTHS}
    rows = [[str(length), f"{one.scores.max():.3f}", f"{one.first_loss:.2f}", f"{one.second_loss:.2f}"]
            for length, one in measured.items()]
    return (table(["tokens repeated", "best head's score", "loss, the first time", "loss, again"], rows),
            measured[LENGTHS[len(LENGTHS) // 2]].scores)


def head_table(shares: dict[str, Tensor]) -> str:
    """Return one row a head."""
    n_layers, n_heads = shares["induction"].shape
    names = {"previous": "token before", "begin": "`<s>`", "induction": "induction score"}
    return table(["layer, head", *names.values()],
                 [[f"{layer}, {head}", *(f"{shares[kind][layer, head]:.2f}" for kind in names)]
                  for layer in range(n_layers) for head in range(n_heads)])


def birth_table(training: TrainingRecord) -> str:
    """Return how heads that copy form: one row a step that was kept."""
    figures = training.figures
    rows = [[f"{step:,}", f"{training.heads['previous'][at].max():.2f}", f"{training.heads['induction'][at].max():.2f}",
             *(f"{figures[name][at]:.2f}" for name in ("loss_first_copy", "loss_second_copy", "bits_en", "bits_zh"))]
            for at, step in enumerate(training.steps)]
    return table(["step", "most on the token before", "best induction score", "loss, the first time", "loss, again",
                  "bits, English", "bits, Chinese"], rows)


@torch.no_grad()
def samples(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerBase, language: str) -> list[str]:
    """Return one continuation for each beginning of `PROMPTS`, drawn with the folder's settings; seeds 0, 1, 2 …"""
    written = []
    for seed, prompt in enumerate(PROMPTS[language]):
        torch.manual_seed(seed)
        ids = tokenizer(prompt, return_tensors="pt").input_ids
        tokens = model.generate(ids, attention_mask=torch.ones_like(ids), max_length=ids.shape[1] + MORE)
        written.append(text_of(tokenizer, tokens[0].tolist(), skip_special_tokens=True).strip())
    return written


@torch.no_grad()
def cache_difference(folder: Path, tokenizer: PreTrainedTokenizerBase, text: str) -> float:
    """Return the largest difference between logits read at once and token by token with the cache, in float64."""
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float64)
    ids = tokenizer(text, return_tensors="pt").input_ids
    at_once, kept, steps = model(ids).logits, None, []
    for token in ids[0]:
        out = model(token.view(1, 1), past_key_values=kept, use_cache=True)
        kept = out.past_key_values
        steps.append(out.logits)
    return (torch.cat(steps, dim=1) - at_once).abs().max().item()


def unknown_share(texts: list[str], tokenizer: PreTrainedTokenizerBase) -> float:
    """Return the share of tokens that the tokenizer does not know."""
    ids = [token for text in texts for token in Text.of(text, tokenizer).ids]
    return ids.count(tokenizer.unk_token_id) / len(ids)


def card(work: Path, folder: Path) -> str:
    """Return the text of the card, measuring the model in `folder`."""
    data, paragraphs = read_texts(work)
    texts = held_out(data, paragraphs, "test")
    baselines = json.loads((work / "gpt" / "baselines.json").read_text(encoding="utf-8"))
    log, tokenizer = read_log(work / "gpt"), AutoTokenizer.from_pretrained(folder)
    model = LlamaForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    torch.manual_seed(0)
    found = all_bits(model, new_model(tokenizer), tokenizer, texts, baselines)
    copies, scores = induction_table(model, tokenizer)
    shares = head_shares(model, tokenizer, [f"{en} {zh}" for en, zh in data["test"][:LOOKED_AT]])
    layer, head = divmod(int(scores.argmax()), scores.shape[1])
    return TEMPLATE.format(
        **_sizes(model, folder), steps=log[-1]["step"], minutes=log[-1]["minutes"], loss=log[-1]["loss"],
        machine=machine(), repeats=REPEATS, curves=save_curves(work / "gpt", folder),
        sources=sources("pairs", "chinese", "paragraphs"), dev=len(data["dev"]), test=len(data["test"]),
        wiki=len(texts["wiki"]), unknown=unknown_share(texts["wiki"], tokenizer), bits=bits_table(found),
        distances=distance_table(found, baselines), copies=copies, sequences=SEQUENCES,
        length=LENGTHS[len(LENGTHS) // 2], layer=layer, head=head, score=scores.max().item(),
        heads=head_table({**shares, "induction": scores}), birth=birth_table(read_training(folder / BIRTH)),
        cache=cache_difference(folder, tokenizer, data["test"][0][0]), looked_at=LOOKED_AT, pairs=PAIRS, more=MORE,
        **{f"samples_{language}": "\n".join(f"{seed}. **{prompt}** → {text}" for seed, (prompt, text) in enumerate(
            zip(PROMPTS[language], samples(model, tokenizer, language), strict=True))) for language in PROMPTS})


def _sizes(model: LlamaForCausalLM, folder: Path) -> dict[str, object]:
    config = model.config
    return {"parameters": model.num_parameters(), "n_layers": config.num_hidden_layers, "d_model": config.hidden_size,
            "n_heads": config.num_attention_heads, "n_shared": config.num_key_value_heads,
            "d_ff": config.intermediate_size, "positions": config.max_position_embeddings,
            "vocabulary": config.vocab_size, "megabytes": (folder / "model.safetensors").stat().st_size / 1e6}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    (options.folder / "README.md").write_text(card(options.work, options.folder), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
