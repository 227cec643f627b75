"""What the picture of the next token says."""

STRINGS = {
    "title": {"en": "What comes next? … {text}", "zh": "接下来是什么？…… {text}"},
    "settings": {
        "en": "temperature {temperature}, top-k {top_k}, top-p {top_p}",
        "zh": "温度 {temperature}，top-k {top_k}，top-p {top_p}",
    },
    "all": {"en": "off", "zh": "不用"},
    "cut": {"en": "cut: nothing below this line is ever written", "zh": "到此截断：线以下的都不会写出来"},
    "more": {
        "en": "and {n} more tokens may be written, {share} together",
        "zh": "另外还有 {n} 个词元可能写出来，合计 {share}",
    },
    "kept": {
        "en": "{kept} of {vocab} tokens may be written; before the cut they had {share} of the probability. Outlined: "
              "the model's own probabilities, at temperature 1.",
        "zh": "{vocab} 个词元里有 {kept} 个可能写出来；截断之前它们占 {share} 的概率。线框是温度为 1 时的概率。",
    },
    "text": {
        "en": "Behind “{text}” ({settings}) the likeliest next tokens are {tokens}; {kept} of {vocab} tokens may be "
              "written.",
        "zh": "“{text}”之后（{settings}），最可能的词元是 {tokens}；{vocab} 个词元里有 {kept} 个可能写出来。",
    },
    "token": {"en": "{token} {share}", "zh": "{token} {share}"},
    "not_a_record": {
        "en": "view_next needs the record of a decoder that can write: load_model(\"course-gpt\").run(text); got "
              "{got}.",
        "zh": "view_next 需要一个会写的解码器的记录：load_model(\"course-gpt\").run(text)；收到的是 {got}。",
    },
    "top": {
        "en": "top is how many bars are drawn: a whole number from 1 to {most}; got {got}.",
        "zh": "top 是画出的条数：应为 1 到 {most} 的整数；收到的是 {got}。",
    },
    "not_a_decoder": {
        "en": "explore_next needs a decoder (load_model(\"course-gpt\")) or its name; it got {got}.",
        "zh": "explore_next 需要一个解码器（load_model(\"course-gpt\")）或它的名字；收到的是 {got}。",
    },
}
