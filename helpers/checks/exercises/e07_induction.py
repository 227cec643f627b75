"""07.induction: how much a head looks at what came next the last time."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def copies_case(length: int, start: float) -> Inputs:
    """Return the weights of one head on a start token and two copies."""
    n_tokens = 1 + 2 * length
    hidden = torch.ones(n_tokens, n_tokens).triu(1).bool()
    return {"weights": wave(n_tokens, n_tokens, start=start).masked_fill(hidden, -torch.inf).softmax(-1),
            "length": length}


def mean_at(weights: Tensor, first: int, last: int, back: int) -> Tensor:
    """Return the mean weight of queries first to last on the key `back` places before each."""
    queries = torch.arange(first, last + 1)
    return weights[queries, queries - back].mean()


EXERCISE = FunctionExercise(
    key="07.induction",
    name="induction_score",
    right=lambda weights, length: mean_at(weights, length + 1, 2 * length - 1, length - 1),
    cases=(copies_case(4, 0.2), copies_case(3, 1.3), copies_case(6, 2.2)),
    passed={
        "en": "From each token of the second copy, length − 1 places back: there stands what followed it the first "
              "time.",
        "zh": "从第二遍的每个词元往回数 length − 1 个位置：那里正是它上一次出现之后跟着的词元。",
    },
    mistakes=(
        Mistake("same_token", lambda weights, length: mean_at(weights, length + 1, 2 * length - 1, length), {
            "en": "This is the weight on the same token in the first copy. A head that copies looks one place "
                  "further, at "
                  "what followed it.",
            "zh": "这是看第一遍里同一个词元的权重。会复制的头看的是再往后一个：上次跟在它后面的那个。",
        }, also=(
            lambda weights, length: mean_at(weights, length + 1, 2 * length, length),
        )),
        Mistake("before_it", lambda weights, length: mean_at(weights, length + 1, 2 * length - 1, length + 1), {
            "en": "One place in the wrong direction: this is what came before the token the first time.",
            "zh": "方向反了：这是第一遍里排在它前面的那个。",
        }, also=(
            lambda weights, length: mean_at(weights, length + 1, 2 * length, length + 1),
        )),
        Mistake("last_too", lambda weights, length: mean_at(weights, length + 1, 2 * length, length - 1), {
            "en": "The last token is counted too. What followed it the first time is the second copy itself: nothing "
                  "was "
                  "foretold by it. Leave it out.",
            "zh": "把最后一个词元也算了。它上次后面跟着的就是第二遍的开头，说明不了什么。请不要算它。",
        }),
        Mistake("previous_token", lambda weights, length: mean_at(weights, length + 1, 2 * length - 1, 1), {
            "en": "This is the weight on the token just before: a previous-token head.",
            "zh": "这是看紧挨着的前一个词元的权重：那是前一词元头。",
        }),
        Mistake("sum", lambda weights, length: mean_at(
            weights, length + 1, 2 * length - 1, length - 1) * (length - 1), {
            "en": "Summed up: take the mean over the queries, so that it stays between 0 and 1.",
            "zh": "用了总和。要对这些查询取平均，得分才在 0 和 1 之间。",
        }),
        Mistake("swapped", lambda weights, length: mean_at(weights.T, length + 1, 2 * length - 1, length - 1), {
            "en": "Query and key are exchanged, and under the causal mask everything is 0. Rows ask, columns answer.",
            "zh": "查询和键颠倒了，在因果掩码下全是 0。行提问，列应答。",
        }),
        Mistake("no_start", lambda weights, length: mean_at(weights, length, 2 * length - 2, length - 1), {
            "en": "The start token <s> at place 0 was forgotten: the second copy begins at place length + 1.",
            "zh": "忘了位置 0 上的开始词元 <s>：第二遍从位置 length + 1 开始。",
        }),
    ),
    hints=(
        {
            "en": "Write down the places: 0 is <s>, 1 to length the first copy, length + 1 to 2·length the second.",
            "zh": "把位置写下来：0 是 <s>，1 到 length 是第一遍，length + 1 到 2·length 是第二遍。",
        },
        {
            "en": "Token at place q stood at q − length before; what followed it stands at q − length + 1.",
            "zh": "位置 q 上的词元，上次在 q − length；跟在它后面的在 q − length + 1。",
        },
        {
            "en": "queries = torch.arange(length + 1, 2 * length); weights[queries, queries - length + 1].mean()",
            "zh": "两行：queries = torch.arange(length + 1, 2 * length)；weights[queries, queries - length + 1].mean()",
        },
    ),
)
