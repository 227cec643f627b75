"""Questions of chapter 01: self-attention."""

from ..question import Choice, Option

PREDICTIONS = {
    "mixture": Choice(
        right="thing",
        options={
            "thing": Option({"en": "how much thing", "zh": "“事物”"},
                            {"en": "It falls from 0.9 to 0.64: the and ran are hardly things at all.",
                             "zh": "从 0.9 降到 0.64：the 和 ran 几乎都不是“事物”。"}),
            "movement": Option({"en": "how much movement", "zh": "“动作”"},
                               {"en": "It rises only from 0.1 to 0.16: ran has a weight of no more than 0.1.",
                                "zh": "只从 0.1 升到 0.16：ran 的权重只有 0.1。"}),
            "grammar": Option({"en": "how much grammar", "zh": "“语法”"},
                              {"en": "It rises from 0 to 0.2. Thing moves further: from 0.9 to 0.64.",
                               "zh": "从 0 升到 0.2。“事物”变得更多：从 0.9 降到 0.64。"}),
        }),
}

QUIZZES: dict = {}
