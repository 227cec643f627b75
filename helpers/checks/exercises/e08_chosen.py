"""08.chosen: find the bug: a head was chosen and judged on the same texts."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise, wave

EXERCISE = FunctionExercise(
    key="08.chosen",
    name="honest_share",
    right=lambda chosen_on, judged_on: judged_on.mean(0)[chosen_on.mean(0).argmax()],
    cases=tuple({"chosen_on": wave(n, heads, start=start).sigmoid(),
                 "judged_on": wave(m, heads, start=start + 2).sigmoid()}
                for n, m, heads, start in ((3, 3, 3, 0.0), (4, 6, 5, 1.0), (7, 2, 8, 2.5))),
    passed={
        "en": "Chosen on one half, judged on the other: now luck in choosing cannot raise the figure.",
        "zh": "在一半上选，在另一半上评：这样，选的时候碰上的好运抬不高结果。",
    },
    mistakes=(
        Mistake("same_texts", lambda chosen_on, judged_on: chosen_on.mean(0).max(), {
            "en": "This is the bug: the best of many heads looks good on the texts it was chosen on, by luck alone. "
                  "Judge it on the others.",
            "zh": "毛病就在这里：从许多头里挑最好的，在挑它的那些文字上，单凭运气也会好看。要在另一批上评。",
        }),
        Mistake("chosen_again", lambda chosen_on, judged_on: judged_on.mean(0).max(), {
            "en": "You chose again, now on the texts that should judge. The choice must come from chosen_on.",
            "zh": "你又选了一次，用的还是该拿来评的那一批。选头只能用 chosen_on。",
        }),
        Mistake("all_texts", lambda chosen_on, judged_on: torch.cat([chosen_on, judged_on]).mean(0).max(), {
            "en": "All texts in one pot: they choose and judge at once. Keep the two apart.",
            "zh": "所有文字混在一起，又选又评。两批要分开。",
        }),
        Mistake("no_choice", lambda chosen_on, judged_on: judged_on.mean(), {
            "en": "This is the mean of all heads. The claim is about one.",
            "zh": "这是所有头的平均。论断说的是其中一个。",
        }),
        Mistake("the_place", lambda chosen_on, judged_on: chosen_on.mean(0).argmax(), {
            "en": "This is which head it is. Return its share on judged_on.",
            "zh": "这是哪一个头。要返回的是它在 judged_on 上的占比。",
        }),
        Mistake("best_text", lambda chosen_on, judged_on: judged_on.mean(0)[
            chosen_on.max(0).values.argmax()], {
            "en": "You chose the head by its single best text. Choose by the mean over the texts.",
            "zh": "你是凭单独一段最好的文字选的头。要按各段文字的平均来选。",
        }),
        Mistake("exchanged", lambda chosen_on, judged_on: chosen_on.mean(0)[judged_on.mean(0).argmax()], {
            "en": "The two sides are exchanged: you chose on judged_on and judged on chosen_on.",
            "zh": "两批弄反了：你在 judged_on 上选，在 chosen_on 上评。",
        }),
    ),
    hints=(
        {
            "en": "Two steps: which head is best on chosen_on? What does that head reach on judged_on?",
            "zh": "分两步：chosen_on 上哪个头最好？这个头在 judged_on 上是多少？",
        },
        {
            "en": "chosen_on.mean(0).argmax() is the head.",
            "zh": "chosen_on.mean(0).argmax() 就是那个头。",
        },
    ),
)
