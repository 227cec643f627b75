"""00.rows: what each row adds up to."""

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="00.rows",
    name="row_sums",
    right=lambda weights: weights.sum(-1),
    cases=tuple({"weights": wave(*shape)} for shape in ((2, 3, 4, 4), (3, 2, 5, 5), (2, 3, 4, 5))),
    passed={
        "en": "One sum for each row. Of attention weights every row sums to 1: each query shares out one whole "
              "attention.",
        "zh": "每一行一个和。对注意力权重来说，每一行的和都是 1：每个查询手里都恰好有一整份注意力可分。",
    },
    mistakes=(
        Mistake("over_queries", lambda weights: weights.sum(-2), {
            "en": "You summed down the columns, over the queries: what each key receives. A row belongs to one query, "
                  "so sum along the last axis, the keys.",
            "zh": "你是竖着加的，加的是查询这一轴，得到的是每个键收到多少。一行属于一个查询，要沿最后一轴（键）相加。",
        }),
        Mistake("over_heads", lambda weights: weights.sum(1), {
            "en": "You summed over the heads: that mixes different tables. A row lies inside one head; sum along the "
                  "last axis.",
            "zh": "你把各个头加到一起了，这样会把不同的表混起来。一行只在一个头之内，要沿最后一轴相加。",
        }),
        Mistake("over_layers", lambda weights: weights.sum(0), {
            "en": "You summed over the layers: that mixes different tables. A row lies inside one head; sum along the "
                  "last axis.",
            "zh": "你把各层加到一起了，这样会把不同的表混起来。一行只在一个头之内，要沿最后一轴相加。",
        }),
        Mistake("everything", lambda weights: weights.sum(), {
            "en": "Everything was added up to one number. Name the axis to sum along, and the others stay.",
            "zh": "所有的数加成了一个。指明要沿哪个轴相加，其他的轴就会留下来。",
        }),
        Mistake("mean", lambda weights: weights.mean(-1), {
            "en": "This is the mean of each row; the exercise asks for its sum.",
            "zh": "这是每一行的平均值，而题目要的是和。",
        }),
    ),
    hints=(
        {
            "en": "A row holds what one query gives to all the keys. Which of the four axes runs along a row?",
            "zh": "一行是一个查询分给所有键的权重。四个轴当中，哪一个是沿着一行走的？",
        },
        {
            "en": "The axes are (layer, head, query, key): the last must go, the other three stay.",
            "zh": "四个轴是（层，头，查询，键）：最后一个要加掉，其余三个留下。",
        },
        {
            "en": "A tensor has the method sum; dim=-1 names its last axis.",
            "zh": "张量有 sum 这个方法，dim=-1 指的是最后一轴。",
        },
    ),
)
