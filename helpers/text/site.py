"""What the pages without a kernel say around the pictures: the front page, the bar of a chapter, what is under way."""

STRINGS = {
    "title": {"en": "Seeing Attention", "zh": "看见注意力"},
    "course": {"en": "Seeing Attention · 看见注意力", "zh": "看见注意力 · Seeing Attention"},
    "claim": {"en": "Watch a model read your sentence", "zh": "看模型怎样读你写的句子"},
    "lead": {
        "en": "A real BERT of {parameters} numbers lives in this page and runs in your browser. Type a sentence and "
              "see which words each word looks at; hide a word and see it guessed. Nothing you type leaves this page.",
        "zh": "一个真正的 BERT（{parameters} 个参数）就装在这个网页里，在你的浏览器里运行。写一句话，"
              "看每个词在看哪些词；遮住一个词，看它怎么猜。你写的内容不会离开这个网页。",
    },
    "description": {
        "en": "An interactive course on the Transformer in English and Chinese; a real BERT runs in this page.",
        "zh": "中英双语的 Transformer 互动课程；网页里就运行着一个真正的 BERT。",
    },
    "skip": {"en": "To the text", "zh": "跳到正文"},
    "sentences": {"en": "Your sentence", "zh": "你的句子"},
    "looks": {"en": "Who looks at whom", "zh": "谁在看谁"},
    "guesses": {"en": "What it guesses", "zh": "它猜什么"},
    "hide": {"en": "Click a word to hide it", "zh": "点一个词，把它遮住"},
    "heads_off": {"en": "Click a head (layer.head) to switch it off", "zh": "点一个头（层.头），把它关掉"},
    "head_name": {"en": "layer {layer}, head {head}", "zh": "第 {layer} 层头 {head}"},
    "no_guess": {
        "en": "No word is hidden. Click one above, and the model guesses what stood there.",
        "zh": "还没有遮住的词。点一下上面的某个词，让模型猜那里原来是什么。",
    },
    "unchanged": {"en": "as it was trained", "zh": "原来的模型"},
    "without": {"en": "without {heads}", "zh": "关掉 {heads} 之后"},
    "reading": {"en": "Reading the model…", "zh": "正在读取模型……"},
    "unread": {
        "en": "The model could not be read: its file is not beside this page, or the network broke off. A page that "
              "works from a disk carries the model inside; it is made with --html.",
        "zh": "读不到模型：它的文件不在这个网页旁边，或者网络断了。要在本地磁盘上直接打开，请用 --html 生成的网页，"
              "模型就装在里面。",
    },
    "send": {"en": "Copy a link to this view", "zh": "复制当前画面的链接"},
    "play": {"en": "Play", "zh": "播放"},
    "pause": {"en": "Pause", "zh": "暂停"},
    "copied": {"en": "Copied.", "zh": "已复制。"},
    "copy_yourself": {
        "en": "The address above holds this view: copy it there.",
        "zh": "浏览器的地址栏里就是当前画面的链接，请从那里复制。",
    },
    "try": {"en": "Three things to try", "zh": "试试这三步"},
    "try_first": {
        "en": "Hide <i>tea</i>. 茶 still stands there. What will it guess?",
        "zh": "遮住“茶”，<i>tea</i> 还在。它会猜什么？",
    },
    "try_second": {
        "en": "Hide 茶 as well. Now nothing says which drink it is.",
        "zh": "把 <i>tea</i> 也遮住。现在没有什么能告诉它喝的是什么了。",
    },
    "try_third": {
        "en": "Show 茶 again, but switch off the two heads through which the hidden word looks at it.",
        "zh": "让 <i>tea</i> 重新露出来，但关掉被遮住的词用来看它的那两个头。",
    },
    "not_importance": {
        "en": "A thick line says where a head looks. It does not say that the word matters for the guess: to find out, "
              "switch the head off.",
        "zh": "线粗，只说明这个头在看哪里，并不说明那个词对猜词有多重要。想知道重不重要，就把这个头关掉试试。",
    },
    "translate": {"en": "Translate", "zh": "翻译"},
    "translate_claim": {
        "en": "Watch a sentence being translated, one token at a time",
        "zh": "看一句话怎样一个词元一个词元地译出来",
    },
    "translate_lead": {
        "en": "A Transformer of {parameters} numbers, encoder and decoder, runs in this page. Type a sentence in "
              "English or Chinese, then move the step: you see where it looks in the source and what else it might "
              "have written. It is small and makes mistakes, and here you can watch it make them.",
        "zh": "一个完整的 Transformer（编码器加解码器，{parameters} 个参数）就在这个网页里运行。写一句中文或英文，"
              "再拖动“步骤”，看它每一步在看原文的哪里、还想过写什么。它很小，会译错；错在哪一步，这里看得见。",
    },
    "translate_link": {
        "en": "Next: watch a sentence being translated, one token at a time",
        "zh": "接着看：一句话怎样一个词元一个词元地译出来",
    },
    "step_name": {"en": "step {step}: {token}", "zh": "第 {step} 步：{token}"},
    "chapters": {"en": "Chapters", "zh": "各章"},
    "chapters_lead": {
        "en": "Read a chapter here, or work through its notebook in Jupyter, where every number can be taken apart.",
        "zh": "可以在这里读，也可以打开笔记本，在 Jupyter 里动手，把每个数都拆开来看。",
    },
    "read": {"en": "Read", "zh": "阅读"},
    "notebook": {"en": "Notebook", "zh": "笔记本"},
    "install": {"en": "Install the course", "zh": "安装课程"},
    "install_lead": {
        "en": "With Python 3.11, 3.12 or 3.13, in the folder of the course. You need no GPU, no account and, after "
              "the install, no network.",
        "zh": "需要 Python 3.11、3.12 或 3.13，在课程文件夹里运行。不需要显卡，不需要账号，装好之后也不需要联网。",
    },
    "install_from": {"en": "The course's folder is at", "zh": "课程文件夹的地址："},
    "no_address": {
        "en": "This copy of the course names no address it could be fetched from: pyproject.toml holds none yet.",
        "zh": "这份课程还没有写明可以从哪里获取：pyproject.toml 里尚未填写仓库地址。",
    },
    "windows": {"en": "On Windows, in PowerShell:", "zh": "在 Windows 的 PowerShell 里："},
    "then": {
        "en": "Then open en/00_start_here.ipynb and choose Run → Run All Cells.",
        "zh": "然后打开 zh/00_start_here.ipynb，选 Run → Run All Cells（运行 → 运行所有单元格）。",
    },
    "thanks": {
        "en": "Code: MIT. Text: CC BY 4.0. The model learnt from sentences of Tatoeba (CC BY 2.0 FR) and MozTW (CC0).",
        "zh": "代码：MIT；文字：CC BY 4.0。模型所学的句子来自 Tatoeba（CC BY 2.0 FR）和 MozTW（CC0）。",
    },
    "contents": {"en": "Contents", "zh": "目录"},
    "before": {"en": "Previous: {title}", "zh": "上一章：{title}"},
    "after": {"en": "Next: {title}", "zh": "下一章：{title}"},
    "answer": {"en": "Show what comes out", "zh": "看看结果"},
    "hint_step": {"en": "Hint {step} of {steps}", "zh": "提示 {step}/{steps}"},
    "in_notebook": {
        "en": "What you see is a still picture: this one comes alive in the notebook only.",
        "zh": "这里放的是一张静止的图：它要在笔记本里才能动。",
    },
    "no_script": {
        "en": "This page computes with script, and scripts are switched off here: you see the still picture.",
        "zh": "这个网页要靠脚本计算，而这里禁用了脚本，所以只能看到静止的图。",
    },
}
