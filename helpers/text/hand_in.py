"""What is said about handing in."""

STRINGS = {
    "no_name": {
        "en": "hand_in expects your name as text of 1 to 80 characters, such as hand_in(\"Li Lei\"); got {got}.",
        "zh": "hand_in 需要你的名字（1 到 80 个字符的文字），例如 hand_in(\"李雷\")；得到的是 {got}。",
    },
    "cannot_write": {
        "en": "{path} could not be written ({reason}). Give another folder: hand_in(name, folder=\"…\").",
        "zh": "写不进 {path}（{reason}）。请换一个文件夹：hand_in(name, folder=\"…\")。",
    },
    "not_one": {
        "en": "{path} is not a file that hand_in wrote: {reason}.",
        "zh": "{path} 不是 hand_in 写出来的文件：{reason}。",
    },
    "title": {"en": "{name}: work handed in", "zh": "{name} 的作业"},
    "written": {
        "en": "Written: {files}. Hand in the first one; the second is for reading.",
        "zh": "已经写好：{files}。请交第一个文件；第二个是给人看的。",
    },
    "chapter": {
        "en": "Chapter {number}: {passed} of {total} exercises passed",
        "zh": "第 {number} 章：共 {total} 个练习，通过 {passed} 个",
    },
    "code": {"en": "Completion code of chapter {number}: {code}", "zh": "第 {number} 章的完成码：{code}"},
    "no_code": {
        "en": "A chapter's completion code appears when all its exercises are passed.",
        "zh": "一章的练习全部通过之后，就会出现这一章的完成码。",
    },
    "passed": {"en": "passed", "zh": "通过"},
    "tried": {"en": "not yet: {mistake}", "zh": "还没通过：{mistake}"},
    "unnamed": {"en": "no named mistake", "zh": "没有认出具体的错误"},
    "tries": {"en": "tries: {tries}", "zh": "试了 {tries} 次"},
    "inventory": {"en": "Before the course and after it", "zh": "学之前和学之后"},
    "own_words": {"en": "In own words", "zh": "用自己的话"},
    "not_sealed": {
        "en": "This file was changed after it was written.",
        "zh": "这个文件写好之后被改动过。",
    },
}
