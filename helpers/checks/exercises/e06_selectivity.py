"""06.selectivity: how much better a probe reads labels than it learns any by heart."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def marks(count: int, start: int) -> torch.Tensor:
    """Return whole numbers from 0 to 3 without a pattern."""
    return (wave(count, start=start) * 10).long().abs() % 4


EXERCISE = FunctionExercise(
    key="06.selectivity",
    name="selectivity",
    right=lambda said, true, said_control, lot: (said == true).double().mean() - (said_control == lot).double().mean(),
    cases=tuple({"said": marks(n, 0), "true": marks(n, 1) * (marks(n, 9) > 1) + marks(n, 0) * (marks(n, 9) <= 1),
                 "said_control": marks(n, 3), "lot": marks(n, 4) * (marks(n, 7) > 0) + marks(n, 3) * (marks(n, 7) == 0)}
                for n in (20, 31, 44)),
    passed={"en": "Accuracy on the true labels minus accuracy on labels drawn by lot: what is left is not learning "
                  "by heart.",
            "zh": "真标签上的准确率，减去抽签标签上的准确率：剩下的就不是死记硬背得来的。"},
    mistakes=(
        Mistake("accuracy", lambda said, true, said_control, lot: (said == true).double().mean(), {
            "en": "This is the accuracy. How much of it could be had by heart? Take the control's off.",
            "zh": "这是准确率。其中有多少靠死记就能得到？要减去对照任务的。"}),
        Mistake("turned", lambda said, true, said_control, lot: (
            (said_control == lot).double().mean() - (said == true).double().mean()), {
            "en": "The wrong way round: the control is taken off the true task.",
            "zh": "减反了：应从真任务里减去对照任务。"}),
        Mistake("same_labels", lambda said, true, said_control, lot: (
            (said == true).double().mean() - (said_control == true).double().mean()), {
            "en": "The control probe was judged by the true labels. It has never seen those: judge it by its own lot.",
            "zh": "你用真标签去评对照探针。它没见过真标签，要用它自己抽到的标签来评。"}),
        Mistake("counts", lambda said, true, said_control, lot: (said == true).sum() - (said_control == lot).sum(), {
            "en": "These are counts. Divide by how many there are, to compare texts of any length.",
            "zh": "这是个数。要除以总数，不同长短的文字才能相比。"}),
        Mistake("ratio", lambda said, true, said_control, lot: (
            (said == true).double().mean() / (said_control == lot).double().mean()), {
            "en": "You divided. Selectivity is a difference of two accuracies.",
            "zh": "你做了除法。选择性是两个准确率之差。"}),
    ),
    hints=(
        {"en": "Two accuracies. Each probe is judged by the labels it was trained on.",
         "zh": "先求两个准确率。每个探针，用它自己学的那套标签来评。"},
        {"en": "(said == true).double().mean() is one of them.", "zh": "其中一个是 (said == true).double().mean()。"},
    ),
)
