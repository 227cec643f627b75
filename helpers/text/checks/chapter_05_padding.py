"""Sentences of the exercise 05.padding: weights that give nothing to padded keys."""

STRINGS = {
    "passed": {
        "en": "Padding weighs 0, and every row still sums to 1 over the real keys.",
        "zh": "填充的权重是 0，每一行在真正的键上加起来仍然是 1。",
    },
    "attended": {
        "en": "The padding still gets a share of the attention: nothing was hidden.",
        "zh": "填充仍然分到了注意力：什么也没有遮住。",
    },
    "after_softmax": {
        "en": "The padding weighs 0, but rows no longer sum to 1: what softmax had given to the padding is lost. "
              "Hide the scores before softmax.",
        "zh": "填充的权重是 0 了，但每一行之和不再是 1：softmax 分给填充的那份丢了。要在 softmax 之前遮住分数。",
    },
    "zero_scores": {
        "en": "The padded scores became 0, and a score of 0 still gets its share: exp(0) is 1. Which score has the "
              "exponential 0?",
        "zh": "填充处的分数变成了 0，可分数 0 照样分得到权重：exp(0) 等于 1。什么分数取指数后才是 0？",
    },
    "queries_hidden": {
        "en": "Rows were emptied, that is padded queries. It is the padded keys, the columns, that nobody may look "
              "at.",
        "zh": "清空的是行，也就是填充的查询。谁也不许看的是填充的键，也就是列。",
    },
    "inverted": {
        "en": "The wrong part is hidden: the first n_real keys are the real ones.",
        "zh": "遮反了：前 n_real 个键才是真的。",
    },
    "one_too_many": {
        "en": "Off by one: one padded key can still be seen. The real places are 0 to n_real − 1.",
        "zh": "错开了一位：还有一个填充的键看得到。真正的位置是 0 到 n_real − 1。",
    },
    "one_too_few": {
        "en": "Off by one: the last real key is hidden as well. The real places are 0 to n_real − 1.",
        "zh": "错开了一位：最后一个真的键也被遮住了。真正的位置是 0 到 n_real − 1。",
    },
    "over_queries": {
        "en": "Softmax ran over the queries: the columns sum to 1. Go along the last axis.",
        "zh": "softmax 沿着查询做了：每一列之和是 1。要沿最后一轴来做。",
    },
    "cut_off": {
        "en": "The padded columns were cut away. Right numbers, but a batch must keep its shape: leave them in, "
              "with weight 0.",
        "zh": "填充的列被切掉了。数是对的，但一批数据要保持形状：留着它们，权重为 0。",
    },
    "hint_1": {
        "en": "Which scores may take part in the softmax? Only the first n_real of every row.",
        "zh": "哪些分数可以参加 softmax？每一行只有前 n_real 个。",
    },
    "hint_2": {"en": "Give the others a score that exp turns into 0.", "zh": "给其余的分数填上一个取指数后为 0 的值。"},
    "hint_3": {
        "en": "Copy the scores, set scores[:, n_real:] to -inf, then softmax along the last axis.",
        "zh": "复制一份分数，把 scores[:, n_real:] 设成 -inf，再沿最后一轴做 softmax。",
    },
}
