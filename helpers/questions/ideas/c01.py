"""What the inventory asks of chapter 01: self-attention."""

from ..question import Choice, Idea, Option

IDEAS = {
    "softmax": Idea(
        name={"en": "what softmax does", "zh": "softmax 做什么"},
        before=Choice(
            ask={"en": "A word has a score for every word it may look at. How do its scores "
                       "become weights?",
                 "zh": "一个词对它可以看的每个词都有一个分数。这些分数怎样变成权重？"},
            right="over_keys",
            options={
                "over_queries": Option(
                    {"en": "e to the power of each, over the sum of these for the same answerer",
                     "zh": "取 e 的这么多次方，再除以同一个回答者的总和"},
                    {"en": "Then the askers would compete for a word. Each is to share out its "
                           "own whole.",
                     "zh": "那样就成了提问者互相争抢。应该是每个提问者分自己的一份。"}),
                "divided": Option(
                    {"en": "each score is divided by the sum of all the scores of the same asker",
                     "zh": "每个分数除以同一个提问者的分数总和"},
                    {"en": "Scores may be negative, and a share of −0.3 is none.",
                     "zh": "分数可以是负的，而“−0.3 份”不成其为份额。"}),
                "largest": Option(
                    {"en": "the largest score becomes 1, and all the others of this asker become 0",
                     "zh": "最大的分数变成 1，这个提问者的其余分数变成 0"},
                    {"en": "Softmax comes near to that where scores lie far apart; the others "
                           "keep something.",
                     "zh": "分数相差很远时，softmax 才接近这样；其余的总还有一点。"}),
                "over_keys": Option(
                    {"en": "e to the power of each, over the sum of these for the same asker",
                     "zh": "取 e 的这么多次方，再除以同一个提问者的总和"},
                    {"en": "All become positive, and this word's weights add up to 1.",
                     "zh": "全都变成正数，而且这个词的权重加起来是 1。"}),
            }),
        after=Choice(
            ask={"en": "A table of scores (query, key) is to become weights. Which line is right?",
                 "zh": "分数表 (query, key) 要变成权重，哪一行是对的？"},
            right="over_keys",
            options={
                "over_queries": Option(
                    {"en": "scores.softmax(dim=0)", "zh": "scores.softmax(dim=0)"},
                    {"en": "That goes along the queries: the columns add up to 1.",
                     "zh": "这是沿着查询做：加起来是 1 的成了列。"}),
                "divided": Option(
                    {"en": "scores / scores.sum(dim=-1, keepdim=True)",
                     "zh": "scores / scores.sum(dim=-1, keepdim=True)"},
                    {"en": "The rows add up to 1, but a negative score can give a negative weight.",
                     "zh": "每一行加起来是 1，可负的分数会给出负的权重。"}),
                "over_keys": Option(
                    {"en": "scores.softmax(dim=-1)", "zh": "scores.softmax(dim=-1)"},
                    {"en": "Along the keys: each row adds up to 1.", "zh": "沿着键做：每一行加起来是 1。"}),
                "largest": Option(
                    {"en": "one_hot(scores.argmax(dim=-1))",
                     "zh": "one_hot(scores.argmax(dim=-1))"},
                    {"en": "That hears the best key alone, and nothing can be learnt through it.",
                     "zh": "这样只听最好的那个键，而且学习的信号过不去。"}),
            })),
    "mask": Idea(
        name={"en": "where a mask acts", "zh": "掩码在哪一步起作用"},
        before=Choice(
            ask={"en": "A word must not see a later one. What has to be changed?",
                 "zh": "一个词不许看后面的某个词，要改动的是什么？"},
            right="before_softmax",
            options={
                "after_softmax": Option(
                    {"en": "its weight for that word becomes 0, after scores became weights",
                     "zh": "分数变成权重之后，把给那个词的权重设成 0"},
                    {"en": "It is hidden, but what is left no longer adds up to 1.",
                     "zh": "是看不见了，可剩下的加起来不再是 1。"}),
                "before_softmax": Option(
                    {"en": "its score for that word becomes −∞, before scores become weights",
                     "zh": "分数变成权重之前，把对那个词的分数设成 −∞"},
                    {"en": "e to the power −∞ is 0, and the rest share the whole.",
                     "zh": "e 的 −∞ 次方是 0，其余的分掉整整一份。"}),
                "zero_score": Option(
                    {"en": "its score for that word becomes 0, before scores become weights",
                     "zh": "分数变成权重之前，把对那个词的分数设成 0"},
                    {"en": "0 is a score like any other: e to the power 0 is 1.",
                     "zh": "0 也是一个分数：e 的 0 次方是 1。"}),
                "values": Option(
                    {"en": "what the later word hands over becomes 0 for all who might look",
                     "zh": "把后面那个词交出的东西，对谁都设成 0"},
                    {"en": "It would still take its share of the weight from the others.",
                     "zh": "它仍会占去别的词的一份权重。"}),
            }),
        after=Choice(
            ask={"en": "Query 1 must not see key 3. Which is right?", "zh": "查询 1 不许看键 3，哪种做法是对的？"},
            right="before_softmax",
            options={
                "before_softmax": Option(
                    {"en": "scores[1, 3] = -inf, and then softmax",
                     "zh": "先设 scores[1, 3] = -inf，再做 softmax"},
                    {"en": "The weight becomes 0, and the row still adds up to 1.",
                     "zh": "权重成了 0，这一行加起来仍是 1。"}),
                "after_softmax": Option(
                    {"en": "softmax, and then weights[1, 3] = 0.0",
                     "zh": "先做 softmax，再设 weights[1, 3] = 0.0"},
                    {"en": "The row has lost a part of its whole.", "zh": "这一行少了一块，不再是整整一份。"}),
                "zero_score": Option(
                    {"en": "scores[1, 3] = 0.0, and then softmax",
                     "zh": "先设 scores[1, 3] = 0.0，再做 softmax"},
                    {"en": "A score of 0 still gets weight, and beside negative ones a lot.",
                     "zh": "分数为 0 照样有权重，旁边若是负数，还不小。"}),
                "values": Option(
                    {"en": "softmax as ever, and then values[3] = 0.0",
                     "zh": "照常做 softmax，再设 values[3] = 0.0"},
                    {"en": "Now nobody gets anything from key 3, and it still takes its share of "
                           "weight.",
                     "zh": "这下谁也取不到键 3 的东西，它却照样占着权重。"}),
            })),
    "scale": Idea(
        name={"en": "why √d", "zh": "为什么除以 √d"},
        before=Choice(
            ask={"en": "Attention scores are divided by √d. What for?", "zh": "注意力分数要除以 √d，为的是什么？"},
            right="spread",
            options={
                "speed": Option(
                    {"en": "numbers that are smaller take less time in the steps that follow from "
                           "here",
                     "zh": "数小一些，后面的各步算起来就快一些"},
                    {"en": "It is one division more, and the size of a number costs no time.",
                     "zh": "反而多了一次除法；数的大小也不影响快慢。"}),
                "spread": Option(
                    {"en": "sums of many products grow large, and softmax would hear one word "
                           "alone",
                     "zh": "许多乘积的和会变得很大，softmax 就只听得见一个词"},
                    {"en": "Divided by √d, scores have about the same size at any width.",
                     "zh": "除以 √d 之后，不管多宽，分数的大小都差不多。"}),
                "sum_one": Option(
                    {"en": "without it, the weights of a word would add up to more than 1 in the "
                           "end",
                     "zh": "不除的话，一个词的权重加起来会超过 1"},
                    {"en": "Softmax makes them add up to 1, whatever the scores.",
                     "zh": "不管什么分数，softmax 都让它们加起来是 1。"}),
                "tokens": Option(
                    {"en": "in long texts a word has many scores, and each should then count for "
                           "less",
                     "zh": "文字长，一个词的分数就多，每个该少算一点"},
                    {"en": "d is how wide a query and a key are, not how many words there are.",
                     "zh": "d 是查询和键的宽度，不是词数。"}),
            }),
        after=Choice(
            ask={"en": "In a wide head √d is forgotten. What becomes of the weights?",
                 "zh": "一个很宽的头忘了除以 √d，权重会怎样？"},
            right="spread",
            options={
                "spread": Option(
                    {"en": "nearly all goes to one key, and the head hardly learns",
                     "zh": "几乎全归了一个键，这个头也学不动了"},
                    {"en": "Scores are spread like √d; far apart, softmax is saturated.",
                     "zh": "分数的差别随 √d 变大，相差太远，softmax 就饱和了。"}),
                "speed": Option(
                    {"en": "they stay the same, and take longer to compute", "zh": "不变，只是要算得久一些"},
                    {"en": "The weights change, and the time does not.", "zh": "变的是权重，时间没变。"}),
                "sum_one": Option(
                    {"en": "they no longer add up to 1 in each of the rows", "zh": "每一行加起来不再是 1"},
                    {"en": "Softmax sees to that with any scores.",
                     "zh": "不管什么分数，softmax 都保证这一点。"}),
                "tokens": Option(
                    {"en": "they suffer in long texts, and not in short ones",
                     "zh": "文字长才受影响，短的没事"},
                    {"en": "The width matters here, not the length of the text.",
                     "zh": "要紧的是宽度，不是文字的长短。"}),
            })),
}
