"""What is said about probes and neighbours."""

STRINGS = {
    "nearest": {
        "en": "There are {n} vectors: index goes from 0, top from 1 to one less than that; got index {index} and top "
              "{top}.",
        "zh": "一共有 {n} 个向量：index 从 0 数起，top 从 1 到总数减 1；收到的 index 是 {index}，top 是 {top}。",
    },
    "lengths": {
        "en": "A probe needs one label and one group for each vector; got {vectors} vectors, {labels} labels and "
              "{groups} groups.",
        "zh": "每个向量要有一个标签、一个分组；收到 {vectors} 个向量、{labels} 个标签、{groups} 个分组。",
    },
    "bad_share": {
        "en": "held_out is a share between 0 and 1, strength a number above 0; got {held_out} and {strength}.",
        "zh": "held_out 是 0 到 1 之间的比例，strength 是大于 0 的数；收到的是 {held_out} 和 {strength}。",
    },
    "too_few": {
        "en": "With {groups} groups one part would have nothing to learn from or to judge. Give more texts.",
        "zh": "只有 {groups} 个分组，分不出既能学又能评的两部分。请多给几段文字。",
    },
}
