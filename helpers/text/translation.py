"""What a learner reads while a translator is loaded, translates a text, or is interfered with."""

STRINGS = {
    # which model
    "not_a_model": {
        "en": "load_translator expects \"course\", a hub name such as \"Helsinki-NLP/opus-mt-en-zh\", or a folder; it "
              "got {got}.",
        "zh": "load_translator 需要的是 \"course\"、模型库中的名字（如 \"Helsinki-NLP/opus-mt-en-zh\"）或一个文件夹；"
              "收到的是 {got}。",
    },
    "other_architecture": {
        "en": "“{name}” is a model of the kind “{got}”; load_translator looks inside Marian translators (kind “marian”"
              ", such as Helsinki-NLP/opus-mt-en-zh) and the course's own only. For BERT models there is load_bert.",
        "zh": "“{name}”是“{got}”类模型；load_translator 只剖析 Marian 类翻译模型（“marian”，如 "
              "Helsinki-NLP/opus-mt-en-zh）和课程自带的翻译模型。BERT 模型请用 load_bert。",
    },
    "weights_mismatch": {
        "en": "The weights in {folder} do not belong to its config.json: {count} parts of the model are missing, left "
              "over or of another size, the first of them {key}. Copy the whole folder again.",
        "zh": "{folder} 中的权重与 config.json 对不上：模型有 {count} 处参数缺失、多余或大小不符，第一处是 {key}。"
              "请重新复制整个文件夹。",
    },
    "weights_not_numbers": {
        "en": "The weights in {folder} are damaged: {key} holds values that are no numbers. Copy or download them "
              "again.",
        "zh": "{folder} 中的权重已损坏：{key} 里有不是数的值。请重新复制或下载。",
    },
    "tokenizer_other": {
        "en": "The tokenizer in {folder} does not belong to these weights: it lacks the tokens they need, or numbers "
              "other tokens where they write Chinese and English. Copy the whole folder again.",
        "zh": "{folder} 中的分词器不属于这些权重：缺少所需的词元，或者权重用来写中文和英文的编号在它那里是别的词元。"
              "请重新复制整个文件夹。",
    },
    "no_sentencepiece": {
        "en": "{folder} has no Marian tokenizer: {missing} is missing. Save it there as well: "
              "tokenizer.save_pretrained(folder).",
        "zh": "{folder} 里没有 Marian 的分词器：缺少 {missing}。请把分词器也保存到那里："
              "tokenizer.save_pretrained(folder)。",
    },
    "no_attentions": {
        "en": "“{name}” gave no attention weights back: it did not run with eager attention. Load it again with "
              "load_translator.",
        "zh": "“{name}”没有返回注意力权重：它没有用 eager 方式计算注意力。请用 load_translator 重新加载。",
    },
    # the text
    "not_text": {
        "en": "Expected one text in quotes to translate, got {got}.",
        "zh": "这里需要一段用引号括起来的、要翻译的文字，收到的是 {got}。",
    },
    "too_long": {
        "en": "The text is too long for “{name}”: it gives {n_tokens} tokens, and {limit} fit. Translate it sentence "
              "by sentence; nothing was cut off silently.",
        "zh": "这段文字对“{name}”来说太长了：共有 {n_tokens} 个词元，而模型最多容纳 {limit} 个。请一句一句地翻译；"
              "程序不会悄悄截断。",
    },
    "target": {
        "en": 'target is the language to translate into, "zh" or "en" (None finds it from the text); got {got}.',
        "zh": 'target 是译文的语言，应为 "zh" 或 "en"（None 表示根据原文判断）；收到的是 {got}。',
    },
    "one_direction": {
        "en": "“{name}” translates into “{target}” alone; for “{got}” load a model made for it, or use “course”.",
        "zh": "“{name}”只能译成“{target}”；要译成“{got}”，请加载专门的模型，或使用“course”。",
    },
    "beam": {
        "en": "beam is how many paths beam search keeps: a whole number from 1 (greedy) to {most}; got {got}.",
        "zh": "beam 是束搜索每一步保留的路径数：应为 1（贪心）到 {most} 的整数；收到的是 {got}。",
    },
    # what cannot be changed
    "unknown": {
        "en": "There is no change called {got}. What can be changed in a translation: {known}.",
        "zh": "没有叫 {got} 的改动。翻译时可以改动的有：{known}。",
    },
    "all_hidden": {
        "en": "Every source token is hidden, so there is nothing left to attend to. Leave at least one.",
        "zh": "原文的词元全被遮住了，没有东西可看。请至少留下一个。",
    },
    "prefix_not_text": {
        "en": "prefix is the beginning of the translation as a text in quotes; got {got}.",
        "zh": "prefix 是译文的开头，应是一段用引号括起来的文字；收到的是 {got}。",
    },
    "prefix_foreign": {
        "en": "The translation cannot begin with “{prefix}”: “{pieces}” is not among the tokens this model writes in "
              "that language.",
        "zh": "译文不能以“{prefix}”开头：这个模型写这种语言时不会用到“{pieces}”。",
    },
    "prefix_long": {
        "en": "The prefix has {n_tokens} tokens, and a translation by “{name}” has at most {limit}. Shorten it.",
        "zh": "prefix 有 {n_tokens} 个词元，而“{name}”的译文最多 {limit} 个。请缩短它。",
    },
    "seed": {
        "en": "seed is a whole number from 0, or None to take the likeliest token each time; got {got}.",
        "zh": "seed 应是不小于 0 的整数，或 None（每次都取概率最大的词元）；收到的是 {got}。",
    },
    "seed_and_beam": {
        "en": "Drawing tokens by lot (seed) and beam search do not go together: leave out one of them.",
        "zh": "随机抽取词元（seed）和束搜索不能同时使用：请去掉其中一个。",
    },
    # notices
    "cut": {
        "en": "The translation was cut after {n} tokens: the model had not come to an end.",
        "zh": "译文写到 {n} 个词元时被截断：模型还没有写到结尾。",
    },
    "looks_chinese": {
        "en": "This text looks Chinese; it is being translated from another language, so expect little.",
        "zh": "这段文字看起来是中文，却被当作别的语言来翻译，译文恐怕不好。",
    },
    "looks_not_chinese": {
        "en": "This text does not look Chinese; it is being translated from Chinese, so expect little.",
        "zh": "这段文字看起来不是中文，却被当作中文来翻译，译文恐怕不好。",
    },
    "said_heads": {
        "en": "switched off in the cross-attention of layer {layer}: {heads}",
        "zh": "第 {layer} 层的交叉注意力关掉了{heads}",
    },
    "said_prefix": {"en": "the translation had to begin with “{prefix}”", "zh": "译文必须以“{prefix}”开头"},
    "said_seed": {"en": "tokens drawn by lot (seed {seed})", "zh": "词元随机抽取（seed {seed}）"},
}
