"""What the inventory asks of chapter 04: positional encoding."""

from ..question import Choice, Idea, Option

IDEAS = {
    "order": Idea(
        name={"en": "how order is known", "zh": "先后从哪里知道"},
        before=Choice(
            ask={"en": "Without positions, attention reads “dog bites man” and “man bites dog”. "
                       "For “bites” the results are …",
                 "zh": "没有位置编码，让注意力读“狗咬人”和“人咬狗”。“咬”得到的结果："},
            right="bag",
            options={
                "in_turn": Option(
                    {"en": "different: it reads from left to right", "zh": "不同：它是从左往右读的"},
                    {"en": "All words are there at once, none is read before another.",
                     "zh": "所有的词同时在场，没有先读后读。"}),
                "bag": Option(
                    {"en": "the same: all it sees is a bag of words", "zh": "相同：它看到的只是一袋词"},
                    {"en": "A word asks all words, and a sum has no order.",
                     "zh": "一个词问所有的词，而求和不分先后。"}),
                "nearness": Option(
                    {"en": "different: near words get more weight", "zh": "不同：离得近的词权重更大"},
                    {"en": "Without positions no score knows what is near.",
                     "zh": "没有位置编码，分数不知道谁近谁远。"}),
                "training": Option(
                    {"en": "different, if it has been trained enough", "zh": "不同，只要训练得够多"},
                    {"en": "Where the order is not in the numbers, no training can bring it out.",
                     "zh": "数里面没有先后，再怎么训练也出不来。"}),
            }),
        after=Choice(
            ask={"en": "A model has no positions and no mask. You shuffle the tokens of a text. "
                       "Its results …",
                 "zh": "一个模型没有位置编码，也没有掩码。把一段文字的词元打乱，它的结果："},
            right="bag",
            options={
                "in_turn": Option(
                    {"en": "change from the first moved token on, and not before it",
                     "zh": "从第一个移动的词元起都变，前面的不变"},
                    {"en": "That would need reading in turn, or a causal mask.",
                     "zh": "依次读，或者有因果掩码，才会这样。"}),
                "nearness": Option(
                    {"en": "change where a token has lost the neighbours it had",
                     "zh": "哪个词元失去了原来的邻居，哪个就变"},
                    {"en": "It does not know who is a neighbour.", "zh": "它不知道谁是邻居。"}),
                "training": Option(
                    {"en": "change more or less, as its training has taught it",
                     "zh": "变多变少，看训练教会了它多少"},
                    {"en": "There is no order in its numbers that training could have used.",
                     "zh": "它的数里没有先后，训练也无从用起。"}),
                "bag": Option(
                    {"en": "are shuffled likewise, and otherwise stay as they were",
                     "zh": "跟着同样打乱，此外没有变化"},
                    {"en": "A token gets the same vector wherever it stands.",
                     "zh": "一个词元不管站在哪里，得到的向量都一样。"}),
            })),
    "table": Idea(
        name={"en": "where BERT's positions come from", "zh": "BERT 的位置从哪里来"},
        before=Choice(
            ask={"en": "How does a BERT know that a word is the fifth?", "zh": "BERT 怎么知道一个词排在第五？"},
            right="learned",
            options={
                "sinusoidal": Option(
                    {"en": "sines and cosines, computed from 5, are added to the word's vector",
                     "zh": "词向量加上由 5 算出的正弦和余弦"},
                    {"en": "So it was in the Transformer of 2017. BERT's table is learned.",
                     "zh": "2017 年的 Transformer 是这样。BERT 的表是学来的。"}),
                "beside": Option(
                    {"en": "the number of the place is put behind the word's vector as one number "
                           "more",
                     "zh": "把位置的编号接在词向量后面，多出一个数"},
                    {"en": "Positions are added, number by number; the width stays.",
                     "zh": "位置是逐个数加上去的，宽度不变。"}),
                "counting": Option(
                    {"en": "it reads the words one after the other and keeps count of them",
                     "zh": "它一个词一个词地读，边读边数"},
                    {"en": "All words come in at once; nobody counts.", "zh": "所有的词一起进来，没有谁在数。"}),
                "learned": Option(
                    {"en": "a learned vector for the fifth place is added to the word's vector",
                     "zh": "词向量加上第五个位置的向量，那是学来的"},
                    {"en": "A table has a row for each place, and training filled it.",
                     "zh": "表里每个位置有一行，是训练填出来的。"}),
            }),
        after=Choice(
            ask={"en": "A BERT made for 512 tokens cannot read the 600th. Why?",
                 "zh": "一个最多读 512 个词元的 BERT，读不了第 600 个，为什么？"},
            right="learned",
            options={
                "sinusoidal": Option(
                    {"en": "its sines and cosines begin again after 512 places",
                     "zh": "它的正弦和余弦，过 512 个位置就重来一遍"},
                    {"en": "A BERT has no sines; and those of the paper would go on.",
                     "zh": "BERT 没有正弦；论文里的正弦倒是可以一直算下去。"}),
                "learned": Option(
                    {"en": "its table of places was learned, and has no row for it",
                     "zh": "它的位置表是学来的，没有这一行"},
                    {"en": "A row that was never learned does not exist.", "zh": "没有学过的行，根本不存在。"}),
                "beside": Option(
                    {"en": "the vectors, a number wider each place, are full",
                     "zh": "向量每过一个位置就宽一点，已经装满了"},
                    {"en": "Places are added to the vector; they take no width.",
                     "zh": "位置是加到向量上的，不占宽度。"}),
                "counting": Option(
                    {"en": "reading on and on, it has lost count by then", "zh": "一路读下去，到那里已经数不清了"},
                    {"en": "It does not read in turn, and does not count.", "zh": "它不是依次读的，也不数数。"}),
            })),
}
