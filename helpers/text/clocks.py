"""What the clocks of rotary positions say."""

STRINGS = {
    "title": {
        "en": "Rotary positions: query at {query}, key at {key}",
        "zh": "旋转位置编码：查询在 {query}，键在 {key}",
    },
    "pair": {"en": "pair {pair}, ω = {rate}", "zh": "第 {pair} 对，ω = {rate}"},
    "query": {"en": "q at {place}", "zh": "q 在 {place}"},
    "key": {"en": "k at {place}", "zh": "k 在 {place}"},
    "cosine": {"en": "cos {angle} = {cosine}", "zh": "cos {angle} = {cosine}"},
    "sum": {"en": "q · k", "zh": "q · k"},
    "note": {
        "en": "Shaded: the angle between them, in radians, ω times the offset. Its cosine is what the pair adds "
              "to q · k.",
        "zh": "阴影：两者的夹角（弧度），等于 ω 乘以偏移量。它的余弦就是这一对加进 q · k 的数。",
    },
    "text": {
        "en": "A query at position {query} and a key at {key}, pair by pair, and both {moved} further: the hands stand "
              "elsewhere, the angles between them are the same ({angles}), and so is q · k, {product}.",
        "zh": "查询在位置 {query}，键在位置 {key}，一对一对地看；下面一行两者都再往后 {moved}："
              "指针换了地方，夹角不变（{angles}），q · k 也不变，是 {product}。",
    },
    "place": {
        "en": "{name} must be a whole number from 0 to {most}, and {got} is not. Positions count from 0.",
        "zh": "{name} 应是 0 到 {most} 之间的整数，而收到的是 {got}。位置从 0 数起。",
    },
    "width": {
        "en": "The picture has room for d_head up to {most}, and {got} is more. Fewer pairs show the same.",
        "zh": "图上最多画得下 d_head = {most}，而收到的是 {got}。对数少一些，道理一样。",
    },
}
