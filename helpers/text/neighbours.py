"""What the view of a token's neighbours says."""

STRINGS = {
    "title": {"en": "Nearest to “{token}” of sentence {text}", "zh": "离第 {text} 句的“{token}”最近的词元"},
    "of": {"en": "sentence {text}", "zh": "第 {text} 句"},
    "name": {"en": "“{token}” of sentence {text}", "zh": "第 {text} 句的“{token}”"},
    "at": {"en": "layer {layer} {cosine}", "zh": "第 {layer} 层 {cosine}"},
    "spoken": {"en": "{name}, cosine: {numbers}.", "zh": "{name}，余弦：{numbers}。"},
    "nearest": {"en": "layer {layer} {name} {cosine}", "zh": "第 {layer} 层是{name}，{cosine}"},
    "text": {
        "en": "{title}, among {n} tokens, by cosine: {nearest}.",
        "zh": "{title}，共 {n} 个词元，按余弦相似度：{nearest}。",
    },
    "hint": {
        "en": "Point at a neighbour, or press Tab: its cosine in each layer.",
        "zh": "指向一个词元，或按 Tab 键：看它在每一层的余弦。",
    },
    "note": {
        "en": "Nearest on top, by cosine; layer 0 is what enters the first layer. Thick edge: the same token "
              "elsewhere. Line: the same neighbour in the next layer.",
        "zh": "越靠上越近，按余弦相似度排列；第 0 层是进入第一层之前的向量。粗框是别处的同一个词元；连线表示"
              "下一层里还是这个邻居。",
    },
    "not_vectors": {
        "en": "view_neighbours needs what token_vectors(bert, texts) gives; got {got}.",
        "zh": "view_neighbours 需要 token_vectors(bert, texts) 的结果；收到的是 {got}。",
    },
    "top": {
        "en": "top is how many neighbours are shown in each layer: a whole number from 1 to {most}; got {got}.",
        "zh": "top 是每一层显示几个邻居：应为 1 到 {most} 的整数；收到的是 {got}。",
    },
}
