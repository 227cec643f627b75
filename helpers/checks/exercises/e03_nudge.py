"""03.nudge: foresee what a moved neuron does to a score."""

import math

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise, Inputs, wave


def case(score: float, change: float, d_head: int, neuron: int) -> Inputs:
    """Return a score, what is added to a number of the query, a key without a pattern, and which number it is."""
    return {"score": float(score), "change": change, "key": wave(d_head, start=d_head), "neuron": neuron}


EXERCISE = FunctionExercise(
    key="03.nudge",
    name="nudged",
    right=lambda score, change, key, neuron: score + change * key[neuron] / math.sqrt(len(key)),
    cases=(
        {"score": 1.5, "change": -2.0, "key": torch.tensor([1.0, 0, 3, -1]), "neuron": 2},
        case(2, 4.0, 9, 0), case(-3, 1.0, 16, 11), case(0.25, -6.0, 5, 4),
    ),
    passed={
        "en": "So one number of a query acts on each key through that key's own number at the same place. Where the "
              "key has 0 there, nothing happens.",
        "zh": "可见，查询里的一个数对每个键的作用，要看那个键在同一位置上的数。如果键在那里是 0，就什么也不会发生。",
    },
    mistakes=(
        Mistake("no_scale", lambda score, change, key, neuron: score + change * key[neuron], {
            "en": "The dot product does change by that much, but a score is the dot product divided by √d_head: so is "
                  "its change.",
            "zh": "点积确实变了这么多，但分数是点积除以 √d_head，所以变化量也要除。",
        }),
        Mistake("divided_by_d", lambda score, change, key, neuron: score + change * key[neuron] / len(key), {
            "en": "You divided by d_head itself; scores are divided by its square root.",
            "zh": "你除以了 d_head 本身；分数除以的是它的平方根。",
        }),
        Mistake("key_forgotten", lambda score, change, key, neuron: score + change / math.sqrt(len(key)), {
            "en": "The change went straight into the score. It counts only as far as the key has something at this "
                  "neuron: multiply by key[neuron].",
            "zh": "改动量直接加进了分数里。它起多大作用，取决于键在这个神经元上有多大：要乘以 key[neuron]。",
        }, also=(
            lambda score, change, key, neuron: score + change,
        )),
        Mistake("whole_key", lambda score, change, key, neuron: score + change * key.sum() / math.sqrt(len(key)), {
            "en": "You used the whole key. The other numbers of the query stayed as they were, so only key[neuron] "
                  "meets the change.",
            "zh": "你用了整个键。查询的其他数都没有变，与改动相遇的只有 key[neuron]。",
        }),
        Mistake("change_alone", lambda score, change, key, neuron: change * key[neuron] / math.sqrt(len(key)), {
            "en": "This is by how much the score changes. The new score is asked for: add it to the old one.",
            "zh": "这是分数的变化量。题目问的是新的分数：把它加到原来的分数上。",
        }),
        Mistake("scaled_again", lambda score, change, key, neuron: (score + change * key[neuron]) / len(key) ** 0.5, {
            "en": "The old score was divided by √d_head once more. It had been divided already; only the change has "
                  "not.",
            "zh": "原来的分数又被 √d_head 除了一次。它早就除过了，没除过的只有变化量。",
        }),
        Mistake("replaced", lambda score, change, key, neuron: score + (change - 1) * key[neuron] / len(key) ** 0.5, {
            "en": "Here the neuron changed by change − 1. `change` is what is added to it, whatever its value was.",
            "zh": "这里神经元的变化成了 change − 1。change 就是加上去的量，与它原来是多少无关。",
        }),
    ),
    hints=(
        {
            "en": "A dot product is a sum of d_head products. How many of them contain the neuron that was moved?",
            "zh": "点积是 d_head 个乘积之和。其中有几个含有被改动的那个神经元？",
        },
        {
            "en": "Only one: q[neuron] × key[neuron]. If q[neuron] grows by `change`, this product grows by change × "
                  "key[neuron].",
            "zh": "只有一个：q[neuron] × key[neuron]。q[neuron] 增加 change，这个乘积就增加 change × key[neuron]。",
        },
        {
            "en": "Divide that growth by the root of len(key), as every score is, and add it to the old score.",
            "zh": "和所有分数一样，把这个增量除以 len(key) 的平方根，再加到原来的分数上。",
        },
    ),
)
