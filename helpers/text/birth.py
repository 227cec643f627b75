"""What a learner reads about the states kept while a model was being trained."""

STRINGS = {
    "unknown": (
        "load_training expects {known}; it got {got}.",
        "load_training 需要的是 {known}；收到的是 {got}。",
    ),
    "missing": (
        "What “{name}” was like while it was being trained is not in this copy of the course: {file} is missing. The "
        "trained model works without it.",
        "这份课程里没有“{name}”训练过程的记录：缺少 {file}。训练好的模型不受影响，可以照常使用。",
    ),
    "broken": (
        "The record of the training in {file} cannot be read, most likely because the file is cut short or damaged "
        "({reason}). Copy or download it again.",
        "{file} 中的训练记录无法读取，多半是文件不完整或已损坏（{reason}）。请重新复制或下载。",
    ),
    "no_step": (
        "Nothing was kept at step {got}. The steps that were kept: {steps}.",
        "第 {got} 步没有留下记录。留有记录的步数是：{steps}。",
    ),
    "no_text": (
        "There is no text {got}: the texts that were looked at count from 0 to {last}.",
        "没有第 {got} 段文字：所看的文字从 0 数到 {last}。",
    ),
    "no_part": (
        "There is no attention of the part {got}; there is {parts}.",
        "没有 {got} 这一部分的注意力；有的是 {parts}。",
    ),
}
