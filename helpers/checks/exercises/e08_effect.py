"""08.effect: design an experiment: what a head costs, beyond other heads and beyond other texts."""

from torch import Tensor

from ..exercise import Mistake
from ..functions import FunctionExercise, wave


def beyond(lost: Tensor, head: int) -> Tensor:
    """Return what a head costs beyond the mean of the others, over all texts."""
    means = lost.mean(0)
    return means[head] - (means.sum() - means[head]) / (len(means) - 1)


EXERCISE = FunctionExercise(
    key="08.effect",
    name="own_effect",
    right=lambda target, control, head: beyond(target, head) - beyond(control, head),
    cases=tuple({"target": wave(n, heads, start=start), "control": wave(m, heads, start=start + 1), "head": head}
                for n, m, heads, start, head in ((3, 3, 3, 0.0, 1), (5, 4, 6, 2.0, 0), (4, 7, 5, 3.0, 4))),
    passed={
        "en": "A difference of differences: what any head would cost is off, and what this head costs anywhere is off. "
              "What is left belongs to the claim.",
        "zh": "差的差：换成哪个头都要付的代价减掉了，这个头到哪里都要付的代价也减掉了，剩下的才归论断。",
    },
    mistakes=(
        Mistake("target_alone", lambda target, control, head: target.mean(0)[head], {
            "en": "What the head costs on the target texts, and no control at all.",
            "zh": "只有这个头在目标文字上的代价，一个对照也没有。",
        }),
        Mistake("no_control_texts", lambda target, control, head: beyond(target, head), {
            "en": "The other heads are there; the control texts are missing. Perhaps this head costs as much anywhere.",
            "zh": "别的头用上了，对照文字还没有。也许这个头到哪里都要这么大代价。",
        }),
        Mistake("no_control_heads", lambda target, control, head: target.mean(0)[head] - control.mean(0)[head], {
            "en": "The control texts are there; the other heads are missing. Perhaps any head costs more on the target "
                  "texts.",
            "zh": "对照文字用上了，别的头还没有。也许不管关哪个头，目标文字都损失更多。",
        }),
        Mistake("itself_among_others", lambda target, control, head: (
            target.mean(0)[head] - target.mean() - control.mean(0)[head] + control.mean()), {
            "en": "The head is in the mean it is compared with. Leave it out there: the others alone.",
            "zh": "拿来比较的平均里有它自己。那里只该有别的头。",
        }),
        Mistake("turned", lambda target, control, head: beyond(control, head) - beyond(target, head), {
            "en": "The sign is turned: target first, control taken off.",
            "zh": "符号反了：应是目标减去对照。",
        }),
        Mistake("added", lambda target, control, head: beyond(target, head) + beyond(control, head), {
            "en": "The control was added. What happens there speaks against the claim: take it off.",
            "zh": "你把对照加上了。对照里发生的事是反对论断的，要减掉。",
        }),
        Mistake("sums", lambda target, control, head: (
            len(target) * beyond(target, head) - len(control) * beyond(control, head)), {
            "en": "These are sums over the texts. Take means, so that both sets may differ in size.",
            "zh": "这是各段文字之和。要取平均，两批文字的多少才可以不同。",
        }),
    ),
    hints=(
        {
            "en": "Four means: this head and the others, on target and on control texts.",
            "zh": "四个平均：这个头和别的头，各在目标文字和对照文字上。",
        },
        {
            "en": "Means over the texts are lost.mean(0), (head,). The others' mean: all of them minus this one, "
                  "divided by one fewer.",
            "zh": "对文字取平均是 lost.mean(0)，形状 (head,)。别的头的平均：总和减去它，再除以少一个的个数。",
        },
        {
            "en": "(target: this − others) − (control: this − others)",
            "zh": "（目标：它 − 别的）−（对照：它 − 别的）",
        },
    ),
)
