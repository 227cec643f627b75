"""02.parameters: how many numbers a layer of multi-head attention learns."""

from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="02.parameters",
    name="n_parameters",
    right=lambda d_model, n_heads: 4 * (d_model ** 2 + d_model),
    cases=tuple({"d_model": d, "n_heads": n_heads} for d, n_heads in ((4, 2), (512, 8), (768, 12), (192, 6))),
    passed={
        "en": "The number of heads does not come into it: more heads cut the same matrices into narrower strips.",
        "zh": "头数根本用不上：头多了，只是把同样的矩阵切成更窄的条。",
    },
    mistakes=(
        Mistake("no_biases", lambda d, n_heads: 4 * d ** 2, {
            "en": "The four matrices are counted, their biases are not: each adds one number for every number that "
                  "comes out, d_model of them.",
            "zh": "四个矩阵数对了，漏了偏置：每个矩阵还有一个偏置，输出几个数就有几个，也就是 d_model 个。",
        }),
        Mistake("one_bias", lambda d, n_heads: 4 * d ** 2 + d, {
            "en": "One bias was counted, but each of the four projections has its own.",
            "zh": "只数了一个偏置，而四个投影各有各的偏置。",
        }),
        Mistake("no_output", lambda d, n_heads: 3 * (d ** 2 + d), {
            "en": "Three projections are counted: query, key, value. The fourth, w_output, mixes the heads at the end.",
            "zh": "你数了三个投影：查询、键、值。还有第四个 w_output，在最后把各个头混合起来。",
        }),
        Mistake("no_output_no_biases", lambda d, n_heads: 3 * d ** 2, {
            "en": "Two things are missing: the fourth matrix, w_output, and the bias of each of the four.",
            "zh": "漏了两样：第四个矩阵 w_output，以及四个投影各自的偏置。",
        }),
        Mistake("times_heads", lambda d, n_heads: n_heads * 4 * (d ** 2 + d), {
            "en": "You gave each head matrices of full width. The heads share them: head h takes only its own d_head "
                  "columns, so the number of heads does not matter.",
            "zh": "你给每个头都配了一整套全宽的矩阵。其实各头共用一套：头 h 只用属于它的那 d_head 列，"
                  "所以总数与头数无关。",
        }, also=(
            lambda d, n_heads: n_heads * 4 * d ** 2,
            lambda d, n_heads: n_heads * 3 * (d ** 2 + d) + d ** 2 + d,
        )),
        Mistake("one_head", lambda d, n_heads: 4 * (d ** 2 + d) / n_heads, {
            "en": "This is the part of a single head. All heads together fill the matrices, d_model × d_model each.",
            "zh": "这是一个头的那一份。所有的头合起来，正好占满每个 d_model × d_model 的矩阵。",
        }),
        Mistake("one_matrix", lambda d, n_heads: d ** 2 + d, {
            "en": "This is one projection. There are four: query, key, value, output.",
            "zh": "这只是一个投影。一共有四个：查询、键、值、输出。",
        }),
        Mistake("layer_norm", lambda d, n_heads: 4 * (d ** 2 + d) + 2 * d, {
            "en": "Two times d_model too many: those are the scale and shift of the layer norm, which comes after the "
                  "attention.",
            "zh": "多了两倍的 d_model：那是后面层归一化的缩放和平移，不算在注意力里。",
        }),
    ),
    hints=(
        {
            "en": "Which matrices does the layer hold? Count them before you count their numbers.",
            "zh": "这一层里有哪几个矩阵？先数清楚有几个，再数里面有多少个数。",
        },
        {
            "en": "nn.Linear(d_model, d_model) holds d_model × d_model numbers and a bias of d_model.",
            "zh": "nn.Linear(d_model, d_model) 里有 d_model × d_model 个数，外加一个长 d_model 的偏置。",
        },
        {
            "en": "Four such projections. Print sum(p.numel() for p in MultiHeadAttention(8, 2).parameters()) and "
                  "compare.",
            "zh": "这样的投影有四个。打印 sum(p.numel() for p in MultiHeadAttention(8, 2).parameters()) 来对照。",
        },
    ),
)
