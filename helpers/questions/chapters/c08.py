"""Questions of chapter 08: your own claim about a head."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "missed": Choice(
        right="cup",
        options={
            "drink": Option(
                {"en": "drink", "zh": "drink"},
                {"en": "One would think so; but a cup of something is drunk anyway.",
                 "zh": "按理该是它；可是一杯东西，总归是拿来喝的。"}),
            "morning": Option(
                {"en": "morning", "zh": "morning"},
                {"en": "It tells coffee from wine for us; the model loses little without it.",
                 "zh": "对我们来说它区分咖啡和酒；对模型来说，没有它损失也不大。"}),
            "cup": Option(
                {"en": "cup", "zh": "cup"},
                {"en": "By far, and of next: what is in a cup is a drink.",
                 "zh": "远远超过别的，其次是 of：杯子里装的是饮料。"}),
        }),
    "agree": Choice(
        right="integrated",
        options={
            "integrated": Option(
                {"en": "integrated gradients", "zh": "积分梯度"},
                {"en": "They ask nearly what the experiment asks: from [MASK] to this word, what is gained?",
                 "zh": "它问的和实验差不多：从 [MASK] 变成这个词，得到了什么？"}),
            "last": Option(
                {"en": "attention weights of the last layer", "zh": "最后一层的注意力权重"},
                {"en": "What most heat maps show, and here among the farthest.",
                 "zh": "多数热力图画的就是它，在这里却离得很远。"}),
            "gradient": Option(
                {"en": "gradient × input", "zh": "梯度 × 输入"},
                {"en": "It asks what a shorter embedding would do, and no text has shorter embeddings.",
                 "zh": "它问的是嵌入变短会怎样，可没有哪段文字的嵌入会变短。"}),
            "near": Option(
                {"en": "nearness to the gap, without the model", "zh": "只看离空格远近，不用模型"},
                {"en": "Not the nearest, but better than some that use the model: that is why it is asked.",
                 "zh": "不是最接近的，却胜过几种用了模型的：所以才要问它。"}),
        }),
    "control": Choice(
        right="little",
        options={
            "same": Option(
                {"en": "as much as on the target texts", "zh": "和目标文字上一样多"},
                {"en": "So it is with another head of this layer, and not with this one.",
                 "zh": "这一层另有一个头是这样，它不是。"}),
            "little": Option(
                {"en": "next to nothing", "zh": "几乎为零"},
                {"en": "Without a translation it has nothing to fetch: what the claim says should not break does not.",
                 "zh": "没有译文，它就没有东西可取：论断说不该坏的，确实没坏。"}),
            "half": Option(
                {"en": "about half as much", "zh": "大约一半"},
                {"en": "Then half of its work would have nothing to do with translation.",
                 "zh": "那就意味着它有一半的活与翻译无关。"}),
        }),
    "pretty": Choice(
        right="fifth",
        options={
            "most": Option(
                {"en": "in nearly all", "zh": "几乎每一段"},
                {"en": "That is what the one sentence promised.", "zh": "那一句话就是这样许诺的。"}),
            "half": Option(
                {"en": "in about half", "zh": "大约一半"},
                {"en": "Not even the best of all 24 reaches that.", "zh": "24 个头里最好的也没到一半。"}),
            "fifth": Option(
                {"en": "in about one of five", "zh": "大约五分之一"},
                {"en": "Little more than a word drawn by lot.", "zh": "比随便抽一个词好不了多少。"}),
        }),
    "heatmap": Essay(
        least=40,
        points={
            "en": "True: the heads of the last layer took most from the place of drink.\n"
                  "Does not follow: that the answer would be another one without it.\n"
                  "The experiment: drink hidden costs next to nothing, cup hidden several bits.",
            "zh": "真的：最后一层的头从 drink 的位置取得最多。\n"
                  "推不出：没有它，答案就会变。\n"
                  "实验：遮住 drink 几乎没有代价，遮住 cup 要丢好几个比特。"},
        why={"en": "It is true that the heads of the last layer took most from the place of “drink”. It does not "
                   "follow that the model would have answered differently without it: by then every place holds "
                   "something of all words, and on fifty texts this layer was far from the ablation. Hidden from all, "
                   "“drink” costs next to nothing here and “cup” several bits.",
             "zh": "最后一层的头确实从 drink 的位置取得最多。可这推不出没有它模型就会另作回答：到了这一层，"
                   "每个位置里都有所有词的份，而且在五十段文字上，这一层离消融很远。谁也看不到 drink 时，"
                   "这里几乎没有代价；遮住 cup 却要丢好几个比特。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "A head gives 0.8 of its weight to a token. That means …",
                 "zh": "一个头把 0.8 的权重给了某个词元，这说明："},
            right="share",
            options={
                "important": Option(
                    {"en": "the token is important for the answer", "zh": "这个词元对答案很重要"},
                    {"en": "Its value may be short, or W_O may not let it through.",
                     "zh": "它的值可能很短，W_O 也可能不放行。"}),
                "share": Option(
                    {"en": "0.8 of what this head takes is that token's value", "zh": "这个头取的东西里，八成是它的值"},
                    {"en": "That, and no more.", "zh": "仅此而已。"}),
                "like": Option(
                    {"en": "the two tokens mean the same", "zh": "两个词元意思相同"},
                    {"en": "Query and key fit; that need not be likeness.", "zh": "查询和键吻合，不一定是意思相近。"}),
            }),
        Choice(
            ask={"en": "You switch a head off and nothing changes. What is shown?",
                 "zh": "关掉一个头，什么也没变。这说明了什么？"},
            right="here",
            options={
                "useless": Option(
                    {"en": "the head does nothing", "zh": "这个头没有用"},
                    {"en": "Others may stand in (chapters 02 and 07).",
                     "zh": "可能是别的头顶上来了（第 02、07 章）。"}),
                "broken": Option(
                    {"en": "the experiment failed", "zh": "实验没做成"},
                    {"en": "It worked; it says less than one hopes.", "zh": "实验做成了，只是说明的比指望的少。"}),
                "here": Option(
                    {"en": "this guess can do without it", "zh": "这次猜测没有它也行"},
                    {"en": "On this text, as long as the others are there.", "zh": "在这段文字上，只要别的头还在。"}),
            }),
        Choice(
            ask={"en": "Why does a probe need a control task?", "zh": "探针为什么需要对照任务？"},
            right="heart",
            options={
                "heart": Option(
                    {"en": "to see what it could learn by heart", "zh": "看看它死记硬背能得多少"},
                    {"en": "Accuracy alone does not tell that apart (chapter 06).",
                     "zh": "单看准确率分不出来（第 06 章）。"}),
                "speed": Option(
                    {"en": "to train faster", "zh": "训练得更快"},
                    {"en": "It costs a second training.", "zh": "它还要多训练一次。"}),
                "more": Option(
                    {"en": "to have more labels", "zh": "标签更多"},
                    {"en": "The labels are drawn by lot; they teach nothing.",
                     "zh": "那些标签是抽签来的，教不了什么。"}),
            }),
        Choice(
            ask={"en": "How was the head that copies found in the GPT?", "zh": "GPT 里会复制的头是怎样找到的？"},
            right="measure",
            options={
                "eye": Option(
                    {"en": "by looking at a pretty picture", "zh": "看一张漂亮的图"},
                    {"en": "The picture came after the number.", "zh": "先有数，后有图。"}),
                "measure": Option(
                    {"en": "by a score on random tokens read twice", "zh": "让随机词元读两遍，打分"},
                    {"en": "A measure with a chance level of nearly 0, and then switching off.",
                     "zh": "这个测量的随机水平接近 0，然后再把它关掉。"}),
                "trained": Option(
                    {"en": "it was told to copy", "zh": "有人教它复制"},
                    {"en": "No head was told anything; repeats were in the text.",
                     "zh": "没有谁教过哪个头；只是文字里有重复。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "Which is a claim that can fail?", "zh": "哪一个是有可能错的论断？"},
            right="number",
            options={
                "understands": Option(
                    {"en": "Head 3 understands grammar.", "zh": "头 3 懂语法。"},
                    {"en": "Which result would speak against it?", "zh": "什么结果能反驳它？"}),
                "sometimes": Option(
                    {"en": "Head 3 sometimes looks at verbs.", "zh": "头 3 有时看动词。"},
                    {"en": "Every head does, sometimes.", "zh": "哪个头有时都会。"}),
                "number": Option(
                    {"en": "Layer 2 head 3 gives verbs more weight than chance, on new texts.",
                     "zh": "在新的文字上，第 2 层头 3 给动词的权重高于随机水平。"},
                    {"en": "A number can contradict it.", "zh": "一个数就能反驳它。"}),
            }),
        Choice(
            ask={"en": "What does the length of α·v·W_O add to the weight?", "zh": "α·v·W_O 的长度比权重多了什么？"},
            right="arrives",
            options={
                "arrives": Option(
                    {"en": "how much arrives", "zh": "到了多少"},
                    {"en": "Share times what there is to take.", "zh": "取走的比例，乘以那里有多少可取。"}),
                "sign": Option(
                    {"en": "whether it speaks for or against", "zh": "是支持还是反对"},
                    {"en": "A length has no sign.", "zh": "长度没有正负。"}),
                "layers": Option(
                    {"en": "what came before in other layers", "zh": "之前各层发生了什么"},
                    {"en": "It is one step, like the weight.", "zh": "它和权重一样，只讲一步。"}),
            }),
        Choice(
            ask={"en": "Why was nearness to the gap measured?", "zh": "为什么要量“离空格有多近”？"},
            right="control",
            options={
                "good": Option(
                    {"en": "it is a good explanation", "zh": "它是个好解释"},
                    {"en": "It knows nothing of the model.", "zh": "它对模型一无所知。"}),
                "control": Option(
                    {"en": "as a control that knows no model", "zh": "作对照：它不懂模型"},
                    {"en": "What reaches no more than this has shown little.", "zh": "比不过它的，说明不了什么。"}),
                "fast": Option(
                    {"en": "it is fast", "zh": "它算得快"},
                    {"en": "True, and not the reason.", "zh": "确实快，但不是原因。"}),
            }),
        Choice(
            ask={"en": "Two people disagree about attention as explanation. First ask them …",
                 "zh": "两个人为“注意力算不算解释”争起来，先问他们："},
            right="what",
            options={
                "model": Option(
                    {"en": "which model is larger", "zh": "谁的模型大"},
                    {"en": "Size does not settle a word.", "zh": "大小定不了一个词的意思。"}),
                "heat": Option(
                    {"en": "for a heat map", "zh": "要一张热力图"},
                    {"en": "Both have one.", "zh": "两边都有。"}),
                "what": Option(
                    {"en": "explanation of what, for whom", "zh": "解释什么，给谁看"},
                    {"en": "Of one step it says the truth; of the answer it need not.",
                     "zh": "讲一步，它是真话；讲答案，就未必了。"}),
            }),
        Choice(
            ask={"en": "The best of 24 heads has 0.4 on ten texts. What will it have on new ones?",
                 "zh": "24 个头里最好的，在十段文字上得 0.4。在新的文字上会怎样？"},
            right="less",
            options={
                "less": Option(
                    {"en": "probably less", "zh": "多半更低"},
                    {"en": "It was chosen for its luck, too.", "zh": "选中它，也有运气的份。"}),
                "same": Option(
                    {"en": "0.4 on average", "zh": "平均还是 0.4"},
                    {"en": "That holds of a head chosen before looking.", "zh": "没看之前就选好的头才是这样。"}),
                "more": Option(
                    {"en": "more, with more texts", "zh": "文字多了会更高"},
                    {"en": "More texts make it surer, not larger.", "zh": "文字多只会更准，不会更高。"}),
            }),
        Choice(
            ask={"en": "A head off costs 1 bit with a translation and 1 bit without. The claim “it translates” …",
                 "zh": "关掉一个头，有译文时丢 1 比特，没有译文时也丢 1 比特。“它管翻译”这个论断："},
            right="not_shown",
            options={
                "shown": Option(
                    {"en": "is shown: it costs a bit", "zh": "成立：丢了 1 比特"},
                    {"en": "It costs that anywhere.", "zh": "到哪里都丢这么多。"}),
                "not_shown": Option(
                    {"en": "is not supported", "zh": "得不到支持"},
                    {"en": "What it costs has nothing to do with the translation.", "zh": "它的代价与译文无关。"}),
                "half": Option(
                    {"en": "is half true", "zh": "对了一半"},
                    {"en": "The difference is what counts, and that is 0.", "zh": "要看差值，而差值是 0。"}),
            }),
        Choice(
            ask={"en": "An interval around a median of fifty texts says …",
                 "zh": "五十段文字的中位数带一个区间，它说的是："},
            right="texts",
            options={
                "truth": Option(
                    {"en": "the claim is true with 95 %", "zh": "论断有 95% 的可能为真"},
                    {"en": "It knows nothing of the claim.", "zh": "它不知道论断是什么。"}),
                "all": Option(
                    {"en": "95 % of the texts lie inside", "zh": "95% 的文字落在里面"},
                    {"en": "The dots spread much wider.", "zh": "那些小点散得宽得多。"}),
                "texts": Option(
                    {"en": "how much it hangs on which texts were taken", "zh": "换一批文字，它会动多少"},
                    {"en": "On texts like these, with this model.", "zh": "指的是这类文字、这个模型。"}),
            }),
        Choice(
            ask={"en": "What does check(\"08.report\") judge?", "zh": "check(\"08.report\") 评判的是什么？"},
            right="form",
            options={
                "form": Option(
                    {"en": "whether all parts are there", "zh": "各个部分齐不齐"},
                    {"en": "A reader judges the rest.", "zh": "其余由读者来评。"}),
                "true": Option(
                    {"en": "whether the claim is true", "zh": "论断真不真"},
                    {"en": "No program can.", "zh": "程序判断不了。"}),
                "style": Option(
                    {"en": "how well it is written", "zh": "写得好不好"},
                    {"en": "It cannot read.", "zh": "它不识字。"}),
            }),
    ),
}
