"""05.parameters: how many numbers an encoder layer has learnt."""

from ..exercise import Mistake
from ..functions import FunctionExercise


def encoder_layer(d_model: int, d_ff: int, *, projections: int = 4, biases: bool = True, norms: int = 2) -> int:
    """Return the parameters of an encoder layer, parts of which can be left out."""
    attention = projections * (d_model ** 2 + biases * d_model)
    return attention + 2 * d_model * d_ff + biases * (d_ff + d_model) + norms * 2 * d_model


EXERCISE = FunctionExercise(
    key="05.parameters",
    name="n_parameters",
    right=encoder_layer,
    cases=tuple({"d_model": d_model, "d_ff": d_ff} for d_model, d_ff in ((4, 8), (512, 2048), (192, 768))),
    passed={
        "en": "Two thirds of a layer lie in the feed-forward network where d_ff is four times d_model; attention is "
              "the smaller part.",
        "zh": "当 d_ff 是 d_model 的四倍时，一层的参数有三分之二在前馈网络里；注意力反而是小头。",
    },
    mistakes=(
        Mistake("no_norms", lambda d_model, d_ff: encoder_layer(d_model, d_ff, norms=0), {
            "en": "The two layer norms are missing: each learns a scale and a shift for every one of the d_model "
                  "numbers.",
            "zh": "漏了两个层归一化：每个都为 d_model 个数各学一个缩放和一个平移。",
        }),
        Mistake("one_norm", lambda d_model, d_ff: encoder_layer(d_model, d_ff, norms=1), {
            "en": "Half of the norms is missing. There are two, one for attention and one for the feed-forward "
                  "network, and each learns a scale and a shift: two numbers for every one of the d_model places.",
            "zh": "层归一化只数了一半。一共有两个，注意力一个，前馈网络一个；每个既学缩放也学平移：d_model 个位置，"
                  "每个位置两个数。",
        }),
        Mistake("no_biases", lambda d_model, d_ff: encoder_layer(d_model, d_ff, biases=False), {
            "en": "The biases are missing: each projection has one for every number that comes out of it.",
            "zh": "漏了偏置：每个投影，输出多少个数，就有多少个偏置。",
        }, also=(
            lambda d_model, d_ff: encoder_layer(d_model, d_ff, biases=False, norms=0),
        )),
        Mistake("no_output", lambda d_model, d_ff: encoder_layer(d_model, d_ff, projections=3), {
            "en": "Three projections are counted. The fourth is W_O, which joins the heads.",
            "zh": "只数了三个投影。第四个是 W_O，它把各个头汇合起来。",
        }),
        Mistake("one_matrix", lambda d_model, d_ff: encoder_layer(d_model, d_ff) - d_model * d_ff - d_model, {
            "en": "The feed-forward network has two matrices: d_model to d_ff, and back again.",
            "zh": "前馈网络有两个矩阵：从 d_model 到 d_ff，再从 d_ff 回来。",
        }),
        Mistake("cross_too", lambda d_model, d_ff: encoder_layer(d_model, d_ff, projections=8, norms=3), {
            "en": "This is a decoder layer: it has cross-attention and a third norm as well. The encoder's has "
                  "neither.",
            "zh": "这是解码器层：多了交叉注意力和第三个层归一化。编码器层没有这些。",
        }),
    ),
    hints=(
        {
            "en": "Count part by part: attention, feed-forward network, norms.",
            "zh": "一部分一部分地数：注意力、前馈网络、层归一化。",
        },
        {
            "en": "A projection from a to b numbers has a·b weights and b biases. Chapter 02 has the count for "
                  "attention.",
            "zh": "从 a 个数到 b 个数的投影，有 a·b 个权重和 b 个偏置。注意力那部分第 02 章数过。",
        },
        {
            "en": "4·(d² + d) + (d·f + f) + (f·d + d) + 2·2·d, with d = d_model and f = d_ff.",
            "zh": "4·(d² + d) + (d·f + f) + (f·d + d) + 2·2·d，其中 d = d_model，f = d_ff。",
        },
    ),
)
