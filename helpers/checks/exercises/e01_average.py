"""01.average: the weighted average."""

import torch
from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="01.average",
    name="average",
    right=lambda weights, vectors: weights @ vectors,
    cases=(
        {"weights": torch.tensor([0.2, 0.7, 0.1]), "vectors": torch.tensor([[0, 0, 1], [0.9, 0.1, 0], [0.1, 0.9, 0]])},
        *({"weights": softmax(wave(n), dim=0), "vectors": wave(n, d, start=3)} for n, d in ((4, 4), (3, 5), (5, 2))),
    ),
    passed={
        "en": "Each vector counts as much as its weight says. Once attention has its weights, this is all it does.",
        "zh": "每个向量按自己的权重计入。注意力有了权重之后，要做的就只有这一步。",
    },
    mistakes=(
        Mistake("plain_mean", lambda weights, vectors: vectors.mean(0), {
            "en": "This is the plain mean: all words count the same, and the weights were never used. Multiply each "
                  "vector by its own weight before you add.",
            "zh": "这是普通的平均：每个词的分量都一样，权重根本没有用上。相加之前，先让每个向量乘以自己的权重。",
        }),
        Mistake("plain_sum", lambda weights, vectors: vectors.sum(0), {
            "en": "The vectors were added up as they are, and the weights were never used. Multiply each vector by "
                  "its own weight before you add.",
            "zh": "你把向量原样相加了，权重根本没有用上。相加之前，先让每个向量乘以自己的权重。",
        }),
        Mistake("not_summed", lambda weights, vectors: weights[:, None] * vectors, {
            "en": "Each vector has its weight now, but they still stand apart, one row a word. Add the rows, and one "
                  "vector is left.",
            "zh": "每个向量都乘上了权重，但还是各占一行，没有合起来。把各行相加，才得到一个向量。",
        }),
        Mistake("wrong_axis", lambda weights, vectors: (weights[:, None] * vectors).sum(1), {
            "en": "You added along each word's own numbers, so every word shrank to a single number. Add over the "
                  "words instead: the numbers inside the vector stay apart.",
            "zh": "你把每个词自己的几个数加到一起了，于是一个词只剩一个数。应该在词与词之间相加，"
                  "向量里的各个数仍然分开。",
        }),
        Mistake("divided_again", lambda weights, vectors: (weights[:, None] * vectors).mean(0), {
            "en": "You divided by the number of words as well. The weights add up to 1 already, so the weighted sum "
                  "is the average.",
            "zh": "你又除了一次词的个数。权重之和本来就是 1，加权求和就已经是平均了。",
        }),
        Mistake("weighted_columns", lambda weights, vectors: (weights * vectors).sum(0), {
            "en": "The weights went to the columns, the numbers inside each vector, and not to the words. This runs "
                  "only where there are as many words as numbers. Let weight i meet row i.",
            "zh": "权重乘到了列上，也就是向量内部的各个数，而不是乘到词上。只有词数恰好等于向量长度时才不报错。要让第 "
                  "i 个权重对上第 i 行。",
        }, also=(
            lambda weights, vectors: (weights * vectors).sum(1),
        )),
    ),
    hints=(
        {
            "en": "Multiply first, then add: how much of each vector goes into the mixture?",
            "zh": "先乘，后加：每个向量各有多少进到混合的结果里？",
        },
        {
            "en": "weights is (key,), vectors is (key, d_model). Give the weights a second axis, so that each meets "
                  "its own row; then add over the words.",
            "zh": "weights 的形状是 (key,)，vectors 是 (key, d_model)。给权重添一个轴，让每个权重对上自己那一行，"
                  "再把各个词加起来。",
        },
        {
            "en": "weights[:, None] * vectors is (key, d_model); sum away the axis of the words, dim=0. Or let one "
                  "matrix product do both steps.",
            "zh": "weights[:, None] * vectors 的形状是 (key, d_model)，再用 dim=0 把词这一轴加掉。"
                  "也可以用一次矩阵乘法同时做完两步。",
        },
    ),
)
