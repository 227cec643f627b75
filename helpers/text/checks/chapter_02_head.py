"""Sentences of the exercise 02.head: find the head that looks across to the other sentence."""

STRINGS = {
    "passed": {
        "en": "In layer {layer}, head {head}, a token gives {other} of its attention to the other sentence; the most "
              "of any head here is {best}.",
        "zh": "第 {layer} 层第 {head} 头里，一个词元平均把 {other} 的注意力给了另一句；这里所有的头当中最高是 {best}。",
    },
    "swapped": {
        "en": "({layer}, {head}) read the other way round is right: the layer comes first, then the head.",
        "zh": "把 ({layer}, {head}) 倒过来就对了：先写层，再写头。",
    },
    "from_one": {
        "en": "One too far in both: layers and heads count from 0, so the first is (0, 0).",
        "zh": "两个数都多了 1：层和头都从 0 数起，第一个是 (0, 0)。",
    },
    "neighbour": {
        "en": "Layer {layer}, head {head} looks at neighbours: {previous} goes to the token before, {next} to the one "
              "after, and {other} to the other sentence. Look for two bright corners, away from the diagonal.",
        "zh": "第 {layer} 层第 {head} 头看的是左右邻居：{previous} 给了前一个词元，{next} 给了后一个，只有 {other} "
              "给了另一句。要找的是远离对角线的两个角发亮的图。",
    },
    "special_tokens": {
        "en": "Layer {layer}, head {head} rests on [CLS] and [SEP]: {special} goes there, {other} to the words of the "
              "other sentence. Bright columns are not a look across.",
        "zh": "第 {layer} 层第 {head} 头停在 [CLS] 和 [SEP] 上：{special} 给了它们，{other} 给了另一句里的词元。"
              "几条发亮的竖线不等于在看另一句。",
    },
    "not_the_most": {
        "en": "Layer {layer}, head {head} does look across, with {other} of its attention, but another head gives "
              "more: {best}.",
        "zh": "第 {layer} 层第 {head} 头确实在看另一句，占 {other}，不过还有一个头看得更多：{best}。",
    },
    "out_of_range": {
        "en": "There is no layer {layer} with a head {head} here: layers go from 0 to {last_layer}, heads from 0 to "
              "{last_head}.",
        "zh": "这里没有第 {layer} 层第 {head} 头：层从 0 到 {last_layer}，头从 0 到 {last_head}。",
    },
    "otherwise": {
        "en": "In layer {layer}, head {head}, the other sentence gets {other} on average; another head gives it "
              "{best}. [CLS] and [SEP] count neither as askers nor as answers.",
        "zh": "第 {layer} 层第 {head} 头里，另一句平均得到 {other}；另有一个头给了它 {best}。[CLS] 和 [SEP] "
              "不算发问者，也不算回答者。",
    },
    "form": {
        "en": "Expected two whole numbers, (layer, head), such as (0, 0); got {got}.",
        "zh": "答案应是两个整数 (layer, head)，例如 (0, 0)；收到的是 {got}。",
    },
    "unsuitable_record": {
        "en": "This text has no second sentence, so no head can look across. Run the model on a pair: "
              "bert.run(sentence_a, sentence_b).",
        "zh": "这段文本没有第二句，也就没有哪个头能看到另一句。请用一对句子运行模型：bert.run(sentence_a, "
              "sentence_b)。",
    },
    "hint_1": {
        "en": "In a map of such a head the top right corner (A asks B) and the bottom left one (B asks A) are bright, "
              "and the rest is pale.",
        "zh": "在这样的头的图里，右上角（A 问 B）和左下角（B 问 A）发亮，其余地方很淡。",
    },
    "hint_2": {
        "en": "Set the filter to A → B, then to B → A: in which map does most remain?",
        "zh": "把筛选改成 A → B，再改成 B → A：哪张图留下的最多？",
    },
    "hint_3": {
        "en": "describe_heads(record).rank(\"other\") lists all heads, the best first.",
        "zh": "describe_heads(record).rank(\"other\") 会列出所有的头，最突出的排在最前面。",
    },
}
