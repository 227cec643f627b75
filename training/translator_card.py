"""Write the model card of the course translator, every figure measured as it is written.

    python -m training.translator_card WORK FOLDER

measures the model in FOLDER on the held-out pairs of WORK/data.json and on the fresh sentences, writes the length
penalty that does best on the development pairs into FOLDER/config.json, and then FOLDER/README.md; the curves of the
run in WORK/translator/log.jsonl become FOLDER/loss.svg and FOLDER/guidance.svg.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .alignment import SilverLinks
from .card import birth_text, machine, training_text
from .curves import read_log, save_curves
from .evaluate_translator import (
    FRESH,
    Figures,
    Translated,
    alignment,
    by_distance,
    choose_alpha,
    fresh,
    milliseconds,
    signatures,
)
from .translating import BatchTranslator, load

DIRECTIONS = {"zh": "English to Chinese", "en": "Chinese to English"}
WAYS = {"greedy": "greedy", "beam": "beam 4", "copied": "nearest training sentence, its translation copied"}

TEMPLATE = """# course-translator

A small encoder-decoder Transformer (`helpers.transformer.Transformer`: pre-norm, GELU, sinusoidal positions, one
embedding table for everything), trained for the course Seeing Attention on short everyday sentences, English to
Chinese and Chinese to English in one model. {parameters:,} parameters, weights in fp16.

It is made to be looked at. It gets short, common sentences right and much else wrong (see below, in full): do not use
it where a translation matters.

{n_layers} + {n_layers} layers of {n_heads} heads, d_model {d_model}, d_ff {d_ff}, at most {max_tokens} tokens,
vocabulary {vocab_size:,}, shared with course-bert. A tag at the start of the source, `<2zh>` or `<2en>`, asks for the
language; only pieces of that language can be written.

**One head was taught.** Head {taught[1]} of decoder layer {taught[0]}'s cross-attention (both count from 0) was
trained, besides translating, to look at the source word that is being translated: towards silver word links (IBM Model
1 in both directions), as in Garg et al. 2019. What it shows is therefore not something the model found by itself; the
other heads were left alone.

## How it was trained

AdamW, dropout {dropout} on the residual stream, label smoothing 0.1, {steps:,} steps of at most 2,600 tokens of source
and target, {minutes:.0f} minutes on {machine}.{made}
Loss on held-out pairs at the end: {dev_zh:.3f} nats a token into Chinese, {dev_en:.3f} into English.

    python -m training.data FOLDER WORK
    python -m training.tokenizer WORK
    python -m training.translator WORK --steps {steps}
    python -m training.translator_card WORK WORK/translator/model

{curves}
{birth}
{training_text}

## Measured

BLEU, chrF and brevity (length written over length of the references; below 1 is too short), one reference a sentence,
written text and references in NFKC alike. Beam search follows 4 paths and divides by the length penalty of Wu et al.
2016 with alpha {alpha:g}, which did best on the dev pairs.

| | dev | test |
| --- | --- | --- |
{figures}

{signatures}

The nearer a sentence is to the training text, the better the model does. BLEU on the test pairs, by the similarity
(Jaccard, neighbouring words or characters) of the nearest training source:

| | nearest training source | greedy | beam 4 | copied |
| --- | --- | --- | --- | --- |
{distances}

"Copied" is the translation of that nearest training sentence, without any model.

One sentence at a time, on one thread, in float64 as the course runs it: {times}.

## What its heads do

How often the source token with the most of a head's cross-attention is the one that a silver link names, while the
reference is read ({n_links[dev]:,} links between an English word and a Chinese character in the dev pairs,
{n_links[test]:,} in the test pairs; learnt on the training pairs, both directions intersected):

| | dev | test | test, into Chinese | test, into English |
| --- | --- | --- | --- | --- |
{heads}

## Fresh sentences

{n_fresh} everyday sentences each way, written while the model was training, with what greedy search made of them; best
chrF first. Of the {n_both}, {exact} came out exactly as the reference, case and marks aside (in bold); others are right
in other words, as the reader can judge, and others are wrong. "Near": similarity of the nearest training source.

{fresh}
"""


def figure_rows(measured: dict[str, dict[str, dict[str, Figures]]]) -> str:
    """Return one table row for each direction and way, dev beside test; `measured` is by language, split and way."""
    rows = []
    for language, splits in measured.items():
        for way, name in WAYS.items():
            cells = " | ".join(_cell(splits[split].get(way)) for split in ("dev", "test"))
            rows.append(f"| {DIRECTIONS[language]}, {name} | {cells} |")
    return "\n".join(rows)


def _cell(row: Figures | None) -> str:
    return f"BLEU {row['bleu']:.1f}, chrF {row['chrf']:.1f}, brevity {row['brevity']:.2f}" if row else "–"


def distance_rows(measured: dict[str, dict[str, dict]]) -> str:
    """Return one table row for each direction and range of similarity."""
    return "\n".join(f"| {DIRECTIONS[language]} | {name} (n = {row['greedy']['n']:,}) | "
                     + " | ".join(f"{row[way]['bleu']:.1f}" for way in WAYS) + " |"
                     for language, ranges in measured.items() for name, row in ranges.items())


def head_rows(measured: dict[str, dict], taught: tuple[int, int]) -> str:
    """Return the row of the taught head and that of the best of the others."""
    names = {"taught": f"the taught head, {taught[0]}, {taught[1]}",
             "untaught": "the best untaught head (chosen on dev), {}, {}".format(*measured["untaught"])}
    return "\n".join(
        f"| {name} | " + " | ".join(f"{share:.3f}" for share in (
            measured["dev"][which]["both"], *(measured["test"][which][key] for key in ("both", "zh", "en")))) + " |"
        for which, name in names.items())


def fresh_table(rows: list[dict]) -> str:
    """Return the fresh sentences of one direction as a table."""
    return "\n".join(["| source | came out | reference | chrF | near |", "| --- | --- | --- | --- | --- |", *(
        f"| {row['source']} | {'**' if row['exact'] else ''}{row['written']}{'**' if row['exact'] else ''} | "
        f"{row['reference']} | {row['chrf']:.0f} | {row['similarity']:.2f} |" for row in rows)])


def say_progress(text: str) -> None:
    """Tell on the terminal how far the evaluation is."""
    print(text, file=sys.stderr, flush=True)


def measured_quality(translator: BatchTranslator, data: dict[str, list], known: dict[str, list]) -> dict[str, Any]:
    """Translate both splits both ways; return "alpha", "figures" and "distances" for the card.

    Args:
        translator: the model.
        data: what `training.data.prepare` returns.
        known: the training pairs towards each language.
    """
    translated = {}
    for split in ("dev", "test"):
        for language, name in DIRECTIONS.items():
            say_progress(f"{split}, {name}: {len(data[split]):,} sentences, greedily and with beam search ...")
            translated[language, split] = Translated(translator, data[split], language)
    alpha = choose_alpha([translated[language, "dev"] for language in DIRECTIONS])
    distances = {language: by_distance(translated[language, "test"], alpha, known[language]) for language in DIRECTIONS}
    figures = {language: {"dev": translated[language, "dev"].quality(alpha), "test": distances[language].pop("all")}
               for language in DIRECTIONS}
    return {"alpha": alpha, "figures": figure_rows(figures), "distances": distance_rows(distances)}


def card(work: Path, folder: Path) -> tuple[str, float]:
    """Return the text of the card, measuring the model in `folder`, and the length penalty that does best."""
    data = json.loads((work / "data.json").read_text(encoding="utf-8"))
    kept = work / "made.json"
    made = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else []
    known = {"zh": data["train"] + made, "en": data["train"]}
    translator, log = load(folder), read_log(work / "translator")
    quality = measured_quality(translator, data, known)
    say_progress("links ...")
    heads = alignment(translator, SilverLinks(data["train"], translator.tokenizer), data)
    rows = {language: fresh(translator, language, known[language]) for language in DIRECTIONS}
    text = TEMPLATE.format(
        **vars(translator.model.config), **quality, **_run(log), taught=translator.taught_head, made=_made(made),
        parameters=sum(p.numel() for p in translator.model.parameters()), machine=machine(),
        curves=save_curves(work / "translator", folder), birth=birth_text(folder), training_text=training_text(data),
        signatures="\n".join(f"* {signature}" for signature in signatures()), times=_times(translator, data["test"]),
        n_links={split: heads[split]["n"] for split in ("dev", "test")}, heads=head_rows(heads, translator.taught_head),
        n_fresh=len(FRESH["en_zh"]), n_both=sum(map(len, FRESH.values())),
        exact=sum(row["exact"] for found in rows.values() for row in found),
        fresh="\n\n".join(f"### {DIRECTIONS[language]}\n\n{fresh_table(found)}" for language, found in rows.items()))
    return text, quality["alpha"]


def _run(log: list[dict[str, float]]) -> dict[str, float]:
    return {"steps": log[-1]["step"], **{name: log[-1][name] for name in ("minutes", "dev_zh", "dev_en")}}


def _made(made: list) -> str:
    if not made:
        return ""
    return (f"\nBesides the pairs of people it read {len(made):,} Chinese sentences whose English an earlier state of "
            "the same\nrun had written (`training.back_translation`, after Sennrich et al. 2016), and learnt "
            "from them to\nwrite Chinese alone.")


def _times(translator: BatchTranslator, pairs: list) -> str:
    timed = {"English to Chinese": milliseconds(translator, [en for en, _ in pairs], "zh"),
             "Chinese to English": milliseconds(translator, [zh for _, zh in pairs], "en")}
    return "; ".join(f"{name} {ms['greedy']:.0f} ms greedy, {ms['beam']:.0f} ms beam 4" for name, ms in timed.items())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    text, alpha = card(options.work, options.folder)
    path = options.folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"length_penalty": alpha}
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8", newline="\n")
    (options.folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
