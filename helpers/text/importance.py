"""What is said about how much tokens matter: measures, pictures, errors."""

STRINGS = {
    "weight": {"en": "attention weight", "zh": "注意力权重"},
    "value": {"en": "length of α·v·W_O", "zh": "α·v·W_O 的长度"},
    "rollout": {"en": "rollout", "zh": "注意力展开"},
    "gradient": {"en": "gradient × input", "zh": "梯度 × 输入"},
    "integrated": {"en": "integrated gradients", "zh": "积分梯度"},
    "replaced": {"en": "replaced by [MASK]", "zh": "换成 [MASK]"},
    "ablation": {"en": "hidden from all", "zh": "谁也看不到它"},
    "title": {"en": "What matters for “{answer}” (p = {probability})?",
              "zh": "“{answer}”（p = {probability}）靠的是谁？"},
    "all_layers": {"en": "mean of all layers", "zh": "各层平均"},
    "layer": {"en": "layer {layer}", "zh": "第 {layer} 层"},
    "all_heads": {"en": ", all heads", "zh": "，所有的头"},
    "head": {"en": ", head {head}", "zh": "，头 {head}"},
    "order": {"en": "order", "zh": "次序"},
    "note": {
        "en": "Blue speaks for this answer, orange against it; framed: the most important by this measure. The last "
              "two rows are experiments, in bits lost. Order: rank correlation with the last row.",
        "zh": "蓝色支持这个答案，橙色反对；带框的是这种算法认为最重要的。最后两行是实验，数字是丢掉的比特。"
              "次序：与最后一行的名次相关。",
    },
    "best": {"en": "{measure} {token}", "zh": "{measure}：{token}"},
    "text": {
        "en": "{title} ({chosen}) Most important by each measure: {best}.",
        "zh": "{title}（{chosen}）每种算法认为最重要的词元：{best}。",
    },
    "not_measured": {
        "en": "view_importance needs what measure_importance(model, text) returned; got {got}.",
        "zh": "view_importance 需要 measure_importance(model, text) 返回的结果；收到的是 {got}。",
    },
    "too_many": {
        "en": "The picture has room for {most} tokens; this text has {n}. Take a shorter sentence.",
        "zh": "图里放得下 {most} 个词元，这段文字有 {n} 个。请换短一点的句子。",
    },
    "not_a_model": {
        "en": "explore_importance needs a model that predicts (load_model(\"course\"), load_model(\"course-gpt\")) or "
              "its name; it got {got}.",
        "zh": "explore_importance 需要会预测的模型（load_model(\"course\")、load_model(\"course-gpt\")）或它的名字；"
              "收到的是 {got}。",
    },
    "no_layer": {
        "en": "layer is a whole number from 0 to {last}, or None for the mean of all layers; got {got}.",
        "zh": "layer 应是 0 到 {last} 的整数，或者用 None 表示各层的平均；收到的是 {got}。",
    },
    "no_head": {
        "en": "head is a whole number from 0 to {last}, or None for all heads together; got {got}.",
        "zh": "head 应是 0 到 {last} 的整数，或者用 None 表示所有的头合在一起；收到的是 {got}。",
    },
    "no_prediction": {
        "en": "{name} was not trained to guess hidden words or to write, so there is no prediction to explain. "
              "load_model(\"course\") and load_model(\"course-gpt\") have one.",
        "zh": "{name} 没有学过猜词，也没有学过往下写，所以没有预测可以解释。load_model(\"course\") 和 "
              "load_model(\"course-gpt\") 有。",
    },
    "no_mask": {
        "en": "mask says which [MASK] is explained, counted from 0. The text has {n}; got {got}. Write [MASK] where a "
              "word is to be guessed.",
        "zh": "mask 是要解释第几个 [MASK]，从 0 数起。这段文字里有 {n} 个，收到的是 {got}。请在要猜的地方写上 [MASK]。",
    },
    "nothing_beside": {
        "en": "There is no other token beside the one that is asked for in {text}, so nothing can be important. Write "
              "a whole sentence.",
        "zh": "{text} 里除了要猜的那个词元以外什么也没有，谈不上谁重要。请写一个完整的句子。",
    },
    "no_token": {
        "en": "{got} is no token of the vocabulary of {name}. Give one token as the tokenizer writes it, or None for "
              "the likeliest.",
        "zh": "{name} 的词表里没有 {got} 这个词元。请给出分词器写法的一个词元，或者用 None 表示最可能的那个。",
    },
    "lengths": {
        "en": "Two orders of the same things are compared, at least two things; got {one} numbers and {other}.",
        "zh": "比较的是同一批东西的两种次序，至少要有两样；收到的是 {one} 个数和 {other} 个数。",
    },
    "no_numbers": {
        "en": "A median needs at least one number that is not NaN, and times from 100 to 100,000; got {n} numbers, "
              "times={times}.",
        "zh": "求中位数至少要有一个不是 NaN 的数，times 应在 100 到 100,000 之间；收到 {n} 个数，times={times}。",
    },
}
