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
# # Your own claim about a head
#
# **You will make** a claim about a head of your own choosing, and test it so that it could fail.
#
# **You will be able to**
# 1. measure in several ways what a prediction rests on, and say what each way sees,
# 2. say how far attention is an explanation, here and in the literature,
# 3. state a claim with a measure, a chance level, an intervention, a control, and limits,
# 4. see where a claim that looks right falls.
#
# **You need** chapters 01 to 03; 06 and 07 help. About 90 minutes.

# %% [markdown] lang="zh"
# # 提出你自己的论断
#
# **你会做出**：自己挑一个头，提出一个关于它的论断，并用一个它有可能通不过的办法来检验。
#
# **学完这一章，你能**
# 1. 用几种办法量出一个预测靠的是谁，并说清每种办法看见了什么；
# 2. 说清在这里和在文献里，注意力在多大程度上算得上解释；
# 3. 提出一个**论断**（claim），配上测量、随机水平、干预、对照和局限；
# 4. 看出一个貌似正确的论断是在哪里垮掉的。
#
# **你需要**：学过第 01 至 03 章；学过第 06、07 章更好。大约 90 分钟。

# %% label="imports"
import math
import torch
from helpers.checks import ClaimReport, check, hint
from helpers.controls import explore_heads, explore_importance
from helpers.heads import describe_heads, measure_importance, median_interval, spearman
from helpers.models import load_bert, load_model
from helpers.questions import explain, hand_in, inventory, predict, progress, quiz
from helpers.tuning import load_pairs
from helpers.views import view_agreement, view_importance, view_map

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=2, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("08.start")

# %% [markdown] lang="en"
# Where this chapter stands on the map: at the heads, of the model that reads and of the one that writes.

# %% [markdown] lang="zh"
# 这一章在地图上的位置：讲的是头，读的模型里有，写的模型里也有。

# %% label="map"
view_map("08")

# %% [markdown] lang="en"
# ## What does a guess rest on?
#
# *I drink a cup of [MASK] every morning.* The model fills the gap. Which of the other words does its guess rest on? The plainest answer is an experiment: hide a word from the whole model and see how many bits the guess loses. This is **ablation** (chapter 02).
#
# **Predict:** which word is missed most?

# %% [markdown] lang="zh"
# ## 一次猜测靠的是谁？
#
# *I drink a cup of [MASK] every morning.*（我每天早上喝一杯……）模型填了这个空。它靠的是另外哪个词？最直截了当的回答是做实验：把一个词遮住，整个模型里谁也看不到它，看猜测丢多少比特。这叫**消融**（ablation，第 02 章）。
#
# **先猜**：遮住哪个词，代价最大？

# %% label="predict-missed"
predict("08.missed")

# %% label="ablation-by-hand"
bert = load_bert("course")
sentence = "I drink a cup of [MASK] every morning."
record = bert.run(sentence)
best = record.logits[0].argmax()
print("guess:", record.vocabulary[best])
#zh print("猜测：", record.vocabulary[best])
for place in (1, 2, 3, 4, 5, 7, 8):
    after = bert.run(sentence, hidden_tokens={place})
    lost = record.logits[0].log_softmax(-1)[best] - after.logits[0].log_softmax(-1)[best]
    print(f"{record.tokens[place]:>8} hidden: {lost / math.log(2):5.2f} bits lost")
    #zh print(f"遮住 {record.tokens[place]:>8}：丢 {lost / math.log(2):5.2f} 比特")

# %% [markdown] lang="en"
# Such an experiment needs one run a word, and says nothing about *how*. So people look for something quicker. `measure_importance` does seven things at once: the first four read it off a single run, the fifth needs 16, and the last two are experiments, a run for each word:
#
# | row | what it is | source |
# | --- | --- | --- |
# | attention weight | from [MASK] to each token | chapter 01 |
# | length of α·v·W_O | what arrives: weight, value and output matrix together | Kobayashi et al. 2020 |
# | rollout | the weights followed through the layers | chapter 02; Abnar and Zuidema 2020 |
# | gradient × input | the slope of the log-probability along the token's embedding | Shrikumar et al. 2017 |
# | integrated gradients | the same slopes on the way from [MASK]'s embedding to the token's, averaged | Sundararajan et al. 2017 |
# | replaced by [MASK] | experiment: another [MASK] in the token's place | |
# | hidden from all | experiment: the ablation above | Li et al. 2016 |

# %% [markdown] lang="zh"
# 这样的实验，每个词都要跑一遍，而且没有说明是**怎样**靠上的。于是人们想找更快的办法。`measure_importance` 一次做七件事：前四种跑一遍就读得出来，第五种要跑 16 遍，最后两种是实验，每个词跑一遍：
#
# | 行 | 是什么 | 出处 |
# | --- | --- | --- |
# | 注意力权重 | 从 [MASK] 到每个词元 | 第 01 章 |
# | α·v·W_O 的长度 | 真正送到的：权重、值和输出矩阵合在一起 | Kobayashi 等（2020） |
# | 注意力展开 | 顺着各层跟踪权重 | 第 02 章；Abnar 与 Zuidema（2020） |
# | 梯度 × 输入（gradient × input） | 对数概率沿着词元嵌入方向的斜率 | Shrikumar 等（2017） |
# | 积分梯度 | 从 [MASK] 的嵌入走到词元的嵌入，把一路上的斜率平均 | Sundararajan 等（2017） |
# | 换成 [MASK] | 实验：在这个词元的位置上再放一个 [MASK] | |
# | 谁也看不到它 | 实验：上面的消融 | Li 等（2016） |

# %% label="view-importance"
cup = measure_importance(bert, sentence)
view_importance(cup)

# %% [markdown] lang="en"
# The column *order* says how like each row is to the last one: 1 is the same order of the words. On this sentence the attention weights come out splendidly. Keep that in mind. (They are never negative, so they cannot say that a word speaks *against* the guess; gradients and experiments can.)
#
# ### Exercise 1 · What arrives · code · 10 min · ●●●
#
# A weight says what share is taken. What arrives is the vector $\alpha \, v \, W_O$, added over the heads; its length is the second row. Stuck? Run `hint("08.value")` in a new cell.

# %% [markdown] lang="zh"
# “次序”一列说的是每一行与最后一行有多像：1 表示词的次序完全相同。在这句话上，注意力权重的成绩好极了，请先记住这一点。（权重不会是负的，所以说不出某个词在**反对**这个猜测；梯度和实验可以。）
#
# ### 练习 1 · 送到了多少 · 动手写 · 10 分钟 · ●●●
#
# 权重说的是取走几成。真正送到的是向量 $\alpha \, v \, W_O$，各个头的加在一起；它的长度就是第二行。卡住了？新建一个单元格，运行 `hint("08.value")`。

# %% label="exercise-value" tags=["exercise"]
def brought_lengths(weights, values, w_output):
    """weights (head, key) of one query, values (head, key, d_head),
    w_output (n_heads * d_head, d_model) -> (key,)"""
    #zh """weights 是一个查询的 (head, key)，values (head, key, d_head)，
    #zh w_output (n_heads * d_head, d_model) -> (key,)"""
    ### BEGIN SOLUTION
    context = (weights[..., None] * values).transpose(0, 1)              # (key, head, d_head)
    brought = context.flatten(1) @ w_output                              # (key, d_model)
    return brought.norm(dim=-1)
    ### END SOLUTION

# %% label="check-value" tags=["check"]
check("08.value", brought_lengths)

# %% [markdown] lang="en"
# **Try:** a sentence of your own with a [MASK]; a layer, then a single head. Does one of them bring the first row near the last? Then another sentence: is it the same head? (Write a word into *Answer* to ask what *that* word rests on.)

# %% [markdown] lang="zh"
# **试一试**：写一句你自己的话，留一个 [MASK]；换一层，再换单个的头。有没有哪个头，让第一行接近最后一行？再换一句话：还是同一个头吗？（在“答案”里写一个词，就能问**那个词**靠的是谁。）

# %% label="explore-importance"
explore_importance(bert, "She can speak [MASK] very well.")

# %% [markdown] lang="en"
# *What to look for:* the column *order* at the right. One sentence and 24 heads: some head will always look good. That is why we count.
#
# ## Fifty texts
#
# Twenty-five sentences, written for this course, each in English and in Chinese, one word masked: fifty texts that the model was not trained on. Each measure ranks the words of each text, and the ablation ranks them too. How like are the two orders?
#
# ### Exercise 2 · The same order? · code · 6 min · ●●○
#
# Bits, weights and lengths have different units, so only the order can be compared: the correlation of the **ranks** (Spearman). No two numbers are equal here.

# %% [markdown] lang="zh"
# *留意这几点*：右边“次序”那一列。一句话、24 个头，总会有一个看上去不错的。所以才要多数几段。
#
# ## 五十段文字
#
# 为这门课写的二十五个句子，中英文各一份，各遮住一个词：一共五十段，模型训练时都没读过。每种算法给每段文字里的词排个次序，消融也排一个。两个次序有多像？
#
# ### 练习 2 · 次序一样吗？ · 动手写 · 6 分钟 · ●●○
#
# 比特、权重和长度单位不同，能比的只有次序：求**名次相关**（rank correlation），也就是名次的相关系数（Spearman）。这里没有两个相等的数。

# %% label="exercise-order" tags=["exercise"]
def rank_correlation(one, other):
    """one (token,), other (token,) -> a number from -1 (opposite order) to 1 (the same)"""
    #zh """one (token,)，other (token,) -> 一个数，从 -1（次序相反）到 1（次序相同）"""
    ### BEGIN SOLUTION
    ranks = torch.stack([one.argsort().argsort(), other.argsort().argsort()])
    return torch.corrcoef(ranks.double())[0, 1]
    ### END SOLUTION

# %% label="check-order" tags=["check"]
check("08.order", rank_correlation)

# %% [markdown] lang="en"
# `spearman` does the same, ties included. Before you measure: what would a measure reach that knows nothing of the model at all, only **how near** a word stands to the gap? That is our control.
#
# **Predict:** which of these comes nearest to the ablation?

# %% [markdown] lang="zh"
# `spearman` 做的是同一件事，名次并列也照顾到了。动手之前先想想：如果一种算法对模型一无所知，只看一个词离空格**有多近**，能得多少？这就是我们的**对照**（control）。
#
# **先猜**：下面哪一种最接近消融？

# %% label="fifty-texts"
pairs = load_pairs()
fifty = [measure_importance(bert, pair.cloze(side)[0]) for pair in pairs for side in ("en", "zh")]
last = bert.n_layers - 1
def agreements(judge="ablation", size=lambda score: score):
    """For each measure: how like its order is to the judge's, one number a text"""
    #zh """对每种量法：它排的次序有多像裁判的，每段文字一个数"""
    table = {}
    for one in fifty:
        scores = {"last": one.scores(last)["weight"], **one.scores(), "near": torch.tensor(
            [1 / abs(place - one.query) for place in one.places])}
        for name in (one for one in scores if one not in ("replaced", "ablation")):
            table.setdefault(name, []).append(spearman(size(scores[name]), size(scores[judge])))
    return table

# %% label="predict-agree"
predict("08.agree")

# %% label="agreement"
said = {"last": "weight, last layer", "weight": "weight, all layers", "value": "length of α·v·W_O",
        "rollout": "rollout", "gradient": "gradient × input",
        "integrated": "integrated gradients", "near": "nearness (control)"}
#zh said = {"last": "权重，最后一层", "weight": "权重，所有层", "value": "α·v·W_O 的长度",
#zh         "rollout": "注意力展开", "gradient": "梯度 × 输入",
#zh         "integrated": "积分梯度", "near": "远近（对照）"}
table = agreements()
other = [spearman(one.scores()["replaced"], one.scores()["ablation"]) for one in fifty]
for name, numbers in [*table.items(), ("the other experiment", other)]:
#zh for name, numbers in [*table.items(), ("另一种实验", other)]:
    median, low, high = median_interval(numbers, seed=0)
    print(f"{said.get(name, name):22}{median:6.2f}   95 % interval {low:5.2f} to {high:.2f}")
    #zh print(f"{median:6.2f}   95% 区间 {low:5.2f} 到 {high:.2f}   {said.get(name, name)}")

# %% label="view-agreement"
view_agreement({said.get(name, name): numbers for name, numbers in
                [*table.items(), ("the other experiment", other)]}, judge="ablation")
                #zh [*table.items(), ("另一种实验", other)]}, judge="消融")

# %% [markdown] lang="en"
# Read it row by row.
#
# * **The other experiment** shows what can be hoped for: two honest ways to take a word away do not rank quite alike either.
# * **The last layer alone**, which most heat maps show, is the weakest kind of attention. Over all layers it does better, and then whether the value is counted in hardly matters here.
# * **The control** knows nothing of the model, and does nearly as well as rollout. Much of what attention "explains" is that near words matter, and heads look near.
# * **Gradient × input** finds next to nothing in this model. It asks what would change if the embedding shrank towards zero, and nobody has ever read a zero. The same slopes, taken on the way from [MASK] to the word, come nearest of all quick measures. The question decides, not the word *gradient*.
#
# Does it hang on the judge? Other judges: the other experiment, and the *size* of the change, whichever its sign.

# %% [markdown] lang="zh"
# 一行一行地看。
#
# * **另一种实验**说明最多能指望多少：拿掉一个词有两种正当的做法，它们排出的次序也不完全一样。
# * **只看最后一层**（多数热力图画的就是它）是几种注意力里最差的。各层平均就好一些；这时算不算进值的长度，在这里差别不大。
# * **对照**（只看远近）对模型一无所知，得分却和展开差不了多少。注意力“解释”的东西，很大一部分不过是：近处的词要紧，而头也爱看近处。
# * **梯度 × 输入**在这个模型里几乎什么也没找到。它问的是：嵌入朝零缩小会怎样？可是从来没有谁读过“零”。同样的斜率，改在从 [MASK] 走到这个词的路上取，就成了快的办法里最接近的一种（**积分梯度**，integrated gradients）。要紧的是问题怎么问，不是“梯度”这两个字。
#
# 结论取决于裁判吗？换几个裁判：另一种实验；或者只看变化的**大小**，不管正负。

# %% label="other-judges"
tables = [agreements(), agreements("replaced"), agreements(size=torch.abs)]
print(f"{'judge':22}{'hidden':>9}{'replaced':>10}{'hidden, size':>14}")
#zh print(f"{'遮住':>6}{'替换':>6}{'看大小':>5}   {'← 裁判'}")
for name in tables[0]:
    medians = [median_interval(one[name])[0] for one in tables]
    print(f"{said.get(name, name):22}{medians[0]:9.2f}{medians[1]:10.2f}{medians[2]:14.2f}")
    #zh print(f"{medians[0]:8.2f}{medians[1]:8.2f}{medians[2]:8.2f}   {said.get(name, name)}")

# %% [markdown] lang="en"
# The figures move, and so do some places: by size alone the control catches up with attention. What stays with each judge: the last layer is far off, and integrated gradients are ahead (the second judge favours them, for they set out from [MASK] too). One small model, short texts, one word masked: more is not shown.
#
# ## Is attention an explanation?
#
# Five papers, read as what they claim:
#
# | | what was tried | what they claim |
# | --- | --- | --- |
# | Jain and Wallace 2019, *Attention is not Explanation* | recurrent models with one attention layer; correlation with gradients and leave-one-out; other weights searched for | often little correlation, and very different weights can give the same prediction: such attention does not explain |
# | Serrano and Smith 2019, *Is Attention Interpretable?* | text classifiers; weights set to zero, in the order of several rankings | weights predict importance with much noise; ranking by gradients often needs fewer deletions |
# | Wiegreffe and Pinter 2019, *Attention is not not Explanation* | the same kind of models; uniform weights, several seeds, weights reused in another model, weights trained to deceive | it depends on what is called an explanation; that other weights can be found does not show that attention is useless |
# | Kobayashi et al. 2020, *Attention is Not Only a Weight* | BERT and a translation model; lengths of α·f(x) | a weight is half of it; counted with the vectors, BERT gives little to special tokens, and alignments look reasonable |
# | Bastings and Filippova 2020, *The elephant in the interpretability room* | a position paper | say for whom and for what you explain; to find the input that mattered, saliency methods are meant for it, attention is not |
#
# They do not contradict each other as loudly as their titles. A weight is a true statement about *one step*: where this head took its values from. It becomes false when it is read as *why the model answered*. And saliency is no oracle either: above, one kind of gradient was the best quick measure and another the worst.
#
# ### Exercise 3 · Explain · 6 min · ●●○
#
# A colleague shows a heat map of the last layer for the sentence about the cup: "From [MASK] the darkest word is *drink*, so the model says *coffee* because of *drink*." (`cup.scores(last)["weight"]` has the figures.) Answer in three sentences: what is true, what does not follow, what an experiment says.

# %% [markdown] lang="zh"
# 数字会变，有些名次也会变：只看大小时，对照就追上了注意力。换哪个裁判都不变的是：最后一层离得很远，积分梯度领先（第二个裁判对它有利，因为它也是从 [MASK] 出发的）。一个小模型，一些短句，遮住一个词：能说明的就这么多。
#
# ## 注意力算解释吗？
#
# 五篇论文，各自说的是什么：
#
# | | 做了什么 | 主张什么 |
# | --- | --- | --- |
# | Jain 与 Wallace（2019），*Attention is not Explanation* | 带一层注意力的循环网络；与梯度、逐个去掉词的结果求相关；另找一套权重 | 相关往往很小；很不一样的权重可以得出同样的预测：这样的注意力不算解释 |
# | Serrano 与 Smith（2019），*Is Attention Interpretable?* | 文本分类器；按几种次序把权重逐个置零 | 权重能预测**重要性**（importance），但噪声很大；按梯度排序，常常删得更少就能改变结果 |
# | Wiegreffe 与 Pinter（2019），*Attention is not not Explanation* | 同类模型；均匀权重、多个随机种子、把权重搬到另一个模型、专门训练来骗人的权重 | 要看什么叫解释；能找到别的权重，并不说明注意力没用 |
# | Kobayashi 等（2020），*Attention is Not Only a Weight* | BERT 和一个翻译模型；α·f(x) 的长度 | 权重只是一半；把向量算进来，BERT 给特殊词元的并不多，对齐也像样 |
# | Bastings 与 Filippova（2020），*The elephant in the interpretability room* | 一篇立场论文 | 先说清解释给谁、为了什么；想找出哪个输入要紧，显著性方法就是干这个的，注意力不是 |
#
# 它们并不像标题那样针锋相对。权重是关于**一步**的真话：这个头从哪里取了值。把它读成**模型为什么这样回答**，就成了假话。显著性也不是神谕：上面的快办法里，最好的是一种梯度，最差的也是一种梯度。
#
# ### 练习 3 · 讲给别人听 · 6 分钟 · ●●○
#
# 同事拿来杯子那句话最后一层的热力图：“从 [MASK] 出发，颜色最深的词是 *drink*，所以模型是因为 *drink* 才说 *coffee* 的。”（数字在 `cup.scores(last)["weight"]` 里。）用三句话回应：哪些是真的，什么推不出来，实验怎么说。

# %% label="explain-heatmap"
explain("08.heatmap")

# %% [markdown] lang="en"
# ## What a claim is made of
#
# "Head 3 understands translation" cannot fail, so it says nothing. A claim about a head has six parts (in a report the number found and the control get a line of their own, which makes eight):
#
# 1. **The claim**: one sentence that could turn out wrong, with model, layer and head.
# 2. **The measure**: what is counted, and the number found.
# 3. **The chance level**, or a control that the claim does not name: what the number would be without anything in it.
# 4. **The texts**: enough, and none on which the head was found.
# 5. **The intervention**: what breaks when the head is gone; and the **control**: what does not, or which other head, treated likewise, breaks nothing.
# 6. **The limits**: what remains unsaid.
#
# Two worked examples follow: one that holds, one that falls.
#
# ## First example: a head that links translations
#
# A sentence beside its translation; from the Chinese character to the English word that says the same. In which head is that weight largest? We **choose** on five pairs and **judge** on the other twenty.

# %% [markdown] lang="zh"
# ## 论断由什么组成
#
# “头 3 懂得翻译”永远错不了，所以等于什么也没说。关于一个头的论断有六个部分（写成报告时，量得的数和对照各占一栏，一共八栏）：
#
# 1. **论断**：一句有可能被证明是错的话，写明模型、层和头。
# 2. **测量**：数的是什么，得到的数是多少。
# 3. **随机水平**，或者一个与论断无关的对照：里面什么也没有时，这个数会是多少。
# 4. **文字**：要够多，而且不能是当初找到这个头时用的那些。
# 5. **干预**：没有这个头，什么会坏；以及**对照**：什么不会坏，或者换另一个头、同样处置，什么也不坏。
# 6. **局限**：还有什么没有说。
#
# 下面有两个示例：一个成立，一个垮掉。
#
# ## 示例一：连起译文的头
#
# 一句话和它的译文并排；看从汉字到意思相同的英文词的权重。在哪个头里最大？我们在五对上**选**，在另外二十对上**评**。

# %% label="links"
def link(pair):
    """(layer, head): from the character to the word that says the same; to other English words"""
    #zh """(layer, head)：从这个汉字到意思相同的词；到别的英文词"""
    run = bert.run(pair.zh, pair.en)
    asks = run.tokens.index(pair.character)
    english = [place for place in range(run.sentence_b_start, run.n_tokens - 1)]
    word = run.tokens.index(pair.word, run.sentence_b_start)
    others = [place for place in english if place != word]
    return run.weights[:, :, asks, word], run.weights[:, :, asks, others].mean(-1)

both = [torch.stack(side) for side in zip(*map(link, pairs))]         # two of (pair, layer, head) #zh 两个 (pair, layer, head)
own, others = (side.flatten(1) for side in both)                      # (pair, 24 heads) #zh （句对，24 个头）

# %% [markdown] lang="en"
# ### Exercise 4 · Chosen and judged · find the bug · 6 min · ●●○
#
# A friend writes `own.mean(0).max()` and reports that figure. It chooses the best of 24 heads and judges it on the very texts it was chosen on. Mend it.

# %% [markdown] lang="zh"
# ### 练习 4 · 选和评 · 找错误 · 6 分钟 · ●●○
#
# 朋友写的是 `own.mean(0).max()`，就把这个数报了上去。它从 24 个头里挑最好的，又在挑它的那些文字上评它。请改好。

# %% label="exercise-chosen" tags=["exercise"]
def honest_share(chosen_on, judged_on):
    """chosen_on (text, head), judged_on (other text, head): the share of the chosen head"""
    #zh """chosen_on (text, head)，judged_on（别的文字，head）：选中的头的占比"""
    ### BEGIN SOLUTION
    head = chosen_on.mean(0).argmax()
    return judged_on.mean(0)[head]
    ### END SOLUTION

# %% label="check-chosen" tags=["check"]
check("08.chosen", honest_share)

# %% label="link-head"
place = own[:5].mean(0).argmax().item()
layer, head = divmod(place, bert.n_heads)
judged, elsewhere = own[5:, place], others[5:, place]
median, low, high = median_interval(judged)
print(f"chosen on 5 pairs: layer {layer}, head {head}")
print(f"judged on 20: mean weight {judged.mean():.2f}, median {median:.2f} [{low:.2f}, {high:.2f}]")
print(f"to any other English word of the sentence, the mean: {elsewhere.mean():.2f}")
print(f"the word gets more than all the rest together in {(judged > 0.5).sum()} of 20")
#zh print(f"在 5 对上选中：第 {layer} 层头 {head}")
#zh print(f"在 20 对上评判：平均权重 {judged.mean():.2f}，中位数 {median:.2f} [{low:.2f}, {high:.2f}]")
#zh print(f"到句中任何一个别的英文词，平均：{elsewhere.mean():.2f}")
#zh print(f"这个词的权重超过其余所有词元之和：20 对里有 {(judged > 0.5).sum()} 对")

# %% [markdown] lang="en"
# Look at it on pairs of your own. (With a real claim you would do this first, and on other texts than those you judge by.)

# %% [markdown] lang="zh"
# 换你自己的句对看一看。（真要提论断时，应该先这样看，而且不能用后面拿来评的文字。）

# %% label="explore-link"
explore_heads(bert, "我弟弟放学后喝冷水。", "My brother drinks cold water after school.",
              layer=1, head=3)

# %% [markdown] lang="en"
# Now the intervention. **Target texts:** the Chinese sentence with the character masked, its translation beside it; the answer stands over there. **Control texts:** the same sentence alone. We switch off each head of the layer in turn.
#
# **Predict:** what will the head that links translations cost on the *control* texts?

# %% [markdown] lang="zh"
# 现在做干预。**目标文字**：汉字被遮住的中文句子，旁边摆着译文，答案就在那边。**对照文字**：同一句话，单独放。把这一层的头一个一个关掉。
#
# **先猜**：关掉连译文的那个头，在**对照**文字上代价是多少？

# %% label="switched-off"
def bits_lost(text, beside, answer):
    """(head,): the bits that the answer loses with each head of the layer off"""
    #zh """(head,)：关掉这一层的每个头，答案各丢多少比特"""
    row = bert.vocabulary.index(answer)
    runs = [bert.run(text, beside, heads_off=off)
            for off in [(), *[{(layer, one)} for one in range(bert.n_heads)]]]
    said = torch.stack([run.logits[0].log_softmax(-1)[row] for run in runs]) / math.log(2)
    return said[0] - said[1:]

clozes = [(*pair.cloze("zh"), pair.en) for pair in pairs[5:]]
target = torch.stack([bits_lost(text, english, answer) for text, answer, english in clozes])
control = torch.stack([bits_lost(text, None, answer) for text, answer, _ in clozes])

# %% label="predict-control"
predict("08.control")

# %% label="bits-lost"
print("head     " + "".join(f"{one:7}" for one in range(bert.n_heads)))
#zh print("头　　　 " + "".join(f"{one:7}" for one in range(bert.n_heads)))
for name, lost in (("target", target), ("control", control)):
#zh for name, lost in (("目标　　", target), ("对照　　", control)):
    print(f"{name:9}" + "".join(f"{one:7.2f}" for one in lost.mean(0).tolist()))

# %% [markdown] lang="en"
# Two heads cost a bit on the target texts. One of them costs as much without a translation: it looks at the *next token* (chapter 02) and is needed anywhere. Without control texts we would have taken it for a translator. A third, head 2, is the other way round: it looks at the *previous token*, and is missed only where there is no translation to read the answer from.
#
# ### Exercise 5 · What belongs to the claim · design · 8 min · ●●●
#
# Make one number of the two tables: how much *more* a head costs than the other heads, on target texts *more* than on control texts.

# %% [markdown] lang="zh"
# 有两个头在目标文字上各要一个比特左右。其中一个没有译文时代价也一样大：它看的是**后一个词元**（第 02 章），到哪里都用得着。没有对照文字，我们就会把它也当成翻译用的头。头 2 则相反：它看的是**前一个词元**，只有旁边没有译文、没处去读答案的时候才缺不得。
#
# ### 练习 5 · 哪些归论断 · 设计实验 · 8 分钟 · ●●●
#
# 把两张表合成一个数：一个头的代价比别的头**多**多少，在目标文字上又比在对照文字上**多**多少。

# %% label="exercise-effect" tags=["exercise"]
def own_effect(target, control, head):
    """target (text, head), control (other text, head): bits lost with each head off -> a number"""
    #zh """target (text, head)，control（别的文字，head）：关掉各个头所丢的比特 -> 一个数"""
    ### BEGIN SOLUTION
    def beyond(lost):
        means = lost.mean(0)                                             # (head,)
        return means[head] - (means.sum() - means[head]) / (len(means) - 1)
    return beyond(target) - beyond(control)
    ### END SOLUTION

# %% label="check-effect" tags=["check"]
check("08.effect", own_effect)

# %% [markdown] lang="en"
# Text by text, with an interval, for each head of the layer:

# %% [markdown] lang="zh"
# 对这一层的每个头，一段一段地算，给出区间：

# %% label="effects"
difference = target - control                                            # (text, head)
for one in range(bert.n_heads):
    rest = [other for other in range(bert.n_heads) if other != one]
    beyond = difference[:, one] - difference[:, rest].mean(1)            # (text,)
    median, low, high = median_interval(beyond)
    print(f"head {one}: mean {beyond.mean():+.2f} bits, "
          f"median {median:+.2f} [{low:+.2f}, {high:+.2f}]")
    #zh print(f"头 {one}：平均 {beyond.mean():+.2f} 比特，"
    #zh       f"中位数 {median:+.2f} [{low:+.2f}, {high:+.2f}]")

# %% [markdown] lang="en"
# One interval lies wholly above 0, that of the head we chose. The next-token head's spans 0: what it costs has nothing to do with translation. So the report can be written. `ClaimReport` holds its parts, and shows itself as a page:

# %% [markdown] lang="zh"
# 整个区间都在 0 以上的只有一个，就是我们选的那个头。看后一个词元的头，区间跨过了 0：它的代价与翻译无关。现在可以写报告了。`ClaimReport` 装着各个部分，并把自己显示成一页：

# %% label="report-that-holds"
holds = ClaimReport(
    claim="In the course BERT, layer 1 head 3 links a character to the word that translates it.",
    measure="Mean weight from the character to that word, sentence and translation side by side.",
    #zh claim="课程的 BERT 里，第 1 层头 3 把一个汉字连到翻译它的那个词。",
    #zh measure="句子和译文并排放，从这个汉字到那个词的平均权重。",
    found=judged.mean().item(), chance=elsewhere.mean().item(),
    texts=[f"{pair.zh} {pair.en}" for pair in pairs[5:]],
    intervention=f"Head off, translation beside: {target.mean(0)[head]:.2f} bits lost.",
    control=f"Head off, no translation: {control.mean(0)[head]:.2f}. The next-token head costs "
            f"{target.mean(0)[4]:.2f} and {control.mean(0)[4]:.2f}.",
    limits="Short everyday pairs, one word each, one model; other heads link as well.")
    #zh intervention=f"旁边有译文，关掉这个头：丢 {target.mean(0)[head]:.2f} 比特。",
    #zh control=f"没有译文，关掉这个头：{control.mean(0)[head]:.2f}。后一词元头的代价是"
    #zh         f" {target.mean(0)[4]:.2f} 和 {control.mean(0)[4]:.2f}。",
    #zh limits="日常的短句对，每对只看一个词，一个模型；别的头也在连。")
holds

# %% [markdown] lang="en"
# ## Second example: a claim that falls
#
# Back to the cup. Among the 24 heads there is one that looks from [MASK] straight at *cup*, the very word that the ablation found. "**This head shows what the guess rests on**": a pretty claim, and a pretty picture for it.

# %% [markdown] lang="zh"
# ## 示例二：垮掉的论断
#
# 回到那只杯子。24 个头里有一个，从 [MASK] 直直地看着 *cup*，正是消融找到的那个词。“**这个头显示了猜测靠的是谁**”：论断很漂亮，配的图也漂亮。

# %% label="pretty"
def points(one):
    """(layer, head): does its largest weight from the gap lie on the word that is missed most?"""
    #zh """(layer, head)：从空格出发，它最大的权重是不是落在最缺不得的那个词上？"""
    seen = one.record.weights[:, :, one.query][..., list(one.places)]   # (layer, head, token)
    return seen.argmax(-1) == one.scores()["ablation"].argmax()

weights = cup.record.weights[:, :, cup.query, 4].flatten()              # (24 heads,), on "cup" #zh （24 个头），指向 cup
its_layer, its_head = divmod(weights.argmax().item(), bert.n_heads)
print(f"on {cup.record.tokens[4]}: layer {its_layer}, head {its_head}, weight {weights.max():.2f}")
print("heads of all 24 that point there:", points(cup).sum().item())
#zh print(f"指向 {cup.record.tokens[4]}：第 {its_layer} 层头 {its_head}，权重 {weights.max():.2f}")
#zh print("24 个头里指向那里的：", points(cup).sum().item())

# %% [markdown] lang="en"
# **Predict:** in how many of the fifty texts does this head point at the word that is missed most?

# %% [markdown] lang="zh"
# **先猜**：五十段文字里，这个头有多少次指着缺了代价最大的那个词？

# %% label="predict-pretty"
predict("08.pretty")

# %% label="pretty-falls"
hits = torch.stack([points(one) for one in fifty]).double()              # (text, layer, head)
found = hits[:, its_layer, its_head].mean().item()
chance = sum(1 / len(one.places) for one in fifty) / len(fifty)
steps = [one.places[one.scores()["ablation"].argmax()] - one.query for one in fifty]
before = steps.count(-1) / len(fifty)
print(f"this head points at it in          {found:.2f} of the texts")
print(f"by chance, one word of n           {chance:.2f}")
print(f"always the word before the gap     {before:.2f}")
print(f"the best of all 24, on these texts {hits.mean(0).max():.2f}")
#zh print(f"这个头指向它的文字占　　　　　{found:.2f}")
#zh print(f"随机水平，n 个词里的一个　　　{chance:.2f}")
#zh print(f"总是指向空格前面的那个词　　　{before:.2f}")
#zh print(f"24 个头里在这些文字上最好的　 {hits.mean(0).max():.2f}")

# %% [markdown] lang="en"
# And the intervention: what does the guess lose when the head is off?

# %% [markdown] lang="zh"
# 再看干预：关掉这个头，猜测丢多少？

# %% label="pretty-off"
lost = []
for one in fifty:
    row, off = one.record.vocabulary.index(one.answer), {(its_layer, its_head)}
    after = bert.run(*one.record.sentences, heads_off=off).logits[0].log_softmax(-1)[row]
    lost.append((one.record.logits[0].log_softmax(-1)[row] - after).item() / math.log(2))
median, low, high = median_interval(lost)
print(f"bits lost: median {median:.2f} [{low:.2f}, {high:.2f}], most {max(lost):.2f}")
#zh print(f"丢的比特：中位数 {median:.2f} [{low:.2f}, {high:.2f}]，最多 {max(lost):.2f}")

# %% [markdown] lang="en"
# What went wrong? The picture was true. But the head was looked for *on the sentence that shows it*, and among 24 heads some will point anywhere. No control was asked: a rule that knows no model, *always the word before the gap*, finds the decisive word twice as often. And with the head gone half of the guesses lose next to nothing (the median; the worst lost more than a bit).
#
# A claim that falls is a result. Its report has the same eight parts, and its first sentence says that it fell.

# %% [markdown] lang="zh"
# 毛病出在哪里？图没有错。可是这个头是**在能显示它的那句话上**找出来的；24 个头里，总有几个会碰巧指着那里。也没有问过对照：一条对模型一无所知的规则，“总是指空格前面那个词”，指对的次数就是它的两倍。而且没有了这个头，一半的猜测几乎不丢什么（看中位数；最糟的一次丢了一个多比特）。
#
# 论断垮掉也是结果。它的报告同样有八个部分，第一句就写明它不成立。

# %% label="report-that-falls"
falls = ClaimReport(
    claim=f"FALLEN: in the course BERT, layer {its_layer} head {its_head} shows what guesses "
          "rest on.",
    measure="Share of texts in which its largest weight lies on the word whose hiding costs most.",
    #zh claim=f"站不住：课程的 BERT 里，第 {its_layer} 层头 {its_head} 显示出"
    #zh       "猜测靠的是什么。",
    #zh measure="在多少文字里，它最大的权重落在遮住后代价最大的那个词上。",
    found=found, chance=chance, texts=[one.record.sentences[0] for one in fifty],
    intervention=f"The head was switched off: {median:.2f} bits lost, the median over the texts.",
    control=f"The rule 'always the word before the gap' is right in {before:.2f} of them.",
    limits="Other models and longer texts were not tried; 'rests on' here means ablation.")
    #zh intervention=f"关掉这个头：丢 {median:.2f} 比特，各段文字的中位数。",
    #zh control=f"“总是空格前面的那个词”这条规则，在 {before:.2f} 的文字里是对的。",
    #zh limits="没有试过别的模型和更长的文字；这里“靠的是什么”是用消融来判定的。")
falls

# %% [markdown] lang="en"
# ## The claim travels
#
# Does a claim hold for *this model* or for *models like it*? In the course BERT layer 1, head 2 looks at the previous token.
#
# ### Exercise 6 · Another model · transfer · 6 min · ●●○
#
# Take the claim to the course GPT: which of its heads looks most at the token before, over this longer text? (With `load_model("minilm")`, where it is installed, you can go on to a model that no one here trained.)

# %% [markdown] lang="zh"
# ## 论断能搬走吗
#
# 一个论断，是只对**这个模型**成立，还是对**这一类模型**都成立？在课程 BERT 里，第 1 层头 2 看的是前一个词元。
#
# ### 练习 6 · 换一个模型 · 迁移 · 6 分钟 · ●●○
#
# 把这个论断带到课程 GPT 上：在下面这段较长的文字里，哪个头最爱看前一个词元？（装了 MiniLM 的话，用 `load_model("minilm")` 可以再换一个不是我们训练的模型。）

# %% label="long-record"
gpt = load_model("course-gpt")
long_record = gpt.run(" ".join(pair.en for pair in pairs[:12]))
summary = describe_heads([bert.run(pair.zh) for pair in pairs[5:]])
print("BERT, 20 texts: ", summary.caption(1, 2))
print(f"GPT, {long_record.n_tokens} tokens:", describe_heads(long_record).caption(1, 2))
#zh print("BERT，20 段文字：", summary.caption(1, 2))
#zh print(f"GPT，{long_record.n_tokens} 个词元：", describe_heads(long_record).caption(1, 2))

# %% label="exercise-transfer" tags=["exercise"]
### BEGIN SOLUTION
my_head = describe_heads(long_record).rank("previous")[0]
### END SOLUTION

# %% label="check-transfer" tags=["check"]
check("08.transfer", my_head, long_record)

# %% [markdown] lang="en"
# So the *number* of the head does not travel: layer 1, head 2 does something else there. The *kind* does: the GPT has such a head as well, though a less strict one. A claim that names a head is about one model; a claim about models says what is to be found, and how.

# %% [markdown] lang="zh"
# 可见头的**编号**搬不走：在那边，第 1 层头 2 做的是别的事。头的**种类**搬得走：GPT 里也有这样的头，只是没有那么专一。指名某个头的论断，说的只是一个模型；要对一类模型下论断，就得说明找的是什么、怎么找。

# %% [markdown] lang="en"
# ## Your own claim
#
# Choose one that interests you. Some to begin with:
#
# * A head of the course BERT looks at the *next* token; which guesses need it?
# * A head gives its weight to [SEP] wherever it finds nothing to do.
# * In the course GPT a head looks at the *same token elsewhere*; switched off, it spoils repeats and nothing else.
# * A head links translations from English to Chinese as well as the other way.
# * A **neuron** of your choice answers to one kind of word (chapter 03 shows the numbers of one head).
#
# Write down the claim and the number that would make you give it up *before* you measure.
#
# ### Exercise 7 · Your report · 30 min · ●●●
#
# Fill in all eight parts:
#
# ```python
# report = ClaimReport(
#     claim="…",           # one sentence that could turn out wrong: model, layer, head
#     measure="…",         # what is counted or averaged
#     found=…,             # the number it gave
#     chance=…,            # the number it gives by chance
#     texts=[…],           # at least twenty, none that the claim was found on
#     intervention="…",    # what was changed, and what came of it
#     control="…",         # what should not change, or another head; and what came of it
#     limits="…")          # what the report does not show
# ```

# %% [markdown] lang="zh"
# ## 你自己的论断
#
# 挑一个你感兴趣的。可以从这些开始：
#
# * 课程 BERT 里有个头看**后一个**词元；哪些猜测离不开它？
# * 有个头没事可做的时候，就把权重放在 [SEP] 上。
# * 课程 GPT 里有个头看**别处相同的词元**；关掉它，重复的内容会受影响，别的不会。
# * 有个头从英文连到中文，和从中文连到英文一样好。
# * 你挑的某个**神经元**只对某一类词有反应（第 03 章能看到一个头里的各个数）。
#
# **先**写下论断，以及测出什么样的数你就会放弃它，**再**去测量。
#
# ### 练习 7 · 你的报告 · 30 分钟 · ●●●
#
# 把八个部分填全：
#
# ```python
# report = ClaimReport(
#     claim="…",           # 一句有可能是错的话：模型、层、头
#     measure="…",         # 数的是什么，或者对什么取平均
#     found=…,             # 得到的数
#     chance=…,            # 碰运气会得到的数
#     texts=[…],           # 至少二十段，不包括找到这个论断时用的
#     intervention="…",    # 改动了什么，结果怎样
#     control="…",         # 哪些不该变，或者换另一个头；结果怎样
#     limits="…")          # 这份报告没有说明什么
# ```

# %% label="exercise-report" tags=["exercise"]
report = ClaimReport(
    ### BEGIN SOLUTION
    claim="In the course BERT, layer 1 head 2 attends to the previous token.",
    measure="Mean share of its attention that a token gives to the one before it.",
    #zh claim="课程的 BERT 里，第 1 层头 2 看的是前一个词元。",
    #zh measure="一个词元的注意力里，平均有多少给了它前面那一个。",
    found=summary.shares["previous"][1, 2].item(), chance=summary.chance["previous"],
    texts=[pair.zh for pair in pairs[5:]],
    intervention=f"Head off: the hidden character loses {control.mean(0)[2]:.2f} bits.",
    control=f"Head 0 off: {control.mean(0)[0]:.2f}. Translation beside: {target.mean(0)[2]:.2f}.",
    limits="Short Chinese sentences, one model; a guess of one character each."
    #zh intervention=f"关掉这个头：遮住的字损失 {control.mean(0)[2]:.2f} 比特。",
    #zh control=f"关掉头 0：{control.mean(0)[0]:.2f}。旁边有译文：{target.mean(0)[2]:.2f}。",
    #zh limits="中文短句，一个模型；每句只猜一个字。"
    ### END SOLUTION
)

# %% label="show-report"
report

# %% label="check-report" tags=["check"]
check("08.report", report)

# %% [markdown] lang="en"
# The check looks at the form alone. Whether a report convinces, a reader decides: exchange it with somebody, and mark each other.
#
# | part | 0 | 1 | 2 |
# | --- | --- | --- | --- |
# | claim | cannot fail, or names no head | can fail, but is vague (*often*, *important*) | can fail, and says by which number |
# | measure and chance | no number to compare with | a chance level, but not of this measure | the same measure, by chance or on a control, with an interval |
# | texts | those it was found on | new, but few or all alike | at least twenty new ones, and why these |
# | intervention | none | the head was switched off, on few texts | on all texts, and what should break breaks |
# | control | none | other texts *or* other heads | other texts *and* other heads |
# | limits | none, or *more research is needed* | true of any report | names what would most likely overturn it |
#
# Twelve points in all; from nine on, show it to others. When the check is content, `report.save()` in a new cell writes it into your folder `my/` (with a name: `report.save("my-claim")`).

# %% [markdown] lang="zh"
# 检查只看形式。报告有没有说服力，由读者决定：和别人交换，互相评分。
#
# | 部分 | 0 | 1 | 2 |
# | --- | --- | --- | --- |
# | 论断 | 不可能错，或者没说哪个头 | 可能错，但含糊（“经常”“重要”） | 可能错，并说明由哪个数来定 |
# | 测量与随机水平 | 没有可以比较的数 | 有随机水平，但不是这个测量的 | 同样的测量，随机或对照的数，并有区间 |
# | 文字 | 就是找到它时用的那些 | 新的，但太少或太像 | 至少二十段新的，并说明为什么选它们 |
# | 干预 | 没有 | 关掉了头，文字很少 | 全部文字都做了，该坏的确实坏了 |
# | 对照 | 没有 | 换文字**或者**换头 | 换文字**并且**换头 |
# | 局限 | 没有，或者“有待进一步研究” | 对哪份报告都适用 | 指出最可能推翻它的是什么 |
#
# 满分十二分；得到九分以上，就可以拿给别人看了。检查通过之后，新建一个单元格运行 `report.save()`，报告会写进你的文件夹 `my/`（也可以起个名字：`report.save("我的论断")`）。

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"The darkest word is the reason."** It is where one head, in one layer, took its values from. In the last layer that ranks words poorly by what the guess rests on.
#
# **"Gradients tell the truth."** They answer a question about a tiny change; which change, is your choice. One choice was the best quick measure here, another found next to nothing.
#
# **"It costs a bit, so the head does what I said."** Perhaps it costs a bit anywhere. Ask on texts where the claim says that it should not.
#
# **"I found a head that does it."** Among 24 heads on one sentence one nearly always does. Choose on some texts, judge on others.
#
# **"The claim fell, so the work was for nothing."** Now it is known, and nobody has to believe it.

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“颜色最深的词就是原因”**：那只是某一层里的某个头取值的地方。用最后一层给词排序，和猜测真正靠谁，对得并不好。
#
# **“梯度说的就是真相”**：梯度回答的是“稍微变一点会怎样”，变的是什么，由你来定。在这里，一种定法是最好的快办法，另一种几乎什么也没找到。
#
# **“关掉它丢了一个比特，可见它做的正是我说的事”**：也许到哪里都丢一个比特。要在论断说“不该丢”的文字上也问一问。
#
# **“我找到了一个做这件事的头”**：一句话、24 个头，几乎总能找到一个。在一批文字上选，在另一批上评。
#
# **“论断垮了，白忙一场”**：现在大家知道了，谁也不必再信它。

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("08.end")

# %% [markdown] lang="en"
# **The questions from before chapter 00, in other words:** optional, about 10 minutes. Run `inventory("after")` in a new cell; every question is answered then,
# and your two answers stand side by side.
#
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# **第 00 章之前的那份题，换个问法再来一遍**：可做可不做，大约 10 分钟。在新单元格里运行 `inventory("after")`；交卷之后每一题都有讲解，
# 前后两次的回答也会并排列出来。
#
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. What a guess rests on can be asked by experiment, or guessed from weights, lengths and gradients. On fifty texts integrated gradients came nearest to the ablation, the last layer's weights were far from it, and nearness alone did nearly as well as rollout.
# 2. A weight is true of one step. It is not a reason.
# 3. A claim has a measure, a chance level, texts it was not found on, an intervention with a control, and limits.
# 4. A claim falls where it is judged on other texts, against a control, and with the head switched off. That is what those three are for.
#
# **This was the last chapter.** The next claim is yours.
#
# **Sources.** Jain and Wallace 2019, *Attention is not Explanation*. Serrano and Smith 2019, *Is Attention Interpretable?* Wiegreffe and Pinter 2019, *Attention is not not Explanation*. Kobayashi et al. 2020, *Attention is Not Only a Weight*. Bastings and Filippova 2020, *The elephant in the interpretability room*. Abnar and Zuidema 2020, *Quantifying Attention Flow in Transformers*.
# Shrikumar et al. 2017, *Learning Important Features Through Propagating Activation Differences*; Sundararajan et al. 2017, *Axiomatic Attribution for Deep Networks*; Li et al. 2016, *Understanding Neural Networks through Representation Erasure*. Spearman 1904 (rank correlation); Efron 1979 (bootstrap).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 一次猜测靠的是谁，可以做实验来问，也可以从权重、长度和梯度去猜。在五十段文字上，积分梯度最接近消融，最后一层的权重离得很远，而只看远近就和展开差不多。
# 2. 权重是关于一步的真话，不是理由。
# 3. 论断要有测量、随机水平、不是用来找到它的文字、带对照的干预，还有局限。
# 4. 换一批文字评、和对照比、把头关掉：论断往往在这里垮掉。这三样就是为此准备的。
#
# **这是最后一章。** 下一个论断，由你来提。
#
# **出处**：Jain 与 Wallace（2019），*Attention is not Explanation*。Serrano 与 Smith（2019），*Is Attention Interpretable?* Wiegreffe 与 Pinter（2019），*Attention is not not Explanation*。Kobayashi 等（2020），*Attention is Not Only a Weight*。Bastings 与 Filippova（2020），*The elephant in the interpretability room*。Abnar 与 Zuidema（2020），*Quantifying Attention Flow in Transformers*。
# Shrikumar 等（2017），*Learning Important Features Through Propagating Activation Differences*；Sundararajan 等（2017），*Axiomatic Attribution for Deep Networks*；Li 等（2016），*Understanding Neural Networks through Representation Erasure*。Spearman（1904）（名次相关）；Efron（1979）（自助法）。
