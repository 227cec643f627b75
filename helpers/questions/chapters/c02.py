"""Questions of chapter 02: multi-head attention."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "neighbour": Choice(
        right="no",
        options={
            "yes": Option(
                {"en": "yes, by undoing the average", "zh": "看得出，把平均倒着算回去"},
                {"en": "Two unknowns, one equation: many pairs give 2.6.",
                 "zh": "两个未知数，一个方程：许多对数都得出 2.6。"}),
            "no": Option(
                {"en": "no: several pairs give 2.6", "zh": "看不出：好几对数都得出 2.6"},
                {"en": "Two numbers went into one. That holds for any weights, so a single head cannot keep both "
                       "answers.",
                 "zh": "两个数合成了一个。不管权重是多少都一样，所以一个头留不住两个答案。"}),
            "weights": Option(
                {"en": "yes, if the weights are known", "zh": "知道权重就看得出"},
                {"en": "They are known here, 0.7 and 0.3, and it does not help.",
                 "zh": "这里权重是知道的，0.7 和 0.3，还是没用。"}),
        }),
    "two_opinions": Choice(
        right="ran_itself",
        options={
            "ran_itself": Option(
                {"en": "head 0: ran; head 1: itself", "zh": "头 0：ran；头 1：自己"},
                {"en": "In head 0 only ran has a large second number; in head 1 its own key has 2 and 1.",
                 "zh": "在头 0 里，只有 ran 的第二个数大；在头 1 里，它自己的键是 2 和 1。"}),
            "ran_ran": Option(
                {"en": "ran in both", "zh": "两个头都看 ran"},
                {"en": "The wide head did. Cut in two, the second half of its own key fits better: 2 + 1 against 0 + "
                       "2.",
                 "zh": "那个宽的头是这样。切成两半之后，它自己的键的后半更合：2 + 1 对 0 + 2。"}),
            "itself_ran": Option(
                {"en": "head 0: itself; head 1: ran", "zh": "头 0：自己；头 1：ran"},
                {"en": "The other way round: in head 0 its own key has a 0 where its query has the 1.",
                 "zh": "正好相反：在头 0 里，它的查询是 1 的地方，自己的键是 0。"}),
        }),
    "cut": Choice(
        right="rows_columns",
        options={
            "same": Option(
                {"en": "the same both times", "zh": "两次一样"},
                {"en": "Both have the right shape, and only one has the right numbers.",
                 "zh": "两种形状都对，数对的只有一种。"}),
            "rows_columns": Option(
                {"en": "first: tokens mixed up; second: two columns of every token",
                 "zh": "第一种：词元混在一起；第二种：每个词元的两列"},
                {"en": "reshape reads on line by line, over the border between tokens. No error warns you.",
                 "zh": "reshape 一行接一行地读，跨过了词元之间的边界，而且不会报错。"}),
            "columns_rows": Option(
                {"en": "first: two columns of every token; second: tokens mixed up",
                 "zh": "第一种：每个词元的两列；第二种：词元混在一起"},
                {"en": "The other way round: reshape alone knows nothing of columns.",
                 "zh": "正好相反：单用 reshape，它不知道什么是列。"}),
        }),
    "double": Choice(
        right="same",
        options={
            "twice": Option(
                {"en": "twice as many", "zh": "两倍"},
                {"en": "There are more heads, but each is half as wide.", "zh": "头多了，可每个头只有一半宽。"}),
            "same": Option(
                {"en": "as many", "zh": "不变"},
                {"en": "The matrices keep their size, d_model × d_model; they are only cut more finely.",
                 "zh": "矩阵的大小不变，还是 d_model × d_model，只是切得更细。"}),
            "half": Option(
                {"en": "half as many", "zh": "一半"},
                {"en": "Nothing is saved either: all columns are still there.",
                 "zh": "也没有省下什么：所有的列都还在。"}),
        }),
    "share_of_bert": Choice(
        right="quarter",
        options={
            "tenth": Option(
                {"en": "a tenth", "zh": "十分之一"},
                {"en": "It is more: four matrices of 768 × 768 in each of twelve layers.",
                 "zh": "不止：十二层，每层四个 768 × 768 的矩阵。"}),
            "quarter": Option(
                {"en": "a quarter", "zh": "四分之一"},
                {"en": "26 %. The feed-forward networks have twice as many, the word table most of the rest.",
                 "zh": "26%。前馈网络是它的两倍，剩下的大半是词嵌入表。"}),
            "half": Option(
                {"en": "a half", "zh": "一半"},
                {"en": "One would think so from the name. The feed-forward networks have twice as many as attention.",
                 "zh": "听名字会这样想。可是前馈网络的参数是注意力的两倍。"}),
        }),
    "birth": Choice(
        right="at_once",
        options={
            "little": Option(
                {"en": "little by little", "zh": "一点一点"},
                {"en": "So one would expect. The share stays near 0.05 for hundreds of steps, then jumps.",
                 "zh": "按理会这样想。可这个占比有几百步都在 0.05 上下，然后一下子跳了上去。"}),
            "at_once": Option(
                {"en": "nothing for long, then quickly", "zh": "很久没有动静，然后很快"},
                {"en": "From 0.14 to 0.72 between two looks.", "zh": "前后两次记录之间，从 0.14 到 0.72。"}),
            "from_start": Option(
                {"en": "it is there from the start", "zh": "一开始就有"},
                {"en": "At step 0 the weights are random numbers; no head does anything.",
                 "zh": "第 0 步时权重都是随机数，没有哪个头会做什么。"}),
        }),
    "sides": Choice(
        right="none",
        options={
            "many": Option(
                {"en": "many, from every layer", "zh": "很多，各层都有"},
                {"en": "A famous picture suggests so. Count.", "zh": "那张有名的图会让人这样以为。数一数就知道。"}),
            "few": Option(
                {"en": "a few of the later layers", "zh": "靠后的层里有几个"},
                {"en": "In a larger model, perhaps. With this small one none does.",
                 "zh": "换成大模型也许会有。这个小模型里一个也没有。"}),
            "none": Option(
                {"en": "none", "zh": "一个也没有"},
                {"en": "None in this model. And layer 0 cannot: its queries and keys have not heard of the last word "
                       "yet.",
                 "zh": "在这个模型里一个也没有。第 0 层根本不可能：它的查询和键还没听说过最后那个词。"}),
        }),
    "switch_off": Choice(
        right="other",
        options={
            "same": Option(
                {"en": "it stays the same", "zh": "不变"},
                {"en": "With many heads it would. This one is what finishes the word 昨天.",
                 "zh": "关掉许多别的头，确实不变。可是靠它才接得上“昨天”这个词。"}),
            "other": Option(
                {"en": "another character comes first", "zh": "换成了别的字"},
                {"en": "The head looks one token back, from the gap to 昨; without it the model no longer sees what "
                       "the word began with.",
                 "zh": "这个头看前一个词元，也就是从空格看到“昨”；没有它，模型就看不见这个词是怎么开头的。"}),
            "noise": Option(
                {"en": "it says nothing sensible", "zh": "说不出像样的字"},
                {"en": "It still makes a guess that fits the sentence, from all the other heads.",
                 "zh": "它照样猜得出一个放在句子里说得通的字，靠的是其余的头。"}),
        }),
    "missed": Choice(
        right="other",
        options={
            "other": Option(
                {"en": "a head that looks at the other sentence", "zh": "看另一句的头"},
                {"en": "The word stands there. The two dearest heads give most of their weight across.",
                 "zh": "那个词就在另一句里。代价最大的两个头，大部分权重都给了另一句。"}),
            "previous": Option(
                {"en": "the previous-token head", "zh": "前一词元头"},
                {"en": "It comes fourth: useful, but the word is not in front of the gap, it is across.",
                 "zh": "它排第四：有用，可要找的词不在空格前面，而在另一句里。"}),
            "special": Option(
                {"en": "a head that rests on [CLS] or [SEP]", "zh": "歇在 [CLS] 或 [SEP] 上的头"},
                {"en": "Most of those hardly matter here.", "zh": "这类头在这里大多无关紧要。"}),
        }),
    "together": Choice(
        right="sum",
        options={
            "sum": Option(
                {"en": "about the sum of the three", "zh": "大约是三个之和"},
                {"en": "If each did its own work. Now compare the two lines: one text comes near it, the other does "
                       "not at all.",
                 "zh": "如果各干各的活，就是这样。比一比两行：一段文字差不多，另一段差得远。"}),
            "least": Option(
                {"en": "as much as the dearest of them", "zh": "和代价最大的那个一样"},
                {"en": "That would mean that the other two do nothing beside it.",
                 "zh": "那等于说，有了它，另外两个什么也不做。"}),
            "less": Option(
                {"en": "less than the sum", "zh": "比三个之和小"},
                {"en": "That would be so if they did the same work twice over. Look at the second text: it is far "
                       "more than the sum.",
                 "zh": "如果几个头做的是重复的活，会这样。看看第二段文字：比三个之和大得多。"}),
        }),
    "judge": Choice(
        right="differ",
        options={
            "last": Option(
                {"en": "the last layer does both better", "zh": "两样都是最后一层更好"},
                {"en": "It finds the decisive token more often, but ranks all tokens worse in four texts of five.",
                 "zh": "它更常找对关键的词元，可是五段文字里有四段，整体排序更差。"}),
            "rollout": Option(
                {"en": "rollout does both better", "zh": "两样都是展开更好"},
                {"en": "It ranks all tokens better four times of five, and never finds the decisive one first.",
                 "zh": "五次里有四次整体排得更准，可是一次也没有把关键的词元排第一。"}),
            "differ": Option(
                {"en": "one each", "zh": "各有所长"},
                {"en": "So two ways of reading the same weights disagree. Only the experiment decides.",
                 "zh": "同样的权重，两种读法说法不一。只有实验能定论。"}),
        }),
    "useless": Essay(
        least=40,
        why={"en": "It shows that on this one text the guess does not hang on this head alone. Another head may "
                   "stand in for it, or this text may not need what it does. Switch it off together with the heads "
                   "that resemble it, and on many texts; measure the change of the probabilities, not only whether "
                   "the first guess stays. And the other way round: a loss does not yet say what the head does, for "
                   "zeros are something the rest of the model never met in training.",
             "zh": "这说明在这一段文字上，猜测不单单靠这个头。可能有别的头替补，也可能这段文字用不着它做的事。"
                   "应该把它和相像的头一起关掉，并且换许多段文字来试；要量概率变了多少，而不只是看第一个猜测变没变。"
                   "反过来也一样：有代价，还不等于知道这个头在做什么，因为模型的其余部分在训练时从没见过全是 0 "
                   "的输入。"}),
    "reasons": Essay(
        why={"en": "Two good reasons are often: the word before it, to see what phrase it belongs to; and the word "
                   "that says the same in the other sentence. One row of weights would have to serve both.",
             "zh": "常见的两个理由：看前面那个词，好知道它属于哪个短语；看另一句里意思相同的词，好确认它说的是什么。"
                   "可一行权重得同时照顾两样。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "A row of weights before softmax is called …", "zh": "softmax 之前的那一行叫什么？"},
            right="scores",
            options={
                "scores": Option(
                    {"en": "scores", "zh": "分数"},
                    {"en": "q·k / √d; after softmax they are weights.", "zh": "q·k / √d；softmax 之后才叫权重。"}),
                "values": Option(
                    {"en": "values", "zh": "值"},
                    {"en": "Those are what is handed over.", "zh": "值是交出来的东西。"}),
                "logits": Option(
                    {"en": "logits", "zh": "logits"},
                    {"en": "We keep that word for the vocabulary.", "zh": "这个词我们只用于词表。"}),
            }),
        Choice(
            ask={"en": "Which gets −∞: a hidden key’s score or its weight?",
                 "zh": "被遮住的键，−∞ 的是分数还是权重？"},
            right="score",
            options={
                "weight": Option(
                    {"en": "its weight", "zh": "权重"},
                    {"en": "A weight lies between 0 and 1.", "zh": "权重在 0 和 1 之间。"}),
                "score": Option(
                    {"en": "its score", "zh": "分数"},
                    {"en": "Its weight then is exactly 0.", "zh": "于是权重正好是 0。"}),
            }),
        Choice(
            ask={"en": "Four keys, all with the same score. Each weight is …",
                 "zh": "四个键，分数都相同。每个权重是多少？"},
            right="quarter",
            options={
                "quarter": Option(
                    {"en": "0.25", "zh": "0.25"},
                    {"en": "Whatever that score is.", "zh": "不管分数是多少。"}),
                "one": Option(
                    {"en": "1", "zh": "1"},
                    {"en": "They share one whole.", "zh": "它们分的是一份。"}),
                "depends": Option(
                    {"en": "it depends on the score", "zh": "看分数是多少"},
                    {"en": "Softmax hears differences only.", "zh": "softmax 只看差别。"}),
            }),
        Choice(
            ask={"en": "The context of a token is …", "zh": "一个词元的上下文向量是什么？"},
            right="sum",
            options={
                "query": Option(
                    {"en": "its query", "zh": "它的查询"},
                    {"en": "That is the question, not the answer.", "zh": "那是提问，不是答案。"}),
                "sum": Option(
                    {"en": "the weighted sum of the values", "zh": "值的加权和"},
                    {"en": "With its own row of weights.", "zh": "用的是它自己那一行权重。"}),
                "neighbours": Option(
                    {"en": "the tokens beside it", "zh": "它旁边的词元"},
                    {"en": "All tokens can take part, near or far.", "zh": "远近的词元都可以参与。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Twelve heads in d_model = 768. How wide is a head?",
                 "zh": "d_model = 768，12 个头，每个头多宽？"},
            right="sixtyfour",
            options={
                "twelve": Option(
                    {"en": "12", "zh": "12"},
                    {"en": "That is how many there are.", "zh": "那是头的个数。"}),
                "sixtyfour": Option(
                    {"en": "64", "zh": "64"},
                    {"en": "768 / 12.", "zh": "768 / 12。"}),
                "same": Option(
                    {"en": "768", "zh": "768"},
                    {"en": "The heads share the width.", "zh": "各个头分这个宽度。"}),
            }),
        Choice(
            ask={"en": "What does a head read of a word?", "zh": "一个头读的是词的哪一部分？"},
            right="whole",
            options={
                "whole": Option(
                    {"en": "the whole vector, through its own matrices", "zh": "整个向量，用它自己的矩阵来读"},
                    {"en": "Its columns of W_Q, W_K and W_V.", "zh": "也就是 W_Q、W_K、W_V 里它的那几列。"}),
                "slice": Option(
                    {"en": "its own slice of the word vector", "zh": "词向量里属于它的那一段"},
                    {"en": "Cut are queries, keys and values; each of their numbers was made from the whole vector.",
                     "zh": "切开的是查询、键和值，它们的每个数都由整个向量算出。"}),
                "none": Option(
                    {"en": "nothing, it reads the other heads", "zh": "什么也不读，它读别的头"},
                    {"en": "Heads of one layer work side by side.", "zh": "同一层的头是并排工作的。"}),
            }),
        Choice(
            ask={"en": "What is W_O for?", "zh": "W_O 有什么用？"},
            right="join",
            options={
                "scale": Option(
                    {"en": "it scales the scores", "zh": "缩放分数"},
                    {"en": "That is 1/√d.", "zh": "那是 1/√d。"}),
                "join": Option(
                    {"en": "it lets every number of the result draw on every head",
                     "zh": "让结果的每个数都能从每个头取一点"},
                    {"en": "Side by side is not yet together.", "zh": "并排还不等于汇合。"}),
                "average": Option(
                    {"en": "it averages the heads", "zh": "给各个头求平均"},
                    {"en": "It learns how to mix them, each number differently.",
                     "zh": "它学的是怎样混合，每个数各不相同。"}),
            }),
        Choice(
            ask={"en": "reshape(n_heads, n_tokens, d_head) in place of a split gives …",
                 "zh": "用 reshape(n_heads, n_tokens, d_head) 来拆分，结果是："},
            right="mixed",
            options={
                "mixed": Option(
                    {"en": "the right shape with tokens mixed up", "zh": "形状对，词元却混在一起"},
                    {"en": "No error tells you.", "zh": "不会报错。"}),
                "error": Option(
                    {"en": "an error", "zh": "报错"},
                    {"en": "The number of numbers is right, so it runs.", "zh": "数的个数对得上，所以照样运行。"}),
                "same": Option(
                    {"en": "the same", "zh": "一样的结果"},
                    {"en": "Only with one token, or one head.", "zh": "只有一个词元或一个头时才一样。"}),
            }),
        Choice(
            ask={"en": "A head gives 0.30 to the token before. What do you need to know first?",
                 "zh": "一个头给前一个词元 0.30。首先还得知道什么？"},
            right="chance",
            options={
                "layer": Option(
                    {"en": "which layer it is in", "zh": "在哪一层"},
                    {"en": "That comes later.", "zh": "这是后话。"}),
                "chance": Option(
                    {"en": "what chance would give", "zh": "随机水平是多少"},
                    {"en": "In a text of three tokens 0.30 is nothing.",
                     "zh": "只有三个词元时，0.30 什么也说明不了。"}),
                "value": Option(
                    {"en": "the value of that token", "zh": "那个词元的值"},
                    {"en": "For its effect, yes; not for the share.", "zh": "要看作用时才需要，看占比用不着。"}),
            }),
        Choice(
            ask={"en": "A head is switched off and nothing happens. It follows that …",
                 "zh": "关掉一个头，什么也没发生。可见："},
            right="this_text",
            options={
                "useless": Option(
                    {"en": "it is useless", "zh": "它没有用"},
                    {"en": "Others may stand in for it.", "zh": "也许有别的头替补。"}),
                "rest": Option(
                    {"en": "the other heads are useless", "zh": "别的头没有用"},
                    {"en": "Nothing was learnt about them.", "zh": "关于别的头，什么也没测。"}),
                "this_text": Option(
                    {"en": "on this text the guess does not hang on it alone", "zh": "在这段文字上，猜测不单靠它"},
                    {"en": "Switch it off together with its likes, on many texts.",
                     "zh": "把它和相像的头一起关掉，换许多文字再试。"}),
            }),
        Choice(
            ask={"en": "Rollout multiplies averaged weights. What does it not know?",
                 "zh": "展开把平均后的权重乘起来。它不知道什么？"},
            right="values",
            options={
                "layers": Option(
                    {"en": "that there are layers", "zh": "有好几层"},
                    {"en": "It multiplies one table a layer.", "zh": "它每一层乘一张表。"}),
                "values": Option(
                    {"en": "what the values bring", "zh": "值带来了什么"},
                    {"en": "Nor what the feed-forward networks do.", "zh": "也不知道前馈网络做了什么。"}),
                "rows": Option(
                    {"en": "that rows sum to 1", "zh": "每行之和是 1"},
                    {"en": "Its rows do too.", "zh": "它的每行之和也是 1。"}),
            }),
        Choice(
            ask={"en": "Head 3 of layer 1 and head 3 of layer 2 …", "zh": "第 1 层的头 3 和第 2 层的头 3："},
            right="nothing",
            options={
                "next": Option(
                    {"en": "hand on to each other", "zh": "前一个交给后一个"},
                    {"en": "Every head reads what all heads before wrote.", "zh": "每个头读的都是前面所有头写下的。"}),
                "same": Option(
                    {"en": "do the same", "zh": "做同样的事"},
                    {"en": "The numbers are names without meaning.", "zh": "编号没有含义。"}),
                "nothing": Option(
                    {"en": "have no more to do with each other than others", "zh": "没有特别的关系"},
                    {"en": "Deal the heads out in another order, and the output is the same.",
                     "zh": "把头换个次序，输出不变。"}),
            }),
    ),
}
