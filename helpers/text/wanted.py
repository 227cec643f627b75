"""What is said of an argument that is not what a function needs."""

STRINGS = {
    "wrong": {
        "en": "{function} needs {expected} for `{name}`; it got {got}.",
        "zh": "{function} 的 `{name}` 应是{expected}；收到的是 {got}。",
    },
    "whole": {"en": "a whole number", "zh": "整数"},
    "whole_from": {"en": "a whole number of {least} or more", "zh": "不小于 {least} 的整数"},
    "whole_to": {"en": "a whole number from {least} to {most}", "zh": "{least} 到 {most} 的整数"},
    "number": {"en": "a number", "zh": "数"},
    "number_above": {"en": "a number above {least}", "zh": "大于 {least} 的数"},
    "number_to": {"en": "a number from {least} to {most}", "zh": "{least} 到 {most} 之间的数"},
    "switch": {"en": "True or False", "zh": " True 或 False"},
    "text": {"en": "a text", "zh": "一段文字"},
    "texts": {"en": "a list of texts, at least one", "zh": "由文字组成的列表，至少一段"},
    "numbers": {"en": "a list of numbers", "zh": "由数组成的列表"},
    "wholes": {"en": "a list of whole numbers, 0 or more", "zh": "由不小于 0 的整数组成的列表"},
    "matrix": {"en": "a tensor of decimal numbers with two axes", "zh": "有两根轴、装着小数的张量"},
    "square": {
        "en": "a tensor whose last two axes are alike: a start token and the same sequence twice",
        "zh": "最后两根轴一样长的张量：一个起始词元，再把同一串读两遍",
    },
    "ids": {"en": "a tensor of whole numbers", "zh": "装着整数的张量"},
    "id_table": {
        "en": "a tensor of token ids from 0 to {last} with two axes, (batch, token),",
        "zh": "有两根轴（批次、词元）、装着词元编号（0 到 {last}）的张量",
    },
    "id_row": {
        "en": "one row of token ids from 0 to {last}, (1, token),",
        "zh": "一行词元编号（0 到 {last}），形状是 (1, 词元数)，",
    },
    "transformer": {"en": "a Transformer", "zh": " Transformer"},
    "vocabulary": {"en": "a Vocabulary", "zh": " Vocabulary"},
    "of_vocabulary": {
        "en": "a list of the model's token ids, 0 to {last}",
        "zh": "由模型的词元编号组成的列表，编号从 0 到 {last}",
    },
    "cache": {"en": "the cache that read_on returned or None", "zh": " read_on 返回的缓存或 None"},
    "one_of": {"en": "one of {options}", "zh": "其中之一：{options}"},
    "bert": {"en": "a BERT, as load_bert returns it,", "zh": " BERT（load_bert 返回的那种）"},
    "model": {"en": "a model, as load_model returns it,", "zh": "模型（load_model 返回的那种）"},
    "recipe": {"en": "a Recipe", "zh": " Recipe"},
    "labelled": {
        "en": "LabelledTexts, as load_sentences returns them,",
        "zh": " LabelledTexts（load_sentences 返回的那种）",
    },
    "generator": {"en": "a torch.Generator or None", "zh": " torch.Generator 或 None"},
    "settings": {"en": "LiveSettings or None", "zh": " LiveSettings 或 None"},
    "folder": {"en": "a folder's path or None", "zh": "文件夹的路径或 None"},
}
