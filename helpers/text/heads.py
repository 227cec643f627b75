"""What a learner reads about what heads do: names, captions, the table, the map, errors."""

STRINGS = {
    "previous": {"en": "previous token", "zh": "前一个词元"},
    "next": {"en": "next token", "zh": "后一个词元"},
    "same": {"en": "itself", "zh": "自己"},
    "repeat": {"en": "same token elsewhere", "zh": "别处相同的词元"},
    "special": {"en": "[CLS] and [SEP]", "zh": "[CLS] 和 [SEP]"},
    "special_any": {"en": "special tokens", "zh": "特殊词元"},
    "punctuation": {"en": "punctuation", "zh": "标点"},
    "other": {"en": "other sentence", "zh": "另一句"},
    "broad": {"en": "broad", "zh": "分散"},
    "mixed": {"en": "mixed", "zh": "混合"},
    "caption": {"en": "{kind} {share}", "zh": "{kind} {share}"},
    "caption_broad": {"en": "broad, {bits} bits", "zh": "分散，{bits} 比特"},
    "caption_mixed": {"en": "mixed, {kind} {share}", "zh": "混合，{kind} {share}"},
    "model": {"en": "this model", "zh": "这个模型"},
    "comma": {"en": ", ", "zh": "，"},
    "count": {"en": "{kind} {n}", "zh": "{kind} {n} 个"},
    "text": {
        "en": "Where the {n} heads of {model} put their attention (texts measured: {texts}): {found}.",
        "zh": "{n} 个头主要看哪里（{model}，共 {texts} 段文字）：{found}。",
    },
    "column_kind": {"en": "attention goes to", "zh": "注意力给了"},
    "column_chance": {"en": "by chance", "zh": "随机水平"},
    "column_best": {"en": "best head", "zh": "最突出的头"},
    "column_share": {"en": "share", "zh": "占比"},
    "column_next": {"en": "then", "zh": "其次"},
    "table_note": {
        "en": "Heads are written layer.head, both from 0. By chance: what a head would give that attends to all tokens "
              "alike. For “broad” the share is the entropy over the largest there can be.",
        "zh": "头写作“层.头”，都从 0 数起。随机水平：如果对所有词元一视同仁，会给出的占比。"
              "“分散”一行的占比是熵与最大可能的熵之比。",
    },
    # the map
    "map_title": {"en": "Attention to: {kind}", "zh": "注意力给了：{kind}"},
    "map_broad": {"en": "How broad: entropy over the largest there can be", "zh": "有多分散：熵与最大可能的熵之比"},
    "map_entropy": {"en": "Entropy of a row, in bits", "zh": "一行权重的熵（比特）"},
    "map_distance": {"en": "Mean distance of what is attended to, in tokens", "zh": "所看词元的平均距离（词元数）"},
    "map_layer": {"en": "layer", "zh": "层"},
    "map_head": {"en": "head", "zh": "头"},
    "map_hover": {"en": "layer {layer}, head {head}: {value}", "zh": "第 {layer} 层头 {head}：{value}"},
    "map_text": {
        "en": "{title}. A map of {layers} layers by {heads} heads of {model}: from {least} to {most}, the most in "
              "layer {layer}, head {head}.",
        "zh": "{title}（{model}，{layers} 层，每层 {heads} 个头）：从 {least} 到 {most}，最大的是第 {layer} 层头 "
              "{head}。",
    },
    # errors
    "no_records": {
        "en": "There is nothing to measure: no record was given. Run a model on a text first: bert.run(…).",
        "zh": "没有可测量的内容：没有给出记录。请先在一段文字上运行模型：bert.run(…)。",
    },
    "unlike": {
        "en": "The records are from models of different sizes: (layers, heads) is {first} in the first and {other} in "
              "another. Measure one model at a time.",
        "zh": "这些记录来自大小不同的模型：第一个的（层数，头数）是 {first}，另一个是 {other}。请一次只测量一个模型。",
    },
    "residual": {
        "en": "residual is the share that passes by the attention, a number from 0 to 1; got {got}.",
        "zh": "residual 是绕过注意力的那一份，应是 0 到 1 之间的数；收到的是 {got}。",
    },
    "no_head": {
        "en": "There is no layer {layer} with a head {head} here: layers go from 0 to {last_layer}, heads from 0 to "
              "{last_head}.",
        "zh": "这里没有第 {layer} 层头 {head}：层从 0 到 {last_layer}，头从 0 到 {last_head}。",
    },
    "no_kind": {
        "en": "There is no kind of head called {got}; the kinds are: {kinds}.",
        "zh": "没有叫 {got} 的一类头；可用的有：{kinds}。",
    },
    "no_one_asks": {
        "en": "On these texts nothing can be said about “{kind}”: no token has such a key. Measure a text that has one "
              "(a pair of sentences, a repeated word, a punctuation mark).",
        "zh": "在这些文字上谈不了“{kind}”：没有一个词元有这样的键。请换一段有的文字（两句话、重复的词或标点）。",
    },
}
