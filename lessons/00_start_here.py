# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # Start here: watch a model pay attention
#
# **You will make** a picture of what a real, small BERT does with a sentence of yours, within the next two minutes.
#
# **You will be able to**
# 1. run a cell, move a slider, and put your own sentence in,
# 2. read an attention picture: who asks, who answers, how much,
# 3. find your way on the map of the Transformer, and know which chapter opens which box.
#
# **You need** a little Python, and about 40 minutes, 20 of them exercises. Nothing in this course asks for a network once it is installed.
#
# **How to run it:** menu *Run → Run All Cells*, or one cell at a time with Shift + Enter. The first run takes a few seconds to wake the libraries.
#
# **Questions first?** Optional, about 10 minutes: run the two cells below, add a new one under them (Esc, then B), and run `inventory("before")` in it.
# After the last chapter the same ideas are asked again in other words, and you see what has changed.

# %% [markdown] lang="zh"
# # 从这里开始：看模型怎样“注意”
#
# **你会做出**：两分钟之内，画出一张图，看一个真实的小型 BERT 怎样处理你写的句子。
#
# **学完这一章，你能**
# 1. 运行单元格、拖动滑块、换上自己的句子；
# 2. 看懂一张**注意力**（attention）图：谁在问，谁在答，给了多少；
# 3. 看懂 Transformer 的地图，知道哪一章讲哪个方框。
#
# **你需要**：会一点 Python；大约 40 分钟，其中 20 分钟是练习。课程装好之后，整门课都不需要联网。
#
# **怎样运行**：在菜单里选 *Run → Run All Cells*（运行 → 运行所有单元格）全部运行；或者按 Shift + Enter，一个单元格一个单元格地来。第一次运行要花几秒钟加载各个库。
#
# **先答一份题？** 可做可不做，大约 10 分钟：运行下面两个单元格，在它们下面新建一个（先按 Esc，再按 B），在里面运行 `inventory("before")`。
# 学完最后一章，同样的内容会换个问法再问一遍，那时就能看到自己有了哪些变化。

# %% label="imports"
from helpers.checks import check, hint
from helpers.controls import explore_heads
from helpers.doctor import doctor
from helpers.models import load_bert
from helpers.questions import explain, hand_in, inventory, predict, progress, quiz
from helpers.views import view_heads, view_map

# %% [markdown] lang="en"
# ## One sentence, two languages
#
# The model of this course has read short everyday sentences in English and in Chinese, often one beside the other.
# <!-- own -->
# Here are two that say the same.
#
# **Predict:** the model was never given a dictionary. When it reads 茶, which English word will it look at?
# <!-- others -->
# Here is what it reads first. **Predict:** which word will it look at when it reads the last one?

# %% [markdown] lang="zh"
# ## 一句话，两种语言
#
# 这门课的模型读过许多日常短句，有英文，有中文，常常一句英文挨着一句中文。
# <!-- own -->
# 下面两句意思相同。
#
# **先猜**：没有人给过这个模型词典。读到“茶”的时候，它会看哪个英文词？
# <!-- others -->
# 先让它读下面的话。**先猜**：读到最后一个词的时候，它会看哪个词？

# %% label="sentences" tags=["parameters"]
sentence_a = "I drink tea every morning."
sentence_b = "我每天早上喝茶。"
model = "course"

# %% label="predict-tea" tags=["own"]
predict("00.tea", hide=False)

# %% label="explore"
bert = load_bert(model)
explore_heads(bert, sentence_a, sentence_b, layer=2, head=4)

# %% [markdown] lang="en"
# **Read it like this.** Each word on the left *asks*; the words on the right *answer*. A line says how much the asker takes from the answerer,
# its **weight**. All the weights of one asker add up to 1. Rest the pointer on a word, or reach it with the Tab key, and its lines stand alone, with their numbers.
# A small coloured square beside a word on the right is the largest weight that anyone gives it in that head: the stronger its colour, the larger. Each head has a colour.
# `[CLS]` and `[SEP]` are no words of yours: they are added to every text. In some heads most lines run there; chapter 01 counts them.
#
# **Try, in this order:**
# <!-- own -->
# 1. (With the tea sentences; in your own, take a word whose translation you know.) Find 茶 on the left, follow its thickest line.
# <!-- others -->
# 1. Find the last word on the left, follow its thickest line.
# <!-- all -->
#    Then move the *head* and the *layer*: a layer has six **heads** side by side, each with weights of its own. Some ask visibly different questions; many look alike (chapter 02 counts them).
# <!-- own -->
# 2. Set *Filter* to *B → A*: only the Chinese asks, only the English answers. Go through the layers. Where else does 茶 find its word, and where not?
#    (我 is *I*, 每天 *every day*, 早上 *morning*, 喝 *drink*, 茶 *tea*.)
# <!-- others -->
# 2. Set *Filter* to *B → A* (where there are two sentences): only the second asks, only the first answers. Go through the layers. Where does a word find the one that says the same, and where not?
# <!-- all -->
# 3. Type a sentence about your own day into the first box, leave the second one empty or put the translation there, and press Enter.
#
# A slider is also a keyboard thing: click on it once, then use the arrow keys.

# %% [markdown] lang="zh"
# **怎样读图**：左边的每个词在**问**，右边的词在**答**。一条线表示问的一方从答的一方那里取了多少，这就是**权重**（weight）。
# 一个词发出的所有权重加起来等于 1。把鼠标停在一个词上（或者按 Tab 键移到它），就只剩它自己的线，旁边标着数字。
# 右边的词旁边有个彩色小方块：在这个头里，别的词给它的权重最大有多大，颜色越深就越大。每个头有自己的颜色。
# `[CLS]` 和 `[SEP]` 不是你写的词，每段文字都会加上它们。有些头里，大部分的线都通向那里，第 01 章会数一数。
#
# **按顺序试一试**：
# <!-- own -->
# 1. （这里说的是喝茶那句；换成你自己的句子，就找一个你知道译文的词。）在左边找到“茶”，顺着它最粗的那条线看过去。
# <!-- others -->
# 1. 在左边找到最后一个词，顺着它最粗的那条线看过去。
# <!-- all -->
#    再拖动“头”和“层”：一**层**（layer）里并排着 6 个**注意力头**（attention head，简称“头”），各有一套权重。有些头问的问题明显不同，也有不少头彼此相像（第 02 章会数一数）。
# <!-- own -->
# 2. 把“筛选”（sentence filter）改成 *B → A*：只让中文问，只让英文答。一层一层看过去：还有哪些地方，“茶”找得到它的译词？哪些地方找不到？
# <!-- others -->
# 2. 有两句的话，把“筛选”（sentence filter）改成 *B → A*：只让第二句问，只让第一句答。一层一层看过去：哪些地方，一个词找得到和它意思相同的词？哪些地方找不到？
# <!-- all -->
# 3. 在第一个框里写一句你今天的事，第二个框留空，或者写上译文，再按回车。
#
# 滑块也可以用键盘：先点它一下，再按方向键。

# %% [markdown] lang="en"
# ## The same thing in three lines of code
#
# Behind the picture stands a **record**: everything the model computed, from one run.

# %% [markdown] lang="zh"
# ## 同一件事，三行代码
#
# 图的背后是一份**记录**（record）：模型运行一次，算过的一切都在里面。

# %% label="record"
record = bert.run(sentence_a, sentence_b)
print(*record.tokens)
print("layers:", record.n_layers, "  heads in each:", record.n_heads, "  tokens:", record.n_tokens)
#zh print("层数：", record.n_layers, "  每层的头：", record.n_heads, "  词元数：", record.n_tokens)

# %% [markdown] lang="en"
# The text is now in **tokens**: words, pieces of words, Chinese characters. What cuts it up is the **tokenizer**; it has added `[CLS]` at the start and `[SEP]` after each sentence.
# Let the record itself say where the token before the full stop looks: over all layers and heads, which one gives most to a word of sentence A?

# %% [markdown] lang="zh"
# 句子现在成了一串**词元**（token）：一个词、词的一部分，或者一个汉字。负责切分的叫**分词器**（tokenizer）；它在开头加了 `[CLS]`，在每句后面加了 `[SEP]`。
# 让记录自己来回答：句号前面的那个词元在看哪里？所有层、所有头里，哪个头给句子 A 中某个词的权重最大？

# %% label="strongest-link"
asker = record.n_tokens - 3              # third from the end: a full stop and [SEP] follow #zh 倒数第三个：后面还有句号和 [SEP]
b = record.sentence_b_start or record.n_tokens        # where B begins #zh 句子 B 从哪里开始
links = record.weights[:, :, asker, 1:b - 1]          # (layer, head, key): the words of sentence A #zh (layer, head, key)：句子 A 的词
layer, head, place = (links == links.max()).nonzero()[0].tolist()
print(f"layer {layer}, head {head}: "
#zh print(f"第 {layer} 层头 {head}："
      f"{record.tokens[asker]} -> {record.tokens[1 + place]}  {links.max():.3f}")

# %% label="strongest-link-view"
view_heads(record, layer=layer, heads=head, filter="b-a" if record.sentence_b_start else "all")

# %% [markdown] lang="en"
# <!-- own -->
# If you have kept the sentences about tea, the link joins a word and its translation. Nobody showed the model such links: it was never told which word translates which.
# <!-- others -->
# Where the two sentences say the same in two languages, such a link often joins a word and its translation. Nobody showed the course's model such links: it was never told which word translates which.
# <!-- all -->
# It had two tasks: to guess hidden words, and to say whether sentence B means the same as sentence A.
# Both are easier for one who looks across. (Its model card, `helpers/weights/course-bert/README.md`, tells the whole training.)
#
# ### Exercise 1 · Where does sentence B begin? · predict · 2 min · ●○○
#
# Tokens count from 0. Look at the printed tokens and give the place of the first token of sentence B: write it in place of the dots, run that cell, then the check below it. Stuck? `hint("00.first")`.

# %% [markdown] lang="zh"
# <!-- own -->
# 如果用的还是喝茶那两句，这条线连起的是一个词和它的译词。没有人告诉过模型这样的联系：哪个词译成哪个词，从来没有教过它。
# <!-- others -->
# 两句话如果是同一个意思的两种语言，这样的线连起的，往往是一个词和它的译词。没有人告诉过课程的模型这样的联系：哪个词译成哪个词，从来没有教过它。
# <!-- all -->
# 它学的是两件事：猜遮住的词，还有判断句子 B 和句子 A 意思是否相同。
# 不管做哪一件，看一眼另一句都更容易。（整个训练过程写在模型卡 `helpers/weights/course-bert/README.md` 里。）
#
# ### 练习 1 · 句子 B 从哪里开始？· 先猜 · 2 分钟 · ●○○
#
# 词元从 0 数起。看上面打印出来的词元，写出句子 B 第一个词元的位置：用它换掉省略号，运行那个单元格，再运行下面的检查。卡住了？运行 `hint("00.first")`。

# %% label="exercise-first" tags=["exercise"]
### BEGIN SOLUTION
my_place = record.sentence_b_start
### END SOLUTION

# %% label="check-first" tags=["check"]
check("00.first", my_place, record)

# %% [markdown] lang="en"
# ### Exercise 2 · What does a row add up to? · code · 3 min · ●○○
#
# `record.weights` has the axes `(layer, head, query, key)`: the **query** is the token that asks, the **key** the one that answers. Write a function that takes such a block and returns the sum of every row.
# Guess the numbers first.

# %% [markdown] lang="zh"
# ### 练习 2 · 一行加起来是多少？· 动手写 · 3 分钟 · ●○○
#
# `record.weights` 的四个轴是 `(layer, head, query, key)`，也就是（层，头，**查询** query，**键** key）：查询是发问的词元，键是应答的词元。写一个函数，输入这样一块权重，返回每一行的和。
# 先猜一猜会是什么数。

# %% label="exercise-rows" tags=["exercise"]
def row_sums(weights):
    """weights (layer, head, query, key) -> (layer, head, query)"""
    #zh """weights (layer, head, query, key) -> 每一行的和 (layer, head, query)"""
    ### BEGIN SOLUTION
    return weights.sum(dim=-1)
    ### END SOLUTION

# %% label="check-rows" tags=["check"]
check("00.rows", row_sums)

# %% [markdown] lang="en"
# ### Exercise 3 · Who gets the most? · code · 5 min · ●●○
#
# One head is a table `(query, key)`. For one asker, find the place of the token it looks at most.

# %% [markdown] lang="zh"
# ### 练习 3 · 谁得到的最多？· 动手写 · 5 分钟 · ●●○
#
# 一个头就是一张 `(query, key)` 表。给定一个发问的词元，找出它看得最多的那个词元的位置。

# %% label="exercise-strongest" tags=["exercise"]
def strongest(weights, query):
    """weights (query, key) of one head, query the place of the asker
    -> place of the key with the largest weight"""
    #zh """weights (query, key) 是一个头的权重，query 是发问词元的位置
    #zh -> 权重最大的那个键的位置"""
    ### BEGIN SOLUTION
    return int(weights[query].argmax())
    ### END SOLUTION

# %% label="check-strongest" tags=["check"]
check("00.strongest", strongest)

# %% [markdown] lang="en"
# ## The map
#
# This is the whole Transformer, as it was drawn for translation in 2017. On the left the **encoder** reads; on the right the **decoder** writes, one word at a time.
# BERT is the left half alone; a GPT is the right half without the bridge between the two, **cross-attention**. The number in a box is the chapter that opens it.

# %% [markdown] lang="zh"
# ## 地图
#
# 这就是完整的 Transformer，按 2017 年论文中用于翻译的原始结构画出。左边的**编码器**（encoder）负责读，右边的**解码器**（decoder）负责写，一次写一个词。BERT 只有左半边；GPT 是右半边，去掉了连接左右两半的**交叉注意力**（cross-attention）。方框里的数字，是讲它的那一章。

# %% label="map"
view_map()

# %% [markdown] lang="en"
# | Part | What it is for | Chapter |
# | --- | --- | --- |
# | Self-attention | each word mixes in what it needs from the others | 01 |
# | Multi-head attention | several questions at once, in parallel | 02 |
# | Query, key, value | what a head computes with, number by number | 03 |
# | Positional encoding | attention alone does not know the order of words | 04 |
# | Encoder and decoder | read a sentence, write its translation | 05 |
# | The encoder alone | BERT: how it learns, and what it is good for | 06 |
# | The decoder alone | GPT: the next word, again and again | 07 |
# | A head of either | say what it does, and test it yourself | 08 |
#
# ### Exercise 4 · Find two heads · predict, then look · 5 min · ●○○
#
# Give the explorer above *Tom gave Mary a book.* and its Chinese, 汤姆给了玛丽一本书。 (汤姆 is *Tom*, 给 *give*, 玛丽 *Mary*, 书 *book*). Find one head that looks at the token just before, and one that crosses to the other language.
# Write their layer and head down, then try another sentence: do they still do the same?
#
# ### Exercise 5 · Explain · 3 min · ●○○
#
# In one sentence each, for someone who has not seen the picture: what does a *line* mean, and what does it mean that a word on the right has *no line*?

# %% [markdown] lang="zh"
# | 部分 | 有什么用 | 章 |
# | --- | --- | --- |
# | 自注意力（self-attention） | 每个词从别的词那里取来自己需要的东西 | 01 |
# | 多头注意力（multi-head attention） | 好几个问题同时问，并行地算 | 02 |
# | 查询、键、值（query, key, value） | 一个头拿什么来算，一个数一个数地看 | 03 |
# | 位置编码（positional encoding） | 光有注意力，分不出词的先后 | 04 |
# | 编码器和解码器 | 读一句话，写出它的译文 | 05 |
# | 只有编码器 | BERT：怎样学会的，有什么用 | 06 |
# | 只有解码器 | GPT：一个接一个，写出下一个词 | 07 |
# | 其中的某个头 | 说出它在做什么，自己来检验 | 08 |
#
# ### 练习 4 · 找出两个头 · 先猜再看 · 5 分钟 · ●○○
#
# 在上面的图里输入 *Tom gave Mary a book.* 和它的中文“汤姆给了玛丽一本书。”。找一个专看前一个词元的头，再找一个专看另一种语言的头。
# 记下它们的层和头，再换一句话试试：它们还做同样的事吗？
#
# ### 练习 5 · 讲给别人听 · 3 分钟 · ●○○
#
# 讲给没见过这张图的人听，各用一句话：一条**线**是什么意思？右边有个词**没有线**，又是什么意思？

# %% label="explain-line"
explain("00.line")

# %% [markdown] lang="en"
# ## Is everything in its place?
#
# If something does not work, run this cell and read what it says. It looks at this computer only and sends nothing anywhere.

# %% [markdown] lang="zh"
# ## 一切就绪了吗？
#
# 哪里不对劲，就运行这个单元格，看看它怎么说。它只检查这台电脑，不会往外发送任何东西。

# %% label="doctor" tags=["volatile"]
doctor()

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("00.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## What this model is, and is not
#
# It is a genuine BERT, small enough to live in this repository, trained for this course on short everyday sentences.
# So it knows everyday words and their translations, and little of the world. Its weights, its training and its measured figures are described in
# `helpers/weights/course-bert/README.md`. A bigger one is a word away where there is a network: choose *another one…* in the model list and type `bert-base-chinese`,
# or the path of a folder that holds one.
#
# <!-- own -->
# **Common misreading:** "the model *thinks* 茶 means tea." The line you saw says that one head mixes *tea* into 茶.
# <!-- others -->
# **Common misreading:** "the model *thinks* that these two words belong together." A line says that one head mixes one word into another.
# <!-- all -->
# What the model does with it, you will see by taking it away, in chapter 02.
#
# ## In short
#
# 1. Shift + Enter runs a cell; sliders answer to the mouse and to the arrow keys; your own sentence goes into the box.
# 2. Left asks, right answers; a line is a weight; the weights of one asker add up to 1.
# 3. The map shows which chapter opens which box; what you have seen at work is the blue box of the encoder, *self-attention*.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, figure 1 (the map). Devlin et al. 2019, *BERT* (guessing hidden words).
# Conneau and Lample 2019, *Cross-lingual Language Model Pretraining*, section 3.3 (a sentence beside its translation). Vig 2019, *A Multiscale Visualization of Attention in the Transformer Model* (bertviz, where this kind of picture comes from).

# %% [markdown] lang="zh"
# ## 这个模型是什么，不是什么
#
# 它是一个真正的 BERT，小到能放进这个仓库，是专为本课用日常短句训练的。
# 所以它认得日常的词和它们的译文，对世界却知道得很少。它的权重、训练过程和实测数字都写在
# `helpers/weights/course-bert/README.md` 里。联网时想换更大的模型，填上名字即可：在模型列表里选“其他模型……”，填上 `bert-base-chinese`，
# 或者填一个模型文件夹的路径。
#
# <!-- own -->
# **常见的误读**：“模型**认为**茶就是 tea。”那条线只说明：有一个头把 *tea* 混进了“茶”里。
# <!-- others -->
# **常见的误读**：“模型**认为**这两个词是一回事。”一条线只说明：有一个头把一个词混进了另一个词里。
# <!-- all -->
# 模型拿它做了什么，要到第 02 章把它拿走，才看得出来。
#
# ## 小结
#
# 1. Shift + Enter 运行单元格；滑块可以用鼠标拖，也可以用方向键；自己的句子写进框里。
# 2. 左边问，右边答；一条线是一个权重；一个词发出的权重加起来是 1。
# 3. 哪个方框在哪一章打开，地图上都写着；你刚才看到的，就是编码器里蓝色的“自注意力”方框。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，图 1（那张地图）。Devlin 等（2019），*BERT*（猜遮住的词）。Conneau 与 Lample（2019），*Cross-lingual Language Model Pretraining*，3.3 节（一句话挨着它的译文）。Vig（2019），*A Multiscale Visualization of Attention in the Transformer Model*（bertviz，这类图的来处）。
