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
# # Self-attention: how words look at each other
#
# **You will make** the attention of one head with your own hands, on three words,
# and then watch the same few lines at work inside a BERT, on a sentence of yours.
#
# **You will be able to**
# 1. mix word vectors by a weighted average, and say why the mixture knows more than the word,
# 2. compute attention weights: dot product, $\sqrt{d}$, mask, softmax,
# 3. read a head: who asks, who answers, inside a sentence and across two,
# 4. say what an attention weight does *not* tell you.
#
# **You need** chapter 00, a little Python, and what a dot product is. About 130 minutes, 70 of them exercises. On a first reading the sections marked ✻ can be left out: 110 minutes without. A good place to stop for the day: before *In a real model*.
#
# Predictions are part of the course. Where it says *Predict*, choose an answer in the box below; the result of the next cell unfolds once you have.

# %% [markdown] lang="zh"
# # 自注意力（self-attention）：词与词怎样互相关注
#
# **你会做出**：先用三个词，亲手算出一个头的注意力；
# 再看同样的几行代码怎样在 BERT 里、在你自己的句子上运转。
#
# **学完这一章，你能**
# 1. 用加权平均（weighted average）把词向量混合起来，并说清楚：为什么混合的结果比原来那个词知道得更多；
# 2. 算出注意力权重（attention weight）：点积（dot product）、$\sqrt{d}$、掩码（mask）、softmax；
# 3. 读懂一个头：谁在问，谁在答；一句之内怎样，两句之间又怎样；
# 4. 说出注意力权重**不能**告诉你什么。
#
# **你需要**：学过第 00 章，会一点 Python，知道什么是点积。大约 130 分钟，其中 70 分钟是练习。第一遍读，标了 ✻ 的小节可以跳过：跳过之后大约 110 分钟。想分两次学，就在“真实的模型”之前停下。
#
# 这门课要先猜后看。凡是写着“先猜”的地方，先在下面的框里选一个答案，后一个单元格的结果才会展开。

# %% label="imports"
import torch
from dataclasses import replace
from helpers.attention import attention_scores, attention_weights, scaled_dot_product_attention
from helpers.checks import check, hint
from helpers.controls import explore_heads, explore_scaling
from helpers.models import AttentionRecord, load_bert
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.views import view_heads, view_map

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("01.start")

# %% [markdown] lang="en"
# **Where we are on the map:** today opens one box, *self-attention* (the words of a text attend to each other), and one head of it. (The whole map was in chapter 00.)

# %% [markdown] lang="zh"
# **今天在地图上的位置**：打开“自注意力”这一格（一段文字里的词互相关注），先只看一个头。（整张地图在第 00 章。）

# %% label="map"
view_map("01")

# %% [markdown] lang="en"
# ## Why attention at all
#
# Before 2017 most models read a sentence one word after the other and carried a single vector along, a memory that each word changes a little: a **recurrent network**.
# What the first word said has to survive every step after it. Others looked through a window of a few words (**convolution**) and needed many layers to connect far ends. What joins words that stand far apart, a **long-range dependency**, was hard for both.
#
# Let us measure. Twenty words; one of them is changed, and we look how much of it is left at the end: in the memory of a small recurrent network with fixed random weights, and in a plain average of all words.
#
# **Predict:** the *first* word is changed. Which of the two still notices at the end?

# %% [markdown] lang="zh"
# ## 为什么要有注意力
#
# 2017 年之前，大多数模型一个词接一个词地读，一路只带着一个向量，每个词把它改动一点：这就是**循环神经网络**（recurrent neural network，RNN）。第一个词说了什么，要经过后面的每一步还能留得住才行。另一类模型透过几个词宽的窗口来看（**卷积**神经网络，convolutional neural network，CNN），要叠很多层，两头才连得上。相隔很远的词之间的联系，也就是**长距离依赖**（long-range dependency），两类模型都不擅长。
#
# 量一量就知道。二十个词，改动其中一个，看到最后还剩下多少影响：一边是一个小循环网络的记忆（权重是固定的随机数），一边是所有词的简单平均。
#
# **先猜**：改动的是**第一个**词。到最后，哪一边还察觉得到？

# %% label="memory"
generator = torch.Generator().manual_seed(0)
sentence = torch.randn(20, 16, generator=generator)                        # (token, d_model)
carry = 0.8 * torch.linalg.qr(torch.randn(16, 16, generator=generator)).Q  # (d_model, d_model)

def memory(words):
    state = torch.zeros(16)
    for word in words:                             # one step after the other #zh 一步接一步
        state = torch.tanh(carry @ state + word)
    return state

# %% label="predict-memory"
predict("01.memory")

# %% label="path-length"
for place in (20, 15, 10, 1):
    changed = sentence.clone()
    changed[place - 1] += 1.0
    in_memory = (memory(changed) - memory(sentence)).norm()
    in_average = (changed.mean(0) - sentence.mean(0)).norm()
    print(f"word {place:2} changed: memory moves {in_memory:.4f}, average moves {in_average:.4f}")
    #zh print(f"改动第 {place:2} 个词：记忆变了 {in_memory:.4f}，平均变了 {in_average:.4f}")

# %% [markdown] lang="en"
# The memory has all but forgotten the first word (a trained one keeps more, but the road is as long); in the average every word counts alike, near or far. But an average listens to all words equally. **Attention** is an average whose weights are chosen anew by each word: that is the subject of this chapter.
#
# | | steps between two words n apart | all words at once? | work for n words |
# | --- | --- | --- | --- |
# | recurrent | n | no: one after the other | n |
# | convolution, window w | n / w layers (fewer with gaps) | yes | n · w |
# | attention | 1 | yes | n² |
#
# The price is the last column: every word meets every other, so twice the text is four times the work.

# %% [markdown] lang="zh"
# 第一个词的影响，记忆里几乎一点不剩（训练过的会好一些，可路一样长）；而在平均里，远近的词同样算数。可是平均对谁都一视同仁。**注意力**也是平均，只是权重由每个词自己重新选定：这一章讲的就是它。
#
# | | 相距 n 个词，要走几步 | 能同时算所有的词吗 | n 个词的计算量 |
# | --- | --- | --- | --- |
# | 循环 | n | 不能，只能一个接一个 | n |
# | 卷积，窗口宽 w | n / w 层（带间隔的更少） | 能 | n · w |
# | 注意力 | 1 | 能 | n² |
#
# 代价在最后一列：每个词都要和所有的词碰面，文字长一倍，计算量是四倍。

# %% [markdown] lang="en"
# ## A word and its company
#
# Three words: *the dog ran*. Each is a vector, and so that we can read it,
# the three numbers have a meaning here: how much **thing**, how much **movement**, how much **grammar**.
# In a real model there are hundreds of numbers (how many is written $d_{model}$, the width of the model) and none comes with a label: the vector is a row of a long table, one row for each entry of the vocabulary, learnt in training. It is called the word's **embedding**.

# %% [markdown] lang="zh"
# ## 一个词和它的同伴
#
# 三个词：*the dog ran*（狗跑了）。每个词是一个向量。为了让你看得懂，
# 这里的三个数各有含义，分别表示在多大程度上是**事物**、**动作**、**虚词（语法）**。
# 真实的模型里有几百个数（有多少个，记作 $d_{model}$，也就是模型的宽度），没有一个贴着标签：这个向量是一张长表里的一行，**词表**（vocabulary）里每一项占一行，是训练时学到的。它叫作这个词的**嵌入**（embedding）。

# %% label="toy-vectors"
words = ["the", "dog", "ran"]
vectors = torch.tensor([[0.0, 0.0, 1.0],    # the
                        [0.9, 0.1, 0.0],    # dog
                        [0.1, 0.9, 0.0]])   # ran
the, dog, ran = vectors                     # three of (d_model,) #zh 三个 (d_model,)

# %% [markdown] lang="en"
# Read in a dictionary, *dog* is just a dog. Read in this sentence, it is a dog that ran.
# Attention lets *dog* take a little from each word, itself included: 0.2 of *the*, 0.7 of *dog*, 0.1 of *ran*.
#
# **Predict:** which of the three numbers of *dog* will change most?

# %% [markdown] lang="zh"
# 放在词典里，*dog* 只是一条狗；放在这句话里，它是一条跑起来的狗。
# 注意力让 *dog* 从每个词（包括它自己）那里各取一点：*the* 取 0.2，*dog* 取 0.7，*ran* 取 0.1。
#
# **先猜**：*dog* 的三个数里，哪一个变化最大？

# %% label="predict-mixture"
predict("01.mixture")

# %% label="mixture-by-hand"
0.2 * the + 0.7 * dog + 0.1 * ran           # (d_model,)

# %% [markdown] lang="en"
# Thing changed most. The result is a **composite embedding**: still mostly a thing, which gave up some of that for a little movement and a little grammar.
# It is a weighted average, and a weighted average is one matrix product: weights times vectors.

# %% [markdown] lang="zh"
# 变化最大的是“事物”。这就是**复合嵌入**（composite embedding）：主要还是“事物”，只是让出了一些，换来一点“动作”和一点“语法”。
# 它是加权平均；而加权平均就是一次矩阵乘法：权重乘以向量。

# %% label="mixture-by-matrix"
dog_weights = torch.tensor([0.2, 0.7, 0.1])   # (key,), sums to 1 #zh (key,)，加起来等于 1
dog_weights @ vectors                         # (d_model,)

# %% [markdown] lang="en"
# Now let *dog* listen more to *ran*. The result is no longer "a dog, and also a run":
# it is one vector that stands between the two, something like *a running dog*.
# And *ran*, with weights of its own, becomes *running, as a dog does*. Two words, two different mixtures.

# %% [markdown] lang="zh"
# 现在让 *dog* 多听一听 *ran*。得到的不再是“一条狗，外加一次跑”，
# 而是介于两者之间的一个向量，好比“奔跑着的狗”。*ran* 也有它自己的一组权重，会变成“像狗那样跑”。两个词，两种不同的混合。

# %% label="running-dog"
two_rows = torch.tensor([[0.1, 0.5, 0.4],     # dog asks #zh dog 在问
                         [0.0, 0.4, 0.6]])    # ran asks #zh ran 在问
two_rows @ vectors                            # (query, d_model)

# %% [markdown] lang="en"
# ### Exercise 1 · The weighted average · code · 5 min · ●○○
#
# Write it as a function that works for any number of words. Stuck? Run `hint("01.average")` in a new cell; run it again for more.

# %% [markdown] lang="zh"
# ### 练习 1 · 加权平均 · 动手写 · 5 分钟 · ●○○
#
# 把它写成函数，有多少个词都能用。卡住了？新建一个单元格，运行 `hint("01.average")`；再运行一次，提示会更多。

# %% label="exercise-average" tags=["exercise"]
def average(weights, vectors):
    """weights (key,), vectors (key, d_model) -> (d_model,)"""
    #zh """weights (key,)，vectors (key, d_model) -> 加权平均 (d_model,)"""
    ### BEGIN SOLUTION
    return (weights[:, None] * vectors).sum(0)
    ### END SOLUTION

# %% label="check-average" tags=["check"]
check("01.average", average)

# %% [markdown] lang="en"
# ## Where the weights come from
#
# Nobody hands out 0.2, 0.7, 0.1. The simplest idea: let the word vectors themselves decide, by their dot products. Whoever points the same way gets the larger weight:

# %% [markdown] lang="zh"
# ## 权重从哪里来
#
# 0.2、0.7、0.1 不会从天上掉下来。最简单的想法：让词向量自己用点积来决定，谁的方向更一致，谁的权重就更大：

# %% label="without-matrices"
(vectors @ vectors.T).softmax(dim=-1)       # (query, key): the, dog, ran #zh (query, key)：依次为 the、dog、ran

# %% [markdown] lang="en"
# Each word finds mostly itself: nothing is as like *dog* as *dog*. That is not what we want; a verb should be able to look for *who does it*.
# So each word makes two more vectors from its own, each by a matrix that the model has learnt, the same matrix for every word; such a product is called a **projection** (chapter 03 opens them):
#
# * a **query**: what am I looking for?
# * a **key**: what can I be found by?
#
# A query and a key that point the same way fit; the fit is their dot product. (It grows with their length as well: a long key fits more loudly.)
# Here are queries and keys, small enough to check in your head. A word vector has three numbers here, a query and a key have four: $d_{head}=4$, the width of the head.
#
# **Predict:** whose key fits the query of *dog* best?

# %% [markdown] lang="zh"
# 每个词找到的主要是自己：最像 *dog* 的就是 *dog*。这可不是我们要的；动词应该能去找“谁做的”。
# 所以每个词从自己的向量再算出两个向量，各用一个学来的矩阵，所有的词用的是同一个；这样的乘法叫作**投影**（projection，第 03 章会打开它们）：
#
# * **查询**（query）：我在找什么？
# * **键**（key）：别人凭什么找到我？
#
# 查询与键方向一致，就匹配。匹配的程度就是它们的点积。（点积也随长度变大：方向不变，键越长，点积就越大。）
# 下面的查询和键很小，口算就能核对。这里的词向量有三个数，查询和键各有四个：$d_{head}=4$，也就是这个头的宽度。
#
# **先猜**：谁的键与 *dog* 的查询最匹配？

# %% label="toy-queries-keys"
queries = torch.tensor([[1.0, 0, 1, 0],     # the asks #zh the 在问
                        [0.0, 1, 1, 1],     # dog asks #zh dog 在问
                        [2.0, 0, 1, 0]])    # ran asks #zh ran 在问
keys = torch.tensor([[0.0, 1, 0, 0],        # the answers #zh the 在答
                     [1.0, 0, 2, 1],        # dog answers #zh dog 在答
                     [1.0, 2, 0, 2]])       # ran answers #zh ran 在答
# the two matrices, worked out backwards #zh 反过来算出这两个矩阵
w_query, w_key = (torch.linalg.solve(vectors, made) for made in (queries, keys))
print("made by a matrix each:", torch.allclose(vectors @ w_query, queries))
#zh print("各由一个矩阵算出：", torch.allclose(vectors @ w_query, queries))

# %% label="predict-best-key"
predict("01.best_key")

# %% label="one-query"
query = queries[1]                          # (d_head,)  dog asks #zh (d_head,)  dog 在问
fit = (query * keys).sum(-1)                # (key,)     multiply number by number, then add #zh (key,)     逐个相乘，再相加
fit

# %% [markdown] lang="en"
# *ran* fits best, then *dog* itself. To make weights of this, three steps:
#
# $$\text{weights} = \text{softmax}\left(\frac{q \cdot k}{\sqrt{d_{head}}}\right)$$
#
# divide by $\sqrt{d_{head}}$ (why, we shall see), and we have the **attention scores**; take $e^x$ so that all are positive, divide by their sum so that they add up to 1.

# %% [markdown] lang="zh"
# *ran* 最匹配，其次是 *dog* 自己。要把它们变成权重，只需三步：
#
# $$\text{权重} = \text{softmax}\left(\frac{q \cdot k}{\sqrt{d_{head}}}\right)$$
#
# 除以 $\sqrt{d_{head}}$（为什么，后面再说），得到**注意力分数**（attention score）；取 $e^x$，让每个数都变成正的；再除以总和，让它们加起来等于 1。

# %% label="one-softmax"
powers = (fit / 4 ** 0.5).exp()             # (key,)
dog_row = powers / powers.sum()             # (key,)
print(dog_row, "sum:", dog_row.sum().item())
#zh print(dog_row, "总和：", dog_row.sum().item())

# %% [markdown] lang="en"
# All three queries at once are one matrix product: row = who asks, column = who answers.
# The middle row is the one you have just made.

# %% [markdown] lang="zh"
# 三个查询一起算，就是一次矩阵乘法：行是谁在问，列是谁在答。
# 中间那一行，正是你刚才亲手算的。

# %% label="all-queries"
scores = queries @ keys.T / 4 ** 0.5        # (query, key)
weights = scores.softmax(dim=-1)            # (query, key): along the keys #zh (query, key)：沿着键的方向
print(weights)
print("same middle row:", torch.allclose(weights[1], dog_row))
#zh print("中间那一行相同：", torch.allclose(weights[1], dog_row))

# %% [markdown] lang="en"
# From here on two helpers do these lines: `attention_scores` and `attention_weights`.
# Open `helpers/attention.py`: the last line of each is the one you have just written, the others check what goes in.

# %% [markdown] lang="zh"
# 从这里起，这几行交给两个辅助函数：`attention_scores` 和 `attention_weights`。
# 打开 `helpers/attention.py` 看看：每个函数的最后一行就是你刚写的那一行，前面几行只是检查输入。

# %% label="helper-equals-hand"
by_helper = attention_weights(attention_scores(queries, keys))   # (query, key)
print("largest difference < 1e-12:", (by_helper - weights).abs().max().item() < 1e-12)
#zh print("最大相差 < 1e-12：", (by_helper - weights).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# And as a picture. Left: who asks. Right: who answers. The stronger the line, the larger the weight.

# %% [markdown] lang="zh"
# 再画成图。左边是谁在问，右边是谁在答；线越粗，权重越大。

# %% label="toy-view"
toy = AttentionRecord(tuple(words), (0, 0, 0), None,
                      weights[None, None], "toy")      # one layer, one head
                      #zh weights[None, None], "三个词")   # 一层，一个头
view_heads(toy, layer=0, heads=0)

# %% [markdown] lang="en"
# ### Exercise 2 · Scores for one query · code · 5 min · ●○○
#
# One query against any number of keys, already divided by $\sqrt{d_{head}}$. Take $d_{head}$ from the shape, not from your memory.

# %% [markdown] lang="zh"
# ### 练习 2 · 一个查询的分数 · 动手写 · 5 分钟 · ●○○
#
# 一个查询，任意多个键；返回的分数要已经除过 $\sqrt{d_{head}}$。$d_{head}$ 请从形状里取，不要凭记忆写死。

# %% label="exercise-scores" tags=["exercise"]
def scores_for_one(query, keys):
    """query (d_head,), keys (key, d_head) -> scores (key,)"""
    #zh """query (d_head,)，keys (key, d_head) -> 分数 (key,)"""
    ### BEGIN SOLUTION
    return keys @ query / query.shape[-1] ** 0.5
    ### END SOLUTION

# %% label="check-scores" tags=["check"]
check("01.scores", scores_for_one)

# %% [markdown] lang="en"
# ### Exercise 3 · Softmax by hand · code · 10 min · ●●○
#
# For a whole table of scores this time. Two traps lie in wait: the axis, and scores as large as 10,000.

# %% [markdown] lang="zh"
# ### 练习 3 · 手写 softmax · 动手写 · 10 分钟 · ●●○
#
# 这次是整张分数表。有两个坑等着你：一是沿哪个轴，二是分数会大到 10000。

# %% label="exercise-softmax" tags=["exercise"]
def softmax(scores):
    """scores (query, key) -> weights (query, key), each row sums to 1"""
    #zh """scores (query, key) -> 权重 (query, key)，每一行之和为 1"""
    ### BEGIN SOLUTION
    shifted = scores - scores.max(dim=-1, keepdim=True).values
    grown = shifted.exp()
    return grown / grown.sum(dim=-1, keepdim=True)
    ### END SOLUTION

# %% label="check-softmax" tags=["check"]
check("01.softmax", softmax)

# %% [markdown] lang="en"
# ## What the $\sqrt{d}$ is for
#
# **Predict:** take two random vectors, each number about as large as 1. With 4 numbers, their dot product is typically around 2 in size.
# And with 400 numbers: around 2, around 20, or around 200?

# %% [markdown] lang="zh"
# ## $\sqrt{d}$ 有什么用
#
# **先猜**：取两个随机向量，每个数的大小都在 1 上下。各有 4 个数时，点积的大小通常在 2 左右。
# 各有 400 个数时呢：2 左右、20 左右，还是 200 左右？

# %% label="predict-root"
predict("01.root")

# %% label="spread-of-dot-products"
generator = torch.Generator().manual_seed(0)
for d in (4, 100, 400):
    left, right = torch.randn(2, 10_000, d, generator=generator)
    spread = (left * right).sum(-1).std()
    print(f"d = {d:3}   typical dot product {spread:6.2f}   sqrt(d) {d ** 0.5:6.2f}")
    #zh print(f"d = {d:3}   点积的典型大小 {spread:6.2f}   sqrt(d) {d ** 0.5:6.2f}")

# %% [markdown] lang="en"
# It grows like $\sqrt{d}$. Softmax takes $e$ to that power, so at $d=400$ one key takes almost everything.
#
# Is that bad? A model learns by **gradients**: how much would each weight change if a score were nudged a little? Where nothing changes, there is nothing to learn from.
# Here is the largest of these slopes, for one query and eight keys:

# %% [markdown] lang="zh"
# 它随 $\sqrt{d}$ 增长。softmax 把它放到 $e$ 的指数上，所以到 $d=400$ 时，一个键几乎独占全部权重。
#
# 这有什么不好？模型靠**梯度**（gradient）学习：把某个分数稍微动一点，各个权重会变多少？如果怎么动都不变，模型就无从学起。
# 下面是一个查询、八个键的情形，看这些变化率里最大的是多少：

# %% label="flat-gradient"
for d in (4, 400):
    generator = torch.Generator().manual_seed(0)
    one_query = torch.randn(d, generator=generator)                         # (d,)
    eight_keys = torch.randn(8, d, generator=generator)                     # (key, d)
    for name, scale in (("without the root", 1.0), ("with the root", d ** -0.5)):
    #zh for name, scale in (("不除以根号", 1.0), ("除以根号　", d ** -0.5)):
        scaled_fit = eight_keys @ one_query * scale                         # (key,)
        slopes = torch.autograd.functional.jacobian(attention_weights, scaled_fit)
        print(f"d = {d:3}   {name:16}   largest slope {slopes.abs().max():.6f}")      # (key, key)
        #zh print(f"d = {d:3}   {name}   最大的变化率 {slopes.abs().max():.6f}")           # (key, key)

# %% [markdown] lang="en"
# At $d=400$ without the root the slope is all but 0: the softmax is *saturated*, and learning stands still. Dividing by $\sqrt{d_{head}}$ brings the scores back to a size where softmax still listens to several keys.
#
# **Try:** move *d* to the right and watch the upper bars collapse into one while the lower ones stay spread out.
# Then move the **temperature**: below 1 it sharpens, above 1 it flattens. $\sqrt{d}$ is nothing but a well-chosen temperature.

# %% [markdown] lang="zh"
# $d=400$ 而不除以根号时，变化率几乎是 0：softmax **饱和**了，学习也就停了。除以 $\sqrt{d_{head}}$，分数回到合适的大小，权重才能分到几个键上。
#
# **试一试**：把 *d* 往右拖，看上面一排柱子塌得只剩一根，下面一排却始终散开。
# 再拖动**温度**（temperature）：小于 1 更尖锐，大于 1 更平均。$\sqrt{d}$ 不过是选得恰到好处的温度。

# %% label="explore-scaling"
explore_scaling()

# %% [markdown] lang="en"
# ### Exercise 4 · Choose the factor · code · 3 min · ●○○
#
# Given bare dot products and $d_{head}$, return scores of the right size.

# %% [markdown] lang="zh"
# ### 练习 4 · 该除以几 · 动手写 · 3 分钟 · ●○○
#
# 给你没有缩放过的点积和 $d_{head}$，返回大小合适的分数。

# %% label="exercise-scale" tags=["exercise"]
def scaled(products, d_head):
    """dot products (query, key) -> scores (query, key)"""
    #zh """点积 products (query, key)，头的宽度 d_head -> 分数 (query, key)"""
    ### BEGIN SOLUTION
    return products * d_head ** -0.5
    ### END SOLUTION

# %% label="check-scale" tags=["check"]
check("01.scale", scaled)

# %% [markdown] lang="en"
# ## Some words may not be seen
#
# A **mask** says which keys a query may look at: `True` = may attend. A translator that writes from left to right
# must not see words it has not written yet; sentences that go through the model together, a **batch**, are filled up to one length, and none may see this **padding**.
# Here each word sees itself and what stands before it.
#
# **Predict:** what will the first row be?

# %% [markdown] lang="zh"
# ## 有些词不许看
#
# **掩码**（mask，也译“掩蔽”）规定一个查询可以看哪些键：`True` 表示“可以看”。从左往右写译文的模型，
# 不许偷看还没写出来的词；几句话凑成一批（batch）时，短的要在末尾补上“填充”（padding），这些填充也不许看。
# 下面让每个词只看自己和前面的词。
#
# **先猜**：第一行会是什么？

# %% label="predict-first-row"
predict("01.first_row")

# %% label="mask-before"
mask = torch.tensor([[True, False, False],
                     [True, True, False],
                     [True, True, True]])    # (query, key)
attention_weights(scores, mask)              # (query, key)

# %% [markdown] lang="en"
# A hidden key gets the score $-\infty$ **before** softmax, and the others share the whole.
# Crossing weights out *after* softmax looks similar and is wrong: look at what the rows add up to. (Dividing each row by its new sum would mend it, and give the very same numbers; but then the hidden scores have already been raised to powers of $e$, and a large hidden score can drown the others.)

# %% [markdown] lang="zh"
# 被遮住的键，在 softmax **之前**就把分数改成 $-\infty$，其余的键分掉全部权重。
# 如果在 softmax **之后**才把权重划掉，看着差不多，其实错了：看看每一行加起来是多少。（再让每一行除以新的和，倒也能补救，得到的数一模一样；只是被遮住的分数已经先取过 $e$ 的幂，它要是很大，别的就全被淹没了。）

# %% label="mask-after"
crossed_out = weights * mask                 # (query, key)
print("mask after softmax: ", crossed_out.sum(-1))
print("mask before softmax:", attention_weights(scores, mask).sum(-1))
#zh print("softmax 之后才遮：", crossed_out.sum(-1))
#zh print("softmax 之前就遮：", attention_weights(scores, mask).sum(-1))

# %% [markdown] lang="en"
# ### Exercise 5 · Weights with a mask · code · 8 min · ●●○
#
# As in exercise 3, but a key whose mask is `False` gets no weight at all. Here you may use `torch.softmax`.

# %% [markdown] lang="zh"
# ### 练习 5 · 带掩码的权重 · 动手写 · 8 分钟 · ●●○
#
# 和练习 3 一样，只是掩码为 `False` 的键一点权重也分不到。这里可以直接用 `torch.softmax`。

# %% label="exercise-mask" tags=["exercise"]
def masked_weights(scores, mask):
    """scores and mask (query, key), True = may attend -> weights (query, key)"""
    #zh """scores 和 mask 都是 (query, key)，True 表示可以看 -> 权重 (query, key)"""
    ### BEGIN SOLUTION
    allowed = scores.masked_fill(~mask, -torch.inf)
    return allowed.softmax(dim=-1)
    ### END SOLUTION

# %% label="check-mask" tags=["check"]
check("01.mask", masked_weights)

# %% [markdown] lang="en"
# ## The whole of it
#
# What is passed on is not the key but a third vector, the **value**: what do I have to say?
# Weights times values is the **context**, the weighted average we began with.
#
# $$\text{context} = \text{softmax}\left(\frac{Q K^\top}{\sqrt{d_{head}}}\right) V$$
#
# This is **scaled dot-product attention**; the paper writes $d_k$ for $d_{head}$. One line of ours, one line of PyTorch, the same numbers. For our three words we let the values be the word vectors themselves.
#
# It is called **self**-attention because queries, keys and values are all made from the same text; in chapter 05 they come from two.

# %% [markdown] lang="zh"
# ## 合在一起
#
# 真正传下去的不是键，而是第三个向量，**值**（value）：我有什么要说？
# 权重乘以值，就是**上下文向量**（context vector），也就是开头的那个加权平均。
#
# $$\text{context} = \text{softmax}\left(\frac{Q K^\top}{\sqrt{d_{head}}}\right) V$$
#
# 我们写一行，PyTorch 写一行，数字一样。这就是**缩放点积注意力**（scaled dot-product attention），论文把 $d_{head}$ 写作 $d_k$。为了简单，我们那三个词的值，直接用词向量本身。
#
# 之所以叫**自**注意力，是因为查询、键、值都来自同一段文字；到第 05 章，它们会来自两段文字。

# %% label="whole-attention"
context, _ = scaled_dot_product_attention(queries, keys, vectors)      # (query, d_model)
theirs = torch.nn.functional.scaled_dot_product_attention(queries, keys, vectors)
print(context)
print("equals PyTorch, difference < 1e-12:", (context - theirs).abs().max().item() < 1e-12)
#zh print("与 PyTorch 相等，相差 < 1e-12：", (context - theirs).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# ### Exercise 6 · Attention in your own words · code · 10 min · ●●○
#
# Put your pieces together. You may use `softmax` and `scaled` from above, or write it afresh.

# %% [markdown] lang="zh"
# ### 练习 6 · 写出完整的注意力 · 动手写 · 10 分钟 · ●●○
#
# 把前面的零件拼起来。可以用你在上面写好的 `softmax` 和 `scaled`，也可以重新写。

# %% label="exercise-attention" tags=["exercise"]
def attention(queries, keys, values):
    """queries (query, d_head), keys (key, d_head), values (key, d_value)
    -> context (query, d_value)"""
    #zh """queries (query, d_head)，keys (key, d_head)，values (key, d_value)
    #zh -> 上下文向量 (query, d_value)"""
    ### BEGIN SOLUTION
    mixing = softmax(scaled(queries @ keys.transpose(-2, -1), keys.shape[-1]))
    return mixing @ values
    ### END SOLUTION

# %% label="check-attention" tags=["check"]
check("01.attention", attention)

# %% [markdown] lang="en"
# ## In a real model
#
# First two English sentences. One cell of the *transformers* library is all it takes to get a BERT's attention; `bert.run` does the same and keeps everything else too.

# %% [markdown] lang="zh"
# ## 真实的模型
#
# 先看两句英文。用 *transformers* 库，一个单元格就能取出 BERT 的注意力；`bert.run` 做的是同一件事，还把别的一切都留了下来。

# %% label="bare-transformers"
from transformers import AutoTokenizer, BertModel, logging
logging.set_verbosity_error()
logging.disable_progress_bar()
bert = load_bert("course")
folder = bert.model.name_or_path
tokenizer = AutoTokenizer.from_pretrained(folder)
plain = BertModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float64)
inputs = tokenizer("The dog ran home.", "It was very happy.", return_tensors="pt")
print({name: numbers.tolist()[0] for name, numbers in inputs.items()})

# %% label="equals-transformers"
with torch.no_grad():
    layers = plain(**inputs, output_attentions=True).attentions
english = bert.run("The dog ran home.", "It was very happy.")
print(*english.tokens)
print(len(layers), "layers of (batch, head, query, key):", tuple(layers[0].shape))
print("equals our record, difference < 1e-12:",
#zh print(len(layers), "层，每层 (batch, head, query, key)：", tuple(layers[0].shape))
#zh print("与我们的记录相等，相差 < 1e-12：",
      (torch.cat(layers) - english.weights).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# `input_ids` are places in the vocabulary, `token_type_ids` say to which sentence a token belongs, `attention_mask` has a 0 where there is padding (here there is none). And here is a head that looks one token ahead:

# %% [markdown] lang="zh"
# `input_ids` 是词元在词表里的编号，`token_type_ids` 说明它属于哪一句，`attention_mask` 在填充的地方是 0（这里没有填充）。下面是一个看后一个词元的头：

# %% label="english-view"
view_heads(english, layer=1, heads=4)

# %% [markdown] lang="en"
# What is such company good for? The model guesses a hidden word, in whose place stands `[MASK]`, a token of its own (with the mask above it shares only the name). Compare what it says about a dog with what it says about a *sleeping* and a *hungry* one:

# %% [markdown] lang="zh"
# 这样的同伴有什么用？模型会猜遮住的词；那里写的是 `[MASK]`，一个专门的词元（名字也叫 mask，跟上面的掩码却不是一回事）。看看它对“狗”、对“睡着的（sleeping）狗”和“饿了的（hungry）狗”各猜些什么：

# %% label="company-helps"
for text in ("The dog was [MASK].", "The sleeping dog was [MASK].", "The hungry dog was [MASK]."):
    (guesses,) = bert.fill_mask(text)
    print(f"{text:30}", *(f"{token} {probability:.2f} " for token, probability in guesses))

# %% [markdown] lang="en"
# The model is small and far from sure. But *sleeping* leads only beside the sleeping dog, *hungry* only beside the hungry one, and of the dog alone it says neither: the vector at the gap has taken something from its company. That is why a mixture knows more than the word.
#
# ### A longer text
#
# <!-- own -->
# Two lines of a farewell, spoken to someone nicknamed Swallow:
# *All right? Swallow, be glad, be happy, all right?* and *Be glad, be happy. From now on I am not in your world, never mind, be happy yourself.*
# (好不好 all right?, 燕子 Swallow, 你 you, 要 shall, 开心 glad, 幸福 happy, 世界 world, 以后 from now on, 没有 not have, 我 I, 没关系 never mind, 自己 yourself; 的 of; 啊 and 了 are particles.)
# <!-- all -->
# Put sentences of your own here whenever you like.

# %% [markdown] lang="zh"
# 这个模型很小，离“有把握”还远。可是 *sleeping* 只有在“睡着的狗”那一句里排第一，*hungry* 只有在“饿了的狗”那一句里排第一，光说“狗”，两个都猜不到：空格处的向量从同伴那里取来了东西。混合的结果之所以知道得更多，道理就在这里。
#
# ### 再长一点
#
# <!-- own -->
# 下面两句话出自一场告别，说给一个叫“燕子”的人听。
# <!-- all -->
# 随时可以换成你自己的句子。

# %% label="sentences" tags=["parameters"]
sentence_a = "好不好?燕子,你要开心,你要幸福,好不好?"
sentence_b = "开心啊,幸福。你的世界以后没有我了,没关系,你要自己幸福。"
model = "course"

# %% label="run"
bert = load_bert(model)
record = bert.run(sentence_a, sentence_b)
print(*record.tokens)

# %% [markdown] lang="en"
# The text was cut into **tokens**: Chinese characters one by one, English words whole or in pieces.
# The tokenizer added three: `[CLS]` at the start, and a `[SEP]` after each sentence.
# A token enters the model as a number, its place in the vocabulary, with a second number that says which sentence it is in.
# A rare word is cut into pieces (`##` continues a word); what no piece can spell becomes `[UNK]`:

# %% [markdown] lang="zh"
# 文字切成了**词元**（token）：汉字一个一个切，英文是整词或词的一部分。
# 分词器另外加了三个**特殊词元**（special token）：开头的 `[CLS]`，以及每句后面的 `[SEP]`。
# 词元以**词元编号**（token id）进入模型，编号就是它在词表里的位置；另有一个数，**句段编号**（segment id，也叫 token type id），说明它属于哪一句。
# 少见的词会切成几块（`##` 表示接着前面）；怎么也拼不出来的，就成了 `[UNK]`：

# %% label="ids"
print("token ids:     ", *record.token_ids[:8], "...")
print("token type ids:", *record.segment_ids)
print(record.n_tokens, "tokens; sentence B begins at", record.sentence_b_start)
#zh print("词元编号（token ids）：", *record.token_ids[:8], "……")
#zh print("句段编号（token type ids）：", *record.segment_ids)
#zh print(record.n_tokens, "个词元；句子 B 开始的位置：", record.sentence_b_start)
for word in ("unhappiness", "smartphones", "didn't", "龘"):
    print(f"{word:12}", *bert.tokenizer.tokenize(word))

# %% [markdown] lang="en"
# One run gave us everything. The weights of all layers and heads stand in one block; each row adds up to 1.
# And the model's own weights are what our helper makes of the model's own queries and keys:

# %% [markdown] lang="zh"
# 运行一次，什么都有了。所有层、所有头的权重放在一整块里，每一行加起来都是 1。
# 而且，把模型自己的查询和键交给我们的辅助函数，得到的正是模型自己的权重：

# %% label="model-equals-helper"
print("weights (layer, head, query, key):", tuple(record.weights.shape))
#zh print("权重 (layer, head, query, key)：", tuple(record.weights.shape))
ours = attention_weights(attention_scores(record.queries, record.keys))
print("rows sum to 1:",
#zh print("每行之和为 1：",
      torch.allclose(record.weights.sum(-1), torch.ones(1, dtype=record.weights.dtype)))
print("equals the model, difference < 1e-6:", (ours - record.weights).abs().max().item() < 1e-6)
#zh print("与模型相等，相差 < 1e-6：", (ours - record.weights).abs().max().item() < 1e-6)

# %% [markdown] lang="en"
# Here is one head, and not an easy one: it spreads thinly over the whole text. Layers and heads count from 0, as Python does.

# %% [markdown] lang="zh"
# 先看一个头，是个不好认的：它把注意力薄薄地撒在整段文字上。层和头都从 0 数起，跟 Python 一样。

# %% label="one-head"
view_heads(record, layer=0, heads=0)

# %% [markdown] lang="en"
# Now all of them are yours. **Try:**
#
# * Go through the heads one by one, layer after layer. Look for one that looks one step back, and for one that looks one step on. Note down which.
# * Set *Filter* to *A → B*: only lines from the first sentence to the second.
# <!-- own -->
#   Where do 开心 and 幸福 look?
# <!-- all -->
# * Tick *words*: the characters or pieces of one word become one row.
# <!-- own -->
#   (开心, for one.)
# <!-- all -->
#   A word **receives** what its characters receive together (sum over keys),
#   and **asks** as they do on average (mean over queries), so that a row still adds up to 1.
# * Tick *side by side*: the sentence lies as you read it, and the head that looks one step back shows as lines that lean to the left.
# * Type a sentence about your own day.

# %% [markdown] lang="zh"
# 现在全部交给你。**试一试**：
#
# * 一层一层，把头一个个看过去。找一个看前一个词元的头，再找一个看后一个词元的头，也就是**后一词元头**（next-token head）。记下是哪几个。
# * 把“筛选”改成 *A → B*：只留下从第一句到第二句的线。
# <!-- own -->
#   “开心”和“幸福”在看哪里？
# <!-- all -->
# * 勾选“按词合并”：同一个词的几个字（或几段）并成一行。
# <!-- own -->
#   （比如“开心”。）
# <!-- all -->
#   一个词**收到**的，是它各个字收到的总和（对键求和）；
#   它**发问**时，取各个字的平均（对查询求平均）。这样每一行加起来仍然是 1。
# * 勾选“横排”：句子像平常那样横着读；看前一个词元的头，线一律往左斜。
# * 写一句你今天的事。

# %% label="explore"
explore_heads(bert, sentence_a, sentence_b)

# %% [markdown] lang="en"
# The library *bertviz* made such pictures known; here is its own head view, made to work without a network. A double click on a coloured square shows one head alone. It is drawn when you run the cell, and not saved with the notebook.

# %% [markdown] lang="zh"
# 这类图因 *bertviz* 这个库而出名；下面是它自己的头视图（head view），改成了不用联网也能运行。双击一个彩色方块，就只看那一个头。运行单元格时才画，不随笔记本保存。

# %% label="bertviz" tags=["volatile"]
from helpers.views.bertviz import bertviz_heads

bertviz_heads(record, layer=0)

# %% [markdown] lang="en"
# In large BERTs a surprising share of all attention lands on `[SEP]`. Clark and colleagues (2019) suggest that a head which finds nothing to do in a sentence rests there.
# **Predict**, then count it here, layer by layer: the share of the attention that goes to `[CLS]` and the share that goes to `[SEP]`, beside what an even spread would give them.

# %% [markdown] lang="zh"
# 在大的 BERT 里，落在 `[SEP]` 上的注意力多得出人意料。Clark 等人（2019）提出一种解释：一个头在这句话里没事可做，就歇在那里。
# **先猜**，再在这里一层一层地数：注意力有多大一份给了 `[CLS]`，多大一份给了 `[SEP]`；再跟平均分配时它们该得的那一份比一比。

# %% label="predict-special"
predict("01.special")

# %% label="special-share"
for name in ("[CLS]", "[SEP]"):
    places = [place for place, token in enumerate(record.tokens) if token == name]
    share = record.weights[..., places].sum(-1).mean((1, 2))               # (layer,)
    print(f"{name} {share}   an even spread: {len(places) / record.n_tokens:.3f}")
    #zh print(f"{name} {share}   平均分配时：{len(places) / record.n_tokens:.3f}")

# %% [markdown] lang="en"
# Both get more than their even share, but each most in other layers: compare the first three numbers of either line with the last. If you run the course BERT on the sentences above: in layers 0 to 2 it rests on `[CLS]`, in layer 3 on `[SEP]`.
# Whether "resting" is the right word, chapter 03 asks by measuring what arrives from there.

# %% [markdown] lang="zh"
# 两者得到的都比平均分配时多，只是多在不同的层里：把每行前三个数跟最后一个比一比。用课程 BERT 跑上面的句子时，第 0 到 2 层歇在 `[CLS]` 上，第 3 层歇在 `[SEP]` 上。
# “歇”这个说法对不对，第 03 章会量一量从那里到底来了多少东西。

# %% [markdown] lang="en"
# ### Exercise 7 · Read a head · predict, then look · 5 min · ●●○
#
# Which head is the best **previous-token head**, the one where each token looks at the token just before it?
# Find it with the sliders, or compute it. Answer with `(layer, head)`.

# %% [markdown] lang="zh"
# ### 练习 7 · 读一个头 · 先猜再看 · 5 分钟 · ●●○
#
# 哪个头是最好的**前一词元头**（previous-token head），也就是让每个词元都看它前面紧挨着的那个词元？
# 用滑块去找，或者算出来。答案写成 `(layer, head)`，即（层，头）。

# %% label="exercise-head" tags=["exercise"]
### BEGIN SOLUTION
one_back = record.weights[:, :, 1:, :].diagonal(dim1=-2, dim2=-1).mean(-1)   # (layer, head)
my_head = divmod(one_back.argmax().item(), record.n_heads)
### END SOLUTION

# %% label="check-head" tags=["check"]
check("01.head", my_head, record)

# %% [markdown] lang="en"
# ## Take something away
#
# Take the strongest link in the whole model, leaving the outermost `[CLS]` and `[SEP]` aside:
# some token that looks almost nowhere but at one other.

# %% [markdown] lang="zh"
# ## 拿走一点东西
#
# 找出整个模型里最强的一条线（最外面的 `[CLS]` 和 `[SEP]` 不算）：
# 有个词元，几乎只盯着另一个词元看。

# %% label="strongest-link"
inner = record.weights[..., 1:-1, 1:-1]                            # (layer, head, query, key)
layer, head, asker, chosen = (inner == inner.max()).nonzero()[0].tolist()
asker, chosen = asker + 1, chosen + 1                              # counted in the whole text again #zh 换回整段文字里的位置
print(f"layer {layer}, head {head}: "
#zh print(f"第 {layer} 层头 {head}："
      f"{record.tokens[asker]} ({asker}) -> {record.tokens[chosen]} ({chosen})  {inner.max():.3f}")

# %% [markdown] lang="en"
# <!-- own -->
# (In the farewell it is the second character of 幸福, *happy*, and it looks at the first.)
# <!-- all -->
#
# Now hide that one key with a mask, for everyone, and let softmax share out the rest.
#
# **Predict:** will this token's attention spread evenly over the sentence, or does the head have a second choice?

# %% [markdown] lang="zh"
# 现在用掩码把那一个键遮住，谁也不许看，让 softmax 把其余的重新分配。
#
# **先猜**：这个词元的注意力会平均散到整句话上，还是这个头另有第二选择？

# %% label="predict-second-choice"
predict("01.second_choice")

# %% label="hide-one-key"
open_keys = torch.arange(record.n_tokens) != chosen                # (key,)
closed = replace(record, weights=attention_weights(record.scores, open_keys))
for name, shown in (("before", record), ("after ", closed)):
#zh for name, shown in (("遮住前", record), ("遮住后", closed)):
    top = shown.weights[layer, head, asker].topk(3)
    print(name, *(f"{record.tokens[i]} ({i}) {w:.3f}  " for w, i in zip(top.values, top.indices)))

# %% label="hide-one-key-view"
view_heads(closed, layer=layer, heads=head, query=asker)

# %% [markdown] lang="en"
# <!-- own -->
# (In the farewell: 自 begins the word before, 自己 *yourself*; 幸 and 福 at the places 27 and 28 are the same word *happy*, further up.)
# <!-- all -->
#
# The second choice was there all along: a mask changes no other score, it only lets us see what was faint before.
# And a weight is a share: what one key loses the others must take up, whether they fit or not. A row adds up to 1 in any case.
#
# We changed the picture, not the model: the rest of BERT has not heard of it yet.
# In chapter 02 the change goes through the whole model, and its prediction moves.

# %% [markdown] lang="zh"
# 第二选择其实一直都在：掩码没有改动其他任何一个分数，只是让原来很淡的显了出来。
# 权重是份额：一个键失去多少，别的键就得接下多少，不管匹配与否，因为一行之和总是 1。
#
# 我们改的是图，不是模型：BERT 的其余部分还不知道这件事。
# 到第 02 章，改动会传遍整个模型，预测也会跟着变。

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"A looks at B, so B looks at A."** No: a query meets a key, and those are different vectors. In our three words, *the* looks hard at *dog*:

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“A 看 B，所以 B 也看 A”**：不对。相遇的是查询和键，它们是不同的向量。在我们那三个词里，*the* 主要在看 *dog*：

# %% label="not-symmetric"
print(f"the -> dog {weights[0, 1]:.3f}    dog -> the {weights[1, 0]:.3f}")
print("rows sum to   ", weights.sum(-1))
print("columns sum to", weights.sum(0))
#zh print("每行之和：", weights.sum(-1))
#zh print("每列之和：", weights.sum(0))

# %% [markdown] lang="en"
# Rows add up to 1; columns do not. A token can be looked at by all, or by none.
#
# **"A large weight means an important word."** A weight says how much of a *value* is taken, not what that value brings.
# Let *ran* keep its weight and say nothing, a value of zeros: the largest weight in the row of *dog* then adds exactly nothing.

# %% [markdown] lang="zh"
# 每行加起来是 1，每列却不一定。一个词元可以人人都看它，也可以没人看它。
#
# **“权重大，说明这个词重要”**：权重说的是取走多少**值**，没有说那个值带来了什么。
# 让 *ran* 权重不变，却什么也不说，值全是 0：*dog* 那一行里最大的权重，此时什么也没有加进来。

# %% label="weight-is-not-importance"
silent = vectors.clone()
silent[2] = 0.0                                        # ran says nothing #zh ran 什么也不说
print("weight of ran:", f"{weights[1, 2]:.3f}", "  what it adds:", weights[1, 2] * silent[2])
#zh print("ran 的权重：", f"{weights[1, 2]:.3f}", "  它加进来的：", weights[1, 2] * silent[2])

# %% [markdown] lang="en"
# **"Weight 0."** On paper softmax gives no true 0 without a mask, since $e^x$ is always positive. In the machine it can: $e^{-800}$ is too small for any floating-point number and becomes 0, as with the scores of 10,000 in exercise 3.
# The 0.000 you see here are small numbers, rounded. The picture leaves faint lines out; the numbers keep them.
#
# ### Exercise 8 · Explain · 5 min · ●●○
#
# A friend says: "This head puts 0.8 on the full stop, so the full stop is what matters most for the meaning of the sentence."
# Write two sentences to your friend: one on what 0.8 does say, one on what you would have to look at to know more.

# %% [markdown] lang="zh"
# **“权重是 0”**：没有掩码时，纸面上的 softmax 不会给出真正的 0，因为 $e^x$ 永远是正数。机器里却会：$e^{-800}$ 小到任何浮点数都装不下，就成了 0，练习 3 里 10000 那样的分数正是如此。
# 这里看到的 0.000，则是很小的数四舍五入的结果。图上省去了很淡的线，数字里它们都在。
#
# ### 练习 8 · 讲给别人听 · 5 分钟 · ●●○
#
# 朋友说：“这个头把 0.8 放在句号上，可见对句子的意思来说，句号最重要。”
# 给朋友写两句话：一句说 0.8 到底说明了什么，一句说想知道更多，还得看什么。

# %% label="explain-full-stop"
explain("01.full_stop")

# %% [markdown] lang="en"
# ## Mend, plan, carry over ✻
#
# Three exercises of another kind: find what is wrong in code that runs, plan an experiment before it is run, and take what you have learnt to a model you have not met.
#
# ### Exercise 9 · Ones must stay ones · find the bug · 6 min · ●●○
#
# This attention raises no error. But a weighted average of ones is 1, whatever the weights; and to say every word twice must change nothing, for each weight is then merely cut in half. It fails both tests. Two lines, two faults: write it again without them.

# %% [markdown] lang="zh"
# ## 改错、设计、换个地方用 ✻
#
# 下面三个练习是另外几种：在能运行的代码里找毛病；先设计实验，再动手做；把学到的用到没见过的模型上。
#
# ### 练习 9 · 一还是一 · 找毛病 · 6 分钟 · ●●○
#
# 下面的注意力不会报错。可是，一串 1 的加权平均总是 1，不管权重是多少；把每个词都说两遍，也不该有任何变化，因为每个权重只是对半分开。这两关它都过不了。两行，两处毛病：请改好，重写一遍。

# %% label="broken-attention"
def broken_attention(queries, keys, values):
    scores = queries @ keys.T / len(keys) ** 0.5
    return scores.softmax(dim=0) @ values

print("averages of ones:", broken_attention(queries, keys, torch.ones(3, 1)).flatten())
#zh print("全是 1，平均之后：", broken_attention(queries, keys, torch.ones(3, 1)).flatten())
once = broken_attention(queries, keys, vectors)
said_twice = broken_attention(queries, keys.repeat(2, 1), vectors.repeat(2, 1))
print(f"every word twice: changes up to {(said_twice - once).abs().max():.3f}")
#zh print(f"每个词说两遍：最多变了 {(said_twice - once).abs().max():.3f}")

# %% label="exercise-bug" tags=["exercise"]
def mended_attention(queries, keys, values):
    """queries (query, d_head), keys (key, d_head), values (key, d_value) -> (query, d_value)"""
    #zh """queries (query, d_head)，keys (key, d_head)，values (key, d_value) -> (query, d_value)"""
    ### BEGIN SOLUTION
    fits = queries @ keys.transpose(-2, -1) / keys.shape[-1] ** 0.5
    return fits.softmax(dim=-1) @ values
    ### END SOLUTION

# %% label="check-bug" tags=["check"]
check("01.bug", mended_attention)

# %% [markdown] lang="en"
# ### Exercise 10 · Which text decides? · design an experiment · 6 min · ●●○
#
# A friend looks at layer 1, head 2 of the course BERT. In *The dog ran home*, *ran* gives all its weight to *dog*. "This head finds the one who does it," he says. You say: it looks one token back.
# Both claims fit that text. Write down: a text on which they differ, what either of you expects there, and what else you would want before you believe the winner. Then run the cell below.

# %% [markdown] lang="zh"
# ### 练习 10 · 哪段文字能定论？· 设计实验 · 6 分钟 · ●●○
#
# 朋友在看课程 BERT 的第 1 层头 2。在 *The dog ran home*（狗跑回家了）里，*ran* 把全部权重都给了 *dog*。“这个头在找动作是谁做的。”他说。你说：它只是看前一个词元。
# 两种说法都符合这句话。请写下：一段能让两种说法分出高下的文字，两种说法在那里各预料什么，还有，要相信赢的那一方，你还想看什么。写好再运行下面的单元格。

# %% label="explain-design"
explain("01.design")

# %% label="design-run"
course = load_bert("course")
for text in ("The dog ran home.", "The dog in the garden ran home.",
             "My friend from China ran home."):
    run = course.run(text)
    row = run.weights[1, 2, run.tokens.index("ran")]                       # (key,)
    print(f"{text:34} ran -> {run.tokens[row.argmax()]:7} {row.max():.2f}")

# %% [markdown] lang="en"
# ### Exercise 11 · The same in a GPT · transfer · 6 min · ●●○
#
# The repository also holds a small model that writes, a GPT (chapter 07). It was made by other code and trained on another task. Its record has queries and keys as BERT's has; each of its texts begins with the token `<s>`. Here is a corner of one of its heads:

# %% [markdown] lang="zh"
# ### 练习 11 · 换成 GPT · 换个模型 · 6 分钟 · ●●○
#
# 仓库里还有一个会写字的小模型，一个 GPT（第 07 章讲它）。它用的是另一套代码，学的是另一件事；它的记录里同样有查询和键，每段文字都以词元 `<s>` 开头。下面是它一个头的左上角：

# %% label="another-model"
from helpers.models import load_model

gpt = load_model("course-gpt")
written = gpt.run("The dog ran home because it was very tired.")
print(*written.tokens[:6])
print(written.weights[1, 3, :6, :6])                                      # (query, key)

# %% [markdown] lang="en"
# Write what makes such weights of queries and keys, for all heads at once. The formula you know; look at the table for what is new.

# %% [markdown] lang="zh"
# 写一个函数，由查询和键算出这样的权重，所有的头一起算。公式你已经会了；新在哪里，看上面的表。

# %% label="exercise-transfer" tags=["exercise"]
def gpt_weights(queries, keys):
    """queries, keys (head, token, d_head) -> weights (head, query, key)"""
    #zh """queries 和 keys (head, token, d_head) -> 权重 (head, query, key)"""
    ### BEGIN SOLUTION
    earlier = torch.ones(keys.shape[-2], keys.shape[-2], dtype=torch.bool).tril()
    fits = attention_scores(queries, keys).masked_fill(~earlier, -torch.inf)
    return fits.softmax(dim=-1)
    ### END SOLUTION

# %% label="check-transfer" tags=["check"]
check("01.transfer", gpt_weights)

# %% label="equals-gpt"
mine = gpt_weights(written.queries[1], written.keys[1])                   # (head, query, key)
if mine is not None:                                                      # once it is written #zh 写好了才算
    off = (mine - written.weights[1]).abs().max().item()
    print("equals the GPT, difference < 1e-5:", off < 1e-5)
    #zh print("与 GPT 相等，相差 < 1e-5：", off < 1e-5)

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("01.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. A composite embedding is a weighted average of the vectors of a sentence; the weights are the word's own.
# 2. Weights are softmax of query · key, divided by $\sqrt{d_{head}}$, with $-\infty$ where the mask says no. With the values: $\text{softmax}(QK^\top/\sqrt{d_k})\,V$.
# 3. Rows ask, columns answer. Filters show one sentence, or one sentence asking the other; words are folded characters.
# 4. A weight says how much is taken, not what it is worth, and it is not symmetric.
#
# **Next:** one head can ask one kind of question at a time. Chapter 02 asks many at once.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, section 3.2.1 (scaled dot-product attention; the $\sqrt{d_k}$ argument is their footnote 4).
# Devlin et al. 2019, *BERT*, section 3 (`[CLS]`, `[SEP]`, segments). Clark et al. 2019, *What Does BERT Look At?*, section 3 (heads that look back, ahead, and at `[SEP]`).
# Jain and Wallace 2019, *Attention is not Explanation*; Wiegreffe and Pinter 2019, *Attention is not not Explanation* (read them as a pair).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 复合嵌入是一句话里各个向量的加权平均；每个词有自己的一组权重。
# 2. 权重是“查询 · 键”除以 $\sqrt{d_{head}}$ 之后再做 softmax；掩码不许看的地方，分数是 $-\infty$。再乘以值：$\text{softmax}(QK^\top/\sqrt{d_k})\,V$。
# 3. 行在问，列在答。筛选可以只看一句之内，也可以看一句问另一句；字可以并成词。
# 4. 权重说的是取走多少，不是取走的东西有多大用处；而且它不对称。
#
# **下一步**：一个头一次只能问一类问题。第 02 章同时问很多类。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，3.2.1 节（缩放点积注意力；$\sqrt{d_k}$ 的理由在脚注 4）。Devlin 等（2019），*BERT*，第 3 节（`[CLS]`、`[SEP]`、句段）。Clark 等（2019），*What Does BERT Look At?*，第 3 节（看前、看后、看 `[SEP]` 的头）。Jain 与 Wallace（2019），*Attention is not Explanation*；Wiegreffe 与 Pinter（2019），*Attention is not not Explanation*（两篇对照着读）。
