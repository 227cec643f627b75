"""From written tokens to a sentence as one would print it, in Chinese and in English."""

import re
from collections.abc import Sequence

HAN = "\u3400-\u9fff\uf900-\ufaff"
MARKS = dict(zip(",.?!:;()", "，。？！：；（）", strict=True))
FULL = "".join(MARKS.values()) + "、《》「」“”‘’…—"

_NUMBERS = (
    (r"(?<=\d) (?=\d)", ""),                                  # digits are tokens of their own
    (r"(?<=\d) ([:./]) (?=\d)", r"\1"),                       # 7:30, 2.5, 1/2
    (r"(?<!\d)(\d{1,3}) , (?=\d{3}(?!\d))", r"\1,"),          # 1,000, but May 7, 1941
    (r"(?<=[\d)]) %", "%"),
    (r"([$£€¥#]) (?=\d)", r"\1"),
)
_WORDS = (
    (r"(?<=\w) ([-/]) (?=\w)", r"\1"),
    (r"(?<=\d) (?=(?:st|nd|rd|th|s)\b)", ""),                 # 2nd, 1990s
    (r"(?<=s) '(?= |$)", "'"),                                # the boys' room
)
_ENGLISH = (
    *_NUMBERS, *_WORDS,
    (r'" ([^"]*?) "', r'"\1"'),
    (r" +(?=[,.;:?!)\]…])", ""),
    (r"(?<=[(\[]) ", ""),
    (r"\b([ap])\. m\b", r"\1.m"),
)
_CHINESE = (
    *_NUMBERS, *_WORDS,
    (r"(?<!\d)[,.:](?!\d)|[?!;()]|(?<=\d)[,.:](?!\d)|(?<!\d)[,.:](?=\d)", lambda mark: MARKS[mark.group()]),
    (r"。 ?。 ?。(?: ?。)*", "……"),
    (r'"([^"]*)"', r"“\1”"),
    (r"(?<![A-Za-z])'([^']*)'", r"‘\1’"),
    (rf" *([{HAN}{FULL}]) *", r"\1"),
)
_SENTENCE_START = r"""(?:^[^\w\[]*|(?<![ap]\.m)(?:\.["']?|[?!]) ["']?|[,:] "|[。？！：]“?)[a-z]"""


def sentence(tokens: Sequence[str], target: str) -> str:
    """Return the tokens of the course translator as a sentence.

    Args:
        tokens: word pieces (## continues a word), single Chinese characters, digits and marks; no special tokens.
        target: the language they are in, "zh" or "en".

    >>> sentence(["I", "pa", "##id", "3", "5", "dollars", ",", "Tom", "."], "en")
    'I paid 35 dollars, Tom.'
    >>> sentence(["你", "好", ",", "汤", "姆", "!"], "zh")
    '你好，汤姆！'
    """
    text = " ".join(tokens).replace(" ##", "")
    for pattern, replacement in _CHINESE if target == "zh" else _ENGLISH:
        text = re.sub(pattern, replacement, text)
    return re.sub(_SENTENCE_START, lambda start: start.group().upper(), text)
