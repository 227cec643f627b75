"""04.apart: three tables of positions to tell apart."""

from itertools import permutations

from ..exercise import Mistake
from ..names import NamesExercise

TABLES = ("random", "sinusoidal", "learned")

EXERCISE = NamesExercise(
    key="04.apart",
    right=lambda: TABLES,
    spellings={name: name for name in TABLES} | {"正弦": "sinusoidal", "学来的": "learned", "随机": "random"},
    passed={
        "en": "B is a formula: sines first, then cosines, from fast to slow. C looks like noise, but run down a "
              "column: it changes little by little. A has no order at all.",
        "zh": "B 是公式：先正弦、后余弦，从快到慢。C 看着像噪声，但顺着一列往下看，它是一点一点变的。A 毫无秩序。",
    },
    mistakes=(
        Mistake("learned_for_random", lambda: {("learned", "sinusoidal", "random")}, {
            "en": "The sines are found. Now look down single columns of A and C: in a table that was learnt, "
                  "neighbouring positions resemble each other, so colours run on for some rows; in random numbers "
                  "they change at every row.",
            "zh": "正弦找到了。再顺着 A 和 C 的单独一列往下看：学来的表里，相邻的位置彼此相像，颜色会延续几行；"
                  "随机数每一行都在变。",
        }),
        Mistake("learned_for_sines", lambda: {("random", "learned", "sinusoidal")}, {
            "en": "A is the random one, right. But B is too regular to have been learnt: waves that slow down from "
                  "left to right, twice over, sines and then cosines. Nobody tells training to do so.",
            "zh": "A 是随机的，对了。但 B 太规整，不可能是学来的：波从左到右越来越慢，而且来了两遍，先正弦，后余弦。"
                  "训练可不会这样排。",
        }),
        Mistake("random_for_sines", lambda: {("sinusoidal", "random", "learned")}, {
            "en": "C is the learned one, right. But A has no pattern at all, while B shows waves that slow down from "
                  "left to right: sines first, then cosines.",
            "zh": "C 是学来的，对了。但 A 毫无规律，B 才有从左到右越来越慢的波：先正弦，后余弦。",
        }),
        Mistake("all_moved", lambda: {order for order in permutations(TABLES)
                                      if not any(a == b for a, b in zip(order, TABLES, strict=True))}, {
            "en": "Not one is right yet. Begin with the one you can be sure of: which has waves that slow down from "
                  "left to right?",
            "zh": "一个也没对上。先找最有把握的：哪一张有从左到右越来越慢的波？",
        }),
    ),
    otherwise={
        "en": "Each of the three words belongs to one table: use each once.",
        "zh": "三个词各属于一张表：每个词用一次。",
    },
    form={
        "en": "Expected three words in a list, such as [\"random\", \"learned\", \"sinusoidal\"]; got {got}.",
        "zh": "答案应是三个词组成的列表，例如 [\"random\", \"learned\", \"sinusoidal\"]；收到的是 {got}。",
    },
    hints=(
        {
            "en": "A formula is the easiest to see: it repeats itself, and nothing in it is blurred.",
            "zh": "公式最容易认：它有重复，而且没有一点模糊。",
        },
        {
            "en": "For the other two, run your eye down one column at a time: does the colour go on from row to row, "
                  "or jump?",
            "zh": "剩下两张，一次盯住一列往下看：颜色是一行行延续下去，还是乱跳？",
        },
        {
            "en": "Still unsure? Print explained_by_offset(part, cosine=True) for each of the three tables in three.",
            "zh": "还拿不准？对列表 three 里的三张表分别打印 explained_by_offset(part, cosine=True)。",
        },
    ),
)
