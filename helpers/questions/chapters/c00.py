"""Questions of chapter 00: start here."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "tea": Choice(
        right="tea",
        options={
            "tea": Option(
                {"en": "tea", "zh": "tea"},
                {"en": "In some heads, yes: set the filter to B → A and go through the layers. Nobody told it that "
                       "the two belong together. It had to guess hidden words, and to say whether B means the same "
                       "as A; a look across helps with both.",
                 "zh": "有些头确实如此：把“筛选”设成 B → A，一层一层看过去。没有人告诉它这两个词是一对；"
                       "它要做的是猜遮住的词，还有判断 B 和 A 意思是否相同，看一眼另一句，两件事都更容易。"}),
            "drink": Option(
                {"en": "drink", "zh": "drink"},
                {"en": "It stands beside tea and is looked at too, by other heads. For the translating word look at "
                       "the filter B → A, layer by layer.",
                 "zh": "它挨着 tea，也有别的头在看它。想找译词，请用筛选 B → A，一层一层地看。"}),
            "none": Option(
                {"en": "none: it cannot know", "zh": "谁也不看：它不可能知道"},
                {"en": "It was never given a dictionary, but it read thousands of sentences beside their "
                       "translations. That is enough, as the picture shows.",
                 "zh": "确实没有人给过它词典，可它读过成千上万句挨着译文的句子。图上看得出来，这就够了。"}),
        }),
    "line": Essay(
        least=40,
        why={"en": "A line says how much of the right-hand word's content the left-hand word takes in, in this head "
                   "of this layer. A word on the right without lines gives next to nothing to anyone here; it may be "
                   "looked at in another head.",
             "zh": "一条线说的是，在这一层的这个头里，左边的词从右边的词那里取了多少内容。右边没有线的词，"
                   "在这里几乎什么也没给出去；换一个头，也许就有词在看它。"}),
}

QUIZZES = {
    "end": (
        Choice(
            ask={"en": "A line is drawn from tea to 茶. Who asks?", "zh": "一条线从 tea 连到“茶”。是谁在问？"},
            right="tea",
            options={
                "tea": Option(
                    {"en": "tea", "zh": "tea"},
                    {"en": "Left asks, right answers: tea takes something from 茶.",
                     "zh": "左边问，右边答：tea 从“茶”那里取东西。"}),
                "both": Option(
                    {"en": "both ask each other", "zh": "两边互相问"},
                    {"en": "A line has one direction. The other direction is another number, and can be quite "
                           "different.",
                     "zh": "一条线只有一个方向。反方向是另一个数，可能完全不同。"}),
                "cha": Option(
                    {"en": "茶", "zh": "茶"},
                    {"en": "It answers; it stands on the right.", "zh": "它在答，站在右边。"}),
            }),
        Choice(
            ask={"en": "What do all weights that one token gives add up to?",
                 "zh": "一个词元发出的所有权重加起来是多少？"},
            right="one",
            options={
                "depends": Option(
                    {"en": "it depends on the sentence", "zh": "看句子"},
                    {"en": "Longer sentences make the shares smaller, not their sum.",
                     "zh": "句子越长，每份越小，总和不变。"}),
                "one": Option(
                    {"en": "1, always", "zh": "总是 1"},
                    {"en": "Whatever it sees, it shares out exactly one whole.",
                     "zh": "不管看见什么，它分出去的总是整整一份。"}),
                "tokens": Option(
                    {"en": "the number of tokens", "zh": "词元的个数"},
                    {"en": "That is what all rows of one head add up to together.",
                     "zh": "那是一个头所有行加在一起的和。"}),
            }),
        Choice(
            ask={"en": "Which part of the Transformer is a BERT?", "zh": "BERT 是 Transformer 的哪一部分？"},
            right="encoder",
            options={
                "encoder": Option(
                    {"en": "the encoder", "zh": "编码器"},
                    {"en": "It reads, with every token seeing every token.",
                     "zh": "它负责读，每个词元都看得见所有词元。"}),
                "both": Option(
                    {"en": "both", "zh": "两个都是"},
                    {"en": "A translator has both.", "zh": "翻译模型才两个都有。"}),
                "decoder": Option(
                    {"en": "the decoder", "zh": "解码器"},
                    {"en": "That is nearer to a GPT, which writes.", "zh": "那更接近负责写的 GPT。"}),
            }),
        Choice(
            ask={"en": "What are [CLS] and [SEP]?", "zh": "[CLS] 和 [SEP] 是什么？"},
            right="added",
            options={
                "errors": Option(
                    {"en": "signs of an error", "zh": "出错的标记"},
                    {"en": "They stand in every text.", "zh": "每段文字里都有。"}),
                "words": Option(
                    {"en": "words of the sentence", "zh": "句子里的词"},
                    {"en": "You never typed them.", "zh": "你没有输入过它们。"}),
                "added": Option(
                    {"en": "tokens that the tokenizer adds", "zh": "分词器加上的词元"},
                    {"en": "One at the start, one after each sentence.", "zh": "开头一个，每句后面一个。"}),
            }),
    ),
}
