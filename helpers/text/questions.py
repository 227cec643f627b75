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
    "no_form": {
        "en": "inventory asks in two forms, \"before\" and \"after\"; got {got}.",
        "zh": "inventory 有两种卷子，\"before\"（学之前）和 \"after\"（学之后）；得到的是 {got}。",
    },
    "inventory_before": {"en": "Before you begin: {total} questions", "zh": "开始之前：{total} 个问题"},
    "inventory_after": {"en": "After the last chapter: {total} questions", "zh": "学完之后：{total} 个问题"},
    "about_before": {
        "en": "Optional, about 10 minutes; no mark is given. Leave out what you do not know. You may change any answer "
              "until you press the button at the end. The same ideas are asked again, in other words, after the last "
              "chapter; only then are the answers shown.",
        "zh": "可做可不做，大约 10 分钟，不打分。不会的就空着。按下最后的按钮之前，每个回答都可以改。"
              "学完最后一章，同样的内容会换个问法再问一遍，到那时才给出答案。",
    },
    "about_after": {
        "en": "Optional, about 10 minutes; no mark is given. These are the ideas that you were asked about before "
              "chapter 00, in other words. Leave out what you do not know. You may change any answer until you press "
              "the button at the end; then every question is answered.",
        "zh": "可做可不做，大约 10 分钟，不打分。内容和第 00 章之前的那份一样，只是换了问法。不会的就空着。"
              "按下最后的按钮之前，每个回答都可以改；按下之后，每一题都会讲解。",
    },
    "finish": {"en": "Done: hand it in", "zh": "做完了，交卷"},
    "answered_so_far": {"en": "{answered} of {total} answered.", "zh": "共 {total} 题，已答 {answered} 题。"},
    "before_done": {
        "en": "{right} of {total} right. Which ones, you will see after the last chapter.",
        "zh": "共 {total} 题，答对 {right} 题。对的是哪些，学完最后一章就知道了。",
    },
    "left_out": {"en": "You left this out. ", "zh": "这题你空着。"},
    "right_is": {"en": "Right is: {words}. {why}", "zh": "正确的是：{words}。{why}"},
    "inventory": {
        "en": "Inventory: {before} of {total} right before the course, {after} after it.",
        "zh": "前后测：共 {total} 题，学之前答对 {before} 题，学之后答对 {after} 题。",
    },
    "inventory_once": {
        "en": "Inventory: {right} of {total} right {when}.",
        "zh": "前后测：共 {total} 题，{when}答对 {right} 题。",
    },
    "when_before": {"en": "before the course", "zh": "学之前"},
    "when_after": {"en": "after the course", "zh": "学之后"},
    "idea": {"en": "Idea", "zh": "内容"},
    "before": {"en": "Before", "zh": "学之前"},
    "after": {"en": "After", "zh": "学之后"},
    "mark_right": {"en": "✓ right", "zh": "✓ 对"},
    "mark_wrong": {"en": "✗ {words}", "zh": "✗ {words}"},
    "mark_open": {"en": "left out", "zh": "空着"},
}
