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
# # Translate, one token at a time: the whole Transformer
#
# **You will make** the Transformer of 2017 run on your own sentence: an encoder that reads, a decoder that writes,
# and between them the attention that was there before all others.
#
# **You will be able to**
# 1. write an encoder layer and a decoder layer from their parts, and say what each part adds,
# 2. build the masks, and say what goes wrong when one of them is off by one,
# 3. write a translation token by token, greedily and with a beam, and say what the cache saves,
# 4. write a training step, watch *your* layers learn, and say what goes wrong without each part,
# 5. say where this translator fails, and what BERT and GPT took from it.
#
# **You need** chapters 01 to 04. About three hours, nearly two of them for exercises; a good place to stop is before *Writing, step by step*.

# %% [markdown] lang="zh"
# # 一次写一个词元的翻译：完整的 Transformer
#
# **你会做出**：一个在你自己的句子上跑起来的 2017 年的 Transformer：编码器读，解码器写，
# 两者之间的那种注意力，比别的注意力都出现得早。
#
# **学完这一章，你能**
# 1. 用零件搭出编码器层和解码器层，说出每个部分加进了什么；
# 2. 构造各种掩码，并说出某个掩码错开一位会出什么事；
# 3. 用贪心搜索和束搜索一个词元一个词元地写出译文，并说出缓存省下了什么；
# 4. 写出一个训练步，看着**你自己写的**层学会，并说出少了哪个部分会怎样；
# 5. 说出这个翻译模型在哪里会出错，BERT 和 GPT 又从它那里拿走了什么。
#
# **你需要**：学过第 01 到 04 章。大约三小时，其中将近两小时做练习；想分两次学，可以在“一步一步地写”之前停下。

# %% label="imports"
import torch
from torch.nn.functional import cross_entropy, gelu
from helpers.attention import causal_mask, padding_mask
from helpers.checks import check, hint
from helpers.controls import explore_birth, explore_training, explore_translation
from helpers.models import load_training, load_translator
from helpers.learning import LiveSettings, LiveTraining
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.transformer import Cache, Transformer, TransformerConfig
from helpers.views import view_beams, view_heads, view_map, view_training, view_translation

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("05.start")

# %% [markdown] lang="en"
# ## The map
#
# Chapter 00 showed this map. BERT is its left half. Today we walk all of it, from the bottom left to the top right.

# %% [markdown] lang="zh"
# ## 地图
#
# 第 00 章给出过这张地图。BERT 是它的左半边。今天从左下角一直走到右上角，全程走完。

# %% label="map"
view_map("05")

# %% [markdown] lang="en"
# ## First, let it translate
#
# The translator of this course is small; further down you count its parameters. It translates both ways: change the sentence if you like, English or Chinese. It is at home in short everyday sentences (*I like this book.* · 你今天想吃什么？) and lost in long or learned ones; you will see how.
#
# **Predict:** when it writes the second token, which source tokens would you look at in its place?

# %% [markdown] lang="zh"
# ## 先让它翻译
#
# 本课程的翻译模型很小，后面你会亲手数它的参数。它中译英、英译中都会：可以换成你自己的句子，中文英文都行。它拿手的是日常短句（“你今天想吃什么？” · *I like this book.*），句子一长、一专业就不行了；后面会看到。
#
# **先猜**：它写第二个词元的时候，如果换成你，会去看**原文**（source）的哪些词元？

# %% label="sentences" tags=["parameters"]
sentence_a = "I have a red umbrella."

# %% label="predict-second-token" tags=["own"]
predict("05.second_token")

# %% label="translate"
translator = load_translator("course")
result = translator.translate(sentence_a)
print(result.text)
view_translation(result, step=1)

# %% [markdown] lang="en"
# One token at a time, and each time a look back at the source; the bars are the decoder's candidates for the place. `<2zh>` or `<2en>` in front of the source says into which language, `[SEP]` is where a text ends.
# <!-- own -->
# (我 I, 有 have, 一把 one, said of things with a handle, 红 red, 伞 umbrella.)
# <!-- all -->
#
# **Try:** move the step slider to the end and watch the lines wander. Then open *What if…* and hide a noun of the source. Then write a beginning of your own.
#
# The head shown first was **taught** where to look: in training it was shown, besides the translations, word links, found by counting which words turn up together in many pairs of sentences. Choose another head to see what heads do that nobody taught.

# %% [markdown] lang="zh"
# 一次写一个词元，每次都回头看一眼原文；下面的横条是解码器为这个位置准备的候选。原文最前面的 `<2zh>` 或 `<2en>` 告诉模型要译成哪种语言，`[SEP]` 表示一段文字到此为止。
#
# **试一试**：把步骤滑块一直拖到底，看那些线怎样走动。再打开“如果……”，把原文里的一个名词遮住；然后自己写一个开头。
#
# 一开始显示的那个头，该往哪里看是**教出来的**：训练时除了译文，还告诉了它哪个词对应哪个词；这些对应关系是数出来的：看哪些词总在成对的句子里一起出现。换一个头，看看没人教的头是什么样子。

# %% label="explore-translation"
explore_translation(translator, sentence_a)

# %% [markdown] lang="en"
# *What to look for:* do the weights of the taught head follow the words, or the places? Is the hidden word missing from the translation, or guessed, or was it not needed? And is your beginning carried on as if the model had wanted it? The line above the picture keeps the unchanged translation for you to compare.
#
# ## The encoder reads
#
# The first three tokens are enough to see everything, the language tag among them. Embeddings times $\sqrt{d_{model}}$ (the numbers of an embedding are small, and would drown in the positions otherwise), plus the sines and cosines of chapter 04:

# %% [markdown] lang="zh"
# *留意这几点*：教出来的那个头，权重是跟着词走，还是跟着位置走？被遮住的词，译文里是没有了，是猜出来的，还是本来就用不着看它？你给的开头，模型是不是若无其事地接着写下去？图的上方留着不做改动时的译文，可以对照。
#
# ## 编码器：读
#
# 取原文的前三个词元（包括语言标记），就足够看清一切。嵌入乘以 $\sqrt{d_{model}}$（嵌入的数值小，放大之后才不会被位置编码盖过），再加上第 04 章的正弦和余弦：

# %% label="embed"
def same(ours, theirs):
    """Whether two tensors agree to 1e-12"""
    #zh """两个张量是否相等（相差 < 1e-12）"""
    return (ours - theirs).abs().max().item() < 1e-12

model = translator.model
source_ids = torch.tensor([result.source_ids[:3]])                        # (batch, source token)
table = model.embedding.weight                                            # (vocab, d_model)
states = table[source_ids] * translator.d_model ** 0.5 + model.positions[:3]
print("equals the model, difference < 1e-12:", same(states, model.embed(source_ids)))
#zh print("与模型相等，相差 < 1e-12：", same(states, model.embed(source_ids)))

# %% [markdown] lang="en"
# From here on each token is one vector that travels through all layers, and each part of a layer only *adds* to it. That one long sum is the **residual stream**; adding a part's output to its input is the **residual connection**.
#
# An **encoder layer** has two parts. In the first every token attends to every token and adds what it found. In the second each token, alone, goes through the **feed-forward network**: two matrices with an *activation* between them (here GELU, in 2017 ReLU), the layer between wider than the rest; its width is called $d_{ff}$, usually four times $d_{model}$.
#
# Attention brings information from elsewhere; the feed-forward network works on what has arrived. You write both kinds of layer now, and further down you train with what you wrote.
#
# ### Exercise 1 · The feed-forward network · code · 5 min · ●○○
#
# Two matrices, two biases, GELU between them, each token for itself. `gelu` is imported above.

# %% [markdown] lang="zh"
# 从这里开始，每个词元就是一个向量，它要穿过所有的层，而层里的每个部分都只往上**加**东西。这个越加越长的和叫**残差流**；把一个部分的输出加到它的输入上，叫**残差连接**。
#
# 一个**编码器层**分两部分。第一部分里，每个词元看所有词元，把看到的加进来；第二部分里，每个词元单独经过**前馈网络**：两个矩阵，中间夹一个激活函数（activation function；这里是 GELU，2017 年用的是 ReLU）。中间那一层更宽，宽度叫 $d_{ff}$，通常是 $d_{model}$ 的四倍。
#
# 注意力从别处取来信息，前馈网络加工取来的东西。这两种层，现在由你来写；后面就用你写的来训练。
#
# ### 练习 1 · 前馈网络 · 动手写 · 5 分钟 · ●○○
#
# 两个矩阵，两个偏置，中间是 GELU，每个词元各算各的。`gelu` 上面已经导入了。

# %% label="exercise-feed-forward" tags=["exercise"]
def feed_forward(states, w_in, b_in, w_out, b_out):
    """states (token, d_model), w_in (d_model, d_ff), w_out (d_ff, d_model) -> (token, d_model)"""
    #zh """states (token, d_model)，w_in (d_model, d_ff)，w_out (d_ff, d_model) -> (token, d_model)"""
    ### BEGIN SOLUTION
    wide = gelu(states @ w_in + b_in)
    return wide @ w_out + b_out
    ### END SOLUTION

# %% label="check-feed-forward" tags=["check"]
check("05.feed_forward", feed_forward)

# %% [markdown] lang="en"
# Before each part stands a **layer norm** (chapter 03): it brings each vector to mean 0 and variance 1, then scales and shifts it by learnt numbers. Why? Below, how large the largest weight of a row is, on average over the heads and tokens of each layer: with the norm, and with the stream as it is.
#
# **Predict:** what does attention do when its vectors are long?

# %% [markdown] lang="zh"
# 每个部分前面都有一个**层归一化**（第 03 章）：把每个向量调成均值 0、方差 1，再按学到的数缩放和平移。为什么要这样做？下面看每一层里，一行中最大的权重平均有多大（对所有头和词元取平均）：一次有层归一化，一次直接用残差流。
#
# **先猜**：向量很长的时候，注意力会变成什么样？

# %% label="predict-saturated"
predict("05.saturated")

# %% label="why-a-norm"
stream = model.embed(torch.tensor([result.source_ids]))                   # (batch, token, d_model)
for number, layer in enumerate(model.encoder):
    normed, raw = (layer.attention(states)[1].amax(-1).mean()    # weights (batch, head, query, key)
                   for states in (layer.add_attention.norm(stream), stream))
    print(f"layer {number}: with the norm {normed:.2f}, without {raw:.2f}")
    #zh print(f"第 {number} 层：有归一化 {normed:.2f}，没有 {raw:.2f}")
    stream, _ = layer(stream)

# %% [markdown] lang="en"
# Without the norm nearly all the weight of a row goes to one key: softmax is saturated, and almost no gradient comes back through it (chapter 01). The norm lets the stream grow and still hands each part numbers of the size it can use.
#
# ### Exercise 2 · An encoder layer · code · 8 min · ●●○
#
# $$x' = x + \text{Attention}(\text{norm}_0(x)), \qquad x'' = x' + \text{FF}(\text{norm}_1(x'))$$
#
# The parts are handed over as functions: `attention(x)` and `feed_forward(x)` give what is to be added, `norms[0]` and `norms[1]` are the two layer norms. You decide what comes before what.

# %% [markdown] lang="zh"
# 没有层归一化，一行的权重几乎全给了一个键：softmax 饱和了，梯度几乎传不回来（第 01 章）。有了它，残差流尽管长，交到每个部分手里的数总是大小合适。
#
# ### 练习 2 · 编码器层 · 动手写 · 8 分钟 · ●●○
#
# $$x' = x + \text{Attention}(\text{norm}_0(x)), \qquad x'' = x' + \text{FF}(\text{norm}_1(x'))$$
#
# 零件以函数的形式交给你：`attention(x)` 和 `feed_forward(x)` 给出要加的东西，`norms[0]` 和 `norms[1]` 是两个层归一化。谁先谁后，由你来定。

# %% label="exercise-encoder-layer" tags=["exercise"]
def encoder_layer(states, attention, feed_forward, norms):
    """states (batch, token, d_model), functions, a pair of norms -> (batch, token, d_model)"""
    #zh """states (batch, token, d_model)、两个函数、一对归一化 -> (batch, token, d_model)"""
    ### BEGIN SOLUTION
    states = states + attention(norms[0](states))
    return states + feed_forward(norms[1](states))
    ### END SOLUTION

# %% label="check-encoder-layer" tags=["check"]
check("05.encoder_layer", encoder_layer)

# %% [markdown] lang="en"
# The translator's own layer does the same. By hand, with its parts:

# %% [markdown] lang="zh"
# 翻译模型自己的层也是这样算的。用它的零件，一步一步来：

# %% label="encoder-layer-by-hand"
layer = model.encoder[0]
found, weights = layer.attention(layer.add_attention.norm(states))        # (batch, token, d_model)
after_attention = states + found
thought = layer.feed_forward(layer.add_feed_forward.norm(after_attention))
after_layer = after_attention + thought
print("equals the layer, difference < 1e-12:", same(after_layer, layer(states)[0]))
#zh print("与这一层相等，相差 < 1e-12：", same(after_layer, layer(states)[0]))

# %% [markdown] lang="en"
# **Predict:** if each part only adds, does a token's vector grow from layer to layer?

# %% [markdown] lang="zh"
# **先猜**：既然每个部分只往里加，一个词元的向量会不会一层比一层长？

# %% label="predict-grows"
predict("05.grows")

# %% label="residual-stream"
states = model.embed(torch.tensor([result.source_ids]))
print("embedding:", f"{states.norm(dim=-1).mean():.1f}")
#zh print("嵌入：", f"{states.norm(dim=-1).mean():.1f}")
for number, layer in enumerate(model.encoder):
    states, _ = layer(states)
    print(f"after layer {number}:", f"{states.norm(dim=-1).mean():.1f}")
    #zh print(f"第 {number} 层之后：", f"{states.norm(dim=-1).mean():.1f}")
print("after one last norm:", f"{model.encoder_norm(states).norm(dim=-1).mean():.1f}")
#zh print("最后再归一化一次：", f"{model.encoder_norm(states).norm(dim=-1).mean():.1f}")

# %% [markdown] lang="en"
# Nothing holds a sum in check; that is why a model with the norm before has one norm more at its end, and what comes out of it is handed to the decoder.
#
# BERT and the paper put the norm *after* the sum: $\text{norm}(x + \text{Attention}(x))$, **post-norm**; with the norm before, as here, it is **pre-norm** (you also read Post-LN and Pre-LN). Both work. The difference shows at the start of the training of a deep model: how much gradient reaches each layer?
#
# **Predict**, for a model with 12 layers that has learnt nothing yet. (The cell takes the *loss* on made-up letters, one number for how wrong the model is, and asks how it changes with each parameter: that is the gradient. Exercise 11 spells both out.)

# %% [markdown] lang="zh"
# 一路相加，长度没有东西管着；所以层归一化放在前面的模型，末尾还要再做一次层归一化，结果才交给解码器。
#
# BERT 和原论文把层归一化放在相加**之后**：$\text{norm}(x + \text{Attention}(x))$，叫 **Post-LN**；像这里放在前面的，叫 **Pre-LN**。两种都行。区别出现在很深的模型刚开始训练的时候：每一层能分到多少梯度？
#
# **先猜**：一个 12 层、还什么都没学的模型。（单元格拿随便编的字母算出**损失**（loss），也就是用一个数说明模型错得有多厉害，再看它随每个参数怎样变：这就是梯度。练习 11 会把两者讲清楚。）

# %% label="predict-norm-place"
predict("05.norm_place")

# %% label="gradient-of-each-layer"
letters = torch.arange(192).reshape(16, 12) * 7 % 50                      # (batch, token), made up #zh (batch, token)，随便编的
for norm_first in (True, False):
    torch.manual_seed(0)
    deep = Transformer(TransformerConfig(50, n_layers=12, d_model=32, n_heads=4, d_ff=64,
                                         norm_first=norm_first, dropout=0.0))
    logits = deep(letters, letters.roll(1, 1))                            # (batch, token, vocab)
    cross_entropy(logits.flatten(0, 1), letters.flatten()).backward()
    sizes = [layer.feed_forward.w_out.weight.grad.norm().item() for layer in deep.decoder[::3]]
    print("pre-norm: " if norm_first else "post-norm:", *(f"{size:.3f}" for size in sizes))
    #zh print("Pre-LN： " if norm_first else "Post-LN：", *(f"{size:.3f}" for size in sizes))

# %% [markdown] lang="en"
# Decoder layers 0, 3, 6 and 9, the size of the gradient of one of their matrices. With the norm before, all layers get about as much; with the norm after, the last layers get many times what the first ones get. That is why deep post-norm models need a *warm-up*: the learning rate, which says how far one step of training goes, begins small. Pre-norm ones can do without (Xiong et al. 2020).
#
# ### Exercise 3 · Count an encoder layer · code · 6 min · ●●○
#
# How many numbers has an encoder layer learnt? Four projections with biases, two matrices with biases in the feed-forward network, and two norms with a scale and a shift for each of the $d_{model}$ numbers. Stuck? Run `hint("05.parameters")` in a new cell; run it again for more.

# %% [markdown] lang="zh"
# 这是解码器第 0、3、6、9 层里一个矩阵的梯度大小。层归一化在前，各层分到的差不多；在后，最后几层分到的是最前几层的许多倍。所以很深的 Post-LN 模型要做**预热**（warm-up）：学习率（learning rate，一个训练步走多远）从小慢慢升上去，Pre-LN 可以不做（Xiong 等，2020）。
#
# ### 练习 3 · 数一数编码器层 · 动手写 · 6 分钟 · ●●○
#
# 一个编码器层学到了多少个数？四个投影，各有偏置；前馈网络的两个矩阵，也有偏置；还有两个层归一化，对 $d_{model}$ 个数各有一个缩放和一个平移。卡住了？新建一个单元格，运行 `hint("05.parameters")`；再运行一次，提示会更多。

# %% label="exercise-parameters" tags=["exercise"]
def n_parameters(d_model, d_ff):
    """How many parameters an encoder layer has"""
    #zh """一个编码器层有多少参数"""
    ### BEGIN SOLUTION
    projections = 4 * (d_model * d_model + d_model)
    feeding = d_model * d_ff + d_ff + d_ff * d_model + d_model
    return projections + feeding + 2 * (d_model + d_model)
    ### END SOLUTION

# %% label="check-parameters" tags=["check"]
check("05.parameters", n_parameters)

# %% label="count"
def count(part):
    """The number of parameters of a module"""
    #zh """一个模块的参数个数"""
    return sum(parameter.numel() for parameter in part.parameters())

for name, part in (("embedding", model.embedding), ("encoder layer", model.encoder[0]),
                   ("decoder layer", model.decoder[0]), ("everything", model)):
    print(f"{name:>14}: {count(part):>9,}")
#zh for name, part in (("嵌入", model.embedding), ("编码器层", model.encoder[0]),
#zh                    ("解码器层", model.decoder[0]), ("全部", model)):
#zh     print(f"{name:　>5}：{count(part):>9,}")

# %% [markdown] lang="en"
# ## Who may see whom
#
# Sentences in a batch differ in length; the short ones are filled up, and nobody may look at the filling. That is the **padding mask**. The decoder has one rule more: no token may look at what comes after it, for at the time of writing that is not there yet. That is the **causal mask**.
#
# Here are a causal mask, a padding mask, and both at once. A row asks, a column answers; `■` may be seen, `·` may not. (The filled rows may ask; nobody reads what they get.)

# %% [markdown] lang="zh"
# ## 谁可以看谁
#
# 一批句子长短不一，短的要补到一样长，而补进去的东西谁也不许看。这就是**填充掩码**。解码器还多一条规矩：谁也不许看自己后面的词元，因为写到这里的时候，后面的还没有。这就是**因果掩码**。
#
# 下面依次是因果掩码、填充掩码，以及两者合在一起。行是提问的，列是应答的；`■` 可以看，`·` 不可以看。（填充的那几行也可以问，只是没有人会用它们得到的结果。）

# %% label="masks"
def show(mask):
    """Print a boolean mask (query, key)"""
    #zh """打印一个布尔掩码 (query, key)"""
    rows = (" ".join("■" if seen else "·" for seen in row) for row in mask.tolist())
    print("\n".join(rows), "\n")

show(causal_mask(6))
show(padding_mask([4], 6)[0, 0].expand(6, 6))
show(causal_mask(6) & padding_mask([4], 6)[0, 0])

# %% [markdown] lang="en"
# Does the filling really change nothing? **Predict** first. Then we fill the source up with three tokens picked at random, hide them, and once leave them in sight.

# %% [markdown] lang="zh"
# 填充真的什么都不影响吗？**先猜**。然后在原文后面补上三个随便挑的词元：一次遮住，一次不遮。

# %% label="predict-padding"
predict("05.padding")

# %% label="padding-changes-nothing"
source = torch.tensor([result.source_ids])                                # (batch, source token)
target = torch.tensor([[translator.start, *result.target_ids[:-1]]])      # (batch, target token)
filled, n = torch.cat([source, torch.tensor([[11, 222, 3333]])], dim=1), source.shape[1]
plain, seen = model(source, target), model(filled, target)    # (batch, target token, vocab)
hidden = model(filled, target, padding_mask([n], n + 3))
print("hidden: nothing changes, difference < 1e-12:", (hidden - plain).abs().max().item() < 1e-12)
print("seen: something changes:", (seen - plain).abs().max().item() > 0.01)
#zh print("遮住填充：什么也没变，相差 < 1e-12：", (hidden - plain).abs().max().item() < 1e-12)
#zh print("看得见填充：变了：", (seen - plain).abs().max().item() > 0.01)

# %% [markdown] lang="en"
# ### Exercise 4 · Do not attend to padding · code · 8 min · ●●○
#
# Scores, and how many of the keys are real; the rest is filling. Nobody may look at it, and each row has to sum to 1 all the same.

# %% [markdown] lang="zh"
# ### 练习 4 · 不要看填充 · 动手写 · 8 分钟 · ●●○
#
# 给你分数，以及前面有几个键是真的，其余都是填充。填充谁也不许看，可每一行加起来还得是 1。

# %% label="exercise-padding" tags=["exercise"]
def weights_without_padding(scores, n_real):
    """scores (query, key), the first n_real keys are real -> weights (query, key); rows sum to 1"""
    #zh """scores (query, key)，前 n_real 个键是真的 -> 权重 (query, key)，每行之和为 1"""
    ### BEGIN SOLUTION
    scores = scores.clone()
    scores[:, n_real:] = float("-inf")
    return scores.softmax(-1)
    ### END SOLUTION

# %% label="check-padding" tags=["check"]
check("05.padding", weights_without_padding)

# %% [markdown] lang="en"
# ## The decoder writes
#
# A **decoder layer** has three parts where the encoder has two. Self-attention, looking back only. Then **cross-attention**: the target asks, the source answers. Then the feed-forward network.
#
# Cross-attention is the oldest of them: Bahdanau and colleagues gave it to a translator in 2014, three years before the Transformer. Queries come from the decoder, keys and values from what the encoder made of the source, the **memory**.

# %% [markdown] lang="zh"
# ## 解码器：写
#
# 编码器层有两个部分，**解码器层**有三个。先是只能看已写部分的自注意力；然后是**交叉注意力**：译文提问，原文应答；最后是前馈网络。
#
# 交叉注意力的资历最老：Bahdanau 等人 2014 年就把它用在了翻译模型里，比 Transformer 早三年。查询来自解码器，键和值来自编码器读完原文之后交出的向量（叫作**记忆**，memory）。

# %% [markdown] lang="en"
# ### Exercise 5 · Cross-attention · code · 8 min · ●●○
#
# One head, no biases. Who asks, who answers?

# %% [markdown] lang="zh"
# ### 练习 5 · 交叉注意力 · 动手写 · 8 分钟 · ●●○
#
# 只有一个头，没有偏置。谁问，谁答？

# %% label="exercise-cross" tags=["exercise"]
def cross_attention(target_states, source_states, w_query, w_key, w_value):
    """target_states (target, d_model), source_states (source, d_model), matrices (d_model, d_head)
    -> (target, d_head)"""
    #zh """target_states (target, d_model)，source_states (source, d_model)，三个矩阵 (d_model, d_head)
    #zh -> 上下文向量 (target, d_head)"""
    ### BEGIN SOLUTION
    asked = target_states @ w_query
    answers, contents = source_states @ w_key, source_states @ w_value
    shares = (asked @ answers.T / answers.shape[1] ** 0.5).softmax(-1)
    return shares @ contents
    ### END SOLUTION

# %% label="check-cross" tags=["check"]
check("05.cross", cross_attention)

# %% [markdown] lang="en"
# ### Exercise 6 · The causal mask · code · 5 min · ●●○
#
# Build it yourself. The first token sees one token; how many does the last one see?

# %% [markdown] lang="zh"
# ### 练习 6 · 因果掩码 · 动手写 · 5 分钟 · ●●○
#
# 自己造一个。第一个词元只看得见一个词元，最后一个能看见几个？

# %% label="exercise-causal" tags=["exercise"]
def looking_back(n_tokens):
    """(query, key), boolean: True where the query may look; without causal_mask"""
    #zh """(query, key)，布尔值：查询可以看的地方为 True；不用 causal_mask"""
    ### BEGIN SOLUTION
    places = torch.arange(n_tokens)
    return places[None, :] <= places[:, None]
    ### END SOLUTION

# %% label="check-causal" tags=["check"]
check("05.causal", looking_back)

# %% [markdown] lang="en"
# ### Exercise 7 · A decoder layer · code · 10 min · ●●●
#
# Three times norm, part, add. `attention(x, mask)` takes the mask, which you make; `cross_attention(x, memory)` takes what asks and what answers; `norms` holds three.

# %% [markdown] lang="zh"
# ### 练习 7 · 解码器层 · 动手写 · 10 分钟 · ●●●
#
# 归一化、过一个部分、相加，做三遍。`attention(x, mask)` 要一个掩码，由你来造；`cross_attention(x, memory)` 先写提问的，再写应答的；`norms` 里有三个。

# %% label="exercise-decoder-layer" tags=["exercise"]
def decoder_layer(states, memory, attention, cross_attention, feed_forward, norms):
    """target states (batch, token, d_model), memory of the source -> (batch, token, d_model)"""
    #zh """states 是译文的 (batch, token, d_model)，memory 是原文的 -> (batch, token, d_model)"""
    ### BEGIN SOLUTION
    looking_back_only = causal_mask(states.shape[-2])
    states = states + attention(norms[0](states), looking_back_only)
    states = states + cross_attention(norms[1](states), memory)
    return states + feed_forward(norms[2](states))
    ### END SOLUTION

# %% label="check-decoder-layer" tags=["check"]
check("05.decoder_layer", decoder_layer)

# %% [markdown] lang="en"
# And the translator's own, by hand:

# %% [markdown] lang="zh"
# 翻译模型自己的这一层，同样一步一步来：

# %% label="decoder-layer-by-hand"
memory = model.encode(source).states                          # (batch, source token, d_model)
layer, states = model.decoder[0], model.embed(target)
found, back = layer.attention(layer.add_attention.norm(states), mask=causal_mask(states.shape[1]))
states = states + found
found, across = layer.cross_attention(layer.add_cross_attention.norm(states), memory)
states = states + found
states = states + layer.feed_forward(layer.add_feed_forward.norm(states))
expected, _, _ = layer(model.embed(target), memory, causal_mask(states.shape[1]))
print("equals the layer, difference < 1e-12:", (states - expected).abs().max().item() < 1e-12)
print("looking back (head, target, target):", tuple(back[0].shape))
print("looking across (head, target, source):", tuple(across[0].shape))
#zh print("与这一层相等，相差 < 1e-12：", (states - expected).abs().max().item() < 1e-12)
#zh print("看前文 (head, target, target)：", tuple(back[0].shape))
#zh print("看原文 (head, target, source)：", tuple(across[0].shape))

# %% [markdown] lang="en"
# ## Writing, step by step
#
# The last state of the decoder meets every row of the embedding table; the products are **logits**, one for each entry of the vocabulary, and softmax makes them probabilities. The same table for reading and for writing: the weights are *tied*. Only the entries that the target language is written with take part, `translator.pieces`; so all probabilities in this chapter, those of the bars too, are shares among these alone.
#
# Now write. Start with the start token `[CLS]`, take the likeliest, put it behind, and again, until the end token `[SEP]` comes. That is **greedy search**:

# %% [markdown] lang="zh"
# ## 一步一步地写
#
# 解码器最后的状态与嵌入表的每一行做点积，得到 **logits**，词表里每一项一个；softmax 把它们变成概率。读和写用的是同一张表，这叫**权重共享**（weight tying）。参加 softmax 的只有写这种语言用得到的那些词元，即 `translator.pieces`；所以本章的概率，包括横条上的，都是在它们中间分的。
#
# 现在来写。从开始词元 `[CLS]` 出发，取最可能的一个，接在后面，再来一遍，直到写出结束词元 `[SEP]`。这就是**贪心搜索**（greedy search）：

# %% label="greedy-by-hand"
pieces = translator.pieces[result.target]                     # what this language is written with #zh 写这种语言用到的词元
written = [translator.start]
while written[-1] != translator.end and len(written) < 40:
    logits = model(source, torch.tensor([written]))[0, -1]                # (vocab,)
    written.append(pieces[logits[pieces].argmax()].item())
print(*translator.tokenizer.convert_ids_to_tokens(written))
print("the same as translate:", tuple(written[1:]) == result.target_ids)
print(f"chosen among {len(pieces):,} of {len(table):,} entries")
#zh print("与 translate 相同：", tuple(written[1:]) == result.target_ids)
#zh print(f"在 {len(table):,} 项里的 {len(pieces):,} 项中挑选")

# %% [markdown] lang="en"
# Greedy search never takes anything back. **Beam search** follows several beginnings at once and keeps the best at each step, so a token that looked second best may win in the end.
# A path is as likely as the product of its tokens' probabilities. Products of many small numbers soon run out of digits, so one adds logarithms instead: $\log (0.5 \cdot 0.4) = \log 0.5 + \log 0.4$.
# Long targets would be at a loss (each further token multiplies by a probability below 1), so the sum is divided by a **length penalty**.
#
# The number before each translation is its log probability: the nearer to 0, the likelier the model holds it. Under each token of the tree stands the score, with the penalty. A path that is finished leaves its place to another; so the last columns show those that are done *and* four that would have gone on. (我想喝一杯热茶 is *I want to drink a cup of hot tea*.)

# %% [markdown] lang="zh"
# 贪心搜索写了就不改。**束搜索**（beam search）同时跟着好几个开头走，每一步留下最好的几个，所以一时排在第二的词元，最后也可能胜出。
# 一条路径的概率，是路上各词元的概率之积。许多小数连乘，很快就小得没有位数可用，所以改用对数相加：$\log (0.5 \cdot 0.4) = \log 0.5 + \log 0.4$。
# 长的译文本来总要吃亏（每多写一个词元，就要再乘一个小于 1 的概率），所以要把这个和除以一个**长度惩罚**（length penalty）。
#
# 译文前面的数是它的对数概率：越接近 0，模型认为它越可能。树上每个词元下面的数是分数，已经算上了长度惩罚。写完的路径会把位置让出来，所以最后几列里，除了写完的，还有四条本来要往下走的。

# %% label="beams"
for text in (sentence_a, "我想喝一杯热茶。"):
    greedy, best = (translator.translate(text, beam=beam) for beam in (1, 4))
    print(f"greedy: {greedy.log_probability:.2f}  {greedy.text}")
    print(f"beam 4: {best.log_probability:.2f}  {best.text}")
    #zh print(f"贪心　：{greedy.log_probability:.2f}  {greedy.text}")
    #zh print(f"束宽 4：{best.log_probability:.2f}  {best.text}")
view_beams(best)

# %% [markdown] lang="en"
# ### Exercise 8 · Score a path · code · 6 min · ●●○
#
# Write the score of a path from the probabilities of its tokens, with the penalty of Wu et al. (2016): $\text{score} = \sum_i \log p_i \,\big/\, \left(\frac{5+n}{6}\right)^{\alpha}$ for a path of $n$ tokens.

# %% [markdown] lang="zh"
# ### 练习 8 · 给路径打分 · 动手写 · 6 分钟 · ●●○
#
# 由路径上各词元的概率算出它的分数，用 Wu 等人（2016）的长度惩罚；一条有 $n$ 个词元的路径，$\text{score} = \sum_i \log p_i \,\big/\, \left(\frac{5+n}{6}\right)^{\alpha}$。

# %% label="exercise-score" tags=["exercise"]
def path_score(probabilities, alpha):
    """probabilities (token,) of the tokens of a path -> its score, one number"""
    #zh """probabilities (token,)：一条路径上各词元的概率 -> 它的得分，一个数"""
    ### BEGIN SOLUTION
    shrunk = ((5 + len(probabilities)) / 6) ** alpha
    return probabilities.log().sum() / shrunk
    ### END SOLUTION

# %% label="check-score" tags=["check"]
check("05.score", path_score)

# %% [markdown] lang="en"
# ### Exercise 9 · Find the bug · code · 8 min · ●●●
#
# A friend's beam search gives the same translations with 2 beams, with 4 and with 8, and none is ever better than the greedy one. Here is one step of it. `sums` holds the log probabilities of the paths so far; what should become of a path that is hopeless? Read it, see what it does with the numbers below, and mend it.

# %% [markdown] lang="zh"
# ### 练习 9 · 找出错误 · 动手写 · 8 分钟 · ●●●
#
# 朋友写的束搜索，束宽用 2、4、8，译文都一样，而且从来不比贪心的好。下面是其中的一步。`sums` 是各条路径到目前为止的对数概率之和；一条已经没有希望的路径，应该怎样处理？读一读，看它拿下面的数怎么办，再把它改好。

# %% label="broken-beam"
def broken_beam_step(sums, log_probabilities, n_kept):
    """sums (path,), log_probabilities (path, token) -> (n_kept, 2): the (path, token) that go on"""
    #zh """sums (path,)，log_probabilities (path, token) -> (n_kept, 2)：往下走的（路，词元）"""
    tops = log_probabilities.max(dim=-1)                           # the best token of each path #zh 每条路上最好的词元
    order = (sums + tops.values).argsort(descending=True)[:n_kept]
    return torch.stack([order, tops.indices[order]], dim=1)

sums = torch.tensor([-0.2, -6.0])                                  # a good path, a hopeless one #zh 一条好路，一条没指望的路
log_probabilities = torch.tensor([[0.5, 0.4, 0.1], [0.1, 0.1, 0.8]]).log()
print(broken_beam_step(sums, log_probabilities, 2).tolist())

# %% label="exercise-beam" tags=["exercise"]
def beam_step(sums, log_probabilities, n_kept):
    """As broken_beam_step, mended: rows (path, token), the best first"""
    #zh """把 broken_beam_step 改对：每行是（路，词元），最好的排在最前"""
    ### BEGIN SOLUTION
    totals = sums[:, None] + log_probabilities
    chosen = totals.flatten().topk(n_kept).indices
    n_pieces = totals.shape[1]
    return torch.stack([chosen // n_pieces, chosen % n_pieces], dim=1)
    ### END SOLUTION

# %% label="check-beam" tags=["check"]
check("05.beam", beam_step)

# %% [markdown] lang="en"
# Instead of taking the likeliest token one can draw lots, each token with the chance that the model gives it. A **temperature** below 1 sharpens the odds, above 1 flattens them.
#
# **Predict:** at which temperature does it begin to talk nonsense?

# %% [markdown] lang="zh"
# 也可以不取最可能的，而是抽签：模型认为某个词元有多可能，抽中它的机会就有多大。**温度**低于 1，机会更集中；高于 1，更平均。
#
# **先猜**：温度升到多高，它就开始胡说了？

# %% label="predict-nonsense"
predict("05.nonsense")

# %% label="temperature"
for temperature in (0.3, 1.0, 2.0):
    for seed in range(3):
        drawn = translator.translate(sentence_a, temperature=temperature, seed=seed)
        print(temperature, drawn.text)

# %% [markdown] lang="en"
# <!-- own -->
# With the sentence above: at 0.3 three times *I have a red umbrella*; at 1.0 the third draw has gone astray, somewhere between *my umbrella* and *coffee*; at 2.0 nothing is a sentence any more.
# <!-- others -->
# From which temperature on is it no sentence any more?
# <!-- all -->
# (`##` marks a piece that goes on a word.)
#
# ## How it was trained: forced to be right
#
# In training the target is known. So the decoder is not given what it wrote itself but the right tokens, all at once, **shifted right** by one: at place $i$ it reads token $i-1$ and is asked for token $i$. One run, and every place has an answer. That is **teacher forcing**, and the causal mask is what keeps it honest.
#
# In the cell below, its own translation stands in for the right one; put another in its place and see where the probabilities drop.

# %% [markdown] lang="zh"
# <!-- own -->
# 用上面的句子：0.3 时三次都是同一句；1.0 时第三次走了样，“我的伞”后面跑出了“咖啡”；到 2.0，已经没有一句像话的。
# <!-- others -->
# 从哪个温度起，就不再像话了？
# <!-- all -->
# （`##` 表示这一块接在前一块后面，同属一个词。）
#
# ## 它是怎么训练的：喂给它的总是正确答案
#
# 训练时译文是已知的。所以喂给解码器的不是它自己写的，而是正确的词元，一次全给，整体**右移一位**（shifted right）：在第 $i$ 个位置，它读到第 $i-1$ 个词元，要答的是第 $i$ 个。跑一遍，每个位置就都有了答案。这叫**教师强制**（teacher forcing，《动手学深度学习》译作“强制教学”）；有了因果掩码，它才没法偷看。
#
# 下面的单元格里，先拿它自己的译文充当正确答案；也可以换一句别的，看看概率在哪里掉下来。

# %% label="teacher-forcing"
read, asked = target, result.target_ids                       # shifted, and what is to be answered #zh 右移后的输入，和要答的词元
probabilities = model(source, read)[0][:, pieces].softmax(-1) # (target token, piece)
for place, token_id in enumerate(asked):
    probability = probabilities[place, (pieces == token_id).nonzero().item()]
    names = translator.tokenizer.convert_ids_to_tokens([read[0, place].item(), token_id])
    print(f"reads {names[0]:>8}   is asked for {names[1]:>8}   {probability:.3f}")
    #zh print(f"读到 {names[0]:>8}   要答 {names[1]:>8}   {probability:.3f}")

# %% [markdown] lang="en"
# ### Exercise 10 · Shift the target right · code · 5 min · ●○○
#
# Make what the decoder reads out of what it is asked for: the start token in front, and nothing longer than before.

# %% [markdown] lang="zh"
# ### 练习 10 · 把译文右移 · 动手写 · 5 分钟 · ●○○
#
# 由解码器要答的，造出解码器要读的：最前面放开始词元，总长不变。

# %% label="exercise-shift" tags=["exercise"]
def shifted(target_ids, start):
    """target_ids (token,) with the end token last -> what the decoder reads, (token,)"""
    #zh """target_ids (token,)，最后一个是结束词元 -> 解码器读的 (token,)"""
    ### BEGIN SOLUTION
    return torch.cat([torch.tensor([start]), target_ids[:-1]])
    ### END SOLUTION

# %% label="check-shift" tags=["check"]
check("05.shift", shifted)

# %% [markdown] lang="en"
# ### Exercise 11 · One training step · code · 10 min · ●●●
#
# The **loss** says how badly the model did: the *cross-entropy*, minus the logarithm of the probability that it gave the right token, averaged over all tokens that are asked for. Its **gradient** says, for each parameter, how fast the loss grows with it: `backward()`, called on the loss, computes it, and `step()`, called on the optimiser, which holds the parameters and the learning rate, moves them all a little against it.
#
# `decoder_ids` is the target shifted right, what the decoder reads; `target_ids` is what it is asked for. `inside` (batch, token) is False on the padding; `logits[inside]` and `target_ids[inside]` keep the real places. torch adds new gradients to old ones: who clears them? Give back the loss as a number, `loss.item()`.

# %% [markdown] lang="zh"
# ### 练习 11 · 一个训练步 · 动手写 · 10 分钟 · ●●●
#
# **损失**说的是模型错得有多厉害：这里用**交叉熵**（cross-entropy），也就是模型给正确词元的概率取对数、再取负，对所有要答的词元求平均。**梯度**说的是损失随每个参数增长得有多快：对损失调用 `backward()`，就把它算出来；优化器（optimiser）管着所有参数和学习率，对它调用 `step()`，参数就都逆着梯度走一小步。
#
# `decoder_ids` 是右移后的译文，解码器读的就是它；`target_ids` 是要答的。`inside` (batch, token) 在填充处是 False；`logits[inside]` 和 `target_ids[inside]` 只留真实的位置。torch 会把新的梯度加在旧的上面：谁来清零？最后把损失作为一个数返回：`loss.item()`。

# %% label="exercise-training-step" tags=["exercise"]
def training_step(model, optimiser, source_ids, decoder_ids, target_ids, inside):
    """One step down a batch's loss, ids (batch, token) -> the loss before the step, a number"""
    #zh """让一批的损失下降一步，ids (batch, token) -> 走这一步之前的损失，一个数"""
    ### BEGIN SOLUTION
    logits = model(source_ids, decoder_ids)
    loss = cross_entropy(logits[inside], target_ids[inside])
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
    ### END SOLUTION

# %% label="check-training-step" tags=["check"]
check("05.training_step", training_step)

# %% [markdown] lang="en"
# What happens without the mask? The decoder would see the answer at the next place and could simply copy it: almost no loss in training, and nothing to copy when it has to write.
# There is a price even with it. In training the model has only ever read *right* beginnings. When it writes by itself and slips once, it reads its own slip, a beginning it never met: **exposure bias**. Force a beginning it would not have chosen (你 you, 因为 because, 红 red) and see how it gets out of it:

# %% [markdown] lang="zh"
# 要是没有掩码呢？解码器会看到下一个位置上的答案，照抄就行：训练时几乎没有损失，真到自己写的时候，却没有东西可抄。
# 有了掩码，也有代价。训练时，模型读到的开头永远是**对的**。自己写的时候一旦写错，它读到的就是自己的错，一个它从没见过的开头：这叫**暴露偏差**（exposure bias，也译“曝光偏差”）。硬塞给它几个开头，看它怎么圆场：

# %% label="forced-beginning"
beginnings = ("你", "因为", "红") if result.target == "zh" else ("you", "because", "red")
for beginning in beginnings:
    print(f"{beginning}…  ", translator.translate(sentence_a, prefix=beginning).text)

# %% [markdown] lang="en"
# <!-- own -->
# With the sentence above: *you have a red umbrella*; *because I have a red umbrella*; and *red umbrella I have a red one*: it says the umbrella at once, and then begins again.
# <!-- others -->
# Which beginnings does it carry on as if it had wanted them, and where does it begin again?
# <!-- all -->
#
# ## The cache
#
# Step by step, the greedy loop above ran the whole model again for every token. The encoder need run only once: its memory stays. And in the decoder keys and values of earlier tokens do not change: the mask sees to it that nothing later reaches them. So keep them, and compute the new token alone.
#
# **Predict:** which of query, key and value of an earlier token need not be kept?

# %% [markdown] lang="zh"
# <!-- own -->
# 用上面的句子：前两个开头都接得上；到了“红”，它先把“雨伞”说出来，然后又从头说起。
# <!-- others -->
# 哪个开头接得上？哪个接不上，只好从头再说？
# <!-- all -->
#
# ## 键值缓存（key/value cache，KV cache）
#
# 上面的贪心循环，每写一个词元就把整个模型重跑一遍。编码器其实只要跑一次：它的“记忆”不变。在解码器里，前面词元的键和值也不会变：有掩码在，后来的东西影响不到它们。那就把它们留着，每次只算新的那一个。
#
# **先猜**：前面词元的查询、键、值，哪一个不必留？

# %% label="predict-kept"
predict("05.kept")

# %% label="cache"
cache, written = Cache(translator.n_layers), [translator.start]
while written[-1] != translator.end and len(written) < 40:
    new = torch.tensor([written[-1:]])                        # the new token alone #zh 只有这个新词元
    state = model.decode(new, memory, cache=cache).states[0, -1]
    written.append(pieces[model.logits(state)[pieces].argmax()].item())
print("the same tokens:", tuple(written[1:]) == result.target_ids)
print("kept in the cache:", cache.n_tokens, "tokens")
#zh print("词元相同：", tuple(written[1:]) == result.target_ids)
#zh print("缓存里的词元：", cache.n_tokens, "个")

# %% [markdown] lang="en"
# Not the query: it asks once, at its own step; keys and values answer at all later ones.
#
# How much is saved depends on the length, and on your machine; so no figure is kept here. The cell takes the median of three runs after one to warm up; expect a ratio above 1 that grows with the length. Run it:

# %% [markdown] lang="zh"
# 查询不必留：它只在自己那一步问一次；键和值，后面每一步都要用来应答。
#
# 省下多少，要看长度，也看你的机器，所以这里不留数字。先空跑一遍热身，再跑三遍取中位数；比值应当大于 1，而且越长越大。自己跑一下：

# %% label="cache-timed" tags=["volatile"]
from functools import partial
from timeit import repeat

def whole(ids):
    return [model.decode(ids[:, :n + 1], memory) for n in range(ids.shape[1])]

def cached(ids):
    cache = Cache(translator.n_layers)
    return [model.decode(ids[:, n:n + 1], memory, cache=cache) for n in range(ids.shape[1])]

for n_tokens in (10, 30, 60):
    ids = torch.randint(10, 2000, (1, n_tokens))
    times = [sorted(repeat(partial(run, ids), number=1, repeat=4)[1:])[1]
             for run in (whole, cached)]
    print(f"{n_tokens} tokens: without the cache {times[0] / times[1]:.1f} times as long")
    #zh print(f"{n_tokens} 个词元：不用缓存，用时是 {times[0] / times[1]:.1f} 倍")

# %% [markdown] lang="en"
# One thing a cached step must be told: *where* it stands. `model.decode` sees a single token and adds the position behind those in the cache, `cache.n_tokens`, not position 0. With the rotary positions of chapter 04 it is the same: query and key of the new token are turned by that offset. In chapter 07 you meet a model in which it was forgotten.

# %% [markdown] lang="zh"
# 用缓存走一步时，有一件事必须告诉它：自己站在**哪里**。`model.decode` 只看到一个词元，加的却不是位置 0，而是排在缓存后面的那个位置，`cache.n_tokens`。换成第 04 章的旋转位置编码也一样：新词元的查询和键，要按这个偏移量旋转。第 07 章你会遇到一个忘了这件事的模型。

# %% [markdown] lang="en"
# ### Exercise 12 · One step with a cache · code · 8 min · ●●●
#
# One head. The keys and values of the tokens so far are given, and query, key and value of the new token.

# %% [markdown] lang="zh"
# ### 练习 12 · 用缓存走一步 · 动手写 · 8 分钟 · ●●●
#
# 只有一个头。给你前面各词元的键和值，以及新词元的查询、键、值。

# %% label="exercise-cached" tags=["exercise"]
def cached_step(keys, values, query, key, value):
    """keys, values (token, d_head) so far; query, key, value (d_head,) of the new token
    -> its context (d_head,)"""
    #zh """keys、values (token, d_head) 来自前面的词元，query、key、value (d_head,) 属于新词元
    #zh -> 它的上下文向量 (d_head,)"""
    ### BEGIN SOLUTION
    keys, values = torch.vstack([keys, key]), torch.vstack([values, value])
    return (keys @ query / len(query) ** 0.5).softmax(-1) @ values
    ### END SOLUTION

# %% label="check-cached" tags=["check"]
check("05.cached", cached_step)

# %% [markdown] lang="en"
# ## The taught head and the others
#
# Here is the cross-attention of the taught head, all steps at once; below it the head of the last layer that comes nearest to it on this sentence, which nobody taught.

# %% [markdown] lang="zh"
# ## 教出来的头（taught head）和别的头
#
# 下面是教出来的那个头的交叉注意力，所有步骤画在一起；再下面是最后一层里、在这句话上与它最像的一个头，这个头没有人教过。

# %% label="view-taught"
layer, head = translator.taught_head
view_heads(result.cross, layer=layer, heads=head)

# %% label="view-untaught"
likeness = (result.cross_weights[-1] * result.cross_weights[layer, head]).sum((-2, -1))   # (head,)
view_heads(result.cross, layer=translator.n_layers - 1, heads=likeness.argmax().item())

# %% [markdown] lang="en"
# Does the translation hang on the taught head? Attention weight is not importance; so take it away and see. Then take all heads of one layer away, and at last all cross-attention there is.
# Different words can say the same, so a number stands beside each translation: the log probability of the *first* translation after the change (nearer to 0 = likelier).
#
# **Predict:** what will it write with no cross-attention at all: nothing, single letters, or a sentence?

# %% [markdown] lang="zh"
# 译文靠的是教出来的那个头吗？注意力权重不等于重要性，所以拿走它看看；再把某一层的头全部拿走；最后把交叉注意力统统拿走。
# 换个说法也可能是同一个意思，所以每行前面有一个数：改动之后，模型给**第一句译文**的对数概率（越接近 0 越可能）。
#
# **先猜**：一点交叉注意力也没有，它会写出什么：什么也不写、几个零散的字，还是一句话？

# %% label="predict-no-cross"
predict("05.no_cross")

# %% label="cross-heads-off"
layers = range(translator.n_layers)
places = [(layer, head) for layer in layers for head in range(translator.n_heads)]
off = {"nothing off": [], "the taught head": [translator.taught_head]}
off |= {f"all of layer {n}": [place for place in places if place[0] == n] for n in layers}
for name, heads in {**off, "all cross-attention": places}.items():
#zh off = {"都不关": [], "教出来的头": [translator.taught_head]}
#zh off |= {f"第 {n} 层全部": [place for place in places if place[0] == n] for n in layers}
#zh for name, heads in {**off, "全部交叉注意力": places}.items():
    written = translator.translate(sentence_a, heads_off=heads)
    kept = translator.translate(sentence_a, prefix=result.text, heads_off=heads)
    print(f"{name:20} {kept.log_probability:7.2f}   {written.text}")
    #zh print(f"{name:　<8} {kept.log_probability:7.2f}   {written.text}")

# %% [markdown] lang="en"
# <!-- own -->
# With one head or one layer less, the lines say the same in other words (红色的雨伞 is *a red umbrella* as well; 个 in place of 把 is a clumsier measure word): other heads stood in. The last line is the decisive one. With the sentence above it means about *in this, someone will talk*: fluent, and about nothing in the source.
# <!-- others -->
# With one head or one layer less, do the lines still say the same? Then other heads stood in. The last line is the decisive one: does it still speak of anything in the source?
# <!-- all -->
# That is what cross-attention is for: without it the decoder still knows its language, and no longer knows what to say. One sentence proves little; try some of your own.
#
# ## Where it fails
#
# First where it is at home, short everyday sentences, in both directions:

# %% [markdown] lang="zh"
# <!-- own -->
# 少一个头或少一层，译文换了说法，意思没变（“红色的雨伞”也对；“一个”不如“一把”地道）：别的头顶了上来。最后一行才见分晓：句子通顺，说的却与原文毫不相干。
# <!-- others -->
# 少一个头或少一层，意思变了没有？没变，就是别的头顶了上来。最后一行才见分晓：它说的跟原文还有关系吗？
# <!-- all -->
# 这就是交叉注意力的用处：没有它，解码器仍然会说话，只是不知道该说什么。一句话说明不了什么，多换几句试试。
#
# ## 它在哪里会错
#
# 先看它拿手的，日常短句，两个方向都有：

# %% label="everyday"
for sentence in ("What do you want to eat today?", "They did not come yesterday.",
                 "我明天要去医院。", "这本书很有意思。"):
    print(f"{sentence}   {translator.translate(sentence, beam=4).text}")

# %% [markdown] lang="en"
# (*What do you want to eat today?* and *they did not come yesterday*, in Chinese; *I am going to the hospital tomorrow* and *this book is very interesting*, from it.) All four are right.
#
# Now the other side. These sentences were chosen by kind, not by how they come out. Read them before you run the cell.
#
# **Predict:** which kinds will fail?

# %% [markdown] lang="zh"
# 四句都对。
#
# 现在看另一面。这些句子是按类别选的，没有先看结果。先读一遍，再运行。
#
# **先猜**：哪几类会翻错？

# %% label="predict-fails"
predict("05.fails")

# %% label="failures"
kinds = {"everyday": "Where is my bag?", "feeling": "I feel lonely at night.",
         "number": "I paid thirty-five dollars.", "name": "Wittgenstein lived in Norway.",
         "rare word": "The squirrel hid an acorn.",
         "long": "My brother, who lives near the sea, said he would come if it did not rain."}
for kind, sentence in kinds.items():
    print(f"{kind:>10}: {sentence}\n{'':>10}  {translator.translate(sentence, beam=4).text}")
#zh kinds = {"日常": "Where is my bag?", "心情": "I feel lonely at night.",
#zh          "数字": "I paid thirty-five dollars.", "人名": "Wittgenstein lived in Norway.",
#zh          "罕见词": "The squirrel hid an acorn.",
#zh          "长句": "My brother, who lives near the sea, said he would come if it did not rain."}
#zh for kind, sentence in kinds.items():
#zh     print(f"{kind:　>3}：{sentence}\n{'':　>4}{translator.translate(sentence, beam=4).text}")

# %% [markdown] lang="en"
# If you do not read Chinese: *Where is my bag?* and *I feel lonely at night* are right. *I spent thirty dollars*: the five is lost. *Fake-rub lives in Paris*: an unknown name became noise, and Norway a place it has met more often.
# *The gentleman hid a sour oil*: two rare nouns, two inventions. *My younger brother lives by the sea, and it just will not rain*: the condition is gone. Each is fluent, and nothing warns you. The same six into English:

# %% [markdown] lang="zh"
# 没读到过的人名成了不知所云的字，少见的“挪威”换成了常见的“巴黎”；“三十五”丢了“五”；两个生僻的名词，两个都是编的；长句里的条件不见了。（“藏著”的“著”是训练文字里的繁体写法。）句句通顺，也没有任何提醒。同样六句，再译成英文：

# %% label="failures-into-english"
for sentence in ("我的包在哪里？", "我晚上感到孤独。", "我付了三十五美元。", "维特根斯坦住在挪威。",
                 "松鼠藏了一颗橡子。", "我哥哥住在海边，他说如果不下雨就来。"):
    print(f"{sentence}   {translator.translate(sentence, beam=4).text}")

# %% [markdown] lang="en"
# How good is it on the whole? Two measures compare a translation with one that a person wrote: **BLEU** counts what part of the written groups of one to four tokens (for Chinese: characters) stands in the reference too, takes the geometric mean of the four parts, and lowers it where the translation is too short; **chrF** counts shared groups of characters. Both go from 0 to 100. Here are both on a short list of everyday sentences each way, written for this course while it was training; it has not read them:

# %% [markdown] lang="zh"
# 总的来说有多好？常用的衡量办法有两种，都是拿译文与人写的译文比：**BLEU** 看译文里一到四个连在一起的词元（中文按字）有多大比例也出现在参考译文里，取四个比例的几何平均，译文太短还要打折；**chrF** 数相同的字符组。两者都是从 0 到 100。下面用两个方向各几十个日常句子来算；这些句子是训练它的时候专门写的，它一句也没有读过：

# %% label="measured"
from helpers.models.translation.quality import FRESH, quality

names = {"zh": "Chinese", "en": "English"}
#zh names = {"zh": "中文", "en": "英文"}
for pairs, target in ((FRESH["en_zh"], "zh"), (FRESH["zh_en"], "en")):
    sources, references = zip(*pairs)
    written = [translator.translate(source, target).text for source in sources]
    figures = quality(written, references, target)
    print(f"into {names[target]}, {len(pairs)} sentences: "
          f"BLEU {figures['bleu']:.1f}, chrF {figures['chrf']:.1f}")
    #zh print(f"译成{names[target]}，{len(pairs)} 句："
    #zh       f"BLEU {figures['bleu']:.1f}，chrF {figures['chrf']:.1f}")

# %% [markdown] lang="en"
# A figure alone says little: a good translation that chose other words scores low, and forty easy sentences are a small and friendly sample. On 1,500 held-out pairs the model card has 36.4 into Chinese and 30.1 into English (BLEU, greedy): take *those* home. They stand there
# sorted by how near the nearest training sentence is: compare near with far. The model is small enough to be seen through, and that is what it is for.
#
# ## Watch one learn
#
# All this was learnt from examples. You can watch it happen: a very small Transformer, one layer on each side, and a task whose right attention we know: to write a word of random letters **backwards**. To write the first letter it must look at the last one, and so on.
#
# In the map, a row is a letter to be written and a column a letter that was read. A frame marks where the letter to be written stands; nobody tells the model where that is.
#
# **Predict:** what will the map look like when it can do it? **The layers are the ones you wrote**, `encoder_layer` and `decoder_layer`; where one is not written yet, or cannot be trained, the picture or a sentence says so. The next cells train it for 400 steps, ten to thirty seconds; keep your eyes on the map. (You can interrupt the kernel at any time: nothing learnt is lost.)

# %% [markdown] lang="zh"
# 单看一个数字说明不了多少：译得好、只是换了说法的句子，得分会低；四十个简单的句子又少又容易。在 1500 对留出的句子上，模型卡给出的是译成中文 36.4、译成英文 30.1（BLEU，贪心）：请记住**这两个**数。那里
# 还按“与最相近的训练句有多接近”分了档，可以比比近的和远的。这个模型小得能让人看透，它的用处正在这里。
#
# ## 看着一个模型学会
#
# 这一切都是从例子里学来的。你可以亲眼看它发生：一个很小的 Transformer，编码器和解码器各一层；学的这件事，注意力该看哪里，我们一清二楚：把一串随机的字母**倒着**写。写第一个字母要看最后一个，依此类推。
#
# 图里一行是一个该写的字母，一列是一个读到的字母。框出的是该写的字母所在的位置；这一点没有人告诉模型。
#
# **先猜**：学会以后，这张图会是什么样子？**用的就是你写的层**：`encoder_layer` 和 `decoder_layer`；哪一个还没写，或者没法训练，图里或一句话会告诉你。再下面的单元格会训练 400 步，大约十到三十秒；眼睛盯住图。（随时可以中断内核，学到的不会丢。）

# %% label="predict-map"
predict("05.map", hide=False)

# %% label="explore-training"
small = explore_training("reverse", encoder_layer=encoder_layer, decoder_layer=decoder_layer)
small

# %% label="live-training"
small.train(steps=400)
for moment in small.record.moments[::5]:
    print(f"step {moment.step:>3}: {moment.accuracy:.2f} right, writes {''.join(moment.written)}")
    #zh print(f"第 {moment.step:>3} 步：写对 {moment.accuracy:.2f}，写出 {''.join(moment.written)}")

# %% label="view-live"
view_training(small.record)

# %% [markdown] lang="en"
# The frames fill up, those at the ends first, and what grows is a straight line from corner to corner: the first letter written looks at the last one read, the second at the last but one. Nobody showed it that; only right answers were shown.
#
# **Try** in the widget above: *Look back* to the steps where some frames are still empty, and read off what it writes there. *Train on* for another minute, *Stop* when you like. Then other tasks: what will the map of *copy a word* look like, and of *sort the letters*? And a learning rate of 10?
#
# ### What is each part for? Take it away
#
# Now a smaller model, 200 steps, first whole and then with one part off each time. (The course's own layers; you can do the same with yours: leave a part out of `encoder_layer` and run the cells again.)

# %% [markdown] lang="zh"
# 框从两头开始，一个接一个地填满，长出来的是从一角到另一角的一条直线：写第一个字母时看读到的最后一个，写第二个时看倒数第二个。没有人教过它看哪里，给它看的只有正确答案。
#
# 在上面的控件里**试一试**：用“回看”回到有些框还空着的时候，看它在那里写了什么。再“继续训练”一分钟，想停就“停”。然后换别的任务：“抄写单词”的图会是什么样？“给单词的字母排序”呢？学习率调到 10 又会怎样？
#
# ### 每个部分有什么用？拿掉看看
#
# 现在换一个更小的模型，每次训练 200 步：先是完整的，然后每次去掉一个部分。（用的是课程自带的层；你也可以拿自己的试：在 `encoder_layer` 里去掉一个部分，再把那几个单元格跑一遍。）

# %% label="whole-model"
def learnt(**switches):
    """Train 200 steps, say how far it came, return the record"""
    #zh """训练 200 步，说出学到了几成，返回记录"""
    settings = LiveSettings(d_model=32, learning_rate=0.01, **switches)
    record = LiveTraining(settings).train(steps=200)
    print(f"{record.last.accuracy:.0%} of the letters right, loss {record.last.loss:.2f}")
    #zh print(f"字母写对 {record.last.accuracy:.0%}，损失 {record.last.loss:.2f}")
    return record

whole_model = learnt()

# %% [markdown] lang="en"
# **Predict:** and without the residual connections, so that each part's output takes the place of its input?

# %% [markdown] lang="zh"
# **先猜**：去掉残差连接，让每个部分的输出顶替输入，会怎样？

# %% label="predict-residual-off"
predict("05.residual_off")

# %% label="residual-off"
no_residual = learnt(residual=False)

# %% [markdown] lang="en"
# **Predict:** without the feed-forward networks?

# %% [markdown] lang="zh"
# **先猜**：去掉前馈网络呢？

# %% label="predict-thinking-off"
predict("05.thinking_off")

# %% label="feed-forward-off"
no_feed_forward = learnt(feed_forward=False)

# %% [markdown] lang="en"
# **Predict:** without any layer norm?

# %% [markdown] lang="zh"
# **先猜**：层归一化一个也不要呢？

# %% label="predict-norm-off"
predict("05.norm_off")

# %% label="norm-off"
no_norm = learnt(norm="none")

# %% [markdown] lang="en"
# A surprise, and an honest one: this model is one layer deep and has little to hold in check; here the norm costs a little at the start. What it is for showed above, in the deep ones. An experiment on a small model says something about small models.
#
# And without positions? **Predict:** which letters will it get right?

# %% [markdown] lang="zh"
# 出乎意料，却是实测：这个模型只有一层，没有多少东西要管；在这里，层归一化开头反而拖慢了一点。它的用处，上面那些深的模型里才看得到。在小模型上做的实验，说明的是小模型的事。
#
# 那么去掉位置编码呢？**先猜**：它能写对哪些字母？

# %% label="predict-blind"
predict("05.blind")

# %% label="live-without-positions"
view_training(learnt(positions=False))

# %% [markdown] lang="en"
# It writes letters that the word has, in an order that it has not: without positions a word is a bag of letters. That was chapter 04, seen from the other side.
#
# ## The translator, from birth
#
# The translator of this course was watched as well. While it learnt, its weights were kept at some two dozen steps, further and further apart.
#
# **Predict:** what does it write at its birth? Which words will it get right first, the frequent ones or the ones that matter?

# %% [markdown] lang="zh"
# 它写的字母单词里都有，次序却不是单词里的次序：没有位置编码，一个词只是一袋字母。第 04 章讲的，正是这件事的另一面。
#
# ## 从头看这个翻译模型怎样学会
#
# 本课程的翻译模型，我们也记录了训练的全过程：在二十几个训练步存下了当时的权重，越往后隔得越远。
#
# **先猜**：刚初始化时它会写出什么？先学对的是常见的词，还是要紧的词？

# %% label="predict-first-words"
predict("05.first_words")

# %% label="from-birth"
training = load_training("translator")
seen = training.texts[0]
print(seen.text, "→", seen.reference)
for step, said in list(zip(training.steps, seen.said))[::3]:
    print(f"{step:>6}  {said[:40]}")

# %% [markdown] lang="en"
# At first one token over and over (撕 *tear*: chance); an empty line means that it wrote the end at once; then 我 *I* and 人 *person*, words that stand in countless sentences; and only late 昨天 *yesterday*, 买了 *bought*, 红伞 *red umbrella*. The last two lines still slip: 一条 and 一个 both say *one*, but for umbrellas it is 一把.
#
# **Try:** move the slider from birth to the end and watch the taught head; then another head. When does each begin to point? Does the translation get right before the picture does, or after?
#
# Below the picture, every head is a line: how often its strongest weight lands on the word that translates. **Predict:** which comes first, the fall of the loss or the rise of the heads?

# %% [markdown] lang="zh"
# 起先是同一个字重复到底（“撕”，碰巧而已）；空着的一行，是一开口就写了结束词元；接着是“我”“人”，到处都用得上的字；很晚才有“昨天”“买了”“红伞”。末两行还有个小毛病：“一条”“一个”都不如“一把”。
#
# **试一试**：把滑块从第 0 步拖到最后，看教出来的那个头；再换一个头。它们各是什么时候开始对准译词的？是译文先变对，还是图先变清楚？
#
# 图的下面，每个头是一条线：它最大的权重有多少次落在对应的译词上。**先猜**：是损失先降下来，还是头先升上去？

# %% label="predict-loss-first"
predict("05.loss_first", hide=False)

# %% label="explore-birth"
explore_birth(training)

# %% [markdown] lang="en"
# *What to look for:* the loss falls long before any head aligns: at first the model only learns which tokens are frequent. Then the taught head leaves the crowd; the others follow, less far, and nobody asked them to.
#
# ## From here to BERT and to GPT
#
# Take the encoder alone, let every token see every token, and train it to guess hidden ones: that is **BERT** (the first BERT, and ours, also learnt to say whether two sentences belong together). It reads; it does not write.
# Take the decoder alone, without cross-attention, keep the causal mask, and train it to say what comes next: that is **GPT**. To translate, it reads source and target as one text.
#
# In the network the difference between the two is one mask; in the training it is the question they are asked:

# %% [markdown] lang="zh"
# *留意这一点*：损失早就在降，头却很晚才开始对齐：模型最先学到的，只是哪些词元常见。然后，教出来的那个头先从一堆线里冒出来；别的头也跟着往上走，没走那么高，可是并没有人要求它们这样做。
#
# ## 从这里到 BERT 和 GPT
#
# 只留编码器，让每个词元都能看见所有词元，训练它猜被遮住的词：这就是 **BERT**（最初的 BERT 和我们的，还学着判断两句话是不是一对）。它会读，不会写。
# 只留解码器，去掉交叉注意力，保留因果掩码，训练它说出下一个词：这就是 **GPT**。要翻译，就把原文和译文接成一段文字来读。
#
# 就网络来说，两者的区别是一个掩码；就训练来说，是问它们的问题不同：

# %% label="bert-and-gpt"
sizes = {"n_layers": 2, "d_model": 16, "n_heads": 2, "d_ff": 32, "dropout": 0.0}
tiny = Transformer(TransformerConfig(vocab_size=50, **sizes))
ids, changed = torch.tensor([[5, 6, 7, 8]]), torch.tensor([[5, 6, 7, 9]])
for name, mask in (("BERT", None), ("GPT", causal_mask(4))):
    difference = tiny.encode(ids, mask).states - tiny.encode(changed, mask).states
    noticed = (difference.abs().amax((0, 2)) > 1e-12).nonzero()[:, 0]
    print(f"{name:>4}: places that notice another last token:", noticed.tolist())
    #zh print(f"{name:>4}：换掉最后一个词元，察觉到的位置：", noticed.tolist())

# %% [markdown] lang="en"
# ### Exercise 13 · Explain · 6 min · ●●○
#
# A friend asks why GPT can keep a cache and BERT cannot. Answer in two sentences, with the last cell as your evidence.

# %% [markdown] lang="zh"
# ### 练习 13 · 讲给别人听 · 6 分钟 · ●●○
#
# 朋友问：为什么 GPT 可以用缓存，BERT 却不行？用两句话回答，以上面那个单元格为证。

# %% label="explain-cached"
explain("05.cached")

# %% [markdown] lang="en"
# ### Exercise 14 · Design an experiment · 8 min · ●●●
#
# "Two heads learn to write backwards faster than one." How would you find out? Say what you change and what you hold still, what you measure, how often you repeat it with another seed, and which result would speak *against* the sentence. `LiveSettings(n_heads=1, seed=3)` makes such a run. Write it down before you run anything.

# %% [markdown] lang="zh"
# ### 练习 14 · 设计一个实验 · 8 分钟 · ●●●
#
# “两个头比一个头更快学会倒着写。”你怎样查明？说清楚：改变什么，什么保持不变，测量什么，换种子重复几次，出现什么结果就说明这句话**不对**。`LiveSettings(n_heads=1, seed=3)` 就能造出这样的一次训练。先写下来，再动手跑。

# %% label="explain-design"
explain("05.design")

# %% [markdown] lang="en"
# ### Exercise 15 · The other direction · transfer · 6 min · ●●○
#
# With all cross-attention off the translator wrote a fluent Chinese sentence about nothing in the source. Does the same hold from Chinese into English? Two sentences (*I have a red umbrella*; *where is my bag?*), then choose some of your own, and explain what you see: what do the two lines have in common, and why?

# %% [markdown] lang="zh"
# ### 练习 15 · 换个方向 · 迁移 · 6 分钟 · ●●○
#
# 关掉全部交叉注意力以后，翻译模型写出了一句通顺的中文，与原文毫不相干。从中文译成英文也这样吗？先看两句，再换几句你自己的，然后解释你看到的：这两行有什么共同点？为什么？

# %% label="other-direction"
for sentence in ("我有一把红伞。", "我的包在哪里？"):
    print(sentence, "  ", translator.translate(sentence, heads_off=places).text)

# %% label="explain-transfer"
explain("05.transfer")

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"The decoder translates word by word."** It writes token by token, but each token is chosen by everything read and written so far; the order of the target is its own.
#
# **"Cross-attention is an alignment."** One head here points at words because it was taught to. What the others do nobody ordered, and the translation need not hang on the one that looks best.
#
# **"Beam search finds the best translation."** It looks for targets that the model scores higher, and may miss even those. Whether they are better is for the reader to say.
#
# **"The mask in the decoder hides padding."** Two masks, two reasons: one hides what is not there, the other what is not there *yet*.

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“解码器是一个词一个词地翻译的”**：它一个词元一个词元地写，但选每个词元时，读过的和写过的一切都算在内；译文有自己的语序。
#
# **“交叉注意力就是词对齐”**：这里有一个头会指着对应的词，因为它是这样教出来的。其余的头做什么，没有人规定；译文也不一定靠看起来最像样的那个头。
#
# **“束搜索能找到最好的译文”**：它找的是模型打分更高的译文，而且也可能漏掉。是不是更好，要由读的人来说。
#
# **“解码器里的掩码是用来遮填充的”**：两个掩码，两个理由：一个遮的是本来就没有的，另一个遮的是**现在还**没有的。

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("05.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. Encoder layer: attention and feed-forward, each added to the residual stream. Decoder layer: one part more, cross-attention, where the target asks and the source answers.
# 2. The padding mask hides the filling, the causal mask what comes later. Off by one, and a token sees its own answer, or not even itself.
# 3. Greedy search takes the likeliest token, beam search keeps several beginnings. A cache keeps keys and values, because the causal mask makes them final.
# 4. Trained by teacher forcing on shifted targets: forward, loss, clear, backward, step. Without residuals the small model you watched gets stuck, without positions it cannot order; a feed-forward network speeds it up, and the norm is for depth.
# 5. A small model fails first on rare words, names, numbers and long sentences; you have seen which of them this one gets wrong. BERT is the encoder alone, GPT the decoder alone.
#
# All of this Transformer is in `helpers/transformer`, a few hundred lines; read them now, you know every part.
#
# **Next:** what becomes of its left half alone when it is trained to guess hidden words: BERT.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, sections 3 and 5.4. Bahdanau, Cho and Bengio 2014, *Neural Machine Translation by Jointly Learning to Align and Translate* (cross-attention).
# Sutskever, Vinyals and Le 2014, *Sequence to Sequence Learning with Neural Networks* (beam search). Wu et al. 2016, *Google's Neural Machine Translation System*, eq. 14 (length penalty).
# Williams and Zipser 1989 (teacher forcing); Ranzato et al. 2016, *Sequence Level Training with Recurrent Neural Networks* (exposure bias). Garg et al. 2019, *Jointly Learning to Align and Translate with Transformer Models* (the taught head).
# Xiong et al. 2020, *On Layer Normalization in the Transformer Architecture*. Papineni et al. 2002 (BLEU); Popović 2015 (chrF); Post 2018 (sacrebleu). Devlin et al. 2019 (BERT); Radford et al. 2018 (GPT).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 编码器层：注意力和前馈网络，各自加进残差流。解码器层多一个部分，交叉注意力：译文提问，原文应答。
# 2. 填充掩码遮住填充，因果掩码遮住后文。错开一位，词元就会看到自己的答案，或者连自己都看不到。
# 3. 贪心搜索每次取最可能的词元，束搜索同时保留几个开头。缓存能留住键和值，因为有了因果掩码，它们不会再变。
# 4. 训练用教师强制，目标右移一位：前向、损失、清零、反向、走一步。你看着训练的小模型，没有残差就停在半路，没有位置就排不出次序；有前馈网络学得更快，层归一化要到深的模型里才显出用处。
# 5. 小模型最先在生僻词、人名、数字和长句上出错；这一个错在哪几类，你已经看到了。BERT 只有编码器，GPT 只有解码器。
#
# 本章的 Transformer 全在 `helpers/transformer` 里，只有几百行；现在去读吧，每个部分你都认识了。
#
# **下一步**：只留下左半边，训练它猜遮住的词，那就是 BERT。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，第 3 节和 5.4 节。Bahdanau、Cho 与 Bengio（2014），*Neural Machine Translation by Jointly Learning to Align and Translate*（交叉注意力）。
# Sutskever、Vinyals 与 Le（2014），*Sequence to Sequence Learning with Neural Networks*（束搜索）。Wu 等（2016），*Google's Neural Machine Translation System*，式 14（长度惩罚）。
# Williams 与 Zipser（1989）（教师强制）；Ranzato 等（2016），*Sequence Level Training with Recurrent Neural Networks*（暴露偏差）。Garg 等（2019），*Jointly Learning to Align and Translate with Transformer Models*（教出来的头）。
# Xiong 等（2020），*On Layer Normalization in the Transformer Architecture*。Papineni 等（2002）（BLEU）；Popović（2015）（chrF）；Post（2018）（sacrebleu）。Devlin 等（2019）（BERT）；Radford 等（2018）（GPT）。
