"""Sentences of helpers/attention.py."""

STRINGS = {
    "d_head": {
        "en": "Queries and keys must be equally wide to be multiplied: queries {queries}, keys {keys}; their last "
              "axis is d_head. Likely cause: the two come from different projections, or one of them is transposed "
              "already.",
        "zh": "查询和键要宽度相同才能做点积：查询的形状是 {queries}，键的形状是 {keys}，最后一轴都应是 d_head。"
              "可能的原因：两者来自不同的投影，或者其中一个已经转置过了。",
    },
    "leading": {
        "en": "The axes before the last two must fit together: queries {queries}, keys {keys}, expected "
              "(..., query, d_head) and (..., key, d_head). Likely cause: one of them was not split into heads, "
              "or they come from different batches.",
        "zh": "最后两轴之前的各轴必须能够对上：查询的形状是 {queries}，键的形状是 {keys}，应为 (..., query, d_head) 和 "
              "(..., key, d_head)。可能的原因：其中一个没有拆成多头，或者两者来自不同的批。",
    },
    "values": {
        "en": "There must be one value for each key: keys {keys}, values {values}, expected (..., key, d_head) and "
              "(..., key, d_value). Likely cause: keys and values come from different texts, or only one was split "
              "into heads.",
        "zh": "每个键都要对应一个值：键的形状是 {keys}，值的形状是 {values}，应为 (..., key, d_head) 和 (..., key, "
              "d_value)。可能的原因：键和值来自不同的文本，或者只有其中一个拆成了多头。",
    },
    "mask_type": {
        "en": "A mask holds True (may attend) and False (may not), so its dtype is torch.bool; this one, {mask} for "
              "scores {scores}, holds numbers. Likely cause: a mask of 1 and 0 (write mask.bool()), or one of 0 and "
              "-inf (write mask == 0).",
        "zh": "掩码只有 True（可以看）和 False（不许看）两种值，类型应是 torch.bool；这个掩码里却是数字（掩码的形状 "
              "{mask}，分数的形状 {scores}）。可能的原因：用了 1 和 0 的掩码（请写 mask.bool()），或者 0 和 -inf "
              "的掩码（请写 mask == 0）。",
    },
    "mask_shape": {
        "en": "The mask {mask} does not broadcast to the scores {scores}, whose last two axes are (query, key). "
              "Likely cause: the head axis is missing (write mask[:, None]), or the mask was made for another number "
              "of tokens.",
        "zh": "掩码的形状 {mask} 无法广播到分数的形状 {scores}（最后两轴是 query 和 key）。可能的原因："
              "掩码缺少头这一轴（请写 mask[:, None]），或者它是按另一个词元数做的。",
    },
    "nothing": {
        "en": "Query {query} may attend to nothing: its row of the mask is False for every key, so there is nothing to "
              "average. Likely cause: the mask is inverted (True = may attend), or the text is all padding.",
        "zh": "第 {query} 个查询（从 0 数起）没有任何键可以看：掩码中它那一行全是 False，也就没有东西可以求平均。"
              "可能的原因：掩码写反了（True 表示可以看），或者整段文本都是填充。",
    },
    "nothing_at": {
        "en": "Query {query} at position {place} of the axes before it (batch, head) may attend to nothing: its row of "
              "the mask is False for every key, so there is nothing to average. Likely cause: the mask is inverted "
              "(True = may attend), or that text is all padding.",
        "zh": "在前面各轴（批、头）的位置 {place} 上，第 {query} 个查询（从 0 数起）没有任何键可以看："
              "掩码中它那一行全是 False，也就没有东西可以求平均。可能的原因：掩码写反了（True 表示可以看），"
              "或者那段文本全是填充。",
    },
    "heads": {
        "en": "d_model = {d_model} cannot be shared out equally among n_heads = {n_heads}: each head takes "
              "d_head = d_model / n_heads columns, a whole number of at least 1. Choose a number of heads that divides "
              "d_model.",
        "zh": "d_model = {d_model} 不能平均分给 n_heads = {n_heads} 个头：每个头取 d_head = d_model / n_heads 列，"
              "必须是不小于 1 的整数。请选一个能整除 d_model 的头数。",
    },
    "no_tensor": {
        "en": "`{name}` must be a tensor; this was of type {got}. Likely cause: a list or array that was not turned "
              "into one: torch.tensor(...).",
        "zh": "`{name}` 应是张量，收到的类型是 {got}。可能的原因：列表或数组还没有转成张量，请用 torch.tensor(...)。",
    },
    "no_numbers": {
        "en": "`{name}` must hold real numbers; this one holds {got}. Likely cause: a mask was handed over in its "
              "place.",
        "zh": "`{name}` 里应是实数，收到的是 {got}。可能的原因：把掩码放在了它的位置上。",
    },
    "scores": {
        "en": "Scores must be numbers with a fraction, one row a query; these are {got} of shape {shape}. Likely "
              "cause: whole numbers: write 1.0, or call .double().",
        "zh": "分数应是浮点数，每个查询一行；收到的是 {got}，形状 {shape}。可能的原因：用了整数，请写成 1.0，或调用 "
              ".double()。",
    },
    "scale": {
        "en": "The scale must be one number, and {got} is not; None takes 1/√d_head.",
        "zh": "scale 应是一个数，而收到的是 {got}；None 表示用 1/√d_head。",
    },
    "axes": {
        "en": "`{name}` needs at least {least} axes, and has the shape {shape}. Likely cause: the axis of the heads "
              "or of the tokens is missing.",
        "zh": "`{name}` 至少要有 {least} 个轴，收到的形状是 {shape}。可能的原因：少了头或词元那个轴。",
    },
    "count": {
        "en": "`{name}` must be a whole number of 1 or more, and {got} is not.",
        "zh": "`{name}` 应是不小于 1 的整数，而收到的是 {got}。",
    },
    "too_many": {
        "en": "`{name}` may be {most:,} at most, so that the memory of a computer holds it; {got} is more.",
        "zh": "`{name}` 最多是 {most:,}，再大电脑的内存就放不下了；收到的是 {got}。",
    },
    "lengths": {
        "en": "The lengths must be whole numbers, one for each text, such as [3, 5]; this was {got}.",
        "zh": "lengths 应是整数，每段文字一个，例如 [3, 5]；收到的是 {got}。",
    },
    "dtypes": {
        "en": "These must hold the same kind of number to be multiplied ({got}). Likely cause: whole numbers (write "
              "1.0), or one float32 and one float64 (call .double()).",
        "zh": "相乘的张量，数的类型要相同（{got}）。可能的原因：用了整数（请写成 1.0），或者一个是 float32、一个是 "
              "float64（请调用 .double()）。",
    },
}
