"""01.scores: the scores of one query."""

import math

import torch
from torch.nn.functional import cosine_similarity, softmax

from ... import attention
from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="01.scores",
    name="scores_for_one",
    right=attention.attention_scores,
    cases=(
        {"query": torch.tensor([1.0, 0, 2]), "keys": torch.tensor([[1.0, 0, 2], [0, 3, 1], [4, 1, 0]])},
        *({"query": wave(d, start=1), "keys": wave(n, d)} for n, d in ((4, 4), (3, 5), (6, 2))),
    ),
    passed={
        "en": "One number for each key: how well it fits the query, in a size softmax can work with.",
        "zh": "每个键一个数：它与查询有多匹配，而且大小适合交给 softmax。",
    },
    mistakes=(
        Mistake("no_scale", lambda query, keys: keys @ query, {
            "en": "These are the bare dot products. Divide them by the square root of d_head, or they grow with the "
                  "width of the vectors.",
            "zh": "这是没有缩放的点积。还要除以 d_head 的平方根，否则向量越宽，分数越大。",
        }),
        Mistake("divided_by_d", lambda query, keys: keys @ query / len(query), {
            "en": "You divided by d_head itself. Dot products grow like its square root; dividing by all of it makes "
                  "the scores too alike.",
            "zh": "你除以了 d_head 本身。点积是按它的平方根增大的，除多了，分数之间就拉不开差距。",
        }),
        Mistake("multiplied", lambda query, keys: keys @ query * math.sqrt(len(query)), {
            "en": "You multiplied by √d_head, so the scores grew where they should shrink. Divide.",
            "zh": "你乘了 √d_head，分数本该缩小，却放大了。应该用除法。",
        }),
        Mistake("root_of_keys", lambda query, keys: keys @ query / math.sqrt(len(keys)), {
            "en": "You divided by the root of the number of keys. What matters is how many products one score adds "
                  "up: d_head, the length of the query.",
            "zh": "你除以的是键的个数的平方根。要看的是一个分数由多少项相加而成：也就是 d_head，查询向量的长度。",
        }),
        Mistake("fixed_width", lambda query, keys: keys @ query / 2, {
            "en": "You divided by 2, the root of 4. That is right for vectors of 4 numbers alone; take d_head from "
                  "the shape.",
            "zh": "你除以了 2，也就是 4 的平方根。这只对 4 维的向量才对；d_head 要从形状里取。",
        }),
        Mistake("not_summed", lambda query, keys: keys * query / math.sqrt(len(query)), {
            "en": "The products are there, one row a key, but they are not added up. A dot product is one number: sum "
                  "along the last axis.",
            "zh": "逐项的乘积都有了，每个键一行，但还没有相加。点积是一个数，要沿最后一轴求和。",
        }, also=(
            lambda query, keys: keys * query,
        )),
        Mistake("cosine", lambda query, keys: cosine_similarity(keys, query[None], dim=-1), {
            "en": "This is the cosine: the lengths of both vectors are divided out. Attention takes the dot product, "
                  "where a longer key scores higher, and divides by √d_head alone.",
            "zh": "这是余弦相似度：两个向量的长度都被除掉了。注意力用的是点积，键越长分数越高，只除以 √d_head。",
        }),
        Mistake("columns", lambda query, keys: query @ keys / math.sqrt(len(query)), {
            "en": "The query met the columns of keys, one number out of every key. This runs only where there are as "
                  "many keys as numbers in each. Each row is a key: multiply the query with the rows.",
            "zh": "查询乘到了 keys 的列上，也就是从每个键里各取一个数。只有键的个数恰好等于向量长度时才不报错。"
                  "每一行才是一个键，要让查询和每一行相乘。",
        }, also=(
            lambda query, keys: query @ keys,
        )),
        Mistake("already_weights", lambda query, keys: softmax(keys @ query / math.sqrt(len(query)), dim=-1), {
            "en": "These are weights already: they sum to 1. That is one step too far; scores come before softmax.",
            "zh": "这已经是权重了：加起来等于 1。多走了一步，分数是 softmax 之前的数。",
        }),
    ),
    hints=(
        {
            "en": "A score is a dot product: multiply the query and one key number by number, then add. Do so for "
                  "every key.",
            "zh": "分数就是点积：让查询与一个键逐项相乘，再相加。对每个键都这样做。",
        },
        {
            "en": "keys is (key, d_head), query is (d_head,). One matrix product, keys first, gives all the dot "
                  "products: (key,).",
            "zh": "keys 的形状是 (key, d_head)，query 是 (d_head,)。一次矩阵乘法（keys 在前）就得到全部点积，形状 "
                  "(key,)。",
        },
        {
            "en": "What is left is the scale: divide keys @ query by the root of d_head, which is query.shape[-1].",
            "zh": "剩下的是缩放：用 keys @ query 除以 d_head 的平方根，而 d_head 就是 query.shape[-1]。",
        },
    ),
)
