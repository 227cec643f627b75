"""Questions of chapter 03: query, key, value."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "hidden_sentence": Choice(
        right="worse",
        options={
            "same": Option(
                {"en": "the same guess: English is enough", "zh": "不变：有英文就够了"},
                {"en": "The sentence allows many things: desk, table, street.",
                 "zh": "这句话里能填的太多了：桌子、街上……"}),
            "worse": Option(
                {"en": "another word, and less sure", "zh": "换了别的词，也没那么有把握"},
                {"en": "Then what it knew came from the other sentence, and something carried it over.",
                 "zh": "可见它知道的东西来自另一句，而且有什么把它搬了过来。"}),
            "none": Option(
                {"en": "it cannot guess any more", "zh": "猜不出来了"},
                {"en": "It always guesses something; it has the rest of the first sentence.",
                 "zh": "它总会猜点什么：第一句的其余部分还在。"}),
        }),
    "toy": Choice(
        right="bed_soft",
        options={
            "bed_place": Option(
                {"en": "it finds bed and gets “place”", "zh": "找到 bed，拿到“地点”"},
                {"en": "It finds bed by that label, but a label is not handed over.",
                 "zh": "它是凭这个标签找到 bed 的，可标签并不会交出来。"}),
            "bed_soft": Option(
                {"en": "it finds bed and gets “soft”", "zh": "找到 bed，拿到“软”"},
                {"en": "Found by the key, handed the value.", "zh": "凭键找到，拿到的是值。"}),
            "dog_alive": Option(
                {"en": "it finds dog and gets “alive”", "zh": "找到 dog，拿到“活的”"},
                {"en": "The gap asks for a place, and dog's label is animal.",
                 "zh": "空问的是地点，而 dog 的标签是动物。"}),
        }),
    "content": Choice(
        right="content",
        options={
            "both": Option(
                {"en": "both", "zh": "两样都变"},
                {"en": "The weights are made from queries and keys alone; no value comes into them.",
                 "zh": "权重只由查询和键算出，与值无关。"}),
            "content": Option(
                {"en": "only what is handed over", "zh": "只有交过来的变"},
                {"en": "Query and key decide where from, the value decides what.",
                 "zh": "查询和键决定从哪里拿，值决定拿到什么。"}),
            "weights": Option(
                {"en": "only the weights", "zh": "只有权重变"},
                {"en": "The other way round.", "zh": "正好相反。"}),
        }),
    "decided": Choice(
        right="word",
        options={
            "word": Option(
                {"en": "on the word that fills the gap", "zh": "在能填进空里的那个词上"},
                {"en": "The head looks for the Chinese word of what is missing, and finds it: a weight near 1.",
                 "zh": "这个头在找所缺那个词的中文，而且找到了：权重接近 1。"}),
            "neighbour": Option(
                {"en": "on the word before the gap", "zh": "在空前面的那个词上"},
                {"en": "Other heads do that. These were ranked by how much they look at the other sentence.",
                 "zh": "那是别的头。这里是按看另一句有多少来排名的。"}),
            "special": Option(
                {"en": "on [SEP]", "zh": "在 [SEP] 上"},
                {"en": "A head with nothing to find often rests there; this one has something to find.",
                 "zh": "没东西可找的头常歇在那里；这个头有东西可找。"}),
        }),
    "few": Choice(
        right="few",
        options={
            "few": Option(
                {"en": "by a few", "zh": "靠少数几个"},
                {"en": "Six of 32 make about three quarters of it.", "zh": "32 个里的 6 个，占了大约四分之三。"}),
            "all": Option(
                {"en": "by all of them a little", "zh": "每个都出一点力"},
                {"en": "Some are near 0, and the six largest make about three quarters.",
                 "zh": "有些接近 0，最大的六个就占了大约四分之三。"}),
            "one": Option(
                {"en": "by one alone", "zh": "只靠一个"},
                {"en": "No: the largest makes about a fifth.", "zh": "不是：最大的一个也只占五分之一左右。"}),
        }),
    "in_words": Choice(
        right="bed",
        options={
            "bed": Option(
                {"en": "the word that fills the gap", "zh": "能填进空里的那个词"},
                {"en": "What it brought is the value of 床, and after W_O it reads as bed, in both languages.",
                 "zh": "它搬来的是“床”的值，经过 W_O 就念成了 bed，两种语言都有。"}),
            "gap": Option(
                {"en": "[MASK], the token it was made for", "zh": "[MASK]，也就是它所属的词元"},
                {"en": "The query asks for the gap, but what arrives is another token's value.",
                 "zh": "提问的是这个空，可到达的是另一个词元的值。"}),
            "nothing": Option(
                {"en": "nothing that can be read", "zh": "什么也念不出来"},
                {"en": "So it is with the other heads of this layer; this one carries a word.",
                 "zh": "同一层别的头是这样；这一个搬的是一个词。"}),
        }),
    "no_root": Choice(
        right="less_sure",
        options={
            "same": Option(
                {"en": "nothing changes: the order stays", "zh": "什么也不变：大小次序没变"},
                {"en": "The order of the scores stays, but softmax hears only the first of them.",
                 "zh": "分数的次序没变，可 softmax 几乎只听第一名的了。"}),
            "less_sure": Option(
                {"en": "it is less sure of its word", "zh": "对自己的词没那么有把握"},
                {"en": "Every row is too concentrated, and the second choices that it had learnt to use fall silent.",
                 "zh": "每一行都过于集中，它学会依靠的第二、第三选择几乎拿不到权重了。"}),
            "more_sure": Option(
                {"en": "it is surer than before", "zh": "比以前更有把握"},
                {"en": "Its rows are more concentrated, its guess is not surer: the later layers get what they never "
                       "met.",
                 "zh": "每一行更集中了，猜测却没有：后面的层收到的是从没见过的东西。"}),
        }),
    "turned": Choice(
        right="most",
        options={
            "none": Option(
                {"en": "hardly any", "zh": "几乎留不住"},
                {"en": "It was the most important single number, but 31 others still fit.",
                 "zh": "它是最要紧的一个数，可另外 31 个仍然匹配。"}),
            "half": Option(
                {"en": "about half", "zh": "大约一半"},
                {"en": "It loses less: its lead over the second was large.", "zh": "没那么多：它领先第二名很多。"}),
            "most": Option(
                {"en": "most of it", "zh": "大部分"},
                {"en": "From 0.985 to 0.778. The score fell by more than a third, yet it is still the largest by far.",
                 "zh": "从 0.985 到 0.778。分数少了三分之一以上，但仍然遥遥领先。"}),
        }),
    "other_row": Choice(
        right="dog",
        options={
            "bed": Option(
                {"en": "still bed", "zh": "还是 bed"},
                {"en": "What arrives now is the value of another word.", "zh": "现在到达的是另一个词的值了。"}),
            "dog": Option(
                {"en": "dog", "zh": "dog"},
                {"en": "The value of 狗 arrives, and the model goes on with it as if it had chosen so itself.",
                 "zh": "到达的是“狗”的值，模型就拿着它继续算，好像本来就是自己选的。"}),
            "noise": Option(
                {"en": "something senseless", "zh": "莫名其妙的词"},
                {"en": "One row of one head in one layer changed; the rest of the model still knows what an English "
                       "sentence looks like.",
                 "zh": "只改了一层里一个头的一行；模型的其余部分仍然知道英语句子是什么样子。"}),
        }),
    "arrives": Choice(
        right="smaller",
        options={
            "same": Option(
                {"en": "the same share", "zh": "一样大"},
                {"en": "Their values are shorter than others, so less arrives than is taken.",
                 "zh": "它们的值比别的短，所以到达的比取走的少。"}),
            "smaller": Option(
                {"en": "a smaller share", "zh": "小一些"},
                {"en": "In every layer; yet in three of four still more than an even spread.",
                 "zh": "每一层都是；不过四层里有三层，还是比平均的那一份多。"}),
            "nothing": Option(
                {"en": "next to nothing", "zh": "几乎没有"},
                {"en": "That is often said. Here it is a discount, not a nothing: compare the two lines.",
                 "zh": "常有人这么说。这里只是打了折扣，不是没有：比一比两行。"}),
        }),
    "neuron": Essay(
        least=40,
        why={"en": "A dark neuron of the query does something only for keys that are large at the same place, and a "
                   "rotation of both would spread it over all neurons, so it names nothing by itself. The thick line "
                   "says that most of the mixture is the value of [SEP]; if that value is short after W_O, next to "
                   "nothing arrives. To know, take the weight away (edit the row, or switch the head off) and see "
                   "whether the prediction changes.",
             "zh": "查询里颜色深的神经元，只对在同一位置上也大的键起作用；把查询和键一起旋转，"
                   "它就散到所有神经元里去了，所以它单独并不代表什么。线粗说明混合的结果里 [SEP] 的值占得多；"
                   "如果那个值经过 W_O 之后很短，到达的几乎等于零。要弄清楚，就把这份权重拿走（改掉那一行，"
                   "或关掉这个头），看预测变不变。"}),
    "design": Essay(
        least=80,
        why={"en": "Two more runs decide. Keep the head and put another second sentence beside, about something else: "
                   "the second claim expects the guess to stay good, the first expects it to fall. And switch off "
                   "other heads of the same layer, one after another: that is the control. If any of them costs as "
                   "much, switching off is what hurts, not this head. Then other pairs of sentences, for one pair is "
                   "one pair. What would still be open: whether this head alone carries it, or only hands on what "
                   "others found before.",
             "zh": "再跑两种，就能分出对错。头不动，旁边换上另一句讲别的事的话："
                   "第二种说法料到猜得还是准，第一种料到会变差。"
                   "再把同一层的其他头一个个轮流关掉：这是对照。要是随便关哪个代价都一样大，那么有害的是“关”，不是这个头。"
                   "然后换别的句子，因为一对句子只是一对。还没有定下来的：是这个头自己搬过来的，还是它只是把前面的头找到的东西接着往下传。"},
        points={"en": "another second sentence, with the head on\nother heads off, one by one: the control\nwhat each "
                      "claim expects of each run\nother pairs of sentences",
                "zh": "头不动，换一句别的第二句\n把其他头一个个关掉：对照\n"
                      "两种说法对每次运行各预料什么\n换别的句子再试"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "Rows or columns sum to 1?", "zh": "和为 1 的是行还是列？"},
            right="rows",
            options={
                "columns": Option(
                    {"en": "columns", "zh": "列"},
                    {"en": "A token may be looked at by all, or by none.",
                     "zh": "一个词元可以人人都看，也可以没人看。"}),
                "rows": Option(
                    {"en": "rows", "zh": "行"},
                    {"en": "Who asks shares out one whole.", "zh": "发问的一方分出整整一份。"}),
            }),
        Choice(
            ask={"en": "More heads with the same d_model means …", "zh": "d_model 不变，头更多，意味着："},
            right="narrower",
            options={
                "more": Option(
                    {"en": "more parameters", "zh": "参数更多"},
                    {"en": "The matrices keep their size.", "zh": "矩阵大小不变。"}),
                "narrower": Option(
                    {"en": "narrower heads", "zh": "每个头更窄"},
                    {"en": "Each has a smaller d_head.", "zh": "每个头的 d_head 更小。"}),
                "slower": Option(
                    {"en": "four times the time", "zh": "时间变成四倍"},
                    {"en": "The products stay about the same.", "zh": "乘法次数大致不变。"}),
            }),
        Choice(
            ask={"en": "Which two meet in a dot product?", "zh": "做点积的是哪两个？"},
            right="qk",
            options={
                "kv": Option(
                    {"en": "key and value", "zh": "键和值"},
                    {"en": "They belong to the same token and never meet.", "zh": "它们属于同一个词元，从不相遇。"}),
                "qk": Option(
                    {"en": "query and key", "zh": "查询和键"},
                    {"en": "Their fit becomes the score.", "zh": "匹配程度就成了分数。"}),
                "qv": Option(
                    {"en": "query and value", "zh": "查询和值"},
                    {"en": "Values are only added up.", "zh": "值只用来相加。"}),
            }),
        Choice(
            ask={"en": "“Switch a head off” means here …", "zh": "这里说“关掉一个头”，是指："},
            right="zeros",
            options={
                "even": Option(
                    {"en": "its weights become even", "zh": "它的权重变得平均"},
                    {"en": "Then it would still bring an average.", "zh": "那它还会带来一个平均值。"}),
                "delete": Option(
                    {"en": "its matrices are deleted", "zh": "删掉它的矩阵"},
                    {"en": "The model itself stays as it is.", "zh": "模型本身没有动。"}),
                "zeros": Option(
                    {"en": "its context becomes zeros", "zh": "它的上下文向量变成 0"},
                    {"en": "Its part of the sum is gone.", "zh": "求和时少了它那一份。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Which matrix decides what is handed over?", "zh": "哪个矩阵决定交出什么？"},
            right="value",
            options={
                "key": Option(
                    {"en": "W_K", "zh": "W_K"},
                    {"en": "It makes the label.", "zh": "它产生标签。"}),
                "query": Option(
                    {"en": "W_Q", "zh": "W_Q"},
                    {"en": "It makes the question.", "zh": "它产生问题。"}),
                "value": Option(
                    {"en": "W_V", "zh": "W_V"},
                    {"en": "And W_O after it.", "zh": "后面还有 W_O。"}),
            }),
        Choice(
            ask={"en": "The value of a key is doubled. The weights …", "zh": "把一个键的值加倍，权重会："},
            right="same",
            options={
                "same": Option(
                    {"en": "stay", "zh": "不变"},
                    {"en": "Only what arrives changes.", "zh": "变的只是到达的东西。"}),
                "grow": Option(
                    {"en": "grow a little", "zh": "变大一点"},
                    {"en": "No value comes into the weights.", "zh": "算权重用不到值。"}),
                "double": Option(
                    {"en": "double", "zh": "加倍"},
                    {"en": "Rows sum to 1.", "zh": "每行之和是 1。"}),
            }),
        Choice(
            ask={"en": "The attention output … the token’s vector.", "zh": "注意力的输出怎样作用于词元的向量？"},
            right="added",
            options={
                "multiplies": Option(
                    {"en": "multiplies", "zh": "与它相乘"},
                    {"en": "Nothing is multiplied there.", "zh": "那里没有乘法。"}),
                "added": Option(
                    {"en": "is added to", "zh": "加到它上面"},
                    {"en": "The residual connection.", "zh": "这就是残差连接。"}),
                "replaces": Option(
                    {"en": "replaces", "zh": "取代它"},
                    {"en": "Then the word itself would be lost.", "zh": "那样词本身就丢了。"}),
            }),
        Choice(
            ask={"en": "Layer norm makes the numbers of one token …", "zh": "层归一化让一个词元的数："},
            right="mean",
            options={
                "mean": Option(
                    {"en": "mean 0 and spread 1, then scaled and shifted", "zh": "均值为 0、方差为 1，再缩放和平移"},
                    {"en": "Each token by itself.", "zh": "每个词元单独做。"}),
                "sum": Option(
                    {"en": "sum to 1", "zh": "加起来是 1"},
                    {"en": "That is softmax.", "zh": "那是 softmax。"}),
                "positive": Option(
                    {"en": "positive", "zh": "变成正数"},
                    {"en": "Half of them stay negative.", "zh": "大约一半仍是负数。"}),
            }),
        Choice(
            ask={"en": "query[n] grows by c. The score of a key changes by …",
                 "zh": "query[n] 增加 c，一个键的分数变化多少？"},
            right="key",
            options={
                "query": Option(
                    {"en": "c · query[n] / √d", "zh": "c · query[n] / √d"},
                    {"en": "The product is of query and key.", "zh": "相乘的是查询和键。"}),
                "key": Option(
                    {"en": "c · key[n] / √d", "zh": "c · key[n] / √d"},
                    {"en": "The key’s number at the same place decides.", "zh": "取决于键在同一位置上的数。"}),
                "c": Option(
                    {"en": "c", "zh": "c"},
                    {"en": "Only if key[n] is √d.", "zh": "除非 key[n] 正好是 √d。"}),
            }),
        Choice(
            ask={"en": "“Neuron 7 of the query means nouns.” What is wrong?",
                 "zh": "“查询的第 7 个神经元表示名词。”错在哪里？"},
            right="rotate",
            options={
                "verbs": Option(
                    {"en": "it means verbs", "zh": "应该是动词"},
                    {"en": "Nor would that be right.", "zh": "那也不对。"}),
                "rotate": Option(
                    {"en": "turn q and k alike: all numbers change, no score does",
                     "zh": "q 和 k 一起旋转，数全变了，分数不变"},
                    {"en": "So a single number means nothing by itself.", "zh": "可见单独一个数没有含义。"}),
                "eight": Option(
                    {"en": "it is neuron 8", "zh": "应该是第 8 个"},
                    {"en": "The number is not the problem.", "zh": "问题不在编号。"}),
            }),
        Choice(
            ask={"en": "Better evidence than a weight is …", "zh": "比权重更好的证据是："},
            right="length",
            options={
                "colour": Option(
                    {"en": "the colour of the cell", "zh": "格子的颜色"},
                    {"en": "It shows a number, not an effect.", "zh": "颜色表示一个数，不表示作用。"}),
                "length": Option(
                    {"en": "weight × length of what arrives", "zh": "权重 × 到达之物的长度"},
                    {"en": "And the last word has an intervention.", "zh": "最后还得靠干预来判断。"}),
                "mean": Option(
                    {"en": "the mean over all heads", "zh": "所有头的平均"},
                    {"en": "Heads do different work.", "zh": "各个头做的事不同。"}),
            }),
        Choice(
            ask={"en": "Writing another row into one head of a BERT …", "zh": "把一个头的一行改掉再放回 BERT："},
            right="goes_on",
            options={
                "refuses": Option(
                    {"en": "is refused by the model", "zh": "模型会拒绝"},
                    {"en": "It has no way to notice.", "zh": "它无从察觉。"}),
                "goes_on": Option(
                    {"en": "changes what follows, as if it had chosen so",
                     "zh": "后面的一切随之改变，好像是它自己选的"},
                    {"en": "The model does not know that it was edited.", "zh": "模型不知道被改过。"}),
                "nothing": Option(
                    {"en": "changes nothing", "zh": "什么也不变"},
                    {"en": "You saw bed become dog.", "zh": "你看到 bed 变成了 dog。"}),
            }),
    ),
}
