"""What the trace of one attention cell says."""

STRINGS = {
    "title": ("Layer {layer} · head {head} · query “{token}”", "第 {layer} 层 · 第 {head} 头 · 查询“{token}”"),
    # columns
    "key": ("key k", "键 k"),
    "product": ("q × k", "q × k"),
    "dot": ("q · k", "q · k"),
    "dot_how": ("their sum", "求和"),
    "scaled": ("÷ √{d_head}", "÷ √{d_head}"),
    "weight": ("weight", "权重"),
    "weight_how": ("softmax", "softmax"),
    "value": ("value v", "值 v"),
    "weighted": ("weight × v", "权重 × v"),
    # rows
    "input_name": ("x", "x"),
    "query_name": ("q", "q"),
    "sum_name": ("sum", "求和"),
    "input": ("x: “{token}” as it enters layer {layer}", "x：“{token}”进入第 {layer} 层时的隐藏状态"),
    "query": ("q = W_Q · x + b: what “{token}” asks. Below, every token answers.",
              "q = W_Q · x + b：“{token}”想找什么。下面每一行是一个词元的应答。"),
    "context": ("context (weighted average) →", "上下文向量（加权平均）→"),
    "share": ("context through this head's part of W_O: what this head brings",
              "上下文向量乘以 W_O 中属于这个头的部分：这个头的贡献"),
    "attention_output": ("+ what the other heads bring + b = attention output",
                         "+ 其他各头的贡献 + b = 注意力的输出"),
    "attention_output_one": ("+ b = attention output", "+ b = 注意力的输出"),
    "residual_sum": ("+ x, the residual connection", "+ x（残差连接）"),
    "attended": ("layer norm: “{token}” after attention, before the feed-forward network",
                 "层归一化：“{token}”经过注意力之后、进入前馈网络之前"),
    # numbers
    "numbers_of": ("“{token}” in numbers", "“{token}”的数值"),
    "query_numbers": ("q in numbers", "q 的数值"),
    "context_numbers": ("context in numbers", "上下文向量的数值"),
    "largest": ("the largest of {n} numbers: {entries}", "{n} 个数中最大的：{entries}"),
    "entry": ("[{index}] {value}", "[{index}] {value}"),
    "hint": ("point at a row, or press Tab, to read its numbers", "指向一行，或按 Tab 键，查看数值"),
    "caption": (
        "Blue is positive, orange negative, grey about zero; the number beside ± has the full colour.",
        "蓝色为正，橙色为负，灰色接近零；达到 ± 后面的数时颜色最深。"),
    # the check
    "equal": ("Each step is computed from the one before and equals the model's own tensor: difference < {bound}.",
              "每一步都由上一步算出，并与模型自己的张量相等：差值 < {bound}。"),
    "changed": ("This run was changed on its way: the model's own tensors differ from these steps in {steps}.",
                "这次运行中途被改动过：模型自己的张量与这里的计算在以下几步不同：{steps}。"),
    "step_query": ("the query", "查询"),
    "step_keys": ("the keys", "键"),
    "step_values": ("the values", "值"),
    "step_scores": ("the scores", "分数"),
    "step_weights": ("the weights", "权重"),
    "step_context": ("the context", "上下文向量"),
    "step_attention_output": ("the attention output", "注意力的输出"),
    "step_attended": ("the layer norm", "层归一化"),
    # spoken
    "sentence": ("{title} of {model}: of {n} tokens it gives most weight to {keys}. {check}",
                 "{model}，{title}：{n} 个词元中，权重最大的是{keys}。{check}"),
    "most": ("“{key}” (q·k {dot}, ÷ √{d_head} {score}, weight {weight})",
             "“{key}”（q·k {dot}，÷ √{d_head} 得 {score}，权重 {weight}）"),
    "row": ("key “{key}”: q·k {dot}, divided by √{d_head} {score}, weight {weight}; largest product {product}, number "
            "{index}",
            "键“{key}”：q·k {dot}，除以 √{d_head} 得 {score}，权重 {weight}；最大的乘积 {product}，在第 {index} 个数"),
    "spoken": ("{name}; {largest}", "{name}；{largest}"),
    # errors
    "not_a_run": (
        "This view needs a model's whole run, as bert.run(…) returns it: {got} holds no queries, keys and values.",
        "这个视图需要模型的一次完整运行，也就是 bert.run(…) 返回的记录：{got} 里没有查询、键和值。"),
}
