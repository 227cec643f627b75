"""07.perplexity: how many choices a model is torn between."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="07.perplexity",
    name="perplexity",
    right=lambda probabilities: (-probabilities.log().mean()).exp(),
    cases=tuple({"probabilities": torch.tensor(shares, dtype=torch.float64)}
                for shares in ([0.5, 0.125], [0.25, 0.8, 0.1], [0.9, 0.6, 0.05, 0.3])),
    passed={
        "en": "e to the mean of −ln p. A model that guesses evenly among 8 tokens has perplexity 8.",
        "zh": "−ln p 的平均值，再取 e 的幂。在 8 个词元里均匀瞎猜的模型，困惑度就是 8。",
    },
    mistakes=(
        Mistake("no_exp", lambda probabilities: -probabilities.log().mean(), {
            "en": "This is the mean loss, in nats a token. Perplexity is e to the power of it.",
            "zh": "这是平均损失，单位是每词元多少纳特。困惑度是 e 的这么多次方。",
        }),
        Mistake("sum", lambda probabilities: (-probabilities.log().sum()).exp(), {
            "en": "Summed in place of averaged: it grows with the length of the text.",
            "zh": "用了总和，没有取平均：文本越长，数就越大。",
        }),
        Mistake("sign", lambda probabilities: probabilities.log().mean().exp(), {
            "en": "The minus is missing: this is the geometric mean of the probabilities, and perplexity is 1 over it.",
            "zh": "漏了负号：这是概率的几何平均，困惑度是它的倒数。",
        }),
        Mistake("one_over_mean", lambda probabilities: 1 / probabilities.mean(), {
            "en": "The probabilities were averaged. Average their logarithms: one token that was thought impossible "
                  "has "
                  "to weigh heavily.",
            "zh": "平均的是概率。应当平均对数：只要有一个词元被认为几乎不可能，就该重重地算进去。",
        }),
        Mistake("mean_of_inverses", lambda probabilities: (1 / probabilities).mean(), {
            "en": "This is the arithmetic mean of 1/p. Perplexity is the geometric one: through logarithms.",
            "zh": "这是 1/p 的算术平均。困惑度是几何平均，要经过对数。",
        }),
        Mistake("mixed_bases", lambda probabilities: (-probabilities.log2().mean()).exp(), {
            "en": "Logarithm to base 2, then e to the power: both must have the same base.",
            "zh": "对数以 2 为底，却取了 e 的幂：两处的底要一致。",
        }, also=(
            lambda probabilities: 2 ** -probabilities.log().mean(),
        )),
    ),
    hints=(
        {"en": "First the surprise at each token, −ln p; then its "
               "mean.", "zh": "先算每个词元的意外程度 −ln p，再取平均。"},
        {"en": "e to the power undoes the logarithm: .exp().", "zh": "取 e 的幂，把对数还原：.exp()。"},
        {"en": "(-probabilities.log().mean()).exp()", "zh": "一行就够：(-probabilities.log().mean()).exp()"},
    ),
)
