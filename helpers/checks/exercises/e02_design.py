"""02.design: a head that was switched off, beside all the others."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def others(bits: Tensor, layer: int, head: int) -> Tensor:
    """Return the bits of all heads but one."""
    flat = torch.as_tensor(bits).flatten()
    place = layer * bits.shape[1] + head
    return torch.cat([flat[:place], flat[place + 1:]])                              # (other head,)


def share(condition: Tensor) -> Tensor:
    """Return how many of several are true, as a share."""
    return condition.double().mean()


def table(n_layers: int, n_heads: int, place: tuple[int, int], twin: tuple[int, int]) -> dict[str, Tensor | float]:
    """Return bits with one head that costs exactly as much as another, by the names of the signature."""
    bits = wave(n_layers, n_heads, start=n_layers)
    bits[twin] = bits[place]
    return {"bits": bits, "layer": place[0], "head": place[1]}


EXERCISE = FunctionExercise(
    key="02.design",
    name="as_dear",
    right=lambda bits, layer, head: share(others(bits, layer, head) <= bits[layer, head]),
    cases=(table(3, 3, (1, 2), (0, 0)), table(4, 6, (2, 1), (2, 4)), table(2, 5, (0, 3), (1, 1))),
    passed={
        "en": "That is a control: the head is held against all it could have been. A small share says that few heads "
              "matter as much here; it does not say what this head does, nor that it does so in other texts.",
        "zh": "这就是对照：把这个头跟其余所有的头相比。占比小，说明在这里少有头和它一样要紧；"
              "却没有说它在做什么，也没有说换段文字还是如此。",
    },
    mistakes=(
        Mistake("itself", lambda bits, layer, head: share(bits <= bits[layer, head]), {
            "en": "The head was counted among those it is held against: it always costs as much as itself. Leave it "
                  "out, above and below.",
            "zh": "把这个头自己也算进了对照：它和自己的代价当然一样大。分子分母都要去掉它。",
        }),
        Mistake("wrong_way", lambda bits, layer, head: share(others(bits, layer, head) >= bits[layer, head]), {
            "en": "Counted were the heads that cost less. Bits are negative where the guess loses: as dear means at "
                  "most this number.",
            "zh": "数的是代价更小的头。猜测变差时比特是负的：“代价不比它小”，就是这个数小于或等于它。",
        }),
        Mistake("strictly", lambda bits, layer, head: share(others(bits, layer, head) < bits[layer, head]), {
            "en": "A head that costs exactly as much was left out. It is as good a case against the claim: count it.",
            "zh": "代价正好一样的头没有数进去。它同样是反例，也要数。",
        }),
        Mistake("one_layer", lambda bits, layer, head: share(others(bits[layer:layer + 1], 0, head)
                                                             <= bits[layer, head]), {
            "en": "Compared within its own layer alone. The claim is about this head, so every other head of the model "
                  "is its control.",
            "zh": "只和同一层的头比了。这话说的是这个头，所以模型里其余所有的头都是它的对照。",
        }),
        Mistake("count", lambda bits, layer, head: (others(bits, layer, head) <= bits[layer, head]).sum(), {
            "en": "That is a number of heads. As a share it can be compared between models of different sizes: divide "
                  "by how many others there are.",
            "zh": "这是个数。换成占比，才能在大小不同的模型之间比较：再除以其余头的总数。",
        }),
        Mistake("sizes", lambda bits, layer, head: share(others(bits, layer, head).abs() >= bits[layer, head].abs()), {
            "en": "The sign was dropped, so heads whose absence helps the guess are counted as if they were missed.",
            "zh": "丢掉了正负号：有些头关掉之后猜得更准，却也被当成缺不得的数了进来。",
        }),
    ),
    hints=(
        {
            "en": "What would the friend have seen, had he taken any other head? Count those that would have impressed "
                  "him as much.",
            "zh": "要是朋友当初挑的是别的头，他会看到什么？数一数有多少个头会让他同样吃惊。",
        },
        {
            "en": "bits <= bits[layer, head] is True at this head too: take one off the count, and one off the number "
                  "of heads.",
            "zh": "bits <= bits[layer, head] 在这个头自己那里也是 True：个数减 1，总数也减 1。",
        },
        {
            "en": "((bits <= bits[layer, head]).sum() - 1) / (bits.numel() - 1)",
            "zh": "这样写：((bits <= bits[layer, head]).sum() - 1) / (bits.numel() - 1)",
        },
    ),
)
