"""What is said about how much tokens matter: measures, pictures, errors."""

STRINGS = {
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
