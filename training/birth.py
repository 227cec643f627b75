"""Pack what a training run kept from birth into one small file beside the weights.

    python -m training.birth WORK FOLDER

goes through the states in WORK/bert/birth, WORK/translator/birth or WORK/gpt/birth, whichever model FOLDER holds, looks
at the attention each gives to three texts, at what it says and at what its heads do, and writes
FOLDER/birth.safetensors, which `helpers.models.load_training` reads.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from helpers.models.birth import ABOUT, FILE, FOLDERS
from helpers.models.checksums import write_checksums

from .birth_looks import BertLook, Look, TranslatorLook
from .gpt_looks import GptLook
from .trainer import birth_steps


def kept_states(run: Path, steps: Callable[[int], list[int]] = birth_steps) -> Iterator[tuple[int, dict[str, Tensor]]]:
    """Yield (step, state) for each state of a run, from birth on; states of an earlier, shorter run are passed by.

    Args:
        run: the folder that holds birth/.
        steps: says which ones belong to a run of that many steps.

    Raises:
        FileNotFoundError: if the run kept none.
    """
    files = {int(file.stem): file for file in (run / "birth").glob("*.safetensors")}
    if not files:
        raise FileNotFoundError(f"{run / 'birth'} holds no states: they are kept while the model is being trained")
    for step in steps(max(files)):
        if step in files:
            yield step, load_file(files[step])


def quantised(weights: Tensor) -> Tensor:
    """Return rows of weights in 255ths, as uint8; each row sums to 255 and each entry is less than 1/255 off.

    All are rounded down, and what is lacking goes to the entries that lost most.

    >>> quantised(torch.tensor([[0.5, 0.3, 0.2]]))
    tensor([[128,  76,  51]], dtype=torch.uint8)
    """
    scaled = weights.double() / weights.double().sum(-1, keepdim=True) * 255
    floors = scaled.floor()
    lacking = (255 - floors.sum(-1, keepdim=True)).round()
    rank = (floors - scaled).argsort(dim=-1, stable=True).argsort(dim=-1)      # 0 for the entry that lost most
    return (floors + (rank < lacking)).to(torch.uint8)


def packed(look: Look, run: Path) -> tuple[dict[str, Tensor], dict[str, object]]:
    """Look at every state of a run; return the tensors and the rest of what goes into the file."""
    seen, finished = [], look.state()
    for step, state in kept_states(run, look.steps):
        look.load(state)
        seen.append((step, look.attention(), look.heads(), look.figures(), look.said()))
        print(f"step {step:,}: " + ", ".join(f"{name} {figure:.3f}" for name, figure in seen[-1][3].items()),
              file=sys.stderr, flush=True)
    steps, attention, heads, figures, said = zip(*seen, strict=True)
    tensors = {key: quantised(torch.stack([one[key] for one in attention])) for key in attention[0]}
    tensors |= {f"heads.{kind}": torch.stack([one[kind] for one in heads]).mul(1000).round().to(torch.int16)
                for kind in heads[0]}
    last = look.state()
    about = {"name": look.name, "steps": steps, **look.about(said),
             "is_course_model": all(torch.equal(last[name], finished[name]) for name in finished),
             "figures": {name: [round(one[name], 4) for one in figures] for name in figures[0]}}
    return tensors, about


def write(tensors: dict[str, Tensor], about: dict[str, object], folder: Path) -> Path:
    """Write folder/birth.safetensors, the same bytes for the same content, and return its path."""
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, folder / FILE, metadata={ABOUT: text})
    write_checksums(folder)
    return folder / FILE


def main(arguments: list[str] | None = None) -> None:
    """Run the command line above."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    kind = json.loads((options.folder / "config.json").read_text(encoding="utf-8"))["model_type"]
    looks = {"bert": BertLook, FOLDERS["translator"]: TranslatorLook, "llama": GptLook}
    look = looks[kind](options.work, options.folder)
    path = write(*packed(look, options.work / look.name), options.folder)
    print(f"{path}: {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
