"""04.bug: rotary scores whose keys are turned in the wrong way, to be mended."""

import torch
from torch import Tensor

from ...positions import rotate
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def met(queries: Tensor, keys: Tensor, *, turn: int = 1, ahead: int = 0) -> Tensor:
    """Return scores of queries turned by p and keys turned by turn * (p + ahead); 1 and 0 are right."""
    places = torch.arange(len(queries))
    return rotate(queries, places) @ rotate(keys, turn * (places + ahead)).T / keys.shape[1] ** 0.5


EXERCISE = FunctionExercise(
    key="04.bug",
    name="mended_scores",
    right=met,
    cases=tuple({"queries": wave(n, d), "keys": wave(n, d, start=1)} for n, d in ((4, 4), (3, 8), (5, 2))),
    passed={
        "en": "Both tests pass: the same distance gives the same score wherever it lies, and a token meets itself as "
              "if nothing had been turned. The first alone would have missed the second fault.",
        "zh": "两个试法都过了：同样的距离，放在哪里分数都一样；词元遇见自己，就像什么也没转过。"
              "只用第一个试法，会放过第二处毛病。",
    },
    mistakes=(
        Mistake("both_left", lambda q, k: met(q, k, turn=-1, ahead=1), {
            "en": "Both faults are still there: the keys turn against the queries, and count from 1.",
            "zh": "两处毛病都还在：键和查询转的方向相反，而且从 1 数起。",
        }),
        Mistake("backwards_left", lambda q, k: met(q, k, turn=-1), {
            "en": "Both count from 0 now. One fault is left: keys turn the other way, so the score knows m + n. Turned "
                  "alike, only m - n is left.",
            "zh": "现在都从 0 数起了。还剩一处：键转的方向相反，分数认的是 m + n。方向一致，才只剩下 m - n。",
        }),
        Mistake("ahead_left", lambda q, k: met(q, k, ahead=1), {
            "en": "Both turn the same way now. One fault is left, and the shift test cannot see it: keys are one place "
                  "ahead, so a token does not meet itself at distance 0.",
            "zh": "方向一致了。还剩一处，平移那个试法看不出来：键都往前错了一位，词元遇见自己时，距离不是 0。",
        }),
        Mistake("keys_still", lambda q, k: met(q, k, turn=0), {
            "en": "The keys are not turned at all: the score now depends on where the query stands.",
            "zh": "键根本没有转：分数就只看查询站在哪里了。",
        }),
        Mistake("nothing_turned", lambda q, k: q @ k.T / k.shape[1] ** 0.5, {
            "en": "Nothing is turned any more: both tests pass, but the scores know nothing of positions.",
            "zh": "什么都不转了：两个试法都通过，可分数对位置一无所知。",
        }),
        Mistake("no_root", lambda q, k: met(q, k) * k.shape[1] ** 0.5, {
            "en": "Turned rightly; the root of d_head was no fault, put it back.",
            "zh": "转得对；除以 √d_head 可不是毛病，请放回去。",
        }),
    ),
    hints=(
        {
            "en": "Print places and what the keys are turned by, side by side. Where a query stands at 3, what is its "
                  "own key told?",
            "zh": "把 places 和键转动所用的位置并排打印出来。站在 3 的查询，自己的键被告知在哪里？",
        },
        {
            "en": "There are two faults in one bracket: a sign and a number.",
            "zh": "两处毛病都在同一个括号里：一个正负号，一个数。",
        },
        {
            "en": "rotate(queries, places) @ rotate(keys, places).T / keys.shape[-1] ** 0.5",
            "zh": "这样写：rotate(queries, places) @ rotate(keys, places).T / keys.shape[-1] ** 0.5",
        },
    ),
)
