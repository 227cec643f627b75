"""Questions of chapter 07: from BERT to GPT."""

from ..question import Choice, Essay, Option

PREDICTIONS = {
    "earlier": Choice(
        right="last",
        options={
            "all": Option(
                {"en": "at all places", "zh": "所有位置"},
                {"en": "So it would be in BERT. Under the causal mask nothing later reaches an earlier place.",
                 "zh": "BERT 会这样。有了因果掩码，后面的东西到不了前面。"}),
            "near": Option(
                {"en": "at the last place and the one before it", "zh": "最后一个位置和它前一个"},
                {"en": "The place before asks for the changed word but does not see it: its logits stay.",
                 "zh": "前一个位置要猜的正是换掉的词，可它看不见那个词，所以 logits 不变。"}),
            "last": Option(
                {"en": "at the last place alone", "zh": "只有最后一个位置"},
                {"en": "Only the changed word itself sees the change.", "zh": "只有换掉的那个词自己看得见变化。"}),
        }),
    "next": Choice(
        right="table",
        options={
            "mat": Option(
                {"en": "mat", "zh": "mat"},
                {"en": "That is the cat of the rhyme. Here it is not among the five likeliest.",
                 "zh": "那是英语童谣里的猫。在这里，它没进前五。"}),
            "table": Option(
                {"en": "table", "zh": "table"},
                {"en": "With desk close behind: what lay on something in its training text.",
                 "zh": "desk 紧跟其后：训练文字里的东西多半放在这上面。"}),
            "cat": Option(
                {"en": "cat", "zh": "cat"},
                {"en": "A word just said is seldom what comes after the "
                       "article.", "zh": "冠词后面很少又是刚说过的词。"}),
        }),
    "nucleus": Choice(
        right="on",
        options={
            "the": Option(
                {"en": "the", "zh": "the"},
                {"en": "After an article almost any noun can come: the nucleus is wide.",
                 "zh": "冠词之后几乎什么名词都行，留下的很多。"}),
            "cat": Option(
                {"en": "cat", "zh": "cat"},
                {"en": "A cat may do or be many things.", "zh": "猫可以做的事情很多。"}),
            "on": Option(
                {"en": "on", "zh": "on"},
                {"en": "After is on it is sure of the article: a single token reaches 0.9.",
                 "zh": "在 is on 之后，它认准了冠词：一个词元就够到 0.9。"}),
        }),
    "shuffled": Choice(
        right="hundred",
        options={
            "same": Option(
                {"en": "about the same: the words are the same", "zh": "差不多：词还是那些词"},
                {"en": "It is asked for each word in its place.", "zh": "问它的是每个位置上的词。"}),
            "hundred": Option(
                {"en": "more than a hundred times", "zh": "一百多倍"},
                {"en": "A few tokens it held nearly impossible weigh "
                       "most.", "zh": "有几个它认为几乎不可能的词元，分量最重。"}),
            "ten": Option(
                {"en": "about ten times", "zh": "十倍左右"},
                {"en": "Far more: compare the first and the third line.", "zh": "远不止：比一比第一行和第三行。"}),
        }),
    "by_heart": Choice(
        right="turns",
        options={
            "both": Option(
                {"en": "it falls as the other does", "zh": "和另一条一起往下降"},
                {"en": "Only as long as it learns what both have in common.", "zh": "只在学两边共有的东西时才这样。"}),
            "flat": Option(
                {"en": "it stays where it began", "zh": "一直停在原处"},
                {"en": "Letters and short words are the same everywhere: at first it falls.",
                 "zh": "字母和短词到处都一样，一开始它也会降。"}),
            "turns": Option(
                {"en": "it falls first and rises again", "zh": "先降，后来又升上去"},
                {"en": "From then on it learns its text by heart, and is the more surprised by any other.",
                 "zh": "从那时起它开始死记硬背，读到别的文字反而更意外。"}),
        }),
    "kept_heads": Choice(
        right="two",
        options={
            "two": Option(
                {"en": "2", "zh": "2 个"},
                {"en": "Three heads share one head of keys, and one of values.", "zh": "三个头共用一份键、一份值。"}),
            "six": Option(
                {"en": "6", "zh": "6 个"},
                {"en": "So it is in plain multi-head attention.", "zh": "普通的多头注意力才是这样。"}),
            "one": Option(
                {"en": "1", "zh": "1 个"},
                {"en": "That is multi-query attention (Shazeer 2019): one head of keys for all. Here there are two.",
                 "zh": "那是多查询注意力（multi-query attention；Shazeer，2019）：所有的头共用一份键。这里有两份。"}),
        }),
    "zero": Choice(
        right="circles",
        options={
            "same": Option(
                {"en": "the same sentence", "zh": "还是那句话"},
                {"en": "Where tokens stand decides which of them the heads find.",
                 "zh": "词元站在哪里，决定了各个头找得到谁。"}),
            "noise": Option(
                {"en": "random characters", "zh": "一堆乱码"},
                {"en": "Each token is still a token it knows; only the distances are wrong.",
                 "zh": "每个词元它都认识，错的只是距离。"}),
            "circles": Option(
                {"en": "words that run in circles", "zh": "词还像样，却来回打转"},
                {"en": "It no longer knows how far back things are, and says again what it has said.",
                 "zh": "它不知道前面的东西离得多远，就把说过的再说一遍。"}),
        }),
    "where": Choice(
        right="after",
        options={
            "same": Option(
                {"en": "at the first 书", "zh": "第一个“书”"},
                {"en": "There stands what it already has. It needs what followed.",
                 "zh": "那里的东西它已经有了。它要的是后面那个。"}),
            "after": Option(
                {"en": "at green, the token after the first 书", "zh": "第一个“书”后面的 green"},
                {"en": "It looks at what is to be said next.", "zh": "它看的正是接下来要说的。"}),
            "before": Option(
                {"en": "at the token just before it, seven", "zh": "紧挨着的前一个词元 seven"},
                {"en": "That is what a previous-token head does.", "zh": "那是前一词元头的做法。"}),
        }),
    "off": Choice(
        right="still",
        options={
            "still": Option(
                {"en": "nearly as low as before", "zh": "几乎和原来一样低"},
                {"en": "The two others stand in.", "zh": "另外两个顶了上来。"}),
            "half": Option(
                {"en": "about half as high as the first time", "zh": "第一遍的一半左右"},
                {"en": "Not even with two of them off is it so high.", "zh": "就是关掉两个，也没有那么高。"}),
            "first": Option(
                {"en": "as high as the first time", "zh": "和第一遍一样高"},
                {"en": "That takes all three.", "zh": "那要三个全关掉。"}),
        }),
    "forming": Choice(
        right="sudden",
        options={
            "early": Option(
                {"en": "early, in the first hundred steps", "zh": "很早，头一百步里"},
                {"en": "There it learns which tokens are frequent.", "zh": "那时它在学哪些词元常见。"}),
            "steady": Option(
                {"en": "steadily from beginning to end", "zh": "从头到尾慢慢地长"},
                {"en": "For four thousand steps nothing moves.", "zh": "四千步里毫无动静。"}),
            "sudden": Option(
                {"en": "late and within a few hundred steps", "zh": "很晚，几百步之内一下长成"},
                {"en": "A circuit of two steps pays only when both are there.", "zh": "两步的回路，两步齐了才有用。"}),
        }),
    "lens": Choice(
        right="three",
        options={
            "zero": Option(
                {"en": "layer 0", "zh": "第 0 层"},
                {"en": "There the 书 has hardly looked around.", "zh": "那时“书”还没怎么看过周围。"}),
            "three": Option(
                {"en": "layer 3, the last", "zh": "第 3 层，最后一层"},
                {"en": "The heads that copy sit there.", "zh": "会复制的头就在那里。"}),
            "one": Option(
                {"en": "layer 1", "zh": "第 1 层"},
                {"en": "There heads note which token stood before; the copying comes later.",
                 "zh": "那一层的头在记前一个词元是什么，复制是后来的事。"}),
        }),
    "france": Choice(
        right="translation",
        options={
            "translation": Option(
                {"en": "a translation of the question", "zh": "问题的译文"},
                {"en": "In its training text a sentence is followed by its translation.",
                 "zh": "它的训练文字里，句子后面跟着的是译文。"}),
            "paris": Option(
                {"en": "Paris.", "zh": "Paris."},
                {"en": "A question and its answer is not what its training text was made of.",
                 "zh": "它的训练文字，不是由一问一答组成的。"}),
            "unknown": Option(
                {"en": "I don't know.", "zh": "I don't know."},
                {"en": "It does not know that it is asked.", "zh": "它不知道有人在问它。"}),
        }),
    "broken": Essay(
        least=40,
        why={"en": "It is not broken: it was trained to say what usually follows. In its training text a translation "
                   "follows, so it translates the question. To answer, it must be trained further, on questions with "
                   "answers; and it is far too small to know many.",
             "zh": "它没有坏：它学的是说出后面通常跟着什么，而训练文字里句子后面是译文，所以它把问题翻译了一遍。"
                   "要它回答，得用带答案的问题接着训练；而且它太小，也记不住多少答案。"}),
}

QUIZZES = {
    "start": (
        Choice(
            ask={"en": "A causal mask lets a token see …", "zh": "有因果掩码时，一个词元看得见："},
            right="itself",
            options={
                "earlier": Option(
                    {"en": "the earlier tokens alone", "zh": "只有前面的词元"},
                    {"en": "Itself too; else the first would see "
                           "nothing.", "zh": "还有它自己；不然第一个什么也看不见。"}),
                "all": Option(
                    {"en": "all tokens", "zh": "所有词元"},
                    {"en": "That is BERT.", "zh": "那是 BERT。"}),
                "itself": Option(
                    {"en": "earlier tokens and itself", "zh": "前面的词元和它自己"},
                    {"en": "Nothing later.", "zh": "后面的都看不见。"}),
            }),
        Choice(
            ask={"en": "Rotary positions turn …", "zh": "旋转位置编码旋转的是："},
            right="qk",
            options={
                "qk": Option(
                    {"en": "queries and keys", "zh": "查询和键"},
                    {"en": "So their product depends on the distance.", "zh": "这样它们的点积只与距离有关。"}),
                "values": Option(
                    {"en": "values", "zh": "值"},
                    {"en": "What is handed over stays as it is.", "zh": "交出来的内容不变。"}),
                "embeddings": Option(
                    {"en": "embeddings, once at the beginning", "zh": "嵌入，在开头转一次"},
                    {"en": "That is where sines and cosines are added.", "zh": "在那里相加的是正弦、余弦。"}),
            }),
        Choice(
            ask={"en": "What is kept in a key/value cache?", "zh": "键值缓存里存的是什么？"},
            right="earlier",
            options={
                "weights": Option(
                    {"en": "attention weights", "zh": "注意力权重"},
                    {"en": "They are computed anew by each query.", "zh": "每个查询都要重新算。"}),
                "earlier": Option(
                    {"en": "keys and values of earlier tokens", "zh": "前面词元的键和值"},
                    {"en": "Nothing later changes them.", "zh": "后来的东西改变不了它们。"}),
                "logits": Option(
                    {"en": "logits", "zh": "logits"},
                    {"en": "Those of earlier places are of no use any "
                           "more.", "zh": "前面位置的 logits 已经用不着了。"}),
            }),
        Choice(
            ask={"en": "Logits become probabilities by …", "zh": "logits 怎样变成概率？"},
            right="softmax",
            options={
                "sum": Option(
                    {"en": "dividing by their sum", "zh": "除以总和"},
                    {"en": "They may be negative.", "zh": "它们可能是负的。"}),
                "root": Option(
                    {"en": "dividing by √d", "zh": "除以 √d"},
                    {"en": "That is done to attention scores.", "zh": "那是对注意力分数做的。"}),
                "softmax": Option(
                    {"en": "softmax over the vocabulary", "zh": "在整个词表上做 softmax"},
                    {"en": "Positive, and summing to 1.", "zh": "都是正数，加起来是 1。"}),
            }),
    ),
    "end": (
        Choice(
            ask={"en": "You read a text with GPT and change its last token. What stays?",
                 "zh": "用 GPT 读一段文字，换掉最后一个词元，什么不变？"},
            right="before",
            options={
                "nothing": Option(
                    {"en": "nothing", "zh": "什么都变了"},
                    {"en": "In BERT.", "zh": "BERT 才这样。"}),
                "before": Option(
                    {"en": "everything at the places before it", "zh": "它前面各个位置上的一切"},
                    {"en": "That is why keys and values can be cached.", "zh": "所以键和值可以缓存。"}),
                "after": Option(
                    {"en": "the logits at the last place", "zh": "最后一个位置的 logits"},
                    {"en": "There it sees the new token.", "zh": "那里看得见新词元。"}),
            }),
        Choice(
            ask={"en": "Top-p with p = 0.9: how many tokens may be drawn?",
                 "zh": "top-p，p = 0.9：可能抽中多少个词元？"},
            right="depends",
            options={
                "depends": Option(
                    {"en": "it depends on how sure the model is", "zh": "看模型有多大把握"},
                    {"en": "Sometimes one, sometimes hundreds.", "zh": "有时一个，有时几百个。"}),
                "tenth": Option(
                    {"en": "nine tenths of the vocabulary", "zh": "词表的十分之九"},
                    {"en": "0.9 is a sum of probabilities, not a share of tokens.",
                     "zh": "0.9 是概率之和，不是词元的比例。"}),
                "nine": Option(
                    {"en": "9", "zh": "9 个"},
                    {"en": "A fixed number is top-k.", "zh": "固定个数的是 top-k。"}),
            }),
        Choice(
            ask={"en": "A temperature of 2 …", "zh": "温度为 2 会怎样？"},
            right="flat",
            options={
                "order": Option(
                    {"en": "changes which token is likeliest", "zh": "改变哪个词元最可能"},
                    {"en": "Dividing all logits keeps their order.", "zh": "全都除以同一个数，先后不变。"}),
                "sharp": Option(
                    {"en": "makes the likely likelier", "zh": "让可能的更可能"},
                    {"en": "Below 1 it does.", "zh": "低于 1 才这样。"}),
                "flat": Option(
                    {"en": "makes the probabilities more alike", "zh": "让概率更接近"},
                    {"en": "The long tail gets its chance.", "zh": "长尾巴也有了机会。"}),
            }),
        Choice(
            ask={"en": "Two models cut text into different tokens. What may be compared?",
                 "zh": "两个模型切分词元的方式不同，可以比什么？"},
            right="bits",
            options={
                "perplexity": Option(
                    {"en": "perplexity", "zh": "困惑度"},
                    {"en": "It is counted per token.", "zh": "它是按词元算的。"}),
                "loss": Option(
                    {"en": "loss in nats a token", "zh": "每词元的损失（纳特）"},
                    {"en": "Per token, too.", "zh": "也是按词元算的。"}),
                "bits": Option(
                    {"en": "bits per character on the same text", "zh": "同一段文字上的每字符比特数"},
                    {"en": "The characters are the same for both.", "zh": "字符对两者是一样的。"}),
            }),
        Choice(
            ask={"en": "Grouped queries make the cache smaller, because …", "zh": "分组查询让缓存变小，因为："},
            right="share",
            options={
                "share": Option(
                    {"en": "several heads share keys and values", "zh": "几个头共用键和值"},
                    {"en": "Each still asks its own question.", "zh": "每个头仍然各问各的。"}),
                "layers": Option(
                    {"en": "layers share them", "zh": "各层共用"},
                    {"en": "Each layer has its own.", "zh": "每层各有各的。"}),
                "queries": Option(
                    {"en": "queries are no longer kept", "zh": "不再存查询"},
                    {"en": "They never were.", "zh": "本来就不存。"}),
            }),
        Choice(
            ask={"en": "An induction head at a repeated token looks at …", "zh": "归纳头站在重复的词元上，看的是："},
            right="followed",
            options={
                "previous": Option(
                    {"en": "the token just before", "zh": "紧挨着的前一个"},
                    {"en": "That is the head it needs, in an earlier layer.", "zh": "那是它所需要的、更早一层的头。"}),
                "followed": Option(
                    {"en": "what followed the token last time", "zh": "这个词元上次后面跟着的那个"},
                    {"en": "And says it again.", "zh": "然后再说一遍。"}),
                "first": Option(
                    {"en": "the first token of the text", "zh": "全文第一个词元"},
                    {"en": "It looks there when there is nothing to copy.", "zh": "没有东西可复制时才看那里。"}),
            }),
        Choice(
            ask={"en": "One head off, nothing changes. That shows …", "zh": "关掉一个头，没有变化。这说明："},
            right="little",
            options={
                "useless": Option(
                    {"en": "the head does nothing", "zh": "这个头没有用"},
                    {"en": "Here others stood in for it.", "zh": "这里是别的头顶了上来。"}),
                "little": Option(
                    {"en": "little: others may stand in", "zh": "说明不了多少：也许有别的头顶上"},
                    {"en": "Switch off those that do the same, together.", "zh": "把做同样事情的头一起关掉再看。"}),
                "wrong": Option(
                    {"en": "the measurement was wrong", "zh": "测量错了"},
                    {"en": "It was right, and the question too small.", "zh": "测量没错，是问得太窄。"}),
            }),
        Choice(
            ask={"en": "What makes a language model answer questions?", "zh": "是什么让语言模型学会回答问题？"},
            right="tuned",
            options={
                "tuned": Option(
                    {"en": "further training on answers and preferences", "zh": "用答案和偏好接着训练"},
                    {"en": "Size alone makes it continue a text better.", "zh": "光靠规模，只会让它更会续写。"}),
                "mask": Option(
                    {"en": "another mask", "zh": "换一种掩码"},
                    {"en": "The architecture is the same.", "zh": "架构是一样的。"}),
                "temperature": Option(
                    {"en": "a low temperature", "zh": "调低温度"},
                    {"en": "That only takes the likeliest continuation.", "zh": "那只是取最可能的续写。"}),
            }),
    ),
}
