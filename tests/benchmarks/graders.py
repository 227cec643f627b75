"""Run an assignment through nbgrader itself: python tests/benchmarks/graders.py 01 --nbgrader path/to/nbgrader

nbgrader is no requirement of the course; give the command of an environment that has it. Three students hand in: one
touched nothing, one solved every second exercise, one solved all. Printed is what nbgrader gave each of them.
"""

import argparse
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lessons import build  # noqa: E402

REGION = re.compile(r"### BEGIN SOLUTION\n.*?### END SOLUTION\n?", re.DOTALL)


def main() -> int:
    """Grade the three students; return 0 if the one who solved all has all points and the others have not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("lesson", help="a lesson's number, such as 01")
    parser.add_argument("--nbgrader", default="nbgrader", help="the command")
    parser.add_argument("--language", default="en", choices=("en", "zh"))
    options = parser.parse_args()
    build.main([options.lesson, "--edition", "nbgrader", "--language", options.language])
    (made,) = (ROOT / "build" / "nbgrader" / "source").glob(f"{options.lesson}*-{options.language}")
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:       # below the course, where helpers are found
        return _grade(Path(folder), made, options.nbgrader)


def _grade(folder: Path, made: Path, nbgrader: str) -> int:
    name = made.name
    shutil.copytree(made, folder / "source" / name)
    shutil.copy(made.parents[1] / "nbgrader_config.py", folder)
    path = os.pathsep.join([str(Path(nbgrader).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"JUPYTER_PATH": str(_kernel(folder)), "PATH": path, "SEEING_ATTENTION_JOURNAL": "off"}

    def run(*words: str) -> None:
        subprocess.run([nbgrader, *words], cwd=folder, env=environment, check=True, stdout=sys.stderr)
    run("generate_assignment", name, "--create")
    (file,) = (folder / "source" / name).glob("*.ipynb")
    for student, kept in (("nothing", 0), ("half", 2), ("all", 1)):
        target = folder / "submitted" / student / name
        target.mkdir(parents=True)
        nbformat.write(_filled(file, folder / "release" / name / file.name, kept), target / file.name)
    run("autograde", name, "--create")
    run("export", "--to", str(folder / "grades.csv"))
    with (folder / "grades.csv").open(encoding="utf-8", newline="") as table:
        points = {row["student_id"]: [float(row[f"{what}_score"]) for what in ("raw", "max")]
                  for row in csv.DictReader(table)}
    for student in ("nothing", "half", "all"):
        print(f"{name}  {student:<8} {points[student][0]:g} of {points[student][1]:g}")
    return int(not points["nothing"][0] < points["half"][0] < points["all"][0] == points["all"][1])


def _kernel(folder: Path) -> Path:
    """Write a kernel named python3 that is this Python, and return where Jupyter finds it."""
    place = folder / "jupyter" / "kernels" / "python3"
    place.mkdir(parents=True)
    words = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (place / "kernel.json").write_text(json.dumps({"argv": words, "display_name": "Python 3", "language": "python"}))
    return folder / "jupyter"


def _filled(source: Path, release: Path, every: int) -> nbformat.NotebookNode:
    """Return the released notebook with every first, second … exercise solved; with 0 none is."""
    notebook, solved = nbformat.read(release, 4), {cell.id: cell.source for cell in nbformat.read(source, 4).cells}
    exercises = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    for number, cell in enumerate(exercises):
        if every and number % every == 0:
            (region,) = REGION.findall(solved[cell.id])
            cell.source += "\n" + "\n".join(region.splitlines()[1:-1])
    return notebook


if __name__ == "__main__":
    sys.exit(main())
