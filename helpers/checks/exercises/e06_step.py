"""06.step: one step down the gradient."""

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="06.step",
    name="step",
    right=lambda weight, gradient, rate: weight - rate * gradient,
    cases=tuple({"weight": wave(*shape, start=1), "gradient": wave(*shape, start=2), "rate": wave(1, start=3).abs()[0]}
                for shape in ((3, 3), (2, 4), (5, 2))),
    passed={"en": "Against the gradient, a small piece: all training is this line, many times.",
            "zh": "逆着梯度走一小步：所有的训练都是这一行，重复很多遍。"},
    mistakes=(
        Mistake("uphill", lambda weight, gradient, rate: weight + rate * gradient, {
            "en": "This goes uphill: the gradient points to where the loss grows.",
            "zh": "这是往上走：梯度指的是损失变大的方向。"}),
        Mistake("no_rate", lambda weight, gradient, rate: weight - gradient, {
            "en": "The whole gradient was taken off. The rate says how large a piece of it.",
            "zh": "你减去了整个梯度。要减多少，由学习率决定。"}),
        Mistake("change_alone", lambda weight, gradient, rate: -rate * gradient, {
            "en": "This is the change. The new weight is asked for: add it to the old one.",
            "zh": "这只是改变量。题目要的是新的权重：要加到原来的上面。"}),
        Mistake("weight_scaled", lambda weight, gradient, rate: rate * (weight - gradient), {
            "en": "The rate scales the old weight, too. It belongs to the gradient alone.",
            "zh": "连原来的权重也乘上了学习率。它只该乘在梯度上。"}),
    ),
    hints=(
        {"en": "The gradient says in which direction the loss grows. Where must the weight go?",
         "zh": "梯度指着损失变大的方向。权重该往哪边走？"},
        {"en": "Old weight minus rate times gradient.", "zh": "旧的权重，减去学习率乘梯度。"},
    ),
)
