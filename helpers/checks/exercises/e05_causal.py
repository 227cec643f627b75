"""05.causal: a mask that hides what comes later."""

import torch

from ...attention import causal_mask
from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="05.causal",
    name="looking_back",
    right=lambda n_tokens: causal_mask(n_tokens).double(),
    cases=tuple({"n_tokens": n} for n in (4, 3, 6)),
    extreme_cases=({"n_tokens": 1},),
    passed={
        "en": "Every token sees itself and what stands before it: a triangle, with its diagonal.",
        "zh": "每个词元看得见自己和自己前面的：一个带对角线的三角形。",
    },
    mistakes=(
        Mistake("transposed", lambda n_tokens: causal_mask(n_tokens).T.double(), {
            "en": "Rows and columns are exchanged: here a token sees what follows and nothing of what went before. "
                  "Rows ask.",
            "zh": "行和列颠倒了：这样词元只看得见后面，看不见前面。行是提问的一方。",
        }),
        Mistake("not_itself", lambda n_tokens: torch.ones(n_tokens, n_tokens).tril(-1), {
            "en": "Off by one: no token sees itself, and the first sees nothing at all. The diagonal belongs to it.",
            "zh": "错开了一位：谁也看不见自己，第一个词元什么也看不见。对角线要包括在内。",
        }),
        Mistake("one_ahead", lambda n_tokens: torch.ones(n_tokens, n_tokens).tril(1), {
            "en": "Off by one the other way: every token sees the next one, and that is its own answer.",
            "zh": "朝另一边错开了一位：每个词元都看得见下一个，而那正是要它回答的。",
        }),
        Mistake("inverted", lambda n_tokens: (~causal_mask(n_tokens)).double(), {
            "en": "True and False are exchanged. In this course True means may attend (torch's own modules mean the "
                  "opposite).",
            "zh": "True 和 False 反了。本课程里 True 表示可以看（torch 自带的模块恰好相反）。",
        }),
        Mistake("everything", lambda n_tokens: torch.ones(n_tokens, n_tokens), {
            "en": "Nothing is hidden: every token sees the whole sentence, as in BERT.",
            "zh": "什么也没有遮住：每个词元都看得见整句话，像 BERT 那样。",
        }),
        Mistake("itself_alone", lambda n_tokens: torch.eye(n_tokens), {
            "en": "Each token sees itself alone. What stands before it is open too.",
            "zh": "每个词元只看得见自己。它前面的也应该看得见。",
        }),
        Mistake("already_scores", lambda n_tokens: torch.zeros(n_tokens, n_tokens).masked_fill(
            ~causal_mask(n_tokens), -torch.inf), {
            "en": "These are numbers to add to the scores, 0 and -inf. Asked for is the mask itself: True and False.",
            "zh": "这是要加到分数上的数：0 和 -inf。这里要的是掩码本身：True 和 False。",
        }),
    ),
    hints=(
        {
            "en": "Draw it for three tokens on paper: which columns may row 0 see, and which row 2?",
            "zh": "在纸上画三个词元的情形：第 0 行可以看哪几列？第 2 行呢？",
        },
        {
            "en": "A query at place q may see the key at place k when k is not larger than q.",
            "zh": "位置 q 的查询，可以看位置 k 的键，只要 k 不大于 q。",
        },
        {
            "en": "With places = torch.arange(n_tokens), compare places[None, :] with places[:, None].",
            "zh": "令 places = torch.arange(n_tokens)，拿 places[None, :] 和 places[:, None] 比大小。",
        },
    ),
)
