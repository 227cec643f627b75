"""What the trace of one attention cell says."""

STRINGS = {
    "title": {
        "en": "Layer {layer} · head {head} · query “{token}”",
        "zh": "第 {layer} 层 · 头 {head} · 查询“{token}”",
    },
    # columns
    "key": {"en": "key k", "zh": "键 k"},
    "product": {"en": "q × k", "zh": "q × k"},
    "dot": {"en": "q · k", "zh": "q · k"},
    "dot_how": {"en": "their sum", "zh": "求和"},
    "scaled": {"en": "÷ √{d_head}", "zh": "÷ √{d_head}"},
    "weight": {"en": "weight", "zh": "权重"},
    "weight_how": {"en": "softmax", "zh": "softmax"},
    "value": {"en": "value v", "zh": "值 v"},
    "weighted": {"en": "weight × v", "zh": "权重 × v"},
    # rows
    "input_name": {"en": "x", "zh": "x"},
    "query_name": {"en": "q", "zh": "q"},
    "sum_name": {"en": "sum", "zh": "求和"},
    "input": {"en": "x: “{token}” as it enters layer {layer}", "zh": "x：“{token}”进入第 {layer} 层时的隐藏状态"},
    "query": {
        "en": "q = W_Q · x + b: what “{token}” asks. Below, every token answers.",
        "zh": "q = W_Q · x + b：“{token}”想找什么。下面每一行是一个词元的应答。",
    },
    "context": {"en": "context (weighted average) →", "zh": "上下文向量（加权平均）→"},
    "share": {
        "en": "context through this head's part of W_O: what this head brings",
        "zh": "上下文向量乘以 W_O 中属于这个头的部分：这个头的贡献",
    },
    "attention_output": {
        "en": "+ what the other heads bring + b = attention output",
        "zh": "+ 其他各头的贡献 + b = 注意力的输出",
    },
    "attention_output_one": {"en": "+ b = attention output", "zh": "+ b = 注意力的输出"},
    "residual_sum": {"en": "+ x, the residual connection", "zh": "+ x（残差连接）"},
    "attended": {
        "en": "layer norm: “{token}” after attention, before the feed-forward network",
        "zh": "层归一化：“{token}”经过注意力之后、进入前馈网络之前",
    },
    # numbers
    "numbers_of": {"en": "“{token}” in numbers", "zh": "“{token}”的数值"},
    "query_numbers": {"en": "q in numbers", "zh": "q 的数值"},
    "context_numbers": {"en": "context in numbers", "zh": "上下文向量的数值"},
    "largest": {"en": "the largest of {n} numbers: {entries}", "zh": "{n} 个数中最大的：{entries}"},
    "entry": {"en": "[{index}] {value}", "zh": "[{index}] {value}"},
    "hint": {"en": "point at a row, or press Tab, to read its numbers", "zh": "指向一行，或按 Tab 键，查看数值"},
    "caption": {
        "en": "Blue is positive, orange negative, grey about zero; the number beside ± has the full colour.",
        "zh": "蓝色为正，橙色为负，灰色接近零；达到 ± 后面的数时颜色最深。",
    },
    # the check
    "equal": {
        "en": "Each step is computed from the one before and equals the model's own tensor: difference < {bound}.",
        "zh": "每一步都由上一步算出，并与模型自己的张量相等：差值 < {bound}。",
    },
    "changed": {
        "en": "This run was changed on its way: the model's own tensors differ from these steps in {steps}.",
        "zh": "这次运行中途被改动过：模型自己的张量与这里的计算在以下几步不同：{steps}。",
    },
    "step_query": {"en": "the query", "zh": "查询"},
    "step_keys": {"en": "the keys", "zh": "键"},
    "step_values": {"en": "the values", "zh": "值"},
    "step_scores": {"en": "the scores", "zh": "分数"},
    "step_weights": {"en": "the weights", "zh": "权重"},
    "step_context": {"en": "the context", "zh": "上下文向量"},
    "step_attention_output": {"en": "the attention output", "zh": "注意力的输出"},
    "step_attended": {"en": "the layer norm", "zh": "层归一化"},
    # spoken
    "sentence": {
        "en": "{title} of {model}: of {n} tokens it gives most weight to {keys}. {check}",
        "zh": "{model}，{title}：{n} 个词元中，权重最大的是{keys}。{check}",
    },
    "most": {
        "en": "“{key}” (q·k {dot}, ÷ √{d_head} {score}, weight {weight})",
        "zh": "“{key}”（q·k {dot}，÷ √{d_head} 得 {score}，权重 {weight}）",
    },
    "row": {
        "en": "key “{key}”: q·k {dot}, divided by √{d_head} {score}, weight {weight}; largest product {product}, "
              "number {index}",
        "zh": "键“{key}”：q·k {dot}，除以 √{d_head} 得 {score}，权重 {weight}；最大的乘积 {product}，在第 {index} 个数",
    },
    "spoken": {"en": "{name}; {largest}", "zh": "{name}；{largest}"},
    # errors
    "not_a_run": {
        "en": "This view needs a model's whole run, as bert.run(…) returns it: {got} holds no queries, keys and "
              "values.",
        "zh": "这个视图需要模型的一次完整运行，也就是 bert.run(…) 返回的记录：{got} 里没有查询、键和值。",
    },
}
