"""What the views say: headings, captions, sentences, errors."""

STRINGS = {
    "layer_name": {"en": "Layer {layer}", "zh": "第 {layer} 层"},
    "one_head": {"en": "head {heads}", "zh": "头 {heads}"},
    "some_heads": {"en": "heads {heads}", "zh": "头 {heads}"},
    "all_heads": {"en": "all {n} heads", "zh": "全部 {n} 个头"},
    "query_name": {"en": "query “{query}”", "zh": "查询“{query}”"},
    "model": {"en": "this model", "zh": "这个模型"},
    "comma": {"en": ", ", "zh": "、"},
    "semicolon": {"en": "; ", "zh": "；"},
    "asks": {"en": "queries ask", "zh": "查询（提问）"},
    "answers": {"en": "keys answer", "zh": "键（应答）"},
    "hint": {"en": "point at a token, or press Tab", "zh": "指向一个词元，或按 Tab 键"},
    "caption_one": {
        "en": "The thicker the line, the larger the weight; below {threshold} none is drawn.",
        "zh": "线越粗，注意力权重越大；小于 {threshold} 的不画。",
    },
    "caption_many": {
        "en": "Each head has one line for each query, to the key it gives most: the thicker, the larger the weight; "
              "below {threshold} none is drawn. Squares beside a key: the largest weight it gets from each head.",
        "zh": "每个头为每个查询画一条线，连到它看得最多的键：线越粗，权重越大；小于 {threshold} 的不画。键旁的小格："
              "各个头给这个键的最大权重。",
    },
    "sentence": {"en": "{heading} of {model}: {found}; {rest}.", "zh": "{model}，{heading}：{found}；{rest}。"},
    "strongest": {"en": "the strongest links are {links}", "zh": "最强的连线是 {links}"},
    "none": {"en": "no weight reaches {threshold}", "zh": "没有权重达到 {threshold}"},
    "link": {"en": "{query} → {to} {weight}", "zh": "{query} → {to} {weight}"},
    "in_head": {"en": " (head {head})", "zh": "（头 {head}）"},
    "spread": {
        "en": "a row spreads over about {spread} of {n} tokens",
        "zh": "每一行的注意力大约散在 {spread} 个词元上（共 {n} 个）",
    },
    "share": {
        "en": "only {filter} is shown, not rescaled: a row keeps {share} of its weight for {to}",
        "zh": "只显示 {filter}，权重没有重新归一化：每一行平均把 {share} 的权重给了 {to}",
    },
    "query_keys": {"en": "{query} attends to {keys}", "zh": "{query} 看向 {keys}"},
    "query_none": {
        "en": "{query} gives no key a weight of {threshold} or more",
        "zh": "{query} 没有给任何键达到 {threshold} 的权重",
    },
    "layer": {
        "en": "There is no layer {got}: this model's layers are 0 to {last}.",
        "zh": "没有第 {got} 层：这个模型的层编号从 0 到 {last}。",
    },
    "head": {
        "en": "There is no head {got}: this model's heads are 0 to {last} in each layer (None shows them all).",
        "zh": "没有头 {got}：这个模型每层的头编号从 0 到 {last}（None 表示全部）。",
    },
    "filter": {
        "en": "There is no filter {got}: use 'all', 'a-a', 'a-b', 'b-a' or 'b-b' (query's sentence, then key's).",
        "zh": "没有 {got} 这种筛选：请用 'all'、'a-a'、'a-b'、'b-a' 或 'b-b'（前面是查询所在的句子，后面是键的）。",
    },
    "no_b": {
        "en": "The filter '{got}' needs a sentence B, and this text has one sentence: use 'all', or give a second one.",
        "zh": "筛选 '{got}' 需要句子 B，而这段文字只有一句：请用 'all'，或再给一个句子。",
    },
    "threshold": {
        "en": "The threshold must be a number from 0 to 1, and {got} is not.",
        "zh": "阈值应是 0 到 1 之间的数，而收到的是 {got}。",
    },
    "query": {
        "en": "There is no token {got}: this text's positions are 0 to {last}.",
        "zh": "没有第 {got} 个词元：这段文字的位置编号从 0 到 {last}。",
    },
    "too_many_links": {
        "en": "With threshold={threshold:g} this picture would have {n:,} lines, more than a page can hold well "
              "({most:,}). Raise threshold ({enough:g} is enough), or choose other sentences, one head or a "
              "shorter text.",
        "zh": "threshold={threshold:g} 时这幅图会有 {n:,} 条线，超出网页能从容显示的 {most:,} 条。请把 threshold 调高"
              "（{enough:g} 就够），或者换一种句子筛选、只看一个头、用短一些的文字。",
    },
    "query_hidden": {
        "en": "Token {got} asks nothing here: the filter '{filter}' shows the queries of the other sentence.",
        "zh": "这里看不到词元 {got} 的提问：筛选 '{filter}' 只显示另一句的查询。",
    },
    "suffix": {
        "en": "A view is saved as .svg (a picture) or .html (a page that reacts to the pointer), not as {got!r}.",
        "zh": "视图可以存成 .svg（图片）或 .html（会响应鼠标的网页），不能存成 {got!r}。",
    },
    "save": {"en": "The view could not be written to {path}: {reason}.", "zh": "无法把视图写到 {path}：{reason}。"},
}
