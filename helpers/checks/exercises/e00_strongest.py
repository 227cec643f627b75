"""00.strongest: the key that a query looks at most."""

from torch.nn.functional import softmax

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="00.strongest",
    name="strongest",
    right=lambda weights, query: weights[query].argmax(),
    cases=tuple({"weights": softmax(wave(n, n, start=n), dim=-1), "query": query}
                for n, query in ((3, 1), (4, 3), (6, 2), (5, 0), (6, 4))),
    passed={
        "en": "For each asker you found who answers loudest.",
        "zh": "不管谁发问，你都找到了它看得最多的那一个。",
    },
    mistakes=(
        Mistake("column", lambda weights, query: weights[:, query].argmax(), {
            "en": "You searched a column: who looks most at this token. Its own looks stand in its row, "
                  "weights[query].",
            "zh": "你找的是一列：谁最爱看这个词元。它自己在看谁，写在它那一行，即 weights[query]。",
        }),
        Mistake("whole_table", lambda weights, query: weights.argmax(), {
            "en": "You searched the whole table, and got a place counted through all rows. Take the row of the asker "
                  "first.",
            "zh": "你在整张表里找，得到的位置是把所有行连起来数的。请先取出发问者那一行。",
        }),
        Mistake("weight", lambda weights, query: weights[query].max(), {
            "en": "This is the largest weight itself; the exercise asks where it stands.",
            "zh": "这是最大的那个权重本身，而题目问的是它在哪个位置。",
        }),
        Mistake("from_one", lambda weights, query: weights[query].argmax() + 1, {
            "en": "One too far: places count from 0.",
            "zh": "多了一个：位置要从 0 数起。",
        }),
        Mistake("weakest", lambda weights, query: weights[query].argmin(), {
            "en": "This is the key that gets the least. Look for the largest weight.",
            "zh": "这是得到最少的那个键。要找的是最大的权重。",
        }),
    ),
    differs={
        "en": "With {given}, expected {expected}, got {got}.",
        "zh": "输入为 {given} 时，应是 {expected}，得到的却是 {got}。",
    },
    hints=(
        {
            "en": "Rows ask, columns answer. Which part of the table belongs to one asker?",
            "zh": "行在问，列在答。表里哪一部分属于一个发问者？",
        },
        {
            "en": "weights[query] is its row, (key,). You want the place of the largest number in it, not the number.",
            "zh": "weights[query] 就是它那一行，形状 (key,)。要的是其中最大数的位置，而不是那个数。",
        },
        {
            "en": "A tensor has the method argmax; int(...) makes a plain number of it.",
            "zh": "张量有 argmax 这个方法；再用 int(...) 变成普通的整数。",
        },
    ),
)
