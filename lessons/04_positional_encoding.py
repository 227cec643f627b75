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
# # Positional encoding: how a model knows the order
#
# **You will make** the positions of the original Transformer with your own hands,
# and then shuffle the positions of a running BERT and watch it lose the thread.
#
# **You will be able to**
# 1. show that attention alone does not notice the order of the words,
# 2. write the sinusoidal encoding, and say why it needs many frequencies,
# 3. say why moving on is a rotation, and why the dot product of two positions depends on their distance alone,
# 4. tell sinusoidal, learned and rotary positions apart.
#
# **You need** chapter 01, and to know that sine and cosine are the coordinates of the tip of a clock's hand. About 140 minutes, 75 of them exercises. On a first reading the sections marked ✻ can be left out: 110 minutes without.

# %% [markdown] lang="zh"
# # 位置编码（positional encoding）：模型怎样知道词的先后
#
# **你会做出**：先亲手写出最初那个 Transformer 的位置编码，
# 再把一个正在运行的 BERT 的位置打乱，看它怎样摸不着头脑。
#
# **学完这一章，你能**
# 1. 用实验说明：单靠注意力，根本察觉不到词的先后；
# 2. 写出正弦位置编码（sinusoidal positions），并说清楚为什么需要许多种频率（frequency）；
# 3. 说出为什么“往后挪”就是一次旋转，为什么两个位置的点积只取决于它们相距多远；
# 4. 分清正弦（sinusoidal）、可学习（learned）、旋转（rotary）这三种位置编码。
#
# **你需要**：学过第 01 章；知道正弦和余弦就是钟表指针尖端的坐标。大约 140 分钟，其中 75 分钟是练习。第一遍读，标了 ✻ 的小节可以跳过：跳过之后大约 110 分钟。

# %% label="imports"
import torch
from math import cos, sin
from helpers.attention import causal_mask, scaled_dot_product_attention
from helpers.checks import check, hint
from helpers.controls import explore_positions
from helpers.plots import plot_counter, plot_curves, plot_offsets, plot_positions, plot_similarity
from helpers.positions import (concatenated_positions, explained_by_offset, frequencies,
                               interleaved_order, offset_rotation, rotate, sinusoidal_positions)
from helpers.questions import explain, hand_in, predict, progress, quiz
from helpers.views import view_clocks, view_map

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=3, sci_mode=False)

# %% [markdown] lang="en"
# Four questions first, about what came before. Not sure? Answer all the same: each answer says why.

# %% [markdown] lang="zh"
# 先回答四个问题，都是前面讲过的。拿不准也请选一个：每个答案都会说明为什么。

# %% label="quiz-start"
quiz("04.start")

# %% [markdown] lang="en"
# **Where we are on the map:** one step down, where a token is told its place. Both halves of the Transformer need it.

# %% [markdown] lang="zh"
# **今天在地图上的位置**：往下一步，词元在这里得知自己排第几。Transformer 的左右两半都少不了它。

# %% label="map"
view_map("04")

# %% [markdown] lang="en"
# ## Attention is blind to order
#
# *Dog bites man* is no news. *Man bites dog* is. The words are the same; only their order differs.
# Let us give three words a vector each, and an attention with fixed random matrices.

# %% [markdown] lang="zh"
# ## 注意力看不见先后
#
# “狗咬人”（*dog bites man*）不是新闻，“人咬狗”（*man bites dog*）才是。词一模一样，只是先后不同。
# 给三个词各一个向量，再准备一个注意力，矩阵是固定的随机数。

# %% label="toy"
words = ["dog", "bites", "man"]
generator = torch.Generator().manual_seed(1)
vectors = torch.randn(3, 4, generator=generator)                       # (token, d_model)
w_query, w_key, w_value = torch.randn(3, 4, 4, generator=generator)    # three of (d_model, d_head) #zh 三个 (d_model, d_head)

def attend(inputs):
    return scaled_dot_product_attention(inputs @ w_query, inputs @ w_key, inputs @ w_value)[0]

# %% [markdown] lang="en"
# Now the other sentence: the same three vectors, last first.
#
# **Predict:** what comes out for *dog*: the same four numbers as before, or others?

# %% [markdown] lang="zh"
# 再来另一句：还是这三个向量，倒过来排。
#
# **先猜**：*dog* 那一行会得到什么，和刚才一样的四个数，还是别的数？

# %% label="predict-same-numbers"
predict("04.same_numbers")

# %% label="shuffle"
order = [2, 1, 0]                                  # man bites dog #zh 人咬狗
before, after = attend(vectors), attend(vectors[order])   # (token, d_head)
print(before, after, sep="\n")
print("the same rows in the other order, difference < 1e-12:",
#zh print("还是那几行，只是换了次序，相差 < 1e-12：",
      (after - before[order]).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# The same rows, in another order. Query, key and value are made from the word alone, and a weighted sum does not care in which order it is added up.
# To attention a sentence is a bag of words: *dog* learns the same about *man*, whoever bites.
#
# The cure is simple: give each **place** a vector of its own too, and add it to the word's. Made-up numbers will do to begin with.

# %% [markdown] lang="zh"
# 还是那几行，只是换了顺序。查询、键、值都只由词本身算出，而加权求和时，先加谁后加谁都一样。
# 在注意力眼里，一句话就是一个**词袋**（bag of words）：不管谁咬谁，*dog* 从 *man* 那里得到的都一样。
#
# 解决办法很简单：给每个**位置**也配一个向量，加到词向量上。先随便编几个数试试。

# %% label="places"
places = torch.randn(3, 4, generator=generator)    # (position, d_model)
before, after = attend(vectors + places), attend(vectors[order] + places)
print("dog, first:", before[0])
print("dog, last: ", after[2])
#zh print("dog 在最前：", before[0])
#zh print("dog 在最后：", after[2])

# %% [markdown] lang="en"
# Other numbers: now *dog* knows where it stands.
#
# ### Exercise 1 · What a shuffle does · code · 3 min · ●○○
#
# Without positions: given what attention puts out for some tokens, and an order like `[2, 0, 1]` in which the same tokens are given to it a second time,
# return what it puts out then. Stuck? Run `hint("04.shuffle")` in a new cell; run it again for more.

# %% [markdown] lang="zh"
# 数变了：现在 *dog* 知道自己站在哪里了。
#
# ### 练习 1 · 打乱之后 · 动手写 · 3 分钟 · ●○○
#
# 不加位置：已知注意力对一串词元的输出，再给出一个顺序（例如 `[2, 0, 1]`），把同样的词元按这个顺序再送进去一次，
# 请返回这一次的输出。卡住了？新建一个单元格，运行 `hint("04.shuffle")`；再运行一次，提示会更多。

# %% label="exercise-shuffle" tags=["exercise"]
def after_shuffle(outputs, order):
    """outputs (token, d_head) for the tokens as they stood, order (token,)
    -> outputs for tokens[order]"""
    #zh """outputs (token, d_head) 是原来次序下的输出，order (token,) 是新的次序
    #zh -> tokens[order] 的输出"""
    ### BEGIN SOLUTION
    return torch.stack([outputs[token] for token in order])
    ### END SOLUTION

# %% label="check-shuffle" tags=["check"]
check("04.shuffle", after_shuffle)

# %% [markdown] lang="en"
# ## What makes a good place vector
#
# Any vectors would do if they differ. Better ones are never large (a place must not drown out the word), exist for sentences of any length,
# and make *three places further* look the same everywhere.
#
# We all know one such system: writing numbers with digits. In binary, the last digit (bit 0) flips at every step, the next one at every second step, and so on:
# few digits, many numbers, each digit with a speed of its own. Its only fault is that it jumps. On the left of the picture the digits of 0 to 31 (brown is 0, blue is 1); on the right the same idea, gliding: sines, each half as fast as the one before. (The left column is the last digit. In the formula below the ratio of two neighbours is $10000^{-2/d}$ in place of one half; the idea is the same.)

# %% [markdown] lang="zh"
# ## 怎样的位置向量才算好
#
# 只要互不相同，什么向量都行。更好的位置向量，数值总不会太大（位置不能盖过词），句子多长都够用，
# 而且“往后三个位置”在哪里看起来都一样。
#
# 这样的办法人人都会：把一个数一位一位地写出来。二进制里，最低位（第 0 位）每一步翻一次，下一位每两步翻一次，依此类推：
# 位数很少，能写的数很多，每一位各有各的快慢。唯一的毛病是它一跳一跳的。图的左边是 0 到 31 的各位（棕色是 0，蓝色是 1）；右边是同样的想法，只是变得平滑：一条条正弦，频率依次减半。（下面公式里相邻两个频率之比是 $10000^{-2/d}$，不是一半；道理一样。）

# %% label="counter"
plot_counter()

# %% [markdown] lang="en"
# ## The formula
#
# $$PE_{p,\,2k} = \sin(\omega_k\, p), \qquad PE_{p,\,2k+1} = \cos(\omega_k\, p), \qquad \omega_k = 10000^{-2k/d}$$
#
# | symbol | meaning | here |
# | --- | --- | --- |
# | $p$ | position of the token, from 0 | `p` |
# | $d$ | width of the vectors, even | `d_model` |
# | $k$ | number of the pair, 0 to $d/2-1$ | `torch.arange(d_model // 2)` |
# | $\omega_k$ | frequency: how far pair $k$ turns from one position to the next, in radians | `omega` |
# | $10000$ | the base: it sets how slow the last pairs are | `base` |
#
# Numbers come in pairs: a sine at an even place and a cosine at the odd place after it, with the **same** frequency. By hand, for $d=4$ and $p=3$. Two pairs, so two frequencies:

# %% [markdown] lang="zh"
# ## 公式
#
# $$PE_{p,\,2k} = \sin(\omega_k\, p), \qquad PE_{p,\,2k+1} = \cos(\omega_k\, p), \qquad \omega_k = 10000^{-2k/d}$$
#
# | 符号 | 含义 | 代码里 |
# | --- | --- | --- |
# | $p$ | 词元的位置，从 0 数起 | `p` |
# | $d$ | 向量的维数，偶数 | `d_model` |
# | $k$ | 第几对，从 0 到 $d/2-1$ | `torch.arange(d_model // 2)` |
# | $\omega_k$ | 频率（frequency）：每往后一个位置，第 $k$ 对转过多少弧度 | `omega` |
# | $10000$ | 底数 base：决定最后几对有多慢 | `base` |
#
# 数是成对的：偶数位放正弦，紧跟着的奇数位放余弦，两者频率**相同**。取 $d=4$、$p=3$ 手算一遍。两对，所以有两个频率：

# %% label="two-frequencies"
d_model, p = 4, 3
omega = 10000.0 ** (-2 * torch.arange(d_model // 2) / d_model)         # (pair,)
omega

# %% label="one-position"
torch.tensor([sin(omega[0] * p), cos(omega[0] * p),
              sin(omega[1] * p), cos(omega[1] * p)])   # (d_model,)

# %% [markdown] lang="en"
# Angles are in **radians**, and a full turn is $2\pi \approx 6.28$ of them. The first pair has turned almost half way round after three positions; the second has hardly moved.
# All positions at once: an outer product of positions and frequencies, then sine and cosine side by side.

# %% [markdown] lang="zh"
# 角度用**弧度**，转一整圈是 $2\pi \approx 6.28$ 弧度。三个位置之后，第一对差不多转了半圈，第二对几乎没动。
# 所有位置一起算：位置与频率作外积，再把正弦和余弦交错排开。

# %% label="all-positions"
angles = torch.arange(6)[:, None] * omega                              # (position, pair)
by_hand = torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(-2)   # (position, d_model)
by_hand

# %% [markdown] lang="en"
# From here on `sinusoidal_positions` does this. It is in `helpers/positions/sinusoidal.py`: the same lines, and a check of what goes in.

# %% [markdown] lang="zh"
# 从这里起，这件事交给 `sinusoidal_positions`。它在 `helpers/positions/sinusoidal.py` 里：就是这几行，外加对输入的检查。

# %% label="helper-equals-hand"
by_helper = sinusoidal_positions(6, 4)                                 # (position, d_model)
print("largest difference < 1e-12:", (by_helper - by_hand).abs().max().item() < 1e-12)
#zh print("最大相差 < 1e-12：", (by_helper - by_hand).abs().max().item() < 1e-12)

# %% [markdown] lang="en"
# ### Exercise 2 · The frequencies · code · 5 min · ●○○
#
# One frequency a pair, for any width and base. Mind the exponent, and mind that a division may lose its fraction.

# %% [markdown] lang="zh"
# ### 练习 2 · 频率 · 动手写 · 5 分钟 · ●○○
#
# 每对一个频率，宽度和底数任意。留心指数，也留心除法别把小数丢了。

# %% label="exercise-frequencies" tags=["exercise"]
def my_frequencies(d_model, base):
    """d_model even, base -> (d_model / 2,), from fast to slow"""
    #zh """d_model 是偶数，base 是底数 -> 频率 (d_model / 2,)，从快到慢"""
    ### BEGIN SOLUTION
    even_places = torch.arange(0, d_model, 2)
    return 1 / base ** (even_places / d_model)
    ### END SOLUTION

# %% label="check-frequencies" tags=["check"]
check("04.frequencies", my_frequencies)

# %% [markdown] lang="en"
# ### Exercise 3 · The whole encoding · code · 10 min · ●●○
#
# Sine at even, cosine at odd places, base 10000. You may use `my_frequencies`.

# %% [markdown] lang="zh"
# ### 练习 3 · 完整的编码 · 动手写 · 10 分钟 · ●●○
#
# 偶数位正弦，奇数位余弦，底数 10000。可以用 `my_frequencies`。

# %% label="exercise-encoding" tags=["exercise"]
def my_positions(n_positions, d_model):
    """-> (n_positions, d_model)"""
    #zh """n_positions 个位置、宽 d_model 的正弦位置编码 (n_positions, d_model)"""
    ### BEGIN SOLUTION
    table = torch.zeros(n_positions, d_model)
    turned = torch.outer(torch.arange(n_positions) * 1.0, my_frequencies(d_model, 10000.0))
    table[:, 0::2], table[:, 1::2] = turned.sin(), turned.cos()
    return table
    ### END SOLUTION

# %% label="check-encoding" tags=["check"]
check("04.encoding", my_positions)

# %% [markdown] lang="en"
# ## Look at it
#
# 64 positions, 64 numbers each. A row is a position, a column one number of the vector.
#
# **Predict:** where will neighbouring rows differ most: in the left columns, in the middle, or on the right?

# %% [markdown] lang="zh"
# ## 看一看
#
# 64 个位置，每个 64 个数。一行是一个位置，一列是向量里的一个数。
#
# **先猜**：相邻两行在哪里差别最大：左边的列、中间，还是右边？

# %% label="predict-columns"
predict("04.columns")

# %% label="heat-map"
positions = sinusoidal_positions(64, 64)                               # (position, d_model)
plot_positions(positions)

# %% [markdown] lang="en"
# On the left the fast pairs: they tell neighbours apart, but start over every few positions. On the right the slow ones: they hardly move within 64 positions
# (each sine near 0, each cosine near 1: hence the stripes) but would still tell position 100 from position 5000. One frequency would not do: a fast one repeats, a slow one cannot tell neighbours apart.
# It is what the digits of a number do, or the hands of a clock: seconds, minutes, hours.

# %% [markdown] lang="zh"
# 左边是快的几对：能分清相邻的位置，但没过几个位置就从头再来。右边是慢的几对：在 64 个位置里几乎不动（正弦总在 0 附近，
# 余弦总在 1 附近，所以成了条纹），但它们能分清第 100 个位置和第 5000 个位置。只有一种频率是不够的：快的会重复，慢的分不清左邻右舍。
# 一个数的各位数字是这样，钟的秒针、分针、时针也是这样。

# %% label="curves"
plot_curves(positions, [0, 8, 16, 24])

# %% [markdown] lang="en"
# Many programs keep all sines first and then all cosines, and readers have wondered who is wrong. Nobody: the columns stand in another order, and nothing else differs.

# %% [markdown] lang="zh"
# 许多程序先放所有的正弦，再放所有的余弦，常有人问到底谁写错了。谁也没错：只是列的次序不同，别的都一样。

# %% label="two-orders"
sines_first = concatenated_positions(64, 64)                           # (position, d_model)
columns = interleaved_order(64)                                        # (d_model,)
print(columns[:8], "...")
print("the same, up to the order of columns:", torch.equal(sines_first[:, columns], positions))
#zh print("除了列的次序，完全相同：", torch.equal(sines_first[:, columns], positions))

# %% [markdown] lang="en"
# Now with sliders. **Read it like this:** each clock is one pair of numbers; its hand reaches as far right as the sine says and as far up as the cosine says.
# There are two hands, one for each of two positions; *every 6.3* means that a hand is back after 6.3 positions.
#
# **Try:**
#
# * Set *d_model* to 2: one clock. Which positions can it not tell apart? Now 4, 8, 16.
# * Move the *base* down to 10: even the slowest pair now turns within the picture. And up to 1,000,000: most clocks stand still.
# * Move both positions by the same amount. The hands turn; what does the dot product at the bottom do?

# %% [markdown] lang="zh"
# 现在动手拖一拖。**怎样读图**：每个钟是一对数，指针尖端偏右多少就是正弦，偏上多少就是余弦。
# 每个钟有两根指针，各代表一个位置；“周期 6.3”是说指针每过 6.3 个位置转回原处。
#
# **试一试**：
#
# * 把 *d_model* 调到 2：只有一个钟。它分不清哪些位置？再试 4、8、16。
# * 把 *base* 调到 10：连最慢的一对也在图里转起来了。再调到 1,000,000：大多数钟都停着不动。
# * 把两个位置挪动同样的距离。指针转了；底下的点积呢？

# %% label="explore"
explore_positions()

# %% [markdown] lang="en"
# ## Moving on is a rotation
#
# Take one pair, $(\sin \omega p, \cos \omega p)$: the tip of a clock's hand. Going $t$ positions further turns the hand by $\omega t$, **wherever it stood**:
#
# $$\begin{pmatrix} \sin \omega(p+t) \\ \cos \omega(p+t) \end{pmatrix} = \begin{pmatrix} \cos \omega t & \sin \omega t \\ -\sin \omega t & \cos \omega t \end{pmatrix} \begin{pmatrix} \sin \omega p \\ \cos \omega p \end{pmatrix}$$
#
# The matrix knows $t$ and not $p$. By hand, from position 3 on to position 7, with $\omega = 1$:

# %% [markdown] lang="zh"
# ## 往后挪就是旋转
#
# 取一对数 $(\sin \omega p, \cos \omega p)$：它是钟表指针的尖端。往后走 $t$ 个位置，指针就转过 $\omega t$，**不管原来指着哪里**：
#
# $$\begin{pmatrix} \sin \omega(p+t) \\ \cos \omega(p+t) \end{pmatrix} = \begin{pmatrix} \cos \omega t & \sin \omega t \\ -\sin \omega t & \cos \omega t \end{pmatrix} \begin{pmatrix} \sin \omega p \\ \cos \omega p \end{pmatrix}$$
#
# 这个矩阵只知道 $t$，不知道 $p$。手算一次，从位置 3 挪到位置 7，取 $\omega = 1$：

# %% label="turn-by-hand"
turn = torch.tensor([[cos(4), sin(4)],
                     [-sin(4), cos(4)]])              # knows 4 steps, not the position #zh 只知道走 4 步，不知道位置
print("position 3, turned:", turn @ torch.tensor([sin(3), cos(3)]))
print("position 7:        ", torch.tensor([sin(7), cos(7)]))
#zh print("位置 3，转过之后：", turn @ torch.tensor([sin(3), cos(3)]))
#zh print("位置 7：　　　　　", torch.tensor([sin(7), cos(7)]))

# %% [markdown] lang="en"
# All pairs at once are one matrix with such blocks along its diagonal. It moves **every** position by 7, and lengths stay as they are:

# %% [markdown] lang="zh"
# 所有的对一起算，就是一个大矩阵，对角线上排着这样的小块。它把**每一个**位置都挪动 7，而长度不变：

# %% label="turn-all"
turn = offset_rotation(7, d_model=64)                                  # (d_model, d_model)
moved = positions[:-7] @ turn.T                                        # (position, d_model)
print("every position, 7 further, difference < 1e-12:",
#zh print("每个位置都往后走 7 步，相差 < 1e-12：",
      (moved - positions[7:]).abs().max().item() < 1e-12)
print("lengths:", positions.norm(dim=-1)[:4], f" sqrt(64 / 2): {32 ** 0.5:.3f}")
#zh print("长度：", positions.norm(dim=-1)[:4], f" sqrt(64 / 2)：{32 ** 0.5:.3f}")

# %% [markdown] lang="en"
# So *three places further* is one and the same linear map everywhere, and a model can learn it with one matrix: it is what the authors hoped for when they chose sines and cosines.
#
# ### Exercise 4 · The turn · code · 8 min · ●●○
#
# The 2 × 2 matrix that moves one pair (sine, cosine) with frequency `omega` on by `offset` positions.

# %% [markdown] lang="zh"
# 所以“往后三个位置”在哪里都是同一个线性变换，模型用一个矩阵就学得会。作者选正弦和余弦，正是希望如此。
#
# ### 练习 4 · 转一下 · 动手写 · 8 分钟 · ●●○
#
# 写出 2 × 2 的矩阵：它把频率为 `omega` 的一对（正弦，余弦）往后挪 `offset` 个位置。

# %% label="exercise-turn" tags=["exercise"]
def my_turn(omega, offset):
    """-> (2, 2), so that my_turn(omega, t) @ [sin(omega p), cos(omega p)] is the pair at p + t"""
    #zh """-> (2, 2)，使 my_turn(omega, t) @ [sin(omega p), cos(omega p)] 等于位置 p + t 的那一对"""
    ### BEGIN SOLUTION
    by = torch.as_tensor(omega * offset)
    return torch.stack([torch.stack([by.cos(), by.sin()]), torch.stack([-by.sin(), by.cos()])])
    ### END SOLUTION

# %% label="check-turn" tags=["check"]
check("04.turn", my_turn)

# %% [markdown] lang="en"
# ## How alike are two positions?
#
# Attention compares by dot products, so let us take those of the positions themselves. Each pair gives $\sin \omega p \sin \omega q + \cos \omega p \cos \omega q = \cos \omega(p-q)$, and so
#
# $$PE_p \cdot PE_q = \sum_k \cos\big(\omega_k\,(p-q)\big)$$
#
# $p$ and $q$ come in by their difference alone. **Predict:** position 3 with 10, and 40 with 47: which of the two dot products is larger?

# %% [markdown] lang="zh"
# ## 两个位置有多像？
#
# 注意力靠点积来比较，那就看看位置自己的点积。每一对给出 $\sin \omega p \sin \omega q + \cos \omega p \cos \omega q = \cos \omega(p-q)$，所以
#
# $$PE_p \cdot PE_q = \sum_k \cos\big(\omega_k\,(p-q)\big)$$
#
# $p$ 和 $q$ 只通过它们的差起作用。**先猜**：位置 3 和 10 的点积，位置 40 和 47 的点积，哪个大？

# %% label="predict-dots"
predict("04.dots")

# %% label="same-offset"
print("3 and 10:", positions[3] @ positions[10])
print("40 and 47:", positions[40] @ positions[47])
print("sum of cosines of 7 steps:", (frequencies(64) * 7).cos().sum())
#zh print("3 与 10：", positions[3] @ positions[10])
#zh print("40 与 47：", positions[40] @ positions[47])
#zh print("相距 7 步的余弦之和：", (frequencies(64) * 7).cos().sum())

# %% [markdown] lang="en"
# Equal. Seen from any position, the others look alike: three curves, from three positions, lie on one another.
# The curve is highest at 0, falls off, and is the same to the left and to the right. It falls with ripples: nearer is more alike on the whole, not at every step.

# %% [markdown] lang="zh"
# 一样大。从哪个位置看出去，其他位置都是同一个样子：从三个位置画出的三条曲线，完全叠在一起。
# 曲线在 0 处最高，向两边降下去，左右对称。下降中带着波纹：大体上越近越像，但并非每一步都如此。

# %% label="offsets"
plot_offsets(positions)

# %% [markdown] lang="en"
# As a map of every position with every other, this means: each line parallel to the diagonal has one colour.

# %% [markdown] lang="zh"
# 画成两两相比的图，就是：每条与对角线平行的线上，颜色都相同。

# %% label="similarity"
plot_similarity(positions[:48])

# %% [markdown] lang="en"
# ### Exercise 5 · From the offset alone · code · 5 min · ●●○
#
# The dot product of two positions `offset` apart, without making either of them. You may use `frequencies(d_model)`.

# %% [markdown] lang="zh"
# ### 练习 5 · 只凭偏移量（offset） · 动手写 · 5 分钟 · ●●○
#
# 两个位置相距 `offset`，不用造出这两个位置，直接求它们的点积。可以用 `frequencies(d_model)`。

# %% label="exercise-product" tags=["exercise"]
def my_product(offset, d_model):
    """-> one number"""
    #zh """相距 offset 的两个位置编码的点积 -> 一个数"""
    ### BEGIN SOLUTION
    return sum(cos(w * offset) for w in frequencies(d_model).tolist())
    ### END SOLUTION

# %% label="check-product" tags=["check"]
check("04.product", my_product)

# %% [markdown] lang="en"
# ## BERT does none of this
#
# Here many courses stumble: they explain sines and cosines, and then open a BERT, which has none.
# BERT, like GPT-2, **learns** its positions: a table with one vector a position, random at first, shaped by training like every other parameter.
# The helper `learned_positions` reads it out.
#
# <!-- own -->
# The text is a sentence with a hole, 我不知[MASK]他在哪里, and its translation: wanted is 道, for 知道 is *to know*. (Other guesses further down: 识, 知 and 得 make other words of knowing; 不 not, 是 is, 有 have, 的 of, 为 for, 我 I, 家 home, 就 then.)
# <!-- all -->
# Put your own here whenever you like, with a `[MASK]` somewhere.

# %% [markdown] lang="zh"
# ## BERT 却不是这样
#
# 许多教程讲到这里就出岔子：讲完正弦和余弦，打开一个 BERT，里面却没有。BERT 用的是**可学习的位置嵌入**（learned positional embedding，下面简称“学来的”），GPT-2 也一样：一张表，每个位置一个向量，开始时是随机数，和别的参数一样由训练塑造出来。
# 辅助函数 `learned_positions` 把它读出来。
#
# <!-- own -->
# 下面的文本是一句挖了空的话，以及它的英文翻译。
# <!-- all -->
# 随时可以换成你自己的，记得留一个 `[MASK]`。

# %% label="sentences" tags=["parameters"]
sentence_a = "我不知[MASK]他在哪里。"
sentence_b = "I don't know where he is."
model = "course"

# %% label="learned"
from helpers.models import load_bert
from helpers.models import learned_positions
bert = load_bert(model)
record = bert.run(sentence_a, sentence_b)
table = learned_positions(bert)                                        # (position, d_model)
print("positions:", len(table), "  numbers in each:", table.shape[1])
#zh print("位置数：", len(table), "  每个位置的数：", table.shape[1])

# %% [markdown] lang="en"
# What enters the first layer is a **sum**: what the token is, where it stands, which sentence it is in; then a layer norm.

# %% [markdown] lang="zh"
# 进入第一层的是一个**和**：这个词元是什么，在哪里，属于哪一句；加起来再做层归一化。

# %% label="three-parts"
total = (record.word_embeddings + record.position_embeddings
         + record.segment_embeddings)                  # (token, d_model)
normed = bert.encoder.embeddings.LayerNorm(total).detach()
print("it is what layer 0 receives:", torch.allclose(normed, record.hidden_states[0]))
#zh print("正是第 0 层收到的：", torch.allclose(normed, record.hidden_states[0]))
rows = table[:record.n_tokens].to(total)
print("the middle part is the table's first rows:", torch.equal(record.position_embeddings, rows))
#zh print("中间那份就是表的前几行：", torch.equal(record.position_embeddings, rows))

# %% [markdown] lang="en"
# **Predict:** will the learned table show stripes?

# %% [markdown] lang="zh"
# **先猜**：学来的表里会有条纹吗？

# %% label="predict-stripes"
predict("04.stripes")

# %% label="learned-heat-map"
plot_positions(table[:48, :64])

# %% [markdown] lang="en"
# No waves, no stripes side by side: nobody told training which number to use for what. But run your eye down a column: a colour often goes on for some rows.
# So is there an order in it? Compare the positions with one another, by the cosine of the angle between them.

# %% [markdown] lang="zh"
# 没有波，也没有并排的条纹：没有人告诉训练过程哪个数该管什么。不过顺着一列往下看，同一种颜色常常会延续几行。
# 那么，里面到底有没有秩序？把位置两两相比，看夹角的余弦。

# %% label="learned-similarity"
plot_similarity(table[:48], cosine=True)

# %% [markdown] lang="en"
# There is: neighbours are alike, and lines parallel to the diagonal shine through. Nobody asked for it; it paid.
# How far does the offset alone explain who resembles whom? Here is that share (R²), beside that of the sines and that of a table of random numbers.

# %% [markdown] lang="zh"
# 有的：相邻的位置彼此相像，与对角线平行的线隐约可见。没有人要求它这样，是这样做有好处。
# 谁像谁，有多少是由偏移量决定的？下面是这个比例（R²），旁边是正弦编码的和一张随机数表的。

# %% label="explained"
chance = torch.randn(32, 64, generator=generator)
for name, rows in (("sinusoidal", positions[:32]), ("learned", table[:32]), ("random", chance)):
    print(f"{name:10}  {explained_by_offset(rows, cosine=True):.2f}")
#zh for name, rows in (("正弦　", positions[:32]), ("可学习", table[:32]), ("随机　", chance)):
#zh     print(f"{name}  {explained_by_offset(rows, cosine=True):.2f}")

# %% [markdown] lang="en"
# Somewhere between. Seen in the plane where they differ most (principal component analysis, PCA), the learned positions lie along a path, in their order. The plane shows only a part of the differences (the picture says how much), so do not take the path for the whole. Position 0 is left out:

# %% [markdown] lang="zh"
# 介于两者之间。投影到方差最大的平面上（主成分分析，principal component analysis，PCA），学来的位置依次排成一条曲线，先后不乱。这个平面只显示了一部分差别（图上写着多少），别把它当成全部。第 0 个位置没有画：

# %% label="learned-path"
from helpers.plots import plot_path
plot_path(table[1:33], first=1)

# %% [markdown] lang="en"
# A learned table has an end, and its rows are only as good as the training texts were long. Look at the length of every sixteenth row.
# (Row 0 stands apart: there is always `[CLS]`.)

# %% [markdown] lang="zh"
# 学来的表有尽头；而且训练文本有多长，后面的行才学得有多好。看看每隔十六行取一行的向量长度。（第 0 行与众不同：那里永远是 `[CLS]`。）

# %% label="learned-lengths"
print(table.norm(dim=-1)[::16])                                        # (position / 16,)
born = bert.model.config.initializer_range * bert.d_model ** 0.5
print(f"a row as it was before training, about: {born:.2f}")
#zh print(f"训练之前的一行，大约：{born:.2f}")

# %% [markdown] lang="en"
# A row is changed only by texts long enough to use it. The last rows are hardly longer than on their first day: next to nothing has been learnt there. That a table is long does not mean that all of it is good.
#
# ### Exercise 6 · Tell them apart by looking · predict, then look · 4 min · ●●○
#
# Three tables side by side, 32 positions and 32 columns each: A in columns 0–31, B in 32–63, C in 64–95, each in its own scale.
# One is sinusoidal (its sines may stand first and its cosines after), one is BERT's, one is random. Answer with a list of three words: `"sinusoidal"`, `"learned"`, `"random"`, in the order A, B, C.

# %% [markdown] lang="zh"
# 只有长到用得着某一行的文字，才会改动那一行。最后几行和刚开始时差不多长：那里几乎什么也没学到。表很长，不等于每一行都好用。
#
# ### 练习 6 · 看图辨认 · 先猜再看 · 4 分钟 · ●●○
#
# 三张表并排，各有 32 个位置、32 列：A 在第 0–31 列，B 在第 32–63 列，C 在第 64–95 列，各用各的刻度。
# 一张是正弦的（可能先放所有的正弦，再放余弦），一张是 BERT 的，一张是随机数。答案是三个词组成的列表，按 A、B、C 的顺序：`"sinusoidal"`（正弦）、`"learned"`（学来的）、`"random"`（随机）。

# %% label="three-tables"
from helpers.positions import unnamed_tables
three = unnamed_tables(table)                          # three of (position, d_model) #zh 三个 (position, d_model)
plot_positions(torch.cat(three, dim=1))

# %% label="exercise-apart" tags=["exercise"]
### BEGIN SOLUTION
my_tables = ["random", "sinusoidal", "learned"]
### END SOLUTION

# %% label="check-apart" tags=["check"]
check("04.apart", my_tables)

# %% [markdown] lang="en"
# ## Shuffle the positions of a running model
#
# Now we change the model itself. The words stay where they are, but each is *told* another position: its row of the table is replaced. (The table counts in bits, as in chapter 02: −1 bit is half the probability; the KL divergence in its small print measures all guesses together, 0 is no change.)
#
# **Predict:** will the model still guess the hidden word?

# %% [markdown] lang="zh"
# ## 打乱正在运行的模型的位置
#
# 现在改动模型本身。词留在原处，但**告诉**每个词的是别的位置：加给它的，换成了表里的另一行。（表里的单位是比特，和第 02 章一样：−1 比特是概率只剩一半；小字里的 KL 散度把全部猜测合起来量，0 是没有变化。）
#
# **先猜**：模型还猜得出遮住的词吗？

# %% label="predict-shuffled"
predict("04.shuffled")

# %% label="shuffled"
from helpers.interventions import compare
compare(bert, sentence_a, sentence_b, positions="shuffled")

# %% [markdown] lang="en"
# And with no positions at all, a bag of words, as in our first experiment:

# %% [markdown] lang="zh"
# 一个位置也不给呢？那就是词袋，和我们的第一个实验一样：

# %% label="no-positions"
compare(bert, sentence_a, sentence_b, positions="none")

# %% [markdown] lang="en"
# **Predict:** now every token is told a position five further than its own. All the numbers are wrong, but all the distances are right. What becomes of the guess?

# %% [markdown] lang="zh"
# **先猜**：这一次，告诉每个词元的位置都比真实的大 5。数全错了，距离却全对。猜的结果会怎样？

# %% label="predict-further"
predict("04.further")

# %% label="moved-by-five"
further = [place + 5 for place in range(record.n_tokens)]
compare(bert, sentence_a, sentence_b, positions=further)

# %% [markdown] lang="en"
# The tables speak: compare how many bits each change costs. But one sentence is one sentence, and this guess was very sure. So five texts, and shifts of 5, 20 and 60, beside the shuffle. (Where the model above was never trained to guess, the course's own does it here.)

# %% [markdown] lang="zh"
# 看表就知道：比一比每种改动各差多少比特。不过一句话只是一句话，何况这一句本来就猜得十拿九稳。所以再看五段文字，分别挪 5、20、60，旁边是打乱：（没有学过猜词的模型，这里由课程自己的模型来猜。）

# %% label="moved-elsewhere"
guesser = bert if bert.can_fill_mask else load_bert("course")
texts = [(sentence_a, sentence_b), ("The dog is on the [MASK].", "狗在床上。"),
         ("今天天[MASK]很好。", "The weather is fine today."),
         ("I drink [MASK] every morning.", "我每天早上喝茶。"),
         ("汤姆想回[MASK]。", "Tom wants to go home.")]
print("moved by     5      20      60   shuffled (bits)")
#zh print("后移          5      20      60    打乱（比特）")
for text in texts:
    length = guesser.run(*text).n_tokens
    told = [[place + by for place in range(length)] for by in (5, 20, 60)] + ["shuffled"]
    lost = (compare(guesser, *text, positions=one).masks[0].bits for one in told)
    print("     ", *(f"{bits + 0.0:7.2f}" for bits in lost), "  ", text[0])

# %% [markdown] lang="en"
# What the course BERT uses is chiefly who stands how far from whom: a shift costs far less than a shuffle. But not nothing, and more when the tokens move into rows of the table that were seldom trained: see the lengths above.
#
# Who does the work? The previous-token heads: a head can look one back only if it can tell where *one back* is.
# We let `describe_heads` find the best one, and follow it through all four runs.

# %% [markdown] lang="zh"
# 课程 BERT 用的主要是：谁离谁有多远。整体挪动的代价，比打乱小得多。但也不是毫无代价；挪到表里很少训练到的那些行，代价就更大：看看上面那些长度。
#
# 这活是谁干的？是前一词元头：只有分得清“前一个”在哪里，才能看前一个。
# 让 `describe_heads` 找出最好的那个，再看它在四次运行里的表现。

# %% label="previous-head"
from helpers.heads import describe_heads
layer, head = describe_heads(record).rank("previous")[0]
print(f"layer {layer}, head {head}: share of attention that goes one token back")
for name, told in (("as it is", None), ("five further", further),
                   ("shuffled", "shuffled"), ("none", "none")):
#zh print(f"第 {layer} 层头 {head}：给前一个词元的注意力占多少")
#zh for name, told in (("原样　　", None), ("后移 5　", further),
#zh                    ("打乱　　", "shuffled"), ("没有位置", "none")):
    summary = describe_heads(bert.run(sentence_a, sentence_b, positions=told))
    share = summary.shares["previous"][layer, head]
    print(f"{name:12}  {share:.2f}")
    #zh print(f"{name}  {share:.2f}")

# %% label="heads-shuffled"
from helpers.plots import plot_heads
plot_heads(describe_heads(bert.run(sentence_a, sentence_b, positions="shuffled")))

# %% [markdown] lang="en"
# The map shows all heads of the shuffled run: look for the head named above.
#
# And the last experiment closes the circle. Without positions the whole BERT, all its layers, gives 人咬狗 (*man bites dog*) the very vectors of 狗咬人 (*dog bites man*):

# %% [markdown] lang="zh"
# 这张图是打乱之后所有的头：找一找上面说的那个头。
#
# 最后一个实验，回到起点。没有位置，整个 BERT（所有的层）给“人咬狗”的向量，就是“狗咬人”的那些向量：

# %% label="blind-bert"
for told in (None, "none"):
    one, other = bert.run("狗咬人", positions=told), bert.run("人咬狗", positions=told)
    places = [other.tokens.index(token) for token in one.tokens]       # the same token in the other #zh 另一句里的同一个词元
    same = torch.allclose(one.hidden_states[-1], other.hidden_states[-1, places], atol=1e-4)
    print("positions:", "none " if told else "BERT's", "  the same vectors, token by token:", same)
    #zh print("位置：", "没有　　" if told else "BERT 自己的", "  逐个词元，向量相同：", same)

# %% [markdown] lang="en"
# **Try it on a sentence of your own:** put `[MASK]` in place of a word, press Enter, then set *Positions* to shuffled or to none.
# Which words can be guessed from their company alone, without any order?

# %% [markdown] lang="zh"
# **换成你自己的句子试一试**：把一个词换成 `[MASK]`，按回车，再把“位置”改成打乱或去掉。
# 哪些词光凭同伴就猜得出来，根本不需要先后？

# %% label="explore-own"
from helpers.controls import explore_interventions
explore_interventions(bert, sentence_a, sentence_b)

# %% [markdown] lang="en"
# ## Rotary: turn, do not add
#
# Most of today's models add nothing to the embeddings. They **turn** each query and each key by an angle that grows with the position, pair by pair, just before the dot product.
# A query at position $m$ turned by $\omega m$ and a key at position $n$ turned by $\omega n$ meet at the angle between them, where only $m-n$ is left.
# By hand for one pair, a query and a key that both point to the right:

# %% [markdown] lang="zh"
# ## 旋转位置编码（rotary position embedding，RoPE，苏剑林等，2021）：不加，只转
#
# 今天的大多数模型不往嵌入上加任何东西，而是在做点积之前，把每个查询和每个键一对一对地**旋转**，位置越靠后，转得越多。
# 位置 $m$ 的查询转了 $\omega m$，位置 $n$ 的键转了 $\omega n$，两者相遇时只看夹角，剩下的就只有 $m-n$。
# 先手算一对数，查询和键原本都指向右边：

# %% label="rotary-by-hand"
def turned(angle):
    return torch.tensor([cos(angle), sin(angle)])                      # (1, 0) turned by an angle #zh 把 (1, 0) 转过一个角度

for m, n in ((3, 1), (10, 8), (60, 58)):
    print(f"query at {m:2}, key at {n:2}:", turned(m) @ turned(n))
    #zh print(f"查询在 {m:2}，键在 {n:2}：", turned(m) @ turned(n))

# %% [markdown] lang="en"
# A query and a key of eight numbers are four such pairs, each with a frequency of its own. Before the turn both point to the right. The second row is the same pair 100 places further on:

# %% [markdown] lang="zh"
# 八个数的查询和键就是四对，每对有自己的频率。旋转之前，两者都指向右边。第二行是同样的两个，都往后挪了 100：

# %% label="clocks"
view_clocks(3, 1, moved=100, d_head=8)

# %% [markdown] lang="en"
# The hands have gone elsewhere; the angle between them has not changed in any clock. Try other places in the cell above: far apart, or one in front of the other.
#
# The helper `rotate` does so to all pairs, with the frequencies that you know. Random queries and keys for six tokens; then every position 100 further:

# %% [markdown] lang="zh"
# 指针都换了地方，可是每个钟里两根指针的夹角都没变。在上面的单元格里换几个位置试试：离得远一些，或者前后对调。
#
# 辅助函数 `rotate` 对所有的对都这样做，用的正是你认识的那些频率。下面是六个词元的随机查询和键；再把所有位置往后挪 100：

# %% label="rotary"
queries, keys = torch.randn(2, 6, 8, generator=generator)              # two of (token, d_head) #zh 两个 (token, d_head)
near = rotate(queries) @ rotate(keys).T                                # (query, key)
far = rotate(queries, torch.arange(6) + 100) @ rotate(keys, torch.arange(6) + 100).T
print("the same scores, difference < 1e-12:", (near - far).abs().max().item() < 1e-12)
print("lengths stay:", torch.allclose(rotate(queries).norm(dim=-1), queries.norm(dim=-1)))
#zh print("分数相同，相差 < 1e-12：", (near - far).abs().max().item() < 1e-12)
#zh print("长度不变：", torch.allclose(rotate(queries).norm(dim=-1), queries.norm(dim=-1)))

# %% [markdown] lang="en"
# | | sinusoidal | learned | rotary |
# | --- | --- | --- | --- |
# | what it is | a formula | a table, trained | a rotation |
# | where it acts | added to the embeddings, once | added to the embeddings, once | on queries and keys, in every layer |
# | values know of it | yes | yes | no |
# | scores know the offset | can learn to | can learn to | by construction |
# | an end | none | the last row | none |
# | seen in | Transformer (2017) | BERT, GPT-2 | Llama and most large models since |
#
# (*No end* does not mean *good at any length*: a model is at ease with the distances it was trained on.)
#
# ### Exercise 7 · Rotate · code · 10 min · ●●●
#
# Turn one vector by its position, pairs of neighbours: numbers 0 and 1 are a pair, 2 and 3, and so on. Pair $(a, b)$ turned by $\theta$ is $(a\cos\theta - b\sin\theta,\ a\sin\theta + b\cos\theta)$.

# %% [markdown] lang="zh"
# | | 正弦 | 学来的 | 旋转 |
# | --- | --- | --- | --- |
# | 是什么 | 一个公式 | 一张训练出来的表 | 一次旋转 |
# | 用在哪里 | 加到嵌入上，只加一次 | 加到嵌入上，只加一次 | 作用于查询和键，每一层都做 |
# | 值受影响吗 | 受 | 受 | 不受 |
# | 分数能体现相对位置吗 | 可以学会 | 可以学会 | 由构造保证 |
# | 有没有尽头 | 没有 | 最后一行 | 没有 |
# | 哪里用它 | Transformer（2017） | BERT、GPT-2 | Llama 以及此后的大多数大模型 |
#
# （“没有尽头”不等于“多长都行”：模型只对训练时见过的距离得心应手。）
#
# ### 练习 7 · 旋转 · 动手写 · 10 分钟 · ●●●
#
# 按位置旋转一个向量，相邻两个数是一对：第 0、1 个数是一对，第 2、3 个是一对，依此类推。一对 $(a, b)$ 转过 $\theta$ 之后是 $(a\cos\theta - b\sin\theta,\ a\sin\theta + b\cos\theta)$。

# %% label="exercise-rotate" tags=["exercise"]
def my_rotate(vector, position):
    """vector (d_head,), position a number -> (d_head,)"""
    #zh """vector (d_head,)，position 是一个数 -> 转过之后的向量 (d_head,)"""
    ### BEGIN SOLUTION
    theta = frequencies(len(vector)) * position
    a, b = vector[0::2], vector[1::2]
    pairs = torch.stack([a * theta.cos() - b * theta.sin(), a * theta.sin() + b * theta.cos()])
    return pairs.T.flatten()
    ### END SOLUTION

# %% label="check-rotate" tags=["check"]
check("04.rotate", my_rotate)

# %% [markdown] lang="en"
# ## Common misreadings
#
# **"The position is put beside the word."** No: it is added, number by number, and the vector stays as wide as it was. How can the model take the two apart again?
# There is room: in a space of so many dimensions two vectors that have nothing to do with each other are nearly at right angles. The proof is to do it: one linear map, fitted on the sums of twelve short sentences, reads the position off sums that it has not seen
# (R² is the share of the differences that it explains: 1 all, 0 none):

# %% [markdown] lang="zh"
# ## 常见的误读
#
# **“位置接在词的后面”**：不对，是逐个数相加，向量还是原来那么宽。那模型怎样把两者再分开？
# 空间够大：维数这么多，两个互不相干的向量几乎是垂直的。能不能分开，做一做就知道：在十二个短句的“和”上拟合一个线性映射，让它从没见过的“和”里读出位置
# （R² 是它能解释的差异所占的比例：1 是全部，0 是一点也没有）：

# %% label="added"
def sums(sentences):
    """Word + place of each token (token, d_model), and its place (token,)"""
    #zh """每个词元的词嵌入 + 位置嵌入 (token, d_model)，以及它的位置 (token,)"""
    runs = [bert.run(sentence) for sentence in sentences]
    both = torch.cat([run.word_embeddings + run.position_embeddings for run in runs]).double()
    return both, torch.cat([torch.arange(run.n_tokens).double() for run in runs])

# %% label="taken-apart"
read = ["I like this book very much.", "今天天气很好。", "Tom wants to go home.", "他昨天来了。",
        "The dog is on the bed.", "我每天早上喝茶。", "Where is my bag?", "我不知道他在哪里。",
        "She gave me a red umbrella.", "我们去公园吧。", "It is raining again today.",
        "你能帮我一下吗？"]
fresh = ["I want to go to the park.", "你的世界没有我了。", "The cat is under the table.",
         "他不喜欢下雨天。"]
(known, places), (unseen, true) = sums(read), sums(fresh)

# %% label="read-position"
fitted = torch.linalg.solve(known.T @ known + torch.eye(bert.d_model), known.T @ places)
missed = (unseen @ fitted - true).square().sum()
print(f"R² on unseen sentences: {1 - missed / (true - true.mean()).square().sum():.2f}")
#zh print(f"没见过的句子上，R² = {1 - missed / (true - true.mean()).square().sum():.2f}")

# %% [markdown] lang="en"
# **"The mask tells the model the order."** A mask says who may be seen, not where anyone stands. A padding mask leaves attention as blind as before.
# A *causal* mask does let something through: who sees fewer must stand further to the front. In **one layer** the last of the three words still gets the same, however the two before it are ordered.
# But those two no longer get the same, so a second layer has something to notice. **Predict:** will the last word notice after two layers?

# %% [markdown] lang="zh"
# **“掩码会告诉模型先后”**：掩码只规定谁能被看见，不说谁在哪里。加上填充掩码（padding mask），注意力照样看不见先后。因果掩码（causal mask）确实会漏出一点消息：看得见的少，说明站得靠前。只有**一层**时，三个词里的最后一个，不管前面两个怎么排，得到的都一样。
# 可是那两个词得到的已经不同了，第二层就有东西可以察觉。**先猜**：经过两层，最后一个词会察觉吗？

# %% label="predict-two-layers"
predict("04.two_layers")

# %% label="mask-is-not-order"
def attend_causally(inputs):
    made = inputs @ w_query, inputs @ w_key, inputs @ w_value
    return scaled_dot_product_attention(*made, causal_mask(3))[0]      # (token, d_head)

def two_layers(inputs):
    once = inputs + attend_causally(inputs)                            # with a residual connection #zh 带残差连接
    return once + attend_causally(once)

for name, layers in (("one layer", attend_causally), ("two layers", two_layers)):
#zh for name, layers in (("一层", attend_causally), ("两层", two_layers)):
    one, other = layers(vectors), layers(vectors[[1, 0, 2]])
    print(f"{name}: the last word gets the same: {torch.allclose(one[2], other[2])}")
    #zh print(f"{name}：最后一个词得到的相同：{torch.allclose(one[2], other[2])}")

# %% [markdown] lang="en"
# A causal mask is a weak clock, and it can even count. Let one head look evenly at everything it may see, and let the first token alone say 1: the further back a token stands, the more ways the 1 is shared.

# %% [markdown] lang="zh"
# 因果掩码是一只走得不太准的钟，甚至还会数数。让一个头平均地看它能看的一切，只有第一个词元的值是 1：站得越靠后，这个 1 就分得越薄。

# %% label="mask-counts"
from helpers.attention import attention_weights
evenly = attention_weights(torch.zeros(8, 8), causal_mask(8))          # (query, key)
print(evenly @ torch.eye(8)[0])                                        # (token,): 1, 1/2, 1/3 ... #zh (token,)：1、1/2、1/3……

# %% [markdown] lang="en"
# So a GPT without any positional encoding still learns where its tokens stand (Haviv et al. 2022). A BERT, which has no causal mask, cannot.

# %% [markdown] lang="zh"
# 所以，一个没有任何位置编码的 GPT，照样学得会词元站在哪里（Haviv 等，2022）。没有因果掩码的 BERT 就不行。

# %% [markdown] lang="en"
# **"Sines or a learned table, it is all the same in the end."** Not to a model that grew up with one of them.
# Give BERT the sinusoidal table in place of its own, as long on average as its own, and look at the previous-token head again; beside it a table that is BERT's own with a little noise.

# %% [markdown] lang="zh"
# **“正弦也好，学来的也好，反正都一样”**：对一个用惯了其中一种的模型来说，可不一样。
# 把 BERT 自己的表换成正弦的表（平均长度与它自己的相同），再看前一词元头；旁边是在 BERT 自己的表上加一点噪声的结果。

# %% label="another-table"
sines = sinusoidal_positions(*table.shape) * table.norm(dim=-1).mean() / (table.shape[1] / 2) ** 0.5
noise = 0.2 * table.std() * torch.randn(table.shape, generator=generator)
for name, other_table in (("its own", table), ("its own, with noise", table + noise),
                          ("sinusoidal", sines)):
#zh for name, other_table in (("自己的表　　", table), ("自己的，加噪声", table + noise),
#zh                           ("正弦的表　　", sines)):
    changed = bert.run(sentence_a, sentence_b, position_table=other_table)
    share = describe_heads(changed).shares["previous"][layer, head]
    print(f"{name:20}  {share:.2f}")
    #zh print(f"{name:　<7}  {share:.2f}")

# %% [markdown] lang="en"
# ### Exercise 8 · Explain · 5 min · ●●○
#
# A friend says: "Sinusoidal positions never end, so I give BERT a text of 5,000 tokens." Write three sentences to your friend: what is mixed up here,
# what would happen in this model, and what one could try instead.

# %% [markdown] lang="zh"
# ### 练习 8 · 讲给别人听 · 5 分钟 · ●●○
#
# 朋友说：“正弦位置没有尽头，所以我要给 BERT 一段 5000 个词元的文本。”给朋友写三句话：哪里弄混了，
# 在这个模型里会怎样，可以换个什么办法。

# %% label="explain-endless"
explain("04.endless")

# %% [markdown] lang="en"
# ## Mend, plan, carry over ✻
#
# ### Exercise 9 · Turned the wrong way · find the bug · 8 min · ●●○
#
# Rotary scores must pass two tests. Move all tokens by 100, and nothing changes. And a query and a key at the same place meet as if neither had been turned. This code fails both; there are two faults. Write it again without them.

# %% [markdown] lang="zh"
# ## 改错、设计、换个地方用 ✻
#
# ### 练习 9 · 转错了 · 找错误 · 8 分钟 · ●●○
#
# 旋转得到的分数要过两关。把所有词元都挪动 100，什么也不变；同一个位置上的查询和键相遇，就像谁也没有转过。下面的代码两关都过不了，有两处错误：请改好，重写一遍。

# %% label="broken-scores"
def broken_scores(queries, keys, start=0):
    places = torch.arange(len(queries)) + start
    return rotate(queries, places) @ rotate(keys, -(places + 1)).T / keys.shape[-1] ** 0.5

unturned = (queries * keys).sum(-1) / keys.shape[-1] ** 0.5                # (token,)
here, there = broken_scores(queries, keys), broken_scores(queries, keys, start=100)
print("moved by 100, the same scores:", torch.allclose(here, there))
print("at the same place as if unturned:", torch.allclose(here.diagonal(), unturned))
#zh print("挪动 100，分数不变：", torch.allclose(here, there))
#zh print("站在同一处，等于没有转过：", torch.allclose(here.diagonal(), unturned))

# %% label="exercise-bug" tags=["exercise"]
def mended_scores(queries, keys, start=0):
    """queries, keys (token, d_head), start: the first position -> scores (query, key)"""
    #zh """queries 和 keys (token, d_head)，start：第一个位置 -> 分数 (query, key)"""
    ### BEGIN SOLUTION
    places = torch.arange(start, start + len(queries))
    asked, offered = rotate(queries, places), rotate(keys, places)
    return asked @ offered.T / keys.shape[-1] ** 0.5
    ### END SOLUTION

# %% label="check-bug" tags=["check"]
check("04.bug", mended_scores)

# %% [markdown] lang="en"
# ### Exercise 10 · One thing at a time · design an experiment · 8 min · ●●○
#
# What does BERT take from its positions: *where* each token stands, *how far* from the others, or only *who comes before whom*? Three claims, and three runs, each of which takes away one of these things and no other.
# Write what the tokens are told in each, for any number of tokens: **moved**, every place 5 further; **stretched**, every place times 2 (distances doubled, the order kept); **mirrored**, the first token told the last place and so on (distances kept, the order turned round).

# %% [markdown] lang="zh"
# ### 练习 10 · 一次只改一样 · 设计实验 · 8 分钟 · ●●○
#
# BERT 从位置里取用的是什么：每个词元站在**哪里**，离别的有**多远**，还是只有**谁在谁前面**？三种说法，三次运行，每次只拿走其中一样，别的不动。
# 请写出每次运行里告诉各个词元的位置，有多少个词元都能用：**挪动**，每个位置都加 5；**拉长**，每个位置乘以 2（距离加倍，先后不变）；**翻转**，把最后的位置告诉第一个词元，依此类推（距离不变，先后颠倒）。

# %% label="exercise-design" tags=["exercise"]
def three_runs(n_tokens):
    """-> (3, token): the places told when moved by 5, stretched by 2, mirrored"""
    #zh """-> (3, token)：挪动 5、拉长 2 倍、翻转时，告诉各个词元的位置"""
    ### BEGIN SOLUTION
    as_they_are = torch.arange(n_tokens)
    return torch.stack([as_they_are + 5, 2 * as_they_are, as_they_are.flip(0)])
    ### END SOLUTION

# %% label="check-design" tags=["check"]
check("04.design", three_runs)

# %% label="three-outcomes"
if three_runs(4) is not None:                                              # once it is written #zh 写好了才算
    print("moved  stretched  mirrored (bits)")
    #zh print("　　挪动　　拉长　　翻转（比特）")
    for text in texts:
        told = three_runs(guesser.run(*text).n_tokens)                     # (run, token)
        lost = (compare(guesser, *text, positions=row.tolist()).masks[0].bits for row in told)
        print(*(f"{bits + 0.0:8.2f}" for bits in lost), "  ", text[0])

# %% [markdown] lang="en"
# Which claim has fallen, and what is still open? Write it down in two sentences, then compare. (Before you have written `three_runs`, the last cell prints nothing.)

# %% [markdown] lang="zh"
# 哪种说法站不住了，还有什么没定下来？先用两句话写下来，再对照。（还没写 `three_runs` 时，上面的单元格什么也不打印。）

# %% label="explain-runs"
explain("04.runs")

# %% [markdown] lang="en"
# ### Exercise 11 · Other partners · transfer · 8 min · ●●○
#
# The course's GPT (chapter 07) has rotary positions. But `rotate` does not give its queries: it was written as Llama is, where number $k$ is a pair with number $k + d_{head}/2$, not with its neighbour. Here are the queries of its first layer, before they are turned:

# %% [markdown] lang="zh"
# ### 练习 11 · 换个搭档 · 换个模型 · 8 分钟 · ●●○
#
# 课程的 GPT（第 07 章）用的就是旋转位置编码。可是 `rotate` 得不出它的查询：它的写法和 Llama 一样，第 $k$ 个数和第 $k + d_{head}/2$ 个数是一对，而不是和相邻的数。下面是它第一层的查询，还没有旋转：

# %% label="queries-of-a-gpt"
from helpers.models import load_model

gpt = load_model("course-gpt")
read = gpt.run("The dog ran home because it was very tired.")
first = gpt.encoder.layers[0]
made = first.self_attn.q_proj(first.input_layernorm(read.hidden_states[0])).detach()
still = made.unflatten(-1, (gpt.n_heads, -1))[:, 0]              # (token, d_head), of head 0 #zh 头 0 的 (token, d_head)
print("rotate gives the GPT's queries:",
      torch.allclose(rotate(still), read.queries[0, 0], atol=1e-5))
#zh print("rotate 给出 GPT 的查询：",
#zh       torch.allclose(rotate(still), read.queries[0, 0], atol=1e-5))

# %% label="exercise-transfer" tags=["exercise"]
def rotate_halves(vector, position):
    """vector (d_head,), position a number -> (d_head,); number k with number k + d_head / 2"""
    #zh """vector (d_head,)，position 是一个数 -> (d_head,)；第 k 个数与第 k + d_head / 2 个数一起转"""
    ### BEGIN SOLUTION
    theta = frequencies(len(vector)) * position
    a, b = vector.chunk(2)
    return torch.cat([a * theta.cos() - b * theta.sin(), b * theta.cos() + a * theta.sin()])
    ### END SOLUTION

# %% label="check-transfer" tags=["check"]
check("04.transfer", rotate_halves)

# %% label="equals-gpt"
if rotate_halves(still[0], 0) is not None:                                 # once it is written #zh 写好了才算
    mine = torch.stack([rotate_halves(row, place) for place, row in enumerate(still)])
    print("rotate_halves gives them:", torch.allclose(mine, read.queries[0, 0], atol=1e-5))
    #zh print("rotate_halves 给出同样的数：", torch.allclose(mine, read.queries[0, 0], atol=1e-5))

# %% [markdown] lang="en"
# ## Test yourself

# %% [markdown] lang="zh"
# ## 自测

# %% label="quiz-end"
quiz("04.end")

# %% [markdown] lang="en"
# What you have done so far, chapter by chapter. It is kept on this computer alone. If you learn in a class, `hand_in("your name")` in a new cell writes it into one file for your teacher.

# %% [markdown] lang="zh"
# 到现在为止你做过的，一章一章列在这里，只保存在你这台电脑上。要交作业，就新建一个单元格，运行 `hand_in("你的名字")`，它会写成一个文件，交给老师就行。

# %% label="progress" tags=["volatile"]
progress()

# %% [markdown] lang="en"
# ## In short
#
# 1. Attention alone treats a sentence as a bag of words: shuffle what goes in, and what comes out is shuffled alike.
# 2. Sinusoidal positions: $\sin(\omega_k p)$ and $\cos(\omega_k p)$ with $\omega_k = 10000^{-2k/d}$; fast pairs tell neighbours apart, slow ones tell far places apart.
# 3. Moving on turns each pair by its own angle, so the dot product knows the offset alone.
# 4. Sinusoidal is a formula that is added, learned (BERT) is a table that is added, rotary turns queries and keys.
#
# **Next:** chapter 05 puts everything together: positions, heads, masks, and a decoder that writes.
#
# **Sources.** Vaswani et al. 2017, *Attention Is All You Need*, section 3.5 (the formula, and why a shift is linear). Devlin et al. 2019, *BERT*, section 3, figure 2 (three embeddings, added).
# Su et al. 2021, *RoFormer*, section 3.2 (rotary). Wang and Chen 2020, *What Do Position Embeddings Learn?* (learned tables compared). Zhang et al., *Dive into Deep Learning*, section 11.6 (the binary counter). Haviv et al. 2022, *Transformer Language Models without Positional Encodings Still Learn Positional Information* (what a causal mask lets through).

# %% [markdown] lang="zh"
# ## 小结
#
# 1. 单靠注意力，一句话只是一个词袋：输入怎样打乱，输出就怎样打乱。
# 2. 正弦位置编码：$\sin(\omega_k p)$ 与 $\cos(\omega_k p)$，$\omega_k = 10000^{-2k/d}$；快的几对分清近处，慢的几对分清远处。
# 3. 往后挪，就是每一对各转各的角度，所以点积只认偏移量。
# 4. 正弦是加上去的公式；学来的（BERT）是加上去的表；旋转位置编码转的是查询和键。
#
# **下一步**：第 05 章把一切合起来：位置、头、掩码，再加上一个会写字的解码器。
#
# **出处**：Vaswani 等（2017），*Attention Is All You Need*，3.5 节（公式，以及为什么位移是线性的）。Devlin 等（2019），*BERT*，第 3 节图 2（三种嵌入相加）。Su 等（2021），*RoFormer*，3.2 节（旋转位置编码）。Wang 与 Chen（2020），*What Do Position Embeddings Learn?*（比较学来的表）。Zhang 等，*Dive into Deep Learning*（《动手学深度学习》）11.6 节（二进制计数器）。Haviv 等（2022），*Transformer Language Models without Positional Encodings Still Learn Positional Information*（因果掩码漏出了什么）。
