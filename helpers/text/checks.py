"""Sentences of helpers/checks that all exercises share; those of one exercise stand in its file, beside its code."""

STRINGS = {
    "right": {"en": "✓ Right. ", "zh": "✓ 答对了。"},
    "wrong": {"en": "✗ Not yet. ", "zh": "✗ 还不对。"},
    "open": {"en": "… Not attempted yet. ", "zh": "… 还没作答。"},
    "solution": {"en": "Solution. ", "zh": "答案。"},
    "solution_is": {
        "en": "One way to do it; try to say in your own words why each line is there.",
        "zh": "一种写法如下；试着用自己的话说说，每一行为什么要这样写。",
    },
    "hint": {"en": "→ Hint {step} of {steps}. ", "zh": "→ 提示 {step}/{steps}。"},
    "one_number": {"en": "one number", "zh": "一个数"},
    "unknown_key": {
        "en": "There is no exercise {key!r}. The exercises are: {keys}.",
        "zh": "没有名为 {key!r} 的练习。现有的练习：{keys}。",
    },
    "unanswered": {
        "en": "Put your answer in place of the dots, run that cell, then this one. hint(\"{key}\") helps.",
        "zh": "把省略号换成你的答案，先运行那个单元格，再运行这个。需要提示，请运行 hint(\"{key}\")。",
    },
    "nothing_returned": {
        "en": "{name} gave nothing back: its body is still empty, or the return is missing. hint(\"{key}\") helps.",
        "zh": "{name} 什么也没有返回：函数体还空着，或者漏写了 return。需要提示，请运行 hint(\"{key}\")。",
    },
    "not_a_function": {
        "en": "Hand over the function itself, without calling it: check(\"{key}\", {name}). This was of type {got}.",
        "zh": "请交上函数本身，不要调用它：check(\"{key}\", {name})。收到的类型是 {got}。",
    },
    "raised": {
        "en": "{name} stopped with {error}: {text} (It was given {given}.)",
        "zh": "{name} 运行到一半出错了，{error}：{text}（输入的形状：{given}。）",
    },
    "not_numbers": {
        "en": "For {given}, {name} should give back numbers of shape {expected}; it gave back a thing of type {got} "
              "that cannot be read as one block of numbers. Return one tensor, array or list.",
        "zh": "输入为 {given} 时，{name} 应返回形状为 {expected} 的一组数，但它返回的东西（类型 {got}）"
              "没法当作一整块数来读。请只返回一个张量、数组或列表。",
    },
    "shape": {
        "en": "For {given}, expected the shape {expected}, got {got}. An axis was summed away, kept, or mixed up.",
        "zh": "输入为 {given} 时，结果的形状应是 {expected}，得到的却是 {got}。可能是某个轴被加没了、多留了，"
              "或者弄混了。",
    },
    "not_finite": {
        "en": "With {given}, at {place} expected {expected}, got {got}. Likely cause: exp of a large number "
              "overflowed, something was divided by 0, or a whole row was -inf before softmax.",
        "zh": "输入为 {given} 时，位置 {place} 处应是 {expected}，得到的却是 {got}。可能的原因：大数的 exp 溢出了，"
              "除以了 0，或者 softmax 之前有一整行都是 -inf。",
    },
    "differs": {
        "en": "The shape is right, the numbers are not yet. With {given}, at {place} expected {expected}, got {got}.",
        "zh": "形状对了，数还不对。输入为 {given} 时，位置 {place} 处应是 {expected}，得到的却是 {got}。",
    },
    "needs_record": {
        "en": "This answer is about one text: hand over its record too, check(\"{key}\", answer, record). "
              "What came as the record was of type {got}.",
        "zh": "这道题问的是某一段文本，请把它的记录一起交上来：check(\"{key}\", answer, record)。"
              "作为记录收到的类型是 {got}。",
    },
}
