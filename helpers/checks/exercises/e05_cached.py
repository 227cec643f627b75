"""05.cached: one step of attention with a key/value cache."""

import torch
from torch import Tensor

from ...attention import attention_scores, scaled_dot_product_attention
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def crossed(queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the context of one head."""
    return scaled_dot_product_attention(queries, keys, values)[0]


def grown(keys: Tensor, values: Tensor, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Return the context of a new token over the old ones and itself."""
    return crossed(query[None], torch.vstack([keys, key]), torch.vstack([values, value]))[0]


def cache_case(n_tokens: int, d_head: int) -> Inputs:
    """Return keys and values so far, and the query, key and value of a new token."""
    new = {name: wave(d_head, start=start) for start, name in enumerate(("query", "key", "value"), start=5)}
    return {"keys": wave(n_tokens, d_head), "values": wave(n_tokens, d_head, start=2.1), **new}


EXERCISE = FunctionExercise(
    key="05.cached",
    name="cached_step",
    right=grown,
    cases=tuple(cache_case(*sizes) for sizes in ((3, 3), (4, 2), (1, 4))),
    passed={
        "en": "One query against all keys so far and its own: the same numbers as computing everything again, for a "
              "fraction of the work.",
        "zh": "一个查询，对上至今所有的键，连同它自己的：结果和全部重算一样，活却少得多。",
    },
    mistakes=(
        Mistake("without_itself", lambda keys, values, query, key, value: crossed(query[None], keys, values)[0], {
            "en": "The new token looked at the old ones alone. It may see itself too: put its key and value behind "
                  "the others first.",
            "zh": "新词元只看了旧的。它也可以看自己：先把它的键和值接在后面。",
        }),
        Mistake("only_itself", lambda keys, values, query, key, value: value, {
            "en": "This is the new token's own value: it looked at nobody else. The keys and values so far are what "
                  "the cache is for.",
            "zh": "这只是新词元自己的值：它谁也没看。缓存里的键和值正是留给它看的。",
        }),
        Mistake("last_overwritten", lambda keys, values, query, key, value: grown(
            keys[:-1], values[:-1], query, key, value), {
            "en": "The newest entry of the cache was overwritten. Put the new key and value behind it; nothing is "
                  "thrown away.",
            "zh": "缓存里最新的一项被盖掉了。新的键和值要接在它后面，什么也不丢。",
        }),
        Mistake("key_asks", lambda keys, values, query, key, value: grown(keys, values, key, query, value), {
            "en": "The key did the asking. It is the query that asks; the key is kept, to answer later tokens.",
            "zh": "是键在提问。提问的应是查询；键要留下来，回答后面的词元。",
        }, also=(
            lambda keys, values, query, key, value: grown(keys, values, key, key, value),
        )),
        Mistake("values_of_keys", lambda keys, values, query, key, value: grown(keys, keys, query, key, key), {
            "en": "Keys were averaged in the place of values. Keys decide the weights, values are what is handed over.",
            "zh": "被平均的是键，不是值。键决定权重，值才是交出来的内容。",
        }),
        Mistake("no_scale", lambda keys, values, query, key, value: grown(
            keys, values, query * len(query) ** 0.5, key, value), {
            "en": "The division by the root of d_head is missing.",
            "zh": "漏了除以 d_head 的平方根。",
        }),
        Mistake("no_softmax", lambda keys, values, query, key, value: attention_scores(
            query[None], torch.vstack([keys, key]))[0] @ torch.vstack([values, value]), {
            "en": "The scores were used as weights. Softmax comes between.",
            "zh": "直接拿分数当权重用了。中间还要做 softmax。",
        }),
    ),
    hints=(
        {
            "en": "First the cache grows by one key and one value. Then it is attention of a single query.",
            "zh": "先让缓存多出一个键和一个值，然后就是一个查询的注意力。",
        },
        {
            "en": "torch.vstack([keys, key]) puts a row at the end. keys @ query gives one score a token.",
            "zh": "torch.vstack([keys, key]) 会在末尾加一行。keys @ query 给每个词元一个分数。",
        },
        {
            "en": "Scores keys @ query / sqrt(d_head), softmax, times values; no mask, for nothing later is there.",
            "zh": "分数是 keys @ query / sqrt(d_head)，做 softmax，再乘以 values；不用掩码，因为后面还什么都没有。",
        },
    ),
)
