"""What the view of all layers and heads says."""

STRINGS = {
    "title": {"en": "All {layers} layers × {heads} heads", "zh": "全部 {layers} 层 × {heads} 个头"},
    "title_columns": {"en": "All {layers} layers: {columns}", "zh": "全部 {layers} 层：{columns}"},
    "mean": {"en": "mean", "zh": "平均"},
    "rollout": {"en": "rollout", "zh": "展开"},
    "name_column": {"en": "layer {layer}, {column}", "zh": "第 {layer} 层的{column}"},
    "name": {"en": "layer {layer}, head {head}", "zh": "第 {layer} 层头 {head}"},
    "name_caption": {"en": "layer {layer}, head {head} ({caption})", "zh": "第 {layer} 层头 {head}（{caption}）"},
    "spoken": {"en": "{name}: {links}; {rest}", "zh": "{name}：{links}；{rest}"},
    "spread": {
        "en": "a row spreads over about {spread} of {n} tokens",
        "zh": "每一行大约散在 {spread} 个词元上（共 {n} 个）",
    },
    "share": {"en": "a row keeps {share} of its weight for {to}", "zh": "每一行平均把 {share} 的权重给了 {to}"},
    "extreme": {"en": "{name}, where {rest}", "zh": "{name}，{rest}"},
    "sentence": {
        "en": "{title} of {model}: the sharpest is {first}; the broadest is {last}.",
        "zh": "{model}，{title}：注意力最集中的是{first}；最分散的是{last}。",
    },
    "sentence_share": {
        "en": "{title} of {model}, weights not rescaled: most goes {filter} in {first}; least in {last}.",
        "zh": "{model}，{title}，权重没有重新归一化：{filter} 最多的是{first}；最少的是{last}。",
    },
    "caption": {
        "en": "Each square is one head: a row for each query, a column for each key, in the order of the text from "
              "the top left. The stronger the colour, the larger the weight.",
        "zh": "每个方块是一个头：一行是一个查询，一列是一个键，从左上角起按文字的顺序排列。颜色越深，权重越大。",
    },
    "caption_columns": {
        "en": "Each square is one table: a row for each query, a column for each key, in the order of the text from "
              "the top left. The stronger the colour, the larger the number.",
        "zh": "每个方块是一张表：一行是一个查询，一列是一个键，从左上角起按文字的顺序排列。颜色越深，数越大。",
    },
    "blocks": {
        "en": "One cell stands for {block} × {block} tokens and shows the largest of their weights.",
        "zh": "每个小格代表 {block} × {block} 个词元，显示其中最大的权重。",
    },
    "scale": {"en": "weight", "zh": "权重"},
    "hint": {"en": "point at a square, or press Tab", "zh": "指向一个方块，或按 Tab 键"},
    "captions": {
        "en": "The captions must be {layers} lists of {heads} texts each, or a function of layer and head that "
              "returns a text; they are {got}.",
        "zh": "captions 应是 {layers} 个列表，每个列表有 {heads} 段文字；或是由层和头给出文字的函数。收到的是 {got}。",
    },
    "columns": {
        "en": "columns must be {columns} names, one for each column of squares, such as [\"mean\", \"rollout\"]; "
              "they are {got}.",
        "zh": "columns 应是 {columns} 个名字，每列方块一个，例如 [\"平均\", \"展开\"]；收到的是 {got}。",
    },
    "chosen": {
        "en": "The chosen head is a pair (layer, head), and {got} is not.",
        "zh": "选中的头应写成（层，头）这样的一对数，而收到的是 {got}。",
    },
}
