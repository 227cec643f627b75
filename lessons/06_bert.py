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
# # BERT itself: hidden words, and what can be done with a trained model
#
# **You will make** the training step of a BERT by hand, follow one word through its senses, probe the vectors
# with a control, and teach the model a task of your own.
#
# **You will be able to**
# 1. hide tokens as BERT's training does, and compute the loss of what was hidden,
# 2. say what the pair question taught this model, and what it did not,
# 3. show that a word's vector depends on its neighbours, layer by layer,
# 4. probe a vector with a control task, and fine-tune a model, frozen and whole.
#
# **You need** chapters 01 to 03. About 90 minutes.

# %% [markdown] lang="zh"
# # BERT 本身：遮住的词，以及训练好的模型能拿来做什么
#
# **你会做出**：亲手走一步 BERT 的训练，跟着一个词看它的几个意思，用带对照的探针读向量，
# 再教模型做一件你自己的事。
#
# **学完这一章，你能**
# 1. 照 BERT 训练时的办法遮住词元，并算出对应的损失；
# 2. 说清句对问题（pair question）教会了这个模型什么，又没教会什么；
# 3. 一层一层地证明：一个词的向量取决于它的邻居；
# 4. 用带对照任务（control task）的探针（probe）读向量，并用冻结（frozen）和不冻结两种办法微调（fine-tuning）模型。
#
# **你需要**：学过第 01 至 03 章。大约 90 分钟。

# %% label="imports"
import copy
import torch
from torch.nn.functional import cosine_similarity, cross_entropy
from helpers.checks import check, hint
from helpers.controls import explore_heads
from helpers.interventions import compare
from helpers.models import load_model
from helpers.probes import control_labels, probe, token_vectors, word_classes
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.tuning import (BERT_RECIPE, Recipe, fine_tune, hide_tokens, load_sentences,
                            practise, what_it_says)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Where this chapter stands on the map:

# %% [markdown] lang="zh"
# 这一章在地图上的位置：

# %% label="map"
from helpers.views import view_map, view_neighbours
view_map("06")

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("06.start")

# %% [markdown] lang="en"
# ## Hide a word, and ask for it
#
# BERT's encoder is the one you have opened. What made it a BERT is what it was asked in training: **what stood here before it was hidden?** A model trained so is a **masked language model** (MLM); to do this on plenty of plain text, before any task of one's own, is **pre-training**.
# Put a sentence of your own here, with one `[MASK]`, and the word that belongs there.

# %% [markdown] lang="zh"
# ## 遮住一个词，再问它
#
# BERT 的编码器，就是你已经打开过的那种。它之所以成为 BERT，在于训练时问它的问题：**这里被遮住之前，是什么？** 这样训练出来的，叫**掩码语言模型**（masked language model，MLM）；先用大量普通文字这样练，叫**预训练**（pre-training）。
# 可以换成你自己的句子，留一个 `[MASK]`，再写上该填的词。

# %% label="sentences" tags=["parameters"]
sentence_a = "I drink a cup of [MASK] every morning."
sentence_b = ""
model = "course"
hidden_word = "tea"

# %% label="run"
bert = load_model(model)
record = bert.run(sentence_a, sentence_b or None)
gap = record.logit_places[0]
probabilities = record.logits[0].softmax(-1)                            # (vocab,)
wanted = bert.tokenizer.convert_tokens_to_ids(hidden_word)
print([(token, round(p, 3)) for token, p in record.guesses(5)[0]])
print(f"p({hidden_word}) = {probabilities[wanted]:.3f}, "
      f"-ln p = {-probabilities[wanted].log():.3f}")

# %% [markdown] lang="en"
# The **loss** of a hidden token is $-\ln p$ of the true one: 0 if the model was certain of it, large if it was surprised. Its other name is **cross-entropy**.
#
# ### Exercise 1 · The loss · code · 6 min · ●●○
#
# For a whole text: the mean over the tokens that were chosen, and over those alone. Stuck? `hint("06.loss")`.

# %% [markdown] lang="zh"
# 一个被遮住的词元，它的**损失**（loss）就是真正那个词元的 $-\ln p$：完全有把握时为 0，越意外越大。它也叫**交叉熵**（cross-entropy）。
#
# ### 练习 1 · 损失 · 动手写 · 6 分钟 · ●●○
#
# 对一整段文字来算：只对被选中的词元取平均。卡住了？运行 `hint("06.loss")`。

# %% label="exercise-loss" tags=["exercise"]
def masked_loss(logits, token_ids, chosen):
    """logits (token, vocab), token_ids (token,), chosen (token,) boolean -> a number"""
    #zh """logits (token, vocab)，token_ids (token,)，chosen (token,) 为布尔值 -> 一个数"""
    ### BEGIN SOLUTION
    said = logits.log_softmax(-1)[chosen, token_ids[chosen]]
    return -said.mean()
    ### END SOLUTION

# %% label="check-loss" tags=["check"]
check("06.loss", masked_loss)

# %% [markdown] lang="en"
# ### Exercise 2 · One step · code · 3 min · ●○○
#
# The gradient says in which direction the loss grows. Write one step of training.

# %% [markdown] lang="zh"
# ### 练习 2 · 走一步 · 动手写 · 3 分钟 · ●○○
#
# 梯度指的是损失变大的方向。写出训练的一步。

# %% label="exercise-step" tags=["exercise"]
def step(weight, gradient, rate):
    """weight and gradient of one shape, rate a number -> the new weight"""
    #zh """weight 与 gradient 形状相同，rate（学习率）是一个数 -> 新的 weight"""
    ### BEGIN SOLUTION
    return weight - rate * gradient
    ### END SOLUTION

# %% label="check-step" tags=["check"]
check("06.step", step)

# %% [markdown] lang="en"
# Now on the model, or rather on a copy of it. One sentence, one step.
#
# **Predict:** what will the step do to this sentence, and what to another one it was not shown?

# %% [markdown] lang="zh"
# 现在用到模型上，准确地说是它的一个副本上。只有一句话，只走一步。
#
# **先猜**：这一步会让这句话怎样变？让另一句没给它看的话怎样变？

# %% label="loss-of"
def loss_of(some_model, text, word):
    """-ln p of a word at the [MASK] of a text"""
    #zh """在一段文字的 [MASK] 处，某个词的 -ln p"""
    encoded = bert.encode(text)
    place = encoded.tokens.index("[MASK]")
    ids = torch.tensor([encoded.token_ids])
    scores = some_model(input_ids=ids)[0][0, place]                     # (vocab,)
    return cross_entropy(scores, torch.tensor(bert.tokenizer.convert_tokens_to_ids(word)))

# %% label="predict-step"
predict("06.step")

# %% label="one-step"
student = copy.deepcopy(bert.model)
others = [(sentence_a, hidden_word), ("She can speak [MASK].", "Chinese"),
          ("外面在下[MASK]。", "雨")]
before = [loss_of(student, *one).item() for one in others]
loss_of(student, sentence_a, hidden_word).backward()
with torch.no_grad():
    for parameter in student.parameters():
        if parameter.grad is not None:
            parameter -= 0.0003 * parameter.grad
for (text, word), was in zip(others, before):
    print(f"{was:.3f} -> {loss_of(student, text, word).item():.3f}  {text}  {word}")

# %% [markdown] lang="en"
# Training is this, over and over: other sentences, other hidden words. (外面在下[MASK] is *outside it is falling …*, 雨 *rain*.) Our model took 19,000 of them, each on many sentences (its card says so).
#
# ## 80, 10, 10
#
# Which tokens are hidden, and how? BERT chooses 15 % of them (ours a fifth). Of the chosen ones 80 % become `[MASK]`, 10 % some other token, 10 % stay as they are; the model is asked for **all** the chosen ones (Devlin et al. 2019, section 3.1).

# %% [markdown] lang="zh"
# 训练就是把这件事重复很多遍：换句子，换遮住的词。我们的模型走了 19,000 步，每一步都用许多句子（模型卡上写着）。
#
# ## 80、10、10
#
# 遮哪些，怎么遮？BERT 选出 15% 的词元（我们的模型是五分之一）。选中的里面，80% 换成 `[MASK]`，10% 换成别的词元，10% 原样不动；**凡是选中的**都要问（Devlin 等 2019，3.1 节）。

# %% label="hide-by-recipe"
encoded = bert.encode("The small cat is sleeping under the table in the kitchen.")
token_ids = torch.tensor(encoded.token_ids).repeat(200, 1)              # 200 copies of one sentence #zh 同一句话的 200 份副本
hidden = hide_tokens(bert, token_ids, generator=torch.Generator().manual_seed(0))
print("seen: ", *bert.tokenizer.convert_ids_to_tokens(hidden.seen_ids[0]))
print(f"chosen {hidden.chosen[:, 1:-1].double().mean():.3f} of the tokens; of these")
for name, fate in (("[MASK]", 1), ("another", 2), ("kept", 3)):
    print(f"  {name:8}{(hidden.fate == fate).sum() / hidden.chosen.sum():.3f}")
#zh print("模型看到的：", *bert.tokenizer.convert_ids_to_tokens(hidden.seen_ids[0]))
#zh print(f"选中的词元占 {hidden.chosen[:, 1:-1].double().mean():.3f}，其中")
#zh for name, fate in (("[MASK]  ", 1), ("换成别的", 2), ("原样不动", 3)):
#zh     print(f"  {name}　{(hidden.fate == fate).sum() / hidden.chosen.sum():.3f}")

# %% [markdown] lang="en"
# (六, *six*, came by lot: the vocabulary holds both languages.) Why so complicated? In use there is no `[MASK]`. A model asked only there need not say anything sensible about the words that stand to be read. A word in its place may be right, or may be wrong: so every vector has to hold a guess of its own.
#
# An experiment: copies of the course BERT practise a little on sentences of ours, each by its own recipe. Then all are asked for the same tokens: hidden by `[MASK]`, with another token in the place, and with the true one standing there.
#
# **Predict:** what does a model learn if the chosen tokens are always kept?

# %% [markdown] lang="zh"
# （“六”是从词表里随机抽来的，词表里两种语言都有。）为什么弄得这么复杂？真正使用时并没有 `[MASK]`。如果只在 `[MASK]` 处提问，对没有遮住的词，模型怎么说都无所谓。摆在那里的词可能对，也可能错：这样每个向量里都得有自己的一份猜测。
#
# 做个实验：让课程 BERT 的几个副本，各按一种配方，在我们的句子上练一小会儿。然后问同样的词元：用 `[MASK]` 遮住时、换成别的词元时、真词就摆在那里时，它给真词多大的概率。
#
# **先猜**：如果选中的词元总是原样不动，模型会学到什么？

# %% label="predict-fate"
predict("06.fate")

# %% label="recipes"
texts = load_sentences("en").texts[::2] + load_sentences("zh").texts[::2]
unseen = load_sentences("en").texts[1::4] + load_sentences("zh").texts[1::4]
recipes = {"BERT's 80/10/10": BERT_RECIPE, "[MASK] alone": Recipe(1.0, 0.0),
           "keep alone": Recipe(0.0, 0.0), "another alone": Recipe(0.0, 1.0)}
print("p of the true token     [MASK]  another  true one there")
for name, student in [("before", bert)] + [
#zh recipes = {"BERT 的配方　": BERT_RECIPE, "全换 [MASK]　": Recipe(1.0, 0.0),
#zh            "全部原样不动": Recipe(0.0, 0.0), "全部换成别的": Recipe(0.0, 1.0)}
#zh print("真词的概率　　遮住    换词    真词在场")
#zh for name, student in [("练习之前　　", bert)] + [
        (name, practise(bert, texts, recipe, steps=20)) for name, recipe in recipes.items()]:
    said = what_it_says(student, unseen)
    print(f"{name:22}{said['masked']:8.3f}{said['replaced']:9.3f}{said['kept']:12.3f}")
    #zh print(f"{name}{said['masked']:8.3f}{said['replaced']:8.3f}{said['kept']:9.3f}")

# %% [markdown] lang="en"
# All four have gained in every column: they have now read sentences like these. What differs is how. With *keep alone* the answer always stands there: the model learns to copy, gives the true word most where it stands (last column), and of the four gains least where it must really guess. With *another alone* what stands there is always wrong: of the four it trusts the true word least, and is the best at seeing through a wrong one.
#
# That is one order of the texts; `seed=1` in `practise` gives another: do the extremes stay? *[MASK] alone* is hardly different from BERT's recipe here. Twenty steps from a model that already knows are too few to spoil it, so this experiment does not prove that the 10 and 10 are needed. Devlin et al. tried six recipes (appendix C.2) and found fine-tuning quite robust to them, too. What is shown: what you do with the chosen tokens decides what the model learns to believe.

# %% [markdown] lang="zh"
# 四种练法，每一列都比练习之前高：这样的句子，它们现在读过了。差别在怎么高。“全部原样不动”：答案一直摆在那里，模型学会照抄，真词在场时给得最高（最后一列），真正要猜的时候，它在四个里长进最小。“全部换成别的”：摆在那里的总是错的，四个里它对真词的信任最低，也最能识破换上来的词。
#
# 这只是一种读句子的次序；给 `practise` 加上 `seed=1` 就是另一种：两头还是一样吗？“全换 [MASK]”在这里和 BERT 的配方差不多。从一个已经学会的模型出发，二十步还不足以把它带坏，所以这个实验没有证明那两个 10% 必不可少。Devlin 等人比较过六种配方（附录 C.2），也发现微调的结果受影响不大。它说明的是：怎样处理选中的词元，决定了模型学会相信什么。

# %% [markdown] lang="en"
# ## [CLS] and the pair question
#
# The first token, `[CLS]`, stands for no word. BERT was trained to answer a yes-or-no question from its vector: does sentence B **follow** A (next-sentence prediction, NSP)? The course BERT was asked another: does B **say** what A says?
#
# **Predict:** the dog is on the bed. What will it say to a cat on the bed, to a dog *not* on the bed, and to the weather?

# %% [markdown] lang="zh"
# ## [CLS] 和句对问题
#
# 第一个词元 `[CLS]` 不代表任何词。BERT 训练时要用它的向量回答一个是非题：句子 B 是不是**接在** A 后面（**下一句预测**，next-sentence prediction，NSP）？课程 BERT 回答的是另一个：B 说的是不是 A 的**意思**？
#
# **先猜**：A 是“狗在床上”的英文。B 换成猫在床上、狗不在床上、今天天气很好，它会怎么说？

# %% label="predict-pair"
predict("06.pair")

# %% label="pair-question"
def says_the_same(a, b):
    """How likely the course BERT holds it that B says what A says"""
    #zh """课程 BERT 认为 B 与 A 意思相同的概率"""
    pair = bert.encode(a, b)
    inputs = (torch.tensor([one]) for one in (pair.token_ids, pair.segment_ids))
    with torch.no_grad():
        answer = bert.model(**dict(zip(("input_ids", "token_type_ids"), inputs)))
    return answer.seq_relationship_logits.softmax(-1)[0, 0].item()

dog = "The dog is on the bed."
for b in ("狗在床上。", "猫在床上。", "狗不在床上。", "它在睡觉。",
          "今天天气很好。", "It is late."):
    print(f"{says_the_same(dog, b):.3f}  {b}")

# %% [markdown] lang="en"
# From top to bottom: *the dog is on the bed*, *the cat is on the bed*, *the dog is not on the bed*, *it is sleeping*; *the weather is nice today*. It is right on about 97 to 99 of 100 held-out pairs (its card), and takes a cat for a dog. One sentence could be an accident. Six, each beside its translation, beside one with a word or two changed (cat for dog, water for tea, hospital for station, …), and beside the translations of the other five:

# %% [markdown] lang="zh"
# 在留出的句对上，它一百对里大约对 97 到 99 对（见模型卡），却把猫当成狗，“不”也没放在心上。只看一句，也许是碰巧。再看六句：各配上译文，配上改了一两个词的句子（狗换成猫，茶换成水，车站换成医院……），再配上另外五句的译文：

# %% label="pair-counted"
english = ["The dog is on the bed.", "I drink tea every day.", "Where is the station?",
           "He is my father.", "Please open the door.", "It is raining."]
chinese = ["狗在床上。", "我每天喝茶。", "车站在哪里？", "他是我父亲。", "请把门打开。", "下雨了。"]
changed = ["猫在床上。", "我每天喝水。", "医院在哪里？", "她是我母亲。", "请把窗打开。", "下雪了。"]
six = range(len(english))
others = [(i, chinese[j]) for i in six for j in six if i != j]
for name, pairs in {"its translation": list(enumerate(chinese)),
                    "a word changed": list(enumerate(changed)), "another sentence": others}.items():
#zh for name, pairs in {"自己的译文": list(enumerate(chinese)), "改了词的　": list(enumerate(changed)),
#zh                     "别句的译文": others}.items():
    yes = sum(says_the_same(english[i], b) > 0.5 for i, b in pairs)
    print(f"{name:18}{yes} of {len(pairs)} held to say the same")
    #zh print(f"{name}　{len(pairs)} 对里，{yes} 对说是同一个意思")

# %% [markdown] lang="en"
# Every fifth pair in training was false, and even of these half shared no two neighbouring characters with the true sentence; none was made by changing a word. What is enough for those is what it learnt. A task that can be solved by topic teaches topic.
#
# That is also what was found about NSP. Its false B came from another document, so that topic alone gave it away. Liu et al. 2019 (RoBERTa, section 4.2) trained without it and did as well or slightly better; Lan et al. 2019 (ALBERT, section 3.1) replaced it by the *order* of two neighbouring sentences (SOP), where the topic does not help.

# %% [markdown] lang="zh"
# 训练时每五对里有一对是假的，其中一半与真句连两个相邻的字都不相同；没有一对是改动一个词做成的。够应付这些就行，它也就学到这里。靠话题就能答对的题，教会的就是话题。
#
# 后来对 NSP 的研究，看到的也是这样。它的假 B 取自另一篇文章，光看话题就分得出来。Liu 等（2019，RoBERTa，4.2 节）去掉它，结果一样好，或者稍好；Lan 等（2019，ALBERT，3.1 节）换成判断两个相邻句子的**先后**（SOP），话题就帮不上忙了。

# %% [markdown] lang="en"
# ### What do [CLS] and [SEP] hold?
#
# Two experiments. First, the same six: the `[CLS]` vector of a sentence beside that of its translation, and beside those of the other sentences. (Each sentence runs alone.) From this table on, up to the probes, *layer* counts the layers gone through: 0 is what enters the first one, 4 what leaves the last.

# %% [markdown] lang="zh"
# ### [CLS] 和 [SEP] 里装着什么？
#
# 两个实验。第一个：还是这六句，拿一句话的 `[CLS]` 向量，和它译文的比，再和别的句子的比。（每句话单独运行。）从这张表到本章的探针为止，“层”数的是走过了几层：0 是还没进第一层，4 是四层都走完。

# %% label="cls-vectors"
runs = [torch.stack([bert.run(text).hidden_states[:, 0] for text in side])
        for side in (english, chinese)]                            # (sentence, layer + 1, d_model)
print("layer   own translation   others   own is nearest")
#zh print("层   自己的译文   别的句子   译文最近的")
for layer in range(bert.n_layers + 1):
    alike = cosine_similarity(runs[0][:, None, layer], runs[1][None, :, layer], dim=-1)
    own = alike.diagonal().mean()
    rest = (alike.sum() - alike.diagonal().sum()) / (alike.numel() - len(alike))
    nearest = (alike.argmax(-1) == torch.arange(len(alike))).sum()
    print(f"{layer:5} {own:13.2f} {rest:13.2f} {nearest:8} of {len(alike)}")
    #zh print(f"{layer:2} {own:11.2f} {rest:11.2f}     {len(alike)} 句里 {nearest} 句")

# %% [markdown] lang="en"
# At the bottom every `[CLS]` is the same vector. On the way up it takes in its own sentence, and a sentence and its translation stay nearer to each other than others do: as the pair question would have it. (At layer 0 all are alike, so that the nearest is nobody's merit.)
#
# Second: no token may look at `[CLS]`, or at `[SEP]`. How many bits does a guess lose (−) or gain (+)?
#
# **Predict:** which of the two is missed, and how much?

# %% [markdown] lang="zh"
# 最底层，每个 `[CLS]` 都是同一个向量。越往上，装进来的就越是自己这一句的内容；一句话和它的译文，比和别的句子更近：这正合句对问题的需要。（第 0 层大家全一样，谁“最近”不算数。）
#
# 第二个：不许任何词元看 `[CLS]`，或者不许看 `[SEP]`。猜测会丢（−）或得（+）多少比特？
#
# **先猜**：缺了哪一个要紧？有多要紧？

# %% label="predict-special"
predict("06.special")

# %% label="special-hidden"
clozes = ["I drink a cup of [MASK] every morning.", "She can speak [MASK].", "今天天[MASK]很好。",
          "What is your [MASK]?", "我不知[MASK]他在哪里。", "Please open the [MASK]."]
lost = []
print("[CLS]  [SEP]   bits that the first guess gains (+) or loses (-)")
#zh print("[CLS]  [SEP]   原来的首选得（+）失（-）多少比特")
for text in clozes:
    last = len(bert.encode(text).tokens) - 1
    bits = [compare(bert, text, hidden_tokens={place}).masks[0].bits for place in (0, last)]
    lost.append(bits)
    print("".join(f"{one:+.2f}  " for one in bits), text)
print("mean ", *(f"{one:+.2f}" for one in torch.tensor(lost).mean(0).tolist()))
#zh print("平均 ", *(f"{one:+.2f}" for one in torch.tensor(lost).mean(0).tolist()))

# %% [markdown] lang="en"
# Half a bit here or there, up as well as down, and in the mean next to nothing. So much attention rests on these two (chapter 03), and on these texts the guess at a gap can do without either: what a head may not give to `[SEP]` goes elsewhere, since a row sums to 1. (今天天[MASK]很好 is *the weather is nice today* with half of *weather* hidden, 我不知[MASK]他在哪里 *I don't know where he is* with half of *know*.) For the pair question it is another matter: there `[CLS]` is all that is read.
#
# Six texts are few, and the two together were not tried. Do it: `hidden_tokens={0, last}`.
#
# ## One word, two senses
#
# *Light* is a lamp, or the opposite of heavy; *can* is to be able, or a tin. 花 is a flower, or *to spend*; 打 is *to hit*, and in 打电话 *to phone*; 行 is *all right*, and in 银行 part of *bank*.
# A word vector is one for all senses. What about the **contextual vector** that BERT makes of it?
#
# ### Exercise 3 · Cosine · code · 4 min · ●○○
#
# We shall compare vectors by **cosine similarity**: their dot product, once both are brought to length 1. Write it; `hint("06.cosine")` helps.

# %% [markdown] lang="zh"
# 个别句子差到半个比特，有升有降，平均下来几乎没有。这么多注意力歇在这两个词元上（第 03 章），在这几句话上，猜空格却缺了哪一个都行：不许给 `[SEP]` 的权重，只好给别处，因为一行加起来总是 1。句对问题就不同了：那里读的只有 `[CLS]`。
#
# 六句话不多，两个一起遮也还没试过。试试看：`hidden_tokens={0, last}`。
#
# ## 一个词，两个意思
#
# 英文的 *light* 是灯光，也是“轻”；*can* 是“能”，也是罐头。“花”是花朵，也是花钱；“打”是打人，也是打电话；“行”是可以，也是银行的行。
# 词向量只有一个，几个意思共用。那么 BERT 算出的**上下文词向量**（contextual vector）呢？
#
# ### 练习 3 · 余弦相似度 · 动手写 · 4 分钟 · ●○○
#
# 下面用**余弦相似度**（cosine similarity）比较向量：两个向量都缩放到长度 1，再求点积。写出来；卡住了就运行 `hint("06.cosine")`。

# %% label="exercise-cosine" tags=["exercise"]
def cosine(one, other):
    """two vectors (d_model,) -> a number from -1 to 1"""
    #zh """两个向量 (d_model,) -> -1 到 1 之间的一个数"""
    ### BEGIN SOLUTION
    return one @ other / (one.norm() * other.norm())
    ### END SOLUTION

# %% label="check-cosine" tags=["check"]
check("06.cosine", cosine)

# %% [markdown] lang="en"
# Four sentences for each word, two a sense. We compare the word with itself in the other sentence of the same sense, and in those of the other sense.
#
# **Predict:** from which layer on are the senses apart?

# %% [markdown] lang="zh"
# 每个词四句话，每个意思两句。拿这个词和同一意思的另一句里的自己比，再和另一个意思的两句里的自己比。
#
# **先猜**：从第几层起，两个意思分得开？

# %% label="senses"
senses = {
    "light": ["Turn on the light.", "The light in my room is bright.",
              "This bag is very light.", "The box is light, I can carry it."],
    "can": ["I can swim.", "She can speak Chinese.",
            "He opened a can of fish.", "There is a can on the table."],
    "花": ["这些花很漂亮。", "她送我一朵花。", "我花了很多钱。", "他花了三天时间。"],
    "打": ["他打我。", "不要打孩子。", "我给你打电话。", "他在打电话。"],
    "行": ["这样不行。", "你说行就行。", "我在银行工作。", "银行在哪里？"],
}

# %% label="predict-senses"
predict("06.senses")

# %% label="senses-by-layer"
def same_and_other(word, vectors):
    """vectors (4, d_model) -> cosine of the same sense, of the other sense"""
    #zh """vectors (4, d_model) -> 同义的余弦，不同义的余弦"""
    alike = cosine_similarity(vectors[:, None], vectors[None], dim=-1)
    return (alike[0, 1] + alike[2, 3]).item() / 2, alike[:2, 2:].mean().item()

print("word     word vector   layers 0 to 4: same sense / other sense")
#zh print("词       词向量        第 0 到 4 层：同义 / 不同义")
for word, four in senses.items():
    found = token_vectors(bert, four)
    first = [next(i for i in found.at(word) if found.texts[i] == text) for text in range(4)]
    pairs = [same_and_other(word, layer) for layer in found.vectors[:, first]]
    print(f"{word:6}{same_and_other(word, found.words[first])[1]:10.2f}     ",
          "  ".join(f"{same:.2f}/{other:.2f}" for same, other in pairs))

# %% [markdown] lang="en"
# The word vector knows no sense: cosine 1. At layer 0 only the place has been added, and for some words the wrong pair is nearer. From layer 2 on, in all five, the same sense is nearer than the other. Attention brought the neighbours in.
#
# Four sentences a word are an illustration, no measurement: we wrote them, and sentences of one sense are alike in other ways, too. Whose neighbour is each *light*, among all tokens of all these sentences? First a lamp:

# %% [markdown] lang="zh"
# 词向量不分意思：余弦为 1。第 0 层只加上了位置，有的词反而是意思不同的更近。从第 2 层起，五个词都是同一意思的更近。是注意力把邻近的词带进来了。
#
# 每个词四句话，只是举例，不是测量：句子是我们写的，同一个意思的句子在别的方面也相像。再看每个 *light*，在所有句子的所有词元里，离谁最近？先看一个灯光：

# %% label="neighbours"
found = token_vectors(bert, [text for four in senses.values() for text in four])
lights = found.at("light")
view_neighbours(found, lights[0])

# %% [markdown] lang="en"
# Sentences 0 and 1 mean the lamp, 2 and 3 the weight. In layers 0 and 1 the nearest to this lamp is the light box; from layer 2 on it is the other lamp. Now the light bag:

# %% [markdown] lang="zh"
# 第 0、1 句是灯光，第 2、3 句是轻重。在第 0、1 层，离这个灯光最近的是“箱子很轻”里的那个；从第 2 层起，就是另一个灯光了。再看“包很轻”的那个：

# %% label="neighbours-bag"
view_neighbours(found, lights[2])

# %% [markdown] lang="en"
# It still has a lamp for its nearest in layer 2, and finds the light box from layer 3 on. The mean over pairs came right earlier than this single case. In layer 4 *bright* has come near, too: no *light*, but in a sentence about one. For another word, give another place: `found.at("花")[0]`.
#
# ## What can be read from a vector? A probe
#
# Does a layer *know* the class of a word? Train the simplest reader, one matrix and a softmax, to read the class from the vectors, and judge it on sentences it never saw: a **linear probe**. Our word classes come from jieba, for the Chinese sentences of this chapter: noun, verb, pronoun, other.
#
# But a probe can learn by heart: *this vector is* 我, *so pronoun*. The **control task** (Hewitt and Liang 2019) gives each **word type** (each different token, here a character) a class by lot. Whoever reads those has learnt words by heart.
#
# **Predict:** how well will labels drawn by lot be read?

# %% [markdown] lang="zh"
# 它在第 2 层最近的还是灯光，从第 3 层起才找到“箱子很轻”。取平均早早就对了，这一个例子要晚一些。到了第 4 层，*bright*（明亮）也靠了过来：它不是 *light*，只是那句话说的是灯光。想看别的词，换个位置就行：`found.at("花")[0]`。
#
# ## 从一个向量里能读出什么？探针
#
# 某一层**知道**词类吗？训练一个最简单的读取器，一个矩阵加一次 softmax，从向量里读词类，再用它没见过的句子来评判：这就是**线性探针**（linear probe）。词类用 jieba 标，取这一章的中文句子：名词、动词、代词、其他。
#
# 可是探针会死记硬背：*这个向量是“我”，所以是代词*。**对照任务**（Hewitt 与 Liang 2019）给每个词型（word type，即每个不同的词元，这里就是每个字）抽签定一个类。这种签也能读出来，就说明它把词背下来了。
#
# **先猜**：抽签得来的标签，能读得多准？

# %% label="probe-data"
probed = load_sentences("zh").texts
found = token_vectors(bert, probed)
classes = [word_classes(text)[place - 1] for text, place in
           zip([probed[text] for text in found.texts], found.places)]
print(found)
names = ("noun", "verb", "pronoun", "other")
#zh names = ("名词", "动词", "代词", "其他")
print(*(f"{token} {names[label]}  " for token, label in zip(found.tokens[:8], classes)))

# %% [markdown] lang="en"
# (The first text is 你住在哪里, *where do you live*; each character has the class of the word it stands in.)

# %% [markdown] lang="zh"
# （每个字都随它所在的词归类。）

# %% label="spread"
def spread(numbers):
    """The mean of several tries, the least and the most"""
    #zh """几次的平均，以及最低和最高"""
    return f"{numbers.mean():.2f} [{numbers.min():.2f}, {numbers.max():.2f}]"

# %% label="predict-control"
predict("06.control")

# %% label="probe-word-class"
def five_splits(vectors):
    """How well word classes are read, and labels by lot, with five splits and lots"""
    #zh """词类读得多准，抽签的标签又读得多准：分五次，抽五次"""
    tries = [[probe(vectors, labels, found.texts, seed=seed).accuracy
              for labels in (classes, control_labels(found.tokens, classes, seed))]
             for seed in range(5)]
    return torch.tensor(tries).T                                        # (2, split)

print("layer   word class          by lot              selectivity")
#zh print("层   词类                抽签                选择性")
for layer, vectors in enumerate(found.vectors):
    read, by_lot = five_splits(vectors)
    print(f"{layer:5}   {spread(read)}   {spread(by_lot)}   {spread(read - by_lot)}")
    #zh print(f"{layer:2}   {spread(read)}   {spread(by_lot)}   {spread(read - by_lot)}")

# %% label="probe-common"
once = probe(found.vectors[0], classes, found.texts)
print(f"always the commonest class: {once.common:.2f}; judged on {once.n_judged} tokens")
#zh print(f"总猜最常见的一类：{once.common:.2f}；在 {once.n_judged} 个词元上评判")

# %% [markdown] lang="en"
# Five times the sentences were split anew, into those to learn from and those to be judged on, and lots drawn anew; in brackets stand the least and the most of the five. (Of five independent tries, the range holds the true median 15 times in 16. Ours share sentences, so it should be wider.)
#
# In layers 0 and 1 the probe reads labels that mean nothing better than it reads word classes, in all five! A vector there still says which word it is, and that can be learnt by heart. Higher up the words fade, the lots with them, and the difference, **selectivity**, is above zero in all five. The accuracy alone changes little from layer to layer, and would have told none of this.
#
# ### Exercise 4 · Selectivity · design · 6 min · ●●○
#
# Write the last column yourself, from what the two probes said: each is judged by the labels it was trained on. Stuck? `hint("06.selectivity")`.

# %% [markdown] lang="zh"
# 我们把句子重新分了五次（哪些用来学，哪些用来评判），签也重新抽了五次；方括号里是五次中的最低和最高。（五次若互相独立，这个范围有十六分之十五的把握包住真正的中位数。我们这五次有共同的句子，范围还应再宽些。）
#
# 在第 0、1 层，探针读那些毫无意义的签，比读词类还准，五次都是！那里的向量还说得出是哪个词，背下来就行。越往上，词本身越淡，签也跟着淡了，两者之差，即**选择性**（selectivity），五次都大于零。光看准确率，各层变化不大，这些全看不出来。
#
# ### 练习 4 · 选择性 · 设计 · 6 分钟 · ●●○
#
# 由两个探针的回答，自己算出最后一列：每个探针都用它学的那套标签来评。卡住了？运行 `hint("06.selectivity")`。

# %% label="exercise-selectivity" tags=["exercise"]
def selectivity(said, true, said_control, lot):
    """what the probe said and the true labels; what the control's probe said and its lots"""
    #zh """探针说的和真正的标签；对照任务的探针说的和抽到的签"""
    ### BEGIN SOLUTION
    accuracy = (said == true).double().mean()
    by_heart = (said_control == lot).double().mean()
    return accuracy - by_heart
    ### END SOLUTION

# %% label="check-selectivity" tags=["check"]
check("06.selectivity", selectivity)

# %% [markdown] lang="en"
# One figure more, where each label is a place and no word: where a token stands, with an interval for each layer.

# %% [markdown] lang="zh"
# 再看一个与词无关的标签：词元站在第几位。方括号里是区间。

# %% label="probe-place"
places = [min(place, 6) - 1 for place in found.places]      # from the sixth on: one label #zh 第六位起合成一个标签
for layer, vectors in enumerate(found.vectors):
    print("layer", layer, "place", probe(vectors, places, found.texts))
    #zh print("第", layer, "层，位置", probe(vectors, places, found.texts))

# %% [markdown] lang="en"
# (These intervals are from one split, and count tokens as if each were independent. Tokens of one sentence are not, so the true ones are wider.)
#
# The place is written into the vector at the bottom and fades towards the top. It can be read nearly everywhere. Whether the model *uses* it is another question: that took an intervention in chapter 04.
#
# ### Exercise 5 · Explain · 5 min · ●●○
#
# A blog says: "A probe reads word class from layer 0 of this model far above the commonest class, so layer 0 knows grammar." Answer in three sentences.

# %% [markdown] lang="zh"
# （这里的区间只来自一次划分，把每个词元当作互相独立来算。同一句里的词元并不独立，所以真正的区间要宽一些。）
#
# 位置在最底层写进向量，越往上越淡，不过几乎处处都读得出来。模型**用没用**它，是另一个问题：第 04 章是靠干预回答的。
#
# ### 练习 5 · 讲给别人听 · 5 分钟 · ●●○
#
# 有篇博客说：“探针从这个模型的第 0 层读词类，远好于总猜最常见的那一类，可见第 0 层懂语法。”用三句话回应。

# %% label="explain-claim"
explain("06.claim")

# %% [markdown] lang="en"
# ## Teach it something: fine-tuning
#
# We wrote 180 English sentences, 60 questions, 60 statements and 60 commands, without the mark at the end (it would give the answer away). A small matrix reads the class from the last vector of `[CLS]`.
#
# ### Exercise 6 · The reader · code · 5 min · ●●○
#
# Given the last states of one sentence, return the probability of each class. `[CLS]` stands first. Stuck? `hint("06.reader")`.

# %% [markdown] lang="zh"
# ## 教它一件事：微调
#
# 我们写了 180 个英文句子，问句、陈述句、命令句各 60 个，句末标点去掉了（不然答案就露出来了）。用一个小矩阵，从 `[CLS]` 的最后一个向量里读出类别。
#
# ### 练习 6 · 读取器 · 动手写 · 5 分钟 · ●●○
#
# 给你一句话最后一层的 states，算出各类的概率。`[CLS]` 在最前面。卡住了？运行 `hint("06.reader")`。

# %% label="exercise-reader" tags=["exercise"]
def class_probabilities(states, weight, bias):
    """states (token, d_model), weight (class, d_model), bias (class,) -> (class,)"""
    #zh """states (token, d_model)，weight (class, d_model)，bias (class,) -> 各类的概率 (class,)"""
    ### BEGIN SOLUTION
    scores = weight @ states[0] + bias
    return scores.softmax(-1)
    ### END SOLUTION

# %% label="check-reader" tags=["check"]
check("06.reader", class_probabilities)

# %% [markdown] lang="en"
# Two ways to train it. **Frozen**: BERT stays as it is and only the matrix learns. **Tuned**: the layers learn as well. Each from 12 and from 120 sentences, judged on 60 that were kept apart; all of it five times, with other sentences kept apart each time.

# %% [markdown] lang="zh"
# 训练有两种办法。**冻结**：BERT 不动，只训练那个矩阵。**全部微调**：各层也一起学。分别用 12 句和 120 句来学，用留出的 60 句来评判；全部做五遍，每一遍留出的句子都不同。

# %% label="five-parts"
sentences = load_sentences("en")
parts = [sentences.split(20, seed) for seed in range(5)]   # each: 120 to learn from, 60 kept apart #zh 每一份：120 句用来学，60 句留出来
print(*parts[0][0].texts[:6], sep="\n")

# %% [markdown] lang="en"
# **Predict:** which of the two does better, and with how many sentences?

# %% [markdown] lang="zh"
# **先猜**：哪一种更好？和句子多少有关吗？

# %% label="predict-frozen"
predict("06.frozen")

# %% label="learning-curve"
print("sentences   frozen              tuned               tuned - frozen")
#zh print("句数   冻结                全部微调            后者 - 前者")
for count in (12, 120):
    right = []
    for seed, (learn, held_out) in enumerate(parts):
        part = learn.first(count)
        frozen = fine_tune(bert, part, held_out, frozen=True, steps=60, seed=seed)
        tuned = fine_tune(bert, part, held_out, steps=24, seed=seed)
        right.append([frozen.accuracies[-1], tuned.accuracies[-1]])
    still, moved = torch.tensor(right).T                                # both (split,)
    print(f"{count:9}   {spread(still)}   {spread(moved)}   {spread(moved - still)}")
    #zh print(f"{count:4}   {spread(still)}   {spread(moved)}   {spread(moved - still)}")
print("free to move:", f"{frozen.n_learnt:,} numbers and {tuned.n_learnt:,}; chance is 0.33")
#zh print("可以动的数：", f"{frozen.n_learnt:,} 个与 {tuned.n_learnt:,} 个；随机水平 0.33")

# %% [markdown] lang="en"
# With 12 sentences, four of each class, it is far above chance already. Letting the layers move helps further, or does no harm, in each of the ten pairs. (Where would 36 sentences stand? And the frozen one has fewer numbers to move: does `steps=250` help it?) Look at the brackets of the first line, too: *which* 12 sentences it learnt from, and which 60 it was judged on, matters more than whether the layers moved. Who trains once and compares may compare luck. (60 held-out sentences are few: one sentence is 0.02.)
#
# Did it know what it needs *before* these sentences? The control is a BERT of the same form whose numbers are random:

# %% [markdown] lang="zh"
# 只用 12 句，每类四句，就已经远高于随机。让各层也动，十对里每一对都更好，或者至少不差。（换成 36 句，会落在哪里？冻结的那一列能动的数少：改成 `steps=250`，它会更好吗？）再看第一行的方括号：学的是**哪** 12 句、评的是哪 60 句，比各层动不动影响更大。只训练一次就下结论，比的可能只是运气。（留出的 60 句不算多：一句就是 0.02。）
#
# 它需要的东西，是不是在读这些句子**之前**就会了？拿一个形式相同、数全是随机的 BERT 来对照：

# %% label="untrained-control"
from helpers.models import Bert
from transformers import BertForPreTraining

torch.manual_seed(0)
newborn = Bert(BertForPreTraining(bert.model.config).double(), bert.tokenizer, "untrained")
for name, how in {"frozen": {"frozen": True, "steps": 60}, "tuned": {"steps": 24}}.items():
#zh for name, how in {"冻结　　": {"frozen": True, "steps": 60}, "全部微调": {"steps": 24}}.items():
    right = [fine_tune(newborn, learn, held_out, seed=seed, **how).accuracies[-1]
             for seed, (learn, held_out) in enumerate(parts)]
    print(f"untrained BERT, 120 sentences, {name:7}{spread(torch.tensor(right))}")
    #zh print(f"没训练过的 BERT，120 句，{name}　{spread(torch.tensor(right))}")

# %% [markdown] lang="en"
# With ten times the sentences it stays far below what the trained one reaches with 12. So most of what the task needs was there before: learnt from hidden words and pairs, without a single label.
#
# Try the trained one on sentences of your own.

# %% [markdown] lang="zh"
# 句子多了十倍，还远远赶不上训练过的只用 12 句的成绩。可见它需要的东西大半是早先就会的：那时学的是猜词和句对，一个类别标签也没有。
#
# 换几句你自己的，让训练过的那个试试。

# %% label="try-it"
mine = ["Do you like tea", "Do your homework", "What he said was true", "Open the window please"]
for text, row in zip(mine, tuned.classifier.probabilities(mine)):
    print(*(f"{name} {p:.2f} " for name, p in zip(sentences.classes, row)), text)

# %% [markdown] lang="en"
# All four are right, those too whose first words mislead: *Do your …* begins like *Do you …*, and *What he said …* like a question.
#
# It has learnt English sentences. What about Chinese ones?
#
# **Predict:** 180 Chinese sentences, of which it has not seen any.

# %% [markdown] lang="zh"
# 四句都对，开头容易看错的也对：*Do your …* 的开头像 *Do you …*，*What he said …* 的开头像问句。
#
# 它学的全是英文句子。那么中文句子呢？
#
# **先猜**：180 个中文句子，它一句也没见过。

# %% label="predict-chinese"
predict("06.chinese")

# %% label="other-language"
in_chinese = load_sentences("zh")
said = tuned.classifier.classify(in_chinese.texts)
for name in in_chinese.classes:
    right = [one == name for one, label in zip(said, in_chinese.labels)
             if in_chinese.classes[label] == name]
    print(f"{name:10}{sum(right)} of {len(right)} right")
    #zh print(f"{name:10}{len(right)} 句里对 {sum(right)} 句")
asked = [one == "question" for one, text in zip(said, in_chinese.texts) if text.endswith("吗")]
print(f"questions that end in 吗: {sum(asked)} of {len(asked)}")
#zh print(f"以“吗”结尾的问句：{len(asked)} 句里对 {sum(asked)} 句")

# %% [markdown] lang="en"
# Statements and commands cross over nearly whole, and of the questions half. Who sees which half learns something: a sentence that ends in 吗, the Chinese question mark in words, is taken for a statement nearly always. English questions show at their beginning; of a mark at the end it has learnt nothing.
#
# ### What became of the attention?
#
# The tuned copy is a BERT like any other, and runs like one. Where does `[CLS]` look in the last layer (layer 3: here layers are counted from 0 again), mean of its heads, before and after?

# %% [markdown] lang="zh"
# 陈述句和命令句几乎都过得来，问句只过来一半。看看是哪一半：以“吗”结尾的，几乎都被当成了陈述句。英语问句从开头就看得出来；句尾的记号，它没有学过。
#
# ### 注意力变成什么样了？
#
# 微调过的副本也是一个 BERT，照样可以运行。最后一层（第 3 层，这里又是从 0 数起）里，`[CLS]` 看哪里？取各个头的平均，比较前后。

# %% label="attention-after"
for text in mine[:3]:
    print(text)
    for name, one in (("before", bert), ("after ", tuned.classifier.bert)):
    #zh for name, one in (("之前", bert), ("之后", tuned.classifier.bert)):
        seen = one.run(text)
        row = seen.weights[-1, :, 0].mean(0)                            # (key,)
        best = row.argsort(descending=True)[:4].tolist()
        print(f"   {name}", "  ".join(f"{seen.tokens[i]} {row[i]:.2f}" for i in best))

# %% [markdown] lang="en"
# Three sentences are three. Over the 60 held-out ones: what share of a row's weight has moved to another key, layer by layer?

# %% [markdown] lang="zh"
# 三句话只是三句话。在留出的 60 句上：各层的一行里，有多大比例的权重挪到了别的键上？

# %% label="weight-moved"
def share_moved(text):
    """The share of a query's attention that moved, mean of a layer's heads and queries: (layer,)"""
    #zh """一个查询的注意力挪动了几成，取一层所有头、所有查询的平均：(layer,)"""
    change = tuned.classifier.bert.run(text).weights - bert.run(text).weights
    return change.abs().sum(-1).mean((1, 2)) / 2                        # (layer,)

share = torch.stack([share_moved(text) for text in held_out.texts]).mean(0)   # (layer,)
print("share that moved, layers 0 to 3:", *(f"{one:.2f}" for one in share))
#zh print("挪动的比例，第 0 到 3 层：", *(f"{one:.2f}" for one in share))

# %% [markdown] lang="en"
# All its heads, on a sentence of yours. **Try:** type a question, then the same words as a statement, and watch the last layer.

# %% [markdown] lang="zh"
# 再看它所有的头，换上你自己的句子。**试一试**：先写一个问句，再把同样的词写成陈述句，看最后一层怎样变。

# %% label="explore-after"
explore_heads(tuned.classifier.bert, mine[0], layer=bert.n_layers - 1)

# %% [markdown] lang="en"
# Below little moves; in the two upper layers a good quarter of the weight does. What changed is shown, not explained: chapter 02 said how to ask what it is for.
#
# ### A bug to find
#
# A friend shuffles the sentences "so that the classes are mixed", trains, and sends you the figures.
#
# **Predict:** in her code the texts are shuffled, and the labels are not. What will the figures look like?

# %% [markdown] lang="zh"
# 下面动得少，上面两层挪动了四分之一多。变了什么，看得到；为什么变，这里没有说明。怎样追问，第 02 章讲过。
#
# ### 找出错误
#
# 朋友说“要让各类混在一起”，就把句子的次序打乱，训练之后把结果发给你。
#
# **先猜**：她的代码里，句子打乱了，标签却没有。结果会是什么样？

# %% label="predict-bug"
predict("06.bug")

# %% label="label-bug"
from helpers.tuning import LabelledTexts

order = torch.randperm(len(learn), generator=torch.Generator().manual_seed(1)).tolist()
hers = LabelledTexts(tuple(learn.texts[place] for place in order), learn.labels)
broken = fine_tune(bert, hers, held_out, steps=250, frozen=True)
print(f"loss {broken.losses[0]:.2f} -> {broken.losses[-1]:.2f}")
print(f"right on what it learns {broken.learnt[-1]:.2f}, on what was kept apart "
      f"{broken.accuracies[-1]:.2f}")
#zh print(f"损失 {broken.losses[0]:.2f} -> {broken.losses[-1]:.2f}")
#zh print(f"准确率：学过的句子 {broken.learnt[-1]:.2f}，留出的句子 "
#zh       f"{broken.accuracies[-1]:.2f}")

# %% [markdown] lang="en"
# The loss falls, most of what it learns is right, and on what was kept apart it is at chance. Nothing raised an error. Look at twenty texts with their labels before you look at any curve.
#
# ### Exercise 7 · Mend it · find the bug · 4 min · ●○○
#
# She has `texts[order]`. What must the labels be?

# %% [markdown] lang="zh"
# 损失在降，学过的大半都对，留出的全凭运气，而且没有任何报错。看曲线之前，先看二十句话和它们的标签。
#
# ### 练习 7 · 改好它 · 找错误 · 4 分钟 · ●○○
#
# 她已经有了 `texts[order]`。标签该怎么取？

# %% label="exercise-shuffled" tags=["exercise"]
def labels_in_order(labels, order):
    """labels (text,), order (text,) places -> labels (text,) that fit texts[order]"""
    #zh """labels (text,)，order (text,) 是新的次序 -> 与 texts[order] 对应的 labels (text,)"""
    ### BEGIN SOLUTION
    return labels[order]
    ### END SOLUTION

# %% label="check-shuffled" tags=["check"]
check("06.shuffled", labels_in_order)

# %% [markdown] lang="en"
# ## The larger ones
#
# `bert-base-chinese` is the same thing, larger: 12 layers of 12 heads, $d_{model}$ 768, up to 512 tokens, a vocabulary of 21,128 (its published `config.json`). The count of its numbers needs no download:

# %% [markdown] lang="zh"
# ## 更大的模型
#
# `bert-base-chinese` 是同样的东西，只是更大：12 层、每层 12 个头，$d_{model}$ 为 768，最多 512 个词元，词表 21,128（见它公开的 `config.json`）。要数参数，不用下载：

# %% label="sizes"
from transformers import BertConfig, BertModel

with torch.device("meta"):                      # shapes without numbers #zh 只有形状，没有数
    large = BertModel(BertConfig(vocab_size=21128))
for name, one in (("bert-base-chinese", large), ("course", bert.encoder)):
#zh for name, one in (("bert-base-chinese", large), ("课程 BERT        ", bert.encoder)):
    table = one.embeddings.word_embeddings.weight
    print(f"{name:18}{sum(p.numel() for p in one.parameters()):>12,} numbers, "
          f"{table.numel():>11,} of them in the word vectors")
    #zh print(f"{name:18}{sum(p.numel() for p in one.parameters()):>12,} 个数，其中词向量占 "
    #zh       f"{table.numel():>11,} 个")

# %% [markdown] lang="en"
# It hides single characters. That can be too easy: in 天气 (*weather*) one character gives the other away. **Whole-word masking** (Cui et al. 2019, *Pre-Training with Whole Word Masking for Chinese BERT*) hides all characters of a word together.

# %% [markdown] lang="zh"
# 它遮的是单个字。这有时太容易：“天气”遮住一个字，另一个字就把它说出来了。**全词掩码**（whole-word masking；Cui 等 2019，*Pre-Training with Whole Word Masking for Chinese BERT*）把一个词的字一起遮住。

# %% label="whole-word"
for text in ("今天天[MASK]很好。", "今天[MASK][MASK]很好。",
             "火[MASK]几点开？", "[MASK][MASK]几点开？"):
    print(text, *("  ".join(f"{token} {p:.2f}" for token, p in place) + "   |"
                  for place in bert.run(text).guesses(3)))

# %% [markdown] lang="en"
# (火车几点开 is *when does the train leave*; 火 is *fire*, 车 *vehicle*, together *train*.) One character hidden: 气 and 车 come back at once, of *weather* and of *train*. The whole word hidden: 早, *early*, and 你, *you*; the rest of the sentence must do the work, and each gap is guessed without the other. To try the large one, with a network or from a folder, run `bert = load_model("bert-base-chinese")` or `load_model("path/to/folder")` in a new cell; most cells above take it (the pair question there is NSP).
#
# ## Test yourself

# %% [markdown] lang="zh"
# 只遮一个字，“气”和“车”马上就回来了。整个词遮住，就得靠句子的其余部分，而且两个空是各猜各的。想试大模型，联网下载也行，从文件夹读也行：新建单元格，运行 `bert = load_model("bert-base-chinese")` 或 `load_model("文件夹的路径")`；上面多数单元格都能用（它的句对问题是 NSP）。
#
# ## 自测

# %% label="quiz-end"
quiz("06.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. BERT learns by being asked for chosen tokens: most as `[MASK]`, some replaced, some kept. The loss is the mean of $-\ln p$ over those alone.
# 2. The pair question teaches what is enough to answer it. Here that was the topic more than the meaning.
# 3. A word vector has one sense; after a few layers the vector of a word depends on its sentence.
# 4. A probe needs a control: labels by lot show what can be learnt by heart. Fine-tuning needs held-out texts, and eyes on the labels.
#
# **Next:** the same building, with every token forbidden to look ahead, writes text. That is GPT.
#
# **Sources.** Devlin et al. 2019, *BERT*, section 3.1 and appendix C.2. Liu et al. 2019, *RoBERTa*, section 4.2. Lan et al. 2019, *ALBERT*, section 3.1. Hewitt and Liang 2019, *Designing and Interpreting Probes with Control Tasks*. Cui et al. 2019, *Pre-Training with Whole Word Masking for Chinese BERT*.

# %% [markdown] lang="zh"
# ## 小结
#
# 1. BERT 是这样学的：选出一些词元来问它，多数换成 `[MASK]`，有的换成别的，有的不动。损失就是 $-\ln p$ 的平均，只算这些词元。
# 2. 句对问题只教会够用的东西。在这里，话题多于意思。
# 3. 词向量只有一个意思；过了几层，一个词的向量就取决于它所在的句子。
# 4. 探针要有对照：抽签的标签量出死记硬背能得多少。微调要有留出的句子，还要亲眼看标签。
#
# **下一步**：同样的构造，不许任何词元看它后面的词元，就能写文字。那就是 GPT。
#
# **出处**：Devlin 等（2019），*BERT*，3.1 节、附录 C.2。Liu 等（2019），*RoBERTa*，4.2 节。Lan 等（2019），*ALBERT*，3.1 节。Hewitt 与 Liang（2019），*Designing and Interpreting Probes with Control Tasks*。Cui 等（2019），*Pre-Training with Whole Word Masking for Chinese BERT*。
