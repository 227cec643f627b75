"""The small labelled set of the course: everyday questions, statements and commands, written for it."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from .. import wanted
from ..asked import short, whole
from ..text import CourseError, language

FILE = Path(__file__).with_name("sentences.toml")
CLASSES = ("question", "statement", "command")


@dataclass(frozen=True)
class LabelledTexts:
    """Texts with a class each.

    Attributes:
        texts: the sentences, without the mark at their end.
        labels: the class of each, an index into `classes`.
        classes: the names of the classes.

    Raises:
        CourseError: for texts or classes that are none, or labels that are no indices of classes, one a text.
    """

    texts: tuple[str, ...]
    labels: tuple[int, ...]
    classes: tuple[str, ...] = CLASSES

    def __post_init__(self) -> None:
        for name in ("texts", "classes"):
            wanted.texts("LabelledTexts", name, getattr(self, name))
        labels = wanted.wholes("LabelledTexts", "labels", self.labels)
        if len(labels) != len(self.texts) or max(labels) >= len(self.classes):
            raise CourseError("tuning.labels", texts=len(self.texts), labels=len(labels), last=len(self.classes) - 1)

    def __len__(self) -> int:
        return len(self.texts)

    def pick(self, places: list[int]) -> "LabelledTexts":
        """Return the texts at these places, in this order."""
        return replace(self, texts=tuple(self.texts[place] for place in places),
                       labels=tuple(self.labels[place] for place in places))

    def first(self, count: int) -> "LabelledTexts":
        """Return the first `count` texts; of shuffled ones a random part."""
        return self.pick(list(range(min(count, len(self)))))

    def split(self, held_out: int, seed: int = 0) -> tuple["LabelledTexts", "LabelledTexts"]:
        """Return a part to learn from and a part to be judged on, all classes equally often in the second.

        Args:
            held_out: how many texts of each class are kept for the second part.
            seed: of the shuffle.

        Raises:
            CourseError: where a class has not so many texts and one more.
        """
        order = torch.randperm(len(self), generator=torch.Generator().manual_seed(wanted.seed("split", seed))).tolist()
        by_class = [[place for place in order if self.labels[place] == label] for label in range(len(self.classes))]
        if whole(held_out, 1, min(map(len, by_class)) - 1) is None:
            raise CourseError("tuning.held_out", got=short(held_out), most=min(map(len, by_class)) - 1)
        judged = {place for places in by_class for place in places[:held_out]}
        learn = [place for row in zip(*(places[held_out:] for places in by_class), strict=False) for place in row]
        return self.pick(learn), self.pick([place for place in order if place in judged])


def load_sentences(code: str | None = None) -> LabelledTexts:
    """Return the course's labelled sentences: 60 of each class.

    Args:
        code: "en" or "zh"; None takes the language chosen for the course, English where it has none of that.

    Raises:
        CourseError: for another language.

    >>> len(load_sentences("en")), load_sentences("zh").texts[0]
    (180, '你住在哪里')
    """
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    chosen = (language() if language() in table else "en") if code is None else code
    if not isinstance(chosen, str) or chosen not in table:
        raise CourseError("tuning.no_language", got=short(chosen), languages=", ".join(table))
    rows = [(text, label) for label, name in enumerate(CLASSES) for text in table[chosen][name]]
    texts, labels = zip(*rows, strict=True)
    return LabelledTexts(texts, labels)
