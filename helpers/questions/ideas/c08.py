"""What the inventory asks of chapter 08: your own claim."""

from ..question import Choice, Idea, Option

IDEAS = {
    "off": Idea(
        name={"en": "what a head switched off shows", "zh": "关掉一个头说明什么"},
        before=Choice(
            ask={"en": "One head of many is switched off, and the model's guess stays. What is "
                       "shown?",
                 "zh": "许多头里关掉一个，模型的猜测没变。这说明什么？"},
            right="here",
            options={
                "useless": Option(
                    {"en": "the head does nothing, and could be left out for good",
                     "zh": "这个头没有用，可以一直不要"},
                    {"en": "On another text, or without its stand-ins, it may be needed.",
                     "zh": "换一段文字，或者没有别的头顶替，也许就少不了它。"}),
                "here": Option(
                    {"en": "this guess can do without it while the others are there",
                     "zh": "别的头都在时，这次猜测没有它也行"},
                    {"en": "Others may stand in: switch off together those that do the same.",
                     "zh": "也许有别的头顶上：把做同样事情的一起关掉看看。"}),
                "failed": Option(
                    {"en": "the experiment failed: a part is gone, and nothing moved",
                     "zh": "实验没做成：少了一块，竟然毫无变化"},
                    {"en": "It worked. It says less than one had hoped.",
                     "zh": "实验做成了，只是说明的比指望的少。"}),
                "general": Option(
                    {"en": "attention matters less to a model than people believe",
                     "zh": "注意力对模型没有大家以为的那么重要"},
                    {"en": "One head was tried, on one guess.", "zh": "只试了一个头、一次猜测。"}),
            }),
        after=Choice(
            ask={"en": "Three heads: one off, nothing changes; all three off, the model no longer "
                       "copies. So each of them …",
                 "zh": "有三个头，关掉其中一个，没有变化；三个全关，模型就不会复制了。可见它们每一个："},
            right="here",
            options={
                "useless": Option(
                    {"en": "does nothing, as could be seen with one off", "zh": "都没有用，只关一个时已经看出来了"},
                    {"en": "Without all three the model could not copy.", "zh": "三个都没有，模型就不会复制了。"}),
                "failed": Option(
                    {"en": "was tested badly: the two results contradict", "zh": "都没测好：两个结果互相矛盾"},
                    {"en": "They answer two different questions.", "zh": "两个结果回答的是两个问题。"}),
                "general": Option(
                    {"en": "shows that no single head ever matters much", "zh": "都说明单个的头从来不要紧"},
                    {"en": "Here one in three could be spared. Elsewhere it may not be so.",
                     "zh": "这里三个可以少一个，别处未必。"}),
                "here": Option(
                    {"en": "can be spared as long as the other two are there",
                     "zh": "只要另外两个还在，就可以少了它"},
                    {"en": "One switched off alone could not have shown that.",
                     "zh": "单关一个，是看不出这一点的。"}),
            })),
    "claim": Idea(
        name={"en": "what tests a claim", "zh": "怎样检验一个论断"},
        before=Choice(
            ask={"en": "You searched 24 heads on ten texts and found one that looks at verbs. How "
                       "do you test it?",
                 "zh": "你在十段文字上找遍 24 个头，发现有一个看动词。怎样检验？"},
            right="new_texts",
            options={
                "same_texts": Option(
                    {"en": "on the same ten texts, now with an exact number",
                     "zh": "还是那十段文字，这回算出精确的数"},
                    {"en": "It was chosen because it is high there.", "zh": "选中它，正因为它在那里高。"}),
                "picture": Option(
                    {"en": "on the text in which one sees it best of all", "zh": "拿看得最清楚的那段文字来看"},
                    {"en": "That text was chosen because it looks right.",
                     "zh": "那段文字，正因为好看才被挑出来。"}),
                "sense": Option(
                    {"en": "by asking whether a head for verbs makes sense",
                     "zh": "问一问：有个管动词的头，讲不讲得通"},
                    {"en": "What makes sense may still not be so.", "zh": "讲得通的，未必就是真的。"}),
                "new_texts": Option(
                    {"en": "on texts not used in the search, against chance",
                     "zh": "换没用来找它的文字，和随机水平比"},
                    {"en": "The best of many was lucky, too. New texts know nothing of that luck.",
                     "zh": "多中选优，总有运气；新的文字不认这份运气。"}),
            }),
        after=Choice(
            ask={"en": "The best of 24 heads has 0.4 on the texts it was chosen on; chance is "
                       "0.2. On new ones, most likely …",
                 "zh": "24 个头里选出最好的，在选它用的文字上得 0.4，随机水平是 0.2。在新的文字上，最可能："},
            right="new_texts",
            options={
                "same_texts": Option(
                    {"en": "the same: 0.4 has been measured", "zh": "一样：0.4 是量出来的"},
                    {"en": "That holds of a head chosen before looking.", "zh": "没看之前就选好的头，才是这样。"}),
                "new_texts": Option(
                    {"en": "somewhat less: part of it was luck", "zh": "低一些：其中有运气的份"},
                    {"en": "Who picks the best picks its luck as well.",
                     "zh": "挑最好的，把它的运气也一起挑了进来。"}),
                "picture": Option(
                    {"en": "more, if one picks clear pictures", "zh": "高一些，只要挑清楚的图"},
                    {"en": "To pick texts again would only repeat the luck.",
                     "zh": "再挑一次，只是把运气重来一遍。"}),
                "sense": Option(
                    {"en": "0.4 or more, if it makes sense", "zh": "不低于 0.4，只要讲得通"},
                    {"en": "Numbers do not know what makes sense to us.", "zh": "我们觉得通不通，数可不管。"}),
            })),
}
