"""05.shift: what the decoder reads in training."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise

START, END = 2, 3

EXERCISE = FunctionExercise(
    key="05.shift",
    name="shifted",
    right=lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids[:-1]]),
    cases=tuple({"target_ids": torch.tensor([*ids, END]), "start": START}
                for ids in ((7, 8, 9), (11, 5), (6, 4, 9, 8))),
    passed={
        "en": "At place i the decoder reads token i − 1 and is asked for token i: as many questions as answers.",
        "zh": "在第 i 个位置，解码器读到第 i − 1 个词元，要答第 i 个：有多少问，就有多少答。",
    },
    mistakes=(
        Mistake("not_shifted", lambda target_ids, start: target_ids, {
            "en": "Not shifted: at each place it would read the very token it is asked for, and only have to copy.",
            "zh": "没有移动：每个位置读到的恰好就是要它回答的，照抄就行了。",
        }),
        Mistake("shifted_left", lambda target_ids, start: torch.cat([target_ids[1:], torch.tensor([start])]), {
            "en": "Shifted to the left: it would read the token after the one it is asked for. Right means: the start "
                  "token comes first.",
            "zh": "移到左边去了：读到的是答案后面的那个词元。右移的意思是：最前面是开始词元。",
        }),
        Mistake("end_kept", lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids]), {
            "en": "The start token is there, but the end token too: one place more than there are answers. Nothing "
                  "follows the end.",
            "zh": "开始词元有了，结束词元也还在：比答案多出一个位置。结束之后没有什么要写的。",
        }),
        Mistake("no_start", lambda target_ids, start: target_ids[:-1], {
            "en": "The start token is missing: what should the decoder read when it is asked for the first token?",
            "zh": "漏了开始词元：要它答第一个词元的时候，它读什么呢？",
        }),
        Mistake("rolled", lambda target_ids, start: target_ids.roll(1), {
            "en": "Rolled round: the end token came to the front. The start token belongs there.",
            "zh": "转了一圈：结束词元跑到了最前面。那里应该是开始词元。",
        }),
        Mistake("first_overwritten", lambda target_ids, start: torch.cat([torch.tensor([start]), target_ids[1:]]), {
            "en": "The start token took the place of the first token, which is lost. Put it in front, and drop the "
                  "last one.",
            "zh": "开始词元顶替了第一个词元，第一个就丢了。应把它插在最前面，去掉最后一个。",
        }),
    ),
    hints=(
        {
            "en": "Write it down for: we have tea [SEP]. What is read when \"we\" is asked for? And when [SEP] is?",
            "zh": "拿“我 有 伞 [SEP]”写写看：要答“我”时读到什么？要答 [SEP] 时呢？",
        },
        {
            "en": "Same length as target_ids: one in front, one off the end.",
            "zh": "长度与 target_ids 相同：前面添一个，末尾去一个。",
        },
        {
            "en": "torch.cat joins torch.tensor([start]) and target_ids[:-1].",
            "zh": "用 torch.cat 把 torch.tensor([start]) 和 target_ids[:-1] 接起来。",
        },
    ),
)
