"""From characters and word pieces to words: which tokens make up one word, and their attention folded into one."""

import functools
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from torch import Tensor

from ..text import language

if TYPE_CHECKING:
    import jieba


def word_groups(tokens: Sequence[str], segment_ids: Sequence[int], spans: Sequence[tuple[int, int]],
                sentences: Sequence[str]) -> list[list[int]]:
    """Group the tokens of a text into words.

    Chinese words are those of jieba; elsewhere a word is a run of letters and digits, apostrophes inside it and
    decimal points included. [CLS], [SEP], [MASK] and punctuation stand alone. Tokens are placed by where they begin
    in the text, so it does not matter if the tokenizer changed the length of what it read (½ becomes 1 ⁄ 2).

    Args:
        tokens, segment_ids, spans, sentences: as in `BertRecord`.

    Returns:
        The token indices of each word, in order; every token is in exactly one word.
    """
    numbers = [_word_numbers(sentence) for sentence in sentences]
    places: list[tuple[int, int]] = []
    for index, (token, segment, (start, end)) in enumerate(
            zip(tokens, segment_ids, spans, strict=True)):
        if start == end:
            places.append((-1, index))
        elif token.startswith("##") and not is_chinese(sentences[segment][start]):
            places.append(places[-1])
        else:
            places.append((segment, numbers[segment][start]))
    return [list(group) for _, group in groupby(range(len(places)), key=places.__getitem__)]


def word_text(tokens: list[str]) -> str:
    """Join the tokens of one word.

    >>> word_text(["um", "##brella"])
    'umbrella'
    """
    return "".join(token.removeprefix("##") for token in tokens)


def fold_weights(weights: Tensor, groups: list[list[int]]) -> Tensor:
    """Fold attention between tokens into attention between words: sum over keys, mean over queries.

    A word receives all the attention that its tokens receive together (sum); it gives what its tokens give on
    average (mean). So each row of words still sums to 1: it is the mean of rows that do.

    Args:
        weights: (..., query, key) between tokens.
        groups: the token indices of each word.

    Returns:
        (..., query, key) between words.

    Example:
        >>> from torch import tensor
        >>> fold_weights(tensor([[0.5, 0.25, 0.25], [0.0, 0.5, 0.5], [0.0, 1.0, 0.0]]), [[0], [1, 2]])
        tensor([[0.5000, 0.5000],
                [0.0000, 1.0000]])
    """
    belongs = weights.new_zeros(len(groups), weights.shape[-1])
    for word, group in enumerate(groups):
        belongs[word, group] = 1
    return (belongs / belongs.sum(-1, keepdim=True)) @ weights @ belongs.T


def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" \
        or "\U00020000" <= character <= "\U0003ffff" or character in "〇々"


def own_first(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Return texts with their places, those in the learner's language first.

    >>> own_first(["今天天[MASK]很好。", "I like tea."])
    [('I like tea.', 1), ('今天天[MASK]很好。', 0)]
    """
    def is_foreign(text: str) -> bool:
        letters = [*filter(str.isalpha, text.replace("[MASK]", ""))]
        return (2 * sum(map(is_chinese, letters)) > len(letters)) != (language() == "zh")

    return sorted(((text, place) for place, text in enumerate(texts)), key=lambda text: is_foreign(text[0]))


def _word_numbers(text: str) -> list[int]:
    """Return, for each character of `text`, the number of the word it is in."""
    return [number for number, piece in enumerate(_pieces(text)) for _ in piece]


def _pieces(text: str) -> Iterator[str]:
    """Cut a text into words, single marks and spaces; joined again they are the text."""
    for kind, run in groupby(range(len(text)), key=lambda index: _kind(text, index)):
        piece = "".join(text[index] for index in run)
        if kind == "chinese":
            yield from _chinese_words().lcut(piece)
        elif kind == "mark":
            yield from piece
        else:
            yield piece


def _kind(text: str, index: int) -> str:
    """Say whether a character belongs to a Chinese run, to another word, to a space, or stands alone as a mark."""
    character, around = text[index], text[max(index - 1, 0):index] + text[index + 1:index + 2]
    if is_chinese(character):
        return "chinese"
    if character.isspace():
        return "space"
    if len(around) == 2 and (character in "'’" and around.isalpha() or character in ".," and around.isdecimal()):
        return "word"
    return "word" if unicodedata.category(character)[0] in "LMN" else "mark"


@functools.cache
def _chinese_words() -> "jieba.Tokenizer":
    """Return jieba's tokenizer with its dictionary read.

    Its own start-up is passed by: that writes to stderr and leaves a cache file in the machine's temporary folder.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba

        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
