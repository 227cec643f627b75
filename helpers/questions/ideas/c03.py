"""What the inventory asks of chapter 03: query, key, value."""

from ..question import Choice, Idea, Option

IDEAS = {
    "decides": Idea(
        name={"en": "what decides the weights", "zh": "权重由什么决定"},
        before=Choice(
            ask={"en": "Every word has a query, a key and a value. What decides how much A takes "
                       "from B?",
                 "zh": "每个词都有查询、键、值。A 从 B 取多少，由什么决定？"},
            right="query_key",
            options={
                "values": Option(
                    {"en": "B's value: the more it holds, the more is taken of it",
                     "zh": "B 的值：里面东西越多，取得就越多"},
                    {"en": "The value is what is handed over. No weight asks for it.",
                     "zh": "值是交出来的东西，算权重用不到它。"}),
                "swapped": Option(
                    {"en": "A's key and B's query, set against all the other queries",
                     "zh": "A 的键和 B 的查询，还要和其他的查询比"},
                    {"en": "Who takes is who asks, and asks with a query.",
                     "zh": "取的一方就是问的一方，问用的是查询。"}),
                "query_key": Option(
                    {"en": "A's query and B's key, set against all the other keys",
                     "zh": "A 的查询和 B 的键，还要和其他的键比"},
                    {"en": "How well they fit is the score; softmax sets it against the others.",
                     "zh": "两者有多合是分数，softmax 再拿它和别的比。"}),
                "likeness": Option(
                    {"en": "A's vector and B's vector: the more alike, the more is taken",
                     "zh": "A 和 B 的词向量：越像，取得就越多"},
                    {"en": "The vectors do not meet; two readings of them do.",
                     "zh": "相遇的不是向量本身，而是从中读出的两样东西。"}),
            }),
        after=Choice(
            ask={"en": "The value of one key is doubled, and all else stays. What happens in this "
                       "head?",
                 "zh": "把一个键的值加倍，别的都不动，这个头里会怎样？"},
            right="query_key",
            options={
                "query_key": Option(
                    {"en": "all weights stay, and what arrives from this key is doubled",
                     "zh": "权重都不变，从这个键到达的东西加倍"},
                    {"en": "Weights are made of queries and keys alone.", "zh": "权重只由查询和键算出。"}),
                "values": Option(
                    {"en": "its weight grows, and more arrives from this key than before",
                     "zh": "它的权重变大，从这个键到达的也更多"},
                    {"en": "No value comes into a weight.", "zh": "算权重用不到值。"}),
                "swapped": Option(
                    {"en": "its own row of weights changes: the token asks differently now",
                     "zh": "它自己那一行权重变了：这个词元问得不一样了"},
                    {"en": "It asks with its query, and that is as it was.",
                     "zh": "它用查询来问，查询没有变。"}),
                "likeness": Option(
                    {"en": "the weights on it shrink: its vector is less like the others now",
                     "zh": "给它的权重变小：它的向量和别的不那么像了"},
                    {"en": "Whether values are alike plays no part.", "zh": "值像不像，不起作用。"}),
            })),
    "residual": Idea(
        name={"en": "where a head's result goes", "zh": "头的结果到哪里去"},
        before=Choice(
            ask={"en": "Attention brings a word what it took from the others. What becomes of the "
                       "word's own vector?",
                 "zh": "注意力把从别处取来的东西带给一个词。这个词自己的向量怎么样了？"},
            right="added",
            options={
                "added": Option(
                    {"en": "it stays, and what was brought is added to it", "zh": "还在，带来的东西加到它上面"},
                    {"en": "That is the residual connection: each part adds to what is there.",
                     "zh": "这就是残差连接：每个部分都往原有的里面加。"}),
                "replaced": Option(
                    {"en": "it goes, and what was brought takes its place", "zh": "没了，带来的东西取代了它"},
                    {"en": "Then the word would be lost after one layer.", "zh": "那样过一层，词本身就丢了。"}),
                "multiplied": Option(
                    {"en": "it stays, and is multiplied by what was brought", "zh": "还在，和带来的东西相乘"},
                    {"en": "Nothing is multiplied there: it is a sum.", "zh": "那里没有乘法，是相加。"}),
                "longer": Option(
                    {"en": "it stays, and what was brought is put behind it",
                     "zh": "还在，带来的东西接在它后面"},
                    {"en": "Then vectors would get longer with each layer; they keep their width.",
                     "zh": "那样向量会一层比一层长；其实宽度一直不变。"}),
            }),
        after=Choice(
            ask={"en": "All heads of a layer are switched off: they bring zeros. What goes on "
                       "from there?",
                 "zh": "把一层的头全部关掉，它们带来的都是 0。往下走的是什么？"},
            right="added",
            options={
                "replaced": Option(
                    {"en": "zeros: what the heads bring is all that goes on",
                     "zh": "一串 0：往下走的只有头带来的东西"},
                    {"en": "What they bring is added to a word; it does not take its place.",
                     "zh": "带来的东西是加到词上，不是取代它。"}),
                "added": Option(
                    {"en": "the words' vectors as they came: zeros were added",
                     "zh": "词的向量，和来时一样：加上的是 0"},
                    {"en": "The residual connection leads past the heads.",
                     "zh": "残差连接从头的旁边绕了过去。"}),
                "multiplied": Option(
                    {"en": "zeros: the words' vectors were multiplied by 0",
                     "zh": "一串 0：词的向量被乘上了 0"},
                    {"en": "It is a sum, and to add 0 changes nothing.", "zh": "那里是相加，加 0 什么也不变。"}),
                "longer": Option(
                    {"en": "the words' vectors, without the heads' half of them",
                     "zh": "词的向量，少了属于头的那一半"},
                    {"en": "The heads have no half of their own: what they bring is added.",
                     "zh": "没有哪一半是属于头的：带来的东西是加上去的。"}),
            })),
    "arrives": Idea(
        name={"en": "how much arrives", "zh": "到达的有多少"},
        before=Choice(
            ask={"en": "A head gives 0.8 to the full stop and 0.2 to “dog”. From which of them "
                       "does more arrive?",
                 "zh": "一个头给句号 0.8，给“狗” 0.2。从哪一个那里到达的更多？"},
            right="times_value",
            options={
                "weight": Option(
                    {"en": "from the full stop: four times as much weight, four times as much",
                     "zh": "句号：权重是四倍，到达的就是四倍"},
                    {"en": "A weight says how large a share is taken, not how much there is to "
                           "take.",
                     "zh": "权重说的是取走几成，不是那里有多少可取。"}),
                "meaning": Option(
                    {"en": "from “dog”: a full stop has no meaning that could be handed over",
                     "zh": "“狗”：句号没有含义，没什么可交出的"},
                    {"en": "That is a guess about words. Measure the value: some full stops carry "
                           "much.",
                     "zh": "这是对词的猜想。去量量它的值：有的句号带着不少东西。"}),
                "times_value": Option(
                    {"en": "it depends on their values: that of the full stop may be nearly 0",
                     "zh": "要看它们的值：句号的值可能几乎是 0"},
                    {"en": "What arrives is weight times value, led through W_O.",
                     "zh": "到达的是权重乘以值，再经过 W_O。"}),
                "evened": Option(
                    {"en": "from both the same: what arrives is evened out before it is added",
                     "zh": "一样多：相加之前，到达的东西会先拉平"},
                    {"en": "Nothing evens it out: the longer it is, the more it adds.",
                     "zh": "没有谁去拉平：越长，加进去的就越多。"}),
            }),
        after=Choice(
            ask={"en": "Two keys have weights 0.6 and 0.3. After W_O their values are 0.5 and 4 "
                       "long. Which brings more?",
                 "zh": "两个键的权重是 0.6 和 0.3，它们的值经过 W_O 之后长 0.5 和 4。哪个带来的更多？"},
            right="times_value",
            options={
                "times_value": Option(
                    {"en": "the second: 0.3 × 4 is more than 0.6 × 0.5",
                     "zh": "第二个：0.3 × 4 比 0.6 × 0.5 大"},
                    {"en": "The share that is taken, times what there is to take.",
                     "zh": "取走的比例，乘以那里可取的量。"}),
                "weight": Option(
                    {"en": "the first: 0.6 is twice as much as 0.3", "zh": "第一个：0.6 是 0.3 的两倍"},
                    {"en": "Twice the share, of far less.", "zh": "比例是两倍，可取的却少得多。"}),
                "meaning": Option(
                    {"en": "the one whose word means more in the text", "zh": "在文中更有意义的那个词"},
                    {"en": "These numbers do not hang on what we think of the word.",
                     "zh": "这些数不看我们怎样看待那个词。"}),
                "evened": Option(
                    {"en": "neither: a row of weights adds up to 1", "zh": "一样：一行权重加起来是 1"},
                    {"en": "The weights do; what arrives need not be equal.",
                     "zh": "加起来是 1 的是权重，到达的并不相等。"}),
            })),
}
