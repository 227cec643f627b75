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
# # Query, key, value: inside one head
#
# **You will make** every number that one head computes for one token, from the embedding to the residual stream,
# each equal to the model's own; then you will turn one of them round and watch the model change its mind.
#
# **You will be able to**
# 1. say what a query, a key and a value each contribute, and make all three from a hidden state,
# 2. follow one number from the embedding through q·k, $\sqrt{d}$, softmax, the values and $W_O$ to the residual stream,
# 3. edit one neuron of a query, foresee what its row of weights will do, and see it in the prediction,
# 4. say why an attention weight is not importance, and measure something better.
#
# **You need** chapters 01 and 02, and matrix products. About 145 minutes, 80 of them exercises. On a first reading the sections marked ✻ can be left out: 115 minutes without.

# %% [markdown] lang="zh"
# # 查询、键、值（query, key, value）：走进一个头
#
# **你会做出**：一个头的一次计算里的每一个数，从嵌入一直算到残差流（residual stream），
# 每一步都和模型自己的数相等；然后把其中一个数变号，看模型怎样改变主意。
#
# **学完这一章，你能**
# 1. 说清查询、键、值各起什么作用，并从隐藏状态（hidden state）把三者都算出来；
# 2. 跟着一个数走完全程：从嵌入出发，经过 q·k、$\sqrt{d}$、softmax、值和 $W_O$，到达残差流；
# 3. 改动查询里的一个神经元（neuron），事先说出那一行权重会怎样变，并在预测里看到结果；
# 4. 说清为什么注意力权重不等于重要性，并量出更可靠的东西。
#
# **你需要**：学过第 01、02 章，会矩阵乘法。大约 145 分钟，其中 80 分钟是练习。第一遍读，标了 ✻ 的小节可以跳过：跳过之后大约 115 分钟。

# %% label="imports"
import torch
from helpers.attention import attention_scores, attention_weights
from helpers.checks import check, hint
from helpers.controls import explore_neurons, explore_query
from helpers.heads import describe_heads
from helpers.interventions import compare
from helpers.models import load_bert
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.views import view_map, view_neurons

torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)                  # we look, we do not train #zh 只看，不训练
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("03.start")

# %% [markdown] lang="en"
# **Where we are on the map:** the same box a third time, from the inside: every number of one head.

# %% [markdown] lang="zh"
# **今天在地图上的位置**：第三次打开同一格，这次钻进去，把一个头里的每个数都看清。

# %% label="map"
view_map("03")

# %% [markdown] lang="en"
# ## A gap, and what might fill it
#
# <!-- own -->
# An English sentence with a gap, and beside it the same sentence in Chinese, whole:
# 狗 is the dog, 床 the bed, 在 … 上 says *on*.
# <!-- others -->
# What the model reads, with a gap where there is a `[MASK]`.
# <!-- all -->
# Put a pair of your own here whenever you like, with one `[MASK]`.

# %% [markdown] lang="zh"
# ## 一个空，拿什么来填
#
# <!-- own -->
# 一个挖了空的英文句子，旁边是同一句话的中文，完整的。
# <!-- others -->
# 下面是模型要读的话；写着 `[MASK]` 的地方是一个空。
# <!-- all -->
# 随时可以换成你自己的一对句子，留一个 `[MASK]`。

# %% label="sentences" tags=["parameters"]
sentence_a = "The dog is on the [MASK]."
sentence_b = "狗在床上。"
model = "course"

# %% label="run"
bert = load_bert(model)
record = bert.run(sentence_a, sentence_b)
token = record.tokens.index("[MASK]") if "[MASK]" in record.tokens else 1
print(*record.tokens)
print("we follow the token at position", token, "→", record.tokens[token])
#zh print("我们跟踪的词元，位置", token, "→", record.tokens[token])

# %% [markdown] lang="en"
# **Predict:** the model guesses what is in the gap. Now hide the second sentence, so that no one may attend to it.
# What will become of the guess? (The table counts in bits, as in chapter 02: −1 bit is half the probability. The KL divergence in its small print measures all guesses together; 0 is no change.)

# %% [markdown] lang="zh"
# **先猜**：模型会猜空里是什么。现在把第二句遮住，谁也不许看。猜的结果会怎样？（表里的单位是比特，和第 02 章一样：−1 比特是概率只剩一半。小字里的 KL 散度把全部猜测合起来量，0 是没有变化。）

# %% label="predict-hidden-sentence" tags=["own"]
predict("03.hidden_sentence")

# %% label="hide-second-sentence"
second = [place for place, segment in enumerate(record.segment_ids) if segment == 1]
compare(bert, sentence_a, sentence_b, hidden_tokens=second)

# %% [markdown] lang="en"
# What the second sentence knows does reach the gap. Between tokens there is only one road, attention: everything else in
# the model works on each token alone. So some head, in some layer, found the right word and carried something over. We shall catch it at work.
#
# ## Question, label, content
#
# The three names come from looking things up. A Python dictionary has **keys**, which you match, and **values**, which you get:

# %% [markdown] lang="zh"
# 第二句知道的东西，确实到了那个空里。词元之间只有一条路，就是注意力：模型的其余部分都是每个词元各算各的。
# 所以一定有某一层的某个头，找到了对的词，还搬了点东西过来。我们要当场看它干活。
#
# ## 问题、标签、内容
#
# 这三个名字来自“查找”。Python 的字典有**键**，用来匹配；有**值**，是你拿到手的东西：

# %% label="dictionary"
shelf = {"animal": "barks, runs", "relation": "above, touching", "place": "soft, for sleeping"}
shelf["place"]
#zh shelf = {"动物": "会叫，会跑", "关系": "在上面，挨着", "地点": "软，用来睡觉"}
#zh shelf["地点"]

# %% [markdown] lang="en"
# One question, one label that fits exactly, one content. Attention looks up more gently:
# every label fits *to a degree*, and you get a mixture of all contents in these proportions.
#
# | | in a library | in attention |
# | --- | --- | --- |
# | **query** $q$ | the question you come with | what this token looks for |
# | **key** $k$ | the label on the back of a book | what a token can be found by |
# | **value** $v$ | what is inside the book | what a token hands over |
#
# Where do they come from? Each is *read* from the token's vector $x$ by a matrix. Here are four words, six numbers each,
# with labels so that we can read them. `___` is a gap.

# %% [markdown] lang="zh"
# 一个问题，一个完全吻合的标签，一份内容。注意力是一种软查找（soft lookup）：
# 每个标签都**多少**有点吻合，拿到的是所有内容按这个比例混合的结果。
#
# | | 在图书馆里 | 在注意力里 |
# | --- | --- | --- |
# | **查询** $q$ | 你带着去的问题 | 这个词元想找什么 |
# | **键** $k$ | 书脊上的标签 | 一个词元凭什么被找到 |
# | **值** $v$ | 书里写的内容 | 一个词元交出什么 |
#
# 它们从哪里来？各由一个矩阵从词元的向量 $x$ 里**读**出来。下面四个词，各有六个数，
# 每个数都标了含义，好让你看得懂。`___` 是一个空。

# %% label="toy-vectors"
words = ["dog", "on", "bed", "___"]
#                     animal place relation | alive soft | gap #zh                   动物   地点  关系    | 活的  软 | 空
toy = torch.tensor([[1.0,    0,    0,         0.9, 0.3,    0],
                    [0.0,    0,    1,         0.0, 0.0,    0],
                    [0.0,    1,    0,         0.0, 0.9,    0],
                    [0.0,    0,    0,         0.0, 0.0,    1]])     # (token, d_model)

# %% [markdown] lang="en"
# Three matrices: one reads the first three numbers as the label, one reads the next two as the content,
# and one turns "I am a gap" into the question "is there a place?".

# %% [markdown] lang="zh"
# 三个矩阵：一个把前三个数读成标签，一个把接下来的两个数读成内容，
# 还有一个把“我是一个空”变成问题“这里有地点吗？”。

# %% label="toy-matrices"
w_label, w_content = torch.eye(6)[:3], torch.eye(6)[3:5]    # (d_head, d_model), (d_value, d_model)
w_question = torch.zeros(3, 6)
w_question[1, 5] = 5.0                                      # gap -> place #zh 空 -> 地点
questions, labels, contents = (toy @ w.T for w in (w_question, w_label, w_content))
print("the gap asks", questions[3])
#zh print("这个空在问", questions[3])

# %% [markdown] lang="en"
# **Predict:** whom will the gap find, and what will it be handed?

# %% [markdown] lang="zh"
# **先猜**：这个空会找到谁？会拿到什么？

# %% label="predict-toy"
predict("03.toy")

# %% label="toy-lookup"
portions = attention_weights(attention_scores(questions[3], labels))     # (key,)
print(dict(zip(words, portions.round(decimals=3).tolist())))
print("alive, soft:", portions @ contents)                               # (d_value,)
#zh print("活的、软：", portions @ contents)                                # (d_value,)

# %% [markdown] lang="en"
# It finds *bed* by its label, *place*, and receives its content, *soft*; of *place* itself it receives nothing.
#
# **Predict:** we change the content of *bed* and leave its label alone. Will the weights change? Will what is handed over?

# %% [markdown] lang="zh"
# 它凭标签“地点”找到了 *bed*，拿到的却是内容“软”；“地点”本身一点也没有交过来。
#
# **先猜**：改掉 *bed* 的内容，标签不动。权重会变吗？交过来的东西会变吗？

# %% label="predict-content"
predict("03.content")

# %% label="toy-other-content"
hard = contents.clone()
hard[2] = torch.tensor([0.0, -0.9])                                      # a hard bed #zh 一张硬床
print("alive, soft:", portions @ hard)
#zh print("活的、软：", portions @ hard)

# %% [markdown] lang="en"
# Query and key decide **where from**; the value decides **what**. Everything else in this chapter is these lines with larger matrices.
#
# ## One head of a real model
#
# All heads at once would be too much. The detector of chapter 02 ranks the heads by how much they look at the other sentence;
# of the first six we take the one whose row for our token is most concentrated: its largest weight is the largest. (In a model with more than four layers we open the classic example, layer 4, head 3.)
#
# **Predict:** on which token will its row come down?

# %% [markdown] lang="zh"
# 查询和键决定**从哪里拿**，值决定**拿到什么**。这一章剩下的，就是把这几行换成更大的矩阵。
#
# ## 真实模型里的一个头
#
# 所有的头一起看，太多了。第 02 章的探测器能按“看另一句有多少”给头排名；
# 我们从前六名里，取这一行权重最集中的那一个。（如果模型多于四层，就打开那个经典的例子：第 4 层头 3。）
#
# **先猜**：它这一行的权重集中在哪个词元上？

# %% label="predict-decided"
predict("03.decided")

# %% label="choose-head"
ranked = describe_heads(record).rank("other" if record.sentence_b_start else "previous")[:6]
layer, head = max(ranked, key=lambda place: record.weights[place][token].max())
if record.n_layers > 4:
    layer, head = 4, 3
found = record.weights[layer, head, token].argmax().item()
print(f"layer {layer}, head {head}: "
#zh print(f"第 {layer} 层头 {head}："
      f"{record.tokens[token]} ({token}) -> {record.tokens[found]} ({found})")

# %% [markdown] lang="en"
# Now all that this head computes for our token, in one picture. Before you look, walk through **one row** of it, that of the token just found. The numbers stand in the order of the picture, from left to right:

# %% [markdown] lang="zh"
# 这个头为我们的词元算的一切，都在下面这张图里。看图之前，先走一遍其中的**一行**：刚找到的那个词元。编号就是图上从左到右的次序：

# %% label="one-row"
asks, answers, hands_over = (part[layer, head] for part in
                             (record.queries, record.keys, record.values))   # (token, d_head)
fit = asks[token] @ answers[found]
print("① key k:", answers[found][:4], "...")
#zh print("① 键 k：", answers[found][:4], "...")
print("② q × k:", (asks[token] * answers[found])[:4], "...")
print(f"③ q · k, their sum: {fit:.2f}")
#zh print("② q × k：", (asks[token] * answers[found])[:4], "...")
#zh print(f"③ q · k，它们的和：{fit:.2f}")
print(f"④ ÷ √{record.d_head}: {fit / record.d_head ** 0.5:.2f}")
print(f"⑤ softmax: {record.weights[layer, head, token, found]:.3f}")
print("⑥ value v:", hands_over[found][:4], "...")
print("⑦ ⑤ × ⑥:", (record.weights[layer, head, token, found] * hands_over[found])[:4], "...")
#zh print(f"④ ÷ √{record.d_head}：{fit / record.d_head ** 0.5:.2f}")
#zh print(f"⑤ softmax：{record.weights[layer, head, token, found]:.3f}")
#zh print("⑥ 值 v：", hands_over[found][:4], "...")
#zh print("⑦ ⑤ × ⑥：", (record.weights[layer, head, token, found] * hands_over[found])[:4], "...")

# %% [markdown] lang="en"
# | In the picture | What it is |
# | --- | --- |
# | top | $x$, the token as it comes in, and its query $q$: what it asks |
# | ① key | what this row's token answers; one coloured cell a number, blue above zero, orange below |
# | ② q × k | both, number by number: blue where they agree |
# | ③ q · k | the sum of ②: how well they fit |
# | ④ ÷ √d | the score |
# | ⑤ weight | all scores of the column through softmax: shares of 1, drawn as bars |
# | ⑥ value | what this token has to hand over |
# | ⑦ weight × v | what it does hand over: pale where the weight is small |
# | below | the sum of ⑦, the context; then $W_O$, the other heads, $+\,x$, the norm: steps 6 and 7 of this chapter |

# %% [markdown] lang="zh"
# | 图上 | 是什么 |
# | --- | --- |
# | 最上面 | $x$，词元进来时的样子；还有它的查询 $q$：它问什么 |
# | ① 键 | 这一行的词元怎样应答；一个色格是一个数，蓝色为正，橙色为负 |
# | ② q × k | 两者逐项相乘：同号的地方是蓝色 |
# | ③ q · k | ② 的和：有多匹配 |
# | ④ ÷ √d | 分数 |
# | ⑤ 权重 | 整列分数一起做 softmax：各占 1 的几成，画成横条 |
# | ⑥ 值 | 这个词元有什么可交 |
# | ⑦ 权重 × v | 它实际交出的：权重小，颜色就淡 |
# | 下面 | ⑦ 的和，即上下文向量；然后是 $W_O$、其他的头、$+\,x$、归一化：本章第 6、7 步 |

# %% label="neuron-view"
view_neurons(record, token, layer, head)

# %% [markdown] lang="en"
# This is the **neuron view**: all that one head computes for one token. A single number of a query or key is often called a **neuron**.
#
# Now it is yours. It opens with the other side: the token that was found does the asking. **Try:**
#
# * Point at a row, or press Tab, to read its numbers. Compare the row with the largest weight with one that has none: where do their q × k differ?
# * Move *Layer* to 0. Does the same token ask for the same thing there?
# * Choose another *Query*. Whom does it find, in this head and in others?

# %% [markdown] lang="zh"
# 这就是**神经元视图**（neuron view）：一个头为一个词元所算的一切。查询或键里的一个数，常叫作一个**神经元**。
#
# 现在交给你。打开时先换到另一端：由刚才被找到的那个词元来提问。**试一试**：
#
# * 指向一行，或按 Tab 键，读它的数值。拿权重最大的一行跟权重几乎为 0 的一行比一比：它们的 q × k 差在哪里？
# * 把“层”拖到 0。同一个词元，在那里问的还是同样的东西吗？
# * 换一个“查询”。它在这个头里找到了谁？换个头呢？

# %% label="explore-neurons"
cell = explore_neurons(bert, sentence_a, sentence_b)
cell.choose(layer=layer, head=head, token=found)
cell

# %% [markdown] lang="en"
# ## Step 1: from the embedding to the layer
#
# Now by hand. Each step gets a cell of a few lines, and each is held against the tensor that the model itself computed.

# %% [markdown] lang="zh"
# ## 第 1 步：从嵌入到这一层
#
# 现在动手算。每一步只有几行，每一步都拿来和模型自己算出的张量（tensor）对照。

# %% label="against-model"
bound = 1e-12 if record.weights.dtype == torch.float64 else 1e-4

def against_model(name, ours, model):
    off = (ours - model).abs().max().item()
    print(f"{name} {tuple(ours.shape)}: difference < {bound:g}: {off < bound}")
    #zh print(f"{name} {tuple(ours.shape)}：相差 < {bound:g}：{off < bound}")

# %% [markdown] lang="en"
# A token begins as the sum of three vectors: which word it is, where it stands, which sentence it is in. A **layer norm** brings the sum to one size (why, step 7 shows). What comes out of this, and out of every layer after it, is the token's **hidden state**.

# %% [markdown] lang="zh"
# 词元的起点是三个向量之和：它是什么词，站在哪里，属于哪一句。**层归一化**（layer norm）再把和调整到统一的大小（为什么，第 7 步会看到）。由此得到的，以及此后每一层得到的，都叫这个词元的**隐藏状态**（hidden state）。

# %% label="embedding"
summed = (record.word_embeddings + record.position_embeddings
          + record.segment_embeddings)         # (token, d_model)
against_model("embeddings", bert.encoder.embeddings.LayerNorm(summed), record.hidden_states[0])
#zh against_model("嵌入", bert.encoder.embeddings.LayerNorm(summed), record.hidden_states[0])
x = record.hidden_states[layer]                # (token, d_model): after the layers before ours #zh (token, d_model)：经过我们这一层之前的各层
print("our token enters layer", layer, "as", x[token, :5], "...")
#zh print("我们的词元进入第", layer, "层时：", x[token, :5], "……")

# %% [markdown] lang="en"
# ## Step 2: three readings of x
#
# The layer's $W_Q$, $W_K$, $W_V$ serve all heads at once. A head owns $d_{head}$ neighbouring rows of each: a window through which it reads $x$.

# %% [markdown] lang="zh"
# ## 第 2 步：x 的三种读法
#
# 这一层的 $W_Q$、$W_K$、$W_V$ 由所有的头合用。每个头拥有其中相邻的 $d_{head}$ 行：它就透过这扇窗来读 $x$。

# %% label="cut-matrices"
parts = record.attention_parts[layer]
mine = slice(head * record.d_head, (head + 1) * record.d_head)             # this head's places #zh 这个头占的那几行
w_query, w_key, w_value = (one.weight[mine] for one in (parts.w_query, parts.w_key, parts.w_value))
b_query, b_key, b_value = (one.bias[mine] for one in (parts.w_query, parts.w_key, parts.w_value))
print("W_Q of the layer", tuple(parts.w_query.weight.shape), "  of this head", tuple(w_query.shape))
#zh print("整层的 W_Q", tuple(parts.w_query.weight.shape), "  这个头的", tuple(w_query.shape))

# %% [markdown] lang="en"
# Our token asks, so it needs one query; all tokens answer, so there is a key and a value for each.

# %% [markdown] lang="zh"
# 提问的只有我们这个词元，所以只要一个查询；回答的是所有词元，所以每个词元都有一个键和一个值。

# %% label="project"
query = w_query @ x[token] + b_query           # (d_head,)
keys = x @ w_key.T + b_key                     # (key, d_head)
values = x @ w_value.T + b_value               # (key, d_head)
against_model("query", query, record.queries[layer, head, token])
against_model("keys", keys, record.keys[layer, head])
against_model("values", values, record.values[layer, head])
#zh against_model("查询", query, record.queries[layer, head, token])
#zh against_model("键", keys, record.keys[layer, head])
#zh against_model("值", values, record.values[layer, head])

# %% [markdown] lang="en"
# ### Exercise 1 · The queries of one head · code · 8 min · ●●○
#
# For all tokens and any head, from the whole matrix. `weight` is (d_model, d_model), as `nn.Linear` keeps it: (out, in).
# Stuck? `hint("03.project")`, and again for more.

# %% [markdown] lang="zh"
# ### 练习 1 · 一个头的查询 · 动手写 · 8 分钟 · ●●○
#
# 所有词元，任意一个头，从整个矩阵算起。`weight` 的形状是 (d_model, d_model)，按 `nn.Linear` 的习惯存放：（输出，输入）。
# 卡住了？运行 `hint("03.project")`，再运行一次提示更多。

# %% label="exercise-project" tags=["exercise"]
def head_queries(inputs, weight, bias, head, n_heads):
    """inputs (token, d_model), weight (d_model, d_model), bias (d_model,) -> (token, d_head)"""
    #zh """inputs (token, d_model)，weight (d_model, d_model)，bias (d_model,) -> q (token, d_head)"""
    ### BEGIN SOLUTION
    width = weight.shape[0] // n_heads
    rows = range(head * width, (head + 1) * width)
    return inputs @ weight[rows].T + bias[rows]
    ### END SOLUTION

# %% label="check-project" tags=["check"]
check("03.project", head_queries)

# %% [markdown] lang="en"
# ## Step 3: does the key fit the query?
#
# Number by number, then the sum, then $\sqrt{d_{head}}$.
#
# **Predict:** is the fit of the best key made by a few neurons, or by all of them a little?

# %% [markdown] lang="zh"
# ## 第 3 步：键与查询匹配吗？
#
# 逐项相乘，再求和，再除以 $\sqrt{d_{head}}$。
#
# **先猜**：最匹配的那个键，是靠少数几个神经元，还是每个神经元都出一点力？

# %% label="predict-few" tags=["own"]
predict("03.few")

# %% label="scores"
products = query * keys                        # (key, d_head)
scores = products.sum(-1) / record.d_head ** 0.5          # (key,)
against_model("scores", scores, record.scores[layer, head, token])
print(f"{record.tokens[found]}: q · k = {products[found].sum():.2f}, "
      f"of which the six largest products make {products[found].topk(6).values.sum():.2f}")
#zh against_model("分数", scores, record.scores[layer, head, token])
#zh print(f"{record.tokens[found]}：q · k = {products[found].sum():.2f}，"
#zh       f"其中最大的六个乘积占 {products[found].topk(6).values.sum():.2f}")
print(products[found].topk(6).values)

# %% [markdown] lang="en"
# ## Step 4: softmax
#
# As in exercise 3 of chapter 01: take off the largest score, so that nothing overflows, $e^x$, divide by the sum.

# %% [markdown] lang="zh"
# ## 第 4 步：softmax
#
# 和第 01 章的练习 3 一样：先减去最大的分数（免得溢出），取 $e^x$，再除以总和。

# %% label="weights"
powers = (scores - scores.max()).exp()         # (key,)
weights = powers / powers.sum()                # (key,)
against_model("weights", weights, record.weights[layer, head, token])
#zh against_model("权重", weights, record.weights[layer, head, token])
for place in weights.argsort(descending=True)[:4].tolist():
    print(f"{record.tokens[place]:8} score {scores[place]:6.2f}   weight {weights[place]:.3f}")
    #zh print(f"{record.tokens[place]:8} 分数 {scores[place]:6.2f}   权重 {weights[place]:.3f}")

# %% [markdown] lang="en"
# ## Step 5: what is handed over
#
# bertviz, and many pictures of attention, stop at the weights. But nothing has moved yet! Only here does something cross from token to token:
# each value, times its weight, added up.

# %% [markdown] lang="zh"
# ## 第 5 步：交出什么
#
# bertviz 和许多讲注意力的图，到权重就停了。可是算到权重为止，信息还没有移动！下面这一步，才真有东西从一个词元到了另一个词元：
# 每个值乘以自己的权重，再加起来。

# %% label="context"
weighted = weights[:, None] * values           # (key, d_head)
context = weighted.sum(0)                      # (d_head,)
against_model("context", context, record.context[layer, head, token])
#zh against_model("上下文向量", context, record.context[layer, head, token])

# %% [markdown] lang="en"
# ## Step 6: W_O, back to the width of the stream
#
# $W_O$ joins the heads. Seen from one head it is a part of its own, $d_{head}$ *columns*, that turns the context into a vector of d_model numbers: what this head brings.
# What all heads bring, and one bias, is the **attention output**.

# %% [markdown] lang="zh"
# ## 第 6 步：W_O，回到残差流的宽度
#
# $W_O$ 把各个头合起来。从一个头的角度看，它有属于自己的一块，也就是 $d_{head}$ **列**，把上下文向量变成 d_model 个数：这就是这个头的贡献。
# 所有头的贡献，加上一个偏置，就是**注意力的输出**（attention output）。

# %% label="output"
w_output = parts.w_output.weight[:, mine]                             # (d_model, d_head)
share = w_output @ context                                            # (d_model,): this head brings #zh (d_model,)：这个头带来的
by_head = parts.w_output.weight.unflatten(-1, (record.n_heads, -1))   # (d_model, head, d_head)
contexts = record.context[layer, :, token]                            # (head, d_head)
shares = torch.einsum("mhd,hd->hm", by_head, contexts)                # (head, d_model): all bring #zh (head, d_model)：各头带来的
against_model("this head among all", share, shares[head])
#zh against_model("所有头里的这一个", share, shares[head])
output = shares.sum(0) + parts.w_output.bias
against_model("attention output", output, record.attention_output(layer)[token])
#zh against_model("注意力的输出", output, record.attention_output(layer)[token])

# %% [markdown] lang="en"
# ### In words
#
# What a head brings is d_model numbers. Do they say anything? The model's own last step, which turns a token's final vector into guesses (chapter 06 opens it), can read them: give it what **one** head brings, as if there were nothing else.
#
# **Predict:** what will it read in our head's part?

# %% [markdown] lang="zh"
# ### 念出来是什么
#
# 一个头的贡献是 d_model 个数。它们说了什么吗？模型自己的最后一步，就是把词元最终的向量变成猜测的那一步（第 06 章会打开它），可以替我们念：只把**一个**头的贡献交给它，好像别的什么都没有。
#
# **先猜**：从我们这个头的贡献里，会念出什么？

# %% label="predict-in-words" tags=["own"]
predict("03.in_words")

# %% label="in-words"
if hasattr(bert.model, "cls"):                             # a model that learnt to guess #zh 学过猜词的模型
    in_words = bert.model.cls.predictions(shares).detach()              # (head, vocab)
    for one, row in enumerate(in_words):
        print(f"head {one}:", *(record.vocabulary[best] for best in row.topk(5).indices))
        #zh print(f"头 {one}：", *(record.vocabulary[best] for best in row.topk(5).indices))

# %% [markdown] lang="en"
# <!-- own -->
# With the course BERT and the sentences above, our head says *bed*, in both languages (床 bed, 睡 to sleep), among words that have little to do with it. The other heads of the layer say next to nothing: 的, 了 and the like are the small change of Chinese.
# <!-- all -->
# What a head brings is made for the parts behind it, and not every message is a word; it is also a crude reading, for in the model nothing arrives alone.
#
# ### Exercise 2 · What a head brings · code · 6 min · ●●○
#
# For all tokens at once, given the contexts of one head and the whole $W_O$.

# %% [markdown] lang="zh"
# <!-- own -->
# 用课程 BERT 和上面的句子，我们这个头念出来是 *bed*，两种语言都有（“床”“睡”），也夹着几个不相干的词。同一层别的头几乎什么也没说：“的”“了”之类，到处都用得上。
# <!-- all -->
# 一个头的贡献是给后面的部分用的，并不是每条消息都是一个词；这种念法也很粗，因为在模型里，谁的贡献都不是单独到达的。
#
# ### 练习 2 · 一个头的贡献 · 动手写 · 6 分钟 · ●●○
#
# 所有词元一起算：给你一个头的上下文向量和整个 $W_O$。

# %% label="exercise-share" tags=["exercise"]
def head_share(context, w_output, head):
    """context (token, d_head), w_output (d_model, n_heads * d_head) -> (token, d_model)"""
    #zh """context (token, d_head)，w_output (d_model, n_heads * d_head) -> 输出 (token, d_model)"""
    ### BEGIN SOLUTION
    first = head * context.shape[-1]
    return context @ w_output[:, first:first + context.shape[-1]].T
    ### END SOLUTION

# %% label="check-share" tags=["check"]
check("03.share", head_share)

# %% [markdown] lang="en"
# ## Step 7: into the residual stream
#
# The attention output does not replace the token. It is **added** to what the token was, the residual connection, and a layer norm brings the sum back to one size.
# So a token's vector runs through the model like a stream, and every head only pours something in.

# %% [markdown] lang="zh"
# ## 第 7 步：汇入残差流
#
# 注意力的输出并不取代词元，而是**加**到词元原有的向量上，这就是残差连接；层归一化再把和调整到统一的大小。
# 所以一个词元的向量像一条河，从头到尾流过整个模型，每个头只是往里倒一点东西。

# %% label="residual"
residual = x[token] + output                   # (d_model,)
attended = parts.norm(residual)                # (d_model,)
against_model("after attention", attended, record.attended_states[layer, token])
#zh against_model("注意力之后", attended, record.attended_states[layer, token])

# %% [markdown] lang="en"
# Done: every number of this head is yours, and each equals the model's. Now the life of **one** of them.
# We take the place in the stream where our head writes most, and follow it from the embedding.

# %% [markdown] lang="zh"
# 走完了：这个头里的每个数都是你算的，每个都与模型的相等。现在来看其中**一个**数的一生。
# 我们取残差流里这个头写入的绝对值最大的那一维，从嵌入开始跟着它走。

# %% label="one-number"
place = share.abs().argmax().item()
story = {"word embedding": record.word_embeddings[token],
         "+ position": record.position_embeddings[token],
         "+ segment": record.segment_embeddings[token],
         "layer norm": record.hidden_states[0, token], f"as it enters layer {layer}": x[token],
         f"+ head {head}": share, "+ the other heads": shares.sum(0) - share,
         "+ bias of W_O": parts.w_output.bias, "= residual sum": residual,
         "layer norm again": attended}
print(f"number {place} of {record.d_model}")
for name, vector in story.items():
    print(f"{name:24}{vector[place]:8.3f}")
#zh story = {"词嵌入": record.word_embeddings[token],
#zh          "＋ 位置": record.position_embeddings[token],
#zh          "＋ 句段": record.segment_embeddings[token],
#zh          "层归一化": record.hidden_states[0, token], f"进入第 {layer} 层时": x[token],
#zh          f"＋ 头 {head}": share, "＋ 其余的头": shares.sum(0) - share,
#zh          "＋ W_O 的偏置": parts.w_output.bias, "＝ 残差之和": residual,
#zh          "再次层归一化": attended}
#zh print(f"{record.d_model} 个数里，编号 {place} 的那一个")
#zh for name, vector in story.items():
#zh     print(f"{vector[place]:8.3f}  {name}")

# %% [markdown] lang="en"
# Most of it came in one step? Then look into that step: it is a sum over the tokens, so each has its part.

# %% [markdown] lang="zh"
# 大半是一步之内进来的？那就打开这一步看看：它是对各个词元求和，所以每个词元都有一份。

# %% label="from-each-token"
from_each = weighted @ w_output[place]         # (key,): what each token gave to this one number #zh (key,)：每个词元给了这一个数多少
for key in from_each.abs().argsort(descending=True)[:3].tolist():
    print(f"from {record.tokens[key]:8}{from_each[key]:8.3f}")
print(f"from all     {from_each.sum():8.3f}")
    #zh print(f"来自 {record.tokens[key]:8}{from_each[key]:8.3f}")
    #zh print(f"来自全部     {from_each.sum():8.3f}")

# %% [markdown] lang="en"
# Why the norm? A layer adds to what is there, and what it adds grows with it. Twelve layers of random matrices, with nothing between them and with a layer norm after each:

# %% [markdown] lang="zh"
# 为什么要归一化？每一层都在原有的向量上再加一份，向量越大，加上的也越大。拿十二层随机矩阵试一试：一种层与层之间什么也没有，另一种每层之后做一次层归一化：

# %% label="why-norm"
noise = torch.Generator().manual_seed(0)
start, *steps = torch.randn(64, generator=noise), *torch.randn(12, 64, 64, generator=noise) / 8
plain = normed = start
for number, step in enumerate(steps, 1):
    plain = plain + step @ plain                                             # (d_model,)
    normed = torch.nn.functional.layer_norm(normed + step @ normed, (64,))
    if number in (1, 4, 8, 12):
        print(f"after {number:2} layers: length {plain.norm():7.1f} without, "
              f"{normed.norm():4.1f} with")
        #zh print(f"{number:2} 层之后的长度：没有归一化 {plain.norm():7.1f}，"
        #zh       f"有归一化 {normed.norm():4.1f}")

# %% [markdown] lang="en"
# Without it, scores would grow with the vectors and softmax would saturate from layer to layer; with it, every layer finds its inputs at the size it learnt on.
#
# ### Exercise 3 · Add and norm · code · 10 min · ●●○
#
# Step 7 for all tokens, without the model's module. Layer norm takes each token by itself: minus its mean, divided by $\sqrt{\text{variance} + \epsilon}$,
# times `scale`, plus `shift`. The variance divides by d_model.

# %% [markdown] lang="zh"
# 没有它，向量越来越长，分数也跟着变大，softmax 一层比一层饱和；有了它，每一层收到的向量都是学习时见惯的大小。
#
# ### 练习 3 · 相加与归一化 · 动手写 · 10 分钟 · ●●○
#
# 为所有词元做第 7 步，不用模型自带的模块。层归一化对每个词元单独做：减去均值，除以 $\sqrt{\text{方差} + \epsilon}$，
# 乘以 `scale`，加上 `shift`。方差除以的是 d_model。

# %% label="exercise-norm" tags=["exercise"]
def add_and_norm(inputs, output, scale, shift, eps):
    """inputs, output (token, d_model), scale, shift (d_model,) -> (token, d_model)"""
    #zh """inputs、output (token, d_model)，scale、shift (d_model,) -> 归一化后 (token, d_model)"""
    ### BEGIN SOLUTION
    total = inputs + output
    centred = total - total.mean(-1, keepdim=True)
    variance = centred.square().mean(-1, keepdim=True)
    return scale * centred / (variance + eps).sqrt() + shift
    ### END SOLUTION

# %% label="check-norm" tags=["check"]
check("03.norm", add_and_norm)

# %% [markdown] lang="en"
# ### Exercise 4 · One head, whole · code · 15 min · ●●●
#
# All steps in one function: from the hidden states to the hidden states plus what one head brings. No biases and no layer norm here,
# but a mask: `True` = may attend. The matrices are the head's own, each (out, in).

# %% [markdown] lang="zh"
# ### 练习 4 · 一个完整的头 · 动手写 · 15 分钟 · ●●●
#
# 把各步写进一个函数：从隐藏状态，到隐藏状态加上一个头的贡献。这里没有偏置，也没有层归一化，
# 但有掩码：`True` 表示可以看。矩阵都只含这个头自己的部分，形状均为（输出，输入）。

# %% label="exercise-cell" tags=["exercise"]
def one_head(inputs, mask, w_query, w_key, w_value, w_output):
    """inputs (token, d_model), mask (query, key), w_query, w_key, w_value (d_head, d_model),
    w_output (d_model, d_head) -> (token, d_model)"""
    #zh """inputs (token, d_model)，mask (query, key)，w_query、w_key、w_value (d_head, d_model)，
    #zh w_output (d_model, d_head) -> 加上这个头之后 (token, d_model)"""
    ### BEGIN SOLUTION
    fit = (inputs @ w_query.T) @ (inputs @ w_key.T).T / len(w_key) ** 0.5
    rows = fit.masked_fill(~mask, -torch.inf).softmax(dim=-1)
    return inputs + rows @ (inputs @ w_value.T) @ w_output.T
    ### END SOLUTION

# %% label="check-cell" tags=["check"]
check("03.cell", one_head)

# %% [markdown] lang="en"
# ## What the $\sqrt{d}$ does to real rows
#
# In chapter 01 we saw it on random vectors. Now on our token, head by head in this layer: the largest weight of the row, with the root and without.
#
# **Predict:** a model was trained with the root. What will it say if we take the root away everywhere?

# %% [markdown] lang="zh"
# ## $\sqrt{d}$ 对真实的行做了什么
#
# 第 01 章里我们用随机向量看过。现在看我们的词元，这一层的每个头：那一行里最大的权重，除以根号和不除时各是多少。
#
# **先猜**：模型是带着根号训练出来的。如果处处都不除，它会怎么说？

# %% label="root-rows"
asked = record.queries[layer, :, token, None]                              # (head, 1, d_head)
for name, scale in (("with the root   ", None), ("without the root", 1.0)):
#zh for name, scale in (("除以根号　", None), ("不除以根号", 1.0)):
    fits = attention_scores(asked, record.keys[layer], scale=scale)        # (head, 1, key)
    print(name, attention_weights(fits).amax(-1).flatten())

# %% label="predict-no-root"
predict("03.no_root")

# %% label="root-everywhere"
compare(bert, sentence_a, sentence_b, scale=1.0)

# %% [markdown] lang="en"
# Without the root every row is more concentrated than any in training. The second choices fall silent, and it had learnt to count on them.
#
# ## Turn one neuron
#
# Back to our head. We take the neuron that adds most to the score of the best key, and we shall move it.
#
# ### Exercise 5 · Foresee it · code · 6 min · ●●○
#
# Before anything moves: one number of the query, `query[neuron]`, grows by `change`; all others stay. The score of a key was `score`.
# What will it be? Write it down as a function: you need no query, only the key.

# %% [markdown] lang="zh"
# 没有根号，每一行都过于集中。第二、第三选择几乎拿不到权重，而模型训练时是用得上它们的。
#
# ## 拨动一个神经元
#
# 回到我们那个头。取对最佳键的分数贡献最大的那个神经元，我们要拨动它。
#
# ### 练习 5 · 事先说出来 · 动手写 · 6 分钟 · ●●○
#
# 先别动。查询里的一个数 `query[neuron]` 增加 `change`，其余都不变。某个键原来的分数是 `score`，
# 之后会是多少？写成一个函数：用不着知道查询，知道键就够了。

# %% label="exercise-nudge" tags=["exercise"]
def nudged(score, change, key, neuron):
    """score, change: numbers; key (d_head,); neuron: an index -> the new score"""
    #zh """score、change 是数，key (d_head,)，neuron 是第几个神经元 -> 新的分数"""
    ### BEGIN SOLUTION
    return score + key[neuron] * change / key.shape[-1] ** 0.5
    ### END SOLUTION

# %% label="check-nudge" tags=["check"]
check("03.nudge", nudged)

# %% [markdown] lang="en"
# Now turn that neuron round: the same size, the other sign.
#
# **Predict:** how much of its weight will the best key keep?

# %% [markdown] lang="zh"
# 现在给那个神经元变号：大小不变，正负相反。
#
# **先猜**：最佳的键还能留住多少权重？

# %% label="predict-turned" tags=["own"]
predict("03.turned")

# %% label="turn-neuron"
neuron = products[found].argmax().item()
turned = query.clone()
turned[neuron] = -query[neuron]
new_row = attention_weights(attention_scores(turned, keys))          # (key,)
after = (turned @ keys[found]) / record.d_head ** 0.5
print(f"neuron {neuron}: {query[neuron]:.2f} -> {turned[neuron]:.2f}")
print(f"score of {record.tokens[found]}: {scores[found]:.2f} -> {after:.2f}")
print(f"weight of {record.tokens[found]}: {weights[found]:.3f} -> {new_row[found]:.3f}")
#zh print(f"神经元 {neuron}：{query[neuron]:.2f} -> {turned[neuron]:.2f}")
#zh print(f"{record.tokens[found]} 的分数：{scores[found]:.2f} -> {after:.2f}")
#zh print(f"{record.tokens[found]} 的权重：{weights[found]:.3f} -> {new_row[found]:.3f}")

# %% [markdown] lang="en"
# One number of so many, and the row answers. **Try:**
#
# * Move *Add to it* slowly from one end to the other. Who takes over the weight?
# * Choose a *Neuron* where the best key has a number near 0. Why does nothing happen?
# * Find a neuron and a direction that make the row *more* concentrated.

# %% [markdown] lang="zh"
# 这么多数里只动了一个，整行就有了反应。**试一试**：
#
# * 把“加上”从一头慢慢拖到另一头。权重被谁接过去了？
# * 选一个“神经元”，让最佳的键在那里的数接近 0。为什么什么也不发生？
# * 找一个神经元和一个方向，让这一行的权重**更**集中。

# %% label="explore-query"
knob = explore_query(record)
knob.choose(layer=layer, head=head, token=token, neuron=neuron,
            change=-10.0 if query[neuron] > 0 else 10.0)
knob

# %% [markdown] lang="en"
# So far this is a picture. Now we put the edited row back into the running model, in the place of its own,
# and let everything after it follow. (`knob.edits` is the row as the slider stands; move it and run this cell again.)

# %% [markdown] lang="zh"
# 到这里还只是一张图。现在把改过的这一行放回正在运行的模型里，顶替它自己的那一行，
# 让后面的一切随之发生。（`knob.edits` 就是滑块当前位置对应的那一行；挪动滑块，再运行这个单元格。）

# %% label="turned-consequence"
compare(bert, sentence_a, sentence_b, weights_edited=knob.edits)

# %% [markdown] lang="en"
# And if we write the whole row ourselves? Let the token look at the *first* word of the second sentence, and nowhere else.
# One row of one head in one layer; the rest of the model stays as it is.
#
# **Predict:** what will the model put into the gap now?

# %% [markdown] lang="zh"
# 如果整行都由我们来写呢？让这个词元只看第二句的**第一个**词，别处一概不看。
# 只动一层里一个头的一行，模型的其余部分原样不动。
#
# **先猜**：现在模型会往空里填什么？

# %% label="predict-other-row" tags=["own"]
predict("03.other_row")

# %% label="other-row"
row = torch.zeros(record.n_tokens)
row[record.sentence_b_start or 1] = 1.0        # (key,)
compare(bert, sentence_a, sentence_b, weights_edited={(layer, head, token): row})

# %% [markdown] lang="en"
# The row says where from, the value of that word is what arrives, and the model goes on with it as if it had chosen so itself.
#
# ## Common misreadings
#
# **"A large weight means an important word."** A weight is how much is taken; the value, after $W_O$, is how much there is to take.
# Kobayashi and colleagues therefore measure the length of what arrives: $\text{weight} \times \lVert W_O\, v \rVert$.
#
# ### Exercise 6 · What each key brings · code · 6 min · ●●○
#
# For one row of one head: a number for each key.

# %% [markdown] lang="zh"
# 行说的是从哪里拿，到手的是那个词的值，模型就拿着它继续算，好像本来就是自己选的。
#
# ## 常见的误读
#
# **“权重大，说明这个词重要”**：权重说的是取走几成；值经过 $W_O$ 之后有多长，才是那里有多少可取。
# 所以 Kobayashi 等人量的是真正到达的东西有多长：$\text{权重} \times \lVert W_O\, v \rVert$。
#
# ### 练习 6 · 每个键带来多少 · 动手写 · 6 分钟 · ●●○
#
# 对一个头的一行来算：每个键一个数。

# %% label="exercise-brought" tags=["exercise"]
def brought(weights, values, w_output):
    """weights (key,), values (key, d_head), w_output (d_model, d_head) -> (key,)"""
    #zh """weights (key,)，values (key, d_head)，w_output (d_model, d_head) -> 各带来多少 (key,)"""
    ### BEGIN SOLUTION
    handed = values @ w_output.transpose(0, 1)
    return weights * handed.square().sum(-1).sqrt()
    ### END SOLUTION

# %% label="check-brought" tags=["check"]
check("03.brought", brought)

# %% [markdown] lang="en"
# Now for all heads of the model at once. `[CLS]` and `[SEP]` take a large share of the weights, as chapter 01 counted.
#
# **Predict:** do they bring as large a share?

# %% [markdown] lang="zh"
# 现在对模型的所有头一起算。第 01 章数过，`[CLS]` 和 `[SEP]` 占去了很大一份权重。
#
# **先猜**：它们带来的东西，也占这么大一份吗？

# %% label="predict-arrives"
predict("03.arrives")

# %% label="lengths"
all_parts = torch.stack([one.w_output.weight.unflatten(-1, (record.n_heads, -1))
                         for one in record.attention_parts])
handed = torch.einsum("lhkd,lmhd->lhkm", record.values, all_parts)   # (layer, head, key, d_model)
lengths = handed.norm(dim=-1)                                        # (layer, head, key)
arrived = record.weights * lengths[:, :, None]                       # (layer, head, query, key)
special = [place for place, name in enumerate(record.tokens) if name in ("[CLS]", "[SEP]")]
print(f"an even spread would give them {len(special) / record.n_tokens:.3f}")
print("share of the weights   ", record.weights[..., special].sum(-1).mean((1, 2)))  # (layer,)
print("share of what arrives  ", (arrived[..., special].sum(-1) / arrived.sum(-1)).mean((1, 2)))
#zh print(f"平均分配时，它们该得 {len(special) / record.n_tokens:.3f}")
#zh print("占权重的份额　　", record.weights[..., special].sum(-1).mean((1, 2)))  # (layer,)
#zh print("占到达量的份额　", (arrived[..., special].sum(-1) / arrived.sum(-1)).mean((1, 2)))

# %% [markdown] lang="en"
# Each number is the mean of one layer. And now one row from close by: of all heads, the one in which our token rests most on these special tokens.

# %% [markdown] lang="zh"
# 每个数是一层的平均。再走近看一行：在所有的头里，挑出我们的词元最爱停在这些特殊词元上的那一个。

# %% label="resting-row"
resting = record.weights[:, :, token, special].sum(-1)                               # (layer, head)
at = divmod(resting.argmax().item(), record.n_heads)
print("layer, head:", at)
print(f"special tokens: {resting[at]:.2f} of the weight, "
      f"{arrived[at][token, special].sum() / arrived[at][token].sum():.2f} of what arrives")
#zh print("（层，头）：", at)
#zh print(f"特殊词元：占权重的 {resting[at]:.2f}，"
#zh       f"占到达量的 {arrived[at][token, special].sum() / arrived[at][token].sum():.2f}")
for key in record.weights[at][token].argsort(descending=True)[:6].tolist():
    print(f"{record.tokens[key]:8} weight {record.weights[at][token, key]:.3f}   "
          f"length {lengths[at][key]:5.2f}   arrives {arrived[at][token, key]:.3f}")
    #zh print(f"{record.tokens[key]:8} 权重 {record.weights[at][token, key]:.3f}   "
    #zh       f"长度 {lengths[at][key]:5.2f}   到达 {arrived[at][token, key]:.3f}")

# %% [markdown] lang="en"
# <!-- own -->
# Add the shares up, by weight and by what arrives: less arrives from the special tokens than their weight says (with the course BERT and the sentences above 0.89 of the weight, 0.60 of what arrives), yet it is still the largest part.
# <!-- others -->
# Add the shares up, by weight and by what arrives: how much less arrives from the special tokens than their weight says?
# <!-- all -->
# A weight must go somewhere, since each row adds up to 1; here it goes where there is *less* to take, not nothing. (You can see it in the neuron view further up: in column ⑥, the values, the rows of `[CLS]` and `[SEP]` are the palest.)
# The length is better evidence than the weight, and still not the last word: vectors can cancel, and later layers may ignore them.
# The last word is an intervention. Switch off this head, then ours, and see which of the two the prediction misses:

# %% [markdown] lang="zh"
# <!-- own -->
# 把各份加起来看，一次按权重，一次按到达的量：从特殊词元那里到达的，比权重所说的少（用课程 BERT 和上面的句子，权重占 0.89，到达的占 0.60），但仍然是最大的一份。
# <!-- others -->
# 把各份加起来看，一次按权重，一次按到达的量：从特殊词元那里到达的，比权重所说的少多少？
# <!-- all -->
# 权重总得有个去处，因为每行之和必须是 1；这里它去的地方，可取的东西**比较少**，却不是没有。（前面的神经元视图里就看得见：第 ⑥ 列是值，`[CLS]` 和 `[SEP]` 那几行颜色最淡。）
# 长度是比权重更好的证据，但也不是定论：向量之间可能抵消，后面的层也可能不理会。
# 最后还得靠**干预**（intervention）来判断。先关掉这个头，再关掉我们那个头，看预测缺不了哪一个：

# %% label="which-is-missed"
for place in (at, (layer, head)):
    print(compare(bert, sentence_a, sentence_b, heads_off={place}))

# %% [markdown] lang="en"
# <!-- own -->
# With the sentences above: without the head that rests, the guess is as good as before; without ours, the word is lost.
#
# <!-- all -->
# **"This neuron means …"** A neuron of a query means nothing by itself. Turn query and keys by the same random orthogonal matrix (a rotation, perhaps with a mirror):
# every number changes, and every score is the same.

# %% [markdown] lang="zh"
# <!-- own -->
# 用上面的句子：关掉那个歇着的头，猜得和原来一样好；关掉我们那个头，词就猜不出来了。
#
# <!-- all -->
# **“这个神经元的意思是……”**：查询里的一个神经元，单独拿出来没有意思。让查询和键一起乘上同一个随机的正交矩阵（旋转，也许还带一次镜像）：
# 每个数都变了，每个分数却不变。

# %% label="rotation"
noise = torch.randn(record.d_head, record.d_head, generator=torch.Generator().manual_seed(0))
rotation = torch.linalg.qr(noise).Q.to(query)                                  # (d_head, d_head)
print("same query:", torch.allclose(query @ rotation, query))
against_model("scores after the rotation",
#zh print("查询没变：", torch.allclose(query @ rotation, query))
#zh against_model("转过之后的分数",
              attention_scores(query @ rotation, keys @ rotation), scores)

# %% [markdown] lang="en"
# What is real is the pair, $q \cdot k$. The same holds for values and $W_O$. (So exercise 5 could not do without the key's number at the same place.)
#
# ## The classic neuron view
#
# Jesse Vig's bertviz made this view known. Here it is as it was made, without a network: point at a token, then click the *+* beside it to open its neurons.
# It stops at softmax; you know what comes after. (Nothing of it is saved in the notebook: run the cell to see it.)

# %% [markdown] lang="zh"
# 真正有意义的是这一对，$q \cdot k$。值与 $W_O$ 也是如此。（所以练习 5 离不开键在同一位置上的数。）
#
# ## 经典的神经元视图
#
# 这种视图因 Jesse Vig 的 bertviz 而出名。下面是它的原样，不需要网络：指向一个词元，再点它旁边的 *+*，展开它的神经元。
# 它到 softmax 为止；后面是什么，你已经知道了。（笔记本里不保存它的画面，要运行单元格才看得到。）

# %% label="bertviz" tags=["volatile"]
from helpers.views.bertviz import bertviz_neurons
bertviz_neurons(record, layer=layer, head=head)

# %% [markdown] lang="en"
# ### Exercise 7 · Explain · 6 min · ●●○
#
# A friend shows you a neuron view and says: "Neuron 7 is dark in the query, so this head looks for nouns; and the arrow to `[SEP]` is the thickest,
# so `[SEP]` matters most." Answer in three sentences: one on the neuron, one on the arrow, one on the experiment you would do.

# %% [markdown] lang="zh"
# ### 练习 7 · 讲给别人听 · 6 分钟 · ●●○
#
# 朋友给你看一张神经元视图，说：“查询里第 7 个神经元颜色很深，可见这个头在找名词；连到 `[SEP]` 的线最粗，
# 可见 `[SEP]` 最重要。”用三句话回答：一句说神经元，一句说那条线，一句说你会做什么实验。

# %% label="explain-neuron"
explain("03.neuron")

# %% [markdown] lang="en"
# ## Mend, plan, carry over ✻
#
# ### Exercise 8 · A head that leaks · find the bug · 8 min · ●●○
#
# The mask says that no token may see what comes later. Two tests: change the *last* token, and the first row must stay; set the matrix of the values to zero, and nothing must be left. This head fails both. There are two faults; write it again without them.

# %% [markdown] lang="zh"
# ## 改错、设计、换个地方用 ✻
#
# ### 练习 8 · 走漏消息的头 · 找错误 · 8 分钟 · ●●○
#
# 掩码规定：谁也不许看后文。有两个试法：改动**最后**一个词元，第一行应当不变；把算值的矩阵换成全 0，应当什么也不剩。下面这个头两关都过不了。有两处错误：请改好，重写一遍。

# %% label="broken-head"
def broken_head(inputs, mask, w_query, w_key, w_value):
    asked, offered = inputs @ w_query.T, inputs @ w_key.T                  # (token, d_head)
    fits = asked @ offered.T / len(w_key) ** 0.5                           # (query, key)
    return (fits * mask).softmax(dim=-1) @ offered

# %% label="two-tests"
noise = torch.Generator().manual_seed(0)
five, three = torch.randn(5, 6, generator=noise), torch.randn(3, 4, 6, generator=noise)
earlier = torch.ones(5, 5, dtype=torch.bool).tril()
other_end = five.clone()
other_end[-1] += 1.0
whole, other = (broken_head(rows, earlier, *three) for rows in (five, other_end))
print(f"last token changed: first row moves by {(other - whole)[0].norm():.3f}")
#zh print(f"换掉最后一个词元：第一行移动了 {(other - whole)[0].norm():.3f}")
silent = broken_head(five, earlier, *three[:2], 0 * three[2])
print(f"values all zero: of {whole.norm():.3f} there is left {silent.norm():.3f}")
#zh print(f"值全部是零：{whole.norm():.3f} 还剩 {silent.norm():.3f}")

# %% label="exercise-bug" tags=["exercise"]
def mended_head(inputs, mask, w_query, w_key, w_value):
    """inputs (token, d_model), mask (query, key), three matrices (d_head, d_model)
    -> (token, d_head)"""
    #zh """inputs (token, d_model)，mask (query, key)，三个矩阵 (d_head, d_model)
    #zh -> (token, d_head)"""
    ### BEGIN SOLUTION
    asked, offered, said = (inputs @ w.T for w in (w_query, w_key, w_value))
    hidden = attention_scores(asked, offered).masked_fill(~mask, -torch.inf)
    return hidden.softmax(dim=-1) @ said
    ### END SOLUTION

# %% label="check-bug" tags=["check"]
check("03.bug", mended_head)

# %% [markdown] lang="en"
# ### Exercise 9 · Who carries it? · design an experiment · 8 min · ●●○
#
# One claim: *the head that we opened carries the word across to the gap.* Another: *any second sentence helps; with more company the model guesses better.* "I switched the head off, and the guess was lost" fits the first. Is it enough?
# Write down which runs would decide, what each claim expects of each, and which run is the control. Then run the cells. (One of the other second sentences is 我每天早上喝茶, *I drink tea every morning*.)

# %% [markdown] lang="zh"
# ### 练习 9 · 是谁搬过来的？· 设计实验 · 8 分钟 · ●●○
#
# 一种说法：**我们打开的那个头，把词搬到了空里。**另一种说法：**随便来个第二句都有用，同伴多了，模型就猜得准。**“我把那个头关掉，就猜不出来了”，这符合第一种说法。够了吗？
# 请写下：哪几次运行能分出对错，两种说法各预料什么，哪一次是对照。写好再运行下面的单元格。

# %% label="explain-design"
explain("03.design")

# %% label="design-runs"
others = [{(layer, one)} for one in range(bert.n_heads) if one != head]
runs = {"as it is": [(sentence_b, {})], "no second sentence": [(None, {})],
        "another second sentence": [("我每天早上喝茶。", {}), ("I like this book.", {})],
        "our head off": [(sentence_b, {"heads_off": {(layer, head)}})],
        "another head of its layer off": [(sentence_b, {"heads_off": off}) for off in others]}
#zh runs = {"原样": [(sentence_b, {})], "没有第二句": [(None, {})],
#zh         "换成别的第二句": [("我每天早上喝茶。", {}), ("I like this book.", {})],
#zh         "关掉我们的头": [(sentence_b, {"heads_off": {(layer, head)}})],
#zh         "关掉同层另一个头": [(sentence_b, {"heads_off": off}) for off in others]}

# %% label="design-outcome"
def sure_of(row, second, **changes):
    return bert.run(sentence_a, second, **changes).logits[0].softmax(-1)[row].item()

if record.logits is not None:                              # a [MASK], and a model that can guess it #zh 有 [MASK]，而且模型会猜
    best = record.logits[0].argmax().item()
    for name, several in runs.items():
        sure = [sure_of(best, second, **changes) for second, changes in several]
        print(f"{name:30} {record.vocabulary[best]}: {min(sure):.3f} to {max(sure):.3f}")
        #zh print(f"{name:　<10} {record.vocabulary[best]}：{min(sure):.3f} 到 {max(sure):.3f}")

# %% [markdown] lang="en"
# ### Exercise 10 · What arrives in a GPT · transfer · 8 min · ●●○
#
# The measure of exercise 6, on a model that you have not opened: the course's GPT (chapter 07). Its heads, too, put much of their weight on one token that says nothing, the start `<s>`. First the lengths, as above:

# %% [markdown] lang="zh"
# ### 练习 10 · GPT 里到达了什么 · 换个模型 · 8 分钟 · ●●○
#
# 练习 6 的量法，用到一个没打开过的模型上：课程的 GPT（第 07 章）。它的头也把许多权重放在一个什么也没说的词元上，就是开头的 `<s>`。先照上面的办法算出长度：

# %% label="lengths-in-a-gpt"
from helpers.models import load_model

gpt = load_model("course-gpt")
read = gpt.run("The dog ran home because it was very tired.")
blocks = torch.stack([one.w_output.weight.unflatten(-1, (gpt.n_heads, -1))
                      for one in gpt.anatomy.layers])               # (layer, d_model, head, d_head)
reach = torch.einsum("lhkd,lmhd->lhkm", read.values, blocks).norm(dim=-1)   # (layer, head, key)
print(*read.tokens)

# %% [markdown] lang="en"
# For one head: of all that arrives in a row, which share comes from the first token? Return the mean over the rows. The first token sees itself alone, so it does not count as asking.

# %% [markdown] lang="zh"
# 对一个头来说：一行里到达的东西，有多大一份来自第一个词元？返回各行的平均。第一个词元只看得见自己，不算在内。

# %% label="exercise-transfer" tags=["exercise"]
def first_share(weights, lengths):
    """weights (query, key), lengths (key,) -> one number"""
    #zh """weights (query, key)，lengths (key,) -> 一个数"""
    ### BEGIN SOLUTION
    there = (weights * lengths)[1:]
    return (there[:, 0] / there.sum(dim=-1)).mean()
    ### END SOLUTION

# %% label="check-transfer" tags=["check"]
check("03.transfer", first_share)

# %% label="first-token-in-a-gpt"
for at in range(gpt.n_layers):
    shared = [first_share(read.weights[at, one], reach[at, one]) for one in range(gpt.n_heads)]
    if None not in shared:                                                  # once it is written #zh 写好了才算
        print(f"layer {at}: {read.weights[at, :, 1:, 0].mean():.2f} of the weight, "
              f"{sum(shared) / len(shared):.2f} of what arrives")
        #zh print(f"第 {at} 层：占权重的 {read.weights[at, :, 1:, 0].mean():.2f}，"
        #zh       f"占到达量的 {sum(shared) / len(shared):.2f}")

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("03.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. Query, key and value are three readings of the same vector $x$: what I look for, what I am found by, what I hand over. Query and key decide where from, the value decides what.
# 2. $x$ → $q, k, v$ → $q \cdot k$ → $\div\sqrt{d_{head}}$ → softmax → weighted values → $W_O$ → **added** to $x$ → layer norm. You computed each number, and each was the model's.
# 3. Moving one neuron of a query moves each score by its change times the key's number there, divided by $\sqrt{d_{head}}$; an edited row, put back, changes what the model says.
# 4. A weight is what is taken, not what arrives: measure $\text{weight} \times \lVert W_O v \rVert$, and settle it by an intervention.
#
# **Next:** in all of this nothing said which word comes first. Shuffle them, and attention would not notice. Chapter 04 is about how it knows.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, sections 3.1 (residual connections, layer norm) and 3.2 (attention).
# Vig 2019, *A Multiscale Visualization of Attention in the Transformer Model* (the neuron view).
# Elhage et al. 2021, *A Mathematical Framework for Transformer Circuits* (the residual stream; heads that add to it).
# Kobayashi et al. 2020, *Attention is Not Only a Weight: Analyzing Transformers with Vector Norms* (the length of what arrives; `[SEP]` in BERT).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 查询、键、值是同一个向量 $x$ 的三种读法：我找什么，凭什么找到我，我交出什么。查询和键决定从哪里拿，值决定拿到什么。
# 2. $x$ → $q, k, v$ → $q \cdot k$ → $\div\sqrt{d_{head}}$ → softmax → 加权的值 → $W_O$ → **加**到 $x$ 上 → 层归一化。每个数都是你算的，每个都与模型的相等。
# 3. 拨动查询的一个神经元，每个分数的变化是：改动量乘以键在那里的数，再除以 $\sqrt{d_{head}}$；把改过的行放回去，模型说的话会变。
# 4. 权重说的是取走的比例，不是最终到达的量：要量 $\text{权重} \times \lVert W_O v \rVert$，并用干预来检验。
#
# **下一步**：这一路算下来，没有一步用到词的先后。把词打乱，注意力也不会察觉。第 04 章讲它靠什么知道顺序。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，3.1 节（残差连接、层归一化）和 3.2 节（注意力）。Vig（2019），*A Multiscale Visualization of Attention in the Transformer Model*（神经元视图）。Elhage 等（2021），*A Mathematical Framework for Transformer Circuits*（残差流；各个头往里加东西）。Kobayashi 等（2020），*Attention is Not Only a Weight: Analyzing Transformers with Vector Norms*（到达的东西有多长；BERT 里的 `[SEP]`）。
