"""Write the model card of the course BERT, every figure measured as it is written.

    python -m training.card WORK FOLDER

measures the model in FOLDER on the held-out text of WORK/data.json and writes FOLDER/README.md; the curves of the run
in WORK/bert/log.jsonl become FOLDER/loss.svg and FOLDER/held-out.svg.
"""

import argparse
import json
import platform
import tomllib
from pathlib import Path

import torch
from torch import Tensor
from transformers import AutoTokenizer, BertForPreTraining

from helpers.heads import HeadSummary, describe_heads
from helpers.models import load_bert
from helpers.models.birth import FILE as BIRTH
from helpers.models.birth import read_training

from .alignment import SilverLinks, bert_alignment
from .curves import read_log, save_curves
from .data import SOURCES
from .evaluate_bert import by_distance, cloze, scores

HEADS = {"previous": "previous token", "next": "next token", "same": "same place", "special": "[CLS] and [SEP]",
         "other": "other sentence"}
ALIGNED = "its English word"
CLOZE = tomllib.loads((Path(__file__).parent / "cloze.toml").read_text(encoding="utf-8"))

TRAINING_TEXT = """## Training text and licence

No text is in the repository. Held out: {dev:,} pairs for every choice, {test:,} for the figures in the last column;
groups of pairs that share a side stay in one split, and training sentences near a held-out one are dropped.
The weights may be used under CC BY 4.0; they were made from

{sources}"""

TEMPLATE = """# course-bert

A small, genuine BERT (`transformers.BertForPreTraining`, post-norm, learned positions, segments), trained for the
course Seeing Attention on short everyday sentences in Chinese and English. {parameters:,} parameters, weights in fp16.

It is made to be looked at. It knows everyday words and many of their translations, and little of the world:
do not use it to decide anything.

{n_layers} layers of {n_heads} heads, d_model {d_model}, d_ff {d_ff}, {positions} positions, vocabulary {vocabulary:,}
(every Chinese character alone, English word pieces, digits alone; simplified characters).

## How it was trained

Masked-token prediction (a fifth of the tokens, after Devlin et al. 2019) on translation pairs side by side
(translation language modelling, Conneau and Lample 2019), on Chinese and English sentences alone and on paraphrases,
and the pair question: does sentence B say what sentence A says? Every fifth pair is false, half of the false ones
share two neighbouring characters with the true one. The pair head answers that question, not BERT's "next sentence".

{steps:,} steps of at most 2,000 tokens, {minutes:.0f} minutes on {machine}.
Loss at the end {loss:.3f}; it was still falling: the model can go on learning. A run that is interrupted goes on from
its last checkpoint, at the beginning of the epoch it was in; this one was, so a run of your own gives figures like
these, not the same ones.

    python -m training.data FOLDER WORK
    python -m training.tokenizer WORK
    python -m training.bert WORK --steps {steps}
    python -m training.card WORK WORK/bert/model

{curves}
{birth}
{training_text}

## Measured

Masked accuracy: every seventh token hidden, from a seeded start; in brackets the perplexity.

| | dev | test |
| --- | --- | --- |
{figures}

Everyday sentences resemble each other, and the nearer one is to the training text, the better the model does. The same
figures on the test pairs, by the similarity (Jaccard, neighbouring characters) of the nearest training sentence:

| nearest training sentence | short Chinese sentences | inside translation pairs |
| --- | --- | --- |
{distances}

Cloze list (40 everyday sentences, written before training): {first} of {cloze_n} right at the first guess,
{fifth} among the first five.

## What its heads do

Share of attention, averaged over the words of the test pairs. Nobody taught a head its task.

The last column: of the English tokens beside a Chinese character, how often does the one it translates get the most of
the head's attention? Judged by silver links (IBM Model 1 learnt on the training pairs in both directions,
intersected), {n_links:,} of them in the test pairs. The head that does best on the dev pairs, {best}, finds
{plain[dev]:.3f} of them there and {plain[test]:.3f} in the test pairs; {masked[dev]:.3f} and {masked[test]:.3f} when
the character itself is masked.

{heads}

## The cloze list

| sentence | expected | first five guesses |
| --- | --- | --- |
{cloze}
"""


def figure_rows(measured: dict[str, dict]) -> str:
    """Return one table row a measurement, dev beside test."""
    def cell(row: dict) -> str:
        return f"{row['accuracy']:.3f}" + (f" ({row['perplexity']:.1f})" if "perplexity" in row else "")
    return "\n".join(f"| {name} (n = {measured['test'][name]['n']:,}) | {cell(dev)} | {cell(measured['test'][name])} |"
                     for name, dev in measured["dev"].items())


def distance_rows(measured: dict[str, dict]) -> str:
    """Return one table row a range of similarity."""
    return "\n".join(
        f"| {name} (n = {row['n']}) | " + " | ".join(
            f"{row[kind]['accuracy']:.3f} ({row[kind]['perplexity']:.1f})" for kind in ("short", "pairs")) + " |"
        for name, row in measured.items())


def head_table(summary: HeadSummary, aligned: Tensor) -> str:
    """Return one table row a head: its share of each kind, and of the silver links (layer, head)."""
    columns = [*HEADS.values(), ALIGNED]
    lines = ["| layer, head | " + " | ".join(columns) + " |", "| --- " * (len(columns) + 1) + "|"]
    for layer in range(summary.n_layers):
        for head in range(summary.n_heads):
            row = [*(summary.shares[kind][layer, head] for kind in HEADS), aligned[layer, head]]
            lines.append(f"| {layer}, {head} | {' | '.join(f'{share:.2f}' for share in row)} |")
    return "\n".join(lines)


def sources(*kinds: str) -> str:
    """Return a line for each source of the kinds named: what it is, its licence, and where a reader gets it."""
    return "\n".join(f"* {s['what']} ({s['licence']}): {s['where']}" for s in SOURCES if s["kind"] in kinds)


def training_text(data: dict[str, list]) -> str:
    """Return the section on text and licence, the same for the BERT and the translator."""
    return TRAINING_TEXT.format(dev=len(data["dev"]), test=len(data["test"]), sources=sources("pairs", "chinese"))


def birth_text(folder: Path) -> str:
    """Return the lines that point to the training seen from birth, if it lies in the folder."""
    if not (folder / BIRTH).is_file():
        return ""
    other = "" if read_training(folder / BIRTH).is_course_model else (
        "It was kept in another run of the same recipe: what is learnt is alike, which head learns it is not.\n")
    what = (f"\n`{BIRTH}` (`python -m training.birth`) holds what the model attended to in three sentences, "
            "and what it\nsaid, at some two dozen steps from its birth on; `helpers.models.load_training` reads it.\n")
    return what + other


def machine() -> str:
    """Return what the model was trained on, if it was trained where the card is written."""
    return f"{torch.get_num_threads()} threads of an {platform.machine()} processor, shared with other work"


def card(work: Path, folder: Path) -> str:
    """Return the text of the card, measuring the model in `folder`."""
    data = json.loads((work / "data.json").read_text(encoding="utf-8"))
    log = read_log(work / "bert")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertForPreTraining.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    measured = {split: scores(model, tokenizer, data[split]) for split in ("dev", "test")}
    known = [zh for _, zh in data["train"]] + data["chinese"]
    aligned = bert_alignment(model, SilverLinks(data["train"], tokenizer), data)
    bert = load_bert(folder)
    return TEMPLATE.format(
        **_sizes(model), **_cloze(cloze(model, tokenizer, CLOZE["zh"] + CLOZE["en"])), **aligned,
        steps=log[-1]["step"], minutes=log[-1]["minutes"], loss=log[-1]["masked"], machine=machine(),
        curves=save_curves(work / "bert", folder), birth=birth_text(folder), training_text=training_text(data),
        figures=figure_rows(measured),
        distances=distance_rows(by_distance(model, tokenizer, data["test"], known)),
        heads=head_table(describe_heads(bert.run(en, zh) for en, zh in data["test"][:300]), aligned["shares"]))


def _sizes(model: BertForPreTraining) -> dict[str, int]:
    config = model.config
    return {"parameters": model.num_parameters(), "n_layers": config.num_hidden_layers,
            "n_heads": config.num_attention_heads, "d_model": config.hidden_size, "d_ff": config.intermediate_size,
            "positions": config.max_position_embeddings, "vocabulary": config.vocab_size}


def _cloze(rows: list[dict]) -> dict[str, object]:
    return {"first": sum(row["expected"] == row["guesses"][0] for row in rows), "cloze_n": len(rows),
            "fifth": sum(row["expected"] in row["guesses"] for row in rows),
            "cloze": "\n".join(f"| {row['sentence']} | {row['expected']} | {' '.join(row['guesses'])} |"
                               for row in rows)}


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    (options.folder / "README.md").write_text(card(options.work, options.folder), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
