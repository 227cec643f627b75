"""What the logit lens says."""

STRINGS = {
    "needs_decoder": {
        "en": "The logit lens needs the record of a decoder that can write: load_model(\"course-gpt\").run(text); got "
              "{got}.",
        "zh": "logit lens 需要一个会写的解码器的记录：load_model(\"course-gpt\").run(text)；收到的是 {got}。",
    },
    "title": {"en": "What each layer would write next", "zh": "如果就停在这一层，接下来会写什么"},
    "embeddings": {"en": "embeddings", "zh": "嵌入"},
    "after": {"en": "layer {layer}", "zh": "第 {layer} 层"},
    "reads": {"en": "reads", "zh": "读到"},
    "note": {
        "en": "In each cell stand the likeliest next token and its probability, as that layer's states would have it.",
        "zh": "每格里是这一层的状态认为最可能的下一个词元，以及它的概率。",
    },
    "text": {
        "en": "The logit lens on {n} tokens. Behind the last one, “{token}”, from the embeddings to the last layer: "
              "{said}.",
        "zh": "logit lens，{n} 个词元。最后一个词元“{token}”之后，从嵌入到最后一层依次是：{said}。",
    },
    "said": {"en": "{token} {probability}", "zh": "{token} {probability}"},
    "tokens": {
        "en": "tokens is how many of the last tokens are shown: a whole number from 1 to {most}; got {got}.",
        "zh": "tokens 是显示末尾多少个词元：应为 1 到 {most} 的整数；收到的是 {got}。",
    },
}
