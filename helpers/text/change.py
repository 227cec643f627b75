"""What the view of an intervention says: guesses before and after, or how far the hidden states turned."""

STRINGS = {
    "title": {"en": "Before and after the change", "zh": "改动前后"},
    "changed": {"en": "Changed: {changes}", "zh": "改动：{changes}"},
    "before": {"en": "before", "zh": "改动前"},
    "after": {"en": "after", "zh": "改动后"},
    "mask": {"en": "[MASK] at position {position}:  {context}", "zh": "位置 {position} 的 [MASK]：  {context}"},
    "divergence": {"en": "changed by {bits} bits", "zh": "变化 {bits} 比特"},
    "more": {
        "en": "This text has {n} [MASK]; the first {shown} are drawn.",
        "zh": "这段文字里有 {n} 个 [MASK]，只画前 {shown} 个。",
    },
    "hint": {"en": "point at a guess, or press Tab", "zh": "指向一个猜测，或按 Tab 键"},
    "spoken": {
        "en": "{place}: {token}, {before} before and {after} after ({bits} bits)",
        "zh": "{place}：{token}，改动前 {before}，改动后 {after}（{bits} 比特）",
    },
    "place_before": {"en": "before, guess {rank}", "zh": "改动前第 {rank} 名"},
    "place_after": {"en": "after, guess {rank}", "zh": "改动后第 {rank} 名"},
    "place_beyond": {"en": "not among the first {n}", "zh": "不在前 {n} 名之内"},
    "caption": {
        "en": "Blue is the first guess before, orange the first guess after; below the dots stands what is not among "
              "the first {n}. The longest bar is the largest probability. “Changed by … bits” is "
              "Σ p · log₂(p ÷ q) over the whole vocabulary, p before and q after (the KL divergence): "
              "0 where nothing changes.",
        "zh": "蓝色是改动前的第一猜测，橙色是改动后的第一猜测；虚线下面的不在前 {n} 名之内。最长的条就是最大的概率。"
              "“变化……比特”是对整个词表求和的 Σ p · log₂(p ÷ q)，p 是改动前的概率，q 是改动后的概率"
              "（KL 散度）；毫无变化时为 0。",
    },
    "moved": {"en": "How far each hidden state turned", "zh": "每个隐藏状态转动了多少"},
    "layers": {"en": "embedding, then layers 0 to {last}", "zh": "嵌入，然后是第 0 到 {last} 层"},
    "distance": {"en": "distance", "zh": "距离"},
    "last": {"en": "last", "zh": "最后"},
    "moved_caption": {
        "en": "A row for each token, a column for the embedding and for each layer: the cosine distance between the "
              "hidden state before and after. 0 is the same direction, 1 a right angle, 2 the opposite; the number is "
              "that of the last layer.",
        "zh": "每个词元一行；第一列是嵌入，之后每层一列：改动前后隐藏状态之间的余弦距离。0 表示方向相同，1 表示垂直，"
              "2 表示相反；右边的数是最后一层的。",
    },
    "moved_hint": {"en": "point at a row, or press Tab", "zh": "指向一行，或按 Tab 键"},
    "moved_spoken": {"en": "{token}: embedding {numbers}", "zh": "{token}：嵌入 {numbers}"},
    "moved_layer": {"en": "layer {layer} {distance}", "zh": "第 {layer} 层 {distance}"},
    "not_a_comparison": {
        "en": "view_change needs a comparison, as compare(bert, …) returns it; it got {got}.",
        "zh": "view_change 需要一次比较，也就是 compare(bert, …) 返回的结果；收到的是 {got}。",
    },
}
