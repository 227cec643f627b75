"""05.beam: one step of beam search; the bug is a beam that never drops a path."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def best(sums: Tensor, log_probabilities: Tensor, n_kept: int) -> Tensor:
    """Return the (path, token) pairs with the largest sums."""
    totals = (sums[:, None] + log_probabilities).flatten()
    chosen = totals.topk(n_kept).indices
    width = log_probabilities.shape[1]
    return torch.stack([chosen // width, chosen % width], dim=1)


def each_path(sums: Tensor, log_probabilities: Tensor, n_kept: int) -> Tensor:
    """Return the broken step: every path goes on with its own best token, the best paths first."""
    tops = log_probabilities.max(-1)
    order = (sums + tops.values).sort(descending=True).indices[:n_kept]
    return torch.stack([order, tops.indices[order]], dim=1)


def beam_case(n_paths: int, vocab: int, n_kept: int, start: float) -> Inputs:
    """Return paths of which one is so good that two of its continuations win."""
    sums = -1.5 * torch.arange(n_paths, dtype=torch.float64) - 0.5
    sums = sums.roll(1)
    return {"sums": sums, "log_probabilities": wave(n_paths, vocab, start=start).log_softmax(-1), "n_kept": n_kept}


EXERCISE = FunctionExercise(
    key="05.beam",
    name="beam_step",
    right=best,
    cases=(beam_case(3, 3, 3, 0.4), beam_case(2, 5, 2, 1.0), beam_case(4, 6, 3, 2.2)),
    passed={
        "en": "All continuations of all paths compete: a strong path may go on twice, and a weak one is dropped.",
        "zh": "所有路径的所有接法放在一起比：强的路径可以接出两条，弱的就淘汰。",
    },
    mistakes=(
        Mistake("never_drops", each_path, {
            "en": "The bug is still there: each path keeps its own best token, so no path is ever dropped, and none "
                  "goes on twice. Let all continuations compete in one list.",
            "zh": "毛病还在：每条路径各留自己最好的词元，于是谁也不会被淘汰，谁也接不出两条。"
                  "要把所有接法放在一起比。",
        }, also=(lambda sums, logs, n: torch.stack([torch.arange(len(sums)), logs.argmax(-1)], 1)[:n],)),
        Mistake("past_forgotten", lambda sums, logs, n: best(0 * sums, logs, n), {
            "en": "The sums so far are left out: a token counts as much behind a bad beginning as behind a good one.",
            "zh": "漏了前面的和：同样的词元，接在坏开头和好开头后面，成了一样好。",
        }),
        Mistake("multiplied", lambda sums, logs, n: best(0 * sums, -sums[:, None] * logs, n), {
            "en": "Logarithms are added where probabilities are multiplied: sums[:, None] + log_probabilities.",
            "zh": "概率相乘，对数就该相加：sums[:, None] + log_probabilities。",
        }, also=(lambda sums, logs, n: best(0 * sums, sums[:, None] * logs, n),)),
        Mistake("worst", lambda sums, logs, n: best(-sums, -logs, n), {
            "en": "These are the worst continuations. A log probability is better the nearer it is to 0.",
            "zh": "这是最差的几种接法。对数概率越接近 0 越好。",
        }),
        Mistake("token_first", lambda sums, logs, n: best(sums, logs, n).flip(-1), {
            "en": "Path and token are exchanged: each row is (path, token).",
            "zh": "路径和词元写反了：每一行是（路径，词元）。",
        }),
        Mistake("best_path_alone", lambda sums, logs, n: torch.stack(
            [sums.argmax().expand(n), logs[sums.argmax()].topk(n).indices], 1), {
            "en": "Only the best path goes on. Then the beam is greedy at heart: a path that is second now could win "
                  "later.",
            "zh": "只有最好的路径接了下去。这样的束搜索其实是贪心：现在第二的，后来可能胜出。",
        }),
    ),
    hints=(
        {"en": "How many candidates compete: as many as there are paths, or paths times tokens?",
         "zh": "参加比较的有多少个：和路径一样多，还是路径数乘词元数？"},
        {"en": "totals = sums[:, None] + log_probabilities is a table (path, token). Take the n_kept largest of all "
               "its numbers.",
         "zh": "totals = sums[:, None] + log_probabilities 是一张表 (path, token)。从所有的数里取最大的 n_kept 个。"},
        {"en": "totals.flatten().topk(n_kept).indices gives places in the flat list; // and % by the number of tokens "
               "give path and token.",
         "zh": "totals.flatten().topk(n_kept).indices 给出拉平后的位置；除以词元数，商（//）是路径，余数（%）是词元。"},
    ),
)
