"""Questions of chapter 05: encoder-decoder translation."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "second_token": Choice(
        right="have",
        options={
            "have": Option(
                {"en": "have", "zh": "have"},
                {"en": "After 我 comes 有, and it says what have says.", "zh": "“我”之后是“有”，对应的正是 have。"}),
            "red": Option(
                {"en": "red", "zh": "red"},
                {"en": "Not yet: first comes the verb, then how many, then the colour.",
                 "zh": "还早：先是动词，再是量词，然后才是颜色。"}),
            "i": Option(
                {"en": "I", "zh": "I"},
                {"en": "That was the first token, 我.", "zh": "那是第一个词元“我”。"}),
        }),
    "grows": Choice(
        right="yes",
        options={
            "yes": Option(
                {"en": "yes", "zh": "会"},
                {"en": "Nothing holds the sum in check, so one last norm is needed at the end.",
                 "zh": "没有什么管着这个和，所以最后还要再做一次层归一化。"}),
            "no": Option(
                {"en": "no: the norms keep it small", "zh": "不会：有层归一化管着"},
                {"en": "The norms stand before the parts and act on what these read, not on the sum itself.",
                 "zh": "层归一化在各部分之前，管的是它们读到的东西，不是这个和本身。"}),
        }),
    "saturated": Choice(
        right="one",
        options={
            "even": Option(
                {"en": "it spreads evenly", "zh": "平均分给所有词元"},
                {"en": "Long vectors make large scores, and softmax sharpens differences; it does not level them.",
                 "zh": "向量长，分数就大；softmax 放大差别，不会把它抹平。"}),
            "same": Option(
                {"en": "the same: softmax makes every row sum to 1", "zh": "没有变化：softmax 总让每行之和为 1"},
                {"en": "The sum stays 1, the shares do not: large scores make one of them take nearly all.",
                 "zh": "和还是 1，分法变了：分数一大，几乎全归一个。"}),
            "one": Option(
                {"en": "it gives nearly everything to one key", "zh": "几乎全给一个键"},
                {"en": "Large scores saturate softmax.", "zh": "分数太大，softmax 就饱和了。"}),
        }),
    "norm_place": Choice(
        right="after_last",
        options={
            "equal": Option(
                {"en": "each layer gets about as much, wherever the norms stand",
                 "zh": "层归一化放哪里都一样，各层差不多"},
                {"en": "So it is with the norm before. With the norm after, the gradient shrinks at every norm on its "
                       "way back.",
                 "zh": "放在前面是这样。放在后面，梯度往回传时每过一个层归一化就变小一些。"}),
            "after_last": Option(
                {"en": "norm after: the last layers get most of it", "zh": "放在后面时，大部分给了最后几层"},
                {"en": "On its way back it passes a norm after every sum and shrinks; with the norm before, it runs "
                       "along the stream untouched.",
                 "zh": "往回传时，每次相加之后都要过一个层归一化，越传越小；放在前面，它就顺着残差流原样传回去。"}),
            "before_last": Option(
                {"en": "norm before: the last layers get most of it", "zh": "放在前面时，大部分给了最后几层"},
                {"en": "The other way round: with the norm before, the stream carries the gradient back untouched.",
                 "zh": "正相反：放在前面，梯度顺着残差流原样传回去。"}),
        }),
    "padding": Choice(
        right="nothing",
        options={
            "nothing": Option(
                {"en": "hidden, it changes nothing; seen, it does", "zh": "遮住就没有影响，不遮就有"},
                {"en": "Weights of exactly 0: what stands there cannot arrive anywhere.",
                 "zh": "权重正好是 0：那里的东西到不了任何地方。"}),
            "little": Option(
                {"en": "hidden, it still changes a little", "zh": "遮住了也还有一点影响"},
                {"en": "The difference is below 1e-12: rounding.", "zh": "差别小于 1e-12，只是舍入误差。"}),
        }),
    "nonsense": Choice(
        right="two",
        options={
            "low": Option(
                {"en": "already at 0.3", "zh": "0.3 就开始了"},
                {"en": "There the likeliest token wins almost every draw.", "zh": "这时几乎每次都抽中最可能的那个。"}),
            "one": Option(
                {"en": "at 1.0, in every draw", "zh": "1.0，次次都胡说"},
                {"en": "At 1.0 the odds are the model's own: most draws are sound, now and then a rare one slips in.",
                 "zh": "1.0 时用的是模型自己的概率：多数抽得像样，偶尔混进一个罕见的。"}),
            "two": Option(
                {"en": "at 2.0 nothing is left of the sentence", "zh": "到 2.0，句子就面目全非"},
                {"en": "Thousands of unlikely tokens together get most of the chance.",
                 "zh": "成千上万个不大可能的词元，加起来占了大半机会。"}),
        }),
    "kept": Choice(
        right="query",
        options={
            "query": Option(
                {"en": "the query", "zh": "查询"},
                {"en": "It asks once, at its own step; keys and values must answer at all later ones.",
                 "zh": "它只在自己那一步问一次；键和值，后面每一步都要用来应答。"}),
            "key": Option(
                {"en": "the key", "zh": "键"},
                {"en": "Every later query is compared with it.", "zh": "后面的每个查询都要与它相比。"}),
            "value": Option(
                {"en": "the value", "zh": "值"},
                {"en": "Every later token may take from it.", "zh": "后面的每个词元都可能从它那里取东西。"}),
        }),
    "no_cross": Choice(
        right="sentence",
        options={
            "nothing": Option(
                {"en": "nothing", "zh": "什么也不写"},
                {"en": "The decoder still knows its language; only the source is gone.",
                 "zh": "解码器仍然会说话，只是没有了原文。"}),
            "letters": Option(
                {"en": "single characters without sense", "zh": "几个零散的字"},
                {"en": "Its self-attention and feed-forward networks still know which token follows which.",
                 "zh": "自注意力和前馈网络仍然知道什么后面接什么。"}),
            "sentence": Option(
                {"en": "a fluent sentence about something else", "zh": "一句通顺的话，说的是别的事"},
                {"en": "That is what cross-attention is for: not how to speak, but what to say.",
                 "zh": "这就是交叉注意力的用处：管的不是怎么说，而是说什么。"}),
        }),
    "fails": Choice(
        right="rare",
        options={
            "everyday": Option(
                {"en": "everyday and feelings", "zh": "日常和心情"},
                {"en": "These it has read by the thousand.", "zh": "这类句子它读过成千上万。"}),
            "rare": Option(
                {"en": "names, numbers, rare words, long sentences", "zh": "人名、数字、生僻词、长句"},
                {"en": "What it has seldom read it replaces by what it has read often, fluently and without a "
                       "warning.",
                 "zh": "很少读到的，它就换成常读到的，说得还很通顺，也不提醒你。"}),
            "all": Option(
                {"en": "all of them", "zh": "全都会错"},
                {"en": "The first two come out right.", "zh": "前两句是对的。"}),
        }),
    "map": Choice(
        right="anti",
        options={
            "diagonal": Option(
                {"en": "a line from top left to bottom right", "zh": "从左上到右下的一条线"},
                {"en": "That would be copying: the first letter from the first.",
                 "zh": "那是照抄：第一个字母看第一个字母。"}),
            "anti": Option(
                {"en": "a line from top right to bottom left", "zh": "从右上到左下的一条线"},
                {"en": "The first letter written looks at the last one read, and so on.",
                 "zh": "写第一个字母时看读到的最后一个，依此类推。"}),
            "spread": Option(
                {"en": "grey all over", "zh": "到处都是灰的"},
                {"en": "That is the map at step 0, before anything is learnt.",
                 "zh": "那是第 0 步、什么都还没学会时的样子。"}),
        }),
    "residual_off": Choice(
        right="stuck",
        options={
            "stuck": Option(
                {"en": "it gets stuck, far from where the whole one came", "zh": "停在半路，离完整的模型差得远"},
                {"en": "What a part does not carry on is lost: the letter itself, its place, the way back for the "
                       "gradient.",
                 "zh": "哪个部分没有往后带，就丢了：字母自己、它的位置、梯度回来的路。"}),
            "nothing": Option(
                {"en": "it learns nothing at all", "zh": "什么也学不会"},
                {"en": "With one layer there are five parts in a row, and some still gets through. In a deep model "
                       "you would be right.",
                 "zh": "只有一层时，一共才五个部分，还是有东西传得过去。模型很深的话，你就说对了。"}),
            "same": Option(
                {"en": "the same, a little later", "zh": "一样，只是慢一点"},
                {"en": "More steps do not help it: try `learnt` with more of them.",
                 "zh": "多走几步也没有用：给 `learnt` 加些步数试试。"}),
        }),
    "thinking_off": Choice(
        right="slower",
        options={
            "nothing": Option(
                {"en": "it learns nothing at all", "zh": "什么也学不会"},
                {"en": "To move a letter from one place to another is the work of attention; for this task it does "
                       "most.",
                 "zh": "把字母从一处搬到另一处，是注意力的活；这件事主要靠它。"}),
            "slower": Option(
                {"en": "it learns, but less in the same steps", "zh": "学得会，只是同样的步数学得少些"},
                {"en": "Attention alone can move letters. Tasks in which something must be worked out, not moved, "
                       "would miss the network more.",
                 "zh": "光靠注意力就能搬字母。要是任务不是搬，而是要算出点什么，少了前馈网络就更吃亏。"}),
            "same": Option(
                {"en": "no difference: attention does it all", "zh": "没有区别：注意力全包了"},
                {"en": "Nearly: but it comes less far in the same number of steps.",
                 "zh": "差不多，可是同样的步数，它学到的少一些。"}),
        }),
    "norm_off": Choice(
        right="faster",
        options={
            "runs_away": Option(
                {"en": "the loss runs away", "zh": "损失失控"},
                {"en": "In a model with many layers it may. This one has a single layer.",
                 "zh": "层数多的模型有可能。这个只有一层。"}),
            "slower": Option(
                {"en": "it learns, but more slowly", "zh": "学得会，只是慢些"},
                {"en": "That would be the expectation; the measurement says otherwise here.",
                 "zh": "按理是这样；这里测出来的却不是。"}),
            "faster": Option(
                {"en": "it learns at least as fast", "zh": "学得一样快，甚至更快"},
                {"en": "With one layer there is little that a norm must hold in check.",
                 "zh": "只有一层，没有多少东西要靠层归一化来管。"}),
        }),
    "blind": Choice(
        right="bag",
        options={
            "first": Option(
                {"en": "the first and the last", "zh": "第一个和最后一个"},
                {"en": "It cannot tell which letter is first: nothing says where a letter stands.",
                 "zh": "它分不出哪个字母在最前：没有什么说过字母站在哪里。"}),
            "bag": Option(
                {"en": "the letters, but not their order", "zh": "字母对，次序不对"},
                {"en": "A word without positions is a bag of letters.", "zh": "没有位置，一个词只是一袋字母。"}),
            "none": Option(
                {"en": "none at all", "zh": "一个也不对"},
                {"en": "It can see which letters there are.", "zh": "有哪些字母，它是看得见的。"}),
        }),
    "first_words": Choice(
        right="frequent",
        options={
            "frequent": Option(
                {"en": "the frequent ones first", "zh": "常见的词"},
                {"en": "It begins with one token repeated, then with 我 and 人, long before 伞 appears.",
                 "zh": "先是一个字重复到底，然后是“我”“人”，很久以后才有“伞”。"}),
            "matter": Option(
                {"en": "the ones that matter", "zh": "要紧的词"},
                {"en": "For a long time it writes only what is frequent: the loss falls fastest that way.",
                 "zh": "很长一段时间里，它只写常见的：这样损失降得最快。"}),
        }),
    "loss_first": Choice(
        right="loss",
        options={
            "loss": Option(
                {"en": "the fall of the loss", "zh": "损失先降"},
                {"en": "At first it learns which tokens are frequent; for that no head has to point anywhere.",
                 "zh": "最先学到的是哪些词元常见，这用不着哪个头去指什么。"}),
            "heads": Option(
                {"en": "the rise of the heads", "zh": "头先升"},
                {"en": "The loss has fallen far before any head begins to align.",
                 "zh": "在任何一个头开始对齐之前，损失早就降了很多。"}),
            "both": Option(
                {"en": "both at once", "zh": "同时"},
                {"en": "There are hundreds of steps between the two.", "zh": "两者之间隔着几百步。"}),
        }),
    "cached": Essay(
        least=40,
        why={"en": "Under the causal mask a new last token changes nothing at the places before it, so their keys "
                   "and values can be kept for good. In BERT every place notices it, so every key and value would "
                   "have to be computed again.",
             "zh": "有因果掩码时，末尾换一个词元，前面的位置毫无变化，所以它们的键和值可以一直留着。在 BERT 里，"
                   "每个位置都会受影响，键和值都得重算。"}),
    "design": Essay(
        least=60,
        why={"en": "Change the number of heads alone, 1 against 2: task, d_model, learning rate, number of steps and "
                   "the seed of each pair stay the same. Measure, on words it has not seen, the share of right letters "
                   "at a fixed step, or the step at which it first reaches 90 %. Repeat it with at least five seeds: "
                   "one pair may be luck. Against the sentence speaks that the one-headed runs come as far, or that "
                   "the difference between the two is no larger than that between two seeds. (More heads make each "
                   "head narrower, so it is not only their number that changes: say so.)",
             "zh": "只改头数，1 对 2；任务、d_model、学习率、步数以及每一对的种子都相同。在没见过的词上测量：固定步数时"
                   "写对的比例，或者第一次达到 90% 的步数。至少换五个种子重复：只比一对可能是碰巧。如果一个头的也走得"
                   "一样远，或者两者的差别并不大于换个种子带来的差别，就说明这句话不对。（头多了，每个头就窄了，变的"
                   "不只是头数：这一点要说明。）"}),
    "transfer": Essay(
        least=40,
        why={"en": "Both lines are the same sentence, fluent, and about neither source. With cross-attention off "
                   "nothing of the source reaches the decoder, so it can only write what is likeliest at "
                   "all, and that is the same for every source. It holds in both directions: what to say comes across "
                   "that bridge, how to say it does not.",
             "zh": "两行是同一句话，很通顺，跟哪句原文都没有关系。关掉交叉注意力，原文什么也到不了解码器，"
                   "它只能写总的来说最可能的话，所以原文换成什么都一样。两个方向都是如此：说什么，是从这座桥上过来的；"
                   "怎么说，不靠它。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "Which scores does a causal mask hide?", "zh": "因果掩码遮住哪些分数？"},
            right="later",
            options={
                "earlier": Option(
                    {"en": "those of earlier keys", "zh": "前面的键"},
                    {"en": "Those it needs.", "zh": "前面的正是它要用的。"}),
                "later": Option(
                    {"en": "those of later keys", "zh": "后面的键"},
                    {"en": "No token sees what comes after it.", "zh": "谁也看不见自己后面的。"}),
                "special": Option(
                    {"en": "those of [CLS] and [SEP]", "zh": "[CLS] 和 [SEP]"},
                    {"en": "They may be seen.", "zh": "它们可以看。"}),
            }),
        Choice(
            ask={"en": "Sinusoidal positions are …", "zh": "正弦位置是怎样用的？"},
            right="added",
            options={
                "added": Option(
                    {"en": "added to the embeddings, once", "zh": "加到嵌入上，一次"},
                    {"en": "Number by number.", "zh": "逐个数相加。"}),
                "beside": Option(
                    {"en": "put beside them", "zh": "接在后面"},
                    {"en": "The width stays.", "zh": "宽度不变。"}),
                "each": Option(
                    {"en": "added in every layer", "zh": "每一层都加"},
                    {"en": "Only at the beginning.", "zh": "只在开头加。"}),
            }),
        Choice(
            ask={"en": "Heads of one layer are joined by …", "zh": "一层里的各个头怎样合起来？"},
            right="wo",
            options={
                "mean": Option(
                    {"en": "averaging", "zh": "求平均"},
                    {"en": "Averages forget.", "zh": "平均会忘记谁说了什么。"}),
                "max": Option(
                    {"en": "the largest", "zh": "取最大的"},
                    {"en": "Every head counts.", "zh": "每个头都算数。"}),
                "wo": Option(
                    {"en": "putting side by side, then W_O", "zh": "并排，再乘 W_O"},
                    {"en": "Each head brings its own part of a sum.", "zh": "每个头给总和带来自己的一份。"}),
            }),
        Choice(
            ask={"en": "Attention weight is …", "zh": "注意力权重是："},
            right="taken",
            options={
                "importance": Option(
                    {"en": "importance", "zh": "重要性"},
                    {"en": "Take it away and see.", "zh": "拿走试试就知道。"}),
                "certainty": Option(
                    {"en": "how sure the model is", "zh": "模型有多大把握"},
                    {"en": "That is a probability of a word.", "zh": "那是词的概率。"}),
                "taken": Option(
                    {"en": "how much of a value is taken", "zh": "取走多少值"},
                    {"en": "What it is worth shows when it is gone.", "zh": "有多大用处，拿走才知道。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "In cross-attention, who asks?", "zh": "交叉注意力里，谁在问？"},
            right="target",
            options={
                "both": Option(
                    {"en": "both", "zh": "两边都问"},
                    {"en": "Only in self-attention does one text do both.",
                     "zh": "自注意力里才是同一段文字又问又答。"}),
                "target": Option(
                    {"en": "the target", "zh": "译文"},
                    {"en": "Queries come from the decoder.", "zh": "查询来自解码器。"}),
                "source": Option(
                    {"en": "the source", "zh": "原文"},
                    {"en": "It answers with keys and values.", "zh": "它用键和值来答。"}),
            }),
        Choice(
            ask={"en": "What are the two parts of an encoder layer?", "zh": "编码器层有哪两个部分？"},
            right="attention_ff",
            options={
                "attention_ff": Option(
                    {"en": "self-attention and a feed-forward network", "zh": "自注意力和前馈网络"},
                    {"en": "Each added to the residual stream.", "zh": "各自加进残差流。"}),
                "cross": Option(
                    {"en": "self-attention and cross-attention", "zh": "自注意力和交叉注意力"},
                    {"en": "Cross-attention is the decoder’s.", "zh": "交叉注意力在解码器里。"}),
                "norms": Option(
                    {"en": "two norms", "zh": "两个层归一化"},
                    {"en": "They stand beside the two parts.", "zh": "它们在两个部分旁边。"}),
            }),
        Choice(
            ask={"en": "A causal mask that is off by one, so that a token sees the next: in training the loss is …",
                 "zh": "因果掩码错开一位，能看到下一个词元，训练时的损失会："},
            right="small",
            options={
                "same": Option(
                    {"en": "the same", "zh": "不变"},
                    {"en": "The answer stands in sight.", "zh": "答案就摆在眼前。"}),
                "small": Option(
                    {"en": "suspiciously small", "zh": "小得可疑"},
                    {"en": "It copies the answer, and cannot when it has to write.",
                     "zh": "它照抄答案，到自己写时就没得抄了。"}),
                "large": Option(
                    {"en": "large", "zh": "很大"},
                    {"en": "It has more to see, not less.", "zh": "它看到的更多，不是更少。"}),
            }),
        Choice(
            ask={"en": "Greedy and beam search differ, because …", "zh": "贪心搜索和束搜索有差别，因为："},
            right="later",
            options={
                "later": Option(
                    {"en": "a token that looks second best may win later", "zh": "一时排第二的，后来可能胜出"},
                    {"en": "Greedy search takes nothing back.", "zh": "贪心搜索写了就不改。"}),
                "training": Option(
                    {"en": "they need different training", "zh": "它们需要不同的训练"},
                    {"en": "The model is the same.", "zh": "模型是同一个。"}),
                "random": Option(
                    {"en": "beam search draws lots", "zh": "束搜索要抽签"},
                    {"en": "It keeps the best; nothing is drawn.", "zh": "它留下最好的，不抽签。"}),
            }),
        Choice(
            ask={"en": "Why can keys and values be cached?", "zh": "为什么键和值可以缓存？"},
            right="final",
            options={
                "final": Option(
                    {"en": "nothing later can change them", "zh": "后来的东西改变不了它们"},
                    {"en": "The causal mask sees to it.", "zh": "因果掩码保证了这一点。"}),
                "small": Option(
                    {"en": "they are small", "zh": "它们很小"},
                    {"en": "They are what fills the memory of large models.", "zh": "大模型的内存正是被它们占满的。"}),
                "equal": Option(
                    {"en": "they are equal for all tokens", "zh": "各个词元都一样"},
                    {"en": "Each token has its own.", "zh": "每个词元各有各的。"}),
            }),
        Choice(
            ask={"en": "Teacher forcing means that the decoder reads …", "zh": "教师强制是指解码器读的是："},
            right="right",
            options={
                "own": Option(
                    {"en": "what it wrote itself", "zh": "它自己写的"},
                    {"en": "That happens when it writes; hence exposure bias.",
                     "zh": "那是写的时候；所以有暴露偏差。"}),
                "right": Option(
                    {"en": "the right tokens, shifted by one", "zh": "正确的词元，右移一位"},
                    {"en": "All places are trained in one run.", "zh": "跑一遍，所有位置都训练到了。"}),
                "source": Option(
                    {"en": "the source", "zh": "原文"},
                    {"en": "The encoder reads that.", "zh": "原文由编码器读。"}),
            }),
        Choice(
            ask={"en": "All cross-attention off. The translator writes …",
                 "zh": "关掉全部交叉注意力，翻译模型会写："},
            right="fluent",
            options={
                "nothing": Option(
                    {"en": "nothing", "zh": "什么也不写"},
                    {"en": "It still knows its language.", "zh": "它仍然会说话。"}),
                "same": Option(
                    {"en": "the same translation", "zh": "同样的译文"},
                    {"en": "It cannot know the source.", "zh": "它没法知道原文。"}),
                "fluent": Option(
                    {"en": "something fluent that is not the source", "zh": "通顺但与原文无关的话"},
                    {"en": "What to say came across that bridge.", "zh": "说什么，是从那座桥上过来的。"}),
            }),
        Choice(
            ask={"en": "In the network, GPT differs from BERT by …", "zh": "就网络来说，GPT 与 BERT 的差别是："},
            right="mask",
            options={
                "attention": Option(
                    {"en": "having no attention", "zh": "没有注意力"},
                    {"en": "It is all attention.", "zh": "它全靠注意力。"}),
                "mask": Option(
                    {"en": "a causal mask", "zh": "一个因果掩码"},
                    {"en": "And in training by the question asked.", "zh": "训练时，问的问题也不同。"}),
                "heads": Option(
                    {"en": "fewer heads", "zh": "头更少"},
                    {"en": "The number is a choice.", "zh": "头数可以任选。"}),
            }),
    ),
}
