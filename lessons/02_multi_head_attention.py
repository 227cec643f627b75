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
# # Multi-head attention: many questions at once
#
# **You will make** multi-head attention with your own hands, put the weights of a trained BERT into it,
# and then switch off heads of that BERT and watch its guess change.
#
# **You will be able to**
# 1. say why one head is not enough,
# 2. split, attend and merge, and count the parameters of a layer,
# 3. recognise what a head does, by eye and by measure, and know how far to trust its name,
# 4. switch a head off, and say what that proves and what it does not.
#
# **You need** chapter 01. About 160 minutes, 80 of them exercises: more than one sitting. A good place to stop is before *All heads at once*, after an hour: by then you have built it, and what follows asks what heads do. On a first reading the sections marked ✻ can be left out: 110 minutes without.

# %% [markdown] lang="zh"
# # 多头注意力（multi-head attention）：同时问很多个问题
#
# **你会做出**：亲手写一遍多头注意力，把训练好的 BERT 的权重装进去；
# 再把 BERT 的头关掉几个，看它的猜测怎样变化。
#
# **学完这一章，你能**
# 1. 说清楚为什么一个头不够用；
# 2. 拆分（split）、计算注意力、合并（merge），并数出一层有多少参数（parameter）；
# 3. 靠眼睛看、靠测量，认出一个头在做什么，也知道给头起的名字有几分可信；
# 4. 关掉一个头，并说出这样做证明了什么、没有证明什么。
#
# **你需要**：学过第 01 章。大约 160 分钟，其中 80 分钟是练习，最好分两次学。中途可以停在“所有的头一起看”之前，大约一小时：到那里，多头注意力已经造好；后面看的是，头到底在做什么。第一遍读，标了 ✻ 的小节可以跳过：跳过之后大约 110 分钟。

# %% label="imports"
import torch
from helpers.attention import merge_heads, scaled_dot_product_attention, split_heads
from helpers.checks import check, hint
from helpers.controls import explore_birth, explore_interventions, explore_model
from helpers.heads import describe_heads, roll_out
from helpers.interventions import compare
from helpers.models import AttentionRecord, load_bert, load_training
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.text import say
from helpers.views import view_birth, view_heads, view_map, view_model

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("02.start")

# %% [markdown] lang="en"
# **Where we are on the map:** the same box as last time, now with all its heads.

# %% [markdown] lang="zh"
# **今天在地图上的位置**：还是上一章那一格，这次所有的头都要看。

# %% label="map"
view_map("02")

# %% [markdown] lang="en"
# ## One head is not enough
#
# A sentence, and the same in another language. Use your own if you like.
# <!-- own -->
# (那只 that, 动物 animal, 没有 not, 过 cross, 马路 street, 因为 because, 它 it, 太 too, 累 tired; 了 is a particle.)

# %% [markdown] lang="zh"
# ## 一个头不够用
#
# 一句话，和它的另一种语言的说法。也可以换成你自己的。

# %% label="sentences" tags=["parameters"]
sentence_a = "The animal didn't cross the street because it was too tired."
sentence_b = "那只动物没有过马路，因为它太累了。"
model = "course"

# %% label="run"
bert = load_bert(model)
record = bert.run(sentence_a, sentence_b)
print(*record.tokens)

# %% [markdown] lang="en"
# Pick any word in the middle. **Predict:** to understand it, which other tokens would you want to look at?
# Write down two, for two different reasons.
#
# Here are two heads of the model, found by a measure that we shall open further down:
# one looks a step back, the other looks across to the other sentence.

# %% [markdown] lang="zh"
# 任选中间的一个词。**先猜**：要理解它，你会想看哪些别的词元？写下两个，各有各的理由。
#
# 下面是模型里的两个头，是用一种量法找出来的（后面会讲）：
# 一个看前一个词元，另一个看另一句。

# %% label="predict-reasons"
predict("02.reasons")

# %% label="two-heads"
summary = describe_heads(record)
kinds = ("previous", "other" if record.sentence_b_start else "next")
neighbour, counterpart = (summary.rank(kind)[0] for kind in kinds)      # two (layer, head) #zh 两个（层，头）
for query, token in enumerate(record.tokens[:record.sentence_b_start]):
    seen = [record.tokens[record.weights[place][query].argmax()]
            for place in (neighbour, counterpart)]
    print(f"{token:>12} looks at {seen[0]:>12} and at {seen[1]}")
    #zh print(f"{token:>12} 看 {seen[0]:>12}，也看 {seen[1]}")

# %% label="view-neighbour"
view_heads(record, layer=neighbour[0], heads=neighbour[1])

# %% label="view-counterpart"
view_heads(record, layer=counterpart[0], heads=counterpart[1], threshold=0.15)

# %% [markdown] lang="en"
# Could one head do both? A row of weights adds up to 1, so it would have to share: say 0.7 to the neighbour and 0.3 to the counterpart across.
# What arrives is the weighted average of their values. Let each say one number.
#
# **Predict:** what arrives is 2.6. Can anyone tell from it what the neighbour said?

# %% [markdown] lang="zh"
# 一个头能不能两样都做？一行权重加起来是 1，所以只能分着用：比如 0.7 给邻居，0.3 给另一句里的对应词。
# 收到的是两个值的加权平均。假设它们各说一个数。
#
# **先猜**：收到的是 2.6。看得出邻居说的是什么吗？

# %% label="predict-neighbour"
predict("02.neighbour")

# %% label="one-head-forgets"
for neighbour_says, counterpart_says in ((2.0, 4.0), (3.0, 5 / 3), (3.5, 0.5)):
    arrives = 0.7 * neighbour_says + 0.3 * counterpart_says
    print(f"one head: {arrives:.1f}   "
          f"two heads: {neighbour_says:.1f} and {counterpart_says:.1f}")
    #zh print(f"一个头：{arrives:.1f}   "
    #zh       f"两个头：{neighbour_says:.1f} 和 {counterpart_says:.1f}")

# %% [markdown] lang="en"
# Three different pairs, one and the same average: with *any* weights two numbers go into one, and nobody gets them out again. One head averages, and an average forgets who said what. Two heads keep two answers side by side.
# That is the whole idea: several attentions at once, each with weights of its own, each with its own place in the result.

# %% [markdown] lang="zh"
# 三对不同的数，平均下来一模一样：不管权重是多少，两个数合成一个，谁也没法再把它们分开。一个头只会求平均，平均数记不住谁说了什么。两个头把两个答案并排留着。
# 多头的想法就是这样：同时计算好几次注意力，各有各的权重，在结果里也各占各的位置。

# %% [markdown] lang="en"
# ## Split, attend, merge
#
# Heads cost no extra parameters and about the same number of products; only the tables of weights are as many as there are heads. What is cut into heads are the queries, keys and values, not the word: each of their numbers was made from the *whole* word vector. (Papers call the small space that a head works in a *representation subspace*.) Here are the queries and keys of chapter 01. There the four numbers were one head, $d_{head}=4$; here they are the whole width, $d_{model}=4$,
# cut for two heads of $d_{head}=2$: head 0 takes the first two columns, head 1 the last two. (The values are new.)
#
# **Predict:** whom does *dog* (the middle row) look at in head 0, and whom in head 1? It can be done in your head.

# %% [markdown] lang="zh"
# ## 拆分、计算注意力、合并
#
# 多分几个头，参数不增加，计算量也基本不变；只是权重表的张数跟头数一样多。切开的是查询、键和值，不是词：它们的每个数，都由**整个**词向量算出。论文里把一个头工作的那个小空间叫作**表示子空间**（representation subspace）。下面是第 01 章的查询和键。在那里，四个数是一个头，$d_{head}=4$；在这里，四个数是整个宽度，$d_{model}=4$，
# 分给两个 $d_{head}=2$ 的头：头 0 取前两列，头 1 取后两列。（值是新的。）
#
# **先猜**：*dog*（中间那一行）在头 0 里看谁？在头 1 里看谁？口算就能算出来。

# %% label="toy"
queries = torch.tensor([[1.0, 0, 1, 0],     # the asks #zh the 在问
                        [0.0, 1, 1, 1],     # dog asks #zh dog 在问
                        [2.0, 0, 1, 0]])    # ran asks #zh ran 在问
keys = torch.tensor([[0.0, 1, 0, 0],        # the answers #zh the 在答
                     [1.0, 0, 2, 1],        # dog answers #zh dog 在答
                     [1.0, 2, 0, 2]])       # ran answers #zh ran 在答
values = torch.tensor([[1.0, 0, 0, 1],
                       [0.0, 2, 1, 0],
                       [3.0, 0, 0, 2]])     # (token, d_model)

# %% label="predict-two-opinions"
predict("02.two_opinions")

# %% label="two-heads-by-hand"
context_0, weights_0 = scaled_dot_product_attention(queries[:, :2], keys[:, :2], values[:, :2])
context_1, weights_1 = scaled_dot_product_attention(queries[:, 2:], keys[:, 2:], values[:, 2:])
print("head 0\n", weights_0)                # (query, key)
print("head 1\n", weights_1)
print("one head of width 4\n", scaled_dot_product_attention(queries, keys, values)[1])
#zh print("头 0\n", weights_0)                  # (query, key)
#zh print("头 1\n", weights_1)
#zh print("一个宽度为 4 的头\n", scaled_dot_product_attention(queries, keys, values)[1])

# %% [markdown] lang="en"
# In head 0 *dog* looks mostly at *ran*, in head 1 at itself. The one wide head had to add the two opinions up before softmax;
# now each has a softmax of its own, and its own scale: $\sqrt{d_{head}}=\sqrt 2$, not $\sqrt 4$.
#
# Merging is putting side by side. Each token has four numbers again, two from each head:

# %% [markdown] lang="zh"
# 在头 0 里，*dog* 主要看 *ran*；在头 1 里，主要看自己。那个宽的头只能在 softmax 之前先把两种意见加起来；
# 现在各做各的 softmax，缩放也是各自的：$\sqrt{d_{head}}=\sqrt 2$，不是 $\sqrt 4$。
#
# 合并就是左右并排。每个词元又有了四个数，每个头出两个：

# %% label="merge-by-hand"
merged = torch.cat([context_0, context_1], dim=-1)   # (token, d_model)
merged

# %% [markdown] lang="en"
# With twelve heads nobody writes twelve lines. All heads go into one block, (head, token, d_head), and the same matrix products do them all.
# Only the cutting wants care. Both lines below give a block of the right shape.
#
# **Predict:** what will be in head 0, the first time and the second time?

# %% [markdown] lang="zh"
# 要是有十二个头，谁也不会写十二行。把所有的头放进一整块 (head, token, d_head)，同样的矩阵乘法一次全算完。
# 只有切的时候要小心。下面两种切法，得到的形状都对。
#
# **先猜**：第一种和第二种，头 0 里分别会是什么？

# %% label="predict-cut"
predict("02.cut")

# %% label="two-ways-to-cut"
numbered = torch.arange(12).reshape(3, 4)            # (token, d_model), numbered through #zh (token, d_model)，从 0 编号
print(numbered)
print("reshape alone, head 0:\n", numbered.reshape(2, 3, 2)[0])
print("split_heads, head 0:\n", split_heads(numbered, n_heads=2)[0])
#zh print("只用 reshape，头 0：\n", numbered.reshape(2, 3, 2)[0])
#zh print("split_heads，头 0：\n", split_heads(numbered, n_heads=2)[0])

# %% [markdown] lang="en"
# The first reads on line by line: its head 0 holds all of the first token, half of the second, and nothing of the third.
# The second holds the first two columns of every token. No error tells you which of them you have.
#
# ### Exercise 1 · Split · code · 8 min · ●●○
#
# Write the second way yourself: cut the vector of every token into as many equal pieces as there are heads, and let the heads come first.

# %% [markdown] lang="zh"
# 第一种是一行接一行地往下读：它的头 0 里有第一个词元的全部、第二个词元的一半，第三个词元一点也没有。
# 第二种是每个词元的前两列。两种都不会报错。
#
# ### 练习 1 · 拆分 · 动手写 · 8 分钟 · ●●○
#
# 把第二种切法自己写一遍：每个词元的向量按头数切成同样长的几段，头排在最前面。

# %% label="exercise-split" tags=["exercise"]
def split(inputs, n_heads):
    """inputs (token, d_model) -> (head, token, d_head); without split_heads"""
    #zh """inputs (token, d_model) -> (head, token, d_head)；不用 split_heads"""
    ### BEGIN SOLUTION
    return inputs.unflatten(1, (n_heads, -1)).swapaxes(0, 1)
    ### END SOLUTION

# %% label="check-split" tags=["check"]
check("02.split", split)

# %% [markdown] lang="en"
# ### Exercise 2 · Merge · code · 5 min · ●●○
#
# The way back. Stuck? `hint("02.merge")` in a new cell; again for more.

# %% [markdown] lang="zh"
# ### 练习 2 · 合并 · 动手写 · 5 分钟 · ●●○
#
# 把它还原。卡住了？新建一个单元格，运行 `hint("02.merge")`；再运行一次，提示会更多。

# %% label="exercise-merge" tags=["exercise"]
def merge(heads):
    """heads (head, token, d_head) -> (token, d_model); without merge_heads"""
    #zh """heads (head, token, d_head) -> (token, d_model)；不用 merge_heads"""
    ### BEGIN SOLUTION
    return heads.swapaxes(0, 1).flatten(1)
    ### END SOLUTION

# %% label="check-merge" tags=["check"]
check("02.merge", merge)

# %% [markdown] lang="en"
# With the helpers, all heads at once. It is what we did by hand:

# %% [markdown] lang="zh"
# 交给辅助函数，所有的头一次算完。和刚才亲手做的一样：

# %% label="helper-equals-hand"
context, weights = scaled_dot_product_attention(
    *(split_heads(part, 2) for part in (queries, keys, values)))
print("weights (head, query, key):", tuple(weights.shape))
print("equals the hand, difference < 1e-12:",
#zh print("权重 (head, query, key)：", tuple(weights.shape))
#zh print("与手算相等，相差 < 1e-12：",
      (merge_heads(context) - merged).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# ## The last matrix
#
# Side by side is not yet together: number 0 of a token still comes from head 0 alone.
# One more matrix, $W_O$, lets every number of the result draw on every head.
#
# $$\text{MultiHead}(X) = \text{concat}(\text{head}_0, \dots, \text{head}_{h-1})\,W_O, \qquad
# \text{head}_i = \text{softmax}\left(\frac{Q_i K_i^\top}{\sqrt{d_{head}}}\right) V_i$$
#
# where $Q_i, K_i, V_i$ are the columns of head $i$ in $X W_Q$, $X W_K$ and $X W_V$.
#
# ### Exercise 3 · Multi-head attention · code · 12 min · ●●●
#
# From inputs to output. You may use `split_heads`, `merge_heads` and `scaled_dot_product_attention`, or your own.

# %% [markdown] lang="zh"
# ## 最后一个矩阵
#
# 并排还不等于汇合：一个词元的第 0 个数，仍然只来自头 0。
# 再乘一个**输出矩阵**（output matrix）$W_O$，结果里的每个数就能从每个头取一点。
#
# $$\text{MultiHead}(X) = \text{concat}(\text{head}_0, \dots, \text{head}_{h-1})\,W_O, \qquad
# \text{head}_i = \text{softmax}\left(\frac{Q_i K_i^\top}{\sqrt{d_{head}}}\right) V_i$$
#
# 其中 $Q_i, K_i, V_i$ 是 $X W_Q$、$X W_K$、$X W_V$ 里属于头 $i$ 的那几列。
#
# ### 练习 3 · 多头注意力 · 动手写 · 12 分钟 · ●●●
#
# 从输入一直写到输出。可以用 `split_heads`、`merge_heads` 和 `scaled_dot_product_attention`，也可以用你自己写的。

# %% label="exercise-multi-head" tags=["exercise"]
def multi_head(inputs, w_query, w_key, w_value, w_output, n_heads):
    """inputs (token, d_model), four matrices (d_model, d_model) -> (token, d_model)"""
    #zh """inputs (token, d_model)，四个矩阵 (d_model, d_model) -> 输出 (token, d_model)"""
    ### BEGIN SOLUTION
    asked, offered, said = (split_heads(inputs @ w, n_heads) for w in (w_query, w_key, w_value))
    gathered, _ = scaled_dot_product_attention(asked, offered, said)
    return merge_heads(gathered) @ w_output
    ### END SOLUTION

# %% label="check-multi-head" tags=["check"]
check("02.multi_head", multi_head)

# %% [markdown] lang="en"
# `MultiHeadAttention` in `helpers/attention.py` is the same, with a bias in each projection (a learnt vector, added after the matrix). PyTorch has it as `torch.nn.MultiheadAttention`;
# with the same weights it must give the same numbers. It keeps $W_Q$, $W_K$ and $W_V$ stacked in one block.

# %% [markdown] lang="zh"
# `helpers/attention.py` 里的 `MultiHeadAttention` 就是它，只是每个**投影**（projection，乘以一个矩阵）多了一个**偏置**（bias，矩阵乘完再加上的一个学来的向量）。PyTorch 里叫 `torch.nn.MultiheadAttention`；
# 权重相同，数就该相同。它把 $W_Q$、$W_K$、$W_V$ 摞成了一整块。

# %% label="equals-torch"
from helpers.attention import MultiHeadAttention
ours = MultiHeadAttention(d_model=8, n_heads=2)
theirs = torch.nn.MultiheadAttention(8, 2, batch_first=True)
three = (ours.w_query, ours.w_key, ours.w_value)
theirs.load_state_dict({"in_proj_weight": torch.cat([part.weight for part in three]),
                        "in_proj_bias": torch.cat([part.bias for part in three]),
                        "out_proj.weight": ours.w_output.weight,
                        "out_proj.bias": ours.w_output.bias})
inputs = torch.randn(1, 5, 8)                                           # (batch, token, d_model)
(output, weights), (their_output, their_weights) = ours(inputs), theirs(inputs, inputs, inputs)
print("equals PyTorch, difference < 1e-12:", (output - their_output).abs().max().item() < 1e-12)
print("weights, ours:", tuple(weights.shape), " theirs:", tuple(their_weights.shape))
#zh print("与 PyTorch 相等，相差 < 1e-12：", (output - their_output).abs().max().item() < 1e-12)
#zh print("权重，我们的：", tuple(weights.shape), " PyTorch 的：", tuple(their_weights.shape))

# %% [markdown] lang="en"
# The weights differ in shape: unless you say `average_attn_weights=False`, PyTorch hands back the *mean* of the heads.
# Whoever draws that draws no head at all.
#
# And BERT? We copy the four matrices of each layer into our own module and give it what went into that layer, its **hidden states**: the vectors of the tokens as the layer before left them.

# %% [markdown] lang="zh"
# 权重的形状不一样：除非写明 `average_attn_weights=False`，PyTorch 交回来的是各个头的**平均**。
# 把它画出来，画出来的不是任何一个头的图；平均图在计算中从未出现过。
#
# 那么 BERT 呢？把每一层的四个矩阵抄进我们自己的模块，再把进入那一层的东西喂给它，也就是**隐藏状态**（hidden states，也译“隐状态”）：各个词元的向量，由前一层算到这里的样子。

# %% label="equals-the-model"
bound = 1e-12 if model == "course" else 1e-5          # other models compute in single precision #zh 别的模型用单精度计算
for layer, parts in enumerate(record.attention_parts):
    copy = MultiHeadAttention(bert.d_model, bert.n_heads)
    for name in ("w_query", "w_key", "w_value", "w_output"):
        getattr(copy, name).load_state_dict(getattr(parts, name).state_dict())
    output, weights = copy(record.hidden_states[layer].double()[None])
    off = (weights[0] - record.weights[layer]).abs().max().item()
    off = max(off, (output[0] - record.attention_output(layer)).abs().max().item())
    print(f"layer {layer} equals the model, difference < {bound:g}: {off < bound}")
    #zh print(f"第 {layer} 层与模型相等，相差 < {bound:g}：{off < bound}")

# %% [markdown] lang="en"
# So there is no secret in BERT's attention: you have written all of it.
#
# One thing about $W_O$ is worth seeing now. Cut it into strips, one a head, and each head has its own part of the output.
# The output is nothing but the sum of these parts and a bias:

# %% [markdown] lang="zh"
# 可见 BERT 的注意力里没有什么秘密：全都是你写过的。
#
# 关于 $W_O$，还有一点现在就值得一看。把它按头切成几条，每个头就各有一份输出。
# 整个输出就是各部分之和，再加一个偏置：

# %% label="heads-add-up"
parts = record.attention_parts[0]
w_output = parts.w_output.weight.detach().T                             # (d_model, d_model)
strips = w_output.unflatten(0, (bert.n_heads, -1))                      # (head, d_head, d_model)
by_head = record.context[0] @ strips                                    # (head, token, d_model)
total = by_head.sum(0) + parts.w_output.bias
off = (total - record.attention_output(0)).abs().max().item()
print(f"equals the model, difference < {bound:g}: {off < bound}")
#zh print(f"与模型相等，相差 < {bound:g}：{off < bound}")

# %% [markdown] lang="en"
# A sum has two consequences. The order of heads means nothing: head 3 of one layer has no more to do with head 3 of the next than with any other.
# And a head can be taken out: leave its part away and the rest stands. We shall do that below.
#
# ## Sizes
#
# The paper of 2017 has 8 heads of 64 in a width of 512, BERT-base 12 heads of 64 in 768, BERT-large 16 heads of 64 in 1024.
#
# **Predict:** if you double the number of heads and keep $d_{model}$, how many parameters does a layer of attention have: twice as many, as many, half?

# %% [markdown] lang="zh"
# 既然是相加，就有两个结果。头的次序没有意义：这一层的头 3 与下一层的头 3 没有特别的关系。
# 而且头可以单独拿走：去掉它那一份，其余的照旧。后面我们就会这么做。
#
# ## 大小
#
# 2017 年的论文用 8 个头，每个 64 维，合起来 512 维；BERT-base 用 12 个头，每个 64 维，合起来 768 维；BERT-large 用 16 个头，也是每个 64 维，合起来 1024 维。
#
# **先猜**：$d_{model}$ 不变，头数加倍，一层注意力的参数会变成两倍、不变，还是一半？

# %% label="predict-double"
predict("02.double")

# %% label="sizes"
for name, d_model, n_heads in (("Transformer, 2017", 512, 8), ("the same, 16 heads", 512, 16),
#zh for name, d_model, n_heads in (("Transformer (2017)", 512, 8), ("同上，改成 16 个头", 512, 16),
                               ("BERT-base", 768, 12), ("BERT-large", 1024, 16),
                               (bert.name, bert.d_model, bert.n_heads)):
    count = sum(p.numel() for p in MultiHeadAttention(d_model, n_heads).parameters())
    print(f"{n_heads:>3} x {d_model // n_heads:<3} = {d_model:<5}{count:>9,} parameters   {name}")
    #zh print(f"{n_heads:>3} x {d_model // n_heads:<3} = {d_model:<5}{count:>9,} 个参数   {name}")

# %% [markdown] lang="en"
# ### Exercise 4 · Count the parameters · predict, then code · 5 min · ●○○
#
# Find the rule behind these numbers before you write it down. Count what is learnt in one layer of multi-head attention, biases included.

# %% [markdown] lang="zh"
# ### 练习 4 · 数参数 · 先猜再写 · 5 分钟 · ●○○
#
# 先从这些数里看出规律，再写下来。数的是一层多头注意力里学到的数，偏置也算。

# %% label="exercise-parameters" tags=["exercise"]
def n_parameters(d_model, n_heads):
    """the number of parameters of MultiHeadAttention(d_model, n_heads)"""
    #zh """MultiHeadAttention(d_model, n_heads) 的参数个数"""
    ### BEGIN SOLUTION
    one_projection = d_model * d_model + d_model
    return 4 * one_projection
    ### END SOLUTION

# %% label="check-parameters" tags=["check"]
check("02.parameters", n_parameters)

# %% [markdown] lang="en"
# The model's own layer has just as many:

# %% [markdown] lang="zh"
# 模型自己的层也正好是这么多：

# %% label="count-the-layer"
four = (parts.w_query, parts.w_key, parts.w_value, parts.w_output)
of_layer = sum(p.numel() for part in four for p in part.parameters())
print(f"a layer of {bert.name}: {of_layer:,}; as counted above:", of_layer == count)
#zh print(f"{bert.name} 的一层：{of_layer:,}；与上面数的相同：", of_layer == count)

# %% [markdown] lang="en"
# And for BERT-base we need no download to count: on PyTorch's `meta` device a model has shapes and no numbers.
#
# **Predict:** of all parameters of BERT-base, what part is attention: a tenth, a quarter, a half?

# %% [markdown] lang="zh"
# BERT-base 呢？要数它，不用下载：放在 PyTorch 的 `meta` 设备上，模型只有形状，没有数。
#
# **先猜**：BERT-base 的全部参数里，注意力占多少：十分之一、四分之一，还是一半？

# %% label="predict-share-of-bert"
predict("02.share_of_bert")

# %% label="count-the-model"
import re
from transformers import BertConfig, BertModel

with torch.device("meta"):
    base = dict(BertModel(BertConfig()).named_parameters())             # name: parameter #zh 名称：参数
everything = sum(p.numel() for p in base.values())
for kind, inside in (("attention", r"attention\.(self|output\.dense)"),
#zh for kind, inside in (("注意力", r"attention\.(self|output\.dense)"),
                     ("feed-forward networks", r"\d\.(intermediate|output)\.dense"),
                     #zh ("前馈网络", r"\d\.(intermediate|output)\.dense"),
                     ("word embeddings", "word_embeddings"), ("all of BERT-base", "")):
                     #zh ("词嵌入表", "word_embeddings"), ("BERT-base 一共", "")):
    found = sum(p.numel() for name, p in base.items() if re.search(inside, name))
    print(f"{found:>12,}  {found / everything:>4.0%}  {kind}")

# %% [markdown] lang="en"
# The **feed-forward networks** are two more matrices a layer, which work on each token alone (chapter 05). They have twice as many parameters as attention.
#
# ## All heads at once
#
# Each square is the map of one head: rows ask, columns answer; a row of squares is a layer. (BERT-base has 12 × 12 = 144 of them.)
# Press one and it opens beside the board. **Try:**
#
# * Which maps show a line beside the diagonal? Which show bright columns, and over which tokens do they stand?
# * Set the filter to *A → B*: which heads still have something to show?
# * Type a sentence without its translation (empty the second box). Which heads change most?

# %% [markdown] lang="zh"
# **前馈网络**（feed-forward network）是每层另有的两个矩阵，对每个词元单独算，见第 05 章。它的参数是注意力的两倍。
#
# ## 所有的头一起看
#
# 每个方块是一个头的图：行在问，列在答；一排方块是一层（BERT-base 有 12 × 12 = 144 个）。点一个，它就在旁边打开。**试一试**：
#
# * 哪些图在对角线旁边有一条线？哪些图有发亮的竖线，对着的是哪些词元？
# * 把筛选改成 *A → B*：哪些头还剩下东西？
# * 只写一句话，不给译文（把第二个框清空）。哪些头变化最大？

# %% label="explore-model"
explore_model(bert, sentence_a, sentence_b)

# %% [markdown] lang="en"
# ### Exercise 5 · The head that looks across · predict, then look · 5 min · ●○○
#
# Before you look: what must the map of a head look like that turns to the *other* sentence? Draw it, then find the head
# that gives most to the other sentence. (You have seen its lines at the top of the chapter; find it here by its map.) Answer with `(layer, head)`.

# %% [markdown] lang="zh"
# ### 练习 5 · 看到另一句去的头 · 先猜再看 · 5 分钟 · ●○○
#
# 先别看：一个总往**另一句**看的头，它的图该是什么样子？画一画，再到上面去找：哪个头把最多的注意力给了另一句？（它的连线在本章开头见过，这里请凭它的图来找。）
# 答案写成 `(layer, head)`，即（层，头）。

# %% label="exercise-head" tags=["exercise"]
### BEGIN SOLUTION
my_head = counterpart
### END SOLUTION

# %% label="check-head" tags=["check"]
check("02.head", my_head, record)

# %% [markdown] lang="en"
# What stands below each map (on a narrow page: when you point at it) is a measurement, not an opinion. You can write such a detector yourself.
#
# ### Exercise 6 · A head detector · code · 8 min · ●●○
#
# For each head: how much does a token give, on average, to the token just after it? The last token has none after it and does not ask.

# %% [markdown] lang="zh"
# 每张图下面的字（页面窄时，指着图才看得到）是量出来的，不是谁的看法。这样的探测器你也能写。
#
# ### 练习 6 · 头的探测器（head detector） · 动手写 · 8 分钟 · ●●○
#
# 对每个头：一个词元平均把多少注意力给了紧跟在后面的那个词元？最后一个词元后面没有了，不算它发问。

# %% label="exercise-detector" tags=["exercise"]
def next_token_share(weights):
    """weights (layer, head, query, key) -> (layer, head)"""
    #zh """weights (layer, head, query, key) -> 给后一个词元的平均权重 (layer, head)"""
    ### BEGIN SOLUTION
    one_ahead = weights.diagonal(offset=1, dim1=-2, dim2=-1)             # (layer, head, query)
    return one_ahead.mean(-1)
    ### END SOLUTION

# %% label="check-detector" tags=["check"]
check("02.detector", next_token_share)

# %% [markdown] lang="en"
# `describe_heads` does this for eight kinds at once. The column *by chance* is what a head would score that attends to everything alike:
# a share means little until you know it. A head takes the name of the kind that lies furthest above chance, if it covers at least 0.4 of the way from chance to all; else it is *broad* where its rows are nearly even (their spread, in bits, is at least three quarters of the largest there can be: 4 bits are an even share among 16 tokens), and *mixed* where nothing leads.

# %% [markdown] lang="zh"
# `describe_heads` 一次量八种。“随机水平”（by chance）一列，是对所有词元一视同仁的头会得到的占比：
# 不知道这个数，占比就说明不了什么。一个头取哪个名字，看它在哪一种上超出随机水平最多；从随机到全部这段路，至少要走到 0.4。走不到时：各行差不多平均的叫“分散”（分散程度以**比特**（bit）计，至少达到最大可能的四分之三；4 比特相当于平均分给 16 个词元），没有哪一种领先的叫“混合”。

# %% label="describe"
summary

# %% [markdown] lang="en"
# A name measured on one text is a name for that text. Let us measure on other pairs and count the heads that keep theirs.

# %% [markdown] lang="zh"
# 在一段文字上量出来的名字，只对那段文字算数。换几对句子再量，数一数有几个头还叫原来的名字。

# %% label="names-elsewhere"
pairs = [("I like this book very much.", "我非常喜欢这本书。"),
         ("今天天气很好。", "The weather is fine today."),
         ("Tom wants to go home.", "汤姆想回家。"),
         ("我每天早上喝茶。", "I drink tea every morning.")]
elsewhere = describe_heads([bert.run(*pair) for pair in pairs])
places = [(layer, head) for layer in range(bert.n_layers) for head in range(bert.n_heads)]
kept = [place for place in places if summary.kind(*place) == elsewhere.kind(*place)]
print(f"{len(kept)} of {len(places)} heads keep their name; the sharp ones among them:")
#zh print(f"{len(places)} 个头里，{len(kept)} 个还叫原来的名字；其中特点鲜明的是：")
for place in kept:
    if summary.kind(*place) not in ("mixed", "broad"):
        print(place, elsewhere.caption(*place))

# %% [markdown] lang="en"
# ## Where do heads come from? ✻
#
# Nobody wrote the rule *look one token back*; such heads grow. To see how, a model of the course BERT's size was watched while it learnt from the same text.
# At two dozen steps, closer together at the beginning, its attention to three texts was kept, what its heads do, and what it writes in place of `[MASK]`.
#
# The text is 今天天[MASK]很好, *today's wea[…] is fine*: wanted is 气, for 天气 is *weather*. (Other characters below: 我 I, 你 you, 他 he, 的 of, 了 and 得 particles, 一 one, 在 at, 是 is, 不 not, 来 come, 家 home, 天 day, 空 as in sky, 雨 rain, 欢 as in joy, 沉 sink.)
#
# **Predict:** does the head that looks back grow little by little, or all at once?

# %% [markdown] lang="zh"
# ## 头是从哪里来的？✻
#
# “看前一个词元”这条规则，没有人写过，这样的头是自己长出来的。怎么长的？有一个和课程 BERT 一样大、读同样文字的模型，我们记录了它训练的全过程：
# 从随机初始化到训练结束，在二十几个训练步（开头密，后来疏）存下了它对三段文字的注意力、各个头在做什么，还有它在 `[MASK]` 处填了什么。
#
# **先猜**：看前一个词元的那个头，是一点一点长出来的，还是一下子冒出来的？

# %% label="predict-birth"
predict("02.birth")

# %% label="from-birth"
training = load_training("bert")
layer, head = training.showcase                   # the one that looks back most in the end #zh 最后看前一个词元看得最多的头
back, gap = training.heads["previous"][:, layer, head], training.cloze[0]
print(gap.sentence)
for step, share, guesses in list(zip(training.steps, back, gap.guesses))[8:]:
    print(f"{step:>6}  looks back {share:.2f}  guesses {' '.join(guesses)}")
    #zh print(f"{step:>6}  看前一个词元 {share:.2f}  猜 {' '.join(guesses)}")

# %% [markdown] lang="en"
# **Try:** move the slider from birth to the end. In the panels right under the controls each line is a head: where does one leave the others? And the head that finds the word that translates: which is it, and does it come early or late?

# %% [markdown] lang="zh"
# **试一试**：把滑块从第 0 步拖到最后。控件下面的小图里，每条线是一个头：哪一条线先和其他线拉开距离？在第几步？找译词的头是哪一个，来得早还是晚？

# %% label="explore-birth"
explore_birth(training)

# %% [markdown] lang="en"
# What the panels say at the end of the training, for those who read without a kernel:

# %% [markdown] lang="zh"
# 训练结束时，那些小图是什么样子（不开内核也看得到）：

# %% label="birth-panels"
view_birth(training, layer=layer, head=head)

# %% [markdown] lang="en"
# *What to look for:* for hundreds of steps no head looks back, and yet the model learns: which tokens are frequent, to begin with. Then, between two looks, one head's share goes from 0.14 to 0.72.
# The panel of hidden tokens found in pairs had almost stopped rising; from there it climbs again. That is no proof that the one causes the other: for that one has to take the head away, as we shall do below. The heads that find the translating word come later, and grow to the end.
#
# Is it the same head as in the model above?

# %% [markdown] lang="zh"
# *留意这几点*：好几百步里，没有哪个头看前一个词元，可模型已经在学了，最先学到的是哪些词元常见。然后，就在前后两次记录之间，有一个头给前一个词元的权重从 0.14 跳到 0.72。
# “猜对遮住的词元（句对）”那条线本来几乎不再上升，从这里又往上走了。这还不能证明前者是后者的原因：要证明，就得把头拿走，下面会这样做。找译词的头来得更晚，一直长到最后。
#
# 它和上面那个模型里看前一个词元的头，是同一个头吗？

# %% label="the-same-head"
here = divmod(summary.shares["previous"].argmax().item(), bert.n_heads)
print("in this run:", training.showcase, "  in the model above:", here)
#zh print("这一次训练里：", training.showcase, "  上面的模型里：", here)

# %% [markdown] lang="en"
# If the model above is the course BERT, all was the same but the run: sizes, text, recipe. The same skill, in another place. What a head's number means, it means in one model alone.

# %% [markdown] lang="zh"
# 如果上面用的是课程 BERT，那么大小、文字、训练办法全都一样，只是另跑了一次：本事一样，却长在别的地方。头的编号，只在一个模型里有意义。

# %% [markdown] lang="en"
# ## Switch a head off
#
# What a head looks at is one question, what the model needs it for another. The way to find out is to take it away, which papers call **ablation**: its context becomes zeros, its part of the sum is gone,
# and everything after it has to do without.
#
# For this the model must guess hidden words. Where the one above has not learnt to, the course's own steps in from here on:

# %% [markdown] lang="zh"
# ## 关掉一个头
#
# 一个头在看什么，是一回事；模型要它做什么，是另一回事。想知道，就把它拿走，论文里叫**消融**（ablation）：它的上下文向量变成 0，求和时少了它那一份，
# 后面的一切都只能在没有它的情况下继续。
#
# 这要靠会猜词的模型。上面那个要是没学过，从这里起就由课程自己的模型来：

# %% label="who-guesses"
guesser = bert if bert.can_fill_mask else load_bert("course")
places = [(layer, head) for layer in range(guesser.n_layers) for head in range(guesser.n_heads)]
print("who guesses:", guesser.name)
#zh print("由谁来猜：", guesser.name)

# %% [markdown] lang="en"
# Let it guess a character: 他昨[MASK]来了, *He came yester…* (昨天 is *yesterday*, so 天 is wanted). We switch off the head that looks back.
#
# The table says by how many **bits** the first guess has changed: −1 bit is half its probability, −2 a quarter. Its small print measures all guesses together by the **KL divergence**: how far the probabilities after lie from those before, in bits as well; 0 is no change at all.
#
# **Predict:** what will become of the guess?

# %% [markdown] lang="zh"
# 让它猜一个字：“他昨[MASK]来了”。我们关掉看前一个词元的那个头。
#
# 表里用**比特**（bit）说第一个猜测变了多少：−1 比特是概率只剩一半，−2 比特是只剩四分之一。下面的小字把全部猜测合起来量，用的是 **KL 散度**（KL divergence）：改动后的概率离改动前有多远，也以比特计；0 就是毫无变化。
#
# **先猜**：猜测会变成什么样？

# %% label="predict-switch-off"
predict("02.switch_off")

# %% label="switch-off"
text = "他昨[MASK]来了。"
looks_back = describe_heads(guesser.run(text)).rank("previous")[0]
compare(guesser, text, heads_off={looks_back})

# %% [markdown] lang="en"
# (With the course BERT: before, 天 and 晚 come first, for *yesterday* and *last night*, and 年, 早, 儿 far behind. After, 回 *back*, 就 *then*, 没 *not*, 他 *he*, 不 *not*: none of them goes with 昨.)
#
# Now every head in turn, on a sentence whose last word stands in the translation beside it.
#
# **Predict:** which kind of head will be missed most?

# %% [markdown] lang="zh"
# 用课程 BERT 时，少了这个头，排在前面的字没有一个能接在“昨”后面。
#
# 再把每个头轮流关一遍。这次的句子缺最后一个词，而旁边的译文里有它。
#
# **先猜**：关掉哪一种头，代价最大？

# %% label="predict-missed"
predict("02.missed")

# %% label="each-head-off"
def costs(*text):
    """For each head: how many bits its absence gives or takes"""
    #zh """对每个头：没有它，猜测得失多少比特"""
    return {place: compare(guesser, *text, heads_off={place}).masks[0].bits for place in places}

cloze = ("The animal didn't cross the street because it was too [MASK].",
         "那只动物没有过马路，因为它太累了。")
cost, named = costs(*cloze), describe_heads(guesser.run(*cloze))
print("with all heads:",
#zh print("头都在时：",
      *(f"{token} {probability:.2f} " for token, probability in guesser.fill_mask(*cloze)[0]))
worst = sorted(places, key=cost.get)              # the head that is missed most first #zh 代价最大的头排在最前
for place in worst[:5]:
    print(place, f"{cost[place]:+.2f} bits", named.caption(*place))
    #zh print(place, f"{cost[place]:+.2f} 比特", named.caption(*place))

# %% [markdown] lang="en"
# The rest hardly matter, here. Are they useless? Take the three that cost most, and switch them off together; and the same for another text, 今天天[MASK]很好, *today's wea[…] is fine*.
#
# **Predict:** if every head did its own work, what would the three together cost?

# %% [markdown] lang="zh"
# 其余的头在这里几乎无关紧要。它们没用吗？取代价最大的三个，一起关掉；再换一段讲天气的文字，同样做一遍。
#
# **先猜**：如果每个头各干各的活，三个一起关，代价应该是多少？

# %% label="predict-together"
predict("02.together")

# %% label="together"
weather = ("今天天[MASK]很好。",)
for text, each in ((cloze, cost), (weather, costs(*weather))):
    three = sorted(places, key=each.get)[:3]
    together = compare(guesser, *text, heads_off=three).masks[0].bits
    print(f"added up {sum(each[place] for place in three):+.2f} bits, "
          f"together {together:+.2f} bits   {text[0]}")
    #zh print(f"逐个相加 {sum(each[place] for place in three):+.2f} 比特，"
    #zh       f"一起关掉 {together:+.2f} 比特   {text[0]}")

# %% [markdown] lang="en"
# If heads worked alone, the two numbers of a line would be about equal (not exactly: softmax and **layer normalisation**, chapter 03, do more than add). With the first text they nearly are. Where the second is far larger, as with the weather, the heads stand in for each other:
# as long as one is there, the guess holds. So *"I switched it off and nothing happened"* does not prove that a head does nothing.
#
# Now it is your turn. The panel opens with the three heads off that cost most. **Try:**
#
# * Untick them one after the other: does one of them alone save the guess?
# * Take all back, and hide the token in the translation that says the word. Which costs more, the token or the heads?
# * Write a text on which the same three heads do not matter at all.

# %% [markdown] lang="zh"
# 如果头与头互不相干，一行里的两个数应该大致相等；不会完全相等，因为 softmax 和**层归一化**（layer normalisation，见第 03 章）都不只是相加。第一句差不多就是这样。如果第二个大得多，像讲天气的那句，就说明头与头互相替补：
# 只要还有一个在，猜测就站得住。所以，“关掉它，什么也没发生”并不能证明这个头什么也不做。
#
# 现在轮到你。面板打开时，代价最大的三个头已经关掉了。**试一试**：
#
# * 一个一个去掉勾：其中有没有哪个头，单凭自己就能救回猜测？
# * 全部还原，再遮住译文里说出那个词的词元。遮住词元和关掉那几个头，哪个代价更大？
# * 写一段文字，让这三个头变得完全无关紧要。

# %% label="explore-interventions"
panel = explore_interventions(guesser, *cloze)
panel.choose(heads_off=worst[:3])
panel

# %% [markdown] lang="en"
# ### Exercise 7 · Switch a head off yourself · code · 8 min · ●●○
#
# From the contexts of all heads to the output of the layer, with one head silent and without the bias. Leave the block you are given as it is: work on a copy.

# %% [markdown] lang="zh"
# ### 练习 7 · 亲手关掉一个头 · 动手写 · 8 分钟 · ●●○
#
# 从所有头的上下文向量算到这一层的输出，其中一个头不出声，偏置不用加。传进来的数据不要改动，改它的副本。

# %% label="exercise-silenced" tags=["exercise"]
def without_head(context, head, w_output):
    """context (head, token, d_head), w_output (d_model, d_model), no bias -> (token, d_model)"""
    #zh """context (head, token, d_head)，w_output (d_model, d_model) -> (token, d_model)，少了 head"""
    ### BEGIN SOLUTION
    quiet = context.clone()
    quiet[head] = 0
    return merge_heads(quiet) @ w_output
    ### END SOLUTION

# %% label="check-silenced" tags=["check"]
check("02.silenced", without_head)

# %% [markdown] lang="en"
# ### Exercise 8 · Explain · 5 min · ●●○
#
# A friend writes: "Layer 1, head 5 of my BERT is useless. I switched it off, and the sentence about the weather came out the same."
# Answer in three sentences: what has been shown, what else could explain it, and what to try next.

# %% [markdown] lang="zh"
# ### 练习 8 · 讲给别人听 · 5 分钟 · ●●○
#
# 朋友写信说：“我那个 BERT 的第 1 层头 5 没有用。我把它关掉，那句讲天气的话，结果还是一样。”
# 用三句话回复：这说明了什么，还可能是什么原因，接下来该试什么。

# %% label="explain-useless"
explain("02.useless")

# %% [markdown] lang="en"
# ## What does *it* stand for? ✻
#
# *The animal didn't cross the street because it was too tired.* What is *it*? And if the last word is *wide*?
# One word decides, and it comes last. A famous picture (from a large translation model, one head chosen out of many)
# shows *it* looking at the animal in one sentence and at the street in the other. Let us not choose, but count.
#
# For each head: of what *it* gives to the two nouns, how large is the share of the first? A head that understood would be above one half
# for *tired* and below for *wide*. We also count the heads that change sides the *wrong* way: if it were all chance, the two counts would be alike.
# The Chinese twin: 奖杯放不进行李箱，因为它太大了 / 太小了 (*the trophy does not fit into the suitcase, because it is too big / too small*).
#
# **Predict:** how many of the heads change sides as they should? And can a head of layer 0 change sides at all?

# %% [markdown] lang="zh"
# ## “它”是谁？✻
#
# *The animal didn't cross the street because it was too tired.*（那只动物没有过马路，因为它太累了。）*it* 是谁？
# 如果最后一个词换成 *wide*（宽）呢？关键就在一个词，而且是最后一个词。
# 有一张很有名的图（来自一个大的翻译模型，从许多头里挑出来的一个）：一句里 *it* 看着动物，另一句里看着马路。我们不挑，只数。
#
# 对每个头：*it* 给两个名词的注意力里，第一个占多少？真懂的头，句末是 *tired* 时应大于一半，是 *wide* 时应小于一半。
# 我们也数一数转向**错误**名词的头：如果全凭碰巧，两边的数目应该差不多。（弄清“它”指谁，叫作**指代消解**，coreference resolution。）
# 中文的例子：奖杯放不进行李箱，因为它太大了 / 太小了。
#
# **先猜**：有几个头转向了正确的名词？第 0 层的头有没有可能转过去？

# %% label="lean"
def lean(sentence, asker, nouns):
    """Of what the asker gives to two nouns, the share of the first: (layer, head)"""
    #zh """发问的词给两个名词的注意力里，第一个名词占多少：(layer, head)"""
    words = bert.run(sentence).words()
    row, *columns = (words.tokens.index(word) for word in (asker, *nouns))
    given = words.weights[:, :, row, columns]                             # (layer, head, noun)
    return given[..., 0] / given.sum(-1)

# %% label="predict-sides"
predict("02.sides")

# %% label="who-is-it"
twins = [("it", ("animal", "street"),
          "The animal didn't cross the street because it was too {}.", ("tired", "wide")),
         ("它", ("奖杯", "行李箱"), "奖杯放不进行李箱，因为它太{}了。", ("大", "小"))]
for asker, nouns, frame, ends in twins:
    if "[UNK]" in bert.run(frame.format(ends[0])).tokens:
        continue                                          # a model that cannot read this language #zh 这个模型不认识这种语言
    first, second = (lean(frame.format(end), asker, nouns) for end in ends)
    right, wrong = ((first > 0.5) & (second < 0.5)).sum(), ((first < 0.5) & (second > 0.5)).sum()
    change = (first - second).abs()                       # (layer, head)
    print(f"{asker}: {right} heads change sides as they should, {wrong} the wrong way;")
    print(f"    largest change of a share {change.max():.3f}, "
          f"layer 0 stays: {change[0].max().item() < 1e-5}")
    #zh print(f"{asker}：{right} 个头转向正确的名词，{wrong} 个转向错误的名词；")
    #zh print(f"    占比变化最大 {change.max():.3f}，"
    #zh       f"第 0 层不变：{change[0].max().item() < 1e-5}")

# %% [markdown] lang="en"
# Layer 0 cannot: its queries and keys come from single tokens, which have not heard of the last word yet. Whatever is to be worked out needs layers.
#
# That is what the heads look at. What does the model *say*? Let it fill in the noun:

# %% [markdown] lang="zh"
# 第 0 层不可能：它的查询和键都只来自单个词元，还没听说过最后那个词。要推敲出什么来，得有好几层。
#
# 头在看什么，数过了。那么模型自己**怎么说**？让它来填那个名词：

# %% label="what-it-says"
for end in twins[0][3]:
    (guesses,) = guesser.fill_mask(
        f"The animal didn't cross the street because the [MASK] was too {end}.")
    print(f"{end:>6}:", *(f"{token} {probability:.2f} " for token, probability in guesses))

# %% [markdown] lang="en"
# The model of this course does not solve this puzzle: no head turns from one noun to the other, and its guesses say the same.
# It has read nothing but short everyday sentences; what it has learnt is who stands beside whom and what translates what.
# That it fails is worth knowing, and you would not have learnt it from one well-chosen picture.
#
# Can a larger model do better? In the explorer of *All heads at once* choose *another one…* and write `bert-base-uncased` (it is downloaded once, about 440 MB).
# Or count: `bert = load_bert("bert-base-uncased")` in a new cell, run the counting cell above again, and afterwards `bert = load_bert(model)`.
# With `"minilm"`, where it is installed, some heads do change sides as they should, and about as many the wrong way: who shows you only the first kind, shows you chance.
# Clark et al. (2019) counted over many texts: the best of BERT-base's 144 heads picks the right noun in about two cases of three. Good, and far from always.

# %% [markdown] lang="zh"
# 本课程的模型解不开这道题：没有哪个头从一个名词转向另一个名词，它的猜测也这么说。
# 它只读过日常短句，学到的是谁挨着谁、谁和谁互为译文。
# 它做不到，这件事值得知道；而只看一张精心挑选的图，你是不会知道的。
#
# 大一些的模型会好吗？在“所有的头一起看”那张总览里选“其他模型……”，填 `bert-base-uncased`（会下载一次，约 440 MB）。
# 也可以自己数：新建单元格，运行 `bert = load_bert("bert-base-uncased")`，再运行上面计数的那个单元格；之后用 `bert = load_bert(model)` 换回来。
# 换成 `"minilm"`（如果装了的话），确实有几个头转向正确的名词，可是转错的也差不多一样多：谁只展示前一种，展示的就只是巧合。
# Clark 等人（2019）在许多文字上数过：BERT-base 的 144 个头里最好的那个，大约三次里有两次指对名词。不错，但远不是每次都对。

# %% [markdown] lang="en"
# ## All heads in one picture? ✻
#
# A model has many maps, and one would like a single one. The simplest is the mean over the heads of a layer.
# But after the first layer a "token" is no longer that token: others have been mixed into it.
# **Attention rollout** follows the mixing: in each layer a token keeps half of itself (the **residual connection**, chapter 03) and takes the other half
# through the averaged weights; and layer after layer the tables are multiplied.

# %% [markdown] lang="zh"
# ## 把所有的头画成一张图？✻
#
# 模型里的图太多，谁都想要一张就够。最简单的是把一层里各个头求平均。
# 可是过了第一层，一个“词元”就不再是原来那个词元了：里面已经混进了别的。
# **注意力展开**（attention rollout）顺着这种混合往下算：每一层里，一个词元留下自己的一半（**残差连接**，residual connection，见第 03 章），
# 另一半按平均后的权重从别处取；一层一层，把这些表乘起来。

# %% label="rollout"
averaged = record.weights.double().mean(1, keepdim=True)                # (layer, 1, query, key)
stays = torch.eye(record.n_tokens)                                      # (query, key)
reached = stays
for layer in averaged[:, 0]:
    reached = (0.5 * stays + 0.5 * layer) @ reached
flow = roll_out(record).weights                                         # (layer, 1, query, key)
print(f"equals the helper, difference < {bound:g}:",
#zh print(f"与辅助函数相等，相差 < {bound:g}：",
      (reached - flow[-1, 0]).abs().max().item() < bound)

# %% [markdown] lang="en"
# On the left the means, on the right what has been mixed up to that layer.

# %% [markdown] lang="zh"
# 左边一列是平均，右边一列是混合到那一层为止的结果。

# %% label="view-rollout"
both = AttentionRecord(record.tokens, record.segment_ids, record.sentence_b_start,
                       torch.cat([averaged, flow], dim=1), bert.name)   # columns in place of heads #zh 用列代替头
view_model(both, columns=[say("model_view.mean"), say("model_view.rollout")])

# %% [markdown] lang="en"
# Which of the two shall we believe: the mean of the last layer, or the rollout? There is a judge: hide a token from the whole model, and see how many bits the guess loses.
# For five texts: the token whose absence costs most, the rank that either gives it, and how well either ranks *all* tokens (the correlation of the ranks: 1 the same order, 0 none).
#
# **Predict:** which of the two will find the decisive token, and which will rank all tokens better?

# %% [markdown] lang="zh"
# 该信哪一个：最后一层的平均，还是展开的结果？有一个裁判：把一个词元遮住，整个模型里谁也看不到它，看猜测的概率降多少比特。
# 下面用五段文字：遮住哪个词元代价最大，两种算法各把它排第几；再看两种算法对**所有**词元的排序与实验有多像（名次的相关系数：1 是次序相同，0 是毫无关系）。
#
# **先猜**：哪一种更能找出关键的词元？哪一种整体上排得更准？

# %% label="who-is-right"
def ranks(numbers):
    """The rank of each number, 0 the largest"""
    #zh """每个数的名次，最大的为 0"""
    return numbers.argsort(descending=True).argsort().double()

# %% label="judge"
def judged(*text):
    """The decisive token, its bits; for last layer and rollout: its rank, likeness of all ranks"""
    #zh """关键词元和它的比特；最后一层与展开各有：它的名次、全部名次的相关系数"""
    run = guesser.run(*text)
    gap, special = run.tokens.index("[MASK]"), ("[CLS]", "[SEP]", "[MASK]")
    others = [place for place in range(run.n_tokens) if run.tokens[place] not in special]
    lost = -torch.tensor([compare(guesser, *text, hidden_tokens={i}).masks[0].bits for i in others])
    found = []
    for weights in (run.weights[-1].mean(0), roll_out(run).weights[-1, 0]):       # (query, key)
        guessed = ranks(weights[gap, others].double())
        alike = torch.corrcoef(torch.stack([ranks(lost), guessed]))[0, 1].item()
        found += [int(guessed[lost.argmax()]) + 1, alike]
    return run.tokens[others[lost.argmax()]], lost.max().item(), *found

# %% label="predict-judge"
predict("02.judge")

# %% label="judged"
five = [cloze, ("The dog is on the [MASK].", "狗在床上。"),
        ("I drink [MASK] every morning.", "我每天早上喝茶。"),
        ("She is reading a [MASK].", "她正在看书。"), ("汤姆想回[MASK]。", "Tom wants to go home.")]
print("cost         last layer      rollout         decisive")
#zh print("代价         最后一层      展开          关键词元")
for text in five:
    token, bits, rank_last, last, rank_rolled, rolled = judged(*text)
    print(f"{bits:5.2f} bits   no. {rank_last}, {last:5.2f}    "
          f"no. {rank_rolled}, {rolled:5.2f}    {token}")
    #zh print(f"{bits:5.2f} 比特   第 {rank_last}，{last:5.2f}   "
    #zh       f"第 {rank_rolled}，{rolled:5.2f}   {token}")

# %% [markdown] lang="en"
# (累 *tired*, 床 *bed*, 茶 *tea*.) They disagree, and that is the point. With the course BERT the mean of the last layer finds the decisive token three times of five, rollout never; over all tokens rollout ranks better four times of five.
# The first column is an experiment on this model; the others are guesses from the weights alone, and know neither what the values bring nor what the feed-forward networks do with it.
# Rollout mixes so evenly that after a few layers everything has reached everything. A map of attention is where to begin to ask, not where to stop.

# %% [markdown] lang="zh"
# 两种算法说法不一，这正是要点。用课程 BERT 时，最后一层的平均五次里有三次找对了关键词元，展开一次也没有；可是对所有词元排序，五次里有四次是展开更准。
# 第一列是对这个模型做的实验；后两列只凭权重推测。它们都不知道值带来了什么，也不知道前馈网络拿它做了什么。
# 展开的结果混得很匀：几层之后，每个词元里都混进了所有词元的信息。注意力图是提问的起点，不是终点。

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"More heads, more parameters."** No: see *Sizes*. More heads are narrower heads.
#
# **"Head 0 sees the first numbers of the word."** No: cut are the query, key and value, and each of their numbers was made from the whole word vector. Change its *last* number, and head 0 notices (the cell below, first line).
#
# **"The heads have their tasks."** Nobody gives a head a task. Some come out sharp, most mixed or broad; a name is what we read into a measure, and it holds for the texts measured.
#
# **"Head 3 here and head 3 there."** The numbers are names without meaning, for the parts are added up. Deal the heads out in another order, and the output is the same:

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“头越多，参数越多”**：不对，见“大小”一节。头越多，每个头越窄。
#
# **“头 0 看的是词向量的前几个数”**：不对。切开的是查询、键和值，它们的每个数都由整个词向量算出。改动词向量的**最后**一个数，头 0 照样察觉得到（下面第一行）。
#
# **“每个头都有自己的任务”**：没有谁给头分派任务。有的头特点鲜明，多数是混合的或分散的；名字是我们从测量里读出来的，只对量过的文字算数。
#
# **“这里的头 3 和那里的头 3”**：编号没有含义，因为各份是加起来的。把头换个次序，输出不变：

# %% label="order-means-nothing"
nudged = record.hidden_states[0].double().clone()                       # (token, d_model)
nudged[:, -1] += 1.0
of_0 = parts.w_query.weight.detach().double()[:bert.d_model // bert.n_heads]    # (d_head, d_model)
queries_of_0 = [states @ of_0.T for states in (record.hidden_states[0].double(), nudged)]
print("head 0 notices the last number:", not torch.allclose(*queries_of_0))
#zh print("头 0 察觉到最后一个数：", not torch.allclose(*queries_of_0))
order = torch.randperm(bert.n_heads)
shuffled = by_head[order].sum(0) + parts.w_output.bias
print(f"same output, difference < {bound:g}:", (shuffled - total).abs().max().item() < bound)
#zh print(f"输出相同，相差 < {bound:g}：", (shuffled - total).abs().max().item() < bound)

# %% [markdown] lang="en"
# ## The same in bertviz
#
# The library *bertviz* draws all heads too; its view is here offline, for those who know it. It is drawn when you run the cell, and not saved with the notebook.

# %% [markdown] lang="zh"
# ## 用 bertviz 画同样的图
#
# *bertviz* 这个库也能画出所有的头；这里把它做成了离线版，给熟悉它的人用。运行单元格时才画，不随笔记本保存。

# %% label="bertviz" tags=["volatile"]
from helpers.views.bertviz import bertviz_model

bertviz_model(record)

# %% [markdown] lang="en"
# ## Mend, plan, carry over ✻
#
# ### Exercise 9 · Shuffled in, shuffled out · find the bug · 8 min · ●●●
#
# This layer has the right shapes and raises no error. But nothing in it knows the order of the tokens, so shuffled tokens must give the same rows, shuffled alike. They do not. There are two faults; write the layer again without them.

# %% [markdown] lang="zh"
# ## 改错、设计、换个地方用 ✻
#
# ### 练习 9 · 怎样打乱进去，就怎样打乱出来 · 找毛病 · 8 分钟 · ●●●
#
# 下面这一层，形状都对，也不报错。可是它里面没有什么知道词元的先后，所以把词元打乱，得到的应该还是那些行，只是次序跟着变。结果却不是。有两处毛病：请改好，重写一遍。

# %% label="broken-layer"
def broken_layer(inputs, w_query, w_key, w_value, w_output, n_heads):
    made = (inputs @ w for w in (w_query, w_key, w_value))
    asked, offered, said = (part.reshape(n_heads, len(inputs), -1) for part in made)
    context, _ = scaled_dot_product_attention(asked, offered, said)        # (head, token, d_head)
    return context.reshape(len(inputs), -1) @ w_output

noise = torch.Generator().manual_seed(0)
five, matrices = torch.randn(5, 6, generator=noise), torch.randn(4, 6, 6, generator=noise)
other_way = [4, 2, 0, 3, 1]
straight, turned = (broken_layer(rows, *matrices, 2) for rows in (five, five[other_way]))
print("shuffled alike:", torch.allclose(turned, straight[other_way]))
#zh print("输出跟着换了次序：", torch.allclose(turned, straight[other_way]))

# %% label="exercise-bug" tags=["exercise"]
def mended_layer(inputs, w_query, w_key, w_value, w_output, n_heads):
    """inputs (token, d_model), four matrices (d_model, d_model) -> (token, d_model)"""
    #zh """inputs (token, d_model)，四个矩阵 (d_model, d_model) -> (token, d_model)"""
    ### BEGIN SOLUTION
    made = [inputs @ w for w in (w_query, w_key, w_value)]
    three = [part.unflatten(1, (n_heads, -1)).swapaxes(0, 1) for part in made]
    gathered = scaled_dot_product_attention(*three)[0].swapaxes(0, 1)      # (token, head, d_head)
    return gathered.flatten(1) @ w_output
    ### END SOLUTION

# %% label="check-bug" tags=["check"]
check("02.bug", mended_layer)

# %% [markdown] lang="en"
# ### Exercise 10 · Beside all the others · design an experiment · 8 min · ●●○
#
# "I switched off this head, and the guess lost two bits. So this is the head that the model needs." One run, one head. Two claims are possible: *this* head matters, or *any* head does, in this text. What decides is a **control**: every other head, switched off alike.
#
# Given the bits of all heads (negative: the guess loses), return the share of the *other* heads whose absence costs at least as much. Small: the head stands out. Large: it does not.

# %% [markdown] lang="zh"
# ### 练习 10 · 和其余的头比一比 · 设计实验 · 8 分钟 · ●●○
#
# “我关掉了这个头，猜测丢了两个比特，可见模型少不了它。”一次运行，一个头。可能有两种情形：要紧的是**这个**头；或者在这段文字里，关掉**哪个**头都一样。能定论的是**对照**：把其余的头也一个个同样关掉。
#
# 给你所有头的比特数（负数表示猜测变差），返回**其余**的头里，关掉后代价不比它小的占多少。占比小，这个头才算突出；占比大，就不算。

# %% label="exercise-design" tags=["exercise"]
def as_dear(bits, layer, head):
    """bits (layer, head); layer, head: the place of one head -> a share of the other heads"""
    #zh """bits (layer, head)；layer, head：一个头的位置 -> 其余的头里占多少"""
    ### BEGIN SOLUTION
    as_much = (bits <= bits[layer, head]).sum() - 1
    return as_much / (bits.numel() - 1)
    ### END SOLUTION

# %% label="check-design" tags=["check"]
check("02.design", as_dear)

# %% label="beside-the-others"
bits = torch.tensor([cost[place] for place in places]).view(guesser.n_layers, guesser.n_heads)
if as_dear(bits, 0, 0) is not None:                                        # once it is written #zh 写好了才算
    for place in (worst[0], worst[1], worst[len(worst) // 2]):
        print(place, f"{cost[place]:+.2f} bits   share of others {as_dear(bits, *place):.2f}")
        #zh print(place, f"{cost[place]:+.2f} 比特   其余的头里占 {as_dear(bits, *place):.2f}")

# %% [markdown] lang="en"
# ### Exercise 11 · Chance in a GPT · transfer · 8 min · ●●○
#
# Any attention can be measured, your own model's too: `AttentionRecord.of` takes a table of weights and the tokens. Here is that of the course's GPT (chapter 07), on a sentence that you may change:

# %% [markdown] lang="zh"
# ### 练习 11 · GPT 的随机水平 · 换个模型 · 8 分钟 · ●●○
#
# 什么模型的注意力都能量，你自己的也行：`AttentionRecord.of` 收下一块权重和对应的词元。下面是课程 GPT（第 07 章）的注意力，句子可以换成你的：

# %% label="foreign"
from helpers.models import load_model

gpt_run = load_model("course-gpt").run("The dog ran home because it was very tired.")
foreign = AttentionRecord.of(gpt_run.weights, gpt_run.tokens, name="a GPT")
#zh foreign = AttentionRecord.of(gpt_run.weights, gpt_run.tokens, name="一个 GPT")
describe_heads(foreign)

# %% [markdown] lang="en"
# The column *by chance* says what a head gives that attends to **all** tokens alike: one part in eleven. But in a GPT no token sees what comes after it. Row 1 sees two keys, row 2 three, and so on.
#
# What does a head give to the token *before*, on average, that shares evenly among what it may see? The first token has none before it and does not ask.

# %% [markdown] lang="zh"
# “随机水平”一列，算的是对**所有**词元一视同仁的头：十一份里给一份。可是在 GPT 里，词元看不见后文：第 1 行只看得见两个键，第 2 行三个，依此类推。
#
# 如果一个头在看得见的词元里平均分配，它平均给**前一个**词元多少？第一个词元前面没有了，不算它发问。

# %% label="exercise-transfer" tags=["exercise"]
def chance_before(n_tokens):
    """-> one number: the mean over the tokens that have one before them"""
    #zh """-> 一个数：对前面还有词元的那些词元求平均"""
    ### BEGIN SOLUTION
    shares = [1 / (row + 1) for row in range(1, n_tokens)]
    return sum(shares) / len(shares)
    ### END SOLUTION

# %% label="check-transfer" tags=["check"]
check("02.transfer", chance_before)

# %% label="chance-in-a-gpt"
if chance_before(2) is not None:                                           # once it is written #zh 写好了才算
    shares = describe_heads(foreign).shares["previous"]                    # (layer, head)
    by_chance = chance_before(foreign.n_tokens)
    print(f"by chance {by_chance:.2f}; heads above {1 / foreign.n_tokens:.2f}: "
          f"{(shares > 1 / foreign.n_tokens).sum()}, above chance: {(shares > by_chance).sum()}")
    #zh print(f"随机水平 {by_chance:.2f}；高于 {1 / foreign.n_tokens:.2f} 的头："
    #zh       f"{(shares > 1 / foreign.n_tokens).sum()}，高于随机的头：{(shares > by_chance).sum()}")

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("02.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. One head averages, and an average forgets who said what. Several heads keep several answers side by side.
# 2. Split columns, not tokens; attend with $\sqrt{d_{head}}$; put side by side; multiply by $W_O$. A layer learns $4\,(d_{model}^2 + d_{model})$ numbers, however many heads it has.
# 3. A head is known by where it looks, measured against chance and on more than one text.
# 4. Switched off, it shows what the guess hangs on. "No loss" does not mean "no use", for heads stand in for each other; and no map of weights replaces the experiment.
#
# **Next:** we have taken queries, keys and values as given. Chapter 03 opens a single head and follows every number through it.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, section 3.2.2 (multi-head attention; "averaging inhibits this").
# Uszkoreit 2017, *Transformer: A Novel Neural Network Architecture for Language Understanding* (the picture of *it*); Levesque et al. 2012, *The Winograd Schema Challenge* (the trophy).
# Clark et al. 2019, *What Does BERT Look At?*, sections 3 to 5. Voita et al. 2019, *Analyzing Multi-Head Self-Attention*, and Michel et al. 2019, *Are Sixteen Heads Really Better than One?* (heads switched off).
# Elhage et al. 2021, *A Mathematical Framework for Transformer Circuits* (heads add up). Abnar and Zuidema 2020, *Quantifying Attention Flow in Transformers* (rollout).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 一个头只会求平均，平均数记不住谁说了什么。几个头把几个答案并排留着。
# 2. 切的是列，不是词元；缩放用 $\sqrt{d_{head}}$；左右并排；再乘 $W_O$。一层学到 $4\,(d_{model}^2 + d_{model})$ 个数，与头数无关。
# 3. 认一个头，看它在看哪里：要与随机水平比，而且不能只看一段文字。
# 4. 关掉它，才看得出猜测靠的是什么。没有代价不等于没有用，因为头与头互相替补；再好的注意力图也代替不了实验。
#
# **下一步**：查询、键、值，我们一直是拿来就用。第 03 章打开一个头，跟着每一个数走完全程。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，3.2.2 节（多头注意力；“求平均会妨碍这一点”）。
# Uszkoreit（2017），*Transformer: A Novel Neural Network Architecture for Language Understanding*（*it* 的那张图）；Levesque 等（2012），*The Winograd Schema Challenge*（奖杯的例子）。
# Clark 等（2019），*What Does BERT Look At?*，第 3 至 5 节。Voita 等（2019），*Analyzing Multi-Head Self-Attention*；Michel 等（2019），*Are Sixteen Heads Really Better than One?*（把头关掉）。
# Elhage 等（2021），*A Mathematical Framework for Transformer Circuits*（各个头相加）。Abnar 与 Zuidema（2020），*Quantifying Attention Flow in Transformers*（注意力展开）。
