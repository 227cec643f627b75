"""07.offset: a cached step with rotary positions; the bug is a position that stays 0."""

import torch
from torch import Tensor

from ...positions import rotate
from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def step_case(n_tokens: int, d_head: int, start: float) -> Inputs:
    """Return turned keys of the tokens so far, and query and key of the next, as they were projected."""
    return {"keys": rotate(wave(n_tokens, d_head, start=start)), "query": wave(d_head, start=start + 4),
            "key": wave(d_head, start=start + 5)}


def asked(keys: Tensor, query: Tensor, key: Tensor) -> Tensor:
    """Return the scores of one query with all keys."""
    return torch.vstack([keys, key]) @ query / len(query) ** 0.5


def at(query_place: int, key_place: int, keys: Tensor, query: Tensor, key: Tensor) -> Tensor:
    """Return the scores where the new query and key are turned by these positions."""
    return asked(keys, rotate(query, query_place), rotate(key, key_place))


EXERCISE = FunctionExercise(
    key="07.offset",
    name="cached_scores",
    right=lambda keys, query, key: at(len(keys), len(keys), keys, query, key),
    cases=(step_case(4, 4, 0.3), step_case(3, 6, 1.1), step_case(5, 2, 2.0)),
    passed={
        "en": "The new token stands behind all those in the cache, at position len(keys): its query and its key are "
              "turned by that, the cached keys were turned when they came.",
        "zh": "新词元排在缓存里所有词元之后，位置是 len(keys)：它的查询和键按这个位置旋转；缓存里的键当时已经转过了。",
    },
    mistakes=(
        Mistake("position_zero", lambda keys, query, key: at(0, 0, keys, query, key), {
            "en": "The bug is still there: the new token is turned as if it stood at position 0, the first of the "
                  "text. "
                  "How many stand before it?",
            "zh": "毛病还在：新词元被当成站在位置 0，像是全文的第一个。它前面有几个？",
        }),
        Mistake("key_at_zero", lambda keys, query, key: at(len(keys), 0, keys, query, key), {
            "en": "The query is at its place, the key still at 0. Later tokens would look for it at the beginning of "
                  "the "
                  "text.",
            "zh": "查询的位置对了，键还停在 0。后面的词元会以为它在全文开头。",
        }),
        Mistake("query_at_zero", lambda keys, query, key: at(0, len(keys), keys, query, key), {
            "en": "The key is at its place, the query still at 0: it asks as if it stood before everything.",
            "zh": "键的位置对了，查询还停在 0：它提问时像是站在所有词元之前。",
        }),
        Mistake("one_too_far", lambda keys, query, key: at(len(keys) + 1, len(keys) + 1, keys, query, key), {
            "en": "One position too far. Positions count from 0: behind n tokens comes position n.",
            "zh": "远了一位。位置从 0 数起：n 个词元之后是位置 n。",
        }),
        Mistake("one_too_near", lambda keys, query, key: at(len(keys) - 1, len(keys) - 1, keys, query, key), {
            "en": "This is the position of the last token in the cache. The new one stands behind it.",
            "zh": "这是缓存里最后一个词元的位置。新词元在它后面。",
        }),
        Mistake("turned_twice", lambda keys, query, key: asked(
            rotate(keys), rotate(query, len(keys)), rotate(key, len(keys))), {
            "en": "The cached keys were turned a second time. They were turned when they entered the cache.",
            "zh": "缓存里的键又转了一次。它们进缓存时已经转过了。",
        }),
        Mistake("itself_missing", lambda keys, query, key: keys @ rotate(query, len(keys)) / len(query) ** 0.5, {
            "en": "The new token's own key is missing: it may look at itself, too.",
            "zh": "漏了新词元自己的键：它也可以看自己。",
        }),
        Mistake("no_scale", lambda keys, query, key: at(
            len(keys), len(keys), keys, query, key) * len(query) ** 0.5, {
            "en": "The positions are right; the division by the root of d_head got lost.",
            "zh": "位置对了；却漏了除以 d_head 的平方根。",
        }),
    ),
    hints=(
        {
            "en": "In the broken code, at which position does rotate put the one new token? Read what it does without "
                  "positions: 0, 1, 2, … along the tokens it is given.",
            "zh": "在坏掉的代码里，rotate 把唯一的新词元放在了第几个位置？不给位置时，它从所给的第一个词元起按 0、1、"
                  "2……算。",
        },
        {
            "en": "How many tokens stand before it? As many as there are keys in the cache.",
            "zh": "它前面有几个词元？缓存里有几个键，就有几个。",
        },
        {
            "en": "rotate(query, len(keys)) and rotate(key, len(keys)); the rest stays.",
            "zh": "改成 rotate(query, len(keys)) 和 rotate(key, len(keys))，其余不变。",
        },
    ),
)
