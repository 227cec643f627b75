"""05.score: the score of a path in beam search."""

from torch.nn.functional import softmax

from ...transformer import length_penalty
from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="05.score",
    name="path_score",
    right=lambda probabilities, alpha: probabilities.log().sum() / length_penalty(len(probabilities), alpha),
    cases=tuple({"probabilities": softmax(wave(n), -1), "alpha": alpha} for n, alpha in ((3, 1), (5, 1), (4, 2))),
    passed={
        "en": "Logarithms turn a product into a sum, and the penalty keeps long paths in the race.",
        "zh": "取对数，乘积变成了和；有了长度惩罚，长的路径才不会一开始就吃亏。",
    },
    mistakes=(
        Mistake("no_penalty", lambda probabilities, alpha: probabilities.log().sum(), {
            "en": "The sum is right, the penalty is missing: so the shortest path would nearly always win.",
            "zh": "和算对了，但漏了长度惩罚：这样几乎总是最短的路径胜出。",
        }),
        Mistake("mean", lambda probabilities, alpha: probabilities.log().mean(), {
            "en": "This is the mean: divided by n. The penalty here is ((5 + n) / 6) to the power alpha.",
            "zh": "这是平均数，除的是 n。这里的长度惩罚是 ((5 + n) / 6) 的 alpha 次方。",
        }),
        Mistake("multiplied", lambda probabilities, alpha: probabilities.log().sum()
                * length_penalty(len(probabilities), alpha), {
            "en": "Multiplied by the penalty instead of divided: a sum of logarithms is negative, and so long paths "
                  "lose twice.",
            "zh": "你乘了长度惩罚，应该除。对数之和是负数，一乘，长路径就吃了两次亏。",
        }),
        Mistake("no_logarithm", lambda probabilities, alpha: probabilities.prod()
                / length_penalty(len(probabilities), alpha), {
            "en": "The probabilities were multiplied and the logarithm forgotten. Add up the logarithms.",
            "zh": "概率直接乘了起来，忘了取对数。应把对数加起来。",
        }),
        Mistake("probabilities_added", lambda probabilities, alpha: probabilities.sum()
                / length_penalty(len(probabilities), alpha), {
            "en": "The probabilities themselves were added. Take the logarithm of each first.",
            "zh": "直接把概率加起来了。先对每个概率取对数。",
        }),
        Mistake("alpha_times", lambda probabilities, alpha: probabilities.log().sum()
                / (alpha * (5 + len(probabilities)) / 6), {
            "en": "alpha is an exponent, not a factor.",
            "zh": "alpha 是指数，不是乘数。",
        }),
        Mistake("another_base", lambda probabilities, alpha: probabilities.log2().sum()
                / length_penalty(len(probabilities), alpha), {
            "en": "These are logarithms to base 2. log p is the natural logarithm here.",
            "zh": "这是以 2 为底的对数。这里的 log p 是自然对数。",
        }),
    ),
    hints=(
        {
            "en": "Two parts: the sum of the logarithms, and what it is divided by.",
            "zh": "两部分：对数之和，以及拿什么去除它。",
        },
        {
            "en": "n is the number of tokens, len(probabilities). The exponent comes last.",
            "zh": "n 是词元的个数，即 len(probabilities)。最后再取幂。",
        },
        {
            "en": "probabilities.log().sum() divided by ((5 + len(probabilities)) / 6) ** alpha.",
            "zh": "probabilities.log().sum() 除以 ((5 + len(probabilities)) / 6) ** alpha。",
        },
    ),
)
