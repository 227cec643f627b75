"""03.bug: a head through which the future leaks and whose values nobody reads, to be mended."""

import torch
from torch import Tensor

from ...attention import causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise, wave
from .e03_cell import head_weights


def handed_on(x: Tensor, mask: Tensor, w_query: Tensor, w_key: Tensor, w_handed: Tensor) -> Tensor:
    """Return the context, (token, d_head), of a head that hands on what `w_handed` reads; w_value is right."""
    return head_weights(x, mask, w_query, w_key) @ x @ w_handed.T


def leaking(x: Tensor, mask: Tensor, w_query: Tensor, w_key: Tensor, w_handed: Tensor) -> Tensor:
    """Return the context of a head whose hidden scores became 0."""
    scores = (x @ w_query.T) @ (x @ w_key.T).T / len(w_key) ** 0.5
    return (scores * mask).softmax(-1) @ x @ w_handed.T


EXERCISE = FunctionExercise(
    key="03.bug",
    name="mended_head",
    right=handed_on,
    cases=tuple({"inputs": wave(n, d, start=1), "mask": causal_mask(n), "w_query": wave(d_head, d, start=2) / 3,
                 "w_key": wave(d_head, d, start=3) / 3, "w_value": wave(d_head, d, start=4)}
                for n, d, d_head in ((4, 4, 4), (3, 6, 2), (5, 4, 3))),
    passed={
        "en": "Nothing leaks and the values are read. Both tests change what must not matter, or silence what must, "
              "and look: they need no right answer to compare with.",
        "zh": "不再泄漏，值也读了。两个试法都一样：改动不该有影响的，或者去掉不能没有的，再看结果；"
              "用不着拿正确答案来对照。",
    },
    mistakes=(
        Mistake("both_left", lambda x, mask, q, k, v: leaking(x, mask, q, k, k), {
            "en": "Both faults are still there: the last word reaches the first row, and w_value changes nothing.",
            "zh": "两处毛病都还在：最后一个词影响到了第一行，而 w_value 怎么变都没有作用。",
        }),
        Mistake("leak_left", lambda x, mask, q, k, v: leaking(x, mask, q, k, v), {
            "en": "The values are read now. One fault is left: a hidden score became 0, and exp(0) is 1, so what comes "
                  "later still gets a share.",
            "zh": "值读到了。还剩一处：被遮住的分数成了 0，而 exp(0) 等于 1，后文仍然分到了权重。",
        }),
        Mistake("keys_left", lambda x, mask, q, k, v: handed_on(x, mask, q, k, k), {
            "en": "Nothing leaks any more. One fault is left: what is handed over are the keys. Labels are for "
                  "finding, values for taking.",
            "zh": "不再泄漏了。还剩一处：交出去的是键。标签是用来找的，拿走的应是值。",
        }),
        Mistake("late", lambda x, mask, q, k, v: head_weights(x, None, q, k) * mask @ x @ v.T, {
            "en": "The leak is closed after softmax: the hidden shares are lost, and the rows no longer sum to 1.",
            "zh": "漏是在 softmax 之后堵上的：被遮住的那份丢了，每一行加起来不再是 1。",
        }),
        Mistake("no_mask", lambda x, mask, q, k, v: handed_on(x, torch.ones_like(mask), q, k, v), {
            "en": "The mask is gone altogether: every token now sees the whole text.",
            "zh": "掩码整个没了：现在每个词元都看得见整段文字。",
        }),
        Mistake("inputs", lambda x, mask, q, k, v: head_weights(x, mask, q, k) @ x, {
            "en": "The weights mix the inputs themselves. A token hands over its value: inputs @ w_value.T.",
            "zh": "权重混合的是 inputs 本身。词元交出的是它的值：inputs @ w_value.T。",
        }),
    ),
    hints=(
        {
            "en": "Each of the two printed tests points at one line. Which line decides who sees whom, and which what "
                  "is handed over?",
            "zh": "打印出来的两个试验，各指着一行。哪一行决定谁看得见谁，哪一行决定交出什么？",
        },
        {
            "en": "A hidden score must be -inf before softmax; times the mask it is 0, a score like any other.",
            "zh": "被遮住的分数在 softmax 之前应是 -inf；乘以掩码只会变成 0，那是个普通的分数。",
        },
        {
            "en": "scores.masked_fill(~mask, -torch.inf).softmax(dim=-1) @ (inputs @ w_value.T)",
            "zh": "这样写：scores.masked_fill(~mask, -torch.inf).softmax(dim=-1) @ (inputs @ w_value.T)",
        },
    ),
)
