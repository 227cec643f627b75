"""01.bug: an attention with two faults, to be mended."""

from torch import Tensor

from ...attention import scaled_dot_product_attention
from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def mixed(queries: Tensor, keys: Tensor, values: Tensor, *, size: int, axis: int = -1) -> Tensor:
    """Return attention with scores over the root of `size` and softmax along `axis`; d_head and -1 are right."""
    return (queries @ keys.T / size ** 0.5).softmax(axis) @ values


def rescaled(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return attention whose softmax ran over the queries and whose rows were then divided by their sums."""
    weights = (queries @ keys.T / keys.shape[1] ** 0.5).softmax(0)
    return weights / weights.sum(-1, keepdim=True) @ values


EXERCISE = FunctionExercise(
    key="01.bug",
    name="mended_attention",
    right=lambda queries, keys, values: scaled_dot_product_attention(queries, keys, values)[0],
    cases=tuple({"queries": wave(n, d), "keys": wave(m, d, start=1), "values": wave(m, w, start=2)}
                for n, m, d, w in ((3, 3, 4, 2), (4, 4, 2, 3), (2, 5, 3, 3))),
    passed={
        "en": "Both faults are gone: softmax goes along the keys, and the root is that of the width. Values of ones "
              "now give ones, for any number of tokens. Keep that test: it catches every row that does not sum to 1.",
        "zh": "两处毛病都改好了：softmax 沿着键做，开方的是宽度。值全是 1 时，结果也全是 1，有多少个词元都一样。"
              "记住这个试法：哪一行加起来不是 1，它都抓得出来。",
    },
    mistakes=(
        Mistake("both_left", lambda q, k, v: mixed(q, k, v, size=len(k), axis=0), {
            "en": "Nothing has changed yet: both faults are still there. Begin with the rows that do not sum to 1.",
            "zh": "还什么都没变：两处毛病都在。先从加起来不等于 1 的那些行下手。",
        }),
        Mistake("axis_left", lambda q, k, v: mixed(q, k, v, size=k.shape[1], axis=0), {
            "en": "The root is right now, one fault is left: softmax still runs over the queries, so that columns sum "
                  "to 1. Each query must share out one whole.",
            "zh": "根号对了，还剩一处：softmax 仍然沿着查询做，加起来等于 1 的是列。应该让每个查询各分出整整一份。",
        }),
        Mistake("root_left", lambda q, k, v: mixed(q, k, v, size=len(k)), {
            "en": "The rows sum to 1 now, one fault is left: what is divided by grows with the number of tokens. The "
                  "same words would attend differently in a longer text. Which size belongs under the root?",
            "zh": "每一行加起来是 1 了，还剩一处：除数随词元的个数变大，同样的词放进更长的文字里，权重就变了。"
                  "根号下面该是哪个大小？",
        }),
        Mistake("root_gone", lambda q, k, v: mixed(q, k, v, size=1), {
            "en": "The rows sum to 1, but the root is gone altogether. It was the wrong size, not a wrong idea.",
            "zh": "每一行加起来是 1，可是根号整个去掉了。错的是大小，不是想法。",
        }),
        Mistake("values_width", lambda q, k, v: mixed(q, k, v, size=v.shape[1]), {
            "en": "Under the root stands the width of the values. Scores are sums over the numbers of a query and a "
                  "key: their width counts.",
            "zh": "根号下面放的是值的宽度。分数是对查询和键的各个数求和得到的：要看它们的宽度。",
        }),
        Mistake("rescaled", rescaled, {
            "en": "The rows were divided by their sums, so the test with ones is silenced; but softmax still ran over "
                  "the queries before, and the shares are wrong. Mend the cause, not the symptom.",
            "zh": "每一行除以了自己的和，值全是 1 的那一关就过了；可 softmax 还是沿着查询做的，份额仍然不对。"
                  "要改病根，不要只消症状。",
        }),
    ),
    hints=(
        {
            "en": "Two lines, two faults. Print the row sums of the weights, then give the broken code a text twice as "
                  "long and look which number changes.",
            "zh": "两行，两处毛病。先打印权重每一行的和；再给坏代码一段长一倍的文字，看哪个数跟着变了。",
        },
        {
            "en": "dim=0 is the axis of the queries. And len(keys) counts tokens, not numbers of a key.",
            "zh": "dim=0 是查询那一轴。另外，len(keys) 数的是词元，不是一个键里有几个数。",
        },
        {
            "en": "scores over keys.shape[-1] ** 0.5, then softmax(dim=-1), then @ values.",
            "zh": "分数除以 keys.shape[-1] ** 0.5，再 softmax(dim=-1)，再 @ values。",
        },
    ),
)
