"""07.bits: bits per character."""

import torch

from ..exercise import Mistake
from ..functions import FunctionExercise

EXERCISE = FunctionExercise(
    key="07.bits",
    name="bits_per_character",
    right=lambda probabilities, n_characters: -probabilities.log2().sum() / n_characters,
    cases=tuple({"probabilities": torch.tensor(shares, dtype=torch.float64), "n_characters": n}
                for shares, n in (([0.5, 0.25, 0.125], 12), ([0.3, 0.8], 7), ([0.05, 0.6, 0.9, 0.2], 9))),
    passed={
        "en": "All bits of the text over all its characters. How it was cut into tokens no longer matters, so models "
              "with "
              "other tokens can be compared.",
        "zh": "整段文本的比特数除以字符数。怎样切分词元就不再有影响，词表不同的模型也能比较。",
    },
    mistakes=(
        Mistake("nats", lambda probabilities, n_characters: -probabilities.log().sum() / n_characters, {
            "en": "The natural logarithm gives nats. For bits take the logarithm to base 2.",
            "zh": "自然对数得到的是纳特。要比特，请用以 2 为底的对数。",
        }),
        Mistake("per_token", lambda probabilities, n_characters: -probabilities.log2().mean(), {
            "en": "Bits a token: the number depends on how the text was cut. Divide the sum by the characters.",
            "zh": "这是每词元的比特数，随切分方式而变。请用总和除以字符数。",
        }),
        Mistake("twice_divided", lambda probabilities, n_characters: -probabilities.log2().mean() / n_characters, {
            "en": "Averaged over the tokens and divided by the characters besides. Only the sum is divided.",
            "zh": "既对词元取了平均，又除以字符数。只要总和除以字符数。",
        }),
        Mistake("sign", lambda probabilities, n_characters: probabilities.log2().sum() / n_characters, {
            "en": "The minus is missing: logarithms of probabilities are negative, bits are counted positive.",
            "zh": "漏了负号：概率的对数是负的，比特数要算成正的。",
        }),
        Mistake("decimal", lambda probabilities, n_characters: -probabilities.log10().sum() / n_characters, {
            "en": "The logarithm to base 10 gives decimal digits. For bits take base 2.",
            "zh": "以 10 为底得到的是十进制位数。要比特，请以 2 为底。",
        }),
        Mistake("not_divided", lambda probabilities, n_characters: -probabilities.log2().sum(), {
            "en": "These are the bits of the whole text. Divide by the number of characters.",
            "zh": "这是整段文本的比特数。还要除以字符数。",
        }),
    ),
    hints=(
        {"en": "How many bits does one token cost that had probability p? One for 1/2, two for 1/4.",
         "zh": "概率为 p 的词元要花多少比特？1/2 是一比特，1/4 是两比特。"},
        {"en": "−log₂ p a token; add them up; then divide once.", "zh": "每个词元 −log₂ p，加起来，最后除一次。"},
        {"en": "-probabilities.log2().sum() / n_characters",
         "zh": "最后一行：-probabilities.log2().sum() / n_characters"},
    ),
)
