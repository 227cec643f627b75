"""What a report on a claim says: the names of its parts, what each asks for, errors."""

STRINGS = {
    "title": {"en": "A claim about a head", "zh": "关于一个头的论断"},
    "claim": {"en": "Claim", "zh": "论断"},
    "measure": {"en": "Measure", "zh": "测量"},
    "found": {"en": "Found", "zh": "结果"},
    "chance": {"en": "Chance level", "zh": "随机水平"},
    "texts": {"en": "Texts", "zh": "文字"},
    "intervention": {"en": "Intervention", "zh": "干预"},
    "control": {"en": "Control", "zh": "对照"},
    "limits": {"en": "Limits", "zh": "局限"},
    "ask_claim": {
        "en": "One sentence that could turn out wrong, with model, layer and head in it.",
        "zh": "一句有可能被证明是错的话，写明模型、层和头。",
    },
    "ask_measure": {"en": "What is counted or averaged, in words.",
                    "zh": "数的是什么，或者对什么取平均，用文字写出来。"},
    "ask_found": {"en": "The number that the measure gave.", "zh": "测量得到的那个数。"},
    "ask_chance": {
        "en": "The number that the same measure gives by chance.",
        "zh": "同样的测量，碰运气会得到的那个数。",
    },
    "ask_texts": {
        "en": "A list of the texts it was measured on, none of them one that the claim was found on.",
        "zh": "测量用的文字，列成一个列表，不包括你发现这个论断时用的那些。",
    },
    "ask_intervention": {
        "en": "What was changed in the running model, and what came of it.",
        "zh": "在运行的模型里改动了什么，结果怎样。",
    },
    "ask_control": {
        "en": "What should not change, or another head treated likewise, and what came of that.",
        "zh": "哪些本来不该变，或者对另一个头做同样的事，结果怎样。",
    },
    "ask_limits": {"en": "What this report does not show.", "zh": "这份报告没有说明什么。"},
    "n_texts": {"en": "{n} texts, among them:", "zh": "共 {n} 段文字，例如："},
    "not_complete": {
        "en": "The report is not complete: look at “{part}” first. check(\"08.report\", report) says what is missing.",
        "zh": "报告还不完整：先看看“{part}”。运行 check(\"08.report\", report) 会告诉你缺什么。",
    },
    "bad_name": {
        "en": "The file's name has letters, figures, - and _ alone, at most 60; got {got}.",
        "zh": "文件名只能用字母、汉字、数字、- 和 _，最多 60 个；收到的是 {got}。",
    },
    "not_written": {
        "en": "The report could not be written to {path}: {reason}.",
        "zh": "报告没能写进 {path}：{reason}。",
    },
}
