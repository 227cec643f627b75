"""Sentence pairs written for the course, with one word that both say: what a claim about a head is measured on."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from ..text import CourseError

FILE = Path(__file__).with_name("pairs.toml")
SIDES = ("en", "zh")


@dataclass(frozen=True)
class Pair:
    """A sentence, its translation, and the word that both say.

    Attributes:
        en, zh: the sentences.
        word: the English word, one token of the course models; character: the Chinese one, likewise.
    """

    en: str
    zh: str
    word: str
    character: str

    def cloze(self, side: str = "en") -> tuple[str, str]:
        """Return a side with [MASK] in the place of the word, and the word.

        Args:
            side: "en" or "zh".

        Raises:
            CourseError: for another side.

        >>> load_pairs()[0].cloze("zh")
        ('我弟弟放学后喝冷[MASK]。', '水')
        """
        if side not in SIDES:
            raise CourseError("tuning.no_side", got=side)
        text, word = (self.en, self.word) if side == "en" else (self.zh, self.character)
        return text.replace(word, "[MASK]", 1), word


def load_pairs() -> tuple[Pair, ...]:
    """Return the course's 25 sentence pairs.

    >>> len(load_pairs()), load_pairs()[1].en
    (25, 'The little girl has a white cat.')
    """
    return tuple(Pair(*row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["pairs"])
