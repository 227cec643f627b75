"""What the inventory asks of chapter 07: GPT."""

from ..question import Choice, Idea, Option

IDEAS = {
    "temperature": Idea(
        name={"en": "what temperature changes", "zh": "温度改变什么"},
        before=Choice(
            ask={"en": "A model that writes has a setting called temperature. It is turned down. "
                       "What happens?",
                 "zh": "会写的模型有个设置叫“温度”。把它调低，会怎样？"},
            right="sharper",
            options={
                "truthful": Option(
                    {"en": "true words become likelier than false ones", "zh": "真实的词比虚假的更可能"},
                    {"en": "Where the likeliest word is wrong, it is now wrong every time.",
                     "zh": "最可能的词要是错的，现在就次次都错。"}),
                "order": Option(
                    {"en": "rare words come before the common ones", "zh": "少见的词排到常见的前面"},
                    {"en": "Dividing by one number leaves the order as it is.",
                     "zh": "除以同一个数，先后不变。"}),
                "sharper": Option(
                    {"en": "likely words become likelier, in the same order", "zh": "可能的词更可能，先后不变"},
                    {"en": "All scores are divided by one number before softmax.",
                     "zh": "softmax 之前，所有分数都除以同一个数。"}),
                "weights": Option(
                    {"en": "the model forgets some of what it has learnt", "zh": "模型忘掉一部分学过的东西"},
                    {"en": "The model stays as it is; only the draw changes.",
                     "zh": "模型没有变，变的只是抽签。"}),
            }),
        after=Choice(
            ask={"en": "Three tokens have 0.5, 0.3 and 0.2 at temperature 1. At temperature 0.5 "
                       "they have about …",
                 "zh": "温度为 1 时，三个词元的概率是 0.5、0.3、0.2。温度为 0.5 时，大约是："},
            right="sharper",
            options={
                "truthful": Option(
                    {"en": "1, 0, 0, if the first is true", "zh": "1、0、0，只要第一个是真的"},
                    {"en": "Lots are still drawn, and no softmax knows what is true.",
                     "zh": "照样要抽签，而且 softmax 不知道什么是真的。"}),
                "order": Option(
                    {"en": "0.11, 0.24, 0.66", "zh": "0.11、0.24、0.66"},
                    {"en": "The likeliest stays the likeliest.", "zh": "最可能的仍然最可能。"}),
                "weights": Option(
                    {"en": "0.25, 0.15, 0.10", "zh": "0.25、0.15、0.10"},
                    {"en": "Probabilities add up to 1 at any temperature.",
                     "zh": "不管什么温度，概率加起来都是 1。"}),
                "sharper": Option(
                    {"en": "0.66, 0.24, 0.11", "zh": "0.66、0.24、0.11"},
                    {"en": "The large one has gained, and the order has stayed.",
                     "zh": "大的更大了，次序没有变。"}),
            })),
    "gpt": Idea(
        name={"en": "what tells GPT from BERT", "zh": "GPT 和 BERT 差在哪里"},
        before=Choice(
            ask={"en": "BERT guesses hidden words, GPT writes on. What differs in the network "
                       "itself?",
                 "zh": "BERT 猜遮住的词，GPT 接着往下写。就网络本身来说，差在哪里？"},
            right="mask",
            options={
                "mask": Option(
                    {"en": "in a GPT no token sees those after it", "zh": "GPT 里，词元看不见后面的词元"},
                    {"en": "One causal mask; the layers are of one kind.",
                     "zh": "就是一个因果掩码，层是同一种层。"}),
                "attention": Option(
                    {"en": "a GPT has a memory in place of attention", "zh": "GPT 用记忆代替了注意力"},
                    {"en": "A GPT is attention through and through.", "zh": "GPT 从头到尾都是注意力。"}),
                "size": Option(
                    {"en": "a GPT is large enough to be able to write", "zh": "GPT 足够大，所以会写"},
                    {"en": "Both come in all sizes, and small GPTs write.",
                     "zh": "两种都有大有小，小的 GPT 也会写。"}),
                "directions": Option(
                    {"en": "a GPT reads a text forwards and backwards", "zh": "GPT 把文字正着读，又倒着读"},
                    {"en": "It never sees what comes later.", "zh": "后面的东西，它从来看不见。"}),
            }),
        after=Choice(
            ask={"en": "You change the last token of a text. At the places before it, which "
                       "model's vectors change?",
                 "zh": "把一段文字的最后一个词元换掉。在它前面的那些位置上，哪个模型的向量会变？"},
            right="mask",
            options={
                "attention": Option(
                    {"en": "neither's: a vector is its own word's", "zh": "都不变：向量只属于自己的词"},
                    {"en": "Attention mixes the words of a text.", "zh": "注意力会把文中的词混在一起。"}),
                "mask": Option(
                    {"en": "BERT's, for its tokens see later ones", "zh": "BERT 的，因为它的词元看得见后面的"},
                    {"en": "In a GPT a causal mask keeps the earlier places as they were.",
                     "zh": "在 GPT 里，因果掩码让前面的位置保持原样。"}),
                "size": Option(
                    {"en": "that of the larger, which notices more", "zh": "大的那个，它察觉得更多"},
                    {"en": "Size plays no part; the mask does.", "zh": "与大小无关，要看掩码。"}),
                "directions": Option(
                    {"en": "GPT's, for it writes from the end on", "zh": "GPT 的，因为它从末尾接着写"},
                    {"en": "It writes there, but its earlier places never see the end.",
                     "zh": "它是从那里接着写，可前面的位置看不见末尾。"}),
            })),
}
