"""What a learner reads about what heads do: names, captions, the table, the map, errors."""

STRINGS = {
    "previous": ("previous token", "前一个词元"),
    "next": ("next token", "后一个词元"),
    "same": ("itself", "自己"),
    "repeat": ("same token elsewhere", "别处相同的词元"),
    "special": ("[CLS] and [SEP]", "[CLS] 和 [SEP]"),
    "punctuation": ("punctuation", "标点"),
    "other": ("other sentence", "另一句"),
    "broad": ("broad", "分散"),
    "mixed": ("mixed", "混合"),
    "caption": ("{kind} {share}", "{kind} {share}"),
    "caption_broad": ("broad, {bits} bits", "分散，{bits} 比特"),
    "caption_mixed": ("mixed, {kind} {share}", "混合，{kind} {share}"),
    "model": ("this model", "这个模型"),
    "comma": (", ", "，"),
    "count": ("{kind} {n}", "{kind} {n} 个"),
    "text": (
        "Where the {n} heads of {model} put their attention (texts measured: {texts}): {found}.",
        "{n} 个头主要看哪里（{model}，共 {texts} 段文字）：{found}。",
    ),
    "column_kind": ("attention goes to", "注意力给了"),
    "column_chance": ("by chance", "随机水平"),
    "column_best": ("best head", "最突出的头"),
    "column_share": ("share", "占比"),
    "column_next": ("then", "其次"),
    "table_note": (
        "Heads are written layer.head, both from 0. By chance: what a head would give that attends to all tokens "
        "alike. For “broad” the share is the entropy over the largest there can be.",
        "头写作“层.头”，都从 0 数起。随机水平：如果对所有词元一视同仁，会给出的占比。"
        "“分散”一行的占比是熵与最大可能的熵之比。",
    ),
    # the map
    "map_title": ("Attention to: {kind}", "注意力给了：{kind}"),
    "map_broad": ("How broad: entropy over the largest there can be", "有多分散：熵与最大可能的熵之比"),
    "map_entropy": ("Entropy of a row, in bits", "一行权重的熵（比特）"),
    "map_distance": ("Mean distance of what is attended to, in tokens", "所看词元的平均距离（词元数）"),
    "map_layer": ("layer", "层"),
    "map_head": ("head", "头"),
    "map_hover": ("layer {layer}, head {head}: {value}", "第 {layer} 层第 {head} 头：{value}"),
    "map_text": (
        "{title}. A map of {layers} layers by {heads} heads of {model}: from {least} to {most}, the most in layer "
        "{layer}, head {head}.",
        "{title}（{model}，{layers} 层，每层 {heads} 个头）：从 {least} 到 {most}，最大的是第 {layer} 层第 {head} 头。",
    ),
    # errors
    "no_records": (
        "There is nothing to measure: no record was given. Run a model on a text first: bert.run(…).",
        "没有可测量的内容：没有给出记录。请先在一段文字上运行模型：bert.run(…)。",
    ),
    "not_a_record": (
        "Expected a record, as bert.run(…) returns it, or several in a list; got {got}.",
        "这里需要 bert.run(…) 返回的记录，或由几个记录组成的列表；收到的是 {got}。",
    ),
    "unlike": (
        "The records are from models of different sizes: (layers, heads) is {first} in the first and {other} in "
        "another. Measure one model at a time.",
        "这些记录来自大小不同的模型：第一个的（层数，头数）是 {first}，另一个是 {other}。请一次只测量一个模型。",
    ),
    "residual": (
        "residual is the share that passes by the attention, a number from 0 to 1; got {got}.",
        "residual 是绕过注意力的那一份，应是 0 到 1 之间的数；收到的是 {got}。",
    ),
    "no_head": (
        "There is no layer {layer} with a head {head} here: layers go from 0 to {last_layer}, heads from 0 to "
        "{last_head}.",
        "这里没有第 {layer} 层第 {head} 头：层从 0 到 {last_layer}，头从 0 到 {last_head}。",
    ),
    "no_kind": (
        "There is no kind of head called {got}; the kinds are: {kinds}.",
        "没有叫 {got} 的一类头；可用的有：{kinds}。",
    ),
    "no_one_asks": (
        "On these texts nothing can be said about “{kind}”: no token has such a key. Measure a text that has one "
        "(a pair of sentences, a repeated word, a punctuation mark).",
        "在这些文字上谈不了“{kind}”：没有一个词元有这样的键。请换一段有的文字（两句话、重复的词或标点）。",
    ),
}
