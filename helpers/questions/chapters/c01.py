"""Questions of chapter 01: self-attention."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "memory": Choice(
        right="average",
        options={
            "memory": Option(
                {"en": "the memory", "zh": "记忆"},
                {"en": "It carries everything along, but each of the nineteen later steps writes over it.",
                 "zh": "它一路带着所有东西，可后面十九步，每一步都在上面改写。"}),
            "average": Option(
                {"en": "the average", "zh": "平均"},
                {"en": "One step from every word to the result, near or far.",
                 "zh": "不论远近，每个词到结果都只有一步。"}),
            "both": Option(
                {"en": "both alike", "zh": "两边一样"},
                {"en": "Look at the first column: it shrinks with every word that comes after.",
                 "zh": "看第一列：后面每多一个词，它就缩小一点。"}),
        }),
    "mixture": Choice(
        right="thing",
        options={
            "thing": Option(
                {"en": "how much thing", "zh": "“事物”"},
                {"en": "It falls from 0.9 to 0.64: the and ran are hardly things at all.",
                 "zh": "从 0.9 降到 0.64：the 和 ran 几乎都不是“事物”。"}),
            "movement": Option(
                {"en": "how much movement", "zh": "“动作”"},
                {"en": "It rises only from 0.1 to 0.16: ran has a weight of no more than 0.1.",
                 "zh": "只从 0.1 升到 0.16：ran 的权重只有 0.1。"}),
            "grammar": Option(
                {"en": "how much grammar", "zh": "“语法”"},
                {"en": "It rises from 0 to 0.2. Thing moves further: from 0.9 to 0.64.",
                 "zh": "从 0 升到 0.2。“事物”变得更多：从 0.9 降到 0.64。"}),
        }),
    "best_key": Choice(
        right="ran",
        options={
            "the": Option(
                {"en": "the", "zh": "the"},
                {"en": "Its key has a 1 only where the query of dog has a 1 once: the product is 1.",
                 "zh": "它的键只有一处是 1，与 dog 的查询只对上一次：点积是 1。"}),
            "dog": Option(
                {"en": "dog itself", "zh": "dog 自己"},
                {"en": "3, the second best: 2 × 1 and 1 × 1. A word need not fit its own question best.",
                 "zh": "点积是 3，排第二：2 × 1 加 1 × 1。一个词不一定最合自己的提问。"}),
            "ran": Option(
                {"en": "ran", "zh": "ran"},
                {"en": "2 × 1 and 2 × 1 make 4, the largest of the three.",
                 "zh": "2 × 1 加 2 × 1 等于 4，三个里最大。"}),
        }),
    "root": Choice(
        right="twenty",
        options={
            "two": Option(
                {"en": "around 2", "zh": "2 左右"},
                {"en": "Each further product adds its own chance; a hundred times as many summands do not stay as "
                       "small.",
                 "zh": "每多乘一项，就多一份随机；加数多到一百倍，和不会还那么小。"}),
            "twenty": Option(
                {"en": "around 20", "zh": "20 左右"},
                {"en": "A hundred times as many summands, ten times the size: signs partly cancel, so it grows like "
                       "the root.",
                 "zh": "加数多到一百倍，大小变成十倍：正负会抵消一部分，所以按平方根增长。"}),
            "two_hundred": Option(
                {"en": "around 200", "zh": "200 左右"},
                {"en": "That would be so if all products had the same sign. Half of them are negative, and much "
                       "cancels.",
                 "zh": "如果每个乘积同号，确实会这样。可一半是负的，抵消掉很多。"}),
        }),
    "first_row": Choice(
        right="one_zero_zero",
        options={
            "one_zero_zero": Option(
                {"en": "1, 0, 0", "zh": "1, 0, 0"},
                {"en": "The first word may see only itself, and a row adds up to 1, whatever the score was.",
                 "zh": "第一个词只看得见自己，而一行加起来是 1，不管原来分数是多少。"}),
            "as_before": Option(
                {"en": "as before, with two zeros", "zh": "和原来一样，只是后两个变成 0"},
                {"en": "Then the row would not add up to 1. What is left is shared out anew.",
                 "zh": "那样一行加起来就不是 1 了。剩下的要重新分配。"}),
            "all_zero": Option(
                {"en": "0, 0, 0", "zh": "0, 0, 0"},
                {"en": "A row of weights always adds up to 1; the word itself may be seen.",
                 "zh": "一行权重加起来总是 1；它自己是可以看的。"}),
        }),
    "special": Choice(
        right="uneven",
        options={
            "even": Option(
                {"en": "about their even share", "zh": "差不多就是平均的那一份"},
                {"en": "Far more, somewhere: compare each number of a line with its even share.",
                 "zh": "有的层里远远不止：把每行的数跟平均的那一份比一比。"}),
            "uneven": Option(
                {"en": "far more than their even share", "zh": "远多于平均的那一份"},
                {"en": "So it is, but which of the two differs from layer to layer.",
                 "zh": "确实如此；不过给的是哪一个，各层不同。"}),
            "less": Option(
                {"en": "less: they carry no meaning", "zh": "更少：它们没有含义"},
                {"en": "That would be sensible, but a weight has to go somewhere, and there it does little harm.",
                 "zh": "听上去有理，可权重总得有个去处，放在那里害处最小。"}),
        }),
    "second_choice": Choice(
        right="second",
        options={
            "even": Option(
                {"en": "it spreads evenly over all tokens", "zh": "平均散到所有词元上"},
                {"en": "The scores of the other keys are not equal, only faint beside the winner.",
                 "zh": "其他键的分数并不相等，只是在赢家旁边显得很淡。"}),
            "second": Option(
                {"en": "the head has further choices", "zh": "这个头另有选择"},
                {"en": "Look at the three next keys: with the farewell they take over half of it. They were there all "
                       "along.",
                 "zh": "看接下来的三个键：用告别的那两句话时，它们分走了一半以上。它们本来就在那里。"}),
            "nothing": Option(
                {"en": "it attends to nothing any more", "zh": "它什么也不看了"},
                {"en": "A row always adds up to 1: what one key loses the others take up.",
                 "zh": "一行加起来总是 1：一个键失去的，别的键要接下来。"}),
        }),
    "full_stop": Essay(
        least=40,
        why={"en": "0.8 says that in this head, for this query, four fifths of the mixed vector are the value of the "
                   "full stop. To know what that does, look at the length of that value after the output matrix, at "
                   "the other heads, and best of all take the weight away and see whether the prediction changes.",
             "zh": "0.8 说明，在这个头里，对这个查询来说，混合出来的向量有五分之四是句号的值。要知道它起了什么作用，"
                   "得看这个值经过输出矩阵之后有多长，得看别的头；最好是拿掉这份权重，看预测变不变。"}),
    "design": Essay(
        least=80,
        why={"en": "Take a text in which the doer does not stand just before the verb: The dog in the garden ran home. "
                   "He expects ran → dog, you expect ran → garden. One text can still be chance, so take many, and in "
                   "them every token, not ran alone: a head that looks back does so everywhere. And count what an even "
                   "spread would give. If ran had gone to dog, your claim would be dead at once; that it goes to "
                   "garden kills his, and makes yours likely, not certain.",
             "zh": "找一段做事的词不紧挨在动词前面的文字：The dog in the garden ran home（花园里的狗跑回家了）。"
                   "他料到 ran → dog，你料到 ran → garden。一段文字还可能是碰巧，所以要多取几段，而且不单看 ran，"
                   "要看每个词元：看前一个词元的头，处处都该如此。还要数一数平均分配会给多少。"
                   "假如 ran 看的是 dog，你的说法当场就倒了；"
                   "它看的是 garden，他的说法倒了，你的说法更可信，却还不是定论。"},
        points={"en": "a text in which the doer is not the token before\nwhat each claim expects there\nmore texts, "
                      "all tokens, and the level of chance",
                "zh": "一段做事的词不在动词前一位的文字\n两种说法在那里各预料什么\n更多文字、所有词元，还有随机水平"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "In the picture, which side answers?", "zh": "图里哪一边在答？"},
            right="right",
            options={
                "right": Option(
                    {"en": "the right", "zh": "右边"},
                    {"en": "And its words hand something over.", "zh": "右边的词交出东西。"}),
                "left": Option(
                    {"en": "the left", "zh": "左边"},
                    {"en": "The left asks.", "zh": "左边在问。"}),
                "both": Option(
                    {"en": "both at once", "zh": "两边同时"},
                    {"en": "In one line one side asks and the other answers.", "zh": "一条线上，一边问，一边答。"}),
            }),
        Choice(
            ask={"en": "A row has the weights 0.6 and 0.3 and one more. How large is it?",
                 "zh": "一行里有权重 0.6、0.3 和另外一个。它是多少？"},
            right="tenth",
            options={
                "nine": Option(
                    {"en": "0.9", "zh": "0.9"},
                    {"en": "Then the row would add up to 1.8.", "zh": "那一行加起来就是 1.8 了。"}),
                "any": Option(
                    {"en": "anything", "zh": "多少都可能"},
                    {"en": "A row always adds up to 1.", "zh": "一行加起来总是 1。"}),
                "tenth": Option(
                    {"en": "0.1", "zh": "0.1"},
                    {"en": "Together they make 1.", "zh": "加起来是 1。"}),
            }),
        Choice(
            ask={"en": "What is a token?", "zh": "什么是词元？"},
            right="piece",
            options={
                "letter": Option(
                    {"en": "a letter", "zh": "一个字母"},
                    {"en": "Common words stay whole.", "zh": "常见的词是整个的。"}),
                "piece": Option(
                    {"en": "a word, a piece of a word or a character", "zh": "一个词、词的一部分或一个字"},
                    {"en": "Whatever the tokenizer cuts a text into.", "zh": "就是分词器把文字切成的东西。"}),
                "word": Option(
                    {"en": "always a whole word", "zh": "总是一个完整的词"},
                    {"en": "Chinese is cut into characters, rare English words into pieces.",
                     "zh": "中文按字切，生僻的英文词会切成几块。"}),
            }),
        Choice(
            ask={"en": "What does the record hold?", "zh": "记录里有什么？"},
            right="run",
            options={
                "run": Option(
                    {"en": "everything the model computed in one run", "zh": "模型运行一次算出的一切"},
                    {"en": "So every number on the page can be asked for.", "zh": "所以页面上的每个数都查得到。"}),
                "training": Option(
                    {"en": "what the model was trained on", "zh": "模型的训练文本"},
                    {"en": "That is not in the model at all.", "zh": "模型里根本没有这些。"}),
                "picture": Option(
                    {"en": "the picture", "zh": "那张图"},
                    {"en": "The picture is drawn from it.", "zh": "图是从它画出来的。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Softmax is taken along which axis of (query, key)?",
                 "zh": "softmax 沿 (query, key) 的哪个轴做？"},
            right="key",
            options={
                "both": Option(
                    {"en": "both", "zh": "两个轴一起"},
                    {"en": "Then the whole table sums to 1.", "zh": "那样整张表加起来才是 1。"}),
                "query": Option(
                    {"en": "the queries", "zh": "查询"},
                    {"en": "Then columns would sum to 1, and a query could give away more than it has.",
                     "zh": "那样和为 1 的是列，一个查询给出去的就可能比它有的还多。"}),
                "key": Option(
                    {"en": "the keys", "zh": "键"},
                    {"en": "Each query shares out its own attention, so each row sums to 1.",
                     "zh": "每个查询分配自己的那份注意力，所以每行之和是 1。"}),
            }),
        Choice(
            ask={"en": "Why divide by √d?", "zh": "为什么要除以 √d？"},
            right="saturate",
            options={
                "saturate": Option(
                    {"en": "or softmax saturates and its gradient vanishes",
                     "zh": "不然 softmax 会饱和，梯度几乎为 0"},
                    {"en": "Dot products of long vectors are large: their size grows with √d.",
                     "zh": "长向量的点积很大，大小随 √d 增长。"}),
                "sum": Option(
                    {"en": "so that rows sum to 1", "zh": "为了让每行之和是 1"},
                    {"en": "Softmax sees to that, whatever the scores.", "zh": "不管分数多大，softmax 都能做到。"}),
                "speed": Option(
                    {"en": "so that it is faster", "zh": "为了算得快"},
                    {"en": "A division costs time.", "zh": "做除法只会多花时间。"}),
            }),
        Choice(
            ask={"en": "Where must a mask act?", "zh": "掩码要加在哪里？"},
            right="before",
            options={
                "after": Option(
                    {"en": "after softmax, times 0", "zh": "softmax 之后，乘以 0"},
                    {"en": "Then the rows no longer sum to 1.", "zh": "那样每行之和就不是 1 了。"}),
                "values": Option(
                    {"en": "on the values", "zh": "加在值上"},
                    {"en": "The weights would still count the hidden key.", "zh": "权重还是把被遮住的键算了进去。"}),
                "before": Option(
                    {"en": "before softmax, as −∞", "zh": "softmax 之前，变成 −∞"},
                    {"en": "So the others share the whole.", "zh": "这样其余的键分掉全部权重。"}),
            }),
        Choice(
            ask={"en": "A token’s query is replaced by that of another token; its key stays. Which rows of weights "
                       "change?",
                 "zh": "把一个词元的查询换成别的词元的查询（键不动），哪些行的权重会变？"},
            right="own",
            options={
                "all": Option(
                    {"en": "every row", "zh": "每一行"},
                    {"en": "That is what a changed key does.", "zh": "换键才会这样。"}),
                "none": Option(
                    {"en": "none", "zh": "都不变"},
                    {"en": "The row is made from it.", "zh": "那一行就是由它算出来的。"}),
                "own": Option(
                    {"en": "only its own row", "zh": "只有它自己那一行"},
                    {"en": "A query makes one row; a key would change its column in every row.",
                     "zh": "一个查询决定一行；换的若是键，每一行里它那一列都会受影响。"}),
            }),
        Choice(
            ask={"en": "dog → ran has the weight 0.55. What is ran → dog?",
                 "zh": "dog → ran 的权重是 0.55，ran → dog 是多少？"},
            right="unknown",
            options={
                "same": Option(
                    {"en": "0.55", "zh": "0.55"},
                    {"en": "Attention is not symmetric: other query, other key.",
                     "zh": "注意力不对称：查询不同，键也不同。"}),
                "unknown": Option(
                    {"en": "it cannot be said", "zh": "说不出来"},
                    {"en": "Another query meets another key.", "zh": "那是另一个查询遇到另一个键。"}),
                "rest": Option(
                    {"en": "0.45", "zh": "0.45"},
                    {"en": "Rows add up to 1, not pairs.", "zh": "加起来是 1 的是行，不是一来一回。"}),
            }),
        Choice(
            ask={"en": "What is handed over from token to token?", "zh": "从一个词元交给另一个词元的是什么？"},
            right="values",
            options={
                "weights": Option(
                    {"en": "weights", "zh": "权重"},
                    {"en": "They say how much is taken.", "zh": "权重说的是取多少。"}),
                "keys": Option(
                    {"en": "keys", "zh": "键"},
                    {"en": "By a key one is found.", "zh": "凭键被找到。"}),
                "values": Option(
                    {"en": "values", "zh": "值"},
                    {"en": "Weighted and added up: the context.", "zh": "按权重相加，就是上下文向量。"}),
            }),
        Choice(
            ask={"en": "What does “self” in self-attention say?", "zh": "“自注意力”的“自”是什么意思？"},
            right="same_text",
            options={
                "alone": Option(
                    {"en": "it works by itself", "zh": "它自己工作"},
                    {"en": "Every attention does.", "zh": "哪种注意力都是。"}),
                "same_text": Option(
                    {"en": "queries, keys and values come from the same text", "zh": "查询、键、值来自同一段文字"},
                    {"en": "In chapter 05 they come from two.", "zh": "到第 05 章，它们来自两段文字。"}),
                "itself": Option(
                    {"en": "each token looks at itself", "zh": "每个词元看自己"},
                    {"en": "It may, but mostly it looks at others.", "zh": "可以看自己，但主要看别的。"}),
            }),
        Choice(
            ask={"en": "A head puts 0.8 on the full stop. What follows?",
                 "zh": "一个头把 0.8 放在句号上，说明什么？"},
            right="taken",
            options={
                "important": Option(
                    {"en": "the full stop matters most", "zh": "句号最重要"},
                    {"en": "The value of the full stop may be almost nothing.", "zh": "句号的值可能几乎什么也没有。"}),
                "wrong": Option(
                    {"en": "the head is broken", "zh": "这个头坏了"},
                    {"en": "Many heads rest on such tokens.", "zh": "很多头都歇在这类词元上。"}),
                "taken": Option(
                    {"en": "four fifths of the mixture are its value", "zh": "混合的结果有五分之四是它的值"},
                    {"en": "No more than that; to know what it does, take it away.",
                     "zh": "只说明这一点；要知道它起什么作用，就把它拿走试试。"}),
            }),
    ),
}
