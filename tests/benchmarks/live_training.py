"""How fast the live training learns: five seeds of each task to 99 % of the letters, and where they look then.

    python tests/benchmarks/live_training.py [--seeds 5]

For each run: steps and seconds until 99 % of the letters of unseen words are right, and the share of the weight of the
best head that lies on the right letters (for "reverse" the anti-diagonal), then and after 600 steps. At the end the
same without positions. One thread. This is not a test: seconds depend on the machine, steps and shares do not.
"""

import argparse
import statistics
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path[:1] = [str(ROOT)]

from helpers.learning import TASKS, LiveRecord, LiveSettings, LiveTraining  # noqa: E402

GOAL, STEPS, SECONDS = 0.99, 600, 120.0


def share(record: LiveRecord) -> float:
    """Return the share of the weight on the right letters, of the best head."""
    return max(record.share_right(record.last, layer, head)
               for layer in range(record.settings.n_layers) for head in range(record.settings.n_heads))


def run(settings: LiveSettings) -> tuple[int, float, float, float]:
    """Return steps, seconds and share at the goal, and the share after 600 steps."""
    training, started = LiveTraining(settings), perf_counter()
    training.train(seconds=SECONDS, goal=GOAL)
    took, step, then = perf_counter() - started, training.record.last.step, share(training.record)
    if step < STEPS:
        training.train(steps=STEPS - step)
    return step, took, then, share(training.record)


def main() -> None:
    """Train and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()
    for task in TASKS:
        runs = [run(LiveSettings(task, seed=seed)) for seed in range(options.seeds)]
        for seed, (step, took, then, later) in enumerate(runs):
            print(f"{task:>8} seed {seed}: {GOAL:.0%} after {step:>4} steps, {took:5.1f} s; "
                  f"weight on the right letters {then:.2f}, later {later:.2f}", flush=True)
        steps, seconds, then, later = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"{task:>8} median: {steps:.0f} steps, {seconds:.1f} s; {then:.2f}, later {later:.2f}")
    blind = LiveTraining(LiveSettings(positions=False))
    blind.train(steps=STEPS)
    print(f" reverse without positions: {blind.record.last.accuracy:.0%} right after {STEPS} steps")


if __name__ == "__main__":
    main()
