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
# # From BERT to GPT: a model that writes
#
# **You will make** a small GPT write on from your own beginning, choose how bold it is, and find in it the heads that copy.
#
# **You will be able to**
# 1. say what a causal mask changes, and what it leaves as it was,
# 2. draw the next token yourself: temperature, top-k, top-p,
# 3. measure a language model in perplexity and in bits per character, say which figures may be compared, and watch one learn by heart,
# 4. count a cache of keys and values, and find the bug of the position that stays 0,
# 5. find an induction head by measuring, switch it off, and read the layers through the logit lens,
# 6. say what separates this model from one you can chat with.
#
# **You need** chapters 01 to 05; chapter 06 helps. About 120 minutes.

# %% [markdown] lang="zh"
# # 从 BERT 到 GPT：会写的模型
#
# **你会做出**：让一个小 GPT 接着你的开头往下写，由你决定它有多大胆，再找出它身上负责复制的那几个头。
#
# **学完这一章，你能**
# 1. 说出因果掩码改变了什么，又有什么没变；
# 2. 亲手抽出下一个词元：温度、top-k、top-p；
# 3. 用困惑度（perplexity）和每字符比特数（bits per character）衡量一个语言模型（language model），说出哪些数字可以互相比较，并亲眼看着一个模型死记硬背；
# 4. 算出键值缓存（key/value cache，KV cache）有多大，并找出“位置一直是 0”的那个错误；
# 5. 用测量找出归纳头（induction head），把它关掉，再用 logit lens 逐层读一读；
# 6. 说出它和能聊天的模型之间差了什么。
#
# **你需要**：学过第 01 到 05 章；学过第 06 章更好。大约 120 分钟。

# %% label="imports"
import torch
from helpers.attention import causal_mask
from helpers.checks import check, hint
from helpers.controls import explore_birth, explore_characters, explore_heads, explore_next
from helpers.heads import measure_induction
from helpers.models import Sampling, load_model, load_training, logit_lens
from helpers.positions import rotate
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.transformer import Transformer, TransformerConfig
from helpers.views import view_characters, view_heads, view_lens, view_map, view_next

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("07.start")

# %% [markdown] lang="en"
# ## The map
#
# Chapter 06 was the left column of the map. Today it is the right one, without cross-attention: there is no source to look at, only what has been written so far.

# %% [markdown] lang="zh"
# ## 地图
#
# 第 06 章讲的是地图的左边一列。今天讲右边一列，而且不要交叉注意力：没有原文可看，只有到现在为止写出来的文字。

# %% label="map"
view_map("07")

# %% [markdown] lang="en"
# ## One mask
#
# Take one encoder with random weights, and read four tokens with it twice: once every token may see every token, as in BERT, once under the causal mask of chapter 05. Same parameters, same code. Here are the attention weights of one head; rows ask, columns answer:

# %% [markdown] lang="zh"
# ## 只差一个掩码
#
# 取一个随机初始化的编码器，让它把四个词元读两遍：一遍谁都能看谁，像 BERT；一遍加上第 05 章的因果掩码。参数相同，代码也相同。下面是其中一个头的注意力权重，行提问，列应答：

# %% label="one-mask"
torch.manual_seed(0)
encoder = Transformer(TransformerConfig(vocab_size=50, n_layers=1, d_model=16, n_heads=2, d_ff=32))
token_ids = torch.tensor([[5, 6, 7, 8]])                                  # (batch, token)
with torch.no_grad():
    for name, mask in (("every token, as BERT", None), ("looking back, as GPT", causal_mask(4))):
    #zh for name, mask in (("谁都能看谁，像 BERT", None), ("只能看前文，像 GPT", causal_mask(4))):
        weights = encoder.eval().encode(token_ids, mask).weights[0][0, 0]   # (query, key)
        print(name, weights, sep="\n")

# %% [markdown] lang="en"
# That is all there is to it in the network. What it is *asked* differs as well: BERT has to name a hidden token from both sides, a GPT at every place the one that comes next; what it says is put behind the rest, and on it goes: it is **autoregressive**.
#
# Now a real one. The **course GPT** was trained for this chapter on short everyday sentences, English and Chinese, and on some Chinese Wikipedia. It has the form of LLaMA: the norm before each part and without a mean to subtract (*RMSNorm*), rotary positions (chapter 04), and fewer heads of keys and values than of queries, of which more below.
#
# Its tokens are those of the course BERT. One starts the text, `<s>`, and one ends it, `</s>`.

# %% [markdown] lang="zh"
# 就网络来说，差别仅此而已。**问它的问题**也不一样：BERT 要根据两边猜出被遮住的词元，GPT 则在每个位置上都要说出下一个，再把写出的接到后面，继续往下写：这叫**自回归**（autoregressive）。
#
# 现在看一个真的。**课程 GPT** 是为这一章训练的，读的是中英文日常短句，还有一些中文维基百科。它采用 LLaMA 的形式：归一化放在每个部分之前，而且不减均值（RMSNorm）；用旋转位置编码（第 04 章）；键和值的头比查询的头少，这一点后面细说。
#
# 它的词元与课程 BERT 相同。开头是 `<s>`，结尾是 `</s>`。

# %% label="sentences" tags=["parameters"]
sentence_a = "The cat is on the"

# %% label="load"
gpt = load_model("course-gpt")
record = gpt.run(sentence_a)
print(gpt)
print(*record.tokens)
print("a table of positions:", record.position_embeddings)
print("logits (token, vocab):", tuple(record.logits.shape))
#zh print("位置嵌入表：", record.position_embeddings)
#zh print("logits (token, vocab)：", tuple(record.logits.shape))

# %% [markdown] lang="en"
# At each of its tokens a GPT has already said what should come next. **Predict:** if the last word of a sentence is changed, at which places do the logits change?

# %% [markdown] lang="zh"
# 在每个词元上，GPT 都已经说出了接下来该是什么。**先猜**：把一句话的最后一个词换掉，哪些位置上的 logits 会变？

# %% label="predict-earlier"
predict("07.earlier")

# %% label="later-words-do-not-matter"
one, other = gpt.run("I have a red car"), gpt.run("I have a red dress")
difference = (one.logits - other.logits).abs().amax(-1)                   # (token,)
for token, number in zip(one.tokens, difference.tolist()):
    print(f"{token:>6}  {'changes' if number > 1e-4 else 'stays as it was'}")
    #zh print(f"{token:>6}  {'变了' if number > 1e-4 else '没变'}")

# %% [markdown] lang="en"
# So a text of $n$ tokens is $n$ questions with $n$ answers in one run: that is how it is trained. And what was computed for a beginning holds whatever follows: that is why a cache is possible.
#
# ## What comes next?
#
# <!-- own -->
# **Predict:** what will it hold likeliest after *The cat is on the*?
# <!-- others -->
# **Predict:** what will it hold likeliest after your beginning?

# %% [markdown] lang="zh"
# 所以一段有 $n$ 个词元的文字，跑一遍就有 $n$ 道题、$n$ 个答案：训练就是这样做的。开头部分算好的东西，不管后面接什么都有效：缓存正是靠这一点。
#
# ## 接下来是什么？
#
# <!-- own -->
# **先猜**：在 *The cat is on the* 之后，它认为最可能的是什么？
# <!-- others -->
# **先猜**：在你写的开头之后，它认为最可能的是什么？

# %% label="predict-next" tags=["own"]
predict("07.next")

# %% label="next-by-hand"
probabilities = record.logits[-1].softmax(-1)                             # (vocab,)
best = probabilities.topk(5)
for row, probability in zip(best.indices.tolist(), best.values.tolist()):
    print(f"{record.vocabulary[row]:>8}  {probability:.3f}")

# %% [markdown] lang="en"
# `gpt.next_tokens` does the same, and `view_next` draws it. The bars are probabilities over the whole vocabulary; of most of it you see nothing, for the tail is long and thin.

# %% [markdown] lang="zh"
# `gpt.next_tokens` 做的是同一件事，`view_next` 把它画出来。横条是在整个词表上的概率；词表的大部分都看不见，因为尾巴又长又细。

# %% label="next"
for token, probability in gpt.next_tokens("今天天气很", top=3):
    print(f"{token}  {probability:.3f}")
view_next(record)

# %% [markdown] lang="en"
# (今天天气很 is *the weather today is very*; 好 good, 冷 cold, 热 hot.)
#
# ## Drawing lots
#
# A model gives probabilities. What is *written* is a choice of ours. Always taking the likeliest is greedy search (chapter 05). Or one draws lots, each token with the chance that the model gives it.
#
# To draw with a computer: lay the probabilities end to end on a line from 0 to 1, and let an even random number between 0 and 1 fall on it.
#
# ### Exercise 1 · Draw a token · code · 6 min · ●●○
#
# The random number is given, so that you can check yourself. Stuck? Run `hint("07.draw")` in a new cell; run it again for more.

# %% [markdown] lang="zh"
# ## 抽签
#
# 模型给的是概率，**写出**哪一个由我们来定。每次都取最可能的，是贪心搜索（第 05 章）。也可以抽签：模型认为某个词元有多可能，抽中它的机会就有多大，这叫**采样**（sampling）。
#
# 怎样让计算机抽签？把概率一段接一段排成一条从 0 到 1 的线，再让 0 到 1 之间的一个均匀随机数落在上面。
#
# ### 练习 1 · 抽一个词元 · 动手写 · 6 分钟 · ●●○
#
# 随机数会给你，方便自己验证。卡住了？新建一个单元格，运行 `hint("07.draw")`；再运行一次，提示会更多。

# %% label="exercise-draw" tags=["exercise"]
def drawn(probabilities, lot):
    """probabilities (vocab,), lot from 0 to below 1 -> the place of the token it falls on"""
    #zh """probabilities (vocab,)，lot 是抽到的随机数（0 ≤ lot < 1） -> 它落在第几个词元上"""
    ### BEGIN SOLUTION
    ends = probabilities.cumsum(0)
    return (ends <= lot).sum()
    ### END SOLUTION

# %% label="check-draw" tags=["check"]
check("07.draw", drawn)

# %% [markdown] lang="en"
# Two knobs stand before the draw. The **temperature** divides the logits: below 1 the likely become likelier, above 1 all become more alike. **Top-k** keeps the $k$ likeliest and cuts off the rest, the long tail in which nonsense lives (Fan et al. 2018).
#
# ### Exercise 2 · Temperature and top-k · code · 8 min · ●●○
#
# Both in one function: first the temperature, then the cut. What is left must sum to 1 again. Stuck? `hint("07.sharpen")`.

# %% [markdown] lang="zh"
# 抽签之前有两个旋钮。**温度**用来除 logits：低于 1，可能的更可能；高于 1，大家更接近。**top-k** 只留最可能的 $k$ 个，把后面那条长尾巴剪掉，胡话就藏在那里（Fan 等，2018）。
#
# ### 练习 2 · 温度和 top-k · 动手写 · 8 分钟 · ●●○
#
# 写在一个函数里：先温度，再截断；留下的加起来还得是 1。卡住了？运行 `hint("07.sharpen")`。

# %% label="exercise-sharpen" tags=["exercise"]
def sharpened(logits, temperature, k):
    """logits (vocab,) -> probabilities (vocab,): 0 beyond the k likeliest, the rest sums to 1"""
    #zh """logits (vocab,) -> 概率 (vocab,)：最可能的 k 个之外为 0，其余之和为 1"""
    ### BEGIN SOLUTION
    logits = logits / temperature
    smallest = logits.topk(k).values[-1]
    return torch.where(logits >= smallest, logits, float("-inf")).softmax(-1)
    ### END SOLUTION

# %% label="check-sharpen" tags=["check"]
check("07.sharpen", sharpened)

# %% [markdown] lang="en"
# Below, the outline is what the model said, the filled bar what the draw will use. Everything below the dashed line is never written.

# %% [markdown] lang="zh"
# 下图中，线框是模型给出的概率，实心条是抽签时用的概率。虚线以下的都不会写出来。

# %% label="next-cut"
view_next(record, temperature=0.7, top_k=5)

# %% [markdown] lang="en"
# A fixed $k$ fits badly: sometimes one token is right and sometimes a thousand are. **Top-p**, or nucleus sampling, keeps the fewest of the likeliest tokens that together reach the probability $p$ (Holtzman et al. 2020).
#
# <!-- own -->
# **Predict:** with $p = 0.9$, after which of these words is the nucleus smallest: *the*, *cat*, or *on*?
# <!-- others -->
# **Predict:** with $p = 0.9$, after which word of the beginning is the nucleus smallest?

# %% [markdown] lang="zh"
# 固定的 $k$ 总有不合适的时候：有时只有一个词元对，有时一千个都行。**top-p** 也叫核采样（nucleus sampling）：从最可能的取起，刚好凑够概率 $p$ 就停（Holtzman 等，2020）。
#
# <!-- own -->
# **先猜**：$p = 0.9$ 时，在 *the*、*cat*、*on* 哪个词之后，留下的词元最少？
# <!-- others -->
# **先猜**：$p = 0.9$ 时，在开头的哪个词之后，留下的词元最少？

# %% label="predict-nucleus" tags=["own"]
predict("07.nucleus")

# %% label="nucleus-sizes"
for token, logits in zip(record.tokens, record.logits):
    print(f"{token:>6}  {int(Sampling(top_p=0.9).kept(logits).sum()):>5}")

# %% [markdown] lang="en"
# ### Exercise 3 · Top-p · code · 10 min · ●●●
#
# The token that crosses the bound belongs to the nucleus: it has to *reach* $p$.

# %% [markdown] lang="zh"
# ### 练习 3 · top-p · 动手写 · 10 分钟 · ●●●
#
# 越过界线的那个词元也要留下：合起来要**够到** $p$。

# %% label="exercise-nucleus" tags=["exercise"]
def nucleus(probabilities, p):
    """probabilities (vocab,) -> (vocab,): 0 outside the nucleus, the rest sums to 1"""
    #zh """probabilities (vocab,) -> (vocab,)：没留下的为 0，留下的之和为 1"""
    ### BEGIN SOLUTION
    values, order = probabilities.sort(descending=True)
    kept = torch.zeros_like(probabilities)
    kept[order] = torch.where(values.cumsum(0) - values < p, values, 0)
    return kept / kept.sum()
    ### END SOLUTION

# %% label="check-nucleus" tags=["check"]
check("07.nucleus", nucleus)

# %% [markdown] lang="en"
# Now all together, again and again, until the end token comes. That is `gpt.generate`; without a seed it takes the likeliest each time.

# %% [markdown] lang="zh"
# 现在全部合起来，一遍一遍地抽，直到抽出结束词元。这就是 `gpt.generate`；不给种子（seed）时，每次都取最可能的。

# %% label="generate"
print("greedy      ", gpt.generate("We went").text)
#zh print("贪心         ", gpt.generate("We went").text)
for temperature in (0.3, 1.0, 3.0):
    for seed in (0, 1):
        written = gpt.generate("We went", 16, temperature=temperature, seed=seed)
        print(f"{temperature:<12}", written.text)
print("1, top-p 0.8", gpt.generate("We went", 16, top_p=0.8, seed=1).text)

# %% [markdown] lang="en"
# It has read translation pairs, so a translation often follows (散步 *go for a walk*, 看电影 *see a film*, 河里游泳 *swim in the river*, 搭公车去学校 *go to school by bus*), now and then of another sentence (去海边去海边 says *to the seaside* twice, 七点钟 is *seven o'clock*).
#
# **Try:** your own beginning, English or Chinese. Find the temperature at which it begins to talk nonsense; then, at that temperature, bring it back with top-p alone. *Write on* draws anew each time you press it.

# %% [markdown] lang="zh"
# 它读过成对的译文，所以后面常常跟着一句翻译，有时译的却是另一句话。
#
# **试一试**：换成你自己的开头，中英文都行。先找到它开始胡说的温度；然后温度不动，只用 top-p 把它拉回来。每按一次“接着写”，就重新抽一次。

# %% label="explore-next"
explore_next(gpt, sentence_a)

# %% [markdown] lang="en"
# *What to look for:* top-k cuts at the same rank everywhere, top-p moves with how sure the model is. A temperature changes the heights and never the order.
#
# ## How good is it?
#
# Give the model a text and ask at each place how likely it held the token that really came. $-\ln p$ is its surprise. The mean surprise, put back into a number of choices, is the **perplexity**: as if it had to guess among so many tokens that are all alike.
#
# $$\text{perplexity} = e^{\,-\frac{1}{n} \sum_i \ln p_i}$$
#
# ### Exercise 4 · Perplexity · code · 5 min · ●●○
#
# Write the formula. What must come out if all probabilities are 1/8?

# %% [markdown] lang="zh"
# *留意这几点*：top-k 在哪里都从同一个名次截断，top-p 则随模型有多大把握而移动。温度改变高低，从不改变名次。
#
# ## 它有多好？
#
# 给模型一段文字，在每个位置上问它：真正出现的那个词元，你认为有多可能？$-\ln p$ 就是它的意外程度。把平均意外程度换算回“几个选择”，就是**困惑度**（perplexity）：好像它每次都要在这么多个一样可能的词元里猜一个。
#
# $$\text{perplexity} = e^{\,-\frac{1}{n} \sum_i \ln p_i}$$
#
# ### 练习 4 · 困惑度 · 动手写 · 5 分钟 · ●●○
#
# 把公式写成代码。如果每个概率都是 1/8，应当得到几？

# %% label="exercise-perplexity" tags=["exercise"]
def perplexity(probabilities):
    """probabilities (token,) that a model gave to the tokens that came -> its perplexity"""
    #zh """probabilities (token,)：模型给实际出现的各个词元的概率 -> 它的困惑度"""
    ### BEGIN SOLUTION
    return (-probabilities.log().mean()).exp()
    ### END SOLUTION

# %% label="check-perplexity" tags=["check"]
check("07.perplexity", perplexity)

# %% [markdown] lang="en"
# **Predict:** put the words of a sentence in another order. How many times as perplexed will it be?

# %% [markdown] lang="zh"
# **先猜**：把一句话的词打乱，它的困惑度会变成原来的多少倍？

# %% label="predict-shuffled"
predict("07.shuffled")

# %% label="perplexities"
def probabilities_of(text):
    """The probability of each token of a text, (token,): what the token before it had said"""
    #zh """一段文字里每个词元的概率 (token,)：由它前面的那个位置给出"""
    run = gpt.run(text)
    said = run.logits[:-1].softmax(-1)                                    # (token, vocab)
    return said[range(len(said)), run.token_ids[1:]]

for text in ("The cat is on the table.", "The table is on the cat.", "The is cat table on the.",
             "今天天气很好。", "天今好气很天。"):
    values = probabilities_of(text)
    by_formula = (-values.log().mean()).exp()
    print(f"{by_formula:8.1f}  {text}")

# %% [markdown] lang="en"
# (今天天气很好 is *the weather is nice today*; 天今好气很天 is the same, its characters shuffled.) A table on a cat surprises it, too, though less: there the words are in good order.
#
# Perplexity is counted *per token*, so two models can be compared only if they cut text alike. One that cuts into characters has many easy tokens and looks better than it is. **Bits per character** do not depend on the cut: all the bits of a text, over its characters.
#
# ### Exercise 5 · Bits per character · code · 5 min · ●●○
#
# A token of probability $p$ costs $-\log_2 p$ bits. Sum over the tokens, divide by the characters.

# %% [markdown] lang="zh"
# （“天今好气很天”是把前一句的字打乱了。）“桌子在猫上面”也让它意外，只是轻一些：那一句的词序没有问题。
#
# 困惑度是**按词元**算的，所以两个模型只有切分方式相同才能比较。切得细的模型，容易猜的词元多，看上去就比实际的好。**每字符比特数**（bits per character）与切分无关：整段文字的比特数，除以字符数。
#
# ### 练习 5 · 每字符比特数 · 动手写 · 5 分钟 · ●●○
#
# 概率为 $p$ 的词元要 $-\log_2 p$ 比特。对词元求和，除以字符数。

# %% label="exercise-bits" tags=["exercise"]
def bits_per_character(probabilities, n_characters):
    """probabilities (token,) of a text with so many characters -> bits per character"""
    #zh """probabilities (token,)：一段文字各词元的概率，n_characters：字符数 -> 每字符比特数"""
    ### BEGIN SOLUTION
    return -probabilities.log2().sum() / n_characters
    ### END SOLUTION

# %% label="check-bits" tags=["check"]
check("07.bits", bits_per_character)

# %% [markdown] lang="en"
# Here are both figures on forty short sentences in each language, written for this course:

# %% [markdown] lang="zh"
# 下面用为本课程写的短句来算这两个数，每种语言各四十句：

# %% label="measured"
from helpers.models.translation.quality import FRESH

for language, sentences in (("English", [en for en, zh in FRESH["en_zh"]]),
                            ("Chinese", [zh for zh, en in FRESH["zh_en"]])):
#zh for language, sentences in (("英文", [en for en, zh in FRESH["en_zh"]]),
#zh                             ("中文", [zh for zh, en in FRESH["zh_en"]])):
    values = torch.cat([probabilities_of(text) for text in sentences])
    bits = -values.log2().sum() / sum(map(len, sentences))
    print(f"{language}: {bits:.2f} bits per character, "
          f"perplexity {(-values.log().mean()).exp():.1f}")
    #zh print(f"{language}：每字符 {bits:.2f} 比特，"
    #zh       f"困惑度 {(-values.log().mean()).exp():.1f}")

# %% [markdown] lang="en"
# Forty easy sentences flatter it. On 1,490 held-out pairs the model card measured, beside it, a **5-gram**: a model without any network, which counts how often a token followed the four before it, with good smoothing (Chen and Goodman 1998), on the same training text. The *unigram* only counts how frequent each token is, and the untrained GPT has random numbers. Each entry is bits per character with its interval, then perplexity:

# %% [markdown] lang="zh"
# 四十个简单句子，成绩好看得过头。模型卡在 1490 对留出的句子上量过，旁边还有一个**五元模型**（5-gram）：没有任何网络，只在同样的训练文字里数一数，前四个词元之后跟着某个词元有多少次，再加上好的平滑（smoothing；Chen 与 Goodman，1998）。unigram（一元模型）只数每个词元有多常见，untrained GPT 是没训练过的 GPT。每格先是每字符比特数及其区间，后是困惑度：

# %% label="card"
from pathlib import Path

import helpers

card = Path(helpers.__file__).parent / "weights" / "course-gpt" / "README.md"
for line in card.read_text(encoding="utf-8").splitlines():
    if line.startswith("| test text | GPT") or "(n = 1,490)" in line:
        print(line)

# %% [markdown] lang="en"
# Counting gets far, on sentences this short. The network is better on both languages, and by less than one might think. English and Chinese cannot be compared here: a Chinese character carries more than a letter.
#
# ## Train one while you watch
#
# The encoder under a causal mask from the beginning of this chapter is a tiny GPT already. Give it *characters* in place of tokens, and a text so short that it can be learnt in a minute: the eighty English sentences of the course. The last eighth of them is held out.
#
# **Predict:** the bits per character on the text it reads will fall. And on the held-out text?

# %% [markdown] lang="zh"
# 句子这么短，光靠数数就能做得相当好。两种语言上都是网络更好，好得却没有想象中那么多。这里的英文和中文不能互相比：一个汉字携带的信息比一个字母多。
#
# ## 当场训练一个
#
# 本章开头那个加了因果掩码的编码器，已经是一个小小的 GPT 了。让它读**字符**，不读词元；文字短到一分钟就能学会：课程里的八十句英文，最后八分之一留出来不给它看。
#
# **先猜**：在读过的文字上，每字符比特数会下降。在留出的文字（held-out text）上呢？

# %% label="predict-by-heart"
predict("07.by_heart", hide=False)

# %% label="explore-characters"
english = [en for en, zh in FRESH["en_zh"]] + [en for zh, en in FRESH["zh_en"]]
small = explore_characters("\n".join(english))
small

# %% label="train-characters"
small.train(steps=400)
for moment in small.record.moments[::4]:
    print(f"step {moment.step:>3}: {moment.bits:.2f} bits, held out {moment.held_out_bits:.2f}")
    #zh print(f"第 {moment.step:>3} 步：{moment.bits:.2f} 比特，留出文字 {moment.held_out_bits:.2f}")

# %% label="view-characters"
view_characters(small.record)

# %% [markdown] lang="en"
# Read what it writes from step to step. First which letters are frequent, then which follow each other, then short words and where a sentence ends: as far as that the held-out curve falls with the other. Then it turns: what is learnt now are these very sentences, by heart (**overfitting**; *I'm going to Beijing on* is one of them). That is why the figures of a model are taken on text it has not read.
#
# **Try:** does more text help? Paste a long one of your own into the box above, Chinese too, *Train on*, and see where the held-out curve turns. *Stop* when you like; nothing is lost.

# %% [markdown] lang="zh"
# 看它一步一步写出了什么。先学会哪些字母常见，再学会谁跟着谁，然后是短词和句子在哪里结束：到这里为止，留出文字的曲线跟着一起降。再往后它掉了头：现在学的，只是把这几句话背下来（**过拟合**，overfitting；*I'm going to Beijing on* 就是其中一句）。所以一个模型的成绩，要在它没读过的文字上量。
#
# **试一试**：多给文字有用吗？把你自己的一段长文字粘贴到上面的框里，中文也行，然后“继续训练”，看留出文字的曲线在哪里掉头。想停就“停”，学到的不会丢。

# %% [markdown] lang="en"
# ## The cache, counted
#
# Keys and values of earlier tokens stay as they are, so a writer keeps them (chapter 05). `gpt.read_on` reads new tokens behind those in a cache. Here the sentence goes in at once, then token by token:

# %% [markdown] lang="zh"
# ## 缓存有多大
#
# 前面词元的键和值不会再变，所以写的时候把它们留着（第 05 章）。`gpt.read_on` 在缓存之后读入新的词元。下面先把整句一次读完，再一个词元一个词元地读：

# %% label="cache-changes-nothing"
steps, cache = [], None
for token_id in record.token_ids:
    logits, cache = gpt.read_on([token_id], cache)                        # (1, vocab)
    steps.append(logits[0])
same = (torch.stack(steps) - record.logits).abs().max() < 1e-4
print("the same logits, difference < 1e-4:", same.item())
#zh print("logits 相同，相差 < 1e-4：", same.item())

# %% [markdown] lang="en"
# And the time? Run it; what it says depends on your machine, so no figure is kept here. The ratio should be well above 1, and more for a longer text:

# %% [markdown] lang="zh"
# 时间呢？运行一下。结果要看你的机器，所以这里不留数字；比值应当明显大于 1，文字越长越大：

# %% label="cache-timed" tags=["volatile"]
from functools import partial
from timeit import repeat

def read_all(kept):
    cache = None
    for n, token_id in enumerate(ids):
        _, cache = gpt.read_on([token_id] if kept else ids[:n + 1], cache if kept else None)

ids = list(range(100, 160))                        # any 60 tokens #zh 随便 60 个词元
kept, again = (min(repeat(partial(read_all, way), number=1, repeat=2)) for way in (True, False))
print(f"{len(ids)} tokens: without the cache {again / kept:.1f} times as long")
#zh print(f"{len(ids)} 个词元：不用缓存，用时是 {again / kept:.1f} 倍")

# %% [markdown] lang="en"
# The model has six heads that ask. **Predict:** of how many heads are keys kept in each layer?

# %% [markdown] lang="zh"
# 这个模型有六个提问的头。**先猜**：每一层的缓存里，存着几个头的键？

# %% label="predict-kept-heads"
predict("07.kept_heads")

# %% label="cache-shapes"
print("heads that ask:", gpt.n_heads)
print("keys of one layer (batch, head, token, d_head):", tuple(cache.layers[0].keys.shape))
#zh print("提问的头：", gpt.n_heads)
#zh print("一层的键 (batch, head, token, d_head)：", tuple(cache.layers[0].keys.shape))

# %% [markdown] lang="en"
# Three heads share one head of keys and values: **grouped-query attention**, GQA (Ainslie et al. 2023). In plain multi-head attention, MHA, each head has its own. Each head still asks its own question; the group shares what answers.
#
# ### Exercise 6 · Count the cache · code · 6 min · ●●○
#
# How many bytes does a cache take? Not every number you are given is needed.

# %% [markdown] lang="zh"
# 三个头共用一份键和值：这叫**分组查询注意力**（grouped-query attention，GQA；Ainslie 等，2023）。普通的多头注意力（MHA）里，每个头都有自己的一份。分组以后，每个头仍然各问各的，只是应答的一方由全组共用。
#
# ### 练习 6 · 数一数缓存 · 动手写 · 6 分钟 · ●●○
#
# 一份缓存占多少字节？给你的数，不一定个个用得上。

# %% label="exercise-cache" tags=["exercise"]
def cache_bytes(n_tokens, n_layers, n_heads, n_key_heads, d_head, n_bytes):
    """Bytes in a cache; n_heads ask, n_key_heads have keys and values, a number takes n_bytes"""
    #zh """缓存的字节数：n_heads 个查询头，n_key_heads 个键值头，每个数占 n_bytes 字节"""
    ### BEGIN SOLUTION
    a_token = 2 * n_layers * n_key_heads * d_head
    return n_tokens * a_token * n_bytes
    ### END SOLUTION

# %% label="check-cache" tags=["check"]
check("07.cache", cache_bytes)

# %% [markdown] lang="en"
# Ours, full, in half precision (2 bytes a number); and Llama 3 8B with its 8,192 tokens: 32 layers, 32 heads, of which 8 have keys and values, 128 numbers each (Dubey et al. 2024). Beside it what plain multi-head attention would need:

# %% [markdown] lang="zh"
# 下面是我们的模型写满时、半精度（每个数 2 字节）的缓存；还有 Llama 3 8B 的 8192 个词元：32 层，32 个头，其中键值头 8 个，每个头 128 维（Dubey 等，2024）。旁边是普通多头注意力要用的：

# %% label="grouped-against-plain"
sizes = {"course GPT": (128, 4, 6, 2, 32), "Llama 3 8B": (8192, 32, 32, 8, 128)}
#zh sizes = {"课程 GPT": (128, 4, 6, 2, 32), "Llama 3 8B": (8192, 32, 32, 8, 128)}
for name, (n_tokens, n_layers, n_heads, n_key_heads, d_head) in sizes.items():
    grouped, plain = (n_tokens * 2 * n_layers * heads * d_head * 2 / 1e6
                      for heads in (n_key_heads, n_heads))
    print(f"{name}: {grouped:,.2f} MB grouped, {plain:,.2f} MB plain")
    #zh print(f"{name}：分组 {grouped:,.2f} MB，普通多头 {plain:,.2f} MB")

# %% [markdown] lang="en"
# That is for one text. A server that answers many people at once holds one such cache for each.
#
# ### A bug to find
#
# Rotary positions turn queries and keys by where they stand, and with a cache a step sees one token alone. Suppose the code forgets how many came before: every new token is told position 0.
#
# **Predict:** what will it write?

# %% [markdown] lang="zh"
# 这只是一段文字的。服务器同时回答许多人，就要为每个人各留一份这样的缓存。
#
# ### 找出错误
#
# 旋转位置编码按位置旋转查询和键；而有了缓存，每一步只看得到一个新词元。假如代码忘了前面已经有几个，每个新词元都被告知自己在位置 0。
#
# **先猜**：它会写出什么？

# %% label="predict-zero"
predict("07.zero")

# %% label="position-zero"
def write(text, first_position):
    """Write greedily; first_position is what each new token is told, None = behind the cache"""
    #zh """贪心地写；first_position 是告诉每个新词元的位置，None 表示接在缓存之后"""
    ids = list(gpt.encode(text).token_ids)
    logits, cache = gpt.read_on(ids)
    while ids[-1] != gpt.tokenizer.eos_token_id and len(ids) < 24:
        ids.append(logits[-1].argmax().item())
        logits, cache = gpt.read_on(ids[-1:], cache, first_position)
    return gpt.tokenizer.decode(ids, skip_special_tokens=True)

for text in ("My father is", sentence_a):
    print(f"right: {write(text, None)}\nwrong: {write(text, 0)}")
    #zh print(f"正确：{write(text, None)}\n错误：{write(text, 0)}")

# %% [markdown] lang="en"
# No error, no warning, and the first new token is right: that one still came from the sentence read at once. A cache must never change what is written, so the test that catches such a bug is the comparison you saw above: with the cache and without.
#
# ### Exercise 7 · Find the bug · code · 8 min · ●●●
#
# One head, one step, and the mistake is in here. The cached keys were turned when they came. What does `rotate` do with a single token and no positions?

# %% [markdown] lang="zh"
# 不报错，也没有警告；而且写出的第一个词元是对的，因为那一个还是整句一次读完得到的。缓存绝不应该改变写出来的东西，所以抓这种错误的办法，就是上面那种对照：用缓存和不用缓存各来一遍。
#
# ### 练习 7 · 找出错误 · 动手写 · 8 分钟 · ●●●
#
# 一个头，一步，错误就在下面这段代码里。缓存里的键进来时已经转过了。只给 `rotate` 一个词元、又不给位置，它会怎么做？

# %% label="broken-step"
def broken_scores(keys, query, key):
    """keys (token, d_head) in the cache; query, key (d_head,) of the new token -> its scores"""
    #zh """缓存里的 keys (token, d_head)，新词元的 query、key (d_head,) -> 它的分数"""
    query, key = rotate(query[None])[0], rotate(key[None])[0]
    return torch.vstack([keys, key]) @ query / len(query) ** 0.5

torch.manual_seed(1)
queries, keys = torch.randn(5, 4), torch.randn(5, 4)                      # (token, d_head)
at_once = rotate(queries)[-1] @ rotate(keys).T / 4 ** 0.5                 # (key,)
print("at once:   ", at_once)
print("with cache:", broken_scores(rotate(keys)[:-1], queries[-1], keys[-1]))
#zh print("一次算完：", at_once)
#zh print("使用缓存：", broken_scores(rotate(keys)[:-1], queries[-1], keys[-1]))

# %% label="exercise-offset" tags=["exercise"]
def cached_scores(keys, query, key):
    """As broken_scores, mended"""
    #zh """同 broken_scores，改正之后的"""
    ### BEGIN SOLUTION
    place = len(keys)
    all_keys = torch.vstack([keys, rotate(key, place)])
    return all_keys @ rotate(query, place) / len(query) ** 0.5
    ### END SOLUTION

# %% label="check-offset" tags=["check"]
check("07.offset", cached_scores)

# %% [markdown] lang="en"
# The last score, of the new token with itself, is right even in the broken code: two vectors turned by the same angle have the same product, at 0 as well as at 4. Rotary positions know distances alone. A test that looks only there would have missed the bug.
#
# ## A head that copies
#
# Some heads of language models do one thing that is easy to state: *this token stood here before; look at what came after it, and say that again.* They are called **induction heads** (Elhage et al. 2021; Olsson et al. 2022).
#
# To find one by measuring, take words that say nothing, so that no grammar helps, and read them twice. The second time everything is known:

# %% [markdown] lang="zh"
# 最后一个分数，也就是新词元与自己的分数，在坏代码里也是对的：两个向量转过同样的角度，点积不变，在 0 如此，在 4 也如此。旋转位置编码只认距离。只检查那一个数的测试，就会放过这个错误。
#
# ## 会复制的头
#
# 语言模型里有些头，做的事情一句话就能说清：**这个词元以前出现过；去看它后面跟的是什么，再说一遍。** 它们叫**归纳头**（induction head；Elhage 等，2021；Olsson 等，2022）。
#
# 要靠测量把它找出来，就取一串没有意思的词，让语法帮不上忙，然后读两遍。到第二遍，一切都是已知的：

# %% label="repeated"
twice = "river seven 书 green 走 money 山 Tom tea river seven 书"
repeated = gpt.run(twice)
print(*enumerate(repeated.tokens))
for token, probability in gpt.next_tokens(twice, top=3):
    print(f"{token:>8}  {probability:.3f}")

# %% [markdown] lang="en"
# (书 book, 走 walk, 山 mountain.) It says *green*. It cannot have learnt that from sentences; it has read it here.
#
# **Predict:** a head that copies stands at the second 书 (place 12). Where does it look?

# %% [markdown] lang="zh"
# 它说的是 *green*。这不可能是从句子里学来的，它是在这里读到的。
#
# **先猜**：一个会复制的头站在第二个“书”上（位置 12），它看哪里？

# %% label="predict-where"
predict("07.where")

# %% label="view-copying"
view_heads(repeated, layer=3, heads=1, query=12)

# %% [markdown] lang="en"
# ### Exercise 8 · The induction score · code · 8 min · ●●●
#
# Put a number on it. A text is `<s>`, then `length` random tokens, then the same ones again. Given the weights of one head: what is the mean weight, in the second copy, on the token *after* the first occurrence of the token it stands at? Leave out the very last token.

# %% [markdown] lang="zh"
# ### 练习 8 · 归纳得分（induction score） · 动手写 · 8 分钟 · ●●●
#
# 给它一个数。文本是 `<s>`，接着 `length` 个随机词元，再把它们重复一遍。给你一个头的权重：在第二遍里，每个词元看向“**自己上次出现之后的那个词元**”的权重，平均是多少？最后一个词元不算。

# %% label="exercise-induction" tags=["exercise"]
def induction_score(weights, length):
    """weights (query, key) on 1 + 2 * length tokens -> one number from 0 to 1"""
    #zh """weights (query, key)，共 1 + 2 * length 个词元 -> 0 到 1 之间的一个数"""
    ### BEGIN SOLUTION
    queries = torch.arange(length + 1, 2 * length)
    return weights[queries, queries - length + 1].mean()
    ### END SOLUTION

# %% label="check-induction" tags=["check"]
check("07.induction", induction_score)

# %% [markdown] lang="en"
# `measure_induction` does this for all heads, on 40 sequences of 25 random tokens, and takes down the loss in the first copy and in the second:

# %% [markdown] lang="zh"
# `measure_induction` 对所有的头都这样量：40 串随机词元，每串 25 个；并记下第一遍和第二遍的损失：

# %% label="measure-induction"
found = measure_induction(gpt)
print(found.scores.round(decimals=3))                                     # (layer, head)
print(f"loss, the first time: {found.first_loss:.2f}   again: {found.second_loss:.2f}")
#zh print(f"损失：第一遍 {found.first_loss:.2f}   第二遍 {found.second_loss:.2f}")

# %% [markdown] lang="en"
# Three heads of the last layer copy, and they are the three that share one head of keys and values. No other head comes near.
#
# **Predict:** switch off the best of them, layer 3, head 1. What will the loss of the second copy be?

# %% [markdown] lang="zh"
# 会复制的是最后一层的三个头，而这三个头正好共用同一份键和值。别的头都差得很远。
#
# **先猜**：关掉其中得分最高的一个，第 3 层头 1。第二遍的损失会变成怎样？

# %% label="predict-off"
predict("07.off")

# %% label="copying-off"
three = [(3, 0), (3, 1), (3, 2)]
for name, off in {"nothing off": [], "the best one": [(3, 1)], "two of them": three[:2],
                  "all three": three, "the other three": [(3, 3), (3, 4), (3, 5)]}.items():
    found = measure_induction(gpt, heads_off=off)
    print(f"{name:16} the first time {found.first_loss:6.2f}   again {found.second_loss:6.2f}")
#zh for name, off in {"都不关": [], "得分最高的一个": [(3, 1)], "其中两个": three[:2],
#zh                   "三个都关": three, "另外三个": [(3, 3), (3, 4), (3, 5)]}.items():
#zh     found = measure_induction(gpt, heads_off=off)
#zh     print(f"{name:　<7}　第一遍 {found.first_loss:6.2f}   第二遍 {found.second_loss:6.2f}")

# %% [markdown] lang="en"
# One can be spared, even the best; without all three nothing is copied, and the second copy is no easier than the first. Had we switched off one head alone, we would have said that it does nothing. (The last line is a control: three heads off do not do it, it is these three.)
#
# How can such a head know what came *after*? It looks for keys, and the key of *green* has to say "before me stood 书". Something earlier must have written that there: heads that look at the previous token. Which heads of layers 1 and 2 do that most, on the nine words? Switch off the first of them, the first three, the first five. And as a control five *others* of the same layers:

# %% [markdown] lang="zh"
# 少一个不要紧，哪怕是得分最高的；三个都没有了，就什么也复制不了，第二遍并不比第一遍容易。如果我们只关掉一个，就会说它没有用。（最后一行是对照：并不是随便关掉三个头都会这样，要紧的是这三个。）
#
# 这样的头怎么知道**后面**跟的是什么？它是凭键去找的，所以 *green* 的键里必须写着“我前面是‘书’”。这是更早的层写进去的，靠的是看前一个词元的头。在那九个词上，第 1、2 层里哪些头看前一个词元看得最多？把排在前面的一个、三个、五个关掉；再关掉这两层里**另外**五个，作对照：

# %% label="looks-back"
back = repeated.weights.diagonal(-1, -2, -1).mean(-1)                     # (layer, head)
ranked = sorted(((layer, head) for layer in (1, 2) for head in range(gpt.n_heads)),
                key=lambda one: back[one], reverse=True)
print("weight on the token before:", *(f"{back[one]:.2f}" for one in ranked))
print("first five (layer, head):", *ranked[:5])
#zh print("看前一个词元的权重：", *(f"{back[one]:.2f}" for one in ranked))
#zh print("前五个 (layer, head)：", *ranked[:5])

# %% label="previous-off"
for name, off in {"the first": ranked[:1], "three": ranked[:3], "five": ranked[:5],
                  "five others": ranked[5:10]}.items():
#zh for name, off in {"第一个": ranked[:1], "前三个": ranked[:3], "前五个": ranked[:5],
#zh                   "另五个": ranked[5:10]}.items():
    found = measure_induction(gpt, heads_off=off)
    print(f"{name:11} off: best induction score {found.scores.max():.2f}, "
          f"loss again {found.second_loss:.2f}")
    #zh print(f"关{name}：最高归纳得分 {found.scores.max():.2f}，"
    #zh       f"第二遍的损失 {found.second_loss:.2f}")

# %% [markdown] lang="en"
# With all five gone, the three heads of layer 3, which nobody touched, no longer find anything; with five others gone they do. So the copying is a **circuit** of two steps: a head writes down what stood before, a later head looks for it. And again there are spare parts.
#
# ## Does it copy in real sentences?
#
# In ordinary text nothing is repeated so neatly. Here is a name that comes again:

# %% [markdown] lang="zh"
# 五个都没有了，第 3 层那三个谁也没动过的头就什么都找不到了；换成另外五个，却照样找得到。所以复制是一个两步的**回路**（circuit）：一个头记下前面是什么，后面的头再去找它。这里同样有备份。
#
# ## 在真实的句子里它也复制吗？
#
# 平常的文字不会重复得这么整齐。看一个再次出现的名字：

# %% label="copying-in-context"
text = "Ken and Mary went to Boston. Ken and"
for name, off in (("as it is", []), ("without the three", three)):
    guesses = gpt.next_tokens(text, top=3, heads_off=off)
    print(f"{name:18}", *(f"{token} {probability:.2f}" for token, probability in guesses))
#zh for name, off in (("原样　　", []), ("关掉三个", three)):
#zh     guesses = gpt.next_tokens(text, top=3, heads_off=off)
#zh     print(f"{name}　", *(f"{token} {probability:.2f}" for token, probability in guesses))

# %% [markdown] lang="en"
# *Mary* came from the text, not from what the model has learnt about Kens. To use what stands in the text, without any learning, is called **in-context learning**; copying is its simplest form. **Try** other names below, and other words: this model is small, it often fails, and one sentence proves little.

# %% [markdown] lang="zh"
# *Mary* 来自眼前这段文字，而不是它学过的关于 Ken 的什么。不经过学习，直接用上下文里的东西，叫**上下文学习**（in-context learning），复制是其中最简单的一种。在下面**试一试**别的名字、别的词：这个模型很小，常常不灵，一句话说明不了什么。

# %% label="explore-copying"
explore_heads(gpt, text, layer=3, head=1)

# %% [markdown] lang="en"
# ## When did they form?
#
# The course GPT was kept at some two dozen steps of its training. **Predict:** how does the induction score of these heads grow?

# %% [markdown] lang="zh"
# ## 它们是什么时候形成的？
#
# 训练课程 GPT 时，有二十几个训练步留下了记录。**先猜**：这几个头的归纳得分是怎样涨上来的？

# %% label="predict-forming"
predict("07.forming")

# %% label="forming"
training = load_training("gpt")
print("  step  best score  loss: first   again")
#zh print("  步数    最高得分  损失：第一遍  第二遍")
for place, step in enumerate(training.steps):
    if step in (0, 401, 2316, 4125, 4250, 4375, 4500, 4750, 8000):
        best = training.heads["induction"][place].max()
        first, again = (training.figures[f"loss_{copy}_copy"][place]
                        for copy in ("first", "second"))
        print(f"{step:>6}  {best:10.2f}  {first:11.2f}  {again:6.2f}")

# %% [markdown] lang="en"
# For four thousand steps nothing, then within a few hundred everything. Olsson and colleagues saw such a sudden change in many models, and in-context learning improving with it.
#
# **Ours did not come by itself.** Its sentences are short and repeat little, and no such head had formed by step 4,000, although 2 % of the documents were random tokens given twice. Then the dose was raised: 4 % of the documents, the same random tokens again and again. Within 500 steps the heads were there. The model card says so too. Larger models read long texts that repeat names and phrases, and form such heads without being helped.
#
# **Try:** move the slider from step 4,125 to 4,500, on the text of nine words; then look which lines in the panels rise first.

# %% [markdown] lang="zh"
# 四千步里什么也没有，然后几百步之内全长出来了。Olsson 等人在许多模型里都看到这样突然的变化，上下文学习的能力也随之提高。
#
# **我们的并不是自己长出来的。** 训练用的短句里很少有重复；虽然有 2% 的文档是随机词元重复两遍，到第 4000 步还是没有形成这样的头。于是加大了剂量：4% 的文档，同样的随机词元重复许多遍。不到 500 步，这些头就有了。模型卡上也写明了这一点。更大的模型读的是长文，里面的名字和短语会反复出现，不用帮忙也会形成这样的头。
#
# **试一试**：选那段九个词的文字，把滑块从第 4125 步拖到第 4500 步；再看看小图里哪些线最先升起来。

# %% label="explore-birth"
explore_birth(training)

# %% [markdown] lang="en"
# *What to look for:* heads that look at the previous token (second panel) are there long before; the copying heads come late. The second step of the circuit needs the first.
#
# ## The logit lens
#
# The logits are made of the last state: a norm, then the product with every row of the embedding table. Nothing forbids doing the same with the states of an earlier layer: *what would it say if it had to stop here?* That is the **logit lens** (nostalgebraist 2020).

# %% [markdown] lang="zh"
# *留意这几点*：看前一个词元的头（第二格）早就有了，会复制的头来得晚。回路的第二步要等第一步。
#
# ## logit lens
#
# logits 是由最后的状态算出来的：先归一化，再与嵌入表的每一行做点积。对更早的层的状态照样做一遍，也没有什么不可以：**如果就停在这一层，它会说什么？** 这就是 **logit lens**（直译“logit 透镜”；nostalgebraist，2020）。

# %% label="lens-by-hand"
lens = logit_lens(record)                                       # (layer + 1, token, vocab)
model, states = gpt.model, record.hidden_states                 # (layer + 1, token, d_model)
with torch.no_grad():
    by_hand = model.lm_head(model.model.norm(states[2]))                  # after layer 1 #zh 第 1 层之后
print("layer 1 equals the lens, difference < 1e-4:", (by_hand - lens[2]).abs().max().item() < 1e-4)
print("the last row is the logits, difference < 1e-8:",
#zh print("第 1 层与 logit lens 相等，相差 < 1e-4：", (by_hand - lens[2]).abs().max().item() < 1e-4)
#zh print("最后一行就是 logits，相差 < 1e-8：",
      (lens[-1] - record.logits).abs().max().item() < 1e-8)

# %% label="view-lens"
view_lens(record)

# %% [markdown] lang="en"
# Read it from bottom to top. The bottom row repeats what was read: embedding and output share one table (chapter 05), so a token's own vector is nearest to itself.
# <!-- own -->
# After *on* the answer stands from layer 0 on, and so it does after `<s>` (我 is *I*). After the last *the* it goes to and fro between *desk* and *problem*, and *table* wins only at the end.
# <!-- others -->
# After which tokens does the answer stand from an early layer on, after which does it change to the end?
# <!-- all -->
#
# **Predict:** now the nine words that say nothing. In which layer does *green* first come out on top?

# %% [markdown] lang="zh"
# 从下往上读。最下面一行把读到的原样说了一遍：嵌入和输出共用一张表（第 05 章），所以一个词元的向量离自己最近。
# <!-- own -->
# 在 *on* 之后，答案从第 0 层起就有了，`<s>` 之后也是。在最后一个 *the* 之后，则在 *desk* 和 *problem* 之间来回，到最后一层才轮到 *table*。
# <!-- others -->
# 在哪些词元之后，答案很早就有了？在哪些之后，直到最后还在变？
# <!-- all -->
#
# **先猜**：再看那九个没有意思的词。*green* 最早在哪一层排到第一？

# %% label="predict-lens"
predict("07.lens")

# %% label="view-lens-copying"
view_lens(repeated, tokens=5)

# %% [markdown] lang="en"
# Up to layer 2 the second 书 is any 书: what follows is 籍 (书籍, *books*), a comma or a full stop. *green* appears where the copying heads write. After the second *river* and the second *seven* nothing is copied yet; at 书, the third token of the repeat, it is. The lens and the switching off agree, and they are two different measurements.
#
# A warning goes with it. The last norm and the table were trained for the *last* layer; that an earlier one says nonsense through them does not show that nothing is there.
#
# ## What separates it from a model you chat with
#
# **Predict:** ask it something. What will it write?

# %% [markdown] lang="zh"
# 直到第 2 层，第二个“书”还只是普通的“书”：后面该接“籍”、逗号或句号。*green* 出现的地方，正是复制的头写入的那一层。在第二个 *river* 和第二个 *seven* 之后还没有复制；到了“书”，也就是重复的第三个词元，才复制起来。logit lens 和关掉头的实验结论一致，而这是两种不同的测量。
#
# 也要提醒一句：最后的归一化和那张表，是为**最后一层**训练的；拿它们去读更早的层，读出来是胡话，也不能说明那里什么都没有。
#
# ## 它和能聊天的模型差了什么
#
# **先猜**：问它一个问题，它会写出什么？

# %% label="predict-france"
predict("07.france")

# %% label="ask-it"
for question in ("What is the capital of France?", "你叫什么名字？", "Two plus two is"):
    print(gpt.generate(question, 20).text)

# %% [markdown] lang="en"
# (The first Chinese sentence is *What is the capital of this country?*; 你叫什么名字 is *What is your name?*) It does what it was trained for: it says what usually follows such a sentence, and in its training text a translation follows. The third line is no question; it goes on, and means nothing. Answering is not what its text was made of.
#
# Four things lie between it and an assistant. **Size**, **data**, then **instruction tuning**: going on training on questions with good answers, written by people; and **preferences**: people say which of two answers they like better, and the model is trained to give such answers.

# %% [markdown] lang="zh"
# 它做的正是训练时做的事：说出这样的句子后面通常跟着什么，而在它的训练文字里，后面跟着的是译文。第三行不是问题，它就往下接，没什么意思。它的训练文字，不是用来教它回答的。
#
# 它和一个助手之间隔着四样东西：**规模**；**数据**；然后是**指令微调**（instruction tuning），用人写的问题和好答案接着训练；还有**偏好**（preferences），由人指出两个回答里更喜欢哪一个，再训练模型给出这样的回答。

# %% label="sizes"
ours = sum(parameter.numel() for parameter in gpt.model.parameters())
read = 8_000 * 2_000                       # steps, at most so many tokens a step: the model card #zh 步数，每步至多这么多词元：见模型卡
print(f"course GPT: {ours / 1e6:.1f} million parameters, at most {read / 1e6:.0f} million tokens")
print(f"Llama 3 8B: {8e9 / ours:,.0f} times the parameters, {15e12 / read:,.0f} times the tokens")
#zh print(f"课程 GPT：参数 {ours / 1e6:.1f} 百万个，至多读过 {read / 1e6:.0f} 百万个词元")
#zh print(f"Llama 3 8B：参数是它的 {8e9 / ours:,.0f} 倍，词元是它的 {15e12 / read:,.0f} 倍")

# %% [markdown] lang="en"
# | | parameters | read in training | then |
# | --- | --- | --- | --- |
# | course GPT | as printed above | as printed above | nothing |
# | GPT-3 (Brown et al. 2020) | 175 billion | 300 billion tokens | nothing |
# | InstructGPT (Ouyang et al. 2022) | 1.3 to 175 billion | GPT-3's | about 13,000 prompts with written answers, 33,000 with ranked ones, then reinforcement learning on 31,000 |
# | Llama 3 (Dubey et al. 2024) | 8, 70 and 405 billion | about 15 trillion tokens | written answers and preferences, in several rounds |
#
# Ouyang and colleagues report that people preferred the answers of the *1.3 billion* InstructGPT to those of the 175 billion GPT-3. Size makes a model know more; what makes it answer is the small part of the training that shows it what an answer is. The architecture is the one you took apart: masked attention, feed-forward, norms, a cache.
#
# ### Exercise 9 · Explain · 6 min · ●●○
#
# A friend tries the course GPT and says: "It does not understand my question, so it is broken." Answer in two or three sentences, with the cells above as your evidence.

# %% [markdown] lang="zh"
# | | 参数 | 训练时读了多少 | 然后 |
# | --- | --- | --- | --- |
# | 课程 GPT | 见上面的输出 | 见上面的输出 | 没有 |
# | GPT-3（Brown 等，2020） | 1750 亿 | 3000 亿词元 | 没有 |
# | InstructGPT（Ouyang 等，2022） | 13 亿到 1750 亿 | 与 GPT-3 相同 | 约 1.3 万条带人写答案的提示，3.3 万条带排序的提示，再用 3.1 万条做强化学习 |
# | Llama 3（Dubey 等，2024） | 80 亿、700 亿、4050 亿 | 约 15 万亿词元 | 人写的答案和偏好，分好几轮 |
#
# Ouyang 等人报告，比起 1750 亿参数的 GPT-3，人们更喜欢 **13 亿**参数的 InstructGPT 的回答。规模让模型知道得更多；让它学会回答的，是训练中很小的一部分，那一部分告诉它什么叫回答。而架构就是你拆开过的这一套：带掩码的注意力、前馈网络、归一化、缓存。
#
# ### 练习 9 · 讲给别人听 · 6 分钟 · ●●○
#
# 朋友试了试课程 GPT，说：“它听不懂我的问题，一定是坏了。”用两三句话回答，以上面的单元格为证。

# %% label="explain-broken"
explain("07.broken")

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"A low temperature makes it truthful."** It makes the likeliest token more likely. Where the model is wrong it becomes wrong every time.
#
# **"The perplexity is lower, so the model is better."** Only if both cut text into the same tokens and read the same text. Compare bits per character.
#
# **"Switched off, nothing changed: the head does nothing."** Others stood in. One of three could be spared here, and the three could not.
#
# **"The lens shows what the model thinks."** It shows what the last norm and table make of an early state. Read with care below the last layer.
#
# **"A chat model is another architecture."** It is this one, larger, trained on more, and then trained to answer.

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“温度低，说的话就真实”**：温度低只是让最可能的更可能。模型错了的地方，它会次次都错。
#
# **“困惑度低，模型就好”**：要切成同样的词元、读同样的文字才能比。否则请比每字符比特数。
#
# **“关掉之后没有变化，说明这个头没用”**：是别的头顶上来了。这里三个少一个不要紧，三个全没有就不行。
#
# **“logit lens 显示的是模型在想什么”**：它显示的是最后的归一化和嵌入表把早先的状态读成了什么。读最后一层之前的各层，要留神。
#
# **“聊天模型是另一种架构”**：就是这一种，更大，读得更多，然后又被训练成会回答。

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("07.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. A GPT is the encoder of chapter 05 under a causal mask, asked at every place for the next token. What comes later changes nothing that came before.
# 2. Temperature divides logits; top-k cuts at a rank, top-p at a probability; then a lot is drawn.
# 3. Perplexity counts choices per token, bits per character do not depend on the tokens. A 5-gram is the baseline to beat, and held-out text tells learning from learning by heart.
# 4. The cache holds keys and values of every layer and key head; grouping makes it smaller. A position that stays 0 breaks it without a word.
# 5. Induction heads look at what followed last time. Here three do, with heads before them that note the previous token; in ours they formed because repeats were put into the training. The logit lens sees the copy appear in the last layer.
# 6. Between this and a chat model lie size, data, instruction tuning and preferences.
#
# **Next:** you have seen claims about heads made and tested. The last chapter is for one of your own.
#
# **Sources.** Radford et al. 2018, 2019 (GPT, GPT-2); Brown et al. 2020, *Language Models are Few-Shot Learners* (GPT-3). Touvron et al. 2023 (LLaMA); Zhang and Sennrich 2019 (RMSNorm); Su et al. 2021 (rotary positions); Ainslie et al. 2023, *GQA*.
# Fan et al. 2018, *Hierarchical Neural Story Generation* (top-k); Holtzman et al. 2020, *The Curious Case of Neural Text Degeneration* (top-p). Chen and Goodman 1998 (smoothing).
# Elhage et al. 2021, *A Mathematical Framework for Transformer Circuits*; Olsson et al. 2022, *In-context Learning and Induction Heads*. nostalgebraist 2020, *interpreting GPT: the logit lens*.
# Ouyang et al. 2022, *Training language models to follow instructions with human feedback*; Dubey et al. 2024, *The Llama 3 Herd of Models*.

# %% [markdown] lang="zh"
# ## 小结
#
# 1. GPT 就是第 05 章的编码器加上因果掩码，在每个位置上都问它下一个词元是什么。后来的东西改变不了前面的。
# 2. 温度除 logits；top-k 按名次截断，top-p 按概率截断；然后抽签。
# 3. 困惑度数的是每个词元有几个选择；每字符比特数与词元怎么切无关。五元模型是要超过的基线；有没有死记硬背，要看留出的文字。
# 4. 缓存里是每一层、每个键值头的键和值；分组让它变小。位置一直是 0，会让它不声不响地出错。
# 5. 归纳头看的是上次后面跟着什么。这里有三个，前面还有记下前一个词元的头；我们的这几个，是因为训练里加了重复才形成的。用 logit lens 能看到复制出现在最后一层。
# 6. 它和聊天模型之间，隔着规模、数据、指令微调和偏好。
#
# **下一步**：你已经看过怎样提出并检验关于头的论断。最后一章，轮到你自己来提一个。
#
# **出处**：Radford 等（2018、2019）（GPT、GPT-2）；Brown 等（2020），*Language Models are Few-Shot Learners*（GPT-3）。Touvron 等（2023）（LLaMA）；Zhang 与 Sennrich（2019）（RMSNorm）；Su 等（2021）（旋转位置编码）；Ainslie 等（2023），*GQA*。
# Fan 等（2018），*Hierarchical Neural Story Generation*（top-k）；Holtzman 等（2020），*The Curious Case of Neural Text Degeneration*（top-p）。Chen 与 Goodman（1998）（平滑）。
# Elhage 等（2021），*A Mathematical Framework for Transformer Circuits*；Olsson 等（2022），*In-context Learning and Induction Heads*。nostalgebraist（2020），*interpreting GPT: the logit lens*。
# Ouyang 等（2022），*Training language models to follow instructions with human feedback*；Dubey 等（2024），*The Llama 3 Herd of Models*。
