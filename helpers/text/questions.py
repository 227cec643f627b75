"""What predictions, quizzes and the journal say."""

STRINGS = {
    "predict": {"en": "Your guess", "zh": "你的猜测"},
    "explain": {"en": "In your own words", "zh": "用你自己的话"},
    "number": {"en": "A number", "zh": "填一个数"},
    "choose": {"en": "That is my guess", "zh": "就猜这个"},
    "hand_in": {"en": "Compare with an answer", "zh": "写好了，看参考答案"},
    "look_first": {"en": "Show me without a guess", "zh": "不猜了，直接看"},
    "waiting": {
        "en": "The result below unfolds when you have guessed.",
        "zh": "猜过之后，下面的结果就会展开。",
    },
    "not_a_number": {
        "en": "Please write a number, such as 20 or 0.5; this was {got}.",
        "zh": "请填一个数，例如 20 或 0.5；你填的是 {got}。",
    },
    "nothing_chosen": {"en": "Choose one of the answers first.", "zh": "请先选一个答案。"},
    "too_short": {
        "en": "A little more, please: {got} characters so far, at least {least} are wanted before you compare.",
        "zh": "再多写一点：现在有 {got} 个字符，至少写 {least} 个再对照。",
    },
    "you_said": {"en": "You said: {said}. ", "zh": "你的回答：{said}。"},
    "hit": {"en": "✓ So it is. ", "zh": "✓ 正是这样。"},
    "miss": {"en": "✗ Not so. ", "zh": "✗ 不是这样。"},
    "model_answer": {"en": "One answer: ", "zh": "参考答案："},
    "skipped": {"en": "You looked without a guess. ", "zh": "你没有猜就看了。"},
    "points": {"en": "A good answer says:", "zh": "好的回答会说到："},
    "quiz_start": {"en": "Do you still remember?", "zh": "还记得吗？"},
    "quiz_end": {"en": "Test yourself", "zh": "自测"},
    "answer": {"en": "Answer", "zh": "回答"},
    "quiz_number": {"en": "{number} of {total}", "zh": "第 {number} 题，共 {total} 题"},
    "quiz_score": {
        "en": "{right} of {total} right at the first try.",
        "zh": "共 {total} 题，第一次就答对 {right} 题。",
    },
    "open_option": {"en": "Open an answer to see what it shows.", "zh": "点开一个答案，看看它说明什么。"},
    "unknown_key": {
        "en": "There is no question {key!r}. The nearest are: {keys}.",
        "zh": "没有名为 {key!r} 的问题。最接近的有：{keys}。",
    },
    "chapter": {"en": "Chapter", "zh": "章"},
    "predictions": {"en": "Predictions", "zh": "预测"},
    "quizzes": {"en": "Quizzes", "zh": "测验"},
    "checks": {"en": "Exercises", "zh": "练习"},
    "made_right": {
        "en": "{made} of {total} made, {right} right",
        "zh": "共 {total} 个，猜过 {made} 个，猜对 {right} 个",
    },
    "passed": {"en": "{made} of {total} passed", "zh": "共 {total} 个，通过 {made} 个"},
    "answered": {"en": "{right} of {total} right at once", "zh": "共 {total} 题，一次答对 {right} 题"},
    "summary": {
        "en": "Exercises passed: {passed} of {exercises}. Predictions made: {made} of {predictions}, {right} of them "
              "right.",
        "zh": "练习通过 {passed} 个，共 {exercises} 个；预测做了 {made} 个，共 {predictions} 个，其中猜对 {right} 个。",
    },
    "kept": {"en": "Kept on this computer alone, in {path}.", "zh": "只保存在这台电脑上：{path}。"},
    "not_kept": {
        "en": "Remembered until the kernel ends: nothing could be written to the disk.",
        "zh": "没法写进硬盘，只能记到内核结束为止。",
    },
}
