"""07.cache: how much a cache of keys and values holds."""

from ..exercise import Mistake
from ..functions import FunctionExercise

NAMES = ("n_tokens", "n_layers", "n_heads", "n_key_heads", "d_head", "n_bytes")

EXERCISE = FunctionExercise(
    key="07.cache",
    name="cache_bytes",
    right=lambda tokens, layers, heads, key_heads, d_head, n_bytes: 2 * tokens * layers * key_heads * d_head * n_bytes,
    cases=tuple(dict(zip(NAMES, sizes, strict=True))
                for sizes in ((5, 4, 6, 2, 32, 4), (100, 12, 12, 12, 64, 2), (7, 3, 8, 4, 16, 8))),
    passed={
        "en": "A key and a value for each token, in each layer, for each key/value head. How many heads ask does not "
              "matter: that is what grouping saves.",
        "zh": "每个词元、每一层、每个键值头，各存一个键和一个值。有多少个头在问并不要紧：分组省下的就是这个。",
    },
    mistakes=(
        Mistake("all_heads", lambda t, n, h, k, d, b: 2 * t * n * h * d * b, {
            "en": "Counted for every head that asks. Grouped heads share their keys and values: only those are kept.",
            "zh": "按提问的头数算了。同组的头共用键和值：只存共用的那些。",
        }),
        Mistake("keys_alone", lambda t, n, h, k, d, b: t * n * k * d * b, {
            "en": "Half of it: keys are kept, and values too.",
            "zh": "只有一半：键要存，值也要存。",
        }),
        Mistake("queries_too", lambda t, n, h, k, d, b: t * n * (h + 2 * k) * d * b, {
            "en": "Queries are counted too. A query asks once, at its own step; nobody needs it later.",
            "zh": "把查询也算进去了。查询只在自己那一步问一次，以后用不着。",
        }, also=(
            lambda t, n, h, k, d, b: 3 * t * n * k * d * b,
        )),
        Mistake("one_layer", lambda t, n, h, k, d, b: 2 * t * k * d * b, {
            "en": "For one layer alone. Each layer has keys and values of its own.",
            "zh": "只算了一层。每一层都有自己的键和值。",
        }),
        Mistake("numbers", lambda t, n, h, k, d, b: 2 * t * n * k * d, {
            "en": "These are numbers, not bytes. Each number takes n_bytes.",
            "zh": "这是数的个数，不是字节数。每个数占 n_bytes 个字节。",
        }),
        Mistake("squared", lambda t, n, h, k, d, b: 2 * t * t * n * k * d * b, {
            "en": "Squared in the tokens: that is the size of the attention weights. The cache grows by the same "
                  "amount "
                  "with every token.",
            "zh": "词元数平方了：那是注意力权重的大小。缓存每多一个词元，只多出同样的一份。",
        }),
        Mistake("bits", lambda t, n, h, k, d, b: 16 * t * n * k * d * b, {
            "en": "Eight times too much: n_bytes counts bytes already.",
            "zh": "多了八倍：n_bytes 已经是字节数了。",
        }),
    ),
    hints=(
        {"en": "What is kept of one token, in one layer, for one head? Two vectors.",
         "zh": "一个词元、一层、一个头，要存什么？两个向量。"},
        {"en": "Which heads have keys and values of their own: those that ask, or the groups?",
         "zh": "自己有键和值的，是每个提问的头，还是每个组？"},
        {"en": "2 * n_tokens * n_layers * n_key_heads * d_head * n_bytes",
         "zh": "相乘即可：2 * n_tokens * n_layers * n_key_heads * d_head * n_bytes"},
    ),
)
