"""What the inventory asks of chapter 06: BERT."""

from ..question import Choice, Idea, Option

IDEAS = {
    "mask": Idea(
        name={"en": "what [MASK] is for", "zh": "[MASK] 是做什么用的"},
        before=Choice(
            ask={"en": "BERT was trained to guess hidden words. It now reads emails in order to "
                       "sort them. What is hidden?",
                 "zh": "BERT 是靠猜遮住的词训练出来的。现在用它读邮件、做分类，遮住的是什么？"},
            right="training",
            options={
                "in_use": Option(
                    {"en": "some words by lot, as during training", "zh": "抽签遮几个词，和训练时一样"},
                    {"en": "That would only take words away from it.", "zh": "那只会让它少看几个词。"}),
                "later": Option(
                    {"en": "the words after the one being read", "zh": "正在读的词后面的那些词"},
                    {"en": "That is a causal mask, as GPT has it.", "zh": "那是因果掩码，GPT 才有。"}),
                "training": Option(
                    {"en": "nothing: hiding words was how it learnt", "zh": "什么也不遮：遮词是它学习的办法"},
                    {"en": "[MASK] stands only where a word is to be guessed.",
                     "zh": "只有要它猜词的地方，才放 [MASK]。"}),
                "key_words": Option(
                    {"en": "the words that give the answer away", "zh": "会泄露答案的那些词"},
                    {"en": "Nobody picks words: in training the lot decides.",
                     "zh": "没有谁去挑：训练时也是抽签决定。"}),
            }),
        after=Choice(
            ask={"en": "In training, a tenth of BERT's chosen words were left as they are instead "
                       "of hidden. Why?",
                 "zh": "训练 BERT 时，选中的词里有一成不遮，原样留着。为什么？"},
            right="training",
            options={
                "in_use": Option(
                    {"en": "in use, too, a tenth of the chosen words is left as it is",
                     "zh": "使用时，选中的词也有一成原样留着"},
                    {"en": "In use no words are chosen.", "zh": "使用时根本不选词。"}),
                "later": Option(
                    {"en": "it may look at earlier words, and those have to be there",
                     "zh": "它只能看前面的词，前面的词得在"},
                    {"en": "BERT sees both sides of a word.", "zh": "BERT 看得见一个词的两边。"}),
                "key_words": Option(
                    {"en": "they are the words that the sentence cannot do without",
                     "zh": "这些词是句子里少不了的"},
                    {"en": "They were drawn by lot.", "zh": "它们是抽签抽中的。"}),
                "training": Option(
                    {"en": "in use no word is hidden, and those vectors must be good too",
                     "zh": "使用时一个词也不遮，那些词的向量也得好"},
                    {"en": "Otherwise it could be careless wherever no [MASK] stands.",
                     "zh": "否则没有 [MASK] 的地方，它就可以马虎。"}),
            })),
    "context": Idea(
        name={"en": "one word, many vectors", "zh": "一个词，许多向量"},
        before=Choice(
            ask={"en": "“bank” stands in a sentence about rivers and in one about money. Inside a "
                       "BERT its two vectors are …",
                 "zh": "“打电话”和“打篮球”里都有“打”。在 BERT 里，它的两个向量："},
            right="layers",
            options={
                "layers": Option(
                    {"en": "alike at the entrance, different after some layers",
                     "zh": "刚进来时一样，过了几层就不同"},
                    {"en": "The layers mix the neighbours in. (We leave the positions aside.)",
                     "zh": "各层把邻居混了进来。（这里先不算位置。）"}),
                "fixed": Option(
                    {"en": "alike everywhere: the same word, the same vector",
                     "zh": "处处一样：词相同，向量就相同"},
                    {"en": "That holds before the first layer alone.", "zh": "只有进第一层之前才是这样。"}),
                "entries": Option(
                    {"en": "different: the vocabulary has two words “bank”", "zh": "不同：词表里有两个“打”"},
                    {"en": "It has one entry. The sense comes from the sentence.",
                     "zh": "词表里只有一个，意思是从句子里来的。"}),
                "chance": Option(
                    {"en": "different: no two readings give the same numbers",
                     "zh": "不同：每读一次，数都不一样"},
                    {"en": "The same sentence gives the same numbers every time.",
                     "zh": "同一句话，每次得到的数都一样。"}),
            }),
        after=Choice(
            ask={"en": "“a light bag”, “turn on the light”: where do the vectors of “light” begin "
                       "to differ by sense?",
                 "zh": "“花钱”和“买花”：“花”的向量从哪里开始，因意思不同而不同？"},
            right="layers",
            options={
                "fixed": Option(
                    {"en": "nowhere: a spelling has one vector for all",
                     "zh": "哪里都没有不同：写法相同，向量只有一个"},
                    {"en": "So it is in the table of embeddings, and only there.",
                     "zh": "只有在嵌入表里才是这样。"}),
                "entries": Option(
                    {"en": "at once: each sense has an entry of its own",
                     "zh": "一开始就不同：每个意思在词表里各有一条"},
                    {"en": "A vocabulary lists spellings, not senses.", "zh": "词表列的是写法，不是意思。"}),
                "layers": Option(
                    {"en": "where attention has mixed the neighbours in", "zh": "从注意力把邻居混进来之后"},
                    {"en": "Before that, its word vector is one and the same.",
                     "zh": "在那之前，词向量是同一个。"}),
                "chance": Option(
                    {"en": "at once: each reading is another throw of dice",
                     "zh": "一开始就不同：每读一次都像掷一次骰子"},
                    {"en": "Reading draws no lots.", "zh": "读的时候不抽签。"}),
            })),
}
