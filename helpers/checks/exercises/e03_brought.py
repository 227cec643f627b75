"""03.brought: how much each key brings, by the length of what arrives."""

from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="03.brought",
    name="brought",
    right=lambda weights, values, w_output: weights * (values @ w_output.T).norm(dim=-1),
    cases=tuple({"weights": softmax(wave(n), dim=0), "values": wave(n, d_head, start=1),
                 "w_output": wave(d, d_head, start=2)} for n, d_head, d in ((3, 3, 3), (4, 2, 6), (5, 3, 4))),
    passed={
        "en": "For each key the length of what really arrives in the residual stream: a weight, times the length of "
              "the value after W_O.",
        "zh": "每个键真正送进残差流的东西有多长：权重，乘以值经过 W_O 之后的长度。",
    },
    mistakes=(
        Mistake("weights_alone", lambda weights, values, w: weights, {
            "en": "These are the weights. They say how much is taken, not how much there was to take: the values are "
                  "missing.",
            "zh": "这只是权重。它说的是取走几成，没说那里有多少可取：还缺值。",
        }),
        Mistake("no_weights", lambda weights, values, w: (values @ w.T).norm(dim=-1), {
            "en": "This is how long each value is after W_O, whether it is taken or not. Multiply by the weights.",
            "zh": "这是每个值经过 W_O 之后的长度，不管有没有被取走。还要乘以权重。",
        }),
        Mistake("no_w_output", lambda weights, values, w: weights * values.norm(dim=-1), {
            "en": "The values were measured before W_O. W_O stretches some directions and drops others; what arrives "
                  "comes after it.",
            "zh": "你量的是经过 W_O 之前的值。W_O 会拉长一些方向，压掉另一些；真正到达的是经过它之后的。",
        }),
        Mistake("not_transposed", lambda weights, values, w: weights * (values @ w).norm(dim=-1), {
            "en": "W_O was used the wrong way round, which runs only where d_head equals d_model: values @ w_output.T.",
            "zh": "W_O 用反了，只有 d_head 等于 d_model 时才不报错：应写 values @ w_output.T。",
        }),
        Mistake("squared", lambda weights, values, w: weights * (values @ w.T).square().sum(-1), {
            "en": "These are squared lengths. Take the root, and only then multiply by the weight.",
            "zh": "这是长度的平方。先开方，再乘以权重。",
        }),
        Mistake("sum_of_numbers", lambda weights, values, w: weights * (values @ w.T).sum(-1), {
            "en": "You added the numbers of each vector up: positive and negative ones cancel. The length is the root "
                  "of the sum of squares, .norm(dim=-1).",
            "zh": "你把每个向量的各个数直接加起来了，正负会相互抵消。长度是平方和的平方根，即 .norm(dim=-1)。",
        }),
        Mistake("over_keys", lambda weights, values, w: (weights[:, None] * (values @ w.T)).norm(dim=0), {
            "en": "The length was taken over the keys, one number for each place of the stream. One number for each "
                  "key is asked for: along the last axis.",
            "zh": "长度是沿着键算的，残差流的每个位置得到一个数。题目要的是每个键一个数：沿最后一轴算。",
        }),
        Mistake("together", lambda weights, values, w: (weights @ values @ w.T).norm(), {
            "en": "This is the length of the sum of them all. Measure each key's part before adding.",
            "zh": "这是全部加起来之后的长度。请在相加之前，分别量出每个键的那一份。",
        }),
    ),
    hints=(
        {
            "en": "Three steps for each key: its value through W_O, the length of the result, times its weight.",
            "zh": "对每个键做三步：值经过 W_O，取结果的长度，再乘以它的权重。",
        },
        {
            "en": "values @ w_output.T is (key, d_model). The length of each row is .norm(dim=-1), of shape (key,).",
            "zh": "values @ w_output.T 的形状是 (key, d_model)。每一行的长度用 .norm(dim=-1) 来求，形状是 (key,)。",
        },
        {
            "en": "weights * (values @ w_output.T).norm(dim=-1)",
            "zh": "写出来就是 weights * (values @ w_output.T).norm(dim=-1)",
        },
    ),
)
