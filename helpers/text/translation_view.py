"""What the translation view and the beam tree say."""

STRINGS = {
    "step_name": {"en": "Step {step} (0 to {last})", "zh": "第 {step} 步（0 到 {last}）"},
    "layer_name": {"en": "layer {layer}", "zh": "第 {layer} 层"},
    "head_name": {"en": "head {head}", "zh": "头 {head}"},
    "taught": {"en": "head {head} (this one was taught)", "zh": "头 {head}（这个头是教出来的）"},
    "mean": {"en": "mean of its heads", "zh": "各头的平均"},
    "source": {"en": "source, read by the encoder", "zh": "原文（编码器读入）"},
    "target": {
        "en": "target, written so far; later tokens are faint",
        "zh": "译文（解码器写到这里；后面的词元颜色较浅）",
    },
    "candidates": {
        "en": "after reading all before it, the decoder gives the next token these probabilities",
        "zh": "读完前面的词元之后，解码器给下一个词元的概率",
    },
    "forced_note": {"en": "forced by your prefix", "zh": "由你给的开头指定"},
    "elsewhere": {
        "en": "{token} {probability}: not among the first {n}",
        "zh": "{token} {probability}：不在前 {n} 名之内",
    },
    "hint": {"en": "point at a target token, or press Tab", "zh": "指向译文里的一个词元，或按 Tab 键"},
    "caption": {
        "en": "The thicker the line, the larger the weight of cross-attention; below {threshold} none is drawn.",
        "zh": "线越粗，交叉注意力的权重越大；小于 {threshold} 的不画。",
    },
    "nothing": {"en": "nothing", "zh": "空"},
    "sentence": {
        "en": "{model}, step {step} (0 to {last}): after {before} it writes {token} ({probability}; next best "
              "{others}); {attention} looks at {looked}.",
        "zh": "{model}，第 {step} 步（0 到 {last}）：在“{before}”之后写下 {token}（{probability}；其次是 {others}）；"
              "{attention}看向 {looked}。",
    },
    "forced": {
        "en": "{model}, step {step} (0 to {last}): after {before} your prefix forces {token} ({probability} by the "
              "model's own judgement; it likes {others}); {attention} looks at {looked}.",
        "zh": "{model}，第 {step} 步（0 到 {last}）：在“{before}”之后，你给的开头指定了 {token}（模型自己给的概率是 "
              "{probability}；它更想写 {others}）；{attention}看向 {looked}。",
    },
    "spoken": {
        "en": "step {step} writes {token} ({probability}) and looks at {looked}",
        "zh": "第 {step} 步写下 {token}（{probability}），看向 {looked}",
    },
    "not_a_translation": {
        "en": "This view needs a translation (translator.translate(…)), and it got {got}.",
        "zh": "这个视图需要一份译文记录（translator.translate(…)），而收到的是 {got}。",
    },
    "step": {
        "en": "There is no step {got}: this translation was written in the steps 0 to {last}.",
        "zh": "没有第 {got} 步：这份译文的步骤编号从 0 到 {last}。",
    },
    "head": {
        "en": "There is no head {got}: this model's heads are 0 to {last} in each layer (\"mean\" averages them).",
        "zh": "没有头 {got}：这个模型每层的头编号从 0 到 {last}（\"mean\" 表示取平均）。",
    },
    "beams_title": {"en": "Beam search, {beam} paths at a time", "zh": "束搜索，每步保留 {beam} 条路径"},
    "beams_caption": {
        "en": "Left to right: steps. Top to bottom: the paths of a step, best first. Solid: kept; ringed: finished; "
              "faint: dropped; coloured: the path that won. Under each token: the path's score, log probability ÷ "
              "length penalty.",
        "zh": "从左到右是步骤，从上到下是这一步的各条路径，最好的在最上面。实线：保留；带圈：写完了；浅色：被淘汰；"
              "有颜色的是最后胜出的路径。词元下方是这条路径的分数：对数概率 ÷ 长度惩罚。",
    },
    "beams_text": {
        "en": "{model}, beam search with {beam} paths: {steps} steps, {looked} paths looked at, {finished} finished; "
              "the winner is {text} with a score of {score}{other}.",
        "zh": "{model}，束宽 {beam} 的束搜索：共 {steps} 步，看过 {looked} 条路径，写完 {finished} 条；"
              "胜出的是“{text}”，分数 {score}{other}。",
    },
    "beams_other": {"en": "; second is {text} with {score}", "zh": "；第二名是“{text}”，分数 {score}"},
    "beams_spoken": {"en": "{tokens}: score {score}, {fate}", "zh": "{tokens}：分数 {score}，{fate}"},
    "kept": {"en": "kept", "zh": "保留"},
    "finished": {"en": "finished", "zh": "写完"},
    "dropped": {"en": "dropped", "zh": "淘汰"},
    "no_beams": {
        "en": "This translation was written greedily, one path only: ask for several with translate(…, beam=4).",
        "zh": "这份译文用的是贪心搜索，只有一条路径：想看束搜索，请用 translate(…, beam=4)。",
    },
}
