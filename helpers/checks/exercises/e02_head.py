"""02.head: find the head that looks across to the other sentence."""

from collections.abc import Callable

from torch import Tensor
from torch.nn.functional import softmax

from ...attention import merge_heads, split_heads
from ..exercise import Mistake
from ..heads import best_heads, facts_about, leaning_to, places
from ..values import ValueExercise

Step = Callable[..., Tensor]


def attended(queries: Tensor, keys: Tensor, values: Tensor, power: float = 0.5, dim: int = -1) -> Tensor:
    """Return the context of each head: scores divided by d_head ** power, softmax along dim; 0.5 and -1 are right."""
    return softmax(queries @ keys.transpose(-2, -1) / keys.shape[-1] ** power, dim) @ values


def layer(inputs: Tensor, *others: Tensor | int, split: Step = split_heads, attend: Step = attended,
          merge: Step = merge_heads) -> Tensor:
    """Return multi-head attention, (token, d_model), where a step can be exchanged for a wrong one.

    `others` are w_query, w_key, w_value, w_output and n_heads.
    """
    *matrices, w_output, n_heads = others
    queries, keys, values = (split(inputs @ matrix, n_heads) for matrix in matrices)
    return merge(attend(queries, keys, values)) @ w_output


EXERCISE = ValueExercise(
    key="02.head",
    right=lambda record: best_heads("other", record),
    places=places,
    facts=facts_about("other"),
    passed={
        "en": "In layer {layer}, head {head}, a token gives {other} of its attention to the other sentence; the most "
              "of any head here is {best}.",
        "zh": "第 {layer} 层头 {head} 里，一个词元平均把 {other} 的注意力给了另一句；这里所有的头当中最高是 {best}。",
    },
    mistakes=(
        Mistake("not_the_most", lambda record: leaning_to("other", record), {
            "en": "Layer {layer}, head {head} does look across, with {other} of its attention, but another head gives "
                  "more: {best}.",
            "zh": "第 {layer} 层头 {head} 确实在看另一句，占 {other}，不过还有一个头看得更多：{best}。",
        }),
        Mistake("swapped", lambda record: {(head, layer) for layer, head in best_heads("other", record)}, {
            "en": "({layer}, {head}) read the other way round is right: the layer comes first, then the head.",
            "zh": "把 ({layer}, {head}) 倒过来就对了：先写层，再写头。",
        }),
        Mistake("from_one", lambda record: {(layer + 1, head + 1) for layer, head in best_heads("other", record)}, {
            "en": "One too far in both: layers and heads count from 0, so the first is (0, 0).",
            "zh": "两个数都多了 1：层和头都从 0 数起，第一个是 (0, 0)。",
        }),
        Mistake("neighbour", lambda record: leaning_to("previous", record) | leaning_to("next", record), {
            "en": "Layer {layer}, head {head} looks at neighbours: {previous} goes to the token before, {next} to the "
                  "one after, and {other} to the other sentence. Look for two bright corners, away from the diagonal.",
            "zh": "第 {layer} 层头 {head} 看的是左右邻居：{previous} 给了前一个词元，{next} 给了后一个，只有 "
                  "{other} 给了另一句。要找的是远离对角线的两个角发亮的图。",
        }),
        Mistake("special_tokens", lambda record: leaning_to("special", record), {
            "en": "Layer {layer}, head {head} rests on [CLS] and [SEP]: {special} goes there, {other} to the words of "
                  "the other sentence. Bright columns are not a look across.",
            "zh": "第 {layer} 层头 {head} 停在 [CLS] 和 [SEP] 上：{special} 给了它们，{other} 给了另一句里的词元。"
                  "几条发亮的竖线不等于在看另一句。",
        }),
    ),
    out_of_range={
        "en": "There is no layer {layer} with a head {head} here: layers go from 0 to {last_layer}, heads from 0 to "
              "{last_head}.",
        "zh": "这里没有第 {layer} 层头 {head}：层从 0 到 {last_layer}，头从 0 到 {last_head}。",
    },
    otherwise={
        "en": "In layer {layer}, head {head}, the other sentence gets {other} on average; another head gives it "
              "{best}. [CLS] and [SEP] count neither as askers nor as answers.",
        "zh": "第 {layer} 层头 {head} 里，另一句平均得到 {other}；另有一个头给了它 {best}。[CLS] 和 [SEP] "
              "不算发问者，也不算回答者。",
    },
    form={
        "en": "Expected two whole numbers, (layer, head), such as (0, 0); got {got}.",
        "zh": "答案应是两个整数 (layer, head)，例如 (0, 0)；收到的是 {got}。",
    },
    unsuitable_record={
        "en": "This text has no second sentence, so no head can look across. Run the model on a pair: "
              "bert.run(sentence_a, sentence_b).",
        "zh": "这段文本没有第二句，也就没有哪个头能看到另一句。请用一对句子运行模型：bert.run(sentence_a, "
              "sentence_b)。",
    },
    hints=(
        {
            "en": "In a map of such a head the top right corner (A asks B) and the bottom left one (B asks A) are "
                  "bright, and the rest is pale.",
            "zh": "在这样的头的图里，右上角（A 问 B）和左下角（B 问 A）发亮，其余地方很淡。",
        },
        {
            "en": "Set the filter to A → B, then to B → A: in which map does most remain?",
            "zh": "把筛选改成 A → B，再改成 B → A：哪张图留下的最多？",
        },
        {
            "en": "describe_heads(record).rank(\"other\") lists all heads, the best first.",
            "zh": "describe_heads(record).rank(\"other\") 会列出所有的头，最突出的排在最前面。",
        },
    ),
)
