"""Copy the notebooks to my/, the folder that updates of the course never touch.

    python lessons/copy_to_my.py

A file that is already in my/ stays as it is: a learner's answers are never overwritten.
"""

import io
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers.text import LANGUAGES, language, say  # noqa: E402


def copy_to_my(root: Path = ROOT) -> tuple[list[Path], list[Path]]:
    """Copy each notebook that is not yet in my/.

    Args:
        root: the course's folder.

    Returns:
        The files copied and the files kept, as paths from `root`.
    """
    copied, kept = [], []
    for source in sorted((root / "notebooks").glob("*/*.ipynb")):
        target = root / "my" / source.relative_to(root / "notebooks")
        if target.exists():
            kept.append(target.relative_to(root))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            copied.append(target.relative_to(root))
    return copied, kept


def main(root: Path = ROOT) -> int:
    """Copy, say in both languages what was done, and return 0, or 1 where there was nothing to copy."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a Windows console may not know Chinese
    copied, kept = copy_to_my(root)
    chosen = language()
    for code in LANGUAGES:
        language(code)
        _report(copied, kept, root)
    language(chosen)
    return int(not copied and not kept)


def _report(copied: list[Path], kept: list[Path], root: Path) -> None:
    """Print what was done, in the language in force."""
    if not copied and not kept:
        print(say("notebook.no_notebooks", folder=root / "notebooks"))
        return
    for file in copied:
        print(say("notebook.copied", file=file))
    for file in kept:
        print(say("notebook.kept", file=file))
    print(say("notebook.copy_done", copied=len(copied), kept=len(kept), folder=root / "my"))


if __name__ == "__main__":
    sys.exit(main())
