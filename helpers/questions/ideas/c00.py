"""What the inventory asks of chapter 00: start here."""

from ..question import Choice, Idea, Option

IDEAS = {
    "line": Idea(
        name={"en": "what a thick line says", "zh": "一条粗线说明什么"},
        before=Choice(
            ask={"en": "In a picture of one attention head, a thick line runs from “cup” to "
                       "“tea”. What does it say?",
                 "zh": "在一个注意力头的图里，左边的“杯”有一条粗线连到右边的“茶”。它说明什么？"},
            right="share",
            options={
                "importance": Option(
                    {"en": "“tea” is an important word for the model's answer",
                     "zh": "“茶”对模型的回答很重要"},
                    {"en": "It is one step of one head. Whether the answer needs it, only taking "
                           "it away can tell.",
                     "zh": "这只是一个头走的一步。回答需不需要它，要把它拿走才知道。"}),
                "likeness": Option(
                    {"en": "to the model the two words mean nearly the same thing",
                     "zh": "在模型看来，这两个词意思差不多"},
                    {"en": "A question has met what fits it; that need not be likeness.",
                     "zh": "是提问遇上了合适的回答，不一定是意思相近。"}),
                "share": Option(
                    {"en": "this head takes much of what it brings to “cup” from “tea”",
                     "zh": "这个头带给“杯”的东西，多半取自“茶”"},
                    {"en": "A line is a weight: how large a share of the mixture comes from there.",
                     "zh": "一条线就是一个权重：混合的东西里，有几成来自那里。"}),
                "mutual": Option(
                    {"en": "each of the two words takes about as much from the other",
                     "zh": "这两个词从对方那里取得差不多一样多"},
                    {"en": "Each word asks its own question; the line back may be thin.",
                     "zh": "每个词各问各的，反过来的那条线可能很细。"}),
            }),
        after=Choice(
            ask={"en": "In one head, “rain” gives 0.7 of its weight to “umbrella”. What do you "
                       "know from that?",
                 "zh": "有一个头，“雨”把 0.7 的权重给了“伞”。由此可以知道什么？"},
            right="share",
            options={
                "importance": Option(
                    {"en": "without “umbrella” the model would give another answer",
                     "zh": "没有“伞”，模型就会给出别的答案"},
                    {"en": "Perhaps, but one weight cannot tell. Hide the word and look.",
                     "zh": "也许会，但一个权重说明不了。遮住这个词看看才知道。"}),
                "share": Option(
                    {"en": "seven tenths of what it mixes into “rain” come from “umbrella”",
                     "zh": "它混进“雨”里的东西，七成取自“伞”"},
                    {"en": "That, and no more: a share in one weighted average.",
                     "zh": "仅此而已：一次加权平均里占的份额。"}),
                "likeness": Option(
                    {"en": "the vectors of “rain” and “umbrella” point nearly the same way",
                     "zh": "“雨”和“伞”的向量，方向几乎相同"},
                    {"en": "The query of one fits the key of the other: two different readings of "
                           "the words.",
                     "zh": "是一个词的查询合上了另一个词的键，这是从词里读出的两样东西。"}),
                "mutual": Option(
                    {"en": "“umbrella”, for its part, gives about 0.7 of its weight to “rain”",
                     "zh": "反过来，“伞”也把大约 0.7 的权重给了“雨”"},
                    {"en": "That is another row, made by another query.", "zh": "那是另一行，由另一个查询算出。"}),
            })),
    "rows": Idea(
        name={"en": "what adds up to 1", "zh": "什么加起来是 1"},
        before=Choice(
            ask={"en": "A word asks, and no other word answers it well. What does it do with its "
                       "attention?",
                 "zh": "一个词发问，却没有哪个词答得好。它的注意力怎么办？"},
            right="rows",
            options={
                "rows": Option(
                    {"en": "it gives all of it away as ever: its weights add up to 1",
                     "zh": "照样全部分出去：它的权重加起来还是 1"},
                    {"en": "So some word gets it, often one that has little to hand over.",
                     "zh": "总得有谁接着，常常是没什么可交出的词。"}),
                "nothing": Option(
                    {"en": "it gives hardly any away: all its weights are close to 0",
                     "zh": "几乎不给：所有的权重都接近 0"},
                    {"en": "No row is empty: its weights are shares of one whole.",
                     "zh": "没有空的一行：权重是从整整一份里分出来的。"}),
                "columns": Option(
                    {"en": "it fills up the words that have not yet received 1 in all",
                     "zh": "哪个词收到的还不满 1，就补给哪个词"},
                    {"en": "What adds up to 1 is what a word gives. What it receives may be much, "
                           "or nothing.",
                     "zh": "加起来是 1 的是一个词给出的；收到的可多可少。"}),
                "itself": Option(
                    {"en": "it keeps it: the weight that it gives to itself becomes 1",
                     "zh": "自己留着：它给自己的权重变成 1"},
                    {"en": "It may look at itself, but no rule makes it.",
                     "zh": "它可以看自己，但没有这样的规定。"}),
            }),
        after=Choice(
            ask={"en": "In a table of attention weights (query, key), which sums are 1 for every "
                       "text?",
                 "zh": "在注意力权重表 (query, key) 里，不管什么文字，哪些和总是 1？"},
            right="rows",
            options={
                "nothing": Option(
                    {"en": "none: where a query finds nothing, its row is near 0",
                     "zh": "都不是：查询什么也没找到时，那一行接近 0"},
                    {"en": "It shares out one whole then, too.", "zh": "那时它也要分出整整一份。"}),
                "columns": Option(
                    {"en": "those along a column: one key over all queries", "zh": "沿着列：一个键对所有查询"},
                    {"en": "A key may be looked at by all, or by none.",
                     "zh": "一个键可能人人都看，也可能没人看。"}),
                "rows": Option(
                    {"en": "those along a row: one query over all its keys", "zh": "沿着行：一个查询对所有键"},
                    {"en": "Each query shares out one whole.", "zh": "每个查询都分出整整一份。"}),
                "itself": Option(
                    {"en": "that along the diagonal: what each keeps to itself",
                     "zh": "沿着对角线：各自留给自己的"},
                    {"en": "The diagonal is what each gives to itself; no rule fixes how much.",
                     "zh": "对角线是各自给自己的，多少没有规定。"}),
            })),
}
