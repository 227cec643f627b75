"""01.head: find a previous-token head."""

from ..exercise import Mistake
from ..heads import best_heads, facts_about, leaning_to, places
from ..values import ValueExercise

EXERCISE = ValueExercise(
    key="01.head",
    right=lambda record: best_heads("previous", record),
    places=places,
    facts=facts_about("previous"),
    passed={
        "en": "In layer {layer}, head {head}, a token gives {previous} of its attention to the token just before it; "
              "the most of any head here is {best}.",
        "zh": "第 {layer} 层头 {head} 里，一个词元平均把 {previous} 的注意力给了它前面紧挨着的词元；"
              "这里所有的头当中最高是 {best}。",
    },
    mistakes=(
        Mistake("swapped", lambda record: {(head, layer) for layer, head in best_heads("previous", record)}, {
            "en": "({layer}, {head}) read the other way round is right: the layer comes first, then the head.",
            "zh": "把 ({layer}, {head}) 倒过来就对了：先写层，再写头。",
        }),
        Mistake("from_one", lambda record: {(layer + 1, head + 1) for layer, head in best_heads("previous", record)}, {
            "en": "One too far in both: layers and heads count from 0, so the first is (0, 0).",
            "zh": "两个数都多了 1：层和头都从 0 数起，第一个是 (0, 0)。",
        }),
        Mistake("next_token", lambda record: leaning_to("next", record), {
            "en": "Layer {layer}, head {head} looks ahead: {next} goes to the next token and {previous} to the one "
                  "before. Rows ask; look for lines that go one up.",
            "zh": "第 {layer} 层头 {head} 看的是后一个词元：{next} 给了后一个词元，只有 {previous} 给了前一个。行在问；"
                  "要找的是往上错一格的线。",
        }),
        Mistake("same_token", lambda record: leaning_to("same", record), {
            "en": "Layer {layer}, head {head} looks at itself: {same} stays with the asking token and {previous} goes "
                  "to the one before. Look for lines that go one up, not straight across.",
            "zh": "第 {layer} 层头 {head} 看的是自己：{same} 留给了发问的词元自己，只有 {previous} 给了前一个。"
                  "要找往上错一格的线，而不是平着过去的线。",
        }),
        Mistake("special_tokens", lambda record: leaning_to("special", record), {
            "en": "Layer {layer}, head {head} rests on [CLS] and [SEP]: {special} goes there, {previous} to the token "
                  "before. Look for lines that go one up all along the sentence.",
            "zh": "第 {layer} 层头 {head} 停在 [CLS] 和 [SEP] 上：{special} 给了它们，只有 {previous} "
                  "给了前一个词元。要找整句话里都往上错一格的线。",
        }),
    ),
    out_of_range={
        "en": "There is no layer {layer} with a head {head} here: layers go from 0 to {last_layer}, heads from 0 to "
              "{last_head}.",
        "zh": "这里没有第 {layer} 层头 {head}：层从 0 到 {last_layer}，头从 0 到 {last_head}。",
    },
    otherwise={
        "en": "In layer {layer}, head {head}, the token just before gets {previous} on average; another head gives it "
              "{best}. [CLS] and [SEP] do not count as askers.",
        "zh": "第 {layer} 层头 {head} 里，前一个词元平均得到 {previous}；另有一个头给了它 {best}。[CLS] 和 [SEP] "
              "发问的行不算在内。",
    },
    form={
        "en": "Expected two whole numbers, (layer, head), such as (0, 0); got {got}.",
        "zh": "答案应是两个整数 (layer, head)，例如 (0, 0)；收到的是 {got}。",
    },
    unsuitable_record={
        "en": "This text is too short to tell: no token has another one before it. Run the model on a longer sentence.",
        "zh": "这段文本太短，看不出来：没有一个词元前面还有别的词元。请换一个长一点的句子运行模型。",
    },
    hints=(
        {
            "en": "In the head view, such a head shows lines that all go up by one token from the asker to the answer.",
            "zh": "在注意力图里，这样的头画出来的线，从发问者到回答者都往上错开一个词元。",
        },
        {
            "en": "Its weights stand just below the diagonal: weights[layer, head, q, q - 1] for every query q from 1 "
                  "on.",
            "zh": "它的权重都落在对角线下面一格：从 1 起的每个查询 q，看 weights[layer, head, q, q - 1]。",
        },
        {
            "en": "record.weights[:, :, 1:].diagonal(dim1=-2, dim2=-1).mean(-1) is one number a head, (layer, head). "
                  "Where is it largest?",
            "zh": "record.weights[:, :, 1:].diagonal(dim1=-2, dim2=-1).mean(-1) 给每个头算出一个数，形状是 (layer, "
                  "head)。哪里最大？",
        },
    ),
)
