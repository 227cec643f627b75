"""What stands around bertviz's own views: headings, hints, sentences, errors. What is inside them is bertviz's."""

STRINGS = {
    "title_heads": {"en": "bertviz: head view", "zh": "bertviz 头视图"},
    "title_model": {"en": "bertviz: model view", "zh": "bertviz 模型视图"},
    "title_neurons": {"en": "bertviz: neuron view", "zh": "bertviz 神经元视图"},
    "hint_heads": {
        "en": "Choose a layer. Click a coloured square to switch its head off or on, double-click to see that head "
              "alone. Point at a token to see its lines.",
        "zh": "Layer 处选层（从 0 数起）。点击彩色方块，关掉或打开这个头；双击，只看这一个头。指向一个词元，"
              "只看它的连线。",
    },
    "hint_model": {
        "en": "A row is a layer, a column is a head. Click a square to enlarge it, click it again to close it. Point "
              "at a token on the left of the enlarged one to see its lines.",
        "zh": "一行（Layers）是一层，一列（Heads）是一个头。点击一个方块把它放大，再点一次收起。指向放大图左侧的词元，"
              "只看它的连线。",
    },
    "hint_neurons": {
        "en": "Choose a layer and a head. Point at a token on the left, then click the + beside it: its query, each "
              "key, their product number by number, its sum and the softmax unfold.",
        "zh": "选好层（Layer）和头（Head），指向左侧的一个词元，再点它旁边的 +，就能展开它的查询、每个键、"
              "两者逐个数相乘的积、积的和，以及 softmax。",
    },
    "hint_pair": {"en": " Attention: which sentence looks at which.", "zh": "Attention 处选哪一句看哪一句。"},
    "hint_translation": {
        "en": " Attention: encoder, decoder or cross-attention.",
        "zh": "Attention 处选编码器、解码器，或交叉注意力。",
    },
    "sentence": {"en": "{title}. {found}", "zh": "{title}。{found}"},
    "translation": {"en": "{parts}; {layers} layers × {heads} heads.", "zh": "{parts}；{layers} 层 × {heads} 头。"},
    "encoder": {"en": "encoder self-attention ({queries} tokens)", "zh": "编码器自注意力（{queries} 个词元）"},
    "decoder": {"en": "decoder self-attention ({queries} tokens)", "zh": "解码器自注意力（{queries} 个词元）"},
    "cross": {
        "en": "cross-attention ({queries} tokens to {keys})",
        "zh": "交叉注意力（{queries} 个词元看 {keys} 个词元）",
    },
    "missing": {
        "en": "bertviz's own view needs packages that are not installed here: {packages} (pip install {command}). "
              "This is the course's view of the same numbers.",
        "zh": "bertviz 自己的视图需要的包没有装好：{packages}（pip install {command}）。"
              "下面是本课程用同样的数画的视图。",
    },
    "part_alone": {"en": " It shows one part: {part}.", "zh": "这里只画其中一部分：{part}。"},
    "not_a_source": {
        "en": "{function} needs a record (bert.run(…), or a translation), or a model (load_bert(…), its name or "
              "folder) with a text; it got {got}.",
        "zh": "{function} 需要一份记录（bert.run(…) 或一次翻译的结果），或者一个模型（load_bert(…)、名字或文件夹）"
              "加一段文字，而收到的是 {got}。",
    },
    "record_and_text": {
        "en": "A record is already about its own text: to look at other sentences, give {function} the model.",
        "zh": "记录里已经有它自己的文字了：想看别的句子，请把模型交给 {function}。",
    },
    "no_text": {
        "en": "{function} was given a model and no text to run it on: write {function}(model, \"…\"), or give it a "
              "record.",
        "zh": "{function} 收到了一个模型，却没有要它读的文字：请写 {function}(model, \"……\")，或者直接给一份记录。",
    },
    "one_text": {
        "en": "A translator takes one text: leave out the second one given to {function}.",
        "zh": "翻译模型一次只译一段文字：请去掉给 {function} 的第二段。",
    },
    "no_queries": {
        "en": "bertviz_neurons needs a BERT's whole run, as bert.run(…) returns it: {got} holds no queries and keys.",
        "zh": "bertviz_neurons 需要 BERT 的一次完整运行，也就是 bert.run(…) 返回的记录：{got} 里没有查询和键。",
    },
    "too_long_heads": {
        "en": "This text has {n} tokens. bertviz's head view would hold {count} weights ({layers} layers × {heads} "
              "heads), and browsers stop answering above {most}: use a shorter text, or view_heads, which draws one "
              "layer of any text.",
        "zh": "这段文字有 {n} 个词元，bertviz 的头视图要装下 {count} 个权重（{layers} 层 × {heads} 头），超过 {most} "
              "个，浏览器就会卡住：请换一段短些的文字，或改用 view_heads，它一次画一层，长文字也能画。",
    },
    "too_long_model": {
        "en": "This text has {n} tokens. bertviz's model view would draw {count} lines ({layers} layers × {heads} "
              "heads), and browsers stop answering above {most}: use a shorter text, bertviz_heads, which draws one "
              "layer, or view_model, which draws all heads of any text.",
        "zh": "这段文字有 {n} 个词元，bertviz 的模型视图要画 {count} 条线（{layers} 层 × {heads} 头），超过 {most} "
              "条，浏览器就会卡住：请换一段短些的文字；或用 bertviz_heads，它一次画一层；或用 view_model，"
              "长文字的所有头它也能画。",
    },
    "too_long_neurons": {
        "en": "This text has {n} tokens. bertviz's neuron view would hold {count} numbers ({layers} layers × {heads} "
              "heads), and browsers stop answering above {most}: use a shorter text, or view_neurons, which draws one "
              "token in one head.",
        "zh": "这段文字有 {n} 个词元，bertviz 的神经元视图要装下 {count} 个数（{layers} 层 × {heads} 头），"
              "超过 {most} 个，浏览器就会卡住：请换一段短些的文字，或改用 view_neurons，它一次画一个头里的一个词元。",
    },
    "suffix": {
        "en": "A bertviz view is a page and is saved as .html, not as {got!r}.",
        "zh": "bertviz 的视图是一个网页，只能存成 .html，不能存成 {got!r}。",
    },
}
