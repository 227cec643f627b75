"""What a learner reads while a decoder writes."""

STRINGS = {
    "cannot_write": {
        "en": "“{name}” cannot write: it has no trained layer that turns states into logits. Use “course-gpt”.",
        "zh": "“{name}”不会写：它没有训练好的输出层，不能把隐藏状态变成 logits。请使用“course-gpt”。",
    },
    "temperature": {
        "en": "temperature is what the logits are divided by: a number from {least} to {most}; got {got}. To take the "
              "likeliest token every time, leave seed out.",
        "zh": "temperature 是 logits 要除以的数，应在 {least} 到 {most} 之间；收到的是 {got}。想每次都取最可能的词元，"
              "请不要给 seed。",
    },
    "top_k": {
        "en": "top_k is how many of the likeliest tokens may be written: a whole number from 1, or None for all; got "
              "{got}.",
        "zh": "top_k 是最可能的词元里允许写出的个数：从 1 起的整数，None 表示不限；收到的是 {got}。",
    },
    "top_p": {
        "en": "top_p is how much probability the tokens that may be written have together: above 0 and up to 1, or "
              "None for all; got {got}.",
        "zh": "top_p 是允许写出的词元合起来占的概率：大于 0、不超过 1，None 表示不限；收到的是 {got}。",
    },
    "seed": {
        "en": "seed is a whole number from 0, or None to take the likeliest token every time; got {got}.",
        "zh": "seed 应是从 0 起的整数；None 表示每次都取最可能的词元；收到的是 {got}。",
    },
    "unknown": {
        "en": "There is no choice called {got}. What can be chosen: {known}.",
        "zh": "没有叫 {got} 的选项。可以选的有：{known}。",
    },
    "max_tokens": {
        "en": "max_tokens is the most tokens that are written: a whole number from 1; got {got}.",
        "zh": "max_tokens 是最多写出的词元数：从 1 起的整数；收到的是 {got}。",
    },
}
