"""What the inventory asks of chapter 05: translation."""

from ..question import Choice, Idea, Option

IDEAS = {
    "cross": Idea(
        name={"en": "who asks in cross-attention", "zh": "交叉注意力里谁在问"},
        before=Choice(
            ask={"en": "A translator is writing. In the attention that joins its two halves, who "
                       "asks and who answers?",
                 "zh": "翻译器正在写译文。在连接左右两半的那种注意力里，谁问，谁答？"},
            right="target_asks",
            options={
                "source_asks": Option(
                    {"en": "what was read asks, what is being written answers", "zh": "读过的问，正在写的答"},
                    {"en": "What was read was finished before a word was written.",
                     "zh": "还没动笔，原文就已经读完了。"}),
                "joint": Option(
                    {"en": "all ask and answer: both texts lie in one row", "zh": "都问也都答：两段文字排成一行"},
                    {"en": "So a BERT reads a pair. Here one side asks and the other answers.",
                     "zh": "BERT 是这样读两句话的。这里一边只问，另一边只答。"}),
                "dictionary": Option(
                    {"en": "what is being written asks, a dictionary answers", "zh": "正在写的问，一本词典答"},
                    {"en": "There is no dictionary: where to look is computed from vectors.",
                     "zh": "没有词典：看哪里，是由向量算出来的。"}),
                "target_asks": Option(
                    {"en": "what is being written asks, what was read answers", "zh": "正在写的问，读过的答"},
                    {"en": "Queries from the decoder; keys and values from the encoder.",
                     "zh": "查询来自解码器，键和值来自编码器。"}),
            }),
        after=Choice(
            ask={"en": "The source has 7 tokens, 4 are written so far. The weights of "
                       "cross-attention are a table of …",
                 "zh": "原文有 7 个词元，译文已经写了 4 个。交叉注意力的权重表有："},
            right="target_asks",
            options={
                "source_asks": Option(
                    {"en": "7 rows and 4 columns", "zh": "7 行 4 列"},
                    {"en": "Then the source would be asking.", "zh": "那就成了原文在问。"}),
                "joint": Option(
                    {"en": "11 rows and 11 columns", "zh": "11 行 11 列"},
                    {"en": "So a BERT would read the two side by side.",
                     "zh": "那是 BERT 把两句放在一起读。"}),
                "target_asks": Option(
                    {"en": "4 rows and 7 columns", "zh": "4 行 7 列"},
                    {"en": "A row for each that asks: those that were written.",
                     "zh": "每个提问的词元一行：提问的是译文。"}),
                "dictionary": Option(
                    {"en": "4 rows and a column per known word", "zh": "4 行，认得的词每个一列"},
                    {"en": "That is what the logits look like, at the very end.",
                     "zh": "那是最后的 logits 的样子。"}),
            })),
    "cache": Idea(
        name={"en": "what a cache changes", "zh": "缓存改变什么"},
        before=Choice(
            ask={"en": "A model that writes keeps the keys and values of earlier tokens. What "
                       "does it gain?",
                 "zh": "会写的模型把前面词元的键和值留着，好处是什么？"},
            right="same",
            options={
                "rough": Option(
                    {"en": "time: the results are a little worse, but good enough",
                     "zh": "时间：结果差一点，但够用"},
                    {"en": "They are the same numbers, but for rounding.", "zh": "还是那些数，至多差在舍入上。"}),
                "same": Option(
                    {"en": "time: the results are the same, and less is computed",
                     "zh": "时间：结果一样，算得少了"},
                    {"en": "Nothing later changes them, so they can be kept.",
                     "zh": "后面的东西改变不了它们，所以可以留着。"}),
                "remembers": Option(
                    {"en": "memory: it still knows what was said in earlier talks",
                     "zh": "记性：以前聊过什么，它还知道"},
                    {"en": "The cache holds the present text alone, and goes with it.",
                     "zh": "缓存里只有眼前这段文字，写完就丢。"}),
                "learns": Option(
                    {"en": "practice: its parameters fit the present text better",
                     "zh": "熟练：参数更适合眼前这段文字"},
                    {"en": "No parameter changes while a model writes.", "zh": "模型写的时候，参数不会变。"}),
            }),
        after=Choice(
            ask={"en": "The cache of keys and values is switched off. Always taking the likeliest "
                       "token, the model now writes …",
                 "zh": "关掉键值缓存，每一步仍取最可能的词元，模型写出的文字："},
            right="same",
            options={
                "same": Option(
                    {"en": "the same text, and takes longer over it", "zh": "和原来一样，只是写得慢"},
                    {"en": "Computed again, the old keys and values are what they were.",
                     "zh": "旧的键和值再算一遍，还是那些数。"}),
                "rough": Option(
                    {"en": "a somewhat better text, and takes longer", "zh": "比原来好一点，只是写得慢"},
                    {"en": "Nothing had been approximate.", "zh": "本来就没有近似。"}),
                "remembers": Option(
                    {"en": "a text that forgets how it had begun", "zh": "写着写着，忘了开头"},
                    {"en": "It reads the beginning again at each step.", "zh": "每一步它都把开头重读一遍。"}),
                "learns": Option(
                    {"en": "a text as from a model less practised", "zh": "不如原来熟练"},
                    {"en": "It had learnt nothing: writing changes no parameter.",
                     "zh": "它本来也没学到什么：写的时候参数不变。"}),
            })),
}
