"""07.sharpen: temperature and top-k."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def cut(logits: Tensor, k: int, filler: float = -torch.inf) -> Tensor:
    """Return the logits with all but the k largest replaced."""
    return torch.where(logits >= logits.topk(min(k, len(logits))).values[-1], logits, filler)


def sharpened(logits: Tensor, temperature: float, k: int) -> Tensor:
    """Return the probabilities among the k likeliest."""
    return cut(logits / temperature, k).softmax(-1)


EXERCISE = FunctionExercise(
    key="07.sharpen",
    name="sharpened",
    right=sharpened,
    cases=tuple({"logits": wave(n, start=start), "temperature": temperature, "k": k}
                for n, start, temperature, k in ((5, 0.0, 0.5, 3), (6, 1.0, 2.0, 2), (4, 2.0, 1.5, 3))),
    passed={
        "en": "Divide, cut, then softmax: what is cut has probability 0, and what is left sums to 1.",
        "zh": "先除，再截，最后 softmax：截掉的概率为 0，剩下的加起来是 1。",
    },
    mistakes=(
        Mistake("multiplied", lambda logits, temperature, k: cut(logits * temperature, k).softmax(-1), {
            "en": "Multiplied by the temperature: now a high one sharpens. The logits are divided by it.",
            "zh": "乘以了温度：这样温度越高反而越尖锐。logits 应当除以温度。",
        }),
        Mistake("no_temperature", lambda logits, temperature, k: cut(logits, k).softmax(-1), {
            "en": "The temperature is not used.",
            "zh": "没有用上温度。",
        }),
        Mistake("after_softmax", lambda logits, temperature, k: cut(
            logits.softmax(-1) / temperature, k).softmax(-1), {
            "en": "The temperature came after a softmax, and softmax was taken of probabilities. Divide the logits, "
                  "and "
                  "take softmax once, at the end.",
            "zh": "先做 softmax 才除以温度，等于对概率又做了一次 softmax。应当除 logits，最后只做一次 softmax。",
        }, also=(
            lambda logits, temperature, k: cut(logits.softmax(-1), k, 0.0) / temperature,
        )),
        Mistake("zero_logits", lambda logits, temperature, k: cut(logits / temperature, k, 0.0).softmax(-1), {
            "en": "The logits that are cut were set to 0, and e⁰ is 1: they may still be drawn. Set them to −∞.",
            "zh": "把截掉的 logits 设成了 0，而 e⁰ 是 1，它们还是会被抽中。应设为 −∞。",
        }),
        Mistake("not_normalised", lambda logits, temperature, k: torch.where(
            logits >= logits.topk(k).values[-1], (logits / temperature).softmax(-1), 0.0), {
            "en": "Softmax first, then the cut: what is left no longer sums to 1. Cut before softmax, or divide by the "
                  "sum.",
            "zh": "先 softmax 再截断，剩下的加起来就不是 1 了。先截再做 softmax，或者除以总和。",
        }),
        Mistake("smallest", lambda logits, temperature, k: (logits / temperature).masked_fill(
            logits > logits.topk(k, largest=False).values[-1], -torch.inf).softmax(-1), {
            "en": "The k least likely tokens were kept.",
            "zh": "留下的是最不可能的 k 个。",
        }),
        Mistake("one_too_few", lambda logits, temperature, k: sharpened(logits, temperature, k - 1), {
            "en": "One token too few is kept: the k-th largest belongs to them.",
            "zh": "少留了一个：第 k 大的也要留下。",
        }),
        Mistake("no_cut", lambda logits, temperature, k: (logits / temperature).softmax(-1), {
            "en": "Nothing was cut: all tokens can still be drawn.",
            "zh": "什么也没有截掉：所有词元都还可能抽中。",
        }),
    ),
    hints=(
        {
            "en": "Both are done to the logits. Softmax comes last and sees to it that the rest sums to 1.",
            "zh": "两件事都是对 logits 做的。softmax 放在最后，它会让剩下的加起来等于 1。",
        },
        {
            "en": "logits.topk(k).values[-1] is the smallest logit that is kept; torch.where(condition, a, b) chooses.",
            "zh": "logits.topk(k).values[-1] 是留下的里面最小的；torch.where(条件, a, b) 按条件选取。",
        },
        {
            "en": "z = logits / temperature; torch.where(z >= z.topk(k).values[-1], z, float(\"-inf\")).softmax(-1)",
            "zh": "z = logits / temperature；再算 torch.where(z >= z.topk(k).values[-1], z, "
                  "float(\"-inf\")).softmax(-1)",
        },
    ),
)
