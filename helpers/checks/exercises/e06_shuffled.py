"""06.shuffled: find the bug: texts were shuffled, their labels were not."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="06.shuffled",
    name="labels_in_order",
    right=lambda labels, order: labels[order],
    cases=tuple({"labels": torch.arange(n) * 7 % 5 + torch.arange(n) % 2, "order": torch.tensor(order)}
                for n, order in ((4, [2, 0, 3, 1]), (5, [1, 2, 3, 4, 0]), (6, [3, 0, 5, 1, 2, 4]))),
    passed={"en": "One order for both: text and label stay together.",
            "zh": "两边用同一个次序：句子和标签始终在一起。"},
    mistakes=(
        Mistake("unshuffled", lambda labels, order: labels, {
            "en": "This is the bug itself: the labels stand as before while the texts have moved.",
            "zh": "这正是那个错误：句子换了位置，标签却没动。"}),
        Mistake("inverse", lambda labels, order: labels[order.argsort()], {
            "en": "The labels were moved the other way. texts[order] takes text order[0] first: labels[order] does "
                  "the same.",
            "zh": "标签往反方向换了。texts[order] 先取第 order[0] 句，标签也要照样取。"}),
        Mistake("sorted", lambda labels, order: labels.sort().values, {
            "en": "Sorted labels belong to nobody. Take them in the order of the texts.",
            "zh": "标签排了序，就谁的也不是了。要照句子的次序来取。"}),
        Mistake("order_alone", lambda labels, order: order, {
            "en": "This is the order, not the labels in that order.",
            "zh": "这是次序本身，不是按这个次序取出的标签。"}),
    ),
    hints=(
        {"en": "Text i of the shuffled list was text order[i] before. Which label does it need?",
         "zh": "打乱后的第 i 句，原来是第 order[i] 句。它该配哪个标签？"},
        {"en": "A tensor of places picks from another tensor: values[places].",
         "zh": "用一个装着位置的张量可以从另一个张量里取数：values[places]。"},
    ),
)
