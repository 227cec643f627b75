"""02.transfer: the level of chance in a model that sees only what came before."""

from ..exercise import Mistake
from ..functions import FunctionExercise


def mean_of(shares: list[float]) -> float:
    """Return the mean of some numbers."""
    return sum(shares) / len(shares)


EXERCISE = FunctionExercise(
    key="02.transfer",
    name="chance_before",
    right=lambda n_tokens: mean_of([1 / (query + 1) for query in range(1, n_tokens)]),
    cases=tuple({"n_tokens": n} for n in (4, 11, 2, 30)),
    passed={
        "en": "So the level of chance depends on the model: where fewer keys may be seen, each gets more by chance "
              "alone. A share that looks large beside 1/n can be nothing at all.",
        "zh": "可见随机水平要看模型：能看的键越少，光凭随机，每个键分到的就越多。"
              "一个占比跟 1/n 相比显得很大，其实可能什么也不是。",
    },
    mistakes=(
        Mistake("all_keys", lambda n: 1 / n, {
            "en": "That is the chance in a BERT, where every token sees all n. Here query 1 sees two keys, query 2 "
                  "sees three, and so on.",
            "zh": "那是 BERT 的随机水平：每个词元都看得见全部 n 个。"
                  "这里，查询 1 只看得见两个键，查询 2 看得见三个，依此类推。",
        }),
        Mistake("first_asks", lambda n: mean_of([1 / (query + 1) for query in range(n)]), {
            "en": "The first token was counted as asking, with a share of 1. It has none before it: leave it out.",
            "zh": "第一个词元也算成了发问的，占比是 1。可它前面没有词元，要去掉。",
        }),
        Mistake("zero", lambda n: sum(1 / (query + 1) for query in range(1, n)) / n, {
            "en": "The first token has none before it and does not ask, yet it was counted among those that the sum is "
                  "divided by.",
            "zh": "第一个词元前面没有词元，不算发问，可是求平均时，除数里还算上了它。",
        }),
        Mistake("not_itself", lambda n: mean_of([1 / query for query in range(1, n)]), {
            "en": "A token may look at itself, too: query 1 sees two keys, not one.",
            "zh": "词元也可以看自己：查询 1 看得见两个键，不是一个。",
        }),
        Mistake("one_over_mean", lambda n: 1 / mean_of([query + 1 for query in range(1, n)]), {
            "en": "You took one over the mean number of keys. Asked is the mean of the shares, and the early rows, "
                  "with few keys, weigh more in it.",
            "zh": "你算的是键的平均个数的倒数。要的是各份占比的平均；靠前的行键少，在这个平均里分量更重。",
        }),
    ),
    hints=(
        {
            "en": "Take four tokens and write the rows down: how many keys may each see, and what does an even head "
                  "give to the one before?",
            "zh": "取四个词元，把每一行写出来：各能看几个键？平均分配的头给前一个多少？",
        },
        {
            "en": "Rows 1 to n - 1 ask; row q sees q + 1 keys, so it gives 1 / (q + 1).",
            "zh": "发问的是第 1 到 n - 1 行；第 q 行看得见 q + 1 个键，所以给出 1 / (q + 1)。",
        },
        {
            "en": "The mean of [1 / (query + 1) for query in range(1, n_tokens)].",
            "zh": "就是 [1 / (query + 1) for query in range(1, n_tokens)] 的平均。",
        },
    ),
)
