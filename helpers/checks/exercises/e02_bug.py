"""02.bug: multi-head attention that is cut and joined in the wrong way, to be mended."""

import torch
from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave
from .e02_head import attended, layer


def cut_by_lines(inputs: Tensor, n_heads: int) -> Tensor:
    """Return the numbers read on line by line, in n_heads pieces: the right shape, the tokens mixed."""
    return inputs.reshape(n_heads, len(inputs), -1)


def joined_by_lines(heads: Tensor) -> Tensor:
    """Return the numbers of all heads read on, in as many rows as there are tokens."""
    return heads.reshape(heads.shape[1], -1)


EXERCISE = FunctionExercise(
    key="02.bug",
    name="mended_layer",
    right=layer,
    cases=tuple({"inputs": wave(n, d), **{f"w_{name}": wave(d, d, start=start)
                                          for start, name in enumerate(("query", "key", "value", "output"), 1)},
                 "n_heads": heads}
                for n, d, heads in ((4, 4, 2), (3, 6, 3), (5, 6, 2))),
    passed={
        "en": "Now a shuffle of the tokens shuffles the rows of the result, and nothing else. Without positions, every "
              "attention must pass that test; it finds what no shape and no error can tell.",
        "zh": "现在把词元打乱，结果的行也照样打乱，别的什么都不变。没有位置的注意力都该过得了这一关；"
              "形状和报错看不出来的毛病，它能查出来。",
    },
    mistakes=(
        Mistake("both_left", lambda *given: layer(*given, split=cut_by_lines, merge=joined_by_lines), {
            "en": "Both faults are still there. The shapes fit, the tokens are mixed: reshape alone cuts line by line, "
                  "on the way in and on the way out.",
            "zh": "两处毛病都还在。形状都对，词元却混在了一起：单用 reshape，切的时候和拼的时候都是一行接一行地读。",
        }),
        Mistake("merge_left", lambda *given: layer(*given, merge=joined_by_lines), {
            "en": "The cut is mended. In the joining one fault is left: from (head, token, d_head) reshape reads head "
                  "0 of all tokens first. The token must come to the front before.",
            "zh": "切的地方改好了。拼的地方还剩一处：从 (head, token, d_head) 直接 reshape，先读完的是头 0 的所有词元。"
                  "要先把 token 换到最前面。",
        }),
        Mistake("split_left", lambda *given: layer(*given, split=cut_by_lines), {
            "en": "The joining is mended. In the cut one fault is left: reshape gives head 0 whole tokens. Each head "
                  "must get some columns of every token.",
            "zh": "拼的地方改好了。切的地方还剩一处：reshape 把整个整个的词元给了头 0。"
                  "每个头该拿的是所有词元的某几列。",
        }),
        Mistake("wide_root", lambda *given: layer(
            *given, attend=lambda q, k, v: attended(q / len(q) ** 0.5, k, v)), {
            "en": "Cut and joined rightly, but the scores are divided by √d_model. Each head divides by the root of "
                  "its own width.",
            "zh": "切和拼都对了，可是分数除的是 √d_model。每个头除的应是自己宽度的平方根。",
        }),
        Mistake("transposed", lambda *given: layer(*given, merge=lambda heads: heads.permute(1, 2, 0).flatten(1)), {
            "en": "Each token has its own numbers again, but in the wrong order: number 0 of all heads, then number 1. "
                  "The heads stand side by side, each in one piece.",
            "zh": "每个词元拿回了自己的数，次序却不对：先是各个头的第 0 个数，再是第 1 个。"
                  "应让各个头并排，每个头连成一段。",
        }),
        Mistake("no_output", lambda x, q, k, v, o, n: layer(x, q, k, v, torch.eye(len(o)).to(o), n), {
            "en": "Cut and joined rightly, but W_O is gone: it was no fault.",
            "zh": "切和拼都对了，可是 W_O 不见了：它可不是毛病。",
        }),
    ),
    hints=(
        {
            "en": "Two reshapes, two faults. Put torch.arange in and look which token each number of head 0 is from.",
            "zh": "两个 reshape，两处毛病。放一个 torch.arange 进去，看看头 0 里的每个数来自哪个词元。",
        },
        {
            "en": "You have mended both in exercises 1 and 2: split and merge.",
            "zh": "这两处你在练习 1 和 2 里都写对过：split 和 merge。",
        },
        {
            "en": "part.unflatten(1, (n_heads, -1)).swapaxes(0, 1) cuts; context.swapaxes(0, 1).flatten(1) joins.",
            "zh": "切：part.unflatten(1, (n_heads, -1)).swapaxes(0, 1)；拼：context.swapaxes(0, 1).flatten(1)。",
        },
    ),
)
