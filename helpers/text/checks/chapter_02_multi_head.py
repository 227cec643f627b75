"""Sentences of the exercise 02.multi_head: project, split, attend, merge, project."""

STRINGS = {
    "passed": {
        "en": "That is multi-head attention, whole, the same in the paper, in BERT and in what you will meet after it.",
        "zh": "这就是完整的多头注意力：论文里、BERT 里，以及你以后会遇到的模型里，都是它。",
    },
    "no_output": {
        "en": "All heads are there, side by side, but the last matrix is missing: w_output, which lets them mix.",
        "zh": "各个头都算好了，也并排了，只差最后一个矩阵 w_output：靠它把各个头的结果混合起来。",
    },
    "root_of_d_model": {
        "en": "You divided by the root of d_model. A score of one head adds up d_head products, so it is √d_head; "
              "with √d_model the weights come out too even.",
        "zh": "你除以了 d_model 的平方根。一个头里的分数由 d_head 项相加而成，应除以 √d_head；除以 √d_model，"
              "权重会太平均。",
    },
    "no_scale": {
        "en": "All but one step: the scores were not divided by √d_head before softmax, so the weights are too sharp.",
        "zh": "只差一步：softmax 之前没有除以 √d_head，权重太尖锐了。",
    },
    "over_queries": {
        "en": "Softmax ran over the queries, so the columns of each head sum to 1. Each query shares out its own "
              "attention: go along the last axis, the keys.",
        "zh": "softmax 沿着查询做了，于是每个头里每一列之和是 1。每个查询分配的是自己那份注意力，要沿最后一轴（键）"
              "来做。",
    },
    "one_head": {
        "en": "This is one head as wide as the whole model. Split queries, keys and values first; each piece attends "
              "with weights of its own.",
        "zh": "这是只有一个头，和整个模型一样宽。要先把查询、键、值都拆开，每一份各用自己的权重做注意力。",
    },
    "over_heads": {
        "en": "Here the heads of one token attended to each other, since the axes stood as (token, head, d_head). "
              "Bring the heads to the front before you multiply queries with keys.",
        "zh": "这里变成了同一个词元的几个头互相打量，因为轴的顺序是 (token, head, d_head)。查询与键相乘之前，"
              "要把头换到最前面。",
    },
    "reshape_alone": {
        "en": "Queries, keys and values were cut by a reshape alone, which mixes tokens. Cut each row, (token, head, "
              "d_head), then exchange the first two axes.",
        "zh": "查询、键、值是只用 reshape 切开的，词元都混在了一起。"
              "先把每一行切开，得到 (token, head, d_head)，再交换前两个轴。",
    },
    "merged_by_reshape": {
        "en": "The heads are right, the merging is not: they still stand first when the reshape comes, so tokens get "
              "mixed. Put the tokens first, then join.",
        "zh": "每个头都算对了，合并却错了：reshape 时头还排在最前面，词元就混到了一起。先把词元换到最前面，再拼接。",
    },
    "matrices_turned": {
        "en": "You multiplied with the transposed matrices. nn.Linear keeps its weight that way; here it is simply "
              "inputs @ w_query.",
        "zh": "你乘的是转置后的矩阵。nn.Linear 的权重才是那样存放的；这里直接写 inputs @ w_query。",
    },
    "no_softmax": {
        "en": "The scores went straight to the values. Scores are no shares: they can be negative, and no row sums to "
              "1. Softmax comes between.",
        "zh": "分数直接乘到了值上。分数不是份额：可以是负的，每一行之和也不是 1。中间还要做 softmax。",
    },
    "hint_1": {
        "en": "Five steps: project, split, attend, merge, project. You have made or met each of them already.",
        "zh": "五步：投影、拆分、做注意力、合并、再投影。每一步你都写过或见过。",
    },
    "hint_2": {
        "en": "inputs @ w_query is (token, d_model); split it, and keys and values likewise, into (head, token, "
              "d_head). scaled_dot_product_attention takes all heads at once.",
        "zh": "inputs @ w_query 的形状是 (token, d_model)；把它拆成 (head, token, d_head)，键和值也一样。"
              "scaled_dot_product_attention 能一次处理所有的头。",
    },
    "hint_3": {
        "en": "It returns context and weights. Take the context, merge_heads makes it (token, d_model) again, and "
              "w_output comes last.",
        "zh": "它返回上下文向量和权重。取上下文向量，用 merge_heads 变回 (token, d_model)，最后乘 w_output。",
    },
}
