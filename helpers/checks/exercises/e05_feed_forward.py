"""05.feed_forward: two matrices with an activation between them, on each token alone."""

from torch import Tensor
from torch.nn.functional import gelu, relu

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def network(states: Tensor, w_in: Tensor, b_in: Tensor, w_out: Tensor, b_out: Tensor) -> Tensor:
    """Return the feed-forward network of every token."""
    return gelu(states @ w_in + b_in) @ w_out + b_out


def network_case(n_tokens: int, d_model: int, d_ff: int) -> Inputs:
    """Return states, and matrices and biases of a network."""
    return {"states": wave(n_tokens, d_model), "w_in": wave(d_model, d_ff, start=1.1), "b_in": wave(d_ff, start=2.3),
            "w_out": wave(d_ff, d_model, start=0.7), "b_out": wave(d_model, start=3.1)}


EXERCISE = FunctionExercise(
    key="05.feed_forward",
    name="feed_forward",
    right=network,
    cases=tuple(network_case(*sizes) for sizes in ((4, 4, 4), (3, 2, 8), (1, 4, 6))),
    passed={
        "en": "Wider, the activation, narrow again, and each token for itself. Where d_ff is four times d_model, two "
              "thirds of an encoder layer's parameters are in these two matrices.",
        "zh": "先变宽，过一次激活函数，再变窄，每个词元各算各的。"
              "d_ff 是 d_model 的四倍时，编码器层的参数有三分之二在这两个矩阵里。",
    },
    mistakes=(
        Mistake("no_activation", lambda x, w, b, v, c: (x @ w + b) @ v + c, {
            "en": "There is no activation between the matrices. Without it the two are one matrix, and the network "
                  "can do nothing that one could not.",
            "zh": "两个矩阵之间没有激活函数。少了它，两个矩阵等于一个矩阵，多一层也就白搭。",
        }),
        Mistake("relu", lambda x, w, b, v, c: relu(x @ w + b) @ v + c, {
            "en": "This has a ReLU, as in the paper of 2017. The models of this course have GELU: "
                  "torch.nn.functional.gelu.",
            "zh": "你用的是 ReLU，2017 年的论文也是。本课程的模型用 GELU：torch.nn.functional.gelu。",
        }),
        Mistake("activated_twice", lambda x, w, b, v, c: gelu(gelu(x @ w + b) @ v + c), {
            "en": "There is a second activation at the end. What is added to the residual stream comes straight from "
                  "the second matrix, and may be negative.",
            "zh": "末尾多了一次激活函数。加进残差流的东西直接来自第二个矩阵，可以是负数。",
        }),
        Mistake("activated_last", lambda x, w, b, v, c: gelu((x @ w + b) @ v + c), {
            "en": "The activation stands at the end. It belongs between the two matrices, on the wide layer.",
            "zh": "激活函数放到末尾去了。它应在两个矩阵之间，作用在宽的那一层上。",
        }),
        Mistake("no_biases", lambda x, w, b, v, c: gelu(x @ w) @ v, {
            "en": "The biases are missing: b_in before the activation, b_out at the end.",
            "zh": "漏了偏置：激活函数之前加 b_in，最后加 b_out。",
        }),
        Mistake("bias_after", lambda x, w, b, v, c: (gelu(x @ w) + b) @ v + c, {
            "en": "b_in is added after the activation. It comes before: it decides where each neuron begins to fire.",
            "zh": "b_in 加在激活函数之后了。应加在之前：每个神经元从哪里开始起作用，由它决定。",
        }),
        Mistake("residual_too", lambda x, w, b, v, c: x + network(x, w, b, v, c), {
            "en": "The inputs are added already. That is the residual connection; it is the layer that adds, in the "
                  "next exercise.",
            "zh": "输入已经加进去了。那是残差连接，由下一题的“层”来加。",
        }),
    ),
    hints=(
        {"en": "Three steps: a matrix with its bias, the activation, a matrix with its bias.",
         "zh": "三步：矩阵加偏置，激活函数，矩阵加偏置。"},
        {"en": "states @ w_in + b_in has the shape (token, d_ff). Which function comes next?",
         "zh": "states @ w_in + b_in 的形状是 (token, d_ff)。接下来该用哪个函数？"},
        {"en": "gelu(states @ w_in + b_in), then times w_out, plus b_out.",
         "zh": "先算 gelu(states @ w_in + b_in)，再乘 w_out，加上 b_out。"},
    ),
)
