"""Sentences of the exercise 03.cell: one head from the hidden states to the residual stream."""

STRINGS = {
    "passed": {
        "en": "From hidden states to hidden states, through a whole head. Every step of the trace is in these few "
              "lines.",
        "zh": "从隐藏状态到隐藏状态，走完了整个头。追踪里的每一步，都在这几行里。",
    },
    "no_residual": {
        "en": "This is what the head brings. The residual connection is missing: it is added to the inputs, it does "
              "not replace them.",
        "zh": "这是这个头带来的东西。还差残差连接：它要加到 inputs 上，而不是取代 inputs。",
    },
    "after_softmax": {
        "en": "The mask came after softmax: the hidden keys' share is lost, and the rows no longer sum to 1. Hide the "
              "scores before softmax.",
        "zh": "掩码用在了 softmax 之后：被遮住的那份权重丢了，每一行之和不再是 1。要在 softmax 之前遮住分数。",
    },
    "no_mask": {
        "en": "Right, but for the mask: each token also looked at keys that it may not see.",
        "zh": "只差掩码：每个词元还看了不许看的键。",
    },
    "over_queries": {
        "en": "Softmax ran over the queries: the columns sum to 1. Each query shares out its own attention, along the "
              "last axis.",
        "zh": "softmax 沿着查询做了：每一列之和是 1。每个查询分配的是自己那份注意力，要沿最后一轴。",
    },
    "no_scale": {
        "en": "The dot products went into softmax as they are. Divide them by √d_head.",
        "zh": "点积没有缩放就进了 softmax。要除以 √d_head。",
    },
    "divided_by_d": {
        "en": "The dot products were divided by d_head, not by its square root.",
        "zh": "点积除以了 d_head，而不是它的平方根。",
    },
    "root_of_d_model": {
        "en": "You divided by √d_model. A score adds up d_head products, one for each number of this head's query: "
              "√d_head.",
        "zh": "你除以了 √d_model。一个分数由 d_head 项相加而成，这个头的查询有几个数就有几项：要除以 √d_head。",
    },
    "no_values": {
        "en": "The weights averaged the hidden states themselves. What a token hands over is its value: inputs @ "
              "w_value.T; then W_O.",
        "zh": "权重直接对隐藏状态做了平均。一个词元交出的是它的值 inputs @ w_value.T，之后还有 W_O。",
    },
    "keys_as_values": {
        "en": "You averaged the keys. A key is there to be found by; what is handed over is the value.",
        "zh": "你平均的是键。键只用来被找到，真正交出去的是值。",
    },
    "no_w_output": {
        "en": "W_O is missing: the context has d_head numbers and must be led back to d_model. That it runs here is "
              "chance: this case has as many of both.",
        "zh": "漏了 W_O：上下文向量有 d_head 个数，要靠它变回 d_model 个。这里没报错只是碰巧，"
              "因为这个例子里两者一样多。",
    },
    "swapped": {
        "en": "Keys asked and queries answered: w_query and w_key changed places.",
        "zh": "变成键在问、查询在答了：w_query 和 w_key 用反了。",
    },
    "hint_1": {
        "en": "The order of the trace: q, k, v; scores; mask and softmax; weighted values; W_O; add to the inputs. "
              "One line each.",
        "zh": "照着追踪的顺序：q、k、v；分数；掩码与 softmax；加权的值；W_O；加到 inputs 上。一步一行。",
    },
    "hint_2": {
        "en": "A matrix (out, in) acts as inputs @ w.T. scaled_dot_product_attention(queries, keys, values, mask) "
              "gives you context and weights.",
        "zh": "形状为（输出，输入）的矩阵写成 inputs @ w.T。scaled_dot_product_attention(queries, keys, values, mask) "
              "会给你上下文向量和权重。",
    },
    "hint_3": {
        "en": "The last line: the inputs plus the context times w_output.T.",
        "zh": "最后一行：inputs 加上“上下文向量乘以 w_output.T”。",
    },
}
