"""Questions of chapter 04: positional encoding."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "same_numbers": Choice(
        right="same",
        options={
            "same": Option(
                {"en": "the same four numbers", "zh": "和刚才一样的四个数"},
                {"en": "They only stand in another row. Attention adds up, and a sum does not care for the order.",
                 "zh": "只是换到了另一行。注意力就是求和，而求和不管先后。"}),
            "others": Option(
                {"en": "other numbers", "zh": "别的数"},
                {"en": "Nothing in the computation says where a word stands.",
                 "zh": "整个计算里，没有一处说过词站在哪里。"}),
        }),
    "columns": Choice(
        right="left",
        options={
            "left": Option(
                {"en": "in the left columns", "zh": "左边的列"},
                {"en": "There stand the fast pairs, which change most from one position to the next.",
                 "zh": "左边是快的几对，从一个位置到下一个位置变化最大。"}),
            "middle": Option(
                {"en": "in the middle", "zh": "中间"},
                {"en": "They change, but slowly: it takes several positions to see it.",
                 "zh": "中间也变，但变得慢，隔几个位置才看得出来。"}),
            "right": Option(
                {"en": "on the right", "zh": "右边"},
                {"en": "The slowest pairs stand there: within 64 positions they hardly move.",
                 "zh": "右边是最慢的几对：在 64 个位置里几乎不动。"}),
        }),
    "dots": Choice(
        right="equal",
        options={
            "first": Option(
                {"en": "3 and 10", "zh": "3 和 10"},
                {"en": "Only the difference comes in, and it is 7 both times.",
                 "zh": "起作用的只有差，而两次的差都是 7。"}),
            "second": Option(
                {"en": "40 and 47", "zh": "40 和 47"},
                {"en": "Only the difference comes in, and it is 7 both times.",
                 "zh": "起作用的只有差，而两次的差都是 7。"}),
            "equal": Option(
                {"en": "they are equal", "zh": "一样大"},
                {"en": "Both pairs are 7 apart.", "zh": "两对都相距 7。"}),
        }),
    "stripes": Choice(
        right="no",
        options={
            "yes": Option(
                {"en": "yes, like the sines", "zh": "会，和正弦一样"},
                {"en": "Nobody told training which number to use for what; waves are one solution of many.",
                 "zh": "没有人告诉训练哪个数该管什么；波只是许多办法中的一种。"}),
            "no": Option(
                {"en": "no", "zh": "不会"},
                {"en": "No stripes side by side; but down a column a colour often goes on for some rows.",
                 "zh": "没有并排的条纹；不过顺着一列往下看，同一种颜色常会延续几行。"}),
        }),
    "shuffled": Choice(
        right="no",
        options={
            "yes": Option(
                {"en": "yes: the words are all there", "zh": "猜得出：词都还在"},
                {"en": "They are, but it no longer knows which of them stands before the gap.",
                 "zh": "词确实都在，可它不知道空格前面是哪一个了。"}),
            "no": Option(
                {"en": "no", "zh": "猜不出"},
                {"en": "The right character falls from nearly 1 to almost 0, though every word is still there.",
                 "zh": "对的字从接近 1 掉到几乎是 0，虽然每个词都还在。"}),
        }),
    "further": Choice(
        right="hardly",
        options={
            "much": Option(
                {"en": "as bad as the shuffle", "zh": "和打乱一样糟"},
                {"en": "Then it would use the places themselves. It uses the distances between them.",
                 "zh": "那就说明它用的是位置本身。其实它用的是位置之间的距离。"}),
            "hardly": Option(
                {"en": "hardly any change", "zh": "几乎不变"},
                {"en": "All distances are right, and the distances are what its heads use most.",
                 "zh": "距离全对，而各个头用得最多的正是距离。"}),
            "better": Option(
                {"en": "better than before", "zh": "比以前还好"},
                {"en": "It was trained with sentences that begin at 0; why should it be better?",
                 "zh": "训练时句子都从 0 开始，怎么会更好呢？"}),
        }),
    "two_layers": Choice(
        right="yes",
        options={
            "no": Option(
                {"en": "no: a mask is no position", "zh": "不会：掩码不是位置"},
                {"en": "After one layer the two words before it differ by their order, and the second layer sees "
                       "that.",
                 "zh": "过了一层，前面两个词已经因先后而不同，第二层看得见这一点。"}),
            "yes": Option(
                {"en": "yes", "zh": "会"},
                {"en": "The first layer makes the two earlier words different, the second one passes it on.",
                 "zh": "第一层让前面两个词变得不同，第二层把这个差别传了过来。"}),
        }),
    "runs": Essay(
        least=40,
        why={"en": "That it uses where each token stands has nearly fallen: told places five further, it lost at "
                   "most about half a bit. Mirrored, with every distance as it was, it lost nine bits and more: "
                   "who comes before whom counts most. Stretched, with the order as it was, it lost from next to "
                   "nothing to 2.7 bits, so distances count too, or the rows further down the table are bad. To "
                   "tell these two apart a fourth run is needed: moved as far down as the stretched ones, and not "
                   "stretched.",
             "zh": "“用的是站在哪里”几乎站不住了：位置都往后挪 5，最多也就丢大约半个比特。翻转时距离全都没变，"
                   "却丢了九个比特以上：最要紧的是谁在谁前面。拉长时先后没变，从几乎不丢到丢 2.7 个比特："
                   "可见距离也有用，或者是表里靠后的行本来就不好。要分清这两样，还得做第四次运行："
                   "挪到和拉长时一样靠后，但不拉长。"}),
    "endless": Essay(
        least=40,
        why={"en": "The sinusoidal encoding belongs to the Transformer of 2017; BERT's positions are a learned "
                   "table, and it ends (len(table) says where). There is no row for position 5,000, so the model "
                   "cannot even begin; and the rows near the end were seldom trained. Cut the text into overlapping "
                   "pieces, or take a model with rotary positions that was trained on long texts.",
             "zh": "正弦编码是 2017 年那个 Transformer 的；BERT 的位置是一张学来的表，而且有尽头（len(table) "
                   "就是它的行数）。第 5000 个位置没有对应的行，模型根本没法开始；靠近末尾的行也很少被训练到。"
                   "可以把文本切成有重叠的几段，或者换一个在长文本上训练过、用旋转位置编码的模型。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "Without a mask, may the first token look at the last?",
                 "zh": "没有掩码时，第一个词元可以看最后一个吗？"},
            right="yes",
            options={
                "yes": Option(
                    {"en": "yes", "zh": "可以"},
                    {"en": "In a BERT every token sees every token.", "zh": "在 BERT 里，每个词元都看得见所有词元。"}),
                "no": Option(
                    {"en": "no", "zh": "不可以"},
                    {"en": "Only a causal mask forbids it.", "zh": "只有因果掩码才不许。"}),
            }),
        Choice(
            ask={"en": "From what are query, key and value made?", "zh": "查询、键、值由什么算出？"},
            right="same",
            options={
                "weights": Option(
                    {"en": "from the weights", "zh": "由权重"},
                    {"en": "The weights are made from them.", "zh": "权重才是由它们算出的。"}),
                "three": Option(
                    {"en": "from three words", "zh": "三个词"},
                    {"en": "Each token has all three.", "zh": "每个词元三样都有。"}),
                "same": Option(
                    {"en": "from the same vector, by three matrices", "zh": "同一个向量，用三个矩阵"},
                    {"en": "Three readings of x.", "zh": "是 x 的三种读法。"}),
            }),
        Choice(
            ask={"en": "What is the residual stream?", "zh": "残差流是什么？"},
            right="sum",
            options={
                "error": Option(
                    {"en": "what the model gets wrong", "zh": "模型的误差"},
                    {"en": "The word is used for other things elsewhere.", "zh": "别处这个词另有用法。"}),
                "sum": Option(
                    {"en": "a token’s vector, to which each part adds", "zh": "词元的向量，各部分都往里加"},
                    {"en": "Heads and feed-forward networks only pour in.", "zh": "头和前馈网络只往里倒。"}),
                "loss": Option(
                    {"en": "the loss", "zh": "损失"},
                    {"en": "That comes with training.", "zh": "那是训练时的事。"}),
            }),
        Choice(
            ask={"en": "A head gives 0.9 to the token before it, in every text. How can it know which that is?",
                 "zh": "一个头在任何文字里都给前一个词元 0.9。它怎么知道哪个是前一个？"},
            right="positions",
            options={
                "positions": Option(
                    {"en": "from something added to the embeddings", "zh": "靠加在嵌入上的某种东西"},
                    {"en": "That is the subject now.", "zh": "现在就讲它。"}),
                "order": Option(
                    {"en": "attention reads from left to right", "zh": "注意力从左往右读"},
                    {"en": "It does not: this chapter shows it.", "zh": "并不是：这一章就要说明。"}),
                "mask": Option(
                    {"en": "from the mask", "zh": "靠掩码"},
                    {"en": "A BERT has none.", "zh": "BERT 没有掩码。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Shuffle the tokens that go into attention without positions. What comes out?",
                 "zh": "没有位置，把送进注意力的词元打乱，出来的是："},
            right="shuffled",
            options={
                "same": Option(
                    {"en": "the same, unshuffled", "zh": "不变，也不打乱"},
                    {"en": "Each row goes with its token.", "zh": "每一行跟着自己的词元走。"}),
                "other": Option(
                    {"en": "other rows", "zh": "不同的行"},
                    {"en": "Nothing in it knows a place.", "zh": "里面没有什么知道位置。"}),
                "shuffled": Option(
                    {"en": "the same rows, shuffled alike", "zh": "同样的行，也跟着打乱"},
                    {"en": "A sum does not care for the order.", "zh": "求和不管先后。"}),
            }),
        Choice(
            ask={"en": "Two frequencies, a fast and a slow. What is the slow one for?",
                 "zh": "一快一慢两种频率，慢的有什么用？"},
            right="far",
            options={
                "far": Option(
                    {"en": "to tell far places apart", "zh": "分清相距远的位置"},
                    {"en": "The fast one has come round many times by then.", "zh": "到那时快的早已转过许多圈。"}),
                "near": Option(
                    {"en": "to tell neighbours apart", "zh": "分清相邻的位置"},
                    {"en": "It hardly moves from one to the next.", "zh": "它在相邻位置之间几乎不动。"}),
                "none": Option(
                    {"en": "it is a spare", "zh": "备用的"},
                    {"en": "One alone would repeat.", "zh": "只有一种就会重复。"}),
            }),
        Choice(
            ask={"en": "PE at p and at p + 3: what takes one to the other?",
                 "zh": "从 p 处的编码到 p + 3 处，用什么变过去？"},
            right="rotation",
            options={
                "rotation": Option(
                    {"en": "a rotation that does not know p", "zh": "一个与 p 无关的旋转"},
                    {"en": "Each pair turns by its own angle.", "zh": "每一对转自己的角度。"}),
                "addition": Option(
                    {"en": "adding 3", "zh": "加上 3"},
                    {"en": "The vector turns, it does not grow.", "zh": "向量在转，没有变长。"}),
                "p": Option(
                    {"en": "a matrix that depends on p", "zh": "一个随 p 而变的矩阵"},
                    {"en": "It depends on the 3 alone.", "zh": "它只取决于 3。"}),
            }),
        Choice(
            ask={"en": "BERT’s positions are …", "zh": "BERT 的位置是："},
            right="learned",
            options={
                "rotary": Option(
                    {"en": "rotary", "zh": "旋转的"},
                    {"en": "Those came later.", "zh": "那是后来的事。"}),
                "sine": Option(
                    {"en": "sines and cosines", "zh": "正弦和余弦"},
                    {"en": "Those are the Transformer’s of 2017.", "zh": "那是 2017 年 Transformer 的。"}),
                "learned": Option(
                    {"en": "a learned table", "zh": "一张学来的表"},
                    {"en": "One vector a place, shaped by training.", "zh": "每个位置一个向量，由训练塑造。"}),
            }),
        Choice(
            ask={"en": "Rotary positions act on …", "zh": "旋转位置编码作用于："},
            right="qk",
            options={
                "embeddings": Option(
                    {"en": "the embeddings", "zh": "嵌入"},
                    {"en": "Nothing is added there.", "zh": "那里什么也没有加。"}),
                "qk": Option(
                    {"en": "queries and keys, in every layer", "zh": "每一层的查询和键"},
                    {"en": "Values are left alone.", "zh": "值不动。"}),
                "values": Option(
                    {"en": "the values", "zh": "值"},
                    {"en": "Only queries and keys are turned.", "zh": "转的只有查询和键。"}),
            }),
        Choice(
            ask={"en": "All positions of a BERT are told 5 more. The guess …",
                 "zh": "把 BERT 的所有位置都加 5，猜测会："},
            right="hardly",
            options={
                "hardly": Option(
                    {"en": "hardly changes", "zh": "几乎不变"},
                    {"en": "The distances are right.", "zh": "距离没有错。"}),
                "lost": Option(
                    {"en": "is lost, as with a shuffle", "zh": "和打乱一样猜不出"},
                    {"en": "A shuffle spoils the distances.", "zh": "打乱才会弄坏距离。"}),
                "error": Option(
                    {"en": "is an error", "zh": "报错"},
                    {"en": "There are rows for it.", "zh": "表里有这些行。"}),
            }),
        Choice(
            ask={"en": "Does a causal mask tell places?", "zh": "因果掩码能说出位置吗？"},
            right="layers",
            options={
                "exactly": Option(
                    {"en": "exactly, from the first layer", "zh": "能，第一层就准确知道"},
                    {"en": "One layer alone does not notice the order of those before.",
                     "zh": "只有一层时，前面谁先谁后它察觉不到。"}),
                "never": Option(
                    {"en": "never", "zh": "不能"},
                    {"en": "After two layers it does.", "zh": "过了两层就能。"}),
                "layers": Option(
                    {"en": "a little, and more with each layer", "zh": "能一点，层数越多越能"},
                    {"en": "One even head over a marked first token already counts: 1, 1/2, 1/3.",
                     "zh": "一个平均的头加上有标记的第一个词元，就会数数：1、1/2、1/3。"}),
            }),
        Choice(
            ask={"en": "“Sinusoidal positions never end, so I give BERT 5,000 tokens.”",
                 "zh": "“正弦位置没有尽头，所以我给 BERT 5000 个词元。”"},
            right="table",
            options={
                "fine": Option(
                    {"en": "that is fine", "zh": "可以"},
                    {"en": "There is no row for position 5,000.", "zh": "第 5000 个位置没有对应的行。"}),
                "slow": Option(
                    {"en": "it only takes long", "zh": "只是慢一点"},
                    {"en": "It cannot even begin.", "zh": "它根本没法开始。"}),
                "table": Option(
                    {"en": "BERT’s table ends", "zh": "BERT 的表有尽头"},
                    {"en": "And its positions are no sines.", "zh": "而且它的位置不是正弦。"}),
            }),
    ),
}
