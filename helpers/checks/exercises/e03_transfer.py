"""03.transfer: of all that arrives in a model that writes, the share of its first token."""

from torch import Tensor

from ...attention import attention_weights, causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def arriving(weights: Tensor, lengths: Tensor) -> Tensor:
    """Return how much arrives, weight times length: (query, key)."""
    return weights * lengths


def first_share(rows: Tensor, since: int = 1) -> Tensor:
    """Return the share of key 0 in a row, averaged over the rows from `since` on; 1 is right."""
    return (rows[since:, 0] / rows[since:].sum(-1)).mean()


EXERCISE = FunctionExercise(
    key="03.transfer",
    name="first_share",
    right=lambda weights, lengths: first_share(arriving(weights, lengths)),
    cases=tuple({"weights": attention_weights(wave(n, n, start=n), causal_mask(n)),
                 "lengths": wave(n, start=1).abs() + 0.2} for n in (3, 4, 6)),
    passed={
        "en": "The same measure, another model. Many heads of a GPT rest on the first token, as BERT's rest on [CLS] "
              "and [SEP]; what arrives from there is less than the weights say.",
        "zh": "同一个量法，换了个模型。GPT 有许多头歇在第一个词元上，就像 BERT 的头歇在 [CLS] 和 [SEP] 上；"
              "从那里到达的，比权重所说的少。",
    },
    mistakes=(
        Mistake("weights_alone", lambda weights, lengths: first_share(weights), {
            "en": "That is the share of the weights. Asked is what arrives: each weight times the length of what that "
                  "key hands over.",
            "zh": "这是权重的占比。要的是到达的东西：每个权重乘以那个键所交之物的长度。",
        }),
        Mistake("first_asks", lambda weights, lengths: first_share(arriving(weights, lengths), 0), {
            "en": "The first token was counted as asking. It sees itself alone, so its share is 1 in any head: leave "
                  "row 0 out.",
            "zh": "把第一个词元也算成了发问的。它只看得见自己，在哪个头里占比都是 1：第 0 行要去掉。",
        }),
        Mistake("not_divided", lambda weights, lengths: arriving(weights, lengths)[1:, 0].mean(), {
            "en": "That is how much arrives from the first token, not which share: divide each row by all that arrives "
                  "in it.",
            "zh": "这是从第一个词元到达了多少，不是占多大一份：每一行要除以那一行到达的总量。",
        }),
        Mistake("of_sums", lambda weights, lengths: arriving(weights, lengths)[1:, 0].sum()
                / arriving(weights, lengths)[1:].sum(), {
            "en": "You divided the sums over all rows, so rows in which much arrives count more. First the share of "
                  "each row, then the mean.",
            "zh": "你拿各行的总和相除，到达得多的行就占了便宜。先算每一行的占比，再求平均。",
        }),
        Mistake("lengths_alone", lambda weights, lengths: lengths[0] / lengths.sum(), {
            "en": "That is the first token's share of the lengths. The weights say how much of each is taken.",
            "zh": "这是第一个词元在长度里的占比。各取走几成，要看权重。",
        }),
    ),
    hints=(
        {
            "en": "weights * lengths is a table again, (query, key): lengths stand along the keys.",
            "zh": "weights * lengths 还是一张 (query, key) 表：lengths 是沿着键排的。",
        },
        {
            "en": "For each row from 1 on: what stands in column 0, over the sum of the row. Then the mean of these.",
            "zh": "从第 1 行起，每一行：第 0 列的数除以这一行之和。再对这些求平均。",
        },
        {
            "en": "arrives = weights * lengths; (arrives[1:, 0] / arrives[1:].sum(-1)).mean()",
            "zh": "先算 arrives = weights * lengths，再算 (arrives[1:, 0] / arrives[1:].sum(-1)).mean()",
        },
    ),
)
