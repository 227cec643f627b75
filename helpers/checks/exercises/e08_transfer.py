"""08.transfer: take a claim to another model: which head of the course GPT looks at the previous token?"""

from ..exercise import Mistake
from ..heads import best_heads, facts_about, leaning_to, places
from ..values import ValueExercise

IN_BERT = {(1, 2)}     # the head of the course BERT that does it

EXERCISE = ValueExercise(
    key="08.transfer",
    right=lambda record: best_heads("previous", record),
    places=places,
    facts=facts_about("previous"),
    passed={
        "en": "Layer {layer}, head {head} gives {previous} to the token before; the most of any head is {best}. The "
              "kind of head carries over to this model, its number does not.",
        "zh": "第 {layer} 层头 {head} 把 {previous} 给了前一个词元；所有的头当中最高是 {best}。"
              "这一类头在这个模型里也有，编号却不一样。",
    },
    mistakes=(
        Mistake("carried_over", lambda record: IN_BERT, {
            "en": "(1, 2) is the head of the course BERT. Here it gives {previous}, the best {best}: numbers are names "
                  "without meaning, measure again.",
            "zh": "(1, 2) 是课程 BERT 里的那个头。在这里它只给 {previous}，最高的有 {best}：编号没有含义，要重新测量。",
        }),
        Mistake("swapped", lambda record: {(head, layer) for layer, head in best_heads("previous", record)}, {
            "en": "({layer}, {head}) the other way round is right: first the layer, then the head.",
            "zh": "({layer}, {head}) 反过来才对：先层后头。",
        }),
        Mistake("from_one", lambda record: {(layer + 1, head + 1) for layer, head in best_heads("previous", record)}, {
            "en": "Both numbers are one too large: count from 0.",
            "zh": "两个数都大了 1：要从 0 数起。",
        }),
        Mistake("same_token", lambda record: leaning_to("same", record), {
            "en": "Layer {layer}, head {head} looks at itself ({same}), not at the token before ({previous}).",
            "zh": "第 {layer} 层头 {head} 看的是自己（{same}），不是前一个词元（{previous}）。",
        }),
        Mistake("special_tokens", lambda record: leaning_to("special", record), {
            "en": "Layer {layer}, head {head} rests on the start token: {special} goes there, {previous} to the token "
                  "before.",
            "zh": "第 {layer} 层头 {head} 停在开头的词元上：给了它 {special}，前一个词元只有 {previous}。",
        }),
    ),
    out_of_range={
        "en": "This model has no layer {layer} with a head {head}: layers end at {last_layer}, heads at {last_head}.",
        "zh": "这个模型没有第 {layer} 层头 {head}：层最多到 {last_layer}，头最多到 {last_head}。",
    },
    otherwise={
        "en": "Layer {layer}, head {head} gives {previous} to the token before, another head gives {best}.",
        "zh": "第 {layer} 层头 {head} 给前一个词元 {previous}，另有一个头给 {best}。",
    },
    form={
        "en": "Hand over two whole numbers, (layer, head), such as (0, 0). This was {got}.",
        "zh": "请交上两个整数 (layer, head)，例如 (0, 0)。收到的是 {got}。",
    },
    unsuitable_record={
        "en": "In so short a text no token has another before it. Run the model on the long text.",
        "zh": "文字太短，没有一个词元前面还有别的词元。请在那段长文字上运行模型。",
    },
    hints=(
        {
            "en": "The measure is the same as for BERT; only the record is another one.",
            "zh": "测量和在 BERT 上一样，只是换了一份记录。",
        },
        {
            "en": "describe_heads(long_record).rank(\"previous\") lists the heads, best first.",
            "zh": "describe_heads(long_record).rank(\"previous\") 把头从好到差排出来。",
        },
    ),
)
