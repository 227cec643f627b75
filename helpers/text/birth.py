"""What a learner reads about the states kept while a model was being trained."""

STRINGS = {
    "unknown": {
        "en": "load_training expects {known}; it got {got}.",
        "zh": "load_training 需要的是 {known}；收到的是 {got}。",
    },
    "missing": {
        "en": "What “{name}” was like while it was being trained is not in this copy of the course: {file} is "
              "missing. The trained model works without it.",
        "zh": "这份课程里没有“{name}”训练过程的记录：缺少 {file}。训练好的模型不受影响，可以照常使用。",
    },
    "broken": {
        "en": "The record of the training in {file} cannot be read, most likely because the file is cut short or "
              "damaged ({reason}). Copy or download it again.",
        "zh": "{file} 中的训练记录无法读取，多半是文件不完整或已损坏（{reason}）。请重新复制或下载。",
    },
    "no_step": {
        "en": "Nothing was kept at step {got}. The steps that were kept: {steps}.",
        "zh": "第 {got} 步没有留下记录。留有记录的步数是：{steps}。",
    },
    "no_text": {
        "en": "There is no text {got}: the texts that were looked at count from 0 to {last}.",
        "zh": "没有第 {got} 段文字：所看的文字从 0 数到 {last}。",
    },
    "no_part": {
        "en": "There is no attention of the part {got}; there is {parts}.",
        "zh": "没有 {got} 这一部分的注意力；有的是 {parts}。",
    },
    # what formed when
    "title": {"en": "What formed when: {head}, step {step}", "zh": "什么时候长出了什么：{head}，第 {step} 步"},
    "cross": {"en": "cross-attention, layer {layer}, head {head}", "zh": "交叉注意力第 {layer} 层头 {head}"},
    "self": {"en": "layer {layer}, head {head}", "zh": "第 {layer} 层头 {head}"},
    "text": {"en": "{title}: {figures}.", "zh": "{title}：{figures}。"},
    "note": {
        "en": "One line is one head, the chosen one in colour. The first steps are drawn wide apart, the later ones "
              "close together.",
        "zh": "一条线是一个头，选中的有颜色。横轴是训练步数，越早的步子画得越宽。",
    },
    "panel_previous": {"en": "to the previous token {figure}", "zh": "看前一个词元 {figure}"},
    "panel_next": {"en": "to the next token {figure}", "zh": "看后一个词元 {figure}"},
    "panel_special": {"en": "to [CLS] and [SEP] {figure}", "zh": "看 [CLS] 和 [SEP] {figure}"},
    "panel_aligned": {"en": "finds the word that translates {figure}", "zh": "找到对应的译词 {figure}"},
    "panel_short": {"en": "hidden tokens found, short texts {figure}", "zh": "猜对遮住的词元（短句）{figure}"},
    "panel_inside_pairs": {"en": "hidden tokens found, in pairs {figure}", "zh": "猜对遮住的词元（句对）{figure}"},
    "panel_induction": {"en": "induction score {figure}", "zh": "归纳得分 {figure}"},
    "panel_begin": {"en": "to <s>, the first token {figure}", "zh": "看开头的 <s> {figure}"},
    "panel_loss_first_copy": {"en": "loss, random tokens {figure}", "zh": "随机词元的损失：第一遍 {figure}"},
    "panel_loss_second_copy": {"en": "loss, the same ones again {figure}", "zh": "同样的词元再来一遍 {figure}"},
    "panel_bits_en": {"en": "bits a character, English {figure}", "zh": "每字符比特数：英文 {figure}"},
    "panel_bits_zh": {"en": "bits a character, Chinese {figure}", "zh": "每字符比特数：中文 {figure}"},
    "panel_loss_zh": {"en": "held-out loss into Chinese {figure}", "zh": "留出句对的损失：译成中文 {figure}"},
    "panel_loss_en": {"en": "held-out loss into English {figure}", "zh": "留出句对的损失：译成英文 {figure}"},
}
