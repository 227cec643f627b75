"""What a learner reads while a model of characters learns."""

STRINGS = {
    "text": {
        "en": "The text to learn from needs {least} to {most} characters; got {got}. Paste a longer one, such as a "
              "page of "
              "your own.",
        "zh": "供它学习的文字需要 {least} 到 {most} 个字符；收到的是 {got}。请粘贴一段更长的，比如你自己写的一页。",
    },
    "not_a_record": {
        "en": "view_characters needs the record of a CharacterTraining; it got {got}.",
        "zh": "view_characters 需要 CharacterTraining 的记录；收到的是 {got}。",
    },
    "title": {
        "en": "Learning to write, character by character: step {step}",
        "zh": "一个字符一个字符地学写字：第 {step} 步",
    },
    "bits": {
        "en": "bits per character: read {bits}, held out {held_out}",
        "zh": "每字符比特数：读过的 {bits}，留出的 {held_out}",
    },
    "best": {
        "en": "held out, lowest at step {step}: {bits}",
        "zh": "留出的文字，第 {step} 步最低：{bits}",
    },
    "read": {"en": "the text it reads", "zh": "读过的文字"},
    "held_out": {"en": "held out", "zh": "留出的文字"},
    "writes": {"en": "what it writes", "zh": "它写出来的"},
    "steps": {"en": "training steps", "zh": "训练步数"},
    "caption": {
        "en": "Where the two curves part, it has begun to learn its text by heart.",
        "zh": "两条曲线分开的地方，就是它开始死记硬背的时候。",
    },
    "said": {
        "en": "{title}. It needs {bits} bits per character on the text it reads and {held_out} on the held-out text; "
              "it "
              "writes “{written}”.",
        "zh": "{title}。读过的文字每字符 {bits} 比特，留出的文字 {held_out} 比特；它写出“{written}”。",
    },
}
