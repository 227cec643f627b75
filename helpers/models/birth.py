"""The training seen from birth: what a course model attended to, and said, at some two dozen steps of its training."""

import json
from dataclasses import dataclass
from pathlib import Path

from safetensors import safe_open
from torch import Tensor

from ..asked import place, short, whole
from ..text import CourseError
from .checksums import check_file
from .config import reason
from .records import AttentionRecord

WEIGHTS = Path(__file__).parents[1] / "weights"
FOLDERS = {"bert": "course-bert", "translator": "course-translator", "gpt": "course-gpt"}
FILE, ABOUT = "birth.safetensors", "training"


@dataclass(frozen=True)
class SeenText:
    """One text that the growing model was shown.

    Attributes:
        text: what it read; a sentence pair is two lines.
        reference: the translation it was shown for its attention; "" for a BERT.
        said: for a translator its own translation at each step, for a GPT how it went on from the beginning, greedily;
            () for a BERT.
        parts: {part: {"tokens": names of the rows, "key_tokens": of the columns where they differ, "segment_ids"}}.
    """

    text: str
    reference: str
    said: tuple[str, ...]
    parts: dict[str, dict[str, list]]


@dataclass(frozen=True)
class SeenCloze:
    """One sentence with a [MASK], and the first guesses at each step, best first."""

    sentence: str
    expected: str
    guesses: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False, repr=False)
class TrainingRecord:
    """What was kept of one training run.

    Attributes:
        name: "bert", "translator" or "gpt".
        steps: the optimiser steps at which the model was looked at; 0 is its birth.
        is_course_model: whether the last step is the course's own model; else it is another run of the same recipe,
            like it in what it learns, not in which head does it.
        texts: the texts it was shown, three of them.
        cloze: the cloze list of a BERT; () for a translator.
        figures: {name: one figure a step}, on held-out pairs. Of a translator "loss_zh" and "loss_en", in nats a
            token, by target language; of a BERT "short" and "inside_pairs", the share of hidden tokens found; of a GPT
            "bits_en" and "bits_zh", a character, "loss_first_copy" and "loss_second_copy", on random tokens and again.
        heads: {kind: (step, layer, head)}: shares in 0-1, to three digits. "aligned" is how often the head's strongest
            key is the word that translates the asking token (cross-attention of a translator; Chinese to English in a
            BERT). A BERT also has "previous", "next" and "special", as `helpers.heads.describe_heads` measures them;
            a GPT "previous", "begin" (on <s>) and "induction".
        stored: {"part.text": (step, layer, head, query, key)}, weights in 255ths; `weights` reads them.
    """

    name: str
    steps: tuple[int, ...]
    is_course_model: bool
    texts: tuple[SeenText, ...]
    cloze: tuple[SeenCloze, ...]
    figures: dict[str, tuple[float, ...]]
    heads: dict[str, Tensor]
    stored: dict[str, Tensor]

    def __repr__(self) -> str:
        return f"<TrainingRecord {self.name}: {len(self.steps)} steps of {self.steps[-1]:,}, {len(self.texts)} texts>"

    @property
    def showcase(self) -> tuple[int, int]:
        """(layer, head) most at one thing in the end: a translator's aligns, a BERT's looks back, a GPT's copies."""
        kind = next(kind for kind in ("induction", "previous", "aligned") if kind in self.heads)
        shares = self.heads[kind][-1]                                                           # (layer, head)
        layer, head = divmod(int(shares.argmax()), shares.shape[1])
        return layer, head

    def at(self, step: int) -> int:
        """Return where a step stands among those that were kept.

        Raises:
            CourseError: for a step that was not kept.
        """
        if whole(step) not in self.steps:
            raise CourseError("birth.no_step", got=short(step, 20), steps=", ".join(map(str, self.steps)))
        return self.steps.index(step)

    def weights(self, step: int, text: int = 0, part: str = "encoder") -> Tensor:
        """Return the attention at one step.

        Args:
            step: one of `steps`.
            text: which of `texts`, counted from 0.
            part: "encoder"; of a translator also "decoder" and "cross" (teacher-forced on the reference); of a GPT
                "decoder".

        Returns:
            (layer, head, query, key) in float64; each row sums to 1, each weight is within 1/255 of the model's.

        Raises:
            CourseError: for a step, text or part that was not kept.
        """
        at = self.at(step)
        self._check_part(text, part)
        return self.stored[f"{part}.{text}"][at].double() / 255

    def record(self, step: int, text: int = 0, part: str = "encoder") -> AttentionRecord:
        """Return the attention at one step as a record for `view_heads` and `view_model`.

        Args:
            step, text, part: as in `weights`; "cross" gives a record whose columns have tokens of their own.

        Raises:
            CourseError: for a step, text or part that was not kept.
        """
        weights = self.weights(step, text, part)
        looks = self.texts[text].parts[part]
        tokens, segments = tuple(looks["tokens"]), tuple(looks.get("segment_ids", (0,) * len(looks["tokens"])))
        key_tokens = tuple(looks["key_tokens"]) if "key_tokens" in looks else None
        return AttentionRecord(tokens, segments, segments.index(1) if 1 in segments else None, weights,
                               f"{self.name} · {step:,}", key_tokens=key_tokens)

    def _check_part(self, text: int, part: str) -> None:
        if place(text, len(self.texts)) is None:
            raise CourseError("birth.no_text", got=short(text, 20), last=len(self.texts) - 1)
        parts = self.texts[text].parts
        if not isinstance(part, str) or part not in parts:
            raise CourseError("birth.no_part", got=short(part, 20), parts=", ".join(parts))


def load_training(name: str = "translator") -> TrainingRecord:
    """Load what was kept of the training of a course model.

    Args:
        name: "bert", "translator" or "gpt".

    Raises:
        CourseError: for another name, or where the file is missing or damaged.
    """
    if not isinstance(name, str) or name not in FOLDERS:
        raise CourseError("birth.unknown", known=", ".join(f'"{known}"' for known in FOLDERS), got=short(name))
    path = WEIGHTS / FOLDERS[name] / FILE
    if not path.is_file():
        raise CourseError("birth.missing", name=name, file=f"{FOLDERS[name]}/{FILE}")
    check_file(path)
    try:
        return read_training(path)
    except Exception as error:  # a damaged file fails in as many ways as it can be damaged
        raise CourseError("birth.broken", file=path, reason=reason(error)) from None


def read_training(path: Path) -> TrainingRecord:
    """Read the file that `training.birth` wrote."""
    with safe_open(path, "pt") as file:
        about = json.loads(file.metadata()[ABOUT])
        tensors = {key: file.get_tensor(key) for key in file.keys()}
    heads = {key.removeprefix("heads."): tensors.pop(key).double().div(1000).round(decimals=3)
             for key in [*tensors] if key.startswith("heads.")}
    texts = tuple(SeenText(text["text"], text["reference"], tuple(text["said"]), text["parts"])
                  for text in about["texts"])
    cloze = tuple(SeenCloze(line["sentence"], line["expected"], tuple(map(tuple, line["guesses"])))
                  for line in about["cloze"])
    figures = {key: tuple(values) for key, values in about["figures"].items()}
    record = TrainingRecord(about["name"], tuple(about["steps"]), about["is_course_model"], texts, cloze, figures,
                            heads, tensors)
    expected = {f"{part}.{at}" for at, text in enumerate(texts) for part in text.parts}
    if {key for key in tensors} != expected or any(len(kept) != len(record.steps) for kept in tensors.values()):
        raise ValueError("its parts do not fit together")
    return record
