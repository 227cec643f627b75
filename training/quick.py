"""Everything in this folder in under a minute, on a few hundred lines: does the pipeline run?

    python -m training.quick FOLDER WORK [--steps 12]

takes files named as in `sources.toml` from FOLDER, whatever their content, and goes all the way: text, tokenizer, word
links, both trainers, both evaluations with their cards and curves, and the training seen from birth. What comes out in
WORK/bert/model and WORK/translator/model has the form of the course's weights, and has learnt next to nothing.
"""

import argparse
import sys
from pathlib import Path
from types import ModuleType

from . import bert, birth, card, data, tokenizer, translator, translator_card


def run(folder: Path, work: Path, steps: int = 12) -> tuple[Path, Path]:
    """Run every script; return the folders of the BERT and of the translator.

    Args:
        folder: holds the source files.
        work: what is made goes here.
        steps: of each trainer, 3 or more.
    """
    length = ["--steps", str(steps), "--decay", str(steps // 3), "--every", str(steps // 3)]
    models = work / "bert" / "model", work / "translator" / "model"
    commands: list[tuple[ModuleType, list[object]]] = [
        (data, [folder, work, "--any-version"]), (tokenizer, [work]),
        (bert, [work, *length]), (birth, [work, models[0]]), (card, [work, models[0]]),
        (translator, [work, *length]), (birth, [work, models[1]]), (translator_card, [work, models[1]])]
    for script, arguments in commands:
        print(f"{script.__name__} {' '.join(map(str, arguments))}", file=sys.stderr, flush=True)
        script.main(list(map(str, arguments)))
    return models


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--steps", type=int, default=12)
    options = parser.parse_args(arguments)
    run(options.folder, options.work, options.steps)


if __name__ == "__main__":
    main()
