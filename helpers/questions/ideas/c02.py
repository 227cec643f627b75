"""What the inventory asks of chapter 02: multi-head attention."""

from ..question import Choice, Idea, Option

IDEAS = {
    "roles": Idea(
        name={"en": "what a head's name is worth", "zh": "头的名字有几分可信"},
        before=Choice(
            ask={"en": "In one sentence a head joins “it” to “dog”. What follows for this head?",
                 "zh": "有一句话里，某个头把“它”连到了“狗”。关于这个头，能得出什么？"},
            right="measured",
            options={
                "fixed": Option(
                    {"en": "it is the head for pronouns, and will do so in other sentences",
                     "zh": "它是专管代词的头，在别的句子里也会这样"},
                    {"en": "That is a name read into one picture.", "zh": "这是从一张图里读出来的名字。"}),
                "assigned": Option(
                    {"en": "those who designed the model gave this task to this head",
                     "zh": "设计模型的人，把这件事派给了这个头"},
                    {"en": "Nobody gives a head a task: what it does came with training.",
                     "zh": "没有谁给头派任务：它做什么，是训练出来的。"}),
                "number": Option(
                    {"en": "the heads with the same number in other layers do likewise",
                     "zh": "别的层里，编号相同的头也会这样做"},
                    {"en": "The numbers are names without meaning.", "zh": "编号只是名字，没有含义。"}),
                "measured": Option(
                    {"en": "little, until it is counted on many sentences, against chance",
                     "zh": "还得不出什么：要在许多句子上数过，和随机水平比过"},
                    {"en": "Of many heads one nearly always does so somewhere.",
                     "zh": "头那么多，总有一个在哪句话里会这样。"}),
            }),
        after=Choice(
            ask={"en": "On a hundred texts a head gives 0.6 to the token before; chance is 0.1. "
                       "What may you say?",
                 "zh": "在一百段文字上，某个头平均把 0.6 给了前一个词元，随机水平是 0.1。可以怎么说？"},
            right="measured",
            options={
                "fixed": Option(
                    {"en": "it looks at the token before, whatever text it is given",
                     "zh": "不管给它什么文字，它都看前一个词元"},
                    {"en": "Other kinds of text were not measured.", "zh": "别的文字没有量过。"}),
                "assigned": Option(
                    {"en": "it was built to look back, unlike the heads beside it",
                     "zh": "它和旁边的头不同，造出来就是看前一个词元的"},
                    {"en": "All heads of a layer are built alike; training told them apart.",
                     "zh": "一层里的头造得都一样，差别是训练出来的。"}),
                "measured": Option(
                    {"en": "on texts like these it mostly looks at the token before",
                     "zh": "在这类文字上，它多半看前一个词元"},
                    {"en": "A measure, a chance level, and the texts for which it holds.",
                     "zh": "有测量，有随机水平，也说明了对哪些文字算数。"}),
                "number": Option(
                    {"en": "its namesake one layer on will look at the token before",
                     "zh": "下一层里同编号的头，也会看前一个词元"},
                    {"en": "By its number a head has nothing to do with another.",
                     "zh": "两个头编号相同，并不说明它们有关系。"}),
            })),
    "split": Idea(
        name={"en": "what a head reads of a word", "zh": "一个头读到词的什么"},
        before=Choice(
            ask={"en": "Word vectors have 512 numbers, the layer has 8 heads. What does the first "
                       "head read of a word?",
                 "zh": "词向量有 512 个数，一层有 8 个头。第一个头读词的哪一部分？"},
            right="whole",
            options={
                "whole": Option(
                    {"en": "all 512 numbers, and makes 64 of its own from them",
                     "zh": "全部 512 个数，从中算出自己的 64 个"},
                    {"en": "Cut are query, key and value, and each of their numbers is made from "
                           "the whole vector.",
                     "zh": "切开的是查询、键、值；它们的每个数都由整个向量算出。"}),
                "slice": Option(
                    {"en": "the first 64 of the 512 numbers, as its own part",
                     "zh": "512 个数里的前 64 个，那是归它的一段"},
                    {"en": "Change the last number of the word, and the first head notices.",
                     "zh": "改掉词的最后一个数，第一个头照样察觉。"}),
                "full": Option(
                    {"en": "all 512 numbers, and makes 512 of its own from them",
                     "zh": "全部 512 个数，从中算出自己的 512 个"},
                    {"en": "The heads share the width: 8 times 64.", "zh": "各个头分这个宽度：8 乘 64。"}),
                "tokens": Option(
                    {"en": "all 512 numbers, but only of every eighth word",
                     "zh": "全部 512 个数，但每 8 个词只读一个"},
                    {"en": "Every head sees all words.", "zh": "每个头都看得见所有的词。"}),
            }),
        after=Choice(
            ask={"en": "A layer gets 8 heads in place of 4, and d_model stays. What is halved?",
                 "zh": "d_model 不变，一层从 4 个头改成 8 个头。减半的是什么？"},
            right="whole",
            options={
                "slice": Option(
                    {"en": "how many numbers a head reads of a word's vector",
                     "zh": "一个头读到词向量里多少个数"},
                    {"en": "It reads all of them, through its own columns of W_Q, W_K and W_V.",
                     "zh": "它全都读，用的是 W_Q、W_K、W_V 里自己的那几列。"}),
                "full": Option(
                    {"en": "nothing, and the layer's parameters are doubled",
                     "zh": "什么也没减半，反而这一层的参数翻倍"},
                    {"en": "W_Q, W_K, W_V and W_O keep their size.",
                     "zh": "W_Q、W_K、W_V、W_O 的大小都不变。"}),
                "tokens": Option(
                    {"en": "how many tokens of the text a head may look at",
                     "zh": "一个头可以看文字里的多少个词元"},
                    {"en": "Tokens are never shared out among heads.", "zh": "词元从来不分给各个头。"}),
                "whole": Option(
                    {"en": "how many numbers a head makes from a word's vector",
                     "zh": "一个头从词向量里算出多少个数"},
                    {"en": "Narrower heads, and each still reads the whole vector.",
                     "zh": "头变窄了，而每个头读的仍是整个向量。"}),
            })),
}
