"""04.design: three runs that take one thing each from what positions tell a model."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise


def runs(n_tokens: int, *, by: int = 5, stretch: int = 2, start: int = 0, last: int = -1) -> Tensor:
    """Return the places that the tokens are told in three runs: moved, stretched, mirrored; the defaults are right."""
    places = torch.arange(n_tokens)
    return torch.stack([places + by, stretch * places + start, n_tokens + last - places])   # (run, token)


EXERCISE = FunctionExercise(
    key="04.design",
    name="three_runs",
    right=runs,
    cases=tuple({"n_tokens": n} for n in (4, 7, 15)),
    passed={
        "en": "Each run takes one thing away and leaves the others: the places, the distances, or who comes before "
              "whom. That is what makes its outcome readable.",
        "zh": "每次运行只拿走一样：位置的数、距离，或者谁在谁前面，别的都不动。这样的结果才读得懂。",
    },
    mistakes=(
        Mistake("mirrored_and_moved", lambda n: runs(n, last=0), {
            "en": "The third run mirrors and moves: its places go from n down to 1. Were the guess lost, you could not "
                  "say by which of the two. From n - 1 down to 0.",
            "zh": "第三次既翻转了，又挪动了：位置从 n 排到 1。要是猜不出来了，就说不清该怪哪一样。应从 n - 1 排到 0。",
        }),
        Mistake("stretched_and_moved", lambda n: runs(n, start=1), {
            "en": "The second run stretches and moves: its first token is told 1. Keep it at 0, so that the distances "
                  "alone are changed as a whole.",
            "zh": "第二次既拉长了，又挪动了：第一个词元被告知的是 1。让它留在 0，整体上变的才只有距离。",
        }),
        Mistake("stretched_from_moved", lambda n: torch.stack([runs(n)[0], 2 * (torch.arange(n) + 5), runs(n)[2]]), {
            "en": "The second run stretches the moved places. Begin each run from the places as they are: one change "
                  "at a time.",
            "zh": "第二次拉长的是已经挪过的位置。每次都从原来的位置出发：一次只改一样。",
        }),
        Mistake("other_shift", lambda n: runs(n, by=1), {
            "en": "The first run moves by 1. Asked is 5, so that hardly a token is told a place near its own.",
            "zh": "第一次只挪了 1。题目要的是 5：这样几乎没有词元还在自己的位置附近。",
        }),
        Mistake("other_order", lambda n: runs(n)[[0, 2, 1]], {
            "en": "These are the three runs, in another order: moved, stretched, mirrored.",
            "zh": "三次运行都对，次序不对：先挪动，再拉长，最后翻转。",
        }, also=tuple((lambda n, order=order: runs(n)[order])
                      for order in ([1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]))),
        Mistake("as_they_are", lambda n: runs(n, by=0), {
            "en": "The first run changes nothing. It is needed as well, as what the others are compared with, but "
                  "compare() makes it by itself.",
            "zh": "第一次什么也没改。这样的运行也需要，用来对照，不过 compare() 自己会做。",
        }),
        Mistake("columns", lambda n: runs(n).T, {
            "en": "A row a token came back; a row a run is asked for.",
            "zh": "你返回的是一行一个词元；要的是一行一次运行。",
        }),
    ),
    hints=(
        {
            "en": "Write the rows for four tokens on paper first: what is each token told in each of the three runs?",
            "zh": "先在纸上写出四个词元的情形：三次运行里，每个词元各被告知什么位置？",
        },
        {
            "en": "places = torch.arange(n_tokens); mirrored, the first token is told the last place, n_tokens - 1.",
            "zh": "先写 places = torch.arange(n_tokens)；翻转时，第一个词元被告知的是最后的位置 n_tokens - 1。",
        },
        {
            "en": "torch.stack([places + 5, 2 * places, n_tokens - 1 - places])",
            "zh": "这样写：torch.stack([places + 5, 2 * places, n_tokens - 1 - places])",
        },
    ),
)
