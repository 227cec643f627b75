"""What the view of all layers and heads says."""

STRINGS = {
    "title": ("All {layers} layers × {heads} heads", "全部 {layers} 层 × {heads} 头"),
    "name": ("layer {layer}, head {head}", "第 {layer} 层第 {head} 头"),
    "name_caption": ("layer {layer}, head {head} ({caption})", "第 {layer} 层第 {head} 头（{caption}）"),
    "spoken": ("{name}: {links}; {rest}", "{name}：{links}；{rest}"),
    "spread": ("a row spreads over about {spread} of {n} tokens", "每一行大约散在 {spread} 个词元上（共 {n} 个）"),
    "share": ("a row keeps {share} of its weight for {to}", "每一行平均把 {share} 的权重给了 {to}"),
    "extreme": ("{name}, where {rest}", "{name}，{rest}"),
    "sentence": ("{title} of {model}: the sharpest is {first}; the broadest is {last}.",
                 "{model}，{title}：注意力最集中的是{first}；最分散的是{last}。"),
    "sentence_share": ("{title} of {model}, weights not rescaled: most goes {filter} in {first}; least in {last}.",
                       "{model}，{title}，权重没有重新归一化：{filter} 最多的是{first}；最少的是{last}。"),
    "caption": (
        "Each square is one head: a row for each query, a column for each key, in the order of the text from the top "
        "left. The stronger the colour, the larger the weight.",
        "每个方块是一个头：一行是一个查询，一列是一个键，从左上角起按文字的顺序排列。颜色越深，权重越大。"),
    "blocks": ("One cell stands for {block} × {block} tokens and shows the largest of their weights.",
               "每个小格代表 {block} × {block} 个词元，显示其中最大的权重。"),
    "scale": ("weight", "权重"),
    "hint": ("point at a square, or press Tab", "指向一个方块，或按 Tab 键"),
    "captions": (
        "The captions must be {layers} lists of {heads} texts each, or a function of layer and head that returns a "
        "text; they are {got}.",
        "captions 应是 {layers} 个列表，每个列表有 {heads} 段文字；或是由层和头给出文字的函数。收到的是 {got}。"),
    "chosen": ("The chosen head is a pair (layer, head), and {got} is not.",
               "选中的头应写成（层, 头）这样的一对数，而收到的是 {got}。"),
}
