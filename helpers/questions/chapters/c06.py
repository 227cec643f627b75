"""Questions of chapter 06: BERT itself."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "fate": Choice(
        right="forget",
        options={
            "same": Option(
                {"en": "the same as with any other recipe: a guess is a guess",
                 "zh": "和别的配方学到的一样：反正都是猜"},
                {"en": "Look at the last column: what stands there is judged in another way.",
                 "zh": "看最后一列：对摆在那里的词，态度不一样了。"}),
            "forget": Option(
                {"en": "to copy what it sees",
                 "zh": "照抄眼前的词"},
                {"en": "The answer stood there to be read; copying is the cheapest way to be right.",
                 "zh": "答案就摆在那里，照抄最省事。"}),
            "mask": Option(
                {"en": "to guess best of all: it saw only true words",
                 "zh": "猜得最准：它见到的都是真词"},
                {"en": "It got better at saying what stands there, and gained least at [MASK].",
                 "zh": "它更会说出眼前的词，猜 [MASK] 却长进最小。"}),
        }),
    "step": Choice(
        right="both",
        options={
            "one": Option(
                {"en": "it gets this one sentence right, no other",
                 "zh": "只有这一句变好，别的不变"},
                {"en": "The numbers that moved are shared by all sentences.",
                 "zh": "动过的数是所有句子共用的。"}),
            "both": Option(
                {"en": "this loss falls; others move a little as well",
                 "zh": "这句的损失下降，别的句子也跟着动一点"},
                {"en": "One set of numbers serves every sentence: that is why training can teach, and also why it "
                       "can make forget.",
                 "zh": "所有句子共用一套数：所以训练能教会它，也能让它忘掉。"}),
            "none": Option(
                {"en": "one step cannot be seen",
                 "zh": "一步看不出来"},
                {"en": "The step was large enough: compare the two numbers of the first line.",
                 "zh": "这一步够大了：比一比第一行的两个数。"}),
        }),
    "pair": Choice(
        right="words",
        options={
            "all": Option(
                {"en": "it sees every difference",
                 "zh": "处处都分得出"},
                {"en": "It says yes to a cat in the place of a dog, and to “not on the bed”.",
                 "zh": "狗换成猫，它说是；“不在床上”，它也说是。"}),
            "words": Option(
                {"en": "it tells far things apart, not near ones",
                 "zh": "离得远的分得开，离得近的分不开"},
                {"en": "No false pair in training was made by changing a word. It learnt what was enough.",
                 "zh": "训练时没有一对假句对是改动一个词做成的。它只学到够用为止。"}),
            "none": Option(
                {"en": "it says yes to everything",
                 "zh": "什么都说是"},
                {"en": "The weather gets a no.",
                 "zh": "说天气的那句，它说不是。"}),
        }),
    "senses": Choice(
        right="layer2",
        options={
            "zero": Option(
                {"en": "already in the embedding",
                 "zh": "在嵌入里就分开了"},
                {"en": "There the word is one and the same vector: cosine 1.",
                 "zh": "那里同一个词就是同一个向量：余弦为 1。"}),
            "layer2": Option(
                {"en": "after some layers",
                 "zh": "过了几层才分开"},
                {"en": "Attention has to bring the neighbours first.",
                 "zh": "先要靠注意力把邻近的词拿过来。"}),
            "never": Option(
                {"en": "never: a word is a word",
                 "zh": "一直不分：词就是词"},
                {"en": "From layer 2 on same sense is nearer than other sense, in all words of this list.",
                 "zh": "从第 2 层起，表里每个词都是同义的更近。"}),
        }),
    "special": Choice(
        right="none",
        options={
            "cls": Option(
                {"en": "[CLS], much: it holds the sentence",
                 "zh": "[CLS] 很要紧：整句话都在它那里"},
                {"en": "A guess at a gap needs no summary; see the mean.",
                 "zh": "猜空格用不着概括；看平均。"}),
            "sep": Option(
                {"en": "[SEP], much: so many heads look there",
                 "zh": "[SEP] 很要紧：那么多头看着它"},
                {"en": "Much attention, little effect: see the mean.",
                 "zh": "注意力很多，作用很小：看平均。"}),
            "none": Option(
                {"en": "neither, in the mean",
                 "zh": "平均起来都不要紧"},
                {"en": "Single guesses move by up to half a bit, in both directions.",
                 "zh": "单句的猜测最多变动半个比特，有升有降。"}),
        }),
    "control": Choice(
        right="chance",
        options={
            "chance": Option(
                {"en": "as well as the true ones or better, in the early layers",
                 "zh": "在前几层，不比真标签差"},
                {"en": "Better there: where a vector says which word it is, any label can be learnt by heart.",
                 "zh": "前几层反而更好：向量说出了是哪个词，任何标签都能背下来。"}),
            "half": Option(
                {"en": "not at all: they were drawn by lot",
                 "zh": "一点也读不出：那是抽签抽的"},
                {"en": "By lot, but one lot a word. Whoever knows the word knows the lot.",
                 "zh": "是抽签，可一个词只抽一次。认得词，就知道签。"}),
            "worse": Option(
                {"en": "worse in the early layers than in the late ones",
                 "zh": "前几层比后几层差"},
                {"en": "The other way round.",
                 "zh": "正好相反。"}),
        }),
    "frozen": Choice(
        right="tuned",
        options={
            "same": Option(
                {"en": "both alike: the reader does the work",
                 "zh": "一样：干活的是那个读取矩阵"},
                {"en": "Compare the columns.",
                 "zh": "比一比两列。"}),
            "tuned": Option(
                {"en": "the tuned one, at every size",
                 "zh": "训练全部的更好，多少句子都是"},
                {"en": "The layers may move, and [CLS] learns to hold what is asked for.",
                 "zh": "各层都可以动，[CLS] 学会了装下要问的东西。"}),
            "frozen": Option(
                {"en": "the frozen one, with few sentences",
                 "zh": "句子少时，冻结的更好"},
                {"en": "Often feared and sometimes true. Not here: see the first line.",
                 "zh": "常有人这样担心，有时也对。这里不是：看第一行。"}),
        }),
    "bug": Choice(
        right="memory",
        options={
            "crash": Option(
                {"en": "an error message",
                 "zh": "会报错"},
                {"en": "Every label is a label; nothing can notice.",
                 "zh": "标签还是标签，没有什么会报错。"}),
            "memory": Option(
                {"en": "right on what it learns, at chance on the rest",
                 "zh": "学过的都对，没学过的全凭运气"},
                {"en": "It learns by heart. Only held-out texts tell.",
                 "zh": "它死记硬背。只有留出来的句子看得出。"}),
            "bad": Option(
                {"en": "wrong on both",
                 "zh": "两边都错"},
                {"en": "579 numbers are enough to learn so few sentences by heart.",
                 "zh": "579 个数，足够把这么几句话背下来。"}),
        }),
    "chinese": Choice(
        right="some",
        options={
            "none": Option(
                {"en": "at chance: it saw no Chinese",
                 "zh": "全凭运气：它没见过中文"},
                {"en": "It has read both languages side by side before.",
                 "zh": "它以前并排读过两种语言。"}),
            "some": Option(
                {"en": "far above chance, below English",
                 "zh": "远高于随机，低于英语"},
                {"en": "Most of it crosses over: see which class does not.",
                 "zh": "大半过得来：看看是哪一类过不来。"}),
            "same": Option(
                {"en": "as well as in English",
                 "zh": "和英语一样好"},
                {"en": "It loses something on the way.",
                 "zh": "中间还是丢了一些。"}),
        }),
    "claim": Essay(
        least=40,
        why={"en": "A control task with labels drawn by lot, one a word type, reaches even more there, so the "
                   "probe has learnt words by heart and the figure says nothing of grammar. Selectivity is the"
                   " figure to give, with its interval and with the layer; here it rises above zero only in "
                   "the later layers. And even a selective probe shows what can be read, not what the model "
                   "uses: for that, change it and see whether the prediction changes.",
             "zh": "在同一层，按词抽签的对照任务得分还更高，可见探针只是把词背了下来，这个数说明不了语法。该报告"
                   "的是选择性，连同区间和层；这里到后几层它才大于零。而且就算选择性高，也只说明读得出来，不说明"
                   "模型用到了它：要知道这一点，得改动它，看预测变不变。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "What is BERT trained to guess?",
                 "zh": "BERT 训练时猜什么？"},
            right="hidden",
            options={
                "next": Option(
                    {"en": "the next token",
                     "zh": "下一个词元"},
                    {"en": "That is GPT.",
                     "zh": "那是 GPT。"}),
                "hidden": Option(
                    {"en": "hidden tokens, from both sides",
                     "zh": "被遮住的词元，左右都能看"},
                    {"en": "Both sides may be read.",
                     "zh": "左右两边都可以看。"}),
                "translation": Option(
                    {"en": "the translation of a sentence",
                     "zh": "整句话的译文"},
                    {"en": "That is the translator of chapter 05.",
                     "zh": "那是第 05 章的翻译模型。"}),
            }),
        Choice(
            ask={"en": "−ln p of a token with p = 1 is …",
                 "zh": "p = 1 时，−ln p 是："},
            right="zero",
            options={
                "one": Option(
                    {"en": "1",
                     "zh": "1"},
                    {"en": "ln 1 is 0.",
                     "zh": "ln 1 等于 0。"}),
                "zero": Option(
                    {"en": "0",
                     "zh": "0"},
                    {"en": "No surprise at all.",
                     "zh": "毫不意外。"}),
                "minus": Option(
                    {"en": "−1",
                     "zh": "−1"},
                    {"en": "No p from 0 to 1 gives less than 0.",
                     "zh": "p 在 0 到 1 之间，−ln p 不会小于 0。"}),
            }),
        Choice(
            ask={"en": "What tells sentence A from B in BERT?",
                 "zh": "BERT 靠什么区分句子 A 和 B？"},
            right="segment",
            options={
                "segment": Option(
                    {"en": "segment embeddings and [SEP]",
                     "zh": "段嵌入和 [SEP]"},
                    {"en": "One vector for each sentence.",
                     "zh": "两句各有一个向量。"}),
                "mask": Option(
                    {"en": "the mask",
                     "zh": "掩码"},
                    {"en": "All tokens see all tokens.",
                     "zh": "所有词元都能互相看。"}),
                "place": Option(
                    {"en": "the position alone",
                     "zh": "只靠位置编码"},
                    {"en": "A may be long or short: a position does not say where it ends.",
                     "zh": "A 有长有短，位置说不出它在哪里结束。"}),
            }),
        Choice(
            ask={"en": "A head that finds nothing often looks at …",
                 "zh": "一个头没找到要找的，常常看向："},
            right="sep",
            options={
                "sep": Option(
                    {"en": "[SEP]",
                     "zh": "[SEP]"},
                    {"en": "Each row must sum to 1.",
                     "zh": "每一行加起来必须是 1。"}),
                "nothing": Option(
                    {"en": "nothing",
                     "zh": "哪里也不看"},
                    {"en": "A row always sums to 1.",
                     "zh": "一行加起来总是 1。"}),
                "last": Option(
                    {"en": "the last word",
                     "zh": "最后一个词"},
                    {"en": "Words carry values that would be added to the result.",
                     "zh": "词的值会混进结果里。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Over which tokens does BERT's loss go?",
                 "zh": "BERT 的损失算在哪些词元上？"},
            right="chosen",
            options={
                "all": Option(
                    {"en": "all",
                     "zh": "所有的"},
                    {"en": "Most are there to be read.",
                     "zh": "多数摆在那里可以看。"}),
                "chosen": Option(
                    {"en": "the chosen ones, those kept as they were too",
                     "zh": "选中的那些，没改动的也算"},
                    {"en": "All that were chosen.",
                     "zh": "凡是选中的都算。"}),
                "mask": Option(
                    {"en": "[MASK] alone",
                     "zh": "只有 [MASK]"},
                    {"en": "Replaced and kept ones are asked, too.",
                     "zh": "替换的和没改动的也要问。"}),
            }),
        Choice(
            ask={"en": "Why not [MASK] alone?",
                 "zh": "为什么不全用 [MASK]？"},
            right="use",
            options={
                "use": Option(
                    {"en": "in use there is none, and every vector should be worth reading",
                     "zh": "用的时候没有 [MASK]，每个向量都该值得一读"},
                    {"en": "That is the reason Devlin et al. give.",
                     "zh": "Devlin 等人给的理由就是这个。"}),
                "hard": Option(
                    {"en": "it would be too hard",
                     "zh": "太难"},
                    {"en": "Difficulty is not the reason.",
                     "zh": "不是因为难。"}),
                "speed": Option(
                    {"en": "to need fewer steps",
                     "zh": "可以少走几步"},
                    {"en": "Fewer [MASK] do not make training shorter.",
                     "zh": "少用 [MASK]，训练并不会变短。"}),
            }),
        Choice(
            ask={"en": "RoBERTa left out …",
                 "zh": "RoBERTa 去掉了："},
            right="nsp",
            options={
                "nsp": Option(
                    {"en": "next-sentence prediction",
                     "zh": "下一句预测"},
                    {"en": "It did as well or slightly better without.",
                     "zh": "去掉后一样好，或稍好。"}),
                "mlm": Option(
                    {"en": "hidden tokens",
                     "zh": "猜遮住的词元"},
                    {"en": "That is what it kept.",
                     "zh": "这个它留着。"}),
                "segments": Option(
                    {"en": "the attention between the two sides",
                     "zh": "左右两边的互相注意"},
                    {"en": "Without it there would be no BERT: both sides are read.",
                     "zh": "没有它就不是 BERT 了：左右两边都要读。"}),
            }),
        Choice(
            ask={"en": "The course BERT's pair question is …",
                 "zh": "课程 BERT 的句对问题是："},
            right="says",
            options={
                "next": Option(
                    {"en": "does B follow A?",
                     "zh": "B 是不是 A 的下一句？"},
                    {"en": "That is the original BERT's.",
                     "zh": "那是原版 BERT 的。"}),
                "says": Option(
                    {"en": "does B say what A says?",
                     "zh": "B 说的是不是 A 的意思？"},
                    {"en": "And it is easily content.",
                     "zh": "而且它很容易满足。"}),
                "order": Option(
                    {"en": "which of the two comes first?",
                     "zh": "两句哪一句在前？"},
                    {"en": "That is ALBERT's.",
                     "zh": "那是 ALBERT 的。"}),
            }),
        Choice(
            ask={"en": "“Same word, same vector” holds …",
                 "zh": "“同一个词，同一个向量”成立于："},
            right="words",
            options={
                "words": Option(
                    {"en": "for word vectors, before any layer",
                     "zh": "词向量，还没进任何一层"},
                    {"en": "After that the neighbours come in.",
                     "zh": "之后邻近的词就混进来了。"}),
                "all": Option(
                    {"en": "in all layers",
                     "zh": "每一层"},
                    {"en": "You saw two senses part.",
                     "zh": "你看到两个意思分开了。"}),
                "never": Option(
                    {"en": "nowhere: no word has one vector",
                     "zh": "哪里都不成立：没有哪个词只有一个向量"},
                    {"en": "Each has one row in the table of word vectors.",
                     "zh": "每个词在词向量表里都有一行。"}),
            }),
        Choice(
            ask={"en": "A control task is …",
                 "zh": "对照任务是："},
            right="lot",
            options={
                "lot": Option(
                    {"en": "labels by lot, one a word type",
                     "zh": "按词抽签得到的标签"},
                    {"en": "It measures learning by heart.",
                     "zh": "它量的是死记硬背。"}),
                "random": Option(
                    {"en": "a label by lot for each token",
                     "zh": "每个词元各抽一次签"},
                    {"en": "Then nothing could be learnt by heart.",
                     "zh": "那样就没什么可背的了。"}),
                "untrained": Option(
                    {"en": "the true labels, read from an untrained model",
                     "zh": "真标签，从没训练过的模型里读"},
                    {"en": "A control, too, but for another question: what training added.",
                     "zh": "也是一种对照，但问的是另一件事：训练添了什么。"}),
            }),
        Choice(
            ask={"en": "Frozen fine-tuning trains …",
                 "zh": "冻结微调训练的是："},
            right="reader",
            options={
                "reader": Option(
                    {"en": "the small matrix on top",
                     "zh": "上面那个小矩阵"},
                    {"en": "BERT stays as it is.",
                     "zh": "BERT 保持不变。"}),
                "last": Option(
                    {"en": "the last layer",
                     "zh": "最后一层"},
                    {"en": "No layer moves.",
                     "zh": "没有一层会动。"}),
                "words": Option(
                    {"en": "the word vectors",
                     "zh": "词向量"},
                    {"en": "They stay as they are; in this chapter's other way, too.",
                     "zh": "它们不动；本章的另一种办法里也不动。"}),
            }),
        Choice(
            ask={"en": "All right on the learnt texts, chance on held-out ones: look first at …",
                 "zh": "学过的全对，留出的全凭运气，先查："},
            right="labels",
            options={
                "labels": Option(
                    {"en": "the labels",
                     "zh": "标签"},
                    {"en": "And read twenty by eye.",
                     "zh": "亲眼读上二十句。"}),
                "rate": Option(
                    {"en": "the learning rate",
                     "zh": "学习率"},
                    {"en": "It did learn: by heart.",
                     "zh": "它学会了，只是死记。"}),
                "steps": Option(
                    {"en": "the number of steps",
                     "zh": "步数"},
                    {"en": "More steps only learn more by heart.",
                     "zh": "步数再多，也只是背得更熟。"}),
            }),
    ),
}
